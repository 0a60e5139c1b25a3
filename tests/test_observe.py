"""Observed series as the fit meets them, and the errors that belong to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.observe import Errors, Observation, read_errors, read_observation
from calibration.observe.errors import estimate


def made(begins_known: bool = False, years: int = 14, places: int = 12) -> Observation:
    """A series of round numbers with a gap."""
    values = np.full((years, places), 400.0)
    values[3, 2] = np.nan
    at = (np.arange(places, dtype=np.intp),)
    codes = tuple(map(str, range(places)))
    span = tuple(range(2011, 2011 + years))
    return Observation("births", span, codes, at, values, 1.0, 0.01, 0.0, 0.0, begins_known)


def test_every_series_of_the_table_is_read_for_its_years_and_places():
    observed = read_observation()
    assert len(observed.series) == 16
    for series in observed.series:
        assert series.values.shape == (len(series.years), len(series.codes))
        assert series.known.mean() > 0.95
        assert (series.measurement > 0).all()
    assert {len(series.codes) for series in observed.series if series.variable != "commuting"} == {29}


def test_nothing_after_2024_is_observed():
    assert read_observation().last == 2024


def test_known_until_a_year_leaves_later_years_out():
    cut = read_observation().until(2016)
    assert cut.last == 2016
    whole = {series.variable: series for series in read_observation().series}
    for series in cut.series:
        np.testing.assert_array_equal(series.values, whole[series.variable].values[: len(series.years)])


def test_the_residual_is_zero_where_the_model_gives_what_was_observed():
    for series in read_observation().series:
        assert np.nanmax(np.abs(series.residual(series.values))) == 0.0


def test_small_counts_are_less_certain():
    births = next(series for series in read_observation().series if series.variable == "births")
    umea, bjurholm = births.codes.index("2480"), births.codes.index("2403")
    assert (births.measurement[:, bjurholm] > 10 * births.measurement[:, umea]).all()


@settings(max_examples=20, deadline=None)
@given(
    st.tuples(st.floats(0.05, 0.95), st.floats(1e-5, 0.01), st.floats(0.05, 0.95), st.floats(1e-5, 0.01)),
    st.floats(1e-3, 2.0),
    st.booleans(),
)
def test_whitened_errors_are_independent_and_of_unit_size(waves, by_size, known):
    errors, series = Errors(np.array([*waves, by_size])), made(known)
    white = errors.whitening(series)
    np.testing.assert_allclose(white @ errors.covariance(series) @ white.T, np.eye(len(white)), atol=1e-7)
    assert len(white) == series.known.sum()


def test_a_run_that_starts_from_the_observed_value_is_surest_in_its_first_year():
    errors = Errors(np.array([0.9, 1e-3, 0.9, 1e-3, 0.1]))
    measured = made().measurement[made().known]
    free, bound = (np.diag(errors.covariance(made(known))) - measured for known in (False, True))
    assert bound[0] < 0.5 * free[0]
    assert bound[-1] > 0.9 * free[-1]


def test_errors_that_made_a_history_are_found_again():
    truth = np.array([0.8, 4e-4, 0.6, 2e-3, 0.4])
    series = replace(made(places=60), values=np.full((14, 60), 400.0))
    root = np.linalg.cholesky(Errors(truth).covariance(series))
    random = np.random.default_rng(5)
    found = [estimate((root @ random.standard_normal(len(root))).reshape(14, 60), series).values for _ in range(6)]
    local, persistence = [each[3] + each[4] / 400 for each in found], [each[2] for each in found]
    assert np.mean(local) == pytest.approx(truth[3] + truth[4] / 400, rel=0.2)
    assert np.mean(persistence) == pytest.approx(truth[2], abs=0.12)


def test_a_common_wave_is_no_excuse_without_end():
    series = made(places=20)
    bias = np.full((14, 20), 0.5)
    assert np.sqrt(estimate(bias, series).values[1]) < 0.25


def test_the_committed_errors_are_those_of_the_committed_series():
    assert set(read_errors()) == set(read_observation().variables)
