"""Homes, prices and tax bases as they were known at an origin."""

from __future__ import annotations

import numpy as np

from calibration.backtest.known import Known
from calibration.backtest.places import NATIONAL_MEASURES, Array
from calibration.backtest.working import last_row
from calibration.economy.housing import BUILD_YEARS, LOSS_BOUNDS, PRICE_WINDOW, RECENT, WINDOW

OCCUPIED = 0.94
"""Dwellings with a household before persons per household were published (share; judgement)."""
TAX_BASE_LAG = 1
"""Years from the income year to the origin at which its tax base was published."""


def households(known: Known) -> Array:
    """Households [municipality]: people over persons per household."""
    size = known.history.figure("persons_per_household")
    if not np.isfinite(size).all(1).any():
        return np.asarray(OCCUPIED * known.history.figure("dwellings")[-1], dtype=float)
    return np.asarray(known.population / size[last_row(size)], dtype=float)


def homes(known: Known) -> dict[str, Array]:
    """Stocks and normal flows of dwellings, by the model's names."""
    stock, completed = known.history.figure("dwellings"), known.history.figure("dwellings_completed")
    rate = (completed[1:] - np.diff(stock, axis=0)) / stock[:-1]
    lost = np.clip(rate[-WINDOW:], *LOSS_BOUNDS).mean(0)
    lost = (lost + lost.mean()) / 2
    return {
        "initial dwellings": stock[-1],
        "normal completions": completed[-WINDOW:].mean(0),
        "normal net loss of dwellings": np.maximum(lost, 0.0) * stock[-1],
        "initial dwellings under construction": completed[-RECENT:].mean(0) * BUILD_YEARS,
    }


def consumer_prices(known: Known) -> Array:
    """Consumer prices of each year relative to the origin's (dmnl)."""
    index = known.history.national[:, NATIONAL_MEASURES.index("consumer_prices")]
    return np.asarray(index / index[-1], dtype=float)


def house_price(known: Known) -> Array:
    """Price of a small house, thousand SEK in the origin's prices: geometric mean of the last years."""
    price = known.history.figure("house_price") / consumer_prices(known)[:, None]
    recent = np.log(price[-PRICE_WINDOW:])
    return np.asarray(np.exp(np.nanmean(recent, axis=0)), dtype=float)


def tax_base(known: Known) -> tuple[Array, float]:
    """Tax base per inhabitant [municipality] and Sweden's, SEK a year in the origin's prices, last published year."""
    base, prices = known.history.figure("tax_base_per_inhabitant"), consumer_prices(known)
    row = last_row(base, known.lag(TAX_BASE_LAG))
    national = known.history.national[:, NATIONAL_MEASURES.index("tax_base_per_inhabitant")]
    told = np.flatnonzero(np.isfinite(national[: len(national) - known.lag(TAX_BASE_LAG)]))[-1]
    return base[row] / prices[row], float(national[told] / prices[told])
