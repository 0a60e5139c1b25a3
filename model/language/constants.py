"""Evaluates what is constant before a run: a foreign file's control values and the times of its fixed delays."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.language.expressions import Array, Call, Expression, Number, Reference, key
from model.language.reading import EquationDeclaration

CLOCK = "time"
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "negative": operator.neg,
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "if_then_else": lambda condition, yes, no: yes if condition else no,
    "min": min,
    "max": max,
    "abs": abs,
    "integer": math.trunc,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "sin": math.sin,
    "cos": math.cos,
}


class NotConstantError(ValueError):
    """The expression is not constant; the message names what in it is not."""


@dataclass(frozen=True)
class Constants:
    """The equations of a file by key, to evaluate constant expressions with; `moment` is Time where it may stand."""

    equations: Mapping[str, EquationDeclaration]
    moment: float | None = None

    def value(self, expression: Expression | None, open_: tuple[str, ...] = ()) -> float:
        """Return the value of a constant expression without subscripts. Raises NotConstantError."""
        match expression:
            case Number(value):
                return value
            case Reference(name, ()) if name == CLOCK and self.moment is not None:
                return self.moment
            case Call("step", (height, begin)) if self.moment is not None:
                begun = self.moment >= self.value(begin, open_)
                return self.value(height, open_) if begun else 0.0
            case Reference(name, ()) if name in self.equations and name not in open_:
                found = self.equations[name]
                if not found.subscripts:
                    return self.value(found.expression, (*open_, name))
            case Call(function, arguments) if function in _FUNCTIONS:
                try:
                    return float(_FUNCTIONS[function](*(self.value(argument, open_) for argument in arguments)))
                except (ArithmeticError, TypeError, ValueError) as error:
                    if isinstance(error, NotConstantError):
                        raise
                    raise NotConstantError(f"'{function}' cannot be computed: {error}") from error
        raise NotConstantError(_shown(expression))

    def values(self, expression: Expression) -> list[float]:
        """Return every value of a constant expression, or of a variable with subscripts that is a list of numbers."""
        if isinstance(expression, Reference) and expression.subscripts and expression.name in self.equations:
            numbers = self.equations[expression.name].expression
            if isinstance(numbers, Array):
                return [value for row in numbers.rows for value in row]
            return [self.value(numbers)]
        return [self.value(expression)]


def _shown(expression: Expression | None) -> str:
    if isinstance(expression, Reference):
        return f"'{expression.name.replace('_', ' ')}'"
    return expression.function.upper().replace("_", " ") if isinstance(expression, Call) else "an empty equation"


def by_key(equations: list[EquationDeclaration]) -> dict[str, EquationDeclaration]:
    """Return the equations that stand alone for their variable, by its key."""
    found: dict[str, list[EquationDeclaration]] = {}
    for equation in equations:
        found.setdefault(key(equation.name), []).append(equation)
    return {name: parts[0] for name, parts in found.items() if len(parts) == 1}
