"""What a year brings from outside: moves abroad, and how many of each age there are in Sweden to move in."""

from __future__ import annotations

import numpy as np

from calibration.demography.base_moves import emigration_rate
from calibration.demography.flows import Flows
from calibration.demography.read import Sources
from calibration.demography.smooth import Array, smooth_rates
from calibration.demography.window import Window, as_numpy, person_years

SUPPLE = 1.0


def national_profile(sources: Sources, variable: str, year: int) -> Array:
    """Sweden's immigrants or emigrants of a year by sex and age, share of all (dmnl)."""
    moves = as_numpy(sources.national.sel(variable=variable, year=year))
    rigid = np.full(moves.shape[1], SUPPLE)
    smooth = np.array([smooth_rates(n, np.ones_like(n), rigid) for n in moves])
    return np.asarray(smooth / smooth.sum(), dtype=float)


def national_ratio(sources: Sources, variable: str, window: Window, year: int) -> float:
    """Sweden's immigration or emigration in a year relative to the window's mean (dmnl)."""
    all_years = sources.national.sel(variable=variable).sum(["sex", "age"])
    return float(all_years.sel(year=year) / all_years.sel(year=window.years).mean())


def abroad_total(sources: Sources, variable: str, usual: float, window: Window, place: tuple[int, int]) -> float:
    """Immigrants or emigrants of municipality m in a year (`place` = m, year) (persons)."""
    m, year = place
    published = float(sources.split.sel(component=variable, year=year).isel(municipality=m))
    if np.isfinite(published) and not window.strict:
        return published
    return usual * national_ratio(sources, variable, window, year)


def abroad_moves(sources: Sources, flows: Flows, window: Window, m: int, year: int) -> tuple[Array, Array]:
    """Immigrants and emigrants [sex, age] of a municipality in a year (persons)."""
    usual_in, usual_out = float(flows.in_abroad[..., m].sum()), float(flows.out_abroad[..., m].sum())
    immigrants = abroad_total(sources, "immigration", usual_in, window, (m, year))
    emigrants = abroad_total(sources, "emigration", usual_out, window, (m, year))
    leaving = emigration_rate(sources, window) * flows.people[..., m]
    return national_profile(sources, "immigration", year) * immigrants, leaving * (emigrants / leaving.sum())


def movers_elsewhere(sources: Sources, window: Window, year: int) -> Array:
    """Sweden's people [sex, age] in a year relative to the window's mean (dmnl): large cohorts move in in large
    numbers.
    """
    people = person_years(sources.national.sel(variable="population", drop=True))
    return as_numpy(people.sel(year=year) / people.sel(year=window.years).mean("year"))
