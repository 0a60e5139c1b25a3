"""Jobs and commuting: local services, the local multiplier, and how readiness to commute falls with time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from calibration.economy.read import HISTORY, VALUES
from calibration.elasticities.rows import Coefficient, Frame, Meaning, told
from calibration.regressions.equations import PERCENT, latest_growth
from calibration.regressions.panel import Panel, earlier, read_table, wide

Values = NDArray[np.float64]
HERE = Path(__file__).resolve().parent
INDUSTRIES = HERE / "industries.csv"
LONGEST = 4
"""Years between the first and the last November with known industries (2020-2024)."""


def industries(panel: Panel, path: Path = INDUSTRIES) -> dict[str, Values]:
    """Jobs in all, in mining and manufacturing (basic), and in hotels, restaurants and personal services (local)."""
    table = read_table(path, ("jobs", "basic", "local"))
    return {name: wide(table, name, panel.codes, panel.years) for name in ("jobs", "basic", "local")}


def services(panel: Panel) -> Iterator[dict[str, object]]:
    """Elasticity of local services to residents' work."""
    jobs = industries(panel)
    outcome = np.log(jobs["local"])
    right = {"employed": np.log(panel.level("employed_residents"))}
    method = "logarithm of jobs in hotels, restaurants and personal services on that of employed residents"
    plain = Frame(panel, outcome, right).least_squares("employed", method)
    found = Frame(panel, outcome, right, panel.before("population")).least_squares(
        "employed", f"{method}, weighted by people"
    )
    yield found.row(
        Meaning("purchasing power elasticity", "dmnl", 1.0, 0.2, "C",
                "Four years only, the recovery after the pandemic among them; trade is not in it; without weights "
                f"{told(plain)}.")
    )  # fmt: skip


def multiplier(panel: Panel) -> Iterator[dict[str, object]]:
    """Other jobs per job in mining and manufacturing over four years, places side by side: a check, no parameter."""
    jobs, people = industries(panel), panel.before("population", LONGEST)
    rest = jobs["jobs"] - jobs["basic"]
    grown = {name: (values - earlier(values, LONGEST)) / people for name, values in {**jobs, "rest": rest}.items()}
    for outcome, words in (("rest", "all other jobs"), ("local", "hotels, restaurants and personal services")):
        frame = Frame(panel, grown[outcome], {"basic": grown["basic"]}, people)
        method = f"growth 2020-2024 of {words} on that of mining and manufacturing, places side by side, by people"
        found = frame.least_squares("basic", method, place_effects=False)
        yield found.row(
            Meaning("", "jobs/job", 1.0, 0.0, "C", "Local multiplier; Skellefteå weighs most. 29 places, one span.")
        )  # fmt: skip


def moves_after_jobs(panel: Panel) -> Iterator[dict[str, object]]:
    """Net moves of the years after more jobs: a check of delays, no parameter."""
    net = PERCENT * panel.level("net_migration") / panel.before("population")
    growth = latest_growth(panel, 1)
    right = {f"{lag}": earlier(growth, lag) for lag in range(4)}
    frame = Frame(panel, net, right)
    for name in right:
        found = frame.least_squares(name, f"net moves, per cent of people, on 1 per cent more jobs {name} years before")
        yield found.row(Meaning("", "per cent", 1.0, 0.0, "B", "The response is over within two years."))


@dataclass(frozen=True)
class Pairs:
    """Commuters between homes and workplaces (persons, own municipality 0) and minutes [home, workplace]."""

    persons: Values
    minutes: Values

    def without(self, home: int) -> Pairs:
        """The same less one home."""
        kept = [i for i in range(len(self.persons)) if i != home]
        return Pairs(self.persons[kept], self.minutes[kept])

    def misfit(self, far: float, spread: float, limit: float) -> float:
        """Negative Poisson likelihood with an effect of every home and workplace, of the model's readiness to travel:
        the share `far` whatever the distance, the rest logistic around `limit` (minutes) with width `spread`."""
        near = 1 / (1 + np.exp((self.minutes - limit) / spread))
        ready = np.where(self.minutes < 0, 0.0, far + (1 - far) * near)
        mean = balanced(ready, self.persons)
        seen = mean > 0
        return float((mean[seen] - self.persons[seen] * np.log(mean[seen])).sum())

    def best(self, limit: float) -> Values:
        """Far commuters and spread that fit best at a limit."""

        def misfit(at: Values) -> float:
            return self.misfit(float(expit(at[0])), float(np.exp(at[1])), limit)

        found = minimize(misfit, np.array(START), method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-3})
        return np.array([expit(found.x[0]), np.exp(found.x[1])])


START = (-4.0, 2.5)
"""Log-odds of far commuters and logarithm of the spread from which the search begins."""
CLOSE = 1e-10


def balanced(start: Values, persons: Values, rounds: int = 1000) -> Values:
    """`start` times an effect of each row and column, so that sums of rows and columns are those of `persons`."""
    mean = start.copy()
    for _ in range(rounds):
        rows = persons.sum(axis=1) / np.maximum(mean.sum(axis=1), np.finfo(float).tiny)
        mean *= rows[:, None]
        mean *= (persons.sum(axis=0) / np.maximum(mean.sum(axis=0), np.finfo(float).tiny))[None, :]
        if np.abs(rows - 1).max() < CLOSE:
            break
    return mean


def known_pairs() -> tuple[Pairs, str]:
    """Norrbotten's published matrix, mean of its years, and those years."""
    table = pd.read_csv(HISTORY / "commuting.csv", dtype={"municipality": str, "workplace": str})
    table = table[(table["quality"] == "A") & (table["municipality"] != table["workplace"])]
    inside = table["municipality"].str.startswith("25") & table["workplace"].str.startswith("25")
    mean = table[inside].groupby(["municipality", "workplace"])["persons"].mean().unstack()
    travel = pd.read_csv(VALUES / "economy_travel.csv", dtype={"municipality": str, "workplace": str})
    minutes = (
        travel.set_index(["municipality", "workplace"])["base travel time"].unstack().loc[mean.index, mean.columns]
    )
    apart = np.array(minutes, dtype=np.float64)
    np.fill_diagonal(apart, -1.0)
    years = f"{table['year'].min()}-{table['year'].max()}"
    return Pairs(mean.fillna(0.0).to_numpy(dtype=np.float64), apart), years


def commuting(limit: float = 45.0) -> Iterator[dict[str, object]]:
    """How commuting falls with travel time, at the model's limit; errors by leaving out homes in turn."""
    pairs, years = known_pairs()
    homes = len(pairs.persons)
    best = pairs.best(limit)
    each = np.array([pairs.without(home).best(limit) for home in range(homes)])
    errors = np.sqrt((homes - 1) / homes * ((each - each.mean(axis=0)) ** 2).sum(axis=0))
    method = (
        f"Poisson gravity with effects of home and workplace, logistic around {limit:g} minutes; jackknife over homes"
    )
    comment = (
        "Norrbotten's 14 municipalities, the own one left out; travel times are estimated from distances. Limits of 15 "
        "to 45 minutes fit nearly alike, so the limit itself is not told."
    )
    for i, (parameter, unit, widening) in enumerate(
        (("far commuters", "dmnl", 0.01), ("commuting spread", "minutes", 2.5))
    ):
        found = Coefficient(float(best[i]), float(errors[i]), years, homes * (homes - 1), method)
        yield found.row(Meaning(parameter, unit, 1.0, widening, "C", comment))
