"""Made-up members of an ensemble in the layout that scenarios.ensemble stores, small and exact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import xarray as xr
from xarray.backends import BackendArray
from xarray.core import indexing

from outputs.ensemble.source import Source
from outputs.observed import observed_population
from outputs.publish import Publication
from scenarios.places import read_places
from scenarios.read import find_scenario, read_scenario
from scenarios.schema import Settings

YEARS = tuple(range(2024, 2041))
UNITS = {
    "total_population": "persons",
    "net_migration": "persons/year",
    "employed_residents": "persons",
    "labour_force": "persons",
    "unemployed": "persons",
    "unemployment_rate": "dmnl",
    "house_price_index": "dmnl",
    "push": "dmnl",
    "dwellings": "dwellings",
}
PLAN: dict[str, Any] = {
    "seed": 7,
    "members": 40,
    "years": [2024, 2040],
    "fit": None,
    "chance": {"dimensions": ["a", "b"], "held": {"c": "a definition"}, "held by the scenario": []},
}


def made_up_members(count: int = 40, seed: int = 0) -> xr.Dataset:
    """People walk at random from the observed ones, partly together; the rest follows from them."""
    codes = read_places().codes
    random = np.random.default_rng(seed)
    start = observed_population(2024).sel(municipality=list(codes)).values
    shape = (count, len(YEARS), 1)
    together = np.cumsum(random.normal(0.004, 0.004, shape), axis=1)
    apart = np.cumsum(random.normal(0, 1, (count, len(YEARS), len(codes))) / np.sqrt(start), axis=1)
    growth = np.exp(together + apart)
    growth[:, 0] = 1.0
    people = start * growth
    unemployed = 0.03 * people * growth
    data = {
        "total_population": people,
        "net_migration": np.diff(people, axis=1, prepend=np.full((count, 1, len(codes)), np.nan)),
        "employed_residents": 0.5 * people,
        "labour_force": 0.5 * people + unemployed,
        "unemployed": unemployed,
        "unemployment_rate": unemployed / (0.5 * people + unemployed),
        "house_price_index": growth,
        "push": growth,
        "dwellings": 0.55 * people,
    }
    arrays: dict[str, Any] = {
        name: (("member", "year", "municipality"), values.astype(np.float32), {"units": UNITS[name], "kind": "x"})
        for name, values in data.items()
    }
    sexes = np.stack([0.49 * people, 0.51 * people], axis=2).astype(np.float32)
    arrays["population_by_sex"] = (("member", "year", "sex", "municipality"), sexes, {"units": "persons"})
    projects = random.uniform(0, 100, (count, len(YEARS), 2)).astype(np.float32)
    arrays["project_jobs"] = (("member", "year", "project"), projects, {"units": "jobs"})
    labels = {"municipality": list(codes), "sex": ["women", "men"], "project": ["plant", "mine"]}
    return xr.Dataset(arrays, {"member": np.arange(count), "year": list(YEARS)} | labels)


def made_up_source(count: int = 40, target: int = 60_000) -> Source:
    """The made-up members with the reference's base year, observed."""
    settings = Settings(start=2024, until=2040, target=target)
    return Source(made_up_members(count), settings, read_places(), observed_population(2022))


def made_up_ensemble(folder: Path) -> Any:
    """What run_ensemble gives, as far as publishing reads it."""
    scenario, _ = read_scenario(find_scenario("reference"))
    settings = Settings(start=2024, until=2040, target=60_000)
    return SimpleNamespace(folder=folder, plan=PLAN, scenario=scenario, settings=settings, changes=[])


def publication(folder: Path, language: str = "en") -> Publication:
    """How to publish, at a fixed time."""
    return Publication(folder, language, ["sim.py", "ensemble"], datetime(2026, 1, 1, tzinfo=UTC))


@dataclass
class Counted(BackendArray):
    """An array on a pretended disk that notes how many values each reading takes."""

    values: np.ndarray[Any, Any]
    readings: list[int] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, ...]:
        """As of the values."""
        return tuple(self.values.shape)

    @property
    def dtype(self) -> Any:
        """As of the values."""
        return self.values.dtype

    def __getitem__(self, key: Any) -> Any:
        return indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.BASIC, self._read)

    def _read(self, key: Any) -> Any:
        part = self.values[key]
        self.readings.append(int(part.size))
        return part


def counted(members: xr.Dataset) -> tuple[xr.Dataset, dict[str, Counted]]:
    """The members as lazily opened arrays, and what notes their readings."""
    noted = {str(name): Counted(array.values) for name, array in members.data_vars.items()}
    lazy = {
        name: xr.Variable(members[name].dims, indexing.LazilyIndexedArray(noted[name]), members[name].attrs)
        for name in noted
    }
    return xr.Dataset(lazy, members.coords), noted
