"""Sex and age of people in households that move in for a job."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.drivers.tables import AGES, SEXES, sources, write

# Judgement (quality D): workers are 60 per cent men and mostly 22 to 40 years old (Umeå University on Skellefteå's
# newcomers: men aged 25 to 64 dominate); a partner comes with three of ten, a child with three of ten: 1.6 each.
MEN_AMONG_WORKERS = 0.6
PARTNERS_PER_WORKER = 0.30
CHILDREN_PER_WORKER = 0.30
WORKER_AGES = (20, 64)
WORKER_PEAK_AGE = 28.0
WORKER_SPREAD = 0.32
CHILD_AGES = (0, 17)
CHILD_MEAN_AGE = 6.0


def worker_ages() -> np.ndarray:
    """Return the age profile of moving workers (101), summing to 1: lognormal around the late twenties."""
    ages = np.arange(101.0)
    profile = np.exp(-0.5 * (np.log(np.maximum(ages, 1.0) / WORKER_PEAK_AGE) / WORKER_SPREAD) ** 2)
    profile[(ages < WORKER_AGES[0]) | (ages > WORKER_AGES[1])] = 0.0
    return np.asarray(profile / profile.sum())


def child_ages() -> np.ndarray:
    """Return the age profile of their children (101), summing to 1: the younger, the more."""
    ages = np.arange(101.0)
    profile = np.where(ages <= CHILD_AGES[1], np.exp(-ages / CHILD_MEAN_AGE), 0.0)
    return np.asarray(profile / profile.sum())


def profile() -> dict[str, np.ndarray]:
    """Return persons by sex and age per person moving in (sums to 1 over both)."""
    work, child = worker_ages(), child_ages()
    adults = {
        "men": MEN_AMONG_WORKERS + (1 - MEN_AMONG_WORKERS) * PARTNERS_PER_WORKER,
        "women": (1 - MEN_AMONG_WORKERS) + MEN_AMONG_WORKERS * PARTNERS_PER_WORKER,
    }
    total = sum(adults.values()) + CHILDREN_PER_WORKER
    return {sex: (adults[sex] * work + 0.5 * CHILDREN_PER_WORKER * child) / total for sex in SEXES}


def build() -> None:
    """Write the newcomers' profile."""
    shares = profile()
    rows = [(sex, age, shares[sex][age]) for sex in SEXES for age in AGES]
    write(pd.DataFrame(rows, columns=["sex", "age", "newcomer profile"]), "newcomers.csv")
    method = "lognormal worker ages around 28, partners and children added"
    source = "judgement (Umeå University on in-moves to Skellefteå)"
    sources([("newcomer profile", "dmnl", source, method, "D", "")], "sources_newcomers.csv")
