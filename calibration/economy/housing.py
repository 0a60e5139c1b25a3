"""Dwellings, completions, losses and house prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from calibration.economy.constants import HOUSE_PRICE_2010_TO_2011
from calibration.economy.money import real
from calibration.economy.read import YEARS, DataError, Shelf, cell, largest, total_sex, wide, years_of

WINDOW: Final = 10  # years behind a start that a normal rate is the mean of
RECENT: Final = 3  # years behind a start that dwellings under construction are judged from
BUILD_YEARS: Final = 1.5  # years from building start to completion [1, 2]; parameters: apartment_block_build_time
# Yearly loss, share of the stock, that can be demolition and conversion; beyond it is reclassification or the city
# moves of Kiruna and Malmberget, which the model has as flows of their own. Quality: D.
LOSS_BOUNDS: Final = (-0.004, 0.012)
LOSS_SHRINK: Final = 0.5  # dmnl: weight of the county's mean loss rate in a municipality's
SAME: Final = 0.5  # dwellings: counts are whole numbers
PRICE_WINDOW: Final = 5  # years of prices a thin market is smoothed over
LODGING_JUMP: Final = 500.0  # dwellings/year: a larger rise of special housing is lodging for workers (Boden 2024)
THIN_MARKET: Final = 12000.0  # inhabitants at which this year's price and the smoothed price weigh the same


@dataclass(frozen=True)
class Housing:
    """Municipality × year: dwellings (31 Dec, 1990–2024), completed (1975–2024), price (thousand SEK, 1981–2024),
    holiday homes (2010–2024, with what is estimated), which of those are known, and special housing (five
    municipalities 2013–2024). `dwellings` and `completed` are official; `ordinary`, `ordinary_completed` leave out
    large additions of special housing (worker lodging) in one year."""

    dwellings: pd.DataFrame
    completed: pd.DataFrame
    price: pd.DataFrame
    holiday: pd.DataFrame
    holiday_known: pd.DataFrame
    special: pd.DataFrame

    @property
    def lodging(self) -> pd.DataFrame:
        """Special housing added in jumps, cumulated, municipality × year of `dwellings`."""
        rise = self.special.diff(axis=1)
        jumps = rise.where(rise > LODGING_JUMP, 0.0).cumsum(axis=1)
        return jumps.reindex(columns=self.dwellings.columns).ffill(axis=1).fillna(0.0)

    @property
    def ordinary(self) -> pd.DataFrame:
        """Dwellings without jumps of special housing."""
        return self.dwellings - self.lodging

    @property
    def ordinary_completed(self) -> pd.DataFrame:
        """Completions; in the year of a jump the mean of the three years before, since the two cannot be told apart."""
        table = self.completed.copy()
        jump = self.lodging.diff(axis=1) > 0
        for year in (y for y in years_of(jump) if bool(jump[y].any())):
            usual = self.completed[[year - 3, year - 2, year - 1]].mean(axis=1)
            table[year] = table[year].where(~jump[year], usual.round())
        return table


def housing(shelf: Shelf, codes: list[str]) -> Housing:
    """Read the tables. Raises: DataError when the two tables of completions differ."""
    frame = total_sex(shelf.table("long/housing_long.csv", ["region_code", "year", "measure", "sex"]))
    other = shelf.table("economy/housing.csv", ["municipality_code", "year", "measure"])
    completed = wide(frame, "dwellings_completed_new_buildings", codes)
    second = wide(other, "dwellings_completed_new_buildings", codes)
    code, year, gap = largest((completed[years_of(second)] - second).abs())
    if gap > SAME:
        raise DataError(
            f"dwellings completed in {code} {year}: {cell(completed, code, year):g} in housing_long.csv, "
            f"{cell(second, code, year):g} in housing.csv. Correct one of them."
        )
    known = wide(frame, "holiday_homes_no_registered_residents", codes).reindex(columns=list(YEARS))
    stock = wide(frame, "dwelling_stock_31dec", codes)
    price = wide(frame, "mean_price_permanent_small_house", codes)
    return Housing(stock, completed, price, holiday_homes(known), known, special_housing(shelf, codes))


def special_housing(shelf: Shelf, codes: list[str]) -> pd.DataFrame:
    """Dwellings in special housing (old people, students, lodgings), five municipalities 2013–2024, NaN elsewhere."""
    keys = ["municipality_code", "year", "building_type", "tenure"]
    frame = shelf.table("economy/dwelling_stock_lulea_fa.csv", keys)
    rows = frame[frame["building_type"] == "special_housing"]
    table = rows.groupby(["municipality_code", "year"])["value"].sum().unstack()
    return table.reindex(codes).reindex(columns=[y for y in years_of(table) if y <= YEARS[-1]])


def holiday_homes(known: pd.DataFrame) -> pd.DataFrame:
    """Fill the years that no table gives: the municipality's nearest known year × the mean path of the known ones."""
    path = pd.Series(1.0, index=known.columns)
    for year in years_of(known)[1:]:
        both = known[[year - 1, year]].dropna()
        path[year] = path[year - 1] * (both[year].sum() / both[year - 1].sum() if len(both) else 1.0)
    level = known.div(path, axis=1)
    return known.fillna(level.ffill(axis=1).bfill(axis=1).mul(path, axis=1)).round(0)


