"""All estimates in two tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from calibration.elasticities.homes import building, prices
from calibration.elasticities.moves import on_homes, on_newcomers, on_size, on_tax, on_unemployment
from calibration.elasticities.rows import COLUMNS
from calibration.elasticities.work import commuting, moves_after_jobs, multiplier, services
from calibration.regressions.panel import Panel
from model.whole import write_whole

HERE = Path(__file__).resolve().parent
ESTIMATES, CHECKS = HERE / "estimates.csv", HERE / "checks.csv"


def estimates(panel: Panel) -> pd.DataFrame:
    """One row per parameter of the model that the long series speak of."""
    sources = (building, prices, on_unemployment, on_homes, on_size, on_tax, on_newcomers, services)
    rows = [row for source in sources for row in source(panel)]
    return pd.DataFrame([*rows, *commuting()])[list(COLUMNS)]


def checks(panel: Panel) -> pd.DataFrame:
    """What the model should show without having a parameter for it."""
    rows = [*multiplier(panel), *moves_after_jobs(panel)]
    return pd.DataFrame(rows)[["method", "estimate", "standard_error", "unit", "years", "n", "quality", "comment"]]


def write(panel: Panel) -> pd.DataFrame:
    """Write both tables; returns the estimates."""
    found = estimates(panel)
    for path, made in ((ESTIMATES, found), (CHECKS, checks(panel))):
        write_whole(path, made.to_csv(index=False, lineterminator="\n", float_format="%.4g"))
    return found
