"""Folders that appear whole or not at all: written under a temporary name, renamed at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RECORD = "run.json"
"""The file that marks a folder as a finished run; a folder without it is never replaced."""


WAY_OUT = "Choose another place, or make this one writable."


class FolderError(Exception):
    """An output folder that cannot be written: the message names it and the way out."""


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a temporary folder beside `target`; rename it to `target` when the block ends without an error.

    An earlier run at `target` (a folder with run.json) is replaced; anything else there is refused. Raises
    FolderError before any work when `target` cannot be written.
    """
    temporary = _start(target)
    try:
        yield temporary
        _replace(target, temporary)
    except OSError as error:
        raise FolderError(f"{target}: cannot be written: {error.strerror or error}.\n  {WAY_OUT}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def check_folder(target: Path) -> None:
    """Raise FolderError when a run could not be written to `target`; leaves no trace."""
    shutil.rmtree(_start(target), ignore_errors=True)


def _start(target: Path) -> Path:
    if target.exists() and not target.is_dir():
        raise FolderError(f"{target}: this is a file, not a folder.\n  {WAY_OUT}")
    if target.is_dir() and any(target.iterdir()) and not (target / RECORD).is_file():
        raise FolderError(
            f"{target}: this folder has other files and no {RECORD}: it is no earlier run and is left as it is.\n"
            "  Choose an empty or new folder with --out."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{target.name}-unfinished-", dir=target.parent))
    except OSError as error:
        raise FolderError(f"{target}: cannot be written: {error.strerror}.\n  {WAY_OUT}") from error


def _replace(target: Path, finished: Path) -> None:
    finished.chmod(0o755)
    if not target.exists():
        finished.rename(target)
        return
    old = finished.with_name(finished.name + "-old")
    target.rename(old)
    try:
        finished.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
