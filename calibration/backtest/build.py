"""The backtest's own tables, from the shared data: `python -m calibration.backtest data`.

Sources: SCB population 31 December (BE0101N1, BE0101A1), births (TAB1264), deaths (TAB960), moves (Flyttningar
1968–1996, TAB1212), share 65+ and dependency ratio (TAB4642), deaths and births by age (BE0101D9, BE0101E2), regional
projections of the vintages 2020–2022 and 2024; where each was found stands in the data folder's own SOURCES.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.backtest.build_economy import build_economy
from calibration.backtest.places import (
    AGE_COLUMNS,
    BOTH,
    BY_AGE,
    COUNTRY,
    FIRST,
    LAST,
    OFFICIAL,
    SERIES,
    SERIES_COLUMNS,
)
from calibration.demography.places import AGES, SEXES
from calibration.demography.read import SHARED, ages_of
from calibration.economy.read import Shelf

NATIONAL_MEAN_LAST = 2020
"""Last year of Sweden's mean population by age; later years are means of both ends of the year."""
GROUP_WIDTH = 5


def read(name: str, folder: Path) -> pd.DataFrame:
    """A table of the shared folder, codes as text."""
    codes = ("region_code", "municipality_code", "county_code", "age", "age_of_mother", "year_or_period")
    return pd.read_csv(folder / name, dtype=dict.fromkeys(codes, str))


def events(components: pd.DataFrame, name: str) -> dict[str, pd.Series]:
    """Births or deaths by sex of each municipality and year."""
    own = components[(components["component"] == name) & components["sex"].isin(SEXES)]
    return {f"{name}_{sex}": table.set_index(["region_code", "year"])["persons"] for sex, table in own.groupby("sex")}


def net_moves(components: pd.DataFrame) -> pd.Series:
    """Net moves of each municipality and year: the sum of the sexes where published by sex, else the total."""
    own = components[components["component"] == "net_total"]
    by_sex = own[own["sex"] != "total"].groupby(["region_code", "year"])["persons"].sum()
    return by_sex.combine_first(own[own["sex"] == "total"].set_index(["region_code", "year"])["persons"])


def series(folder: Path = SHARED) -> pd.DataFrame:
    """One row per municipality and year: totals, births, deaths, net moves and what is published of age groups."""
    components = read("components.csv", folder).query("level == 'municipality'")
    people = read("population_total.csv", folder).query("level == 'municipality'")
    columns = {"population": people.set_index(["region_code", "year"])["persons"], "net_moves": net_moves(components)}
    columns |= events(components, "births") | events(components, "deaths")
    ages = read("age_structure_indicators.csv", folder)
    ages = ages.pivot(index=["municipality_code", "year"], columns="indicator", values="value")
    columns["share_65plus"] = ages["share_65plus_percent"]
    columns["persons_per_100_aged_20_64"] = ages["dependency_ratio_0_19_and_65plus_per_100_aged_20_64"]
    young = read("population_age_groups.csv", folder).query("age_group == '20-34'")
    columns["persons_20_34"] = young.set_index(["municipality_code", "year"])["persons"]
    named = (column.rename_axis(["municipality", "year"]).rename(name) for name, column in columns.items())
    table = pd.concat(list(named), axis=1).query(f"{FIRST} <= year <= {LAST}")
    return table[list(SERIES_COLUMNS)].sort_index().reset_index()


