"""Reads entries through PySD's parser; what was read once is kept in a cache of plain JSON."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import warnings
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from model.language.convert import UnreadableError, convert
from model.language.errors import Problem
from model.language.expressions import Expression, from_data, key, to_data
from model.language.source import Entry
from model.whole import write_whole

PROJECT = Path(__file__).resolve().parents[2]
CACHE = PROJECT / ".cache" / "language"
FORMAT = "4"

EMPTY = re.compile(r"^(?P<name>[^=\[:(<]+?)\s*(?P<subs>\[[^\]]*\])?\s*=?\s*(?P<keyword>:[A-Za-z ]+:)?$")
_QUOTED = re.compile(r"\"")
_MACRO = re.compile(r"^:MACRO:|:END OF MACRO:", re.IGNORECASE)
SERIES_KEYWORDS = {":interpolate:": "interpolate", ":hold_backward:": "hold_backward"}


@dataclass(frozen=True, slots=True)
class RangeDeclaration:
    """`name: elements -> mapped` or `name <-> alias`, as written."""

    entry: Entry
    name: str
    elements: tuple[str, ...]
    alias: str | None
    maps_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EquationDeclaration:
    """One equation, or one part of a variable's; no expression where the numbers are given."""

    entry: Entry
    name: str
    subscripts: tuple[str, ...]
    excepted: tuple[tuple[str, ...], ...]
    expression: Expression | None
    keyword: str | None = None


Declaration = RangeDeclaration | EquationDeclaration


def read_entries(entries: list[Entry], path: Path) -> tuple[list[Declaration], list[Problem]]:
    """Return the declarations of one file's entries and what could not be read.

    The cache serves files of the project; what lies elsewhere is read anew each time.
    """
    inside = path.resolve().is_relative_to(PROJECT)
    cache_name = path.resolve().relative_to(PROJECT).as_posix() if inside else ""
    cache = _load_cache(cache_name) if inside else {}
    fresh: dict[str, Any] = {}
    declarations: list[Declaration] = []
    problems: list[Problem] = []
    for entry in entries:
        digest = hashlib.sha256(entry.equation.encode()).hexdigest()
        try:
            data = cache[digest] if digest in cache else _parse(entry)
            declarations.append(declaration_of(entry, data))
            fresh[digest] = data
        except UnreadableError as error:
            what, _, resolution = str(error).partition("\n")
            problems.append(Problem(entry.file, entry.line, what, resolution))
    if inside and fresh.keys() != cache.keys():
        _store_cache(cache_name, fresh)
    return declarations, problems


def _parse(entry: Entry) -> dict[str, Any]:
    """Return an equation as plain data: by our own rule where its right-hand side is empty, else by PySD."""
    _refuse_forms(entry.equation)
    empty = EMPTY.match(entry.equation)
    if not empty:
        return parse_with_pysd(entry.equation)
    subscripts = [part.strip() for part in (empty["subs"] or "[]")[1:-1].split(",") if part.strip()]
    keyword = key(empty["keyword"] or "")
    if keyword and keyword not in SERIES_KEYWORDS:
        raise UnreadableError(
            f"the keyword {empty['keyword']} is not supported.\nUse :INTERPOLATE: or :HOLD BACKWARD:."
        )
    return {
        "name": empty["name"],
        "subscripts": subscripts,
        "excepted": [],
        "expression": None,
        "keyword": SERIES_KEYWORDS.get(keyword),
    }


def _refuse_forms(equation: str) -> None:
    if _MACRO.search(equation):
        raise UnreadableError("macros are not supported.\nWrite the macro's equations out as variables of their own.")
    if _QUOTED.search(equation):
        raise UnreadableError("names in quotation marks are not supported.\nUse letters, digits and spaces in names.")


def parse_with_pysd(equation: str) -> dict[str, Any]:
    """Return an equation or range as plain data. Raises UnreadableError."""
    from pysd.translators.vensim.vensim_element import Component, Data, Element, SubscriptRange

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = Element(equation, "", "").parse()
            _refuse_listed_mapping(equation, isinstance(found, SubscriptRange))
            if isinstance(found, Component):
                found.parse()
    except UnreadableError:
        raise
    except Exception as error:  # the parser raises whatever its grammar meets
        raise UnreadableError(_parse_message(equation, error)) from error
    if isinstance(found, SubscriptRange):
        return _range_data(found)
    if not isinstance(found, Component):
        raise UnreadableError("reality checks are not supported.\nWrite them as tests of the results.")
    if isinstance(found, Data):
        raise UnreadableError("data equations (':=') are not supported.\nWrite '=' for an equation, or give numbers.")
    expression = found.ast
    return {
        "name": found.name,
        "subscripts": list(found.subscripts[0]),
        "excepted": [list(group) for group in found.subscripts[1]],
        "expression": None if expression is None else to_data(convert(expression)),
        "keyword": getattr(found, "keyword", None),
    }


def _refuse_listed_mapping(equation: str, is_range: bool) -> None:
    """Refuse `a: x, y -> (b: y1, x1)`, of which PySD's parser keeps only the name b."""
    if is_range and re.search(r"->.*\(", equation):
        raise UnreadableError(
            "mappings that list their elements are not supported.\n"
            "Order the elements alike and write -> with the range's name alone."
        )


def _range_data(found: Any) -> dict[str, Any]:
    if isinstance(found.definition, dict):
        raise UnreadableError("ranges from spreadsheets are not supported.\nList the elements.")
    alias = found.definition if isinstance(found.definition, str) else None
    elements = [] if alias else list(found.definition)
    # PySD gives all aliases one default list and appends to it when it loads a model.
    maps_to = [] if alias else list(found.mapping)
    return {"range": found.name, "elements": elements, "alias": alias, "maps_to": maps_to}


def _parse_message(equation: str, error: Exception) -> str:
    position = getattr(error, "pos", None)
    text = getattr(error, "text", None)
    rest = text[position : position + 30] if isinstance(position, int) and text else ""
    near = f" at '{rest}'" if rest else ""
    return (
        f"'{equation[:60]}' cannot be read{near}.\n"
        "Check parentheses, commas, the number of a function's arguments, and that names hold only letters, "
        "digits, spaces and apostrophes."
    )


def declaration_of(entry: Entry, data: dict[str, Any]) -> Declaration:
    """Return the declaration that the plain data of an entry describe."""
    if "range" in data:
        return RangeDeclaration(
            entry, data["range"].strip(), tuple(data["elements"]), data["alias"], tuple(data["maps_to"])
        )
    expression = data["expression"]
    return EquationDeclaration(
        entry,
        data["name"].strip(),
        tuple(key(name) for name in data["subscripts"]),
        tuple(tuple(key(name) for name in group) for group in data["excepted"]),
        None if expression is None else from_data(expression),
        data["keyword"],
    )


def _cache_file(name: str) -> Path:
    stamp = hashlib.sha256(f"{FORMAT} {version('pysd')} {name}".encode()).hexdigest()[:16]
    return CACHE / f"{Path(name).stem}-{stamp}.json"


def _load_cache(name: str) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = json.loads(_cache_file(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded


def _store_cache(name: str, data: dict[str, Any]) -> None:
    """Write the cache whole or not at all; a folder that cannot be written is no fault."""
    target = _cache_file(name)
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, json.dumps(data))
