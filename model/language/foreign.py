"""Loads a Vensim file written elsewhere: one file with its own clock and numbers, and no duty to document them.

The closed subset stays the rule: what it leaves out is refused, with line and advice, never guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from model.language.check_loops import check_loops
from model.language.check_names import Known, check_names
from model.language.constants import Constants, NotConstantError, by_key
from model.language.convert import UnreadableError
from model.language.elements import split_exceptions
from model.language.errors import ModelErrors, Problem
from model.language.expressions import Call, Expression, Reference, Subscript, key
from model.language.foreign_lookups import split_lookups, split_numbers
from model.language.foreign_ranges import complete_ranges
from model.language.foreign_text import read_foreign_text, split_foreign
from model.language.functions import functions_hash
from model.language.lowering import Lowering
from model.language.ranges import Ranges, build_ranges
from model.language.reading import (
    EMPTY,
    Declaration,
    EquationDeclaration,
    RangeDeclaration,
    declaration_of,
    parse_with_pysd,
)
from model.language.source import Entry
from model.language.structure import CONTROL, Model, Names, Variable
from model.language.variables import build_variables

_MINUS_POWER = re.compile(r"-\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(\s*\^)")
REALITY_CHECKS = (":the condition:", ":test input:")
WHOLE = 1e-6  # how far from a whole number of steps a span may be


@dataclass(frozen=True)
class Clock:
    """A file's control values, in its own unit of time."""

    start: float
    end: float
    step: float
    save: float

    @property
    def steps(self) -> int:
        """The number of steps from start to end."""
        return round((self.end - self.start) / self.step)

    @property
    def every(self) -> int:
        """How many steps lie between two saved moments."""
        return round(self.save / self.step)


@dataclass(frozen=True)
class Foreign:
    """A checked file written elsewhere, and its clock."""

    model: Model
    clock: Clock


def load_vensim(path: Path) -> Foreign:
    """Return the checked model of a Vensim file (.mdl). Raises ModelErrors with everything that is refused."""
    text = read_foreign_text(path)
    entries, problems = split_foreign(text, path.name)
    if problems:
        raise ModelErrors(problems)
    declarations = _declarations([e for e in entries if not _reality_check(e)], problems)
    equations = [d for d in declarations if isinstance(d, EquationDeclaration)]
    known_ranges = [d for d in declarations if isinstance(d, RangeDeclaration)]
    ranges, found = build_ranges(complete_ranges(known_ranges, equations))
    problems += found
    clock = _clock(equations, path.name, problems)
    if problems or clock is None:
        raise ModelErrors(problems)
    equations = _lowered(equations, clock, ranges, problems)
    variables, found = build_variables(equations, ranges)
    problems += found
    problems += [p for v in variables.values() for p in _twice(v)]
    declared = {key(equation.name): equation.name for equation in equations}
    problems += check_names(Known(variables, declared, ranges, foreign=True)) + check_loops(variables)
    if problems:
        raise ModelErrors(problems)
    names = Names({variable.name: variable for variable in variables.values()})
    digest = hashlib.sha256(f"{functions_hash()}{path.name}{text}".encode()).hexdigest()
    return Foreign(Model(names, ranges, tuple(entries), path.parent, digest), clock)


def _reality_check(entry: Entry) -> bool:
    """Tell whether an entry tests results: it computes nothing."""
    return any(sign in entry.equation.lower() for sign in REALITY_CHECKS)


def _declarations(entries: Iterable[Entry], problems: list[Problem]) -> list[Declaration]:
    found = []
    for entry in entries:
        try:
            found.append(_read(entry))
        except UnreadableError as error:
            problems.append(_refused(entry, error))
    return found


def _refused(entry: Entry, error: UnreadableError) -> Problem:
    what, _, resolution = str(error).partition("\n")
    return Problem(entry.file, entry.line, what, resolution)


def _read(entry: Entry) -> Declaration:
    empty = EMPTY.match(entry.equation)
    if empty and not empty["keyword"]:
        what = f"'{empty['name']}' has no equation: its numbers lie outside the file."
        raise UnreadableError(f"{what}\nWrite the numbers into the file, as a lookup of Time.")
    declaration = declaration_of(entry, parse_with_pysd(_minus_twice(entry.equation)))
    if isinstance(declaration, RangeDeclaration):
        alias = plain(declaration.alias) if declaration.alias else None
        return replace(
            declaration,
            name=plain(declaration.name),
            elements=tuple(map(plain, declaration.elements)),
            alias=alias,
            maps_to=tuple(map(plain, declaration.maps_to)),
        )
    expression = declaration.expression
    return replace(
        declaration,
        name=plain(declaration.name),
        subscripts=tuple(map(plain_key, declaration.subscripts)),
        excepted=tuple(tuple(map(plain_key, group)) for group in declaration.excepted),
        expression=None if expression is None else _plain_names(expression),
    )


