"""How much of a change is in force at each moment: phased in, held, phased out, always linearly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_EPSILON = 1e-9
"""Years; far below one time step, above the rounding of a sum of time steps."""


@dataclass(frozen=True)
class Ramp:
    """When a change is in force.

    begin: year whose 1 January it begins (None: before the run starts). until: last year in full force (None: for
    good). years: length of the phasing in after `begin` and of the phasing out after `until`.
    """

    begin: float | None = None
    until: int | None = None
    years: float = 0.0

    @property
    def end(self) -> float:
        """Model time at which nothing of the change is left."""
        return np.inf if self.until is None else self.until + 1 + self.years

    @property
    def start(self) -> float:
        """Model time at which the change begins."""
        return -np.inf if self.begin is None else self.begin

    def overlaps(self, other: "Ramp") -> bool:
        """Whether both are in force, wholly or partly, at some moment."""
        return self.start < other.end and other.start < self.end

    def weight(self, time: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the change in force at each model time (year 2030 begins at 2030.0): 0 to 1."""
        rising = _rise(time, self.begin, self.years)
        falling = _rise(time, None if self.until is None else self.until + 1, self.years)
        if self.until is None:
            return rising
        return np.minimum(rising, 1.0 - falling)


def _rise(time: NDArray[np.float64], begin: float | None, years: float) -> NDArray[np.float64]:
    """0 before `begin`, 1 after `begin + years`, a straight line between (a step when years is 0)."""
    if begin is None:
        return np.ones_like(time, dtype=np.float64)
    if years == 0:
        return (time >= begin - _EPSILON).astype(np.float64)
    return np.clip((time - begin) / years, 0.0, 1.0)
