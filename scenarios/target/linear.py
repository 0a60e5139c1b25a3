"""Searches a box by solving one linear programme after another, each true near the point reached so far.

Every step measures slopes at the point by moving one coordinate at a time, lets a linear programme (HiGHS) say where
to go within a trust region, tries that and shorter ways, and keeps the best. The last programme's dual values are the
shadow prices of the bounds. Source: Fletcher and Sainz de la Maza 1989 (sequential linear programming with an exact
penalty); Conn, Gould and Toint 2000 for the trust region.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PENALTY = 20.0
"""What a breach of a bound by its own size costs, in units of the objective."""
NUDGE = 0.05
"""How far a coordinate is moved to measure slopes: far enough to see beyond single runs."""
FIRST_REGION, LEAST_REGION = 0.3, 0.01
"""Half the width of the first trust region, and of the one at which the search has settled."""
WIDER, NARROWER = 2.0, 0.25
SHORTER = (1.0, 0.5, 0.2)
"""Shares of the way the programme advises that are tried."""
SETTLED = 1e-3
"""Gain of a step, in units of the objective, below which two in a row end the search."""
ALLOWED = 1e-3
"""Breach, relative to a bound's scale, that counts as none."""
ENOUGH = 2
"""Steps in a row that gain next to nothing before the search ends."""


@dataclass(frozen=True)
class Values:
    """At some points: the objective to be made small (points,), and breaches of bounds, above 0 where broken
    (points, k)."""

    objective: Floats
    breaches: Floats

    @property
    def merit(self) -> Floats:
        """Objective and penalties together, (points,)."""
        return np.asarray(self.objective + PENALTY * np.maximum(self.breaches, 0.0).sum(axis=1))

    def at(self, point: int) -> Values:
        """The values of one of the points."""
        return Values(self.objective[[point]], self.breaches[[point]])


Evaluate = Callable[[Floats], Values]
Tell = Callable[[int, Values], None]


@dataclass(frozen=True)
class Slopes:
    """Slopes at a point: of the objective (d,), of the breaches (k, d)."""

    objective: Floats
    breaches: Floats


@dataclass(frozen=True)
class Found:
    """Where a search ended: the point, its values, the slopes there, whether it settled before its steps ran out.

    prices: by how much the objective falls for each unit that a bound gives way (k,), 0 where it does not bind.
    """

    point: Floats
    values: Values
    slopes: Slopes
    prices: Floats
    steps: int
    settled: bool

    @property
    def allowed(self) -> bool:
        """Whether no bound is broken."""
        return bool((self.values.breaches <= ALLOWED).all())


@dataclass
class _State:
    point: Floats
    values: Values
    region: float
    slopes: Slopes | None = None
    idle: int = 0


def search(evaluate: Evaluate, start: Floats, steps: int, tell: Tell, free: NDArray[np.bool_] | None = None) -> Found:
    """The best point of the unit box from a start within some steps; `free` marks the coordinates that may move."""
    movable = np.ones(len(start), dtype=bool) if free is None else free
    state = _State(start.astype(float), evaluate(start[None, :]), FIRST_REGION)
    done = 0
    while done < steps and state.region >= LEAST_REGION and state.idle < ENOUGH:
        if state.slopes is None:
            state.slopes = _slopes(evaluate, state, movable)
        _step(evaluate, state, movable)
        done += 1
        tell(done, state.values)
    slopes = state.slopes or _slopes(evaluate, state, movable)
    settled = state.region < LEAST_REGION or state.idle >= ENOUGH
    _, prices = _programme(state, slopes, movable)
    return Found(state.point, state.values, slopes, prices, done, settled)


def _step(evaluate: Evaluate, state: _State, movable: NDArray[np.bool_]) -> None:
    assert state.slopes is not None
    way, _ = _programme(state, state.slopes, movable)
    if np.abs(way).max(initial=0.0) < LEAST_REGION / 2:
        state.region, state.idle = state.region * NARROWER, state.idle + 1
        return
    tried = np.clip(state.point + np.outer(SHORTER, way), 0.0, 1.0)
    values = evaluate(tried)
    best = int(values.merit.argmin())
    gain = float(state.values.merit[0] - values.merit[best])
    if gain <= 0:
        state.region *= NARROWER * SHORTER[-1] / SHORTER[1]
        return
    state.idle = state.idle + 1 if gain < SETTLED else 0
    state.point, state.values, state.slopes = tried[best], values.at(best), None
    state.region = min(1.0, state.region * (WIDER if best == 0 else max(SHORTER[best], NARROWER)))


def _slopes(evaluate: Evaluate, state: _State, movable: NDArray[np.bool_]) -> Slopes:
    """Differences to the points beside, inwards where the box ends."""
    size = len(state.point)
    which = np.flatnonzero(movable)
    objective, breaches = np.zeros(size), np.zeros((state.values.breaches.shape[1], size))
    if not which.size:
        return Slopes(objective, breaches)
    nudges = np.where(state.point + NUDGE <= 1.0, NUDGE, -NUDGE)
    beside = np.repeat(state.point[None, :], len(which), axis=0)
    beside[np.arange(len(which)), which] += nudges[which]
    values = evaluate(beside)
    objective[which] = (values.objective - state.values.objective[0]) / nudges[which]
    breaches[:, which] = ((values.breaches - state.values.breaches[0]) / nudges[which, None]).T
    return Slopes(objective, breaches)


def _programme(state: _State, slopes: Slopes, movable: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The way that the slopes advise within the region, and the price of each bound."""
    from scipy.optimize import linprog

    bounds_count, size = slopes.breaches.shape
    low = np.where(movable, np.maximum(-state.region, -state.point), 0.0)
    high = np.where(movable, np.minimum(state.region, 1.0 - state.point), 0.0)
    objective = np.concatenate([slopes.objective, np.full(bounds_count, PENALTY)])
    rows = np.hstack([slopes.breaches, -np.eye(bounds_count)])
    limits = [*zip(low, high, strict=True), *[(0.0, None)] * bounds_count]
    right = -state.values.breaches[0]
    if not bounds_count:
        return np.where(slopes.objective < 0, high, np.where(slopes.objective > 0, low, 0.0)), np.zeros(0)
    solved = linprog(objective, A_ub=rows, b_ub=right, bounds=limits, method="highs")
    if solved.status != 0:
        return np.zeros(size), np.zeros(bounds_count)
    solution: Any = solved
    return np.asarray(solution.x[:size]), np.maximum(0.0, -np.asarray(solution.ineqlin.marginals))
