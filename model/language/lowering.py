"""Rewrites equations of files written elsewhere in the closed subset; what they mean stays as Vensim's manual says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from model.language.constants import Constants, NotConstantError
from model.language.convert import MISSING, POWER_CHAIN, SUBSCRIPTED_LOOKUP, UnreadableError
from model.language.expressions import Array, Call, Expression, Number, Reference, Subscript
from model.language.functions import COMPARISONS, FOREIGN, LOGIC, spelling
from model.language.ranges import Ranges
from model.language.reading import EquationDeclaration
from model.language.source import Entry

UNION = "all of "  # begins the name of a range that holds overlapping ones
ZERO, ONE = Number(0.0), Number(1.0)
CONDITIONAL = ("if_then_else", "sample_if_true")
LONGEST_PIPELINE = 1_000  # steps of a DELAY FIXED, each a stock of its own
LARGEST_ORDER = 100  # stocks of a DELAY N or SMOOTH N
NO_VALUE = -(2.0**109)
HALF_STEP = 1e-6  # added before rounding, so that half a step counts as a whole one


@dataclass(frozen=True)
class Lowering:
    """Rewrites expressions. `controls`: INITIAL TIME, FINAL TIME, TIME STEP and SAVEPER by key, as numbers;
    `constants` evaluates constant arguments at the first moment; `numbered` gathers the ranges used as numbers."""

    controls: Mapping[str, float]
    constants: Constants
    ranges: Ranges
    numbered: dict[str, None] = field(default_factory=dict)

    def equation(self, declaration: EquationDeclaration) -> EquationDeclaration:
        """Return the equation rewritten. Raises UnreadableError where it has no exact counterpart."""
        expression = declaration.expression
        return declaration if expression is None else replace(declaration, expression=self.number(expression))

    def number(self, node: Expression) -> Expression:
        """Return an expression that gives a number; a comparison counts 1 where it holds, else 0."""
        if isinstance(node, Reference) and node.name in self.controls:
            return Number(self.controls[node.name])
        if isinstance(node, Reference) and self.ranges.known(node.name):
            return self._place(node.name)
        if not isinstance(node, Call):
            return node
        if node.function in COMPARISONS | LOGIC:
            return Call("if_then_else", (self.condition(node), ONE, ZERO))
        if node.function == "elmcount":
            return self._function(node)
        arguments = tuple(
            self.condition(argument) if place == 0 and node.function in CONDITIONAL else self.number(argument)
            for place, argument in enumerate(node.arguments)
        )
        return self._function(Call(node.function, arguments))

    def condition(self, node: Expression) -> Expression:
        """Return an expression that is true or false; a number is true unless it is 0."""
        if isinstance(node, Call) and node.function in LOGIC:
            return Call(node.function, tuple(self.condition(argument) for argument in node.arguments))
        if isinstance(node, Call) and node.function in COMPARISONS:
            return Call(node.function, tuple(self.number(argument) for argument in node.arguments))
        return Call("<>", (self.number(node), ZERO))

    def _place(self, name: str) -> Expression:
        """Return the number of an element, or of each element of a range, in its dimension (the first is 1)."""
        root = self.ranges[name].root if name in self.ranges else self.ranges.root_of_element[name]
        if self.ranges[root].name.startswith(UNION):
            raise UnreadableError(
                f"'{self.ranges.display[name]}' is used as a number, but lies in ranges that overlap.\n"
                "Use a variable that holds a number for each element."
            )
        if name not in self.ranges:
            return Number(1.0 + self.ranges[root].elements.index(name))
        self.numbered[name] = None
        return Reference(place_name(name), (Subscript(name),))

    def places(self, entry: Entry) -> list[EquationDeclaration]:
        """Return the variables that hold the numbers of the elements of the ranges used as numbers."""
        found = []
        for name in self.numbered:
            own = self.ranges[name]
            order = self.ranges[own.root].elements
            numbers = Array((tuple(1.0 + order.index(element) for element in own.elements),))
            found.append(EquationDeclaration(entry, place_name(name), (name,), (), numbers))
        return found

    def _function(self, call: Call) -> Expression:
        wanted = FOREIGN.get(call.function)
        rewrite = _REWRITES.get(call.function)
        if call.function == POWER_CHAIN:
            return reduce(lambda right, left: Call("^", (left, right)), reversed(call.arguments))
        if wanted is None or (rewrite is None and len(call.arguments) == wanted):
            return call
        if len(call.arguments) != wanted:
            what = f"{spelling(call.function)} has {len(call.arguments)} arguments, not {wanted}."
            raise UnreadableError(f"{what}\nGive it {wanted}.")
        assert rewrite is not None
        return rewrite(self, *call.arguments)

    def constant(self, node: Expression, what: str) -> float:
        """Return the value of an argument that must be constant. Raises UnreadableError."""
        try:
            return self.constants.value(node)
        except NotConstantError as error:
            raise UnreadableError(f"{what} depends on {error}, which is not a constant.\nGive it a number.") from error

    def shortest(self, node: Expression, what: str) -> float:
        """Return the smallest value of an argument that never changes. Raises UnreadableError."""
        try:
            return min(replace(self.constants, moment=None).values(node))
        except NotConstantError as error:
            raise UnreadableError(f"{what} depends on {error}, which is not a constant.\nGive it a number.") from error


def place_name(range_name: str) -> str:
    """Return the key of the variable that holds the numbers of a range's elements."""
    return f"place_in_{range_name}"


