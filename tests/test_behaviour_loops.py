"""The loops of the model, each shown by a small experiment: what happens, in which direction, in which order.

A shock hits one place in 2026 (model time 2027) in a run from 2024; results are differences from the run without it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import xarray as xr

from tests.laws_support import HEADLINES, fresh_inputs, of, run, with_values

START, UNTIL, SHOCK = 2024, 2040, 2027.0
KIRUNA, SKELLEFTEA, LULEA = "2584", "2482", "2580"
SAVED = (
    *HEADLINES, "purchasing power", "layoffs", "planned", "builder availability", "grid availability", "readiness",
    "stayers", "registered elsewhere in Sweden", "welfare need", "jobs", "ordinary probability of moving",
    "price wanted", "recruits moving", "project builders",
)  # fmt: skip
NEW_JOBS = 2500.0
RAMP = 1.0  # years


@cache
def quiet() -> xr.Dataset:
    """The run without a shock."""
    return run(fresh_inputs(START, UNTIL), SAVED)


@cache
def boom() -> xr.Dataset:
    """Two and a half thousand more industry jobs in Kiruna, for good, within a year."""
    inputs = fresh_inputs(START, UNTIL)
    jobs = inputs["baseline jobs"]
    here = (jobs["municipality"] == KIRUNA) & (jobs["industry"] == "basic")
    risen = ((inputs["time"] - SHOCK) / RAMP).clip(0, 1)
    inputs["baseline jobs"] = (jobs + NEW_JOBS * risen * here).transpose(*jobs.dims)
    return run(inputs, SAVED)


@cache
def bust() -> xr.Dataset:
    """Half of Skellefteå's industry jobs end at once."""
    inputs = fresh_inputs(START, UNTIL)
    jobs = inputs["baseline jobs"]
    here = (jobs["municipality"] == SKELLEFTEA) & (jobs["industry"] == "basic")
    lost = 0.5 * (inputs["time"] >= SHOCK) * here
    inputs["baseline jobs"] = (jobs * (1 - lost)).transpose(*jobs.dims)
    return run(inputs, SAVED)


def effect(shocked: xr.Dataset, name: str, place: str | None = None) -> xr.DataArray:
    """Difference from the quiet run, in a place or (None) in all places together."""
    found = of(shocked, name) - of(quiet(), name)
    return found.sum("municipality") if place is None else found.sel(municipality=place)


def after(series: xr.DataArray, years: float) -> float:
    """Value so many years after the shock."""
    return float(series.sel(time=SHOCK + years))


def half_way(series: xr.DataArray) -> float:
    """Years after the shock at which an effect has reached half of its largest size."""
    size = np.abs(series.to_numpy())
    return float(series["time"][int(np.argmax(size >= size.max() / 2))]) - SHOCK


def in_order(*series: xr.DataArray) -> bool:
    """Tell whether each effect is half-way no earlier than the one before."""
    times = [half_way(one) for one in series]
    return times == sorted(times)


def test_r1_jobs_bring_residents_their_wages_and_then_service_jobs():
    positions = of(boom(), "Positions") - of(quiet(), "Positions")
    here = positions.sel(municipality=KIRUNA)
    basic, services = here.sel(industry="basic"), here.sel(industry="services")
    power = effect(boom(), "purchasing power", KIRUNA)
    assert after(effect(boom(), "total population", KIRUNA), 5) > 0
    assert after(power, 5) > 0
    assert after(services, 8) > after(services, 2) > 0
    assert in_order(basic, power, services)


def test_r2_nonregistered_workers_pay_no_tax_thin_the_services_and_fewer_recruits_move():
    assert after(effect(boom(), "Nonregistered workers", KIRUNA), 3) > 0
    assert after(effect(boom(), "tax forgone", KIRUNA), 3) > 0
    assert after(effect(boom(), "service level", KIRUNA), 3) < 0
    assert after(effect(boom(), "ordinary probability of moving", KIRUNA), 4) < 0


def test_r2_more_nonregistered_workers_alone_lower_the_service_level():
    inputs = fresh_inputs(START, UNTIL)
    heavy = run(with_values(inputs, {"service use of nonregistered": 0.7}), SAVED)
    place = LULEA
    growing = of(quiet(), "Nonregistered workers").sel(municipality=place)
    late = int(growing.to_numpy().argmax())
    assert float(growing[late]) > 1.2 * float(growing[0])
    assert float(effect(heavy, "service level", place)[late]) < 0


def test_b1_scarce_homes_turn_movers_away_at_once_and_bring_new_homes_late():
    vacant, price = effect(boom(), "vacancy rate", KIRUNA), effect(boom(), "House price", KIRUNA)
    started, completed = effect(boom(), "dwellings started", KIRUNA), effect(boom(), "dwellings completed", KIRUNA)
    assert after(vacant, 3) < 0
    assert after(effect(boom(), "ordinary probability of moving", KIRUNA), 3) < 0
    assert after(price, 6) > 0
    assert after(completed, 8) > 0
    assert in_order(vacant, started, completed)
    assert half_way(price) > half_way(vacant)
    deepest = float(vacant["time"][int(vacant.to_numpy().argmin())])
    assert float(vacant[-1]) > float(vacant.sel(time=deepest))


