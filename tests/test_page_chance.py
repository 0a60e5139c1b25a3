"""The what-if page draws the members of `sim.py ensemble`: Python's and those of the page's own source under Node."""

import json
import shutil
import subprocess
import zlib
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from outputs.page.chance import packed_chance
from scenarios.apply import apply_or_raise
from scenarios.chance import read_chance
from scenarios.run import Order, Prepared, prepare

UI = Path(__file__).resolve().parents[1] / "outputs" / "page" / "ui"
LARGEST = 130_000
"""Bytes that chance may take of the page's data once deflated."""
SEED, DRAWN = 1, range(3)
STATED = ("planned building start", "planned building time")
CHANGED = """
title = { sv = "Prov", en = "Trial" }
author = "Norrsim"
date = 2026-01-01
source = "Prov."
baseline = "reference"
description = { sv = "Prov.", en = "Trial." }

[[projects]]
name = "stegra"
delay = 2
closure = 2041

[[projects]]
name = "hybrit"
scale = 0.5

[[levers]]
name = "project finance"
project = "viscaria"
value = 0.4
from = 2027
until = 2030
ramp = 1.5

[[assumptions]]
name = "presence"
multiply = 0.9

[[assumptions]]
name = "quit rate"
value = BOUND
"""

needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (UI / "node_modules" / "tsx").is_dir(),
    reason="needs Node and the page's packages: npm ci in outputs/page/ui",
)


@pytest.fixture(scope="module")
def reference():
    return prepare(Order("reference"))


@pytest.fixture(scope="module")
def packed(reference):
    return packed_chance(read_chance(reference.model, reference.inputs, reference.fit), reference.fit)


def test_chance_takes_little_room(packed):
    arrays, plain = packed
    stored = b"".join(np.ascontiguousarray(values).tobytes() for values in arrays.values())
    assert len(zlib.compress(stored + json.dumps(plain).encode(), 9)) < LARGEST


@needs_node
def test_the_page_draws_the_members_of_an_ensemble(reference, packed, tmp_path):
    applied = apply_or_raise(reference.scenario, reference.problems, reference.model, reference.inputs)
    assert_same_members(reference, packed, applied.inputs, tmp_path)


@needs_node
def test_the_page_draws_the_members_around_a_changed_scenario(reference, packed, tmp_path):
    """A number on its bound stays there, projects start from what is stated, medians are the changed ones."""
    (low, _) = reference.model.variables["quit rate"].range
    file = tmp_path / "changed.toml"
    file.write_text(CHANGED.replace("BOUND", str(low)), encoding="utf-8")
    changed = prepare(Order(str(file)))
    applied = apply_or_raise(changed.scenario, changed.problems, changed.model, changed.inputs)
    assert read_chance(reference.model, applied.inputs, reference.fit).around.held == ["quit rate"]
    assert_same_members(reference, packed, applied.inputs, tmp_path)


def assert_same_members(reference: Prepared, packed, inputs: xr.Dataset, folder: Path) -> None:
    """Every input of every member is the same to 1e-9."""
    drawn = read_chance(reference.model, inputs, reference.fit).draw(SEED, DRAWN)
    found = members_of_page(reference.inputs, packed, inputs, drawn, folder)
    for name, values in drawn.items():
        whole = np.concatenate([found[member][name] for member in DRAWN])
        np.testing.assert_allclose(whole, values.ravel(), rtol=1e-9, atol=1e-12, err_msg=name)


def members_of_page(base: xr.Dataset, packed, inputs: xr.Dataset, drawn, folder: Path):
    """What the page's source draws: numbers by name of each member."""
    arrays, plain = dict(packed[0]), packed[1]
    names = sorted({*drawn, *STATED})
    arrays["times"] = base["time"].to_numpy().astype(np.float64)
    arrays |= {f"base {name}": in_order(base[name]) for name in names}
    changed = [name for name in names if not base[name].broadcast_like(inputs[name]).equals(inputs[name])]
    arrays |= {f"changed {name}": in_order(inputs[name]) for name in changed}
    timed = [f"changed {name}" for name in changed if "time" in inputs[name].dims]
    header = {"chance": plain, "changed": changed, "timed": timed, "drawn": list(DRAWN), "names": sorted(drawn)}
    source, out = folder / "payload", folder / "drawn"
    source.write_bytes(payload(header, arrays))
    command = ["node", "--import", "tsx", "tests/worker/draw-members.ts", str(source), str(out)]
    subprocess.run(command, cwd=UI, check=True, capture_output=True, text=True)
    sizes = [drawn[name][0].size for name in sorted(drawn)]
    numbers = np.fromfile(out).reshape(len(DRAWN), -1)
    return [dict(zip(sorted(drawn), np.split(row, np.cumsum(sizes)[:-1]), strict=True)) for row in numbers]


def in_order(values: xr.DataArray) -> np.ndarray:
    """The numbers with time first."""
    dims = ["time"] if "time" in values.dims else []
    return values.transpose(*dims, ...).to_numpy().astype(np.float64)


def payload(header: dict[str, object], arrays: dict[str, np.ndarray]) -> bytes:
    """Plain data and arrays as the page reads them, before they are deflated."""
    entries, parts, at = {}, [], 0
    for name, values in arrays.items():
        part = np.ascontiguousarray(values).tobytes()
        kind = f"{values.dtype.kind}{values.dtype.itemsize}"
        entries[name] = {"at": at, "shape": list(values.shape), "dtype": kind}
        parts.append(part + bytes(-len(part) % 8))
        at += len(parts[-1])
    text = json.dumps(header | {"arrays": entries}).encode()
    return len(text).to_bytes(4, "little") + text + bytes(-(len(text) + 4) % 8) + b"".join(parts)
