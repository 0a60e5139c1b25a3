"""Shocks of one kind of event by restricted maximum likelihood: a regional wave, local waves, and single years.

The residual of municipality m in year t is `level[m] + common[t] + local[m, t] + yearly[m, t]`: common and local are
first-order autoregressive, yearly is independent. The variance of local is `a + d / E`, of yearly `w / E` with E the
mean expected count: Poisson's is w = 1, more where families move together. The levels are unknown and taken out of the
likelihood (restricted, Patterson and Thompson 1971), since the rates were estimated on much the same years: demeaning
would pull persistence down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, logit

Values = NDArray[np.float64]
MOST_PERSISTENT = 0.95
"""Bound on the share of a deviation that is left a year later: fourteen years cannot tell more from a trend."""
LEAST = 1e-8
"""Least variance of a part, so that its logarithm stays finite."""
POISSON = 1.0
"""Least variance of a single year's count over its expectation: independent events (Poisson)."""
EVERY = slice(None)
Chosen = slice | NDArray[np.intp]
"""Places of some of PARAMETERS."""
PARAMETERS = ("common persistence", "common variance", "local persistence", "local a", "local d", "yearly w")
HESSIAN_STEP = 0.05
LIMIT, FLAT = 9.0, 8.0
"""Bound of the unconstrained numbers, and where a parameter counts as lying at its bound."""
MOST_CORRELATED, CORRELATION_STEP = 0.9, 0.03
IMPOSSIBLE = 1e9
"""Loss of numbers that cannot be."""


@dataclass(frozen=True)
class Shocks:
    """Estimates of a kind in the order of PARAMETERS, their standard errors, and the log likelihood reached."""

    values: Values
    errors: Values
    log_likelihood: float

    def __getitem__(self, name: str) -> float:
        return float(self.values[PARAMETERS.index(name)])

    def error(self, name: str) -> float:
        """Standard error of a parameter, NaN at a bound."""
        return float(self.errors[PARAMETERS.index(name)])

    def local_variance(self, expected: Values) -> Values:
        """Variance of the persistent local part at an expected count."""
        return np.asarray(self["local a"] + self["local d"] / expected, dtype=np.float64)

    def level_variance(self, expected: Values, years: int) -> Values:
        """Variance of the mean of local and yearly shocks over that many years: the error of a level estimated then."""
        together = autocorrelation(np.arange(years, dtype=np.float64), self["local persistence"]).mean()
        return np.asarray(
            self.local_variance(expected) * together + self.yearly_variance(expected) / years, dtype=np.float64
        )

    def yearly_variance(self, expected: Values) -> Values:
        """Variance of what a single year brings at an expected count."""
        return np.asarray(self["yearly w"] / expected, dtype=np.float64)


def natural(free: Values, chosen: Chosen = EVERY, least_yearly: float = POISSON) -> Values:
    """From numbers on the whole line to the parameters (those of `chosen`)."""
    share = np.array([True, False, True, False, False, False])[chosen]
    floor = np.array([0.0, LEAST, 0.0, LEAST, LEAST, least_yearly])[chosen]
    return np.asarray(np.where(share, MOST_PERSISTENT * expit(free), floor + np.exp(free)), dtype=np.float64)


def unconstrained(values: Values, least_yearly: float = POISSON) -> Values:
    """The inverse of `natural`."""
    phi = logit(values[[0, 2]] / MOST_PERSISTENT)
    a, b, c, w = np.log(values[[1, 3, 4, 5]] - [LEAST, LEAST, LEAST, least_yearly])
    return np.array([phi[0], a, phi[1], b, c, w])


START = np.array([0.5, 1e-3, 0.6, 2e-3, 0.1, 1.3])


def autocorrelation(years: Values, persistence: float) -> Values:
    """Correlation between the years of a stationary first-order autoregression [year, year]."""
    return np.asarray(persistence ** np.abs(years[:, None] - years[None, :]), dtype=np.float64)


def parts(values: Values, years: Values, expected: Values) -> tuple[Values, Values]:
    """Covariances of the common part [year, year] and of each municipality's own [municipality, year, year]."""
    phi_common, variance, phi, a, d, w = values
    common = variance * autocorrelation(years, phi_common)
    own = (a + d / expected)[:, None, None] * autocorrelation(years, phi)
    return common, own + (w / expected)[:, None, None] * np.eye(len(years))


def covariance(values: Values, years: Values, expected: Values) -> Values:
    """Covariance of the residuals, municipality by municipality, each with its years."""
    common, own = parts(values, years, expected)
    places, size = len(expected), len(years)
    whole = np.tile(common, (places, places))
    for m in range(places):
        block = slice(m * size, (m + 1) * size)
        whole[block, block] += own[m]
    return whole


