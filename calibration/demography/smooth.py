"""Smoothing over age, and shrinkage of small populations towards larger ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
ITERATIONS = 60
TOLERANCE = 1e-10
LARGEST_STRENGTH = 1e6


def roughness(stiffness: Array) -> Array:
    """Penalty matrix on second differences; `stiffness[i]` weighs the bend around age i (its ends are not used)."""
    size = len(stiffness)
    second = np.diff(np.eye(size), n=2, axis=0)
    return np.asarray(second.T @ (stiffness[1:-1, None] * second), dtype=float)


def smooth_values(values: Array, precision: Array, stiffness: Array) -> Array:
    """Values smoothed over the first axis (penalised least squares), each weighted by its precision (1/variance)."""
    matrix = np.diag(precision) + roughness(stiffness)
    return np.asarray(np.linalg.solve(matrix, precision * values), dtype=float)


def smooth_rates(events: Array, exposure: Array, stiffness: Array) -> Array:
    """Rates smoothed on the log scale by penalised Poisson likelihood (Newton steps); events per exposure and age."""
    penalty = roughness(stiffness)
    total = max(float(events.sum()), 1.0) / max(float(exposure.sum()), 1.0)
    log_rate = np.log((events + total) / (exposure + 1.0))
    for _ in range(ITERATIONS):
        expected = exposure * np.exp(log_rate)
        step = np.linalg.solve(np.diag(expected + 1e-9) + penalty, events - expected - penalty @ log_rate)
        log_rate = log_rate + np.clip(step, -1.0, 1.0)
        if float(np.abs(step).max()) < TOLERANCE:
            break
    return np.asarray(np.exp(log_rate), dtype=float)


def prior_strength(observed: Array, expected: Array) -> float:
    """Events a place needs before its own experience weighs as much as its peers' (method of moments).

    Ratios are taken to vary between places with the variance left when Poisson noise is removed; the strength is the
    inverse of that variance, at most `LARGEST_STRENGTH` (no variation beyond noise: everyone gets the peers' ratio).
    """
    mean = observed.sum() / expected.sum()
    excess = float(((observed - mean * expected) ** 2 - mean * expected).sum())
    variance = excess / float((mean * expected**2).sum()) / mean
    return float(min(1.0 / variance, LARGEST_STRENGTH)) if variance > 0 else LARGEST_STRENGTH


def shrunk_ratio(observed: Array, expected: Array, strength: float | None = None) -> Array:
    """Observed to expected events per place, shrunk towards their common ratio (gamma-Poisson posterior mean)."""
    k = prior_strength(observed, expected) if strength is None else strength
    mean = observed.sum() / expected.sum()
    return np.asarray((observed + k * mean) / (expected + k), dtype=float)


def process_covariance(scale: Array, reach: float, shared: float) -> Array:
    """Covariance between ages of deviations with size `scale[age]`: alike at neighbouring ages, partly shared by all.

    `reach` is the distance in years at which likeness has fallen to 1/e; `shared` the part common to every age.
    """
    age = np.arange(len(scale))
    likeness = (1 - shared) * np.exp(-np.abs(age[:, None] - age[None, :]) / reach) + shared
    return np.asarray(scale[:, None] * scale[None, :] * likeness, dtype=float)


def shrunk_profile(deviation: Array, noise: Array, covariance: Array) -> Array:
    """Deviations by age smoothed and shrunk towards zero: the Gaussian-process posterior mean given noise variances."""
    return np.asarray(covariance @ np.linalg.solve(covariance + np.diag(noise), deviation), dtype=float)
