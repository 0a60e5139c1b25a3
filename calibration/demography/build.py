"""The whole demographic build, from source tables to written tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calibration.demography.bridge import bridged
from calibration.demography.checks import check
from calibration.demography.figures import save_figures
from calibration.demography.measure import bridge_check, summary
from calibration.demography.places import ROOT
from calibration.demography.rates import estimate_rates
from calibration.demography.read import SHARED, read_sources
from calibration.demography.tables import (
    FIRST_START,
    HISTORY_FOLDER,
    VALUES_FOLDER,
    sizes,
    write_csv,
    write_history,
    write_values,
)
from calibration.demography.window import REFERENCE

FIGURES_FOLDER = ROOT / "calibration" / "figures"


def build(folder: Path = SHARED, history: Path = HISTORY_FOLDER, values: Path = VALUES_FOLDER) -> Iterator[str]:
    """Build and write every demographic table; yields lines that say what was read and written."""
    sources = read_sources(folder)
    yield from sources.report
    yield from check(sources)
    population = bridged(sources, sources.population.sel(year=slice(FIRST_START, None)), REFERENCE)
    table = bridge_check(sources, REFERENCE)
    write_csv(table, history / "bridge_check.csv")
    yield from ("bridge " + " ".join(str(cell) for cell in row) for row in summary(table))
    rates = estimate_rates(sources, population, REFERENCE)
    write_history(sources, population, history)
    write_values(rates, population, values)
    yield f"written: {history} and {values}, {sizes([history, values]) / 1e6:.1f} MB"


def draw(folder: Path = SHARED, figures: Path = FIGURES_FOLDER) -> Iterator[str]:
    """Draw every diagnostic figure; yields the files."""
    sources = read_sources(folder)
    check(sources)
    population = bridged(sources, sources.population.sel(year=slice(FIRST_START, None)), REFERENCE)
    rates = estimate_rates(sources, population, REFERENCE)
    yield from (str(path) for path in save_figures(sources, population, REFERENCE, rates, figures))
