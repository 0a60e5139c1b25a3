"""Fertility: births per woman and year by age attained at year end, local ratios, and the level of single years."""

from __future__ import annotations

import numpy as np
import xarray as xr

from calibration.demography.read import COUNTIES, COUNTY_YEARS, Sources
from calibration.demography.smooth import Array, shrunk_ratio, smooth_rates, smooth_values
from calibration.demography.window import Window, as_numpy, person_years

YOUNGEST, OLDEST_MOTHER = 15, 49
AGE_STIFFNESS = 20.0
RATIO_STIFFNESS = 2e3


def childbearing(array: Array) -> Array:
    """The array with everything outside ages 15–49 set to zero (last axis is age); edges gather what lies outside."""
    inside = np.zeros_like(array)
    inside[..., YOUNGEST : OLDEST_MOTHER + 1] = array[..., YOUNGEST : OLDEST_MOTHER + 1]
    inside[..., YOUNGEST] += array[..., :YOUNGEST].sum(-1)
    inside[..., OLDEST_MOTHER] += array[..., OLDEST_MOTHER + 1 :].sum(-1)
    return inside


def national_rates(sources: Sources, years: list[int]) -> Array:
    """Sweden's smoothed births per woman and year [age] over the years (zero outside 15–49)."""
    births = as_numpy(sources.national.sel(variable="births", year=years).sum(["year", "sex"]))
    women = as_numpy(person_years(sources.national.sel(variable="population", drop=True)).sel(year=years, sex="women"))
    ages = slice(YOUNGEST, OLDEST_MOTHER + 1)
    rates = np.zeros(births.shape[0])
    rigid = np.full(OLDEST_MOTHER + 1 - YOUNGEST, AGE_STIFFNESS)
    rates[ages] = smooth_rates(childbearing(births)[ages], women.sum(0)[ages], rigid)
    return rates


def county_pattern(sources: Sources, window: Window) -> Array:
    """Ratio [age] of the two counties' fertility to Sweden's where mothers' ages are known, smooth over age."""
    last = min(window.last, COUNTY_YEARS[-1])
    years = list(range(min(window.first, last - 4), last + 1))
    births = as_numpy(sources.mothers.sel(region=list(COUNTIES), year=years).sum(["region", "year"]))
    women = person_years(sources.county_population).sel(year=years, sex="women").sum(["year", "county"])
    expected = as_numpy(women) * national_rates(sources, years)
    ages = slice(YOUNGEST, OLDEST_MOTHER + 1)
    ratio = np.log((childbearing(births)[ages] + 1) / (expected[ages] + 1))
    rigid = np.full(OLDEST_MOTHER + 1 - YOUNGEST, RATIO_STIFFNESS)
    result = np.ones(births.shape[0])
    result[ages] = np.exp(smooth_values(ratio, expected[ages] + 1, rigid))
    return result


def fertility_rate(sources: Sources, population: xr.DataArray, window: Window) -> Array:
    """Births per woman and year [age] in the two counties, scaled to give the window's births exactly."""
    rate = national_rates(sources, window.years) * county_pattern(sources, window)
    women = as_numpy(women_years(population, window.years).sum(["year", "municipality"]))
    births = float(sources.births.sel(year=window.years).sum())
    return np.asarray(rate * births / float((rate * women).sum()), dtype=float)


def women_years(population: xr.DataArray, years: list[int]) -> xr.DataArray:
    """Person-years of women [year, age, municipality]."""
    return person_years(population).sel(year=years, sex="women", drop=True)


def expected_births(sources: Sources, population: xr.DataArray, window: Window, years: list[int]) -> xr.DataArray:
    """Births [year, municipality] that the window's rates give, before local ratios (persons/year)."""
    rate = xr.DataArray(fertility_rate(sources, population, window), dims="age")
    return (women_years(population, years) * rate).sum("age")


def local_fertility(sources: Sources, population: xr.DataArray, window: Window) -> Array:
    """Each municipality's births relative to expected [municipality], shrunk towards the two counties (dmnl)."""
    expected = as_numpy(expected_births(sources, population, window, window.years).sum("year"))
    observed = as_numpy(sources.births.sel(year=window.years).sum(["year", "sex"]))
    return shrunk_ratio(observed, expected)


def fertility_level(sources: Sources, population: xr.DataArray, window: Window, years: list[int]) -> Array:
    """Births of the two counties relative to expected [year], with local ratios (dmnl)."""
    local = xr.DataArray(local_fertility(sources, population, window), dims="municipality")
    expected = (expected_births(sources, population, window, years) * local).sum("municipality")
    return as_numpy(sources.births.sel(year=years).sum(["sex", "municipality"])) / as_numpy(expected)
