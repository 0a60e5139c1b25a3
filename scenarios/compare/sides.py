"""The scenarios of a comparison, read and applied over the same years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.apply import apply_or_raise
from scenarios.compare.measures import Measures
from scenarios.compare.order import CompareOrder
from scenarios.ensemble.order import Backend
from scenarios.problems import Problem, ScenarioError
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.run import Order, Prepared, prepare
from scenarios.schema import LAST_START, Settings

if TYPE_CHECKING:
    from calibration.fit.stored import Fit
    from model.engine.batch import Batch
    from model.language import Model

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Side:
    """One scenario of a comparison: as written, its settings and changes, and the inputs of its runs."""

    name: str
    scenario: Scenario
    settings: Settings
    changes: list[Changed]
    inputs: xr.Dataset


@dataclass(frozen=True)
class Sides:
    """The scenario compared with, the others, and the model, fit and back end they share."""

    base: Side
    others: tuple[Side, ...]
    model: Model
    fit: Fit | None
    backend: Backend
    measures: Measures

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are compared: all after the moment the runs start from."""
        return tuple(range(self.base.settings.start + 1, self.base.settings.until + 1))

    def batch(self, inputs: xr.Dataset, varied: tuple[str, ...], model: Model | None = None) -> Batch:
        """The model, or another one, ready for runs around these inputs."""
        from model.engine.batch import Wanted, compile_batch

        wanted = Wanted(varied, self.measures.variables, self.years, self.backend)
        return compile_batch(model or self.model, inputs, wanted)

    def run(self, batch: Batch, given: dict[str, Floats]) -> Floats:
        """The measures (run, year, row, area) of any number of runs, a block at a time."""
        count = len(next(iter(given.values())))
        blocks = [slice(first, first + batch.size) for first in range(0, count, batch.size)]
        parts = [batch.run({name: values[block] for name, values in given.items()}) for block in blocks]
        return np.concatenate([self.measures.rows(part) for part in parts])

    def once(self, inputs: xr.Dataset) -> Floats:
        """The measures (year, row, area) of one run: alone in its block, so that equal inputs give equal numbers."""
        return np.asarray(self.measures.rows(self.batch(inputs, ()).run({}))[0])


def read_sides(order: CompareOrder, backend: Backend) -> Sides:
    """Read and apply the scenarios. Raises ScenarioError or ModelErrors with what is wrong."""
    from scenarios.compare.measures import read_measures

    names = order.scenarios
    first = _prepared(names[0], order, backend)
    if len(names) == 1:
        names = (_baseline_of(first), *names)
        prepared = [_prepared(names[0], order, backend), first]
    else:
        prepared = [first, *(_prepared(name, order, backend) for name in names[1:])]
    sides = [_side(each) for each in prepared]
    _check_names([side.name for side in sides[1:]])
    for side in sides[1:]:
        _check_years(sides[0], side)
    shared = prepared[0]
    return Sides(sides[0], tuple(sides[1:]), shared.model, shared.fit, backend, read_measures(shared.model))


def _prepared(name: str, order: CompareOrder, backend: str) -> Prepared:
    start = LAST_START if order.start is None else order.start
    return prepare(Order(name, start, order.until, backend, order.fit, order.force))


def _baseline_of(prepared: Prepared) -> str:
    """What a scenario named alone is compared with."""
    scenario = prepared.scenario
    if scenario.baseline is not None:
        return str(scenario.baseline.path)
    what = f"'{scenario.name}' was named alone and builds on no other scenario, so there is nothing to compare it with."
    raise ScenarioError([Problem("compare", what, f"Name another one: sim.py compare {scenario.name} …")])


def _side(prepared: Prepared) -> Side:
    scenario = prepared.scenario
    applied = apply_or_raise(scenario, prepared.problems, prepared.model, prepared.inputs)
    return Side(scenario.name, scenario, prepared.settings, applied.changes, applied.inputs)


def _check_names(names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        what = f"'{twice}' is named more than once beside the first scenario."
        raise ScenarioError([Problem("compare", what, "Name each scenario once; files need names of their own.")])


def _check_years(base: Side, other: Side) -> None:
    if base.settings.until == other.settings.until:
        return
    what = f"'{base.name}' ends in {base.settings.until} and '{other.name}' in {other.settings.until}."
    last = min(base.settings.until, other.settings.until)
    raise ScenarioError([Problem("compare", what, f"Give them the same last year: --until {last}")])
