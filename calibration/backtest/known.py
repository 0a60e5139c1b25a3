"""What was known at an origin: the figures of 31 December of that year and earlier, published in the months after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.ages import Ages, estimate_ages
from calibration.backtest.history import History
from calibration.backtest.places import Array


@dataclass(frozen=True)
class Known:
    """The history until `origin`, and the people by sex and age estimated from it alone.

    `hindsight`: years later from which the origin is seen: figures of its own year have been published by then, though
    nothing is told of later years.
    """

    origin: int
    history: History
    ages: Ages
    hindsight: int = 0

    def lag(self, years: int) -> int:
        """Years from the last figure told of to the origin, for one that is published `years` afterwards."""
        return max(years - self.hindsight, 0)

    def earlier(self, year: int) -> Known:
        """The same place in time seen back to: what is known at the origin of the years until `year`."""
        history = self.history.until(year)
        rows = len(history.population)
        ages = Ages(self.ages.people[:rows].copy(), self.ages.net[:rows].copy())
        return Known(year, history, ages, self.hindsight + self.origin - year)

    @property
    def population(self) -> Array:
        """Total population at the origin [municipality] (persons)."""
        return np.asarray(self.history.population[-1], dtype=float)

    def rates(self, counts: Array) -> Array:
        """Yearly counts [year, municipality] per inhabitant at the year's start (1/year); NaN in the first year."""
        result = np.full_like(counts, np.nan)
        result[1:] = counts[1:] / self.history.population[:-1]
        return result


def known_at(history: History, origin: int) -> Known:
    """What was known at 31 December `origin`; `ValueError` when the history does not reach it."""
    if origin > history.last:
        raise ValueError(f"origin {origin}: the history ends in {history.last}; choose that year or an earlier one")
    past = history.until(origin)
    return Known(origin, past, estimate_ages(past))
