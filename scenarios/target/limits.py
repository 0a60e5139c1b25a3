"""What a mix of measures must respect: limits on homes, money and work, from a TOML or single options."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.target.measures import MEASURES

USUAL = Path(__file__).resolve().parent / "limits.toml"
KEYS = ("most", "least", "runs", "source", "quality")
HALF = 0.5
NONE = "none"


@dataclass(frozen=True)
class Limit:
    """A bound on something measured in the runs.

    name: what is measured (MEASURES). is_most: whether the bound is an upper one. runs: share of the runs in which it
    has to hold. title, source: English and Swedish.
    """

    name: str
    bound: float
    is_most: bool
    runs: float
    title: tuple[str, str]
    source: tuple[str, str]
    quality: str

    @property
    def scale(self) -> float:
        """What a breach is measured by: the bound's size, or a hundredth where it is 0."""
        return abs(self.bound) or 0.01


def read_limits(path: Path | None = None, options: Sequence[str] = ()) -> tuple[Limit, ...]:
    """The limits of a file (the usual ones without), changed by options 'name=value' or 'name=none'.

    Raises ScenarioError with every mistake in them.
    """
    found = {limit.name: limit for limit in _read(path or USUAL)}
    usual = {limit.name: limit for limit in _read(USUAL)}
    problems = []
    for option in options:
        name, sign, value = (part.strip() for part in option.partition("="))
        where = f"--limit {option}"
        if name not in MEASURES:
            problems.append(Problem(where, *unknown(name, MEASURES, "limit")))
        elif not sign:
            problems.append(Problem(where, "expected name=value.", f"For example: --limit {name}=none"))
        elif value == NONE:
            found.pop(name, None)
        elif (number := _number(value)) is None:
            problems.append(Problem(where, f"'{value}' is no number.", f"To lift the limit: --limit {name}=none"))
        else:
            found[name] = replace(found.get(name) or usual[name], bound=number)
    if problems:
        raise ScenarioError(problems)
    return tuple(found[name] for name in MEASURES if name in found)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _read(path: Path) -> list[Limit]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        way = "Give a TOML file like scenarios/target/limits.toml."
        raise ScenarioError([Problem(f"--limits {path}", f"cannot be read: {error}.", way)]) from None
    problems = [problem for name, table in tables.items() for problem in _wrong(f"{path.name}, {name}", name, table)]
    if problems:
        raise ScenarioError(problems)
    return [_limit(name, table) for name, table in tables.items()]


def _wrong(where: str, name: str, table: Any) -> Iterator[Problem]:
    if name not in MEASURES:
        yield Problem(where, *unknown(name, MEASURES, "limit"))
        return
    if not isinstance(table, dict):
        yield Problem(where, "expected a table.", f"Write [{name}], and below it most = … or least = …")
        return
    for key in table:
        if key not in KEYS:
            yield Problem(where, *unknown(key, KEYS, "key"))
    bounds = [key for key in ("most", "least") if key in table]
    if len(bounds) != 1:
        yield Problem(where, f"give exactly one of most and least (given: {' and '.join(bounds) or 'none'}).")
    for key in (*bounds, *(["runs"] if "runs" in table else [])):
        if isinstance(table[key], bool) or not isinstance(table[key], int | float):
            yield Problem(where, f"{key} = {table[key]!r}: expected a number.")
        elif key == "runs" and not 0 < table[key] < 1:
            yield Problem(where, f"runs = {table[key]}: expected a share of the runs between 0 and 1.")
    source = table.get("source", "")
    texts = list(source.values()) if isinstance(source, dict) else [source]
    if not all(isinstance(text, str) and text.strip() for text in texts) or not texts:
        yield Problem(
            where, "the limit has no source.", 'Tell where it comes from: source = "…", or source.sv, source.en.'
        )


def _limit(name: str, table: dict[str, Any]) -> Limit:
    is_most = "most" in table
    bound = float(table["most" if is_most else "least"])
    runs, quality = float(table.get("runs", HALF)), str(table.get("quality", "D"))
    source = table["source"]
    both = (source, source) if isinstance(source, str) else (source.get("en", ""), source.get("sv", ""))
    return Limit(name, bound, is_most, runs, MEASURES[name].title, both, quality)
