"""All that is drawn for an ensemble, from one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import scipy
import xarray as xr
from numpy.typing import NDArray

from calibration.priors import Around, Uncertain, read_priors
from calibration.process_noise import read_sizes
from scenarios.chance import noise, points, risk
from scenarios.chance.factors import HIGH, LOW, MIDDLE, Factor
from scenarios.chance.projects import HORIZON, LEVERS, ProjectChance, Stated, stated_in
from scenarios.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from model.language import Model

Values = NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[2]
REGISTER = ROOT / "scenarios" / "projects.csv"
TABLES = (
    "calibration/priors/exceptions.csv",
    "calibration/priors/quality.csv",
    "calibration/process_noise/process_noise.csv",
    "calibration/process_noise/municipalities.csv",
    "scenarios/project_risk.csv",
    "scenarios/project_status.csv",
)
"""What decides the draws besides the model, the scenario and the seed."""


@dataclass(frozen=True)
class Chance:
    """What is uncertain around a scenario's inputs; made by `read_chance`.

    Dimensions of the unit cube are the projects' and parameters' factors sorted by name; yearly shocks are drawn apart.
    """

    around: Around
    projects: ProjectChance
    stated: Stated
    noise: noise.Noise
    units: dict[str, str]

    @cached_property
    def varied(self) -> tuple[str, ...]:
        """Names of the model's variables that `draw` gives."""
        return tuple(sorted({*self.around.priors.variables, *LEVERS, *noise.LEVERS.values()}))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the dimensions, in their order."""
        return tuple(sorted([*(each.name for each in self._uncertain), *self.projects.names]))

    @property
    def _uncertain(self) -> tuple[Uncertain, ...]:
        return self.around.priors.uncertain

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """The dimensions in words and numbers, in their order; a parameter that the scenario holds has no spread."""
        titles = _titles()
        found = {factor.name: factor for factor in self.projects.factors(self.stated.plan, titles)}
        shares = np.array([[LOW], [MIDDLE], [HIGH]]) * np.ones(len(self._uncertain))
        values = self.around.drawn(shares).T.tolist()
        for each, (low, median, high) in zip(self._uncertain, values, strict=True):
            kind, unit = ("table", "dmnl") if each.scales else ("parameter", self.units[each.variable])
            found[each.name] = Factor(each.name, kind, each.name, each.name, low, median, high, unit)
        return tuple(found[name] for name in self.names)

    def draw(self, seed: int, members: range) -> dict[str, Values]:
        """The varied inputs [member, [time,] *dims] of some members of a seed.

        A member is the same whatever the scenario and the range it is asked in. Raises ScenarioError for a seed below 0
        or members that are no range.
        """
        points.check(seed, members)
        drawn = self._values(points.sobol(seed, members, len(self.names)))
        return {**drawn, **self.noise.levers(seed, members, self.stated.times)}

    def from_unit(self, unit: Values) -> dict[str, Values]:
        """The varied inputs [n, [time,] *dims] at points [n, factors] between 0 and 1, without yearly shocks."""
        inside = np.clip(np.asarray(unit, dtype=np.float64), points.INSIDE, 1 - points.INSIDE)
        quiet = np.zeros((len(inside), len(self.stated.times), len(self.noise.codes)))
        return {**self._values(inside), **dict.fromkeys(noise.LEVERS.values(), quiet)}

    def _values(self, unit: Values) -> dict[str, Values]:
        place = {name: column for column, name in enumerate(self.names)}
        parameters = unit[:, [place[each.name] for each in self._uncertain]]
        fates = unit[:, [place[name] for name in self.projects.names]]
        return {**self.around.values(parameters), **self.projects.values(fates, self.stated)}

    def record(self) -> dict[str, Any]:
        """Plain data that identifies the distributions wholly: tables by SHA-256, dimensions, horizon, generators."""
        return {
            "tables": {name: sha256((ROOT / name).read_bytes()).hexdigest() for name in TABLES},
            "dimensions": list(self.names),
            "held": dict(self.around.priors.fixed),
            "held by the scenario": self.around.held,
            "horizon": HORIZON,
            "noise years": [self.noise.first, self.noise.last],
            "generators": {
                "parameters and projects": "scrambled Sobol' sequence of the seed",
                "yearly shocks": "Philox, key (seed, member), counter by calendar year",
                "numpy": np.__version__,
                "scipy": scipy.__version__,
            },
        }


def read_chance(model: Model, inputs: xr.Dataset, fit: Path | None = None) -> Chance:
    """What is uncertain around `inputs`, a scenario's applied inputs, which are the medians.

    `fit` names fitted parameters, of which there are none yet. Raises ScenarioError.
    """
    if fit is not None:
        what = "no fitted parameters exist yet, so an ensemble can only draw from the priors."
        raise ScenarioError([Problem(f"--fit {fit}", what, "Leave --fit out.")])
    first, last = noise.years_of(inputs["time"].to_numpy())
    codes = tuple(str(code) for code in model.coordinates("municipality"))
    risks = risk.read_risks([str(name) for name in inputs["project"].values])
    units = {variable.name: variable.unit for variable in model.variables.values()}
    return Chance(
        read_priors(model).around(inputs),
        ProjectChance(risks),
        stated_in(inputs),
        noise.Noise(read_sizes(), first, last, codes),
        units,
    )


def _titles() -> dict[str, tuple[str, str]]:
    """English and Swedish names of the register's projects."""
    table = pd.read_csv(REGISTER, usecols=["project", "name", "name_sv"])
    return {str(row.project): (str(row.name), str(row.name_sv)) for row in table.itertuples(index=False)}
