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
from scipy.special import ndtri

from calibration.priors import Around, Uncertain, read_priors
from calibration.process_noise import read_sizes, read_walks
from scenarios.chance import noise, points, risk, walks
from scenarios.chance.factors import HIGH, LOW, MIDDLE, Factor
from scenarios.chance.projects import HORIZON, LEVERS, ProjectChance, Stated, stated_in

if TYPE_CHECKING:
    from calibration.fit.stored import Fit
    from model.language import Model

Values = NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[2]
REGISTER = ROOT / "scenarios" / "projects.csv"
TABLES = (
    "calibration/priors/exceptions.csv",
    "calibration/priors/pooled.csv",
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
    walks: walks.Walking
    units: dict[str, str]
    learnt: Learnt | None = None

    @cached_property
    def varied(self) -> tuple[str, ...]:
        """Names of the model's variables that `draw` gives."""
        return tuple(sorted({*self.around.priors.variables, *LEVERS, *noise.LEVERS.values(), *walks.LEVERS}))

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
        z = ndtri(np.array([[LOW], [MIDDLE], [HIGH]])) * self._spread
        values = self.around.at(z).T.tolist()
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
        count = len(self.names)
        unit = points.sobol(seed, members, count + (self.learnt is not None))  # the last one chooses the fit's draw
        numbers = self._numbers(unit, 1.0)
        if self.learnt is not None:
            numbers[:, self.learnt.places] = self.learnt.numbers(self.around, unit[:, count])
        drawn = {**self.around.placed(numbers), **self._fates(unit)}
        shocks = [each.levers(seed, members, self.stated.times) for each in (self.noise, self.walks)]
        return {**drawn, **shocks[0], **shocks[1]}

    def from_unit(self, unit: Values) -> dict[str, Values]:
        """The varied inputs [n, [time,] *dims] at points [n, factors] between 0 and 1, without yearly shocks.

        With a fit each fitted number varies by itself, as widely as the fit leaves it.
        """
        inside = np.clip(np.asarray(unit, dtype=np.float64), points.INSIDE, 1 - points.INSIDE)
        quiet = np.zeros((len(inside), len(self.stated.times), len(self.noise.codes)))
        drawn = {**self.around.placed(self._numbers(inside, self._spread)), **self._fates(inside)}
        still = self.walks.quiet(len(inside), self.stated.times)
        return {**drawn, **dict.fromkeys(noise.LEVERS.values(), quiet), **still}

    @property
    def _spread(self) -> Values:
        """How widely each uncertain number varies, in its prior's spread."""
        spread = np.ones(len(self._uncertain))
        if self.learnt is not None:
            spread[self.learnt.places] = self.learnt.spread
        return spread

    def _numbers(self, unit: Values, spread: Values | float) -> Values:
        place = {name: column for column, name in enumerate(self.names)}
        parameters = unit[:, [place[each.name] for each in self._uncertain]]
        return self.around.at(ndtri(parameters) * spread)

    def _fates(self, unit: Values) -> dict[str, Values]:
        place = {name: column for column, name in enumerate(self.names)}
        return self.projects.values(unit[:, [place[name] for name in self.projects.names]], self.stated)

    def record(self) -> dict[str, Any]:
        """Plain data that identifies the distributions wholly: tables by SHA-256, dimensions, horizon, generators."""
        return {
            "tables": {name: sha256((ROOT / name).read_bytes()).hexdigest() for name in TABLES},
            "dimensions": list(self.names),
            "fit": None if self.learnt is None else self.learnt.identity,
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


@dataclass(frozen=True)
class Learnt:
    """What a fit left open: fitted numbers' `places` among the uncertain, draws of them relative to the fit's centre.

    `shift` [draw, fitted]: z less the centre's; `factor` the same of factors on tables (1 elsewhere), `scales` marks
    these; `spread` [fitted] of z; `identity` tells which fit it is.
    """

    places: NDArray[np.intp]
    shift: Values
    factor: Values
    scales: NDArray[np.bool_]
    spread: Values
    identity: dict[str, Any]

    def rows(self, unit: Values) -> NDArray[np.intp]:
        """Which draws `unit` [n], between 0 and 1, points at."""
        return np.minimum((unit * len(self.shift)).astype(np.intp), len(self.shift) - 1)

    def numbers(self, around: Around, unit: Values) -> Values:
        """The fitted numbers [n, fitted] of the draws that `unit` [n], between 0 and 1, points at."""
        draw = self.rows(unit)
        z = np.zeros((len(unit), len(around.medians)))
        z[:, self.places] = self.shift[draw]
        return np.where(self.scales, self.factor[draw], around.at(z)[:, self.places])


def _learnt(fit: Fit, around: Around) -> Learnt:
    from calibration.fit.stored import deviations

    order = {each.name: place for place, each in enumerate(around.priors.uncertain)}
    places = np.array([order[str(name)] for name in fit.table.index], dtype=np.intp)
    uncertain = [around.priors.uncertain[place] for place in places]
    factor, shift = deviations(uncertain, fit.centre, fit.draws)
    scales = np.array([each.scales for each in uncertain])
    return Learnt(places, shift, factor, scales, shift.std(axis=0), fit.identity())


def read_chance(model: Model, inputs: xr.Dataset, fit: Fit | None = None) -> Chance:
    """What is uncertain around `inputs`, a scenario's applied inputs, which are the medians.

    `fit`: the fit that the inputs hold, whose posterior takes the place of the priors. Raises ScenarioError.
    """
    first, last = noise.years_of(inputs["time"].to_numpy())
    codes = tuple(str(code) for code in model.coordinates("municipality"))
    risks = risk.read_risks([str(name) for name in inputs["project"].values])
    units = {variable.name: variable.unit for variable in model.variables.values()}
    around = read_priors(model).around(inputs)
    return Chance(
        around,
        ProjectChance(risks),
        stated_in(inputs),
        noise.Noise(read_sizes(), first, last, codes),
        walks.Walking(read_walks(), first, last, tuple(map(str, model.coordinates("industry"))), codes),
        units,
        None if fit is None else _learnt(fit, around),
    )


def _titles() -> dict[str, tuple[str, str]]:
    """English and Swedish names of the register's projects."""
    table = pd.read_csv(REGISTER, usecols=["project", "name", "name_sv"])
    return {str(row.project): (str(row.name), str(row.name_sv)) for row in table.itertuples(index=False)}
