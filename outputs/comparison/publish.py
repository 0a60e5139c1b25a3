"""Writes the folder of a comparison: results, tables, figures, summary and record, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from outputs.comparison.results import comparison_results, group_key
from outputs.comparison.summary import Story, told_years, write_summary
from outputs.comparison.tables import write_tables
from outputs.comparison.words import Words
from outputs.folder import FILES, RECORD, files_in, whole_folder
from outputs.publish import Publication
from outputs.record import run_record, write_record
from outputs.results import write_netcdf
from scenarios.compare.analyse import Compared, Comparison
from scenarios.compare.loops import LOOPS
from scenarios.compare.sides import Side
from scenarios.compose import folder_name
from scenarios.run import Order, Run, Say


def publish_comparison(comparison: Comparison, publication: Publication, say: Say) -> None:
    """Write the folder; it appears under its name only when everything is in it."""
    words = Words(publication.language)
    with whole_folder(publication.folder) as folder:
        say("Writing results and tables")
        results = comparison_results(comparison)
        write_netcdf(results, str(folder / "results.nc"))
        years = told_years(comparison)
        write_tables(results, years, {loop.key: loop.title for loop in LOOPS}, folder)
        say("Drawing figures")
        (folder / "figures").mkdir()
        for compared in comparison.compared:
            _draw(comparison, compared, (results, words), folder / "figures")
        write_summary(Story(comparison, results, words), folder / "summary.md")
        _write_record(comparison, publication, folder)


def stem_of(comparison: Comparison, compared: Compared) -> str:
    """What the names of a scenario's figures begin with: nothing when it is the only one."""
    return "" if len(comparison.compared) == 1 else f"{figure_name(compared.side.name)}-"


def figure_name(name: str) -> str:
    """A scenario's name as part of a file's."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in name)


def _draw(comparison: Comparison, compared: Compared, how: tuple[xr.Dataset, Words], folder: Path) -> None:
    from outputs.comparison import figures

    results, words = how
    one = results.sel(scenario=compared.side.name)
    one = one.assign_attrs(members=comparison.order.members)
    titles = (_title(compared.side, words), _title(comparison.sides.base, words))
    drawing = figures.Drawing(one, words, titles, told_years(comparison)[-1])
    stem = stem_of(comparison, compared)
    figures.draw_difference(drawing, folder, f"{stem}difference")
    figures.draw_municipalities(drawing, folder, f"{stem}municipalities")
    figures.draw_map(drawing, folder, f"{stem}map")
    figures.draw_who(drawing, folder, f"{stem}who")
    if compared.groups:
        names = {group_key(group): words.group(group) for group in compared.groups}
        figures.draw_why(drawing, folder, f"{stem}why", names)
        figures.draw_loops(drawing, folder, f"{stem}loops", {loop.key: words.loop(loop) for loop in LOOPS})


def _title(side: Side, words: Words) -> str:
    title = side.scenario.header.title
    return words.pick((title.en, title.sv))


@dataclass(frozen=True)
class _Made:
    """What a record says of one scenario of the comparison."""

    side: Side
    comparison: Comparison

    def data(self, publication: Publication) -> dict[str, Any]:
        """The record of a run of this scenario, without its times."""
        sides, order = self.comparison.sides, self.comparison.order
        asked = Order(self.side.name, self.side.settings.start, self.side.settings.until, sides.backend, order.fit)
        step = float(self.side.inputs.attrs["step"])
        run = Run(
            asked, self.side.scenario, self.side.settings, sides.model, self.side.changes, xr.Dataset(), step, sides.fit
        )
        return run_record(run, publication.command, publication.begun)


def _write_record(comparison: Comparison, publication: Publication, folder: Path) -> None:
    """Write run.json last, with the list of the files it stands for."""
    base = _Made(comparison.sides.base, comparison).data(publication)
    times = base.pop("times")
    own = ("scenario", "changed_assumptions")
    others = [
        {key: _Made(each.side, comparison).data(publication)[key] for key in own}
        | {
            "shares": {
                "groups": [group_key(group) for group in each.groups],
                "exact": each.shares.exact,
                "runs": each.shares.coalitions,
            }
        }
        for each in comparison.compared
    ]
    record = base | {
        "seed": comparison.order.seed if comparison.order.members else None,
        "members": comparison.order.members,
        "compared": others,
        "loops": [loop.key for loop in LOOPS],
    }
    write_record(record | {FILES: [*files_in(folder), RECORD], "times": times}, folder / RECORD)


def default_name(scenarios: tuple[str, ...]) -> str:
    """The name of the folder of a comparison: 'b-beside-a'. Raises ScenarioError for scenarios there are not."""
    base, *others = (folder_name(each) for each in scenarios)
    return "-".join([*others, "beside", base]) if others else f"{base}-beside-its-baseline"
