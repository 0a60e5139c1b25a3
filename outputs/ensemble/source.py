"""What the results of an ensemble are read from: one ensemble, or the difference of two, by area and member."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from outputs.ensemble.areas import Area, Values, combine, read_areas
from outputs.ensemble.slabs import BUDGET, MEMBER, PLACE, YEAR, Slab, ordered_dims, read_slab, slabs
from scenarios.places import Places
from scenarios.schema import Settings

PEOPLE = "total_population"
"""Registered people, the result that the target is about: every ensemble keeps it."""
NEW = "new_residents"
AREA = "area"


@dataclass(frozen=True)
class Source:
    """The members of an ensemble and what is needed to sum them up.

    members: (member, year, …, municipality), opened lazily. base: observed people by municipality at the end of the
    base year, None when the run itself holds that year. budget: values read at a time.
    """

    members: xr.Dataset
    settings: Settings
    places: Places
    base: xr.DataArray | None = None
    budget: int = BUDGET

    @property
    def count(self) -> int:
        """How many members there are."""
        return int(self.members.sizes[MEMBER])

    @property
    def years(self) -> list[int]:
        """Calendar years."""
        return [int(year) for year in self.members[YEAR].values]

    @property
    def areas(self) -> tuple[Area, ...]:
        """Municipalities, counties, region."""
        return read_areas(tuple(str(code) for code in self.members[PLACE].values), self.places)

    @property
    def names(self) -> list[str]:
        """The results: what the ensemble holds, and new residents."""
        return [*map(str, self.members.data_vars), NEW]

    def attributes(self, name: str) -> dict[str, str]:
        """Unit and kind of a result."""
        return {str(key): str(value) for key, value in self._array(name).attrs.items()}

    def dims(self, name: str) -> list[str]:
        """Dimensions of a result without the members, areas in place of the municipalities."""
        return [AREA if dim == PLACE else dim for dim in ordered_dims(self._array(name))[1:]]

    def coords(self, name: str) -> dict[Hashable, Any]:
        """Labels of the dimensions of a result, areas excepted."""
        array = self._array(name)
        return {dim: array[dim].values for dim in self.dims(name) if dim in array.coords}

    def slabs(self, name: str) -> Iterator[Slab]:
        """Ranges that together cover a result, each small enough to be read at once."""
        return slabs(self._array(name), self.budget)

    def read(self, name: str, slab: Slab) -> Values:
        """A slab of a result: (member, year, …, area), or without areas when it has no municipalities."""
        array = self._array(name)
        own = self._own(name, slab)
        if PLACE not in array.dims:
            return own
        held = set(self.members.data_vars)

        def weights(weight: str) -> Values | None:
            return self._own(weight, slab) if weight in held else None

        joined = combine((name, str(array.attrs.get("units", ""))), own, weights)
        larger = [joined(area.members) for area in self.areas if area.kind != PLACE]
        return np.concatenate([own, np.stack(larger, axis=-1)], axis=-1)

    def _array(self, name: str) -> xr.DataArray:
        return self.members[PEOPLE if name == NEW else name]

    def _own(self, name: str, slab: Slab) -> Values:
        """A slab by municipality; new residents count from the base year."""
        values = read_slab(self._array(name), slab)
        return values - self._at_base() if name == NEW else values

    def _at_base(self) -> Values:
        """People in the base year: observed (municipality), or as each member has it (member, 1, municipality)."""
        people = self.members[PEOPLE]
        if self.base is not None:
            return np.asarray(self.base.sel(municipality=people[PLACE]).values, dtype=np.float64)
        at = self.years.index(self.settings.base_year)
        return read_slab(people, {YEAR: slice(at, at + 1)})
