"""Every method at every origin, and the table of their errors: `calibration/scoreboard.csv`."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from calibration.backtest.cases import KEYS, LAST_DESIGN_ORIGIN, OFFICIAL_METHOD, ORDER
from calibration.backtest.measures import measures

ALL, BESIDE_OFFICIAL = "all", "cases with a projection by SCB"
DESIGN, CONFIRMED = "origins 2010–2016", "origins 2017–2023"
MINING = ("2584", "2523", "2521", "2418")
"""Kiruna, Gällivare, Pajala, Malå: a mine is or was the largest employer."""
COUNTY_NAMES = {"24": "Västerbotten", "25": "Norrbotten"}
SHOWN = (1, 3, 5, 10)
COLUMNS = ["method", "horizon", "group", "measure", "value", "n"]


def groups(cases: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """The groups that are scored apart; SCB's projections only beside the same cases of the others."""
    official = cases[cases["method"] == OFFICIAL_METHOD]
    others = cases[cases["method"] != OFFICIAL_METHOD]
    yield ALL, others
    for column in ("size", "kind"):
        yield from ((f"{column}: {name}", table) for name, table in others.groupby(column))
    yield "kind: mining", others[others["municipality"].isin(MINING)]
    yield from ((f"county: {COUNTY_NAMES[str(code)]}", table) for code, table in others.groupby("county"))
    yield DESIGN, others[others["origin"] <= LAST_DESIGN_ORIGIN]
    yield CONFIRMED, others[others["origin"] > LAST_DESIGN_ORIGIN]
    yield BESIDE_OFFICIAL, cases.merge(official[KEYS], on=KEYS)


def scoreboard(cases: pd.DataFrame) -> pd.DataFrame:
    """method, horizon, group, measure, value (%), n (cases)."""
    parts = []
    for group, members in groups(cases):
        for (method, horizon), own in members.groupby(["method", "horizon"]):
            parts.append(measures(own).assign(method=str(method), horizon=int(str(horizon)), group=group))
    table = pd.concat(parts)[COLUMNS]
    order = {name: number for number, name in enumerate(ORDER)}
    table = table.assign(order=table["method"].map(order))
    table = table.sort_values(["group", "order", "horizon"], kind="stable").drop(columns="order")
    return table.reset_index(drop=True)


def shown(table: pd.DataFrame, group: str) -> str:
    """One group's errors and coverage as text."""
    kinds = ("mape", "malpe", "coverage_80", "crps")
    own = table[(table["group"] == group) & table["horizon"].isin(SHOWN) & table["measure"].isin(kinds)]
    wide = own.pivot(index="method", columns=["measure", "horizon"], values="value").round(2)
    columns = [(m, h) for m in kinds for h in SHOWN if (m, h) in wide.columns]
    names = [name for name in ORDER if name in wide.index]
    return f"\n{group}\n{wide.reindex(index=names, columns=columns).to_string(na_rep='')}"
