"""Official statistics (and stated estimates) of the 29 municipalities, as a Dataset beside the results."""

import csv
import re
from functools import cache
from pathlib import Path

import pandas as pd
import xarray as xr

HISTORY = Path(__file__).resolve().parent.parent / "calibration" / "history"
YEARLY = "municipality_year.csv"
SOURCES = "sources.csv"
OBSERVED_NAMES = {
    "population": "population",
    "births": "births",
    "deaths": "deaths",
    "in_migration": "in_migration",
    "out_migration": "out_migration",
    "net_migration": "net_migration",
    "jobs_in_statistics": "jobs",
    "employed_residents": "employed_residents",
    "in_commuters": "in_commuters",
    "out_commuters": "out_commuters",
    "registered_elsewhere_in_sweden": "commuters_from_outside",
    "unemployed": "unemployed",
    "dwellings_completed": "dwellings_completed",
    "dwellings": "dwellings",
    "house_price_index": "house_price_real",
    "tax_base": "tax_base",
}
"""Result: the column of municipality_year.csv it is compared with."""
INDEXED = ("house_price_index",)
"""Compared as an index that is 1 in the first year of the run."""
ESTIMATED = re.compile(r"\b[CD]\b")
"""Quality grades of numbers that are estimated (C) or judged (D) rather than official or derived (A, B)."""


class HistoryError(Exception):
    """A table of observed numbers that is missing or cannot be read: which, why, and the way out."""


@cache
def read_observed(folder: Path = HISTORY) -> xr.Dataset:
    """Observed series (year, municipality) under the names of the results; empty cells are not-a-number.

    Raises HistoryError naming the table when it is missing or damaged.
    """
    path = folder / YEARLY
    try:
        table = pd.read_csv(path, dtype={"municipality": str})
        indexed = table.set_index(["year", "municipality"])[[*dict.fromkeys(OBSERVED_NAMES.values()), "house_price"]]
        data = indexed.astype(float).to_xarray()
    except FileNotFoundError:
        raise damaged(path) from None
    except (ValueError, KeyError, pd.errors.ParserError) as error:
        raise damaged(path, str(error)) from None
    observed = xr.Dataset({result: data[column] for result, column in OBSERVED_NAMES.items()})
    return observed.assign(tax_base=observed["tax_base"] * _to_prices_of_2024(data))


def _to_prices_of_2024(data: xr.Dataset) -> xr.DataArray:
    """Consumer prices of 2024 relative to each year's, as the two columns of house prices imply."""
    return (data["house_price_real"] / data["house_price"]).mean("municipality")


def observed_population(year: int, folder: Path = HISTORY) -> xr.DataArray:
    """Registered population by municipality on 31 December of an observed year."""
    population = read_observed(folder)["population"]
    if year not in population["year"].values:
        raise damaged(folder / YEARLY, f"it has no rows for {year}")
    return population.sel(year=year, drop=True)


def last_years(folder: Path = HISTORY) -> dict[str, int]:
    """Last year with a number, for each observed series."""
    observed = read_observed(folder)
    return {
        str(name): int(observed["year"].values[series.notnull().any("municipality").values][-1])
        for name, series in observed.data_vars.items()
        if bool(series.notnull().any())
    }


def estimated_inputs(folders: tuple[Path, ...]) -> list[dict[str, str]]:
    """Rows of the sources tables whose quality is estimated or judged, with what, how and grade.

    folders: those with a sources*.csv (model/values, calibration/history).
    """
    rows = []
    for folder in folders:
        for path in sorted(folder.glob("sources*.csv")):
            rows += [row for row in _sources(path) if ESTIMATED.search(row["quality"] or "")]
    return rows


def _sources(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise damaged(path, str(error)) from None
    if any("quality" not in row for row in rows):
        raise damaged(path, "it has no column 'quality'")
    return rows


def damaged(path: Path, reason: str = "") -> HistoryError:
    """The error of a file that is missing (no reason) or cannot be read."""
    name = _label(path)
    what = f"the file is damaged: {reason.rstrip('.')}." if reason else "the file is missing."
    return HistoryError(f"{name}: {what}\n  Bring it back from version control: git checkout -- {name}")


def _label(path: Path) -> str:
    root = HISTORY.parent.parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
