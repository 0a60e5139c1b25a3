"""Expressions cell by cell: what a number of an equation is computed from, given the indices it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from model.engine.module import StepParts
from model.engine.order import CLOCK
from model.language.binding import Target, bind, bound_labels
from model.language.errors import ModelErrors, Problem
from model.language.expressions import Call, Expression, Number, Reference, Table
from model.language.functions import CLOCKED, REDUCTIONS
from model.language.structure import CONTROL


class CannotLoopError(ModelErrors):
    """The model uses what this back end does not write; the message says what, and what to use instead."""

    def __init__(self, what: str) -> None:
        super().__init__([Problem("backend", 0, f"'loops' does not write {what}.", "Use 'jax' or 'numpy'.")])


@dataclass(frozen=True, slots=True)
class Place:
    """Where along an axis: at an index (`label`) moved by `offset`, through a list of places where one is given."""

    label: str | None
    offset: int = 0
    through: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Num:
    """A number."""

    value: float


@dataclass(frozen=True)
class Cell:
    """A cell of an array."""

    name: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Op:
    """A function or operator, under its name in expressions, of some values; `table` for a lookup."""

    function: str
    arguments: tuple[Node, ...]
    table: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


@dataclass(frozen=True)
class Fold:
    """A sum, product, lowest or highest value over some indices."""

    function: str
    over: tuple[str, ...]
    body: Node


@dataclass(frozen=True)
class At:
    """Whether an index stands at one of these places."""

    label: str
    positions: tuple[int, ...]


Node = Num | Cell | Op | Fold | At


@lru_cache(maxsize=100_000)
def labels(node: Node) -> frozenset[str]:
    """Return the indices that a value changes with."""
    match node:
        case Num():
            return frozenset()
        case At(label):
            return frozenset({label})
        case Cell(_, places):
            return frozenset(place.label for place in places if place.label is not None)
        case Op(_, arguments):
            return frozenset().union(*(labels(argument) for argument in arguments))
        case Fold(_, over, body):
            return labels(body) - set(over)


def cells(node: Node) -> Iterator[Cell]:
    """Yield every cell that an expression reads."""
    match node:
        case Cell():
            yield node
        case Op(_, arguments):
            for argument in arguments:
                yield from cells(argument)
        case Fold(_, _, body):
            yield from cells(body)


def picks(node: Node) -> bool:
    """Tell whether an expression picks among several by where its indices stand."""
    return isinstance(node, At) or (isinstance(node, Op) and any(picks(argument) for argument in node.arguments))


def substituted(node: Node, found: Mapping[str, Place]) -> Node:
    """Return the expression with indices replaced by others, or by a place."""
    match node:
        case Cell(name, places):
            return Cell(name, tuple(_moved(place, found) for place in places))
        case Op(function, arguments, table):
            return Op(function, tuple(substituted(argument, found) for argument in arguments), table)
        case Fold(function, over, body):
            new = tuple(found[label].label or label if label in found else label for label in over)
            return Fold(function, new, substituted(body, found))
    return node


def _moved(place: Place, found: Mapping[str, Place]) -> Place:
    if place.label is None or place.label not in found:
        return place
    other = found[place.label]
    if other.label is None and place.through is not None:
        return Place(None, place.through[other.offset])
    return Place(other.label, place.offset + other.offset, place.through)


class Reader:
    """Turns expressions into nodes; `left` are the left-hand subscripts of their equation."""

    def __init__(self, parts: StepParts, dt: float) -> None:
        self._parts = parts
        self._dt = dt
        self._kept: dict[Expression, list[tuple[frozenset[str], tuple[str, ...], str]]] = {}
        for (expression, order), name in parts.hoisted.items():
            self._kept.setdefault(expression, []).append((frozenset(order), order, name))

    def read(self, expression: Expression, left: tuple[str, ...]) -> Node:
        """Return the node of an expression. Raises CannotLoopError."""
        match expression:
            case Number(value):
                return Num(value)
            case Reference():
                return self._reference(expression, left)
            case Call():
                return self._kept_before(expression, left) or self._call(expression, left)
        raise CannotLoopError(f"{expression} in an expression")

    def _kept_before(self, call: Call, left: tuple[str, ...]) -> Node | None:
        """Return the cell of a part that is computed before the step."""
        if call not in self._kept:
            return None
        mine = labels(self._call(call, left))
        for found, order, name in self._kept[call]:
            if found == mine:
                return Cell(name, tuple(Place(label) for label in order))
        return None

    def _call(self, call: Call, left: tuple[str, ...]) -> Node:
        function = call.function
        if function in REDUCTIONS:
            return Fold(function, bound_labels(call.arguments[0]), self.read(call.arguments[0], left))
        if function == "with_lookup":
            table = call.arguments[1]
            assert isinstance(table, Table)
            return Op("lookup", (self.read(call.arguments[0], left),), (table.xs, table.ys))
        if function in self._parts.scope.lookups:
            table = self._parts.scope.lookups[function]
            return Op("lookup", (self.read(call.arguments[0], left),), (table.xs, table.ys))
        arguments = tuple(self.read(argument, left) for argument in call.arguments)
        if function in CLOCKED:
            arguments = (*arguments, Cell(CLOCK))
        return Op(function, arguments)

    def _reference(self, reference: Reference, left: tuple[str, ...]) -> Node:
        name = reference.name
        if name in ("time_step", "saveper"):
            return Num(self._dt)
        if name == CLOCK or name in CONTROL:
            return Cell(name)
        rule = self._parts.scope.rules[name]
        axes = bind(reference, Target(name, rule.dims), left, self._parts.scope.ranges)
        return Cell(name, tuple(_place(axis.label, axis.positions) for axis in axes))


def _place(label: str | None, positions: tuple[int, ...] | None) -> Place:
    if positions is None:
        return Place(label)
    if label is None:
        return Place(None, positions[0])
    run = positions == tuple(range(positions[0], positions[-1] + 1))
    return Place(label, positions[0]) if run else Place(label, 0, positions)
