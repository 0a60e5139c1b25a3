"""Choices of a generic scenario: what the user sets ({project}, {year+4}) put in place before the file is read."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scenarios.places import UnknownPlaceError, read_places
from scenarios.problems import Problem, unknown
from scenarios.schema import NEVER_YEAR, Choice

Value = str | int | float
PROJECTS = Path(__file__).resolve().parent / "projects.csv"
_SLOT = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(r"^(\w+)([+-]\d+)?$")


@cache
def project_names(only_with_jobs: bool = False) -> dict[str, tuple[str, str]]:
    """English and Swedish name of each project; `only_with_jobs`: of those that bring jobs and are not closed."""
    with PROJECTS.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["project"]: (row["name"], row["name_sv"])
        for row in rows
        if not only_with_jobs
        or (float(row["project jobs at full operation"]) > 0 and float(row["known closure time"]) == NEVER_YEAR)
    }


def project_name(project: str, language: str) -> str:
    """A project's name in the language, or the word itself where the register does not have it."""
    english, swedish = project_names().get(project, (project, project))
    return swedish if language == "sv" else english


def chosen(
    choices: Mapping[str, Choice], given: Mapping[str, str], label: str
) -> tuple[dict[str, Value], list[Problem]]:
    """The value of each choice: the user's, or the default where none was given; and what is wrong with them."""
    problems = [
        Problem(f"{label}, {name}={value}", *unknown(name, choices, "choice of this scenario", _none(choices)))
        for name, value in given.items()
        if name not in choices
    ]
    values: dict[str, Value] = {}
    for name, choice in choices.items():
        text = given.get(name)
        where = f"{label}, {name}={text}" if text is not None else f"{label}, choice '{name}'"
        try:
            values[name] = _checked(choice, choice.default if text is None else _typed(text, choice))
        except _UnfitError as error:
            values[name] = choice.default  # so that the rest of the file can be read
            problems.append(Problem(where, error.what, error.resolve))
    return values, problems


def filled(raw: Any, values: Mapping[str, Value], label: str, problems: list[Problem], language: str = "") -> Any:
    """A part of the file with its slots filled; below title and description projects have their names.

    A text that is nothing but a slot becomes the value itself: a number stays a number.
    """
    if isinstance(raw, dict):
        return {
            key: filled(part, values, f"{label}, {key}", problems, key if key in ("sv", "en") else language)
            for key, part in raw.items()
        }
    if isinstance(raw, list):
        return [filled(part, values, f"{label}.{number}", problems, language) for number, part in enumerate(raw, 1)]
    if not isinstance(raw, str):
        return raw
    whole = _SLOT.fullmatch(raw.strip())
    if whole and not language:
        return _slot(whole[1], values, label, problems)
    return _SLOT.sub(lambda slot: _shown(_slot(slot[1], values, label, problems), language), raw)


def _slot(inside: str, values: Mapping[str, Value], label: str, problems: list[Problem]) -> Value:
    """The value of what stands between braces: a choice, or a number of years beyond one."""
    read = _INSIDE.match(inside.replace(" ", ""))
    name, beyond = (read[1], read[2]) if read else (inside, None)
    if name not in values:
        problems.append(Problem(label, *unknown(name, values, "choice of this scenario")))
        return ""
    value = values[name]
    if beyond is None:
        return value
    if isinstance(value, str):
        problems.append(Problem(label, f"{{{inside}}}: '{name}' is a text; years can only be added to a number."))
        return ""
    return value + int(beyond)


class _UnfitError(ValueError):
    """A value that a choice cannot have: what is wrong, how to resolve."""

    def __init__(self, what: str, resolve: str) -> None:
        super().__init__(what)
        self.what, self.resolve = what, resolve


def _typed(text: str, choice: Choice) -> Value:
    """The text from the command line as what the default is: a whole number, a number or a text."""
    kind = type(choice.default)
    try:
        return kind(text)
    except ValueError:
        word = "a whole number" if kind is int else "a number"
        raise _UnfitError(f"expected {word}.", f"For example {choice.name}={choice.default}.") from None


def _checked(choice: Choice, value: Value) -> Value:
    """The value as the model knows it. Raises _UnfitError."""
    if choice.range is not None and not isinstance(value, str):
        low, high = choice.range
        if not low <= value <= high:
            raise _UnfitError(f"'{choice.name}' = {value:g} is outside [{low:g}, {high:g}].", "Choose one within it.")
    if choice.of == "municipalities":
        try:
            read_places().select(str(value))
        except UnknownPlaceError as error:
            raise _UnfitError(error.what, error.resolve) from None
    elif isinstance(choice.of, str):
        return _project(choice, str(value))
    elif choice.of is not None and value not in choice.of:
        raise _UnfitError(*unknown(str(value), map(str, choice.of), choice.name))
    return value


def _project(choice: Choice, value: str) -> str:
    known = project_names(only_with_jobs=choice.of == "projects with jobs")
    name = value.strip().casefold().replace("-", "_").replace(" ", "_")
    if name in known:
        return name
    if name in project_names():
        what = f"'{name}' has closed, or brings no net jobs in the project register: it has none to lose."
        raise _UnfitError(what, f"Known: {', '.join(sorted(known))}.")
    raise _UnfitError(*unknown(value, known, "project"))


def _none(choices: Mapping[str, Choice]) -> str:
    return "" if choices else "It has none: leave out what stands after the colon."


def _shown(value: Value, language: str) -> str:
    """The value in a text: a project by its name in the language."""
    return project_name(str(value), language) if language else str(value)
