"""The methods compared: each turns what was known at an origin into total population for the years after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from calibration.backtest.known import Known
from calibration.backtest.levels import Level, net_levels
from calibration.backtest.places import Array
from calibration.backtest.projection import Vital, project, rates_of
from calibration.backtest.settings import SETTINGS

HORIZON = 10
Method = Callable[[Known], Array]
"""What was known → total population [year after the origin, municipality] (persons)."""


def ahead() -> Array:
    """Years after the origin [year, 1]."""
    return np.arange(1, HORIZON + 1, dtype=float)[:, None]


def no_change(known: Known) -> Array:
    """As many as at the origin."""
    return np.repeat(known.population[None], HORIZON, axis=0)


@dataclass(frozen=True)
class Trend:
    """The mean change of the last `years`, in persons (linear) or in per cent (exponential)."""

    years: int
    exponential: bool

    def __call__(self, known: Known) -> Array:
        """Total population of the years after the origin."""
        now, then = known.population, known.history.population[-1 - self.years]
        if self.exponential:
            return np.asarray(now * (now / then) ** (ahead() / self.years), dtype=float)
        return np.asarray(now + (now - then) * ahead() / self.years, dtype=float)


@dataclass(frozen=True)
class CohortComponent:
    """Cohort-component; `level` None: net moves per person of each sex and age as in the ten years before."""

    level: Level | None = None
    vital: Vital = field(default_factory=Vital)

    def __call__(self, known: Known) -> Array:
        """Total population of the years after the origin."""
        rates = rates_of(known, self.vital)
        if self.level is None:
            return project(known, rates, None, HORIZON)
        return project(known, rates, net_levels(known, self.level, HORIZON), HORIZON, self.level.by_age)


SPANS = (5, 10, 15)
BASELINES: dict[str, Method] = {"no change": no_change}
BASELINES |= {f"linear, last {years} years": Trend(years, False) for years in SPANS}
BASELINES |= {f"exponential, last {years} years": Trend(years, True) for years in SPANS}
BASELINES |= {"cohort-component, last 10 years": CohortComponent()}
BEST_NAIVE = "exponential, last 10 years"
CANDIDATE = "cohort-component, pooled net moves"
POOLED = CohortComponent(Level(own=24, damping=0.9, long=10))
"""The first candidate: pure demography, chosen on origins up to 2016 without jobs or labour-market regions. Scored on
2017–2023 it lost to the best naive method there (1, 3, 5 years ahead 0.67, 1.47, 2.52 % against 0.63, 1.24, 1.68 %).
"""
CORE = "cohort-component, norrsim's levels"
LED = CohortComponent(SETTINGS.level, SETTINGS.vital)
"""The levels that norrsim is led to, in the cohort-component method: it can be run at origins long past, so that its
errors known at an origin make norrsim's intervals.
"""
METHODS: dict[str, Method] = {**BASELINES, CANDIDATE: POOLED, CORE: LED}
