"""The level of net moves: the region's of the latest years, and how far each municipality has differed from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.known import Known
from calibration.backtest.places import Array

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


def net_levels(known: Known, level: Level, years: int) -> Array:
    """Net moves per inhabitant and year [years, municipality] after the origin (1/year)."""
    pooled = pooled_rates(known, level.pool)
    recent, usual = pooled[-level.recent :].mean(0), pooled[-level.long :].mean(0)
    deviation = known.rates(known.history.net_moves) - pooled
    differed = np.nanmean(deviation[-level.own :], 0)
    more = (deviation[-level.lately :].mean(0) - differed) * level.momentum
    people = known.population
    kept = (1 - level.shrink) * (people / (people + level.size))
    ahead = np.arange(years)[:, None]
    towards = usual + (recent - usual) * level.damping**ahead
    own = kept * differed * level.fade**ahead + more * level.momentum_fade**ahead
    return np.asarray(towards + own, dtype=float)
