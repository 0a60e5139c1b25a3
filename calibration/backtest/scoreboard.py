"""Every method at every origin, and the table of their errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.backtest import figure
from calibration.backtest.history import History, read_history, read_official
from calibration.backtest.intervals import size_of, with_intervals
from calibration.backtest.known import known_at
from calibration.backtest.measures import measures
from calibration.backtest.methods import HORIZON, METHODS, OURS, Method
from calibration.backtest.places import HERE

BASELINES_TABLE = HERE / "baselines.csv"
FIRST_ORIGIN, LAST_ORIGIN = 2010, 2023
LAST_DESIGN_ORIGIN = 2016
EARLIEST = 1985
"""First origin whose errors make intervals: by then every method has the years it asks for."""
OFFICIAL_METHOD = "SCB's regional projection"
ALL, BESIDE_OFFICIAL = "all", "cases with a projection by SCB"
DESIGN, CONFIRMED = "origins 2010–2016", "origins 2017–2023"
SHOWN = (1, 3, 5, 10)


def cases_of(history: History, methods: dict[str, Method], origins: Iterable[int]) -> pd.DataFrame:
    """Every forecast with an outcome: method, origin, horizon, municipality, size, kind, forecast, outcome, miss."""
    parts, places = [], history.places
    for origin in origins:
        known = known_at(history, origin)
        horizons = np.arange(1, min(HORIZON, history.last - origin) + 1)
        same = {
            "origin": origin,
            "horizon": np.repeat(horizons, len(places.codes)),
            "municipality": np.tile(places.codes, len(horizons)),
            "size": np.tile(size_of(known.population), len(horizons)),
            "kind": np.tile([places.kind(code) for code in places.codes], len(horizons)),
            "outcome": history.population[history.at(origin) + horizons].reshape(-1),
        }
        for name, method in methods.items():
            forecast = method(known)[: len(horizons)].reshape(-1)
            parts.append(pd.DataFrame({"method": name, **same, "forecast": forecast}))
    cases = pd.concat(parts, ignore_index=True)
    return cases.assign(miss=np.log(cases["outcome"] / cases["forecast"]))


def official_cases(cases: pd.DataFrame) -> pd.DataFrame:
    """SCB's projections as cases, with the outcomes of the others' cases."""
    table = read_official()
    table = table.assign(horizon=table["year"] - table["origin"]).rename(columns={"population": "forecast"})
    keys = ["origin", "horizon", "municipality"]
    known = cases.drop_duplicates(keys)[[*keys, "size", "kind", "outcome"]]
    return table[[*keys, "forecast"]].merge(known, on=keys).assign(method=OFFICIAL_METHOD)


def scored_cases(history: History, say: Callable[[str], None]) -> pd.DataFrame:
    """All cases from the first scored origin on, with intervals where a method has a past."""
    parts = []
    for name, method in METHODS.items():
        say(f"{name}: origins {EARLIEST}–{LAST_ORIGIN}")
        cases = cases_of(history, {name: method}, range(EARLIEST, LAST_ORIGIN + 1))
        parts.append(with_intervals(cases, FIRST_ORIGIN))
    own = pd.concat(parts, ignore_index=True)
    return pd.concat([own, official_cases(own)], ignore_index=True)


def groups(cases: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """The groups that are scored apart; SCB's projections only beside the same cases of the others."""
    keys = ["origin", "horizon", "municipality"]
    official = cases[cases["method"] == OFFICIAL_METHOD]
    others = cases[cases["method"] != OFFICIAL_METHOD]
    yield ALL, others
    for column in ("size", "kind"):
        yield from ((f"{column}: {name}", table) for name, table in others.groupby(column))
    yield DESIGN, others[others["origin"] <= LAST_DESIGN_ORIGIN]
    yield CONFIRMED, others[others["origin"] > LAST_DESIGN_ORIGIN]
    yield BESIDE_OFFICIAL, cases.merge(official[keys], on=keys)


def scoreboard(cases: pd.DataFrame) -> pd.DataFrame:
    """method, horizon, group, measure, value (%), n (cases)."""
    parts = []
    for group, members in groups(cases):
        for (method, horizon), own in members.groupby(["method", "horizon"]):
            parts.append(measures(own).assign(method=str(method), horizon=int(str(horizon)), group=group))
    table = pd.concat(parts)[["method", "horizon", "group", "measure", "value", "n"]]
    order = {name: number for number, name in enumerate([*METHODS, OFFICIAL_METHOD])}
    table = table.assign(order=table["method"].map(order))
    table = table.sort_values(["group", "order", "horizon"], kind="stable").drop(columns="order")
    return table.reset_index(drop=True)


def shown(table: pd.DataFrame, group: str) -> str:
    """One group's mean absolute and signed percentage errors as text."""
    own = table[(table["group"] == group) & table["horizon"].isin(SHOWN)]
    own = own[own["measure"].isin(("mape", "malpe", "coverage_80", "crps"))]
    wide = own.pivot(index="method", columns=["measure", "horizon"], values="value").round(2)
    columns = [(m, h) for m in ("mape", "malpe", "coverage_80", "crps") for h in SHOWN if (m, h) in wide.columns]
    names = [name for name in [*METHODS, OFFICIAL_METHOD] if name in wide.index]
    return f"\n{group}\n{wide.reindex(index=names, columns=columns).to_string(na_rep='')}"


def write(say: Callable[[str], None], path: Path = BASELINES_TABLE) -> pd.DataFrame:
    """Compute, write and tell the table, and draw its figure."""
    table = scoreboard(scored_cases(read_history(), say))
    table.to_csv(path, index=False, float_format="%.4f", lineterminator="\n")
    figure.save(table)
    for group in (ALL, DESIGN, CONFIRMED, BESIDE_OFFICIAL):
        say(shown(table, group))
    say(f"\nwritten: {path.name}, {figure.PATH.name}; ours: {OURS}")
    return table
