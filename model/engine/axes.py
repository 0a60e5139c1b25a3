"""The fixed order of axes, and code that brings arrays into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.engine.program import Rule
from model.language.binding import range_of
from model.language.ranges import Ranges

TIME = "time"
ATOM, POWER, UNARY, PRODUCT, SUM, COMPARISON, LOGIC = range(7, 0, -1)


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of emitted code: its text, the index labels of its axes, and how tightly its operator binds."""

    text: str
    labels: tuple[str, ...] = ()
    binds: int = ATOM

    def within(self, binds: int) -> str:
        """Return the text, in parentheses unless it binds at least as tightly."""
        return self.text if self.binds >= binds else f"({self.text})"


class AxisOrder:
    """Sorts index labels: time first, then as the variables of the program have their dimensions, on average."""

    def __init__(self, rules: Iterable[Rule], ranges: Ranges) -> None:
        self._ranges = ranges
        distances: dict[str, list[int]] = {}
        for rule in rules:
            for place, dim in enumerate(reversed(rule.dims)):
                distances.setdefault(self._family(dim), []).append(place)
        self._distance = {name: sum(found) / len(found) for name, found in distances.items()}
        self._declared = {name: place for place, name in enumerate(ranges.by_name)}

    def _family(self, name: str) -> str:
        """Return the range itself for an alias, else its dimension."""
        return name if self._ranges[name].alias_of else self._ranges[name].root

    def rank(self, label: str) -> tuple[float, int, str]:
        """Return the sort key of a label."""
        if label == TIME:
            return (-float("inf"), 0, "")
        name = range_of(label)
        distance = self._distance.get(self._family(name), 0.0)
        return (-distance, self._declared[name], label)

    def sort(self, labels: Iterable[str]) -> tuple[str, ...]:
        """Return the labels once each, in order."""
        return tuple(sorted(set(labels), key=self.rank))

    def length(self, label: str) -> int:
        """Return the number of elements an index label runs over."""
        return len(self._ranges[range_of(label)].elements)


def aligned(code: Code, target: Sequence[str], binds: int = ATOM) -> str:
    """Return code whose axes broadcast against `target` (which holds all labels of `code`).

    Labels say nothing of the last axis, that of members: every array has it and no index names it.
    """
    own = tuple(label for label in target if label in code.labels)
    text, bound = code.text, code.binds
    if own != code.labels:
        order = ", ".join(str(place) for place in [*map(code.labels.index, own), len(own)])
        text, bound = f"{Code(text, (), bound).within(ATOM)}.transpose({order})", ATOM
    if tuple(target[len(target) - len(own) :]) == own:
        return Code(text, own, bound).within(binds)
    first = next(place for place, label in enumerate(target) if label in own)
    index = ", ".join(":" if label in own else "None" for label in target[first:])
    return f"{Code(text, (), bound).within(ATOM)}[{index}]"
