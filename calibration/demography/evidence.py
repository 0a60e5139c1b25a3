"""What is published about a municipality's ages in a year without single ages: the bridge's constraints.

Each piece of evidence says: the people of these ages (both sexes, or one) are so many, give or take a standard error
that comes from how the figure was rounded. Exact figures have standard error 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from calibration.demography.places import OLDEST, SEXES
from calibration.demography.read import Sources

GROUPS: dict[str, tuple[int, int]] = {
    "0-15": (0, 15), "16-24": (16, 24), "25-44": (25, 44), "45-64": (45, 64), "65+": (65, OLDEST),
    "20-34": (20, 34), "0-19": (0, 19), "75+": (75, OLDEST), "total": (0, OLDEST),
}  # fmt: skip
EXACT_GROUPS = ("0-15", "16-24", "25-44", "45-64", "65+", "20-34")
SHARE_DECIMALS, RATIO_DECIMALS = 2, 1
COMPUTED_ERROR = 1.0
"""Standard error of persons computed from a published share (persons)."""


@dataclass(frozen=True)
class Evidence:
    """People of ages `low`…`high` on 31 December of `year`: `persons`, give or take `error` (standard error)."""

    year: int
    low: int
    high: int
    persons: float
    error: float


def rounding_error(decimals: int) -> float:
    """Standard error of a figure rounded to so many decimals (uniform)."""
    return float(10.0**-decimals / np.sqrt(12))


def published_groups(sources: Sources, code: str, year: int) -> Iterator[Evidence]:
    """Counts by age group, exact where published as counts."""
    table = sources.groups
    rows = table[(table["municipality"] == code) & (table["year"] == year) & (table["age_group"] != "total")]
    for name, persons in zip(rows["age_group"], rows["persons"], strict=True):
        low, high = GROUPS[name]
        yield Evidence(year, low, high, float(persons), 0.0 if name in EXACT_GROUPS else COMPUTED_ERROR)


def published_shares(sources: Sources, code: str, year: int) -> Iterator[Evidence]:
    """The share aged 65 and over, and those of working age from the dependency ratio, as persons."""
    total = float(sources.total.sel(municipality=code, year=year))
    share, ratio = (float(v) for v in sources.shares.sel(municipality=code, year=year).values[:2])
    old, error = share * total / 100, rounding_error(SHARE_DECIMALS) * total / 100
    if total * 10.0**-SHARE_DECIMALS / 100 < 1:
        old, error = round(old), 0.0
    yield Evidence(year, 65, OLDEST, old, error)
    working = total / (1 + ratio / 100)
    yield Evidence(year, 20, 64, working, rounding_error(RATIO_DECIMALS) * working**2 / total / 100)


def age_evidence(sources: Sources, code: str, year: int) -> list[Evidence]:
    """Everything published on ages in a year; a rounded figure gives way to an exact one of the same group."""
    found: dict[tuple[int, int], Evidence] = {}
    for item in (*published_shares(sources, code, year), *published_groups(sources, code, year)):
        known = found.get((item.low, item.high))
        if known is None or item.error <= known.error:
            found[item.low, item.high] = item
    return list(found.values())


def account(sources: Sources, code: str, year: int) -> tuple[dict[str, float], float]:
    """Net change of those alive (net moves − deaths + adjustments, persons) by sex, and the standard error by sex.

    SCB's adjustment is published by sex for 2023–24; otherwise the part of the year's change in total population that
    births, deaths and moves leave unexplained is shared equally, and uncertain.
    """
    year_of = {"municipality": code, "year": year}
    flows = sources.net_moves.sel(year_of) - sources.deaths.sel(year_of)
    change = float(sources.total.sel(year_of)) - float(sources.total.sel(municipality=code, year=year - 1))
    residual = change - float(flows.sum()) - float(sources.births.sel(year_of).sum())
    published = sources.adjustments.sel(year_of)
    known = bool(published.notnull().all()) and abs(float(published.sum()) - residual) < 0.5
    extra = published if known else xr.full_like(published, residual / 2)
    error = 0.0 if known else 1.0 + abs(residual) / 4
    return {sex: float((flows + extra).sel(sex=sex)) for sex in SEXES}, error
