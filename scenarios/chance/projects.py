"""What befalls the register's projects: later, smaller, stopped before opening, closed after it.

Events act from the later of the run's start and the data's horizon; the past stays as it was. A project that has not
begun begins later; one under way builds slower (its finance falls short of the plan) so that it opens that much later.
What a scenario sets stays: delays add to its own, sizes multiply, of two stops or closures the earlier counts.

The register's dates are where delays start from, and every plan is expected to slip: the middle of an ensemble is later
than the scenario it surrounds. Two things make delays rather too long than too short: the register states some dates as
known after the horizon, with slips in them already, and the model's own queues for power and builders come on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtri

from calibration.priors import Prior
from scenarios.chance.factors import HIGH, LOW, MIDDLE, Factor
from scenarios.chance.risk import KINDS, Risks

Values = NDArray[np.float64]
HORIZON = 2025.0
"""Model time of 31 December 2024, the end of the observed data: risks are those known then."""
NEVER = 9999.0
MOMENT = 1e-9  # years: far below a step, above the rounding of a sum of steps
LEVERS = ("project closure time", "project delay", "project finance", "project scale", "project stop time")
SHARED = "projects: shared luck"
UNITS = {"delay": "year", "scale": "dmnl", "stop": "year", "closure": "year"}
WORDS = {
    "delay": ("further delay", "ytterligare försening"),
    "scale": ("size", "storlek"),
    "stop": ("stop before opening", "stopp före start"),
    "closure": ("closure", "nedläggning"),
}


@dataclass(frozen=True)
class Plan:
    """The projects as the scenario states them, seen from the moment the risks begin (model time).

    Arrays [project]: `begun` by then, `opening` as planned, `left` planned years of building or waiting until opening.
    """

    begin: float
    begun: NDArray[np.bool_]
    opening: Values

    @property
    def left(self) -> Values:
        """Years until the planned opening, 0 when it has passed."""
        return np.maximum(self.opening - self.begin, 0.0)


@dataclass(frozen=True)
class Stated:
    """What a scenario states of the projects: model times of the steps, the plan, and the five levers as they stand.

    `levers` [project] or, where the scenario changes one over time, [time, project].
    """

    times: Values
    plan: Plan
    levers: dict[str, Values]

    def over_time(self, name: str) -> Values:
        """A lever [time, project]."""
        values = self.levers[name]
        return values if values.ndim > 1 else np.broadcast_to(values, (len(self.times), len(values)))

    def beside(self, name: str, drawn: Values) -> tuple[Values, Values]:
        """A lever and what was drawn [member, project], in shapes that fit."""
        return self.levers[name], drawn[:, None] if self.levers[name].ndim > 1 else drawn


def stated_in(inputs: xr.Dataset) -> Stated:
    """What a scenario's inputs state."""
    times = inputs["time"].to_numpy().astype(np.float64)
    levers = {name: _values(inputs[name]) for name in LEVERS}
    begin = max(float(times[0]), HORIZON)
    delay = levers["project delay"]
    at = min(int(np.searchsorted(times, begin - MOMENT)), len(times) - 1)
    start = inputs["planned building start"].to_numpy() + (delay[at] if delay.ndim > 1 else delay)
    return Stated(times, Plan(begin, start < begin, start + inputs["planned building time"].to_numpy()), levers)


def _values(lever: xr.DataArray) -> Values:
    """A lever's values, time first where it has time."""
    dims = ("time", "project") if "time" in lever.dims else ("project",)
    return np.asarray(lever.transpose(*dims).to_numpy(), dtype=np.float64)


@dataclass(frozen=True)
class Fates:
    """What was drawn [member, project]: years of delay, factor on the size, model time of stop and of closure."""

    delay: Values
    scale: Values
    stop: Values
    closure: Values


