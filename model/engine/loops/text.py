"""LLVM's language, a line at a time: values of one number or one per member, arithmetic, loops."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "truth"]
FAST = "contract"  # a product and a sum may be rounded once instead of twice


@dataclass(frozen=True, slots=True)
class Value:
    """A value by its name in the text; `wide` where each member has its own."""

    text: str
    wide: bool = False
    kind: Kind = "number"


class Text:
    """Lines of a function under way; `lanes` members are computed at once."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self.lines: list[str] = []
        self.block = "entry"
        self._names = 0

    def fresh(self) -> str:
        """Return a new name."""
        self._names += 1
        return f"%v{self._names}"

    def put(self, line: str) -> None:
        """Add a line that gives no value."""
        self.lines.append(f"  {line}")

    def give(self, line: str) -> str:
        """Add a line that gives a value; return its name."""
        name = self.fresh()
        self.lines.append(f"  {name} = {line}")
        return name

    def type(self, wide: bool, kind: Kind = "number") -> str:
        """Return the type of a value."""
        return typed({"number": "double", "truth": "i1"}[kind], self.lanes if wide else 1)

    def number(self, value: float) -> Value:
        """Return a constant."""
        return Value(exact(value))

    def widened(self, value: Value) -> str:
        """Return the text of a value with one number for each member."""
        if value.wide or self.lanes == 1:
            return value.text
        one = {"number": "double", "truth": "i1"}[value.kind]
        if not value.text.startswith("%"):
            return everywhere(one, value.text, self.lanes)
        vector = typed(one, self.lanes)
        first = self.give(f"insertelement {vector} poison, {one} {value.text}, i64 0")
        return self.give(f"shufflevector {vector} {first}, {vector} poison, <{self.lanes} x i32> zeroinitializer")

    def together(self, *values: Value) -> tuple[list[str], bool]:
        """Return the texts of values made equally wide, and whether they are."""
        wide = any(value.wide for value in values)
        return [self.widened(value) if wide else value.text for value in values], wide

    def arithmetic(self, name: str, first: Value, second: Value) -> Value:
        """Return a sum, difference, product or quotient (fadd, fsub, fmul, fdiv)."""
        (a, b), wide = self.together(first, second)
        return Value(self.give(f"{name} {FAST} {self.type(wide)} {a}, {b}"), wide)

    def compare(self, how: str, first: Value, second: Value) -> Value:
        """Return whether a comparison holds."""
        (a, b), wide = self.together(first, second)
        return Value(self.give(f"fcmp {how} {self.type(wide)} {a}, {b}"), wide, "truth")

    def logic(self, name: str, first: Value, second: Value) -> Value:
        """Return what two truths give together."""
        (a, b), wide = self.together(first, second)
        return Value(self.give(f"{name} {self.type(wide, 'truth')} {a}, {b}"), wide, "truth")

    def select(self, condition: Value, first: Value, second: Value) -> Value:
        """Return the first where the condition holds, else the second."""
        (test, a, b), wide = self.together(condition, first, second)
        kind = self.type(wide)
        return Value(self.give(f"select {self.type(wide, 'truth')} {test}, {kind} {a}, {kind} {b}"), wide)

    def call(self, name: str, *values: Value) -> Value:
        """Return what one of LLVM's functions, or of ours (`@exp`, `@log`), gives."""
        texts, wide = self.together(*values)
        kind = self.type(wide)
        mine = self.lanes if wide else 1
        end = (f".v{mine}f64" if mine > 1 else ".f64") if name.startswith("llvm.") else f".{mine}"
        arguments = ", ".join(f"{kind} {text}" for text in texts)
        return Value(self.give(f"call {kind} @{name}{end}({arguments})"), wide)

    def each(self, name: str, *values: Value) -> Value:
        """Return what a function of the C library gives for each member."""
        texts, wide = self.together(*values)
        if not wide or self.lanes == 1:
            return Value(self.give(f"call double @{name}({', '.join(f'double {text}' for text in texts)})"), wide)
        vector, whole = self.type(True), "poison"
        for lane in range(self.lanes):
            ones = [self.give(f"extractelement {vector} {text}, i64 {lane}") for text in texts]
            found = self.give(f"call double @{name}({', '.join(f'double {one}' for one in ones)})")
            whole = self.give(f"insertelement {vector} {whole}, double {found}, i64 {lane}")
        return Value(whole, True)

    def as_number(self, value: Value) -> Value:
        """Return 1 for what holds and 0 for what does not; numbers as they are."""
        if value.kind == "number":
            return value
        given = f"uitofp {self.type(value.wide, 'truth')} {value.text} to {self.type(value.wide)}"
        return Value(self.give(given), value.wide)

    def as_truth(self, value: Value) -> Value:
        """Return whether a number is not 0."""
        return value if value.kind == "truth" else self.compare("une", value, self.number(0.0))

    def begin(self, block: str) -> None:
        """Begin a block of lines that is jumped to."""
        self.lines.append(f"{block}:")
        self.block = block

    @contextmanager
    def loop(self, count: str, note: str = "") -> Iterator[str]:
        """Write a loop over 0, 1, … (at least once); gives the name of its number."""
        name = self.fresh()[1:]
        head, latch, end = f"head.{name}", f"latch.{name}", f"end.{name}"
        before = self.block
        self.put(f"br label %{head}")
        self.begin(head)
        self.lines.append(f"  %{name} = phi i64 [ 0, %{before} ], [ %{name}.next, %{latch} ]")
        yield f"%{name}"
        self.put(f"br label %{latch}")
        self.begin(latch)
        self.lines.append(f"  %{name}.next = add nuw nsw i64 %{name}, 1")
        on = self.give(f"icmp ult i64 %{name}.next, {count}")
        self.put(f"br i1 {on}, label %{head}, label %{end}{note}")
        self.begin(end)


def typed(one: str, lanes: int) -> str:
    """Return the type of one or of several numbers side by side."""
    return one if lanes == 1 else f"<{lanes} x {one}>"


def everywhere(one: str, text: str, lanes: int) -> str:
    """Return a constant that is the same for each member."""
    return text if lanes == 1 else "<" + ", ".join([f"{one} {text}"] * lanes) + ">"


def exact(value: float) -> str:
    """Return a number as LLVM reads it, to the last bit."""
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"
