"""Everything that the backtest reads, as arrays by year; NaN where nothing was published."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.backtest.places import (
    ACCOUNTS,
    AGE_COLUMNS,
    BOTH,
    BY_AGE,
    COUNTIES,
    COUNTRY,
    COUNTY_JOBS,
    ECONOMY,
    ECONOMY_MEASURES,
    FIRST,
    NATIONAL,
    NATIONAL_MEASURES,
    OFFICIAL,
    SERIES,
    SERIES_COLUMNS,
    YEARS,
    Array,
)
from calibration.demography.places import ROOT, SEXES, Places, read_places

SINGLE_AGES = ROOT / "calibration" / "history" / "population.csv"


@dataclass(frozen=True)
class History:
    """Published figures, first axis the calendar year from 1968 (persons, or persons/year).

    `population`, `net_moves`, `share_65plus` (%), `dependency` (persons per 100 aged 20–64) and `persons_20_34` [year,
    municipality]; `births` and `deaths` [year, sex, municipality]; `single_ages` [year, sex, age, municipality];
    `county_ages` [year, sex, age, county]; `county_mothers` [year, age]: births in both counties by mother's age;
    `national_deaths` and `national_people` (mean population) [year, sex, age]; `national_mothers` and `national_women`
    [year, age]; `moves` [year, age]: moves in or out of a county, mean of both directions.
    `economy` [year, measure, municipality]: the measures of `ECONOMY_MEASURES`; `accounts` [year, industry, county]:
    employed by the regional accounts (thousands); `national` [year, measure].
    """

    places: Places
    population: Array
    births: Array
    deaths: Array
    net_moves: Array
    share_65plus: Array
    dependency: Array
    persons_20_34: Array
    single_ages: Array
    county_ages: Array
    county_mothers: Array
    national_deaths: Array
    national_people: Array
    national_mothers: Array
    national_women: Array
    moves: Array
    economy: Array
    accounts: Array
    national: Array

    @property
    def last(self) -> int:
        """The last calendar year told of."""
        return FIRST + len(self.population) - 1

    def until(self, year: int) -> History:
        """The same figures as of 31 December `year`: what belongs to later years is not there."""
        # Copies lie in memory in one way whatever the year, so that sums come out the same to the last bit.
        names = (field.name for field in fields(self) if field.name != "places")
        return replace(self, **{name: getattr(self, name)[: year - FIRST + 1].copy() for name in names})

    def figure(self, measure: str) -> Array:
        """One economic measure [year, municipality]."""
        return np.asarray(self.economy[:, ECONOMY_MEASURES.index(measure)], dtype=float)

    def at(self, year: int) -> int:
        """Position of a calendar year on the first axis."""
        return year - FIRST


def by_year(table: pd.DataFrame) -> Array:
    """Rows with a year as an array [year, …], NaN for years without a row."""
    return table.set_index("year").reindex(list(YEARS)).to_numpy(dtype=float)


@dataclass(frozen=True)
class AgeTable:
    """Reader of `ages.csv`."""

    table: pd.DataFrame

    def rows(self, measure: str, region: str, sex: str) -> Array:
        """One measure of a region and sex [year, age]."""
        own = self.table.query("measure == @measure and region == @region and sex == @sex")
        return by_year(own[["year", *AGE_COLUMNS]])

    def sexes(self, measure: str, region: str) -> Array:
        """Both sexes [year, sex, age]."""
        return np.stack([self.rows(measure, region, sex) for sex in SEXES], axis=1)


def single_ages(ages: AgeTable, places: Places) -> Array:
    """Published single ages of each municipality: 2010–2019 of all, later years of those that have them."""
    table = pd.read_csv(SINGLE_AGES, dtype={"municipality": str})
    table = table[
        (table["quality"] == "A") & (table["year"] < min(ages.table.query("region in @places.codes")["year"]))
    ]
    wide = table.pivot(index=["year", "sex", "age"], columns="municipality", values="persons")
    wide = wide[list(places.codes)]
    result = np.stack([ages.sexes("people", code) for code in places.codes], axis=-1)
    for year in sorted(table["year"].unique()):
        both = [wide.loc[(year, sex)].to_numpy(dtype=float) for sex in SEXES]
        result[year - FIRST] = np.stack(both)
    return result


def read_economy(places: Places) -> tuple[Array, Array, Array]:
    """The economic figures: by municipality, by county, Sweden's."""
    table = pd.read_csv(ECONOMY, dtype={"municipality": str})
    wide = [table.pivot(index="year", columns="municipality", values=name) for name in ECONOMY_MEASURES]
    own = np.stack([w.reindex(index=list(YEARS), columns=list(places.codes)).to_numpy(dtype=float) for w in wide], 1)
    jobs = pd.read_csv(COUNTY_JOBS, dtype={"county": str})
    counties = [by_year(jobs[jobs["county"] == county][["year", *ACCOUNTS]]) for county in COUNTIES]
    return own, np.stack(counties, axis=-1), by_year(pd.read_csv(NATIONAL)[["year", *NATIONAL_MEASURES]])


def read_history(series: Path = SERIES, by_age: Path = BY_AGE) -> History:
    """Read the committed tables."""
    places = read_places()
    table = pd.read_csv(series, dtype={"municipality": str})
    columns = {name: table.pivot(index="year", columns="municipality", values=name) for name in SERIES_COLUMNS}
    value = {name: wide[list(places.codes)].to_numpy(dtype=float) for name, wide in columns.items()}
    ages = AgeTable(pd.read_csv(by_age, dtype={"region": str}))
    economy, accounts, national = read_economy(places)
    mothers = [ages.rows("births_by_mother", county, "women") for county in COUNTIES]
    found = History(
        places=places,
        population=value["population"],
        births=np.stack([value[f"births_{sex}"] for sex in SEXES], axis=1),
        deaths=np.stack([value[f"deaths_{sex}"] for sex in SEXES], axis=1),
        net_moves=value["net_moves"],
        share_65plus=value["share_65plus"],
        dependency=value["persons_per_100_aged_20_64"],
        persons_20_34=value["persons_20_34"],
        single_ages=single_ages(ages, places),
        county_ages=np.stack([ages.sexes("people", county) for county in COUNTIES], axis=-1),
        county_mothers=np.asarray(sum(mothers), dtype=float),
        national_deaths=ages.sexes("deaths", COUNTRY),
        national_people=ages.sexes("mean_population", COUNTRY),
        national_mothers=ages.rows("births_by_mother", COUNTRY, "women"),
        national_women=ages.rows("people", COUNTRY, "women"),
        moves=ages.rows("moves", BOTH, "total"),
        economy=economy,
        accounts=accounts,
        national=national,
    )
    return found.until(found.last)


def read_official(path: Path = OFFICIAL) -> pd.DataFrame:
    """SCB's projections: municipality, origin, year, population (persons)."""
    return pd.read_csv(path, dtype={"municipality": str})
