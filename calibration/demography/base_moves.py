"""Base profiles of moving: how often people of each age move house across a municipal border, and abroad.

Domestic: Luleå (ages 0–50) and Kalix (15–50), 2006–2018, are the only municipalities with gross moves by single age
and sex. Luleå stands for university cities, Kalix for small places, their geometric mean for towns. What they lack is
filled: Kalix's children move as Luleå's, scaled as their parents (25–44) do; after 50 the rates follow the counties'
gross moves by five-year group 1985–1996. Abroad: Sweden's immigration and emigration by single age and sex.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from calibration.demography.read import COUNTY_MOVE_YEARS, Sources
from calibration.demography.smooth import Array, smooth_rates
from calibration.demography.window import Window, as_numpy, person_years

CITY, SMALL = "2580", "2514"
LAST_GROSS_AGE = 50
SMALL_FIRST_AGE = 15
PARENTS = slice(25, 45)
FIRST_GROSS_YEAR, LAST_GROSS_YEAR = 2006, 2018
STIFF, SUPPLE = 60.0, 1.0
SUPPLE_AGES = slice(16, 32)
GROUP_WIDTH = 5


def age_stiffness(size: int) -> Array:
    """Stiff over age, supple where leaving home, studying and first jobs make sharp peaks."""
    result = np.full(size, STIFF)
    result[SUPPLE_AGES] = SUPPLE
    return result


def later_life(sources: Sources) -> Array:
    """Relative propensity to move over the county border after 50 [age], 1 at 50, from five-year groups 1985–96."""
    years = list(COUNTY_MOVE_YEARS)
    moves = as_numpy(sources.county_moves.sum(["component", "year", "county"]))
    people = as_numpy(sources.county_population.sel(year=years).sum(["year", "sex", "county"]))
    edges = np.arange(0, len(people), GROUP_WIDTH)
    rate = moves / np.add.reduceat(people, edges)
    rate[-2:] = rate[-3]
    centres = edges + (GROUP_WIDTH - 1) / 2
    ages = np.arange(len(people))
    curve = np.exp(np.interp(ages, centres, np.log(rate)))
    return np.asarray(curve / curve[LAST_GROSS_AGE], dtype=float)


def domestic_counts(sources: Sources, code: str, years: list[int]) -> Array:
    """Gross domestic moves [direction, sex, age] summed over years (persons); direction is in, out."""
    moves = sources.gross.sel(municipality=code, year=years).sum("year")
    pairs = (("in_total", "immigration"), ("out_total", "emigration"))
    counts = [moves.sel(component=all_) - moves.sel(component=abroad) for all_, abroad in pairs]
    return np.stack([as_numpy(count) for count in counts])


def gross_years(population: xr.DataArray, window: Window) -> list[int]:
    """Years of the window for which both gross moves and populations by age exist."""
    known = set(person_years(population)["year"].values.tolist())
    last = min(window.last, LAST_GROSS_YEAR)
    return [year for year in range(min(window.first, last), last + 1) if year in known]


def geometric_rates(sources: Sources, population: xr.DataArray, window: Window, code: str) -> Array:
    """Geometric mean of domestic in- and out-moves per person and year [sex, age], smooth, ages 0–50 (else garbage)."""
    years = gross_years(population, window)
    exposure = as_numpy(person_years(population).sel(year=years, municipality=code).sum("year"))
    counts = domestic_counts(sources, code, years)
    supple = age_stiffness(exposure.shape[1])
    smooth = np.array([[smooth_rates(n, e, supple) for n, e in zip(way, exposure, strict=True)] for way in counts])
    return np.asarray(np.sqrt(smooth[0] * smooth[1]), dtype=float)


def completed(rates: Array, later: Array, children: Array | None = None) -> Array:
    """Rates [sex, age] continued after 50 by `later`, and before 15 by `children` scaled at the parents' ages."""
    full = rates.copy()
    full[:, LAST_GROSS_AGE:] = (
        full[:, LAST_GROSS_AGE - 2 : LAST_GROSS_AGE + 1].mean(1, keepdims=True) * later[LAST_GROSS_AGE:]
    )
    if children is not None:
        scale = full[:, PARENTS].sum() / children[:, PARENTS].sum()
        full[:, :SMALL_FIRST_AGE] = scale * children[:, :SMALL_FIRST_AGE]
    return full


def domestic_base(sources: Sources, population: xr.DataArray, window: Window) -> dict[str, Array]:
    """Gross domestic moving rate [sex, age] (1/year, geometric mean of both directions) by kind of municipality."""
    later = later_life(sources)
    city = completed(geometric_rates(sources, population, window, CITY), later)
    small = completed(geometric_rates(sources, population, window, SMALL), later, city)
    between = np.sqrt(city * small)
    return {"university city": city, "town": between, "near a city": small, "inland": small}


def emigration_rate(sources: Sources, window: Window) -> Array:
    """Sweden's emigration per person and year [sex, age], smooth (1/year)."""
    moves = as_numpy(sources.national.sel(variable="emigration", year=window.years).sum("year"))
    people = person_years(sources.national.sel(variable="population", drop=True))
    exposure = as_numpy(people.sel(year=window.years).sum("year"))
    rigid = np.full(moves.shape[1], SUPPLE)
    return np.array([smooth_rates(n, e, rigid) for n, e in zip(moves, exposure, strict=True)])


def immigration_profile(sources: Sources, window: Window) -> Array:
    """Sweden's immigrants by sex and age [sex, age], share of all (dmnl, sums to 1)."""
    moves = as_numpy(sources.national.sel(variable="immigration", year=window.years).sum("year"))
    rigid = np.full(moves.shape[1], SUPPLE)
    ones = np.ones(moves.shape[1])
    smooth = np.array([smooth_rates(n, ones, rigid) for n in moves])
    return np.asarray(smooth / smooth.sum(), dtype=float)
