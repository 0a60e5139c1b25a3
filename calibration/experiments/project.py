"""A project from nowhere: who takes its jobs, against the same run without it.

Every filled job is held by someone registered outside the region (non-registered), by someone who commutes in from
another municipality of the region, or by a resident who works at home. More of the last are fewer who commute out, and
more residents at work; these are more residents in the labour force (people who moved in, or did not leave, and their
children) and local people newly employed (fewer unemployed, more taking part). The parts add up to the filled jobs by
identity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.experiments.runs import Outcome, Variant, changed, run
from calibration.regressions.simulated import History

Values = NDArray[np.float64]
SLOT = "fertiberia"
"""An entry of the register that begins after 2024 and so lends its place."""
BEGINS = 2012.0
"""Model time at which the project begins: 1 January."""
AFTER = (1, 3, 5, 10)
JOBS = 1000.0
PLACES = {"2584": "Kiruna", "2482": "Skellefteå", "2521": "Pajala", "2422": "Sorsele"}
LIKE = "2584"
"""Villages get as many jobs per inhabitant as JOBS are in this place."""
LARGE = ("2584", "2482")
NEVER = 9999.0
AT_ONCE = {"planned building time": 0.5, "hiring start": 0.0, "jobs ramp time": 0.25, "peak builders": 0.0}
BUILT = {"planned building time": 4.0, "hiring start": 0.5, "jobs ramp time": 1.0, "peak builders": 0.5}
"""Four years of building, half as many builders at the peak as jobs, hiring from half-way on."""
KINDS: Mapping[str, Mapping[str, float]] = {"at once": AT_ONCE, "built in four years": BUILT}
PARTS = (
    "non-registered",
    "more in-commuters from the region",
    "fewer out-commuters",
    "local people newly employed",
    "movers in the labour force",
)


@dataclass(frozen=True)
class Project:
    """Jobs dropped into a municipality."""

    code: str
    kind: str
    jobs: float

    @property
    def name(self) -> str:
        """Name of its run."""
        return f"{self.code} {self.kind}"

    def variant(self, history: History) -> Variant:
        """The run with the project in the register's lent place."""
        inputs, settings = history.inputs, dict(KINDS[self.kind])
        settings |= {
            "peak builders": settings["peak builders"] * self.jobs,
            "project jobs at full operation": self.jobs,
            "planned building start": BEGINS,
            "known stop time": NEVER,
            "known closure time": NEVER,
            "project power": 0.0,
        }
        changes: dict[str, Any] = {
            name: changed(inputs, name, {"project": SLOT}, value) for name, value in settings.items()
        }
        share = inputs["project share"].copy(deep=True)
        share.loc[{"project": SLOT}] = 0.0
        share.loc[{"project": SLOT, "municipality": self.code}] = 1.0
        return Variant(self.name, changes | {"project share": share.values})


def projects(history: History) -> list[Project]:
    """Every kind in every place; villages scaled."""
    people = history.inputs["initial population"].sum(("sex", "age"))
    share = JOBS / float(people.sel(municipality=LIKE))
    jobs = {
        code: JOBS if code in LARGE else float(np.round(share * float(people.sel(municipality=code)), -1))
        for code in PLACES
    }
    return [Project(code, kind, jobs[code]) for code in PLACES for kind in KINDS]


def parts(given: Outcome, base: Outcome, code: str, profile: Values) -> dict[str, Values]:
    """Who holds the additional filled jobs of a municipality [year], persons; the parts add up to 'filled jobs'.

    `profile` [sex, age]: share of people in the labour force.
    """

    def more(variable: str) -> Values:
        return given.of(variable, code) - base.of(variable, code)

    registered = more("workers here") - more("stayers")
    people = np.einsum("tsa,sa->t", given.of("Population", code) - base.of("Population", code), profile)
    movers = people * base.of("participation", code)
    return {
        "non-registered": more("Nonregistered workers"),
        "more in-commuters from the region": registered,
        "fewer out-commuters": -more("out commuters"),
        "local people newly employed": more("employed residents") - movers,
        "movers in the labour force": movers,
    }


def rows(project: Project, given: Outcome, base: Outcome, profile: Values) -> Iterator[dict[str, object]]:
    """One row per year after the project begins: counts, and parts per 100 more filled jobs."""
    found = parts(given, base, project.code, profile)
    direct = {name: given.of(name, project.code) - base.of(name, project.code)
              for name in ("project operating jobs", "project builders", "filled jobs", "jobs in statistics",
                           "total population", "in commuters", "employed residents", "out commuters")}  # fmt: skip
    for after in AFTER:
        at = given.years.index(int(BEGINS) + after - 1)
        filled = direct["filled jobs"][at]
        own = direct["project operating jobs"][at] + direct["project builders"][at]
        seen = direct["jobs in statistics"][at]
        yield {
            "municipality": project.code,
            "place": PLACES[project.code],
            "project": project.kind,
            "years": after,
            "direct jobs": own,
            "filled jobs": filled,
            "jobs seen": seen,
            **{name: 100 * values[at] / filled for name, values in found.items()},
            "residents": 100 * direct["total population"][at] / filled,
            "other jobs per 100 direct": 100 * (filled - own) / own,
            "in-commuters in statistics": 100 * direct["in commuters"][at] / seen,
            "fewer out-commuters in statistics": -100 * direct["out commuters"][at] / seen,
            "employed residents in statistics": 100 * direct["employed residents"][at] / seen,
            "residents per 100 in statistics": 100 * direct["total population"][at] / seen,
        }


def decomposition(history: History) -> pd.DataFrame:
    """All projects at all horizons."""
    chosen = projects(history)
    base = Variant("without", {})
    outcomes = run(history, [base, *(project.variant(history) for project in chosen)])
    profile = np.asarray(history.inputs["participation profile"].values, dtype=np.float64)
    found = [row for project in chosen for row in rows(project, outcomes[project.name], outcomes["without"], profile)]
    return pd.DataFrame(found)
