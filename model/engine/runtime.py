"""Functions of the model language as the emitted code calls them, on NumPy or JAX (`xp`).

Semantics are those of Vensim as PySD 3.14 runs it, at the edges of time steps too.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np

Array = Any
# Below this absolute value Vensim takes a denominator for zero, and two moments (years) for the same.
SMALL = 1e-6


class LookupTable:
    """Points of a lookup, with the slope of each piece; constant beyond the ends."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        self.xs = np.asarray(xs, dtype=float)
        self.ys = np.asarray(ys, dtype=float)
        widths = np.diff(self.xs)
        rises = np.diff(self.ys)
        self.slopes = np.divide(rises, widths, out=np.zeros_like(rises), where=widths > 0)


def lookup(x: Array, table: LookupTable, xp: ModuleType) -> Array:
    """Return the table's value at x: straight between points, constant beyond them."""
    xs, ys, slopes = (xp.asarray(a) for a in (table.xs, table.ys, table.slopes))
    if len(table.xs) == 1:
        return xp.zeros_like(xp.asarray(x, dtype=float)) + ys[0]
    inside = xp.clip(x, table.xs[0], table.xs[-1])
    piece = xp.clip(xp.searchsorted(xs, inside, side="right") - 1, 0, len(table.xs) - 2)
    value = ys[piece] + slopes[piece] * (inside - xs[piece])
    return xp.where(inside >= table.xs[-1], ys[-1], value)


def zidz(numerator: Array, denominator: Array, xp: ModuleType) -> Array:
    """Return the quotient, 0 where the denominator is zero."""
    return xidz(numerator, denominator, 0.0, xp)


def xidz(numerator: Array, denominator: Array, otherwise: Array, xp: ModuleType) -> Array:
    """Return the quotient, `otherwise` where the denominator is zero."""
    is_zero = xp.abs(denominator) < SMALL
    return xp.where(is_zero, otherwise, numerator / xp.where(is_zero, 1.0, denominator))


def modulo(x: Array, m: Array, xp: ModuleType) -> Array:
    """Return the remainder of x / m with the sign of x; 0 where m is zero."""
    is_zero = xp.asarray(m) < SMALL
    safe = xp.where(is_zero, 1.0, m)
    return xp.where(is_zero, 0.0, x - safe * xp.trunc(x / safe))


def step_at(height: Array, at: Array, time: Array, dt: Array) -> Array:
    """Return the height from the step nearest to the moment `at` on, before it 0."""
    return height * (time + dt / 2 > at)


def ramp(slope: Array, begin: Array, end: Array, time: Array, xp: ModuleType) -> Array:
    """Return a line from 0 at `begin` with the slope until `end`, then its last value."""
    return (time + SMALL > begin) * slope * (xp.minimum(end, time) - begin)


def pulse(begin: Array, width: Array, time: Array) -> Array:
    """Return 1 from `begin` for `width`, else 0."""
    return ((begin - SMALL <= time) & (time < begin + width)) * 1.0


def pulse_train(begin: Array, width: Array, interval: Array, clock: tuple[Array, Array]) -> Array:
    """Return 1 for `width` from `begin` and every `interval` after it; the clock is (end, time)."""
    end, time = clock
    running = (begin <= time) & (time < end)
    return (running & ((time - begin + SMALL) % interval < width)) * 1.0
