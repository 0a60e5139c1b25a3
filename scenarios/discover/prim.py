"""PRIM: boxes of conditions inside which something happens more often than elsewhere.

The patient rule induction method of Friedman & Fisher (1999, Statistics and Computing 9:123-143), as used in scenario
discovery (Bryant & Lempert 2010, Technological Forecasting and Social Change 77:34-49): from all runs a thin slice is
peeled off again and again, along the input and on the side where it raises the share of hits most for the runs it
costs. Of the boxes on the way the one is taken that holds most hits beyond what as many runs at random would;
conditions that could be chance (their quasi-p-value), or are too many to be told in words, are taken out of it, and the
rest is peeled anew. Further boxes are sought among the runs that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
PEEL = 0.05
"""Share of a box's runs that is peeled off at a time."""
LEAST_MASS = 0.04
"""Share of all runs that a box must hold."""
MOST_CONDITIONS = 4
"""Inputs that a box may speak of: more cannot be told in words."""
MOST_BOXES = 3
CANDIDATES = 10
"""Boxes of a path that are pruned and compared."""
CHANCE = 0.05
"""Quasi-p-value above which a condition is taken out."""
CHANCE_FURTHER = 0.001
"""The same for further boxes: what is left after the first is easily read into."""
WORTH = 0.1
"""Share of all hits that a further box must hold."""
SMALL = 1e-12


@dataclass(frozen=True)
class Condition:
    """An input's place (column) and the values between which it lies in a box; infinite where there is no limit.

    chance: quasi-p-value, how likely the box were at least as pure if this condition meant nothing.
    """

    column: int
    low: float
    high: float
    chance: float = float("nan")

    def holds(self, values: Floats) -> Flags:
        """In which runs (run, input) it holds."""
        own = values[:, self.column]
        return np.asarray((own >= self.low) & (own <= self.high))


@dataclass(frozen=True)
class Box:
    """Conditions that hold together, and what is inside.

    coverage: share of the hits inside; density: share of hits among the runs inside; mass: share of the runs inside.
    """

    conditions: tuple[Condition, ...]
    coverage: float
    density: float
    mass: float

    def holds(self, values: Floats) -> Flags:
        """In which runs (run, input) all conditions hold."""
        inside = np.ones(len(values), dtype=bool)
        for condition in self.conditions:
            inside &= condition.holds(values)
        return inside

    @property
    def worth(self) -> float:
        """Hits inside beyond those that as many runs taken at random would hold, as a share of all hits."""
        return self.coverage - self.mass


def find_boxes(values: Floats, hits: Flags) -> tuple[Box, ...]:
    """The boxes (most telling first) of values (run, input) and hits (run); none where nothing tells hits apart.

    Coverage, density and mass of each are those in all runs.
    """
    found: list[Box] = []
    left = np.ones(len(hits), dtype=bool)
    while len(found) < MOST_BOXES and hits[left].any():
        box = best_box(values[left], hits[left])
        if box is None or (found and max(each.chance for each in box.conditions) > CHANCE_FURTHER):
            break
        whole = measured(box.conditions, values, hits)
        if (box.holds(values) & left & hits).sum() < WORTH * hits.sum():
            break
        found.append(whole)
        left &= ~box.holds(values)
    return tuple(found)


def best_box(values: Floats, hits: Flags) -> Box | None:
    """The box of most worth, without conditions that could be chance; None when there is none.

    A first way, along any inputs, shows which ones tell; a second goes along these alone.
    """
    first = _best(trajectory(values, hits), values, hits)
    if first is None:
        return None
    chosen = np.zeros(values.shape[1], dtype=bool)
    chosen[[each.column for each in first.conditions]] = True
    again = _best(trajectory(values, hits, chosen), values, hits)
    best = max((box for box in (first, again) if box), key=lambda box: box.worth)
    return best if best.density > hits.mean() else None


def _best(path: Sequence[Box], values: Floats, hits: Flags) -> Box | None:
    """The box of most worth among some of a way, from wide to narrow, each pruned first."""
    told = [box for box in path if box.conditions]
    if not told:
        return None
    places = np.unique(np.linspace(0, len(told) - 1, CANDIDATES).round().astype(int))
    some = [*(told[at] for at in places), max(told, key=lambda box: box.worth)]
    pruned = [box for each in some if (box := prune(each, values, hits))]
    return max(pruned, key=lambda box: box.worth, default=None)


