"""What the page is made of, and what its command says."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest
from typer.testing import CliRunner

import sim
from outputs.page import tables, trust
from outputs.page.bands import page_areas
from outputs.page.meta import levers, observed, page_meta, projects, variables_kept
from outputs.page.order import PageOrder, ground_of
from outputs.page.payload import Payload
from scenarios.places import read_places


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    return ground_of(PageOrder("towards-100000", tmp_path_factory.mktemp("page")))


@pytest.fixture(scope="module")
def shown(ground):
    model = ground.prepared.model
    return tables.indicators(
        model, {v.name: ground.inputs[v.name] for v in model.variables.values() if v.kind == "parameter"}
    )


@pytest.fixture(scope="module")
def meta(ground, shown):
    return page_meta(ground, shown)


def test_every_lever_that_somebody_decides_or_assumes_is_on_the_page(ground):
    names = {row["name"] for row in tables.rows(tables.LEVERS)}
    fates = {"project delay", "project scale", "project stop time", "project closure time"}
    model_levers = {v.name for v in ground.prepared.model.variables.values() if v.kind == "lever"}
    assert {name for name in model_levers - names - fates if not name.endswith("noise")} == set()


def test_every_text_of_the_tables_is_in_both_languages():
    for path in (tables.LEVERS, tables.INDICATORS):
        for row in tables.rows(path):
            for column in ("label", "meaning", "unit"):
                assert row[f"{column}_sv"].strip(), (row, column)
                assert row[f"{column}_en"].strip(), (row, column)


def test_a_lever_says_its_range_todays_value_and_source(ground):
    found = {each["name"]: each for each in levers(ground.prepared.model, ground.inputs)}
    wait = found["plan to building start"]
    assert wait["range"] == [0.5, 8.0]
    assert wait["today"] == pytest.approx(4.8)
    assert "Byggframtid" in wait["source"]["en"]
    assert all(each["range"][0] <= each["today"] <= each["range"][1] for each in found.values())
    assert all(each["kind"] == "assumption" for name, each in found.items() if name.endswith("time"))


def test_the_page_opens_with_the_scenario_asked_for_on_its_baseline(ground, meta):
    assert meta["base"]["name"] == "reference"
    assert meta["base"]["changes"] == []
    assert meta["opens"]["name"] == "towards-100000"
    asked = next(each for each in meta["scenarios"] if each["name"] == "towards-100000")
    assert meta["opens"]["changes"] == asked["changes"]
    assert len(asked["changes"]) == len(ground.opened.levers)


def test_what_fills_the_jobs_adds_up_to_the_filled_jobs(shown):
    parts = [each for each in shown if each["key"].startswith("jobs_")]
    balance: dict[str, float] = {}
    for each in parts:
        for sign, terms in ((1, each["sum"]), (-1, each.get("minus", []))):
            for term in terms:
                key, _, times = term.partition("*")
                balance[key] = balance.get(key, 0.0) + sign * float(times or 1)
    left = {key: weight for key, weight in balance.items() if abs(weight) > 1e-12}
    assert left == {"workers_here": 1.0, "nonregistered_workers": 1.0}


def test_the_page_keeps_what_its_indicators_need(ground, shown):
    kept = set(variables_kept(ground.prepared.model, shown))
    assert {"population", "total_population", "labour_force", "grid_availability"} <= kept
    assert all(key in ground.prepared.model.variables for key in kept)


def test_observed_history_ends_with_the_last_observed_year(shown):
    found = observed(shown, read_places())
    assert {len(row) for each in found.values() for row in each["values"]} == {29}
    assert max(year for each in found.values() for year in each["years"]) == 2024
    kiruna = read_places().codes.index("2584")
    assert found["population"]["values"][-1][kiruna] == 22426


def test_projects_tell_the_registers_dates_and_where_they_are(ground):
    found = {each["name"]: each for each in projects(ground.prepared.model, ground.inputs)}
    assert found["stegra"]["places"] == ["2582"]
    assert found["kaunis_iron"]["jobs"] == 300
    assert found["jokkmokk_iron"]["knownStop"] == 2026
    assert all(each["label"]["sv"] and each["source"] for each in found.values())


def test_the_story_tells_kiruna_as_history_was_and_shows_a_closure(meta):
    kiruna, closure = meta["story"][1:3]
    assert "2 650" in kiruna["text"]["sv"].replace("\xa0", " ")
    assert "2,650" in kiruna["text"]["en"]
    assert closure["changes"] == [
        {"kind": "project", "name": "project closure time", "way": "value", "number": 2030, "project": "kaunis_iron"}
        | {"fate": "closure"}
    ]


def test_the_track_record_is_the_scoreboards():
    found = {row["horizon"]: row for row in trust.record().rows}
    board = {
        (row["method"], row["horizon"]): float(row["value"])
        for row in tables.rows(trust.SCOREBOARD)
        if row["group"] == "all" and row["measure"] == "mape"
    }
    assert found[5]["norrsim"] == round(board["norrsim", "5"], 2)
    assert found[10]["exponential"] == round(board["exponential, last 10 years", "10"], 2)


def test_areas_of_the_page_hold_every_municipality_once_each():
    areas = page_areas(read_places())
    for kind in ("county", "fa", "place"):
        inside = sorted(at for name, members in areas.items() if name.startswith(f"{kind}:") for at in members)
        assert inside == list(range(29))


def test_a_payload_holds_what_was_put_in():
    payload = Payload({"told": "å"})
    numbers = np.array([[1.5, -2.0, np.pi]])
    payload.add("shuffled", numbers)
    payload.add("small", np.array([1, -2]), "i2")
    raw = zlib.decompress(payload.deflated(), -zlib.MAX_WBITS)
    length = int.from_bytes(raw[:4], "little")
    header, body = json.loads(raw[4 : 4 + length]), raw[4 + length + -(4 + length) % 8 :]
    assert header["told"] == "å"
    entry = header["arrays"]["shuffled"]
    lying = np.frombuffer(body[entry["at"] : entry["at"] + 24], np.uint8).reshape(8, 3)
    np.testing.assert_array_equal(lying.T.copy().view("<f8").ravel(), numbers.ravel())
    small = header["arrays"]["small"]
    assert np.frombuffer(body[small["at"] : small["at"] + 4], "<i2").tolist() == [1, -2]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such-scenario"], "no-such-scenario"),
        (["reference", "--fit", "no-such-fit"], "no-such-fit"),
    ],
)
def test_mistakes_are_told_in_one_message_with_exit_code_2(arguments, words, tmp_path):
    result = CliRunner().invoke(sim.app, ["page", *arguments, "--out", str(tmp_path / "page")])
    assert result.exit_code == 2
    assert words in result.output
    assert not (tmp_path / "page").exists()


def test_a_folder_with_something_else_is_left_as_it_is(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    result = CliRunner().invoke(sim.app, ["page", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "is left as it is" in " ".join(result.output.split())
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
