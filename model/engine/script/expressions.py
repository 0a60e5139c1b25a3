"""Writes the value of an expression at the present indices in JavaScript."""

from __future__ import annotations

import math
from collections.abc import Callable

from model.engine.loops.evaluate import LIBRARY
from model.engine.loops.nodes import At, CannotLoopError, Cell, Node, Num, Op
from model.engine.runtime import SMALL

_INFIX = {"+": "+", "-": "-", "*": "*", "/": "/"}
_COMPARE = {"=": "===", "<>": "!==", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_LOGIC = {"and": "&&", "or": "||"}
_CALLS = {
    **LIBRARY,  # Math has C's names
    "exp": "exp",
    "ln": "log",
    "min": "min",
    "max": "max",
    "abs": "abs",
    "sqrt": "sqrt",
    "integer": "trunc",
}
_RUNTIME = {
    "zidz": "xidz({0}, {1}, 0)",
    "xidz": "xidz({0}, {1}, {2})",
    "modulo": "modulo({0}, {1})",
    "step": "({2} + {dt} / 2 > {1} ? {0} : 0)",
    "ramp": "ramp({0}, {1}, {2}, {3})",
    "pulse": "({0} - {small} <= {2} && {2} < {0} + {1} ? 1 : 0)",
    "pulse_train": "pulseTrain({0}, {1}, {2}, {3}, {4})",
}
"""Functions of the model's language; those called by name stand in runtime.js. Meanings: model/engine/runtime.py."""
SQUARE, HALF = 2.0, 0.5
Table = tuple[tuple[float, ...], tuple[float, ...]]


def number(value: float) -> str:
    """Return a number's text; the same number when it is read."""
    if math.isinf(value):
        return "Infinity" if value > 0 else "(-Infinity)"
    text = repr(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return f"({text})" if value < 0 else text


class Expressions:
    """Writes values; `cell` gives the text of a cell, `index` that of an index, `table` the name of a lookup."""

    def __init__(
        self, cell: Callable[[Cell], str], index: Callable[[str], str], table: Callable[[Table], str], dt: float
    ) -> None:
        self._cell = cell
        self._index = index
        self._table = table
        self._dt = dt

    def number(self, node: Node) -> str:
        """Return the text of a number. Raises CannotLoopError."""
        match node:
            case Num(value):
                return number(value)
            case Cell():
                return self._cell(node)
            case Op(function, arguments) if not _is_truth(node):
                return self._operation(function, arguments, node.table)
        return f"({self.truth(node)} ? 1 : 0)"

    def truth(self, node: Node) -> str:
        """Return the text of something true or false. Raises CannotLoopError."""
        match node:
            case At(label, positions):
                return self._at(self._index(label), positions)
            case Op(function, (first, second)) if function in _COMPARE:
                return f"({self.number(first)} {_COMPARE[function]} {self.number(second)})"
            case Op(function, (first, second)) if function in _LOGIC:
                return f"({self.truth(first)} {_LOGIC[function]} {self.truth(second)})"
            case Op("not", (argument,)):
                return f"!{self.truth(argument)}"
            case Num() | Cell() | Op():
                return f"({self.number(node)} !== 0)"
        raise CannotLoopError("a sum within an expression")

    def _operation(self, function: str, arguments: tuple[Node, ...], table: Table) -> str:
        if function == "if_then_else":
            test, yes, no = arguments
            return f"({self.truth(test)} ? {self.number(yes)} : {self.number(no)})"
        values = [self.number(argument) for argument in arguments]
        if function in _INFIX:
            return f"({values[0]} {_INFIX[function]} {values[1]})"
        if function == "negative":
            return f"(-{values[0]})"
        if function == "^" and isinstance(arguments[1], Num) and arguments[1].value == HALF:
            return f"sqrt({values[0]})"
        if function == "^" and isinstance(arguments[1], Num) and arguments[1].value == SQUARE:
            return f"square({values[0]})"
        if function in _CALLS:
            return f"{_CALLS[function]}({', '.join(values)})"
        if function == "lookup":
            return f"lookup({values[0]}, {self._table(table)})"
        if function in _RUNTIME:
            return _RUNTIME[function].format(*values, dt=number(self._dt), small=number(SMALL))
        raise CannotLoopError(f"the function '{function}'")

    def _at(self, index: str, positions: tuple[int, ...]) -> str:
        low, high = positions[0], positions[-1]
        if positions == tuple(range(low, high + 1)):
            return f"({index} === {low})" if low == high else f"({index} >= {low} && {index} <= {high})"
        return "(" + " || ".join(f"{index} === {place}" for place in positions) + ")"


def _is_truth(node: Op) -> bool:
    return node.function in _COMPARE or node.function in _LOGIC or node.function == "not"


MATHEMATICS = tuple(sorted(set(_CALLS.values())))
"""Names of Math that the text uses without its prefix."""
