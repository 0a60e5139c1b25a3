"""A tiny ensemble with the runner's own store, plan and workers, but numbers that cost nothing.

Run as a program, it computes one in a process of its own, to be killed: `python -m tests.ensemble_support …`.
"""

from __future__ import annotations

import hashlib
import signal
import sys
from pathlib import Path
from typing import Any

from scenarios.ensemble import EnsembleOrder, Interrupted
from scenarios.ensemble.keep import Kept
from scenarios.ensemble.local import LocalCrew
from scenarios.ensemble.plan import Plan
from scenarios.ensemble.run import compute_missing
from scenarios.ensemble.store import Store
from scenarios.ensemble.work import Crew
from tests.ensemble_work import PLACES, YEARS, TinyWork

BLOCK = 4
KEPT = (
    Kept("total_population", ("municipality",), (PLACES,), (("units", "persons"), ("kind", "auxiliary"))),
    Kept("births", ("municipality",), (PLACES,), (("units", "persons/year"), ("kind", "auxiliary"))),
)


def tiny_plan(members: int, **other: Any) -> Plan:
    """A plan with every part of a real one."""
    plan = {
        "scenario": "reference",
        "changed_assumptions": [],
        "years": list(YEARS),
        "step_years": 0.25,
        "seed": 1,
        "members": members,
        "keep": [each.name for each in KEPT],
        "fit": None,
        "chance": {"noise": {"births": 0.02}},
        "model": {"sha256": "a" * 64},
        "inputs": {"birth rate": "0123456789abcdef"},
        "engine": {"backend": "numpy", "block": BLOCK, "packages": {"numpy": "2.4"}},
    }
    return plan | other


def tiny_order(folder: Path, members: int = 10) -> EnsembleOrder:
    """What a user would have typed for it."""
    return EnsembleOrder("reference", members, 1, folder)


def tiny_store(folder: Path, members: int = 10, **other: Any) -> Store:
    """Where its members go."""
    return Store(folder, tiny_plan(members, **other), KEPT)


def compute(folder: Path, members: int = 10, crew: Crew | None = None, work: TinyWork | None = None) -> int:
    """Compute what is missing of a tiny ensemble; gives the number of members computed."""
    crew = crew or LocalCrew("numpy", 1)
    order, store = tiny_order(folder, members), tiny_store(folder, members)
    return compute_missing(order, store, (crew, work or TinyWork()), (lambda _: None, lambda _: None))


def bytes_of(folder: Path) -> dict[str, str]:
    """A hash of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main() -> None:
    """Compute a tiny ensemble slowly: folder, members, workers, seconds a block."""
    folder, members, workers, seconds = sys.argv[1:]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        compute(Path(folder), int(members), LocalCrew("numpy", int(workers)), TinyWork(float(seconds)))
    except Interrupted as stopped:
        print(stopped, file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
