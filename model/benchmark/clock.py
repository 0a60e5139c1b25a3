"""Timing on a machine that others use too: contestants take turns, the shortest time counts, the median stands by."""

from __future__ import annotations

import multiprocessing
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("numpy", "jax", "jaxlib", "llvmlite", "numba", "pysd", "pysimlin", "xarray")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass(frozen=True)
class Timing:
    """Seconds of one contestant: shortest and median by the clock, shortest of processor time, and the first call."""

    shortest: float
    median: float
    processor: float
    first: float
    repeats: int


def race(contestants: Mapping[str, Callable[[], Any]], repeats: int) -> dict[str, dict[str, float]]:
    """Return the timing of each contestant after a first call that compiles; they take turns, one call each."""
    first = {name: _clocked(run)[0] for name, run in contestants.items()}
    laps: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for _ in range(repeats):
        for name, run in contestants.items():
            laps[name].append(_clocked(run))
    return {name: asdict(_timing(laps[name], first[name])) for name in contestants}


def _timing(laps: list[tuple[float, float]], first: float) -> Timing:
    clock, processor = zip(*laps, strict=True)
    return Timing(min(clock), statistics.median(clock), min(processor), first, len(laps))


def _clocked(run: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds of a call by the clock and of processor time (all threads)."""
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - processor


def apart(measure: Callable[[], Any], *, one_core: bool = False) -> Any:
    """Return what a measurement finds in a process of its own, so that none warms or burdens another."""
    settings = dict.fromkeys(THREADS, "1") if one_core else {}
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, context, _to_one_core if one_core else None) as pool:
            return pool.submit(measure).result()
    finally:
        for name in settings:
            os.environ.pop(name)
        os.environ.update(before)


def _to_one_core() -> None:
    """Bind the process to one core where the system can (Linux)."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def machine() -> dict[str, Any]:
    """Return what the numbers were measured on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": {"python": platform.python_version(), **{name: installed(name) for name in PACKAGES}},
    }


def installed(package: str) -> str:
    """Return the version of a package, or that it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
