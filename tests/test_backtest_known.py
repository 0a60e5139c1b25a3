"""The leak law, and the ages that a backtest starts from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calibration.backtest.ages import estimate_ages
from calibration.backtest.history import History, read_history
from calibration.backtest.known import known_at
from calibration.backtest.levels import BOTH, COUNTY, Level, net_levels, pooled_rates
from calibration.backtest.methods import CORE, HORIZON, METHODS, CohortComponent
from tests.backtest_support import changed_from

FIVE = [slice(low, low + 5) for low in range(0, 85, 5)] + [slice(85, None)]


@pytest.fixture(scope="module")
def history() -> History:
    return read_history()


@pytest.mark.parametrize("origin", [1999, 2012, 2021])
def test_later_figures_leave_every_forecast_as_it_is(history: History, origin: int) -> None:
    known, otherwise = known_at(history, origin), known_at(changed_from(history, origin + 1), origin)
    for method in METHODS.values():
        assert np.array_equal(method(known), method(otherwise))


@pytest.mark.parametrize("year", [2003, 2016, 2021])
def test_ages_of_a_year_are_made_of_that_year_and_earlier_ones(history: History, year: int) -> None:
    whole, otherwise = estimate_ages(history), estimate_ages(changed_from(history, year + 1))
    row = history.at(year)
    assert np.array_equal(whole.people[: row + 1], otherwise.people[: row + 1])
    assert not np.array_equal(whole.people[row + 1], otherwise.people[row + 1])


def test_figures_of_the_origin_do_change_forecasts(history: History) -> None:
    known, otherwise = known_at(history, 2015), known_at(changed_from(history, 2015), 2015)
    for method in METHODS.values():
        assert not np.array_equal(method(known), method(otherwise))


def test_an_origin_after_the_last_year_is_refused(history: History) -> None:
    with pytest.raises(ValueError, match="origin 2030: the history ends in 2024"):
        known_at(history, 2030)


def test_ages_meet_the_published_totals(history: History) -> None:
    people = estimate_ages(history).people
    assert people.sum((1, 2)) == pytest.approx(history.population)
    assert (people >= 0).all()


def test_published_ages_are_taken(history: History) -> None:
    people, published = estimate_ages(history).people, history.single_ages
    known = np.isfinite(published)
    assert np.array_equal(people[known], published[known])
    assert known[history.at(2010) : history.at(2019) + 1].all()


def test_bridged_ages_are_near_those_published_later(history: History) -> None:
    hidden = history.single_ages.copy()
    hidden[history.at(2020) :] = np.nan
    row = history.at(2022)
    found, published = estimate_ages(replace(history, single_ages=hidden)).people[row], history.single_ages[row]
    told = np.isfinite(published).all((0, 1))
    pairs = [(found[:, five][..., told].sum((0, 1)), published[:, five][..., told].sum((0, 1))) for five in FIVE]
    misses = np.array([np.abs(estimate / truth - 1) for estimate, truth in pairs])
    assert told.sum() == 16
    assert misses.mean() < 0.02


def test_cohort_component_follows_its_level_of_net_moves(history: History) -> None:
    known = known_at(history, 2016)
    low, high = (CohortComponent(Level(shrink=1.0, recent=recent, damping=1.0))(known) for recent in (1, 10))
    rates = [net_levels(known, Level(shrink=1.0, recent=recent, damping=1.0), HORIZON) for recent in (1, 10)]
    assert ((high > low) == (rates[1] > rates[0])).all()
    assert np.abs(rates[1] - rates[0]).min() > 0
    year = (high[0] - low[0]) / known.population
    assert year == pytest.approx((rates[1] - rates[0])[0], rel=0.05)


def test_levels_wholly_shrunk_are_the_pools(history: History) -> None:
    known = known_at(history, 2016)
    for pool in (BOTH, COUNTY):
        level = net_levels(known, Level(pool=pool, shrink=1.0, recent=2), 3)
        pooled = pooled_rates(known, pool)[-2:].mean(0)
        assert level == pytest.approx(np.repeat(pooled[None], 3, axis=0))


def test_ours_lies_between_its_pool_and_the_municipality(history: History) -> None:
    known = known_at(history, 2016)
    level = METHODS[CORE].level  # type: ignore[attr-defined]
    own, pool = (net_levels(known, replace(level, shrink=shrink), 1) for shrink in (0.0, 1.0))
    ours = net_levels(known, level, 1)
    assert (np.sign(ours - pool) == np.sign(own - pool)).all()
    assert (np.abs(ours - pool) <= np.abs(own - pool)).all()
    assert np.abs(ours - pool).sum() < 0.6 * np.abs(own - pool).sum()