def restricted(whole: Values, residual: Values, levels: Values) -> float:
    """Restricted log likelihood of residuals with covariance `whole` and unknown `levels` (design) taken out."""
    factor = cho_factor(whole, lower=True, check_finite=False)
    weighted = cho_solve(factor, np.column_stack([levels, residual]), check_finite=False)
    information = levels.T @ weighted[:, :-1]
    mean = np.linalg.solve(information, levels.T @ weighted[:, -1])
    spread = float(residual @ (weighted[:, -1] - weighted[:, :-1] @ mean))
    size = 2 * np.log(np.diag(factor[0])).sum() + np.linalg.slogdet(information)[1]
    return -0.5 * (float(size) + spread)


def restricted_by_place(values: Values, years: Values, expected: Values, residual: Values) -> float:
    """The same for one kind, residuals [year, municipality], each municipality's level taken out: fast, since
    municipalities meet in the common part alone (Woodbury).
    """
    common, own = parts(values, years, expected)
    inverse = np.linalg.inv(own)
    ones = inverse.sum(2)
    total = ones.sum(1)
    without_level = inverse - ones[:, :, None] * ones[:, None, :] / total[:, None, None]
    weighted = np.einsum("mij,jm->im", without_level, residual)
    bound = np.eye(len(years)) + common @ without_level.sum(0)
    size = np.linalg.slogdet(own)[1].sum() + np.log(total).sum() + np.linalg.slogdet(bound)[1]
    shared = weighted.sum(1)
    spread = (residual * weighted).sum() - shared @ np.linalg.solve(bound, common @ shared)
    return -0.5 * float(size + spread)


def level_design(places: int, years: int) -> Values:
    """One unknown level for each municipality [municipality × year, municipality]."""
    return np.asarray(np.kron(np.eye(places), np.ones((years, 1))), dtype=np.float64)


def fit(residual: Values, years: Values, expected: Values, start: Values = START) -> Shocks:
    """Estimate from residuals [year, municipality] of `years` and mean expected counts [municipality]."""

    def loss(free: Values) -> float:
        return -restricted_by_place(natural(free), years, expected, residual)

    values, spread, reached = maximise(loss, unconstrained(start))
    return Shocks(values, spread, reached)


def maximise(
    loss: Callable[[Values], float],
    start: Values,
    chosen: Chosen = EVERY,
    least_yearly: float = POISSON,
    tolerance: float | None = None,
) -> tuple[Values, Values, float]:
    """Parameters `chosen` that minimise a loss over unconstrained numbers, their standard errors (delta method; NaN at
    a bound, where the likelihood is flat), and the log likelihood reached."""
    found = minimize(loss, start, method="L-BFGS-B", bounds=[(-LIMIT, LIMIT)] * len(start), tol=tolerance)
    at = np.asarray(found.x, dtype=np.float64)
    inner = np.abs(at) < FLAT
    variance = np.diag(np.linalg.pinv(hessian(loss, at)[np.ix_(inner, inner)]))
    spread = np.full(len(at), np.nan)
    spread[inner] = np.sqrt(np.where(variance > 0, variance, np.nan))
    up, down = (natural(at + step, chosen, least_yearly) for step in (HESSIAN_STEP, -HESSIAN_STEP))
    slope = (up - down) / (2 * HESSIAN_STEP)
    return natural(at, chosen, least_yearly), np.asarray(slope * spread, dtype=np.float64), -float(found.fun)


def hessian(loss: Callable[[Values], float], at: Values) -> Values:
    """Second derivatives by central differences."""
    size = len(at)
    step = HESSIAN_STEP * np.eye(size)
    found = np.empty((size, size))
    for i in range(size):
        for j in range(i + 1):
            up, down = step[i] + step[j], step[i] - step[j]
            mixed = loss(at + up) - loss(at + down) - loss(at - down) + loss(at - up)
            found[i, j] = found[j, i] = mixed / (4 * HESSIAN_STEP**2)
    return found


def best(loss: Callable[[float], float]) -> tuple[float, float]:
    """The correlation of least loss and its standard error from the curvature there."""
    found = minimize_scalar(loss, bounds=(-MOST_CORRELATED, MOST_CORRELATED), method="bounded", options={"xatol": 1e-3})
    at = float(found.x)
    curvature = (loss(at + CORRELATION_STEP) - 2 * loss(at) + loss(at - CORRELATION_STEP)) / CORRELATION_STEP**2
    return at, float(curvature**-0.5) if 0 < curvature < IMPOSSIBLE else np.nan


def cross(years: Values, first: Values, second: Values) -> Values:
    """Covariance [year of the first, year of the second] of two autoregressions (persistence, variance) whose
    innovations are one and the same."""
    scale = np.sqrt(first[1] * second[1] * (1 - first[0] ** 2) * (1 - second[0] ** 2)) / (1 - first[0] * second[0])
    lag = years[:, None] - years[None, :]
    return np.asarray(scale * np.where(lag >= 0, first[0] ** np.abs(lag), second[0] ** np.abs(lag)), dtype=np.float64)
