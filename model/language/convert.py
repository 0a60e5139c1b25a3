"""Turns what PySD's parser returns into our expressions."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any

from model.language.expressions import (
    Array,
    Call,
    Expression,
    Number,
    Reference,
    Subscript,
    Table,
    key,
)

MISSING = "na"
POWER_CHAIN = "power_chain"
SUBSCRIPTED_LOOKUP = "lookup_with_subscripts"
_LOGIC = {":and:": "and", ":or:": "or", ":not:": "not"}


class UnreadableError(ValueError):
    """The text is Vensim that this language leaves out; the message says what to use instead."""


def convert(node: Any) -> Expression:
    """Return our expression for a node of PySD's abstract syntax. Raises UnreadableError."""
    if isinstance(node, int | float):
        return _number(float(node))
    name = type(node).__name__
    if name == "ndarray":
        return _array(node)
    if name in _CONVERTERS:
        return _CONVERTERS[name](node)
    return Call(_unsupported_name(name), ())


def _number(value: float) -> Expression:
    return Call(MISSING, ()) if isnan(value) else Number(value)


def _array(node: Any) -> Expression:
    if node.ndim == 0:
        return Number(float(node))
    rows = node if node.ndim > 1 else [node]
    return Array(tuple(tuple(float(value) for value in row) for row in rows))


def _unsupported_name(name: str) -> str:
    """Return a function-like name for a structure outside the subset (GameStructure -> game)."""
    stem = name.removesuffix("Structure")
    return "".join("_" + c.lower() if c.isupper() else c for c in stem).lstrip("_")


def _reference(node: Any) -> Expression:
    subscripts = node.subscripts.subscripts if node.subscripts else ()
    return Reference(key(node.reference), tuple(_subscript(text) for text in subscripts))


def _subscript(text: str) -> Subscript:
    return Subscript(key(text.rstrip("!")), text.endswith("!"))


def _chain(node: Any) -> Expression:
    """Return operators of one level as nested calls, the leftmost first."""
    operators = [_LOGIC.get(op.lower(), op) for op in node.operators]
    arguments = [convert(argument) for argument in node.arguments]
    if operators in (["negative"], ["not"]):
        return Call(operators[0], (arguments[0],))
    if "or" in operators and "and" in operators[operators.index("or") :]:
        raise UnreadableError("':AND:' follows ':OR:' without parentheses.\nSet them around what belongs together.")
    first = arguments[0]
    if operators[0] == "^" and isinstance(first, Number) and first.value < 0:
        raise UnreadableError(
            "a negative number is raised to a power, which tools read differently.\n"
            "Give the number a parameter of its own."
        )
    if operators.count("^") > 1:
        return Call(POWER_CHAIN, tuple(arguments))
    result = first
    for operator, argument in zip(operators, arguments[1:], strict=True):
        result = Call(operator, (result, argument))
    return result


def _call(node: Any) -> Expression:
    name = key(node.function.reference)
    if any(isinstance(argument, str) for argument in node.arguments):
        return Call(name, ())  # a file's name: no function of the language takes one
    arguments = tuple(convert(argument) for argument in node.arguments)
    if node.function.subscripts:
        return Call(SUBSCRIPTED_LOOKUP, (_reference(node.function), *arguments))
    if name == "pulse_train":  # PySD's parser reorders the arguments: start, interval, width, end
        start, interval, width, end = arguments
        arguments = (start, width, interval, end)
    return Call(name, arguments)


def _delayed(name: str, time: str) -> Callable[[Any], Expression]:
    def build(node: Any) -> Expression:
        parts = (node.input, getattr(node, time), node.initial)
        return Call(f"{name}{int(node.order)}", tuple(convert(part) for part in parts))

    return build


def _table(node: Any) -> Table:
    return Table(tuple(float(x) for x in node.x), tuple(float(y) for y in node.y))


def _in_order(name: str, *parts: str) -> Callable[[Any], Expression]:
    """Return the converter of a structure whose parts are a function's arguments."""
    return lambda node: Call(name, tuple(convert(getattr(node, part)) for part in parts))


_CONVERTERS: dict[str, Callable[[Any], Expression]] = {
    "ArithmeticStructure": _chain,
    "LogicStructure": _chain,
    "ReferenceStructure": _reference,
    "CallStructure": _call,
    "IntegStructure": _in_order("integ", "flow", "initial"),
    "InitialStructure": _in_order("initial", "initial"),
    "GameStructure": _in_order("game", "expression"),
    "SampleIfTrueStructure": _in_order("sample_if_true", "condition", "input", "initial"),
    "DelayFixedStructure": _in_order("delay_fixed", "input", "delay_time", "initial"),
    "DelayNStructure": _in_order("delay_n", "input", "delay_time", "initial", "order"),
    "SmoothNStructure": _in_order("smooth_n", "input", "smooth_time", "initial", "order"),
    "TrendStructure": _in_order("trend", "input", "average_time", "initial_trend"),
    "ForecastStructure": _in_order("forecast", "input", "average_time", "horizon"),
    "SmoothStructure": _delayed("smooth", "smooth_time"),
    "DelayStructure": _delayed("delay", "delay_time"),
    "LookupsStructure": _table,
    "InlineLookupsStructure": lambda node: Call("with_lookup", (convert(node.argument), _table(node.lookups))),
}
