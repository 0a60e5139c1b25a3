"""Parts of variables that need a name of their own: lookups with subscripts, and numbers beside equations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from model.language.convert import SUBSCRIPTED_LOOKUP
from model.language.elements import by_element
from model.language.expressions import Array, Call, Expression, Reference, Subscript, Table, key, walk
from model.language.ranges import Ranges
from model.language.reading import EquationDeclaration
from model.language.variables import cells, literal

Cell = tuple[str, ...]
Lookups = Mapping[str, Mapping[Cell, str]]


def split_lookups(equations: list[EquationDeclaration], ranges: Ranges) -> list[EquationDeclaration]:
    """Return the equations without lookups that have subscripts. What cannot be resolved stays, to be refused."""
    lookups: dict[str, dict[Cell, str]] = {}
    found: list[EquationDeclaration] = []
    for number, equation in enumerate(equations):
        if isinstance(equation.expression, Table) and equation.subscripts:
            name = f"{equation.name} lookup {number + 1}"
            places = lookups.setdefault(key(equation.name), {})
            places.update(dict.fromkeys(cells(equation, ranges), key(name)))
            found.append(replace(equation, name=name, subscripts=(), excepted=()))
        else:
            found.append(equation)
    return [part for equation in found for part in _by_element(equation, lookups, ranges)] if lookups else equations


def split_numbers(equations: list[EquationDeclaration], ranges: Ranges) -> list[EquationDeclaration]:
    """Return the equations with a list of numbers as a variable of its own where other parts are equations."""
    mixed = {key(e.name) for e in equations if e.expression is not None and literal(e.expression) is None}
    found = []
    for number, equation in enumerate(equations):
        if isinstance(equation.expression, Array) and key(equation.name) in mixed:
            over = tuple(name for name in equation.subscripts if name in ranges)
            name = f"{equation.name} numbers {number + 1}"
            found.append(replace(equation, name=name, subscripts=over, excepted=()))
            read = Reference(key(name), tuple(Subscript(dim) for dim in over))
            found.append(replace(equation, expression=read))
        else:
            found.append(equation)
    return found


def _by_element(equation: EquationDeclaration, lookups: Lookups, ranges: Ranges) -> list[EquationDeclaration]:
    """Return the equation, in parts by element where it reads a lookup that differs between elements."""
    expression = equation.expression
    if expression is None or isinstance(expression, Table):
        return [equation]
    wanted = (name for call in _calls(expression) for name in _ranges_read(call, equation, ranges))
    parts = (part for part, _ in by_element(equation, wanted, ranges))
    return [replace(p, expression=_resolved(p.expression, lookups) if p.expression else None) for p in parts]


def _calls(expression: Expression) -> Iterable[Call]:
    return (node for node in walk(expression) if isinstance(node, Call) and node.function == SUBSCRIPTED_LOOKUP)


def _ranges_read(call: Call, equation: EquationDeclaration, ranges: Ranges) -> Iterable[str]:
    """Yield the left-hand ranges that the lookup's subscripts run with."""
    table = call.arguments[0]
    assert isinstance(table, Reference)
    for name in (s.name for s in table.subscripts if s.name in ranges and not s.bound):
        targets = (name, *ranges[name].maps_to)
        yield from (target for target in targets[:1] if target in equation.subscripts)
        if name not in equation.subscripts:
            yield from [target for target in targets if target in equation.subscripts][:1]


def _resolved(node: Expression, lookups: Lookups) -> Expression:
    if not isinstance(node, Call):
        return node
    arguments = tuple(_resolved(argument, lookups) for argument in node.arguments)
    if node.function == SUBSCRIPTED_LOOKUP and isinstance(arguments[0], Reference):
        cell = tuple(s.name for s in arguments[0].subscripts)
        table = lookups.get(arguments[0].name, {}).get(cell)
        if table:
            return Call(table, arguments[1:])
    return Call(node.function, arguments)
