"""Priors: smooth, inside their ranges, medians where the model stands; what is held says why."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from calibration.priors import Prior, read_priors
from model.inputs import build_inputs
from model.language import load_model

WHOLE = st.floats(-6, 6)


@pytest.fixture(scope="module")
def model():
    return load_model()


@pytest.fixture(scope="module")
def inputs(model):
    return build_inputs(model, 2024, 2026)


@pytest.fixture(scope="module")
def priors(model):
    return read_priors(model)


def _one(low=-1.0, high=3.0, median=0.5, sigma=0.9):
    return Prior(*(np.array([number]) for number in (low, high, median, sigma)))


@given(st.floats(-50, 50), st.floats(0.1, 100), st.floats(0.01, 0.99), st.floats(0.1, 1.3), WHOLE)
def test_transform_stays_inside_and_is_undone_by_its_inverse(low, width, share, sigma, z):
    prior = _one(low, low + width, low + share * width, sigma)
    value = prior.transform([z])
    assert low <= value[0] <= low + width
    assert prior.inverse(value)[0] == pytest.approx(z, abs=1e-4)


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_quantiles_grow_and_the_middle_one_is_the_median(first, second):
    prior = _one()
    low, high = prior.quantile([[min(first, second)], [max(first, second)]])
    assert low[0] <= high[0]
    assert prior.quantile([0.5])[0] == pytest.approx(0.5)


def test_the_density_over_the_parameter_integrates_to_one():
    prior = _one()
    whole, _ = quad(lambda value: float(np.exp(prior.log_density_of([value])[0])), -1, 3)
    assert whole == pytest.approx(1, abs=1e-6)


def test_a_median_on_a_bound_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match=r"the median 3 of element 0 does not lie inside \[-1, 3\]"):
        _one(median=3.0)


def test_every_parameter_is_uncertain_held_with_a_reason_or_tied(model, priors):
    varied = {each.variable for each in priors.uncertain}
    for variable in model.variables.values():
        if variable.kind == "parameter":
            places = [variable.name in group for group in (varied, priors.fixed, priors.complements)]
            assert sum(places) == 1, variable.name
    assert all(len(reason) > 10 for reason in priors.fixed.values())


def test_better_sources_are_less_uncertain(priors):
    by_quality = {each.quality: each.sigma for each in priors.uncertain}
    spreads = [by_quality[quality] for quality in sorted(by_quality)]
    assert spreads == sorted(spreads)


def test_medians_are_the_model_s_values(priors, inputs):
    middle = priors.around(inputs).values(np.full((1, len(priors.uncertain)), 0.5))
    for name, values in middle.items():
        np.testing.assert_allclose(values[0], inputs[name].values, rtol=1e-9, err_msg=name)


def test_values_lie_within_the_equations_ranges_and_shares_sum_to_one(model, priors, inputs):
    points = np.random.default_rng(1).random((64, len(priors.uncertain)))
    drawn = priors.around(inputs).values(points)
    for name, values in drawn.items():
        variable = model.variables[name]
        if variable.kind == "parameter":
            low, high = variable.range
            assert values.min() >= low, name
            assert values.max() <= high, name
    np.testing.assert_allclose(drawn["county share of welfare"] + drawn["municipal share of welfare"], 1)


def test_a_value_that_a_scenario_puts_on_a_bound_stays_there(priors, inputs):
    changed = inputs.copy()
    changed["presence"] = 1.0  # the end of its range
    drawn = priors.around(changed).values(np.random.default_rng(2).random((8, len(priors.uncertain))))
    assert (drawn["presence"] == 1.0).all()
    assert np.unique(drawn["chain length"]).size == 8


def test_an_exception_for_an_unknown_parameter_is_refused(model, tmp_path):
    from calibration.priors.table import HERE

    for name in ("quality.csv", "exceptions.csv"):
        (tmp_path / name).write_text((HERE / name).read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / "exceptions.csv").open("a", encoding="utf-8") as file:
        file.write("no such thing,fixed,,,,a reason\n")
    with pytest.raises(ValueError, match="'no such thing' is not a variable of the model"):
        read_priors(model, tmp_path)
