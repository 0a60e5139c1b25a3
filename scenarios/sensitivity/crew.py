"""Computes blocks of points in processes of this machine, through the same crew that computes ensembles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.ensemble.local import LocalCrew
from scenarios.sensitivity.machine import BLOCK, Task

Floats = NDArray[np.float64]
VALUES = "values"


@dataclass(frozen=True)
class PointsWork:
    """Points to compute, as work for a crew: its members are rows of `points`."""

    task: Task
    points: Floats

    def start(self) -> Callable[[range], dict[str, Any]]:
        """Compile the model; gives what computes some rows."""
        compute = self.task.start()
        return lambda rows: {VALUES: compute(self.points[rows.start : rows.stop])}


@dataclass(frozen=True)
class Processes:
    """Computes blocks in several processes; each compiles the model for itself."""

    task: Task
    workers: int
    size: int = BLOCK

    def compute(self, blocks: Iterable[Floats]) -> Iterator[Floats]:
        """The values of each block, in the order given; blocks done early wait for their turn."""
        parts = list(blocks)
        if not parts:
            return
        ends = np.cumsum([len(part) for part in parts]).tolist()
        rows = [range(end - len(part), end) for part, end in zip(parts, ends, strict=True)]
        early: dict[range, Floats] = {}
        following = 0
        results = LocalCrew(self.task.backend, self.workers).compute(PointsWork(self.task, np.concatenate(parts)), rows)
        try:
            for done, found in results:
                early[done] = np.asarray(found[VALUES], dtype=np.float64)
                while following < len(rows) and rows[following] in early:
                    yield early.pop(rows[following])
                    following += 1
        finally:
            results.close()  # type: ignore[attr-defined]
