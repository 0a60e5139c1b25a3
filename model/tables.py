"""Reads the tidy tables of model/values: coordinate columns become places, every other column a variable."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.language.errors import Problem, did_you_mean
from model.language.expressions import key
from model.language.structure import Model

TIME, START = "time", "start"
SOURCES = "sources"
HEADER_LINES = 2  # the first row of data stands in line 2


@dataclass(frozen=True)
class Table:
    """One file: its dimensions, the place of each row along them, times and start years where it has them."""

    file: str
    dims: tuple[str, ...]
    places: Mapping[str, NDArray[np.intp]]
    times: NDArray[np.float64] | None
    starts: NDArray[np.float64] | None
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Column:
    """One variable's numbers in a table, NaN where the cell is empty."""

    name: str
    values: NDArray[np.float64]
    table: Table

    def rows(self, start: int) -> NDArray[np.intp] | Problem:
        """Return the rows with a number for a run from this start year."""
        chosen = ~np.isnan(self.values)
        if self.table.starts is not None:
            years = self.table.starts
            if not (years == start).any():
                known = f"{int(years.min())} to {int(years.max())}" if len(years) else "none"
                what = f"'{self.name}' has no rows for the start year {start} (there are: {known})."
                return Problem(self.table.file, 1, what, "Choose another start year, or add the rows.")
            chosen &= years == start
        found = np.flatnonzero(chosen)
        if not len(found):
            return Problem(self.table.file, 1, f"'{self.name}' has no numbers.", "Fill in the column.")
        return found


def read_tables(folder: Path, model: Model) -> tuple[list[Table], list[Problem]]:
    """Return the tables of a folder and what is wrong with their cells."""
    tables: list[Table] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.csv")):
        if path.stem.startswith(SOURCES):
            continue
        name = f"{folder.parent.name}/{folder.name}/{path.name}"
        try:
            frame = _read(path, model)
        except (ValueError, OSError) as error:
            reason = str(error).strip().splitlines()[-1]
            problems.append(Problem(name, 0, f"the table cannot be read: {reason}.", "Save it as CSV in UTF-8."))
            continue
        tables.append(_table(name, frame, model, problems))
    return tables, problems


def _read(path: Path, model: Model) -> pd.DataFrame:
    """Return a file with its coordinates as text and its numbers as numbers where all cells of a column are."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    labels = {column: str for column in header if key(column) in model.ranges}
    return pd.read_csv(
        path, dtype=labels, keep_default_na=False, na_values=[""], encoding="utf-8-sig", low_memory=False
    )


def _table(name: str, frame: pd.DataFrame, model: Model, problems: list[Problem]) -> Table:
    dims = tuple(key(column) for column in frame.columns if key(column) in model.ranges)
    places = {key(c): _places(name, c, frame[c], model, problems) for c in frame.columns if key(c) in dims}
    clocks = {c: _numbers(name, c, frame[c], problems) for c in (TIME, START) if c in frame.columns}
    table = Table(name, dims, places, clocks.get(TIME), clocks.get(START))
    columns = tuple(
        Column(c.strip(), _numbers(name, c, frame[c], problems), table)
        for c in frame.columns
        if key(c) not in dims and c not in clocks
    )
    return Table(name, dims, places, clocks.get(TIME), clocks.get(START), columns)


def _places(file: str, column: str, cells: pd.Series[Any], model: Model, problems: list[Problem]) -> NDArray[np.intp]:
    """Return the place of each cell's label in its dimension."""
    codes, labels = pd.factorize(cells.fillna(""))
    known = {label_key(label): place for place, label in enumerate(model.coordinates(column))}
    found = np.array([known.get(label_key(label), -1) for label in labels], dtype=np.intp)
    for position in np.flatnonzero(found < 0):
        line = int(np.argmax(codes == position)) + HEADER_LINES
        label = str(labels[int(position)])
        what = f"'{label}' is not a {column} of the model."
        suggestion = did_you_mean(label, map(str, model.coordinates(column)))
        problems.append(Problem(file, line, what, suggestion or f"The model's are: {_some(model, column)}."))
    return np.maximum(found, 0)[codes]


def _some(model: Model, column: str) -> str:
    labels = [str(label) for label in model.coordinates(column)]
    return ", ".join(labels[:5]) + (" …" if labels[5:] else "")


def label_key(label: object) -> str:
    """Return the form under which labels are compared: case, spaces, hyphens and underscores do not matter."""
    return key(str(label).replace("-", " "))


def _numbers(file: str, column: str, cells: pd.Series[Any], problems: list[Problem]) -> NDArray[np.float64]:
    """Return a column as numbers, NaN where empty; a cell that is no number is a problem."""
    if pd.api.types.is_numeric_dtype(cells) and not np.isinf(cells).any():
        return cells.to_numpy(dtype=float)
    text = cells.astype("string").fillna("").str.strip()
    values = pd.to_numeric(text, errors="coerce").to_numpy(dtype=float)
    bad = (np.isnan(values) & (text != "").to_numpy()) | np.isinf(values)
    for row in np.flatnonzero(bad)[:1]:
        count = int(bad.sum())
        more = f" ({count - 1} more in this column)" if count > 1 else ""
        what = f"'{text.iloc[row]}' in the column '{column}' is not a number{more}."
        problems.append(
            Problem(file, int(row) + HEADER_LINES, what, "Write numbers with a decimal point, or leave empty.")
        )
    return values
