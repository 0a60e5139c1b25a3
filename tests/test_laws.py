"""Conservation: what leaves one place arrives in another, and no stock changes but through its flows."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from tests.laws_support import RELATIVE, change, everything, fresh_inputs, gap, of, residual, turmoil

STATES = {"reference": everything, "turmoil": turmoil}


@pytest.fixture(params=list(STATES), scope="module")
def results(request) -> xr.Dataset:
    """A quiet run and one where everything moves at once."""
    return STATES[request.param]()


def assert_conserved(found: float, what: str) -> None:
    """Fail with the measured residual."""
    assert found <= RELATIVE, f"{what}: relative residual {found:.1e}, allowed {RELATIVE:.0e}"


def test_people_change_by_births_deaths_and_moves_alone(results):
    total = of(results, "Population").sum(["sex", "age"])
    flow = of(results, "births") - of(results, "deaths") + of(results, "in migration") - of(results, "out migration")
    explained = flow.to_numpy()[:-1] * results.attrs["step"]
    found = np.abs(change(total) - explained).max() / float(total.max())
    assert_conserved(float(found), "people by municipality")


def test_every_cohort_changes_by_its_own_flows(results):
    share = of(results, "ageing") + of(results, "moves in") - of(results, "moves out") - of(results, "deaths by age")
    older = share.sel(age=slice(1, None))
    level = of(results, "Population").sel(age=slice(1, None))
    explained = older.transpose(*level.dims).to_numpy()[:-1] * results.attrs["step"]
    found = np.abs(change(level) - explained).max() / float(level.max())
    assert_conserved(float(found), "people by sex, age and municipality")


def test_growing_older_neither_creates_nor_loses_anybody(results):
    ageing = of(results, "ageing").sum("age")
    assert_conserved(gap(ageing, xr.zeros_like(ageing), of(results, "Population").sum("age")), "ageing")


def test_a_cohort_shifts_one_age_at_the_turn_of_the_year_and_only_then(results):
    population, cohort = of(results, "Population"), of(results, "cohort")
    turn = results["time"] % 1 == 0
    shifted = population.isel(time=turn).sel(age=slice(0, 98)).to_numpy()
    np.testing.assert_array_equal(cohort.isel(time=turn).sel(age=slice(1, 99)).to_numpy(), shifted)
    still = ~turn
    np.testing.assert_array_equal(cohort.isel(time=still).to_numpy(), population.isel(time=still).to_numpy())


def test_moves_within_a_county_neither_create_nor_lose_people(results):
    county = fresh_inputs(2024, 2040)["in county"]
    left = (county * of(results, "moves out own county")).sum("municipality")
    arrived = (county * of(results, "arrivals own county")).sum("municipality")
    assert_conserved(gap(left, arrived, left), "moves within the counties by sex and age")


def test_everybody_who_leaves_for_the_other_county_arrives_there(results):
    inputs = fresh_inputs(2024, 2040)
    level = of(results, "background in rest of Sweden") * of(results, "background arrivals factor")
    per_county = inputs["in county"] * of(results, "other county arrivals per level")
    arrived = (per_county * level).sum("municipality")
    left = of(results, "leavers to county")
    assert_conserved(gap(left, arrived, left), "moves between the two counties by sex and age")


def test_moves_are_the_sum_of_their_kinds(results):
    domestic = of(results, "moves out own county") + of(results, "moves out rest of Sweden")
    kinds = domestic + of(results, "moves out abroad")
    moves = of(results, "moves out")
    assert_conserved(gap(moves, kinds, moves), "moves out by kind")
    expected = of(results, "moves in").sum(["sex", "age"])
    assert_conserved(gap(of(results, "in migration"), expected, expected), "moves in")


def test_every_job_mover_is_counted_once_as_a_person_and_once_as_a_worker(results):
    workers = of(results, "movers hired").sum("workplace")
    people = of(results, "in migration jobs")
    household = float(fresh_inputs(2024, 2040)["persons per moving worker"])
    assert_conserved(gap(people, workers * household, people), "job-driven moves in")
    recruited = (of(results, "recruits moving") + of(results, "converted")).sum("municipality")
    assert_conserved(gap(workers.sum("municipality"), recruited, recruited), "movers over workplaces and homes")


def test_jobs_held_change_by_their_flows_alone(results):
    flow = (
        of(results, "hires")
        + of(results, "movers hired")
        + of(results, "changes in")
        - of(results, "changes out")
        - of(results, "quits")
        - of(results, "labour force exits")
        - of(results, "layoffs of registered")
    )
    assert_conserved(residual(results, "Jobs held", flow), "jobs held by home and workplace")


def test_who_changes_job_keeps_a_job_and_a_home(results):
    left, found = of(results, "changes out").sum("workplace"), of(results, "changes in").sum("workplace")
    assert_conserved(gap(left, found, left), "job changers by home")


def test_the_labour_force_is_the_employed_and_the_unemployed(results):
    held = of(results, "Jobs held").sum("workplace")
    parts = held + of(results, "commuters to outside") + of(results, "unemployed")
    assert_conserved(gap(of(results, "labour force"), parts, parts), "labour force")


def test_filled_jobs_are_held_by_residents_of_the_region_or_by_nonregistered_workers(results):
    at_work = of(results, "Jobs held").sum("municipality").rename(workplace="municipality")
    parts = at_work + of(results, "Nonregistered workers")
    assert_conserved(gap(of(results, "filled jobs"), parts, parts), "filled jobs")
    by_industry = of(results, "jobs").sum("industry")
    assert_conserved(gap(of(results, "filled jobs"), by_industry, parts), "jobs by industry")


def test_nonregistered_workers_change_by_their_flows_alone(results):
    flow = of(results, "nonregistered hired") - of(results, "leaving nonregistered") - of(results, "converted")
    assert_conserved(residual(results, "Nonregistered workers", flow), "non-registered workers")


def test_dwellings_change_by_what_is_completed_and_lost(results):
    first, last = (int(results["time"][end]) - 1 for end in (0, -1))
    by_year = fresh_inputs(first, last)["dwellings counted anew"]
    anew = by_year.sel(time=results["time"], method="pad").assign_coords(time=results["time"])
    flow = of(results, "dwellings completed") + anew - of(results, "dwellings lost")
    assert_conserved(residual(results, "Dwellings", flow), "dwellings")


def test_a_dwelling_under_construction_was_started_and_will_be_completed(results):
    rebuilt = fresh_inputs_like(results)["relocation rebuilding"]
    flow = of(results, "dwellings started") + rebuilt - of(results, "dwellings completed")
    assert_conserved(residual(results, "Dwellings under construction", flow), "dwellings under construction")


def test_a_plan_ends_in_a_building_start(results):
    flow = of(results, "planned") - of(results, "dwellings started")
    assert_conserved(residual(results, "Planned dwellings", flow), "planned dwellings")


def test_every_home_houses_a_household_or_workers_or_stands_vacant(results):
    taken = of(results, "households") + of(results, "homes for nonregistered")
    vacant = of(results, "Dwellings") * of(results, "vacancy rate")
    assert_conserved(gap(of(results, "Dwellings"), taken + vacant, taken), "use of dwellings")


def test_commuters_in_are_commuters_out_within_the_region(results):
    inward = of(results, "in commuters") - of(results, "registered elsewhere in Sweden")
    outward = of(results, "out commuters") - of(results, "commuters to outside")
    assert_conserved(gap(inward.sum("municipality"), outward.sum("municipality"), outward), "commuters")


def test_money_accumulates_as_the_result_says(results):
    share = float(fresh_inputs(2024, 2040)["normal result share"])
    flow = of(results, "municipal result") - share * of(results, "municipal revenue")
    assert_conserved(residual(results, "Accumulated result", flow), "accumulated result")


def test_revenue_is_tax_and_equalisation(results):
    revenue = of(results, "municipal revenue")
    parts = of(results, "municipal tax revenue") + of(results, "equalisation")
    assert_conserved(gap(revenue, parts, revenue), "revenue")
    left = revenue - of(results, "municipal costs")
    assert_conserved(gap(of(results, "municipal result"), left, revenue), "result")


def test_a_project_is_divided_over_places_without_rest():
    inputs = fresh_inputs(2024, 2040)
    shares = inputs["project share"].sum("municipality")
    np.testing.assert_allclose(shares.to_numpy(), 1.0, rtol=RELATIVE)


def test_projects_jobs_by_place_are_the_projects_jobs(results):
    by_place = of(results, "project operating jobs").sum("municipality") + of(results, "project builders").sum(
        "municipality"
    )
    by_project = of(results, "project jobs").sum("project")
    assert_conserved(gap(by_place, by_project, by_project), "project jobs")


def fresh_inputs_like(results: xr.Dataset) -> xr.Dataset:
    """Inputs over the same years as results."""
    return fresh_inputs(int(results.attrs["start"]), int(results.attrs["until"]))
