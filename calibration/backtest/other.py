"""How well the model forecasts what it gives beside population: `other_outcomes.csv`.

Stocks are compared as changes from the origin: a forecast is the figure of the origin (as known now, for every method
alike, since definitions have changed) times the forecast change. Flows are compared as they are. The trend is the mean
change in per cent of up to ten years before the origin, as the series stood linked today.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from calibration.backtest.forecasts import Forecasts
from calibration.backtest.norrsim import NO_PROJECTS, OUTCOMES
from calibration.backtest.places import HERE, Array
from calibration.demography.places import ROOT, read_places

OTHER_OUTCOMES = HERE / "other_outcomes.csv"
HISTORY = ROOT / "calibration" / "history"
FLOWS = ("births", "deaths", "in_migration", "out_migration")
METHODS = ("norrsim", NO_PROJECTS)
NO_CHANGE, TREND = "no change", "exponential, last 10 years"
ORDER = (*METHODS, TREND, NO_CHANGE)
MEMORY = 10
FLOW_YEARS = 3
"""Years whose mean is what "no change" says of a flow."""
COLUMNS = ["method", "horizon", "outcome", "measure", "value", "n"]


def observed() -> dict[str, pd.DataFrame]:
    """Official series of every outcome but population: year × municipality, all municipalities."""
    types = {"municipality": str}
    yearly = pd.read_csv(HISTORY / "municipality_year.csv", dtype=types)
    longer = pd.read_csv(HISTORY / "long_series.csv", dtype=types)
    prices = (yearly["house_price_real"] / yearly["house_price"]).groupby(yearly["year"]).mean()
    codes = list(read_places().codes)
    found = {}
    for name in OUTCOMES:
        table = longer if name in longer and name != "tax_base" else yearly
        found[name] = table.pivot(index="year", columns="municipality", values=name)[codes]
    found["tax_base"] = found["tax_base"].mul(prices, axis=0)
    return {name: table for name, table in found.items() if name != "population"}


def naive(table: pd.DataFrame, name: str, origin: int, years: int) -> dict[str, Array]:
    """No change and trend of one outcome [year after the origin, municipality]."""
    known = table.loc[:origin].dropna(how="all").tail(MEMORY + 1)
    now = known.iloc[-FLOW_YEARS if name in FLOWS else -1 :].mean().to_numpy()
    ahead = np.arange(1, years + 1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        growth = (known.iloc[-1] / known.iloc[0]).to_numpy() ** (1 / max(len(known) - 1, 1))
    if name in FLOWS:
        growth = np.ones_like(now)
    found = {NO_CHANGE: np.repeat(now[None], years, axis=0)}
    return found if name in FLOWS else found | {TREND: now * growth**ahead}


def told(name: str, run: Array, table: pd.DataFrame, origin: int) -> Array:
    """A run's forecast of an outcome [year after the origin, municipality]."""
    if name in FLOWS:
        return run[1:]
    return np.asarray(table.loc[origin].to_numpy() * run[1:] / run[0], dtype=float)


def cases(forecasts: Forecasts) -> Iterator[pd.DataFrame]:
    """Forecast and outcome of every method, outcome, origin, horizon and municipality."""
    series = observed()
    for origin in sorted({origin for _, origin in forecasts}):
        for name, table in series.items():
            years = range(origin + 1, min(origin + MEMORY, int(table.dropna().index.max())) + 1)
            if not len(years) or origin not in table.index or table.loc[origin].isna().any():
                continue
            methods = naive(table, name, origin, len(years))
            for method in METHODS:
                methods[method] = told(name, forecasts[method, origin][name], table, origin)[: len(years)]
            outcome = table.reindex(list(years)).to_numpy()
            for method, forecast in methods.items():
                yield pd.DataFrame({
                    "method": method, "outcome_name": name, "origin": origin,
                    "horizon": np.repeat(np.arange(1, len(years) + 1), outcome.shape[1]),
                    "forecast": forecast.reshape(-1), "outcome": outcome.reshape(-1),
                })  # fmt: skip


def other_outcomes(forecasts: Forecasts) -> pd.DataFrame:
    """method, horizon, outcome, measure (all in %), value, n.

    `weighted`: sum of absolute errors over sum of outcomes, which small places do not blow up; `signed`: sum of errors
    over sum of outcomes; `medape`: median absolute.
    """
    table = pd.concat(list(cases(forecasts)), ignore_index=True).dropna()
    rows = []
    for (name, method, horizon), own in table.groupby(["outcome_name", "method", "horizon"]):
        error, total = own["forecast"] - own["outcome"], own["outcome"].sum()
        share = (error.abs() / own["outcome"].where(own["outcome"] > 0)).median()
        values = {"weighted": error.abs().sum() / total, "medape": share, "signed": error.sum() / total}
        rows += [(method, horizon, name, measure, 100 * value, len(own)) for measure, value in values.items()]
    found = pd.DataFrame(rows, columns=COLUMNS)
    order = found["method"].map({name: number for number, name in enumerate(ORDER)})
    found = found.assign(order=order).sort_values(["outcome", "order", "horizon"], kind="stable")
    return found.drop(columns="order").reset_index(drop=True)