def smoothed_price(house: Housing, population: pd.DataFrame, start: int) -> pd.Series:
    """Price level at the end of `start`, thousand SEK in prices of 2024, thin markets smoothed over past years.

    Each of the last five years is first brought to the start year by the price path of all 29 (weighted by people),
    so that smoothing does not lag a general rise.
    """
    prices = real(house.price)
    years = list(range(start - PRICE_WINDOW + 1, start + 1))
    weights = population[start] / population[start].sum()
    path = {y: float(np.exp((np.log(prices[y]) * weights).sum())) for y in years}
    smooth = sum(np.log(prices[y]) + np.log(path[start] / path[y]) for y in years) / len(years)
    own = population[start] / (population[start] + THIN_MARKET)
    return pd.Series(np.exp(own * np.log(prices[start]) + (1 - own) * smooth))


def normal_completions(house: Housing, start: int) -> pd.Series:
    """Mean completions of the ten years up to `start`, dwellings/year."""
    return house.ordinary_completed[list(range(start - WINDOW + 1, start + 1))].mean(axis=1)


def normal_loss(house: Housing, start: int) -> pd.Series:
    """Net loss of dwellings other than by events (completions less the change of the stock), dwellings/year ≥ 0.

    Yearly loss rates are bounded (reclassifications, city moves), averaged over ten years and drawn half-way to the
    county's mean.
    """
    years = range(start - WINDOW + 1, start + 1)
    homes = house.ordinary
    change = pd.DataFrame({y: homes[y] - homes[y - 1] for y in years})
    rate = (house.ordinary_completed[list(years)] - change) / pd.DataFrame({y: homes[y - 1] for y in years})
    mean_rate = rate.clip(*LOSS_BOUNDS).mean(axis=1)
    stock = homes[start]
    county = stock.index.str[:2]
    mean = (mean_rate * stock).groupby(county).transform("sum") / stock.groupby(county).transform("sum")
    loss: pd.Series = (((1 - LOSS_SHRINK) * mean_rate + LOSS_SHRINK * mean) * stock).clip(lower=0.0)
    return loss


def under_construction(house: Housing, start: int) -> pd.Series:
    """Dwellings being built: completions of the last three years × years to build (what is known at the start)."""
    return house.ordinary_completed[list(range(start - RECENT + 1, start + 1))].mean(axis=1) * BUILD_YEARS


def national_price_index(shelf: Shelf) -> pd.Series:
    """Sweden's price index of one- and two-family houses, real, 2010 = 1 (2010 from 2011: judged)."""
    frame = shelf.table("economy/housing.csv", ["municipality_code", "year", "measure"])
    rows = frame[(frame["measure"] == "small_house_price_index_1990_100") & (frame["municipality_code"] == "00")]
    index = rows.set_index("year")["value"].sort_index()
    index[YEARS[0]] = index[YEARS[0] + 1] * HOUSE_PRICE_2010_TO_2011
    table = real(index.sort_index().to_frame().T).sum()
    relative: pd.Series = table / table[YEARS[0]]
    return relative
