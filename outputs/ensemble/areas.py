"""Municipalities, counties and the region: totals are made in each member, before any quantile is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outputs.observed import INDEXED
from scenarios.places import Places

REGION = "24+25"
"""Code of both counties together (SCB's county codes)."""
ADDITIVE = ("persons", "jobs", "dwellings", "SEK", "kSEK", "MSEK", "MW")
"""Units of quantities that add up over municipalities, also as flows per year."""
NOT_ADDITIVE = ("house_price",)
"""Means in a unit that otherwise adds up."""
WEIGHTS = {
    "unemployment_rate": "labour_force",
    "nonregistered_share": "filled_jobs",
    "vacancy_rate": "dwellings",
    "tax_base_per_inhabitant": "total_population",
    "service_level": "total_population",
    "welfare_staffing": "total_population",
    "ambition": "total_population",
    "dependency_ratio": "total_population",
    "probability_of_moving": "recruits_from_outside",
}
"""Rate: what it is a rate of. The rate of an area is the mean of its municipalities' weighted by it, in each member."""
OF_THE_REST = ("dependency_ratio",)
"""Ratios to the other part of their whole: dependants per person of working age, where the whole is everyone."""
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Area:
    """A municipality, a county or the region: code, name, kind, and the positions of its municipalities."""

    code: str
    name: str
    name_sv: str
    kind: str
    members: tuple[int, ...]


def read_areas(codes: tuple[str, ...], places: Places) -> tuple[Area, ...]:
    """The municipalities in the order given, then the counties, then the region."""
    own = [Area(code, places.name(code), places.name(code), "municipality", (i,)) for i, code in enumerate(codes)]
    by_code = {place.code: place for place in places.all}
    counties = []
    for county in sorted({place.county for place in places.all}):
        inside = tuple(i for i, code in enumerate(codes) if by_code[code].county == county)
        name = next(place.county_name for place in places.all if place.county == county)
        counties.append(Area(county, name, name, "county", inside))
    names = sorted(area.name for area in counties)
    region = Area(REGION, " and ".join(names), " och ".join(names), "region", tuple(range(len(codes))))
    return (*own, *counties, region)


def adds_up(name: str, unit: str) -> bool:
    """Whether a quantity of several municipalities is the sum of theirs."""
    return name not in NOT_ADDITIVE and unit.removesuffix("/year") in ADDITIVE


def combine(result: tuple[str, str], values: Values, weight: Values | None) -> Callable[[tuple[int, ...]], Values]:
    """How the values (…, municipality) of a result (name, unit) become the one of an area of several municipalities.

    weight: what a rate is weighted by, in the same shape; None when the ensemble does not hold it. What has no meaning
    for an area, or lacks its weight, is not-a-number there.
    """
    name, unit = result
    if adds_up(name, unit):
        return lambda inside: _part(values, inside).sum(axis=-1)
    if name in INDEXED:
        return lambda inside: _part(values, inside).mean(axis=-1)
    if weight is None:
        return lambda _: np.full(values.shape[:-1], np.nan)
    by = weight / (1.0 + values) if name in OF_THE_REST else weight
    return lambda inside: _mean(_part(values, inside), _part(by, inside))


def _part(values: Values, inside: tuple[int, ...]) -> Values:
    first, last = min(inside), max(inside)
    if last - first + 1 == len(inside):  # in a row, as counties in code order are: no copy
        return values[..., first : last + 1]
    return values[..., list(inside)]


def _mean(values: Values, weights: Values) -> Values:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((values * weights).sum(axis=-1) / weights.sum(axis=-1), dtype=np.float64)
