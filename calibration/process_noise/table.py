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


def read_sizes(parameters: Path = PARAMETERS, places: Path = PLACES) -> Sizes:
    """Read both tables."""
    table = pd.read_csv(parameters)
    value = table.set_index(["kind", "part", "parameter"])["value"]

    def by_kind(part: str, parameter: str) -> Values:
        return np.array([value[kind, part, parameter] for kind in KINDS], dtype=np.float64)

    by_place = pd.read_csv(places, dtype={"municipality": str})
    codes = tuple(sorted(by_place["municipality"].unique()))

    def wide(column: str) -> Values:
        pivot = by_place.pivot(index="kind", columns="municipality", values=column)
        return pivot.loc[list(KINDS), list(codes)].to_numpy(dtype=np.float64)

    return Sizes(
        codes=codes,
        common_persistence=by_kind("common", "persistence"),
        common=by_kind("common", "standard deviation"),
        common_start=tuple(KNOWN if flag else STATIONARY for flag in by_kind("common", "starts at 0")),
        common_correlation=_correlation(table, "common"),
        local_persistence=by_kind("local", "persistence"),
        local_correlation=_correlation(table, "local"),
        local=wide("persistent"),
        yearly=wide("yearly"),
        level=wide("level"),
    )


def _correlation(table: pd.DataFrame, part: str) -> Values:
    """The correlations [kind, kind] of a part, from rows named 'correlation with OTHER'; 0 where there is none."""
    found = np.eye(len(KINDS))
    rows = table[(table["part"] == part) & table["parameter"].str.startswith("correlation with ")]
    for row in rows.itertuples():
        i, j = KINDS.index(str(row.kind)), KINDS.index(str(row.parameter).removeprefix("correlation with "))
        found[i, j] = found[j, i] = float(str(row.value))
    return found
