"""Jobs by industry as published per municipality, from the shared data: `python -m calibration.elasticities data`.

SCB BAS, November: all, mining and manufacturing (B+C), hotels and restaurants (I) with personal services (R–U).
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from calibration.economy.read import Shelf, places, wide
from calibration.elasticities.work import INDUSTRIES
from model.whole import write_whole

MEASURES = {
    "jobs": ("sysselsatta_totalt",),
    "basic": ("sysselsatta_industri_bc",),
    "local": ("sysselsatta_hotell_restaurang_i", "sysselsatta_kultur_service_rstu"),
}


def table(shelf: Shelf) -> pd.DataFrame:
    """Rows municipality, year, jobs, basic, local (persons)."""
    codes = [str(code) for code in places().index]
    frame = shelf.table("economy/panel_jobs.csv", ["municipality_code", "year", "measure"])
    columns = {}
    for name, measures in MEASURES.items():
        parts = [wide(frame, measure, codes) for measure in measures]
        columns[name] = pd.Series(sum(parts[1:], parts[0]).stack()).astype(int)
    return pd.DataFrame(columns).dropna().rename_axis(["municipality", "year"]).reset_index()


def build(shelf: Shelf | None = None) -> Iterator[str]:
    """Write the table and say so. Raises DataError where the statistics are not at hand."""
    made = table(shelf or Shelf())
    write_whole(INDUSTRIES, made.to_csv(index=False, lineterminator="\n"))
    yield f"{INDUSTRIES.name}: {len(made)} rows"
