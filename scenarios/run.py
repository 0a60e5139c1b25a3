"""From a scenario to a simulated run: model, inputs, changes, simulation, years."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import xarray as xr
from pydantic import ValidationError

from scenarios.apply import Applied, apply, apply_or_raise
from scenarios.compose import compose
from scenarios.places import read_places
from scenarios.problems import Problem, ScenarioError
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.schema import FIRST_START, LAST_START, LAST_YEAR, Settings

if TYPE_CHECKING:
    from calibration.fit.stored import Fit
    from model.language import Model

Say = Callable[[str], None]
"""Tells the user which part of the work begins."""


@dataclass(frozen=True)
class Order:
    """What the user asked for: scenario, years that replace the scenario's, back end, fit.

    `fit`: a fit's folder or name, "none" for the priors' medians, None for the usual one (calibration/fit/stored.py);
    `force`: use it even where it has not converged.
    """

    scenario: str
    start: int | None = None
    until: int | None = None
    backend: str = "numpy"
    fit: str | Path | None = None
    force: bool = False


@dataclass(frozen=True)
class Run:
    """A simulated scenario: model variables by year, and all that made them."""

    order: Order
    scenario: Scenario
    settings: Settings
    model: Model
    changes: list[Changed]
    annual: xr.Dataset
    step: float
    fit: Fit | None = None


def simulate_scenario(order: Order, keep: Collection[str], say: Say) -> Run:
    """Run a scenario and keep the model variables whose result names are in `keep`.

    Raises ScenarioError or model.language.ModelErrors with every problem found.
    """
    from model.engine import annual, simulate

    say("Reading the model and the scenario")
    prepared = prepare(order)
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    settings = prepared.settings
    say(f"Simulating {settings.start}-{settings.until}")
    save = [variable.name for variable in prepared.model.variables.values() if variable.key in keep]
    raw = simulate(prepared.model, applied.inputs, save=save, backend=order.backend)
    step = float(applied.inputs.attrs["step"])
    return Run(order, prepared.scenario, settings, prepared.model, applied.changes, annual(raw), step, prepared.fit)


@dataclass(frozen=True)
class Prepared:
    """A scenario read, its settings with the user's years, and the inputs, fitted, before the scenario is applied."""

    scenario: Scenario
    settings: Settings
    problems: list[Problem]
    model: Model
    inputs: xr.Dataset
    fit: Fit | None = None


def prepare(order: Order) -> Prepared:
    """Read scenario, model and inputs. Raises ScenarioError or ModelErrors."""
    from calibration.fit.stored import find_fit, read_fit
    from model.inputs import build_inputs
    from model.language import load_model

    scenario, problems = compose(order.scenario)
    settings = settings_of(scenario, order)
    read_places()  # tells of a damaged table before the model stumbles over it
    model = load_model()
    inputs = build_inputs(model, settings.start, settings.until)
    folder = find_fit(order.fit)
    fit = None if folder is None else read_fit(folder, model, order.force)
    return Prepared(scenario, settings, problems, model, fit.apply(model, inputs) if fit else inputs, fit)


def check_scenario(order: Order) -> tuple[Scenario, Applied]:
    """Apply a scenario without simulating; all problems of reading and applying are in the result."""
    prepared = prepare(order)
    applied = apply(prepared.scenario, prepared.model, prepared.inputs)
    return prepared.scenario, Applied(applied.inputs, applied.changes, [*prepared.problems, *applied.problems])


def settings_of(scenario: Scenario, order: Order) -> Settings:
    """The scenario's settings with the years the user gave. Raises ScenarioError when they make no run."""
    given = {"start": order.start, "until": order.until}
    chosen = {key: year for key, year in given.items() if year is not None}
    try:
        return Settings.model_validate(scenario.settings.model_dump(exclude_unset=True) | chosen)
    except ValidationError:
        raise ScenarioError([_years_problem(scenario.settings, chosen)]) from None


def _years_problem(settings: Settings, chosen: dict[str, int]) -> Problem:
    start, until = chosen.get("start", settings.start), chosen.get("until", settings.until)
    where = " ".join(f"--{'from' if key == 'start' else key} {year}" for key, year in chosen.items())
    limits = f"Runs start at the end of {FIRST_START} to {LAST_START} and end by {LAST_YEAR}."
    if not FIRST_START <= start <= LAST_START:
        return Problem(where, f"no run can start in {start}.", limits)
    if until > LAST_YEAR:
        return Problem(where, f"no run can end in {until}.", limits)
    if until <= start:
        return Problem(where, f"the years are reversed: the run would start in {start} and end in {until}.", limits)
    what = f"the run ends in {until}, before the base year {settings.base_year} of new residents."
    way = f"Choose a later --until, or a base_year in the scenario's [settings] within the run or by {LAST_START}."
    return Problem(where, what, way)


def project_root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parent.parent
