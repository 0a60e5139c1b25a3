"""What people of each age need of public services: jobs and costs."""

from __future__ import annotations

from typing import Final

import numpy as np

from calibration.economy.constants import CPI_1980, PRICE_YEAR
from calibration.economy.people import AGES, Floats
from calibration.economy.read import YEARS, DataError, Shelf

# Public jobs (O, P, Q) by function, share of all, and the ages they serve with relative need per person.
# P 31 %, Q 51 %, O 18 % of the counties' public jobs 2020–24 (SCB, BAS); within them national cost shares
# (SCB, kommunernas kostnader för pedagogisk verksamhet 2021; care and health by age: cost equalisation,
# SOU 2018:74, shape recalled). Quality: D, each share ±25 %.
FUNCTIONS: Final = (
    ("preschool", 0.075, ((1, 1, 0.6), (2, 5, 1.0))),
    ("school", 0.135, ((6, 6, 0.6), (7, 15, 1.0))),
    ("upper secondary", 0.04, ((16, 18, 1.0),)),
    ("adult and higher education", 0.06, ((19, 25, 1.0), (26, 40, 0.35), (41, 64, 0.1))),
    ("elderly care", 0.20, ((65, 69, 0.06), (70, 74, 0.1), (75, 79, 0.22), (80, 84, 0.5), (85, 89, 1.0),
                             (90, 100, 1.9))),
    ("health care", 0.17, ((0, 0, 1.0), (1, 14, 0.4), (15, 44, 0.6), (45, 64, 0.9), (65, 74, 1.6), (75, 84, 2.3),
                            (85, 100, 2.6))),
    ("disability, family and social care", 0.14, ((0, 17, 0.7), (18, 64, 1.0), (65, 100, 0.5))),
    ("government, defence, order", 0.18, ((0, 100, 1.0),)),
)  # fmt: skip

# Municipal costs, SEK per person and year of the ages, in prices of 2017. Sources: preschool 147 477 SEK per child
# enrolled × 0.85 enrolled; school 115 373 + after-school 35 932 × share, preschool class 62 719; upper secondary
# 133 288 × 1.0; elderly care 62 055 per inhabitant 65+ (country mean, stated by Stockholm's statistics from Kolada
# 2017), spread by age as above; disability 9 737 per inhabitant 0–64; individual and family care 4 045 and other
# 13 164 per inhabitant. Quality: C for levels, D for the spread over ages [±20 %].
COSTS_2017: Final = (
    (1, 1, 85_000.0), (2, 5, 138_000.0), (6, 6, 90_000.0), (7, 9, 136_000.0), (10, 12, 122_000.0),
    (13, 15, 116_000.0), (16, 18, 133_000.0), (65, 69, 8_000.0), (70, 74, 13_000.0), (75, 79, 30_000.0),
    (80, 84, 75_000.0), (85, 89, 155_000.0), (90, 100, 300_000.0),
)  # fmt: skip
EVERYBODY_2017: Final = 4_045.0 + 13_164.0 + 1_500.0  # SEK per person: family care, other, adult education
UNDER_65_2017: Final = 9_737.0  # SEK per person 0–64: people with disabilities
COST_YEAR: Final = 2017
NEED_YEARS: Final = slice(10, 15)  # positions of 2020–2024


def _relative(spans: tuple[tuple[int, int, float], ...]) -> Floats:
    ages = np.zeros(AGES)
    for first, last, weight in spans:
        ages[first : last + 1] = weight
    return ages


def welfare_need(people: Floats, public_jobs: Floats) -> Floats:
    """Public jobs needed per person by age 0–100, jobs/person.

    Args: people [year, sex, age, municipality]; public_jobs: jobs in O, P, Q of the two counties, 2020–2024. Each
    function's jobs are shared over the ages it serves, so that all people together need the jobs there were.
    """
    by_age = people[NEED_YEARS].sum(axis=(1, 3)).mean(axis=0)
    total = float(np.mean(public_jobs))
    need = np.zeros(AGES)
    for _, share, spans in FUNCTIONS:
        relative = _relative(spans)
        need += share * total * relative / float((relative * by_age).sum())
    return need


def cost_need() -> Floats:
    """Municipal cost per person and year by age 0–100, SEK, prices of 2024."""
    cost = _relative(COSTS_2017) + EVERYBODY_2017
    cost[:65] += UNDER_65_2017
    price: Floats = cost * CPI_1980[PRICE_YEAR] / CPI_1980[COST_YEAR]
    return price


def national_cost(shelf: Shelf) -> Floats:
    """Cost per inhabitant that Sweden's ages call for, SEK, prices of 2024. Returns: array [year 2010–2024]."""
    keys = ["region_code", "year", "sex", "age", "variable"]
    frame = shelf.table("demography/national_age_flows.csv", keys, "persons")
    rows = frame[(frame["variable"] == "population_31dec") & frame["year"].isin(YEARS)]
    ages = rows["age"].str.rstrip("+").astype(int).clip(upper=AGES - 1)
    table = rows.groupby([rows["year"], ages])["persons"].sum().unstack()
    if table.shape != (len(YEARS), AGES) or bool(table.isna().any(axis=None)):
        raise DataError("national_age_flows.csv: Sweden's population lacks a year or an age.")
    people = table.to_numpy()
    mean: Floats = (people * cost_need()).sum(axis=1) / people.sum(axis=1)
    return mean
