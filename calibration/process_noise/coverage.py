"""How often outcomes lay inside an ensemble's bands at past origins: `python -m calibration.process_noise coverage`.

At each origin 2010-2023 the model runs on what was known there (calibration/backtest; the equations' own parameters),
with everything drawn that an ensemble draws, with and without the shocks of jobs and prices; stocks are compared as
changes from the origin. Counts and mean prices err by themselves: that error, at both ends, is laid on the simulated
ones. 2024 is left out of jobs and of who holds them, since the self-employed were counted anew. The shocks'
sizes are estimated on much the same years: this shows that bands fit, not that they will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from calibration.backtest.cases import FIRST_ORIGIN, LAST_ORIGIN
from calibration.backtest.history import read_history
from calibration.backtest.known import known_at
from calibration.backtest.norrsim import LEAD, Norrsim
from calibration.backtest.origin import model
from calibration.process_noise.jobs import LAST_SAME, longer
from calibration.process_noise.residuals import HISTORY
from calibration.process_noise.table import HERE, JOBS, PRICES, WALKS, read_walks
from model.engine.batch import Wanted, compile_batch
from model.whole import write_whole
from scenarios.chance import read_chance
from scenarios.chance.walks import LEVERS

Values = NDArray[np.float64]
TABLE = HERE / "coverage.csv"
SERIES = HERE.parent / "observe" / "series.csv"
MEMBERS, SEED, YEARS = 128, 11, 10
OUTCOMES = {
    "population": "Population", "jobs": "jobs in statistics", "employed_residents": "employed residents",
    "unemployed": "unemployed", "in_commuters": "in commuters", "out_commuters": "out commuters",
    "dwellings": "Dwellings", "house_price_real": "House price",
}  # fmt: skip
"""Outcome in calibration/history: the model's variable."""
DEFINED_ANEW = ("jobs", "employed_residents", "in_commuters", "out_commuters")
"""Outcomes whose definition changed after LAST_SAME."""
COUNTED = {"jobs": JOBS, "house_price_real": PRICES}
"""Outcomes whose error of counting was estimated beside the shocks, by kind; the others' are as the fit has them."""
IN_FIT = {"population": "total population"}
"""Variable of the fit where it has another name."""
SHARES = (50, 80, 95)
REGION = "region"


@dataclass(frozen=True)
class Case:
    """Simulated and observed [member,] year, municipality of an outcome, from one origin."""

    outcome: str
    simulated: Values
    observed: Values


def observed(outcome: str) -> pd.DataFrame:
    """The official series [year, municipality]."""
    if outcome in ("unemployed",):
        table = pd.read_csv(HISTORY / "municipality_year.csv", dtype={"municipality": str})
        return table.pivot(index="year", columns="municipality", values=outcome)
    return longer(outcome)


def members(origin_inputs: xr.Dataset, shocks: bool) -> dict[str, Values]:
    """Outcomes [member, year from the origin on, municipality] with everything drawn, shocks of jobs and prices or
    none.
    """
    chance = read_chance(model(), origin_inputs)
    batch = compile_batch(model(), origin_inputs, Wanted(chance.varied, tuple(OUTCOMES.values())))
    parts = []
    for first in range(0, MEMBERS, batch.size):
        drawn = chance.draw(SEED, range(first, min(first + batch.size, MEMBERS)))
        drawn[LEAD] = drawn[LEAD] + origin_inputs[LEAD].to_numpy()
        for lever in LEVERS:
            drawn[lever] = drawn[lever] * shocks
        parts.append(batch.run(drawn))
    found = {name: np.concatenate([part[key(variable)] for part in parts]) for name, variable in OUTCOMES.items()}
    found["population"] = found["population"].sum((2, 3))
    return found


def key(variable: str) -> str:
    """A variable's name in results."""
    return variable.lower().replace(" ", "_")


def miscounted(outcome: str, years: int, count: Values) -> Values:
    """Errors of counting, as logarithms [member, year, municipality]: the outcome's less the origin's."""
    if outcome in COUNTED:
        size = read_walks().counting[WALKS.index(COUNTED[outcome])]
    else:
        known = pd.read_csv(SERIES).set_index("variable")[["relative", "absolute"]]
        relative, absolute = known.loc[IN_FIT.get(outcome, OUTCOMES[outcome])].to_numpy(dtype=np.float64)
        size = np.hypot(relative, absolute / count)
    drawn = np.random.default_rng(SEED).standard_normal((MEMBERS, years + 1, len(size))) * size
    return np.asarray(drawn[:, 1:] - drawn[:, :1], dtype=np.float64)


def cases(origin: int, runs: Mapping[str, Values]) -> Iterator[Case]:
    """Every outcome of an origin's runs."""
    for name, run in runs.items():
        last = LAST_SAME if name in DEFINED_ANEW else LAST_SAME + 1
        years = min(YEARS, last - origin)
        table = observed(name)
        if years < 1 or origin not in table.index or table.loc[origin].isna().all():
            continue
        count = table.loc[origin].to_numpy(dtype=np.float64)
        ahead = run[:, 1 : years + 1] / run[:, :1] * count * np.exp(miscounted(name, years, count))
        yield Case(name, ahead, table.reindex(range(origin + 1, origin + years + 1)).to_numpy())


def inside(case: Case) -> pd.DataFrame:
    """horizon, group, share, 1 where the outcome lies inside the band of that share (region: of sums)."""
    rows = []
    parts = {"municipalities": (case.simulated, case.observed)}
    parts[REGION] = (case.simulated.sum(2, keepdims=True), case.observed.sum(1, keepdims=True))
    for group, (simulated, outcome) in parts.items():
        for share in SHARES:
            low, high = np.quantile(simulated, [0.5 - share / 200, 0.5 + share / 200], axis=0)
            hit = np.where(np.isfinite(outcome), (low <= outcome) & (outcome <= high), np.nan)
            rows += [(case.outcome, group, horizon + 1, share, each) for horizon, of in enumerate(hit) for each in of]
    return pd.DataFrame(rows, columns=["outcome", "group", "horizon", "share", "inside"]).dropna()


def coverage(say: Callable[[str], None], origins: range = range(FIRST_ORIGIN, LAST_ORIGIN + 1)) -> pd.DataFrame:
    """outcome, group, horizon, share, shocks (drawn or not), inside (%), n; written to `coverage.csv`."""
    history, parts = read_history(), []
    for origin in origins:
        inputs = Norrsim().inputs(known_at(history, origin))
        for shocks in (False, True):
            table = pd.concat([inside(case) for case in cases(origin, members(inputs, shocks))])
            parts.append(table.assign(shocks="drawn" if shocks else "none"))
        say(f"{MEMBERS} runs from {origin}, twice")
    by = ["outcome", "group", "horizon", "share", "shocks"]
    found = pd.concat(parts).groupby(by)["inside"].agg(["mean", "size"]).reset_index()
    found = found.rename(columns={"mean": "inside", "size": "n"}).assign(inside=lambda t: 100 * t["inside"])
    write_whole(TABLE, found.to_csv(index=False, float_format="%.1f", lineterminator="\n"))
    return found
