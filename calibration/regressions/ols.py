"""Least squares with effects of place and year, and errors that allow for anything alike within a place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
ROUNDING = 1e-9
"""Share of a regressor that must be left beside the effects; less is rounding."""


@dataclass(frozen=True)
class Sample:
    """What a regression reads, one element per observation: outcome, regressors [observation, regressor], the number
    of its place and of its year, its weight."""

    outcome: Values
    regressors: Values
    place: NDArray[np.int_]
    year: NDArray[np.int_]
    weight: Values


@dataclass(frozen=True)
class Estimate:
    """Coefficients and their standard errors [regressor]; observations; places (clusters)."""

    coefficient: Values
    error: Values
    n: int
    places: int


def dummies(group: NDArray[np.int_]) -> Values:
    """One column per group, 1 where an observation belongs to it."""
    return np.asarray(group[:, None] == np.unique(group)[None, :], dtype=np.float64)


def fit(sample: Sample, place_effects: bool = True) -> Estimate:
    """Weighted least squares with effects of the year and (unless told otherwise) of the place.

    Errors are clustered by place (Liang and Zeger 1986): the scores of a place's years are summed before they are
    squared; for few places times G/(G-1) · (N-1)/(N-K), K without the effects of places, which lie within clusters
    (Cameron and Miller 2015, Journal of Human Resources 50). Raises ValueError where a regressor does not vary beyond
    the effects, so that no coefficient can be told.
    """
    effects = dummies(sample.year)
    if place_effects:
        effects = np.hstack([effects, dummies(sample.place)])
    root = np.sqrt(sample.weight)[:, None]
    both = np.hstack([sample.outcome[:, None], sample.regressors]) * root
    explained, *_ = np.linalg.lstsq(effects * root, both, rcond=None)
    left = both - effects * root @ explained
    outcome, regressors = left[:, 0], left[:, 1:]
    whole = np.linalg.norm(both[:, 1:], axis=0)
    vanished = bool((np.linalg.norm(regressors, axis=0) <= ROUNDING * whole).any())
    if vanished or np.linalg.matrix_rank(regressors) < regressors.shape[1]:
        raise ValueError("a regressor does not vary beyond the effects of place and year: drop it or add years.")
    bread = np.linalg.inv(regressors.T @ regressors)
    coefficient = bread @ regressors.T @ outcome
    scores = dummies(sample.place).T @ (regressors * (outcome - regressors @ coefficient)[:, None])
    n, groups = len(outcome), len(scores)
    parameters = regressors.shape[1] + len(np.unique(sample.year))
    few = groups / (groups - 1) * (n - 1) / (n - parameters)
    variance = few * bread @ (scores.T @ scores) @ bread
    return Estimate(coefficient, np.sqrt(np.diag(variance)), n, groups)
