"""Completes a foreign file's ranges: Vensim lets ranges overlap, and variables exist for some elements alone."""

from __future__ import annotations

from collections.abc import Iterable

from model.language.expressions import key
from model.language.lowering import UNION
from model.language.reading import EquationDeclaration, RangeDeclaration


def complete_ranges(declared: list[RangeDeclaration], equations: list[EquationDeclaration]) -> list[RangeDeclaration]:
    """Return the ranges, inner ones first, with those added that hold a variable's elements or overlapping ranges."""
    ordered = _inner_first(declared)
    members = _members(ordered)
    aliases = {key(d.name): key(d.alias) for d in ordered if d.alias is not None}
    added = _for_variables(members, aliases, equations)
    for extra in (a for a in added if a.alias is None):
        members[key(extra.name)] = tuple(map(key, extra.elements))
    return [*ordered, *added, *_unions(ordered, members)]


def _inner_first(declared: list[RangeDeclaration]) -> list[RangeDeclaration]:
    by_name = {key(d.name): d for d in declared}
    order: dict[int, RangeDeclaration] = {}

    def visit(declaration: RangeDeclaration, open_: frozenset[int]) -> None:
        if id(declaration) in order or id(declaration) in open_:
            return
        for element in map(key, declaration.elements):
            if element in by_name:
                visit(by_name[element], open_ | {id(declaration)})
        order[id(declaration)] = declaration

    for declaration in declared:
        visit(declaration, frozenset())
    return list(order.values())


def _members(ordered: Iterable[RangeDeclaration]) -> dict[str, tuple[str, ...]]:
    """Return the element keys of each range that is no alias."""
    members: dict[str, tuple[str, ...]] = {}
    for declaration in ordered:
        if declaration.alias is None:
            keys = [e for text in declaration.elements for e in members.get(key(text), (key(text),))]
            members[key(declaration.name)] = tuple(dict.fromkeys(keys))
    return members


def _for_variables(
    members: dict[str, tuple[str, ...]], aliases: dict[str, str], equations: list[EquationDeclaration]
) -> list[RangeDeclaration]:
    """Return a range for each place of a variable whose elements make up no declared range."""
    known = {frozenset(elements) for elements in members.values()}
    spans = members | {name: members[target] for name, target in aliases.items() if target in members}
    groups: dict[str, list[EquationDeclaration]] = {}
    for equation in equations:
        groups.setdefault(key(equation.name), []).append(equation)
    added = []
    for parts in groups.values():
        for place in range(min(len(part.subscripts) for part in parts)):
            names = dict.fromkeys(part.subscripts[place] for part in parts)
            elements = dict.fromkeys(e for name in names for e in spans.get(name, (name,)))
            if len(names) > 1 and _twins(parts, place, set(elements), spans):
                whole = next(name for name, span in members.items() if set(span) == set(elements))
                added.append(RangeDeclaration(parts[0].entry, f"{parts[0].name} axis {place + 1}", (), whole, ()))
                continue
            inside = any(set(elements) <= set(spans.get(name, ())) for name in names)
            if inside or frozenset(elements) in known or not _declared(elements, members):
                continue
            known.add(frozenset(elements))
            name = f"{parts[0].name} elements {place + 1}"
            added.append(RangeDeclaration(parts[0].entry, name, tuple(elements), None, ()))
    return added


def _twins(parts: list[EquationDeclaration], place: int, elements: set[str], spans: dict[str, tuple[str, ...]]) -> bool:
    """Tell whether another axis of the variable has the same elements, and a declared range holds them."""
    others = [i for i in range(len(parts[0].subscripts)) if i != place]
    same = any({e for p in parts for e in spans.get(p.subscripts[i], (p.subscripts[i],))} == elements for i in others)
    return same and any(set(span) == elements for span in spans.values())


def _declared(elements: Iterable[str], members: dict[str, tuple[str, ...]]) -> bool:
    every = {element for found in members.values() for element in found}
    return set(elements) <= every


def _unions(ordered: list[RangeDeclaration], members: dict[str, tuple[str, ...]]) -> list[RangeDeclaration]:
    """Return a range of everything in overlapping ranges of which none holds the others."""
    groups: list[tuple[set[str], list[str]]] = []
    for name, elements in members.items():
        joined, names = set(elements), [name]
        for group in [g for g in groups if g[0] & joined]:
            groups.remove(group)
            joined |= group[0]
            names = [*group[1], *names]
        groups.append((joined, names))
    added = []
    for joined, names in groups:
        if not any(set(members[name]) == joined for name in names):
            elements = tuple(dict.fromkeys(e for name in names for e in members[name]))
            added.append(RangeDeclaration(ordered[0].entry, f"{UNION}{' and '.join(names)}", elements, None, ()))
    return added
