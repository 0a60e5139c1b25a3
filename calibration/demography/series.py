"""Drivers over time: fertility, mortality and moving levels of single years, Sweden's population and immigration.

History is observed; the future follows SCB's national projection (base 2024) where it has the driver, and a stated
assumption otherwise. All are relative to the means of 2011–2019, flow-like: the value of calendar year y stands at `time` y.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from calibration.demography.base_moves import emigration_rate, immigration_profile
from calibration.demography.expected import aged_once
from calibration.demography.fertility import fertility_level, national_rates
from calibration.demography.flows import Flows
from calibration.demography.mortality import REFERENCE_YEAR, lasting_decline, national_rate, year_effect
from calibration.demography.read import LAST_YEAR, Sources
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


def population_index(sources: Sources, years: list[int]) -> Array:
    """Sweden's mean population of each year relative to 2011–2019 (dmnl)."""
    end = national_series(sources, "population")
    return relative((end + end.shift(year=1)) / 2, years)


def immigration_level(sources: Sources, years: list[int]) -> Array:
    """Immigration to Sweden of each year relative to 2011–2019 (dmnl)."""
    return relative(national_series(sources, "immigration"), years)


def national_year(sources: Sources, window: Window, year: int, people: Array) -> Array:
    """Sweden's people [sex, age] at the end of a projected year, held to SCB's births, deaths and moves."""
    given = {name: float(sources.projection.sel(variable=name, year=year)) for name in
             ("births", "deaths", "immigration", "emigration")}  # fmt: skip
    older = aged_once(people)
    declined = np.exp(-lasting_decline(sources, window) * (year - REFERENCE_YEAR))
    rate = national_rate(sources, window) * declined
    leaving = emigration_rate(sources, window) * older
    change = immigration_profile(sources, window) * given["immigration"] - leaving * (given["emigration"] / leaving.sum())
    deaths = older * rate
    older = older + change - deaths * (given["deaths"] / deaths.sum())
    older[:, 0] += given["births"] * np.array([GIRLS, 1 - GIRLS])
    return older


def national_women(sources: Sources, window: Window, last: int) -> xr.DataArray:
    """Person-years of Sweden's women [year, age] from 2001 to `last`."""
    history = sources.national.sel(variable="population", drop=True)
    people = [as_numpy(history.sel(year=year)) for year in history["year"].values]
    years = list(history["year"].values)
    while years[-1] < last:
        years.append(years[-1] + 1)
        people.append(national_year(sources, window, int(years[-1]), people[-1]))
    coords = {"year": years, "sex": history["sex"], "age": history["age"]}
    return person_years(xr.DataArray(np.array(people), coords=coords)).sel(sex="women", drop=True)


def national_fertility(sources: Sources, window: Window, years: list[int]) -> Array:
    """Sweden's births of each year relative to those the window's rates by age give (dmnl)."""
    women = as_numpy(national_women(sources, window, years[-1]).sel(year=years))
    births = as_numpy(national_series(sources, "births").sel(year=years))
    return np.asarray(births / (women * national_rates(sources, window.years)).sum(1), dtype=float)


def fertility_series(sources: Sources, population: xr.DataArray, window: Window, years: list[int]) -> Array:
    """Fertility level of the two counties [year]: observed to 2024, then as SCB projects Sweden's, same distance as 2022–24."""
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
    """Immigrants to the 29 municipalities [year]: counties to 2021, municipalities 2023–24, 2022 as Sweden's (persons)."""
    counties = sources.county_flows.sel(component="immigration").sum("county", skipna=False)
    places = sources.split.sel(component="immigration").sum("municipality", skipna=False)
    known = counties.fillna(places)
    ratio = (known / national_series(sources, "immigration")).interpolate_na("year")
    return as_numpy((ratio * national_series(sources, "immigration")).sel(year=years))


def mobility_series(sources: Sources, population: xr.DataArray, flows: Flows, years: list[int]) -> Array:
    """Domestic in-moves of the 29 relative to what the reference rates give [year] (dmnl); 1 in the future."""
    past = [year for year in years if year <= LAST_YEAR]
    observed = as_numpy(sources.moves.sel(direction="in", year=past).sum("municipality"))
    observed = observed - regional_immigration(sources, past)
    people = as_numpy(person_years(population).sel(year=past))
    inside = (people * flows.rate(flows.out_own)).sum((1, 2, 3))
    expected = flows.in_rest.sum() * population_index(sources, past) + inside
    level = observed / expected
    reference = np.isin(past, REFERENCE.years)
    return np.concatenate([level / level[reference].mean(), np.ones(len(years) - len(past))])
