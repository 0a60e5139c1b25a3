"""What comes of some strengths: the level that enough runs reach, the share of the runs that reach the target, cost,
and how the limits stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scenarios.sensitivity.runs import Store
from scenarios.target.limits import Limit
from scenarios.target.statistics import quantile

Floats = NDArray[np.float64]
HALF = 0.5


class Numbers(Protocol):
    """What computes the numbers of every member at points of strengths, (points, members, 1 + limits + handles)."""

    def numbers(self, points: Floats) -> Floats:
        """The outcome, what each limit measures, and what each handle costs in all."""
        ...


@dataclass(frozen=True)
class Wish:
    """What is wanted of the outcome: the target, whether it is a ceiling, in which share of the runs, and the years
    over which costs are spread."""

    target: float
    at_most: bool
    probability: float
    years: int

    @property
    def sign(self) -> float:
        """1 where more is better, -1 where less is."""
        return -1.0 if self.at_most else 1.0

    def level(self, outcomes: Floats, share: float | None = None) -> Floats:
        """The level that a share of the runs reach (the wished share without), from outcomes (…, runs)."""
        wanted = self.probability if share is None else share
        return self.sign * quantile(self.sign * outcomes, 1 - wanted)

    def share(self, outcomes: Floats) -> Floats:
        """The share of the runs that reach the target, from outcomes (…, runs)."""
        reached = self.sign * outcomes >= self.sign * self.target
        return np.asarray(reached.mean(axis=-1))


@dataclass(frozen=True)
class Trial:
    """One point: strengths; the outcome in every run; level that enough runs reach, and that half of them reach; share
    that reach the target; million kronor a year in all and by handle; what each limit measures."""

    point: Floats
    outcomes: Floats
    level: float
    median: float
    share: float
    cost: float
    costs: Floats
    limits: Floats

    @property
    def reached(self) -> int:
        """How many runs reach the target."""
        return round(self.share * len(self.outcomes))


@dataclass
class Trials:
    """Tries points, each once: what is known is kept in memory and, if there is a store, on disk."""

    source: Numbers
    wish: Wish
    limits: tuple[Limit, ...]
    store: Store = field(default_factory=Store)
    size: int = 8
    known: dict[bytes, Floats] = field(default_factory=dict)
    computed: int = 0

    def numbers(self, points: Floats) -> Floats:
        """The numbers at points, computed where they are not known; a few points at a time are kept on disk."""
        keys = [np.ascontiguousarray(point).tobytes() for point in points]
        missing: list[tuple[bytes, Floats]] = []
        for key, point in zip(keys, points, strict=True):
            if key in self.known:
                continue
            stored = self.store.get(point[None, :])
            if stored is not None:
                self.known[key] = stored[0]
            elif key not in {other for other, _ in missing}:
                missing.append((key, point))
        for at in range(0, len(missing), self.size):
            self._compute(missing[at : at + self.size])
        return np.stack([self.known[key] for key in keys])

    def _compute(self, missing: Sequence[tuple[bytes, Floats]]) -> None:
        found = self.source.numbers(np.stack([point for _, point in missing]))
        for (key, point), numbers in zip(missing, found, strict=True):
            self.store.put(point[None, :], numbers[None])
            self.known[key] = numbers
        self.computed += len(missing)

    def try_points(self, points: Floats) -> list[Trial]:
        """The trials at points, (points, handles)."""
        return [self._trial(point, numbers) for point, numbers in zip(points, self.numbers(points), strict=True)]

    def _trial(self, point: Floats, numbers: Floats) -> Trial:
        count = 1 + len(self.limits)
        outcomes, costs = numbers[:, 0], numbers[:, count:].mean(axis=0) / self.wish.years
        measured = [measured_of(limit, numbers[:, at]) for at, limit in enumerate(self.limits, start=1)]
        return Trial(
            np.array(point),
            outcomes,
            float(self.wish.level(outcomes)),
            float(self.wish.level(outcomes, HALF)),
            float(self.wish.share(outcomes)),
            float(costs.sum()),
            costs,
            np.array(measured, dtype=np.float64),
        )


def measured_of(limit: Limit, values: Floats) -> float:
    """What counts for a limit: the value that its share of the runs stay within."""
    return float(quantile(values, limit.runs if limit.is_most else 1 - limit.runs))


def breach_of(limit: Limit, measured: float, bound: float) -> float:
    """By how much, in units of its scale, a limit is broken; below 0 where it is kept."""
    over = measured - bound if limit.is_most else bound - measured
    return over / limit.scale
