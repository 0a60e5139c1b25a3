"""The numbers of a run: parameters of the sector files and tables of model/values as one labelled Dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.simulate import STEP, describe
from model.language.errors import ModelErrors, Problem, did_you_mean
from model.language.expressions import Array, Number, key
from model.language.structure import Model, Variable
from model.language.variables import literal
from model.tables import Column, Table, read_tables

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Clock:
    """The run's span: start and until as 31 December of a year, the step in years."""

    start: int
    until: int
    step: float

    @property
    def times(self) -> Values:
        """Model time of every step, the last moment included."""
        count = round((self.until - self.start) / self.step)
        return np.asarray(self.start + 1 + self.step * np.arange(count + 1), dtype=np.float64)


def build_inputs(model: Model, start: int, until: int, step: float = STEP, values: Path | None = None) -> xr.Dataset:
    """Return every parameter, lever, table and series for a run from 31 Dec `start` to 31 Dec `until`.

    Variables bear their names as written in the sector files; series have a first dimension `time` (model time of
    every step) and are evaluated there as Vensim does. Attributes: start, until, step. A lever may be replaced by
    an array with a first dimension `time`. Raises ModelErrors with every problem of the tables.
    """
    if model.whole is not None:
        everywhere = build_inputs(model.whole, start, until, step, values)
        return everywhere.sel({str(dim): model.coordinates(str(dim)) for dim in everywhere.dims if dim != "time"})
    problems = _check_span(start, until, step)
    if problems:
        raise ModelErrors(problems)
    clock = Clock(start, until, step)
    tables, problems = read_tables(values or model.folder / "values", model)
    arrays: dict[str, Values] = {}
    columns = _columns(tables, model, problems)
    for variable in model.variables.values():
        if variable.kind in ("parameter", "lever"):
            arrays[variable.name] = parameter_values(model, variable)
        elif variable.kind in ("given", "series"):
            column = columns.get(variable.key)
            found = _given(model, variable, column, clock) if column else _missing_table(model, variable)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                arrays[variable.name] = found
    if problems:
        raise ModelErrors(problems)
    return _dataset(model, arrays, clock)


def _check_span(start: int, until: int, step: float) -> list[Problem]:
    problems = []
    if until <= start:
        what = f"the run ends in {until}, not after its start {start}."
        problems.append(Problem("settings", 0, what, "Set 'until' later than 'start'."))
    if step <= 0 or round(1 / step) != 1 / step:
        what = f"the step of {step} years does not divide a year."
        problems.append(Problem("settings", 0, what, "Use 0.25, or another whole part of a year."))
    return problems


def parameter_values(model: Model, variable: Variable) -> Values:
    """Return the numbers of a parameter or lever as its equations write them down, in the shape of its dimensions."""
    values = np.full(model.shape(variable.name), np.nan)
    dims = [key(dim) for dim in variable.dims]
    ordered = sorted(variable.equations, key=lambda part: not part.excepted)
    for part in ordered:
        found = literal(part.expression)
        places = [model.ranges.positions(name, dim) for name, dim in zip(part.subscripts, dims, strict=True)]
        region = tuple(np.array(place) for place in places if place is not None)
        shape = tuple(len(place) for place in region)
        values[np.ix_(*region) if region else ()] = _literal_values(found, shape)
    return values


def _literal_values(found: Number | Array | None, shape: tuple[int, ...]) -> Values:
    if isinstance(found, Number):
        return np.full(shape, found.value)
    assert found is not None
    return np.array(found.rows, dtype=float).reshape(shape)


