"""Processes of this machine that compute members, one thread each."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from scenarios.ensemble.identity import identity
from scenarios.ensemble.work import ONE_THREAD, Block, Work
from scenarios.ensemble.worker import serve
from scenarios.problems import Problem, ScenarioError

MOST_TRIES = 3
"""Times that a block is begun before the ensemble stops for it."""
LISTEN = 0.5
"""Seconds between looks at whether the user wants to stop (some systems do not wake a waiting process for that)."""


class WorkerError(RuntimeError):
    """A worker failed: a fault of the program; the text is its traceback."""


class LocalCrew:
    """Processes of this machine."""

    def __init__(self, backend: str, workers: int) -> None:
        self.identity: dict[str, Any] = identity(backend)
        self.workers = workers

    def compute(self, work: Work, blocks: list[range]) -> Iterator[tuple[range, Block]]:
        """Give every block when it is done. One block a worker is under way, whatever their number.

        Raises ScenarioError when a block's worker dies again and again, WorkerError when a worker fails.
        """
        crew = _Crew(pickle.dumps(work), deque(blocks))
        try:
            crew.begin(min(self.workers, len(blocks)))
            while crew.busy:
                yield from crew.done()
        finally:
            crew.end()


@dataclass
class _Worker:
    process: Any
    connection: Connection
    members: range


@dataclass
class _Crew:
    """The workers at work, the blocks that wait, and how often each has been begun."""

    work: bytes
    waiting: deque[range]
    busy: list[_Worker] = field(default_factory=list)
    tries: Counter[range] = field(default_factory=Counter)

    def begin(self, count: int) -> None:
        """Start workers, and only then send them the work: they get ready side by side."""
        started = [_start(self.waiting.popleft()) for _ in range(count)]
        self.busy += started
        for worker in started:
            with suppress(OSError):  # it has died already: that is seen when it is listened to
                worker.connection.send_bytes(self.work)
                worker.connection.send(worker.members)
            self.tries[worker.members] += 1

    def done(self) -> Iterator[tuple[range, Block]]:
        """The blocks that are ready now; waits a little for one."""
        ready = wait([worker.connection for worker in self.busy], timeout=LISTEN)
        for worker in [worker for worker in self.busy if worker.connection in ready]:
            members = worker.members
            try:
                found = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if isinstance(found, str):
                raise WorkerError(f"members {members.start} to {members.stop - 1}: {found}")
            self._next(worker)
            yield members, found

    def end(self) -> None:
        """End all workers at once: nothing they hold is of value."""
        for worker in self.busy:
            worker.process.kill()
        for worker in self.busy:
            worker.process.join()
            worker.connection.close()
        self.busy.clear()

    def _next(self, worker: _Worker) -> None:
        """Give a worker its next block before its last one is written, so that it does not wait."""
        if not self.waiting:
            self._dismiss(worker)
            return
        worker.members = self.waiting.popleft()
        self.tries[worker.members] += 1
        with suppress(OSError):
            worker.connection.send(worker.members)

    def _replace(self, worker: _Worker) -> None:
        """Start another worker for the block of one that died."""
        self._dismiss(worker)
        members = worker.members
        if self.tries[members] >= MOST_TRIES:
            raise ScenarioError([_died(members, worker.process.exitcode)])
        self.waiting.appendleft(members)
        self.begin(1)

    def _dismiss(self, worker: _Worker) -> None:
        self.busy.remove(worker)
        worker.connection.close()
        worker.process.join(LISTEN)
        worker.process.kill()
        worker.process.join()


def _died(members: range, code: int | None) -> Problem:
    ended = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
    what = (
        f"the process computing them ended {MOST_TRIES} times before it was done ({ended}): perhaps the machine has "
        "too little memory."
    )
    where = f"members {members.start} to {members.stop - 1}"
    return Problem(where, what, "Try fewer --workers, or keep fewer results. What is saved stays.")


def _start(members: range) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    with _surroundings():
        process.start()
    theirs.close()
    return _Worker(process, ours, members)


@contextmanager
def _surroundings() -> Iterator[None]:
    """What a process started now inherits: one thread, and no answer to Ctrl-C, which is for the process in charge."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    for name, value in ONE_THREAD.items():
        os.environ[name] = value
    is_main = threading.current_thread() is threading.main_thread()
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if is_main else None
    try:
        yield
    finally:
        if is_main:
            signal.signal(signal.SIGINT, handler)
        for name, old in before.items():
            if old is None:
                os.environ.pop(name)
            else:
                os.environ[name] = old
