"""Jobs without the register's projects, homes that the mines take, and grid."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.drivers import register
from calibration.drivers.tables import HISTORY, STARTS, VALUES, growth, municipalities, parameter, sources, write

KIRUNA, GALLIVARE = "2584", "2523"
# Homes that the mines take, dwellings a year by calendar year (project register: Kiruna 730 in 2012-2022, at least
# 3 000 by 2035 in phase 1, 2 700 more in phase 2 announced 2025, spread to 2040; Malmberget about 1 900 from 2012 to
# 2032). Yearly spread judged.
KIRUNA_LOSS = {range(2012, 2018): 25.0, range(2018, 2023): 116.0, range(2023, 2036): 174.6, range(2036, 2041): 540.0}
GALLIVARE_LOSS = {range(2012, 2033): 90.5}
SERIES_END = 2051
# Free power for new industry and its growth, MW: judged so that what the register states fits, with its delays.
GRID_START = {"24": 600.0, "25": 1300.0}
GRID_ORDERED = {"24": {2018: 0.0, 2019: 40.0}, "25": {2018: 0.0, 2019: 120.0}}
STEP = 0.25


def baseline_jobs() -> pd.DataFrame:
    """Return observed jobs less the register's operating jobs, at 31 December as model time."""
    observed = pd.read_csv(HISTORY / "jobs.csv", dtype={"municipality": str})
    projects = register.jobs_by_municipality(register.read())
    keys = ["year", "municipality", "industry"]
    merged = observed.merge(projects, on=keys, how="left", suffixes=("", " of projects"))
    merged["baseline jobs"] = merged["jobs"] - merged["jobs of projects"].fillna(0.0)
    short = merged[merged["baseline jobs"] < 0]
    if len(short):
        print("baseline below zero, set to zero:")
        print(short[["year", "municipality", "jobs", "baseline jobs"]].to_string())
    merged["baseline jobs"] = merged["baseline jobs"].clip(lower=0)
    merged["time"] = merged["year"] + 1
    order = merged.sort_values(["time", "industry", "municipality"])
    return order[["time", "industry", "municipality", "baseline jobs"]]


def losses(code: str, year: float) -> float:
    """Return the dwellings a year that the mine takes in a municipality."""
    spans = {KIRUNA: KIRUNA_LOSS, GALLIVARE: GALLIVARE_LOSS}.get(code, {})
    return next((rate for years, rate in spans.items() if int(year) in years), 0.0)


def relocation() -> pd.DataFrame:
    """Return loss and rebuilding of homes by time (half years) and municipality."""
    codes = municipalities()
    lead = parameter("building time")  # the new home stands when the old one goes
    times = np.arange(2011.0, SERIES_END + 0.25, 0.5)
    rows = [(t, m, losses(m, t), losses(m, t + lead)) for t in times for m in codes]
    return pd.DataFrame(rows, columns=["time", "municipality", "relocation loss", "relocation rebuilding"])


def counted_anew() -> pd.DataFrame:
    """Return the growth of the stock by calendar year that homes built, usual loss and mines do not explain."""
    table = pd.read_csv(HISTORY / "municipality_year.csv", dtype={"municipality": str})
    wide = table.pivot(index="year", columns="municipality", values=["dwellings", "dwellings_completed"])
    stock, built = wide["dwellings"].loc[list(STARTS)], wide["dwellings_completed"].loc[list(STARTS)[1:]]
    start = pd.read_csv(VALUES / "economy_start_municipality.csv", dtype={"municipality": str})
    usual = start[start["start"] == min(STARTS)].set_index("municipality")["normal net loss of dwellings"]
    mines = pd.DataFrame({code: [losses(code, year) for year in built.index] for code in stock}, index=built.index)
    usual_loss = usual * stock.shift().loc[built.index] / stock.iloc[0]
    left: pd.DataFrame = stock.diff().loc[built.index] - built + usual_loss + mines
    left.loc[max(STARTS) + 1] = 0.0
    return left.rename_axis("time").reset_index().melt("time", value_name="dwellings counted anew")


def ordered(county: str, time: float) -> float:
    """Return MW a year ordered at a time."""
    return max((v for y, v in sorted(GRID_ORDERED[county].items()) if y <= time), default=0.0)


def grid_starts() -> pd.DataFrame:
    """Return free and ordered grid capacity by start year and county, from the model's own two stocks."""
    rows = []
    building_time = parameter("grid building time")
    for county, capacity in GRID_START.items():
        building = 0.0
        for time in np.arange(min(STARTS) + 1.0, max(STARTS) + 1.25, STEP):
            if time == int(time):
                rows.append((int(time) - 1, county, capacity, building))
            done = building / building_time
            capacity, building = capacity + STEP * done, building + STEP * (ordered(county, time) - done)
    return pd.DataFrame(rows, columns=["start", "county", "initial grid capacity", "initial grid under construction"])


def build() -> None:
    """Write baseline jobs, relocation and grid."""
    jobs = baseline_jobs()
    write(jobs, "baseline_jobs.csv")
    write(growth(jobs, "baseline jobs"), "baseline_jobs_growth.csv")
    write(relocation(), "relocation.csv")
    write(counted_anew(), "dwellings_counted_anew.csv")
    write(grid_starts(), "grid_start.csv")
    series = [(t, c, ordered(c, t)) for t in (2011.0, 2018.75, 2019.0, float(SERIES_END)) for c in GRID_START]
    write(pd.DataFrame(series, columns=["time", "county", "grid ordered"]), "grid_series.csv")
    mines = "project register: Kiruna and Malmberget city transformations"
    fitted = "sized to the register's stated dates"
    observed = "calibration/history/jobs.csv, scenarios/projects.csv"
    rows = [
        ("baseline jobs", "jobs", observed, "observed less the register's jobs", "C", ""),
        ("baseline jobs growth", "1/year", observed, "change of the jobs in the year over their mean", "C", ""),
        (
            "dwellings counted anew",
            "dwellings/year",
            "calibration/history/municipality_year.csv",
            "change of the stock less homes built, plus the usual loss and the mines' by the register",
            "C",
            "",
        ),
        ("relocation loss", "dwellings/year", mines, "totals stated, years judged", "C", ""),
        ("relocation rebuilding", "dwellings/year", mines, "begun one and a half years before the loss", "C", ""),
        ("initial grid capacity", "MW", "judgement", fitted, "D", "no public series read"),
        ("initial grid under construction", "MW", "judgement", "follows from orders and building time", "D", ""),
        ("grid ordered", "MW/year", "judgement", fitted, "D", ""),
    ]
    sources(rows, "sources_baseline.csv")