def _minus_twice(equation: str) -> str:
    """Return the equation with -2 ^ x written as -(2 + 0) ^ x, which PySD's parser takes for (-2) ^ x otherwise."""
    pieces = equation.split('"')
    pieces[::2] = [_MINUS_POWER.sub(r"-(\1+0)\2", piece) for piece in pieces[::2]]
    return '"'.join(pieces)


def plain(name: str) -> str:
    """Return a name without its quotation marks; those inside, and backslashes, become harmless signs."""
    text = name.strip()
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1].replace('\\"', "'").replace("\\", "/").strip() if quoted else text


def plain_key(name: str) -> str:
    """Return the key of a name without its quotation marks."""
    return key(plain(name))


def _plain_names(node: Expression) -> Expression:
    if isinstance(node, Reference):
        return Reference(plain_key(node.name), tuple(Subscript(plain_key(s.name), s.bound) for s in node.subscripts))
    if isinstance(node, Call):
        return Call(plain_key(node.function), tuple(map(_plain_names, node.arguments)))
    return node


def _clock(equations: list[EquationDeclaration], file: str, problems: list[Problem]) -> Clock | None:
    constants = Constants(by_key(equations))
    values: dict[str, float] = {}
    for name in CONTROL:
        shown = name.replace("_", " ").upper()
        own = constants.equations.get(name)
        if own is None:
            problems.append(Problem(file, 0, f"the file has no {shown}, or two.", f"Give it one equation: {shown} = …"))
            continue
        try:
            values[name] = constants.value(own.expression, (name,))
        except NotConstantError as error:
            what = f"{shown} depends on {error}, which is not a constant."
            problems.append(Problem(file, own.entry.line, what, "Give it a number, or an expression of constants."))
    if len(values) < len(CONTROL):
        return None
    clock = Clock(values["initial_time"], values["final_time"], values["time_step"], values["saveper"])
    found = _check_clock(clock, file)
    problems += found
    return None if found else clock


def _check_clock(clock: Clock, file: str) -> list[Problem]:
    if clock.step <= 0 or clock.end < clock.start:
        what = f"the run goes from {clock.start:g} to {clock.end:g} in steps of {clock.step:g}."
        return [Problem(file, 0, what, "Give a TIME STEP above 0 and a FINAL TIME after INITIAL TIME.")]
    problems = []
    if abs((clock.end - clock.start) / clock.step - clock.steps) > WHOLE:
        what = f"from {clock.start:g} to {clock.end:g} is not a whole number of steps of {clock.step:g}."
        problems.append(Problem(file, 0, what, "Change FINAL TIME or TIME STEP so that it is."))
    if clock.every < 1 or abs(clock.save / clock.step - clock.every) > WHOLE:
        what = f"SAVEPER {clock.save:g} is not a whole number of steps of {clock.step:g}."
        problems.append(Problem(file, 0, what, "Change SAVEPER or TIME STEP so that it is."))
    return problems


def _lowered(
    equations: list[EquationDeclaration], clock: Clock, ranges: Ranges, problems: list[Problem]
) -> list[EquationDeclaration]:
    """Return the equations, control values left out, in the closed subset."""
    controls = dict(zip(CONTROL, (clock.start, clock.end, clock.step, clock.save), strict=True))
    lowering = Lowering(controls, Constants(by_key(equations), moment=clock.start), ranges)
    found: list[EquationDeclaration] = []
    uncontrolled = split_exceptions([e for e in equations if key(e.name) not in CONTROL], ranges)
    for equation in split_numbers(split_lookups(uncontrolled, ranges), ranges):
        try:
            found.append(lowering.equation(equation))
        except UnreadableError as error:
            problems.append(_refused(equation.entry, error))
    return found + (lowering.places(equations[0].entry) if equations else [])


def _twice(variable: Variable) -> list[Problem]:
    """Report a variable whose axes results could not tell apart."""
    if len(set(variable.dims)) < len(variable.dims):
        what = f"'{variable.name}' runs twice over '{variable.dims[0]}'."
        return [Problem(variable.file, variable.line, what, "Declare an alias range (`b <-> a`) for one of them.")]
    return []
