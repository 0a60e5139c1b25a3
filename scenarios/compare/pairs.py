"""Pairs of runs: the same member of chance in every scenario, and how far apart they end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from outputs.ensemble.quantiles import Spread, spread
from scenarios.chance import Chance, read_chance
from scenarios.compare.order import CompareOrder
from scenarios.compare.sides import Side, Sides
from scenarios.ensemble.local import LocalCrew
from scenarios.ensemble.order import worker_count
from scenarios.ensemble.work import Block, Work
from scenarios.run import Say

Floats = NDArray[np.float64]
BLOCK = 64
"""Pairs computed together."""
STORED = np.dtype(np.float32)
APART = "difference"


@dataclass(frozen=True)
class Bands:
    """The distribution of a difference over the pairs: `spread` of (year, row, area); `more`: share of them above 0."""

    spread: Spread
    more: Floats
    members: int


@dataclass(frozen=True)
class PairWork:
    """The differences of some members, as work for a crew of processes."""

    sides: Sides
    chances: tuple[Chance, ...]
    seed: int

    def start(self) -> Callable[[range], Block]:
        """Compile the model once for each scenario; gives what computes members."""
        every = (self.sides.base, *self.sides.others)
        run = [self._runner(side, chance) for side, chance in zip(every, self.chances, strict=True)]

        def compute(members: range) -> Block:
            base = run[0](members)
            return {APART: np.stack([(each(members) - base).astype(STORED) for each in run[1:]], axis=1)}

        return compute

    def _runner(self, side: Side, chance: Chance) -> Callable[[range], Floats]:
        batch = self.sides.batch(side.inputs, chance.varied)
        return lambda members: self.sides.run(batch, dict(chance.draw(self.seed, members)))


def pair_bands(sides: Sides, order: CompareOrder, say: Say) -> tuple[Bands, ...]:
    """The bands of every scenario's difference from the base."""
    every = (sides.base, *sides.others)
    chances = tuple(read_chance(sides.model, side.inputs, sides.fit) for side in every)
    work = PairWork(sides, chances, order.seed)
    shape = (len(sides.others), order.members, len(sides.years), sides.measures.count, len(sides.measures.areas))
    with tempfile.TemporaryDirectory() as folder:
        # The system may put it on disk: a thousand pairs of two scenarios fill an eighth of a gigabyte.
        kept: Any = np.memmap(Path(folder) / "pairs", dtype=STORED, mode="w+", shape=shape)
        done = 0
        for members, found in _computed(work, order, sides.backend):
            kept[:, members.start : members.stop] = np.swapaxes(found[APART], 0, 1)
            done += len(members)
            say(f"{done} of {order.members} pairs of runs")
        bands = tuple(_bands(each) for each in kept)
        del kept
    return bands


def _computed(work: Work, order: CompareOrder, backend: str) -> Iterator[tuple[range, Block]]:
    blocks = [range(first, min(first + BLOCK, order.members)) for first in range(0, order.members, BLOCK)]
    workers = min(worker_count(order.workers), len(blocks))
    if workers > 1:
        yield from LocalCrew(backend, workers).compute(work, blocks)
        return
    compute = work.start()
    for block in blocks:
        yield block, compute(block)


def _bands(apart: Any) -> Bands:
    """The distribution over the first axis, year by year."""
    years = [np.asarray(apart[:, year], dtype=np.float64) for year in range(apart.shape[1])]
    parts = [spread(each) for each in years]
    more = np.stack([(each > 0).mean(axis=0) for each in years])
    whole = Spread(
        np.stack([part.quantiles for part in parts], axis=1),
        np.stack([part.mean for part in parts]),
        np.stack([part.deviation for part in parts]),
        np.stack([part.error for part in parts]),
    )
    return Bands(whole, more, apart.shape[0])
