"""How soon the model's own jobs and prices follow what employers and buyers want.

Shocks act on what is wanted; statistics count what there is. Both are joined here, so that the sizes of shocks are
those that the model must be given to vary as the data do.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
QUICK = (0.60, 0.30, 0.10)
PRICE_FIRST, PRICE_KEPT, PRICE_YEARS = 0.38, 0.62, 12


def _fading(first: float, kept: float, years: int) -> tuple[float, ...]:
    """Shares that fall by the same part each year and sum to 1."""
    shares = first * kept ** np.arange(years)
    return tuple((shares / shares.sum()).tolist())


LAGS: Mapping[str, tuple[float, ...]] = {
    "all jobs": (0.45, 0.33, 0.14, 0.08),
    "basic jobs": QUICK,
    "construction jobs": QUICK,
    "services jobs": (0.27, 0.33, 0.20, 0.12, 0.08),
    "welfare jobs": (0.38, 0.37, 0.18, 0.07),
    "other jobs": QUICK,
    "house prices": _fading(PRICE_FIRST, PRICE_KEPT, PRICE_YEARS),
}
"""Share of a lasting shock that has come at the end of its own year, of the next, and so on. Source: the model's own
response to a shock of 3 per cent everywhere, 2014-2024, without what follows from it later (tests measure it again)."""


def years_behind(kind: str) -> int:
    """Years before the observed ones whose shocks are still to be seen."""
    return len(LAGS[kind]) - 1


def earlier(years: Values, behind: int) -> Values:
    """The years from `behind` before the first observed to the last."""
    return np.arange(years[0] - behind, years[-1] + 1)


def followed(kind: str, years: Values, behind: int | None = None) -> Values:
    """What is seen in observed `years` of shocks of the years `earlier` [observed, earlier]."""
    shares = LAGS[kind]
    given = earlier(years, years_behind(kind) if behind is None else behind)
    found = np.zeros((len(years), len(given)))
    for later, share in enumerate(shares):
        found += share * (given[None, :] == years[:, None] - later)
    return found
