"""Whether there were enough runs: three questions to the bootstrap samples of the indices.

After Sarrazin, Pianosi & Wagener 2016, Environmental Modelling & Software 79:135-152: the indices themselves have
converged when every 95 per cent interval is narrower than 0.05; the screening when those of the unimportant inputs
(index below 0.05) are; the order when bootstrap samples agree on it, swapped places counting by the square of the
larger index, so that the order of unimportant inputs does not matter. Screening and order settle before the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
UNIMPORTANT = 0.05
"""Index below which an input counts as unimportant."""
WIDEST = 0.05
"""Widest interval of a settled index."""
SWAPS = 1.0
"""Largest weighted mean change of place between two bootstrap samples of a settled order."""
QUANTILE = 0.95
TAILS = (0.025, 0.975)


@dataclass(frozen=True)
class Convergence:
    """Of one output: the widest interval of all indices and of the unimportant ones; changes of place in the order."""

    widest: float
    widest_unimportant: float
    swaps: float

    @property
    def numbers(self) -> bool:
        """Whether the indices themselves have settled."""
        return self.widest <= WIDEST

    @property
    def order(self) -> bool:
        """Whether the order of the important inputs has settled."""
        return self.swaps <= SWAPS

    @property
    def screening(self) -> bool:
        """Whether it is settled which inputs are unimportant."""
        return self.widest_unimportant <= WIDEST


def convergence(index: Floats, replicates: Floats) -> Convergence:
    """Judge the indices of one output, (inputs,), by their bootstrap samples, (samples, inputs); both 0 to about 1."""
    low, high = np.quantile(replicates, TAILS, axis=0)
    width = high - low
    unimportant = width[index < UNIMPORTANT]
    return Convergence(
        float(width.max()), float(unimportant.max()) if unimportant.size else 0.0, _changes_of_place(replicates)
    )


def relative(index: Floats, replicates: Floats) -> tuple[Floats, Floats]:
    """Effects relative to the largest of an output, so that one threshold fits every unit."""
    largest = index.max()
    return index / largest, replicates / largest


def _changes_of_place(replicates: Floats) -> float:
    """Weighted mean change of place, at its 95 per cent quantile over pairs of bootstrap samples."""
    places = (-replicates).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    one, other = np.triu_indices(len(replicates), k=1)
    weights = np.maximum(replicates[one], replicates[other]) ** 2
    changes = (np.abs(places[one] - places[other]) * weights).sum(axis=1) / weights.sum(axis=1)
    return float(np.quantile(changes, QUANTILE))
