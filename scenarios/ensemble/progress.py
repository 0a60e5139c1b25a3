"""How far an ensemble is: a moving bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LINE_EVERY = 30.0
"""Seconds between two plain lines."""
MINUTE, HOUR = 60, 3600
SHORT_WAIT, LONG_WAIT = 2 * MINUTE, 2 * HOUR
"""Seconds up to which a wait is told in seconds, in minutes."""


class Interrupted(KeyboardInterrupt):
    """The user, or the system, told an ensemble to stop; its text says what is saved and how to continue."""


@dataclass(frozen=True)
class Progress:
    """Members saved, of how many; members computed by this command, and the seconds that took."""

    saved: int
    members: int
    computed: int
    seconds: float

    @property
    def rate(self) -> float:
        """Members a second."""
        return self.computed / self.seconds if self.seconds > 0 else 0.0

    def in_words(self) -> str:
        """Members done, how fast, how long still."""
        text = f"{self.saved} of {self.members} members"
        if self.saved == self.members or not self.rate:
            return text
        return f"{text}, {self.rate:.3g} a second, about {wait_in_words((self.members - self.saved) / self.rate)} left"


Report = Callable[[Progress], None]


def no_report(_: Progress) -> None:
    """Tells nobody."""


def wait_in_words(seconds: float) -> str:
    """A wait rounded to what one can plan with."""
    if seconds < SHORT_WAIT:
        return f"{seconds:.0f} s"
    return f"{seconds / MINUTE:.0f} min" if seconds < LONG_WAIT else f"{seconds / HOUR:.1f} h"


@dataclass(frozen=True)
class Shown:
    """What tells the user: the part of the work that begins, and how many members are done."""

    say: Callable[[str], None]
    members: Report


@contextmanager
def progress_shown() -> Iterator[Shown]:
    """Show progress on the error stream."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield Shown(_print, _lines())
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting …", total=None)

        def say(part: str) -> None:
            bar.update(task, description=f"{part} …", total=None)

        def members(done: Progress) -> None:
            bar.update(task, description=done.in_words(), total=done.members, completed=done.saved)

        yield Shown(say, members)


def _print(part: str) -> None:
    print(f"{part} …", file=sys.stderr, flush=True)


def _lines() -> Report:
    """Prints the first and the last state, and some between."""
    last = [float("-inf")]

    def tell(done: Progress) -> None:
        if done.saved == done.members or time.monotonic() - last[0] >= LINE_EVERY:
            last[0] = time.monotonic()
            print(done.in_words(), file=sys.stderr, flush=True)

    return tell
