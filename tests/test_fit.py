"""The fit: the loss, its least value, what is kept of it, and what runs make of it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from calibration.fit import table
from calibration.fit.calibrate import WORK, CalibrationOrder, calibrate
from calibration.fit.optimum import Found, Optimum, gauss_newton, root_of, starts
from calibration.fit.prepare import observed_run, only
from calibration.fit.recovery import coverage, synthetic
from calibration.fit.stored import RECORD, TABLE, USUAL, find_fit, read_fit
from model.inputs import build_inputs
from model.language import load_model
from scenarios.problems import ScenarioError
from scenarios.run import Order, prepare

NAMES = ["quit rate", "response of moving in to homes", "moves out level[2480]"]


@pytest.fixture(scope="module")
def target():
    return only(observed_run(2014), NAMES)


@pytest.fixture(scope="module")
def batch(target):
    return target.batch("numpy")


def test_only_what_was_known_is_fitted_to(target):
    assert target.observed.last == 2014
    assert target.inputs.attrs["until"] == 2014
    assert [each.name for each in target.uncertain] == sorted(NAMES)


def test_z_of_zero_is_the_prior_median(target):
    medians = {each.name: each.median(target.inputs) for each in target.uncertain}
    assert target.natural(np.zeros((1, 3)))[0] == pytest.approx(list(medians.values()))


def test_changed_variables_are_those_of_the_fitted_numbers(target):
    values = target.values(np.array([[0.0, 0.0, 0.0], [0.5, 0.0, 0.0]]))
    assert set(values) == {"quit rate", "response of moving in to homes", "moves out level"}
    levels = values["moves out level"]
    assert (levels[0] == 1).all()
    assert (levels[1] != 1).sum() == 1


def test_whitened_residuals_are_of_the_order_of_one(target, batch):
    residual = target.residuals(batch, np.zeros((1, 3)))[0]
    assert len(residual) == sum(int(series.known.sum()) for series in target.observed.series)
    assert 0.5 < np.sqrt((residual**2).mean()) < 2


def test_known_numbers_come_back_from_a_history_they_made(target, batch):
    truth = np.array([0.8, -0.7, 0.5])
    found = gauss_newton(synthetic(target, batch, truth, 3), batch, np.zeros(3))
    errors = (found.z - truth) / np.sqrt(np.diag(found.covariance))
    assert found.slope < 0.05
    assert np.abs(errors).max() < 3
    assert (np.diag(found.covariance) < 1).all()


def test_a_fit_without_data_is_the_prior():
    root = root_of(np.zeros((0, 4)))
    np.testing.assert_allclose(root @ root.T, np.eye(4))


def test_random_starts_begin_with_the_prior_median_and_repeat_with_the_seed():
    first = starts(3, 5, 7)
    assert (first[0] == 0).all()
    np.testing.assert_array_equal(first, starts(3, 5, 7))
    assert (starts(3, 5, 8)[1:] != first[1:]).all()


def test_intervals_that_hold_the_truth_are_counted():
    counted = coverage(["a", "b"], np.array([[0.1, 3.0], [-1.0, -3.0]]))
    assert counted["in_50"].tolist() == [0.5, 0.0]
    assert counted["in_80"].tolist() == [1.0, 0.0]


# --- what blocks -----------------------------------------------------------------------------------------------------


def optimum(slope: float, losses: tuple[float, ...], gain: float = 0.0) -> Optimum:
    searches = tuple(Found(np.zeros(2), loss, slope, 1) for loss in losses)
    return Optimum(np.zeros(2), min(losses), slope, np.eye(2), np.zeros((1, 2)), searches, gain)


def test_a_flat_optimum_that_two_starts_reached_has_converged():
    assert optimum(0.01, (5.0, 5.2, 9.0)).problems() == []


def test_a_steep_optimum_has_not_converged():
    told = "the slope at the optimum is 0.400 of a standard deviation, more than 0.05, and the loss still falls by 0.30"
    assert optimum(0.4, (5.0, 5.1), 0.3).problems() == [f"{told} along it"]


def test_an_optimum_on_a_kink_has_converged_when_nothing_is_gained_by_going_on():
    assert optimum(0.4, (5.0, 5.1), 0.001).problems() == []


def test_an_optimum_that_one_start_alone_reached_has_not_converged():
    assert "only one of 2 starts reached the best loss" in optimum(0.0, (5.0, 9.0)).problems()[0]


def chains(shift: float, draws: int = 400) -> table.Chains:
    made = np.random.default_rng(1).standard_normal((4, draws, 2))
    made[0] += shift
    return table.Chains(made, 0, 100)


def test_chains_that_agree_have_converged():
    assert chains(0.0).problems() == []


def test_chains_in_different_places_have_not_converged():
    told = " ".join(chains(2.0).problems())
    assert "split R-hat reaches" in told
    assert "more than 1.01" in told


def test_few_draws_and_divergent_ones_are_told():
    told = " ".join(table.Chains(chains(0.0, 40).draws, 3, 1).problems())
    assert "less than 400" in told
    assert "3 divergent transitions" in told


def test_pairs_that_go_together_are_named():
    random = np.random.default_rng(2).standard_normal((500, 3))
    random[:, 1] = random[:, 0] + 0.1 * random[:, 1]
    pairs = table.alike(["a", "b", "c"], random)
    assert pairs[["one", "other"]].to_numpy().tolist() == [["a", "b"]]
    assert pairs["correlation"][0] > 0.9


# --- on disk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "mine"
    shutil.copytree(USUAL, folder)
    return folder


def change(folder, **fields):
    path = folder / RECORD
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | fields), encoding="utf-8")


def test_the_committed_fit_converged_and_belongs_to_these_equations():
    fit = read_fit(USUAL, load_model())
    assert fit.converged
    assert fit.record["model"] == load_model().hash
    assert fit.draws.shape[1] == len(fit.table)


def test_a_run_holds_the_fitted_values_unless_told_otherwise():
    model = load_model()
    fit = read_fit(USUAL, model)
    fitted, prior = (prepare(Order("reference", 2024, 2026, fit=name)).inputs for name in (None, "none"))
    row = fit.table.loc["quit rate"]
    assert float(fitted["quit rate"]) == pytest.approx(row["value"])
    assert float(prior["quit rate"]) == pytest.approx(float(build_inputs(model, 2024, 2026)["quit rate"]))
    assert float(fitted["quit rate"]) != float(prior["quit rate"])
    shares = fitted["county share of welfare"] + fitted["municipal share of welfare"]
    assert float(shares) == pytest.approx(1.0)


def test_a_fit_that_has_not_converged_is_refused_unless_forced(copy):
    change(copy, converged=False, problems=["split R-hat reaches 1.200, more than 1.01"])
    with pytest.raises(ScenarioError, match=r"the fit has not converged: split R-hat reaches 1\.200") as told:
        prepare(Order("reference", 2024, 2026, fit=copy))
    assert "--force" in str(told.value)
    assert prepare(Order("reference", 2024, 2026, fit=copy, force=True)).fit is not None


def test_a_fit_of_other_equations_is_refused_with_both_hashes(copy):
    change(copy, model="0" * 64)
    with pytest.raises(ScenarioError, match=r"made with other equations \(0{12}\) than the model has now"):
        prepare(Order("reference", 2024, 2026, fit=copy))


def test_a_fit_with_a_number_the_model_lacks_is_refused(copy):
    rows = pd.read_csv(copy / TABLE)
    rows.loc[0, "name"] = "weight of dreams"
    rows.to_csv(copy / TABLE, index=False)
    with pytest.raises(ScenarioError, match="it holds 'weight of dreams', which the model does not have"):
        prepare(Order("reference", 2024, 2026, fit=copy))


@pytest.mark.parametrize("name", [RECORD, TABLE])
def test_a_damaged_fit_is_told(copy, name):
    (copy / name).write_text("nonsense", encoding="utf-8")
    with pytest.raises(ScenarioError, match="the fit cannot be read"):
        prepare(Order("reference", 2024, 2026, fit=copy))


def test_an_unknown_fit_is_told_with_those_there_are():
    with pytest.raises(ScenarioError, match=r"--fit nowhere: there is no such fit\.\n  There are: .*reference.*none"):
        find_fit("nowhere")


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"starts": 0}, "--starts 0: a fit needs at least one start"),
        ({"until": 2030}, "--until 2030: there are data to fit to for 2011 to 2024"),
        ({"seed": -1}, "--seed -1: a seed is 0 or more"),
    ],
)
def test_orders_that_make_no_fit_are_refused(tmp_path, order, words):
    with pytest.raises(ScenarioError, match=words):
        calibrate(CalibrationOrder(tmp_path / "fit", **order), [], print)
    assert not (tmp_path / "fit").exists()


def test_a_half_finished_fit_of_something_else_is_left_alone(tmp_path):
    work = tmp_path / "fit" / WORK
    work.mkdir(parents=True)
    (work / "identity.json").write_text(json.dumps({"model": "another", "seed": 1}), encoding="utf-8")
    with pytest.raises(ScenarioError, match="a half-finished fit of something else stands here") as told:
        calibrate(CalibrationOrder(tmp_path / "fit"), [], lambda _: None)
    assert "model: another there" in str(told.value)
    assert (work / "identity.json").exists()


def test_an_ensemble_draws_from_the_fit():
    from scenarios.chance import read_chance

    prepared = prepare(Order("reference", 2024, 2026))
    assert prepared.fit is not None
    chance = read_chance(prepared.model, prepared.inputs, prepared.fit)
    drawn = chance.draw(1, range(256))["quit rate"]
    row = prepared.fit.table.loc["quit rate"]
    low, high = np.quantile(drawn, [0.1, 0.9])
    assert low == pytest.approx(row["q10"], rel=0.1)
    assert high == pytest.approx(row["q90"], rel=0.1)
    table_draws = chance.draw(1, range(64))["in level rest of Sweden"].sum((1, 2, 3))
    assert table_draws.mean() == pytest.approx(float(prepared.inputs["in level rest of Sweden"].sum()), rel=0.03)


def test_a_scenario_that_sets_a_fitted_number_has_its_way_in_the_ensemble():
    from scenarios.chance import read_chance

    prepared = prepare(Order("reference", 2024, 2026))
    changed = prepared.inputs.assign({"quit rate": prepared.inputs["quit rate"] * 0 + 0.02})
    drawn = read_chance(prepared.model, changed, prepared.fit).draw(1, range(64))["quit rate"]
    assert np.median(drawn) == pytest.approx(0.02, rel=0.1)


@pytest.mark.slow
def test_the_compiled_loss_and_its_slope_are_those_of_the_runs(target, batch):
    from calibration.fit.optimum import compiled_slope

    z = np.array([0.3, -0.4, 0.2])
    loss, slope = compiled_slope(target)(z)
    residual, slopes = target.slopes(batch, z)
    assert loss == pytest.approx(0.5 * float(residual @ residual + z @ z), rel=1e-9)
    np.testing.assert_allclose(slope, slopes.T @ residual + z, rtol=2e-3, atol=1e-3)


@pytest.mark.slow
def test_an_interrupted_chain_goes_on_to_the_same_draws(target, batch, tmp_path):
    from calibration.fit import posterior
    from calibration.fit.shape import Shape

    one = posterior.sampler(target, Shape.of(gauss_newton(target, batch, np.zeros(3))))
    plan, start = posterior.Order(seed=4, chains=1, warm_up=10, draws=20), np.zeros(3)
    whole = posterior.run_chain(one, plan, 0, (tmp_path / "whole.npz", start), lambda _: None)
    posterior.run_chain(one, replace(plan, draws=10), 0, (tmp_path / "cut.npz", start), lambda _: None)
    again = posterior.run_chain(one, plan, 0, (tmp_path / "cut.npz", start), lambda _: None)
    np.testing.assert_array_equal(np.array(whole.draws), np.array(again.draws))
