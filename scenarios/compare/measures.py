"""The results that are compared, by municipality, county and region, from the values of a block of runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from outputs.ensemble.areas import WEIGHTS, Area, combine, read_areas
from outputs.tables import age_groups
from scenarios.places import read_places

if TYPE_CHECKING:
    from model.language import Model

Floats = NDArray[np.float64]
AGE, AGE_GROUP, PLACE = "age", "age_group", "municipality"
PEOPLE, JOBS = "total_population", "filled_jobs"
AGES = "population_by_age_group"
SOURCES = {AGES: "population"}
"""Results that are made from another variable of the model."""
COMPARED = (
    PEOPLE,
    "population_by_sex",
    AGES,
    "net_migration",
    JOBS,
    "jobs",
    "employed_residents",
    "unemployed",
    "nonregistered_workers",
    "in_commuters",
    "out_commuters",
    "dwellings",
    "house_price_index",
    "tax_base",
    "tax_base_per_inhabitant",
    "tax_forgone",
    "municipal_result",
    "service_level",
)
"""What is compared, in the order in which it is told."""


@dataclass(frozen=True)
class Measure:
    """One result: its name, unit, other dimensions than year and area with their labels, and its first row."""

    name: str
    unit: str
    dims: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    first: int

    @property
    def rows(self) -> slice:
        """Where its values lie among the rows."""
        return slice(self.first, self.first + int(np.prod([len(each) for each in self.labels])))

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of labels of each dimension."""
        return tuple(len(each) for each in self.labels)


@dataclass(frozen=True)
class Measures:
    """All that is compared; turns results by (run, year, *dims) into rows (run, year, row, area)."""

    all: tuple[Measure, ...]
    dims: Mapping[str, tuple[str, ...]]
    groups: tuple[str, ...]
    areas: tuple[Area, ...]

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The model's variables that runs must give."""
        return tuple(dict.fromkeys(SOURCES.get(each.name, each.name) for each in self.all))

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self.all[-1].rows.stop)

    def named(self, name: str) -> Measure:
        """The measure of a name."""
        return next(each for each in self.all if each.name == name)

    def rows(self, found: Mapping[str, Floats]) -> Floats:
        """Every measure of some runs, (run, year, row, area): totals of larger areas are made in each run."""
        return np.concatenate([self._of(measure, found) for measure in self.all], axis=2)

    def _of(self, measure: Measure, found: Mapping[str, Floats]) -> Floats:
        own = found[SOURCES.get(measure.name, measure.name)]
        if measure.name == AGES:
            own = self._by_group(own)
        weight = WEIGHTS.get(measure.name)
        joined = combine((measure.name, measure.unit), own, found[weight] if weight else None)
        larger = [joined(area.members) for area in self.areas if area.kind != PLACE]
        whole = np.concatenate([own, np.stack(larger, axis=-1)], axis=-1)
        return whole.reshape(*whole.shape[:2], -1, whole.shape[-1])

    def _by_group(self, people: Floats) -> Floats:
        """People (…, age, municipality) by age group."""
        first = [self.groups.index(group) for group in dict.fromkeys(self.groups)]
        return np.asarray(np.add.reduceat(people, first, axis=people.ndim - 2))


def read_measures(model: Model) -> Measures:
    """The measures of a model, as far as it has them."""
    by_key = {variable.key: variable for variable in model.variables.values()}
    groups = tuple(age_groups(np.array(model.coordinates(AGE))))
    found: list[Measure] = []
    for name in (name for name in COMPARED if SOURCES.get(name, name) in by_key):
        variable = by_key[SOURCES.get(name, name)]
        others = [dim for dim in variable.dims if dim != PLACE]
        labels = tuple(_labels(model, dim, groups) for dim in others)
        dims = tuple(AGE_GROUP if dim == AGE else dim for dim in others)
        first = found[-1].rows.stop if found else 0
        found.append(Measure(name, variable.unit, dims, labels, first))
    codes = tuple(str(code) for code in model.coordinates(PLACE))
    dims_of = {measure.name: measure.dims for measure in found}
    return Measures(tuple(found), dims_of, groups, read_areas(codes, read_places()))


def _labels(model: Model, dim: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    if dim == AGE:
        return tuple(dict.fromkeys(groups))
    return tuple(str(label) for label in model.coordinates(dim))
