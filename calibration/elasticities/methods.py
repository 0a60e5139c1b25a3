"""Ways to estimate beside least squares: counts with many zeros, and a regressor that carries noise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from calibration.regressions.ols import Estimate, Sample, dummies, fit

Values = NDArray[np.float64]
ROUNDS, TOLERANCE = 200, 1e-9
FARTHEST = 25.0
"""Bound of the logarithm of an expected count, for places that never have any."""


def poisson(sample: Sample, exposure: Values) -> Estimate:
    """Poisson pseudo-likelihood of counts on exposure, with effects of place and year, errors clustered by place.

    Consistent whatever the spread of the counts (Gourieroux, Monfort and Trognon 1984); zeros count. `exposure` is
    positive [observation]; the sample's weights are not used. Raises ArithmeticError when it does not settle.
    """
    right = np.hstack([sample.regressors, dummies(sample.year), dummies(sample.place)])
    offset = np.log(exposure)
    log_mean = np.log((sample.outcome + sample.outcome.mean()) / 2)
    for _ in range(ROUNDS):
        mean = np.exp(np.clip(log_mean, -FARTHEST, FARTHEST))
        working = log_mean - offset + (sample.outcome - mean) / mean
        root = np.sqrt(mean)[:, None]
        found, *_ = np.linalg.lstsq(right * root, working * root[:, 0], rcond=None)
        new = right @ found + offset
        if np.abs(np.exp(new) - mean).max() <= TOLERANCE * max(1.0, float(mean.max())):
            return fit(replace(sample, outcome=working, weight=mean))
        log_mean = new
    raise ArithmeticError(f"the Poisson regression has not settled after {ROUNDS} rounds.")


def instrumented(sample: Sample, instrument: Values) -> Estimate:
    """Two-stage least squares with effects of place and year: the first regressor through an instrument [observation].

    Errors clustered by place, for few places times G/(G-1).
    """
    effects = np.hstack([dummies(sample.year), dummies(sample.place)])
    root = np.sqrt(sample.weight)[:, None]
    others = sample.regressors[:, 1:]
    columns = np.hstack([sample.outcome[:, None], sample.regressors, instrument[:, None], others]) * root
    explained, *_ = np.linalg.lstsq(effects * root, columns, rcond=None)
    left = columns - effects * root @ explained
    size = sample.regressors.shape[1]
    outcome, regressors, instruments = left[:, 0], left[:, 1 : 1 + size], left[:, 1 + size :]
    first, *_ = np.linalg.lstsq(instruments, regressors, rcond=None)
    fitted = instruments @ first
    bread = np.linalg.inv(fitted.T @ regressors)
    coefficient = bread @ fitted.T @ outcome
    scores = dummies(sample.place).T @ (fitted * (outcome - regressors @ coefficient)[:, None])
    groups = len(scores)
    variance = groups / (groups - 1) * bread @ (scores.T @ scores) @ bread.T
    return Estimate(coefficient, np.sqrt(np.diag(variance)), len(outcome), groups)
