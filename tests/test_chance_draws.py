"""What an ensemble draws: the same for every scenario and range, medians in the middle, the past untouched."""

import json
import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.process_noise import read_sizes
from model.inputs import build_inputs
from model.language import load_model
from scenarios.chance import read_chance
from scenarios.chance.noise import LEVERS, Noise
from scenarios.problems import ScenarioError

NEVER = 9999


@pytest.fixture(scope="module")
def model():
    return load_model()


@pytest.fixture(scope="module")
def inputs(model):
    return build_inputs(model, 2024, 2030)


@pytest.fixture(scope="module")
def chance(model, inputs):
    return read_chance(model, inputs)


def _same(first, second):
    assert first.keys() == second.keys()
    for name in first:
        np.testing.assert_array_equal(first[name], second[name], err_msg=name)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**40), st.integers(0, 300), st.integers(1, 5), st.integers(0, 4))
def test_a_member_is_the_same_whatever_range_it_is_asked_in(chance, seed, first, count, before):
    start = max(first - before, 0)
    wide, narrow = chance.draw(seed, range(start, first + count)), chance.draw(seed, range(first, first + count))
    _same({name: values[first - start :] for name, values in wide.items()}, narrow)


def test_seeds_and_members_differ(chance):
    one, two = chance.draw(1, range(2)), chance.draw(2, range(2))
    for name in ("chain length", "moves in noise"):
        assert not np.array_equal(one[name], two[name])
        assert not np.array_equal(one[name][0], one[name][1])


def test_scenarios_share_their_chance(model, inputs, chance):
    changed = inputs.copy()
    changed["chain length"] = 3.0
    changed["project scale"] = inputs["project scale"] * 0.5
    other = read_chance(model, changed)
    first, second = chance.draw(7, range(20)), other.draw(7, range(20))
    apart = {name for name in first if not np.array_equal(first[name], second[name])}
    assert apart == {"chain length", "project scale"}
    np.testing.assert_allclose(second["project scale"], first["project scale"] / 2)
    order = np.argsort(first["chain length"])
    np.testing.assert_array_equal(order, np.argsort(second["chain length"]))


def test_a_longer_run_begins_with_the_same_shocks(model, chance):
    longer = read_chance(model, build_inputs(model, 2024, 2033)).draw(3, range(4))
    shorter = chance.draw(3, range(4))
    for name in LEVERS.values():
        steps = shorter[name].shape[1] - 1
        np.testing.assert_array_equal(shorter[name][:, :steps], longer[name][:, :steps])


def test_the_draws_are_what_the_model_can_vary(model, inputs, chance):
    drawn = chance.draw(1, range(3))
    assert tuple(sorted(drawn)) == chance.varied
    for name, values in drawn.items():
        shape = model.shape(name)
        with_time = (inputs.sizes["time"], *shape)
        assert values.shape[1:] in (shape, with_time), name
        assert values.shape[1:] == shape or model.variables[name].kind == "lever", name
        assert np.isfinite(values).all(), name


def test_the_middle_of_the_cube_is_the_scenario_without_shocks(inputs, chance):
    middle = chance.from_unit(np.full((1, len(chance.factors)), 0.5))
    assert tuple(sorted(middle)) == chance.varied
    for name, values in middle.items():
        if name not in ("project delay", "project finance"):  # every plan is expected to slip
            target = np.broadcast_to(inputs[name].values, values[0].shape)
            np.testing.assert_allclose(values[0], target, rtol=1e-9, err_msg=name)


def test_factors_are_the_dimensions_in_their_order(chance):
    assert tuple(factor.name for factor in chance.factors) == chance.names
    assert len(set(chance.names)) == len(chance.names)
    for factor in chance.factors:
        assert factor.label_en
        assert factor.label_sv
        assert min(factor.low, factor.high) <= factor.median <= max(factor.low, factor.high), factor


def test_ends_of_the_cube_are_drawn_as_if_just_inside(chance):
    size = len(chance.factors)
    for name, values in chance.from_unit(np.array([np.zeros(size), np.ones(size)])).items():
        assert np.isfinite(values).all(), name


def test_the_record_is_plain_data_and_names_what_is_held(chance):
    record = json.loads(json.dumps(chance.record()))
    assert record["dimensions"] == list(chance.names)
    assert "jobs per worker" in record["held"]
    assert all(len(digest) == 64 for digest in record["tables"].values())


def test_chance_travels_light_to_other_processes(chance):
    packed = pickle.dumps(chance)
    assert len(packed) < 1_000_000
    _same(pickle.loads(packed).draw(4, range(3)), chance.draw(4, range(3)))


@pytest.mark.parametrize(("seed", "members"), [(-1, range(3)), (2**64, range(3)), (1, range(0, 9, 2))])
def test_impossible_seeds_and_members_are_told(chance, seed, members):
    with pytest.raises(ScenarioError, match=r"is not a seed|members are numbered"):
        chance.draw(seed, members)


def test_shocks_change_nothing_on_average_and_last_as_estimated():
    sizes = read_sizes()
    drawn = Noise(sizes, 2025, 2034, sizes.codes).draw(1, range(1500))
    np.testing.assert_allclose(np.exp(drawn).mean((0, 1, 3)), 1, atol=0.02)
    for kind in (1, 2, 3):  # those that begin in their long-run spread
        parts = (sizes.common[kind], sizes.local[kind], sizes.yearly[kind], sizes.level[kind])
        expected = np.sqrt(sum(part**2 for part in parts))
        np.testing.assert_allclose(drawn[:, 0, kind].std(0), expected, rtol=0.12)
    assert drawn[:, 0, 0].std() < drawn[:, -1, 0].std()  # births wander away from the last year known


def test_common_shocks_hit_all_and_moves_in_and_out_go_together():
    sizes = read_sizes()
    drawn = Noise(sizes, 2025, 2026, sizes.codes).draw(2, range(2000))[:, 0]
    between = np.asarray(np.corrcoef(drawn[:, 3].T))
    share = sizes.common[3] ** 2 / drawn[:, 3].var(0)
    places = [sizes.codes.index("2480"), sizes.codes.index("2580")]
    assert between[places[0], places[1]] == pytest.approx(np.sqrt(share[places[0]] * share[places[1]]), abs=0.08)
    inward, outward = (drawn[:, kind, places[0]] for kind in (2, 3))
    assert float(np.mean(inward * outward)) > 0.2 * float(inward.std() * outward.std())


def test_a_village_s_shocks_are_larger_than_a_city_s():
    sizes = read_sizes()
    village, city = sizes.codes.index("2425"), sizes.codes.index("2480")
    total = np.sqrt(sizes.local**2 + sizes.yearly**2)
    assert (total[:, village] > 1.3 * total[:, city]).all()


def test_a_calendar_year_s_shocks_do_not_depend_on_the_year_the_run_starts():
    sizes = read_sizes()
    quiet = replace(sizes, local=0 * sizes.local, common=0 * sizes.common)  # only what depends on one year alone
    early, late = (Noise(quiet, first, 2030, sizes.codes).draw(5, range(3)) for first in (2011, 2025))
    np.testing.assert_array_equal(early[:, -late.shape[1] :], late)
