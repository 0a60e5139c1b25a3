"""Jobs against what people and the projects under way give: of each place, of its industries, of the region's.

What a place's industries have in common is told by all its jobs, which are official; how they stray from each other by
jobs by industry, which are official for mining and manufacturing from 2020 on and estimated elsewhere (raked to
official totals, so that industries stray less from each other than they did: a lower bound). The region's industries
are told by the regional accounts, 2000-2017 in thousands, and by jobs by industry from 2020 on.

Taken out: jobs and builders of the register's projects; the places whose jobs are those projects' suppliers; 2024,
when the self-employed were counted anew. A change of definition has levels of its own before and after.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.drivers import register
from calibration.drivers.tables import parameter
from calibration.process_noise.residuals import HISTORY
from calibration.process_noise.table import INDUSTRIES

Values = NDArray[np.float64]
FOLLOWS_PEOPLE = {"basic": 0.0, "construction": 1.0, "services": 0.65, "welfare": 1.0, "other": 0.4}
"""Elasticity of jobs to people in the model's equations, by industry."""
APART = ("2482", "2521")
"""Skellefteå and Pajala: their jobs of 2012-2024 are the battery factory's and the mine's, suppliers included."""
JOBS_FROM, RAMS_FROM, BAS_FROM, LAST_SAME = 1993, 2004, 2020, 2023
"""First years of the definitions that the series are linked from, and the last year before the self-employed of 2024
were counted anew."""
BASIC_POWER = 0.5
"""A place's mining and manufacturing sways with the square root of its jobs: larger places have larger plants (the log
likelihood is 0.8 above that of firms of one size, 4.3 above that of no difference by size)."""
LAST_ACCOUNTS = 2017
ACCOUNTS = {
    "basic": ("B_E",),
    "construction": ("F",),
    "services": ("G_I", "R_U"),
    "welfare": ("O_Q",),
    "other": ("A", "J", "K_N"),
}
"""Branches of the regional accounts nearest to each industry."""
COUNTIES, ROUNDING = 2, 1000.0
"""The accounts give each county in whole thousands."""
COUNTED = (0.005, 3.0)
"""Error of a count of jobs: share of it, and persons (calibration/observe/series.csv)."""
LEAST_LEFT = 0.5
"""Share of a place's construction jobs that remains when the projects' own are taken out."""


@dataclass(frozen=True)
class Panel:
    """Logarithms of observed over expected [year, place] of `years`, and the mean count of each place.

    `counting` [year, place]: variance of known errors of counting; `rough` [year]: 1 where a count errs by an unknown
    amount as well; `spell` [year]: number of the definition; `power`: how sizes of shocks fall with the count.
    """

    residual: Values
    years: Values
    count: Values
    counting: Values
    rough: Values
    spell: NDArray[np.intp]
    power: float = 1.0

    @property
    def size(self) -> Values:
        """What variances of shocks are inverse to [place]."""
        return np.asarray(self.count**self.power, dtype=np.float64)


@cache
def observed() -> pd.DataFrame:
    """Jobs by year and municipality (index) and industry, without the register's projects."""
    table = pd.read_csv(HISTORY / "jobs.csv", dtype={"municipality": str})
    wide = table.pivot(index=["year", "municipality"], columns="industry", values="jobs")[list(INDUSTRIES)]
    left = wide - project_jobs().reindex(wide.index, fill_value=0.0)
    return left.clip(lower=LEAST_LEFT * wide)


@cache
def project_jobs() -> pd.DataFrame:
    """Jobs and builders of the register's projects as statistics see them: year, municipality (index), industry."""
    table = register.read()
    under_way = register.at_starts(table).merge(table, on="project")
    progress = under_way["initial progress"]
    seen = (1 - parameter("posted share")) * parameter("hump height")
    builders = seen * under_way["peak builders"] * progress * (1 - progress)
    rows = [
        (int(year), code, "construction", part * jobs)
        for year, places, jobs in zip(under_way["start"], under_way["municipalities"], builders, strict=True)
        for code, part in register.share(str(places)).items()
    ]
    plants = register.jobs_by_municipality(table)
    both = pd.concat([plants, pd.DataFrame(rows, columns=list(plants.columns))])
    wide = both.pivot_table(index=["year", "municipality"], columns="industry", values="jobs", aggfunc="sum")
    return wide.reindex(columns=list(INDUSTRIES)).fillna(0.0)


@cache
def longer(quantity: str) -> pd.DataFrame:
    """A quantity over the long years [year, municipality]."""
    table = pd.read_csv(HISTORY / "long_series.csv", dtype={"municipality": str})
    return table.pivot(index="year", columns="municipality", values=quantity)


