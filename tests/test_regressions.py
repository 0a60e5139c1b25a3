"""The regressions: errors by hand, a made panel whose coefficients come back, laws of adding up, messages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.economy.read import DataError, Shelf
from calibration.regressions.build import build
from calibration.regressions.compare import comparison, verdict, without
from calibration.regressions.equations import HORIZONS, KEY, equations, run, who_takes_a_job
from calibration.regressions.job_shocks import JobShocks, job_shocks, left
from calibration.regressions.moments import NEEDED, moments
from calibration.regressions.ols import Sample, dummies, fit
from calibration.regressions.panel import DEFINITIONS, Panel, earlier, read_panel, read_table
from calibration.regressions.simulated import like

YEARS, PLACES = tuple(range(2000, 2012)), tuple(f"{code}" for code in range(10))


@pytest.fixture(scope="module")
def data() -> Panel:
    return read_panel()


def made(seed: int, share: float = 0.4, noise: float = 0.0) -> Panel:
    """Of each new job `share` goes to in-commuters, 0.2 to former out-commuters, the rest to residents."""
    rng = np.random.default_rng(seed)
    shape = (len(YEARS), len(PLACES))
    people = np.tile(rng.uniform(3000, 60000, len(PLACES)), (len(YEARS), 1))
    growth = people * (
        rng.normal(0, 0.01, shape) + rng.normal(0, 0.01, (len(YEARS), 1)) + rng.normal(0, 0.01, len(PLACES))
    )
    growth[0] = 0
    jobs = 0.5 * people + growth.cumsum(0)
    in_commuters = 0.1 * people + share * growth.cumsum(0) + noise * people * rng.normal(size=shape)
    out_commuters = 0.2 * people - 0.2 * growth.cumsum(0)
    live_and_work = jobs - in_commuters
    series = {
        "population": people,
        "jobs": jobs,
        "in_commuters": in_commuters,
        "out_commuters": out_commuters,
        "live_and_work": live_and_work,
        "employed_residents": live_and_work + out_commuters,
        "net_migration": 0.15 * growth,
        "in_migration": 0.15 * growth,
        "out_migration": np.zeros(shape),
        "dwellings_completed": people * rng.uniform(0, 0.01, shape),
        "working_age": 0.55 * people,
    }
    return Panel(YEARS, PLACES, {name: values[None] for name, values in series.items()})


def test_coefficients_of_a_made_panel_come_back() -> None:
    table = run(made(1), list(who_takes_a_job())).set_index(list(KEY))["coefficient"]
    for over in ("1 year", "3 years", "5 years"):
        for weights in ("plain", "people"):
            found = table["who takes a job", over].xs("jobs", level="regressor").xs(weights, level="weights")
            assert found["more in-commuters"] == pytest.approx(40)
            assert found["fewer out-commuters"] == pytest.approx(20)
            assert found["more employed residents"] == pytest.approx(40)
            assert found["net movers"] == pytest.approx(15)


def test_true_coefficients_lie_within_their_errors_nearly_always() -> None:
    inside = []
    for seed in range(60):
        row = run(made(seed, noise=0.002), [next(who_takes_a_job())]).iloc[0]
        inside.append(abs(row["coefficient"] - 40) <= 2.26 * row["error"])  # t with 9 degrees of freedom, 95 %
    assert 0.85 <= np.mean(inside) <= 1.0


def test_clustered_errors_are_those_worked_out_by_hand() -> None:
    place, year = np.repeat([0, 1, 2], 2), np.tile([0, 1], 3)
    x = np.array([0.0, 1.0, 0.0, 2.0, 0.0, 4.0])
    y = np.array([0.0, 1.0, 0.0, 1.0, 0.0, 3.0])
    found = fit(Sample(y, x[:, None], place, year, np.ones(6)))
    # Within places: growth 1, 2, 4 of x and 1, 1, 3 of y; less their means over places.
    dx, dy = np.array([1, 2, 4]) - 7 / 3, np.array([1, 1, 3]) - 5 / 3
    slope = (dx * dy).sum() / (dx**2).sum()
    # Both years of a place deviate by half its growth, so each score is half of growth times what is left.
    scores = dx * (dy - slope * dx) / 2
    few = 3 / 2 * (6 - 1) / (6 - 3)
    assert found.coefficient[0] == pytest.approx(slope)
    assert found.error[0] == pytest.approx(np.sqrt(few * (scores**2).sum()) / ((dx**2).sum() / 2))
    assert (found.n, found.places) == (6, 3)


def test_weights_count_as_copies_do() -> None:
    rng = np.random.default_rng(3)
    place, year = np.repeat(np.arange(6), 5), np.tile(np.arange(5), 6)
    sample = Sample(rng.normal(size=30), rng.normal(size=(30, 2)), place, year, rng.integers(1, 4, 30).astype(float))
    copies = np.repeat(np.arange(30), sample.weight.astype(int))
    twice = Sample(sample.outcome[copies], sample.regressors[copies], place[copies], year[copies], np.ones(len(copies)))
    assert fit(sample).coefficient == pytest.approx(fit(twice).coefficient)


def test_effects_of_places_and_years_change_nothing() -> None:
    rng = np.random.default_rng(4)
    place, year = np.repeat(np.arange(6), 5), np.tile(np.arange(5), 6)
    sample = Sample(rng.normal(size=30), rng.normal(size=(30, 1)), place, year, np.ones(30))
    lifted = replace(sample, outcome=sample.outcome + 7.0 * place - 3.0 * year**2)
    assert fit(lifted).coefficient == pytest.approx(fit(sample).coefficient)
    assert fit(lifted).error == pytest.approx(fit(sample).error)


def test_a_regressor_that_is_an_effect_is_refused() -> None:
    place, year = np.repeat(np.arange(4), 3), np.tile(np.arange(3), 4)
    sample = Sample(np.arange(12.0), place[:, None].astype(float), place, year, np.ones(12))
    with pytest.raises(ValueError, match="does not vary beyond the effects of place and year"):
        fit(sample)


def test_dummies_have_one_mark_per_observation() -> None:
    assert (dummies(np.array([4, 7, 4])) == [[1, 0], [0, 1], [1, 0]]).all()


@pytest.mark.parametrize("sample", ["all", "2011-2023"])
def test_who_takes_a_job_adds_up_to_the_jobs(data: Panel, sample: str) -> None:
    table = run(data if sample == "all" else data.between(2011, 2024), list(who_takes_a_job()))
    parts = table[table["outcome"].isin(["more in-commuters", "fewer out-commuters", "more employed residents"])]
    sums = parts.groupby(["over", "weights"])["coefficient"].sum()
    assert len(sums) == 2 * len(HORIZONS)
    assert sums.to_numpy() == pytest.approx(100, abs=1e-8)


def test_moves_in_less_moves_out_are_net_moves(data: Panel) -> None:
    table = run(data.between(2011, 2024)).query("over == 'jobs and homes'").set_index(["regressor", "weights"])
    by = {name: part["coefficient"] for name, part in table.groupby("outcome")}
    assert (by["moves in"] - by["moves out"]).to_numpy() == pytest.approx(by["net moves"].to_numpy(), abs=1e-9)


def test_no_difference_crosses_a_change_of_definition(data: Panel) -> None:
    ends = np.flatnonzero(np.isfinite(data.change("jobs")).any(axis=1))
    years = {data.years[i] for i in ends}
    assert years == {y for _, first, last in DEFINITIONS.values() for y in range(first + 1, last + 1)}
    assert not years & {2004, 2019, 2020, 2024}


def test_a_jump_between_definitions_moves_no_coefficient(data: Panel) -> None:
    jumped = {name: values.copy() for name, values in data.series.items()}
    for name in ("jobs", "in_commuters"):
        jumped[name][-1] += 5000.0
    chosen = [equation for equation in equations() if equation.table == "who takes a job"]
    before, after = run(data, chosen), run(Panel(data.years, data.codes, jumped), chosen)
    assert after["coefficient"].to_numpy() == pytest.approx(before["coefficient"].to_numpy(), rel=1e-6)


def test_earlier_and_sums_know_nothing_before_the_first_year() -> None:
    values = np.arange(4.0)[:, None]
    assert np.isnan(earlier(values, 2)[:2]).all()
    assert earlier(values, 2)[2:, 0].tolist() == [0.0, 1.0]
    panel = Panel((1, 2, 3, 4), ("a",), {"x": values[None]})
    assert panel.sums("x", 3)[2:, 0].tolist() == [3.0, 6.0]
    assert np.isnan(panel.sums("x", 3)[:2]).all()


def test_a_simulated_panel_knows_no_more_than_the_data() -> None:
    data = made(5).between(2004, 2009)
    seen = like(made(6), data)
    for name, values in seen.series.items():
        assert (np.isfinite(values) == np.isfinite(data.series[name])).all()
    assert seen.level("jobs")[5, 0] == made(6).level("jobs")[5, 0]


def test_without_a_place_the_others_stay() -> None:
    less = without(made(1), "3")
    assert "3" not in less.codes
    assert less.level("jobs").shape == (len(YEARS), len(PLACES) - 1)


def test_verdicts_at_two_standard_errors() -> None:
    assert [verdict(d) for d in (-2.1, -2.0, 0.0, 2.0, 2.1)] == [
        "model too low", "agrees", "agrees", "agrees", "model too high",
    ]  # fmt: skip


def test_comparison_measures_in_standard_errors_of_the_data() -> None:
    row = dict(zip(KEY, ("who takes a job", "1 year", "net movers", "jobs", "plain"), strict=True))
    data = pd.DataFrame([
        {**row, "sample": name, "coefficient": 10.0, "error": 2.0, "n": 50} for name in ("1993-2023", "2011-2023")
    ])  # fmt: skip
    drawn = [
        ("without chance", 0, 12.0),
        ("shocks of moves", 0, 17.0),
        ("shocks", 0, 13.0),
        *(("shocks and parameters", i, 12.0 + 2 * i) for i in range(3)),
    ]
    members = pd.DataFrame([{**row, "kind": k, "member": i, "coefficient": v} for k, i, v in drawn])
    found = comparison(data, members).iloc[0]
    assert (found["model"], found["moves"], found["chance"], found["median"]) == (12.0, 17.0, 13.0, 14.0)
    assert (found["calm_difference"], found["difference"]) == (1.0, 2.0)
    assert found["within"] == pytest.approx(2 / 3)
    assert found["verdict"] == "agrees"


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"labour\.csv: the table is missing\. Bring it back from version control"):
        read_panel(labour=tmp_path / "labour.csv")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labour.csv"
    path.write_text("municipality,year,source,live_and_work\n2401,2000,RAMS,5\n")
    with pytest.raises(DataError, match=r"labour\.csv: column 'in_commuters' is missing; it has municipality, year"):
        read_table(path, ("source", "live_and_work", "in_commuters"))


def test_building_without_the_statistics_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"long/employment_rams\.csv: no such file"):
        list(build(Shelf(tmp_path)))


def test_moments_are_the_coefficients_of_the_regressions(data: Panel) -> None:
    found = moments(data)
    table = run(data.between(2011, 2024), list(who_takes_a_job())).query("weights == 'plain'")
    by = table.set_index(["outcome", "over"])
    keys = [tuple(name.split(", ")) for name in found.names]
    assert found.target == pytest.approx([by["coefficient"][key] for key in keys])
    # Without the correction for the number of parameters, which is not alike in all of them.
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx([by["error"][key] for key in keys], rel=0.05)
    assert np.linalg.eigvalsh(found.covariance).min() > 0


def test_moments_of_the_data_themselves_are_the_targets(data: Panel) -> None:
    found = moments(data)
    rows = [data.years.index(year) for year in found.years]
    # Levels of one definition after the other, so that growth within each is as observed.
    series = {name: np.nan_to_num(data.level(name)[rows]) for name in NEEDED}
    assert found.model(series) == pytest.approx(found.target)


def test_moments_answer_to_the_series() -> None:
    found = moments(made(1), 2001, 2010)
    rows = [YEARS.index(year) for year in found.years]
    series = {name: made(1).level(name)[rows] for name in NEEDED}
    assert found.model(series) == pytest.approx([40, 40, 15] * 3)
    assert found.model({**series, "net_migration": 2 * series["net_migration"]}) == pytest.approx([40, 40, 30] * 3)


def shaken(seed: int, shocks: JobShocks) -> Panel:
    """A long made panel with and without shocks of jobs."""
    rng = np.random.default_rng(seed)
    years, places = tuple(range(1900, 2000)), tuple("abcdefghijklmnopqrst")
    people = np.full((len(years), len(places)), 10000.0)
    jobs = 4000 + rng.normal(0, 20, people.shape).cumsum(0)
    jobs += people * shocks.paths(len(years), 1, seed)[0]
    return Panel(years, places, {"population": people[None], "jobs": jobs[None]})


def test_shocks_of_jobs_fill_the_gap_they_were_made_with() -> None:
    true = JobShocks(0.5, np.full(20, 0.01))
    found = job_shocks(shaken(1, true), shaken(1, JobShocks(0.5, np.zeros(20))))
    assert found.persistence == pytest.approx(0.5, abs=0.1)
    assert found.sizes.mean() == pytest.approx(0.01, rel=0.1)


def test_without_a_gap_there_are_no_shocks_of_jobs() -> None:
    calm = shaken(2, JobShocks(0.5, np.zeros(20)))
    more = shaken(2, JobShocks(0.5, np.full(20, 0.01)))
    assert (job_shocks(calm, more).sizes == 0).all()


def test_shocks_of_jobs_persist_as_stated() -> None:
    paths = JobShocks(0.6, np.array([2.0])).paths(400, 20, 3)[..., 0]
    assert paths.std() == pytest.approx(2.0, rel=0.1)
    assert np.corrcoef(paths[:, :-1].ravel(), paths[:, 1:].ravel())[0, 1] == pytest.approx(0.6, abs=0.05)


def test_what_is_left_of_growth_has_no_effects() -> None:
    panel = shaken(4, JobShocks(0.5, np.full(20, 0.01)))
    rest = left(panel, 1)
    assert np.nanmean(rest, axis=0) == pytest.approx(np.zeros(20), abs=1e-12)
    assert np.nanmean(rest[1:], axis=1) == pytest.approx(np.zeros(99), abs=1e-12)
