"""The clearest coefficients as targets of a fit: a differentiable function of simulated series, and the data's values.

`moments(read_panel())` gives targets and their covariance over municipalities; `model(series, xp)` computes the same
coefficients from arrays [year, municipality] of the model, observed where the data are. Chosen are those that the data
tell well: of 100 more jobs over 1, 3 and 5 years the in-commuters, the employed residents (former out-commuters are
the rest of 100) and the net movers, all municipalities alike. Net movers suffer most from chance in moves, which a
history without chance does not have: with it they would be higher.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.regressions.equations import HORIZONS, PER_JOB, Equation, sample, who_takes_a_job
from calibration.regressions.ols import dummies
from calibration.regressions.panel import Panel

Values = NDArray[np.float64]
CHOSEN = {
    "more in-commuters": "in_commuters",
    "more employed residents": "employed_residents",
    "net movers": "net_migration",
}
"""Outcome: the series it is made of."""
FLOWS = ("net_migration",)
NEEDED = ("population", "jobs", *CHOSEN.values())
"""Series that the moments read, levels on 31 December (labour in November), flows of the year."""


@dataclass(frozen=True)
class Windows:
    """The windows of one horizon [observation]: rows of their first and last level, places; `left` [observation,
    observation] takes out the effects of places and years."""

    years: int
    first: NDArray[np.int_]
    last: NDArray[np.int_]
    place: NDArray[np.int_]
    left: Values

    def coefficient(self, series: Mapping[str, Any], name: str, xp: ModuleType = np) -> Any:
        """Growth of a series per 100 more jobs, effects of places and years taken out."""
        people = series["population"][self.first, self.place]
        grown = self._grown(series, name) / people
        jobs = self.left @ ((series["jobs"][self.last, self.place] - series["jobs"][self.first, self.place]) / people)
        return PER_JOB * xp.sum(jobs * grown) / xp.sum(jobs * jobs)

    def _grown(self, series: Mapping[str, Any], name: str) -> Any:
        values = series[name]
        if name not in FLOWS:
            return values[self.last, self.place] - values[self.first, self.place]
        return sum(values[self.last - lag, self.place] for lag in range(self.years))


@dataclass(frozen=True)
class Moments:
    """Names, the data's coefficients (per 100 jobs) and their covariance [moment, moment], clustered by municipality.

    `years` are the calendar years of the rows that `model` wants.
    """

    names: tuple[str, ...]
    years: tuple[int, ...]
    target: Values
    covariance: Values
    windows: tuple[Windows, ...]

    def model(self, series: Mapping[str, Any], xp: ModuleType = np) -> Any:
        """The same coefficients of simulated series (NEEDED) [year, municipality]; `xp`: numpy or jax.numpy."""
        return xp.stack([w.coefficient(series, name, xp) for w in self.windows for name in CHOSEN.values()])


def chosen_equations() -> Iterator[tuple[int, Equation]]:
    """The horizons' equations, in the order of the moments."""
    by_name = {(equation.over, equation.outcome): equation for equation in who_takes_a_job() if equation.effects}
    for years in HORIZONS:
        over = f"{years} year" + ("s" if years > 1 else "")
        for outcome in CHOSEN:
            yield years, by_name[over, outcome]


def windows_of(equation: Equation, years: int, panel: Panel) -> Windows:
    """Which windows the data know, and what takes out the effects."""
    known = sample(equation, panel, "plain")
    effects = np.hstack([dummies(known.year), dummies(known.place)])
    left = np.eye(len(known.year)) - effects @ np.linalg.pinv(effects)
    return Windows(years, known.year - years, known.year, known.place, left)


def moments(panel: Panel, first: int = 2011, last: int = 2024) -> Moments:
    """Targets from the data of the years `first`…`last`; rows of the model's series are the years `first`…`last`."""
    seen = panel.between(first, last)
    rows = [panel.years.index(year) for year in range(first, last + 1)]
    inside = Panel(tuple(range(first, last + 1)), panel.codes, {n: v[:, rows] for n, v in seen.series.items()})
    target, influence = [], []
    windows: dict[int, Windows] = {}
    for years, equation in chosen_equations():
        own = windows.setdefault(years, windows_of(equation, years, inside))
        known = sample(equation, inside, "plain")
        jobs = own.left @ known.regressors[:, 0]
        coefficient = (jobs @ known.outcome) / (jobs @ jobs)
        rest = own.left @ (known.outcome - coefficient * known.regressors[:, 0])
        scores = np.zeros(len(panel.codes))
        np.add.at(scores, known.place, jobs * rest)
        target.append(PER_JOB * coefficient)
        influence.append(PER_JOB * scores / (jobs @ jobs))
    groups = len(panel.codes)
    spread = np.array(influence)
    names = tuple(f"{equation.outcome}, {equation.over}" for _, equation in chosen_equations())
    covariance = groups / (groups - 1) * spread @ spread.T
    return Moments(names, inside.years, np.array(target), covariance, tuple(windows.values()))
