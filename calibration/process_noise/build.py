"""Estimates written as the two tables that the model's chance reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.demography.window import REFERENCE
from calibration.process_noise.build_walks import walk_rows, walk_sizes
from calibration.process_noise.estimate import IMMIGRATION, Estimate
from calibration.process_noise.likelihood import MOST_PERSISTENT, POISSON, Shocks
from calibration.process_noise.residuals import RATES, read
from calibration.process_noise.table import KINDS, PARAMETERS, PLACES
from calibration.process_noise.walks import Walks
from model.whole import write_whole

DIGITS = "%.3g"
"""Three digits: fewer than the standard errors allow, and the same on every machine."""
STARTS_KNOWN = ("births", IMMIGRATION)
"""Kinds whose future path continues from the last observed year; the others' is a mean of 2011-2019, from which the
last year already strays."""
Values = NDArray[np.float64]
LEVELS = {
    "births": ("demography_local_fertility.csv", "local fertility"),
    "deaths": ("demography_local_mortality.csv", "local mortality"),
}
"""Where the rates say how municipalities differ: file and column."""
COLUMNS = ["kind", "part", "parameter", "value", "standard error", "unit", "window", "method"]
PLACE_COLUMNS = ["kind", "municipality", "expected", "persistent", "yearly", "level"]
RESTRICTED = "restricted maximum likelihood of 28 municipalities by year"
NATIONAL = "restricted maximum likelihood of Sweden's level by year"
BORROWED = "as moves in: three years with a split cannot tell"
SHRUNK = "maximum likelihood {estimate:.2f}, shrunk by its standard error"
START = "judgement: the model's path continues from the last observed level"
START_NOT = "judgement: the model's path is a mean of earlier years"


def rows_of(kind: str, shocks: Shocks) -> list[list[object]]:
    """Rows of a kind, without the window."""
    common = NATIONAL if kind == IMMIGRATION else RESTRICTED
    spread = float(np.sqrt(shocks["common variance"]))
    error = shocks.error("common variance") / (2 * spread)
    known = kind in STARTS_KNOWN
    at_bound = f"; at its bound {MOST_PERSISTENT:g}" if shocks["common persistence"] > MOST_PERSISTENT - 1e-3 else ""
    borrowed = BORROWED if kind == IMMIGRATION else RESTRICTED
    poisson = "; at its bound, Poisson" if shocks["yearly w"] < POISSON + 1e-3 else ""
    table = [
        ("common", "persistence", "common persistence", "dmnl", common + at_bound),
        ("local", "persistence", "local persistence", "dmnl", borrowed),
        ("local", "variance", "local a", "dmnl", RESTRICTED),
        ("local", "variance times expected count", "local d", "persons", RESTRICTED),
        ("yearly", "variance times expected count", "yearly w", "persons", RESTRICTED + poisson),
    ]
    rows: list[list[object]] = [
        [kind, part, parameter, shocks[name], shocks.error(name), unit, method]
        for part, parameter, name, unit, method in table
    ]
    rows.insert(1, [kind, "common", "standard deviation", spread, error, "dmnl", common])
    rows.insert(2, [kind, "common", "starts at 0", int(known), np.nan, "dmnl", START if known else START_NOT])
    return rows


def parameters(found: Estimate, walks: Walks) -> pd.DataFrame:
    """The table of parameters."""
    return pd.concat([of_events(found), pd.DataFrame(walk_rows(walks), columns=COLUMNS)])


def of_events(found: Estimate) -> pd.DataFrame:
    """The parameters of births, deaths and moves."""
    rows = [row for kind in KINDS for row in rows_of(kind, found.shocks[kind])]
    for (first, second, part), (value, error) in found.correlations.items():
        name, method = f"correlation with {second}", SHRUNK.format(estimate=value)
        rows.append([first, part, name, shrunk(value, error), error, "dmnl", method])
    table = pd.DataFrame([[*row[:6], f"{found.window.first}-{found.window.last}", row[6]] for row in rows])
    return table.set_axis(COLUMNS, axis=1)


def shrunk(value: float, error: float) -> float:
    """An estimate drawn towards 0 as its standard error asks: unchanged when that is nil."""
    return 0.0 if np.isnan(error) else value**3 / (value**2 + error**2)


def level_error(found: Estimate, kind: str, rates: Path) -> Values:
    """Standard deviation of the error of each municipality's own level in the rates [municipality].

    Levels were estimated in the reference years, so shocks of those years are in them; births and deaths were shrunk
    towards the region, so that their error is no larger than municipalities differ.
    """
    error = found.shocks[kind].level_variance(found.expected[KINDS.index(kind)], len(REFERENCE))
    if kind not in LEVELS:
        return np.asarray(np.sqrt(error), dtype=np.float64)
    file, column = LEVELS[kind]
    spread = np.log(read(rates, file)[column]).var()
    return np.asarray(np.sqrt(error * spread / (error + spread)), dtype=np.float64)


def by_municipality(found: Estimate, rates: Path = RATES) -> pd.DataFrame:
    """Standard deviations (logarithms) of each kind and municipality: persistent, of a single year, of the level."""
    rows = []
    for i, kind in enumerate(KINDS):
        expected, shocks = found.expected[i], found.shocks[kind]
        persistent, yearly = np.sqrt(shocks.local_variance(expected)), np.sqrt(shocks.yearly_variance(expected))
        level = level_error(found, kind, rates)
        rows += list(zip([kind] * len(expected), found.codes, expected, persistent, yearly, level, strict=True))
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)


def texts(found: Estimate, walks: Walks) -> dict[Path, str]:
    """Both files' contents."""
    places = pd.concat([by_municipality(found), pd.DataFrame(walk_sizes(walks), columns=PLACE_COLUMNS)])
    tables = {PARAMETERS: parameters(found, walks), PLACES: places}
    return {path: table.to_csv(index=False, float_format=DIGITS, lineterminator="\n") for path, table in tables.items()}


def build(found: Estimate, walks: Walks) -> None:
    """Write both tables."""
    for path, text in texts(found, walks).items():
        write_whole(path, text)
        print(f"{path.parent.name}/{path.name}: {text.count(chr(10)) - 1} rows")
