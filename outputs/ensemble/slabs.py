"""Reads an ensemble in slabs: all members of a few years at a time, so that memory does not grow with the ensemble.

A stored chunk holds all years of some members, so that each reading unpacks the whole result: few large readings in
stored precision, worked on in small pieces in double precision, take less time than small readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import xarray as xr
from numpy.typing import NDArray


@dataclass(frozen=True)
class Budget:
    """Values read at a time, and values worked on at a time; more only when one row of municipalities is larger."""

    read: int = 4_000_000
    work: int = 1_000_000


STANDARD = Budget()
MEMBER, YEAR, PLACE = "member", "year", "municipality"
Slab = dict[str, slice]
"""A range of positions along each dimension but the members (always all) and the municipalities (always all)."""


def pieces(array: xr.DataArray, budget: Budget) -> Iterator[tuple[Slab, NDArray[np.float64]]]:
    """Cover an array (member, year, …) with pieces: where each lies, and its values in double precision.

    The members stand first, the municipalities (where there are any) last.
    """
    for slab in slabs(array, budget.read):
        read = array.isel(slab).transpose(*ordered_dims(array)).load()
        for part in slabs(read, budget.work):
            values = np.asarray(read.isel(part).values, dtype=np.float64)
            yield {dim: _moved(part[dim], slab[dim].start) for dim in part}, values


def slabs(array: xr.DataArray, most: int) -> Iterator[Slab]:
    """Ranges that together cover an array, each of at most `most` values where possible."""
    steps = _steps(array, most)
    ranges = {dim: range(0, array.sizes[dim], step) for dim, step in steps.items()}
    for starts in product(*ranges.values()):
        yield {dim: slice(at, at + steps[dim]) for dim, at in zip(ranges, starts, strict=True)}


def ordered_dims(array: xr.DataArray) -> list[str]:
    """Members, years, other dimensions, municipalities."""
    middle = [str(dim) for dim in array.dims if dim not in (MEMBER, YEAR, PLACE)]
    return [MEMBER, YEAR, *middle, *([PLACE] if PLACE in array.dims else [])]


def _moved(part: slice, by: int) -> slice:
    return slice(part.start + by, part.stop + by)


def _steps(array: xr.DataArray, most: int) -> dict[str, int]:
    """Positions taken at a time along each dimension that may be cut, years first."""
    steps = {dim: array.sizes[dim] for dim in ordered_dims(array)[1:] if dim != PLACE}
    fixed = array.sizes[MEMBER] * (array.sizes[PLACE] if PLACE in array.dims else 1)
    for dim in steps:
        others = fixed * int(np.prod([size for name, size in steps.items() if name != dim], dtype=np.int64))
        steps[dim] = min(steps[dim], max(1, most // others))
    return steps
