"""Sums over the same large array, computed together: `xp` of a compiled step, jax.numpy with other sums.

A step sums the people of every sex and age nine times, each time with other weights (participation, need of welfare
and so on). One after the other each of these sums reads all cohorts from memory, which is what a step spends its time
on. As one product of a matrix (a row for each sum) with the cohorts they are read once: six sums take a quarter of the
time.

What belongs together is found by tracing the step once before it is compiled (`recorded`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from model.engine.arrays import contract_by_products, members, sum_of

Array = Any
FEW_ROWS = 50  # shorter sums are left to the compiler


@dataclass(frozen=True)
class Row:
    """Weights of a sum over leading axes of this shape: an array along some of them, or none."""

    shape: tuple[int, ...]
    array: Array = None
    axes: tuple[int, ...] = ()

    def written_out(self, xp: Any) -> Array:
        """Return a weight for each row of the summed array."""
        if self.array is None:
            return xp.ones(prod(self.shape))
        shape = [self.shape[axis] if axis in self.axes else 1 for axis in range(len(self.shape))]
        return xp.broadcast_to(self.array.reshape(shape), self.shape).reshape(-1)


@dataclass
class Group:
    """Sums over the leading axes of one array: the weights of each."""

    array: Array
    rows: list[Row] = field(default_factory=list)

    @property
    def is_worth_it(self) -> bool:
        """Whether a product of matrices is quicker: always but for one plain sum."""
        return len(self.rows) > 1 or self.rows[0].array is not None


@dataclass(frozen=True)
class Place:
    """Where a sum, in the order of the step, finds its value."""

    group: int
    row: int


class Recorder:
    """Stands in for jax.numpy while a step is traced to see which sums it takes."""

    def __init__(self, jax: Any, known: Sequence[Array]) -> None:
        self._xp = jax.numpy
        self._known = {id(array) for array in known}
        self.groups: list[Group] = []
        self.places: list[Place] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._xp, name)

    def add_up(self, value: Array, axes: tuple[int, ...]) -> Array:
        """Return the sum over some axes."""
        if _is_long(value, axes):
            self._note(value, Row(value.shape[: len(axes)]))
        return sum_of(value, axes, self._xp)

    def contract(self, spec: str, arrays: Sequence[Array]) -> Array:
        """Return the contraction."""
        found = weighted(spec, arrays)
        if found and id(found[1]) in self._known:
            self._note(found[0], Row(found[0].shape[: found[2]], found[1], found[3]))
        return contract_by_products(spec, arrays, self._xp)

    def _note(self, array: Array, row: Row) -> None:
        number = next((n for n, group in enumerate(self.groups) if group.array is array), len(self.groups))
        if number == len(self.groups):
            self.groups.append(Group(array))
        self.places.append(Place(number, len(self.groups[number].rows)))
        self.groups[number].rows.append(row)


class Together(Recorder):
    """Stands in for jax.numpy in a step whose sums are known from a recorder."""

    def __init__(self, jax: Any, known: Sequence[Array], recorder: Recorder) -> None:
        super().__init__(jax, known)
        self._matrices = [
            self._xp.stack([row.written_out(self._xp) for row in group.rows]) if group.is_worth_it else None
            for group in recorder.groups
        ]
        self._order = recorder.places
        self.restart()

    def restart(self) -> None:
        """Begin the step anew."""
        self._next = iter(self._order)
        self._sums: dict[int, Array] = {}

    def add_up(self, value: Array, axes: tuple[int, ...]) -> Array:
        """Return the sum over some axes."""
        together = self._together(value, len(axes)) if _is_long(value, axes) else None
        return sum_of(value, axes, self._xp) if together is None else together

    def contract(self, spec: str, arrays: Sequence[Array]) -> Array:
        """Return the contraction."""
        found = weighted(spec, arrays)
        together = self._together(found[0], found[2]) if found and id(found[1]) in self._known else None
        return contract_by_products(spec, arrays, self._xp) if together is None else together

    def _together(self, array: Array, axes: int) -> Array | None:
        place = next(self._next)
        matrix = self._matrices[place.group]
        if matrix is None:
            return None
        if place.group not in self._sums:
            self._sums[place.group] = matrix @ array.reshape(matrix.shape[1], -1)
        return self._sums[place.group][place.row].reshape(array.shape[axes:])


def weighted(spec: str, arrays: Sequence[Array]) -> tuple[Array, Array, int, tuple[int, ...]] | None:
    """Return (array, weights, number of axes summed, axes of the weights) of a weighted sum over leading axes."""
    inputs, output = spec.split("->")
    letters = inputs.split(",")
    if len(arrays) != 2:
        return None
    (large, array), (small, row) = sorted(zip(letters, arrays, strict=True), key=lambda pair: -len(pair[0]))
    summed = large[: len(large) - len(output)]
    fits = large == summed + output and set(small) <= set(summed) and members(row) == 1
    if not fits or prod(array.shape[: len(summed)]) < FEW_ROWS:
        return None
    return array, row, len(summed), tuple(summed.index(letter) for letter in small)


def recorded(jax: Any, known: Sequence[Array], step: Callable[[Any], Any]) -> Together:
    """Return the `xp` under which a step takes its sums together; `step` traces it under a given `xp`."""
    recorder = Recorder(jax, known)
    jax.eval_shape(lambda: step(recorder))
    return Together(jax, known, recorder)


def _is_long(value: Array, axes: tuple[int, ...]) -> bool:
    leading = tuple(range(len(axes)))
    return axes == leading and prod(value.shape[: len(axes)]) >= FEW_ROWS
