"""Population by sex and single age, for rates and needs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.economy.read import HISTORY, YEARS, DataError, Shelf, cell

SEXES = ("women", "men")
AGES = 101
ROUNDING = 2.0  # persons: single ages are written rounded
Floats = NDArray[np.float64]


def people(shelf: Shelf, codes: list[str]) -> Floats:
    """Persons on 31 December. Returns: array [year 2010–2024, sex (women, men), age 0–100, municipality].

    Raises: DataError when calibration/history/population.csv is missing, has a gap, or does not add up to the
    official totals.
    """
    path = HISTORY / "population.csv"
    if not path.is_file():
        raise DataError("calibration/history/population.csv is missing. Build the demography first.")
    frame = pd.read_csv(path, dtype={"municipality": str})
    shelf.log.append(f"calibration/history/population.csv: {len(frame):,} rows")
    table = _array(frame, codes)
    _check_totals(table, population_total(shelf, codes))
    return table


def _check_totals(table: Floats, totals: pd.DataFrame) -> None:
    have = table.sum(axis=(1, 2)).T
    gap = np.abs(have - totals[list(YEARS)].to_numpy())
    if gap.max() > ROUNDING:
        m, t = np.unravel_index(gap.argmax(), gap.shape)
        raise DataError(
            f"population.csv: {totals.index[m]} {YEARS[t]} has {have[m, t]:.0f} people, officially "
            f"{cell(totals, str(totals.index[m]), YEARS[t]):.0f}. Build the demography again."
        )


def _array(frame: pd.DataFrame, codes: list[str]) -> Floats:
    index = pd.MultiIndex.from_product([YEARS, SEXES, range(AGES), codes])
    column = frame.set_index(["year", "sex", "age", "municipality"])["persons"].reindex(index)
    if column.isna().any():
        raise DataError(
            f"population.csv: no persons for (year, sex, age, municipality) {column[column.isna()].index[0]}."
        )
    return column.to_numpy(dtype=float).reshape(len(YEARS), len(SEXES), AGES, len(codes))


def population_total(shelf: Shelf, codes: list[str]) -> pd.DataFrame:
    """Official population on 31 December, municipality by year (1950–2024)."""
    frame = shelf.table("demography/population_total.csv", ["region_code", "level", "year"], "persons")
    frame = frame[(frame["level"] == "municipality") & frame["region_code"].isin(codes)]
    return frame.pivot(index="region_code", columns="year", values="persons").reindex(codes)


def aged_between(population: Floats, first: int, last: int) -> Floats:
    """Persons aged first–last (inclusive), both sexes. Returns: array [year, municipality]."""
    total: Floats = population[:, :, first : last + 1, :].sum(axis=(1, 2))
    return total
