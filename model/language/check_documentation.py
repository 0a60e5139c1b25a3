"""Checks that every quantity has its unit and definition, every parameter its range, source and quality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model.language.comments import QUALITIES
from model.language.errors import Problem
from model.language.expressions import Array, Number
from model.language.structure import Variable
from model.language.variables import literal

Finding = tuple[str, str]


def check_documentation(variables: Mapping[str, Variable]) -> list[Problem]:
    """Return every missing or contradictory statement."""
    problems = []
    for variable in variables.values():
        findings = [*_check_all(variable)]
        if variable.kind in ("parameter", "lever"):
            findings += [*_check_parameter(variable), *_check_values(variable)]
        if variable.kind == "stock":
            findings += _check_used(variable)
        problems += [Problem(variable.file, variable.line, f"'{variable.name}' {w}", r) for w, r in findings]
    return problems


def _check_all(variable: Variable) -> Iterator[Finding]:
    if not variable.unit:
        yield "has no unit.", "Write it after the first '~'; a pure number is dmnl."
    if not variable.definition:
        yield "has no definition.", "Write it after the second '~'."
    low, high = variable.range or (None, None)
    if low is not None and high is not None and low > high:
        yield f"has the range [{low:g}, {high:g}], which begins above its end.", "Turn the two round."


def _check_parameter(variable: Variable) -> Iterator[Finding]:
    if variable.range is None:
        yield "has no range.", "Write it after the unit: ~ dmnl [low, high]."
    if not variable.source:
        yield "has no source.", "Write 'Source: …' in its comment; judgement is a source too."
    if not variable.quality:
        yield "has no quality.", "Write 'Quality: A.' (official) to 'Quality: D.' (judgement) in its comment."
    elif variable.quality not in QUALITIES:
        yield f"has the quality '{variable.quality}'.", f"Use one of {', '.join(QUALITIES)}."
    if variable.kind == "lever" and not variable.group:
        yield "is a lever without a group.", "Write 'Lever (housing).' or another group."


def _check_values(variable: Variable) -> Iterator[Finding]:
    low, high = variable.range or (None, None)
    for equation in variable.equations:
        found = literal(equation.expression)
        numbers = [found.value] if isinstance(found, Number) else _flat(found)
        for number in numbers:
            if (low is not None and number < low) or (high is not None and number > high):
                sides = f"[{'?' if low is None else f'{low:g}'}, {'?' if high is None else f'{high:g}'}]"
                yield (
                    f"= {number:g} {variable.unit} is outside its range {sides}.",
                    "Correct the number, or widen the range with a source.",
                )
                return


def _flat(found: Array | None) -> list[float]:
    return [value for row in found.rows for value in row] if found else []


def _check_used(variable: Variable) -> Iterator[Finding]:
    users = [name for name in variable.users if name != variable.name]
    outcome = variable.definition.startswith("Outcome.")
    if not users and not outcome:
        yield (
            "is a stock that nothing uses.",
            "Use it in an equation, remove it, or begin its definition with 'Outcome.' if it only reports.",
        )
