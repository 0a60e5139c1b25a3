"""The model as JavaScript gives what the NumPy engine gives."""

from __future__ import annotations

import random

import numpy as np
import pytest

from model.engine import annual, simulate
from model.engine.script import emit_script
from model.engine.simulate import wanted_keys
from model.inputs import build_inputs
from outputs.glossary import GLOSSARY
from scenarios.apply import apply_or_raise
from scenarios.read import scenario_files
from scenarios.run import Order, prepare
from tests.engine_support import town, written
from tests.script_runs import input_values, run_script
from tests.test_engine_loops import CLOCKED
from tests.test_engine_semantics import PARAMETERS, expression

CLOSE = 1e-9
ROUGHLY = 1e-7  # random expressions magnify rounding
SMALL = 1e-9
"""Of a variable's largest number: what is smaller is a difference of two numbers that are all but equal."""


def apart(found, wanted):
    """The largest relative difference; infinite where one lacks a number that the other has."""
    a, b = np.ravel(found), np.ravel(wanted)
    if a.shape != b.shape or (np.isnan(a) != np.isnan(b)).any():
        return np.inf
    known = ~np.isnan(b) & (a != b)
    floor = SMALL * np.max(np.abs(b[~np.isnan(b)]), initial=0.0)
    return float(np.max(np.abs(a - b)[known] / np.maximum(np.abs(b[known]), floor), initial=0.0))


def yearly(model, inputs, keys):
    names = [model.variables[key].name for key in keys]
    found = annual(simulate(model, inputs, save=names))
    years = found["year"].size
    return {
        key: np.broadcast_to(found[key], (years, *model.shape(key))) if "year" not in found[key].dims else found[key]
        for key in keys
    }


@pytest.fixture(scope="module")
def outputs(fitted_model):
    """Every result that runs keep, with all variables of the model for one scenario."""
    from outputs.page.tables import rows

    return [fitted_model.variables[row["name"]].key for row in rows(GLOSSARY)]


@pytest.fixture(scope="module")
def fitted_model():
    return prepare(Order("reference")).model


def differing(changed, base):
    return {name: values for name, values in changed.items() if not np.array_equal(values, base[name])}


def test_every_scenario_of_the_library_is_the_same_in_javascript(fitted_model, outputs, tmp_path):
    model, inputs = fitted_model, {}
    for path in scenario_files():
        prepared = prepare(Order(str(path)))
        inputs[path.stem] = apply_or_raise(prepared.scenario, prepared.problems, model, prepared.inputs).inputs
    base = input_values(model, inputs["reference"])
    changed = {name: differing(input_values(model, each), base) for name, each in inputs.items()}
    settings = prepared.settings
    script = emit_script(model, outputs, (settings.start, settings.until))
    found = run_script(script, base, changed, tmp_path)
    worst = {
        (name, key): apart(found[name][key], values)
        for name, each in inputs.items()
        for key, values in yearly(model, each, outputs).items()
    }
    assert len(worst) == len(inputs) * len(outputs)
    assert {pair: error for pair, error in worst.items() if error > CLOSE} == {}


def test_every_variable_of_the_model_is_the_same_in_javascript(fitted_model, tmp_path):
    prepared = prepare(Order("flagships-fail", 2024, 2032))
    inputs = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs).inputs
    keys = wanted_keys(fitted_model, None)
    script = emit_script(fitted_model, keys, (2024, 2032))
    found = run_script(script, input_values(fitted_model, inputs), {"run": {}}, tmp_path)["run"]
    wanted = yearly(fitted_model, inputs, keys)
    assert set(found) == set(keys)
    assert {key: error for key in keys if (error := apart(found[key], wanted[key])) > 1e-8} == {}


def test_a_run_leaves_nothing_behind(fitted_model, tmp_path):
    prepared = prepare(Order("reference", 2024, 2030))
    inputs = apply_or_raise(prepared.scenario, [], prepared.model, prepared.inputs).inputs
    base = input_values(fitted_model, inputs)
    lower = {"quit rate": base["quit rate"] / 2, "commodity level": base["commodity level"] * 0.8}
    script = emit_script(fitted_model, ["total_population", "unemployed"], (2024, 2030))
    found = run_script(script, base, {"first": {}, "other": lower, "again": {}}, tmp_path)
    for key, values in found["first"].items():
        np.testing.assert_array_equal(found["again"][key], values)
        assert not np.array_equal(found["other"][key], values)


def compared(model, inputs, folder, tolerance):
    """Every stock and auxiliary of a model is NumPy's, relative to its largest value."""
    keys = wanted_keys(model, None)
    years = [round(float(inputs["time"][end])) - 1 for end in (0, -1)]
    script = emit_script(model, keys, (years[0], years[1]), float(inputs.attrs["step"]))
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
