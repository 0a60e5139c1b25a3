"""What a report is made from: each scenario's run from the last observed year, and its ensemble."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import xarray as xr

from outputs.folder import RECORD
from outputs.publish import Publication, default_folder, results_of
from outputs.record import run_record
from scenarios.apply import Applied, apply_or_raise
from scenarios.ensemble.plan import FILE, MEMBERS, hashes_of, read_plan
from scenarios.problems import Problem, ScenarioError
from scenarios.run import Order, Prepared, Run, Say, prepare
from scenarios.schema import LAST_START

if TYPE_CHECKING:
    from scenarios.ensemble import EnsembleOrder

MODEST, SEED = 512, 1
"""Members of an ensemble that is made for a report (a power of two: the points are then spread most evenly)."""
USUAL, OWN = "{name}-ensemble", "{name}-report-ensemble"
"""Folders in outputs/runs: the one `sim.py ensemble` writes, and the report's own where that one cannot serve."""
RESULTS, PAIRED = "results", "paired"
NEEDED = (
    "total_population", "population_by_sex", "present_population", "births", "deaths", "in_migration", "out_migration",
    "net_migration", "filled_jobs", "employed_residents", "unemployed", "labour_force", "nonregistered_workers",
    "dwellings", "dwellings_completed", "homes_missing", "vacancy_rate", "tax_base", "tax_forgone",
    "municipal_result", "service_level", "dependency_ratio",
)  # fmt: skip
"""Results that the ensemble of a report has to hold."""


@dataclass(frozen=True)
class CaseOrder:
    """What the user asked for: a scenario (or several joined by +), fit, and whether to use an unconverged one."""

    scenario: str
    fit: str | None = None
    force: bool = False
    members: int | None = None
    pair: tuple[int, int] | None = None
    """Members and seed that its ensemble must have, to be set beside another run by run."""


@dataclass(frozen=True)
class Case:
    """One scenario: what was prepared, its run on the middle assumptions, and what the ensemble's runs did.

    results: the run's Dataset from 31 December 2024. bands: quantiles of the ensemble by area. chances: by year, in how
    many runs the target has been reached. plan: what decided the ensemble; folder: where it is.
    """

    prepared: Prepared
    inputs: xr.Dataset
    run: Run
    results: xr.Dataset
    bands: xr.Dataset
    chances: pd.DataFrame
    plan: dict[str, Any]
    folder: Path

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.run.scenario.name

    def title(self, language: str) -> str:
        """The scenario's title."""
        title = self.run.scenario.header.title
        return title.sv if language == "sv" else title.en

    def description(self, language: str) -> str:
        """The scenario's story."""
        description = self.run.scenario.header.description
        return " ".join((description.sv if language == "sv" else description.en).split())

    @property
    def made(self) -> date:
        """The day on which the ensemble's results were made."""
        record = json.loads((self.folder / RESULTS / RECORD).read_text(encoding="utf-8"))
        return datetime.fromisoformat(record["times"]["begun"]).date()

    @property
    def files(self) -> dict[str, Path]:
        """The records of what the report is made from, by the name they are told under."""
        paths = (self.folder / FILE, self.folder / RESULTS / RECORD, self.folder / RESULTS / "bands.nc")
        return {f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}": path for path in paths}

    @property
    def pair(self) -> tuple[int, int]:
        """Members and seed of the ensemble."""
        return int(self.plan[MEMBERS]), int(self.plan["seed"])

    def record(self) -> dict[str, Any]:
        """What made it, as plain data; the same for equal cases."""
        made = run_record(self.run, [], datetime.now(UTC))
        kept = {key: made[key] for key in ("norrsim", "model", "data", "scenario", "changed_assumptions", "fit")}
        members = {key: self.plan[key] for key in ("seed", "members", "years", "engine")}
        return kept | {"ensemble": members}


def read_case(order: CaseOrder, publication: Publication, say: Say) -> Case:
    """The run and the ensemble of a scenario; what is finished is used, what is missing is computed first.

    publication: language, command and time of a possible ensemble's own record. Raises ScenarioError or ModelErrors.
    """
    say(f"Reading the model and the scenario {order.scenario}")
    prepared = prepare(Order(order.scenario, start=LAST_START, fit=order.fit, force=order.force))
    _check_years(prepared)
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    run = _simulated(prepared, applied, order)
    folder = _ensemble(order, applied, prepared, publication, say)
    bands = xr.load_dataset(folder / RESULTS / "bands.nc")
    chances = pd.read_csv(folder / RESULTS / "target.csv").set_index("year")
    return Case(prepared, applied.inputs, run, results_of(run), bands, chances, read_plan(folder), folder)


