"""What the user asked for, and the model with its inputs that the page is made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import xarray as xr

from scenarios.apply import apply_or_raise
from scenarios.places import read_places
from scenarios.placing import Placed, Work, place_all
from scenarios.problems import Problem, ScenarioError
from scenarios.read import Scenario
from scenarios.run import Order, Prepared, prepare
from scenarios.schema import LAST_START

LATEST = 2070
"""Last year of a page: longer runs would slow every move of a lever."""


@dataclass(frozen=True)
class PageOrder:
    """A scenario by name or file, where to write, the language it opens in; fit and force as for a run."""

    scenario: str
    out: Path
    language: str = "sv"
    fit: str | Path | None = None
    force: bool = False


@dataclass(frozen=True)
class Ground:
    """What changes are laid on: the base scenario prepared, its inputs from the last observed year, and, where another
    scenario was asked for, that one's changes."""

    prepared: Prepared
    inputs: xr.Dataset
    opened: Scenario | None
    changes: tuple[Placed, ...]


def ground_of(order: PageOrder) -> Ground:
    """Prepare the baseline of the scenario asked for, and find what the scenario itself changes.

    Raises ScenarioError or ModelErrors.
    """
    asked = prepare(Order(order.scenario, LAST_START, fit=order.fit, force=order.force))
    if asked.problems:
        raise ScenarioError(asked.problems)
    _check(asked)
    base = asked.scenario.baseline or asked.scenario
    applied = apply_or_raise(base, [], asked.model, asked.inputs)
    if base is asked.scenario:
        return Ground(asked, applied.inputs, None, ())
    apply_or_raise(asked.scenario, [], asked.model, asked.inputs)  # tells of what cannot be applied
    placed = placed_in(asked.scenario, asked, applied.inputs)
    return Ground(replace(asked, scenario=base), applied.inputs, asked.scenario, placed)


def placed_in(scenario: Scenario, prepared: Prepared, inputs: xr.Dataset) -> tuple[Placed, ...]:
    """What a scenario, or the layers of a stack, change on the inputs of their baseline. Raises ScenarioError."""
    work = Work(prepared.model, inputs, read_places())
    layers = scenario.layers or (scenario,)
    found = tuple(placed for layer in layers for placed in place_all(layer, work))
    if work.problems:
        raise ScenarioError(work.problems)
    return found


def _check(asked: Prepared) -> None:
    if asked.settings.until > LATEST:
        what = f"the page would run to {asked.settings.until}; it goes to {LATEST} at most."
        raise ScenarioError([Problem(f"{asked.scenario.label}, settings", what, "Set until to an earlier year.")])
    if asked.settings.until <= LAST_START:
        what = f"the run ends in {asked.settings.until}; the page begins with {LAST_START}, the last observed year."
        raise ScenarioError([Problem(f"{asked.scenario.label}, settings", what, "Set until to a later year.")])
