"""What two scenarios assume differently, in groups: everything about one project, or one lever or assumption.

Groups are found in the numbers themselves, cell by cell, so that any two scenarios can be compared, whatever baselines
or layers they are made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

if TYPE_CHECKING:
    from model.language import Model

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
PROJECT, TIME = "project", "time"
SAME = -1
"""Marks a cell in which the scenarios agree."""


@dataclass(frozen=True)
class Altered:
    """One assumption of a group: its name and unit, its cells by dimension, both values, and when they differ.

    values: in the scenario compared with and in the other, where they lie furthest apart. begin, end: first and last
    model time with a difference, None where it lasts from the first to the last moment.
    """

    name: str
    unit: str
    cells: Mapping[str, tuple[str, ...]]
    values: tuple[float, float]
    begin: float | None
    end: float | None


@dataclass(frozen=True)
class Group:
    """Assumptions whose share is told together; kind: 'project', 'lever' or 'assumption'. name: of which."""

    kind: str
    name: str
    altered: tuple[Altered, ...]


@dataclass(frozen=True)
class Contrast:
    """Two scenarios' inputs where they differ: by variable both values, and the number of each cell's group."""

    groups: tuple[Group, ...]
    base: Mapping[str, Floats]
    other: Mapping[str, Floats]
    group: Mapping[str, NDArray[np.int64]]

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs that differ."""
        return tuple(self.base)

    def inputs(self, members: Flags) -> dict[str, Floats]:
        """The inputs of coalitions (coalitions, groups): where a group takes part, the other scenario's numbers."""
        padded = np.concatenate([members, np.zeros((len(members), 1), dtype=bool)], axis=1)  # SAME is the last
        return {name: np.where(padded[:, self.group[name]], self.other[name], self.base[name]) for name in self.names}


def contrast_of(base: xr.Dataset, other: xr.Dataset, model: Model) -> Contrast:
    """What differs between two sets of inputs for the same years."""
    known: dict[tuple[str, str], list[Altered]] = {}
    both: dict[str, tuple[Floats, Floats]] = {}
    places: dict[str, list[tuple[tuple[str, str], Flags]]] = {}
    for name in map(str, base.data_vars):
        pair = _pair(base[name], other[name])
        if np.array_equal(*pair):
            continue
        both[name] = (pair[0].values, pair[1].values)
        places[name] = []
        for which, where in _players(name, pair, model):
            altered = _altered(pair, where, model.variables[name].unit)
            known.setdefault(which, []).append(altered)
            places[name].append((which, where))
    order = {which: number for number, which in enumerate(sorted(known))}
    groups = tuple(Group(kind, name, tuple(known[kind, name])) for kind, name in order)
    numbers = {name: _numbered(both[name][0].shape, found, order) for name, found in places.items()}
    base_values = {name: pair[0] for name, pair in both.items()}
    return Contrast(groups, base_values, {name: pair[1] for name, pair in both.items()}, numbers)


def _pair(base: xr.DataArray, other: xr.DataArray) -> tuple[xr.DataArray, xr.DataArray]:
    """Both with the same dimensions, time first: a lever has time once a scenario changes it."""
    dims = list(dict.fromkeys([*base.dims, *other.dims]))
    order = sorted(dims, key=lambda dim: dim != TIME)
    like = base if TIME in base.dims else other
    one, two = (xr.DataArray(each.broadcast_like(like).transpose(*order)) for each in (base, other))
    return one, two


def _players(name: str, pair: tuple[xr.DataArray, xr.DataArray], model: Model) -> list[tuple[tuple[str, str], Flags]]:
    """The groups that a variable's different cells belong to, and which cells these are."""
    differ = np.asarray(pair[0].values != pair[1].values)
    kind = "lever" if model.variables[name].kind == "lever" else "assumption"
    if PROJECT not in pair[0].dims:
        return [((kind, name), differ)]
    axis = pair[0].dims.index(PROJECT)
    found = []
    for number, label in enumerate(pair[0][PROJECT].values):
        where = np.zeros_like(differ)
        at = tuple(number if each == axis else slice(None) for each in range(differ.ndim))
        where[at] = differ[at]
        if where.any():
            found.append(((PROJECT, str(label)), where))
    return found


def _altered(pair: tuple[xr.DataArray, xr.DataArray], where: Flags, unit: str) -> Altered:
    like = pair[0]
    cells = {}
    for axis, dim in enumerate(like.dims):
        if dim != TIME:
            touched = where.any(axis=tuple(each for each in range(where.ndim) if each != axis))
            if not touched.all():
                cells[str(dim)] = tuple(str(label) for label in like[dim].values[touched])
    apart = np.where(where, np.abs(pair[1].values - pair[0].values), -1.0)
    at = np.unravel_index(int(apart.argmax()), apart.shape)
    values = (float(pair[0].values[at]), float(pair[1].values[at]))
    return Altered(str(like.name), unit, cells, values, *_span(like, where))


def _span(like: xr.DataArray, where: Flags) -> tuple[float | None, float | None]:
    """First and last model time with a difference; None at an end of the run."""
    if TIME not in like.dims:
        return None, None
    times = like[TIME].values
    steps = np.flatnonzero(where.any(axis=tuple(range(1, where.ndim))))
    begin = None if steps[0] == 0 else float(times[steps[0]])
    return begin, None if steps[-1] == len(times) - 1 else float(times[steps[-1]])


def _numbered(
    shape: tuple[int, ...], found: Sequence[tuple[tuple[str, str], Flags]], order: Mapping[tuple[str, str], int]
) -> NDArray[np.int64]:
    numbers = np.full(shape, SAME, dtype=np.int64)
    for which, where in found:
        numbers[where] = order[which]
    return numbers
