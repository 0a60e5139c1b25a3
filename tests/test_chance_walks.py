"""Shocks of jobs and prices in an ensemble: keyed, neutral on average, growing from the run's start."""

import numpy as np
import pytest

from calibration.process_noise import JOBS, OF_PLACES, PRICES, WALKS, kind_of, read_sizes, read_walks
from model.language import load_model
from scenarios.chance.noise import Noise
from scenarios.chance.walks import BEHIND, JOB_LEVER, PLACE, PRICE_LEVER, Walking

INDUSTRIES = ("basic", "construction", "services", "welfare", "other")
MANY = range(1500)


@pytest.fixture(scope="module")
def sizes():
    return read_walks()


@pytest.fixture(scope="module")
def walking(sizes):
    return Walking(sizes, 2025, 2034, INDUSTRIES, sizes.codes)


@pytest.fixture(scope="module")
def drawn(walking):
    return walking.draw(1, MANY)


def test_industries_are_the_model_s():
    assert tuple(load_model().coordinates("industry")) == INDUSTRIES


def test_shocks_change_nothing_on_average(drawn):
    small = [kind for kind in WALKS if kind != PRICES]
    for kind in small:
        np.testing.assert_allclose(np.exp(drawn[:, :, WALKS.index(kind)]).mean(), 1, atol=0.01, err_msg=kind)
    np.testing.assert_allclose(np.exp(drawn[:, :, WALKS.index(PRICES)]).mean(), 1, atol=0.03)


def test_shocks_stray_further_the_longer_ago_the_run_began(drawn):
    for i, kind in enumerate(WALKS):
        spread = drawn[:, [0, 2, 9], i].std(0).mean(1)
        assert spread[0] < spread[1], kind
        assert spread[1] < 1.05 * spread[2], kind


def test_after_long_a_shock_has_strayed_as_two_moments_apart(sizes):
    walking = Walking(sizes, 2025, 2064, INDUSTRIES, sizes.codes)
    at_end = walking.draw(2, MANY)[:, -1, WALKS.index(JOBS)]
    both = np.sqrt(sizes.common[0] ** 2 + sizes.local[0] ** 2)
    # What was seen at the start varies less than the shocks behind it, so that the whole is below root two.
    assert (at_end.std(0) > 1.1 * both).all()
    assert (at_end.std(0) < 1.45 * both).all()


def test_a_member_is_the_same_whatever_range_and_length_it_is_asked_in(sizes, walking):
    longer = Walking(sizes, 2025, 2049, INDUSTRIES, sizes.codes)
    alone, among = walking.draw(7, range(5, 6)), longer.draw(7, range(3, 9))
    np.testing.assert_allclose(alone[0], among[2, :10], rtol=0, atol=1e-12)
    assert not np.array_equal(walking.draw(8, range(5, 6)), alone)


def test_a_calendar_year_s_new_shock_does_not_depend_on_the_year_the_run_starts(sizes):
    early, late = (Walking(sizes, first, 2030, INDUSTRIES, sizes.codes).draw(3, MANY) for first in (2021, 2025))
    one, two = (paths[:, -1, WALKS.index(JOBS), 3] - paths[:, -2, WALKS.index(JOBS), 3] for paths in (early, late))
    assert np.corrcoef(one, two)[0, 1] > 0.999


def test_shocks_of_events_are_drawn_from_other_numbers(drawn):
    events = Noise(read_sizes(), 2025, 2034, read_sizes().codes).draw(1, MANY)
    for kind in range(events.shape[2]):
        together = np.corrcoef(events[:, 0, kind, 4], drawn[:, 0, 0, 4])[0, 1]
        assert abs(together) < 0.1
    assert 2**40 + events[0].size < PLACE
    assert BEHIND >= 12


def test_places_differ_only_in_what_is_known_of_them(drawn):
    for i, kind in enumerate(WALKS):
        alike = np.allclose(drawn[:, :, i, 0], drawn[:, :, i, 20])
        assert alike == (kind not in OF_PLACES), kind


def test_a_village_s_jobs_stray_more_than_a_city_s(sizes):
    village, city = sizes.codes.index("2403"), sizes.codes.index("2480")
    for kind in (JOBS, kind_of("basic")):
        assert sizes.local[WALKS.index(kind), village] > 1.2 * sizes.local[WALKS.index(kind), city]


def test_industries_of_a_place_share_its_luck(walking):
    times = np.arange(2025.0, 2035.0 + 1e-9, 0.25)
    levers = walking.levers(1, MANY, times)
    assert levers[JOB_LEVER].shape == (len(MANY), len(times), len(INDUSTRIES), 29)
    assert levers[PRICE_LEVER].shape == (len(MANY), len(times), 29)
    at_end = levers[JOB_LEVER][:, -1, :, walking.codes.index("2403")]
    assert np.corrcoef(at_end[:, 2], at_end[:, 3])[0, 1] > 0.4
    steady = levers[JOB_LEVER][:, :4]
    assert np.array_equal(steady[:, 0], steady[:, 3])  # one shock a year
    assert np.array_equal(levers[JOB_LEVER][:, -1], levers[JOB_LEVER][:, -2])  # the last moment begins no year


def test_quiet_levers_have_the_shapes_of_drawn_ones(walking):
    times = np.arange(2025.0, 2027.25, 0.25)
    quiet, drawn = walking.quiet(3, times), walking.levers(1, range(3), times)
    assert quiet.keys() == drawn.keys()
    for name, values in quiet.items():
        assert values.shape == drawn[name].shape
        assert not values.any()