def _columns(tables: Iterable[Table], model: Model, problems: list[Problem]) -> dict[str, Column]:
    """Return the column of each variable; unknown and doubled columns are problems."""
    found: dict[str, Column] = {}
    given = [v.name for v in model.variables.values() if v.kind in ("given", "series")]
    for table in tables:
        for column in table.columns:
            if column.name not in model.variables:
                what = f"the column '{column.name}' is not a variable of the model."
                problems.append(Problem(table.file, 1, what, did_you_mean(column.name, given)))
            elif model.variables[column.name].kind not in ("given", "series"):
                variable = model.variables[column.name]
                what = f"'{column.name}' has numbers here and an equation in {variable.file}:{variable.line}."
                problems.append(Problem(table.file, 1, what, "Leave its right-hand side empty, or remove the column."))
            elif key(column.name) in found:
                other = found[key(column.name)].table.file
                what = f"'{column.name}' has a column here and in {other}."
                problems.append(Problem(table.file, 1, what, "Remove one of the two."))
            else:
                found[key(column.name)] = column
    return found


def _missing_table(model: Model, variable: Variable) -> Problem:
    dims = [*(["time"] if variable.kind == "series" else []), *variable.dims]
    what = f"'{variable.name}' has neither an equation nor numbers in {model.folder.name}/values."
    return Problem(
        variable.file,
        variable.line,
        what,
        f"Add a column '{variable.name}' to a table with the columns {', '.join(dims) or 'of no dimension'}.",
    )


def _given(model: Model, variable: Variable, column: Column, clock: Clock) -> Values | Problem:
    """Return the numbers of a given variable (series: at every step), or the first problem with them."""
    table = column.table
    has_time = table.times is not None
    if has_time != (variable.kind == "series"):
        return _time_mismatch(variable, column)
    wanted = {key(dim) for dim in variable.dims}
    if set(table.dims) != wanted:
        what = (
            f"the table of '{variable.name}' has the coordinates {_listed(table.dims)}, "
            f"its equation ({variable.file}:{variable.line}) {_listed(sorted(wanted))}."
        )
        return Problem(table.file, 1, what, "Make the two agree.")
    rows = column.rows(clock.start)
    if isinstance(rows, Problem):
        return rows
    values = _filled(model, variable, column, rows)
    if isinstance(values, Problem) or not has_time:
        return values
    assert table.times is not None
    times = np.unique(table.times[rows])
    if times[0] > clock.times[0]:
        what = f"the series '{variable.name}' begins at time {times[0]:g}, the run at {clock.times[0]:g}."
        return Problem(table.file, 1, what, f"Add rows from time {clock.times[0]:g} on, or start the run later.")
    return evaluate(times, values, clock.times, variable.keyword == "hold_backward")


def _listed(names: Iterable[str]) -> str:
    return "[" + ", ".join(names) + "]"


def _time_mismatch(variable: Variable, column: Column) -> Problem:
    if variable.kind == "series":
        what = f"'{variable.name}' is a series ({variable.file}:{variable.line}), but its table has no column 'time'."
        resolution = "Add the column 'time', or take the keyword out of the equation."
    else:
        what = f"'{variable.name}' has a column 'time' here, but is no series in {variable.file}:{variable.line}."
        resolution = "Write ':INTERPOLATE:' or ':HOLD BACKWARD:' after its '=', or remove the column 'time'."
    return Problem(column.table.file, 1, what, resolution)


def _filled(model: Model, variable: Variable, column: Column, rows: NDArray[np.intp]) -> Values | Problem:
    """Return the numbers in the shape of the variable, a series with its times first."""
    table, shape = column.table, model.shape(variable.name)
    places = [table.places[key(dim)][rows] for dim in variable.dims]
    if table.times is not None:
        times, step_of_row = np.unique(table.times[rows], return_inverse=True)
        places, shape = [step_of_row, *places], (len(times), *shape)
    flat = np.ravel_multi_index(places, shape) if shape else np.zeros(len(rows), dtype=np.intp)
    counts = np.bincount(flat, minlength=int(np.prod(shape)))
    if counts.max() > 1:
        return _doubled(variable, column, rows, flat)
    if counts.min() < 1:
        missing = np.unravel_index(int(np.argmin(counts)), shape)
        return _missing_cell(model, variable, column, (rows, missing, int((counts == 0).sum())))
    outside = _outside(variable, column, rows)
    if outside:
        return outside
    values = np.empty(counts.size)
    values[flat] = column.values[rows]
    return values.reshape(shape)


