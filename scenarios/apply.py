"""Applies a scenario to the model's inputs: new inputs, and a record of every assumption changed, old to new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.cells import Cells
from scenarios.clashes import clashes, never
from scenarios.places import read_places
from scenarios.placing import Placed, Work, place_all
from scenarios.problems import Problem, ScenarioError
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.schema import Change, Lever, Settings

if TYPE_CHECKING:
    from model.language import Model, Variable


@dataclass(frozen=True)
class Applied:
    """Inputs with the scenario in force, the changes made, and the problems that kept others from being made."""

    inputs: xr.Dataset
    changes: list[Changed]
    problems: list[Problem]


def apply(scenario: Scenario, model: Model, inputs: xr.Dataset) -> Applied:
    """Apply the baselines and then the scenario; every problem is collected, and what has one is not applied."""
    work = Work(model, inputs.copy(), read_places())
    for group in scenario.groups:
        alone = len(group) == 1
        _apply_together(group, group[0].settings if alone else scenario.settings, work)
    return Applied(work.inputs, work.changes, work.problems)


def apply_or_raise(scenario: Scenario, problems: list[Problem], model: Model, inputs: xr.Dataset) -> Applied:
    """As `apply`, but raises ScenarioError with the problems found while reading and while applying."""
    applied = apply(scenario, model, inputs)
    if problems or applied.problems:
        raise ScenarioError([*problems, *applied.problems])
    return applied


def step_times(inputs: xr.Dataset) -> NDArray[np.float64]:
    """Model time of every step of the run: 31 December of the start year is `start + 1`."""
    return np.asarray(inputs["time"].values, dtype=np.float64)


def _apply_together(layers: Sequence[Scenario], settings: Settings, work: Work) -> None:
    """Apply scenarios laid over each other: each changes what was there before all of them.

    Nothing depends on their order unless one overrides another: where they meet, the later one takes its place.
    """
    placed = [change for layer in layers for change in place_all(layer, work)]
    work.problems.extend(clashes(placed, work.places))
    work.problems.extend(problem for change in placed if (problem := never(change, settings)))
    changed: dict[str, xr.DataArray] = {}
    for change in placed:
        _change(change, changed, work)
    new = {name: array.variable for name, array in changed.items()}  # labelled as before, so nothing to align
    work.inputs = work.inputs.drop_vars(list(new)).assign(new)


def _change(placed: Placed, changed: dict[str, xr.DataArray], work: Work) -> None:
    """Lead one input from its value so far to the change's, which is reckoned from the value before all changes."""
    variable = placed.variable
    old = _current(variable, work.inputs)
    now = changed.get(variable.name, old)
    target = _target(old, placed.change)
    chosen = _mask(old, placed.cells)
    problem = _outside(placed, target.where(chosen))
    if problem:
        work.problems.append(problem)
        return
    weight = chosen.astype(float)
    if isinstance(placed.change, Lever):
        times = step_times(work.inputs)
        weight = xr.DataArray(placed.ramp.weight(times), dims="time") * weight
    new = (1 - weight) * now + weight * target  # exactly as it was where the weight is 0, the target where it is 1
    order = (["time"] if "time" in new.dims else []) + list(variable.dims)
    changed[variable.name] = new.transpose(*order).assign_attrs(old.attrs)
    work.changes.append(_recorded(placed, old.where(chosen), target.where(chosen)))


def _recorded(placed: Placed, old: xr.DataArray, new: xr.DataArray) -> Changed:
    kind = "lever" if isinstance(placed.change, Lever) else "assumption"
    changed = Changed.between(kind, placed.variable, placed.scenario.name, (old, new))
    changed = changed.during(placed.cells, placed.ramp)
    return changed.told_by(f"{placed.scenario.path.name}, {placed.entry}", placed.change)


def _current(variable: Variable, inputs: xr.Dataset) -> xr.DataArray:
    """The value so far, over the variable's dimensions (and time once a lever has been changed)."""
    now = inputs[variable.name]
    missing = [dim for dim in variable.dims if dim not in now.dims]
    return xr.DataArray(now.expand_dims({dim: inputs[dim].values for dim in missing}) if missing else now)


def _mask(values: xr.DataArray, cells: Cells) -> xr.DataArray:
    """True in the chosen cells."""
    mask = xr.ones_like(values.isel(time=0, drop=True) if "time" in values.dims else values, dtype=bool)
    for dim, labels in cells.items():
        mask = mask & xr.DataArray(np.isin(mask[dim].values.astype(str), labels), dims=dim, coords={dim: mask[dim]})
    return mask


def _target(old: xr.DataArray, change: Change) -> xr.DataArray:
    """The value once the change is in full force."""
    if change.value is not None:
        return xr.full_like(old, change.value, dtype=float)
    if change.add is not None:
        return old + change.add
    assert change.multiply is not None
    return xr.DataArray(old * change.multiply)


def _outside(placed: Placed, values: xr.DataArray) -> Problem | None:
    """The problem of a value outside its range, in the words of the house."""
    variable, change = placed.variable, placed.change
    low, high = change.range or variable.range or (None, None)
    least, most = float(values.min()), float(values.max())
    beyond = least if low is not None and least < low else most if high is not None and most > high else None
    if beyond is None:
        return None
    limits = f"[{_number(low)}, {_number(high)}]"
    what = f"'{variable.name}' = {_number(beyond)} {variable.unit} is outside "
    if change.range:
        return Problem(placed.where, f"{what}the range given there, {limits}.", "Give a wider range, or another value.")
    wider = f"[{_number(_least(low, beyond))}, {_number(_most(high, beyond))}]"
    source = f"The range comes from: {variable.source.rstrip('.')}.\n" if variable.source else ""
    way, entry = "To run it anyway, give the range and the reason", f'range = {wider}, because = "…"'
    if placed.key:
        way += " under [[levers]]"
        entry = (
            f'name = "{variable.name}", project = "{placed.cells["project"][0]}", value = {_number(beyond)}, {entry}'
        )
    return Problem(placed.where, f"{what}its range {limits}.", f"{source}{way}: {entry}")


def _least(low: float | None, value: float) -> float:
    return value if low is None else min(low, value)


def _most(high: float | None, value: float) -> float:
    return value if high is None else max(high, value)


def _number(value: float | None) -> str:
    return "…" if value is None else f"{value:.10g}"
