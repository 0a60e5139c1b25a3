"""Forecasts beside outcomes: one row per method, origin, horizon and municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from calibration.backtest.forecasts import Forecasts
from calibration.backtest.history import History, read_official
from calibration.backtest.intervals import Past, past_of, size_of, with_intervals
from calibration.backtest.known import known_at
from calibration.backtest.methods import CORE, HORIZON, METHODS, Method
from calibration.backtest.norrsim import NORRSIM, without_projects
from calibration.backtest.places import Array

FIRST_ORIGIN, LAST_ORIGIN = 2010, 2023
LAST_DESIGN_ORIGIN = 2016
EARLIEST = 1985
"""First origin whose errors make intervals: by then every method has the years it asks for."""
OFFICIAL_METHOD = "SCB's regional projection"
KEYS = ["origin", "horizon", "municipality"]


def frame(history: History, origin: int) -> pd.DataFrame:
    """Origin, horizon, municipality, size, kind, county and outcome of every case of an origin."""
    places = history.places
    horizons = np.arange(1, min(HORIZON, history.last - origin) + 1)
    people = history.population[history.at(origin)]
    return pd.DataFrame({
        "origin": origin,
        "horizon": np.repeat(horizons, len(places.codes)),
        "municipality": np.tile(places.codes, len(horizons)),
        "size": np.tile(size_of(people), len(horizons)),
        "kind": np.tile([places.kind(code) for code in places.codes], len(horizons)),
        "county": np.tile(places.counties, len(horizons)),
        "outcome": history.population[history.at(origin) + horizons].reshape(-1),
    })  # fmt: skip


def with_forecast(cases: pd.DataFrame, method: str, forecast: Array) -> pd.DataFrame:
    """Cases of an origin with a forecast [year after it, municipality], and how far the outcome was from it."""
    told = forecast.reshape(-1)[: len(cases)]
    return cases.assign(method=method, forecast=told, miss=np.log(cases["outcome"] / told))


def cases_of(history: History, methods: dict[str, Method], origins: Iterable[int]) -> pd.DataFrame:
    """Every forecast with an outcome: method, origin, horizon, municipality, groups, forecast, outcome, miss."""
    parts = []
    for origin in origins:
        known, same = known_at(history, origin), frame(history, origin)
        parts += [with_forecast(same, name, method(known)) for name, method in methods.items()]
    return pd.concat(parts, ignore_index=True)


def official_cases(cases: pd.DataFrame) -> pd.DataFrame:
    """SCB's projections as cases, with the outcomes of the others' cases."""
    table = read_official()
    table = table.assign(horizon=table["year"] - table["origin"]).rename(columns={"population": "forecast"})
    known = cases.drop_duplicates(KEYS)[[*KEYS, "size", "kind", "county", "outcome"]]
    return table[[*KEYS, "forecast"]].merge(known, on=KEYS).assign(method=OFFICIAL_METHOD)


def simulated_cases(history: History, forecasts: Forecasts, past: Past) -> pd.DataFrame:
    """The model's cases with intervals from `past`, and from what announced projects may come to."""
    parts = []
    for name in dict.fromkeys(method for method, _ in forecasts):
        own = []
        for origin in (origin for method, origin in forecasts if method == name):
            people = forecasts[name, origin]["population"][1:]
            cases = with_forecast(frame(history, origin), name, people)
            if NORRSIM[name].projects:
                without = forecasts[without_projects(name), origin]["population"][1:]
                cases["projects"] = np.log(people / without).reshape(-1)[: len(cases)]
            own.append(cases)
        parts.append(with_intervals(pd.concat(own, ignore_index=True), FIRST_ORIGIN, past))
    return pd.concat(parts, ignore_index=True)


def scored_cases(history: History, forecasts: Forecasts, say: Callable[[str], None]) -> pd.DataFrame:
    """All cases from the first scored origin on, with intervals where a method has a past."""
    say(f"simple methods: origins {EARLIEST}–{LAST_ORIGIN}")
    simple = cases_of(history, METHODS, range(EARLIEST, LAST_ORIGIN + 1))
    past = past_of(simple[simple["method"] == CORE])
    parts = [simulated_cases(history, forecasts, past)]
    parts += [with_intervals(simple[simple["method"] == name], FIRST_ORIGIN) for name in METHODS]
    own = pd.concat(parts, ignore_index=True)
    return pd.concat([own, official_cases(own)], ignore_index=True)


ORDER = (*NORRSIM, *reversed(METHODS), OFFICIAL_METHOD)
"""Methods as tables list them: the model first, then others from the best to the plainest."""
