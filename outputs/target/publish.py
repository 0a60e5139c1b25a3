"""Writes the folder of a search: summary, tables, figures, the mix as a scenario and the record, all or nothing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.whole import write_whole
from outputs.folder import FILES, RECORD, files_in, whole_folder
from outputs.publish import Publication, results_of
from outputs.record import run_record, write_record
from outputs.target.figures import draw_figures
from outputs.target.scenario import MARK, scenario_text
from outputs.target.story import Story
from outputs.target.summary import SCENARIO, answer, write_summary
from outputs.target.tables import write_tables
from outputs.words import LANGUAGES
from scenarios.apply import apply_or_raise
from scenarios.problems import Problem, ScenarioError
from scenarios.read import FOLDER, find_scenario
from scenarios.run import Order, Run, Say, prepare, simulate_scenario
from scenarios.target.take import Taken


@dataclass(frozen=True)
class Place:
    """Where a search is written, as for a run; `save`: where its mix is to stand as a scenario as well."""

    publication: Publication
    save: Path | None = None


def check_save(save: Path | None, scenario: str = "reference") -> None:
    """Raise ScenarioError when a mix added to a scenario could not, or should not, stand there; leaves no trace."""
    if save is None:
        return
    where = f"--save {save}"
    if save.suffix != ".toml":
        what = "a scenario's file ends in .toml."
        raise ScenarioError([Problem(where, what, f"For example: --save {save.with_suffix('.toml')}")])
    if not save.parent.is_dir():
        raise ScenarioError([Problem(where, "there is no such folder.", "Make it first, or choose another place.")])
    home = find_scenario(scenario).resolve().parent
    if home not in (FOLDER, save.resolve().parent):
        what = f"the scenario that the mix builds on lies elsewhere, in {home}, and would not be found from there."
        raise ScenarioError([Problem(where, what, f"Save it beside that: --save {home / save.name}")])
    if save.is_dir() or (save.exists() and not save.read_text(encoding="utf-8", errors="replace").startswith(MARK)):
        what = "there is another scenario there, which no search has written; it is left as it is."
        raise ScenarioError([Problem(where, what, "Choose another name.")])


def publish_target(taken: Taken, place: Place, say: Say) -> str:
    """Write the folder, and the mix where it is to be saved; gives the answer in words.

    The trials kept for going on are forgotten once the folder stands under its name.
    """
    publication = place.publication
    with whole_folder(publication.folder) as folder:
        say("Running the mix as a scenario")
        text = _text(taken, publication)
        _write_scenario(taken, text, folder)
        single = _single(taken, folder / SCENARIO)
        say("Writing tables, figures and summary")
        story = Story(taken, publication.language, single)
        write_tables(story, folder)
        draw_figures(story, folder / "figures")
        write_summary(story, folder / "summary.md", str(_shown(publication.folder / SCENARIO)))
        _write_record(taken, publication, single, folder)
        if place.save is not None:
            write_whole(place.save, text)
    taken.store.clear()
    return "\n".join(answer(story)).replace("**", "")


def _text(taken: Taken, publication: Publication) -> str:
    english, swedish = (Story(taken, language, np.nan) for language in LANGUAGES)
    return scenario_text(english, swedish, publication.begun.date())


def _write_scenario(taken: Taken, text: str, folder: Path) -> None:
    """Write the mix; a scenario of the user's that it builds on is laid beside it."""
    for part in taken.ready.scenario.chain:
        if part.path.resolve().parent != FOLDER:
            shutil.copyfile(part.path, folder / part.path.name)
    (folder / SCENARIO).write_text(text, encoding="utf-8")
    _check_same(taken, folder / SCENARIO)


def _check_same(taken: Taken, path: Path) -> None:
    """Raise RuntimeError when the scenario written is not, to the last bit, the mix that was searched."""
    ready = taken.ready
    order, machine = ready.order, ready.machine
    start = int(machine.inputs.attrs["start"])
    read = prepare(Order(str(path), start, order.by, machine.backend, order.fit, order.force))
    inputs = apply_or_raise(read.scenario, read.problems, read.model, read.inputs).inputs
    for lever, values in machine.handles.values(taken.mix.point).items():
        written = inputs[lever]
        dims = (*(["time"] if "time" in written.dims else []), *read.model.variables[lever].dims)
        if not np.array_equal(np.broadcast_to(written.transpose(*dims).values, values.shape), values):
            raise RuntimeError(f"'{lever}' of the scenario written differs from what was searched")


