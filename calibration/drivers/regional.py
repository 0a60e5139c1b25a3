"""What the region's jobs did beyond what the model's own equations give: business cycles, standards, habits.

Common to all municipalities, known of the past only; afterwards it holds its last value. What an equation explains is
computed from the same observed quantities that it uses, at the model's own parameter values.
"""

from __future__ import annotations

import itertools
import math

import pandas as pd

from calibration.drivers import register
from calibration.drivers.tables import AGES, HISTORY, STARTS, VALUES, growth, parameter, sources, write

INDUSTRIES = ("basic", "construction", "services", "welfare", "other")
ADULT = 20


def _people() -> pd.DataFrame:
    """Population of the region by year (index) and age."""
    table = pd.read_csv(HISTORY / "population.csv", dtype={"municipality": str})
    return table.pivot_table(index="year", columns="age", values="persons", aggfunc="sum")[list(AGES)].loc[list(STARTS)]


def _need(people: pd.DataFrame) -> pd.Series:
    weights = pd.read_csv(VALUES / "economy_by_age.csv").set_index("age")["welfare need weight"]
    return people @ weights.loc[list(AGES)]


def _spending(people: pd.DataFrame, employed: pd.Series) -> pd.Series:
    """Local demand for services: purchasing power to its elasticity, taxes as at the start."""
    idle = people[[age for age in AGES if age >= ADULT]].sum(axis=1) - employed
    power = parameter("earned income per worker") * employed + parameter("other income per adult") * idle
    return power ** parameter("purchasing power elasticity")


def _building(totals: pd.DataFrame) -> pd.Series:
    """Construction jobs that homes and projects give as statistics see them."""
    table = register.read()
    under_way = register.at_starts(table).merge(table[["project", "peak builders"]], on="project")
    progress = under_way["initial progress"]
    under_way["builders"] = under_way["peak builders"] * parameter("hump height") * progress * (1 - progress)
    builders = under_way.groupby("start")["builders"].sum().reindex(totals.index, fill_value=0.0)
    homes = totals["dwellings_completed"].rolling(2, min_periods=1).mean() * parameter("builders per dwelling")
    return homes + (1 - parameter("posted share")) * builders


def _followed(wanted: pd.Series, industry: str) -> pd.Series:
    """What employers follow with their staffing plan time: a first-order lag of yearly values, linear in between."""
    time = parameter("staffing plan time", INDUSTRIES.index(industry))
    kept, path = math.exp(-1 / time), wanted.to_numpy()
    followed = [path[0]]
    for before, now in itertools.pairwise(path):
        behind = (now - before) * time
        followed.append(now - behind + (followed[-1] - before + behind) * kept)
    return pd.Series(followed, index=wanted.index)


def observed_level() -> pd.DataFrame:
    """Return time (31 December as model time), industry, observed level (2010 = 1)."""
    jobs = pd.read_csv(HISTORY / "jobs.csv").groupby(["year", "industry"])["jobs"].sum().unstack().loc[list(STARTS)]
    totals = pd.read_csv(HISTORY / "municipality_year.csv").groupby("year").sum(numeric_only=True).loc[list(STARTS)]
    people = _people()
    level = pd.DataFrame(1.0, index=list(STARTS), columns=list(INDUSTRIES))
    level["services"] = jobs["services"] / _followed(_spending(people, totals["employed_residents"]), "services")
    level["welfare"] = jobs["welfare"] / _followed(_need(people), "welfare")
    level["construction"] = (jobs["construction"] - _building(totals)) / totals["population"]
    level = level / level.iloc[0]
    level.index = level.index + 1
    return level.rename_axis("time").reset_index().melt("time", var_name="industry", value_name="observed level")


def outside_work() -> pd.DataFrame:
    """Return time, residents at work outside the region per resident in the labour force (2010 = 1)."""
    totals = pd.read_csv(HISTORY / "municipality_year.csv").groupby("year").sum(numeric_only=True).loc[list(STARTS)]
    share = totals["commuters_to_outside"] / (totals["employed_residents"] + totals["unemployed"])
    return pd.DataFrame({"time": share.index + 1, "outside work level": (share / share.iloc[0]).to_numpy()})


def build() -> None:
    """Write both series."""
    level = observed_level()
    write(level, "regional_jobs.csv")
    write(growth(level, "observed level"), "regional_jobs_growth.csv")
    write(outside_work(), "outside_work.csv")
    source = "calibration/history/jobs.csv, municipality_year.csv, population.csv"
    method = "jobs over purchasing power to its elasticity (services), need by age (welfare), people (upkeep)"
    outside = "residents at work outside the 29 over the labour force"
    rows = [
        ("observed level", "dmnl", source, method, "C", "jobs by industry before 2020 are raked; taxes as in 2010"),
        ("observed level growth", "1/year", source, "change of the level in the year over its mean", "C", ""),
        ("outside work level", "dmnl", source, outside, "C", "commuters over the region's border are estimated"),
    ]
    sources(rows, "sources_regional.csv")
