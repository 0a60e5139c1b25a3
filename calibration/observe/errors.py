"""How far a model strays from each series beyond measurement: a wave common to all places and waves of their own.

The residual of place p in year t is `common[t] + local[p, t] + measurement[p, t]`; common and local are first-order
autoregressive, local with the variance `a + d / size`. Where a run starts from the observed value, the waves start from
zero there. Structure that the model lacks shows up here, not as false certainty about its parameters (Kennedy and
O'Hagan 2001, Journal of the Royal Statistical Society B 63:3); nothing is taken out of the likelihood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize
from scipy.special import expit, logit

from calibration.observe.series import HERE, Observation
from calibration.process_noise.likelihood import autocorrelation
from model.whole import write_whole

Values = NDArray[np.float64]
FIELDS = ("common_persistence", "common_variance", "local_persistence", "local_a", "local_d")
COMMON = FIELDS.index("common_variance")
MOST_PERSISTENT = 0.98
"""Bound on the share of a deviation left a year later: fourteen years cannot tell more from a trend."""
LEAST = 1e-7
"""Least variance of a part, so that its logarithm stays finite."""
COMMON_SPREAD = 0.03
"""Spread of the half-normal prior of the common wave's standard deviation (judgement): the region is the sum of its
places, and a structure worth having misses that sum by some per cent. Without it a common wave of any size excuses the
model, and the fit learns nothing from the region's own path."""
START = np.array([0.7, 1e-3, 0.8, 1e-3, 0.1])
BOUND = 12.0
DECIMALS = 8


@dataclass(frozen=True)
class Errors:
    """The parameters of a series' waves, in the order of FIELDS."""

    values: Values

    def covariance(self, observation: Observation) -> Values:
        """Covariance of the known residuals, year by year, each with its places [known, known]."""
        return _covariance(self.values, observation)

    def whitening(self, observation: Observation) -> Values:
        """The matrix that turns known residuals into independent standard normal numbers [known, known]."""
        root = cholesky(self.covariance(observation), lower=True)
        return np.asarray(solve_triangular(root, np.eye(len(root)), lower=True), dtype=np.float64)


STATED = Errors(np.array([0.8, 0.02**2, 0.8, 0.02**2, 0.3]))
"""Errors of a first fit, before any are estimated (judgement): two per cent for the region, two per cent and 0.3
persons per person for a place, lasting a few years."""


def _waves(years: Values, persistence: float, begin: float | None) -> Values:
    """Correlation between years of a wave [year, year], of one that starts at zero in the year `begin` if given."""
    found = autocorrelation(years, persistence)
    if begin is not None:
        age = years - begin
        found = found - persistence ** (age[:, None] + age[None, :])
    return np.asarray(found, dtype=np.float64)


def _covariance(values: Values, observation: Observation) -> Values:
    phi, variance, own_phi, a, d = values
    years = np.array(observation.years, dtype=np.float64)
    begin = years[0] - 1 if observation.begins_known else None
    common, own = _waves(years, phi, begin), _waves(years, own_phi, begin)
    count, places = len(years), len(observation.codes)
    whole = np.kron(variance * common, np.ones((places, places)))
    whole += np.kron(own, np.diag(a + d / observation.sizes))
    whole[np.diag_indices(count * places)] += observation.measurement.ravel()
    known = observation.known.ravel()
    return np.asarray(whole[np.ix_(known, known)], dtype=np.float64)


def _natural(free: Values) -> Values:
    share = np.array([True, False, True, False, False])
    return np.asarray(np.where(share, MOST_PERSISTENT * expit(free), LEAST + np.exp(free)), dtype=np.float64)


def _free(values: Values) -> Values:
    phi = logit(values[[0, 2]] / MOST_PERSISTENT)
    common, a, d = np.log(values[[1, 3, 4]] - LEAST)
    return np.array([phi[0], common, phi[1], a, d])


def estimate(residual: Values, observation: Observation) -> Errors:
    """The waves of greatest likelihood for residuals [year, place] of a series."""
    flat = residual.ravel()[observation.known.ravel()]

    def loss(free: Values) -> float:
        whole = _covariance(_natural(free), observation)
        factor = cholesky(whole, lower=True, check_finite=False)
        surprise = 0.5 * flat @ cho_solve((factor, True), flat, check_finite=False)
        excuse = 0.5 * _natural(free)[COMMON] / COMMON_SPREAD**2
        return float(np.log(np.diag(factor)).sum() + surprise + excuse)

    found = minimize(loss, _free(START), method="L-BFGS-B", bounds=[(-BOUND, BOUND)] * len(FIELDS), tol=1e-6)
    return Errors(_natural(np.asarray(found.x, dtype=np.float64)))


def read_errors(path: Path = HERE / "errors.csv") -> dict[str, Errors]:
    """The estimated waves by model variable."""
    table = pd.read_csv(path).set_index("variable")
    return {str(name): Errors(table.loc[str(name), list(FIELDS)].to_numpy(dtype=float)) for name in table.index}


def write_errors(errors: Mapping[str, Errors], path: Path = HERE / "errors.csv") -> None:
    """Write the table whole or not at all."""
    values = np.array([each.values.round(DECIMALS) for each in errors.values()])
    table = pd.DataFrame(values, index=pd.Index(list(errors), name="variable"), columns=list(FIELDS))
    write_whole(path, table.to_csv(lineterminator="\n"))
