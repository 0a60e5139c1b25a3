"""Build every table of the economy: `python -m calibration.economy`."""

from __future__ import annotations

import sys

from calibration.economy import panel as pn
from calibration.economy import values as va
from calibration.economy.read import HISTORY, VALUES, DataProblem, Shelf
from calibration.economy.report import report
from calibration.economy.sources import history_sources, value_sources

DECIMALS_HISTORY = 4


def main() -> int:
    """Read, check, estimate, write, report. Returns: 0, or 2 with one message when the data do not add up."""
    shelf = Shelf()
    try:
        panel = pn.build(shelf)
        columns = pn.year_columns(shelf, panel)
        written = va.tables(shelf, panel)
    except DataProblem as problem:
        print(f"calibration.economy: {problem}", file=sys.stderr)
        return 2
    history = {
        "municipality_year.csv": pn.municipality_year(columns, panel.codes),
        "long_series.csv": pn.long_series(columns, panel.codes),
        "jobs.csv": pn.jobs_table(panel),
        "commuting.csv": pn.commuting_table(panel),
        "county_year.csv": pn.county_year(shelf),
        "sources_economy.csv": history_sources(),
    }
    for name, frame in history.items():
        va.write(frame, HISTORY / name, DECIMALS_HISTORY)
    for name, frame in {**written, "sources_economy.csv": value_sources()}.items():
        va.write(frame, VALUES / name)
    print(report(shelf, panel))
    return 0


if __name__ == "__main__":
    sys.exit(main())
