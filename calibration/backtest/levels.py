"""The level of net moves: both counties' of the latest years, how far each labour-market region and each municipality
has differed from it, and how its jobs have grown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.known import Known
from calibration.backtest.places import Array
from calibration.backtest.working import job_growth

KIND, COUNTY, REGION, BOTH = "kind of municipality", "county", "labour-market region", "both counties"


@dataclass(frozen=True)
class Level:
    """How the level of net moves per inhabitant is estimated.

    The pool's rate of the last `recent` years, which approaches that of the last `long` years by `1 - damping` of what
    is left each year, plus what is kept of the municipality's mean deviation from its pool over the last `own` years
    (all that are known when they are fewer): 1 − `shrink`, or people / (people + `size`) of that when `size` is given;
    it fades by `fade` a year. To this comes `momentum` times how much more it differed over the last `lately` years,
    fading by `momentum_fade` a year.
    `by_age`: the level holds for the ages at the origin, and moves with them afterwards.
    """

    pool: str = BOTH
    recent: int = 2
    own: int = 15
    shrink: float = 0.6
    size: float = 0.0
    damping: float = 1.0
    long: int = 20
    fade: float = 1.0
    momentum: float = 0.0
    lately: int = 2
    momentum_fade: float = 0.7
    by_age: bool = False
    region_shrink: float | None = None
    jobs: float = 0.0
    jobs_years: int = 5
    jobs_fade: float = 0.7


def pool_of(known: Known, pool: str) -> Array:
    """Which pool each municipality belongs to [municipality] (number)."""
    places = known.history.places
    names = {COUNTY: places.counties, REGION: places.regions, BOTH: ("",) * len(places.codes)}
    names[KIND] = tuple(places.kind(code) for code in places.codes)
    return np.unique(np.array(names[pool]), return_inverse=True)[1].astype(float)


def pooled_rates(known: Known, pool: str) -> Array:
    """Net moves per inhabitant of each municipality's pool [year, municipality] (1/year)."""
    belongs = pool_of(known, pool)
    net, people = known.history.net_moves[1:], known.history.population[:-1]
    result = np.full_like(known.history.net_moves, np.nan)
    for number in np.unique(belongs):
        own = belongs == number
        result[1:, own] = (net[:, own].sum(1) / people[:, own].sum(1))[:, None]
    return result


def jobs_signal(known: Known, years: int) -> Array:
    """Yearly growth of jobs over the last `years` published, beyond the mean municipality's [municipality] (1/year); 0
    before growth was published.
    """
    growth = job_growth(known)
    told = np.flatnonzero(np.isfinite(growth).all(1))[-years:]
    if not len(told):
        return np.zeros(growth.shape[1])
    beyond = growth[told] - growth[told].mean(1, keepdims=True)
    return np.asarray(beyond.mean(0), dtype=float)


def lasting(known: Known, level: Level, pooled: Array) -> Array:
    """What is kept of each municipality's mean deviation from its pool [municipality] (1/year)."""
    rates = known.rates(known.history.net_moves)
    differed = np.nanmean((rates - pooled)[-level.own :], 0)
    people = known.population
    kept = (1 - level.shrink) * (people / (people + level.size))
    if level.region_shrink is None:
        return np.asarray(kept * differed, dtype=float)
    shared = np.nanmean((pooled_rates(known, REGION) - pooled)[-level.own :], 0)
    return np.asarray((1 - level.region_shrink) * shared + kept * (differed - shared), dtype=float)


def net_levels(known: Known, level: Level, years: int) -> Array:
    """Net moves per inhabitant and year [years, municipality] after the origin (1/year)."""
    pooled = pooled_rates(known, level.pool)
    recent, usual = pooled[-level.recent :].mean(0), np.nanmean(pooled[-level.long :], 0)
    ahead = np.arange(years)[:, None]
    result = usual + (recent - usual) * level.damping**ahead + lasting(known, level, pooled) * level.fade**ahead
    if level.momentum:
        deviation = known.rates(known.history.net_moves) - pooled
        more = deviation[-level.lately :].mean(0) - np.nanmean(deviation[-level.own :], 0)
        result = result + level.momentum * more * level.momentum_fade**ahead
    if level.jobs:
        result = result + level.jobs * jobs_signal(known, level.jobs_years) * level.jobs_fade**ahead
    return np.asarray(result, dtype=float)
