"""Runs a test suite of Vensim files against their own expected results: `python -m model.language.suite FOLDER`.

FOLDER is a checkout of the SDXorg test-models suite. Every .mdl in it is run by us, by PySD and by pysimlin, and
compared with what Vensim gave; the record is tests/records/test_models.json. None of the files is kept here.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from model.language.errors import ModelErrors
from model.language.foreign import load_vensim
from model.language.foreign_run import run_vensim
from model.language.functions import functions_hash
from model.language.suite_notes import PYSD_DIFFERS, REASONS, STATED
from model.language.suite_referees import Referee, RefereeError, pysd_results, pysimlin_results
from model.language.suite_tables import (
    CLOCK,
    RELATIVE,
    TOLERANCE,
    Comparison,
    Printed,
    Series,
    between,
    compare,
    expected_file,
    read_expected,
)
from model.whole import write_whole

PROJECT = Path(__file__).resolve().parents[2]
RECORD = PROJECT / "tests" / "records" / "test_models.json"
PACKAGES = ("numpy", "jax", "pysd", "pysimlin")
PASSED, REFUSED, WRONG, INCOMPLETE, EXPLAINED, UNKNOWN = (
    "passed",
    "refused",
    "wrong",
    "variables missing",
    "differs for a known reason",
    "no expected results",
)
FAILED = "failed"  # a referee's: it stopped with an error
EXACT = 1e-6  # agreement with PySD, which computes in double precision too
EVERY = 10  # every tenth file that passes is run on JAX too


@dataclass(frozen=True)
class Case:
    """One file of the suite with its expected results, if it has any."""

    path: Path
    name: str
    expected: dict[tuple[str, ...], Printed] | None


def main(arguments: list[str] | None = None) -> None:
    """Run every file and write the record whole or not at all."""
    wanted = _arguments(arguments)
    folder = wanted.folder.resolve()
    cases = list(_cases(folder)) + [_case(model, results, model.name) for model, results in wanted.also]
    if not cases:
        raise SystemExit(f"{wanted.folder}: no .mdl file lies in this folder.\n  Give a checkout of the suite.")
    record = run_suite(cases, lambda text: print(text, flush=True))
    record = {"suite": {"commit": wanted.commit or _commit(folder), "files": len(cases)}, **record}
    write_whole(wanted.record, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    print(f"Written: {wanted.record}")


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m model.language.suite", description=__doc__)
    parser.add_argument("folder", type=Path, help="a checkout of the suite")
    parser.add_argument("--commit", help="its commit, where the folder is no git checkout")
    parser.add_argument(
        "--also",
        type=Path,
        action="append",
        nargs=2,
        metavar=("MODEL", "RESULTS"),
        default=[],
        help="a further model and what Vensim gave for it (.tab, .csv, .vdf): World3, say",
    )
    parser.add_argument("--record", type=Path, default=RECORD, help="file to write")
    return parser.parse_args(arguments)


def _commit(folder: Path) -> str:
    call = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    found = subprocess.run(call, capture_output=True, text=True, check=False)
    if found.returncode:
        raise SystemExit(f"{folder}: the commit of the suite is not known.\n  Give it with --commit.")
    return found.stdout.strip()


def _cases(folder: Path) -> Iterable[Case]:
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".mdl"):
        yield _case(path, expected_file(path), path.relative_to(folder).as_posix())


def _case(path: Path, results: Path | None, name: str) -> Case:
    printed = read_expected(results) if results else {}
    return Case(path.resolve(), name, printed if CLOCK in printed else None)


def run_suite(cases: list[Case], say: Callable[[str], None]) -> dict[str, Any]:
    """Return the record of all cases."""
    pysd, pysimlin = Referee(pysd_results), Referee(pysimlin_results)
    try:
        rows = []
        for number, case in enumerate(cases):
            rows.append(_row(case, (pysd, pysimlin), on_jax=number % EVERY == 0))
            say(f"{case.name}: {rows[-1]['ours']['result']}")
    finally:
        pysd.close()
        pysimlin.close()
    return {
        "functions": functions_hash(),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "tolerance": TOLERANCE,
        "stated by others": dict(STATED),
        "totals": {who: Counter(row[who]["result"] for row in rows) for who in ("ours", "pysd", "pysimlin")},
        "refused": Counter(row["ours"]["message"] for row in rows if row["ours"]["result"] == REFUSED),
        "cases": rows,
    }


def _row(case: Case, referees: tuple[Referee, Referee], *, on_jax: bool) -> dict[str, Any]:
    ours, found = _ours(case, on_jax=on_jax)
    row: dict[str, Any] = {"file": case.name, "ours": ours}
    for who, referee in zip(("pysd", "pysimlin"), referees, strict=True):
        try:
            theirs = referee.run(case.path)
            row[who] = _judged(theirs, case)
            if found:
                apart = between(found, theirs)
                row[who] |= {"from ours": _rounded(apart.largest), "at": apart.variable}
        except RefereeError as error:
            row[who] = {"result": FAILED, "message": str(error)}
    _explain(row, case)
    return row


def _ours(case: Case, *, on_jax: bool) -> tuple[dict[str, Any], Series | None]:
    try:
        foreign = load_vensim(case.path)
        run = run_vensim(foreign)
    except ModelErrors as error:
        first = error.problems[0]
        return {"result": REFUSED, "message": _general(first.what), "line": first.line}, None
    found = {CLOCK: run.times, **run.series}
    judged = _judged(found, case)
    if on_jax and judged["result"] == PASSED:
        again = run_vensim(foreign, "jax")
        judged["from jax"] = _rounded(between(found, {CLOCK: again.times, **again.series}).largest)
    return judged, found


def _general(what: str) -> str:
    """Return a refusal without the variable's name, so that equal ones count together."""
    return what.partition("': ")[2] or what


def _judged(found: Series, case: Case) -> dict[str, Any]:
    if case.expected is None:
        return {"result": UNKNOWN, "variables": len(found) - 1}
    comparison = compare(found, case.expected)
    result = PASSED if comparison.agrees else WRONG if comparison.largest > RELATIVE else INCOMPLETE
    return {"result": result, **_facts(comparison)}


def _facts(comparison: Comparison) -> dict[str, Any]:
    facts: dict[str, Any] = {"variables": comparison.compared, "largest": _rounded(comparison.largest)}
    if comparison.missing:
        facts["missing"] = list(comparison.missing[:3])
    if not comparison.largest <= RELATIVE:
        facts |= {"variable": comparison.variable, "time": comparison.time}
    return facts


def _rounded(value: float) -> float | str:
    return float(f"{value:.3g}") if np.isfinite(value) else "infinite"


def _explain(row: dict[str, Any], case: Case) -> None:
    """Mark differences from Vensim that have a stated reason; one of ours counts only where PySD shares it."""
    ours, reason = row["ours"], REASONS.get(case.path.stem)
    for theirs in (row["pysd"], row["pysimlin"]):
        if reason and theirs["result"] == WRONG:
            theirs |= {"result": EXPLAINED, "reason": reason}
    if case.path.stem in PYSD_DIFFERS and row["pysd"]["result"] in (WRONG, FAILED):
        row["pysd"]["reason"] = PYSD_DIFFERS[case.path.stem]
    if ours["result"] == WRONG and reason and _near(row["pysd"].get("from ours")):
        ours |= {"result": EXPLAINED, "reason": reason}


def _near(apart: Any) -> bool:
    return isinstance(apart, float) and apart <= EXACT


if __name__ == "__main__":
    main()
