"""Extreme conditions: the model must stay sensible where no data can tell."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr

from tests.laws_support import change, fresh_inputs, of, reference, run, with_values, years
from tests.test_extremes_levers import troubles, watched

START, UNTIL = 2024, 2040
LAST = UNTIL
SMALLEST = "2403"  # Bjurholm
EMPTIED = "2425"  # Dorotea
KIRUNA = "2584"


def region(results: xr.Dataset, name: str, year: int = LAST) -> float:
    """A result of the whole region in a year."""
    return float(years(results)[name.lower().replace(" ", "_")].sel(year=year).sum())


@cache
def without_jobs() -> xr.Dataset:
    """Employers leave from 2026 on and no project comes."""
    inputs = fresh_inputs(START, UNTIL)
    gone = xr.where(inputs["time"] < 2026, 1.0, 0.0)
    values = {"later service jobs growth": -1.0, "later welfare productivity": 1.0, "project scale": 0.0}
    inputs["baseline jobs"] = inputs["baseline jobs"] * gone
    return run(with_values(inputs, values), watched())


def test_without_jobs_nothing_turns_negative():
    assert troubles(without_jobs()) == []


def test_without_jobs_hardly_anybody_works():
    start = float(of(without_jobs(), "filled jobs").isel(time=0).sum())
    assert region(without_jobs(), "filled jobs") < 0.15 * start


def test_without_jobs_people_leave_everywhere():
    population = years(without_jobs())["population"].sum(["sex", "age"]).sel(year=LAST)
    usual = years(reference())["population"].sum(["sex", "age"]).sel(year=LAST)
    assert bool((population < usual).all())
    assert float(population.sum()) < 0.93 * float(usual.sum())


def test_without_jobs_nobody_is_recruited_from_outside():
    assert region(without_jobs(), "recruits from outside") < 0.1 * region(reference(), "recruits from outside")


@cache
def without_building() -> xr.Dataset:
    """No plans, no finance: nothing is started."""
    values = {"planning capacity": 0.0, "building finance": 0.0}
    return run(with_values(fresh_inputs(START, UNTIL), values), watched())


def test_without_building_the_stock_only_wears_down():
    assert troubles(without_building()) == []
    assert float(of(without_building(), "dwellings started").max()) == 0.0
    elsewhere = of(without_building(), "Dwellings").drop_sel(municipality=[KIRUNA, "2523"])  # the mines' new homes
    late = elsewhere.sel(time=slice(2036, None))
    assert change(late).max() <= 1.0


def test_without_building_homes_grow_dear_and_people_fewer():
    priced = years(without_building())["house_price_index"].sel(year=LAST)
    usual = years(reference())["house_price_index"].sel(year=LAST)
    grown = ["2480", "2580", "2581", "2482"]
    assert bool((priced.sel(municipality=grown) > usual.sel(municipality=grown)).all())
    assert region(without_building(), "Population") < region(reference(), "Population")


@cache
def giant() -> xr.Dataset:
    """A plant of 3 000 jobs and 8 000 builders comes to a place of 2 300 people."""
    inputs = fresh_inputs(START, UNTIL)
    inputs["project share"].loc[{"project": "stegra"}] = 0.0
    inputs["project share"].loc[{"project": "stegra", "municipality": SMALLEST}] = 1.0
    for name, value in {"initial progress": 0.0, "initial operating jobs": 0.0, "project scale": 2.0}.items():
        inputs[name] = xr.where(inputs["project"] == "stegra", value, inputs[name])
    inputs["planned building start"] = xr.where(inputs["project"] == "stegra", 2027.0, inputs["planned building start"])
    return run(inputs, watched())


def test_a_giant_in_the_smallest_place_breaks_nothing():
    assert troubles(giant()) == []
    assert float(of(giant(), "households").min()) >= 0.0


def test_a_giant_in_the_smallest_place_brings_fewer_residents_than_jobs():
    results = years(giant()).sel(municipality=SMALLEST)
    jobs = results["project_jobs"].sel(project="stegra", year=LAST).item()
    assert jobs > 2000
    filled = results["filled_jobs"].sel(year=LAST) - results["filled_jobs"].sel(year=START)
    people = results["population"].sum(["sex", "age"])
    gained = float(people.sel(year=LAST) - people.sel(year=START))
    assert 0 < gained < float(filled), f"{gained:.0f} residents for {float(filled):.0f} jobs, {jobs:.0f} of the plant"


def test_a_giant_in_the_smallest_place_lives_on_people_who_register_elsewhere():
    workers = years(giant())["nonregistered_workers"].sel(municipality=SMALLEST)
    assert float(workers.max()) > 1000


def test_when_everybody_leaves_nothing_turns_negative():
    inputs = fresh_inputs(START, UNTIL)
    here = inputs["municipality"] == EMPTIED
    for name in ("in level rest of Sweden", "in level abroad", "arrival propensity own county"):
        inputs[name] = xr.where(here, 0.0, inputs[name]).transpose(*inputs[name].dims)
    out = xr.where(here, 1.0, inputs["out rate rest of Sweden"])
    inputs["out rate rest of Sweden"] = out.transpose(*inputs["out rate rest of Sweden"].dims)
    results = run(inputs, watched())
    others = [trouble for trouble in troubles(results) if not trouble.startswith("house price")]
    assert others == []  # in an empty place a house is worth nothing
    left = of(results, "Population").sum(["sex", "age"]).sel(municipality=EMPTIED)
    assert float(left[-1]) < 0.1 * float(left[0])


ZEROED = (
    "initial population", "initial jobs", "initial dwellings", "initial unemployed",
    "initial commuters to outside", "initial nonregistered workers", "initial dwellings under construction",
    "normal completions", "normal net loss of dwellings", "in level rest of Sweden", "in level abroad",
    "arrival propensity own county", "baseline jobs", "relocation loss", "relocation rebuilding",
    "dwellings counted anew", "reference population", "reference workers",
)  # fmt: skip


@cache
def emptied() -> xr.Dataset:
    """A run in which nobody and nothing is in one place from the start."""
    inputs = fresh_inputs(START, UNTIL)
    here = inputs["municipality"] == EMPTIED
    for name in ZEROED:
        inputs[name] = xr.where(here, 0.0, inputs[name]).transpose(*inputs[name].dims)
    held = inputs["initial jobs held"]
    at_home, at_work = held["municipality"] == EMPTIED, held["workplace"] == EMPTIED
    inputs["initial jobs held"] = xr.where(at_home | at_work, 0.0, held).transpose(*held.dims)
    return run(inputs, watched())


def test_an_empty_place_stays_empty():
    people = of(emptied(), "Population").sel(municipality=EMPTIED)
    np.testing.assert_array_equal(people.to_numpy(), 0.0)


def test_an_empty_place_breaks_no_bound_anywhere():
    left = [trouble for trouble in troubles(emptied()) if not trouble.startswith("base local hires")]
    assert left == []  # the one recruit of the base year is hired from nowhere, and nobody wants him


def test_an_empty_place_has_no_hires_in_its_base_year():
    assert float(of(emptied(), "base local hires").min()) >= 0.0


def test_without_immigration_nobody_arrives_from_abroad():
    inputs = with_values(fresh_inputs(START, UNTIL), {"immigration lever": 0.0})
    results = run(inputs, (*watched(), "arrivals abroad"))
    assert troubles(results) == []
    assert float(of(results, "arrivals abroad").max()) == 0.0
    assert region(results, "Population") < region(reference(), "Population") - 1000


def test_without_a_grid_what_needs_power_waits_and_the_rest_goes_on():
    inputs = fresh_inputs(START, UNTIL)
    nothing = {"initial grid capacity": 0.0, "initial grid under construction": 0.0, "grid programme": 0.0}
    results = run(with_values(inputs, nothing), watched())
    assert troubles(results) == []
    progress, usual = of(results, "Progress").isel(time=-1), of(reference(), "Progress").isel(time=-1)
    start = of(results, "Progress").isel(time=0)
    assert float(progress.sel(project="hybrit") - start.sel(project="hybrit")) < 0.3
    assert float(usual.sel(project="hybrit")) > 0.95
    railway = progress.sel(project="norrbotniabanan_south")
    assert float(railway) == pytest.approx(float(usual.sel(project="norrbotniabanan_south")), abs=0.05)
