"""Would the fitted model have produced the data? Histories drawn from the posterior, with the series' errors on top.

For each series and place: the share of years inside the middle 50 and 80 % of what was drawn, and where the observed
values lie among the draws. Errors are drawn from the same covariance the fit assumes, so that a share far from its
nominal value says that the covariance or the structure is wrong there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.target import Target
from calibration.observe import Observation

Values = NDArray[np.float64]
HISTORIES = 160
BANDS = {"in_50": (0.25, 0.75), "in_80": (0.1, 0.9)}


def histories(target: Target, draws: Values, count: int = HISTORIES) -> list[Values]:
    """For each series what the model gives [history, year, place] at draws spread over the posterior."""
    chosen = draws[np.linspace(0, len(draws) - 1, min(count, len(draws))).astype(int)]
    return target.simulated(target.batch(), chosen)


def replicated(series: Observation, covariance: Values, simulated: Values, seed: int) -> Values:
    """Data that the fit would call possible [history, year, place]; NaN where nothing was observed."""
    root = np.linalg.cholesky(covariance)
    noise = np.random.default_rng(seed).standard_normal((len(simulated), len(root))) @ root.T
    shock = np.full(simulated.shape, np.nan)
    shock[:, series.known] = noise
    return np.asarray((simulated + series.floor) * np.exp(-shock) - series.floor, dtype=np.float64)


def check(target: Target, simulated: list[Values], seed: int) -> pd.DataFrame:
    """One row for each series and place: years known, shares inside the bands, mean error of the median (share)."""
    rows = []
    for number, (series, paths) in enumerate(zip(target.observed.series, simulated, strict=True)):
        covariance = target.errors[series.variable].covariance(series)
        drawn = replicated(series, covariance, paths, seed + number)
        middle = np.median(paths, axis=0)
        for place, code in enumerate(series.codes):
            known = series.known[:, place]
            if not known.any():
                continue
            seen, copies = series.values[known, place], drawn[:, known, place]
            row: dict[str, object] = {"series": series.variable, "place": code, "years": int(known.sum())}
            for name, (low, high) in BANDS.items():
                inside = (np.quantile(copies, low, axis=0) <= seen) & (seen <= np.quantile(copies, high, axis=0))
                row[name] = inside.mean()
            error = np.log((middle[known, place] + series.floor + 0.5) / (seen + series.floor + 0.5))
            row |= {"mean_error": error.mean(), "last_error": error[-1]}
            rows.append(row)
    return pd.DataFrame(rows)


def by_series(table: pd.DataFrame) -> pd.DataFrame:
    """The same for each series as a whole, each place counting alike."""
    columns = [*BANDS, "mean_error", "last_error"]
    found = table.groupby("series", sort=False)[columns].mean()
    found["typical_error"] = table.groupby("series", sort=False)["mean_error"].apply(
        lambda e: float(np.abs(e).median())
    )
    return found
