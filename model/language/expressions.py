"""Expressions of the model language: five kinds of node, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A numeric literal."""

    value: float


@dataclass(frozen=True, slots=True)
class Array:
    """A list of numbers (`1, 2, 3`) or rows of numbers (`1, 2; 3, 4;`)."""

    rows: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The points of a lookup, by rising x; held constant beyond its ends."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    """A range or element in brackets; `bound` where it stands with `!` under SUM, VMIN, VMAX or PROD."""

    name: str
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A variable's name with its subscripts."""

    name: str
    subscripts: tuple[Subscript, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator under its sign (`+`, `<=`, `and`, `negative` …), with its arguments."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Number | Array | Table | Reference | Call


def key(name: str) -> str:
    """Return the form under which names are compared: lower case, one underscore for any white space."""
    return re.sub(r"[\s_]+", "_", name.strip()).lower()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield the expression and everything in it, outermost first."""
    yield expression
    if isinstance(expression, Call):
        for argument in expression.arguments:
            yield from walk(argument)


def references(expression: Expression) -> Iterator[Reference]:
    """Yield every reference in the expression."""
    return (node for node in walk(expression) if isinstance(node, Reference))


def to_data(expression: Expression) -> list[Any]:
    """Return the expression as nested lists (for the cache, which is JSON)."""
    match expression:
        case Number(value):
            return ["n", value]
        case Array(rows):
            return ["a", [list(row) for row in rows]]
        case Table(xs, ys):
            return ["t", list(xs), list(ys)]
        case Reference(name, subscripts):
            return ["r", name, [[s.name, s.bound] for s in subscripts]]
        case Call(function, arguments):
            return ["c", function, [to_data(argument) for argument in arguments]]


def from_data(data: list[Any]) -> Expression:
    """Return the expression that `to_data` wrote."""
    match data:
        case ["n", value]:
            return Number(value)
        case ["a", rows]:
            return Array(tuple(tuple(row) for row in rows))
        case ["t", xs, ys]:
            return Table(tuple(xs), tuple(ys))
        case ["r", name, subscripts]:
            return Reference(name, tuple(Subscript(n, bool(b)) for n, b in subscripts))
        case ["c", function, arguments]:
            return Call(function, tuple(from_data(argument) for argument in arguments))
    raise ValueError(f"not an expression: {data!r}")
