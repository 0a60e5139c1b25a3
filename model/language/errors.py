"""Problems found in the model's text or tables: collected, then told once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it stands, what is wrong (with both values where two disagree), how to resolve it."""

    file: str
    line: int
    what: str
    resolution: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        lines = [f"{place}: {self.what}"]
        lines += [f"  {line}" for line in self.resolution.splitlines()]
        return "\n".join(lines)


class ModelErrors(ValueError):  # noqa: N818 (it carries several errors)
    """All problems of a model, its tables or its inputs, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        heading = "1 problem:" if count == 1 else f"{count} problems:"
        super().__init__("\n".join([heading, *map(str, self.problems)]))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `Did you mean 'x'?` for the nearest known name, or an empty string."""
    by_key = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(name.lower(), by_key, n=1)
    return f"Did you mean '{by_key[near[0]]}'?" if near else ""
