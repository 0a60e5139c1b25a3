"""Runs of the town model: what must hold whatever the numbers, on both back ends."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.engine import annual, simulate
from model.engine.jax_backend import BackendMissingError
from model.engine.show import emitted_code
from model.language import ModelErrors
from model.language.explain import explain
from model.language.restrict import restrict
from tests.engine_support import town


@pytest.fixture(scope="module")
def raw() -> xr.Dataset:
    model, inputs = town()
    return simulate(model, inputs)


def test_results_carry_labels_units_and_names(raw: xr.Dataset) -> None:
    assert raw["population"].dims == ("time", "sex", "age", "municipality")
    assert list(raw["municipality"].to_numpy()) == ["2480", "2418", "2584"]
    assert list(raw["age"].to_numpy()) == [0, 1, 2, 3, 4]
    assert raw["births"].attrs["units"] == "persons/year"
    assert raw["births"].attrs["long_name"] == "births"
    assert list(raw["time"].to_numpy()[[0, 1, -1]]) == [2011.0, 2011.25, 2015.0]


def test_people_change_only_by_births_and_deaths(raw: xr.Dataset) -> None:
    total = raw["population"].sum(["sex", "age", "municipality"]).to_numpy()
    gained = raw["births"].sum("municipality") - raw["deaths_by_age"].sum(["sex", "age", "municipality"])
    assert np.diff(total) == pytest.approx(0.25 * gained.to_numpy()[:-1], rel=1e-9)


def test_moves_within_a_county_neither_create_nor_lose_people(raw: xr.Dataset) -> None:
    moved = raw["moves_in"].sum(["municipality"]) - raw["moves_out"].sum(["municipality"])
    assert float(abs(moved).max()) <= 1e-9 * float(raw["population"].max())


def test_cohorts_shift_once_a_year(raw: xr.Dataset) -> None:
    assert list(raw["turn_of_year"].to_numpy()[:6]) == [1, 0, 0, 0, 1, 0]
    assert float(abs(raw["ageing"].sum("age")).max()) < 1e-9


def test_jax_agrees_with_numpy(raw: xr.Dataset) -> None:
    pytest.importorskip("jax")
    model, inputs = town()
    other = simulate(model, inputs, backend="jax")
    for name in raw:
        assert other[name].to_numpy() == pytest.approx(raw[name].to_numpy(), rel=1e-9, abs=1e-12), name


def test_without_jax_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    real_import = builtins.__import__

    def missing(name: str, *rest: Any, **options: Any) -> Any:
        if name == "jax":
            raise ImportError("No module named 'jax'")
        return real_import(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    model, inputs = town()
    with pytest.raises(BackendMissingError) as caught:
        simulate(model, inputs, ["busiest"], backend="jax")
    assert "Install the extra 'fast'" in str(caught.value)


def test_only_what_is_wanted_is_computed() -> None:
    model, inputs = town()
    found = simulate(model, inputs, ["Population total", "births"])
    assert set(found) == {"population_total", "births"}
    code = emitted_code(model, "deaths by age")
    assert code == "deaths_by_age = cohort * death_hazard"


def test_a_lever_may_change_every_step() -> None:
    model, inputs = town()
    lever = inputs["fertility lever"].expand_dims(time=inputs["time"]).copy()
    lever[8:] = 1.5
    changed = inputs.assign({"fertility lever": lever})
    before = simulate(model, inputs, ["births"])["births"]
    after = simulate(model, changed, ["births"])["births"]
    assert (after[:8] == before[:8]).all()
    assert after[8].to_numpy() == pytest.approx(1.5 * before[8].to_numpy())


def test_a_parameter_may_not_change_over_time() -> None:
    model, inputs = town()
    moving = inputs["leaving rate"].expand_dims(time=inputs["time"])
    with pytest.raises(ModelErrors) as caught:
        simulate(model, inputs.assign({"leaving rate": moving}), ["births"])
    assert "inputs: 'leaving rate' is a parameter and has values over time.\n  Only levers and series change" in str(
        caught.value
    )


def test_flows_add_up_and_stocks_are_those_of_the_last_day(raw: xr.Dataset) -> None:
    yearly = annual(raw)
    assert list(yearly["year"].to_numpy()) == [2010, 2011, 2012, 2013, 2014]
    assert np.isnan(yearly["births"].sel(year=2010)).all()
    first = raw["births"].isel(time=slice(0, 4)).sum("time") * 0.25
    assert yearly["births"].sel(year=2011).to_numpy() == pytest.approx(first.to_numpy())
    assert (yearly["population"].sel(year=2014) == raw["population"].isel(time=-1)).all()
    assert yearly["births"].dims == ("year", "municipality")


def test_the_initial_stock_is_that_of_the_start_year() -> None:
    model, inputs = town()
    raw = simulate(model, inputs, ["population"])
    assert (raw["population"][0].to_numpy() == inputs["initial population"].to_numpy()).all()


def test_halving_the_step_changes_little() -> None:
    coarse, fine = (
        simulate(*town(step=step), save=["population total"])["population_total"].isel(time=-1).sum()
        for step in (0.25, 0.125)
    )
    assert float(coarse) == pytest.approx(float(fine), rel=0.02)


def test_a_step_other_than_that_of_the_inputs_is_refused() -> None:
    model, inputs = town()
    with pytest.raises(ModelErrors) as caught:
        simulate(model, inputs, ["births"], step=0.5)
    assert "the inputs have a step of 0.25 years, the run one of 0.5." in str(caught.value)


def test_unknown_names_and_back_ends_are_told() -> None:
    model, inputs = town()
    with pytest.raises(ModelErrors, match="the model has no variable 'birth'"):
        simulate(model, inputs, ["birth"])
    with pytest.raises(ModelErrors, match="'fortran' is not a back end"):
        simulate(model, inputs, ["births"], backend="fortran")
    with pytest.raises(ModelErrors, match="Did you mean 'births'"):
        explain(model, "birth")


def test_a_part_of_the_region_runs_alone() -> None:
    model, inputs = town()
    part = restrict(model, "municipality", ["2480", "2418"])
    chosen = inputs.sel(municipality=["2480", "2418"], workplace=["2480", "2418"])
    raw = simulate(part, chosen, ["population total", "commuting"])
    assert raw["commuting"].shape[1:] == (2, 2)
    with pytest.raises(ModelErrors, match="'9999' is not a municipality of the model"):
        restrict(model, "municipality", ["9999"])


def test_explain_tells_unit_source_inputs_and_users() -> None:
    model, _ = town()
    text = explain(model, "fertility_lever")
    assert text.splitlines()[0] == "fertility lever   (town/sectors/population.mdl:48)"
    for line in (
        "    fertility lever[municipality] = 1",
        "kind:       lever (demography)",
        "unit:       dmnl",
        "range:      0.6 to 1.5",
        "source:     judgement",
        "quality:    D",
        "read by:    births [persons/year]",
    ):
        assert line in text.splitlines()
