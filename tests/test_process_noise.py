"""Yearly shocks: known ones are found again, later years are not looked at, the committed tables are what comes out."""

import numpy as np
import pandas as pd
import pytest

from calibration.demography.window import Window
from calibration.process_noise import KINDS, read_sizes
from calibration.process_noise.build import rows_of, shrunk, texts
from calibration.process_noise.estimate import Pair, estimate, wave_alone
from calibration.process_noise.likelihood import (
    PARAMETERS,
    Shocks,
    autocorrelation,
    covariance,
    fit,
    level_design,
    natural,
    restricted,
    restricted_by_place,
    unconstrained,
)
from calibration.process_noise.residuals import HISTORY, counts
from calibration.process_noise.table import PARAMETERS as TABLE
from calibration.process_noise.table import PLACES
from calibration.process_noise.walks import estimate_walks

YEARS = np.arange(2011.0, 2025.0)
EXPECTED = np.geomspace(30, 5000, 28)
TRUE = np.array([0.6, 2.5e-3, 0.75, 6e-3, 1.0, 2.0])


@pytest.fixture(scope="module")
def known():
    return counts(Window(2011, 2024))


def _paths(rng, persistence, count):
    root = np.linalg.cholesky(autocorrelation(YEARS, persistence))
    return root @ rng.standard_normal((len(YEARS), count))


def _residuals(rng, innovations=None):
    phi_common, variance, phi, a, d, w = TRUE
    local = innovations if innovations is not None else _paths(rng, phi, len(EXPECTED))
    common = np.sqrt(variance) * _paths(rng, phi_common, 1)
    yearly = np.sqrt(w / EXPECTED) * rng.standard_normal((len(YEARS), len(EXPECTED)))
    levels = rng.normal(0, 0.3, len(EXPECTED))  # taken out, whatever they are
    return common + np.sqrt(a + d / EXPECTED) * local + yearly + levels


def test_known_shocks_come_back_inside_their_intervals():
    found = [fit(_residuals(np.random.default_rng(seed)), YEARS, EXPECTED) for seed in range(12)]
    for name, true in zip(PARAMETERS, TRUE, strict=True):
        values = np.array([shocks[name] for shocks in found])
        errors = np.array([shocks.error(name) for shocks in found])
        told = ~np.isnan(errors)  # at a bound there is no error
        # Sizes stray by factors, so that their intervals are those of logarithms.
        inside = np.abs(np.log(values / true)) < 2 * errors / values
        assert inside[told].mean() >= 0.75, (name, values, errors)
        assert 0.4 * true < np.median(values) < 1.8 * true, (name, values)


def test_the_fast_likelihood_is_the_plain_one():
    residual = _residuals(np.random.default_rng(1))
    plain = restricted(covariance(TRUE, YEARS, EXPECTED), residual.T.ravel(), level_design(len(EXPECTED), len(YEARS)))
    assert restricted_by_place(TRUE, YEARS, EXPECTED, residual) == pytest.approx(plain, rel=1e-9)


def test_known_correlation_comes_back():
    rng = np.random.default_rng(3)
    shared, own = _paths(rng, TRUE[2], len(EXPECTED)), _paths(rng, TRUE[2], len(EXPECTED))
    second = 0.7 * shared + np.sqrt(1 - 0.7**2) * own
    both = np.array([_residuals(rng, shared), _residuals(rng, second)])
    shocks = Shocks(TRUE, TRUE * 0.1, 0.0)
    value, error = Pair(both, YEARS, np.array([EXPECTED] * 2), (shocks, shocks)).correlations()["local"]
    assert abs(value - 0.7) < 2.5 * error
    assert error < 0.2


def test_persistence_is_not_pulled_down_by_taking_out_the_level():
    rng = np.random.default_rng(5)
    values = [wave_alone(series, YEARS)[0][0] for series in _paths(rng, 0.8, 40).T]
    demeaned = [series - series.mean() for series in _paths(rng, 0.8, 40).T]
    simple = [(each[1:] * each[:-1]).sum() / (each**2).sum() for each in demeaned]
    assert np.mean(simple) < 0.6  # the known bias
    assert np.mean(values) > np.mean(simple)


def test_parameters_and_unconstrained_numbers_are_each_other_s_inverse():
    np.testing.assert_allclose(natural(unconstrained(TRUE)), TRUE)


def test_observed_and_expected_agree_over_the_reference_years(known):
    for kind in KINDS[1:4]:
        i = KINDS.index(kind)
        ratio = known.observed[i, :9].sum() / known.expected[i, :9].sum()
        assert ratio == pytest.approx(1, abs=0.03), kind


def test_moves_within_a_county_arrive_where_others_left(known):
    assert (known.own_county > 0.2).all()
    assert (known.own_county < 0.5).all()


def test_years_after_the_window_are_not_looked_at(known, tmp_path):
    moves = pd.read_csv(HISTORY / "moves.csv", dtype={"municipality": str})
    moves.loc[moves["year"] > 2019, ["in_moves", "out_moves"]] *= 3
    for name in ("population.csv", "births_deaths_moves.csv"):
        (tmp_path / name).write_bytes((HISTORY / name).read_bytes())
    moves.to_csv(tmp_path / "moves.csv", index=False)
    changed, plain = (counts(Window(2011, 2019), history=folder) for folder in (tmp_path, HISTORY))
    assert changed.years == tuple(range(2011, 2020))
    np.testing.assert_array_equal(changed.residuals(), plain.residuals())
    assert not np.array_equal(counts(Window(2011, 2024), history=tmp_path).residuals()[2], known.residuals()[2])


def test_too_few_years_are_refused():
    with pytest.raises(ValueError, match="4 years are too few"):
        estimate(Window(2016, 2019))


def test_the_committed_numbers_of_moves_out_are_what_the_data_give(known):
    i = KINDS.index("moves out")
    residual, mean = known.residuals()[i][:, known.kept], known.expected[i].mean(0)[known.kept]
    found = fit(residual, YEARS, mean)
    committed = pd.read_csv(TABLE).query("kind == 'moves out'")["value"].to_numpy()
    values = [float(str(row[3])) for row in rows_of("moves out", found)]
    np.testing.assert_allclose(values, committed[: len(values)], rtol=0.02)


@pytest.mark.slow
def test_the_committed_tables_are_rebuilt_identically(known):
    for path, text in texts(estimate(Window(2011, 2024), known), estimate_walks(2024)).items():
        assert text == path.read_text(encoding="utf-8"), path.name


def test_sizes_by_municipality_follow_from_the_parameters():
    sizes, table = read_sizes(), pd.read_csv(PLACES, dtype={"municipality": str})
    assert sizes.local.shape == sizes.yearly.shape == sizes.level.shape == (len(KINDS), 29)
    for kind, part in table[table["kind"].isin(KINDS)].groupby("kind"):
        ordered = part.sort_values("expected")
        assert (ordered["yearly"].diff().dropna() <= 0).all(), kind
    for correlation in (sizes.common_correlation, sizes.local_correlation):
        assert np.linalg.eigvalsh(correlation).min() > 0
    assert (sizes.common_persistence < 1).all()
    assert (sizes.local_persistence < 1).all()


def test_a_correlation_is_drawn_towards_nothing_as_its_error_asks():
    assert shrunk(0.5, 0.0) == pytest.approx(0.5)
    assert shrunk(0.5, 0.5) == pytest.approx(0.25)
    assert shrunk(0.5, float("nan")) == 0
