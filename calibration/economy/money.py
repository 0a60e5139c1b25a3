"""Prices, tax bases and tax rates."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from calibration.economy.constants import CPI_1980, NATIONAL_TAX_BASE, PRICE_YEAR, REGIONAL_TAX
from calibration.economy.read import YEARS, DataError, Shelf, cell, largest, total_sex, wide, years_of

LAST_RATE: Final = 2025  # tax rates of 2025 were decided and published in 2024; later ones are outcomes
SPLIT_TOLERANCE: Final = 0.011  # percentage points
SEK_PER_TKR: Final = 1000.0


def real(table: pd.DataFrame) -> pd.DataFrame:
    """Current prices to prices of 2024, column by column (year)."""
    factors = {y: CPI_1980[PRICE_YEAR] / CPI_1980[y] for y in years_of(table) if y in CPI_1980}
    return table[list(factors)].mul(pd.Series(factors), axis=1)


def tax_base(shelf: Shelf, codes: list[str]) -> pd.DataFrame:
    """Tax base per inhabitant, SEK current prices, municipality × INCOME year (label year − 1), 1993–2023."""
    frame = total_sex(shelf.table("long/municipal_tax.csv", ["region_code", "year", "measure", "sex"]))
    table = wide(frame, "tax_base_per_inhabitant", codes)
    table.columns = table.columns - 1
    return table


def tax_base_at(local: pd.DataFrame, start: int) -> pd.Series:
    """Tax base per inhabitant of the income year `start`, SEK in prices of 2024; the last known year where that is not
    published yet (2024), held in real terms."""
    year = min(start, max(years_of(local)))
    return real(local[[year]])[year]


def national_tax_base(local: pd.DataFrame, population: pd.DataFrame) -> pd.Series:
    """Sweden's mean tax base per inhabitant, SEK in prices of 2024, by income year 2009–2024.

    2023 grows like the mean of the 29 (weighted by people), 2024 is held at 2023 in real terms: estimates.
    """
    known = pd.Series(NATIONAL_TAX_BASE) * SEK_PER_TKR
    last = int(known.index.max())
    means = {y: np.average(local[y], weights=population[y]) for y in (last, last + 1)}
    known[last + 1] = known[last] * means[last + 1] / means[last]
    series = known * pd.Series({y: CPI_1980[PRICE_YEAR] / CPI_1980[y] for y in known.index})
    series[last + 2] = series[last + 1]
    return series


def tax_rates(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """Total, municipal and regional rates, percent, municipality × year 2010–2025.

    The regional rate is one per county; it steps in the years of REGIONAL_TAX. Raises: DataError when a split
    differs from one published by SCB or Skatteverket.
    """
    frame = total_sex(shelf.table("long/municipal_tax.csv", ["region_code", "year", "measure", "sex"]))
    years = list(range(YEARS[0], LAST_RATE + 1))
    total = wide(frame, "total_local_tax_rate", codes)[years]
    steps = {c: pd.Series(v).reindex(years).ffill() for c, v in REGIONAL_TAX.items()}
    regional = pd.DataFrame([steps[c[:2]] for c in codes], index=total.index)
    municipal = (total - regional).round(2)
    _check_split(shelf, codes, municipal)
    return {"total": total, "municipal": municipal, "regional": regional}


def _check_split(shelf: Shelf, codes: list[str], municipal: pd.DataFrame) -> None:
    frame = shelf.table("economy/municipal_economy.csv", ["municipality_code", "year", "measure"])
    known = wide(frame, "municipal_tax_rate", codes)
    for year in (y for y in years_of(known) if y in municipal):
        gap = (known[[year]] - municipal[[year]]).abs()
        code, _, size = largest(gap)
        if size > SPLIT_TOLERANCE:
            raise DataError(
                f"municipal tax rate of {code} {year}: {cell(municipal, code, year):g} from the total less the "
                f"region's, {cell(known, code, year):g} as published. Correct REGIONAL_TAX or the table."
            )
