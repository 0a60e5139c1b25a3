"""What measures are paid for, counted in the runs: inhabitants, newcomers, homes started, kronor of tax base, …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Found = Mapping[str, Floats]
"""Results of some members by key: (members, years, *dims)."""
MILLION = 1e6
YEARS_OF_SUPPORT = 5
"""Years for which a newcomer gets support."""


@dataclass(frozen=True)
class Span:
    """Calendar years of the runs, and the year in which the measures begin."""

    years: tuple[int, ...]
    begin: int


@dataclass(frozen=True)
class Base:
    """A thing that is paid for: the model's variables it is made from, and its number by (member, year, place)."""

    variables: tuple[str, ...]
    count: Callable[[Found, Span], Floats]


def _newcomers(found: Found, span: Span) -> Floats:
    """People who moved in for a job since the measures began, no more than five years ago."""
    moved = np.where((np.array(span.years) >= span.begin)[:, None], found["in_migration_jobs"], 0.0)
    total = np.cumsum(moved, axis=1)
    before = np.zeros_like(total)
    before[:, YEARS_OF_SUPPORT:] = total[:, :-YEARS_OF_SUPPORT]
    return np.asarray(total - before)


def _equalised(found: Found, _: Span) -> Floats:
    country = found["national_tax_base_path"] * found["equalisation_tax_rate"] / MILLION
    return np.asarray(country[..., None] * found["total_population"])


def _grid(found: Found, _: Span) -> Floats:
    return np.asarray(found["grid_ordered"])


BY_NAME: dict[str, Base] = {
    "municipality": Base(("total population",), lambda found, _: np.ones_like(found["total_population"])),
    "inhabitant": Base(("total population",), lambda found, _: found["total_population"]),
    "person in the labour force": Base(("labour force",), lambda found, _: found["labour_force"]),
    "newcomer": Base(("in migration jobs",), _newcomers),
    "home started": Base(("dwellings started",), lambda found, _: found["dwellings_started"]),
    "builder of homes": Base(("home builders",), lambda found, _: found["home_builders"]),
    "non-registered worker": Base(("Nonregistered workers",), lambda found, _: found["nonregistered_workers"]),
    "MSEK of tax base": Base(("tax base",), lambda found, _: found["tax_base"] / MILLION),
    "MSEK of equalised income": Base(
        ("national tax base path", "equalisation tax rate", "total population"), _equalised
    ),
    "MW decided a year": Base(("grid ordered",), _grid),
}
"""Every base that the table of costs may name."""
