"""Two scenarios, member by member: the members share their random numbers, so a difference is not noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from outputs.ensemble.areas import Area, Values
from outputs.ensemble.slabs import Slab
from outputs.ensemble.source import NEW, Source
from scenarios.problems import Problem, ScenarioError

SHARED = ("seed", "members", "chance", "years")
"""What two plans must have in common for their members to be pairs."""
OWN = ("held by the scenario",)
"""Parts of the chance that a scenario decides: a parameter that one of two holds leaves the others paired."""
MOST = 60
"""Letters of a value shown in a message."""


def check_pair(plan: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, str]) -> None:
    """Raise ScenarioError, with both values of everything that differs, unless the members of two plans are pairs."""
    problems = []
    for key in SHARED:
        for where, one, two in _unlike(key, plan.get(key), other.get(key)):
            what = f"the members are not pairs: {where} is {_shown(one)} here and {_shown(two)} in {names[1]}."
            resolve = f"Run both with the same --{key}." if key in ("seed", "members") else "Run both again alike."
            problems.append(Problem(names[0], what, resolve))
    if problems:
        raise ScenarioError(problems)


def _unlike(where: str, one: Any, two: Any) -> Iterator[tuple[str, Any, Any]]:
    """The places, deepest first, in which two plain values differ."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        for key in sorted((set(one) | set(two)) - set(OWN)):
            yield from _unlike(f"{where}.{key}", one.get(key), two.get(key))
    elif one != two:
        yield where, one, two


def _shown(value: Any) -> str:
    text = "missing" if value is None else repr(value)
    return text if len(text) <= MOST else f"{text[:MOST]}…"


@dataclass(frozen=True)
class Difference:
    """A scenario less its reference, member by member: read as an ensemble is."""

    one: Source
    reference: Source

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return self.one.count

    @property
    def years(self) -> list[int]:
        """Calendar years."""
        return self.one.years

    @property
    def areas(self) -> tuple[Area, ...]:
        """Municipalities, counties, region."""
        return self.one.areas

    @property
    def names(self) -> list[str]:
        """Results of both; new residents differ as people do and are left out."""
        return [name for name in self.one.names if name in self.reference.names and name != NEW]

    def attributes(self, name: str) -> dict[str, str]:
        """Unit and kind of a result."""
        return self.one.attributes(name)

    def dims(self, name: str) -> list[str]:
        """Dimensions of a result without the members."""
        return self.one.dims(name)

    def coords(self, name: str) -> dict[Any, Any]:
        """Labels of the dimensions, areas excepted."""
        return self.one.coords(name)

    def pieces(self, name: str) -> Iterator[tuple[Slab, Values]]:
        """Pieces of the scenario less those of the reference, member by member."""
        for (slab, own), (_, other) in zip(self.one.pieces(name), self.reference.pieces(name), strict=True):
            yield slab, own - other


def share_above(difference: Difference, name: str) -> xr.DataArray:
    """In which share of the pairs the scenario has more of a result than its reference, by year and area."""
    dims = difference.dims(name)
    coords = difference.coords(name) | {"area": [area.code for area in difference.areas]}
    share = np.full([len(coords[dim]) for dim in dims], np.nan)
    for slab, values in difference.pieces(name):
        more = (values > 0).mean(axis=0)
        share[tuple(slab.get(dim, slice(None)) for dim in dims)] = np.where(np.isnan(values).any(axis=0), np.nan, more)
    return xr.DataArray(share, coords, dims, attrs={"units": "1"})
