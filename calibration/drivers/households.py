"""Household formation of the two counties beyond their age and sex structure."""

from __future__ import annotations

import pandas as pd

from calibration.drivers.tables import HISTORY, VALUES, sources, write


def headship_level() -> pd.DataFrame:
    """Return observed households relative to those the 2010 headship rates would give, by model time (2010 = 1)."""
    rates = pd.read_csv(VALUES / "economy_by_sex_and_age.csv")[["sex", "age", "headship rate"]]
    people = pd.read_csv(HISTORY / "population.csv", dtype={"municipality": str}).merge(rates, on=["sex", "age"])
    expected = (people["persons"] * people["headship rate"]).groupby(people["year"]).sum()
    observed = pd.read_csv(HISTORY / "municipality_year.csv").groupby("year")["households"].sum()
    level = (observed / expected).dropna()
    return pd.DataFrame({"time": level.index + 1, "headship level": (level / level.iloc[0]).to_numpy()})


def build() -> None:
    """Write the level of household formation."""
    write(headship_level(), "headship_level.csv")
    method = "households over population times headship rate, both counties; 2010 from 2011"
    source = "SCB persons per household and population"
    sources([("headship level", "dmnl", source, method, "B", "")], "sources_households.csv")
