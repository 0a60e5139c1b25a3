"""Observed series in the shape the fit meets them: logarithms by year and place, with measurement variances."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from outputs.observed import HISTORY, read_observed

Values = NDArray[np.float64]
HERE = Path(__file__).resolve().parent
SMALLEST_STREAM = 100.0  # persons, mean over the years: smaller commuting streams are gravity and raking, not data
PAIRS = "commuting"


@dataclass(frozen=True)
class Observation:
    """One series: the model's `variable`, its observed values [year, place] (NaN where unknown) and what is known of
    their error. `places`: positions in the model's own axes, one array for each axis; `codes` their names.

    The variance of a logarithm is `counting / x + relative² + (absolute / x)²` at the observed value x. `floor` is
    added to both sides before logarithms are taken. `begins_known`: the run starts from the observed value.
    """

    variable: str
    years: tuple[int, ...]
    codes: tuple[str, ...]
    places: tuple[NDArray[np.intp], ...]
    values: Values
    counting: float
    relative: float
    absolute: float
    floor: float
    begins_known: bool

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a number [year, place]."""
        return np.isfinite(self.values)

    @cached_property
    def sizes(self) -> Values:
        """Mean observed value [place], never below 1: what the error of a small place is told from."""
        return np.asarray(np.maximum(np.nanmean(self.values, axis=0), 1.0), dtype=np.float64)

    @cached_property
    def measurement(self) -> Values:
        """Variance of the logarithm by measurement [year, place]."""
        size = np.maximum(np.nan_to_num(self.values, nan=1.0), 0.0) + max(self.floor, 1.0)
        return np.asarray(self.counting / size + self.relative**2 + (self.absolute / size) ** 2, dtype=np.float64)

    def residual(self, simulated: Values) -> Values:
        """Logarithm of simulated over observed [year, place] from simulated values of the same shape."""
        return np.asarray(np.log((simulated + self.floor) / (self.values + self.floor)), dtype=np.float64)

    def until(self, year: int) -> Observation:
        """The same as far as was known at the end of a year."""
        kept = tuple(each for each in self.years if each <= year)
        return replace(self, years=kept, values=self.values[: len(kept)])


@dataclass(frozen=True)
class Observed:
    """All series of a fit."""

    series: tuple[Observation, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """The model's variables that are compared."""
        return tuple(each.variable for each in self.series)

    @property
    def last(self) -> int:
        """Last year with a number."""
        return max(each.years[-1] for each in self.series)

    def until(self, year: int) -> Observed:
        """The same as far as was known at the end of a year; series that begin later are left out."""
        return Observed(tuple(each.until(year) for each in self.series if each.years[0] <= year))


def read_observation(folder: Path = HERE, history: Path = HISTORY) -> Observed:
    """The observed series of the table. Raises HistoryError for missing tables of history, ValueError for a row that
    names no series."""
    table = pd.read_csv(folder / "series.csv")
    return Observed(tuple(_series(row, history) for row in table.to_dict("records")))


def _series(row: Mapping[Hashable, object], history: Path) -> Observation:
    years = tuple(range(int(str(row["first"])), int(str(row["last"])) + 1))
    codes, places, values = _streams(years, history) if row["column"] == PAIRS else _by_place(row, years, history)
    number = {name: float(str(row[name])) for name in ("counting", "relative", "absolute", "floor")}
    begins_known = row["begins_known"] == "yes"
    return Observation(str(row["variable"]), years, codes, places, values, **number, begins_known=begins_known)


def _by_place(
    row: Mapping[Hashable, object], years: tuple[int, ...], history: Path
) -> tuple[tuple[str, ...], tuple[NDArray[np.intp], ...], Values]:
    observed, column = read_observed(history), str(row["column"])
    name = NAMES.get(column, column)
    if name not in observed:
        raise ValueError(f"calibration/observe/series.csv: '{column}' is no observed series.")
    series = observed[name]
    if column == "out_migration":
        series = series.fillna(observed["in_migration"] - observed["net_migration"])
    if column == "house_price_index":
        series = series / series.sel(year=years[0] - 1, drop=True)
    values = series.sel(year=list(years)).transpose("year", "municipality").to_numpy().astype(float)
    codes = tuple(str(code) for code in series["municipality"].values)
    return codes, (np.arange(len(codes), dtype=np.intp),), values


NAMES = {"jobs": "jobs_in_statistics", "commuters_from_outside": "registered_elsewhere_in_sweden"}
"""Columns of history that the table of observed results calls otherwise."""


def _streams(years: tuple[int, ...], history: Path) -> tuple[tuple[str, ...], tuple[NDArray[np.intp], ...], Values]:
    """Commuting streams between two municipalities that are large enough to be data."""
    table = pd.read_csv(history / "commuting.csv", dtype={"municipality": str, "workplace": str})
    wide = table.pivot(index="year", columns=["municipality", "workplace"], values="persons").loc[list(years)]
    codes = sorted(set(table["municipality"]))
    pairs: list[tuple[str, str]] = (
        table[["municipality", "workplace"]].drop_duplicates().to_records(index=False).tolist()
    )
    large = [pair for pair in pairs if pair[0] != pair[1] and float(wide[pair].mean()) >= SMALLEST_STREAM]
    at = tuple(np.array([codes.index(pair[side]) for pair in large], dtype=np.intp) for side in (0, 1))
    return tuple(f"{home}-{work}" for home, work in large), at, wide[large].to_numpy(dtype=float)
