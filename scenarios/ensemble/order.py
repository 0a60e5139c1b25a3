"""What a user asks of an ensemble, checked before anything is read."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

from scenarios.problems import Problem, ScenarioError

LARGEST_SEED = 2**63 - 1
Backend = Literal["loops", "jax", "numpy"]
BACKENDS: tuple[Backend, ...] = get_args(Backend)
"""The fastest first."""
NEEDED = {"loops": "llvmlite", "jax": "jax"}
"""The package that a back end needs besides NumPy."""


@dataclass(frozen=True)
class EnsembleOrder:
    """A scenario, how many members of which seed, and where and with what to compute them.

    `keep`: results to keep instead of the standard ones ('standard' stands for these). `workers`: processes on this
    machine (None: one for each core); `cluster`: address of a Dask scheduler instead. `start`, `until`: years that
    replace the scenario's; without `start` an ensemble starts at the end of the last year observed. `backend` None:
    the fastest that is installed.
    """

    scenario: str
    members: int
    seed: int
    out: Path
    fit: str | Path | None = None
    keep: tuple[str, ...] | None = None
    workers: int | None = None
    cluster: str | None = None
    start: int | None = None
    until: int | None = None
    backend: str | None = None
    force: bool = False

    def command(self) -> str:
        """The command that asks for this, to be typed again."""
        words = ["python", "sim.py", "ensemble", self.scenario]
        given = {
            "--members": self.members,
            "--seed": self.seed,
            "--fit": self.fit,
            "--keep": ",".join(self.keep) if self.keep is not None else None,
            "--workers": self.workers,
            "--cluster": self.cluster,
            "--from": self.start,
            "--until": self.until,
            "--out": self.out,
            "--backend": self.backend,
        }
        for option, value in given.items():
            words += [] if value is None else [option, str(value)]
        return shlex.join(words)


def check_order(order: EnsembleOrder) -> None:
    """Raise ScenarioError with everything that is wrong with what was asked."""
    from calibration.fit.stored import find_fit

    problems = list(_problems(order))
    if problems:
        raise ScenarioError(problems)
    find_fit(order.fit)


def chosen_backend(backend: str | None) -> Backend:
    """The back end asked for, or the fastest that is installed. Raises BackendMissingError for one that is not."""
    from model.engine.jax_backend import MISSING, BackendMissingError
    from model.engine.loops.machine import MISSING as MISSING_LOOPS

    told = {"loops": MISSING_LOOPS, "jax": MISSING}
    installed = [name for name in BACKENDS if name not in NEEDED or find_spec(NEEDED[name]) is not None]
    chosen = installed[0] if backend is None else next(name for name in BACKENDS if name == backend)
    if chosen not in installed:
        raise BackendMissingError(told[chosen])
    return chosen


def worker_count(workers: int | None) -> int:
    """The processes asked for, or one for each core that this process may use."""
    if workers is not None:
        return workers
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _problems(order: EnsembleOrder) -> Iterator[Problem]:
    if order.members < 1:
        what = "an ensemble has at least one member."
        yield Problem(f"--members {order.members}", what, "Bands begin to be steady at some hundreds.")
    if not 0 <= order.seed <= LARGEST_SEED:
        what = f"a seed is a whole number from 0 to {LARGEST_SEED}."
        yield Problem(f"--seed {order.seed}", what, "Any will do; the same one gives the same members again.")
    if order.workers is not None and order.workers < 1:
        what = "at least one process has to compute."
        yield Problem(f"--workers {order.workers}", what, "Without --workers each core of this machine has one.")
    if order.workers is not None and order.cluster is not None:
        what = "both were given, but either this machine's processes or a cluster's compute."
        yield Problem(f"--workers {order.workers} --cluster {order.cluster}", what, "Leave one of them out.")
    if order.backend not in (None, *BACKENDS):
        yield Problem(f"--backend {order.backend}", "this is not a back end.", f"Known: {', '.join(BACKENDS)}.")