def wide(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Columns region, year, sex, age, value as one row per region, year and sex."""
    rows = table.pivot_table(index=["region", "year", "sex"], columns="age", values="value", aggfunc="sum")
    rows = rows.reindex(columns=list(AGES), fill_value=0).fillna(0).set_axis(list(AGE_COLUMNS), axis=1).reset_index()
    rows.insert(3, "measure", measure)
    return rows


def long(table: pd.DataFrame, region: str, value: str, age: str = "age", year: str = "year") -> pd.DataFrame:
    """The five columns that `wide` reads."""
    sex = table.get("sex", "women")
    parts = {"region": table[region], "year": table[year].astype(int), "sex": sex, "age": ages_of(table[age])}
    return pd.DataFrame(parts | {"value": table[value]})


def national(folder: Path) -> Iterator[pd.DataFrame]:
    """Sweden's deaths, mean population and births by mother's age."""
    flows = read("national_age_flows.csv", folder)
    older = read("mortality.csv", folder).query("level == 'country'")
    older = older.assign(region_code=COUNTRY)
    for measure, variable in (("deaths", "deaths"), ("mean_population", "population_31dec")):
        first = long(older[older["measure"] == measure], "region_code", "value", year="year_or_period")
        later = flows[(flows["variable"] == variable) & (flows["year"] >= NATIONAL_MEAN_LAST)]
        later = long(later, "region_code", "persons")
        if variable == "population_31dec":
            before = later.assign(year=later["year"] + 1)
            later = pd.concat([later, before]).groupby(["region", "year", "sex", "age"]).mean().reset_index()
        later = later[(later["year"] > NATIONAL_MEAN_LAST) & (later["year"] <= LAST)]
        yield wide(pd.concat([first, later]), measure)
    mothers = flows[flows["variable"].str.startswith("births_by_age_of_mother")].assign(sex="women")
    yield wide(long(mothers, "region_code", "persons"), "births_by_mother")
    women = flows[(flows["variable"] == "population_31dec") & (flows["sex"] == "women")]
    yield wide(long(women, "region_code", "persons"), "people")


def moves(folder: Path) -> pd.DataFrame:
    """Half the sum of moves in and out of both counties by age: five-year groups spread evenly, both sexes."""
    table = read("migration_age_county.csv", folder)
    table = table[table["component"].isin(("in_total", "out_total")) & (table["age_group"] != "unknown")]
    low = table["age_group"].str.extract(r"^(\d+)")[0].astype(int)
    parts = []
    for step in range(GROUP_WIDTH):
        age = low + step
        value = table["persons"].to_numpy(dtype=float) / 2 / np.where(low == AGES[-1], 1, GROUP_WIDTH)
        part = pd.DataFrame({"region": BOTH, "year": table["year"], "sex": "total", "age": age, "value": value})
        parts.append(part[age <= AGES[-1]])
    return wide(pd.concat(parts), "moves")


def ages(folder: Path = SHARED) -> pd.DataFrame:
    """Everything by single age but the municipalities' 2010–2019, which stand in `calibration/history`."""
    parts = [wide(long(read("county_population_age_sex.csv", folder), "county_code", "persons"), "people")]
    late = read("population_age_sex_2022_2024.csv", folder)
    parts.append(wide(long(late, "municipality_code", "persons"), "people"))
    mothers = read("fertility.csv", folder).query("level == 'county'")
    known_age = mothers["age_of_mother"].str.contains(r"\d")
    mothers = mothers[known_age & (mothers["measure"] == "live_births_by_age_of_mother")]
    parts.append(wide(long(mothers, "region_code", "value", age="age_of_mother"), "births_by_mother"))
    table = pd.concat([*parts, *national(folder), moves(folder)])
    return table.sort_values(["measure", "region", "year", "sex"]).reset_index(drop=True)


def official(folder: Path = SHARED) -> pd.DataFrame:
    """SCB's regional projections of total population, with outcomes until `LAST`: municipality, origin, year."""
    table = read("projections.csv", folder).query("level == 'municipality' and maker == 'SCB'")
    table = table[(table["variable"] == "population") & (table["target_year"] <= LAST)]
    table = table[(table["sex"] == "total") & (table["age_group"] == "total")]
    names = {"region_code": "municipality", "base_year": "origin", "target_year": "year", "value": "population"}
    table = table.rename(columns=names).astype({"origin": int, "year": int})
    return table[["municipality", "origin", "year", "population"]].sort_values(["municipality", "origin", "year"])


def build(folder: Path = SHARED) -> Iterator[str]:
    """Write the six tables and say which."""
    for path, table in ((SERIES, series(folder)), (BY_AGE, ages(folder)), (OFFICIAL, official(folder))):
        table.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")
        yield f"{path.name}: {len(table)} rows"
    yield from build_economy(Shelf(folder.parent))
