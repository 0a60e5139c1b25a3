"""What an origin's inputs are estimated with, as chosen."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.backtest.levels import Level
from calibration.backtest.projection import Vital


@dataclass(frozen=True)
class Settings:
    """Level of net moves, births and deaths, length of the run in years."""

    level: Level
    vital: Vital
    years: int = 10


FIRST_CHOICE = Settings(
    Level(own=24, size=3000.0, damping=0.8, long=10, region_shrink=0.5, jobs=0.08), Vital(deaths=1000.0)
)
"""Chosen on origins 1998–2016 alone (see `trials.py`)."""
SETTINGS = Settings(
    Level(own=24, size=3000.0, damping=0.5, long=10, momentum=0.2, region_shrink=0.4, jobs=0.08),
    Vital(recent=1, deaths=1000.0),
)
"""Chosen in `trials.csv` on origins 1985–2016, for the cohort-component method."""
