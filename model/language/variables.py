"""Gathers equations into variables: kind, dimensions, unit, range and comment of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.language.comments import Comment, read_comment
from model.language.errors import Problem, did_you_mean
from model.language.expressions import (
    Array,
    Call,
    Expression,
    Number,
    Table,
    key,
    references,
    walk,
)
from model.language.ranges import Ranges
from model.language.reading import EquationDeclaration
from model.language.structure import BUILT_IN, CONTROL, Equation, Kind, Variable


def build_variables(
    declarations: Iterable[EquationDeclaration], ranges: Ranges
) -> tuple[dict[str, Variable], list[Problem]]:
    """Return variables by key and what is wrong with how they are declared."""
    groups: dict[str, list[EquationDeclaration]] = {}
    for declaration in declarations:
        if key(declaration.name) not in CONTROL:
            groups.setdefault(key(declaration.name), []).append(declaration)
    problems: list[Problem] = []
    variables: dict[str, Variable] = {}
    for name, parts in groups.items():
        found = _check_group(name, parts, ranges)
        problems += found
        if not found:
            variables[name] = _variable(parts, ranges)
    return _link(variables), problems


def _variable(parts: Sequence[EquationDeclaration], ranges: Ranges) -> Variable:
    comment = read_comment(next((p.entry.comment for p in parts if p.entry.comment), ""))
    dims = _dims(parts, ranges)
    return Variable(
        name=parts[0].name,
        dims=tuple(ranges[dim].name for dim in dims or ()),
        unit=next((p.entry.unit for p in parts if p.entry.unit), ""),
        range=next((p.entry.limits for p in parts if p.entry.limits), None),
        definition=comment.definition,
        source=comment.source,
        quality=comment.quality,
        group=comment.group,
        kind=_kind(parts, comment),
        keyword=parts[0].keyword,
        equations=tuple(_equation(part) for part in parts),
    )


def _equation(part: EquationDeclaration) -> Equation:
    entry = part.entry
    return Equation(key(part.name), part.subscripts, part.excepted, part.expression, entry.file, entry.line, entry.text)


def _kind(parts: Sequence[EquationDeclaration], comment: Comment) -> Kind:
    first = parts[0].expression
    if first is None:
        return "series" if parts[0].keyword else "given"
    if isinstance(first, Table):
        return "lookup"
    if isinstance(first, Call) and first.function == "integ":
        return "stock"
    if all(literal(part.expression) is not None for part in parts):
        return "lever" if comment.lever else "parameter"
    return "auxiliary"


def literal(expression: Expression | None) -> Number | Array | None:
    """Return the number or array that the expression merely writes down, else None."""
    if isinstance(expression, Number | Array):
        return expression
    if isinstance(expression, Call) and expression.function == "negative":
        inner = literal(expression.arguments[0])
        return Number(-inner.value) if isinstance(inner, Number) else None
    return None


def _dims(parts: Sequence[EquationDeclaration], ranges: Ranges) -> tuple[str, ...] | None:
    """Return the range keys a variable spans, from the subscripts of its parts; None if they span no range."""
    dims: list[str] = []
    taken = {name for part in parts for name in part.subscripts}
    for position in range(len(parts[0].subscripts)):
        names = list(dict.fromkeys(part.subscripts[position] for part in parts))
        if len(names) == 1 and names[0] in ranges:
            dims.append(names[0])
            continue
        elements = [element for name in names for element in ranges.elements(name)]
        whole = next((name for name in names if name in ranges and set(elements) <= set(ranges[name].elements)), None)
        held = ranges.holding(elements, but={*dims, *taken})
        if whole is None and held is None:
            return None
        dims.append(whole or key(held.name if held else ""))
    return tuple(dims)


def _check_group(name: str, parts: Sequence[EquationDeclaration], ranges: Ranges) -> list[Problem]:
    problems = _check_name(name, parts, ranges)
    problems += [found for part in parts for found in _check_subscripts(part, ranges)]
    if problems:
        return problems
    if len({len(part.subscripts) for part in parts}) > 1:
        counts = sorted({len(part.subscripts) for part in parts})
        what = f"the equations of '{parts[0].name}' have {counts[0]} and {counts[-1]} subscripts."
        return [_problem(parts[-1], what, "Give every part the same number of subscripts.")]
    if _dims(parts, ranges) is None:
        what = f"the elements of '{parts[0].name}' do not make up a declared range."
        return [
            _problem(parts[0], what, "Add equations for the missing elements, or declare a range of these elements.")
        ]
    return _check_tiling(parts, ranges) + _check_kinds(parts)


def _check_name(name: str, parts: Sequence[EquationDeclaration], ranges: Ranges) -> list[Problem]:
    if name in BUILT_IN:
        return [_problem(parts[0], f"'{parts[0].name}' is the name of the clock.", "Give the variable another name.")]
    if ranges.known(name):
        what = f"'{parts[0].name}' is a variable and also a range or element."
        return [_problem(parts[0], what, "Rename one of the two: names are unique in a model.")]
    return []


def _check_subscripts(part: EquationDeclaration, ranges: Ranges) -> list[Problem]:
    known = [*ranges.by_name, *ranges.root_of_element]
    problems = [
        _problem(part, f"'{part.name}' has the unknown subscript '{name}'.", did_you_mean(name, known))
        for name in part.subscripts
        if not ranges.known(name)
    ]
    spans = [name for name in part.subscripts if name in ranges]
    if not problems and len(set(spans)) < len(spans):
        what = f"'{part.name}' has the same subscript twice: [{', '.join(part.subscripts)}]."
        problems.append(_problem(part, what, "Declare an alias range (`workplace <-> municipality`) for one of them."))
    return problems


def box(part: Equation | EquationDeclaration, ranges: Ranges) -> set[tuple[str, ...]]:
    """Return the element combinations of a part's subscripts, those left out by :EXCEPT: included."""
    found: set[tuple[str, ...]] = {()}
    for name in part.subscripts:
        found = {(*cell, element) for cell in found for element in ranges.elements(name)}
    return found


