"""Whether parameters known at the origin forecast better than the equations' own: `python -m calibration.backtest
fits`, on origins up to 2016 alone.

Two variants with both: moves led to their level with projects, and moves left free to respond to jobs and homes. Only
origins 2015 and 2016 have fits; 2010–2014 tell of priors without later years. The score is that of `trials.py` on
2010–2016. The equations' own values lean on later years, so those of the origin are used unless they lose by more than
is worth a change.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from calibration.backtest.cases import FIRST_ORIGIN, LAST_DESIGN_ORIGIN
from calibration.backtest.fit_people import START
from calibration.backtest.fits import FEWEST_YEARS, Calibrated
from calibration.backtest.forecasts import CACHE, forecast
from calibration.backtest.history import read_history
from calibration.backtest.known import known_at
from calibration.backtest.methods import BASELINES, BEST_NAIVE
from calibration.backtest.norrsim import FREE, NORRSIM, TODAYS
from calibration.backtest.places import HERE, Array
from calibration.backtest.trials import HORIZONS, WORTH, Design

TRIALS = HERE / "trials_fits.csv"
FIRST_FIT = START + FEWEST_YEARS
DESIGN_ORIGINS = range(FIRST_ORIGIN, LAST_DESIGN_ORIGIN + 1)
SPANS = {
    "priors of the origin": range(FIRST_ORIGIN, FIRST_FIT),
    "fits": range(FIRST_FIT, LAST_DESIGN_ORIGIN + 1),
    "design": DESIGN_ORIGINS,
}
PAIRS = {
    "led to the level, with projects": ("norrsim", TODAYS),
    "free to respond to jobs and homes": (FREE, f"{TODAYS}, jobs and homes free"),
}
"""Variant: with parameters of the origin, with the equations' own."""
SPAN = "2010-2016"


def errors_by_origin(design: Design, calibrated: Calibrated) -> dict[tuple[str, int, int], Array]:
    """Relative errors [municipality] (dmnl) by method, origin and horizon, where the outcome is told of."""
    found = {}
    for origin, known in design.known.items():
        for name in (name for pair in PAIRS.values() for name in pair):
            method = NORRSIM[name]
            inputs = method.inputs(known, calibrated(origin) if method.calibrated else None)
            people = forecast(inputs, calibrated.folder)["population"]
            for horizon in (h for h in HORIZONS if origin + h <= design.history.last):
                outcome = design.history.population[design.history.at(origin + horizon)]
                found[name, origin, horizon] = people[horizon] / outcome - 1
    return found


def mean_error(errors: dict[tuple[str, int, int], Array], name: str, origins: range, horizon: int) -> float:
    """Mean absolute error over origins (%)."""
    own = [errors[name, origin, horizon] for origin in origins if (name, origin, horizon) in errors]
    return 100 * float(np.abs(own).mean()) if own else np.nan


def compared(errors: dict[tuple[str, int, int], Array], naive: dict[str, float]) -> pd.DataFrame:
    """variant, parameters, span, its errors by horizon (%), and for the whole design the score and what is chosen."""
    rows = []
    for variant, names in PAIRS.items():
        scores = {}
        for name in names:
            design = [mean_error(errors, name, DESIGN_ORIGINS, h) / naive[f"{SPAN}, {h} y"] for h in HORIZONS]
            scores[name] = float(np.mean(design))
        chosen = names[0] if scores[names[0]] <= scores[names[1]] + WORTH else names[1]
        for name in names:
            parameters = "known at the origin" if NORRSIM[name].calibrated else "the equations' own"
            for span, origins in SPANS.items():
                row: dict[str, object] = {"variant": variant, "parameters": parameters, "span": span}
                row["origins"] = f"{origins[0]}-{origins[-1]}"
                row |= {f"{h} y": mean_error(errors, name, origins, h) for h in HORIZONS}
                whole = span == "design"
                rows.append(row | {"score": scores[name] if whole else np.nan,
                                   "chosen": "chosen" if whole and name == chosen else ""})  # fmt: skip
    return pd.DataFrame(rows)


def compare(say: Callable[[str], None]) -> pd.DataFrame:
    """Calibrate, simulate, compare and write the table."""
    history = read_history()
    design = Design(history, {origin: known_at(history, origin) for origin in DESIGN_ORIGINS})
    calibrated = Calibrated(history.until(LAST_DESIGN_ORIGIN), say, CACHE)
    naive = {f"{SPAN}, {h} y": 100 * float(np.abs(e).mean())
             for h, e in design.errors(BASELINES[BEST_NAIVE], DESIGN_ORIGINS).items()}  # fmt: skip
    table = compared(errors_by_origin(design, calibrated), naive)
    table.to_csv(TRIALS, index=False, float_format="%.4f", lineterminator="\n")
    say(table.round(4).to_string(index=False))
    return table
