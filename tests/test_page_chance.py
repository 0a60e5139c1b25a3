"""The what-if page draws the members of `sim.py ensemble`: Python's and those of the page's own source under Node."""

import json
import zlib
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from scipy.special import log_ndtr, ndtri

from outputs.page.chance import packed_chance
from scenarios.apply import apply_or_raise
from scenarios.chance import read_chance
from scenarios.run import Order, Prepared, prepare
from tests.page_support import UI, in_order, needs_node, run_script

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

[[levers]]
name = "project delay"
project = "reemap"
value = 3
from = 2030

[[assumptions]]
name = "presence"
multiply = 0.9

[[assumptions]]
name = "quit rate"
value = BOUND
"""


@pytest.fixture(scope="module")
def reference():
    return prepare(Order("reference", start=2024))


@pytest.fixture(scope="module")
def packed(reference):
    return packed_chance(read_chance(reference.model, reference.inputs, reference.fit), reference.fit)


def test_chance_takes_little_room(packed):
    arrays, plain = packed
    stored = b"".join(np.ascontiguousarray(values).tobytes() for values in arrays.values())
    assert len(zlib.compress(stored + json.dumps(plain).encode(), 9)) < LARGEST


@needs_node
def test_the_page_draws_the_members_of_an_ensemble(reference, packed, tmp_path):
    assert_same_members(reference, packed, reference.inputs, tmp_path)


@needs_node
def test_the_page_draws_the_members_of_a_longer_ensemble(tmp_path):
    """A calendar year has the same shocks wherever the run starts; projects are drawn from the horizon on."""
    longer = prepare(Order("reference", until=2030))
    packed = packed_chance(read_chance(longer.model, longer.inputs, longer.fit), longer.fit)
    assert_same_members(longer, packed, longer.inputs, tmp_path)


@needs_node
def test_without_a_fit_the_page_draws_from_the_priors(tmp_path):
    unfitted = prepare(Order("reference", start=2024, until=2030, fit="none"))
    packed = packed_chance(read_chance(unfitted.model, unfitted.inputs), None)
    assert_same_members(unfitted, packed, unfitted.inputs, tmp_path)


@needs_node
def test_the_page_draws_the_members_around_a_changed_scenario(reference, packed, tmp_path):
    """A number on its bound stays there, projects start from what is stated, medians are the changed ones."""
    (low, _) = reference.model.variables["quit rate"].range
    file = tmp_path / "changed.toml"
    file.write_text(CHANGED.replace("BOUND", str(low)), encoding="utf-8")
    changed = prepare(Order(str(file), start=2024))
    applied = apply_or_raise(changed.scenario, changed.problems, changed.model, changed.inputs)
    assert read_chance(reference.model, applied.inputs, reference.fit).around.held == ["quit rate"]
    assert_same_members(reference, packed, applied.inputs, tmp_path)


def assert_same_members(base: Prepared, packed, inputs: xr.Dataset, folder: Path) -> None:
    """Every input of every member is the same to 1e-9."""
    drawn = read_chance(base.model, inputs, base.fit).draw(SEED, DRAWN)
    names = sorted(drawn)
    found = members_of_page(base.inputs, packed, inputs, names, folder)
    for member, row in zip(DRAWN, found, strict=True):
        ends = np.cumsum([drawn[name][member].size for name in names])
        for name, values in zip(names, np.split(row, ends[:-1]), strict=True):
            expected = drawn[name][member].ravel()
            np.testing.assert_allclose(values, expected, rtol=1e-9, atol=1e-12, err_msg=name)


def members_of_page(base: xr.Dataset, packed, inputs: xr.Dataset, names: list[str], folder: Path) -> np.ndarray:
    """What the page's source draws: the numbers of all inputs by member."""
    arrays, plain = packed
    needed = sorted({*names, *STATED})
    changed = [name for name in needed if not base[name].broadcast_like(inputs[name]).equals(inputs[name])]
    header = {
        "chance": plain,
        "changed": changed,
        "timed": [f"changed {name}" for name in changed if "time" in inputs[name].dims],
        "drawn": list(DRAWN),
        "names": names,
    }
    given = {f"base {name}": in_order(base[name]) for name in needed}
    given |= {f"changed {name}": in_order(inputs[name]) for name in changed}
    out = run_script("draw-members.ts", header, {**arrays, **given, "times": in_order(base["time"])}, folder)
    return np.fromfile(out).reshape(len(DRAWN), -1)


def test_the_page_is_tested_against_numpy_and_scipy():
    """ui/tests/worker/normal.json."""
    known = json.loads((UI / "tests" / "worker" / "normal.json").read_text(encoding="utf-8"))
    np.testing.assert_allclose(known["inverse"], ndtri(known["shares"]), rtol=1e-14)
    np.testing.assert_allclose(known["logShare"], log_ndtr(known["points"]), rtol=1e-14)
    for case in known["philox"]:
        bits = np.random.Philox(key=np.array([case["seed"], case["stream"]], dtype=np.uint64))
        bits.advance(case["place"])
        assert case["numbers"] == np.random.Generator(bits).random(len(case["numbers"])).tolist()
