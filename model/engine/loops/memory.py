"""Where each array of a step lies, and which of them need not lie anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from model.engine.loops.nodes import cells
from model.engine.loops.schedule import Nest, is_total, slots
from model.engine.loops.statements import NEXT, OUT, Statement


class Given(NamedTuple):
    """An array known before the step: its shape without time and members, whether it has a value for each member
    and for each step."""

    shape: tuple[int, ...]
    wide: bool
    timed: bool


@dataclass(frozen=True)
class Memory:
    """Arrays by name. `given`; `shapes` of those that the step writes; `near` are those of which only the part within
    the present outer loops is kept; `unstored` those that never leave the body that computes them."""

    given: Mapping[str, Given]
    shapes: Mapping[str, tuple[int, ...]]
    near: frozenset[str]
    unstored: frozenset[str]
    stocks: frozenset[str]

    def size(self, name: str) -> int:
        """Return how many numbers of a member an array holds."""
        return prod(self.shape(name))

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape in which an array that the step writes, or a stock, is kept."""
        return self.shapes[name] if name in self.shapes else self.shapes[NEXT + name]


def memory(
    nests: Sequence[Nest], shapes: Mapping[str, tuple[int, ...]], known: tuple[Mapping[str, Given], Sequence[str]]
) -> Memory:
    """Return the memory of a step; `known` are the arrays given and the names of the stocks."""
    given, stocks = known
    writers: dict[str, list[tuple[int, int, Statement]]] = {}
    readers: dict[str, list[tuple[int, int, Statement]]] = {}
    for number, nest in enumerate(nests):
        for place, body in enumerate(nest.bodies):
            for statement in body.statements:
                writers.setdefault(statement.target, []).append((number, place, statement))
                for cell in set(cells(statement.value)):
                    readers.setdefault(cell.name, []).append((number, place, statement))
    inner = [name for name in writers if not name.startswith((NEXT, OUT))]
    near = {name for name in inner if _is_near(writers[name], readers.get(name, []), nests)}
    unstored = {name for name in inner if _is_unstored(name, writers[name], readers.get(name, []))}
    smaller = dict(shapes)
    for name in near:
        statement = writers[name][0][2]
        kept = [
            n for n, place in zip(shapes[name], statement.places, strict=True) if place.label not in statement.outer
        ]
        smaller[name] = tuple(kept)
    return Memory(given, smaller, frozenset(near), frozenset(unstored), frozenset(stocks))


Uses = Sequence[tuple[int, int, Statement]]


def _is_near(writers: Uses, readers: Uses, nests: Sequence[Nest]) -> bool:
    """Tell whether an array is written and read in the same outer loops alone."""
    numbers = {number for number, _, _ in [*writers, *readers]}
    if len(numbers) > 1 or not nests[numbers.pop()].sizes:
        return False
    return not any(is_total(statement) for _, _, statement in writers)


def _is_unstored(name: str, writers: Uses, readers: Uses) -> bool:
    """Tell whether an array is read by the body alone that writes it, cell by cell."""
    if any(statement.fold for _, _, statement in writers):
        return False
    if len({(number, place) for number, place, _ in [*writers, *readers]}) > 1:
        return False
    written = {slots(statement, statement) for _, _, statement in writers}
    read = {slots(c, statement) for _, _, statement in readers for c in cells(statement.value) if c.name == name}
    return read <= written
