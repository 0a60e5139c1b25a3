"""The chance of reaching the target: new residents of the region since the base year, run by run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from outputs.ensemble.areas import REGION, Values
from outputs.ensemble.bands import QUANTILE
from outputs.ensemble.quantiles import MEDIAN
from outputs.ensemble.slabs import YEAR
from outputs.ensemble.source import NEW, Source

LEVEL = 0.95
"""Of the interval of a probability."""


@dataclass(frozen=True)
class Chance:
    """In how many of the runs something has happened, with the interval that the number of runs leaves.

    reached, runs: counts. low, high: exact binomial 95 % interval (Clopper and Pearson 1934).
    """

    reached: int
    runs: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Share of the runs."""
        return self.reached / self.runs


def chance_of(reached: int, runs: int) -> Chance:
    """The share of the runs and its interval. Raises ValueError when there are no runs or more successes than runs."""
    from scipy.special import betaincinv

    if not 0 <= reached <= runs > 0:
        raise ValueError(f"{reached} of {runs} runs make no share")
    tail = (1 - LEVEL) / 2
    low = float(betaincinv(reached, runs - reached + 1, tail)) if reached > 0 else 0.0
    high = float(betaincinv(reached + 1, runs - reached, 1 - tail)) if reached < runs else 1.0
    return Chance(reached, runs, low, high)


@dataclass(frozen=True)
class Target:
    """How the runs stand to the target: by year, in how many it has been reached by then, and is reached then.

    named: the years for which the target has been named.
    """

    target: int
    base_year: int
    years: list[int]
    by_then: list[Chance]
    then: list[Chance]
    named: list[int]


def reach_target(source: Source) -> Target:
    """Count the runs that reach the target; one pass over the people of every member."""
    settings = source.settings
    new = _region(source)
    above = new >= settings.target
    after = np.asarray(source.years) > settings.base_year
    ever = np.logical_or.accumulate(above & after, axis=1)
    by_then, then = ([chance_of(int(n), source.count) for n in each.sum(axis=0)] for each in (ever, above & after))
    return Target(settings.target, settings.base_year, source.years, by_then, then, settings.target_years)


def target_table(target: Target, bands: xr.Dataset) -> pd.DataFrame:
    """One row per year: the chance of having reached the target, and new residents of the region in the runs.

    A share of 0 or 1 is one of these runs: the interval beside it tells what that leaves open.
    """
    new = bands[NEW].sel(area=REGION)
    shares = new[QUANTILE].values.tolist()
    rows = []
    for year, by_then, then in zip(target.years, target.by_then, target.then, strict=True):
        quantiles = {f"new_residents_{column(share)}": float(new.sel(year=year, quantile=share)) for share in shares}
        chances = {
            "runs": by_then.runs,
            "reached_by_then": by_then.reached,
            "probability_by_then": by_then.share,
            "probability_low_95": by_then.low,
            "probability_high_95": by_then.high,
            "at_or_above_then": then.reached,
        }
        rows.append({"year": year, "base_year": target.base_year, "target": target.target} | chances | quantiles)
    return pd.DataFrame(rows)


def column(share: float) -> str:
    """The name of a quantile's column: q2_5, q10, …, median."""
    return "median" if share == MEDIAN else f"q{100 * share:g}".replace(".", "_")


def _region(source: Source) -> Values:
    """New residents of the region (member, year)."""
    new = np.empty((source.count, len(source.years)))
    for slab, values in source.pieces(NEW):
        new[:, slab[YEAR]] = values[..., -1]
    return new
