"""How good forecasts were: the measures of a set of cases (forecast, outcome, intervals)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.backtest.intervals import COVERAGES

NEAR = (5, 10)
SCORED = 80
"""The interval that is scored (%)."""
MEASURES = ("mape", "medape", "weighted", "malpe", *(f"within_{n}" for n in NEAR))


def point_measures(cases: pd.DataFrame) -> dict[str, float]:
    """Errors of point forecasts (all in %): mean and median absolute, weighted by people, signed, share within.

    `cases` has `forecast` and `outcome` (persons). `weighted` is the sum of absolute errors over the sum of outcomes;
    `malpe` is positive when forecasts are too high.
    """
    error = 100 * (cases["forecast"] - cases["outcome"]) / cases["outcome"]
    size = error.abs()
    missed = (cases["forecast"] - cases["outcome"]).abs().sum()
    found = {"mape": size.mean(), "medape": size.median(), "weighted": 100 * missed / cases["outcome"].sum()}
    found |= {"malpe": error.mean()} | {f"within_{near}": 100 * (size <= near).mean() for near in NEAR}
    return {name: float(value) for name, value in found.items()}


def interval_measures(cases: pd.DataFrame) -> dict[str, float]:
    """Share of outcomes inside the intervals (%); in % of the outcome the CRPS (a point forecast's is its MAPE) and the
    score of the 80 % interval: its width, and ten times what it misses an outcome by (Gneiting and Raftery 2007).
    """
    found = {}
    for share in COVERAGES:
        inside = (cases["outcome"] >= cases[f"low_{share}"]) & (cases["outcome"] <= cases[f"high_{share}"])
        found[f"coverage_{share}"] = 100 * float(inside.mean())
    low, high, outcome = (cases[name] for name in (f"low_{SCORED}", f"high_{SCORED}", "outcome"))
    missed = np.maximum(low - outcome, 0.0) + np.maximum(outcome - high, 0.0)
    score = high - low + 2 / (1 - SCORED / 100) * missed
    found["crps"] = 100 * float((cases["crps"] / outcome).mean())
    return found | {"interval_score": 100 * float((score / outcome).mean())}


def measures(cases: pd.DataFrame) -> pd.DataFrame:
    """All measures of some cases: measure, value, n; interval measures of the cases that have intervals."""
    rows = [(name, value, len(cases)) for name, value in point_measures(cases).items()]
    known = cases[np.isfinite(cases["crps"])] if "crps" in cases else cases.iloc[:0]
    if len(known):
        rows += [(name, value, len(known)) for name, value in interval_measures(known).items()]
    return pd.DataFrame(rows, columns=["measure", "value", "n"])