def _check_years(prepared: Prepared) -> None:
    """A report looks from the last observed year to the years of the target."""
    settings = prepared.settings
    if max(settings.target_years) > settings.until or settings.base_year > LAST_START:
        what = (
            f"it ends in {settings.until} and counts new residents since {settings.base_year}; a report tells of the "
            f"target years ({', '.join(map(str, settings.target_years))}) and of a base year by {LAST_START}."
        )
        raise ScenarioError([Problem(prepared.scenario.label, what, "Change until, base_year or target_years.")])


def _simulated(prepared: Prepared, applied: Applied, order: CaseOrder) -> Run:
    """The run on the middle assumptions, from the last observed year."""
    from model.engine import annual, simulate
    from outputs.glossary import read_glossary

    keep = read_glossary()
    save = [variable.name for variable in prepared.model.variables.values() if variable.key in keep]
    raw = simulate(prepared.model, applied.inputs, save=save)
    asked = Order(order.scenario, LAST_START, fit=order.fit, force=order.force)
    step = float(applied.inputs.attrs["step"])
    return Run(
        asked, prepared.scenario, prepared.settings, prepared.model, applied.changes, annual(raw), step, prepared.fit
    )


def _ensemble(order: CaseOrder, applied: Applied, prepared: Prepared, to: Publication, say: Say) -> Path:
    """The folder of a finished ensemble of this very model and these assumptions; computed where there is none.

    The usual one when it serves or there is none, else the report's own.
    """
    wanted = _wanted(order, applied, prepared)
    usual, own = (default_folder(each.format(name=prepared.scenario.name)) for each in (USUAL, OWN))
    folder = usual if not (usual / FILE).is_file() or _serves(usual, wanted) else own
    if folder == own and (own / FILE).is_file() and not _serves(own, wanted):
        shutil.rmtree(own)  # of an earlier report, about something else
    if _is_published(folder):
        return folder
    from outputs.ensemble import publish_ensemble
    from scenarios.ensemble import run_ensemble

    if folder == own:
        say(f"The ensemble in {usual.name} is of another model or other assumptions; the report makes its own")
    done = run_ensemble(_asked(order, folder), say)
    publish_ensemble(done, Publication(folder / RESULTS, to.language, to.command, to.begun), say)
    return folder


def _wanted(order: CaseOrder, applied: Applied, prepared: Prepared) -> dict[str, Any]:
    """What an ensemble's plan has to say, to serve."""
    fit = None if prepared.fit is None else prepared.fit.identity()
    decided = {
        "changed_assumptions": [change.as_data() for change in applied.changes],
        "years": [int(applied.inputs.attrs["start"]), int(applied.inputs.attrs["until"])],
        "fit": fit,
        "model": {"sha256": prepared.model.hash},
        "inputs": hashes_of(applied.inputs),
    }
    plain: dict[str, Any] = json.loads(json.dumps(decided))  # as a plan is read: tuples are lists
    if order.pair is not None:
        return plain | {"seed": order.pair[1], PAIRED: order.pair[0], MEMBERS: 1}
    return plain | {MEMBERS: order.members or 1}


def _serves(folder: Path, wanted: dict[str, Any]) -> bool:
    """Whether an ensemble is of this very model and these assumptions, with what a report needs."""
    plan = read_plan(folder)
    same = all(plan.get(key) == value for key, value in wanted.items() if key not in (MEMBERS, PAIRED))
    same = same and wanted.get(PAIRED, plan[MEMBERS]) == plan[MEMBERS]
    return same and set(NEEDED) <= set(plan["keep"]) and int(plan[MEMBERS]) >= wanted[MEMBERS]


def _asked(order: CaseOrder, folder: Path) -> EnsembleOrder:
    """The order that continues what a folder holds, or begins a modest ensemble."""
    from scenarios.ensemble import EnsembleOrder

    members, seed, keep = order.members or MODEST, SEED, None
    if order.pair is not None:
        members, seed = order.pair
    elif (folder / FILE).is_file():
        plan = read_plan(folder)
        members, seed, keep = int(plan[MEMBERS]), int(plan["seed"]), tuple(plan["keep"])
    return EnsembleOrder(order.scenario, members, seed, folder, order.fit, keep, force=order.force)


def _is_published(folder: Path) -> bool:
    """Whether the ensemble is finished and its results are written."""
    try:
        record = json.loads((folder / RESULTS / RECORD).read_text(encoding="utf-8"))
        return bool(record["ensemble"] == read_plan(folder))
    except (OSError, ValueError, KeyError, ScenarioError):
        return False
