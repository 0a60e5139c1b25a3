"""What an ensemble at the origin would say of uncertainty: `python -m calibration.backtest ensemble`.

Yearly shocks of net moves, common to the region and local, are autoregressive; persistence and size are estimated on
the last years known at the origin, from how net moves per inhabitant strayed from their own mean. They act on drawing
power, beside the chance of births and deaths; parameters are the equations' own. Shocks start at 0, since the last
year is known. The share of outcomes inside its intervals stands in `ensemble.csv`: they are far too narrow, above all
later on. Shocks die away while the level of net moves may be wrong for good, which no spread of single years tells; and
the model's own labour market and homes draw numbers back (a local shock asked for over five years leaves two fifths of
its people). So the scoreboard's intervals come from past errors (`intervals.py`), which hold all of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.backtest.cases import FIRST_ORIGIN, LAST_DESIGN_ORIGIN, LAST_ORIGIN, frame, with_forecast
from calibration.backtest.history import History, read_history
from calibration.backtest.intervals import COVERAGES, told
from calibration.backtest.known import Known, known_at
from calibration.backtest.levels import BOTH, pooled_rates
from calibration.backtest.measures import interval_measures
from calibration.backtest.norrsim import LEAD, OUTSIDE, STEPS, Norrsim
from calibration.backtest.origin import model
from calibration.backtest.people_inputs import gross_level
from calibration.backtest.places import HERE, Array
from calibration.backtest.scoreboard import ALL, CONFIRMED, DESIGN
from model.engine.batch import Wanted, compile_batch

TABLE = HERE / "ensemble.csv"
MEMBERS, SEED = 96, 4
MEMORY = 24
"""Years behind the estimate of shocks."""
LARGEST_PERSISTENCE = 0.95
BIRTHS_NOISE, DEATHS_NOISE = "fertility noise", "mortality noise"


@dataclass(frozen=True)
class Shocks:
    """Persistence and standard deviation of a year's innovation: of the region's net moves per inhabitant, and of each
    municipality's beyond it [municipality].
    """

    common: tuple[float, float]
    persistence: float
    local: Array


def autoregression(series: Array) -> tuple[float, Array]:
    """Persistence common to all columns, and each column's standard deviation of innovations [column]."""
    centred = series - series.mean(0)
    slope = float((centred[1:] * centred[:-1]).sum() / (centred[:-1] ** 2).sum())
    kept = float(np.clip(slope, 0.0, LARGEST_PERSISTENCE))
    left = centred[1:] - kept * centred[:-1]
    return kept, np.asarray(np.sqrt((left**2).sum(0) / (len(left) - 1)), dtype=float)


def shocks_of(known: Known) -> Shocks:
    """Estimates from the years known at an origin."""
    pooled = pooled_rates(known, BOTH)
    local = (known.rates(known.history.net_moves) - pooled)[-MEMORY:]
    kept, size = autoregression(pooled[-MEMORY:, :1])
    persistence, sizes = autoregression(local)
    return Shocks((kept, float(size[0])), persistence, sizes)


def paths(kept: float, drawn: Array) -> Array:
    """Autoregressive paths [member, year, …] from innovations, starting at 0."""
    found = np.zeros_like(drawn)
    found[:, 0] = drawn[:, 0]
    for year in range(1, drawn.shape[1]):
        found[:, year] = kept * found[:, year - 1] + drawn[:, year]
    return found


def net_shocks(shocks: Shocks, years: int, seed: int) -> Array:
    """Net moves per inhabitant beyond the level [member, year, municipality], as drawing power must be told them: what
    all share moves those from outside only.
    """
    places = len(shocks.local)
    rng = np.random.default_rng(seed)
    common = paths(shocks.common[0], rng.normal(size=(MEMBERS, years)) * shocks.common[1])
    local = paths(shocks.persistence, rng.normal(size=(MEMBERS, years, places)) * shocks.local)
    return common[..., None] / OUTSIDE + local


def every_step(yearly: Array) -> Array:
    """One value a year [member, year, municipality] as one of every step."""
    steps = np.repeat(yearly, STEPS, axis=1)
    return np.concatenate([steps, steps[:, -1:]], axis=1)


def members_of(known: Known, method: Norrsim) -> Array:
    """Total population of every member [member, year after the origin, municipality]."""
    inputs, years, history = method.inputs(known), method.settings.years, known.history
    drawing = net_shocks(shocks_of(known), years, SEED) * (known.population / gross_level(known))
    rng = np.random.default_rng(SEED + 1)
    few = [1 / np.sqrt(np.maximum(table[-MEMORY:].sum(1).mean(0), 1.0)) for table in (history.births, history.deaths)]
    chance = [rng.normal(size=drawing.shape) * size for size in few]
    names = (LEAD, BIRTHS_NOISE, DEATHS_NOISE)
    values = [every_step(v) for v in (drawing, *chance)]
    values[0] = values[0] + inputs[LEAD].to_numpy()
    batch = compile_batch(model(), inputs, Wanted(names, ("Population",), backend="numpy"))
    parts = []
    for first in range(0, MEMBERS, batch.size):
        varied = {name: v[first : first + batch.size] for name, v in zip(names, values, strict=True)}
        parts.append(batch.run(varied)["population"].sum((2, 3))[:, 1:])
    return np.concatenate(parts)


def cases_at(history: History, origin: int) -> pd.DataFrame:
    """Cases of an origin with the ensemble's intervals around its median."""
    known = known_at(history, origin)
    people = members_of(known, Norrsim())
    middle = np.median(people, axis=0)
    cases = with_forecast(frame(history, origin), "norrsim", middle)
    misses = np.log(people / middle).reshape(MEMBERS, -1)
    return pd.concat([told(cases.iloc[[row]], misses[:, row]) for row in range(len(cases))])


def coverage(cases: pd.DataFrame) -> pd.DataFrame:
    """group, horizon, measure, value (%), n."""
    design = cases["origin"] <= LAST_DESIGN_ORIGIN
    rows = []
    for group, own in ((ALL, cases), (DESIGN, cases[design]), (CONFIRMED, cases[~design])):
        for horizon, table in own.groupby("horizon"):
            rows += [(group, horizon, name, value, len(table)) for name, value in interval_measures(table).items()]
    return pd.DataFrame(rows, columns=["group", "horizon", "measure", "value", "n"])


def ensemble(say: Callable[[str], None]) -> pd.DataFrame:
    """Simulate an ensemble at every origin, and write how often outcomes lie inside."""
    history, parts = read_history(), []
    for origin in range(FIRST_ORIGIN, LAST_ORIGIN + 1):
        parts.append(cases_at(history, origin))
        say(f"{MEMBERS} runs from {origin}")
    table = coverage(pd.concat(parts, ignore_index=True))
    table.to_csv(TABLE, index=False, float_format="%.4f", lineterminator="\n")
    shown = table[table["measure"].isin([f"coverage_{share}" for share in COVERAGES])]
    say(shown.pivot(index=["group", "measure"], columns="horizon", values="value").round(0).to_string(na_rep=""))
    return table
