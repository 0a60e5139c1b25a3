"""Writes the assembled model as one Vensim file that runs anywhere: equations as written, numbers filled in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.inputs import parameter_values, shown_range
from model.language.expressions import key
from model.language.source import Entry
from model.language.structure import CONTROL, Model, Variable
from model.language.units import singular
from model.whole import write_whole

Values = NDArray[np.float64]

JUMP = 2.0**-10  # years before a jump at which a held value ends: far less than any time step
LOOKUPS = 30  # cells of a series up to which each has a lookup of its own (pysimlin holds 255 in all)
STRAIGHT = 1e-13  # relative deviation below which points of a series lie on one line
_RULE = "*" * 56


@dataclass(frozen=True)
class _Writer:
    model: Model
    inputs: xr.Dataset
    self_contained: bool


def export_model(model: Model, inputs: xr.Dataset, path: Path, self_contained: bool = True) -> list[Path]:
    """Write the model with the numbers of `inputs` as Vensim text and return the files written.

    Self-contained: series and levers over time become lookups of Time, one per element (held values as nearly
    vertical steps), so that any reader of Vensim files runs it. Otherwise they stay data variables, and their
    numbers go into a CSV file beside it (PySD: `data_files`). Files appear whole or not at all.
    """
    writer = _Writer(model, inputs, self_contained)
    write_whole(path, "\n".join(_lines(writer)) + "\n")
    if self_contained:
        return [path]
    beside = path.with_suffix(".csv")
    write_whole(beside, _data_file(writer))
    return [path, beside]


def export_xmile(model: Model, inputs: xr.Dataset, path: Path) -> Path:
    """Write the model as XMILE through pysimlin and return the file. Raises ImportError without pysimlin."""
    import simlin

    between = path.with_suffix(".mdl.part.mdl")
    export_model(model, inputs, between)
    try:
        loaded: Any = simlin.load(between)
        text: bytes = loaded.project.to_xmile()
    finally:
        between.unlink()
    write_whole(path, text.decode("utf-8"))
    return path


def _lines(writer: _Writer) -> Iterator[str]:
    yield "{UTF-8}"
    sector, written = "", set()
    for entry in writer.model.entries:
        name = _declared(entry)
        if key(name) in CONTROL:
            continue
        if entry.file != sector:
            sector = entry.file
            yield from ("", _RULE, f"\t.{Path(sector).stem}", f"{_RULE}~", "\t\t|")
        if name not in writer.model.variables:
            yield f"{entry.text}\n\t|\n"
        elif key(name) not in written:
            yield from _variable(writer, writer.model.variables[name], entry)
            written.add(key(name))
    yield from _control(writer.inputs)
    yield from _settings(writer.model)


def _settings(model: Model) -> Iterator[str]:
    """Yield an empty sketch and the settings: which spellings of a unit are the same (persons is person)."""
    spellings: dict[str, set[str]] = {}
    for variable in model.variables.values():
        for name in re.findall(r"[^\W\d_]\w*", variable.unit):
            spellings.setdefault(singular(name), set()).add(name)
    yield "\\\\\\---/// Sketch information - do not modify anything except names"
    yield "V300  Do not put anything below this section - it will be ignored"
    yield "*Model\n$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0"
    yield "///---\\\\\\\n:L\x7f<%^E!@"
    for name, found in sorted(spellings.items()):
        if found != {name} or len(found) > 1:
            yield f"22:{','.join([name, *sorted(found - {name})])}"


def _declared(entry: Entry) -> str:
    """Return the name on the left-hand side."""
    for sign in ("=", "[", "(", ":", "<"):
        head = entry.equation.split(sign)[0]
        entry_name = head if len(head) < len(entry.equation) else None
        if entry_name is not None and not any(other in entry_name for other in "=[(:<"):
            return entry_name.strip()
    return entry.equation.strip()


def _control(inputs: xr.Dataset) -> Iterator[str]:
    times = inputs["time"].to_numpy()
    yield from ("", _RULE, "\t.Control", f"{_RULE}~", "\t\t|")
    settings = {
        "INITIAL TIME": (_number(times[0]), f"31 December {inputs.attrs['start']}."),
        "FINAL TIME": (_number(times[-1]), f"31 December {inputs.attrs['until']}."),
        "TIME STEP": (_number(inputs.attrs["step"]), "The step of the calculation."),
        "SAVEPER": ("TIME STEP", "Every step is kept."),
    }
    for name, (value, comment) in settings.items():
        yield f"{name} = {value}\n\t~ year\n\t~ {comment}\n\t|\n"


def _variable(writer: _Writer, variable: Variable, entry: Entry) -> Iterator[str]:
    """Yield the text of a variable: as written, or with its numbers filled in."""
    if variable.kind in ("stock", "auxiliary", "lookup"):
        for equation in variable.equations:
            yield f"{equation.text}\n\t|\n"
        return
    array = writer.inputs[variable.name]
    if "time" in array.dims:
        values = array.transpose("time", *variable.dims).to_numpy().astype(float)
        yield from _series(writer, variable, values, entry)
        return
    values = array.transpose(*variable.dims).to_numpy().astype(float)
    if variable.kind != "given" and _as_written(writer.model, variable, values):
        for equation in variable.equations:
            yield f"{equation.text}\n\t|\n"
    else:
        yield from _constant(writer.model, variable, values, entry)


def _as_written(model: Model, variable: Variable, values: Values) -> bool:
    """Tell whether a parameter has the numbers of its equations (a restricted model has fewer)."""
    try:
        return np.array_equal(values, parameter_values(model, variable))
    except ValueError:
        return False


def _tail(variable: Variable, entry: Entry) -> str:
    limits = f" {shown_range(variable)}" if variable.range else ""
    return f"\n\t~ {variable.unit}{limits}\n\t~ {entry.comment}\n\t|\n"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _subscripted(name: str, subscripts: list[str]) -> str:
    return f"{name}[{', '.join(subscripts)}]" if subscripts else name


def _constant(model: Model, variable: Variable, values: Values, entry: Entry) -> Iterator[str]:
    """Yield a constant array; beyond two dimensions one helping table per leading element, as Vensim wants."""
    lead, plane = list(variable.dims[:-2]), list(variable.dims[-2:])
    if not lead:
        yield f"{_subscripted(variable.name, plane)} = {_numbers(values)}{_tail(variable, entry)}"
        return
    shown = [[model.ranges.display[e] for e in model.ranges[key(dim)].elements] for dim in lead]
    for place in itertools.product(*(range(len(elements)) for elements in shown)):
        elements = [shown[axis][position] for axis, position in enumerate(place)]
        helper = f"{variable.name} of {' '.join(elements)}"
        note = f"\n\t~ {variable.unit}\n\t~ Part of '{variable.name}'.\n\t|\n"
        yield f"{_subscripted(helper, plane)} = {_numbers(values[place])}{note}"
        first = not any(place)
        end = _tail(variable, entry) if first else "\n\t~~|\n"
        yield f"{_subscripted(variable.name, [*elements, *plane])} = {_subscripted(helper, plane)}{end}"


def _numbers(values: Values) -> str:
    if values.ndim == 0:
        return _number(float(values))
    if values.ndim == 1:
        return ", ".join(map(_number, values))
    return "\n\t" + "\n\t".join(", ".join(map(_number, row)) + ";" for row in values)


def _series(writer: _Writer, variable: Variable, values: Values, entry: Entry) -> Iterator[str]:
    """Yield a series: lookups of Time per element, or a data variable."""
    hold = variable.keyword == "hold_backward"
    if not writer.self_contained:
        keyword = ":HOLD BACKWARD:" if hold else ":INTERPOLATE:"
        yield f"{_subscripted(variable.name, list(variable.dims))} {keyword}{_tail(variable, entry)}"
        return
    times = writer.inputs["time"].to_numpy()
    if values[0].size > LOOKUPS:
        yield from _by_knots(writer.model, variable, (times, values), entry)
        return
    for number, (elements, column) in enumerate(_cells(writer.model, variable, values)):
        points = held_points(times, column) if hold else straight_points(times, column)
        table = ", ".join(f"({_number(t)}, {_number(v)})" for t, v in points)
        end = "\n\t~~|\n" if number else _tail(variable, entry)
        yield f"{_subscripted(variable.name, elements)} = WITH LOOKUP(Time, ({table})){end}"


def _by_knots(model: Model, variable: Variable, series: tuple[Values, Values], entry: Entry) -> Iterator[str]:
    """Yield a series of many cells as a table by points in time, each with a weight that depends on Time."""
    times, values = series
    hold = variable.keyword == "hold_backward"
    knots = _knots(times, values, hold)
    number = list(model.variables).index(variable.name)
    span, at = f"knots {number}", times[knots]
    elements = ", ".join(f"k{number}y{place}" for place in range(len(knots)))
    yield f"{span}: {elements} ~~ Points in time of '{variable.name}'.\n\t|\n"
    named = {
        "time": at,
        "time before": np.concatenate([at[:1] - 1, at[:-1]]),
        "time after": np.concatenate([at[1:], at[-1:] + 1]),
    }
    for what, moments in named.items():
        yield f"{what} {number}[{span}] = {_numbers(moments)}\n\t~ year\n\t~ Of the points in time.\n\t|\n"
    here, before, after = (f"{what} {number}[{span}]" for what in named)
    weight = (
        f"IF THEN ELSE(Time >= {here} :AND: Time < {after}, 1, 0)"
        if hold
        else f"MAX(0, MIN((Time - {before}) / ({here} - {before}), ({after} - Time) / ({after} - {here})))"
    )
    yield f"weight {number}[{span}] = {weight}\n\t~ dmnl\n\t~ Weight of each point in time now.\n\t|\n"
    table = replace(variable, name=f"{variable.name} by time", dims=(*variable.dims, span))
    yield from _constant(model, table, np.moveaxis(values[knots], 0, -1), replace(entry, comment="Its points."))
    inner = _subscripted(table.name, [*variable.dims, f"{span}!"])
    total = f"SUM({inner} * weight {number}[{span}!])"
    yield f"{_subscripted(variable.name, list(variable.dims))} = {total}{_tail(variable, entry)}"


def _knots(times: Values, values: Values, hold: bool) -> list[int]:
    """Return the steps at which any cell of a series has a point, the first and last included."""
    columns = values.reshape(len(values), -1).T
    if hold:
        changes = np.flatnonzero((np.diff(columns, axis=1) != 0).any(axis=0)) + 1
        return sorted({0, len(times) - 1, *map(int, changes)})
    points = {time for column in columns for time, _ in straight_points(times, column)}
    return [place for place, time in enumerate(times) if float(time) in points]


def _cells(model: Model, variable: Variable, values: Values) -> Iterator[tuple[list[str], Values]]:
    """Yield (elements, values over time) of each cell."""
    shown = [[model.ranges.display[e] for e in model.ranges[key(dim)].elements] for dim in variable.dims]
    columns = values.reshape(len(values), -1)
    for number, place in enumerate(itertools.product(*shown)):
        yield list(place), columns[:, number]


def held_points(times: Values, values: Values) -> list[tuple[float, float]]:
    """Return the points of a lookup that holds each value until just before the next one."""
    points = [(float(times[0]), float(values[0]))]
    for place in np.flatnonzero(np.diff(values)):
        points.append((float(times[place + 1]) - JUMP, float(values[place])))
        points.append((float(times[place + 1]), float(values[place + 1])))
    points.append((float(times[-1]), float(values[-1])))
    return points if points[-1] != points[-2] else points[:-1] or points


def straight_points(times: Values, values: Values) -> list[tuple[float, float]]:
    """Return the points of a lookup that is straight between its points; those on a line are left out."""
    points, anchor = [(float(times[0]), float(values[0]))], 0
    for end in range(2, len(times)):
        between = slice(anchor + 1, end)
        share = (times[between] - times[anchor]) / (times[end] - times[anchor])
        line = values[anchor] + share * (values[end] - values[anchor])
        scale = max(abs(values[anchor]), abs(values[end]))
        if np.abs(line - values[between]).max() > STRAIGHT * scale:
            anchor = end - 1
            points.append((float(times[anchor]), float(values[anchor])))
    points.append((float(times[-1]), float(values[-1])))
    return points


def _data_file(writer: _Writer) -> str:
    """Return the CSV of all data variables: one column per element, named as Vensim names it."""
    import pandas as pd

    columns: dict[str, Any] = {}
    for variable in writer.model.variables.values():
        if variable.kind not in ("series", "lever"):
            continue
        array = writer.inputs[variable.name]
        if "time" in array.dims:
            values = array.transpose("time", *variable.dims).to_numpy().astype(float)
            cells = _cells(writer.model, variable, values)
            columns |= {_subscripted(variable.name, elements): column for elements, column in cells}
    frame = pd.DataFrame(columns, index=pd.Index(writer.inputs["time"].to_numpy(), name="Time"))
    return str(frame.to_csv(lineterminator="\n"))
