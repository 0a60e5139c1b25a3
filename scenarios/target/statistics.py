"""A quantile of the runs that changes smoothly as their values do."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

Floats = NDArray[np.float64]


def quantile(values: Floats, share: float) -> Floats:
    """The value below which `share` of the runs lie, (…,), from values (…, runs).

    A mean of all ordered values, weighted by how likely each is the quantile of a sample: its slope follows those of
    the runs around it, where the slope of a single ordered run would jump. Source: Harrell and Davis 1982.
    """
    ordered = np.sort(values, axis=-1)
    return np.asarray(ordered @ weights(values.shape[-1], share), dtype=np.float64)


@lru_cache(maxsize=64)
def weights(runs: int, share: float) -> Floats:
    """Weights of the ordered values, (runs,); they sum to 1."""
    edges = np.arange(runs + 1) / runs
    cumulated = betainc((runs + 1) * share, (runs + 1) * (1 - share), edges)
    return np.asarray(np.diff(cumulated), dtype=np.float64)
