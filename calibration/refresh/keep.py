"""A snapshot being made: answers are kept as they came, so that the same command goes on where it stopped."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from calibration.refresh.problems import RefreshError
from calibration.refresh.service import Answer
from model.whole import write_whole

RAW = "raw"
KEY = 16
"""Letters of the hash that names an answer."""
UNFINISHED = "-unfinished"


@dataclass(frozen=True)
class Kept:
    """An answer on disk: its file, address, question, time, SHA-256; `updated` is the table's own time of update."""

    file: str
    url: str
    question: Any
    updated: str
    fetched: str
    sha256: str


@dataclass(frozen=True)
class Workshop:
    """The unfinished folder beside a snapshot's place."""

    target: Path

    @property
    def folder(self) -> Path:
        """Where the snapshot is put together."""
        return self.target.with_name(f".{self.target.name}{UNFINISHED}")

    def answer(self, question: Any, updated: str, ask: Callable[[], Answer]) -> tuple[bytes, Kept]:
        """The answer to a question: kept from an earlier try unless the table has been updated since, or asked for."""
        key = sha256(json.dumps(question, sort_keys=True, ensure_ascii=False).encode())[:KEY]
        body, note = self.folder / RAW / f"{key}.json", self.folder / RAW / f"{key}.note.json"
        kept = _read_note(note)
        if kept and kept.updated == updated and body.is_file() and sha256(body.read_bytes()) == kept.sha256:
            return body.read_bytes(), kept
        answer = ask()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        kept = Kept(f"{RAW}/{body.name}", answer.url, question, updated, now, sha256(answer.body))
        body.parent.mkdir(parents=True, exist_ok=True)
        write_whole(body, answer.body)
        write_whole(note, json.dumps(asdict(kept), ensure_ascii=False, indent=1) + "\n")
        return answer.body, kept

    def leave(self) -> None:
        """Remove the unfinished folder when nothing is in it."""
        with suppress(OSError):
            self.folder.rmdir()

    def finish(self, used: set[str]) -> None:
        """Leave only the files that were used (as named in the folder), and give the folder its name."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.relative_to(self.folder).as_posix() not in used:
                path.unlink()
        self.folder.rename(self.target)


def check_place(target: Path) -> None:
    """Raise RefreshError when something stands where the snapshot would."""
    if target.exists():
        what = "something stands here already, and a snapshot is never overwritten."
        raise RefreshError(str(target), what, "Choose another folder with --out.")


@contextmanager
def disk_told(workshop: Workshop) -> Iterator[None]:
    """Tell of a full disk or a folder that cannot be written, and that the same command goes on."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            "Stopped; there is no snapshot yet. The same command goes on where it stopped."
        ) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            way = f"Free some room and give the same command: it goes on from what is in {workshop.folder.name}."
            raise RefreshError(str(workshop.target), "the disk is full; there is no snapshot yet.", way) from None
        way = "Choose another place with --out, or make this one writable."
        raise RefreshError(str(workshop.target), f"cannot be written: {error.strerror or error}.", way) from None
    finally:
        workshop.leave()


def sha256(content: bytes) -> str:
    """SHA-256 of bytes, as text."""
    return hashlib.sha256(content).hexdigest()


def _read_note(path: Path) -> Kept | None:
    try:
        return Kept(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
