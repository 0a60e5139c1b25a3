"""Labour supply: registered unemployed people, and who takes part in the labour force by sex and age."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from calibration.economy.people import AGES, Floats, aged_between
from calibration.economy.read import YEARS, DataError, Shelf, cell, total_sex, wide

FIRST_SHARE: Final = 2011  # first year of the municipal share of openly unemployed people

# Share of people in the labour force by age, at these ages, straight between [±0.05 at 25–59, ±0.10 elsewhere].
# Shape of Swedish register employment in November plus unemployed, mean of 2010–2024 (taking part at 60–74 and
# under 25 rose over the years, so that their mean keeps the level free of ageing); women, men. Quality: D.
KNOTS: Final = (15, 16, 18, 19, 20, 22, 25, 30, 35, 45, 55, 60, 62, 64, 65, 66, 67, 70, 75)
WOMEN: Final = (
    0.0, 0.16, 0.41, 0.60, 0.67, 0.71, 0.77, 0.81, 0.832, 0.845, 0.835, 0.80, 0.75, 0.65, 0.46, 0.33, 0.26, 0.16, 0.04,
)  # fmt: skip
MEN: Final = (
    0.0, 0.13, 0.39, 0.62, 0.70, 0.74, 0.79, 0.83, 0.848, 0.852, 0.843, 0.81, 0.77, 0.69, 0.51, 0.39, 0.32, 0.21, 0.06,
)  # fmt: skip
LAST_AGE: Final = 74
ODDS_BOUNDS: Final = (0.2, 5.0)  # dmnl: where the level of 2010 is searched
BISECTIONS: Final = 80
SHRINKAGE: Final = 300.0  # person-years of open unemployment that the ratio of all 29 weighs


def unemployed_share(shelf: Shelf, codes: list[str]) -> pd.DataFrame:
    """Openly unemployed people aged 18–65, share of the population of that age, municipality × year 2010–2024.

    2010 is 2011 moved by the known count of the municipality (Gällivare), its county (Norrbotten) or Sweden.
    """
    frame = shelf.table("economy/employment.csv", ["municipality_code", "year", "measure", "sex"])
    frame = total_sex(frame)
    share = wide(frame, "open_unemployment_pct_pop_18_65", codes) / 100.0
    counts = frame[frame["measure"] == "open_unemployed_annual_mean"]
    counts = counts.pivot(index="municipality_code", columns="year", values="value")
    both = counts[[FIRST_SHARE - 1, FIRST_SHARE]].dropna()
    ratio = {str(c): cell(both, str(c), FIRST_SHARE - 1) / cell(both, str(c), FIRST_SHARE) for c in both.index}
    change = pd.Series({c: ratio.get(c, ratio["25" if c.startswith("25") else "00"]) for c in codes})
    share.insert(0, FIRST_SHARE - 1, share[FIRST_SHARE] * change)
    return share[list(YEARS)]


def openly_unemployed(share: pd.DataFrame, people: Floats) -> pd.DataFrame:
    """Openly unemployed persons: share × people aged 18–65."""
    return share * aged_between(people, 18, 65).T


def unemployed(openly: pd.DataFrame, official: dict[str, pd.DataFrame], people: Floats) -> pd.DataFrame:
    """All registered unemployed people (those in programmes included), municipality × year.

    2020–24: SCB's rate and employment at ages 20–64. Earlier: the openly unemployed times the ratio of the two in
    2020–24, shrunk to the ratio of all 29 where few are unemployed. Programmes weighed more in 2010–2015 than later, so
    that the early level is, if anything, low.
    """
    rate, work = official["unemployment_rate_20_64"] / 100.0, official["employment_rate_20_64"] / 100.0
    aged = pd.DataFrame(aged_between(people, 20, 64).T, index=openly.index, columns=list(YEARS))[rate.columns]
    counted = rate / (1.0 - rate) * work * aged
    few, many = openly[counted.columns].sum(axis=1), counted.sum(axis=1)
    ratio = (many + SHRINKAGE * many.sum() / few.sum()) / (few + SHRINKAGE)
    everyone = openly.mul(ratio, axis=0)
    everyone[counted.columns] = counted
    return everyone


def rates(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """Official rates at ages 20–64, 2020–2024 (percent): employment and unemployment."""
    frame = total_sex(shelf.table("long/employment_rates.csv", ["region_code", "year", "measure", "sex"]))
    return {m: wide(frame, m, codes) for m in ("employment_rate_20_64", "unemployment_rate_20_64")}


def growth_2024(shelf: Shelf, codes: list[str], people: Floats) -> pd.Series:
    """Employed residents 2024 over 2023: employment rate × people, both at ages 20–64 (dmnl)."""
    rate = rates(shelf, codes)["employment_rate_20_64"]
    aged = aged_between(people, 20, 64)
    growth: pd.Series = rate[2024] / rate[2023] * aged[-1] / aged[-2]
    return growth


def shape() -> Floats:
    """Participation by sex (women, men) and age 0–100 before it is set to the level of 2010, share."""
    ages = np.arange(AGES)
    table = np.stack([np.interp(ages, KNOTS, v, left=0.0, right=0.0) for v in (WOMEN, MEN)])
    table[:, LAST_AGE + 1 :] = 0.0
    return table


def profile(people: Floats, force: float) -> Floats:
    """The shape with its odds scaled so that 2010's labour force of the 29 comes out; stays below 1.

    Args: people [year, sex, age, municipality]; force: labour force in 2010, persons. Returns: [sex, age].
    """
    start, flat = people[0].sum(axis=2), shape()
    low, high = ODDS_BOUNDS
    for _ in range(BISECTIONS):
        middle = np.sqrt(low * high)
        trial = _odds(flat, middle)
        low, high = (low, middle) if (trial * start).sum() > force else (middle, high)
    return _odds(flat, float(np.sqrt(low * high)))


def _odds(share: Floats, factor: float) -> Floats:
    return share * factor / (1.0 - share + share * factor)


def participation(people: Floats, force: pd.DataFrame) -> tuple[Floats, pd.Series, pd.DataFrame]:
    """Split the observed labour force into profile × level × local.

    Args: people [year, sex, age, municipality]; force: employed residents + unemployed, municipality × year.
    Returns: profile [sex, age]; level by year (2010 = 1); local, municipality × year.
    """
    by_age = profile(people, float(force[YEARS[0]].sum()))
    expected = np.einsum("sa,tsam->mt", by_age, people)
    level = pd.Series(force.sum(axis=0).to_numpy() / expected.sum(axis=0), index=list(YEARS))
    local = force / (expected * level.to_numpy())
    most = float((local.max() * level * by_age.max()).max())
    if most >= 1.0:
        raise DataError(f"participation reaches {most:.3f} of an age group; flatten the profile at its top.")
    return by_age, level, local