def mix(last: int) -> pd.DataFrame:
    """Share of each industry in a place's jobs without projects, mean of years to `last` [municipality, industry]."""
    mean = observed().loc[:last].groupby("municipality").mean()
    return mean.div(mean.sum(axis=1), axis=0)


def of_places(last: int) -> Panel:
    """All jobs of every place against its people, in the years of one definition up to `last`."""
    years = list(range(RAMS_FROM, min(LAST_SAME, last) + 1))
    jobs = longer("jobs").loc[years]
    projects = project_jobs().sum(axis=1).unstack("municipality")
    jobs = jobs - projects.reindex(index=years, columns=jobs.columns).fillna(0.0)
    follows = mix(last) @ pd.Series(FOLLOWS_PEOPLE)
    expected = longer("population").loc[years] ** follows
    return _panel(jobs, np.log((jobs / expected).to_numpy(dtype=np.float64)))


def of_basic(last: int) -> Panel:
    """Mining and manufacturing of every place relative to what all of the place's jobs do."""
    years = list(range(BAS_FROM, min(LAST_SAME, last) + 1))
    table = observed()
    jobs = table["basic"].unstack("municipality").loc[years]
    whole = table.sum(axis=1).unstack("municipality").loc[years]
    people = longer("population").loc[years]
    follows = FOLLOWS_PEOPLE["basic"] - mix(last) @ pd.Series(FOLLOWS_PEOPLE)
    relative = (jobs / whole / people**follows).to_numpy(dtype=np.float64)
    return _panel(jobs, np.log(relative), BASIC_POWER)


def _panel(jobs: pd.DataFrame, residual: Values, power: float = 1.0) -> Panel:
    share, persons = COUNTED
    count, years = jobs.mean().to_numpy(dtype=np.float64), len(jobs)
    return Panel(
        residual=residual,
        years=jobs.index.to_numpy(dtype=np.float64),
        count=count,
        counting=np.broadcast_to(share**2 + (persons / count) ** 2, residual.shape).copy(),
        rough=np.ones(years),
        spell=np.zeros(years, dtype=np.intp),
        power=power,
    )


def of_region(last: int) -> Panel:
    """All jobs of the region against its people: one 'place', the definition of 2004 beside the one before."""
    years = list(range(JOBS_FROM, min(LAST_SAME, last) + 1))
    projects = project_jobs().sum(axis=1).groupby("year").sum().reindex(years, fill_value=0.0)
    jobs = longer("jobs").loc[years].sum(axis=1) - projects
    follows = float((mix(last) @ pd.Series(FOLLOWS_PEOPLE)).mean())
    people = longer("population").loc[years].sum(axis=1)
    residual = np.log((jobs / people**follows).to_numpy(dtype=np.float64))
    counted = np.full(len(years), COUNTED[0] ** 2)
    return _of_region(jobs, residual, (jobs.index >= RAMS_FROM).astype(np.intp), counted)


def of_industry(industry: str, last: int) -> Panel:
    """An industry's jobs of the region relative to all: one 'place', regional accounts beside official counts."""
    accounts = _accounts()
    counted = observed().groupby("year").sum().loc[BAS_FROM : min(LAST_SAME, last)]
    both = pd.concat([accounts.loc[: min(LAST_ACCOUNTS, last)], counted])
    early = both.index <= LAST_ACCOUNTS
    rounding = ROUNDING**2 / 12 * COUNTIES * len(ACCOUNTS[industry])
    jobs = both[industry]
    residual = np.log((jobs / both.sum(axis=1)).to_numpy(dtype=np.float64))
    counting = np.where(early, rounding / jobs**2, COUNTED[0] ** 2)
    return _of_region(jobs, residual, (~early).astype(np.intp), counting, early.astype(float))


def _of_region(
    jobs: pd.Series, residual: Values, spell: NDArray[np.intp], counting: Values, rough: Values | None = None
) -> Panel:
    years = jobs.index.to_numpy(dtype=np.float64)
    return Panel(
        residual=residual[:, None],
        years=years,
        count=np.array([jobs.mean()]),
        counting=counting[:, None],
        rough=np.zeros(len(years)) if rough is None else rough,
        spell=spell,
    )


def _accounts() -> pd.DataFrame:
    """Jobs by year and industry in the regional accounts, projects taken out."""
    table = pd.read_csv(HISTORY / "county_year.csv")
    branch = {f"employment_regional_accounts_NACE_{b}": i for i, branches in ACCOUNTS.items() for b in branches}
    chosen = table[table["measure"].isin(branch) & (table["year"] <= LAST_ACCOUNTS)]
    wide = chosen.groupby(["year", chosen["measure"].map(branch)])["value"].sum().unstack()[list(INDUSTRIES)]
    projects = project_jobs().groupby("year").sum().reindex(wide.index, fill_value=0.0)
    return ROUNDING * wide - projects
