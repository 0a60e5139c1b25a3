"""A fit to what was known at an origin: errors of the series and most probable values, both from the same years.

How far a model strays from a series beyond measurement is estimated from data, so a table of it made with all years
would tell an origin of later ones. Here a first fit with stated errors lets the parameters explain what they can; what
is left gives each series' errors; the second fit uses them. Slopes are differences of runs side by side: nothing is
compiled for an origin, and JAX is not needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calibration.fit.optimum import Optimum, gauss_newton, starts
from calibration.fit.prepare import only, seen
from calibration.fit.target import Target
from calibration.observe import Errors
from calibration.observe.errors import STATED, estimate
from model.engine.batch import Batch

Values = NDArray[np.float64]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """How hard to search: steps of the first fit (whose errors need not be exact) and of each search of the second,
    starts of the second, seed; `names`: only these numbers are fitted (None: all).
    """

    first_steps: int = 6
    steps: int = 30
    starts: int = 2
    seed: int = 1
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class OriginFit:
    """The target with the errors estimated, its optimum, and where the other searches ended."""

    target: Target
    optimum: Optimum

    @property
    def values(self) -> dict[str, Values]:
        """The fitted variables [*dims] by name."""
        return {name: array[0] for name, array in self.target.values(self.optimum.z[None]).items()}

    @property
    def spread(self) -> Values:
        """Standard deviation of z [fitted] (Laplace)."""
        return np.asarray(np.sqrt((self.optimum.root**2).sum(axis=1)), dtype=np.float64)


def with_stated_errors(target: Target) -> Target:
    """The same with errors that no data told."""
    return replace(target, errors=dict.fromkeys(target.observed.variables, STATED))


def fit_at_origin(target: Target, effort: Effort, say: Say) -> OriginFit:
    """Both fits. The target's own errors are not used."""
    first = with_stated_errors(target if effort.names is None else only(target, list(effort.names)))
    first = seen(first, first.slopes(first.batch(), np.zeros(first.size))[1])
    batch = first.batch()
    found = gauss_newton(first, batch, np.zeros(first.size), effort.first_steps)
    say(f"stated errors: loss {found.loss:.1f}, slope {found.slope:.3f}")
    second = replace(first, errors=errors_left(first, batch, found.z))
    best = best_of(second, batch, found.z, effort)
    say(f"errors of the origin: loss {best.loss:.1f}, slope {best.slope:.3f}, {best.agreeing} of {effort.starts} agree")
    return OriginFit(second, best)


def errors_left(target: Target, batch: Batch, z: Values) -> dict[str, Errors]:
    """The waves of greatest likelihood in what is left of each series at z [fitted]."""
    found = target.simulated(batch, z[None])
    return {
        series.variable: estimate(series.residual(simulated[0]), series)
        for series, simulated in zip(target.observed.series, found, strict=True)
    }


def best_of(target: Target, batch: Batch, first: Values, effort: Effort) -> Optimum:
    """The best optimum of searches from `first` and from random starts."""
    begin = [first, *starts(effort.starts, target.size, effort.seed)[1:]]
    ends = sorted((gauss_newton(target, batch, z, effort.steps) for z in begin), key=lambda each: each.loss)
    return replace(ends[0], searches=tuple(each.searches[0] for each in ends))
