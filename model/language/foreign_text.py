"""Splits a foreign Vensim file into its entries: one file with sketch, groups and names in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from model.language.errors import ModelErrors, Problem
from model.language.source import Entry, fold

SKETCH = re.compile(r"\\\\+---///")  # two backslashes or three, by the version of Vensim
OLD_ENCODING = "cp1252"  # Vensim's on Western Windows before it wrote {UTF-8}
EQUATION, UNIT = 0, 1
_ENDS = re.compile(r"[\"{~|]")
_MACRO = re.compile(r":MACRO:", re.IGNORECASE)


def read_foreign_text(path: Path) -> str:
    """Return the equations' text of a Vensim file, the sketch left out. Raises ModelErrors where it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelErrors([Problem(path.name, 0, f"the file cannot be read: {error.strerror}.")]) from error
    if b"\0" in data:
        what = "the file holds bytes that are no text."
        raise ModelErrors([Problem(path.name, 0, what, "Save the model in Vensim as text (.mdl), not as .vmf.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode(OLD_ENCODING, errors="replace")
    return SKETCH.split(text.replace("\r\n", "\n").replace("\r", "\n"), maxsplit=1)[0]


@dataclass
class _Chunk:
    """What stands between two bars: the line it begins on and its parts between tildes."""

    line: int
    parts: list[str] = field(default_factory=lambda: [""])

    def add(self, text: str) -> None:
        if len(self.parts) == 1 and not self.parts[0].strip():
            self.line += (text[: len(text) - len(text.lstrip())]).count("\n")
            text = text.lstrip()
        self.parts[-1] += text


def split_foreign(text: str, file: str) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of the text, groups left out, and what could not be split."""
    entries, problems = [], []
    macro = _MACRO.search(text)
    if macro:
        what = "macros are not supported."
        line = text[: macro.start()].count("\n") + 1
        return [], [Problem(file, line, what, "Write the macro's equations out as variables of their own.")]
    for chunk, closed in _chunks(text):
        equation = fold(chunk.parts[EQUATION])
        if not equation or equation.startswith("*"):
            continue
        if not closed:
            problems.append(
                Problem(file, chunk.line, f"'{equation[:60]}' does not end with '|'.", "Close it with '|'.")
            )
            continue
        unit = fold(chunk.parts[UNIT]) if len(chunk.parts) > UNIT else ""
        comment = " ".join(fold(part) for part in chunk.parts[UNIT + 1 :])
        entries.append(Entry(file, chunk.line, equation, unit.split("[")[0].strip(), None, comment, equation))
    return entries, problems


def _chunks(text: str) -> Iterator[tuple[_Chunk, bool]]:
    """Yield each piece between bars and whether a bar closes it; quotation marks and braces hide bars and tildes."""
    chunk, place, line = _Chunk(1), 0, 1
    while place < len(text):
        found = _ENDS.search(text, place)
        until = found.start() if found else len(text)
        chunk.add(text[place:until])
        line += text.count("\n", place, until)
        if not found:
            break
        sign, place = found.group(), until + 1
        if sign == "|":
            yield chunk, True
            chunk = _Chunk(line)
        elif sign == "~":
            chunk.parts.append("")
        elif len(chunk.parts) == 1:
            place = _hidden_end(text, until, sign)
            chunk.add(text[until:place] if sign == '"' else " ")
            line += text.count("\n", until, place)
        else:
            chunk.add(sign)
    if any(part.strip() for part in chunk.parts):
        yield chunk, False


def _hidden_end(text: str, start: int, sign: str) -> int:
    """Return where a name in quotation marks, or a comment in braces, ends."""
    place = start + 1
    close = '"' if sign == '"' else "}"
    while place < len(text) and text[place] != close:
        place += 2 if sign == '"' and text[place] == "\\" else 1
    return min(place + 1, len(text))
