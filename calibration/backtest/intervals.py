"""Intervals from a method's own past: how far its forecasts had missed by the origin, at origins before it.

At origin o the sample for horizon h is the method's logarithmic errors of municipalities of the same size at the
latest origins whose outcome was known at o, whatever their horizon k, each brought to h by (h/k)^0.75 and taken with
both signs: a past decade's drift up or down is no reason to expect it again, and ten years' errors of one decade alone
say little of the next. Errors grow with the square root of time when years are independent and in proportion to it when
a level is wrong; they grow between the two. Exponent and memory were chosen on origins 2010–2016, where the 80 %
interval covers 77 to 85 % at every horizon; samples of each horizon apart covered 69 to 90 %. (Origins 1998–2009 would
have wanted narrower ones: nine of ten outcomes lie inside.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.backtest.places import Array

COVERAGES = (50, 80, 95)
SIZES = {"under 5 000": (0.0, 5e3), "5 000 to 20 000": (5e3, 2e4), "over 20 000": (2e4, np.inf)}
MEMORY = 11
"""Latest origins of each horizon whose errors make an interval."""
GROWTH = 0.75
"""Exponent by which errors grow with the horizon (dmnl)."""
FEWEST = 20
"""Least number of past errors for an interval."""
COMING = np.linspace(-1.0, 0.25, 6)
"""What comes of announced projects beyond what is stated, share of it, each as likely (dmnl; judgement: most plans
shrink or slip, few grow)."""
POINTS = 199
"""Quantiles that stand for a sample."""


def size_of(people: Array) -> list[str]:
    """Size class of each number of inhabitants."""
    return [next(name for name, (low, high) in SIZES.items() if low <= p < high) for p in people]


def crps(sample: Array, outcome: float) -> float:
    """Continuous ranked probability score of a sample, in its unit: E|X − y| − E|X − X′|/2."""
    ordered = np.sort(sample)
    size = len(ordered)
    weight = 2 * np.arange(1, size + 1) - size - 1
    return float(np.abs(ordered - outcome).mean() - (weight @ ordered) / size**2)


@dataclass(frozen=True)
class Past:
    """One method's cases at all origins by size class: columns origin, horizon, miss."""

    cases: dict[str, pd.DataFrame]
    memory: int = MEMORY

    def sample(self, size: str, horizon: int, origin: int) -> Array:
        """Logarithms of outcome over forecast that were known at `origin` (dmnl): quantiles, fewer when few are known;
        none when less than `FEWEST` are.
        """
        own = self.cases[size]
        latest = origin - own["horizon"]
        known = own[(own["origin"] <= latest) & (own["origin"] > latest - self.memory)]
        if len(known) < FEWEST:
            return np.empty(0)
        errors = known["miss"].to_numpy() * (horizon / known["horizon"].to_numpy(dtype=float)) ** GROWTH
        both = np.concatenate([errors, -errors])
        shares = (np.arange(POINTS) + 0.5) / POINTS
        return np.asarray(np.quantile(both, shares), dtype=float)


def past_of(cases: pd.DataFrame) -> Past:
    """`cases`: one method's origin, horizon, size, miss."""
    return Past({str(size): table[["origin", "horizon", "miss"]] for size, table in cases.groupby("size")})


def with_intervals(cases: pd.DataFrame, first: int, past: Past | None = None) -> pd.DataFrame:
    """One method's cases from origin `first` on, with `low_80`, `high_80` and so on, and `crps` (persons).

    `past`: cases whose misses make the intervals (None: the method's own). A column `projects` tells how much of the
    logarithm of a forecast is announced projects: past errors know nothing of those, which may come to anything between
    nothing and a quarter more.
    """
    past, parts = past or past_of(cases), []
    for (size, horizon, origin), own in cases[cases["origin"] >= first].groupby(["size", "horizon", "origin"]):
        parts.append(told(own, past.sample(str(size), int(str(horizon)), int(str(origin)))))
    return pd.concat(parts).sort_index()


def told(own: pd.DataFrame, misses: Array) -> pd.DataFrame:
    """Cases of one sample with their quantiles and scores; NaN without a sample."""
    result, enough = own.copy(), len(misses) > 0
    effects = own["projects"].to_numpy() if "projects" in own else np.zeros(len(own))
    samples = [np.add.outer(effect * COMING, misses).ravel() if effect else misses for effect in effects]
    for share in COVERAGES:
        shares = [(1 - share / 100) / 2, (1 + share / 100) / 2]
        ends = np.array([np.quantile(sample, shares) if enough else (np.nan, np.nan) for sample in samples])
        result[f"low_{share}"] = own["forecast"] * np.exp(ends[:, 0])
        result[f"high_{share}"] = own["forecast"] * np.exp(ends[:, 1])
    rows = zip(own["forecast"], own["outcome"], samples, strict=True)
    result["crps"] = [crps(f * np.exp(sample), o) if enough else np.nan for f, o, sample in rows]
    return result
