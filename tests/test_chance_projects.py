"""What befalls projects: later, smaller, stopped or closed, never before the moment the risks begin."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.inputs import build_inputs
from model.language import load_model
from scenarios.chance.projects import HORIZON, NEVER, SHARED, ProjectChance, stated_in
from scenarios.chance.risk import KINDS, read_risks
from scenarios.problems import ScenarioError


@pytest.fixture(scope="module")
def model():
    return load_model()


@pytest.fixture(scope="module")
def inputs(model):
    return build_inputs(model, 2024, 2050)


@pytest.fixture(scope="module")
def chance(inputs):
    return ProjectChance(read_risks([str(name) for name in inputs["project"].values]))


def _at(chance, name):
    return chance.risks.projects.index(name)


def _points(chance, count=400, seed=1):
    return np.random.default_rng(seed).random((count, len(chance.names)))


@pytest.fixture(scope="module")
def by_start(model):
    return {start: build_inputs(model, start, 2030) for start in (2010, 2024)}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([2010, 2024]))
def test_the_past_is_never_changed(by_start, chance, seed, start):
    inputs = by_start[start]
    drawn = chance.values(_points(chance, 20, seed), stated_in(inputs))
    begin = max(start + 1.0, HORIZON)
    past = inputs["time"].values < begin
    for name in ("project finance", "project scale"):
        assert (drawn[name][:, past] == inputs[name].values).all()
    begun = inputs["planned building start"].values < begin
    assert (drawn["project delay"][:, begun] == 0).all()
    for name in ("project stop time", "project closure time"):
        assert (drawn[name] >= begin).all()


def test_delays_are_never_negative_and_half_are_shorter_than_the_stated_median(inputs, chance):
    plan = stated_in(inputs).plan
    delay = chance.fates(_points(chance, 4000), plan).delay
    assert (delay >= 0).all()
    risks = chance.risks
    expected = risks.median_delay(plan.left)
    at = [_at(chance, name) for name in ("stegra", "hybrit", "per_geijer")]
    np.testing.assert_allclose(np.median(delay, axis=0)[at], expected[at], rtol=0.08)


def test_a_project_under_way_slows_so_that_it_opens_that_much_later(inputs, chance):
    points = _points(chance, 50)
    plan, at = stated_in(inputs).plan, _at(chance, "stegra")
    assert plan.begun[at]
    pace = chance.values(points, stated_in(inputs))["project finance"][:, -1, at]
    np.testing.assert_allclose(plan.left[at] / pace, plan.left[at] + chance.fates(points, plan).delay[:, at])


def test_stops_come_as_often_as_stated_and_before_the_opening(inputs, chance):
    plan = stated_in(inputs).plan
    fates = chance.fates(_points(chance, 4000), plan)
    opening = plan.opening + fates.delay
    for name in ("stegra", "hybrit", "lyten"):
        at = _at(chance, name)
        stopped = fates.stop[:, at] < NEVER
        waiting = np.minimum(opening[:, at] - plan.begin, chance.risks.stop_years)
        assert stopped.mean() == pytest.approx((1 - np.exp(-chance.risks.stop[at] * waiting)).mean(), abs=0.03)
        assert (fates.stop[stopped, at] <= opening[stopped, at]).all()
        closed = fates.closure[:, at] < NEVER
        assert (fates.closure[closed, at] >= opening[closed, at]).all()


def test_closures_come_at_the_stated_yearly_hazard(inputs, chance):
    plan, at = stated_in(inputs).plan, _at(chance, "kaunis_iron")
    closure = chance.fates(_points(chance, 8000), plan).closure[:, at]
    within = (closure < plan.begin + 10).mean()
    assert within == pytest.approx(1 - np.exp(-10 * chance.risks.closure), abs=0.02)


def test_projects_share_part_of_their_luck(inputs, chance):
    delay = chance.fates(_points(chance, 4000), stated_in(inputs).plan).delay
    hybrit, stegra = (np.argsort(np.argsort(delay[:, _at(chance, name)])) for name in ("hybrit", "stegra"))
    assert 0.5 * chance.risks.shared_luck < np.corrcoef(hybrit, stegra)[0, 1] < 1.5 * chance.risks.shared_luck


def test_good_luck_is_sooner_larger_and_lasting(inputs, chance):
    points = np.full((2, len(chance.names)), 0.5)
    points[:, chance.names.index(SHARED)] = (0.01, 0.99)
    fates = chance.fates(points, stated_in(inputs).plan)
    at = _at(chance, "hybrit")
    assert fates.delay[0, at] > fates.delay[1, at]
    assert fates.scale[0, at] < fates.scale[1, at]
    assert fates.closure[0, at] <= fates.closure[1, at]


def test_a_scenario_s_own_settings_are_kept(inputs, chance):
    changed = inputs.copy(deep=True)
    at = _at(chance, "stegra")
    changed["project stop time"][at] = 2026.0
    changed["project delay"][_at(chance, "hybrit")] = 2.0
    points = _points(chance, 50)
    before, after = chance.values(points, stated_in(inputs)), chance.values(points, stated_in(changed))
    assert (after["project stop time"][:, at] <= 2026).all()
    later = after["project delay"][:, _at(chance, "hybrit")] - before["project delay"][:, _at(chance, "hybrit")]
    assert (later >= 2).all()


def test_only_stated_risks_have_dimensions(chance):
    named = {name for name in chance.names if name != SHARED}
    stated = {
        f"{project}: {kind}"
        for kind, row in zip(KINDS, chance.risks.has, strict=True)
        for project, has in zip(chance.risks.projects, row, strict=True)
        if has
    }
    assert named == stated


def test_stop_and_closure_are_less_likely_than_not(inputs, chance):
    middle = chance.fates(np.full((1, len(chance.names)), 0.5), stated_in(inputs).plan)
    assert (middle.stop == NEVER).all()
    assert (middle.closure == NEVER).all()
    assert (middle.scale == 1).all()


def test_a_project_without_a_status_is_told():
    with pytest.raises(ScenarioError, match=r"'new_plant' of scenarios/projects.csv has no status"):
        read_risks(["stegra", "new_plant"])
