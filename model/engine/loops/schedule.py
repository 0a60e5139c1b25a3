"""Which statements run in the same loops: each array is then read while it is near, and most are never stored whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from model.engine.loops.nodes import Cell, cells
from model.engine.loops.statements import Builder, Statement

Slots = tuple[tuple[str, int, tuple[int, ...] | None], ...]
INNER = "inner"


@dataclass
class Body:
    """Statements computed one after the other at each index of the innermost loop (`inner`: its index, or None)."""

    looped: bool
    statements: list[Statement] = field(default_factory=list)


@dataclass
class Nest:
    """Bodies that run one after the other within the same outer loops, `sizes` of these and of the inner one."""

    sizes: tuple[int, ...]
    inner: int
    bodies: list[Body] = field(default_factory=list)

    @property
    def statements(self) -> list[Statement]:
        """All statements in order."""
        return [statement for body in self.bodies for statement in body.statements]


def slots(cell: Cell | Statement, statement: Statement) -> Slots:
    """Return the places of a cell by the loops of the statement they run with: numbered from outside, or inner."""
    names = {label: str(number) for number, label in enumerate(statement.outer)}
    if statement.inner is not None:
        names[statement.inner] = INNER
    return tuple((names.get(place.label or "", ""), place.offset, place.through) for place in cell.places)


def is_total(statement: Statement) -> bool:
    """Tell whether a statement's result is known only after all its loops: it folds over one of the outer ones, or
    keeps a result for each index of the inner one while an outer one goes on."""
    return bool(statement.fold) and bool(set(statement.outer) - statement.written)


class Scheduler:
    """Puts statements into nests, as few as possible of the widest ones."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._size = builder.size
        self._writers: dict[str, list[Statement]] = {}
        for statement in builder.statements:
            self._writers.setdefault(statement.target, []).append(statement)
        self._reads = {id(s): _reads(s, self._writers) for s in builder.statements}
        self._done: set[int] = set()
        self._where: dict[int, int] = {}
        self.nests: list[Nest] = []

    def run(self) -> list[Nest]:
        """Return the nests in order."""
        waiting = list(self._builder.statements)
        while waiting:
            shape = self._next_shape(waiting)
            nest = Nest(shape[0], shape[1])
            self._where = {}
            placed = True
            while placed:
                placed = False
                for statement in list(waiting):
                    number = self._body_for(statement, nest)
                    if number is not None:
                        self._place(statement, nest, number)
                        waiting.remove(statement)
                        placed = True
            self.nests.append(nest)
            self._done.update(id(statement) for statement in nest.statements)
        return self.nests

    def _shape(self, statement: Statement) -> tuple[tuple[int, ...], int]:
        """Return the sizes of the outer loops and of the inner one (that of the widest stock where there is none)."""
        sizes = tuple(map(self._size, statement.outer))
        if statement.inner is None:
            return sizes, self._size(self._builder.lane) if sizes and self._builder.lane else 0
        return sizes, self._size(statement.inner)

    def _next_shape(self, waiting: Sequence[Statement]) -> tuple[tuple[int, ...], int]:
        ready = [s for s in waiting if all(id(w) in self._done for w in self._all_writers(s))]
        counts: dict[tuple[tuple[int, ...], int], int] = {}
        for statement in ready:
            shape = self._shape(statement)
            counts[shape] = counts.get(shape, 0) + 1
        widest = tuple(map(self._size, self._builder.key))
        return max(counts, key=lambda shape: (shape[0] != widest or not widest, counts[shape]))

    def _all_writers(self, statement: Statement) -> list[Statement]:
        found = [w for name, _ in self._reads[id(statement)] for w in self._writers[name]]
        mine = self._writers[statement.target]
        return found + mine[: [id(s) for s in mine].index(id(statement))]

    def _body_for(self, statement: Statement, nest: Nest) -> int | None:
        """Return the number of the body a statement may stand in; None where it may not stand in this nest yet."""
        if self._shape(statement) != (nest.sizes, nest.inner):
            return None
        first = 0
        for writer in self._all_writers(statement):
            if id(writer) in self._done:
                continue
            if id(writer) not in self._where:
                return None
            if writer.target == statement.target:
                first = max(first, self._where[id(writer)])
                continue
            later = after(writer, statement)
            if later is None:
                return None
            first = max(first, self._where[id(writer)] + later)
        looped = statement.inner is not None
        for number in range(first, len(nest.bodies)):
            if nest.bodies[number].looped == looped:
                return number
        return max(first, len(nest.bodies))

    def _place(self, statement: Statement, nest: Nest, number: int) -> None:
        while number >= len(nest.bodies):
            nest.bodies.append(Body(statement.inner is not None))
        nest.bodies[number].statements.append(statement)
        self._where[id(statement)] = number


def after(writer: Statement, reader: Statement) -> int | None:
    """Return how many bodies after the writer's the reader may stand at the earliest; None: in a later nest alone."""
    if is_total(writer):
        return None
    written = slots(writer, writer)
    later = int(bool(writer.fold) or (writer.inner is None) != (reader.inner is None))
    for cell in cells(reader.value):
        if cell.name != writer.target:
            continue
        for mine, theirs in zip(written, slots(cell, reader), strict=True):
            if mine == theirs:
                continue
            if {mine[0], theirs[0]} - {"", INNER}:
                return None
            if INNER in (mine[0], theirs[0]):
                later = 1
    return later


def _reads(statement: Statement, known: Iterable[str]) -> list[tuple[str, Slots]]:
    names = set(known)
    return [(cell.name, slots(cell, statement)) for cell in cells(statement.value) if cell.name in names]
