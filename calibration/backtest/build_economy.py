"""The backtest's economic tables, as first published: `economy.csv`, `county_jobs.csv`, `national.csv`.

Unlike the tables of `calibration/history`, the series before and after a change of definition are kept apart (RAMS to
2021, BAS from 2020), since the factor that links them was not known before. Sources: SCB RAMS and BAS, dwelling stock,
completions, house prices, persons per household, tax base and tax rates, regional accounts, Sweden's price index of
small houses and immigration; Arbetsförmedlingen's openly unemployed. Each was found where the shared data's own
SOURCES say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from calibration.backtest.places import (
    ACCOUNTS,
    COUNTIES,
    COUNTRY,
    COUNTY_JOBS,
    ECONOMY,
    ECONOMY_MEASURES,
    LAST,
    NATIONAL,
    NATIONAL_MEASURES,
)
from calibration.economy import labour, money
from calibration.economy.constants import CPI_1980, NATIONAL_TAX_BASE
from calibration.economy.housing import housing
from calibration.economy.read import Shelf, places, total_sex, wide

ROOT_OF_DEMOGRAPHY = "demography"
PER_CENT = 100.0


def work(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """Jobs and commuters of both definitions, municipality by year (persons)."""
    old, new = labour.rams(shelf, codes), labour.bas(shelf, codes)
    panel = shelf.table("economy/panel_jobs.csv", ["municipality_code", "year", "measure"])
    found = {f"{part}_rams": old[part] for part in labour.PARTS}
    found |= {"live_and_work_bas": new["live_and_work"], "out_commuters_bas": new["out_commuters"]}
    return found | {"jobs_bas": new["jobs"], "basic_jobs_bas": wide(panel, "sysselsatta_industri_bc", codes)}


def homes(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """Dwellings, completions (without jumps of worker lodging), prices, persons per household."""
    found = housing(shelf, codes)
    frame = total_sex(shelf.table("long/housing_long.csv", ["region_code", "year", "measure", "sex"]))
    return {
        "dwellings": found.ordinary,
        "dwellings_completed": found.ordinary_completed,
        "house_price": found.price,
        "persons_per_household": wide(frame, "persons_per_household", codes),
    }


def income(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """Tax base per inhabitant by income year (SEK), total local tax rate and openly unemployed aged 18–65 (share)."""
    tax = total_sex(shelf.table("long/municipal_tax.csv", ["region_code", "year", "measure", "sex"]))
    jobless = total_sex(shelf.table("economy/employment.csv", ["municipality_code", "year", "measure", "sex"]))
    return {
        "tax_base_per_inhabitant": money.tax_base(shelf, codes),
        "tax_rate": wide(tax, "total_local_tax_rate", codes) / PER_CENT,
        "openly_unemployed": wide(jobless, "open_unemployment_pct_pop_18_65", codes) / PER_CENT,
    }


def moves(folder: Path) -> pd.DataFrame:
    """All moves in, municipality by year (persons)."""
    frame = pd.read_csv(folder / "components.csv", dtype={"region_code": str})
    own = frame[(frame["level"] == "municipality") & (frame["component"] == "in_total")]
    own = own[own["sex"] == "total"]
    return own.pivot(index="region_code", columns="year", values="persons")


def economy(shelf: Shelf) -> pd.DataFrame:
    """One row per municipality and year: the measures of `ECONOMY_MEASURES`."""
    codes = list(places().index)
    columns = work(shelf, codes) | homes(shelf, codes) | income(shelf, codes)
    columns["moves_in"] = moves(shelf.root / ROOT_OF_DEMOGRAPHY).reindex(codes)
    years = range(min(int(str(y)) for table in columns.values() for y in table.columns), LAST + 1)
    index = pd.MultiIndex.from_product([codes, years], names=["municipality", "year"])
    parts = {name: columns[name].reindex(index=codes, columns=list(years)) for name in ECONOMY_MEASURES}
    table = pd.DataFrame({n: t.to_numpy(dtype=float).ravel() for n, t in parts.items()}, index=index)
    return table.dropna(how="all").reset_index().query("year >= @FIRST")


def county_jobs(shelf: Shelf) -> pd.DataFrame:
    """county, year, thousands of employed by group of industries in the regional accounts."""
    frame = total_sex(shelf.table("long/county_series.csv", ["region_code", "year", "measure", "sex"]))
    prefix = "employment_regional_accounts_NACE_"
    own = frame[frame["measure"].str.startswith(prefix) & frame["region_code"].isin(COUNTIES)]
    table = own.assign(measure=own["measure"].str.removeprefix(prefix))
    table = table.pivot(index=["region_code", "year"], columns="measure", values="value")[list(ACCOUNTS)]
    return table.dropna().reset_index().rename(columns={"region_code": "county"})


def national(shelf: Shelf) -> pd.DataFrame:
    """year, consumer prices (1980 = 100), Sweden's mean tax base per inhabitant by income year (SEK), price index of
    small houses (1990 = 100) and immigrants (persons/year).
    """
    base = {year: thousand * money.SEK_PER_TKR for year, thousand in NATIONAL_TAX_BASE.items()}
    frame = shelf.table("economy/housing.csv", ["municipality_code", "year", "measure"])
    houses = frame[(frame["measure"] == "small_house_price_index_1990_100") & (frame["municipality_code"] == COUNTRY)]
    flows = pd.read_csv(shelf.root / ROOT_OF_DEMOGRAPHY / "national_age_flows.csv", dtype={"age": str})
    moved = flows[flows["variable"] == "immigration"].groupby("year")["persons"].sum()
    columns = {
        "consumer_prices": pd.Series(CPI_1980),
        "tax_base_per_inhabitant": pd.Series(base),
        "house_price_index": houses.set_index("year")["value"],
        "immigration": moved,
    }
    table = pd.DataFrame({name: columns[name] for name in NATIONAL_MEASURES})
    return table.loc[list(CPI_1980)].rename_axis("year").reset_index()


def build_economy(shelf: Shelf) -> Iterator[str]:
    """Write the three tables and say which."""
    for path, table in ((ECONOMY, economy(shelf)), (COUNTY_JOBS, county_jobs(shelf)), (NATIONAL, national(shelf))):
        table.to_csv(path, index=False, float_format="%.8g", lineterminator="\n")
        yield f"{path.name}: {len(table)} rows"
