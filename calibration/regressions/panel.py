"""The municipalities' yearly figures, ready for differences that never cross a change of definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.economy.read import HISTORY, DataError, places

Values = NDArray[np.float64]
HERE = Path(__file__).resolve().parent
LABOUR, TAXES = HERE / "labour.csv", HERE / "taxes.csv"
LONG, AGES = HISTORY / "long_series.csv", HISTORY.parent / "backtest" / "series.csv"
DEFINITIONS: Mapping[str, tuple[str, int, int]] = {
    "RAMS 1993-2003": ("RAMS", 1993, 2003),
    "RAMS 2004-2018": ("RAMS", 2004, 2018),
    "BAS 2020-2023": ("BAS", 2020, 2023),
}
"""Spans of years counted alike: source, first, last. RAMS changed its method in 2004, its source of income in 2019 and
the registration of the armed forces in 2020, when BAS replaced it; in 2024 the self-employed are classified anew."""
PARTS = ("live_and_work", "in_commuters", "out_commuters")
PERCENT = 100.0


@dataclass(frozen=True)
class Panel:
    """Series by name [definition, year, municipality]; NaN where unknown. A series without changes of definition has
    one definition. Levels are as of 31 December (labour: November), flows of the year."""

    years: tuple[int, ...]
    codes: tuple[str, ...]
    series: Mapping[str, Values]

    def level(self, name: str) -> Values:
        """A series [year, municipality], by its latest definition where several count the year."""
        return latest(self.series[name])

    def change(self, name: str, years: int = 1) -> Values:
        """Growth over `years` until each year [year, municipality], both ends counted alike, or NaN."""
        values = self.series[name]
        grown = np.full_like(values, np.nan)
        grown[:, years:] = values[:, years:] - values[:, :-years]
        return latest(grown)

    def sums(self, name: str, years: int) -> Values:
        """A flow summed over the `years` until and with each year [year, municipality]."""
        return sum_over(self.level(name), years)

    def before(self, name: str, years: int = 1) -> Values:
        """The level `years` earlier [year, municipality]."""
        return earlier(self.level(name), years)

    def between(self, first: int, last: int) -> Panel:
        """The same with nothing known outside the years `first`…`last`."""
        inside = np.array([first <= year <= last for year in self.years])[None, :, None]
        return Panel(self.years, self.codes, {name: np.where(inside, v, np.nan) for name, v in self.series.items()})


def latest(values: Values) -> Values:
    """Of several definitions [definition, …], the last that knows each number."""
    result = values[0]
    for other in values[1:]:
        result = np.where(np.isnan(other), result, other)
    return np.asarray(result, dtype=np.float64)


def earlier(values: Values, years: int) -> Values:
    """Values [year, …] moved: each year holds what was `years` before."""
    moved = np.full_like(values, np.nan)
    moved[years:] = values[: len(values) - years]
    return moved


def sum_over(values: Values, years: int) -> Values:
    """Sums [year, …] over the `years` until and with each year; NaN where one is unknown."""
    return np.asarray(sum(earlier(values, lag) for lag in range(years)), dtype=np.float64)


def read_table(path: Path, columns: Iterable[str]) -> pd.DataFrame:
    """One of the project's tables, codes as text. Raises DataError where it or a column is missing."""
    if not path.is_file():
        raise DataError(f"{path.name}: the table is missing. Bring it back from version control, or build it anew.")
    table = pd.read_csv(path, dtype={"municipality": str})
    missing = [name for name in ("municipality", "year", *columns) if name not in table.columns]
    if missing:
        raise DataError(f"{path.name}: column {missing[0]!r} is missing; it has {', '.join(table.columns)}.")
    return table


def wide(table: pd.DataFrame, name: str, codes: tuple[str, ...], years: tuple[int, ...]) -> Values:
    """One column [year, municipality]."""
    pivot = table.pivot(index="year", columns="municipality", values=name)
    return pivot.reindex(index=list(years), columns=list(codes)).to_numpy(dtype=np.float64)


def labour_parts(path: Path, codes: tuple[str, ...], years: tuple[int, ...]) -> dict[str, Values]:
    """Own workers and commuters, jobs and employed residents [definition, year, municipality]."""
    table = read_table(path, ("source", *PARTS))
    parts: dict[str, list[Values]] = {part: [] for part in PARTS}
    for source, first, last in DEFINITIONS.values():
        own = table[(table["source"] == source) & table["year"].between(first, last)]
        for part in PARTS:
            parts[part].append(wide(own, part, codes, years))
    found = {part: np.stack(values) for part, values in parts.items()}
    found["jobs"] = found["live_and_work"] + found["in_commuters"]
    found["employed_residents"] = found["live_and_work"] + found["out_commuters"]
    return found


SINGLE = ("population", "births", "deaths", "net_migration", "in_migration", "dwellings", "dwellings_completed")
PRICES = ("house_price", "house_price_real")


def read_panel(labour: Path = LABOUR, long: Path = LONG) -> Panel:
    """All series of the 29 municipalities, 1975–2024, from the project's own tables.

    Population, moves, dwellings, prices: calibration/history/long_series.csv; people aged 20–64 from the dependency
    ratio (2000–), calibration/backtest/series.csv; labour.csv and taxes.csv here. Raises DataError.
    """
    codes = tuple(str(code) for code in places().index)
    table = read_table(long, (*SINGLE, *PRICES))
    years = tuple(range(int(table["year"].min()), int(table["year"].max()) + 1))
    series = {name: wide(table, name, codes, years)[None] for name in (*SINGLE, *PRICES)}
    series["out_migration"] = series["in_migration"] - series["net_migration"]
    # Moves in of years without net moves (before 1997) would make in less out another sample than net.
    series["in_migration"] = np.where(np.isnan(series["out_migration"]), np.nan, series["in_migration"])
    ratio = wide(read_table(AGES, ("persons_per_100_aged_20_64",)), "persons_per_100_aged_20_64", codes, years)
    series["working_age"] = series["population"] / (1 + ratio[None] / PERCENT)
    taxes = read_table(TAXES, ("tax_base", "tax_rate"))
    series |= {name: wide(taxes, name, codes, years)[None] for name in ("tax_base", "tax_rate")}
    return Panel(years, codes, series | labour_parts(labour, codes, years))
