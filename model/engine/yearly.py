"""Yearly values put together while a block of members runs, so that nothing else leaves its loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.annual import year_ends
from model.engine.cache import BLOCK, Executable
from model.engine.compiled import Arrays, Engine
from model.engine.jax_backend import Style, load_jax, scan
from model.engine.numpy_backend import Record, loop
from model.language.errors import ModelErrors, Problem

Values = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Calendar:
    """Where each step's values go: `years` are the rows of a result, one more row takes what no year keeps.

    `level_row`: a step writes its levels there; steps within a year write the row of its 31 December, where the last
    one, on that day, stays. `flow_row`: a step adds its flows there. `first`: the year the run starts from.
    """

    years: tuple[int, ...]
    first: int
    step: float
    level_row: Rows
    flow_row: Rows


class Runner(Protocol):
    """Runs all members of a block: (constants, exogenous) with an axis of members -> yearly values."""

    def __call__(self, constants: Arrays, exogenous: Arrays) -> Arrays:
        """Return each saved variable with a first axis of years and a last axis of members."""
        ...


@dataclass(frozen=True, eq=False)
class Plan:
    """What a block runs and keeps: `flows` are summed over the year; `shapes` without time and members, by name."""

    engine: Engine
    calendar: Calendar
    flows: frozenset[str]
    shapes: Mapping[str, tuple[int, ...]]
    size: int

    def identity(self) -> str:
        """Return what the compiled block depends on beside the shapes of its inputs."""
        span = self.calendar
        rows = (span.years, span.step, span.level_row.tolist(), span.flow_row.tolist(), self.size)
        return f"block {rows} {sorted(self.flows)}: {self.engine.emitted.text}"


def calendar(inputs: xr.Dataset, years: tuple[int, ...] | None) -> Calendar:
    """Return the calendar of a run for some of its years (None: all). Raises ModelErrors on years outside the run."""
    step = float(inputs.attrs["step"])
    times = inputs["time"].to_numpy().astype(float)
    all_years, ends = year_ends(times, step)
    chosen = tuple(int(year) for year in (all_years if years is None else years))
    strange = [year for year in chosen if year not in all_years]
    if strange:
        what = f"{', '.join(map(str, strange))} lies outside the run ({all_years[0]} to {all_years[-1]})."
        raise ModelErrors([Problem("years", 0, what, "Keep years of the run.")])
    row = {year: place for place, year in enumerate(chosen)}
    rows = np.array([row.get(int(year), len(chosen)) for year in all_years] + [len(chosen)])
    numbers = np.arange(len(times))
    level_row = rows[np.searchsorted(ends, numbers)]
    flow_row = rows[np.searchsorted(ends, numbers, side="right")]
    return Calendar(chosen, int(all_years[0]), step, level_row, flow_row)


def numpy_runner(plan: Plan) -> Runner:
    """Return a runner on NumPy."""
    span = plan.calendar

    def run(constants: Arrays, exogenous: Arrays) -> Arrays:
        kept = _empty(plan, np)
        record = _recorder(plan, kept)
        outside = loop(plan.engine, (constants, exogenous), span.step, record)
        _record_outside(outside, len(span.level_row), record)
        return _finished(plan, kept)

    return run


def _recorder(plan: Plan, kept: Arrays) -> Record:
    """Return what puts the values of a step into the rows of years."""
    span = plan.calendar

    def record(number: int, values: Arrays) -> None:
        for name, value in values.items():
            if name in plan.flows:
                kept[name][span.flow_row[number]] += value
            else:
                kept[name][span.level_row[number]] = value

    return record


def _record_outside(outside: Arrays, steps: int, record: Record) -> None:
    """Record the variables that no step computes as if steps had."""
    for number in range(steps if outside else 0):
        record(number, {name: values[min(number, len(values) - 1)] for name, values in outside.items()})


def loops_runner(plan: Plan) -> Runner:
    """Return a runner of compiled loops. Raises BackendMissingError without llvmlite."""
    from model.engine.loops.run import Loops
    from model.engine.loops.writer import FLOW_ROWS, ROWS

    span = plan.calendar
    loops = Loops(plan.engine, span.step, plan.flows)

    def run(constants: Arrays, exogenous: Arrays) -> Arrays:
        rows = {ROWS: span.level_row, FLOW_ROWS: span.flow_row}
        found, outside = loops((constants, exogenous), rows, len(span.years) + 1)
        kept = {**_empty(plan, np, outside), **found}
        _record_outside(outside, len(span.level_row), _recorder(plan, kept))
        return _finished(plan, kept)

    return run


def jax_runner(plan: Plan) -> Runner:
    """Return a runner on JAX, compiled at its first call. Raises BackendMissingError without JAX."""
    load_jax()
    compiled = Executable(yearly_function(plan), plan.identity(), BLOCK)

    def run(constants: Arrays, exogenous: Arrays) -> Arrays:
        kept = compiled(constants, exogenous)
        return _finished(plan, {name: np.array(values) for name, values in kept.items()})

    return run


def yearly_function(plan: Plan) -> Any:
    """Return the pure function (constants, exogenous) -> {name: (years + 1, *dims, members)}, flows without dt."""
    jax = load_jax()
    xp, lax, span = jax.numpy, jax.lax, plan.calendar
    level_row, flow_row = xp.asarray(span.level_row), xp.asarray(span.flow_row)

    def record(kept: Arrays, number: Any, values: Arrays) -> tuple[Arrays, None]:
        following = dict(kept)
        for name, value in values.items():
            rows, flows = kept[name], name in plan.flows
            row = (flow_row if flows else level_row)[number]
            wide = xp.broadcast_to(value, rows.shape[1:])
            if flows:
                wide = wide + lax.dynamic_index_in_dim(rows, row, keepdims=False)
            # Not rows.at[row]: that is a scatter, for which XLA copies all rows at each step.
            following[name] = lax.dynamic_update_index_in_dim(rows, wide, row, 0)
        return following, None

    last = np.array([np.flatnonzero(span.level_row == row)[-1] for row in range(len(span.years))] + [0])

    def run(constants: Arrays, exogenous: Arrays) -> Arrays:
        kept, _, outside = scan(
            plan.engine, (constants, exogenous), span.step, (_empty(plan, xp), record), Style(once=True)
        )
        for name, values in outside.items():
            every = xp.broadcast_to(values, (len(span.level_row), *plan.shapes[name], plan.size))
            if name in plan.flows:
                kept[name] = kept[name].at[span.flow_row].add(every)
            else:
                kept[name] = every[last]
        return dict(kept)

    return run


def _empty(plan: Plan, xp: Any, names: Iterable[str] | None = None) -> Arrays:
    """Return empty rows of years for some of the saved variables (None: all)."""
    rows = len(plan.calendar.years) + 1
    chosen = plan.shapes if names is None else names
    return {name: xp.zeros((rows, *plan.shapes[name], plan.size)) for name in chosen}


def _finished(plan: Plan, kept: Arrays) -> Arrays:
    """Return the rows of years: flows times the step, unknown in the year the run starts from."""
    span = plan.calendar
    found = {}
    for name, values in kept.items():
        found[name] = values[:-1]
        if name in plan.flows:
            found[name] *= span.step
            found[name][[year == span.first for year in span.years]] = np.nan
    return found
