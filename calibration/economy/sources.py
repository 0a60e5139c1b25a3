"""Every column written must have a row in a sources table, and every row a column.

The two tables `sources_economy.csv` (in calibration/history and model/values) are written by hand; this checks them.
"""

from __future__ import annotations

import pandas as pd

from calibration.economy.read import HISTORY, VALUES, DataError

COORDINATES = frozenset(
    ("municipality", "workplace", "county", "industry", "sex", "age", "year", "time", "start", "quality", "measure")
) | {"unit"}
GRADES = frozenset("ABCD")
SAME_AS_YEARLY = "long_series"  # its columns are those of municipality_year


def check_sources(history: dict[str, pd.DataFrame], values: dict[str, pd.DataFrame]) -> None:
    """Compare what is written with the two tables of sources. Raises: DataError listing every difference."""
    rows = pd.read_csv(HISTORY / "sources_economy.csv", keep_default_na=False)
    problems = _differences(
        "calibration/history/sources_economy.csv",
        {(n.removesuffix(".csv"), c) for n, t in history.items() if n != f"{SAME_AS_YEARLY}.csv" for c in _columns(t)},
        {(t, c) for t, c in zip(rows["table"], rows["column"], strict=True) if t != SAME_AS_YEARLY},
    )
    variables = pd.read_csv(VALUES / "sources_economy.csv", keep_default_na=False)
    problems += _differences(
        "model/values/sources_economy.csv",
        {(c,) for t in values.values() for c in _columns(t)},
        {(v,) for v in variables["variable"]},
    )
    for table in (rows[rows["table"] != SAME_AS_YEARLY], variables):
        problems += [f"quality {q!r} is not one of A, B, C, D" for q in set(table["quality"]) - GRADES]
    if problems:
        raise DataError("; ".join(problems) + ". Correct the sources table.")


def _columns(table: pd.DataFrame) -> list[str]:
    return [str(c) for c in table.columns if c not in COORDINATES]


def _differences(name: str, written: set[tuple[str, ...]], told: set[tuple[str, ...]]) -> list[str]:
    missing = [f"{name} lacks {' / '.join(k)}" for k in sorted(written - told)]
    return missing + [f"{name} tells of {' / '.join(k)}, which is not written" for k in sorted(told - written)]
