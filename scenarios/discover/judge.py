"""Whether found conditions would be found again, and hold in runs that were not used to find them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from scenarios.discover.prim import Box, best_box, find_boxes
from scenarios.discover.tree import Tree, grow

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FOLDS, HALVES = 5, 20
FEWEST = 20
"""Runs that must hit, and that must miss, before anything is sought."""
LEAST_SKILL = 0.6
"""Area under the curve of unseen runs below which a tree tells nothing."""
CERTAIN = 0.01
"""Chance of as many hits in boxes of unseen runs, if the boxes meant nothing, above which they tell nothing."""
LEAST_LIFT = 0.05
"""Hits per run that boxes must have beyond those of all unseen runs."""


@dataclass(frozen=True)
class Unseen:
    """The first box found in four fifths of the runs, in the fifth left out: its density there, over all five fifths.

    base: share of hits in all runs; chance: of as many hits if the boxes meant nothing.
    """

    density: float
    coverage: float
    base: float
    chance: float

    @property
    def holds(self) -> bool:
        """Whether boxes tell hits apart in runs they have not seen."""
        return self.chance < CERTAIN and self.density - self.base > LEAST_LIFT


@dataclass(frozen=True)
class Found:
    """What was found for one question: boxes, tree, how boxes do in unseen runs, and how often each input came again.

    again: by column, in how many of HALVES random halves of the runs the first box speaks of the input.
    """

    boxes: tuple[Box, ...]
    tree: Tree | None
    unseen: Unseen | None
    again: dict[int, int]

    @property
    def tells(self) -> bool:
        """Whether boxes hold in unseen runs."""
        return bool(self.boxes) and self.unseen is not None and self.unseen.holds

    @property
    def steady(self) -> bool:
        """Whether most random halves of the runs speak of every input of the first box."""
        return bool(self.boxes) and all(self.again[each.column] * 2 >= HALVES for each in self.boxes[0].conditions)

    @property
    def tree_tells(self) -> bool:
        """Whether the tree holds in unseen runs."""
        return self.tree is not None and self.tree.skill >= LEAST_SKILL


def enough(hits: Flags) -> bool:
    """Whether there are hits and misses enough to compare."""
    return bool(min(hits.sum(), (~hits).sum()) >= FEWEST)


def seek(values: Floats, hits: Flags, seed: int) -> Found:
    """Look for conditions in values (run, input) that tell hits (run) apart, and judge them."""
    if not enough(hits):
        return Found((), None, None, {})
    boxes = find_boxes(values, hits)
    return Found(boxes, grow(values, hits, seed), _unseen(values, hits, seed), _again(boxes, values, hits, seed))


def _unseen(values: Floats, hits: Flags, seed: int) -> Unseen:
    fold = np.random.default_rng(seed).permutation(len(hits)) % FOLDS
    inside = np.zeros(len(hits), dtype=bool)
    for number in range(FOLDS):
        rest = fold == number
        box = best_box(values[~rest], hits[~rest])
        if box is not None:
            inside[rest] = box.holds(values[rest])
    caught, count, base = int((inside & hits).sum()), int(inside.sum()), float(hits.mean())
    chance = float(binom.sf(caught - 1, count, base)) if count else 1.0
    return Unseen(caught / max(count, 1), caught / int(hits.sum()), base, chance)


def _again(boxes: tuple[Box, ...], values: Floats, hits: Flags, seed: int) -> dict[int, int]:
    """In how many random halves the first box speaks of each input of the boxes found."""
    columns = {condition.column for box in boxes for condition in box.conditions}
    counted = dict.fromkeys(sorted(columns), 0)
    if not columns:
        return counted
    generator = np.random.default_rng(seed + 1)
    for _ in range(HALVES):
        chosen = generator.permutation(len(hits))[: len(hits) // 2]
        box = best_box(values[chosen], hits[chosen])
        for condition in box.conditions if box else ():
            if condition.column in counted:
                counted[condition.column] += 1
    return counted
