"""Estimates of jobs' and prices' shocks: known ones come back, later years are not looked at, bands fit."""

import numpy as np
import pandas as pd
import pytest

from calibration.process_noise import JOBS, PRICES, WALKS, kind_of, read_walks
from calibration.process_noise import jobs as job_data
from calibration.process_noise.coverage import TABLE as COVERAGE
from calibration.process_noise.coverage import Case, inside
from calibration.process_noise.figure_coverage import TITLES, draw
from calibration.process_noise.jobs import LAST_SAME, Panel, of_industry, of_places, of_region
from calibration.process_noise.lag import LAGS, earlier, followed, years_behind
from calibration.process_noise.likelihood import autocorrelation
from calibration.process_noise.prices import of_places as prices_of_places
from calibration.process_noise.residuals import HISTORY
from calibration.process_noise.walks import common, estimate_walks, local, shared
from model.engine import annual, simulate
from model.inputs import build_inputs
from model.language import load_model

YEARS = np.arange(2000.0, 2024.0)
COUNT = np.geomspace(500, 40000, 16)


def _panel(residual, rough=None):
    years, places = residual.shape
    return Panel(
        residual, YEARS, COUNT[:places], np.full(residual.shape, 1e-6),
        np.zeros(years) if rough is None else rough, np.zeros(years, dtype=np.intp),
    )  # fmt: skip


def _seen(rng, kind, persistence, count):
    given = earlier(YEARS, years_behind(kind))
    root = np.linalg.cholesky(autocorrelation(given, persistence))
    return followed(kind, YEARS) @ root @ rng.standard_normal((len(given), count))


def test_known_local_shocks_come_back_and_counting_is_told_apart():
    found = []
    for seed in range(4):
        rng = np.random.default_rng(seed)
        shocks = np.sqrt(2e-3 + 3 / COUNT) * _seen(rng, JOBS, 0.8, len(COUNT))
        counting = np.sqrt(0.5 / COUNT) * rng.standard_normal(shocks.shape)
        year, level = rng.normal(0, 0.02, (len(YEARS), 1)), rng.normal(0, 0.3, len(COUNT))  # taken out
        found.append(local(JOBS, _panel(shocks + counting + year + level), np.ones(len(COUNT), dtype=bool)))
    small = np.median([shocks.local_variance(np.array([1000.0]))[0] for shocks in found])
    assert np.median([shocks["local persistence"] for shocks in found]) == pytest.approx(0.8, abs=0.12)
    assert 0.6 < small / 5e-3 < 1.6
    assert 0.7 < np.median([shocks["yearly w"] for shocks in found]) / 0.5 < 1.4


def test_known_shocks_of_the_region_come_back_around_a_trend():
    found = []
    for seed in range(20):
        series = 0.04 * _seen(np.random.default_rng(seed), JOBS, 0.7, 1) + 0.01 * (YEARS - 2010)[:, None] + 8
        found.append(common(JOBS, _panel(series), 0.7)["common variance"])
    assert 0.6 < np.median(found) / 0.04**2 < 1.4


def test_persistence_that_cannot_be_told_is_not_taken_at_its_bound():
    straight = 0.02 * np.random.default_rng(1).standard_normal((len(YEARS), 1)).cumsum(0)
    shocks = shared({JOBS: _panel(straight)})[JOBS]
    assert 0.2 < shocks["common persistence"] < 0.93
    assert shocks.error("common persistence") > 0.05


def test_rounded_counts_make_no_shocks():
    rng = np.random.default_rng(2)
    true = 0.03 * _seen(rng, "welfare jobs", 0.7, 1)
    rough = common("welfare jobs", _panel(true + 0.02 * rng.standard_normal(true.shape), np.ones(len(YEARS))), 0.7)
    blind = common("welfare jobs", _panel(true + 0.02 * rng.standard_normal(true.shape)), 0.7)
    assert rough["common variance"] < 0.6 * blind["common variance"]


def test_what_is_seen_is_all_of_a_lasting_shock_in_the_end():
    for kind in WALKS:
        assert sum(LAGS[kind]) == pytest.approx(1)
        through = followed(kind, YEARS)
        assert through.shape == (len(YEARS), len(YEARS) + years_behind(kind))
        np.testing.assert_allclose(through.sum(1), 1)


def test_2024_is_left_out_where_the_self_employed_were_counted_anew():
    assert of_places(2024).years[-1] == of_industry("other", 2024).years[-1] == of_region(2024).years[-1] == LAST_SAME
    assert prices_of_places(2024).years[-1] == 2024


