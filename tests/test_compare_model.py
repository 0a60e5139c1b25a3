"""Scenarios of the model compared: laws of differences, shares and loops; the words of messages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.language import load_model
from outputs.ensemble.areas import adds_up
from scenarios.compare.analyse import Comparison, compare
from scenarios.compare.explain import open_loops
from scenarios.compare.loops import LOOPS, Link, Loop, held, linked, missing_links, switched
from scenarios.compare.order import CompareOrder
from scenarios.compare.sides import Sides
from scenarios.problems import ScenarioError

UNTIL = 2026
HEAD = """
title.sv = "Prov"
title.en = "A trial"
author = "Tests"
date = 2025-01-31
source = "made up"
baseline = "reference"
description.sv = "Prov."
description.en = "A trial."
"""
CHANGES = """
[[projects]]
name = "stegra"
stop = 2025
closure = 2025

[[projects]]
name = "northland"
delay = 1

[[levers]]
name = "planning capacity"
value = 2
municipality = ["Boden", "Luleå"]
from = 2026
"""
"""Northland went bankrupt in 2014: what delays it changes nothing any more."""


def order(*scenarios: str, **other: object) -> CompareOrder:
    """A short comparison without a fit."""
    return CompareOrder(scenarios, until=UNTIL, fit="none", backend="numpy", workers=1, **other)  # type: ignore[arg-type]


def silent(_: str) -> None:
    """Tells nobody."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory) -> Path:
    """A scenario file with two projects and a lever changed."""
    path: Path = tmp_path_factory.mktemp("scenarios") / "trial.toml"
    path.write_text(HEAD + CHANGES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(trial) -> Comparison:
    """The trial, named alone, beside its baseline."""
    return compare(order(str(trial), members=3), silent)


@pytest.fixture(scope="module")
def sides(found) -> Sides:
    """Both scenarios, ready to run."""
    sides: Sides = found.sides
    return sides


def test_a_scenario_differs_from_itself_in_nothing(trial):
    same = compare(order(str(trial), str(trial), members=2), silent)  # two runs of each, not one run twice
    assert not same.difference(0).any()
    assert same.compared[0].groups == ()
    bands = same.compared[0].bands
    assert bands is not None
    assert not bands.spread.quantiles.any()


def test_differences_of_municipalities_add_up_to_those_of_counties_and_region(found):
    measures, apart = found.sides.measures, found.difference(0)
    region = len(measures.areas) - 1
    for measure in measures.all:
        if adds_up(measure.name, measure.unit):
            for area in (*range(29, region), region):
                parts = apart[:, measure.rows, list(measures.areas[area].members)].sum(axis=-1)
                assert parts == pytest.approx(apart[:, measure.rows, area], abs=1e-6 * np.abs(apart).max())


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("total_population", "population_by_sex"),
        ("total_population", "population_by_age_group"),
        ("filled_jobs", "jobs"),
    ],
)
def test_sexes_ages_and_industries_add_up_to_the_whole(found, whole, parts):
    measures = found.sides.measures
    rows = [found.base[:, measures.named(name).rows].sum(axis=1) for name in (whole, parts)]
    assert rows[0] == pytest.approx(rows[1], rel=1e-9)


def test_the_shares_of_assumptions_add_up_to_the_difference(found):
    one = found.compared[0]
    assert one.shares.exact
    assert one.shares.values.sum(axis=0) == pytest.approx(found.difference(0), abs=1e-6)
    assert np.abs(found.difference(0)).max() > 1


def test_everything_about_a_project_is_one_group_and_a_lever_another(found):
    groups = [(group.kind, group.name, len(group.altered)) for group in found.compared[0].groups]
    assert groups == [("lever", "planning capacity", 1), ("project", "northland", 1), ("project", "stegra", 2)]


def test_an_assumption_that_changes_nothing_has_no_share(found):
    one = found.compared[0]
    idle = [group.name for group in one.groups].index("northland")
    people = found.sides.measures.named("total_population").rows
    assert np.abs(one.shares.values[idle][:, people]).max() < 1e-6
    assert np.abs(one.shares.values[2][:, people]).max() > 1


