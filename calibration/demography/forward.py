"""A plain cohort-component projection with the estimated rates: a check of the rates, not the model.

It uses the model's conventions (quarter steps, cohorts shifted at the turn of the year, hazards as
`1 − exp(−hazard × step)`), without jobs, homes or levers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from calibration.demography.expected import aged_once
from calibration.demography.mortality import REFERENCE_YEAR
from calibration.demography.rates import Rates
from calibration.demography.read import Sources
from calibration.demography.series import GIRLS
from calibration.demography.smooth import Array
from calibration.demography.window import as_numpy

STEPS = 4
STEP = 1 / STEPS


@dataclass(frozen=True)
class Projection:
    """Population [year, sex, age, municipality] on 31 December and flows per year [flow, year, municipality]."""

    population: xr.DataArray
    flows: xr.DataArray


@dataclass(frozen=True)
class Numbers:
    """The rates as plain arrays, with the membership of counties [county, municipality]."""

    constants: dict[str, Array]
    drivers: dict[str, Array]
    age_index: Array
    first: int
    counties: Array

    def driver(self, name: str, year: int) -> float:
        """A driver's value in a calendar year."""
        return float(self.drivers[name][year - self.first])


def numbers_of(sources: Sources, rates: Rates) -> Numbers:
    """Plain arrays of the rates."""
    counties = np.array([[code == c for code in sources.places.counties] for c in sorted(set(sources.places.counties))])
    constants = {name: as_numpy(array) for name, array in rates.constants.items()}
    drivers = {name: as_numpy(array) for name, array in rates.drivers.items()}
    first = int(rates.drivers["fertility level"]["time"].values[0])
    index = as_numpy(rates.age_drivers["national age index"])
    return Numbers(constants, drivers, index, first, counties.astype(float))


def leaving(people: Array, hazard: Array) -> Array:
    """People who leave in one step (persons)."""
    return np.asarray(people * -np.expm1(-hazard * STEP), dtype=float)


def death_rate(n: Numbers, time: float) -> Array:
    """Mortality [sex, age, municipality] at a time (1/year)."""
    c = n.constants
    trend = np.exp(-c["mortality decline"] * (time - (REFERENCE_YEAR + 0.5)))
    level = n.driver("mortality year effect", int(time))
    return np.asarray((c["mortality rate"] * trend)[..., None] * c["local mortality"][:, None, :] * level)


def born(n: Numbers, people: Array, year: int) -> Array:
    """Births of one step [sex, municipality] (persons)."""
    c = n.constants
    births = (
        (people[0] * c["fertility rate"][:, None]).sum(0) * c["local fertility"] * n.driver("fertility level", year)
    )
    return np.asarray(births * STEP * np.array([[GIRLS], [1 - GIRLS]]))


def step(n: Numbers, people: Array, time: float) -> tuple[Array, dict[str, Array]]:
    """Population after one quarter, and the flows of the quarter by municipality (persons)."""
    c, year = n.constants, int(time)
    mobility = n.driver("domestic mobility level", year)
    deaths = leaving(people, death_rate(n, time))
    own = leaving(people, c["out rate own county"] * mobility)
    out = own + leaving(people, c["out rate rest of Sweden"] * mobility) + leaving(people, c["out rate abroad"])
    pool = (own @ n.counties.T) @ n.counties
    arrivals = STEP * c["in level rest of Sweden"] * mobility * n.age_index[year - n.first][:, None]
    arrivals = arrivals + STEP * c["in level abroad"] * n.driver("immigration level", year)
    arrivals = arrivals + pool * c["arrival propensity own county"]
    births = born(n, people, year)
    after = people - deaths - out + arrivals
    after[:, 0] += births
    parts = {"births": births[:, None], "deaths": deaths, "in": arrivals, "out": out}
    return after, {name: part.sum((0, 1)) for name, part in parts.items()}


def project(sources: Sources, rates: Rates, start: xr.DataArray, until: int) -> Projection:
    """Project `start` (one 31 December [sex, age, municipality], with coordinate `year`) to 31 December `until`."""
    n, people, year = numbers_of(sources, rates), as_numpy(start), int(start["year"])
    stocks, flows = [people], []
    for year_now in range(year + 1, until + 1):
        people, quarters = aged_once(people.transpose(2, 0, 1).reshape(-1, people.shape[1])), []
        people = people.reshape(start.sizes["municipality"], -1, start.sizes["age"]).transpose(1, 2, 0)
        for quarter in range(STEPS):
            people, parts = step(n, people, year_now + quarter * STEP)
            quarters.append(np.array(list(parts.values())))
        stocks.append(people)
        flows.append(np.sum(quarters, axis=0))
    years = list(range(year, until + 1))
    coords = {"year": years, **{d: start[d].values for d in ("sex", "age", "municipality")}}
    names = ["births", "deaths", "in", "out"]
    flow_coords = {"year": years[1:], "flow": names, "municipality": start["municipality"].values}
    return Projection(xr.DataArray(np.array(stocks), coords=coords), xr.DataArray(np.array(flows), coords=flow_coords))
