"""One input at a time: the outcomes at an input's low and high value, all others at their median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
"""Probabilities of an input's low, middle and high value: 8 of 10 believed values lie between low and high."""


@dataclass(frozen=True)
class Swings:
    """Outputs with every input at its median, (outputs,), and with one at its low or high value, (outputs, inputs)."""

    middle: Floats
    low: Floats
    high: Floats

    @property
    def size(self) -> Floats:
        """The largest distance among an output's three values, (outputs, inputs)."""
        three = np.stack([self.low, self.high, np.broadcast_to(self.middle[:, None], self.low.shape)])
        return np.asarray(three.max(axis=0) - three.min(axis=0))


def one_at_a_time(count: int) -> Floats:
    """The points, (1 + 2 × inputs, inputs): all at the median, then each input low, then each input high."""
    points = np.full((1 + 2 * count, count), MIDDLE)
    each = np.arange(count)
    points[1 + each, each] = LOW
    points[1 + count + each, each] = HIGH
    return points


def swings(values: Floats) -> Swings:
    """Read the outputs of `one_at_a_time` points; values: (points, outputs)."""
    count = (len(values) - 1) // 2
    return Swings(values[0], values[1 : 1 + count].T, values[1 + count :].T)
