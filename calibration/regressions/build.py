"""The long tables of the regressions, from the shared statistics: `python -m calibration.regressions data`.

Labour: own workers, in- and out-commuters, November: RAMS 1993–2021 as published in each year's definition (SCB
TAB3267, AM0207, TAB3266, TAB5839) and BAS 2020–2023 (SCB AM0210). Tax base per inhabitant (skattekraft) by income year,
prices (SCB TAB3600; its label is the year after); total local tax rate, per cent (SCB TAB2017).
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from calibration.economy.labour import PARTS, bas, rams
from calibration.economy.read import LAST_YEAR, Shelf, places, wide
from calibration.regressions.panel import DEFINITIONS, LABOUR, TAXES
from model.whole import write_whole


def long(parts: dict[str, pd.DataFrame], source: str) -> pd.DataFrame:
    """Tables of municipality by year as rows municipality, year, source, parts."""
    last = max(end for name, _, end in DEFINITIONS.values() if name == source)
    columns = {part: pd.Series(parts[part].stack()) for part in PARTS}
    table = pd.DataFrame(columns).dropna().rename_axis(["municipality", "year"]).reset_index()
    table.insert(2, "source", source)
    return table[table["year"] <= last]


def labour(shelf: Shelf) -> pd.DataFrame:
    """Both sources, whole persons."""
    codes = [str(code) for code in places().index]
    table = pd.concat([long(rams(shelf, codes), "RAMS"), long(bas(shelf, codes), "BAS")])
    return table.astype(dict.fromkeys(PARTS, int)).sort_values(["source", "municipality", "year"])


def taxes(shelf: Shelf) -> pd.DataFrame:
    """Tax base per inhabitant by income year, total local tax rate (per cent) by year; blank where unknown."""
    codes = [str(code) for code in places().index]
    frame = shelf.table("long/municipal_tax.csv", ["region_code", "year", "measure"])
    base = wide(frame, "tax_base_per_inhabitant", codes)
    base.columns = base.columns - 1
    rate = wide(frame, "total_local_tax_rate", codes)
    columns = {"tax_base": pd.Series(base.stack()), "tax_rate": pd.Series(rate.stack())}
    table = pd.DataFrame(columns).rename_axis(["municipality", "year"]).reset_index()
    return table[table["year"] <= LAST_YEAR].sort_values(["municipality", "year"])


def build(shelf: Shelf | None = None) -> Iterator[str]:
    """Write both tables and say which. Raises DataError where the statistics are not at hand."""
    source = shelf or Shelf()
    for path, table in ((LABOUR, labour(source)), (TAXES, taxes(source))):
        write_whole(path, table.to_csv(index=False, lineterminator="\n", float_format="%.6g"))
        yield f"{path.name}: {len(table)} rows"
