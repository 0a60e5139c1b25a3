"""Bounds: whatever the levers say, no stock turns negative, no share leaves [0, 1], every number stays a number."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.laws_support import fresh_inputs, lever_range, levers, of, run, the_model, with_values

START, UNTIL = 2024, 2036
SIGNED_STOCKS = {
    "Perceived choice of homes",  # logarithms relative to the base year
    "Perceived services",
    "Perceived slack",
    "Regional slack when observed",
    "Accumulated result",  # debts
    "Operating jobs",  # net jobs: a project may replace more than it creates
}
NEVER_NEGATIVE = {"persons", "jobs", "dwellings", "SEK", "kSEK", "MW", "persons/year", "jobs/year", "dwellings/year"}
SIGNED = {
    "ageing", "job gap", "net migration", "population growth", "project jobs", "project operating jobs",
    "operating jobs wanted", "initial construction jobs",
}  # fmt: skip
SHARES = (
    "Progress", "Inclusion", "unemployment rate", "vacancy rate", "base vacancy", "probability of moving",
    "ordinary probability of moving", "readiness to build", "market strength", "builder availability",
    "grid availability", "readiness", "search limit", "plant part", "site part", "nonregistered share",
    "ordinary intensity", "project intensity", "begun", "still open", "finishing", "under way",
)  # fmt: skip
ROUNDING = 1e-9
COHORTS = ("Population", "hazard own county", "hazard rest of Sweden", "hazard abroad", "exposure")
PRICE_RANGE = (0.1, 20.0)  # of a house, relative to the start: beyond lies no market
COMBINATIONS = 12


@cache
def watched() -> tuple[str, ...]:
    """Every variable without ages, and the cohorts whose sign matters."""
    computed = [v for v in the_model().variables.values() if v.kind in ("stock", "auxiliary")]
    return tuple(v.name for v in computed if "age" not in v.dims or v.name in COHORTS)


def troubles(results: xr.Dataset) -> list[str]:
    """What breaks a bound, in words."""
    found = []
    for name in watched():
        values = of(results, name).to_numpy()
        if not np.isfinite(values).all():
            found.append(f"{name}: {int((~np.isfinite(values)).sum())} values are not finite")
        elif must_not_be_negative(name) and values.min() < -ROUNDING * max(1.0, np.abs(values).max()):
            found.append(f"{name}: falls to {values.min():.3g}")
    return found + share_troubles(results) + price_troubles(results)


def must_not_be_negative(name: str) -> bool:
    """Stocks, people, jobs, homes and money held count from nothing upward."""
    variable = the_model().variables[name]
    if variable.kind == "stock":
        return name not in SIGNED_STOCKS
    return name in COHORTS or (variable.unit in NEVER_NEGATIVE and name.lower() not in SIGNED)


def share_troubles(results: xr.Dataset) -> list[str]:
    """Shares outside [0, 1]."""
    found = []
    for name in SHARES:
        if name.lower().replace(" ", "_") in results:
            values = of(results, name).to_numpy()
            if values.min() < -ROUNDING or values.max() > 1 + ROUNDING:
                found.append(f"{name}: a share of {values.min():.3g} to {values.max():.3g}")
    return found


def price_troubles(results: xr.Dataset) -> list[str]:
    """House prices that no market knows."""
    index = of(results, "house price index")
    low, high = float(index.min()), float(index.max())
    if PRICE_RANGE[0] < low and high < PRICE_RANGE[1]:
        return []
    return [f"house price index: {low:.3g} to {high:.3g}"]


LEVERS = [variable.name for variable in levers()]


@pytest.mark.parametrize("end", ["minimum", "maximum"])
@pytest.mark.parametrize("lever", LEVERS)
def test_no_bound_breaks_with_a_lever_at_its_end(lever, end):
    low, high = lever_range(the_model().variables[lever])
    value = low if end == "minimum" else high
    results = run(with_values(fresh_inputs(START, UNTIL), {lever: value}), watched())
    assert troubles(results) == []


@st.composite
def lever_settings(draw) -> dict[str, float]:
    """Every lever somewhere in its range, for all places alike; the ends come often."""
    values = {}
    for lever in levers():
        low, high = lever_range(lever)
        low, high = (START, UNTIL + 2.0) if high > UNTIL else (low, high)  # years of stop and closure
        values[lever.name] = low + (high - low) * draw(st.sampled_from([0.0, 0.1, 0.35, 0.5, 0.75, 1.0]))
    return values


@settings(
    max_examples=COMBINATIONS, derandomize=True, deadline=None, database=None,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(lever_settings())
def test_no_bound_breaks_under_any_combination_of_levers(values):
    results = run(with_values(fresh_inputs(START, UNTIL), values), watched())
    assert troubles(results) == []


def test_no_bound_breaks_in_the_reference_run():
    assert troubles(run(fresh_inputs(2010, 2050), watched())) == []