def _single(taken: Taken, path: Path) -> float:
    """The outcome of one run of the mix without chance, as `sim.py run` gives it."""
    order, aim = taken.ready.order, taken.ready.machine.aim
    outcome = aim.question.outcomes[0]
    keep = {outcome.variable, "total_population", "population"}
    run = simulate_scenario(Order(str(path), None, None, "numpy", order.fit, order.force), keep, lambda _: None)
    if outcome.name == "new_residents":
        new = results_of(run)["new_residents"].sel(year=order.by, municipality=list(taken.ready.places))
        return float(new.sum())
    return _value(run.annual, taken)


def _value(annual: xr.Dataset, taken: Taken) -> float:
    """The outcome asked for in the target's year, from yearly values by place."""
    order, question = taken.ready.order, taken.ready.machine.aim.question
    years = [int(year) for year in annual["year"].values]
    at = years.index(order.by)
    found = {}
    for name in question.variables:
        dims = [dim for dim in annual[name].dims if dim != "year"]
        found[name] = annual[name].transpose("year", *dims).values[None, at : at + 1]
    return float(question.values(found).sum())


def _shown(path: Path) -> Path:
    """A path as the user would type it from here."""
    here = Path.cwd()
    resolved = path.resolve()
    return resolved.relative_to(here) if resolved.is_relative_to(here) else path


def _write_record(taken: Taken, publication: Publication, single: float, folder: Path) -> None:
    """Write run.json last, with the list of the files it stands for; only `times` differs between equal searches."""
    ready, order = taken.ready, taken.ready.order
    machine = ready.machine
    ran = Order(order.scenario, ready.settings.start, order.by, machine.backend)
    step = float(machine.inputs.attrs["step"])
    run = Run(ran, ready.scenario, ready.settings, machine.model, ready.changes, xr.Dataset(), step, ready.fit)
    record = run_record(run, publication.command, publication.begun) | {"seed": order.seed}
    times = record.pop("times")
    record["target"] = _search(taken, single)
    write_record(record | {FILES: [*files_in(folder), RECORD], "times": times}, folder / RECORD)


def _search(taken: Taken, single: float) -> dict[str, Any]:
    ready, order, found = taken.ready, taken.ready.order, taken.answer
    handles = ready.machine.handles.each
    return {
        "outcome": order.outcome,
        "target": order.target,
        "at_most": order.at_most,
        "by": order.by,
        "base_year": ready.base_year,
        "municipalities": list(ready.places),
        "probability": order.probability,
        "aim": order.aim,
        "from": order.start,
        "ramp": order.ramp,
        "groups": {group.key: list(group.codes) for group in ready.groups},
        "members": order.effort.members,
        "fresh": {"members": order.effort.fresh, "seed": taken.checked},
        "effort": {"steps": order.effort.steps, "starts": order.effort.starts, "frontier": order.effort.frontier},
        "limits": {limit.name: float(bound) for limit, bound in zip(ready.limits, found.bounds, strict=True)},
        "reached": found.reached,
        "furthest": {
            "level": taken.furthest.level,
            "level_searched": found.furthest.level,
            "cost_msek_per_year": found.furthest.cost,
        },
        "mix": {
            "strengths": {h.key: float(s) for h, s in zip(handles, found.mix.point, strict=True) if s > 0},
            "cost_msek_per_year": found.mix.cost,
            "level": {"searched": found.mix.level, "fresh": taken.mix.level},
            "share_reached": {"searched": found.mix.share, "fresh": taken.mix.share},
            "single_run": single,
        },
        "prices": [
            {"limit": ready.limits[p.limit].name, "bound": p.bound, "eased": p.eased, "gain": p.gain}
            for p in found.prices
        ],
        "trials": found.trials,
        "chance": ready.machine.chance.record(),
        "machine": dict(taken.machine),
    }
