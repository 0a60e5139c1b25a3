"""Drivers over time: fertility, mortality and moving levels of single years, Sweden's population and immigration.

History is observed; the future follows SCB's national projection (base 2024) where it has the driver, and a stated
assumption otherwise. All are relative to the means of 2011–2019, flow-like: the value of calendar year y stands at
`time` y.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from calibration.demography.base_moves import emigration_rate, immigration_profile
from calibration.demography.expected import aged_once
from calibration.demography.fertility import fertility_level, national_rates
from calibration.demography.flows import Flows
from calibration.demography.mortality import REFERENCE_YEAR, lasting_decline, national_rate, year_effect
from calibration.demography.read import LAST_YEAR, YEARS, Sources
from calibration.demography.smooth import Array
from calibration.demography.window import REFERENCE, Window, as_numpy, person_years

FIRST, HORIZON = 2011, 2070
SPLICE_YEARS = (2022, 2023, 2024)
GIRLS = 0.4855
"""Share of girls among the newborn (dmnl; SCB, Sweden 2000–2024)."""


def national_series(sources: Sources, variable: str) -> xr.DataArray:
    """Sweden's yearly total of a variable [year]: outcomes to 2024, then SCB's projection (persons)."""
    history = sources.national.sel(variable=variable, drop=True).sum(["sex", "age"])
    return xr.concat([history, sources.projection.sel(variable=variable, drop=True)], "year")


def relative(series: xr.DataArray, years: list[int]) -> Array:
    """A series [year] relative to its mean over the reference years (dmnl)."""
    return as_numpy(series.sel(year=years) / series.sel(year=REFERENCE.years).mean())


def immigration_level(sources: Sources, years: list[int]) -> Array:
    """Immigration to Sweden of each year relative to 2011–2019 (dmnl)."""
    return relative(national_series(sources, "immigration"), years)


@dataclass(frozen=True)
class National:
    """Sweden's rates for its projection: mortality in the reference year, its decline, emigration (1/year),
    immigrants' ages.
    """

    mortality: Array
    decline: Array
    emigration: Array
    immigrants: Array

    def year(self, given: dict[str, float], year: int, people: Array) -> Array:
        """People [sex, age] at the end of a year that starts with `people`, held to the `given` births, deaths and
        moves.
        """
        older = aged_once(people)
        deaths = older * -np.expm1(-self.mortality * np.exp(-self.decline * (year - REFERENCE_YEAR)))
        leaving = older * self.emigration
        change = self.immigrants * given["immigration"] - leaving * (given["emigration"] / leaving.sum())
        older = older + change - deaths * (given["deaths"] / deaths.sum())
        older[:, 0] += given["births"] * np.array([GIRLS, 1 - GIRLS])
        return np.asarray(older, dtype=float)


def national_people(sources: Sources, window: Window, last: int) -> xr.DataArray:
    """Person-years in Sweden [year, sex, age] from 2001 to `last`: outcomes, then ages that fit SCB's projected
    totals.
    """
    history = sources.national.sel(variable="population", drop=True)
    rates = National(
        national_rate(sources, window),
        lasting_decline(sources, window),
        emigration_rate(sources, window),
        immigration_profile(sources, window),
    )
    years, people = list(range(YEARS[0], last + 1)), list(as_numpy(history))
    for year in years[len(people) :]:
        projected = sources.projection.sel(year=year)
        given = {str(name): float(projected.sel(variable=name)) for name in projected["variable"].values}
        people.append(rates.year(given, year, people[-1]))
    coords = {"year": years, "sex": history["sex"], "age": history["age"]}
    return person_years(xr.DataArray(np.array(people), coords=coords))


def age_index(sources: Sources, window: Window, years: list[int]) -> xr.DataArray:
    """Sweden's people of each age (both sexes) in a year relative to the window's mean [time, age] (dmnl)."""
    people = national_people(sources, window, years[-1]).sum("sex")
    index = people.sel(year=years) / people.sel(year=window.years).mean("year")
    return index.rename(year="time")


def population_index(index: xr.DataArray, flows: Flows) -> Array:
    """Sweden's people of the ages that move relative to the window's mean [time] (dmnl).

    `index` is by age (`age_index`); the weights are the ages of those who move in from the rest of Sweden. (The total
    population would grow 15 % to 2050, those of moving age 1 %.)
    """
    weights = flows.in_rest.sum((0, 2))
    return np.asarray(as_numpy(index) @ (weights / weights.sum()), dtype=float)


def national_fertility(sources: Sources, window: Window, years: list[int]) -> Array:
    """Sweden's births of each year relative to those the window's rates by age give (dmnl)."""
    women = as_numpy(national_people(sources, window, years[-1]).sel(year=years, sex="women"))
    births = as_numpy(national_series(sources, "births").sel(year=years))
    return np.asarray(births / (women * national_rates(sources, window.years)).sum(1), dtype=float)


def fertility_series(sources: Sources, population: xr.DataArray, window: Window, years: list[int]) -> Array:
    """Fertility level of the two counties [year]: observed to 2024, then as SCB projects Sweden's, same distance as
    2022–24.
    """
    past = [year for year in years if year <= LAST_YEAR]
    observed = fertility_level(sources, population, window, past)
    national = national_fertility(sources, window, years)
    splice = [years.index(year) for year in SPLICE_YEARS]
    distance = float(np.mean([observed[i] / national[i] for i in splice]))
    return np.concatenate([observed, national[len(past) :] * distance])


def mortality_series(sources: Sources, population: xr.DataArray, window: Window, years: list[int]) -> Array:
    """Deaths of single years relative to the declining rates [year]; 1 after the last observed year."""
    past = [year for year in years if year <= LAST_YEAR]
    return np.concatenate([year_effect(sources, population, window, past), np.ones(len(years) - len(past))])


def regional_immigration(sources: Sources, years: list[int]) -> Array:
    """Immigrants to the 29 municipalities [year]: counties to 2021, municipalities 2023–24, 2022 as Sweden's
    (persons).
    """
    counties = sources.county_flows.sel(component="immigration").sum("county", skipna=False)
    places = sources.split.sel(component="immigration").sum("municipality", skipna=False)
    known = counties.fillna(places)
    ratio = (known / national_series(sources, "immigration")).interpolate_na("year")
    return as_numpy((ratio * national_series(sources, "immigration")).sel(year=years))


def mobility_series(sources: Sources, population: xr.DataArray, flows: Flows, index: xr.DataArray) -> Array:
    """Domestic in-moves of the 29 relative to what the reference rates give [time] (dmnl); 1 in the future.

    `index` is Sweden's people by age (`age_index`).
    """
    years = index["time"].values.tolist()
    past = [year for year in years if year <= LAST_YEAR]
    observed = as_numpy(sources.moves.sel(direction="in", year=past).sum("municipality"))
    observed = observed - regional_immigration(sources, past)
    people = as_numpy(person_years(population).sel(year=past))
    inside = (people * flows.rate(flows.out_own)).sum((1, 2, 3))
    expected = flows.in_rest.sum() * population_index(index, flows)[: len(past)] + inside
    level = observed / expected
    reference = np.isin(past, REFERENCE.years)
    return np.concatenate([level / level[reference].mean(), np.ones(len(years) - len(past))])
