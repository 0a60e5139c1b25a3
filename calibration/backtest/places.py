"""Where the backtest's tables lie, and the axes that they share."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from calibration.demography.places import AGES

Array = NDArray[np.float64]
HERE = Path(__file__).resolve().parent
FIRST, LAST = 1968, 2024
YEARS = tuple(range(FIRST, LAST + 1))
COUNTIES = ("24", "25")
COUNTRY, BOTH = "00", "24+25"
SERIES, BY_AGE, OFFICIAL = HERE / "series.csv", HERE / "ages.csv", HERE / "official.csv"
AGE_COLUMNS = tuple(f"age_{age}" for age in AGES)
SERIES_COLUMNS = (
    "population",
    "births_women",
    "births_men",
    "deaths_women",
    "deaths_men",
    "net_moves",
    "share_65plus",
    "persons_per_100_aged_20_64",
    "persons_20_34",
)
ECONOMY, COUNTY_JOBS, NATIONAL = HERE / "economy.csv", HERE / "county_jobs.csv", HERE / "national.csv"
ECONOMY_MEASURES = (
    "live_and_work_rams",
    "in_commuters_rams",
    "out_commuters_rams",
    "live_and_work_bas",
    "out_commuters_bas",
    "jobs_bas",
    "basic_jobs_bas",
    "dwellings",
    "dwellings_completed",
    "house_price",
    "persons_per_household",
    "tax_base_per_inhabitant",
    "tax_rate",
    "openly_unemployed",
    "moves_in",
)
ACCOUNTS = ("TOTAL", "B_E", "F", "G_I", "O_Q", "R_U")
NATIONAL_MEASURES = ("consumer_prices", "tax_base_per_inhabitant", "house_price_index", "immigration")
