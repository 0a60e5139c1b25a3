"""Where every array of a run lies: one behind the other in a single room of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod

LINE = 8  # numbers that a processor fetches together


@dataclass(frozen=True)
class Spot:
    """Where an array lies: its first number, its shape at one moment, whether it has one for every step."""

    at: int
    shape: tuple[int, ...]
    timed: bool = False

    @property
    def size(self) -> int:
        """Numbers at one moment."""
        return prod(self.shape)


@dataclass
class Layout:
    """Takes arrays into the room; `steps` is how many a run has."""

    steps: int
    spots: dict[str, Spot] = field(default_factory=dict)
    size: int = 0

    def take(self, name: str, shape: tuple[int, ...], timed: bool = False) -> Spot:
        """Give an array its place; the one it has if it was taken before."""
        if name not in self.spots:
            self.spots[name] = Spot(self.size, shape, timed)
            numbers = self.spots[name].size * (self.steps if timed else 1)
            self.size += -(-numbers // LINE) * LINE
        return self.spots[name]

    def block(self, arrays: Mapping[str, tuple[int, ...]]) -> tuple[int, int]:
        """Give several arrays places side by side; return where they begin and how many numbers they take."""
        begin = self.size
        for name, shape in arrays.items():
            self.take(name, shape)
        return begin, self.size - begin

    def of(self, names: Iterable[str]) -> dict[str, Spot]:
        """Return the places of some arrays."""
        return {name: self.spots[name] for name in names}
