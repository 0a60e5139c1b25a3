"""Whole persons that keep every exact figure: cells are rounded inside blocks of ages whose totals are whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np

from calibration.demography.evidence import Evidence
from calibration.demography.smooth import Array

NEAR = 0.02


def largest_remainder(values: Array, total: int) -> Array:
    """Whole numbers nearest to non-negative `values` (any shape), scaled to sum to `total`."""
    flat = np.maximum(values.reshape(-1), 0.0)
    flat = flat * (total / flat.sum()) if flat.sum() > 0 else np.full(len(flat), total / len(flat))
    floor = np.floor(flat)
    order = np.argsort(-(flat - floor), kind="stable")
    floor[order[: int(total - floor.sum())]] += 1
    return np.asarray(floor.reshape(values.shape), dtype=float)


def block_totals(blocks: Array, belongs: Array, totals: Array) -> Array:
    """Each block rounded up or down so that the exact sums hold (`belongs` @ blocks = `totals`), nearest to `blocks`.

    Blocks of consecutive ages make an interval matrix, so a solution exists whenever the sums are whole and consistent.
    """
    floor = np.floor(blocks + NEAR)
    choices = floor + np.array(list(product((0.0, 1.0), repeat=len(blocks))))
    fits = np.abs(choices @ belongs.T - totals).max(1) < 0.5
    if not fits.any():
        raise ValueError("published age groups contradict each other")
    distance = np.where(fits, np.abs(choices - blocks).sum(1), np.inf)
    return np.asarray(choices[int(distance.argmin())], dtype=float)


def whole_persons(people: Array, exact: Sequence[Evidence]) -> Array:
    """Cells [sex, age] in whole persons with every exact figure kept."""
    size = people.shape[1]
    edges = sorted({0, size, *(e.low for e in exact), *(e.high + 1 for e in exact)})
    spans = list(pairwise(edges))
    blocks = np.array([people[:, low:high].sum() for low, high in spans])
    belongs = np.array([[e.low <= low and high <= e.high + 1 for low, high in spans] for e in exact], dtype=float)
    wanted = block_totals(blocks, belongs, np.array([round(e.persons) for e in exact], dtype=float))
    result = np.empty_like(people)
    for (low, high), total in zip(spans, wanted, strict=True):
        result[:, low:high] = largest_remainder(people[:, low:high], int(total))
    return result
