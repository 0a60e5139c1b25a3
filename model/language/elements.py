"""Writes an equation of a range as one part for each element."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from model.language.expressions import Array, Call, Expression, Reference, Subscript, Table
from model.language.ranges import Ranges
from model.language.reading import EquationDeclaration
from model.language.variables import box, cells


@dataclass(frozen=True)
class Elements:
    """Which element stands for a range of the left-hand side, and so for the ranges mapped to it."""

    chosen: Mapping[str, str]
    ranges: Ranges

    def of(self, name: str) -> str:
        """Return the element that stands for a range, else the name itself."""
        if name in self.chosen:
            return self.chosen[name]
        for target in self.ranges[name].maps_to if name in self.ranges else ():
            if target in self.chosen:
                place = self.ranges[target].elements.index(self.chosen[target])
                return self.ranges[name].elements[place]
        return name

    def within(self, node: Expression) -> Expression:
        """Return the expression as it reads for these elements."""
        if isinstance(node, Reference):
            if node.name in self.chosen and not node.subscripts:
                return Reference(self.chosen[node.name])
            return Reference(node.name, tuple(s if s.bound else Subscript(self.of(s.name)) for s in node.subscripts))
        if isinstance(node, Call):
            return Call(node.function, tuple(map(self.within, node.arguments)))
        return node


def by_element(
    equation: EquationDeclaration, names: Iterable[str], ranges: Ranges
) -> list[tuple[EquationDeclaration, Elements]]:
    """Return the equation in parts, one for each combination of elements of these left-hand ranges."""
    wanted = tuple(dict.fromkeys(names))
    parts = []
    for elements in itertools.product(*(ranges[name].elements for name in wanted)):
        chosen = Elements(dict(zip(wanted, elements, strict=True)), ranges)
        subscripts = tuple(chosen.of(name) for name in equation.subscripts)
        expression = None if equation.expression is None else chosen.within(equation.expression)
        parts.append((replace(equation, subscripts=subscripts, expression=expression), chosen))
    return parts


def split_exceptions(equations: list[EquationDeclaration], ranges: Ranges) -> list[EquationDeclaration]:
    """Return the equations with :EXCEPT: as parts of the elements they hold for, where each is wholly in or out."""
    found: list[EquationDeclaration] = []
    for equation in equations:
        known = all(map(ranges.known, [*equation.subscripts, *(n for group in equation.excepted for n in group)]))
        if not equation.excepted or not known or literal_list(equation):
            found.append(equation)
            continue
        places = zip(equation.subscripts, zip(*equation.excepted, strict=False), strict=False)
        names = [n for n, others in places if n in ranges and _narrower(n, others, ranges)]
        parts = (part for part, _ in by_element(equation, names, ranges))
        found += [replace(part, excepted=()) for part in parts if cells(part, ranges) == box(part, ranges)]
    return found


def literal_list(equation: EquationDeclaration) -> bool:
    """Tell whether the equation is a list of numbers or points, which cannot be written by element."""
    return equation.expression is None or isinstance(equation.expression, Array | Table)


def _narrower(name: str, others: Iterable[str], ranges: Ranges) -> bool:
    whole = set(ranges.elements(name))
    return any(not whole <= set(ranges.elements(other)) for other in others)
