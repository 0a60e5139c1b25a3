"""Iterative proportional fitting: the table nearest a seed that has given totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.economy.read import DataError

Floats = NDArray[np.float64]
SWEEPS = 2000
CLOSE = 1e-7


@dataclass(frozen=True)
class Margin:
    """A total that a set of cells must have. cells: boolean array, shape of the table; total: same unit as it."""

    cells: NDArray[np.bool_]
    total: float
    label: str


def rake(seed: Floats, margins: list[Margin], tolerance: float = CLOSE) -> tuple[Floats, float]:
    """Scale `seed` until every margin holds.

    Args: seed: non-negative table; margins: totals, fitted in order in each sweep; tolerance: largest relative miss
    accepted before stopping. Returns: the fitted table and the largest relative miss (of the total, at least 1).
    Raises: DataError when a margin is negative or has a positive total over cells that are all zero.
    """
    table = np.array(seed, dtype=float, order="C")
    _check(table, margins)
    live = [(np.flatnonzero(m.cells), m.total) for m in margins if m.cells.any()]
    flat = table.reshape(-1)
    for _ in range(SWEEPS):
        for cells, total in live:
            have = flat[cells].sum()
            flat[cells] *= total / have if have > 0 else 1.0
        miss = max((abs(flat[c].sum() - t) / max(t, 1.0) for c, t in live), default=0.0)
        if miss < tolerance:
            break
    return table, miss


def _check(table: Floats, margins: list[Margin]) -> None:
    problems = []
    if not np.isfinite(table).all() or (table < 0).any():
        problems.append("the seed has negative or missing cells")
    for margin in margins:
        if margin.total < 0:
            problems.append(f"{margin.label} is negative ({margin.total:g})")
        elif margin.total > 0 and table[margin.cells].sum() <= 0:
            problems.append(f"{margin.label} is {margin.total:g} but no cell can hold it")
    if problems:
        raise DataError("Cannot fit the table: " + "; ".join(problems) + ".")


def lines(names: list[str], axis: int, totals: Floats, shape: tuple[int, ...]) -> list[Margin]:
    """Margins for every line along `axis`: totals[k] for index k. `names` label the lines in messages."""
    grid = np.indices(shape)[axis]
    return [Margin(grid == k, float(total), f"the total of {names[k]}") for k, total in enumerate(totals)]
