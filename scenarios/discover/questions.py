"""What may happen in a run: the target is missed; a municipality's economy fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.observed import observed_population
from scenarios.discover.order import DiscoverOrder
from scenarios.schema import Settings

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
PEOPLE, PLACE = "total_population", "municipality"
TARGET, ECONOMY = "target", "economy"
PER_CENT = 100.0


@dataclass(frozen=True)
class Question:
    """Something that happens in some runs: its key, in which it does, the values it is decided by, and the limit.

    place: code of the municipality, '' for the region. size: people there in the median run.
    """

    key: str
    happens: Flags
    values: Floats
    limit: float
    place: str = ""
    size: float = 0.0

    @property
    def count(self) -> int:
        """In how many runs it happens."""
        return int(self.happens.sum())


def target_question(members: xr.Dataset, settings: Settings, year: int) -> Question:
    """Whether new residents of the region since the base year fall short of the target at the end of the year."""
    people = _at(members[PEOPLE], year).sum(axis=1)
    if settings.base_year in members["year"].values:
        base: Floats | float = _at(members[PEOPLE], settings.base_year).sum(axis=1)
    else:
        base = float(observed_population(settings.base_year).sel(municipality=members[PLACE]).sum())
    new = people - base
    return Question(TARGET, new < settings.target, new, float(settings.target), "", float(np.median(people)))


def economy_questions(members: xr.Dataset, order: DiscoverOrder, year: int) -> tuple[Question, ...]:
    """Whether the economy of each municipality fails by the end of the year, as the order defines it."""
    values = _FAILING[order.failing](members, year)
    sizes = np.median(_at(members[PEOPLE], year), axis=0)
    return tuple(
        Question(ECONOMY, values[:, at] < order.limit, values[:, at], order.limit, str(code), float(sizes[at]))
        for at, code in enumerate(members[PLACE].values)
    )


def _accumulated(members: xr.Dataset, year: int) -> Floats:
    """Results beyond the normal surplus since the start, SEK per inhabitant."""
    return _at(members["accumulated_result"], year) / np.maximum(_at(members[PEOPLE], year), 1.0)


def _tax_base(members: xr.Dataset, year: int) -> Floats:
    """Growth of the tax base per inhabitant since the first year less that of the region, per cent of the start."""
    first = int(members["year"].values[1])
    per_head = members["tax_base_per_inhabitant"]
    people = {at: _at(members[PEOPLE], at) for at in (first, year)}
    own = {at: _at(per_head, at) for at in (first, year)}
    region = {at: (own[at] * people[at]).sum(axis=1) / people[at].sum(axis=1) for at in (first, year)}
    growth = own[year] / own[first] - (region[year] / region[first])[:, None]
    return np.asarray(PER_CENT * growth)


def _services(members: xr.Dataset, year: int) -> Floats:
    """Service level, per cent of the base year's."""
    return PER_CENT * _at(members["service_level"], year)


_FAILING: dict[str, Callable[[xr.Dataset, int], Floats]] = {
    "accumulated": _accumulated,
    "tax-base": _tax_base,
    "services": _services,
}


def _at(array: xr.DataArray, year: int) -> Floats:
    """A result at the end of a year (member, municipality)."""
    return np.asarray(array.sel(year=year).transpose("member", PLACE).values, dtype=np.float64)
