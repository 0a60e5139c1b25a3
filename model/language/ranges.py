"""Dimensions: ranges of elements, sub-ranges, mappings and aliases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from model.language.errors import Problem, did_you_mean
from model.language.expressions import key
from model.language.reading import RangeDeclaration


@dataclass(frozen=True)
class Range:
    """A named list of elements; `root` is the dimension it is a part (or an alias) of."""

    name: str
    elements: tuple[str, ...]
    root: str
    maps_to: tuple[str, ...] = ()
    alias_of: str | None = None
    line: int = 0


@dataclass(frozen=True)
class Ranges:
    """All ranges of a model by key, in declared order, and every element's display name by key."""

    by_name: dict[str, Range] = field(default_factory=dict)
    display: dict[str, str] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def __getitem__(self, name: str) -> Range:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Range]:
        return iter(self.by_name.values())

    @cached_property
    def root_of_element(self) -> dict[str, str]:
        """The dimension of each element."""
        roots = ((name, r) for name, r in self.by_name.items() if r.root == name)
        return {element: name for name, r in roots for element in r.elements}

    def elements(self, name: str) -> tuple[str, ...]:
        """Return the elements of a range, or the element itself."""
        return self.by_name[name].elements if name in self.by_name else (name,)

    def known(self, name: str) -> bool:
        """Tell whether the name is a range or an element."""
        return name in self.by_name or name in self.root_of_element

    def holding(self, elements: Iterable[str], but: Iterable[str] = ()) -> Range | None:
        """Return the first declared range made of exactly these elements, if possible none of `but` (keys)."""
        wanted = set(elements)
        found = [(name, r) for name, r in self.by_name.items() if set(r.elements) == wanted]
        found.sort(key=lambda pair: pair[0] in but)
        return found[0][1] if found else None

    def positions(self, of: str, within: str) -> tuple[int, ...] | None:
        """Return where the elements of a range (or an element) stand in another range; None if some do not."""
        where = {element: place for place, element in enumerate(self.by_name[within].elements)}
        found = [where.get(element, -1) for element in self.elements(of)]
        return None if -1 in found else tuple(found)


def build_ranges(declarations: Iterable[RangeDeclaration]) -> tuple[Ranges, list[Problem]]:
    """Return the ranges and what is wrong with their declarations."""
    declared: dict[str, RangeDeclaration] = {}
    problems: list[Problem] = []
    for declaration in declarations:
        name = key(declaration.name)
        if name in declared:
            first = declared[name].entry
            problems.append(
                _problem(
                    declaration,
                    f"the range '{declaration.name}' is declared twice, first in {first.file}:{first.line}.",
                    "Remove one of the two.",
                )
            )
        declared.setdefault(name, declaration)
    elements, display = _resolve_elements(declared, problems)
    by_name = {name: _range(name, declared[name], elements) for name in declared if name in elements}
    ranges = Ranges(by_name, display)
    problems += _check_mappings(declared, ranges)
    problems += _check_overlap(declared, ranges)
    return ranges, problems


def _problem(declaration: RangeDeclaration, what: str, resolution: str) -> Problem:
    return Problem(declaration.entry.file, declaration.entry.line, what, resolution)


def _resolve_elements(
    declared: dict[str, RangeDeclaration], problems: list[Problem]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return each range's element keys (ranges inside ranges unfolded) and display names."""
    elements: dict[str, tuple[str, ...]] = {}
    display: dict[str, str] = {}
    for name, declaration in declared.items():
        display[name] = declaration.name
        if declaration.alias is not None:
            continue
        unfolded: list[str] = []
        for text in declaration.elements:
            unfolded += elements.get(key(text), (key(text),))
            display.setdefault(key(text), text)
        if len(set(unfolded)) < len(unfolded):
            twice = next(e for e in unfolded if unfolded.count(e) > 1)
            what = f"the range '{declaration.name}' holds '{display[twice]}' twice."
            problems.append(_problem(declaration, what, "Remove one of the two."))
        elements[name] = tuple(dict.fromkeys(unfolded))
    for name, declaration in declared.items():
        if declaration.alias is not None and key(declaration.alias) in elements:
            elements[name] = elements[key(declaration.alias)]
        elif declaration.alias is not None:
            what = f"'{declaration.name}' is an alias of '{declaration.alias}', which is not a range."
            problems.append(_problem(declaration, what, did_you_mean(declaration.alias, declared)))
    return elements, display


def _range(name: str, declaration: RangeDeclaration, elements: dict[str, tuple[str, ...]]) -> Range:
    own = set(elements[name])
    larger = [other for other in elements if own <= set(elements[other])]
    root = max(larger, key=lambda other: len(elements[other]))
    alias = key(declaration.alias) if declaration.alias else None
    maps_to = tuple(key(target) for target in declaration.maps_to)
    return Range(declaration.name, elements[name], root, maps_to, alias, declaration.entry.line)


def _check_mappings(declared: dict[str, RangeDeclaration], ranges: Ranges) -> list[Problem]:
    problems = []
    for name, declaration in declared.items():
        for target in declaration.maps_to:
            if key(target) not in ranges:
                what = f"'{declaration.name}' is mapped to '{target}', which is not a range."
                problems.append(_problem(declaration, what, did_you_mean(target, declared)))
            elif len(ranges[key(target)].elements) != len(ranges[name].elements):
                sizes = f"{len(ranges[name].elements)} and {len(ranges[key(target)].elements)} elements"
                what = f"'{declaration.name}' is mapped to '{target}', but they have {sizes}."
                problems.append(
                    _problem(declaration, what, "Mapped ranges run side by side: give them the same length.")
                )
    return problems


def _check_overlap(declared: dict[str, RangeDeclaration], ranges: Ranges) -> list[Problem]:
    """Report elements that two unrelated dimensions share."""
    owner: dict[str, str] = {}
    problems = []
    for name in dict.fromkeys(r.root for r in ranges):
        for element in ranges[name].elements:
            if element in owner or element in ranges:
                other = owner.get(element, element)
                what = (
                    f"'{ranges.display[element]}' is an element of '{ranges[name].name}' and also "
                    f"{'an element of' if element in owner else 'the range'} '{ranges[other].name}'."
                )
                problems.append(_problem(declared[name], what, "Rename one of the two: names are unique in a model."))
            owner.setdefault(element, name)
    return problems
