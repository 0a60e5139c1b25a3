"""A tiny world for searches: a few handles whose effects, costs and limits are known by heart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.sensitivity.runs import Store
from scenarios.target.limits import Limit
from scenarios.target.search import Answer, Setting, find
from scenarios.target.trials import Trials, Wish

Floats = NDArray[np.float64]
LEVERS = {"homes": [0, 1], "schools": [2], "roads": [3], "trap": [4]}
GAINS = np.array([30.0, 20.0, 25.0, 1.0, -15.0])
"""What each handle gains at full strength, thousand people, before it meets the others."""
COSTS = np.array([30.0, 10.0, 50.0, 40.0, 5.0])
"""What each costs at full strength, million kronor a year."""
RUNS = 32
BUDGET = Limit("public_cost", 1000.0, True, 0.5, ("budget", "budget"), ("law", "lag"), "B")


@dataclass
class TinyWorld:
    """Turns strengths into numbers: gains that fade a little, luck of each run, costs in proportion; counts calls."""

    sign: float = 1.0
    stops_after: int | None = None
    calls: int = 0
    points: list[Floats] = field(default_factory=list)

    def numbers(self, points: Floats) -> Floats:
        """Outcome, what the budget measures, cost of each handle."""
        self.calls += 1
        if self.stops_after is not None and self.calls > self.stops_after:
            raise KeyboardInterrupt
        self.points += list(points)
        luck = np.linspace(-10.0, 10.0, RUNS)
        gain = points @ GAINS - 2.0 * (points @ np.array([0.0, 1.0, 1.0, 0.0, 0.0])) ** 2
        outcome = self.sign * (10.0 + gain[:, None] + luck * (1 + 0.1 * points[:, [0]]))
        costs = np.broadcast_to((points * COSTS)[:, None, :], (len(points), RUNS, len(COSTS)))
        return np.concatenate([outcome[..., None], costs.sum(axis=-1, keepdims=True), costs], axis=-1)


def tiny_setting(target: float, **other: Any) -> Setting:
    """A search in the tiny world."""
    world = other.get("world") or TinyWorld()
    wish = Wish(target, world.sign < 0, other.get("probability", 0.8), 1)
    limits: Sequence[Limit] = other.get("limits", (BUDGET,))
    trials = Trials(world, wish, tuple(limits), other.get("store", Store()))
    return Setting(trials, LEVERS, 12, other.get("starts", 2), 3, other.get("smallest", False), lambda _: None, str)


def tiny_answer(target: float, **other: Any) -> Answer:
    """What the search finds there."""
    return find(tiny_setting(target, **other))
