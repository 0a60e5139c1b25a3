"""Measures everything and writes tests/records/benchmark.json and .md: `python -m model.benchmark [part ...]`.

Without parts all of them (about ten minutes). With parts only those are measured; the others keep their numbers, as
long as the record is of the same equations and the same machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from model.benchmark import ensemble, ours, theirs
from model.benchmark.clock import apart, machine
from model.benchmark.table import markdown
from model.language import load_model
from model.whole import write_whole

RECORD = Path(__file__).resolve().parents[2] / "tests" / "records" / "benchmark.json"
TABLE = RECORD.with_suffix(".md")
MEASUREMENTS: dict[str, Callable[[], Any]] = {
    "single": partial(apart, ours.single),
    "second process": partial(apart, ours.again),
    "gradient": partial(apart, ours.gradient),
    "hand written": partial(apart, ours.beside_hand_written, one_core=True),
    "pysimlin": partial(apart, theirs.pysimlin),
    "pysd": partial(apart, theirs.pysd),
    "ensembles": ensemble.ensembles,
}


def main(parts: list[str]) -> int:
    """Measure, print and write whole or not at all; 2 for a part that does not exist."""
    unknown = [part for part in parts if part not in MEASUREMENTS]
    if unknown:
        print(f"'{unknown[0]}' is no part of the benchmark. Parts: {', '.join(MEASUREMENTS)}.", file=sys.stderr)
        return 2
    record: dict[str, Any] = {"model": load_model().hash, "machine": machine()}
    measured = _kept(record) if parts else {}
    for part in parts or MEASUREMENTS:
        print(f"Measuring: {part}", flush=True)
        measured[part] = MEASUREMENTS[part]()
    record["measured"] = measured
    text = markdown(record)
    write_whole(RECORD, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    write_whole(TABLE, text)
    print(text)
    return 0


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """Return what an earlier record of the same equations and machine has measured."""
    if not RECORD.exists():
        return {}
    before = json.loads(RECORD.read_text(encoding="utf-8"))
    same = all(before[name] == record[name] for name in ("model", "machine"))
    measured: dict[str, Any] = before["measured"] if same else {}
    return measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
