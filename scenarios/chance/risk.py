"""The stated risks of the register's projects: which risks each has, and how large they are by its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenarios.problems import Problem, ScenarioError

Values = NDArray[np.float64]
HERE = Path(__file__).resolve().parents[1]
RISKS, STATUS = HERE / "project_risk.csv", HERE / "project_status.csv"
KINDS = ("delay", "scale", "stop", "closure")
ALL = "all"


@dataclass(frozen=True)
class Risks:
    """Risks by project. `has` [kind, project]; the others [project], or one number for all.

    `shared_luck`: share of the variance that all projects have in common; `yearly_slip`: years that an opening slips
    while a year passes, counted over at most `years_count` planned years; `stop`: yearly hazard of a stop before
    opening, for at most `stop_years`; `closure`: yearly hazard of closing after it, for `closure_years`.
    """

    projects: tuple[str, ...]
    has: NDArray[np.bool_]
    shared_luck: float
    yearly_slip: float
    years_count: float
    delay_spread: float
    longest_delay: float
    smallest_scale: Values
    largest_scale: float
    scale_spread: float
    stop: Values
    stop_years: float
    closure: float
    closure_years: float

    def median_delay(self, left: Values) -> Values:
        """Median further delay (years) of openings that are planned `left` years away.

        A date that slips s years a year is met when left + delay years have passed: delay = left · s / (1 - s).
        """
        return np.asarray(
            np.minimum(left, self.years_count) * self.yearly_slip / (1 - self.yearly_slip), dtype=np.float64
        )


def read_risks(projects: Sequence[str], risks: Path = RISKS, status: Path = STATUS) -> Risks:
    """The risks of the projects of a model. Raises ScenarioError for a project without a status."""
    rows = pd.read_csv(risks).itertuples(index=False)
    table = {(str(row.quantity), str(row.status)): float(str(row.value)) for row in rows}
    states = pd.read_csv(status).set_index("project")
    missing = [name for name in projects if name not in states.index]
    if missing:
        what = f"the project '{missing[0]}' of scenarios/projects.csv has no status here."
        raise ScenarioError([Problem(f"scenarios/{status.name}", what, "Add a row with its status and its risks.")])
    chosen = states.loc[list(projects)]

    def each(quantity: str) -> Values:
        return np.array([_of(table, quantity, status) for status in chosen["status"]])

    return Risks(
        projects=tuple(projects),
        has=np.array([(chosen[kind] == "yes").to_numpy() for kind in KINDS]),
        shared_luck=table["shared luck", ALL],
        yearly_slip=table["yearly slip", ALL],
        years_count=table["years left that count", ALL],
        delay_spread=table["delay spread", ALL],
        longest_delay=table["longest delay", ALL],
        smallest_scale=each("smallest scale"),
        largest_scale=table["largest scale", ALL],
        scale_spread=table["scale spread", ALL],
        stop=each("stop hazard"),
        stop_years=table["years at risk of a stop", ALL],
        closure=table["closure hazard", ALL],
        closure_years=table["years at risk of closure", ALL],
    )


def _of(table: Mapping[tuple[str, str], float], quantity: str, status: str) -> float:
    """A quantity of a status; 0 where a status does not know it (an operating plant has no delay)."""
    return table.get((quantity, status), 0.0)