def test_projects_are_no_shocks():
    plants = job_data.project_jobs()
    assert plants["basic"].to_dict()[2023, "2482"] > 1000  # the battery factory
    assert plants["construction"].to_dict()[2023, "2582"] > 100  # builders of the steel works
    observed = pd.read_csv(HISTORY / "jobs.csv", dtype={"municipality": str})
    whole = observed.set_index(["year", "municipality", "industry"])["jobs"]
    left = job_data.observed().loc[(2023, "2482"), "basic"]
    assert left == pytest.approx(whole[2023, "2482", "basic"] - plants.loc[(2023, "2482"), "basic"])


def test_years_after_the_last_are_not_looked_at(monkeypatch):
    plain = of_places(2018), of_region(2018)
    told, whole = job_data.longer, job_data.observed()
    changed = whole.copy()
    changed.loc[2019:] *= 2

    def later(quantity):
        table = told(quantity).copy()
        table.loc[2019:] *= 2
        return table

    monkeypatch.setattr(job_data, "longer", later)
    monkeypatch.setattr(job_data, "observed", lambda: changed)
    for before, after in zip(plain, (of_places(2018), of_region(2018)), strict=True):
        np.testing.assert_allclose(before.residual, after.residual, rtol=1e-12)


def test_too_few_years_of_jobs_by_industry_are_refused():
    with pytest.raises(ValueError, match="counted from 2020; give 2022 or later, not 2019"):
        estimate_walks(2019)


def test_committed_sizes_are_plausible():
    sizes = read_walks()
    jobs, basic, prices = (WALKS.index(kind) for kind in (JOBS, kind_of("basic"), PRICES))
    assert 0.02 < np.median(sizes.local[jobs]) < 0.1
    assert (sizes.local[basic] > sizes.local[jobs]).all()
    assert 0.1 < np.median(sizes.local[prices]) < 0.3
    assert (sizes.common > 0.005).all()
    others = [WALKS.index(kind_of(name)) for name in ("construction", "services", "welfare", "other")]
    assert not sizes.local[others].any()


def test_a_band_holds_what_lies_within_it():
    simulated = np.linspace(0, 100, 101)[:, None, None] * np.ones((1, 2, 2))
    table = inside(Case("jobs", simulated, np.array([[50.0, 95.0], [np.nan, 5.0]])))
    of_80 = table[(table["share"] == 80) & (table["group"] == "municipalities")]
    assert of_80["inside"].tolist() == [1, 0, 0]  # the unknown one is not counted
    assert len(table[table["group"] == "region"]) == 2 * 3 - 3


def _inside(outcome, shocks, group="municipalities"):
    table = pd.read_csv(COVERAGE)
    rows = table[(table["share"] == 80) & (table["group"] == group) & (table["shocks"] == shocks)]
    return rows[rows["outcome"] == outcome].set_index("horizon")["inside"]


def test_four_of_five_outcomes_of_jobs_lie_inside_the_bands_of_four_of_five_runs():
    assert _inside("jobs", "drawn").between(70, 92).all()
    assert abs(_inside("jobs", "drawn").mean() - 80) < 5
    assert _inside("jobs", "none").max() < 65  # what it was without shocks of jobs
    assert abs(_inside("population", "drawn").mean() - 80) < 6


@pytest.mark.parametrize("outcome", ["employed_residents", "unemployed", "in_commuters", "house_price_real"])
def test_bands_of_what_jobs_and_prices_drive_fit_better_than_without_their_shocks(outcome):
    drawn, none = _inside(outcome, "drawn"), _inside(outcome, "none")
    assert (drawn > none).all()
    assert (drawn[:5] > 45).all()


def test_the_figure_shows_every_outcome_with_and_without():
    figure = draw(pd.read_csv(COVERAGE))
    assert len(figure.axes) == len(TITLES)
    assert all(len(axis.lines) == 3 for axis in figure.axes)


@pytest.mark.slow
def test_the_delays_are_the_model_s_own():
    model = load_model()
    inputs = build_inputs(model, 2014, 2022)
    base = annual(simulate(model, inputs, ["jobs in statistics", "jobs", "House price"]))
    shares = base["jobs"].sum("municipality").isel(year=0)
    shares = shares / shares.sum()
    for kind in WALKS:
        shocked = inputs.copy(deep=True)
        if kind == PRICES:
            shocked["price noise"] = shocked["price noise"] + 0.03
            name, weight = "house_price", 1.0
        elif kind == JOBS:
            shocked["job noise"] = shocked["job noise"] + 0.03
            name, weight = "jobs_in_statistics", 1.0
        else:
            industry = {"industry": kind.removesuffix(" jobs")}
            shocked["job noise"].loc[industry] = 0.03
            name, weight = "jobs_in_statistics", float(shares.sel(industry))
        run = annual(simulate(model, shocked, ["jobs in statistics", "House price"]))
        ratio = run[name].sum("municipality") / base[name].sum("municipality")
        grown = np.log(ratio.to_numpy())[1:4] / 0.03 / weight
        np.testing.assert_allclose(grown, np.cumsum(LAGS[kind])[:3], atol=0.12, err_msg=kind)
