"""Households: how many, and who heads them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from calibration.economy.people import AGES, Floats
from calibration.economy.read import YEARS, Shelf, total_sex, wide

FIRST_KNOWN: Final = 2011
# Share of people who are their household's reference person, at these ages, straight between [±0.05]. Shaped on
# Swedish register households (one-person households are most common under 30 and over 75; few over 90 keep a
# home of their own). Quality: D.
KNOTS: Final = (16, 18, 19, 20, 22, 25, 30, 35, 45, 55, 65, 75, 85, 92, 100)
HEADS: Final = (0.0, 0.04, 0.16, 0.33, 0.48, 0.55, 0.56, 0.54, 0.55, 0.58, 0.60, 0.64, 0.74, 0.68, 0.45)


def persons_per_household(shelf: Shelf, codes: list[str]) -> pd.DataFrame:
    """Persons per household 2010–2024, municipality × year; 2010 is 2011 less the mean change of 2011–2014."""
    frame = total_sex(shelf.table("long/housing_long.csv", ["region_code", "year", "measure", "sex"]))
    known = wide(frame, "persons_per_household", codes)
    drift = float(((known[FIRST_KNOWN + 3] - known[FIRST_KNOWN]) / 3.0).mean())
    known.insert(0, FIRST_KNOWN - 1, known[FIRST_KNOWN] - drift)
    return known[list(YEARS)]


def headship(people: Floats, households: pd.DataFrame) -> tuple[Floats, pd.DataFrame]:
    """Split observed households into rate by age × local factor.

    Args: people [year, sex, age, municipality]; households: municipality × year. The level is set in 2011, the first
    year with counts. Returns: rate [sex, age] (same for both sexes); local, municipality × year.
    """
    ages = np.interp(np.arange(AGES), KNOTS, HEADS, left=0.0)
    rate = np.stack([ages, ages])
    first = YEARS.index(FIRST_KNOWN)
    rate *= float(households[FIRST_KNOWN].sum() / (rate * people[first].sum(axis=2)).sum())
    expected = np.einsum("sa,tsam->mt", rate, people)
    return rate, households / expected