def _doubled(variable: Variable, column: Column, rows: NDArray[np.intp], flat: NDArray[np.intp]) -> Problem:
    order = np.argsort(flat, kind="stable")
    again = int(np.flatnonzero(np.diff(flat[order]) == 0)[0])
    first, second = int(rows[order[again]]), int(rows[order[again + 1]])
    what = (
        f"'{variable.name}' has two values for the same coordinates: {column.values[first]:g} in line "
        f"{first + 2} and {column.values[second]:g} in line {second + 2}."
    )
    return Problem(column.table.file, second + 2, what, "Remove one of the two.")


def _missing_cell(
    model: Model, variable: Variable, column: Column, gap: tuple[NDArray[np.intp], tuple[Any, ...], int]
) -> Problem:
    rows, place, count = gap
    labels = []
    names = list(variable.dims)
    if column.table.times is not None:
        labels.append(f"time = {np.unique(column.table.times[rows])[place[0]]:g}")
        place = place[1:]
    labels += [f"{dim} = {model.coordinates(dim)[int(i)]}" for dim, i in zip(names, place, strict=True)]
    more = f" and {count - 1} more" if count > 1 else ""
    what = f"'{variable.name}' has no value for {', '.join(labels)}{more}."
    return Problem(column.table.file, 1, what, "Add the missing rows or cells.")


def _outside(variable: Variable, column: Column, rows: NDArray[np.intp]) -> Problem | None:
    low, high = variable.range or (None, None)
    values = column.values[rows]
    bad = np.zeros(len(values), dtype=bool)
    if low is not None:
        bad |= values < low
    if high is not None:
        bad |= values > high
    if not bad.any():
        return None
    row = int(rows[np.argmax(bad)])
    what = (
        f"'{variable.name}' = {column.values[row]:g} {variable.unit} is outside its range "
        f"{shown_range(variable)} ({variable.file}:{variable.line})."
    )
    more = f" {int(bad.sum()) - 1} more values are outside." if bad.sum() > 1 else ""
    return Problem(column.table.file, row + 2, what, f"Correct the number, or widen the range with a source.{more}")


def shown_range(variable: Variable) -> str:
    """Return the range as written, `?` where there is no limit."""
    low, high = variable.range or (None, None)
    return f"[{'?' if low is None else f'{low:g}'}, {'?' if high is None else f'{high:g}'}]"


def evaluate(times: Values, values: Values, at: Values, hold: bool) -> Values:
    """Return a series (first axis: its times) at other times, as Vensim does: straight between its points or held
    from the last one before; beyond its ends it keeps its first or last value."""
    before = np.clip(np.searchsorted(times, at, side="right") - 1, 0, len(times) - 1)
    if hold or len(times) == 1:
        return values[before]
    after = np.minimum(before + 1, len(times) - 1)
    width = np.where(after > before, times[after] - times[before], 1.0)
    share = np.clip((at - times[before]) / width, 0.0, 1.0)
    share = share.reshape(-1, *[1] * (values.ndim - 1))
    return values[before] + share * (values[after] - values[before])


def _dataset(model: Model, arrays: Mapping[str, Values], clock: Clock) -> xr.Dataset:
    dims = dict.fromkeys(dim for name in arrays for dim in model.variables[name].dims)
    coordinates: dict[str, Any] = {"time": clock.times, **{dim: model.coordinates(dim) for dim in dims}}
    variables = {}
    for name, values in arrays.items():
        variable = model.variables[name]
        lead = ("time",) if variable.kind == "series" else ()
        attributes: dict[str, Any] = dict(describe(variable))
        low, high = variable.range or (None, None)
        attributes |= {side: limit for side, limit in (("low", low), ("high", high)) if limit is not None}
        variables[name] = ((*lead, *variable.dims), values, attributes)
    attributes = {"start": clock.start, "until": clock.until, "step": clock.step}
    return xr.Dataset(variables, coordinates, attributes)
