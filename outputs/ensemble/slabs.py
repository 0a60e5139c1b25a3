"""Reads an ensemble in slabs: all members of a few years at a time, so that memory does not grow with the ensemble."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import xarray as xr
from numpy.typing import NDArray

BUDGET = 2_000_000
"""Values read at a time (16 MB in double precision). Exceeded only when one row of the municipalities is larger."""
MEMBER, YEAR, PLACE = "member", "year", "municipality"
Slab = dict[str, slice]
"""A range of positions along each dimension but the members (always all) and the municipalities (always all)."""


def slabs(array: xr.DataArray, budget: int = BUDGET) -> Iterator[Slab]:
    """Ranges that together cover an array (member, year, …), each of at most `budget` values where possible."""
    steps = _steps(array, budget)
    ranges = {dim: range(0, array.sizes[dim], step) for dim, step in steps.items()}
    for starts in product(*ranges.values()):
        yield {dim: slice(at, at + steps[dim]) for dim, at in zip(ranges, starts, strict=True)}


def read_slab(array: xr.DataArray, slab: Slab) -> NDArray[np.float64]:
    """The values of a slab, all members first and the municipalities (where there are any) last."""
    chosen = {dim: part for dim, part in slab.items() if dim in array.dims}
    dims = ordered_dims(array)
    return np.asarray(array.isel(chosen).transpose(*dims).values, dtype=np.float64)


def ordered_dims(array: xr.DataArray) -> list[str]:
    """Members, years, other dimensions, municipalities."""
    middle = [str(dim) for dim in array.dims if dim not in (MEMBER, YEAR, PLACE)]
    return [MEMBER, YEAR, *middle, *([PLACE] if PLACE in array.dims else [])]


def _steps(array: xr.DataArray, budget: int) -> dict[str, int]:
    """Positions taken at a time along each dimension that may be cut, years first."""
    steps = {dim: array.sizes[dim] for dim in ordered_dims(array)[1:] if dim != PLACE}
    fixed = array.sizes[MEMBER] * (array.sizes[PLACE] if PLACE in array.dims else 1)
    for dim in steps:
        others = fixed * int(np.prod([size for name, size in steps.items() if name != dim], dtype=np.int64))
        steps[dim] = min(steps[dim], max(1, budget // others))
    return steps
