"""Coefficients stated before the data were estimated here, beside ours: which stand, and why others do not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from calibration.economy.read import DataError
from calibration.regressions.equations import HORIZONS, KEY, Equation, equations, estimate_at, run
from calibration.regressions.panel import DEFINITIONS, HERE, Panel

CLAIMED = HERE / "claimed.csv"
RAMS = (1993, 2018)
STANDS = 1.0
"""Standard errors within which a stated figure stands."""


def read_claimed(path: Path = CLAIMED) -> pd.DataFrame:
    """The stated figures: key, claimed, claimed_error (blank where none was given), why ours differs.

    Raises DataError where the table is missing.
    """
    if not path.is_file():
        raise DataError(f"{path.name}: the table is missing. Bring it back from version control.")
    table = pd.read_csv(path).set_index(list(KEY))
    return table.assign(why=table["why"].fillna(""))


def apart(equation: Equation) -> frozenset[int]:
    """Last years of windows that lie back to back from the first year of each definition."""
    first = equation.over.split()[0]
    years = int(first) if first.isdigit() else min(HORIZONS)
    spans = DEFINITIONS.values()
    return frozenset(end for _, begin, last in spans for end in range(begin + years, last + 1, years))


def corrections(panel: Panel, path: Path = CLAIMED) -> pd.DataFrame:
    """Stated and estimated side by side: all windows of 1993-2023; RAMS alone (1993-2018); the same with windows back
    to back, as the stated ones were made. `verdict`: stands or corrected."""
    key = list(KEY)
    table = read_claimed(path)
    rams = panel.between(*RAMS)
    ours, older = run(panel).set_index(key), run(rams).set_index(key)
    table["ours"], table["error"] = ours["coefficient"], ours["error"]
    table["rams"], table["rams_error"] = older["coefficient"], older["error"]
    back_to_back = pd.concat([estimate_at(equation, rams, apart(equation)) for equation in equations()])
    table["back_to_back"] = back_to_back.set_index(key)["coefficient"]
    far = (table["ours"] - table["claimed"]).abs() > STANDS * table["error"]
    table["verdict"] = ["corrected" if flag else "stands" for flag in far]
    columns = ["claimed", "claimed_error", "ours", "error", "rams", "rams_error", "back_to_back", "verdict", "why"]
    return table[columns].reset_index()
