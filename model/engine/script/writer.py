"""Writes nests of loops as JavaScript functions of the number of the step, `t`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from model.engine.loops.nodes import Cell, Place, cells, picks
from model.engine.loops.schedule import Body, Nest, is_total
from model.engine.loops.statements import FOLDING, Statement
from model.engine.loops.writer import BEGIN
from model.engine.script.expressions import Expressions, Table, number
from model.engine.script.layout import Spot
from model.engine.script.stages import Work

_JOIN = {"+": "{0} + {1}", "*": "{0} * {1}", "min": "min({0}, {1})", "max": "max({0}, {1})"}
INDENT = "  "


@dataclass
class _Here:
    """What is known in the loops under way: indices by label, names of cells loaded, of sums under way, of offsets.

    `inner`: the innermost index; `ahead`: the line before its loop, where what does not change with it is read;
    `targets`: names of arrays that the body writes.
    """

    indices: dict[str, str] = field(default_factory=dict)
    loaded: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    sums: dict[int, str] = field(default_factory=dict)
    offsets: dict[str, str] = field(default_factory=dict)
    inner: str = ""
    ahead: int = 0
    targets: frozenset[str] = frozenset()


class Writer:
    """Writes the nests of one stage; `spot` gives where an array lies, `table` and `places` name tables of numbers."""

    def __init__(
        self,
        work: Work,
        spot: Callable[[str], Spot],
        names: tuple[Callable[[Table], str], Callable[[tuple[int, ...]], str]],
        dt: float,
    ) -> None:
        self._work = work
        self._spot = spot
        self._table, self._places = names
        self._dt = dt
        self._lines: list[str] = []
        self._depth = 1
        self._count = 0
        self._clamped = False
        self._here = _Here()

    def write(self, nest: Nest, name: str) -> str:
        """Return the function of a nest."""
        self._lines, self._depth, self._count = [f"function {name}(t) {{"], 1, 0
        for statement in nest.statements:
            if is_total(statement):
                self._clear(statement)
        with self._loops(nest.sizes) as outer:
            for body in nest.bodies:
                self._body(nest, body, outer)
        return "\n".join([*self._lines, "}"])

    # text

    def _put(self, line: str) -> None:
        self._lines.append(INDENT * self._depth + line)

    def _fresh(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    @contextmanager
    def _loops(self, sizes: Sequence[int]) -> Iterator[list[str]]:
        if not sizes:
            yield []
            return
        with self._loop(sizes[0]) as index, self._loops(sizes[1:]) as others:
            yield [index, *others]

    @contextmanager
    def _loop(self, size: int) -> Iterator[str]:
        index = self._fresh("i")
        self._put(f"for (let {index} = 0; {index} < {size}; {index}++) {{")
        self._depth += 1
        yield index
        self._depth -= 1
        self._put("}")

    # addresses

    def _index(self, place: Place, size: int) -> str:
        if place.label is None:
            return str(place.offset)
        found = self._here.indices[place.label]
        if place.through is not None:
            return f"{self._places(place.through)}[{found}]"
        if place.offset == 0:
            return found
        moved = f"{found} {'+' if place.offset > 0 else '-'} {abs(place.offset)}"
        return f"within({moved}, {size - 1})" if self._clamped else f"({moved})"

    def _indices(self, cell: Cell | Statement, name: str, outer: Sequence[str]) -> tuple[str, ...]:
        near = name in self._work.near
        places = [place for place in cell.places if not (near and place.label in outer)]
        return tuple(self._index(place, size) for place, size in zip(places, self._spot(name).shape, strict=True))

    def _address(self, name: str, indices: Sequence[str]) -> str:
        spot = self._spot(name)
        at, weight = spot.at, spot.size
        terms = [f"t * {spot.size}"] if spot.timed else []
        for index, size in zip(indices, spot.shape, strict=True):
            weight //= size
            if index.isdigit():
                at += int(index) * weight
            else:
                terms.append(index if weight == 1 else f"{index} * {weight}")
        return f"M[{' + '.join([str(at), *self._offset(terms)])}]"

    def _offset(self, terms: Sequence[str]) -> Sequence[str]:
        """Return the sum of some terms under a name: it is reckoned but once in a body, before its loop if it may."""
        text = " + ".join(terms)
        if text.isidentifier() or not terms:
            return terms
        if text not in self._here.offsets:
            self._here.offsets[text] = self._fresh("k")
            self._put_early(f"const {self._here.offsets[text]} = {text};", terms)
        return [self._here.offsets[text]]

    def _put_early(self, line: str, indices: Sequence[str]) -> None:
        """Write a line before the innermost loop if it does not change with its index."""
        here = self._here
        if not here.inner or any(here.inner in index for index in indices):
            self._put(line)
            return
        self._lines.insert(here.ahead, INDENT * (self._depth - 1) + line)
        here.ahead += 1

    # statements

    def _clear(self, statement: Statement) -> None:
        """Set what is added up over a whole nest to its first value."""
        self._here = _Here()
        shape = self._spot(statement.target).shape
        sizes = [size for place, size in zip(statement.places, shape, strict=True) if place.label]
        with self._loops(sizes) as found:
            rest = iter(found)
            indices = [str(place.offset) if place.label is None else next(rest) for place in statement.places]
            self._put(f"{self._address(statement.target, indices)} = {number(BEGIN[statement.fold])};")

    def _body(self, nest: Nest, body: Body, outer: Sequence[str]) -> None:
        targets = frozenset(statement.target for statement in body.statements)
        sums = self._begin_sums(body)
        self._here = _Here(sums=sums, ahead=len(self._lines), targets=targets)
        if body.looped:
            with self._loop(nest.inner) as inner:
                self._here.inner = inner
                self._statements(body, outer, inner)
                self._here.inner = ""
        else:
            self._put("{")
            self._depth += 1
            self._statements(body, outer, None)
            self._depth -= 1
            self._put("}")
        self._end_sums(body, outer)

    def _statements(self, body: Body, outer: Sequence[str], inner: str | None) -> None:
        for statement in body.statements:
            indices = dict(zip(statement.outer, outer, strict=True))
            if statement.inner is not None and inner is not None:
                indices[statement.inner] = inner
            self._here.indices = indices
            self._statement(statement)

    def _statement(self, statement: Statement) -> None:
        self._clamped = picks(statement.value)  # what is not picked may lie outside its array
        for cell in cells(statement.value):
            self._load(cell, statement)
        expressions = Expressions(
            lambda cell: self._load(cell, statement), self._here.indices.__getitem__, self._table, self._dt
        )
        value = expressions.number(statement.value)
        if id(statement) in self._here.sums:
            slot = self._here.sums[id(statement)]
            self._put(f"{slot} = {self._joined(statement.fold, slot, value)};")
            return
        self._clamped = False
        target = statement.target
        indices = self._indices(statement, target, statement.outer)
        if statement.fold:
            value = self._joined(statement.fold, self._address(target, indices), value)
        name = self._fresh("v")
        self._put(f"const {name} = {value};")
        self._here.loaded[target, indices] = name
        if target not in self._work.unstored:
            self._put(f"{self._address(target, indices)} = {name};")

    def _joined(self, fold: str, first: str, second: str) -> str:
        return _JOIN[FOLDING.get(fold, "+")].format(first, second)

    def _load(self, cell: Cell, statement: Statement) -> str:
        """Return the name under which a cell has been read; it is read but once in a body."""
        indices = self._indices(cell, cell.name, statement.outer)
        if (cell.name, indices) not in self._here.loaded:
            name = self._fresh("c")
            line = f"const {name} = {self._address(cell.name, indices)};"
            written = cell.name in self._here.targets
            self._put(line) if written else self._put_early(line, indices)
            self._here.loaded[cell.name, indices] = name
        return self._here.loaded[cell.name, indices]

    # sums that a whole inner loop makes

    def _begin_sums(self, body: Body) -> dict[int, str]:
        found = {}
        for statement in body.statements:
            if statement.fold in FOLDING and body.looped and statement.inner not in statement.written:
                found[id(statement)] = self._fresh("s")
                self._put(f"let {found[id(statement)]} = {number(BEGIN[statement.fold])};")
        return found

    def _end_sums(self, body: Body, outer: Sequence[str]) -> None:
        self._here.offsets = {}
        for statement in body.statements:
            if id(statement) not in self._here.sums:
                continue
            self._here.indices = dict(zip(statement.outer, outer, strict=True))
            self._clamped = False
            indices = self._indices(statement, statement.target, statement.outer)
            address, value = self._address(statement.target, indices), self._here.sums[id(statement)]
            if is_total(statement):
                value = self._joined(statement.fold, address, value)
            self._put(f"{address} = {value};")