def test_a_lever_s_place_and_time_are_known(found):
    lever = found.compared[0].groups[0].altered[0]
    assert lever.cells == {"municipality": ("2580", "2582")}
    assert (lever.values, lever.begin, lever.end) == ((1.0, 2.0), 2026.0, None)


def test_direct_and_carried_add_up_to_the_difference(found):
    carried = found.compared[0].carried
    assert carried.direct + carried.shares.sum(axis=0) == pytest.approx(found.difference(0), abs=1e-6)


def test_the_pairs_bands_hold_the_difference_of_every_pair(found):
    bands = found.compared[0].bands
    assert bands is not None
    assert bands.members == 3
    assert (np.diff(bands.spread.quantiles, axis=0) >= 0).all()
    assert set(np.unique(np.round(3 * bands.more))) <= {0.0, 1.0, 2.0, 3.0}


def test_with_every_loop_open_the_base_runs_as_it_did(sides):
    opened = open_loops(sides)
    switches = tuple(loop.switch for loop in LOOPS)
    batch = sides.batch(opened.inputs(sides.base.inputs), switches, opened.model)
    closed = np.eye(len(LOOPS))[:3]
    runs = sides.run(batch, dict(zip(switches, closed.T, strict=True)))
    base = sides.once(sides.base.inputs)
    assert runs == pytest.approx(np.broadcast_to(base, runs.shape), rel=1e-9, abs=1e-6)


def test_with_every_loop_closed_the_model_is_itself(sides):
    opened, other = open_loops(sides), sides.others[0]
    switches = tuple(loop.switch for loop in LOOPS)
    batch = sides.batch(opened.inputs(other.inputs), switches, opened.model)
    run = sides.run(batch, {switch: np.ones(1) for switch in switches})[0]
    assert run == pytest.approx(sides.once(other.inputs), rel=1e-9, abs=1e-6)


def test_every_link_of_a_loop_stands_in_the_model_s_equations():
    assert missing_links(load_model()) == []


def test_a_link_that_the_equations_lack_is_told():
    strange = Loop("X1", ("a", "b"), ("c", "d"), (Link("scarcity", ("births",)), Link("fairies", ("births",))))
    told = missing_links(load_model(), (strange,))
    assert told == ["X1: 'scarcity' in the equation of 'births'", "X1: 'fairies' in the equation of 'births'"]


def test_a_model_with_switches_reads_given_series_and_has_a_name_of_its_own():
    model = load_model()
    other = switched(model)
    assert other.hash != model.hash
    assert all(held(name) in other.variables for name in linked(model))
    assert all(loop.switch in other.variables for loop in LOOPS)
    assert model.variables["positions wanted"].equations != other.variables["positions wanted"].equations
    assert model.variables["births"] == other.variables["births"]


def test_one_scenario_alone_is_compared_with_its_baseline(found):
    assert found.sides.base.name == "reference"
    assert [side.name for side in found.sides.others] == ["trial"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (order(), "no scenario was named"),
        (order("reference"), "'reference' was named alone and builds on no other scenario"),
        (order("reference", "on-time", "on-time"), "'on-time' is named more than once beside the first scenario"),
        (order("reference", "flagships-fial"), "Did you mean 'flagships-fail'?"),
        (order("reference", "reference", members=1), "a band needs at least 2 pairs of runs"),
        (order("reference", "reference", seed=-1), "a seed is a whole number"),
        (order("reference", "reference", orders=1), "an error cannot be told from fewer than 2 pairs of orders"),
    ],
)
def test_mistakes_are_told(asked, words):
    with pytest.raises(ScenarioError, match=words):
        compare(asked, silent)


def test_scenarios_of_other_years_are_told_of_with_both_ends(tmp_path):
    path = tmp_path / "short.toml"
    path.write_text(HEAD + "\n[settings]\nuntil = 2040\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"'reference' ends in 2050 and 'short' in 2040\.\n  .*--until 2040"):
        compare(CompareOrder(("reference", str(path)), fit="none"), silent)
