"""Each lever moves each headline outcome the way written beforehand in signs.csv, with the reason.

A lever is set for all places (or one project) from 2026 on in a run from 2024; outcomes are of the whole region:
stocks and levels at the end of 2040, flows summed over 2025–2040. Where the model disagrees with a sign, the sign
stays and the last column says why.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from tests.laws_support import fresh_inputs, lever_range, levers, of, reference, run, the_model, years

START, UNTIL = 2024, 2040
FROM = 2026.0  # model time; what is normal is measured before
TABLE = Path(__file__).with_name("signs.csv")
MOVES = 1e-5  # a change smaller than one in a hundred thousand moves nothing
STILL = 2e-3  # what "no effect" allows: indirect effects through moves
YOUNG = slice(18, 24)


def at_end(name: str) -> Callable[[xr.Dataset], float]:
    """Sum over the region at the end."""
    return lambda results: float(of(results, name).sel(year=UNTIL).sum())


def mean_at_end(name: str) -> Callable[[xr.Dataset], float]:
    """Mean over municipalities, weighted by people, at the end."""
    return lambda results: float(
        of(results, name).sel(year=UNTIL).weighted(of(results, "total population").sel(year=UNTIL)).mean()
    )


def in_all(name: str) -> Callable[[xr.Dataset], float]:
    """Sum over the region and the years."""
    return lambda results: float(of(results, name).sel(year=slice(START + 1, UNTIL)).sum())


OUTCOMES: dict[str, Callable[[xr.Dataset], float]] = {
    "population": at_end("total population"),
    "dwellings": at_end("Dwellings"),
    "house price": mean_at_end("house price index"),
    "vacancy rate": mean_at_end("vacancy rate"),
    "job moves": in_all("in migration jobs"),
    "non-registered workers": in_all("Nonregistered workers"),
    "non-registered share": lambda results: in_all("Nonregistered workers")(results) / in_all("filled jobs")(results),
    "tax forgone": in_all("tax forgone"),
    "tax revenue": at_end("municipal tax revenue"),
    "service level": mean_at_end("service level"),
    "labour force": at_end("labour force"),
    "employed residents": at_end("employed residents"),
    "unemployment rate": lambda results: at_end("unemployed")(results) / at_end("labour force")(results),
    "jobs": at_end("filled jobs"),
    "project job years": in_all("project jobs"),
    "in-commuters": lambda results: at_end("in commuters")(results) - at_end("registered elsewhere in Sweden")(results),
    "births": in_all("births"),
    "deaths": in_all("deaths"),
    "young leaving": lambda results: float(of(results, "moves out").sel(age=YOUNG, year=slice(START + 1, None)).sum()),
}

SAVED = (
    "Population", "total population", "Dwellings", "house price index", "vacancy rate", "in migration jobs",
    "Nonregistered workers", "tax forgone", "municipal tax revenue", "service level", "labour force",
    "employed residents", "unemployed", "filled jobs", "project jobs", "in commuters",
    "registered elsewhere in Sweden", "births", "deaths", "moves out",
)  # fmt: skip

Row = dict[str, str]


def read_signs() -> list[Row]:
    """The table's rows."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def outcomes(lever: str, value: float, project: str) -> dict[str, float]:
    """Every outcome with one lever set ("" for none)."""
    inputs = fresh_inputs(START, UNTIL)
    if lever:
        where = inputs["project"] == project if project else True
        inputs[lever] = xr.where((inputs["time"] >= FROM) & where, value, inputs[lever])
    results = years(run(inputs, SAVED))
    return {name: measure(results) for name, measure in OUTCOMES.items()}


def effect(row: Row) -> float:
    """Relative change of the outcome."""
    base = outcomes("", 0.0, "")[row["outcome"]]
    return outcomes(row["lever"], float(row["value"]), row["project"])[row["outcome"]] / base - 1


def label(row: Row) -> str:
    """A row in a few words."""
    return f"{row['lever']} = {row['value']} {row['project']}: {row['outcome']} {row['sign']}"


def marked(row: Row) -> Any:
    """A row as a test case; one that the model is known to disagree with must fail."""
    marks = [pytest.mark.xfail(reason=row["disagrees"], strict=True)] if row["disagrees"] else []
    return pytest.param(row, marks=marks, id=label(row))


@pytest.mark.parametrize("row", [marked(row) for row in read_signs()])
def test_each_lever_moves_each_outcome_as_written_beforehand(row):
    found = effect(row)
    told = f"{label(row)}, because {row['reason']}; found {100 * found:+.4f} %"
    match row["sign"]:
        case "+":
            assert found > MOVES, told
        case "-":
            assert found < -MOVES, told
        case "0":
            assert abs(found) < STILL, told
        case other:
            pytest.fail(f"'{other}' is no sign")


def test_every_lever_stands_in_the_table():
    assert {variable.name for variable in levers()} - {row["lever"] for row in read_signs()} == set()


def test_the_table_names_known_outcomes_projects_and_values_within_range():
    projects = set(fresh_inputs(START, UNTIL)["project"].to_numpy())
    for row in read_signs():
        low, high = lever_range(the_model().variables[row["lever"]])
        assert low <= float(row["value"]) <= high, row
        assert row["outcome"] in OUTCOMES, row
        assert row["project"] in projects | {""}, row
        assert row["reason"], row


def test_the_reference_of_the_table_is_the_run_in_which_nothing_changes():
    population = float(of(years(reference(START, UNTIL)), "total population").sel(year=UNTIL).sum())
    assert outcomes("", 0.0, "")["population"] == population
