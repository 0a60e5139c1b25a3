"""Shocks of jobs and prices: autoregressive in what is wanted, seen through the model's own delays, counted with error.

The residual of place m in year t is `level[m] + year[t] + Σ lag[k] · local[m, t-k] + counting[m, t]` with `local` as in
`likelihood.py` (variance `a + d / size`); of the region `level + trend · t + Σ lag[k] · common[t-k] + counting[t]`,
since growth after the observed years is a parameter of the model with a spread of its own. Levels, years and trends are
taken out of the likelihood. What a count errs by itself (a workplace that is coded elsewhere for a year) is estimated,
but no shock: nobody moves for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag

from calibration.demography.places import read_places
from calibration.process_noise import jobs, prices
from calibration.process_noise.jobs import APART, BAS_FROM, Panel
from calibration.process_noise.lag import earlier, followed, years_behind
from calibration.process_noise.likelihood import (
    LEAST,
    MOST_PERSISTENT,
    PARAMETERS,
    Chosen,
    Shocks,
    autocorrelation,
    maximise,
    natural,
    restricted,
    unconstrained,
)
from calibration.process_noise.table import INDUSTRIES, JOBS, PRICES, kind_of

Values = NDArray[np.float64]
LOCAL, BY_SIZE = slice(2, 6), np.array([4, 5])
"""Places of all local parameters, and of those that fall with size."""
ROUGH, SMOOTH = np.array([1, 5]), np.array([1])
"""Places of the common variance, with and without that of what a count errs."""
START = np.array([0.5, 10.0, 0.8, 10.0, 10.0, 3.0])
"""In per cent squared, of places of mean size."""
SQUARED = 100.0**2
FIRST_ORIGIN = BAS_FROM + 2
TOLERANCE = 1e-10
"""Tight, so that flat directions of the likelihood give the same digits everywhere."""
GRID = 39
"""Values of persistence that are weighed."""


@dataclass(frozen=True)
class Walks:
    """Shocks by kind, and what was known of the region and, by OF_PLACES, of its places; `apart` places told nothing
    of jobs.

    `common variance` is that of the region, `local a` and `local d` are 0 where nothing is known of places.
    """

    codes: tuple[str, ...]
    shocks: dict[str, Shocks]
    regional: dict[str, Panel]
    local: dict[str, Panel]
    apart: int = len(APART)


def estimate_walks(last: int) -> Walks:
    """Estimate every shock of jobs and prices from what is known of the years up to `last`.

    Raises ValueError when too few years tell of mining and manufacturing.
    """
    if last < FIRST_ORIGIN:
        raise ValueError(f"jobs by industry are counted from {BAS_FROM}; give {FIRST_ORIGIN} or later, not {last}.")
    codes, basic = read_places().codes, kind_of("basic")
    kept = np.array([code not in APART for code in codes])
    places = {JOBS: jobs.of_places(last), basic: jobs.of_basic(last), PRICES: prices.of_places(last)}
    industries = {kind_of(industry): jobs.of_industry(industry, last) for industry in INDUSTRIES}
    regional = {JOBS: jobs.of_region(last), PRICES: prices.of_region(last)}
    shocks = shared(industries)
    for kind, panel in regional.items():
        shocks |= shared({kind: panel})
    own = {basic: local(basic, places[basic], kept, local(JOBS, places[JOBS], kept)["local persistence"])}
    own[JOBS] = local(JOBS, places[JOBS], kept, known=brought(places[basic], own[basic], places[JOBS]))
    own[PRICES] = local(PRICES, places[PRICES], np.ones_like(kept))
    shocks |= {kind: joined(shocks[kind], each) for kind, each in own.items()}
    return Walks(codes, shocks, regional | industries, places)


def seen(kind: str, years: Values, persistence: float) -> Values:
    """Covariance of what is seen of a shock of long-run variance 1 [year, year]."""
    through = followed(kind, years)
    full = autocorrelation(earlier(years, years_behind(kind)), persistence)
    return np.asarray(through @ full @ through.T, dtype=np.float64)


def brought(basic: Panel, own: Shocks, whole: Panel) -> Values:
    """Covariance of all jobs that mining and manufacturing's own shocks bring [municipality, year, year]."""
    weight = jobs.mix(int(whole.years[-1]))["basic"].to_numpy() ** 2 * own.local_variance(basic.size)
    return np.asarray(
        weight[:, None, None] * seen(kind_of("basic"), whole.years, own["local persistence"]), dtype=np.float64
    )


