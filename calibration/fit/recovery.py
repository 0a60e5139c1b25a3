"""Does the fit find what is there? Histories made with known numbers and known errors, fitted as if they were data.

`python -m calibration.fit.recovery` makes several from draws of the prior around the optimum and writes recovery.csv:
for every fitted number how often its 50 and 80 % intervals (Laplace) hold the truth, and the mean and spread of its
standardised error, which should be 0 and 1.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.optimum import gauss_newton
from calibration.fit.prepare import observed_run, seen
from calibration.fit.target import Target
from calibration.observe import Observed
from model.engine.batch import Batch
from model.whole import write_whole

Values = NDArray[np.float64]
PATH = Path(__file__).resolve().parent / "recovery.csv"
HISTORIES, SEED = 8, 1
TRUTH_SPREAD = 0.7
"""Spread of the true numbers, in the prior's: farther out some histories are absurd (a region without jobs)."""
Z_50, Z_80 = 0.6745, 1.2816


def synthetic(target: Target, batch: Batch, truth: Values, seed: int) -> Target:
    """The target with its data replaced by a history that `truth` [fitted] made, with errors as the fit has them."""
    random = np.random.default_rng(seed)
    made = []
    for series, simulated in zip(target.observed.series, target.simulated(batch, truth[None]), strict=True):
        root = np.linalg.cholesky(target.errors[series.variable].covariance(series))
        values = np.full(series.values.shape, np.nan)
        noise = root @ random.standard_normal(len(root))
        values[series.known] = (simulated[0][series.known] + series.floor) * np.exp(-noise) - series.floor
        made.append(replace(series, values=np.where(series.known, np.maximum(values, 0.0), np.nan)))
    copy = replace(target, observed=Observed(tuple(made)), moments=None)
    # The errors stay those the history was made with: measured from its values they would be others.
    copy.__dict__["whitenings"] = target.whitenings
    return copy


def recovered(target: Target, batch: Batch, truth: Values, seed: int) -> Values:
    """Standardised errors (found less true, over the spread found) of a fit to one synthetic history [fitted]."""
    found = gauss_newton(synthetic(target, batch, truth, seed), batch, np.zeros(target.size))
    return np.asarray((found.z - truth) / np.sqrt(np.diag(found.covariance)), dtype=np.float64)


def coverage(names: list[str], errors: Values) -> pd.DataFrame:
    """One row for each number from standardised errors [history, fitted]."""
    columns = {
        "in_50": (np.abs(errors) <= Z_50).mean(axis=0),
        "in_80": (np.abs(errors) <= Z_80).mean(axis=0),
        "mean_error": errors.mean(axis=0),
        "spread": errors.std(axis=0),
    }
    return pd.DataFrame(columns, index=pd.Index(names, name="name"))


def main() -> None:
    """Fit several synthetic histories and write the table."""
    everything = observed_run()
    batch = everything.batch()
    target = seen(everything, everything.slopes(batch, np.zeros(everything.size))[1])
    batch = target.batch()
    truths = TRUTH_SPREAD * np.random.default_rng(SEED).standard_normal((HISTORIES, target.size))
    errors = []
    for number, truth in enumerate(truths):
        errors.append(recovered(target, batch, truth, SEED + number))
        inside = np.abs(np.array(errors)) <= Z_80
        print(f"{number + 1} of {HISTORIES}: {inside.mean():.0%} of the truths inside their 80 % intervals", flush=True)
    table = coverage([each.name for each in target.uncertain], np.array(errors))
    write_whole(PATH, table.to_csv(float_format="%.3f", lineterminator="\n"))


if __name__ == "__main__":
    main()
