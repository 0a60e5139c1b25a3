"""The regressions themselves: who takes a job, and what moves people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.regressions.ols import Estimate, Sample, fit
from calibration.regressions.panel import Panel, earlier

Values = NDArray[np.float64]
HORIZONS = (1, 3, 5)
PER_JOB, PER_THOUSAND, PERCENT = 100.0, 1000.0, 100.0
KEY = ("table", "over", "outcome", "regressor", "weights")
JOBS, MOVES = "who takes a job", "what moves people"
PLAIN, BY_PEOPLE = "plain", "people"
WEIGHTS = (PLAIN, BY_PEOPLE)


@dataclass(frozen=True)
class Equation:
    """A regression: outcome and regressors as arrays [year, municipality] made from a panel.

    `table` and `over` say where it stands; `effects` whether places have effects of their own; `start_years` keeps
    only windows that end there (None: all).
    """

    table: str
    over: str
    outcome: str
    left: Callable[[Panel], Values]
    right: Mapping[str, Callable[[Panel], Values]]
    effects: bool = True


def per_person(name: str, years: int, sign: float = 1.0) -> Callable[[Panel], Values]:
    """Growth of a level per inhabitant at the window's start, times 100 when read per 100 jobs."""
    return lambda panel: sign * panel.change(name, years) / panel.before("population", years)


def movers_per_person(years: int) -> Callable[[Panel], Values]:
    """Net moves over the window per inhabitant at its start."""
    return lambda panel: panel.sums("net_migration", years) / panel.before("population", years)


def takers(years: int) -> dict[str, Callable[[Panel], Values]]:
    """What may answer to more jobs; the first three add up to the jobs."""
    return {
        "more in-commuters": per_person("in_commuters", years),
        "fewer out-commuters": per_person("out_commuters", years, -1.0),
        "more employed residents": per_person("employed_residents", years),
        "net movers": movers_per_person(years),
        "population": per_person("population", years),
    }


def who_takes_a_job() -> Iterator[Equation]:
    """Per job at the workplace, over 1, 3 and 5 years; population over 5 years also without effects of places."""
    for years in HORIZONS:
        jobs = {"jobs": per_person("jobs", years)}
        over = f"{years} year" + ("s" if years > 1 else "")
        for outcome, left in takers(years).items():
            yield Equation(JOBS, over, outcome, left, jobs)
        if years == max(HORIZONS):
            wide = takers(years)["population"]
            yield Equation(JOBS, over, "population, no effects of places", wide, jobs, False)


def job_growth(lag: int = 0) -> Callable[[Panel], Values]:
    """Growth of the jobs of a year, per cent of those before."""

    def growth(panel: Panel) -> Values:
        grown = latest_growth(panel, 1)
        return earlier(grown, lag) if lag else grown

    return growth


def latest_growth(panel: Panel, years: int) -> Values:
    """Growth of jobs over `years` [year, municipality], per cent, both ends counted alike."""
    jobs = panel.series["jobs"]
    logs = Panel(panel.years, panel.codes, {"jobs": np.log(jobs)})
    return PERCENT * np.expm1(logs.change("jobs", years))


def rate(name: str) -> Callable[[Panel], Values]:
    """A flow of the year per 1 000 inhabitants at its start."""
    return lambda panel: PER_THOUSAND * panel.level(name) / panel.before("population")


def employment(lag: int) -> Callable[[Panel], Values]:
    """Employed residents per 100 people aged 20–64, `lag` years before."""

    def share(panel: Panel) -> Values:
        return earlier(PERCENT * panel.level("employed_residents") / panel.level("working_age"), lag)

    return share


def what_moves_people() -> Iterator[Equation]:
    """Moves per 1 000 inhabitants and year on jobs and completed homes; then with last year's employment."""
    right = {
        "jobs this year, %": job_growth(),
        "jobs last year, %": job_growth(1),
        "homes completed per 1 000": rate("dwellings_completed"),
    }
    more = {**right, "employment last year, points": employment(1)}
    for outcome, name in (
        ("net moves", "net_migration"),
        ("moves in", "in_migration"),
        ("moves out", "out_migration"),
    ):
        yield Equation(MOVES, "jobs and homes", outcome, rate(name), right)
        yield Equation(MOVES, "jobs, homes, employment", outcome, rate(name), more)
    years = max(HORIZONS)
    five = {"jobs over 5 years, %": lambda panel: latest_growth(panel, years)}
    left = movers_per_person(years)
    yield Equation(MOVES, "5 years", "net moves, % of people", lambda panel: PERCENT * left(panel), five)


def equations() -> list[Equation]:
    """All of them."""
    return [*who_takes_a_job(), *what_moves_people()]


def sample(equation: Equation, panel: Panel, weights: str, ends: frozenset[int] | None = None) -> Sample:
    """The observations of an equation in which everything is known; `ends`: only windows that end in these years."""
    left = equation.left(panel)
    right = np.stack([make(panel) for make in equation.right.values()], axis=-1)
    people = panel.before("population")
    known = np.isfinite(left) & np.isfinite(right).all(-1) & np.isfinite(people)
    if ends is not None:
        known &= np.isin(panel.years, list(ends))[:, None]
    year, place = np.nonzero(known)
    weight = people[known] if weights == BY_PEOPLE else np.ones(len(year))
    return Sample(left[known], right[known], place, year, weight)


def estimate(equation: Equation, panel: Panel, weights: str, ends: frozenset[int] | None = None) -> Estimate | None:
    """Coefficients, or None where a panel has no observation of this equation."""
    chosen = sample(equation, panel, weights, ends)
    return fit(chosen, equation.effects) if len(chosen.outcome) else None


def estimate_at(equation: Equation, panel: Panel, ends: frozenset[int] | None = None) -> pd.DataFrame:
    """One row per regressor and weighting of an equation: key, coefficient, standard error, observations."""
    rows = []
    scale = PER_JOB if equation.table == JOBS else 1.0
    for weights in WEIGHTS:
        found = estimate(equation, panel, weights, ends)
        if found is None:
            continue
        for i, name in enumerate(equation.right):
            values = (scale * found.coefficient[i], scale * found.error[i], found.n)
            rows.append((equation.table, equation.over, equation.outcome, name, weights, *values))
    return pd.DataFrame(rows, columns=[*KEY, "coefficient", "error", "n"])


def run(panel: Panel, chosen: list[Equation] | None = None) -> pd.DataFrame:
    """The rows of all equations (or of some). Those of jobs are per 100 jobs."""
    return pd.concat([estimate_at(equation, panel) for equation in chosen or equations()], ignore_index=True)
