"""The page's worker, as built, on the page's own data: scenarios, problems, bands and reasons are the model's."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from model.engine import annual, simulate
from model.engine.batch import Wanted, compile_batch
from model.engine.script.agreement import apart, find_node
from model.engine.simulate import fastest
from outputs.page import build
from outputs.page.order import PageOrder
from outputs.publish import Publication
from scenarios.apply import apply_or_raise
from scenarios.chance import read_chance
from scenarios.run import Order, prepare

CLOSE = 1e-9
MEMBERS = 8


class Page:
    """A page that was written, and what its worker answers."""

    def __init__(self, folder):
        self.folder = folder
        publication = Publication(folder, "sv", ["sim.py", "page"], datetime.now(UTC))
        self.written = build.write_page(PageOrder("reference", folder), publication, lambda _: None)

    def ask(self, asks):
        (self.folder / "asks.json").write_text(json.dumps(asks), encoding="utf-8")
        runner = str(Path(__file__).with_name("page_worker.mjs"))
        subprocess.run([find_node(), runner, str(self.folder)], check=True, timeout=300)
        answers = json.loads((self.folder / "answers.json").read_text(encoding="utf-8"))
        return answers, np.fromfile(self.folder / "answers.bin")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return Page(tmp_path_factory.mktemp("page") / "page")


@pytest.fixture(scope="module")
def opened(page):
    """The page's meta data."""
    answers, _ = page.ask([{"kind": "run", "id": 1, "slot": "scenario", "changes": []}])
    assert answers[0]["kind"] == "opened"
    return answers[0]["meta"]


def inputs_of(name):
    prepared = prepare(Order(name, 2024))
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    return prepared, applied.inputs


def picked(numbers, place):
    return numbers[place["at"] : place["at"] + place["size"]]


FEW = ("commodity-slump", "flagships-fail", "move-instead-of-fly-in", "on-time", "towards-100000")
"""Levers in place and time, several ways to change, fates of projects, assumptions."""


@pytest.mark.parametrize("names", [FEW, pytest.param(None, marks=pytest.mark.slow)], ids=["some", "all"])
def test_scenarios_laid_on_in_the_worker_are_what_runs_give(page, opened, names):
    chosen = [each for each in opened["scenarios"] if names is None or each["name"] in names]
    assert len(chosen) == (16 if names is None else len(names))
    asks = [
        {"kind": "run", "id": number, "slot": "scenario", "changes": each["changes"]}
        for number, each in enumerate(chosen)
    ]
    answers, numbers = page.ask(asks)
    for name, answer in zip([each["name"] for each in chosen], answers[1:], strict=True):
        assert answer["kind"] == "ran", (name, answer)
        values = answer["result"]["values"]
        prepared, inputs = inputs_of(name)
        names = [prepared.model.variables[key].name for key in values]
        wanted = annual(simulate(prepared.model, inputs, save=["Population", *names], backend=fastest()))
        worst = {
            key: apart(picked(numbers, place), wanted[key].transpose("year", "municipality"))
            for key, place in values.items()
        }
        assert {key: error for key, error in worst.items() if error > CLOSE} == {}, name
        people = wanted["population"].transpose("year", "sex", "age", "municipality").to_numpy()
        by_group = np.add.reduceat(people, np.arange(0, 101, 5), axis=2)
        assert apart(picked(numbers, answer["result"]["ages"]), by_group) < CLOSE


def test_the_band_of_a_scenario_holds_the_members_of_an_ensemble(page, opened):
    changes = next(each["changes"] for each in opened["scenarios"] if each["name"] == "flagships-fail")
    ask = {"kind": "band", "id": 3, "changes": changes, "area": "region", "baseYear": 2022, "target": 1000}
    answers, numbers = page.ask([{**ask, "members": MEMBERS}])
    found = answers[-1]["quantiles"]
    prepared, inputs = inputs_of("flagships-fail")
    chance = read_chance(prepared.model, inputs, prepared.fit)
    batch = compile_batch(prepared.model, inputs, Wanted(chance.varied, ("total population",)))
    people = batch.run(chance.draw(1, range(MEMBERS)))["total_population"].sum(axis=2)
    wanted = np.quantile(people, [0.1, 0.25, 0.5, 0.75, 0.9], axis=0)
    assert found["members"] == MEMBERS
    assert apart(np.array([picked(numbers, place) for place in found["q"]]), wanted) < 1e-7


def test_the_shares_of_changes_add_up_to_the_difference(page, opened):
    changes = next(each["changes"] for each in opened["scenarios"] if each["name"] == "housing-doubled")
    ask = {"kind": "why", "id": 4, "changes": changes, "indicator": "population", "year": 2040, "area": "region"}
    answers, _ = page.ask([ask])
    last = answers[-1]
    assert last["exact"]
    assert sum(each["share"] for each in last["shares"]) == pytest.approx(last["total"], rel=1e-9)
    prepared, inputs = inputs_of("housing-doubled")
    _, base = inputs_of("reference")
    people = [
        annual(simulate(prepared.model, each, save=["total population"]))["total_population"].sel(year=2040).sum()
        for each in (inputs, base)
    ]
    assert last["total"] == pytest.approx(float(people[0] - people[1]), rel=1e-9)


def test_what_cannot_be_is_refused_and_the_worker_goes_on(page):
    lever = {"kind": "lever", "name": "planning capacity", "way": "value", "number": 99}
    asks = [
        {"kind": "run", "id": 1, "slot": "scenario", "changes": [lever]},
        {"kind": "run", "id": 2, "slot": "scenario", "changes": [{**lever, "name": "no such lever"}]},
        {"kind": "run", "id": 3, "slot": "scenario", "changes": [{**lever, "number": 2}, {**lever, "number": 3}]},
        {"kind": "run", "id": 4, "slot": "scenario", "changes": [{**lever, "number": 2}]},
    ]
    answers, _ = page.ask(asks)
    assert [answer["kind"] for answer in answers[1:]] == ["refused", "refused", "refused", "ran"]
    assert [answer["problems"][0]["kind"] for answer in answers[1:4]] == ["range", "unknown", "clash"]


def test_the_page_is_small_enough_for_a_slow_line(page):
    assert page.written.packed < 700_000
    assert {path.name for path in page.folder.iterdir()} >= {"index.html", "page.js", "page.css", "data.js", "run.json"}
