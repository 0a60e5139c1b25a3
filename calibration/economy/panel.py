"""All series of the 29 municipalities in one place, and the tables of calibration/history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.economy import households as hh
from calibration.economy import housing as ho
from calibration.economy import industries as ind
from calibration.economy import labour as la
from calibration.economy import money, need, supply, travel
from calibration.economy.commuting import Flows, Setting, check_margins, flows, hold_out
from calibration.economy.constants import CPI_1980, PRICE_YEAR
from calibration.economy.people import Floats, aged_between, people, population_total
from calibration.economy.read import LAST_YEAR, YEARS, Shelf, places, wide, years_of
from calibration.economy.trends import county_totals

HIDDEN_YEAR = 2023  # last year with every margin known
MARGIN_TOLERANCE = 0.002  # dmnl. Tables protected by noise: the matrix may miss a total by this share.


@dataclass(frozen=True)
class Panel:
    """Everything estimated once, read by the writers of history and values.

    hidden_miss: share of Norrbotten's commuters that the commuting method puts in the wrong pair when their matrix is
    hidden (2023).
    """

    places: pd.DataFrame
    population: pd.DataFrame
    people: Floats
    labour: la.Labour
    flows: Flows
    jobs: dict[int, pd.DataFrame]
    unemployed: pd.DataFrame
    housing: ho.Housing
    household_size: pd.DataFrame
    tax_base: pd.DataFrame
    rates: dict[str, pd.DataFrame]
    need: Floats
    travel: pd.DataFrame
    hidden_miss: float

    @property
    def codes(self) -> list[str]:
        """Municipality codes in SCB order."""
        return list(self.places.index)

    @property
    def households(self) -> pd.DataFrame:
        """Households, municipality × year: population / persons per household."""
        return self.population[list(YEARS)] / self.household_size

    @property
    def force(self) -> pd.DataFrame:
        """Labour force: employed residents + registered unemployed, municipality × year."""
        return self.labour.tables["employed_residents"][list(YEARS)] + self.unemployed


def build(shelf: Shelf) -> Panel:
    """Read, check and estimate everything. Raises: DataError where the statistics do not add up."""
    where = places()
    codes = list(where.index)
    population, person = population_total(shelf, codes), people(shelf, codes)
    older = pd.Series(aged_between(person, 65, 74)[YEARS.index(la.OLDER_BREAK)], index=codes)
    work = la.labour(shelf, codes, supply.growth_2024(shelf, codes, person), older)
    known = ind.known_jobs(shelf, codes)
    by_age = need.welfare_need(person, known.county["welfare"].sum().to_numpy())
    house = ho.housing(shelf, codes)
    setting = Setting(codes, where["county"].to_numpy(dtype=str), travel.car_minutes(shelf, codes))
    moves = flows(work, setting)
    check_margins(moves, work, MARGIN_TOLERANCE)
    ground = _ground(where, population, person, (by_age, house, work))
    return Panel(
        places=where,
        population=population,
        people=person,
        labour=work,
        flows=moves,
        jobs=ind.industries(ground, known, county_totals(shelf, known)),
        unemployed=supply.unemployed(
            supply.openly_unemployed(supply.unemployed_share(shelf, codes), person), supply.rates(shelf, codes), person
        ),
        housing=house,
        household_size=hh.persons_per_household(shelf, codes),
        tax_base=money.tax_base(shelf, codes),
        rates=money.tax_rates(shelf, codes),
        need=by_age,
        travel=travel.travel(shelf, codes),
        hidden_miss=hold_out(work, setting, HIDDEN_YEAR, moves.gravity),
    )


def _ground(
    where: pd.DataFrame, population: pd.DataFrame, person: Floats, parts: tuple[Floats, ho.Housing, la.Labour]
) -> ind.Ground:
    by_age, house, work = parts
    needs = np.einsum("a,tsam->mt", by_age, person)
    smooth = pd.DataFrame({y: house.completed[[y - 2, y - 1, y]].mean(axis=1) for y in YEARS})
    codes = list(where.index)
    return ind.Ground(
        codes, where["county"], population[list(YEARS)], pd.DataFrame(needs, index=codes, columns=list(YEARS)),
        smooth, work.tables["jobs"][list(YEARS)],
    )  # fmt: skip


def components(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """Births, deaths and moves, municipality × year. Net moves are in-moves less out-moves by construction."""
    keys = ["level", "region_code", "year", "sex", "component"]
    frame = shelf.table("demography/components.csv", keys, "persons")
    frame = frame[frame["level"] == "municipality"].rename(columns={"component": "measure"})
    sexed = frame[frame["sex"].isin(["women", "men"]) & frame["measure"].isin(["births", "deaths", "net_total"])]
    both = sexed.groupby(["region_code", "year", "measure"], as_index=False)["persons"].sum()
    total = frame[(frame["sex"] == "total") & frame["measure"].isin(["in_total", "out_total_derived"])]
    every = pd.concat([both, total])
    names = {"births": "births", "deaths": "deaths", "net_total": "net_migration", "in_total": "in_migration",
             "out_total_derived": "out_migration"}  # fmt: skip
    return {new: wide(every, old, codes, "persons") for old, new in names.items()}


def year_columns(shelf: Shelf, panel: Panel) -> dict[str, pd.DataFrame]:
    """Every column of municipality_year.csv as a table of municipality × year."""
    codes, tables, house = panel.codes, panel.labour.tables, panel.housing
    n, force = len(codes), panel.force
    outside = {
        "commuters_to_outside": panel.flows.persons[:, :n, n],
        "commuters_from_outside": panel.flows.persons[:, n, :n],
    }
    official = supply.rates(shelf, codes)
    base = panel.tax_base[[y for y in YEARS if y in panel.tax_base]]
    columns = {"population": panel.population, **components(shelf, codes)}
    columns |= {k: tables[k] for k in ("jobs", "employed_residents", "in_commuters", "out_commuters", "live_and_work")}
    columns |= {k: pd.DataFrame(v.T, index=codes, columns=list(YEARS)) for k, v in outside.items()}
    columns |= {"unemployed": panel.unemployed, "unemployment_rate": panel.unemployed / force}
    columns |= {"employment_rate_20_64": employment_rate(panel, official["employment_rate_20_64"]),
                "unemployment_rate_20_64": official["unemployment_rate_20_64"] / 100.0}  # fmt: skip
    columns |= {"dwellings": house.dwellings, "dwellings_completed": house.completed, "households": panel.households}
    columns |= {"persons_per_household": panel.household_size, "house_price": house.price,
                "house_price_real": money.real(house.price), "special_housing": house.special,
                "holiday_homes": house.holiday}  # fmt: skip
    columns |= {"tax_base": base * panel.population[list(base.columns)], "tax_base_per_inhabitant": base}
    columns |= {f"tax_rate_{k}": panel.rates[k] / 100.0 for k in ("total", "municipal", "regional")}
    return columns | _others(shelf, codes)


def _others(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    frame = shelf.table("economy/housing.csv", ["municipality_code", "year", "measure"])
    income = shelf.table("economy/municipal_economy.csv", ["municipality_code", "year", "measure"])
    return {
        "public_housing_dwellings": wide(frame, "public_housing_dwellings_1sep", codes),
        "public_housing_vacancies": wide(frame, "public_housing_vacant_to_let_1sep", codes),
        "median_income": wide(income, "median_disposable_income_household", codes),
        "municipal_expenditure_per_inhabitant": wide(income, "municipal_expenditure_per_inhabitant", codes),
    }


def employment_rate(panel: Panel, official: pd.DataFrame) -> pd.DataFrame:
    """Employment rate at ages 20–64, share: official from 2020; before, employed residents per inhabitant of that
    age × the municipality's ratio of the two in 2020–2023."""
    aged = pd.DataFrame(aged_between(panel.people, 20, 64).T, index=panel.codes, columns=list(YEARS))
    crude = panel.labour.tables["employed_residents"][list(YEARS)] / aged
    link = (official[[2020, 2021, 2022, 2023]] / crude[[2020, 2021, 2022, 2023]]).mean(axis=1)
    before = crude[[y for y in YEARS if y < la.FIRST_BAS]].mul(link, axis=0)
    return pd.concat([before, official], axis=1) / 100.0