@dataclass(frozen=True)
class ProjectChance:
    """The risks of a model's projects as dimensions between 0 and 1; near 0 is bad luck, near 1 good luck."""

    risks: Risks

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Kind and project of every dimension after the shared one."""
        return [(int(kind), int(project)) for project, kind in np.argwhere(self.risks.has.T)]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the dimensions."""
        return (SHARED, *(f"{self.risks.projects[project]}: {KINDS[kind]}" for kind, project in self.places))

    def luck(self, points: Values) -> Values:
        """Standard normal luck [member, kind, project], part of it shared, from points [member, dimension]."""
        normal = ndtri(points)
        share, has = self.risks.shared_luck, self.risks.has
        own = np.zeros((len(points), *has.shape))
        kinds, projects = np.array(self.places, dtype=int).reshape(-1, 2).T
        own[:, kinds, projects] = normal[:, 1:]
        return np.asarray(np.sqrt(share) * normal[:, :1, None] + np.sqrt(1 - share) * own, dtype=np.float64)

    def fates(self, points: Values, plan: Plan) -> Fates:
        """What befalls the projects."""
        risks, luck = self.risks, dict(zip(KINDS, np.moveaxis(self.luck(points), 1, 0), strict=True))
        closable = risks.has[KINDS.index("closure")]
        delayed, scaled, stoppable, _ = risks.has & (plan.opening > plan.begin)
        median = risks.median_delay(plan.left)
        delay = np.zeros_like(luck["delay"])
        delay[:, delayed] = _spread(
            -luck["delay"][:, delayed], (0.0, risks.longest_delay), median[delayed], risks.delay_spread
        )
        scale = np.ones_like(delay)
        for project in np.flatnonzero(scaled):
            limits = (risks.smallest_scale[project], risks.largest_scale)
            scale[:, [project]] = _spread(luck["scale"][:, [project]], limits, np.ones(1), risks.scale_spread)
        opening = np.maximum(plan.opening, plan.begin) + delay
        patience = -log_ndtr(-luck["stop"]) / np.where(stoppable, risks.stop, np.nan)
        in_time = patience < np.minimum(opening - plan.begin, risks.stop_years)
        stop = np.where(in_time, plan.begin + patience, NEVER)
        life = -log_ndtr(-luck["closure"]) / risks.closure
        closure = np.where(closable & (life < risks.closure_years), opening + life, NEVER)
        return Fates(delay, scale, stop, closure)

    def values(self, points: Values, stated: Stated) -> dict[str, Values]:
        """The five levers on projects, [member, time, project] or without time, for points [member, dimension]."""
        plan, fates = stated.plan, self.fates(points, stated.plan)
        after = (stated.times > plan.begin - MOMENT)[:, None]
        left = np.maximum(plan.left, MOMENT)
        pace = np.where(plan.begun, left / (left + fates.delay), 1.0)
        later = np.where(plan.begun, 0.0, fates.delay)
        return {
            "project closure time": np.minimum(*stated.beside("project closure time", fates.closure)),
            "project delay": np.add(*stated.beside("project delay", later)),
            "project finance": stated.over_time("project finance") * np.where(after, pace[:, None], 1.0),
            "project scale": stated.over_time("project scale") * np.where(after, fates.scale[:, None], 1.0),
            "project stop time": np.minimum(*stated.beside("project stop time", fates.stop)),
        }

    def factors(self, plan: Plan, titles: dict[str, tuple[str, str]]) -> list[Factor]:
        """The dimensions in words and numbers; `titles` gives a project's English and Swedish name."""
        size = len(self.names)
        found = [Factor(SHARED, "project", "luck the projects share", "projektens gemensamma tur", LOW, MIDDLE, HIGH)]
        for dimension, (kind, project) in enumerate(self.places, start=1):
            points = np.full((3, size), MIDDLE)
            points[:, dimension] = (LOW, MIDDLE, HIGH)
            low, median, high = getattr(self.fates(points, plan), KINDS[kind])[:, project].tolist()
            english, swedish = titles.get(self.risks.projects[project], (self.risks.projects[project],) * 2)
            words = WORDS[KINDS[kind]]
            labels = (f"{english}: {words[0]}", f"{swedish}: {words[1]}")
            name, unit = self.names[dimension], UNITS[KINDS[kind]]
            found.append(Factor(name, "project", *labels, low, median, high, unit))
        return found


def _spread(luck: Values, limits: tuple[float, float], median: Values, sigma: float) -> Values:
    """Logit-normal values [member, project] between limits, with their medians."""
    low, high = (np.full(len(median), limit) for limit in limits)
    return Prior(low, high, median, np.full(len(median), sigma)).transform(luck)
