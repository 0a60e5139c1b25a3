"""What is wrong with a scenario, told once: where, what, and how to resolve it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

SIMILAR = 0.6
"""How alike (0 to 1) a known word must be to be suggested for an unknown one."""


@dataclass(frozen=True)
class Problem:
    """One mistake: the place in the file, what is wrong with both values, and the way out."""

    where: str
    what: str
    resolve: str = ""

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        lines = [head, *(f"  {line}" for line in self.resolve.splitlines())]
        return "\n".join(lines)


class ScenarioError(Exception):
    """Every problem found in a scenario or in how it is run; its text is the message for the user."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def unknown(word: str, known: Iterable[str], kind: str, listing: str = "") -> tuple[str, str]:
    """Say that `word` is no known `kind` (words for Problem.what and Problem.resolve).

    `listing` tells where all of them can be seen, when they are too many to print.
    """
    names = sorted(set(known))
    lowered = {name.casefold(): name for name in names}
    close = get_close_matches(word.casefold(), list(lowered), n=1, cutoff=SIMILAR)
    hints = []
    if close:
        hints.append(f"Did you mean '{lowered[close[0]]}'?")
    hints.append(listing or f"Known: {', '.join(names) if names else 'none'}.")
    return f"'{word}' is not a known {kind}.", " ".join(hints)