def municipality_year(columns: dict[str, pd.DataFrame], codes: list[str]) -> pd.DataFrame:
    """Rows municipality, year 2010–2024; one column each."""
    index = pd.MultiIndex.from_product([codes, YEARS], names=["municipality", "year"])
    parts = {k: v.reindex(index=codes, columns=list(YEARS)).to_numpy(dtype=float).ravel() for k, v in columns.items()}
    return pd.DataFrame(parts, index=index).reset_index()


def long_series(columns: dict[str, pd.DataFrame], codes: list[str]) -> pd.DataFrame:
    """The columns that exist before 2010: rows municipality, year 1975–2024."""
    longer = {k: v for k, v in columns.items() if min(years_of(v)) < YEARS[0]}
    years = range(1975, LAST_YEAR + 1)
    index = pd.MultiIndex.from_product([codes, years], names=["municipality", "year"])
    parts = {k: v.reindex(index=codes, columns=list(years)).to_numpy(dtype=float).ravel() for k, v in longer.items()}
    return pd.DataFrame(parts, index=index).reset_index()


def jobs_table(panel: Panel) -> pd.DataFrame:
    """Rows year, industry, municipality, jobs, quality."""
    rows = []
    for year, table in panel.jobs.items():
        for industry in ind.INDUSTRIES:
            part = pd.DataFrame({"year": year, "industry": industry, "municipality": panel.codes})
            part["jobs"] = table[industry].to_numpy()
            part["quality"] = _job_quality(industry, year)
            rows.append(part)
    return pd.concat(rows, ignore_index=True)


