"""The simulation model run from an origin on what was known there.

The level of net moves is an estimate of its own (`levels.py`), and the model is led to it: drawing power on movers
('moves in noise', one value a year and municipality) is set so that net moves without projects are those of the level,
year by year. What announced projects change comes on top and is the model's own doing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import xarray as xr

from calibration.backtest.known import Known
from calibration.backtest.levels import net_levels
from calibration.backtest.origin import Fitted, inputs_at, model
from calibration.backtest.places import Array
from calibration.backtest.settings import SETTINGS, Settings
from model.engine.annual import annual
from model.engine.simulate import simulate

RESPONSES = (
    "response of leaving to unemployment",
    "response of leaving to homes",
    "response of leaving to services",
    "response of moving in to unemployment",
    "response of moving in to homes",
    "response of moving in to services",
    "response of moves to tax",
    "job share of moves in",
)
"""Through these jobs, homes, services and taxes change moves; at 0 the model is a demographic projection."""
LEAD = "moves in noise"
"""The lever by which the level of net moves is met."""
ROUNDS = 8
OUTSIDE = 0.5
"""Share of moves in that comes from outside the county (dmnl): when drawing power rises everywhere, only these grow. It
decides how fast the rounds converge, not on what."""
LARGEST_LEAD = 1.0
STEPS = 4
OUTCOMES = {
    "population": "Population", "births": "births", "deaths": "deaths", "in_migration": "in migration",
    "out_migration": "out migration", "jobs": "jobs in statistics", "employed_residents": "employed residents",
    "in_commuters": "in commuters", "out_commuters": "out commuters", "dwellings": "Dwellings",
    "tax_base": "tax base per inhabitant",
}  # fmt: skip
"""Outcome: the model's variable (the tax base is then multiplied by people)."""


@dataclass(frozen=True)
class Norrsim:
    """The model as a method.

    `projects`: those announced at the origin, or none; `response`: part of the responses of moves to jobs, homes,
    services and taxes that is used (0 is demography alone); `led_with_response`: the level of net moves is met with
    them, or without them so that they come on top; `calibrated`: parameters as known at the origin (`fits.py`), or the
    equations' own, judged with all years in view.
    """

    projects: bool = True
    response: float = 1.0
    led_with_response: bool = True
    calibrated: bool = True
    settings: Settings = field(default_factory=lambda: SETTINGS)

    def inputs(self, known: Known, fitted: Fitted | None = None) -> xr.Dataset:
        """The inputs of the run, led to the level. `fitted`: parameters' values as known at the origin (None: those of
        the equations).
        """
        plain = inputs_at(known, self.settings, False, fitted)
        led = with_response(plain, self.response if self.led_with_response else 0.0)
        lead = lead_to(led, net_levels(known, self.settings.level, self.settings.years))
        start = inputs_at(known, self.settings, self.projects, fitted)
        return with_response(start, self.response).assign({LEAD: lead})

    def run(self, known: Known, fitted: Fitted | None = None) -> dict[str, Array]:
        """Outcomes [year, municipality] from the origin's own year on (flows: NaN in it)."""
        return outcomes(annual(simulate(model(), self.inputs(known, fitted), list(OUTCOMES.values()))))

    def __call__(self, known: Known) -> Array:
        """Total population of the years after the origin [year, municipality]."""
        return self.run(known)["population"][1:]


NO_PROJECTS, FREE = "norrsim, no projects", "norrsim, jobs and homes free"
TODAYS = "norrsim, today's values"
NORRSIM: dict[str, Norrsim] = {
    "norrsim": Norrsim(),
    NO_PROJECTS: Norrsim(projects=False),
    FREE: Norrsim(projects=False, led_with_response=False),
    "norrsim, demography alone": Norrsim(projects=False, response=0.0),
    TODAYS: Norrsim(calibrated=False),
    f"{TODAYS}, no projects": Norrsim(projects=False, calibrated=False),
    f"{TODAYS}, jobs and homes free": Norrsim(projects=False, led_with_response=False, calibrated=False),
}
"""The model, without projects, with moves left free to respond to jobs and homes, without any response; and three of
them with the equations' own parameters instead of those known at the origin.
"""


def without_projects(name: str) -> str:
    """The variant that differs in projects alone."""
    plain = replace(NORRSIM[name], projects=False)
    return next(other for other, method in NORRSIM.items() if method == plain)


def outcomes(run: xr.Dataset) -> dict[str, Array]:
    """Outcomes [year, municipality] of a run's yearly results."""
    found = dict(zip(OUTCOMES, (run[name.lower().replace(" ", "_")] for name in OUTCOMES.values()), strict=True))
    found["population"] = found["population"].sum(["sex", "age"], skipna=False)
    found["tax_base"] = found["tax_base"] * found["population"]
    return {name: np.asarray(array.to_numpy(), dtype=float) for name, array in found.items()}


def with_response(inputs: xr.Dataset, part: float) -> xr.Dataset:
    """The inputs with responses scaled."""
    return inputs.assign({name: inputs[name] * part for name in RESPONSES})


def lead_to(inputs: xr.Dataset, levels: Array) -> xr.Variable:
    """Drawing power over time [time, municipality] with which net moves per inhabitant are `levels` [year,
    municipality].
    """
    lead = np.zeros_like(levels)
    for _ in range(ROUNDS):
        led = inputs.assign({LEAD: over_time(lead)})
        run = annual(simulate(model(), led, ["Population", "net migration", "in migration"]))
        people = run["population"].sum(["sex", "age"], skipna=False).to_numpy()[:-1]
        missing = levels * people - run["net_migration"].to_numpy()[1:]
        drawn = run["in_migration"].to_numpy()[1:]
        shared = missing.sum(1, keepdims=True) / drawn.sum(1, keepdims=True)
        lead = np.clip(lead + missing / drawn + (1 / OUTSIDE - 1) * shared, -LARGEST_LEAD, LARGEST_LEAD)
    return over_time(lead)


def over_time(yearly: Array) -> xr.Variable:
    """One value a year [year, municipality] as one of every step [time, municipality]."""
    steps = np.repeat(yearly, STEPS, axis=0)
    return xr.Variable(("time", "municipality"), np.concatenate([steps, steps[-1:]]))
