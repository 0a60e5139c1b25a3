"""The tables of model/values that come from the economy: initial stocks by start year, drivers by time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from calibration.economy import households as hh
from calibration.economy import housing as ho
from calibration.economy import money, need, supply
from calibration.economy.industries import INDUSTRIES
from calibration.economy.panel import Panel
from calibration.economy.people import AGES, SEXES
from calibration.economy.read import YEARS, Shelf
from model.whole import write_whole

DIGITS = 6  # decimals kept, so that written sums still agree to a thousandth of a person


def tables(shelf: Shelf, panel: Panel) -> dict[str, pd.DataFrame]:
    """Every file of model/values written here: name -> tidy table (coordinates first)."""
    profile, level, local = supply.participation(panel.people, panel.force)
    heads, local_heads = hh.headship(panel.people, panel.households)
    extra = {"local participation": local, "local headship": local_heads}
    return {
        "economy_start_municipality.csv": start_municipality(panel, extra),
        "economy_start.csv": start_country(shelf),
        "economy_start_jobs.csv": start_jobs(panel),
        "economy_start_jobs_held.csv": start_jobs_held(panel),
        "economy_travel.csv": panel.travel,
        "economy_tax_rates.csv": tax_rates(panel),
        "economy_house_prices.csv": house_prices(shelf),
        "economy_national_tax_base.csv": national_tax_base(panel),
        "economy_participation_level.csv": _series(level, "labour force participation level", stock=True),
        "economy_by_sex_and_age.csv": by_sex_and_age(profile, heads),
        "economy_by_age.csv": by_age(panel),
    }


def start_municipality(panel: Panel, extra: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Initial stocks and normal rates: start, municipality, one column per variable."""
    parts = []
    for t, start in enumerate(YEARS):
        table = pd.DataFrame({"start": start, "municipality": panel.codes}, index=panel.codes)
        for name, column in _stocks(panel, t, start).items():
            table[name] = column
        for name, wide in extra.items():
            table[name] = wide[start]
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def _stocks(panel: Panel, t: int, start: int) -> dict[str, pd.Series]:
    house, n = panel.housing, len(panel.codes)
    index = pd.Index(panel.codes)
    matrix = panel.flows.persons[t].round(DIGITS)
    return {
        "initial dwellings": house.ordinary[start],
        "initial unemployed": panel.unemployed[start],
        "initial commuters to outside": pd.Series(matrix[:n, n], index=index),
        "initial nonregistered workers": pd.Series(matrix[n, :n], index=index),
        "initial house price": ho.smoothed_price(house, panel.population, start),
        "initial tax base per inhabitant": money.tax_base_at(panel.tax_base, start),
        "normal completions": ho.normal_completions(house, start),
        "normal net loss of dwellings": ho.normal_loss(house, start),
        "initial dwellings under construction": ho.under_construction(house, start),
    }


def start_country(shelf: Shelf) -> pd.DataFrame:
    """start, national cost per inhabitant (SEK/person/year, prices of 2024): Sweden's ages × cost need weights."""
    return pd.DataFrame({"start": YEARS, "national cost per inhabitant": need.national_cost(shelf)})


def start_jobs(panel: Panel) -> pd.DataFrame:
    """start, industry, municipality, initial jobs; industries add up to the commuting matrix's column and those from
    outside."""
    n, rows = len(panel.codes), []
    for t, start in enumerate(YEARS):
        total = panel.flows.persons[t][:, :n].sum(axis=0)
        table = panel.jobs[start].to_numpy()
        scaled = table * (total / table.sum(axis=1))[:, None]
        for k, industry in enumerate(INDUSTRIES):
            rows.append(
                pd.DataFrame(
                    {"start": start, "industry": industry, "municipality": panel.codes, "initial jobs": scaled[:, k]}
                )
            )
    return pd.concat(rows, ignore_index=True)


def start_jobs_held(panel: Panel) -> pd.DataFrame:
    """start, municipality (home), workplace, initial jobs held."""
    n = len(panel.codes)
    index = pd.MultiIndex.from_product([YEARS, panel.codes, panel.codes], names=["start", "municipality", "workplace"])
    return pd.DataFrame({"initial jobs held": panel.flows.persons[:, :n, :n].ravel()}, index=index).reset_index()


def tax_rates(panel: Panel) -> pd.DataFrame:
    """time (calendar year the rate applies to), municipality, municipal and regional tax rate as shares."""
    parts = [
        pd.DataFrame({
            "time": year, "municipality": panel.codes,
            "municipal tax rate": panel.rates["municipal"][year].to_numpy() / 100.0,
            "regional tax rate": panel.rates["regional"][year].to_numpy() / 100.0,
        })
        for year in panel.rates["municipal"].columns
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _series(values: pd.Series, name: str, stock: bool) -> pd.DataFrame:
    return pd.DataFrame({"time": [int(y) + stock for y in values.index], name: values.to_numpy(dtype=float)})


def house_prices(shelf: Shelf) -> pd.DataFrame:
    """time (31 Dec; annual mean), national house price index (real, 2010 = 1)."""
    return _series(ho.national_price_index(shelf), "national house price index", stock=True)


def national_tax_base(panel: Panel) -> pd.DataFrame:
    """time (income year), national tax base per inhabitant (SEK, prices of 2024)."""
    series = money.national_tax_base(panel.tax_base, panel.population)
    return _series(series, "national tax base per inhabitant", stock=False)


def by_sex_and_age(profile: np.ndarray, heads: np.ndarray) -> pd.DataFrame:
    """sex, age, participation profile, headship rate."""
    index = pd.MultiIndex.from_product([SEXES, range(AGES)], names=["sex", "age"])
    columns = {"participation profile": profile.ravel(), "headship rate": heads.ravel()}
    return pd.DataFrame(columns, index=index).reset_index()


def by_age(panel: Panel) -> pd.DataFrame:
    """age, welfare need weight (jobs/person), cost need weight (SEK/person/year, prices of 2024)."""
    return pd.DataFrame({"age": range(AGES), "welfare need weight": panel.need, "cost need weight": need.cost_need()})


def write(frame: pd.DataFrame, path: Path, digits: int = DIGITS) -> None:
    """Write one table whole or not at all: UTF-8, LF, fixed decimals, rows as given."""
    out = frame.copy()
    for column in out.columns:
        if out[column].dtype.kind == "f":
            out[column] = [("" if np.isnan(v) else f"{v:.{digits}f}".rstrip("0").rstrip(".")) for v in out[column]]
    write_whole(path, out.to_csv(index=False, lineterminator="\n"))