def _job_quality(industry: str, year: int) -> str:
    if year >= ind.FIRST_KNOWN:
        return "A" if industry == "basic" else "C"
    return "D" if industry == "other" else "C"


def commuting_table(panel: Panel) -> pd.DataFrame:
    """Rows year, municipality (home), workplace, persons, quality (A known, B linked own workers, C estimated)."""
    n = len(panel.codes)
    index = pd.MultiIndex.from_product([YEARS, panel.codes, panel.codes], names=["year", "municipality", "workplace"])
    table = pd.DataFrame({"persons": panel.flows.persons[:, :n, :n].ravel()}, index=index).reset_index()
    matrix = panel.labour.matrix
    pairs = pd.MultiIndex.from_frame(matrix[["year", "home_code", "work_code"]])
    known = pd.MultiIndex.from_frame(table[["year", "municipality", "workplace"]]).isin(pairs)
    own = table["municipality"] == table["workplace"]
    early = own & (table["year"] < la.FIRST_BAS)
    table["quality"] = np.select([known, early], ["A", "B"], "C")
    return table


def national_year(shelf: Shelf, panel: Panel) -> pd.DataFrame:
    """Sweden by year 2009–2024.

    Consumer prices (annual mean, 2024 = 1), house prices (real, 2010 = 1) and mean tax base per inhabitant by income
    year (SEK, prices of 2024).
    """
    base = money.national_tax_base(panel.tax_base, panel.population)
    years = [int(y) for y in base.index]
    columns = {
        "consumer_price_index": pd.Series({y: CPI_1980[y] / CPI_1980[PRICE_YEAR] for y in years}),
        "house_price_index": ho.national_price_index(shelf),
        "tax_base_per_inhabitant": base,
    }
    return pd.DataFrame(columns).reindex(years).rename_axis("year").reset_index()


def county_year(shelf: Shelf) -> pd.DataFrame:
    """The counties' own series as read: county, year, measure, value, unit (employment by industry, product)."""
    frame = shelf.table("long/county_series.csv", ["region_code", "year", "measure", "sex"])
    rows = frame[frame["sex"] == "total"].rename(columns={"region_code": "county"})
    rows = rows.sort_values(["county", "measure", "year"])
    return rows[["county", "year", "measure", "value", "unit"]].reset_index(drop=True)
