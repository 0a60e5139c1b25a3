"""What the results of an ensemble are read from: one ensemble, or the difference of two, by area and member."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import xarray as xr

from outputs.ensemble.areas import WEIGHTS, Area, Values, combine, read_areas
from outputs.ensemble.slabs import MEMBER, PLACE, STANDARD, YEAR, Budget, Slab, ordered_dims, pieces
from scenarios.places import Places
from scenarios.schema import Settings

PEOPLE = "total_population"
"""Registered people, the result that the target is about: every ensemble keeps it."""
NEW = "new_residents"
AREA = "area"
NOTHING: Iterable[None] = repeat(None)
"""No weights, for any number of pieces."""


@dataclass(frozen=True)
class Source:
    """The members of an ensemble and what is needed to sum them up.

    members: (member, year, …, municipality), opened lazily. base: observed people by municipality at the end of the
    base year, None when the run itself holds that year. budget: values handled at a time.
    """

    members: xr.Dataset
    settings: Settings
    places: Places
    base: xr.DataArray | None = None
    budget: Budget = STANDARD

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

    def pieces(self, name: str) -> Iterator[tuple[Slab, Values]]:
        """Cover a result with pieces (member, year, …, area): where each lies, and its values.

        A result without municipalities has no areas either.
        """
        array = self._array(name)
        base = self._at_base() if name == NEW else np.zeros(1)
        weights = self._weights(name)
        for (slab, values), weight in zip(pieces(array, self.budget), weights, strict=weights is not NOTHING):
            yield slab, self._with_areas(array, values - base, weight) if PLACE in array.dims else values

    def _weights(self, name: str) -> Iterable[Values | None]:
        """What a rate is weighted by in larger areas, piece by piece; nothing for what is no rate or lacks it."""
        weight = WEIGHTS.get(name)
        if weight is None or weight not in self.members:
            return NOTHING
        return (values for _, values in pieces(self.members[weight], self.budget))

    def _with_areas(self, array: xr.DataArray, values: Values, weight: Values | None) -> Values:
        joined = combine((str(array.name), str(array.attrs.get("units", ""))), values, weight)
        larger = [joined(area.members) for area in self.areas if area.kind != PLACE]
        return np.concatenate([values, np.stack(larger, axis=-1)], axis=-1)

    def _array(self, name: str) -> xr.DataArray:
        return self.members[PEOPLE if name == NEW else name]

    def _at_base(self) -> Values:
        """People in the base year: observed (municipality), or as each member has it (member, 1, municipality)."""
        people = self.members[PEOPLE]
        if self.base is not None:
            return np.asarray(self.base.sel(municipality=people[PLACE]).values, dtype=np.float64)
        own = people.isel({YEAR: [self.years.index(self.settings.base_year)]})
        return np.asarray(own.transpose(*ordered_dims(people)).values, dtype=np.float64)
