"""The demographic estimators on small made-up cases."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from calibration.demography.evidence import Evidence
from calibration.demography.flows import both_ways, own_county, scaled_both_ways
from calibration.demography.levels import fitted
from calibration.demography.mortality import life_expectancy
from calibration.demography.read import by_cohort
from calibration.demography.rounding import largest_remainder, whole_persons
from calibration.demography.smooth import prior_strength, shrunk_ratio, smooth_rates
from calibration.demography.window import aged, person_years

RANDOM = np.random.default_rng(5)


def people(*values: float) -> xr.DataArray:
    coords = {"year": [2010], "age": list(range(len(values)))}
    return xr.DataArray([list(values)], coords=coords, dims=("year", "age"))


def test_ageing_loses_nobody_and_the_oldest_stay_together():
    older = aged(people(5.0, 3.0, 2.0))
    assert older["year"].item() == 2011
    assert older.values.tolist() == [[0.0, 5.0, 5.0]]


def test_person_years_are_the_mean_of_both_ends_of_the_year():
    two = xr.concat([people(4.0, 4.0, 4.0), people(2.0, 4.0, 6.0).assign_coords(year=[2011])], "year")
    assert person_years(two).values.tolist() == [[1.0, 4.0, 7.0]]


def test_deaths_keep_their_number_when_split_between_cohorts():
    deaths = xr.DataArray(RANDOM.poisson(5, 101).astype(float), coords={"age": np.arange(101)}, dims="age")
    assert float(by_cohort(deaths).sum()) == pytest.approx(float(deaths.sum()))


def test_rounding_keeps_the_total_and_moves_no_cell_by_a_whole_person():
    cells = RANDOM.random((2, 40)) * 9
    whole = largest_remainder(cells, round(float(cells.sum())))
    assert whole.sum() == round(float(cells.sum()))
    scaled = cells * whole.sum() / cells.sum()
    assert np.abs(whole - scaled).max() < 1


def test_whole_persons_keep_exact_figures_of_overlapping_groups():
    cells = RANDOM.integers(2, 12, (2, 101)).astype(float)
    groups = ((0, 100), (0, 15), (16, 24), (20, 34), (25, 44), (45, 64), (65, 100))
    facts = [Evidence(2020, low, high, float(cells[:, low : high + 1].sum()), 0.0) for low, high in groups]
    whole = whole_persons(cells + RANDOM.random(101) * np.array([[1.0], [-1.0]]), facts)
    for fact in facts:
        assert whole[:, fact.low : fact.high + 1].sum() == fact.persons
    assert np.array_equal(whole, np.round(whole))


def test_contradicting_groups_are_refused():
    facts = [Evidence(2020, 0, 100, 900, 0.0), Evidence(2020, 0, 19, 950, 0.0)]
    with pytest.raises(ValueError, match="contradict each other"):
        whole_persons(np.full((2, 101), 900 / 202), facts)


def test_in_and_out_differ_by_the_net_and_keep_their_geometric_mean():
    net, gross = RANDOM.normal(0, 20, (2, 50)), RANDOM.random((2, 50)) * 10 + 0.1
    inward, outward = both_ways(net, gross)
    assert np.allclose(inward - outward, net)
    assert np.allclose(inward * outward, gross**2)
    assert inward.min() > 0
    assert outward.min() > 0


def test_gross_moves_are_scaled_to_the_in_moves():
    net, gross = RANDOM.normal(0, 2, (2, 50)), RANDOM.random((2, 50)) * 10 + 0.1
    assert scaled_both_ways(net, gross, 700.0)[0].sum() == pytest.approx(700.0)


def test_moves_inside_a_county_arrive():
    inward, outward = RANDOM.random((2, 2, 30, 5)) * 20 + 1
    rows = 0.4 * inward.sum((0, 1))
    arrive, leave = own_county(inward, outward, rows, rows[::-1])
    assert np.allclose(arrive.sum(-1), leave.sum(-1))
    assert (leave < outward).all()


def test_proportional_fitting_meets_both_margins():
    rows, columns = np.array([30.0, 70.0]), np.array([20.0, 50.0, 30.0])
    table = fitted(RANDOM.random((2, 3)), rows, columns)
    assert np.allclose(table.sum(1), rows)
    assert np.allclose(table.sum(0), columns)


def test_three_deaths_hardly_move_a_small_place_but_many_move_a_large_one():
    expected = np.array([1.0, 1000.0, 1000.0, 1000.0])
    ratio = shrunk_ratio(np.array([3.0, 1200.0, 900.0, 1000.0]), expected)
    assert ratio[0] < 1.2
    assert ratio[1] > 1.1


def test_places_that_differ_by_chance_only_are_not_told_apart():
    assert prior_strength(np.array([101.0, 99.0, 100.0]), np.full(3, 100.0)) == 1e6


def test_smoothing_keeps_the_number_of_events_and_the_level():
    exposure = np.full(101, 1000.0)
    events = RANDOM.poisson(exposure * 0.02).astype(float)
    smooth = smooth_rates(events, exposure, np.full(101, 50.0))
    assert (smooth * exposure).sum() == pytest.approx(events.sum(), rel=1e-3)
    assert np.abs(smooth - 0.02).max() < 0.01


def test_life_expectancy_of_a_constant_hazard_is_its_inverse():
    assert life_expectancy(np.full(101, 0.05)) == pytest.approx(20.0, rel=0.01)
