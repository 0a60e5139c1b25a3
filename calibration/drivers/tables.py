"""Small helpers to write the model's tables of values."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.demography.places import read_places
from model.language import load_model
from model.language.expressions import Array, Number
from model.whole import write_whole

ROOT = Path(__file__).resolve().parents[2]
VALUES = ROOT / "model" / "values"
HISTORY = ROOT / "calibration" / "history"
STARTS = range(2010, 2025)
AGES = range(101)
SEXES = ("women", "men")


def municipalities() -> list[str]:
    """Return the 29 municipality codes in SCB's order."""
    return list(read_places().codes)


def counties() -> dict[str, str]:
    """Return the county code of every municipality code."""
    places = read_places()
    return dict(zip(places.codes, places.counties, strict=True))


@cache
def parameter(name: str, element: int = 0) -> float:
    """Return the value of a parameter, or of one element of its first dimension, as the model's equations give it."""
    (equation,) = load_model().variables[name].equations
    if isinstance(equation.expression, Array):
        return equation.expression.rows[0][element]
    assert isinstance(equation.expression, Number), f"{name} is not a number"
    return equation.expression.value


def growth(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the relative change of `name` in each calendar year (1/year), by that year as `time`; 0 in the year after.

    `table` holds the level at 31 December as model time; the change is relative to the mean of both ends, so that a
    level that comes from nothing has one too.
    """
    keys = [column for column in table.columns if column not in ("time", name)]
    wide = table.pivot(index="time", columns=keys, values=name)
    ends, starts = wide.iloc[1:].to_numpy(), wide.iloc[:-1].to_numpy()
    mean = (ends + starts) / 2
    change = np.divide(ends - starts, mean, out=np.zeros_like(mean), where=mean > 0)
    found = pd.DataFrame(np.vstack([change, np.zeros((1, wide.shape[1]))]), index=wide.index, columns=wide.columns)
    return found.melt(ignore_index=False, value_name=f"{name} growth").reset_index()


def write(table: pd.DataFrame, name: str) -> None:
    """Write a table of values; floats with seven significant digits, so that the same input gives the same bytes."""
    VALUES.mkdir(parents=True, exist_ok=True)
    write_whole(VALUES / name, table.to_csv(index=False, float_format="%.7g", lineterminator="\n"))
    print(f"model/values/{name}: {len(table)} rows")


def sources(rows: list[tuple[str, str, str, str, str, str]], name: str) -> None:
    """Write the sources of a group of variables: variable, unit, source, method, quality, note."""
    columns = ["variable", "unit", "source", "method", "quality", "note"]
    write_whole(VALUES / name, pd.DataFrame(rows, columns=columns).to_csv(index=False, lineterminator="\n"))