def local(
    kind: str, panel: Panel, kept: NDArray[np.bool_], persistence: float | None = None, known: Values | None = None
) -> Shocks:
    """Persistence and sizes of the local shocks, with errors of counting beside them.

    `persistence`: taken as given, and with it that shocks die out in the largest places (`local a` is 0); `known`
    [municipality, year, year]: covariance that is there already.
    """
    residual, usual = panel.residual[:, kept], float(panel.size[kept].mean())
    told, size = np.isfinite(residual).T.ravel(), panel.size[kept] / usual
    flat, design = residual.T.ravel()[told], two_way(len(size), len(panel.years))[told]
    there = np.diag(panel.counting[:, kept].T.ravel())
    if known is not None:
        there = there + block_diag(*known[kept])
    chosen: Chosen = LOCAL if persistence is None else BY_SIZE

    def loss(free: Values) -> float:
        *lasting, d, w = natural(free, chosen, LEAST)
        phi, a = lasting or (persistence or 0.0, 0.0)
        shape = seen(kind, panel.years, phi)
        shocks = np.kron(np.diag(a + d / size), shape) + np.diag(np.repeat(w / size, len(panel.years)))
        return -restricted((shocks / SQUARED + there)[np.ix_(told, told)], flat, design)

    return _fitted(loss, chosen, {"local persistence": persistence or 0.0}, usual)


def two_way(places: int, years: int) -> Values:
    """An unknown level for each place and for each year but the first [place × year, unknown]."""
    of_place = np.kron(np.eye(places), np.ones((years, 1)))
    return np.hstack([of_place, np.kron(np.ones((places, 1)), np.eye(years)[:, 1:])])


def _fitted(loss: Callable[[Values], float], chosen: Chosen, given: Mapping[str, float], usual: float = 1.0) -> Shocks:
    """Shocks of greatest likelihood: the `chosen` parameters, those `given`, and nothing of the others."""
    unit = np.array([1.0, 1 / SQUARED, 1.0, 1 / SQUARED, usual / SQUARED, usual / SQUARED])
    values, errors = np.zeros(len(PARAMETERS)), np.full(len(PARAMETERS), np.nan)
    for name, value in given.items():
        values[PARAMETERS.index(name)] = value
    found, spread, reached = maximise(loss, unconstrained(START, LEAST)[chosen], chosen, LEAST, TOLERANCE)
    values[chosen], errors[chosen] = (found * unit[chosen], spread * unit[chosen])
    return Shocks(values, errors, reached)


def with_trend(panel: Panel) -> Values:
    """An unknown level for each definition and a trend [year, unknown]."""
    levels = np.eye(panel.spell.max() + 1)[panel.spell]
    return np.column_stack([levels, panel.years - panel.years.mean()])


def common(kind: str, panel: Panel, persistence: float) -> Shocks:
    """Size of the region's shock around a trend, given how it lasts."""
    flat, design = panel.residual[:, 0], with_trend(panel)
    shape = seen(kind, panel.years, persistence)
    chosen = ROUGH if panel.rough.any() else SMOOTH

    def loss(free: Values) -> float:
        variance, *rough = natural(free, chosen, LEAST) / SQUARED
        counted = panel.counting[:, 0] + (rough[0] if rough else 0.0) * panel.rough
        return -restricted(variance * shape + np.diag(counted), flat, design)

    return _fitted(loss, chosen, {"common persistence": persistence})


def shared(panels: Mapping[str, Panel]) -> dict[str, Shocks]:
    """The region's shocks of some kinds with one persistence: its mean under the likelihood, all values up to the bound
    alike beforehand, since so few years leave it open and the highest is often as likely as the middle.
    """
    grid = np.linspace(0.0, MOST_PERSISTENT, GRID)
    reached = [sum(common(kind, panel, each).log_likelihood for kind, panel in panels.items()) for each in grid]
    weight = np.exp(np.array(reached) - max(reached))
    mean = float(weight @ grid / weight.sum())
    error = float(np.sqrt(weight @ (grid - mean) ** 2 / weight.sum()))
    found = {kind: common(kind, panel, mean) for kind, panel in panels.items()}
    for each in found.values():
        each.errors[0] = error
    return found


def joined(of_all: Shocks, own: Shocks) -> Shocks:
    """The common part of one and the local part of the other."""
    values, errors = own.values.copy(), own.errors.copy()
    values[:2], errors[:2] = of_all.values[:2], of_all.errors[:2]
    return Shocks(values, errors, np.nan)
