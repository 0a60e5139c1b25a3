"""Measures the bridge: the 16 municipalities with known single ages in 2022–2024 are hidden after 2019 and estimated.

Two variants: `all evidence` is how the bridge is made; `components only` leaves the published age groups aside
(totals, births, deaths and net moves by sex only), so that they are an independent check.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import xarray as xr

from calibration.demography.bridge import bridged
from calibration.demography.read import Sources
from calibration.demography.smooth import Array
from calibration.demography.window import Window, as_numpy

LAST_KNOWN, LAST = 2019, 2024
CHECK_YEARS = (2020, 2021, 2022, 2023, 2024)
GROUP_STARTS = np.arange(0, 86, 5)
TARGETS = {"five-year groups, MAPE": 2.0, "20-34, absolute error": 1.5, "share 65+, absolute error": 0.3}
COLUMNS = ["variant", "year", "measure", "municipality", "value", "unit", "target"]
Row = tuple[str, int, str, str, float, str, float]


def hidden(sources: Sources) -> xr.DataArray:
    """Populations as if single ages ended in 2019."""
    population = sources.population.sel(year=slice(2010, LAST))
    return population.where(population["year"] <= LAST_KNOWN)


def known_codes(sources: Sources) -> list[str]:
    """Municipalities whose single ages are published for 2024."""
    known = sources.population.sel(year=LAST).notnull().all(["sex", "age"])
    return [str(code) for code in known["municipality"].values[known.values]]


def grouped(population: xr.DataArray) -> Array:
    """Five-year groups to 85+ [group, municipality], both sexes."""
    return np.add.reduceat(as_numpy(population.sum("sex").transpose("age", "municipality")), GROUP_STARTS, axis=0)


def group_errors(sources: Sources, estimate: xr.DataArray, variant: str) -> Iterator[Row]:
    """Five-year-group errors of the known municipalities, each and together (per cent)."""
    codes, name = known_codes(sources), "five-year groups, MAPE"
    for year in (y for y in CHECK_YEARS if bool(sources.population.sel(year=y, municipality=codes).notnull().all())):
        cell = {"year": year, "municipality": codes}
        found, truth = grouped(estimate.sel(cell)), grouped(sources.population.sel(cell))
        error = 100 * np.abs(found / truth - 1)
        yield variant, year, name, "16", float(error.mean()), "%", TARGETS[name]
        weighted = 100 * float(np.abs(found - truth).sum() / truth.sum())
        yield variant, year, "five-year groups, weighted by people", "16", weighted, "%", np.nan
        for code, value in zip(codes, error.mean(0), strict=True):
            yield variant, year, name, code, float(value), "%", np.nan


def young_errors(sources: Sources, estimate: xr.DataArray, year: int) -> Array:
    """Error of those aged 20–34 of every municipality (per cent)."""
    rows = sources.groups[(sources.groups["age_group"] == "20-34") & (sources.groups["year"] == year)]
    published = rows.set_index("municipality")["persons"].reindex(list(sources.places.codes)).to_numpy(dtype=float)
    found = as_numpy(estimate.sel(year=year, age=slice(20, 34)).sum(["sex", "age"]))
    return np.asarray(100 * np.abs(found / published - 1), dtype=float)


def old_errors(sources: Sources, estimate: xr.DataArray, year: int) -> Array:
    """Error of the share aged 65 and over of every municipality (percentage points)."""
    people = estimate.sel(year=year).sum("sex")
    share = 100 * as_numpy(people.sel(age=slice(65, None)).sum("age")) / as_numpy(people.sum("age"))
    published = as_numpy(sources.shares.sel(indicator="share_65plus_percent", year=year))
    return np.abs(share - published)


def known_figures(sources: Sources, estimate: xr.DataArray, variant: str) -> Iterator[Row]:
    """Errors against the published 20–34 counts and 65+ shares of all 29: the largest, the mean, and each."""
    pairs = (
        ("20-34, absolute error", "%", young_errors),
        ("share 65+, absolute error", "percentage points", old_errors),
    )
    for year in CHECK_YEARS:
        for name, unit, errors in pairs:
            found = errors(sources, estimate, year)
            yield variant, year, name, "largest of 29", float(found.max()), unit, TARGETS[name]
            yield variant, year, name, "mean of 29", float(found.mean()), unit, TARGETS[name]
            for code, value in zip(sources.places.codes, found, strict=True):
                yield variant, year, name, code, float(value), unit, TARGETS[name]


def bridge_check(sources: Sources, window: Window) -> pd.DataFrame:
    """The check table: variant, year, measure, municipality, value, unit, target."""
    rows: list[Row] = []
    for variant, groups in (("all evidence", True), ("components only", False)):
        estimate = bridged(sources, hidden(sources), window, groups)
        rows += [*group_errors(sources, estimate, variant), *known_figures(sources, estimate, variant)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.round({"value": 4})


def summary(table: pd.DataFrame) -> list[list[object]]:
    """The rows that speak of all municipalities in the last year."""
    together = table[~table["municipality"].str.len().eq(4) & table["year"].eq(LAST)]
    return [list(row) for row in together.itertuples(index=False)]