def _missing(_: Lowering) -> Expression:
    """:NA: is the number -2 ^ 109 in Vensim."""
    return Number(NO_VALUE)


def _quantum(_: Lowering, x: Expression, unit: Expression) -> Expression:
    whole = Call("*", (unit, Call("integer", (Call("/", (x, unit)),))))
    return Call("if_then_else", (Call("<=", (unit, ZERO)), x, whole))


def _log(_: Lowering, x: Expression, base: Expression) -> Expression:
    return Call("/", (Call("ln", (x,)), Call("ln", (base,))))


def _power(_: Lowering, x: Expression, exponent: Expression) -> Expression:
    return Call("^", (x, exponent))


def _game(_: Lowering, x: Expression) -> Expression:
    return x


def _elmcount(lowering: Lowering, over: Expression) -> Expression:
    if not isinstance(over, Reference) or over.name not in lowering.ranges:
        raise UnreadableError("ELMCOUNT counts the elements of a range.\nGive it the range's name.")
    return Number(float(len(lowering.ranges[over.name].elements)))


def _trend(_: Lowering, x: Expression, time: Expression, first: Expression) -> Expression:
    """TREND = ZIDZ(input - average, time * ABS(average)), average a SMOOTH from input / (1 + first * time) on."""
    start = Call("/", (x, Call("+", (ONE, Call("*", (first, time))))))
    average = Call("smooth1", (x, time, start))
    return Call("zidz", (Call("-", (x, average)), Call("*", (time, Call("abs", (average,))))))


def _forecast(_: Lowering, x: Expression, time: Expression, horizon: Expression) -> Expression:
    """FORECAST = input * (1 + ZIDZ(input - average, time * average) * horizon)."""
    average = Call("smooth1", (x, time, x))
    growth = Call("zidz", (Call("-", (x, average)), Call("*", (time, average))))
    return Call("*", (x, Call("+", (ONE, Call("*", (growth, horizon))))))


def _smooth_n(lowering: Lowering, x: Expression, time: Expression, first: Expression, order: Expression) -> Expression:
    return _chain("smooth1", (x, time, first), _order(lowering, order, "SMOOTH N"))


def _delay_n(lowering: Lowering, x: Expression, time: Expression, first: Expression, order: Expression) -> Expression:
    """DELAY N is a chain of DELAY1 of at least one TIME STEP each while its time is constant; of a time that changes
    Vensim's manual does not say what becomes of what is under way."""
    count = _order(lowering, order, "DELAY N")
    shortest = lowering.shortest(time, "the time of DELAY N")
    step = lowering.controls["time_step"]
    if isinstance(time, Reference) and time.subscripts and shortest < count * step:
        raise UnreadableError(
            f"the time of DELAY N, {shortest:g}, is shorter than its {count} steps of {step:g} for some element.\n"
            "Use a lower order or a shorter TIME STEP."
        )
    while count > 1 and count * step > shortest:
        count -= 1
    return _chain("delay1", (x, time, first), count)


def _order(lowering: Lowering, order: Expression, name: str) -> int:
    count = lowering.constant(order, f"the order of {name}")
    if count != int(count) or not 1 <= count <= LARGEST_ORDER:
        raise UnreadableError(f"the order of {name} is {count:g}.\nGive a whole number from 1 to {LARGEST_ORDER}.")
    return int(count)


def _chain(stage: str, arguments: tuple[Expression, Expression, Expression], count: int) -> Expression:
    x, time, first = arguments
    stage_time = Call("/", (time, Number(float(count))))
    for _ in range(count):
        x = Call(stage, (x, stage_time, first))
    return x


def _delay_fixed(lowering: Lowering, x: Expression, time: Expression, first: Expression) -> Expression:
    """DELAY FIXED moves values on by whole steps, at least one; its time is taken at the first moment."""
    step = lowering.controls["time_step"]
    wanted = lowering.constant(time, "the time of DELAY FIXED")
    count = max(round(wanted / step + HALF_STEP), 1)
    if count > LONGEST_PIPELINE:
        raise UnreadableError(
            f"DELAY FIXED holds {count} steps, more than {LONGEST_PIPELINE}.\nUse DELAY3, or a longer TIME STEP."
        )
    return Call("delay_fixed", (x, Number(float(count)), first))


_REWRITES: Mapping[str, Callable[..., Expression]] = {
    MISSING: _missing,
    "quantum": _quantum,
    "log": _log,
    "power": _power,
    "game": _game,
    "elmcount": _elmcount,
    "trend": _trend,
    "forecast": _forecast,
    "delay_n": _delay_n,
    "smooth_n": _smooth_n,
    "delay_fixed": _delay_fixed,
    SUBSCRIPTED_LOOKUP: lambda lowering, table, x: Call(SUBSCRIPTED_LOOKUP, (table, x)),
}
