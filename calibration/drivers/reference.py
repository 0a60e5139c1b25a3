"""Conditions of the reference period: the rates of moving were estimated there, so the effects on them are 1 there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.drivers.tables import HISTORY, VALUES, parameter, sources, write

YEARS = range(2011, 2020)
TURNS = range(min(YEARS) - 1, max(YEARS) + 1)


def conditions() -> pd.DataFrame:
    """Return mean unemployment and vacancy rates of 2011-2019 by municipality, vacancy as the model defines it."""
    table = pd.read_csv(HISTORY / "municipality_year.csv", dtype={"municipality": str})
    table = table[table["year"].isin(YEARS)].copy()
    width = parameter("vacancy floor width")
    used = table["households"] + parameter("ordinary homes per nonregistered") * table["commuters_from_outside"]
    table["slack"] = (table["dwellings"] - used) / table["dwellings"]
    mean = table.groupby("municipality", sort=False)[["unemployment_rate", "slack"]].mean()
    vacancy = width * np.log1p(np.exp(mean["slack"] / width))
    columns = {"reference unemployment": mean["unemployment_rate"], "reference vacancy": vacancy}
    columns |= {"reference population": _people(), "reference workers": _workers()}
    return pd.DataFrame(columns).reset_index()


def _people() -> pd.Series:
    """Mean population at the turns of the years of the period by municipality."""
    table = pd.read_csv(HISTORY / "municipality_year.csv", dtype={"municipality": str})
    return table[table["year"].isin(TURNS)].groupby("municipality", sort=False)["population"].mean()


def _workers() -> pd.Series:
    """Mean registered residents of the region at work in each municipality at the same times."""
    held = pd.read_csv(VALUES / "economy_start_jobs_held.csv", dtype={"municipality": str, "workplace": str})
    total = held[held["start"].isin(TURNS)].groupby("workplace")["initial jobs held"].sum()
    return total.rename_axis("municipality") / len(TURNS)


def build() -> None:
    """Write the reference conditions."""
    write(conditions(), "reference.csv")
    source = "calibration/history/municipality_year.csv"
    left = "dwellings less households and homes of non-registered workers, mean of 2011-2019"
    rows = [
        ("reference unemployment", "dmnl", source, "mean of 2011-2019", "C", ""),
        ("reference vacancy", "dmnl", source, left, "C", ""),
        ("reference population", "persons", source, "mean of 31 December 2010-2019", "A", ""),
        (
            "reference workers",
            "persons",
            "model/values/economy_start_jobs_held.csv",
            "mean of 31 December 2010-2019",
            "C",
            "",
        ),
    ]
    sources(rows, "sources_reference.csv")
