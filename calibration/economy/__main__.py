"""Build every table of the economy: `python -m calibration.economy`."""

from __future__ import annotations

import sys

import pandas as pd

from calibration.economy import panel as pn
from calibration.economy import values as va
from calibration.economy.read import HISTORY, VALUES, DataError, Shelf
from calibration.economy.report import report
from calibration.economy.sources import check_sources

DECIMALS_HISTORY = 4


def build(shelf: Shelf) -> tuple[pn.Panel, dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Everything that is written: the panel, the tables of calibration/history and those of model/values.

    Raises: DataError where the statistics do not add up or a column has no source.
    """
    panel = pn.build(shelf)
    columns = pn.year_columns(shelf, panel)
    history = {
        "municipality_year.csv": pn.municipality_year(columns, panel.codes),
        "long_series.csv": pn.long_series(columns, panel.codes),
        "jobs.csv": pn.jobs_table(panel),
        "commuting.csv": pn.commuting_table(panel),
        "county_year.csv": pn.county_year(shelf),
        "national_year.csv": pn.national_year(shelf, panel),
    }
    values = va.tables(shelf, panel)
    check_sources(history, values)
    return panel, history, values


def main() -> int:
    """Read, check, estimate, write, report. Returns: 0, or 2 with one message when the data do not add up."""
    shelf = Shelf()
    try:
        panel, history, values = build(shelf)
    except DataError as problem:
        print(f"calibration.economy: {problem}", file=sys.stderr)
        return 2
    for name, frame in history.items():
        va.write(frame, HISTORY / name, DECIMALS_HISTORY)
    for name, frame in values.items():
        va.write(frame, VALUES / name, va.DIGITS)
    print(report(shelf, panel))
    return 0


if __name__ == "__main__":
    sys.exit(main())
