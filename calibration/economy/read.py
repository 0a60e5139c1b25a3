"""Reading the statistics: every table is checked on the way in and noted in a log."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared" / "data"
HISTORY = PROJECT / "calibration" / "history"
VALUES = PROJECT / "model" / "values"

FIRST_YEAR, LAST_YEAR = 2010, 2024
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
CODE_NAMES = ("municipality_code", "region_code")


class DataError(ValueError):
    """The input does not add up. The message says where, what, both values, and what to do."""


@dataclass
class Shelf:
    """The folder the statistics are read from, and what was read from it.

    Attributes: root: folder holding `economy/`, `long/` and `demography/`; log: one line per table read; kept: the
    tables, so that each is read once.
    """

    root: Path = SHARED
    log: list[str] = field(default_factory=list)
    kept: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def table(self, name: str, keys: list[str], value: str = "value") -> pd.DataFrame:
        """Read one tidy CSV, codes as text.

        Args: name: path below the root; keys: columns that together identify a row; value: the number column.
        Returns: the table, `value` as float. Raises: DataError when a column is missing, a key appears twice
        with different numbers, or a value is not a finite number.
        """
        if name not in self.kept:
            self.kept[name] = self._read(name, keys, value)
        return self.kept[name].copy()

    def _read(self, name: str, keys: list[str], value: str) -> pd.DataFrame:
        path = self.root / name
        if not path.is_file():
            raise DataError(f"{name}: no such file under {self.root.name}/. Put the statistics there and run again.")
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        missing = [c for c in [*keys, value] if c not in frame.columns]
        if missing:
            raise DataError(f"{name}: column {missing[0]!r} is missing; it has {', '.join(frame.columns)}.")
        frame[value] = _numbers(frame, name, value)
        if "year" in keys:
            frame["year"] = frame["year"].astype(int)
        self.log.append(f"{name}: {len(frame):,} rows")
        return _unique(frame, name, keys, value)


def _numbers(frame: pd.DataFrame, name: str, value: str) -> pd.Series:
    numbers = pd.to_numeric(frame[value], errors="coerce").astype(float)
    bad = ~np.isfinite(numbers.to_numpy())
    if bad.any():
        line = int(np.flatnonzero(bad)[0]) + 2
        raise DataError(f"{name}, line {line}: {value} is {frame[value].iloc[line - 2]!r}, which is not a number.")
    return numbers


def _unique(frame: pd.DataFrame, name: str, keys: list[str], value: str) -> pd.DataFrame:
    """Drop exact repeats; refuse two different numbers for the same thing (different sources may repeat one)."""
    if "source_id" in frame.columns:
        frame = frame.drop_duplicates([*keys, value])
    twice = frame.duplicated(keys, keep=False)
    if twice.any():
        rows = frame[twice].sort_values(keys).head(2)
        what = ", ".join(f"{k} {rows[k].iloc[0]}" for k in keys)
        raise DataError(
            f"{name}: two numbers for {what}: {rows[value].iloc[0]:g} and {rows[value].iloc[1]:g}. Keep one of them."
        )
    return frame


def wide(frame: pd.DataFrame, measure: str, codes: list[str], value: str = "value") -> pd.DataFrame:
    """One measure as a table of municipality (rows, in `codes` order) by year (columns); NaN where unknown."""
    code = next(c for c in CODE_NAMES if c in frame.columns)
    rows = frame[(frame["measure"] == measure) & frame[code].isin(codes)]
    if rows.empty:
        raise DataError(f"measure {measure!r} has no rows for these municipalities; was it renamed?")
    table = rows.pivot(index=code, columns="year", values=value)
    return table.reindex(codes).rename_axis(index="municipality", columns="year")


def places() -> pd.DataFrame:
    """The 29 municipalities in SCB code order: code (index), name, county."""
    frame = pd.read_csv(PROJECT / "model" / "places.csv", dtype=str).sort_values("code")
    return frame.set_index("code")[["name", "county"]]


def total_sex(frame: pd.DataFrame) -> pd.DataFrame:
    """Only the rows for both sexes together."""
    return frame[frame["sex"] == "total"]


def years_of(table: pd.DataFrame) -> list[int]:
    """The columns of a municipality × year table as whole numbers."""
    return [int(str(y)) for y in table.columns]


def cell(table: pd.DataFrame, row: str, column: int | str) -> float:
    """One number of a table."""
    return float(table[column].to_numpy(dtype=float)[list(table.index).index(row)])


def largest(table: pd.DataFrame) -> tuple[str, int, float]:
    """Row, column and size of the largest known number of a municipality × year table."""
    numbers = table.to_numpy(dtype=float)
    row, column = divmod(int(np.nanargmax(numbers)), numbers.shape[1])
    return str(table.index[row]), years_of(table)[column], float(numbers[row, column])
