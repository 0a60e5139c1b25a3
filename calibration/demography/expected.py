"""Expected moves and deaths by age in a year without single ages: reference profiles scaled to the year's totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from calibration.demography.bridge_inputs import abroad_moves, movers_elsewhere
from calibration.demography.flows import Flows, reference_flows
from calibration.demography.mortality import local_mortality, mortality_rate, trend
from calibration.demography.read import Sources
from calibration.demography.smooth import Array
from calibration.demography.window import Window, as_numpy


@dataclass(frozen=True)
class Expected:
    """Expected change (moves − deaths), gross moves (in + out) and deaths, each [year, sex, age] (persons)."""

    change: Array
    gross: Array
    deaths: Array


@dataclass(frozen=True)
class Basis:
    """Reference flows, death rates in the reference year with local ratio [sex, age, municipality], and the trend by
    year.
    """

    sources: Sources
    flows: Flows
    mortality: Array
    window: Window

    def deaths(self, m: int, year: int, people: Array) -> Array:
        """Deaths [sex, age] scaled to the year's deaths by sex."""
        rate = self.mortality[..., m] * trend(self.sources, self.window, [year])[0]
        expected = people * -np.expm1(-rate)
        total = as_numpy(self.sources.deaths.sel(year=year).isel(municipality=m))
        return np.asarray(expected * (total / expected.sum(1))[:, None], dtype=float)

    def moves(self, m: int, year: int, people: Array) -> tuple[Array, Array]:
        """In- and out-moves [sex, age] scaled to the year's moves (both sexes together)."""
        flows, code = self.flows, self.sources.places.codes[m]
        all_in, all_out = (
            float(self.sources.moves.sel(direction=way, year=year, municipality=code)) for way in ("in", "out")
        )
        immigrants, emigrants = abroad_moves(self.sources, flows, self.window, m, year)
        inward = (flows.in_own + flows.in_rest)[..., m] * movers_elsewhere(self.sources, self.window, year)
        outward = people * -np.expm1(-((flows.out_own + flows.out_rest) / flows.people)[..., m])
        domestic_in, domestic_out = all_in - immigrants.sum(), all_out - emigrants.sum()
        return (
            inward * (max(domestic_in, 0.0) / inward.sum()) + immigrants,
            outward * (max(domestic_out, 0.0) / outward.sum()) + emigrants,
        )


def aged_once(people: Array) -> Array:
    """People [sex, age, …] at the age they attain one year later; nobody at age 0."""
    older = np.zeros_like(people)
    older[:, 1:] = people[:, :-1]
    older[:, -1] += people[:, -1]
    return older


def one_year(basis: Basis, m: int, year: int, people: Array) -> tuple[Array, Array, Array, Array]:
    """Change, gross moves, deaths and the end population [sex, age] of a year that starts with `people`."""
    start = aged_once(people)
    born = as_numpy(basis.sources.births.sel(year=year).isel(municipality=m))
    exposed = start.copy()
    exposed[:, 0] = born / 2
    deaths = basis.deaths(m, year, exposed)
    inward, outward = basis.moves(m, year, exposed)
    change = inward - outward - deaths
    start[:, 0] = born
    return change, inward + outward, deaths, np.maximum(start + change, 0.0)


def expected_changes(
    sources: Sources, population: xr.DataArray, window: Window
) -> Callable[[str, tuple[int, ...], Array], Expected]:
    """A function of municipality, years and starting population [sex, age] that gives the expected changes."""
    rate = mortality_rate(sources, population, window)
    local = local_mortality(sources, population, window)
    flows = reference_flows(sources, population, window)
    basis = Basis(sources, flows, rate[..., None] * local[:, None, :], window)

    def changes(code: str, years: tuple[int, ...], start: Array) -> Expected:
        m, people, found = sources.places.codes.index(code), start, []
        for year in years:
            change, gross, deaths, people = one_year(basis, m, year, people)
            found.append((change, gross, deaths))
        return Expected(*(np.array(part) for part in zip(*found, strict=True)))

    return changes
