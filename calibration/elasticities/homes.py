"""Completed homes and prices: how building answers to prices and crowding, and prices to people and crowding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from calibration.elasticities.methods import instrumented, poisson
from calibration.elasticities.rows import Coefficient, Frame, Meaning, told
from calibration.regressions.panel import Panel, earlier, sum_over

Values = NDArray[np.float64]
SMOOTH = 3
"""Years over which the mean price of few sales is averaged."""
SOON, LATE = (1, 2), (6, 7)
"""Years from price to completion: a start at once and 1.5 years of building; a plan first (4.8 years more)."""
CROWDED = 6
READY = 0.4
"""The model's 'usual readiness': the log-odds response times 1 - READY is an elasticity of starts."""
VACANT = 0.08
"""Dwellings less households per dwelling, mean of the 29 municipalities 2011-2024 (SCB)."""
CROWDING_PER_SCARCITY = VACANT / (1 - VACANT)
"""One per cent more people per home takes (1 - VACANT) / VACANT per cent of the vacancy."""


def smooth_price(panel: Panel) -> Values:
    """Logarithm of the mean price of three years."""
    return np.asarray(np.log(sum_over(panel.level("house_price_real"), SMOOTH) / SMOOTH), dtype=np.float64)


def crowding(panel: Panel) -> Values:
    """Logarithm of people per dwelling."""
    return np.asarray(np.log(panel.level("population") / panel.level("dwellings")), dtype=np.float64)


def lags(values: Values, years: tuple[int, ...]) -> Values:
    """Mean of earlier years."""
    return np.asarray(sum(earlier(values, lag) for lag in years) / len(years), dtype=np.float64)


def completions(panel: Panel, regressors: dict[str, Values], name: str, method: str) -> Coefficient:
    """Coefficient of completions per dwelling on a regressor, Poisson."""
    exposure = panel.before("dwellings")
    frame = Frame(panel, np.where(np.isnan(exposure), np.nan, panel.level("dwellings_completed")), regressors)
    return frame.coefficient(name, poisson(frame.sample(), exposure[frame.known]), method)


def building(panel: Panel) -> Iterator[dict[str, object]]:
    """Responses of starts and of plans to prices and to scarcity."""
    price, crowd = smooth_price(panel), crowding(panel)
    soon, late = lags(price, SOON), lags(price, LATE)
    method = "Poisson, completions per dwelling on the logarithm of the real price (mean of three years)"
    first = completions(panel, {"price": soon}, "price", f"{method} 1-2 years before")
    yield first.row(
        Meaning("start response to price", "dmnl", 1 / (1 - READY), 1.0, "C",
                "Elasticity of starts = response × (1 - readiness 0.4); starts become homes after 1.5 years. Noise in "
                "the mean price of few sales draws it towards 0, demand behind both price and building away from it.")
    )  # fmt: skip
    both = {"lasting": late, "soon": soon - late}
    lasting = completions(panel, both, "lasting", f"{method} that lasts: 1-2 and 6-7 years before together")
    early_part = completions(panel, both, "soon", method)
    yield lasting.row(
        Meaning("planning response to price", "dmnl", 1.0, 0.7, "C",
                "In the long run starts follow plans, so both lags together are the elasticity of plans. Of them "
                f"the price of 1-2 years before gives {told(early_part)}: plans hardly follow prices years later.")
    )  # fmt: skip
    scarce = {"crowding": lags(crowd, SOON), "price": soon}
    early = completions(panel, scarce, "crowding", "Poisson, completions per dwelling on people per dwelling 1-2 years "
                        "before (logarithm), price held")  # fmt: skip
    yield early.row(
        Meaning("start response to scarcity", "dmnl", CROWDING_PER_SCARCITY / (1 - READY), 0.5, "C",
                "Scarcity is the logarithm of vacancy; one per cent more people per home takes 11.5 per cent of a "
                "vacancy of 8 per cent. Of smaller households only what all places share is in it.")
    )  # fmt: skip
    plans = {"late": earlier(crowd, CROWDED), "soon": lags(crowd, SOON)}
    slow = completions(panel, plans, "late", "Poisson, completions per dwelling on people per dwelling 6 years before, "
                       "that of 1-2 years before held")  # fmt: skip
    yield slow.row(
        Meaning("planning response to scarcity", "dmnl", CROWDING_PER_SCARCITY, 0.6, "C",
                f"With both lags the early one vanishes: crowding shows in completions after about six years. On the "
                f"logarithm of people per dwelling {told(slow)}.")
    )  # fmt: skip


def prices(panel: Panel) -> Iterator[dict[str, object]]:
    """Responses of prices to people and to scarcity, and how fast they follow."""
    price = np.asarray(np.log(panel.level("house_price_real")), dtype=np.float64)
    people = np.asarray(np.log(panel.level("population")), dtype=np.float64)
    income = np.asarray(np.log(panel.level("tax_base")), dtype=np.float64)
    weights = panel.before("population")
    level = {"crowding": crowding(panel), "people": people, "income": income}
    method = "logarithm of the real price on people per dwelling, population and tax base per inhabitant"
    plain, weighted = Frame(panel, price, level), Frame(panel, price, level, weights)
    other = plain.least_squares("people", method)
    by_people = weighted.least_squares("people", f"{method}, weighted by people")
    yield by_people.row(
        Meaning("price response to people", "dmnl", 1.0, 0.35, "C",
                f"Without weights {told(other)}. People also come where prices rise for other reasons.")
    )  # fmt: skip
    crowd = weighted.least_squares("crowding", f"{method}, weighted by people")
    yield crowd.row(
        Meaning("price response to scarcity", "dmnl", CROWDING_PER_SCARCITY, 0.1, "C",
                "Slope at the base year, where the model's saturating form is steepest; without weights "
                f"{told(plain.least_squares('crowding', method))} on people per dwelling: small places say nothing.")
    )  # fmt: skip
    yield adjustment(panel, price, level)


def adjustment(panel: Panel, price: Values, level: dict[str, Values]) -> dict[str, object]:
    """Time in which prices follow, from how much of last year's gap a year closes."""
    last = {"price": earlier(price, 1)} | {name: earlier(values, 1) for name, values in level.items()}
    frame = Frame(panel, price - earlier(price, 1), last, panel.before("population"))
    method = "growth of the price on last year's, people per dwelling, population and tax base, weighted by people"
    found = frame.least_squares("price", method)
    before = Frame(panel, frame.outcome, last | {"instrument": earlier(price, 2)}, frame.weights)
    kept = before.sample()
    size = len(last)
    noise_free = instrumented(replace(kept, regressors=kept.regressors[:, :size]), kept.regressors[:, size])
    time = -1 / float(np.log1p(found.value))
    slope = time**2 / (1 + found.value)
    share = Coefficient(time, slope * found.error, found.years, found.n, found.method)
    comment = (
        f"Time = -1/ln(1 - closed), of last year's gap {-found.value:.2f} ± {found.error:.2f} closed in a year. Noise "
        f"in the price makes it look fast: through the price of two years before {-noise_free.coefficient[0]:.2f} ± "
        f"{noise_free.error[0]:.2f}, that is hardly any return. Read it as a lower bound."
    )
    return share.row(Meaning("price adjustment time", "year", 1.0, 1.0, "C", comment))
