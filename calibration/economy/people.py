"""Population by sex and single age, for rates and needs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.economy.read import HISTORY, YEARS, DataProblem, Shelf

SEXES = ("women", "men")
AGES = 101
Floats = NDArray[np.float64]


def people(shelf: Shelf, codes: list[str]) -> Floats:
    """Persons on 31 December. Returns: array [year 2010–2024, sex (women, men), age 0–100, municipality].

    Reads calibration/history/population.csv; while it does not exist, a rough bridge of the official single ages.
    """
    path = HISTORY / "population.csv"
    if not path.is_file():
        return _rough(shelf, codes)
    frame = pd.read_csv(path, dtype={"municipality": str})
    shelf.log.append(f"calibration/history/population.csv: {len(frame):,} rows")
    return _array(frame, codes)


def _array(frame: pd.DataFrame, codes: list[str]) -> Floats:
    index = pd.MultiIndex.from_product([YEARS, SEXES, range(AGES), codes])
    column = frame.set_index(["year", "sex", "age", "municipality"])["persons"].reindex(index)
    if column.isna().any():
        raise DataProblem(f"population.csv: no persons for (year, sex, age, municipality) {column[column.isna()].index[0]}.")
    return column.to_numpy(dtype=float).reshape(len(YEARS), len(SEXES), AGES, len(codes))


def _rough(shelf: Shelf, codes: list[str]) -> Floats:
    early = shelf.table("demography/population_age_sex.csv", ["municipality_code", "year", "sex", "age"], "persons")
    late = shelf.table("demography/population_age_sex_2022_2024.csv", ["municipality_code", "year", "sex", "age"], "persons")
    frame = pd.concat([early, late])
    frame["age"] = frame["age"].str.rstrip("+").astype(int)
    index = pd.MultiIndex.from_product([YEARS, SEXES, range(AGES), codes])
    known = frame.set_index(["year", "sex", "age", "municipality_code"])["persons"].reindex(index)
    data = known.to_numpy(dtype=float).copy().reshape(len(YEARS), len(SEXES), AGES, len(codes))
    totals = population_total(shelf, codes)
    for t in range(1, len(YEARS)):
        for m, code in enumerate(codes):
            if np.isnan(data[t, 0, 0, m]):
                data[t, :, :, m] = _aged(data[t - 1, :, :, m], float(totals.loc[code, YEARS[t]]))
    return data


def _aged(last: Floats, total: float) -> Floats:
    new = np.empty_like(last)
    new[:, 1:] = last[:, :-1]
    new[:, -1] += last[:, -1] * 0.6
    new[:, 0] = last[:, 0]
    return new * total / new.sum()


def population_total(shelf: Shelf, codes: list[str]) -> pd.DataFrame:
    """Official population on 31 December, municipality by year (1950–2024)."""
    frame = shelf.table("demography/population_total.csv", ["region_code", "level", "year"], "persons")
    frame = frame[(frame["level"] == "municipality") & frame["region_code"].isin(codes)]
    return frame.pivot(index="region_code", columns="year", values="persons").reindex(codes)


def aged_between(population: Floats, first: int, last: int) -> Floats:
    """Persons aged first–last (inclusive), both sexes. Returns: array [year, municipality]."""
    total: Floats = population[:, :, first : last + 1, :].sum(axis=(1, 2))
    return total
