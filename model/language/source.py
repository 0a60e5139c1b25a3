"""Splits a sector file into its entries `equation ~ unit [low, high] ~ comment |`, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.language.errors import Problem

Range = tuple[float | None, float | None]

ENTRY_PARTS = 3
GROUP_PARTS = 2
_LIMITS = re.compile(r"^(?P<unit>[^\[]*)\[(?P<low>[^,\]]*),(?P<high>[^,\]]*)\]\s*$")
_BRACES = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One declaration as written: its place, equation (white space folded), unit, range and comment."""

    file: str
    line: int
    equation: str
    unit: str
    limits: Range | None
    comment: str
    text: str


def split_entries(text: str, file: str) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a file's text and what could not be split."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for line, chunk, closed in _chunks(_blank_braces(text)):
        parts = chunk.split("~")
        if not closed:
            problems.append(
                Problem(file, line, f"'{_head(chunk)}' does not end with '|'.", "Close the entry with '|'.")
            )
        elif len(parts) == GROUP_PARTS and chunk.lstrip().startswith("*"):
            continue
        elif len(parts) != ENTRY_PARTS:
            problems.append(_wrong_parts(file, line, chunk, len(parts)))
        else:
            _append_entry((file, line, chunk), parts, entries, problems)
    return entries, problems


def _append_entry(place: tuple[str, int, str], parts: list[str], entries: list[Entry], problems: list[Problem]) -> None:
    file, line, chunk = place
    try:
        unit, limits = split_unit(parts[1])
    except ValueError:
        what = f"the unit and range '{fold(parts[1])}' of '{_head(chunk)}' cannot be read."
        problems.append(Problem(file, line, what, "Write: unit [low, high]; a side without a limit is '?'."))
        return
    entries.append(Entry(file, line, fold(parts[0]), unit, limits, fold(parts[2]), chunk.strip()))


def _blank_braces(text: str) -> str:
    """Replace comments in braces by blanks; lines keep their numbers."""
    return _BRACES.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def _chunks(text: str) -> list[tuple[int, str, bool]]:
    """Return (line, text without '|', closed) of each non-empty piece between bars."""
    pieces = text.split("|")
    found, line = [], 1
    for number, piece in enumerate(pieces):
        if piece.strip():
            skipped = len(piece) - len(piece.lstrip())
            closed = number < len(pieces) - 1
            found.append((line + piece[:skipped].count("\n"), piece, closed))
        line += piece.count("\n")
    return found


def _wrong_parts(file: str, line: int, chunk: str, parts: int) -> Problem:
    what = f"'{_head(chunk)}' has {parts - 1} '~' before its '|', not 2."
    return Problem(file, line, what, "Write: name = expression ~ unit [low, high] ~ Definition. |")


def split_unit(text: str) -> tuple[str, Range | None]:
    """Split `unit [low, high]` into the unit and the range; `?` is no limit. Raises ValueError."""
    folded = fold(text)
    if "[" not in folded:
        return folded, None
    found = _LIMITS.match(folded)
    if not found:
        raise ValueError(folded)
    return found["unit"].strip(), (_limit(found["low"]), _limit(found["high"]))


def _limit(text: str) -> float | None:
    return None if text.strip() == "?" else float(text)


def fold(text: str) -> str:
    """Return the text on one line, continuation signs and repeated white space removed."""
    return re.sub(r"\s+", " ", re.sub(r"\\\s*\n", " ", text)).strip()


def _head(chunk: str) -> str:
    """Return the declared name for a message."""
    return re.split(r"[=~\[(:<]", fold(chunk), maxsplit=1)[0].strip()[:60]
