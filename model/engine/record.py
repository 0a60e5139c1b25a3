"""Records how far the referees are from our engine on the whole model: `python -m model.engine.record`."""

from __future__ import annotations

import json
import platform
import time
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import xarray as xr

from model.engine.agreement import (
    TOLERANCE,
    Agreement,
    compare_with_pysd,
    compare_with_pysimlin,
    numbers_of_a_moment,
    pysimlin_unit_complaints,
)
from model.engine.simulate import simulate
from model.inputs import build_inputs
from model.language import Model, load_model
from model.whole import write_whole

RECORD = Path(__file__).resolve().parents[2] / "tests" / "records" / "agreement.json"
START, UNTIL = 2010, 2050
PYSD_YEARS = 10
PARTS = 5  # together all municipalities; each part small enough for pysimlin
PACKAGES = ("numpy", "jax", "pysd", "pysimlin", "xarray")
KEPT = 5  # largest differences that are written down


def main() -> None:
    """Run both referees and the timing, and write the record whole or not at all."""
    model = load_model()
    inputs = build_inputs(model, START, UNTIL)
    record = {
        "model": model.hash,
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}},
        "tolerance": TOLERANCE,
        "numbers of a moment": numbers_of_a_moment(model),
        "our seconds": {backend: _seconds(model, inputs, backend) for backend in ("numpy", "jax")},
        "pysimlin in parts": [_pysimlin_part(model, part) for part in range(PARTS)],
        "pysd on the whole": _pysd(model, inputs),
    }
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    write_whole(RECORD, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    print(f"Written: {RECORD.relative_to(RECORD.parents[2])}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _seconds(model: Model, inputs: xr.Dataset, backend: str) -> dict[str, float]:
    """Return the seconds of the first run (compiling included) and of a warm one, all headline outputs saved."""
    save = [name for name in ("population", "jobs", "dwellings", "commuting", "tax base") if name in model.variables]
    begun = time.perf_counter()
    simulate(model, inputs, save, backend=backend)
    first = time.perf_counter()
    simulate(model, inputs, save, backend=backend)
    return {"first": round(first - begun, 3), "warm": round(time.perf_counter() - first, 4)}


def _pysimlin_part(model: Model, part: int) -> dict[str, Any]:
    codes = [str(code) for code in model.coordinates("municipality")][part::PARTS]
    chosen = load_model(model.sectors, codes)
    inputs = build_inputs(chosen, START, UNTIL)
    found = compare_with_pysimlin(chosen, inputs)
    print(found.text(), flush=True)
    return {
        "municipalities": codes,
        "years": [START, UNTIL],
        **_summary(found),
        "unit complaints": pysimlin_unit_complaints(chosen, inputs),
    }


def _pysd(model: Model, inputs: xr.Dataset) -> dict[str, Any]:
    found = compare_with_pysd(model, inputs, PYSD_YEARS, data_variables=True)
    print(found.text(), flush=True)
    return {"years": [START, START + PYSD_YEARS], **_summary(found)}


def _summary(found: Agreement) -> dict[str, Any]:
    largest = sorted(found.differences.items(), key=lambda pair: -pair[1])[:KEPT]
    facts = asdict(found)
    return {
        "variables": len(found.differences),
        "steps": facts["steps"],
        "largest relative difference": found.worst,
        "largest": dict(largest),
        "missing": list(found.missing),
        "load seconds": round(found.load_seconds, 2),
        "run seconds": round(found.run_seconds, 2),
    }


if __name__ == "__main__":
    main()
