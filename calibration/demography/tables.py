"""Writes the demographic tables: whole files or nothing, the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from calibration.demography.descriptions import HISTORY, MODEL
from calibration.demography.places import ROOT
from calibration.demography.rates import Rates
from calibration.demography.read import Sources
from model.whole import write_whole

HISTORY_FOLDER = ROOT / "calibration" / "history"
VALUES_FOLDER = ROOT / "model" / "values"
FIRST_START, LAST_START = 2010, 2024
SIGNIFICANT = 6

FILES: dict[str, tuple[str, ...]] = {
    "demography_mortality.csv": ("mortality rate", "mortality decline"),
    "demography_local_mortality.csv": ("local mortality",),
    "demography_fertility.csv": ("fertility rate",),
    "demography_local_fertility.csv": ("local fertility",),
    "demography_moves.csv": (
        "out rate own county",
        "out rate rest of Sweden",
        "out rate abroad",
        "in level rest of Sweden",
        "in level abroad",
        "arrival propensity own county",
    ),
}
SERIES_FILE = "demography_series.csv"
"""Which variables stand in which table of `model/values`."""
AGE_SERIES_FILE = "demography_series_by_age.csv"


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table whole or not at all; numbers with six significant digits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, table.to_csv(index=False, lineterminator="\n", float_format=f"%.{SIGNIFICANT}g"))


def tidy(arrays: Mapping[str, xr.DataArray]) -> pd.DataFrame:
    """Arrays of the same dimensions as one tidy table: a column per dimension, a column per variable."""
    first = next(iter(arrays.values()))
    index = pd.MultiIndex.from_product([first[d].values for d in first.dims], names=[str(d) for d in first.dims])
    columns = {name: np.asarray(array.transpose(*first.dims)).reshape(-1) for name, array in arrays.items()}
    return pd.DataFrame(columns, index=index).reset_index()


def write_values(rates: Rates, population: xr.DataArray, folder: Path = VALUES_FOLDER) -> None:
    """Write every table of rates, drivers and initial populations the model reads, and their sources."""
    for name, variables in FILES.items():
        write_csv(tidy({variable: rates.constants[variable] for variable in variables}), folder / name)
    write_csv(tidy(rates.drivers), folder / SERIES_FILE)
    write_csv(tidy(rates.age_drivers), folder / AGE_SERIES_FILE)
    start = population.sel(year=slice(FIRST_START, LAST_START)).astype(int).rename(year="start")
    write_csv(tidy({"initial population": start}), folder / "initial_population.csv")
    write_csv(pd.DataFrame(MODEL, columns=MODEL_COLUMNS), folder / "sources_demography.csv")


MODEL_COLUMNS = ["variable", "unit", "source", "method", "quality", "note"]
HISTORY_COLUMNS = ["table", "column", "unit", "source", "method", "quality"]


def quality_of(known: xr.DataArray) -> xr.DataArray:
    """Quality of each population cell: A official, C bridged."""
    letters = np.where(known.notnull(), "A", "C")
    return xr.DataArray(letters, coords=known.coords, dims=known.dims)


def population_table(sources: Sources, population: xr.DataArray) -> pd.DataFrame:
    """Single ages of every year with quality (year, sex, age, municipality, persons, quality)."""
    years = slice(FIRST_START, LAST_START)
    known = sources.population.sel(year=years)
    return tidy({"persons": population.sel(year=years).astype(int), "quality": quality_of(known)})


def components_table(sources: Sources) -> pd.DataFrame:
    """Births, deaths and net moves by sex (year, sex, municipality), 2000–2024."""
    return tidy(
        {
            "births": sources.births.astype(int),
            "deaths": sources.deaths.astype(int),
            "net_moves": sources.net_moves.astype(int),
        }
    )


def moves_table(sources: Sources) -> pd.DataFrame:
    """All in- and out-moves (year, municipality), 2002–2024, with the published split where there is one."""
    totals = {f"{way}_moves": sources.moves.sel(direction=way, drop=True) for way in ("in", "out")}
    split = {str(name): sources.split.sel(component=name, drop=True) for name in sources.split["component"].values}
    table = tidy(totals | split)
    table = table[table["in_moves"].notna()].reset_index(drop=True)
    counts = [column for column in table.columns if column not in ("year", "municipality")]
    return table.astype(dict.fromkeys(counts, "Int64"))


def write_history(sources: Sources, population: xr.DataArray, folder: Path = HISTORY_FOLDER) -> None:
    """Write the observed (and bridged) demographic tables, and their sources."""
    write_csv(population_table(sources, population), folder / "population.csv")
    write_csv(components_table(sources), folder / "births_deaths_moves.csv")
    write_csv(moves_table(sources), folder / "moves.csv")
    write_csv(pd.DataFrame(HISTORY, columns=HISTORY_COLUMNS), folder / "sources_demography.csv")


def sizes(folders: Sequence[Path]) -> int:
    """Bytes of the CSV files in some folders."""
    return sum(path.stat().st_size for folder in folders for path in folder.glob("*.csv"))
