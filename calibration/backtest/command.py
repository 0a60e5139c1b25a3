"""`sim.py backtest`: score the simulation model and every other method on the past."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from calibration.backtest import figure
from calibration.backtest.cases import FIRST_ORIGIN, LAST_ORIGIN, scored_cases
from calibration.backtest.fits import FITS, Calibrated
from calibration.backtest.forecasts import CACHE, norrsim_forecasts
from calibration.backtest.history import read_history
from calibration.backtest.other import OTHER_OUTCOMES, other_outcomes
from calibration.backtest.record import README_TABLE, RECORD, readme_table, record_of
from calibration.backtest.scoreboard import ALL, BESIDE_OFFICIAL, CONFIRMED, DESIGN, scoreboard, shown
from model.whole import write_whole

SCOREBOARD = Path(__file__).resolve().parents[1] / "scoreboard.csv"


def backtest(say: Callable[[str], None], cache: Path = CACHE) -> None:
    """Calibrate and simulate at every origin (what was made before is taken from the cache), score, write and draw
    everything.
    """
    history = read_history()
    calibrated = Calibrated(history, say, cache)
    forecasts = norrsim_forecasts(history, range(FIRST_ORIGIN, LAST_ORIGIN + 1), say, calibrated, cache)
    cases = scored_cases(history, forecasts, say)
    table = scoreboard(cases)
    write_whole(SCOREBOARD, table.to_csv(index=False, float_format="%.4f", lineterminator="\n"))
    others = other_outcomes(forecasts)
    write_whole(OTHER_OUTCOMES, others.to_csv(index=False, float_format="%.4f", lineterminator="\n"))
    write_whole(README_TABLE, readme_table(table, others, cases))
    write_whole(RECORD, record_of(calibrated))
    write_whole(FITS, calibrated.table().to_csv(index=False, float_format="%.6g", lineterminator="\n"))
    figure.save(table, cases)
    for group in (ALL, DESIGN, CONFIRMED, BESIDE_OFFICIAL):
        say(shown(table, group))
    say(
        f"\nwritten: {SCOREBOARD.name}, {OTHER_OUTCOMES.name}, {README_TABLE.name}, {RECORD.name}, {FITS.name}, figures"
    )
