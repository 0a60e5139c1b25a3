"""The handles of a search: a lever in a group of municipalities, with one strength from 0 (as it is) to 1 (full)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.ramps import Ramp
from scenarios.target.costs import Cost
from scenarios.target.groups import Group

if TYPE_CHECKING:
    from model.language import Model

Floats = NDArray[np.float64]
HUNDRED = 100.0
DIGITS = 10
"""Significant digits of a value in a scenario."""
SCALAR = Group("country", ("by law", "i lag"), ())
"""The group of a lever that has one value for the whole region."""


@dataclass(frozen=True)
class Handle:
    """A lever in a group: where it stands along the municipalities (`where`, empty for a scalar), what it costs.

    present: its values as the scenario has them ([time,] *dims). room: how far it goes from there, the least over its
    cells, with its sign. even: whether all cells have one value at all times, so that a scenario may set a value.
    """

    cost: Cost
    group: Group
    where: tuple[int, ...]
    present: Floats
    room: float
    even: bool

    @property
    def key(self) -> str:
        """A name of its own: lever and group."""
        return f"{self.cost.lever}/{self.group.key}"

    def change(self, strength: float) -> float:
        """How far a strength moves the lever, as a scenario file would write it."""
        if self.even:
            return self.value(strength) - float(self._cells.flat[0])
        return _rounded(strength * self.room)

    def value(self, strength: float) -> float:
        """The value that a strength gives where all cells have one."""
        return _rounded(float(self._cells.flat[0]) + strength * self.room)

    @property
    def _cells(self) -> Floats:
        return self.present[..., list(self.where)] if self.where else self.present


@dataclass(frozen=True)
class Handles:
    """All handles of a search, in order, with the times of the steps and how measures come into force."""

    each: tuple[Handle, ...]
    times: Floats
    ramp: Ramp

    @property
    def levers(self) -> tuple[str, ...]:
        """The levers, each once, in order."""
        return tuple(dict.fromkeys(handle.cost.lever for handle in self.each))

    def of(self, lever: str) -> list[int]:
        """Places of a lever's handles."""
        return [at for at, handle in enumerate(self.each) if handle.cost.lever == lever]

    def values(self, strengths: Floats) -> dict[str, Floats]:
        """The levers' values (time, *dims), computed as a scenario file is applied, to the last bit."""
        weight = self.ramp.weight(self.times)
        found: dict[str, Floats] = {}
        for handle, strength in zip(self.each, strengths, strict=True):
            name = handle.cost.lever
            now = found.get(name)
            if now is None:
                now = _over_time(handle, len(self.times))
            found[name] = _moved(now, handle, float(strength), weight) if strength > 0 else now
        return found

    def in_force(self, strengths: Floats, years: Sequence[int]) -> Floats:
        """How far each handle has been moved, mean of each calendar year, (handles, years), in its lever's unit."""
        weight = self.ramp.weight(self.times)
        inside = [(self.times >= year) & (self.times < year + 1) for year in years]
        shares = np.array([weight[each].mean() if each.any() else 0.0 for each in inside])  # the first year has no step
        change = np.array([abs(each.change(float(s))) for each, s in zip(self.each, strengths, strict=True)])
        return np.asarray(change[:, None] * shares)


def make_handles(costs: Sequence[Cost], groups: Sequence[Group], model: Model, inputs: xr.Dataset) -> list[Handle]:
    """The handles of these measures in these groups; levers that stand at full strength or beyond it have none."""
    found = []
    for cost in costs:
        variable, values = model.variables[cost.lever], inputs[cost.lever]
        order = (["time"] if "time" in values.dims else []) + list(variable.dims)
        present = np.asarray(values.transpose(*order).values, dtype=np.float64)
        codes = [str(code) for code in model.coordinates("municipality")]
        for group in groups if variable.dims else (SCALAR,):
            where = tuple(at for at, code in enumerate(codes) if code in group.codes) if variable.dims else ()
            handle = _handle(cost, group, where, present)
            if handle is not None:
                found.append(handle)
    return found


def rounded(strengths: Floats) -> Floats:
    """Strengths in hundredths, as a scenario tells them."""
    return np.round(np.asarray(strengths, dtype=np.float64) * HUNDRED) / HUNDRED


def _handle(cost: Cost, group: Group, where: tuple[int, ...], present: Floats) -> Handle | None:
    cells = present[..., list(where)] if where else present
    rooms = cost.full - cells
    room = float(rooms.flat[np.abs(rooms).argmin()])
    if room == 0 or (np.sign(rooms) != np.sign(room)).any():
        return None
    return Handle(cost, group, where, present, room, bool(np.ptp(cells) == 0))


def _over_time(handle: Handle, steps: int) -> Floats:
    """The present values with an axis of time."""
    values = handle.present
    spatial = 1 if handle.where else 0
    return values if values.ndim > spatial else np.broadcast_to(values, (steps, *values.shape))


def _moved(now: Floats, handle: Handle, strength: float, weight: Floats) -> Floats:
    """The lever moved in the handle's cells; the arithmetic of scenarios/apply.py."""
    target = np.full_like(now, handle.value(strength)) if handle.even else now + handle.change(strength)
    shape = weight.reshape(-1, *(1,) * (now.ndim - 1))
    chosen = np.zeros(now.shape[1:])
    chosen[list(handle.where) if handle.where else ...] = 1.0
    in_force = shape * chosen
    return np.asarray((1 - in_force) * now + in_force * target)


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
