"""Mortality: the two counties' rates in 2019, their decline, each municipality's ratio, the effect of single years.

Rates are deaths per person-year by age attained at year end. Sweden's deaths give the shape over age and the trend
(2000–2019), the two counties' deaths move the level, a municipality's own deaths count as far as their number allows.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from calibration.demography.read import Sources
from calibration.demography.smooth import Array, shrunk_ratio, smooth_rates, smooth_values
from calibration.demography.window import Window, as_numpy, person_years

REFERENCE_YEAR = 2019
TREND_FIRST = 2000
DECLINE_DAMPING = 0.85
"""Part of the observed decline that goes on (dmnl): declines by age tend to slow; national projections assume the
same.
"""
AGE_STIFFNESS = 150.0
RATIO_STIFFNESS = 3e5
DECLINE_STIFFNESS = 3e7
INFANT_AGES = 3


def stiffness(size: int, value: float) -> Array:
    """Uniform stiffness, free at the youngest ages where mortality falls steeply."""
    result = np.full(size, value)
    result[:INFANT_AGES] = 0.0
    return result


def national_exposure(sources: Sources) -> xr.DataArray:
    """Person-years in Sweden [year, sex, age]; age 0 counts half its births' year as everywhere."""
    return person_years(sources.national.sel(variable="population", drop=True))


def decline(sources: Sources, window: Window) -> Array:
    """Yearly relative decline of mortality [sex, age] in Sweden from 2000 to the window's end, undamped (1/year)."""
    years = list(range(TREND_FIRST + 1, window.last + 1))
    deaths = as_numpy(sources.national.sel(variable="deaths", year=years))
    exposure = as_numpy(national_exposure(sources).sel(year=years))
    time = np.array(years) - np.mean(years)
    rate = np.log((deaths + 0.5) / exposure)
    weight = deaths + 0.5
    centred = time[:, None, None] - (weight * time[:, None, None]).sum(0) / weight.sum(0)
    information = (weight * centred**2).sum(0)
    slope = -(weight * centred * rate).sum(0) / information
    rigid = stiffness(slope.shape[1], DECLINE_STIFFNESS)
    rigid[:INFANT_AGES] = DECLINE_STIFFNESS
    return np.array([smooth_values(s, i, rigid) for s, i in zip(slope, information, strict=True)])


def trend(sources: Sources, window: Window, years: list[int]) -> Array:
    """Mortality relative to the reference year [year, sex, age] under the observed decline."""
    distance = np.array(years)[:, None, None] - REFERENCE_YEAR
    return np.asarray(np.exp(-decline(sources, window) * distance), dtype=float)


def national_rate(sources: Sources, window: Window) -> Array:
    """Sweden's smoothed mortality in the reference year [sex, age] (1/year)."""
    deaths = as_numpy(sources.national.sel(variable="deaths", year=window.years)).sum(0)
    exposure = as_numpy(national_exposure(sources).sel(year=window.years)) * trend(sources, window, window.years)
    rigid = stiffness(deaths.shape[1], AGE_STIFFNESS)
    return np.array([smooth_rates(d, e, rigid) for d, e in zip(deaths, exposure.sum(0), strict=True)])


def regional_exposure(population: xr.DataArray, window: Window) -> xr.DataArray:
    """Person-years [year, sex, age, municipality] of the window."""
    return person_years(population).sel(year=window.years)


def mortality_rate(sources: Sources, population: xr.DataArray, window: Window) -> Array:
    """The two counties' mortality in the reference year [sex, age] (1/year): Sweden's times a smooth ratio by age."""
    base = national_rate(sources, window)
    exposure = as_numpy(regional_exposure(population, window).sum("municipality"))
    expected = (exposure * trend(sources, window, window.years) * base).sum(0)
    deaths = as_numpy(sources.deaths_by_age.sel(year=window.years).sum(["year", "municipality"]))
    ratio = np.log((deaths + 0.5) / (expected + 0.5))
    rigid = np.full(base.shape[1], RATIO_STIFFNESS)
    smooth = np.array([smooth_values(r, e + 0.5, rigid) for r, e in zip(ratio, expected, strict=True)])
    return np.asarray(base * np.exp(smooth), dtype=float)


def lasting_decline(sources: Sources, window: Window) -> Array:
    """The yearly decline of mortality the model uses [sex, age] (1/year): observed, never negative, damped."""
    return np.maximum(decline(sources, window), 0.0) * DECLINE_DAMPING


def expected_deaths(sources: Sources, population: xr.DataArray, window: Window, years: list[int]) -> xr.DataArray:
    """Deaths that the model's declining rates give [year, sex, age, municipality], before local ratios
    (persons/year).
    """
    exposure = person_years(population).sel(year=years)
    distance = np.array(years)[:, None, None] - REFERENCE_YEAR
    declined = np.exp(-lasting_decline(sources, window) * distance)
    rate = declined * mortality_rate(sources, population, window)
    return exposure * xr.DataArray(rate, dims=("year", "sex", "age"))


def local_mortality(sources: Sources, population: xr.DataArray, window: Window) -> Array:
    """Each municipality's deaths relative to expected [sex, municipality], shrunk towards the two counties (dmnl)."""
    expected = as_numpy(expected_deaths(sources, population, window, window.years).sum(["year", "age"]))
    observed = as_numpy(sources.deaths.sel(year=window.years).sum("year"))
    return np.array([shrunk_ratio(o, e) for o, e in zip(observed, expected, strict=True)])


def year_effect(sources: Sources, population: xr.DataArray, window: Window, years: list[int]) -> Array:
    """Observed deaths of the two counties over expected [year] (dmnl): epidemics and mild years."""
    local = xr.DataArray(local_mortality(sources, population, window), dims=("sex", "municipality"))
    expected = (expected_deaths(sources, population, window, years) * local).sum(["sex", "age", "municipality"])
    return as_numpy(sources.deaths.sel(year=years).sum(["sex", "municipality"])) / as_numpy(expected)


def life_expectancy(rate: Array) -> float:
    """Life expectancy at birth (years) from rates by age attained at year end (one sex)."""
    width = np.ones(len(rate) - 1)
    width[0] = 0.5
    survivors = np.concatenate([[1.0], np.exp(-np.cumsum(rate[:-1] * width))])
    return float((width * (survivors[:-1] + survivors[1:]) / 2).sum() + survivors[-1] / rate[-1])
