"""The whole demographic build, from source tables to written tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calibration.demography.bridge import bridged
from calibration.demography.rates import estimate_rates
from calibration.demography.read import SHARED, read_sources
from calibration.demography.tables import FIRST_START, HISTORY_FOLDER, VALUES_FOLDER, sizes, write_history, write_values
from calibration.demography.window import REFERENCE


def build(folder: Path = SHARED, history: Path = HISTORY_FOLDER, values: Path = VALUES_FOLDER) -> Iterator[str]:
    """Build and write every demographic table; yields lines that say what was read and written."""
    sources = read_sources(folder)
    yield from sources.report
    population = bridged(sources, sources.population.sel(year=slice(FIRST_START, None)), REFERENCE)
    yield "single ages bridged"
    rates = estimate_rates(sources, population, REFERENCE)
    write_history(sources, population, history)
    write_values(rates, population, values)
    yield f"written: {history} and {values}, {sizes([history, values]) / 1e6:.1f} MB"
