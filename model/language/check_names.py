"""Checks names, functions and subscripts of every equation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod

from model.language.binding import BindingError, Target, bind, bound_labels
from model.language.errors import Problem, did_you_mean
from model.language.expressions import (
    Array,
    Call,
    Expression,
    Number,
    Reference,
    Table,
    key,
    references,
)
from model.language.functions import (
    ARITHMETIC,
    COMPARISONS,
    DELAYS,
    FUNCTIONS,
    HIDDEN,
    INSTEAD,
    INSTEAD_ALONE,
    LOGIC,
    REDUCTIONS,
    spelling,
    supported_names,
)
from model.language.ranges import Ranges
from model.language.structure import BUILT_IN, Equation, Variable
from model.language.variables import literal

CONDITIONAL = ("if_then_else", "sample_if_true")
Finding = tuple[str, str]  # what is wrong, how to resolve it


@dataclass(frozen=True)
class Known:
    """What equations may refer to: checked variables, every declared name as written, dimensions, functions.

    `foreign`: the file was written elsewhere, so that what only our referees cannot read is allowed.
    """

    variables: Mapping[str, Variable]
    declared: Mapping[str, str]
    ranges: Ranges
    foreign: bool = False

    @property
    def functions(self) -> Mapping[str, int]:
        """Number of arguments of every function allowed."""
        return {**FUNCTIONS, **HIDDEN} if self.foreign else FUNCTIONS

    @property
    def instead(self) -> Mapping[str, str]:
        """What to use instead of functions that are left out."""
        return {**INSTEAD, **INSTEAD_ALONE} if self.foreign else INSTEAD


@dataclass(frozen=True)
class Place:
    """Where in an equation a node stands."""

    left: tuple[str, ...]
    top: bool = True
    summed: bool = False
    condition: bool = False

    def inner(self, *, summed: bool = False, condition: bool = False) -> Place:
        """Return the place of an argument."""
        return replace(self, top=False, summed=self.summed or summed, condition=condition)


def check_names(known: Known) -> list[Problem]:
    """Return every problem with names, functions and subscripts."""
    problems = []
    for variable in known.variables.values():
        for equation in variable.equations:
            findings = [*_check_numbers(equation, known.ranges)]
            if equation.expression is not None and literal(equation.expression) is None:
                findings += _visit(equation.expression, Place(equation.subscripts), known)
                if not known.foreign:
                    findings += _check_mapping(variable, equation, known.ranges)
                    findings += _check_lookup(equation, known)
            problems += [
                Problem(equation.file, equation.line, f"'{variable.name}': {what}", resolution)
                for what, resolution in dict.fromkeys(findings)
            ]
    return problems


def _check_numbers(equation: Equation, ranges: Ranges) -> Iterator[Finding]:
    """Report a list of numbers that does not fill its elements."""
    if not isinstance(equation.expression, Array):
        return
    spans = [len(ranges.elements(name)) for name in equation.subscripts if name in ranges]
    have = sum(len(row) for row in equation.expression.rows)
    if have != prod(spans):
        wanted = " x ".join(map(str, spans)) or "1"
        yield f"{have} numbers stand for {wanted} elements.", "Give one number for each element."


def _check_mapping(variable: Variable, equation: Equation, ranges: Ranges) -> Iterator[Finding]:
    """Report a mapped range read by a variable of a sub-range alone: pysimlin 0.8 reads the wrong elements there."""
    partial = {key(dim) for dim in variable.dims if ranges[key(dim)].root != key(dim) and not ranges[key(dim)].alias_of}
    for reference in references(equation.expression) if equation.expression else ():
        for name in (s.name for s in reference.subscripts if s.name in ranges and not s.bound):
            mapped = partial & set(ranges[name].maps_to) if name not in equation.subscripts else set()
            if mapped:
                part = ranges[mapped.pop()]
                yield (
                    f"it exists over '{part.name}' alone and reads '{ranges[name].name}', mapped to it, which "
                    "tools read differently.",
                    f"Give it equations for the other elements of '{ranges[part.root].name}' too.",
                )


def _check_lookup(equation: Equation, known: Known) -> Iterator[Finding]:
    """Report a lookup of one number that stands for many elements: PySD 3.14 cannot repeat it."""
    call = equation.expression
    spans = [name for name in equation.subscripts if name in known.ranges]
    if not (isinstance(call, Call) and spans and call.arguments):
        return
    is_lookup = call.function == "with_lookup" or call.function in known.variables
    free = [s for reference in references(call.arguments[0]) for s in reference.subscripts if s.name in spans]
    if is_lookup and not free:
        yield (
            f"a lookup of a single number stands for every element of '{known.ranges[spans[0]].name}', "
            "which PySD cannot read.",
            "Take the subscripts away: other equations read the single number as well.",
        )


def _visit(node: Expression, place: Place, known: Known) -> Iterator[Finding]:
    match node:
        case Number() | Table():
            return
        case Array():
            yield "a list of numbers stands inside an expression.", "Give it a variable of its own."
        case Reference():
            yield from _check_reference(node, place, known)
        case Call():
            yield from _check_call(node, place, known)


def _check_reference(node: Reference, place: Place, known: Known) -> Iterator[Finding]:
    name = node.name
    if name in BUILT_IN:
        if node.subscripts:
            yield f"'{name}' has no subscripts.", "Take them away."
    elif known.ranges.known(name):
        yield (
            f"the range or element '{known.ranges.display[name]}' is used as a value.",
            "Use a variable that holds a number for each element.",
        )
    elif name not in known.declared:
        shown = name.replace("_", " ")
        yield f"the name '{shown}' is unknown.", did_you_mean(shown, known.declared.values())
    elif name in known.variables:
        yield from _check_subscripts(node, known.variables[name], place, known.ranges)


def _check_subscripts(node: Reference, variable: Variable, place: Place, ranges: Ranges) -> Iterator[Finding]:
    if variable.kind == "lookup":
        yield f"the lookup '{variable.name}' is used without an argument.", f"Write {variable.name}(x)."
        return
    try:
        bind(node, Target(variable.name, tuple(key(dim) for dim in variable.dims)), place.left, ranges)
    except BindingError as error:
        what, _, resolution = str(error).partition("\n")
        yield what, resolution
    else:
        loose = [s.name for s in node.subscripts if s.bound]
        if loose and not place.summed:
            yield (
                f"'{variable.name}' is read with '{loose[0]}!' outside SUM, VMIN, VMAX and PROD.",
                "Put it into a SUM, or take the '!' away.",
            )


def _check_call(node: Call, place: Place, known: Known) -> Iterator[Finding]:
    function = node.function
    yield from _check_function(node, known)
    yield from _check_form(node, place)
    for number, argument in enumerate(node.arguments):
        is_condition = (function in CONDITIONAL and number == 0) or (place.condition and function in LOGIC)
        inner = place.inner(summed=function in REDUCTIONS, condition=is_condition)
        yield from _visit(argument, inner, known)


def _check_function(node: Call, known: Known) -> Iterator[Finding]:
    """Report functions outside the subset and wrong numbers of arguments."""
    function = node.function
    if function in ARITHMETIC | COMPARISONS | LOGIC:
        return
    is_lookup = function in known.variables and known.variables[function].kind == "lookup"
    wanted = 1 if is_lookup else known.functions.get(function)
    if wanted is not None:
        if len(node.arguments) != wanted:
            arguments = "1 argument" if wanted == 1 else f"{wanted} arguments"
            yield f"{spelling(function)} has {len(node.arguments)} arguments, not {wanted}.", f"Give it {arguments}."
    elif function in INSTEAD:
        yield f"the function {spelling(function)} is not supported.", known.instead[function]
    elif function in known.declared:
        yield (
            f"'{known.declared[function]}' stands before a parenthesis but is not a lookup.",
            "Write a '*' between them if a product is meant.",
        )
    elif spelling(function) not in supported_names():
        yield (
            f"the function {spelling(function)} is not supported.",
            did_you_mean(spelling(function), supported_names()) or f"Supported: {', '.join(supported_names())}.",
        )


def _check_form(node: Call, place: Place) -> Iterator[Finding]:
    """Report functions that stand where they may not."""
    function = node.function
    if function == "integ" and not place.top:
        yield "INTEG stands inside an expression.", "Give the stock an equation of its own."
    if function == "active_initial" and not place.top:
        yield "ACTIVE INITIAL stands inside an expression.", "Give it an equation of its own."
    if function in DELAYS | {"initial", *HIDDEN} and place.summed:
        yield f"{spelling(function)} stands under SUM, VMIN, VMAX or PROD.", "Give it an equation of its own."
    if function in REDUCTIONS and node.arguments and not bound_labels(node.arguments[0]):
        yield f"{spelling(function)} runs over no range.", "Mark the range with '!', e.g. SUM(x[age!])."
    if function in COMPARISONS | LOGIC and not place.condition:
        yield "a comparison is used as a number.", "Write IF THEN ELSE(condition, 1, 0)."
    if function == "if_then_else" and node.arguments:
        first = node.arguments[0]
        if not (isinstance(first, Call) and first.function in COMPARISONS | LOGIC):
            yield "the condition of IF THEN ELSE is not a comparison.", "Compare with a number, e.g. x > 0."
