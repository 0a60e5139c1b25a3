"""The what-if page lays changes on the inputs as scenarios do, to the last bit."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from outputs.page.meta import DIMENSIONS, change_of_all
from outputs.page.order import Ground, PageOrder, ground_of, placed_in
from scenarios.apply import apply, step_times
from scenarios.compose import compose
from scenarios.ramps import Ramp
from scenarios.read import Scenario, scenario_files
from tests.page_support import UI, in_order, needs_node, run_script

INPUTS = ("lever", "parameter", "given")
TRIALS, SEED = 60, 1
HEADER = """
title = { sv = "Prov", en = "Trial" }
author = "Norrsim"
date = 2026-01-01
source = "Prov."
baseline = "reference"
description = { sv = "Prov.", en = "Trial." }

[settings]
start = 2024
"""
CHANGED = (
    ("levers", "plan to building start", ("municipality",)),
    ("levers", "reception capacity", ("municipality",)),
    ("levers", "equalisation guarantee", ()),
    ("levers", "project finance", ("project",)),
    ("levers", "job noise", ("industry", "municipality")),
    ("assumptions", "building level", ("municipality",)),
    ("assumptions", "presence", ()),
    ("assumptions", "mortality decline", ("sex", "age")),
)
WORDS = {
    "municipality": ('"Kiruna"', '"Norrbotten"', '["Luleå", "Boden"]', '"FA Umeå"'),
    "project": ('"stegra"', '["hybrit", "viscaria"]'),
    "industry": ('"construction"', '["basic", "other"]'),
    "sex": ('"women"', '"all"'),
    "age": ('"18-24"', "[0, 100]"),
}
FATES = ("delay = 2", "scale = 0.6", "stop = 2031", "closure = 2045.5")


@pytest.fixture(scope="module")
def ground():
    return ground_of(PageOrder("reference", Path("page")))


@needs_node
def test_the_library_is_laid_on_the_base_as_scenarios_are(ground, tmp_path):
    composed = [compose(str(path)) for path in scenario_files()]
    scenarios = [
        one for one, problems in composed if not problems and one.baseline and one.baseline.name == "reference"
    ]
    assert scenarios
    assert_laid_alike(ground, scenarios, tmp_path)


@needs_node
def test_changes_of_every_kind_are_laid_or_refused_as_scenarios_are(ground, tmp_path):
    rng = np.random.default_rng(SEED)
    scenarios = [trial(rng, tmp_path / f"trial-{number}.toml") for number in range(TRIALS)]
    alike = assert_laid_alike(ground, scenarios, tmp_path)
    assert TRIALS / 4 < alike < TRIALS, "some are to be laid and some refused"


def trial(rng: np.random.Generator, file: Path) -> Scenario:
    """A scenario of a few changes drawn at random."""
    parts = [change(rng) for _ in range(rng.integers(1, 4))]
    fates = "\n".join(rng.choice(FATES, rng.integers(1, 3), replace=False))
    parts += [f'[[projects]]\nname = "{rng.choice(["stegra", "lyten"])}"\n{fates}\n'] if rng.random() < 0.5 else []
    file.write_text(HEADER + "\n".join(parts), encoding="utf-8")
    scenario, problems = compose(str(file))
    assert not problems
    return scenario


def change(rng: np.random.Generator) -> str:
    table, name, dims = CHANGED[rng.integers(len(CHANGED))]
    way, low, high = (("value", 0.7, 1.3), ("add", -0.1, 0.1), ("multiply", 0.8, 1.4))[rng.integers(3)]
    lines = [f"[[{table}]]", f'name = "{name}"', f"{way} = {rng.uniform(low, high):.3f}"]
    lines += [f"{dim} = {rng.choice(WORDS[dim])}" for dim in dims if rng.random() < 0.7]
    if table == "levers":
        begin = round(rng.uniform(2024, 2048), 1)
        lines += [f"from = {begin}"] if rng.random() < 0.6 else []
        lines += [f"until = {int(begin) + rng.integers(0, 9)}"] if rng.random() < 0.5 else []
        lines += [f"ramp = {rng.uniform(0, 4):.1f}"] if rng.random() < 0.6 else []
    return "\n".join(lines) + "\n"


def assert_laid_alike(ground: Ground, scenarios: list[Scenario], folder: Path) -> int:
    """The page's source gives the same inputs as `apply`, or refuses what it refuses; how many were laid."""
    prepared = ground.prepared
    applied = [apply(scenario, prepared.model, prepared.inputs) for scenario in scenarios]
    told, numbers = laid_by_page(ground, scenarios, folder)
    at = 0
    for scenario, mine, page in zip(scenarios, applied, told, strict=True):
        assert bool(mine.problems) == bool(page["problems"]), (scenario.path.name, mine.problems, page["problems"])
        for each in page["changed"]:
            expected = in_order(mine.inputs[each["name"]])
            shape = expected.shape if each["timed"] else prepared.inputs[each["name"]].shape
            size = int(np.prod(shape))
            found = np.broadcast_to(numbers[at : at + size].reshape(shape), expected.shape)
            assert np.array_equal(found, expected), (scenario.path.name, each["name"])
            at += size
    return sum(not mine.problems for mine in applied)


def laid_by_page(ground: Ground, scenarios: list[Scenario], folder: Path) -> tuple[list[dict[str, Any]], np.ndarray]:
    """What the page's source makes of the scenarios: what is changed or why not, and all numbers in a row."""
    model, inputs = ground.prepared.model, ground.prepared.inputs
    variables = [variable for variable in model.variables.values() if variable.kind in INPUTS]
    header = {
        "dims": {dim: [str(label) for label in model.coordinates(dim)] for dim in DIMENSIONS},
        "inputs": {
            each.name: {"kind": each.kind, "dims": each.dims, "shape": model.shape(each.name)}
            | ({"range": each.range} if each.range else {})
            for each in variables
        },
        "start": ground.prepared.settings.start,
        "until": ground.prepared.settings.until,
        "sets": [change_of_all(placed_in(scenario, ground.prepared, inputs)) for scenario in scenarios],
    }
    arrays = {f"base {each.name}": in_order(inputs[each.name]) for each in variables}
    out = run_script("lay-changes.ts", header, {**arrays, "times": step_times(inputs)}, folder)
    return json.loads(out.read_text(encoding="utf-8")), np.fromfile(f"{out}.numbers")


def test_the_page_is_tested_against_the_ramps_of_scenarios():
    """ui/tests/worker/ramps.json."""
    known = json.loads((UI / "tests" / "worker" / "ramps.json").read_text(encoding="utf-8"))
    for case in known["cases"]:
        weights = Ramp(case["from"], case["until"], float(case["ramp"])).weight(np.array(known["times"]))
        assert case["weights"] == weights.tolist()