def test_b2_a_tight_labour_market_hires_the_unemployed_then_commuters_then_people_from_outside():
    assert after(effect(boom(), "unemployed", KIRUNA), 1) < 0
    assert after(effect(boom(), "out commuters", KIRUNA), 2) < 0
    registered = effect(boom(), "in commuters", KIRUNA) - effect(boom(), "registered elsewhere in Sweden", KIRUNA)
    assert after(registered, 3) > 0
    assert after(effect(boom(), "Nonregistered workers", KIRUNA), 3) > 0
    assert in_order(effect(boom(), "unemployed", KIRUNA), effect(boom(), "Nonregistered workers", KIRUNA))


def test_b3_plants_and_homes_share_the_builders_and_both_come_later():
    inputs = fresh_inputs(START, UNTIL)
    few = run(with_values(inputs, {"mobile builders": 0.0, "brought along": 0.3, "resident reserve": 0.05}), SAVED)
    busy = effect(few, "builder availability", LULEA)
    assert float(busy.min()) < -0.02
    progress = of(few, "Progress") - of(quiet(), "Progress")
    assert float(progress.sel(project="ssab_lulea", time=2029.0)) < 0
    assert float(effect(few, "dwellings started", LULEA).sel(time=slice(2026, 2029)).mean()) < 0


def test_b4_a_late_grid_delays_the_plants_and_their_jobs():
    inputs = fresh_inputs(START, UNTIL)
    inputs["initial grid under construction"] = inputs["initial grid under construction"] * 0.0
    inputs = with_values(inputs, {"grid programme": 0.0})
    late = run(inputs, SAVED)
    assert float(effect(late, "grid availability", LULEA).min()) < -0.05
    progress = of(late, "Progress") - of(quiet(), "Progress")
    assert float(progress.sel(project="hybrit", time=2029.0)) < 0
    jobs = (of(late, "project jobs") - of(quiet(), "project jobs")).sum("project")
    assert float(jobs.sum()) < 0


def test_r3_ageing_calls_for_welfare_workers_and_leaves_industry_short():
    inputs = fresh_inputs(START, UNTIL)
    old = run(with_values(inputs, {"mortality lever": 0.7}), SAVED)
    positions = (of(old, "Positions") - of(quiet(), "Positions")).sum("municipality").isel(time=-1)
    jobs = (of(old, "jobs") - of(quiet(), "jobs")).sum("municipality").isel(time=-1)
    assert float(effect(old, "welfare need").isel(time=-1)) > 0
    assert float(positions.sel(industry="welfare")) > 0
    assert float(effect(old, "vacancies").isel(time=-1)) > 0
    assert float(jobs.sel(industry="basic") - positions.sel(industry="basic")) < 0


def test_b5_a_closure_empties_homes_and_stalls_building():
    place = SKELLEFTEA
    assert float(effect(bust(), "layoffs", place).max()) > 0
    assert after(effect(bust(), "unemployed", place), 1) > 0
    assert after(effect(bust(), "out migration", place), 1) > 0
    assert after(effect(bust(), "total population", place), 3) < 0
    assert after(effect(bust(), "vacancy rate", place), 5) > 0
    assert after(effect(bust(), "House price", place), 5) < 0
    assert after(effect(bust(), "dwellings started", place), 5) < 0


def test_b5_comes_in_the_order_of_cause_and_effect():
    place = SKELLEFTEA
    chain = [effect(bust(), name, place) for name in ("layoffs", "unemployed", "vacancy rate", "House price")]
    assert in_order(*chain)
    assert half_way(effect(bust(), "dwellings completed", place)) > half_way(effect(bust(), "dwellings started", place))


def test_nonregistered_workers_go_first_when_jobs_end():
    workers = effect(bust(), "Nonregistered workers", SKELLEFTEA)
    assert half_way(workers) <= half_way(effect(bust(), "total population", SKELLEFTEA))
    assert after(workers, 1) < 0


def kiruna_after(years: float) -> dict[str, float]:
    """Who fills the new jobs in Kiruna so many years after the shock."""
    registered = effect(boom(), "in commuters", KIRUNA) - effect(boom(), "registered elsewhere in Sweden", KIRUNA)
    return {
        "filled jobs": after(effect(boom(), "filled jobs", KIRUNA), years),
        "residents at work here": after(effect(boom(), "stayers", KIRUNA), years),
        "in-commuters": after(registered, years),
        "non-registered": after(effect(boom(), "Nonregistered workers", KIRUNA), years),
        "residents": after(effect(boom(), "total population", KIRUNA), years),
    }


def test_new_jobs_in_kiruna_are_filled_by_residents_commuters_and_nonregistered_workers():
    for years in (1, 3, 5, 10):
        found = kiruna_after(years)
        parts = found["residents at work here"] + found["in-commuters"] + found["non-registered"]
        assert abs(parts - found["filled jobs"]) < 1e-6 * NEW_JOBS, (years, found)


def test_new_jobs_in_kiruna_bring_far_fewer_residents_than_jobs():
    for years in (3, 5, 10):
        found = kiruna_after(years)
        assert 0.2 * found["filled jobs"] < found["residents"] < 0.9 * found["filled jobs"], (years, found)
        assert found["non-registered"] > 0.1 * found["filled jobs"], (years, found)
        assert found["in-commuters"] > 0.05 * found["filled jobs"], (years, found)
