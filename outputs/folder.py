"""Folders that appear whole or not at all: written under a temporary name, renamed at the end."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RECORD = "run.json"
"""The file that marks a folder as a finished run; a folder without it is never replaced."""
MARK, FILES = "norrsim", "files"
"""Entries of the record: the program's version, and the files that the run wrote."""
WAY_OUT = "Choose another place, or make this one writable."


class FolderError(Exception):
    """An output folder that cannot be written: the message names it and the way out."""


@contextmanager
def whole_folder(target: Path, record: str = RECORD) -> Iterator[Path]:
    """Give a temporary folder beside `target`; rename it to `target` when the block ends without an error.

    An earlier run at `target` (a folder with the run.json of one; `record` names another such file) is replaced;
    files there that the run did not write stay. Anything else is refused. Raises FolderError before any work when
    `target` cannot be written.
    """
    place = target.resolve()
    made = _missing_parents(place)
    temporary = _start(target, place, record)
    try:
        yield temporary
        _replace(place, temporary, record)
    except OSError as error:
        if not _concerns(error, (temporary, place)):
            raise
        raise _cannot(target, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _remove_empty(made)


def check_folder(target: Path, record: str = RECORD) -> None:
    """Raise FolderError when a run could not be written to `target`; leaves no trace."""
    place = target.resolve()
    made = _missing_parents(place)
    shutil.rmtree(_start(target, place, record), ignore_errors=True)
    _remove_empty(made)


def files_in(folder: Path) -> list[str]:
    """The files of a folder and of those below it, relative to it, in a fixed order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _start(target: Path, place: Path, record: str) -> Path:
    made = _missing_parents(place)
    try:
        _refuse_others(target, place, record)
        place.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{place.name}-unfinished-", dir=place.parent))
    except OSError as error:
        _remove_empty(made)
        raise _cannot(target, error) from error


def _refuse_others(target: Path, place: Path, record: str) -> None:
    """Raise FolderError when `place` is taken by something that a run must not replace."""
    kind = Path(record).stem
    if place.exists() and not place.is_dir():
        raise FolderError(f"{target}: this is a file, not a folder.\n  {WAY_OUT}")
    if not place.is_dir():
        return
    if any(place.iterdir()) and read_record(place, record) is None:
        raise FolderError(
            f"{target}: this folder has other files and no {record} of a {kind}: it is no earlier {kind} and is left "
            "as it is.\n  Choose an empty or new folder with --out."
        )
    if place == Path.cwd() or place.is_mount():
        what = "the folder you stand in" if place == Path.cwd() else "a whole disk"
        raise FolderError(f"{target}: this is {what}; a {kind} needs a folder of its own.\n  Use --out {target / kind}")


def read_record(folder: Path, name: str = RECORD) -> dict[str, object] | None:
    """The record of the run in a folder; None when it holds none."""
    try:
        record = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and MARK in record else None


def _replace(place: Path, finished: Path, record: str) -> None:
    finished.chmod(0o755)
    if not place.exists():
        finished.rename(place)
        return
    foreign = _foreign(place, record)
    old = finished.with_name(finished.name + "-old")
    place.rename(old)
    try:
        finished.rename(place)
    except OSError:
        old.rename(place)
        raise
    for name in foreign:
        if not (place / name).exists():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (old / name).rename(place / name)
    shutil.rmtree(old, ignore_errors=True)


def _foreign(folder: Path, name: str) -> list[str]:
    """Files in the folder of an earlier run that the run did not write."""
    record = read_record(folder, name) or {}
    written = record.get(FILES)
    own = set(written) if isinstance(written, list) else set()
    return [name for name in files_in(folder) if name not in own]


def _missing_parents(place: Path) -> list[Path]:
    """The folders above `place` that do not exist yet, nearest first."""
    return [parent for parent in place.parents if not parent.exists()]


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return


def _concerns(error: OSError, folders: tuple[Path, ...]) -> bool:
    """Whether an error is about writing to these folders; one without a file name (a full disk) is."""
    if error.filename is None:
        return True
    return any(Path(str(error.filename)).is_relative_to(folder) for folder in folders)


def _cannot(target: Path, error: OSError) -> FolderError:
    return FolderError(f"{target}: cannot be written: {error.strerror or error}.\n  {WAY_OUT}")
