"""The estimated sizes of yearly shocks, as the model's chance reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Values = NDArray[np.float64]
HERE = Path(__file__).resolve().parent
PARAMETERS, PLACES = HERE / "process_noise.csv", HERE / "municipalities.csv"
KINDS = ("births", "deaths", "moves in", "moves out", "immigration")
"""Events of a year."""
INDUSTRIES = ("basic", "construction", "services", "welfare", "other")
JOBS, PRICES = "all jobs", "house prices"


def kind_of(industry: str) -> str:
    """The shock of an industry's jobs, beside that of all jobs of the place."""
    return f"{industry} jobs"


WALKS = (JOBS, *map(kind_of, INDUSTRIES), PRICES)
"""What goes on from its last value: jobs that a place's industries share, those of each industry, prices."""
OF_PLACES = (JOBS, kind_of("basic"), PRICES)
"""Those of which it is known how places differ."""
STATIONARY, KNOWN = "stationary", "known"
"""How a common shock starts: anywhere in its long-run spread, or at 0 since the last year's level is known."""


@dataclass(frozen=True)
class Sizes:
    """Shocks are logarithms. `common_*` [kind]: persistence (share of a year's deviation left a year later), long-run
    standard deviation, how it starts; `common_correlation` and `local_correlation` [kind, kind] between the kinds'
    innovations; `local_persistence` [kind]; `local`, `yearly` and `level` [kind, municipality]: standard deviations of
    the persistent part, of the part that a single year brings (chance of small numbers included), and of the error of
    the rates' own level, which was estimated in years with the same shocks.
    """

    codes: tuple[str, ...]
    common_persistence: Values
    common: Values
    common_start: tuple[str, ...]
    common_correlation: Values
    local_persistence: Values
    local_correlation: Values
    local: Values
    yearly: Values
    level: Values


@dataclass(frozen=True)
class WalkSizes:
    """Shocks of WALKS, logarithms of what is wanted.

    `common_persistence`, `common` and `local_persistence` [kind] as in Sizes; `local` [kind, municipality]: standard
    deviations, 0 except of OF_PLACES; `counting` [kind, municipality]: those of what a year's count errs, no shock.
    """

    codes: tuple[str, ...]
    common_persistence: Values
    common: Values
    local_persistence: Values
    local: Values
    counting: Values


@dataclass(frozen=True)
class _Tables:
    """Both tables, by kind."""

    value: pd.Series
    by_place: pd.DataFrame
    codes: tuple[str, ...]

    def of(self, kinds: tuple[str, ...], part: str, parameter: str) -> Values:
        """A parameter [kind], 0 where a kind has none."""
        rows = [(kind, part, parameter) for kind in kinds]
        return np.asarray(self.value.reindex(rows).fillna(0.0).to_numpy(), dtype=np.float64)

    def wide(self, kinds: tuple[str, ...], column: str) -> Values:
        """A column [kind, municipality], 0 where a kind has none."""
        pivot = self.by_place.pivot(index="kind", columns="municipality", values=column)
        return np.asarray(pivot.reindex(list(kinds))[list(self.codes)].fillna(0.0).to_numpy(), dtype=np.float64)


def _tables(parameters: Path, places: Path) -> _Tables:
    by_place = pd.read_csv(places, dtype={"municipality": str})
    value = pd.read_csv(parameters).set_index(["kind", "part", "parameter"])["value"]
    return _Tables(value, by_place, tuple(sorted(by_place["municipality"].unique())))


def read_sizes(parameters: Path = PARAMETERS, places: Path = PLACES) -> Sizes:
    """Read the shocks of events."""
    tables, table = _tables(parameters, places), pd.read_csv(parameters)
    known = tables.of(KINDS, "common", "starts at 0")
    return Sizes(
        codes=tables.codes,
        common_persistence=tables.of(KINDS, "common", "persistence"),
        common=tables.of(KINDS, "common", "standard deviation"),
        common_start=tuple(KNOWN if flag else STATIONARY for flag in known),
        common_correlation=_correlation(table, "common"),
        local_persistence=tables.of(KINDS, "local", "persistence"),
        local_correlation=_correlation(table, "local"),
        local=tables.wide(KINDS, "persistent"),
        yearly=tables.wide(KINDS, "yearly"),
        level=tables.wide(KINDS, "level"),
    )


def read_walks(parameters: Path = PARAMETERS, places: Path = PLACES) -> WalkSizes:
    """Read the shocks of jobs and prices."""
    tables = _tables(parameters, places)
    return WalkSizes(
        codes=tables.codes,
        common_persistence=tables.of(WALKS, "common", "persistence"),
        common=tables.of(WALKS, "common", "standard deviation"),
        local_persistence=tables.of(WALKS, "local", "persistence"),
        local=tables.wide(WALKS, "persistent"),
        counting=tables.wide(WALKS, "yearly"),
    )


def _correlation(table: pd.DataFrame, part: str) -> Values:
    """The correlations [kind, kind] of a part, from rows named 'correlation with OTHER'; 0 where there is none."""
    found = np.eye(len(KINDS))
    rows = table[(table["part"] == part) & table["parameter"].str.startswith("correlation with ")]
    for row in rows.itertuples():
        i, j = KINDS.index(str(row.kind)), KINDS.index(str(row.parameter).removeprefix("correlation with "))
        found[i, j] = found[j, i] = float(str(row.value))
    return found
