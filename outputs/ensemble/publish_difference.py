"""Writes what one ensemble has more of than another: bands, tables, figures, summary and record, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from outputs.ensemble.bands import build_bands
from outputs.ensemble.difference import Difference, check_pair, share_above
from outputs.ensemble.difference_summary import Contrast, write_difference_summary
from outputs.ensemble.publish import write_bands, write_ensemble_record
from outputs.ensemble.source import AREA, Source
from outputs.ensemble.words import say as words
from outputs.folder import whole_folder
from outputs.glossary import read_glossary
from outputs.observed import read_observed
from outputs.publish import Publication
from scenarios.compose import compose
from scenarios.places import read_places
from scenarios.problems import ScenarioError
from scenarios.run import Say
from scenarios.schema import Settings

MORE = "share_above"


@dataclass(frozen=True)
class _Half:
    """One of the two ensembles: its plan, its members, and the title and settings of its scenario."""

    plan: dict[str, Any]
    members: xr.Dataset
    title: str
    settings: Settings

    @property
    def source(self) -> Source:
        return Source(self.members, self.settings, read_places())


def publish_difference(folders: tuple[Path, Path], publication: Publication, say: Say) -> None:
    """Write the first ensemble less the second, member by member.

    folders: two finished ensembles of the same seed, members and chance. Raises ScenarioError when they are not, with
    both values; FolderError when the folder cannot be written.
    """
    from scenarios.ensemble import finished_plan

    plans = [finished_plan(folder) for folder in folders]
    check_pair(plans[0], plans[1], (str(folders[0]), str(folders[1])))
    with whole_folder(publication.folder) as folder:
        one, two = (_half(path, plan, publication.language) for path, plan in zip(folders, plans, strict=True))
        difference = Difference(one.source, two.source)
        bands = _described(build_bands(difference, read_glossary(), say), (one.title, two.title))
        more = {name: share_above(difference, name) for name in difference.names if AREA in difference.dims(name)}
        say("Writing tables, figures and summary")
        write_bands(bands.assign(_shares(bands, more)), folder)
        _draw(bands, (one.title, two.title), publication.language, folder / "figures")
        years = _years(one.settings, difference.years)
        contrast = Contrast(bands, more, (one.title, two.title), years, publication.language)
        write_difference_summary(contrast, folder / "summary.md")
        write_ensemble_record({"ensemble": plans[0], "less": plans[1]}, publication, folder)


def _half(folder: Path, plan: dict[str, Any], language: str) -> _Half:
    """An ensemble with the title of its scenario, or the scenario's name where its file is gone."""
    from scenarios.ensemble import open_members

    members, name = open_members(folder), str(plan["scenario"])
    try:
        scenario, _ = compose(name)
    except ScenarioError:
        return _Half(plan, members, name, Settings())
    title = scenario.header.title
    return _Half(plan, members, title.sv if language == "sv" else title.en, scenario.settings)


def _described(bands: xr.Dataset, titles: tuple[str, str]) -> xr.Dataset:
    return bands.assign_attrs(
        title=f"Norrsim, {bands.attrs['members']} pairs of runs: {titles[0]} less {titles[1]}",
        summary="Differences of pairs of runs that share every draw of what is uncertain.",
        source="Norrsim, a simulation model; see run.json for model, data, scenarios and distributions",
    )


def _shares(bands: xr.Dataset, more: dict[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """The shares of the pairs as variables with their names."""
    named = {}
    for name, share in more.items():
        english, swedish = (bands[name].attrs[key] for key in ("long_name", "long_name_sv"))
        attributes = {
            "units": "1",
            "long_name": f"share of the pairs with more: {english}",
            "long_name_sv": f"andel av paren med mer: {swedish}",
        }
        named[f"{name}_{MORE}"] = share.assign_attrs(attributes)
    return named


def _years(settings: Settings, held: list[int]) -> list[int]:
    return sorted({year for year in (*settings.target_years, held[-1]) if year in held})


def _draw(bands: xr.Dataset, titles: tuple[str, str], language: str, folder: Path) -> None:
    from outputs.ensemble.figures.fans import Fans
    from outputs.ensemble.figures.multiples import draw_multiples
    from outputs.ensemble.figures.region import draw_region

    folder.mkdir()
    title = words("less", language, one=titles[0], two=titles[1])
    fans = Fans(bands, read_observed(), language, title)
    draw_region(fans, folder)
    draw_multiples(fans, folder)
