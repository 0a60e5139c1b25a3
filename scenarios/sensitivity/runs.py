"""Computes the points of an analysis in blocks; finished blocks are kept, so that interrupted work goes on."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TOLD_STEPS = 10
"""How often a part of the work tells how far it has come."""


class Computer(Protocol):
    """What turns blocks of points (n, inputs) into values (n, outputs), in the order given."""

    @property
    def size(self) -> int:
        """Points computed at once."""
        ...

    def compute(self, blocks: Iterable[Floats]) -> Iterator[Floats]:
        """The values of each block."""
        ...


@dataclass(frozen=True)
class Store:
    """Finished blocks in a folder of their own, each named by its points; None keeps nothing."""

    folder: Path | None = None

    def get(self, points: Floats) -> Floats | None:
        """The values of a block computed earlier."""
        path = self._path(points)
        if path is None:
            return None
        try:
            values = np.load(path, allow_pickle=False)
        except (FileNotFoundError, ValueError, EOFError):
            return None
        return np.asarray(values) if len(values) == len(points) else None

    def put(self, points: Floats, values: Floats) -> None:
        """Keep a block; it appears whole or not at all."""
        path = self._path(points)
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".unfinished")
        try:
            with os.fdopen(handle, "wb") as file:
                np.save(file, values, allow_pickle=False)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def clear(self) -> None:
        """Forget the blocks: the analysis they belong to is written."""
        if self.folder is None or not self.folder.is_dir():
            return
        for path in self.folder.iterdir():
            path.unlink(missing_ok=True)
        self.folder.rmdir()

    def _path(self, points: Floats) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / f"{hashlib.sha256(np.ascontiguousarray(points).tobytes()).hexdigest()}.npy"


@dataclass(frozen=True)
class Runner:
    """Computes points: the computer, the store of finished blocks, and who is told of the progress."""

    computer: Computer
    store: Store
    say: Callable[[str], None]

    def values(self, points: Floats, what: str) -> Floats:
        """The values of all points, (points, outputs); `what` names this part of the work."""
        blocks = [points[at : at + self.computer.size] for at in range(0, len(points), self.computer.size)]
        found = [self.store.get(block) for block in blocks]
        missing = [number for number, values in enumerate(found) if values is None]
        progress = _Progress(what, len(points), self.say)
        done = len(points) - sum(len(blocks[number]) for number in missing)
        progress.at(done)
        for number, values in zip(missing, self.computer.compute(blocks[at] for at in missing), strict=True):
            self.store.put(blocks[number], values)
            found[number] = values
            done += len(blocks[number])
            progress.at(done)
        return np.concatenate([values for values in found if values is not None])


@dataclass
class _Progress:
    what: str
    total: int
    say: Callable[[str], None]
    told: int = -1

    def at(self, done: int) -> None:
        """Tell how many runs are done, a few times in all."""
        step = TOLD_STEPS * done // self.total
        if step > self.told and done < self.total:
            self.told = step
            numbers = (f"{number:,}".replace(",", "\N{NO-BREAK SPACE}") for number in (done, self.total))
            self.say(f"{self.what}: {' of '.join(numbers)} runs")
