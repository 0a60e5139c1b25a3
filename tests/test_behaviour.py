"""Behaviour that holds whatever the numbers: no effect without a cause, the step does not matter, runs repeat."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr

from tests.laws_support import fresh_inputs, lever_range, levers, of, reference, run, the_model, with_values, years

REGION_LIMIT = 0.001  # of people in 2050, when the step is halved
PLACE_LIMIT = 0.005
ONE_AT_THE_START = (
    "push", "pull", "size", "service level", "private services", "welfare staffing", "house price index",
    "planning response", "relative population", "relative need", "relative purchasing power",
    "welfare affordability", "ambition afforded", "crowd", "income index", "headship growth", "travel ease",
    "youth retention", "mortality aimed at", "Reception", "Ambition", "Skills match", "Mortality level",
    "Education places", "Known openings", "regional level", "encouragement",
)  # fmt: skip
ZERO_AT_THE_START = (
    "Perceived choice of homes", "choice of homes", "Perceived services", "Perceived slack", "relative unemployment",
    "scarcity", "margin", "Inclusion", "Accumulated result", "Growth capital",
)  # fmt: skip
NEAR_ONE_AT_THE_START = {  # measured against the year before the start, not against the first step
    "relative searchers": 0.005,
    "relative openings": 0.12,  # Pajala 2010, Boden 2024: their sites' builders are in the statistics
    "reception load": 0.12,  # the same sites' newcomers
    "builder availability": 0.02,
    "grid availability": 0.15,
}
BASES = tuple(
    variable.name
    for variable in the_model().variables.values()
    if variable.text.partition("=")[2].strip().upper().startswith("INITIAL(")
)


@cache
def quiet_start(start: int) -> xr.Dataset:
    """The first moment of a run without projects, whose conditions are those of the reference period."""
    still = {"project scale": 0.0, "initial operating jobs": 0.0, "observed level growth": 0.0}
    inputs = with_values(fresh_inputs(start, start + 1), still)
    inputs["initial dwellings under construction"] = inputs["normal completions"] * inputs["building time"]
    first = run(inputs, ("unemployment rate", "vacancy rate")).isel(time=0)
    inputs["reference unemployment"] = first["unemployment_rate"]
    inputs["reference vacancy"] = first["vacancy_rate"]
    inputs["reference population"] = inputs["initial population"].sum(["sex", "age"])
    inputs["reference workers"] = inputs["initial jobs held"].sum("municipality").rename(workplace="municipality")
    return run(inputs, [*ONE_AT_THE_START, *ZERO_AT_THE_START, *NEAR_ONE_AT_THE_START]).isel(time=0)


@pytest.mark.parametrize("start", [2010, 2018, 2024])
def test_every_effect_is_one_when_conditions_are_those_of_the_reference_period(start):
    for name in ONE_AT_THE_START:
        np.testing.assert_allclose(of(quiet_start(start), name).to_numpy(), 1.0, atol=1e-6, err_msg=name)


@pytest.mark.parametrize("start", [2010, 2018, 2024])
def test_every_logarithm_is_nought_when_conditions_are_those_of_the_reference_period(start):
    for name in ZERO_AT_THE_START:
        np.testing.assert_allclose(of(quiet_start(start), name).to_numpy(), 0.0, atol=1e-6, err_msg=name)


@pytest.mark.parametrize("start", [2010, 2018, 2024])
def test_flows_at_the_start_are_near_those_of_the_base_year(start):
    for name, room in NEAR_ONE_AT_THE_START.items():
        np.testing.assert_allclose(of(quiet_start(start), name).to_numpy(), 1.0, atol=room, err_msg=name)


@cache
def bases(lever: str, value: float) -> xr.Dataset:
    """What the run calls normal with a lever set from the first step ("" for none)."""
    inputs = fresh_inputs(2024, 2025)
    found = run(with_values(inputs, {lever: value}) if lever else inputs, BASES)
    return found.isel(time=0) if "time" in found.dims else found


@pytest.mark.parametrize("lever", [variable.name for variable in levers()])
def test_what_is_normal_does_not_depend_on_levers(lever):
    for value in lever_range(the_model().variables[lever]):
        for name in BASES:
            first, second = of(bases("", 0.0), name), of(bases(lever, value), name)
            np.testing.assert_allclose(second.to_numpy(), first.to_numpy(), rtol=1e-9, err_msg=f"{name} at {value}")


def test_a_lever_left_at_its_default_changes_nothing():
    inputs = fresh_inputs(2024, 2040)
    for lever in levers():
        steps = xr.ones_like(inputs["time"], dtype=float)
        inputs[lever.name] = (steps * inputs[lever.name]).transpose("time", *lever.dims)
    xr.testing.assert_identical(run(inputs), reference())


def test_the_same_inputs_give_the_same_bytes():
    again = run(fresh_inputs(2024, 2040))
    for name, values in reference().items():
        assert again[name].to_numpy().tobytes() == values.to_numpy().tobytes(), name


def test_the_future_does_not_reach_back():
    long, short = reference(2024, 2040), run(fresh_inputs(2024, 2030))
    for name in short:
        np.testing.assert_array_equal(short[name].to_numpy(), long[name].sel(time=short["time"]).to_numpy())


def test_halving_the_step_hardly_changes_the_population():
    quarter = of(run(fresh_inputs(2010, 2050), ("total population",)), "total population").isel(time=-1)
    eighth = of(run(fresh_inputs(2010, 2050, step=0.125), ("total population",)), "total population").isel(time=-1)
    region = float(abs(eighth.sum() / quarter.sum() - 1))
    places = abs(eighth / quarter - 1)
    worst = str(places["municipality"][int(places.to_numpy().argmax())].item())
    told = f"region {100 * region:.4f} %, worst municipality {worst} {100 * float(places.max()):.3f} %"
    assert region < REGION_LIMIT, told
    assert float(places.max()) < PLACE_LIMIT, told


def test_flows_of_a_year_explain_the_population_on_31_december():
    results = years(reference())
    total = of(results, "total population")
    net = of(results, "births") - of(results, "deaths") + of(results, "in migration") - of(results, "out migration")
    np.testing.assert_allclose(total.diff("year").to_numpy(), net.isel(year=slice(1, None)).to_numpy(), atol=1e-6)
