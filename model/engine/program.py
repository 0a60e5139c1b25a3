"""The program of a model: its equations with delays, smooths and INITIAL written out as states of their own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Literal

from model.language.expressions import Call, Expression, Number, Reference, Subscript, key
from model.language.functions import DELAYS
from model.language.ranges import Ranges
from model.language.structure import Equation, Model, Variable

Role = Literal["input", "exogenous", "stock", "frozen", "auxiliary"]


@dataclass(frozen=True)
class Part:
    """One equation of a rule; for a stock `expression` is its net flow and `initial` its first value.

    `initial` of an auxiliary is what the stocks' first values take for it (ACTIVE INITIAL).
    """

    subscripts: tuple[str, ...]
    excepted: tuple[tuple[str, ...], ...]
    expression: Expression
    initial: Expression | None = None


@dataclass(frozen=True)
class Rule:
    """One quantity of the program. Dims are range keys. Role: input (constant of a run), exogenous (series and
    levers, one value a step), stock, frozen (kept from the first moment), auxiliary."""

    name: str
    dims: tuple[str, ...]
    role: Role
    parts: tuple[Part, ...] = ()
    unit: str = ""
    sector: str = ""


def build_program(model: Model) -> dict[str, Rule]:
    """Return the rules of a checked model by name; hidden states carry names with a double underscore."""
    rules: dict[str, Rule] = {}
    for variable in model.variables.values():
        if variable.kind == "lookup":
            continue
        hidden: list[Rule] = []
        rules[variable.key] = _rule(variable, model.ranges, hidden)
        rules.update({rule.name: rule for rule in hidden})
    return rules


def _rule(variable: Variable, ranges: Ranges, hidden: list[Rule]) -> Rule:
    dims = tuple(key(dim) for dim in variable.dims)
    if variable.kind in ("parameter", "given"):
        return Rule(variable.key, dims, "input", (), variable.unit, variable.sector)
    if variable.kind in ("lever", "series"):
        return Rule(variable.key, dims, "exogenous", (), variable.unit, variable.sector)
    expander = _Expander(variable, ranges, hidden)
    parts = tuple(expander.part(equation) for equation in variable.equations)
    role: Role = "stock" if variable.kind == "stock" else "auxiliary"
    return Rule(variable.key, dims, role, parts, variable.unit, variable.sector)


class _Expander:
    """Replaces SMOOTH, DELAY and INITIAL in one variable's equations by references to hidden rules."""

    def __init__(self, variable: Variable, ranges: Ranges, hidden: list[Rule]) -> None:
        self._variable = variable
        self._ranges = ranges
        self._hidden = hidden
        self._numbers = count(1)

    def part(self, equation: Equation) -> Part:
        expression = equation.expression
        if isinstance(expression, Call) and expression.function == "integ":
            flow, initial = (self._expand(a, equation) for a in expression.arguments)
            return Part(equation.subscripts, equation.excepted, flow, initial)
        if isinstance(expression, Call) and expression.function == "active_initial":
            active, initial = (self._expand(a, equation) for a in expression.arguments)
            return Part(equation.subscripts, equation.excepted, active, initial)
        assert expression is not None
        return Part(equation.subscripts, equation.excepted, self._expand(expression, equation))

    def _expand(self, expression: Expression, equation: Equation) -> Expression:
        if not isinstance(expression, Call):
            return expression
        arguments = tuple(self._expand(argument, equation) for argument in expression.arguments)
        if expression.function in DELAYS:
            return self._delayed(expression.function, arguments, equation)
        if expression.function == "initial":
            return self._hide("initial", "frozen", arguments[0], None, equation)
        if expression.function == "sample_if_true":
            return self._held(arguments, equation)
        if expression.function == "delay_fixed":
            return self._pipeline(arguments, equation)
        return Call(expression.function, arguments)

    def _delayed(self, function: str, arguments: tuple[Expression, ...], equation: Equation) -> Expression:
        """Return the output of a chain of hidden stocks (Vensim's macros SMOOTH, SMOOTH3, DELAY1, DELAY3)."""
        source, time, initial = arguments
        order = int(function[-1])
        stage_time = time if order == 1 else Call("/", (time, Number(float(order))))
        is_delay = function.startswith("delay")
        inflow = source
        for _ in range(order):
            inflow = (self._delay_stage if is_delay else self._smooth_stage)(inflow, stage_time, initial, equation)
        return inflow

    def _held(self, arguments: tuple[Expression, ...], equation: Equation) -> Expression:
        """Return the input where the condition holds, else what was held a step before."""
        condition, source, initial = arguments
        name = self._name("held")
        value = Call("if_then_else", (condition, source, self._reference(name, equation)))
        self._hide(name, "stock", self._replacing(name, value, equation), initial, equation)
        return value

    def _pipeline(self, arguments: tuple[Expression, ...], equation: Equation) -> Expression:
        """Return the last of as many stocks as the delay has steps, each filled with the one before."""
        source, steps, initial = arguments
        assert isinstance(steps, Number)
        for _ in range(int(steps.value)):
            name = self._name("pipeline")
            source = self._hide(name, "stock", self._replacing(name, source, equation), initial, equation)
        return source

    def _replacing(self, name: str, value: Expression, equation: Equation) -> Expression:
        """Return the flow that makes a stock equal to the value one step later."""
        return Call("/", (Call("-", (value, self._reference(name, equation))), Reference("time_step")))

    def _smooth_stage(
        self, target: Expression, time: Expression, initial: Expression, equation: Equation
    ) -> Expression:
        name = self._name("smooth")
        level = self._reference(name, equation)
        flow = Call("/", (Call("-", (target, level)), time))
        return self._hide(name, "stock", flow, initial, equation)

    def _delay_stage(self, inflow: Expression, time: Expression, initial: Expression, equation: Equation) -> Expression:
        name = self._name("delay")
        outflow = Call("/", (self._reference(name, equation), time))
        flow = Call("-", (inflow, outflow))
        self._hide(name, "stock", flow, Call("*", (initial, time)), equation)
        return outflow

    def _name(self, purpose: str) -> str:
        return f"{self._variable.key}__{purpose}{next(self._numbers)}"

    def _dims(self, equation: Equation) -> tuple[str, ...]:
        """Return the left-hand subscripts that are ranges; elements are left out."""
        return tuple(name for name in equation.subscripts if name in self._ranges)

    def _reference(self, name: str, equation: Equation) -> Reference:
        return Reference(name, tuple(Subscript(dim) for dim in self._dims(equation)))

    def _hide(
        self, name: str, role: Role, expression: Expression, initial: Expression | None, equation: Equation
    ) -> Expression:
        if "__" not in name:
            name = self._name(name)
        dims = self._dims(equation)
        rule = Rule(name, dims, role, (Part(dims, (), expression, initial),), "", self._variable.sector)
        self._hidden.append(rule)
        return self._reference(name, equation)
