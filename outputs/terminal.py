"""What every command does on a terminal: tell a user's mistake once, show progress, name files."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

MISTAKE = 2
MISTAKES_OF_ROOMS = (
    "calibration.demography.read.DataError",
    "calibration.refresh.problems.RefreshError",
    "calibration.track.problems.TrackError",
)
"""Mistakes that rooms of their own tell of, by name: a run does not load these rooms."""


@contextmanager
def mistakes_told() -> Iterator[None]:
    """A user's mistake is one message and exit code 2; an interruption leaves nothing behind."""
    try:
        yield
    except KeyboardInterrupt as stopped:
        typer.echo(str(stopped) or "Stopped; nothing was written.", err=True)
        raise typer.Exit(130) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # the reader of the output has gone: typer ends quietly
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{where}cannot be read or written: {error.strerror or error}.", err=True)
        raise typer.Exit(MISTAKE) from None
    except Exception as error:
        if not _is_mistake(error):
            raise
        typer.echo(str(error), err=True)
        raise typer.Exit(MISTAKE) from None


def _is_mistake(error: Exception) -> bool:
    """Whether the error is one that the user can mend: its text is the message."""
    from model.engine.jax_backend import BackendMissingError
    from model.language import ModelErrors
    from outputs.folder import FolderError
    from outputs.observed import HistoryError
    from scenarios.problems import ScenarioError

    told = (ModelErrors, BackendMissingError, FolderError, HistoryError, ScenarioError)
    return isinstance(error, told) or f"{type(error).__module__}.{type(error).__name__}" in MISTAKES_OF_ROOMS


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Tell on the error stream which part of the work begins: a moving line on a terminal, plain lines elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda part: typer.echo(f"{part} …", err=True)
        return
    from rich.console import Console

    with Console(stderr=True).status("Starting …") as status:
        yield lambda part: status.update(f"{part} …")


def command() -> list[str]:
    """The command as it was typed."""
    return ["sim.py", *sys.argv[1:]]


def shown(path: Path) -> str:
    """A path as the user would type it from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
