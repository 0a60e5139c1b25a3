"""The command `sim.py ensemble` as a user runs it: its time, and the memory of all its processes together."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from model.benchmark.ours import START

ROOT = Path(__file__).resolve().parents[2]
PROC = Path("/proc")
MEMBERS = (1_000, 10_000)
POLL = 0.5  # seconds between two looks at the memory
KIB = 1024
LAST_WORDS = 2_000  # letters of a failed command's output that are shown


class EnsembleFailedError(RuntimeError):
    """The command ended with an error; the message is its own."""


def ensembles() -> dict[str, Any]:
    """Run the command for a thousand and ten thousand members, and for a thousand over the whole horizon.

    Each: `seconds` by the clock, `peak` bytes, `years` it runs over (first and last).
    """
    found = {str(members): _command(members) for members in MEMBERS}
    return found | {"whole horizon": _command(MEMBERS[0], "--from", str(START))}


def _command(members: int, *further: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "ensemble"
        order = [sys.executable, "sim.py", "ensemble", "reference", "--members", str(members), "--seed", "1"]
        order += ["--out", str(out), *further]
        begun = time.perf_counter()
        with (
            (Path(folder) / "said").open("w+", encoding="utf-8") as said,
            subprocess.Popen(order, cwd=ROOT, stdout=said, stderr=said) as process,
        ):
            peak = _watch(process)
            seconds = time.perf_counter() - begun
            if process.returncode:
                said.seek(0)
                raise EnsembleFailedError(said.read()[-LAST_WORDS:])
        years = json.loads((out / "plan.json").read_text(encoding="utf-8"))["years"]
    return {"seconds": seconds, "peak": peak, "years": years}


def _watch(process: subprocess.Popen[bytes]) -> float | None:
    """Wait for a process and return the most memory that it and its children held together, None without /proc."""
    peak = None
    while process.poll() is None:
        held = memory_of_family(process.pid)
        peak = held if peak is None else max(peak, held or 0.0)
        time.sleep(POLL)
    return peak


def memory_of_family(ancestor: int) -> float | None:
    """Return the bytes that a process and its descendants hold, shared pages counted once; None without /proc."""
    if not PROC.exists():
        return None
    children: dict[int, list[int]] = defaultdict(list)
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            children[_parent(entry)].append(int(entry.name))
    family, waiting = [], [ancestor]
    while waiting:
        family.append(waiting.pop())
        waiting += children.get(family[-1], [])
    return float(sum(_proportional(PROC / str(member)) for member in family))


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])
    except OSError:  # it has ended since
        return 0


def _proportional(entry: Path) -> int:
    try:
        lines = (entry / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return KIB * sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