def trajectory(values: Floats, hits: Flags, allowed: Flags | None = None) -> list[Box]:
    """Every box on the way from all runs to the smallest, the widest first. allowed: inputs peeled (None: all)."""
    columns = np.ones(values.shape[1], dtype=bool) if allowed is None else allowed
    inside = np.ones(len(hits), dtype=bool)
    limits = np.tile(np.array([[-np.inf], [np.inf]]), (1, values.shape[1]))
    path = [_box(limits, values, hits)]
    least = max(LEAST_MASS * len(hits), 1.0)
    while True:
        peel = _best_peel(values[inside], hits[inside], least, columns)
        if peel is None:
            return path
        column, side, limit = peel
        limits[side, column] = limit
        inside &= values[:, column] >= limit if side == 0 else values[:, column] <= limit
        path.append(_box(limits, values, hits))


def _best_peel(values: Floats, hits: Flags, least: float, allowed: Flags) -> tuple[int, int, float] | None:
    """The slice to take off: its column, side (0 low, 1 high) and the new limit; None when none can or none helps."""
    count, mean = len(hits), hits.mean()
    if mean in (0.0, 1.0):
        return None
    ordered = np.sort(values, axis=0)
    size = max(1, round(PEEL * count))
    best: tuple[float, int, int, float] | None = None
    for side, edge in ((0, ordered[size - 1]), (1, ordered[-size])):
        kept = values > edge if side == 0 else values < edge
        left = kept.sum(axis=0)
        usable = (left >= least) & (left < count) & allowed
        if not usable.any():
            continue
        share = (kept & hits[:, None]).sum(axis=0) / np.maximum(left, 1)
        gain = np.where(usable, (share - mean) * left / np.maximum(count - left, 1), -np.inf)
        column = int(gain.argmax())
        if best is None or gain[column] > best[0]:
            inside = values[kept[:, column], column]
            best = (float(gain[column]), column, side, float(inside.min() if side == 0 else inside.max()))
    return best[1:] if best and best[0] > SMALL else None


def _box(limits: Floats, values: Floats, hits: Flags) -> Box:
    columns = np.flatnonzero(np.isfinite(limits).any(axis=0))
    conditions = tuple(Condition(int(at), float(limits[0, at]), float(limits[1, at])) for at in columns)
    return measured(conditions, values, hits)


def measured(conditions: Sequence[Condition], values: Floats, hits: Flags) -> Box:
    """A box with its coverage, density and mass in these runs."""
    inside = Box(tuple(conditions), 0.0, 0.0, 0.0).holds(values)
    caught = int((inside & hits).sum())
    coverage, density = caught / max(int(hits.sum()), 1), caught / max(int(inside.sum()), 1)
    return Box(tuple(conditions), coverage, density, float(inside.mean()))


def prune(box: Box, values: Floats, hits: Flags) -> Box | None:
    """The box without conditions that could be chance, the likeliest first, and with few enough to be told.

    None when nothing is left.
    """
    conditions = list(box.conditions)
    while conditions:
        chances = chances_of(conditions, values, hits)
        worst = int(np.argmax(chances))
        if chances[worst] <= CHANCE and len(conditions) <= MOST_CONDITIONS:
            told = [replace(each, chance=float(chance)) for each, chance in zip(conditions, chances, strict=True)]
            return measured(told, values, hits)
        conditions.pop(worst)
    return None


def chances_of(conditions: Sequence[Condition], values: Floats, hits: Flags) -> Floats:
    """Quasi-p-value of each condition: the chance of as many hits in the box if they came as often as without it."""
    from scipy.stats import binom

    fails = ~np.stack([each.holds(values) for each in conditions], axis=1)
    broken = fails.sum(axis=1)
    count, caught = int((broken == 0).sum()), int(hits[broken == 0].sum())
    alone = fails & (broken == 1)[:, None]  # runs that this condition alone keeps out
    wider = (caught + alone[hits].sum(axis=0)) / np.maximum(count + alone.sum(axis=0), 1)
    return np.asarray(binom.sf(caught - 1, count, wider), dtype=np.float64)