def cells(part: Equation | EquationDeclaration, ranges: Ranges) -> set[tuple[str, ...]]:
    """Return the element combinations that a part defines."""
    found = box(part, ranges)
    for group in part.excepted:
        allowed = [set(ranges.elements(name)) for name in group]
        found = {c for c in found if not all(e in a for e, a in zip(c, allowed, strict=False))}
    return found


def _check_tiling(parts: Sequence[EquationDeclaration], ranges: Ranges) -> list[Problem]:
    """Report cells that no part or two parts define (only split variables can have them)."""
    if len(parts) == 1 and not parts[0].excepted:
        return []
    defined: dict[tuple[str, ...], EquationDeclaration] = {}
    for part in parts:
        for cell in cells(part, ranges):
            if cell in defined:
                first = defined[cell].entry
                at = f"[{', '.join(ranges.display[e] for e in cell)}]" if cell else ""
                what = f"'{part.name}{at}' is defined twice, first in {first.file}:{first.line}."
                return [_problem(part, what, "Remove one of the two, or take the element out with :EXCEPT:.")]
            defined[cell] = part
    for part in parts:
        others = {cell for cell, by in defined.items() if by is not part and by.excepted}
        if part.excepted and others & box(part, ranges):
            what = f"two parts of '{part.name}' with :EXCEPT: overlap."
            return [_problem(part, what, "Write a part for each element, so that only one needs :EXCEPT:.")]
    dims = _dims(parts, ranges) or ()
    whole: set[tuple[str, ...]] = {()}
    for dim in dims:
        whole = {(*cell, element) for cell in whole for element in ranges[dim].elements}
    missing = sorted(whole - defined.keys())
    if not missing:
        return []
    at = ", ".join(ranges.display[e] for e in missing[0])
    what = f"'{parts[0].name}' has no equation for [{at}]" + (f" and {len(missing) - 1} more." if missing[1:] else ".")
    return [_problem(parts[0], what, "Add an equation for the missing elements.")]


def _check_kinds(parts: Sequence[EquationDeclaration]) -> list[Problem]:
    stocks = [isinstance(p.expression, Call) and p.expression.function == "integ" for p in parts]
    special = [p.expression is None or isinstance(p.expression, Table) for p in parts]
    if any(stocks) and not all(stocks):
        return [
            _problem(
                parts[0],
                f"'{parts[0].name}' is a stock for some elements and not for others.",
                "Write INTEG for every part, or split it into two variables.",
            )
        ]
    if len(parts) > 1 and any(special):
        return [
            _problem(
                parts[0],
                f"'{parts[0].name}' mixes given numbers or lookups with equations.",
                "Give all its numbers in model/values, or none.",
            )
        ]
    return []


def _problem(part: EquationDeclaration, what: str, resolution: str) -> Problem:
    return Problem(part.entry.file, part.entry.line, what, resolution)


def variable_names(expression: Expression | None) -> Iterable[str]:
    """Yield the keys of every variable or lookup that the expression reads."""
    if expression is None:
        return
    yield from (reference.name for reference in references(expression))
    yield from (node.function for node in walk(expression) if isinstance(node, Call))


def _link(variables: dict[str, Variable]) -> dict[str, Variable]:
    """Fill in each variable's inputs and users."""
    users: dict[str, dict[str, None]] = {name: {} for name in variables}
    inputs: dict[str, tuple[str, ...]] = {}
    for name, variable in variables.items():
        read = [n for e in variable.equations for n in variable_names(e.expression) if n in variables]
        inputs[name] = tuple(dict.fromkeys(variables[n].name for n in read))
        for other in read:
            users[other][variable.name] = None
    return {
        name: replace(variable, inputs=inputs[name], users=tuple(users[name])) for name, variable in variables.items()
    }
