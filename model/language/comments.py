"""Reads an entry's comment: `Lever (group). Definition. Source: … Quality: B.`"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEVER = re.compile(r"^Lever(?:\s*\((?P<group>[^)]*)\))?\.\s*")
_QUALITY = re.compile(r"\bQuality:\s*(?P<quality>[^.]*)\.?")
_SOURCE = re.compile(r"\bSource:\s*(?P<source>.*?)\s*(?=\bQuality:|$)", re.DOTALL)
QUALITIES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Comment:
    """The parts of a comment; empty where a part is missing."""

    definition: str
    source: str
    quality: str
    lever: bool
    group: str


def read_comment(text: str) -> Comment:
    """Return the parts of a comment."""
    lever = _LEVER.match(text)
    rest = text[lever.end() :] if lever else text
    source, quality = _SOURCE.search(rest), _QUALITY.search(rest)
    starts = [found.start() for found in (source, quality) if found]
    return Comment(
        definition=rest[: min(starts)].strip() if starts else rest.strip(),
        source=source["source"].strip().rstrip(".") if source else "",
        quality=quality["quality"].strip() if quality else "",
        lever=bool(lever),
        group=(lever["group"] or "").strip() if lever else "",
    )
