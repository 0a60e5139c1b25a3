"""Writes the value of an expression at the present indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from model.engine.loops.nodes import At, CannotLoopError, Cell, Node, Num, Op
from model.engine.loops.text import Text, Value
from model.engine.runtime import SMALL

_ARITHMETIC = {"+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv"}
_COMPARE = {"=": "oeq", "<>": "une", "<": "olt", "<=": "ole", ">": "ogt", ">=": "oge"}
_LOGIC = {"and": "and", "or": "or"}
_CALLS = {
    "exp": "exp",
    "ln": "log",
    "min": "llvm.minimum",
    "max": "llvm.maximum",
    "abs": "llvm.fabs",
    "sqrt": "llvm.sqrt",
    "integer": "llvm.trunc",
}
LIBRARY = {
    "^": "pow",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
}


class Evaluator:
    """Writes values; `load` gives a cell, `index` the place an index stands at, `dt` is the step in years."""

    def __init__(self, text: Text, load: Callable[[Cell], Value], index: Callable[[str], str], dt: float) -> None:
        self._text = text
        self._load = load
        self._index = index
        self._dt = dt

    def value(self, node: Node) -> Value:
        """Return the value of a node. Raises CannotLoopError."""
        match node:
            case Num(number):
                return self._text.number(number)
            case Cell():
                return self._load(node)
            case At(label, positions):
                return self._at(self._index(label), positions)
            case Op(function, arguments):
                return self._operation(node, function, arguments)
        raise CannotLoopError("a sum within an expression")

    def _at(self, index: str, positions: tuple[int, ...]) -> Value:
        text = self._text
        low, high = positions[0], positions[-1]
        if positions == tuple(range(low, high + 1)):
            above, below = text.give(f"icmp uge i64 {index}, {low}"), text.give(f"icmp ule i64 {index}, {high}")
            return Value(text.give(f"and i1 {above}, {below}"), False, "truth")
        found = "false"
        for place in positions:
            found = text.give(f"or i1 {found}, {text.give(f'icmp eq i64 {index}, {place}')}")
        return Value(found, False, "truth")

    def _operation(self, node: Op, function: str, arguments: tuple[Node, ...]) -> Value:
        text = self._text
        values = [self.value(argument) for argument in arguments]
        if function == "if_then_else":
            return text.select(text.as_truth(values[0]), *map(text.as_number, values[1:]))
        if function in _LOGIC:
            return text.logic(_LOGIC[function], *map(text.as_truth, values))
        if function == "not":
            truth = text.as_truth(values[0])
            return text.logic("xor", truth, Value("true", False, "truth"))
        numbers = [text.as_number(value) for value in values]
        if function in _COMPARE:
            return text.compare(_COMPARE[function], numbers[0], numbers[1])
        if function in _ARITHMETIC:
            return text.arithmetic(_ARITHMETIC[function], numbers[0], numbers[1])
        if function == "negative":
            return text.arithmetic("fsub", text.number(-0.0), numbers[0])
        if function in _CALLS:
            return text.call(_CALLS[function], *numbers)
        if function in LIBRARY:
            return text.each(LIBRARY[function], *numbers)
        if function == "lookup":
            return self._lookup(numbers[0], *node.table)
        if function in _OTHERS:
            return _OTHERS[function](text, numbers, self._dt)
        raise CannotLoopError(f"the function '{function}'")

    def _lookup(self, x: Value, xs: tuple[float, ...], ys: tuple[float, ...]) -> Value:
        """Return the value of a table at x: straight between points, constant beyond them."""
        text = self._text
        found = text.number(ys[0])
        for place in range(len(xs) - 1):
            width = xs[place + 1] - xs[place]
            slope = (ys[place + 1] - ys[place]) / width if width > 0 else 0.0
            along = text.arithmetic("fmul", text.number(slope), text.arithmetic("fsub", x, text.number(xs[place])))
            line = text.arithmetic("fadd", text.number(ys[place]), along)
            found = text.select(text.compare("oge", x, text.number(xs[place])), line, found)
        return text.select(text.compare("oge", x, text.number(xs[-1])), text.number(ys[-1]), found)


def _xidz(text: Text, values: list[Value], dt: float) -> Value:
    numerator, denominator, *otherwise = values
    is_zero = text.compare("olt", text.call("llvm.fabs", denominator), text.number(SMALL))
    quotient = text.arithmetic("fdiv", numerator, text.select(is_zero, text.number(1.0), denominator))
    return text.select(is_zero, otherwise[0] if otherwise else text.number(0.0), quotient)


def _modulo(text: Text, values: list[Value], dt: float) -> Value:
    x, m = values
    is_zero = text.compare("olt", m, text.number(SMALL))
    safe = text.select(is_zero, text.number(1.0), m)
    times = text.call("llvm.trunc", text.arithmetic("fdiv", x, safe))
    rest = text.arithmetic("fsub", x, text.arithmetic("fmul", safe, times))
    return text.select(is_zero, text.number(0.0), rest)


def _step(text: Text, values: list[Value], dt: float) -> Value:
    height, at, time = values
    late = text.compare("ogt", text.arithmetic("fadd", time, text.number(dt / 2)), at)
    return text.arithmetic("fmul", height, text.as_number(late))


def _ramp(text: Text, values: list[Value], dt: float) -> Value:
    slope, begin, end, time = values
    on = text.as_number(text.compare("ogt", text.arithmetic("fadd", time, text.number(SMALL)), begin))
    run = text.arithmetic("fsub", text.call("llvm.minimum", end, time), begin)
    return text.arithmetic("fmul", text.arithmetic("fmul", on, slope), run)


def _pulse(text: Text, values: list[Value], dt: float) -> Value:
    begin, width, time = values
    begun = text.compare("ole", text.arithmetic("fsub", begin, text.number(SMALL)), time)
    return text.as_number(text.logic("and", begun, text.compare("olt", time, text.arithmetic("fadd", begin, width))))


def _pulse_train(text: Text, values: list[Value], dt: float) -> Value:
    begin, width, interval, end, time = values
    running = text.logic("and", text.compare("ole", begin, time), text.compare("olt", time, end))
    since = text.arithmetic("fadd", text.arithmetic("fsub", time, begin), text.number(SMALL))
    whole = text.call("llvm.floor", text.arithmetic("fdiv", since, interval))
    rest = text.arithmetic("fsub", since, text.arithmetic("fmul", interval, whole))
    return text.as_number(text.logic("and", running, text.compare("olt", rest, width)))


_OTHERS: Mapping[str, Callable[[Text, list[Value], float], Value]] = {
    "zidz": _xidz,
    "xidz": _xidz,
    "modulo": _modulo,
    "step": _step,
    "ramp": _ramp,
    "pulse": _pulse,
    "pulse_train": _pulse_train,
}
