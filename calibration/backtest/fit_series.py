"""The observed series of a fit at an origin, as they were published there.

Of the series of `calibration/observe` those that the origin knew: the same places, the same measurement errors and
floors (they belong to how statistics are made), values as first published and up to the origin. Streams of commuting
and workers registered elsewhere are left out: before 2020 they are estimated from what is fitted anyway.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from calibration.backtest.dwelling import TAX_BASE_LAG
from calibration.backtest.fit_economy import Past, prices
from calibration.backtest.fit_people import START
from calibration.backtest.places import Array
from calibration.backtest.working import unemployed
from calibration.observe import Observation, Observed
from calibration.observe.series import HERE as OBSERVE

ESTIMATED = ("commuters_from_outside", "commuting")
"""Columns that no origin knew."""


def published(past: Past) -> dict[str, Array]:
    """Series by column from the year after `START` as far as published [year, municipality]."""
    known, labour = past.span.known, past.labour
    history, rows = known.history, past.span.rows
    moved, net = history.figure("moves_in")[rows], history.net_moves[rows]
    money = prices(known)
    price = history.figure("house_price")[history.at(START) :] / money[:, None]
    base = (history.figure("tax_base_per_inhabitant") * history.population)[rows] / money[1:, None]
    return {
        "population": history.population[rows],
        "births": history.births[rows].sum(1),
        "deaths": history.deaths[rows].sum(1),
        "in_migration": moved,
        "out_migration": moved - net,
        "jobs": labour.jobs[1:],
        "employed_residents": labour.residents[1:],
        "in_commuters": labour.into[1:],
        "out_commuters": labour.out[1:],
        "unemployed": np.array([unemployed(known.earlier(year)) for year in past.span.years]),
        "dwellings": history.figure("dwellings")[rows],
        "dwellings_completed": history.figure("dwellings_completed")[rows],
        "house_price_index": price[1:] / price[0],
        "tax_base": base[: len(base) - known.lag(TAX_BASE_LAG)],
    }


def observed_at(past: Past) -> Observed:
    """The observed series of the origin. Raises ValueError for a row of the table of series that names none."""
    known = published(past)
    table = pd.read_csv(OBSERVE / "series.csv")
    rows = [row for row in table.to_dict("records") if row["column"] not in ESTIMATED]
    strange = [str(row["column"]) for row in rows if row["column"] not in known]
    if strange:
        raise ValueError(
            f"calibration/observe/series.csv: the backtest does not know '{strange[0]}' at an origin. Tell it in "
            "calibration/backtest/fit_series.py, or name it there among those that no origin knew."
        )
    return Observed(tuple(series(row, known[str(row["column"])], past) for row in rows))


def series(row: Mapping[Hashable, object], values: Array, past: Past) -> Observation:
    """One row of the table with its values [year, municipality]."""
    codes = past.span.known.history.places.codes
    years = tuple(range(START + 1, START + 1 + len(values)))
    number = {name: float(str(row[name])) for name in ("counting", "relative", "absolute", "floor")}
    begins = row["begins_known"] == "yes"
    places = (np.arange(len(codes), dtype=np.intp),)
    return Observation(str(row["variable"]), years, codes, places, values, **number, begins_known=begins)
