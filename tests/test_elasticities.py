"""Elasticities: methods recover what was put in, rows keep their arithmetic, names are the model's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.economy.read import DataError, Shelf
from calibration.elasticities.build import build
from calibration.elasticities.homes import CROWDING_PER_SCARCITY, building, prices
from calibration.elasticities.methods import instrumented, poisson
from calibration.elasticities.moves import on_tax, on_unemployment
from calibration.elasticities.rows import COLUMNS, Coefficient, Frame, Meaning, told
from calibration.elasticities.table import CHECKS, ESTIMATES
from calibration.elasticities.work import Pairs, balanced, industries
from calibration.regressions.ols import Sample, fit
from calibration.regressions.panel import Panel, read_panel
from model.language import load_model


@pytest.fixture(scope="module")
def data() -> Panel:
    return read_panel()


@pytest.fixture(scope="module")
def estimates() -> pd.DataFrame:
    return pd.read_csv(ESTIMATES)


def design(seed: int, places: int = 12, years: int = 10) -> Sample:
    rng = np.random.default_rng(seed)
    place, year = np.repeat(np.arange(places), years), np.tile(np.arange(years), places)
    right = rng.normal(size=(places * years, 2)) + 0.3 * place[:, None] / places
    return Sample(np.zeros(len(place)), right, place, year, np.ones(len(place)))


def test_poisson_recovers_what_expected_counts_were_made_with() -> None:
    base = design(1)
    exposure = np.exp(5 + base.place / 12)
    mean = exposure * np.exp(0.7 * base.regressors[:, 0] - 0.4 * base.regressors[:, 1] + 0.1 * base.year - 5.5)
    found = poisson(replace(base, outcome=mean), exposure)
    assert found.coefficient == pytest.approx([0.7, -0.4], abs=1e-6)
    drawn = np.random.default_rng(2).poisson(mean).astype(float)
    assert (drawn == 0).any()
    near = poisson(replace(base, outcome=drawn), exposure)
    assert (np.abs(near.coefficient - [0.7, -0.4]) < 4 * near.error).all()


def test_an_instrument_undoes_noise_in_a_regressor() -> None:
    rng = np.random.default_rng(3)
    base = design(4, 60, 20)
    truth = base.regressors[:, 0]
    outcome = 2.0 * truth + 0.5 * base.regressors[:, 1] + rng.normal(size=len(truth)) * 0.1
    noisy = np.column_stack([truth + rng.normal(size=len(truth)), base.regressors[:, 1]])
    sample = replace(base, outcome=outcome, regressors=noisy)
    assert fit(sample).coefficient[0] < 1.3
    found = instrumented(sample, truth + rng.normal(size=len(truth)))
    assert abs(found.coefficient[0] - 2.0) < 4 * found.error[0] < 0.6


def test_an_instrument_that_is_the_regressor_gives_least_squares() -> None:
    base = design(5)
    sample = replace(base, outcome=np.random.default_rng(6).normal(size=len(base.place)))
    assert instrumented(sample, sample.regressors[:, 0]).coefficient == pytest.approx(fit(sample).coefficient)


def test_a_row_is_the_coefficient_times_its_factor_and_widened() -> None:
    row = Coefficient(3.0, 0.4, "2000-2010", 99, "method").row(Meaning("p", "dmnl", -0.5, 0.15, "C", "why"))
    assert tuple(sorted(row)) == tuple(sorted(COLUMNS))
    assert row["estimate"] == -1.5
    assert row["standard_error"] == pytest.approx(np.hypot(0.2, 0.15))


def test_frames_know_only_what_everything_knows() -> None:
    panel = Panel((2000, 2001, 2002), ("a", "b"), {})
    outcome = np.array([[1.0, np.nan], [2.0, 3.0], [4.0, 6.0]])
    right = {"x": np.array([[1.0, 1.0], [1.0, np.nan], [2.0, 5.0]])}
    kept = Frame(panel, outcome, right).sample()
    assert kept.outcome.tolist() == [1.0, 2.0, 4.0, 6.0]
    assert kept.place.tolist() == [0, 0, 0, 1]


def test_committed_estimates_name_parameters_of_the_model(estimates: pd.DataFrame) -> None:
    model = load_model()
    for name in estimates["parameter"]:
        assert model.variables[name].kind in ("parameter", "lever")
    assert estimates["parameter"].is_unique
    assert list(estimates.columns) == list(COLUMNS)


def test_committed_estimates_keep_their_arithmetic(estimates: pd.DataFrame) -> None:
    made = estimates["factor"] * estimates["coefficient"]
    assert made.to_numpy() == pytest.approx(estimates["estimate"].to_numpy(), rel=2e-3)
    error = np.hypot(estimates["factor"] * estimates["coefficient_error"], estimates["widening"])
    assert np.asarray(error) == pytest.approx(estimates["standard_error"].to_numpy(), rel=2e-3)
    assert (estimates["standard_error"] > 0).all()
    assert set(estimates["quality"]) <= {"A", "B", "C", "D"}


def test_nothing_after_the_last_observed_year_is_used(estimates: pd.DataFrame) -> None:
    checks = pd.read_csv(CHECKS)
    for table in (estimates, checks):
        assert table["years"].str[-4:].astype(int).max() <= 2024


def test_committed_estimates_are_those_of_the_tables(data: Panel, estimates: pd.DataFrame) -> None:
    by = estimates.set_index("parameter")["estimate"]
    for row in (*building(data), *prices(data), *on_unemployment(data), *on_tax(data)):
        assert row["estimate"] == pytest.approx(by[str(row["parameter"])], rel=1e-3)


def test_scarcity_answers_more_than_crowding() -> None:
    # One per cent more households in a stock of 1 000 with 80 vacant takes 9.2 of them, 11.5 per cent.
    assert pytest.approx(0.92 / 0.08) == 1 / CROWDING_PER_SCARCITY


def test_balancing_keeps_both_margins() -> None:
    rng = np.random.default_rng(7)
    persons = rng.uniform(1, 50, (4, 5))
    mean = balanced(rng.uniform(0.1, 1, (4, 5)), persons)
    assert mean.sum(axis=0) == pytest.approx(persons.sum(axis=0))
    assert mean.sum(axis=1) == pytest.approx(persons.sum(axis=1))


def test_gravity_finds_the_fall_it_was_made_with() -> None:
    rng = np.random.default_rng(8)
    minutes = rng.uniform(10, 150, (8, 8))
    np.fill_diagonal(minutes, -1.0)
    ready = np.where(minutes < 0, 0, 0.03 + 0.97 / (1 + np.exp((minutes - 45) / 12)))
    persons = rng.uniform(10, 90, (8, 1)) * ready * rng.uniform(10, 90, (1, 8))
    assert Pairs(persons, minutes).best(45.0) == pytest.approx([0.03, 12.0], rel=0.01)


def test_local_jobs_are_part_of_all(data: Panel) -> None:
    jobs = industries(data)
    known = np.isfinite(jobs["jobs"])
    assert known.any(axis=1).sum() == 5
    assert (jobs["basic"][known] + jobs["local"][known] < jobs["jobs"][known]).all()


def test_words_of_a_coefficient() -> None:
    assert told(Coefficient(0.1234, 0.0567, "", 1, "")) == "0.123 ± 0.057"


def test_a_missing_table_is_named(data: Panel, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"industries\.csv: the table is missing"):
        industries(data, tmp_path / "industries.csv")


def test_building_without_the_statistics_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"economy/panel_jobs\.csv: no such file"):
        list(build(Shelf(tmp_path)))
