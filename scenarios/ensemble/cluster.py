"""Workers of a Dask cluster that compute members; the results come back to the caller, who saves them."""

from __future__ import annotations

import logging
import os
import pickle
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

from scenarios.ensemble.identity import identity
from scenarios.ensemble.order import NEEDED
from scenarios.ensemble.work import ONE_THREAD, Block, Compute, Work
from scenarios.problems import Problem, ScenarioError

PATIENCE = 10
"""Seconds to wait for the scheduler, and for its first worker."""
ALONE = 60
"""Seconds to wait for another worker when the last one is lost."""
AHEAD = 2
"""Blocks under way for each thread of the cluster: one computed, one that waits, whatever their number."""
MUST_AGREE = ("code", "model files", "packages")
"""Parts of the identity that a worker shares with the caller; platform and processor the workers share."""
AMONG_WORKERS = ("platform", "processor")
SHORT = 16
"""Letters of a hash in a message."""
_BEGINNING = Lock()
OTHER_WORKER = "workers there compute with something else than this machine:"
SAME_STATE = "Bring them to the same state of the project and of its packages, and start them anew."
MISSING = (
    "--cluster needs the package 'distributed', which is not installed.",
    "Install the extra 'cluster' (pip install -e .[cluster]), or compute on this machine.",
)


class ClusterCrew:
    """The workers of a Dask cluster that agree with the caller, and with each other, on what they compute with."""

    def __init__(self, client: Any, address: str, backend: str) -> None:
        self.client, self.address, self.backend = client, address, backend
        self.identity = _agreed(client, address, backend)

    def compute(self, work: Work, blocks: list[range]) -> Iterator[tuple[range, Block]]:
        """Give every block when it is done, in any order.

        A block whose worker is lost is computed by another. Raises ScenarioError when the scheduler is lost, a worker
        that joined is another than the rest, or a block loses worker after worker.
        """
        packed = pickle.dumps(work)
        waiting = iter(blocks)
        futures: dict[Any, range] = {}
        try:
            while True:
                while len(futures) < max(1, AHEAD * self._threads()) and (block := next(waiting, None)) is not None:
                    futures[self.client.submit(_compute, packed, self.identity, block, pure=False)] = block
                if not futures:
                    return
                for future in self._done(list(futures)):
                    yield futures.pop(future), self._result(future)
        finally:
            with suppress(Exception):  # the cluster may be gone, and nothing there is of value
                self.client.cancel(list(futures))

    def _threads(self) -> int:
        with self._losses_told():
            counts: dict[str, int] = self.client.nthreads()
        return sum(counts.values())

    def _done(self, futures: list[Any]) -> Any:
        """The futures that are done now, or soon. Raises ScenarioError when no worker is left to do them."""
        alone_since = time.monotonic()
        while True:
            with self._losses_told(), suppress(TimeoutError), self.client.as_current():
                return _distributed().wait(futures, timeout=PATIENCE, return_when="FIRST_COMPLETED").done
            if self._threads():
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > ALONE:
                what = f"the cluster has had no worker for {ALONE} seconds."
                raise _problem(self.address, what, "Start some; the same command continues with what is saved.")

    def _result(self, future: Any) -> Block:
        with self._losses_told():
            found: Block | str = future.result()
        if isinstance(found, str):
            raise _problem(self.address, OTHER_WORKER, f"{found}\nWhat is saved stays. {SAME_STATE}")
        return found

    @contextmanager
    def _losses_told(self) -> Iterator[None]:
        lost, killed = _distributed().CancelledError, _distributed().KilledWorker
        try:
            yield
        except killed as error:
            what = "a block lost worker after worker: perhaps they have too little memory."
            raise _problem(self.address, what, f"{error}\nWhat is saved stays; the same command continues.") from None
        except (lost, OSError) as error:
            what = "the connection to the scheduler was lost."
            raise _problem(self.address, what, "What is saved stays; the same command continues.") from error


@contextmanager
def cluster_crew(address: str, backend: str) -> Iterator[ClusterCrew]:
    """Connect to the scheduler at an address. Raises ScenarioError when it, or a fit worker, is not to be had."""
    if find_spec("distributed") is None:
        raise _problem(address, *MISSING)
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what it would say is said below, once
    try:
        client: Any = _distributed().Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        what = f"no Dask scheduler answers there within {PATIENCE} seconds ({type(error).__name__})."
        raise _problem(address, what, "Start one (dask scheduler), or correct the address: tcp://host:8786") from None
    try:
        yield ClusterCrew(client, address, backend)
    finally:
        with suppress(Exception):
            client.close(timeout=1)


def _distributed() -> Any:
    """The package, which is imported only when a cluster is asked for."""
    return import_module("distributed")


def _agreed(client: Any, address: str, backend: str) -> dict[str, Any]:
    """The identity that all workers share. Raises ScenarioError with every difference."""
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=PATIENCE)
    found = client.run(_probe(backend), on_error="return")
    if not found:
        way = f"Start some, on machines with this project: PYTHONPATH=(the project's folder) dask worker {address}"
        raise _problem(address, "the cluster has no workers.", way)
    own = identity(backend)
    first = next((each for each in found.values() if isinstance(each, dict)), own)
    expected = {name: (own if name in MUST_AGREE else first)[name] for name in own}
    told = [line for worker, each in sorted(found.items()) for line in _differences(worker, each, expected)]
    if told:
        raise _problem(address, OTHER_WORKER, "\n".join([*told, SAME_STATE]))
    return expected


def _probe(backend: str) -> Any:
    """A function that workers can run whatever they have: it goes to them as it is, not by its name."""
    return lambda: __import__("importlib").import_module("scenarios.ensemble.identity").identity(backend)


def _differences(worker: str, found: Any, expected: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(found, ImportError):
        yield f"- {worker}: cannot import the project ({found}). Start it with PYTHONPATH set to the project's folder."
    elif not isinstance(found, dict):
        yield f"- {worker}: {type(found).__name__}: {found}"
    else:
        for name, value in expected.items():
            yield from _difference(worker, name, (found.get(name), value))


def _difference(worker: str, name: str, values: tuple[Any, Any]) -> Iterator[str]:
    theirs, ours = values
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for part in ours:
            yield from _difference(worker, part, (theirs.get(part), ours[part]))
    elif theirs != ours:
        other = "the other workers" if name in AMONG_WORKERS else "here"
        yield f"- {worker}: {name} {_shown(theirs)}, {other} {_shown(ours)}"


def _shown(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text if " " in text or len(text) < 2 * SHORT else f"{text[:SHORT]}…"


def _problem(address: str, what: str, way: str) -> ScenarioError:
    return ScenarioError([Problem(f"--cluster {address}", what, way)])


def _compute(packed: bytes, expected: dict[str, Any], members: range) -> Block | str:
    """On a worker: compute a block, or tell why not (it may have joined after the others were asked)."""
    packages = expected["packages"]
    backend = next((name for name, needed in NEEDED.items() if needed in packages), "numpy")
    told = list(_differences(_distributed().get_worker().address, identity(backend), expected))
    return "\n".join(told) or _begun(packed)(members)


def _begun(packed: bytes) -> Compute:
    """What computes members, begun once for all threads of a worker."""
    with _BEGINNING:
        return _begin(packed)


@lru_cache(maxsize=1)
def _begin(packed: bytes) -> Compute:
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    work: Work = pickle.loads(packed)
    return work.start()
