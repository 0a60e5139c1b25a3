"""Fewer large arrays between nests: terms of a sum added up where they are computed, values computed where they are
read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

from model.engine.loops.nodes import Cell, Node, Num, Op, cells
from model.engine.loops.schedule import Body, Nest, after, is_total, slots
from model.engine.loops.statements import NEXT, OUT, Statement

NEAR_TERMS = 2  # terms from which adding them up early spares an array


@dataclass(frozen=True)
class _Use:
    """Where a statement stands."""

    nest: int
    body: int
    statement: Statement


class Economy:
    """Rearranges the statements of nests; `shapes` takes the arrays that it adds."""

    def __init__(self, nests: list[Nest], shapes: dict[str, tuple[int, ...]]) -> None:
        self._nests = nests
        self._shapes = shapes
        self._added = 0
        self._look()

    def _look(self) -> None:
        self._writers: dict[str, list[_Use]] = {}
        self._readers: dict[str, list[_Use]] = {}
        for number, nest in enumerate(self._nests):
            for place, body in enumerate(nest.bodies):
                for statement in body.statements:
                    use = _Use(number, place, statement)
                    self._writers.setdefault(statement.target, []).append(use)
                    for name in {cell.name for cell in cells(statement.value)}:
                        self._readers.setdefault(name, []).append(use)

    def run(self) -> None:
        """Rearrange all that is worth it."""
        for number, nest in enumerate(self._nests):
            if len(nest.sizes) > 1:
                for body in nest.bodies:
                    body.statements[:] = [self._early(statement, number) for statement in body.statements]
        self._look()
        while self._sink():
            self._look()
        for nest in self._nests:
            nest.bodies[:] = [body for body in nest.bodies if body.statements]

    # sums

    def _early(self, statement: Statement, number: int) -> Statement:
        """Return the statement with sums of what earlier nests have computed taken from there."""
        if statement.inner is None:
            return statement
        return replace(statement, value=self._summed_early(statement.value, statement, number))

    def _summed_early(self, node: Node, statement: Statement, number: int) -> Node:
        if not isinstance(node, Op):
            return node
        if node.function not in ("+", "-"):
            return self._inside(node, statement, number)
        terms = _terms(node, 1)
        found = [(sign, term, self._made(term, statement, number)) for sign, term in terms]
        latest = max((made for _, _, made in found if made is not None), default=None)
        early = [(sign, term) for sign, term, made in found if made is not None]
        late = [(sign, self._inside(term, statement, number)) for sign, term, made in found if made is None]
        if latest is None or len(early) < NEAR_TERMS:
            return _sum([*early, *late])
        cell = self._add(_sum(early), statement, latest)
        return _sum([(1, cell), *late])

    def _inside(self, term: Node, statement: Statement, number: int) -> Node:
        """Return a term that is no sum with the sums within it taken early."""
        if not isinstance(term, Op):
            return term
        return replace(term, arguments=tuple(self._summed_early(x, statement, number) for x in term.arguments))

    def _made(self, term: Node, statement: Statement, number: int) -> int | None:
        """Return the earlier nest of the same loops that computes a term, whole; None for others."""
        if not isinstance(term, Cell) or term.name not in self._writers:
            return None
        (use, *others) = self._writers[term.name]
        same = (self._nests[use.nest].sizes, self._nests[use.nest].inner)
        if others or use.nest >= number or same != (self._nests[number].sizes, self._nests[number].inner):
            return None
        if use.statement.fold or slots(use.statement, use.statement) != slots(term, statement):
            return None
        return use.nest if use.statement.inner is not None else None

    def _add(self, value: Node, statement: Statement, number: int) -> Cell:
        """Compute a value at the end of a nest; return its cell."""
        self._added += 1
        name = f"sum {self._added}"
        first = next(cells(value))
        self._shapes[name] = self._shapes[first.name]
        nest = self._nests[number]
        if not nest.bodies[-1].looped:
            nest.bodies.append(Body(True))
        nest.bodies[-1].statements.append(Statement(name, first.places, value, statement.outer, statement.inner))
        return Cell(name, first.places)

    # values

    def _sink(self) -> bool:
        """Move one statement to the nest that reads it, if only one of the same loops does so first."""
        for number, nest in enumerate(self._nests):
            if len(nest.sizes) < 2:
                continue
            for body in nest.bodies:
                for statement in body.statements:
                    target = self._reader_nest(statement, number)
                    if target is not None:
                        body.statements.remove(statement)
                        self._nests[target].bodies[0].statements.insert(0, statement)
                        return True
        return False

    def _reader_nest(self, statement: Statement, number: int) -> int | None:
        name = statement.target
        writers = [use.statement for use in self._writers[name]]
        apart = len({slots(writer, writer) for writer in writers}) == len(writers)
        if is_total(statement) or name.startswith((NEXT, OUT)) or not apart:
            return None
        readers = self._readers.get(name, [])
        if not readers or any(use.nest <= number for use in readers):
            return None
        first = min(use.nest for use in readers)
        nest, mine = self._nests[first], self._nests[number]
        if (nest.sizes, nest.inner) != (mine.sizes, mine.inner) or self._stored_anew(statement, number) > 1:
            return None
        here = [(use.body, after(statement, use.statement)) for use in readers if use.nest == first]
        looped = nest.bodies[0].looped == (statement.inner is not None)
        return first if looped and all(later is not None and body >= later for body, later in here) else None

    def _stored_anew(self, statement: Statement, number: int) -> int:
        """Return how many arrays would have to be kept for a later nest."""
        names = {cell.name for cell in cells(statement.value)}
        written = [name for name in names if any(use.nest == number for use in self._writers.get(name, []))]
        return sum(all(use.nest == number for use in self._readers[name]) for name in written)


def _terms(node: Node, sign: int) -> list[tuple[int, Node]]:
    """Return the terms of a sum with their signs."""
    if isinstance(node, Op) and node.function in ("+", "-"):
        second = sign if node.function == "+" else -sign
        return [*_terms(node.arguments[0], sign), *_terms(node.arguments[1], second)]
    return [(sign, node)]


def _sum(terms: Sequence[tuple[int, Node]]) -> Node:
    """Return a sum of terms, one that is added first."""
    ordered = sorted(terms, key=lambda term: -term[0])
    sign, first = ordered[0]
    start: Node = first if sign > 0 else Op("-", (Num(0.0), first))
    return reduce(lambda a, term: Op("+" if term[0] > 0 else "-", (a, term[1])), ordered[1:], start)
