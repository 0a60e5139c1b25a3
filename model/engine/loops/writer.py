"""Writes the whole run as one function in LLVM's language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from model.engine.loops.evaluate import LIBRARY, Evaluator
from model.engine.loops.mathematics import exponential, logarithm
from model.engine.loops.memory import Memory
from model.engine.loops.nodes import Cell, Place, picks
from model.engine.loops.schedule import Body, Nest, is_total
from model.engine.loops.statements import FOLDING, NEXT, OUT, Statement
from model.engine.loops.text import FAST, Text, Value, everywhere, exact, typed

BEGIN = {"sum": 0.0, "prod": 1.0, "vmin": math.inf, "vmax": -math.inf}
ROWS, FLOW_ROWS = "rows of levels", "rows of flows"
_JOIN = {"+": "fadd", "*": "fmul", "min": "llvm.minimum", "max": "llvm.maximum"}
ATTRIBUTES = 'attributes #0 = { "prefer-vector-width"="512" "min-legal-vector-width"="512" }'
UNARY_FUNCTIONS = ("fabs", "sqrt", "trunc", "floor")
BINARY_FUNCTIONS = ("minimum", "maximum")


@dataclass
class _Here:
    """What is known in the loops under way: indices by label, cells loaded, sums under way, lines before the loop."""

    indices: dict[str, str] = field(default_factory=dict)
    loaded: dict[tuple[str, tuple[str, ...]], Value] = field(default_factory=dict)
    sums: dict[int, str] = field(default_factory=dict)
    moved: dict[tuple[str, int], str] = field(default_factory=dict)
    through: dict[tuple[str, str], str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Manner:
    """How a run is written: `lanes` members at once, the step in years, `flows` among the results (added up over the
    year), and `hints` to the compiler on the loops of a single member."""

    lanes: int
    dt: float
    flows: frozenset[str]
    hints: tuple[str, ...] = ()


class Writer:
    """Writes `void run(ptr table, i64 steps)`: the table holds the address of every array, in the order of `names`."""

    def __init__(self, memory: Memory, manner: Manner) -> None:
        self._memory = memory
        self._manner = manner
        self._lanes = manner.lanes
        self._text = Text(manner.lanes)
        self._step = ""
        self._clamped = False
        self._here = _Here()
        self._entry: list[str] = []
        self._opening: list[str] = []
        self._pointers: dict[str, str] = {}
        self._globals: dict[tuple[int, ...], str] = {}
        self._groups = 0
        self.names: list[str] = []

    def write(self, nests: Sequence[Nest]) -> str:
        """Return the text of the module."""
        text = self._text
        with text.loop("%steps") as step:
            self._step = step
            mark = len(text.lines)
            for nest in nests:
                self._nest(nest)
            self._swap()
            text.lines[mark:mark] = self._opening
        body = ["entry:", *self._entry, *text.lines, "  ret void"]
        head = "define void @run(ptr noalias %table, i64 %steps) #0 {"
        return "\n".join([*self._outside(), head, *body, "}", ATTRIBUTES, *self._notes()]) + "\n"

    def _outside(self) -> Iterator[str]:
        for lanes in sorted({1, self._lanes}):
            yield from (exponential(lanes), logarithm(lanes))
            kind, name = typed("double", lanes), "f64" if lanes == 1 else f"v{lanes}f64"
            yield f"declare {kind} @llvm.fmuladd.{name}({kind}, {kind}, {kind})"
            yield from (f"declare {kind} @llvm.{one}.{name}({kind})" for one in UNARY_FUNCTIONS)
            yield from (f"declare {kind} @llvm.{two}.{name}({kind}, {kind})" for two in BINARY_FUNCTIONS)
        yield from (f"declare i64 @llvm.{name}.i64(i64, i64)" for name in ("smax", "smin"))
        yield from (
            f"declare double @{name}({'double, double' if name == 'pow' else 'double'})" for name in LIBRARY.values()
        )
        for positions, name in self._globals.items():
            items = ", ".join(f"i64 {place}" for place in positions)
            yield f"{name} = private constant [{len(positions)} x i64] [{items}]"

    def _notes(self) -> Iterator[str]:
        """Tell the compiler which loops' rounds are independent of each other, and how to write them."""
        loops, free = self._groups, 3 * self._groups
        for number in range(loops):
            own, parallel = 2 * number + 1, 2 * loops + number
            notes = ", ".join(f"!{note}" for note in (own, parallel, *range(free, free + len(self._manner.hints))))
            yield f"!{2 * number} = distinct !{{}}"
            yield f"!{own} = distinct !{{{notes}}}"
            yield f'!{parallel} = !{{!"llvm.loop.parallel_accesses", !{2 * number}}}'
        for number, hint in enumerate(self._manner.hints, free):
            yield f"!{number} = !{{{hint}}}"

    # addresses

    def _number(self, name: str) -> int:
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def _pointer(self, name: str) -> str:
        """Return where an array lies; stocks change places with their next values at each step."""
        if name in self._pointers:
            return self._pointers[name]
        plain = f"%p{len(self._pointers)}"
        changes = name in self._memory.stocks or name.startswith(NEXT)
        lines = self._opening if changes else self._entry
        lines.append(f"  {plain}.at = getelementptr ptr, ptr %table, i64 {self._number(name)}")
        lines.append(f"  {plain} = load ptr, ptr {plain}.at")
        self._pointers[name] = plain
        given = self._memory.given.get(name)
        if given is not None and given.timed:
            size = math.prod(given.shape) * (self._lanes if given.wide else 1)
            self._opening.append(f"  {plain}.by = mul i64 {self._step}, {size}")
            self._opening.append(f"  {plain}.now = getelementptr double, ptr {plain}, i64 {plain}.by")
            self._pointers[name] = f"{plain}.now"
        if name.startswith(OUT):
            self._pointers[name] = self._row(name, plain)
        return self._pointers[name]

    def _row(self, name: str, plain: str) -> str:
        """Return where the present step's row of a result lies."""
        rows = FLOW_ROWS if name.removeprefix(OUT) in self._manner.flows else ROWS
        which = self._pointer(rows)
        size = self._memory.size(name) * self._lanes
        self._opening += [
            f"  {plain}.row.at = getelementptr i64, ptr {which}, i64 {self._step}",
            f"  {plain}.row = load i64, ptr {plain}.row.at",
            f"  {plain}.by = mul i64 {plain}.row, {size}",
            f"  {plain}.now = getelementptr double, ptr {plain}, i64 {plain}.by",
        ]
        return f"{plain}.now"

    def _swap(self) -> None:
        """Let next values of stocks take the place of the present ones."""
        for name in sorted(self._memory.stocks):
            if NEXT + name not in self._pointers:
                continue
            mine, other = self._pointer(name), self._pointer(NEXT + name)
            self._text.put(f"store ptr {other}, ptr {mine}.at")
            self._text.put(f"store ptr {mine}, ptr {other}.at")

    def _shape(self, name: str) -> tuple[int, ...]:
        given = self._memory.given.get(name)
        return given.shape if given is not None else self._memory.shape(name)

    def _indices(self, cell: Cell | Statement, name: str, outer: Sequence[str]) -> tuple[str, ...]:
        """Return the indices of a cell, as texts."""
        near = name in self._memory.near
        places = [place for place in cell.places if not (near and place.label in outer)]
        return tuple(self._index(place, size) for place, size in zip(places, self._shape(name), strict=True))

    def _index(self, place: Place, size: int) -> str:
        text = self._text
        if place.label is None:
            return str(place.offset)
        found = self._here.indices[place.label]
        if place.through is not None:
            return self._through(found, place.through)
        if place.offset == 0:
            return found
        if not self._clamped:
            known = self._here.moved
            if (found, place.offset) not in known:
                known[found, place.offset] = text.give(f"add i64 {found}, {place.offset}")
            return known[found, place.offset]
        moved = text.give(f"add i64 {found}, {place.offset}")
        low = text.give(f"call i64 @llvm.smax.i64(i64 {moved}, i64 0)")
        return text.give(f"call i64 @llvm.smin.i64(i64 {low}, i64 {size - 1})")

    def _through(self, index: str, positions: tuple[int, ...]) -> str:
        text, known = self._text, self._here.through
        name = self._globals.setdefault(positions, f"@places{len(self._globals)}")
        if (index, name) not in known:
            at = text.give(f"getelementptr i64, ptr {name}, i64 {index}")
            known[index, name] = text.give(f"load i64, ptr {at}")
        return known[index, name]

    def _address(self, name: str, indices: Sequence[str], wide: bool) -> str:
        text, pointer = self._text, self._pointer(name)
        if not indices:
            return pointer
        flat = indices[0]
        for index, size in zip(indices[1:], self._shape(name)[1:], strict=True):
            flat = text.give(f"mul i64 {flat}, {size}")
            flat = text.give(f"add i64 {flat}, {index}")
        return text.give(f"getelementptr {text.type(wide)}, ptr {pointer}, i64 {flat}")

    def _is_wide(self, name: str) -> bool:
        given = self._memory.given.get(name)
        return self._lanes > 1 and (given is None or given.wide)

    def _store(self, name: str, indices: Sequence[str], value: Value) -> None:
        address = self._address(name, indices, True)
        kind = self._text.type(True)
        self._text.put(f"store {kind} {self._text.widened(value)}, ptr {address}, align 8{self._here.note}")

    def _fetch(self, name: str, indices: Sequence[str]) -> Value:
        wide = self._is_wide(name)
        address = self._address(name, indices, wide)
        return Value(self._text.give(f"load {self._text.type(wide)}, ptr {address}, align 8{self._here.note}"), wide)

    # loops

    def _nest(self, nest: Nest) -> None:
        for statement in nest.statements:
            if is_total(statement):
                self._clear(statement)
        with self._outer(nest.sizes) as indices:
            for body in nest.bodies:
                self._body(nest, body, indices)

    @contextmanager
    def _outer(self, sizes: Sequence[int]) -> Iterator[list[str]]:
        if not sizes:
            yield []
            return
        with self._text.loop(str(sizes[0])) as index, self._outer(sizes[1:]) as others:
            yield [index, *others]

    def _clear(self, statement: Statement) -> None:
        """Set what is added up over a whole nest to its first value."""
        sizes = [
            size for place, size in zip(statement.places, self._shape(statement.target), strict=True) if place.label
        ]
        with self._outer(sizes) as found:
            rest = iter(found)
            indices = [str(place.offset) if place.label is None else next(rest) for place in statement.places]
            self._store(statement.target, indices, self._text.number(BEGIN[statement.fold]))

    def _body(self, nest: Nest, body: Body, outer: Sequence[str]) -> None:
        self._here = _Here(sums=self._begin_sums(body))
        if body.looped:
            with self._inner(nest.inner) as inner:
                self._statements(body, outer, inner)
        else:
            self._statements(body, outer, None)
        self._here.note = ""
        self._end_sums(body, outer)

    @contextmanager
    def _inner(self, size: int) -> Iterator[str]:
        note = ""
        if self._lanes == 1:
            number = self._groups
            self._groups += 1
            self._here.note = f", !llvm.access.group !{2 * number}"
            note = f", !llvm.loop !{2 * number + 1}"
        with self._text.loop(str(size), note) as index:
            yield index

    def _statements(self, body: Body, outer: Sequence[str], inner: str | None) -> None:
        for statement in body.statements:
            indices = dict(zip(statement.outer, outer, strict=True))
            if statement.inner is not None and inner is not None:
                indices[statement.inner] = inner
            self._here.indices = indices
            self._statement(statement)

    def _statement(self, statement: Statement) -> None:
        target = statement.target
        self._clamped = picks(statement.value)  # what is not picked may lie outside its array
        evaluator = Evaluator(
            self._text, lambda cell: self._load(cell, statement), self._here.indices.__getitem__, self._manner.dt
        )
        value = self._text.as_number(evaluator.value(statement.value))
        if id(statement) in self._here.sums:
            slot = self._here.sums[id(statement)]
            kind = self._text.type(True)
            before = Value(self._text.give(f"load {kind}, ptr {slot}"), True)
            joined = self._joined(statement.fold, before, value)
            self._text.put(f"store {kind} {self._text.widened(joined)}, ptr {slot}")
            return
        self._clamped = False
        indices = self._indices(statement, target, statement.outer)
        if statement.fold:
            value = self._joined(statement.fold, self._fetch(target, indices), value)
        self._here.loaded[target, indices] = value
        if target not in self._memory.unstored:
            self._store(target, indices, value)

    def _joined(self, fold: str, first: Value, second: Value) -> Value:
        how = _JOIN[FOLDING.get(fold, "+")]
        if how.startswith("llvm."):
            return self._text.call(how, first, second)
        (a, b), wide = self._text.together(first, second)
        return Value(self._text.give(f"{how} {FAST} reassoc {self._text.type(wide)} {a}, {b}"), wide)

    def _load(self, cell: Cell, statement: Statement) -> Value:
        indices = self._indices(cell, cell.name, statement.outer)
        known = self._here.loaded.get((cell.name, indices))
        if known is None:
            known = self._here.loaded[cell.name, indices] = self._fetch(cell.name, indices)
        return known

    # sums that a whole inner loop makes

    def _begin_sums(self, body: Body) -> dict[int, str]:
        kind = self._text.type(True)
        found = {}
        for statement in body.statements:
            if statement.fold in FOLDING and body.looped and statement.inner not in statement.written:
                slot = self._text.fresh()
                self._entry.append(f"  {slot} = alloca {kind}, align 64")
                begin = everywhere("double", exact(BEGIN[statement.fold]), self._lanes)
                self._text.put(f"store {kind} {begin}, ptr {slot}")
                found[id(statement)] = slot
        return found

    def _end_sums(self, body: Body, outer: Sequence[str]) -> None:
        kind = self._text.type(True)
        for statement in body.statements:
            if id(statement) not in self._here.sums:
                continue
            self._here.indices = dict(zip(statement.outer, outer, strict=True))
            value = Value(self._text.give(f"load {kind}, ptr {self._here.sums[id(statement)]}"), True)
            self._clamped = False
            indices = self._indices(statement, statement.target, statement.outer)
            if is_total(statement):
                value = self._joined(statement.fold, self._fetch(statement.target, indices), value)
            self._store(statement.target, indices, value)
