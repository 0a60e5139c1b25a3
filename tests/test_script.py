"""The model as JavaScript gives what the NumPy engine gives."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from model.engine.script import emit_script
from model.engine.script.agreement import RECORD, apart, input_values, library, result_keys, run_script, yearly
from model.engine.simulate import wanted_keys
from model.inputs import build_inputs
from scenarios.apply import apply_or_raise
from scenarios.read import scenario_files
from scenarios.run import Order, prepare
from tests.engine_support import town, written
from tests.test_engine_loops import CLOCKED
from tests.test_engine_semantics import PARAMETERS, expression

CLOSE = 1e-9
ROUGHLY = 1e-7  # random expressions magnify rounding
QUICK = ("reference", "flagships-fail", "norrbotniabanan-late")
"""Levers in place and time, fates of projects, assumptions."""


@pytest.fixture(scope="module")
def fitted():
    """The model and its fitted inputs from 2024 on, with a scenario in force."""
    prepared = prepare(Order("flagships-fail", 2024, 2032))
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    return prepared.model, applied.inputs


def too_far(found):
    return {(name, key): error for name, each in found.items() for key, error in each.items() if error > CLOSE}


def test_scenarios_are_the_same_in_javascript(fitted, tmp_path):
    keys = result_keys(fitted[0])
    found = library(keys, tmp_path, QUICK)
    assert {name: len(each) for name, each in found.items()} == dict.fromkeys(QUICK, len(keys))
    assert too_far(found) == {}


@pytest.mark.slow
def test_every_scenario_of_the_library_is_the_same_in_javascript(fitted, tmp_path):
    assert too_far(library(result_keys(fitted[0]), tmp_path)) == {}


def test_the_record_of_all_scenarios_is_of_these_equations(fitted):
    model, record = fitted[0], json.loads(RECORD.read_text(encoding="utf-8"))
    assert record["model"] == model.hash, "python -m model.engine.script.agreement"
    assert set(record["scenarios"]) == {path.stem for path in scenario_files()}
    assert record["results"] == len(result_keys(model))
    assert max(each["apart"] for each in record["scenarios"].values()) <= CLOSE


def test_every_variable_of_the_model_is_the_same_in_javascript(fitted, tmp_path):
    model, inputs = fitted
    keys = wanted_keys(model, None)
    found = run_script(emit_script(model, keys, (2024, 2032)), input_values(model, inputs), {"run": {}}, tmp_path)[
        "run"
    ]
    wanted = yearly(model, inputs, keys)
    assert set(found) == set(keys)
    # 'ageing' is the difference of neighbouring ages, which cancels all but the last digits
    assert {key: error for key in keys if (error := apart(found[key], wanted[key])) > 10 * CLOSE} == {}


def test_a_run_leaves_nothing_behind(fitted, tmp_path):
    model, inputs = fitted
    base = input_values(model, inputs)
    lower = {"quit rate": base["quit rate"] / 2, "commodity level": base["commodity level"] * 0.8}
    other = {"road standard": base["road standard"] * 0.9, "project delay": base["project delay"] + 1}
    runs = {"first": {}, "lower": lower, "other": other, "again": {}, "both": lower | other, "lower again": lower}
    script = emit_script(model, ["total_population", "unemployed"], (2024, 2032))
    found = run_script(script, base, runs, tmp_path)
    alone = {name: run_script(script, base, {name: changed}, tmp_path)[name] for name, changed in runs.items()}
    for key, values in found["first"].items():
        np.testing.assert_array_equal(found["again"][key], values)
        assert len({found[name][key].tobytes() for name in ("first", "lower", "other", "both")}) == 4
        for name in runs:
            np.testing.assert_array_equal(found[name][key], alone[name][key], err_msg=name)


def compared(model, inputs, folder, tolerance):
    """Every stock and auxiliary of a model is NumPy's, relative to its largest value."""
    keys = wanted_keys(model, None)
    first, last = (round(float(inputs["time"][end])) - 1 for end in (0, -1))
    script = emit_script(model, keys, (first, last), float(inputs.attrs["step"]))
    found = run_script(script, input_values(model, inputs), {"run": {}}, folder)["run"]
    for key, values in yearly(model, inputs, keys).items():
        wanted = np.ravel(values)
        size = float(np.max(np.abs(wanted), where=np.isfinite(wanted), initial=0.0))
        np.testing.assert_allclose(found[key], wanted, rtol=tolerance, atol=tolerance * size, err_msg=key)


def test_a_town_in_javascript_is_what_numpy_makes_of_it(tmp_path):
    compared(*town(), tmp_path, CLOSE)


@pytest.mark.parametrize("seed", range(3))
def test_random_expressions_in_javascript_are_what_numpy_makes_of_them(tmp_path, seed):
    draw = random.Random(seed)
    lines = [f"x{n}[place] = {expression(draw, 3)} ~ dmnl ~ Random. |" for n in range(12)]
    model = written(tmp_path, PARAMETERS + "\n".join(lines))
    compared(model, build_inputs(model, 2010, 2013), tmp_path, ROUGHLY)


def test_clocked_functions_and_delays_in_javascript_are_what_numpy_makes_of_them(tmp_path):
    model = written(tmp_path, PARAMETERS + CLOCKED)
    compared(model, build_inputs(model, 2010, 2016), tmp_path, CLOSE)
