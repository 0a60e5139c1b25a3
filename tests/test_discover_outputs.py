"""What a discovery writes, from made-up runs: honest words, tables in both forms, a whole folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from model.language import load_model
from outputs.discover.publish import conditions_table, drawn_data, economies_table, publish_discovery
from outputs.discover.summary import Story, write_summary
from outputs.discover.words import Words
from outputs.publish import Publication
from scenarios.compose import compose
from scenarios.discover.analyse import Answer, Discovery
from scenarios.discover.drawn import Drawn, Thing
from scenarios.discover.judge import seek
from scenarios.discover.order import DiscoverOrder
from scenarios.discover.questions import Question, economy_questions, target_question
from scenarios.places import read_places
from scenarios.schema import Settings

RUNS, YEAR = 400, 2040
THINGS = (
    Thing("chain length", "parameter", ("chain of moves", "flyttkedja"), "dmnl", "D"),
    Thing("drawdown time", "parameter", ("time to work off deficits", "tid att arbeta av underskott"), "year", "C"),
    Thing("births shock", "shock", ("births (the region)", "födda (regionen)"), "per cent", "estimated"),
)


@dataclass(frozen=True)
class Told:
    """A made-up discovery: the target is missed by all, Kiruna fails where deficits linger, Umeå by chance alone."""

    discovery: Discovery

    def summary(self, language: str, folder: Path) -> str:
        """The text of summary.md."""
        write_summary(Story(self.discovery, Words(language)), folder / "summary.md")
        return (folder / "summary.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def told() -> Told:
    """The made-up discovery."""
    generator = np.random.default_rng(4)
    values = generator.random((RUNS, 3)) * [3, 10, 8]
    drawn = Drawn(THINGS, values)
    lingers = (values[:, 1] > 6) ^ (generator.random(RUNS) < 0.05)
    target = Question("target", np.ones(RUNS, dtype=bool), generator.normal(20_000, 5_000, RUNS), 100_000.0)
    economies = [_economy(code, lingers, generator) for code in read_places().codes]
    asked = [target, *(each for each in economies if each.place in ("2584", "2480"))]
    answers = tuple(Answer(each, drawn, seek(values, each.happens, 1)) for each in asked)
    scenario, _ = compose("reference")
    return Told(
        Discovery(
            DiscoverOrder("x"),
            Path("x"),
            {"members": RUNS},
            scenario,
            Settings(),
            load_model(),
            YEAR,
            (target, *economies),
            answers,
        )
    )


def _economy(code: str, lingers: np.ndarray, generator: np.random.Generator) -> Question:
    happens = lingers if code == "2584" else generator.random(RUNS) < 0.3
    return Question("economy", happens, np.where(happens, -1500.0, 200.0), -1000.0, code, 1000.0)


def test_a_target_that_all_miss_is_said_to_tell_nothing(told, tmp_path):
    text = told.summary("en", tmp_path)
    assert "In 400 of 400 runs: fewer than 100,000 new residents by 2040: the target is missed." in text
    assert "so there is nothing to tell apart" in text


def test_a_condition_is_told_with_its_coverage_density_and_quality(told, tmp_path):
    text = told.summary("en", tmp_path)
    assert "**Time to work off deficits above " in text
    assert "of the runs where it happens this holds" in text
    assert "time to work off deficits: quality C: estimated with wide margins; again in 20 of 20 random halves" in text


def test_where_nothing_tells_it_is_said(told, tmp_path):
    text = told.summary("sv", tmp_path)
    umea = text[text.index("## Umeå") :]
    umea = umea[: umea.index("\n## ")]
    assert "Inget av det som dragits skiljer dessa körningar från de andra" in umea
    assert "knappt bättre än gissning" in umea
    assert "figures/" not in umea


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_place_is_left_open_in_the_words(told, tmp_path, language):
    assert "{" not in told.summary(language, tmp_path)


def test_tables_hold_every_condition_and_every_municipality(told):
    table = conditions_table(told.discovery, "en")
    kiruna = table[(table["place"] == "2584") & (table["method"] == "PRIM")]
    assert kiruna["input"].tolist() == ["drawdown time"]
    assert kiruna["holds_in_unseen"].tolist() == [1]
    assert set(table["method"]) == {"PRIM", "CART"}
    economies = economies_table(told.discovery)
    assert len(economies) == 29
    assert (economies["share_low_95"] <= economies["share"]).all()
    assert (economies["share"] <= economies["share_high_95"]).all()


def test_data_hold_what_every_run_drew_and_how_it_ended(told):
    data = drawn_data(told.discovery)
    assert data["drawn"].shape == (RUNS, 3)
    assert float(data["happens"].sel(question="target").mean()) == 1.0


def test_the_folder_is_whole(told, tmp_path):
    publication = Publication(tmp_path / "out", "sv", ["sim.py", "discover"], datetime(2025, 1, 1, tzinfo=UTC))
    publish_discovery(told.discovery, publication, lambda _: None)
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert {"summary.md", "conditions-sv.csv", "economies.csv", "discover.nc", "run.json"} <= names
    drawn = {name for name in names if name.endswith(".png")}
    assert drawn == {"figures/economies.png", "figures/3-economy-2584.png"}  # none of what nothing tells of
    swedish = pd.read_csv(tmp_path / "out" / "economies-sv.csv", sep=";", decimal=",", encoding="utf-8-sig")
    assert swedish["andel"].between(0, 1).all()
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["asked"]["failing"] == "accumulated"


def members() -> xr.Dataset:
    """Two runs of two municipalities over three years."""
    dims = ("member", "year", "municipality")
    people = np.array([[[100.0, 50.0], [110.0, 50.0], [130.0, 40.0]], [[100.0, 50.0], [100.0, 50.0], [90.0, 60.0]]])
    per_head = np.array(
        [[[np.nan] * 2, [200.0, 100.0], [220.0, 100.0]], [[np.nan] * 2, [200.0, 100.0], [200.0, 120.0]]]
    )
    result = np.array([[[0.0, 0.0], [0.0, 0.0], [-260e3, 1e3]], [[0.0, 0.0], [0.0, 0.0], [9e3, -120e3]]])
    arrays = {
        "total_population": (dims, people),
        "tax_base_per_inhabitant": (dims, per_head),
        "accumulated_result": (dims, result),
        "service_level": (dims, np.full((2, 3, 2), 0.97)),
    }
    return xr.Dataset(arrays, {"member": [0, 1], "year": [2024, 2025, 2026], "municipality": ["2480", "2482"]})


def test_the_target_counts_new_residents_since_the_base_year():
    question = target_question(members(), Settings(base_year=2024, target=15, target_years=[2026]), 2026)
    assert question.values.tolist() == [20.0, 0.0]
    assert question.happens.tolist() == [False, True]


@pytest.mark.parametrize(
    ("failing", "expected"),
    [
        ("accumulated", [[True, False], [False, True]]),
        ("tax-base", [[True, True], [False, False]]),  # the region: +13.6 and +0.8 per cent
        ("services", [[True, True], [True, True]]),
    ],
)
def test_an_economy_fails_as_its_meaning_says(failing, expected):
    found = economy_questions(members(), DiscoverOrder("x", failing=failing), 2026)
    assert np.array([each.happens for each in found]).T.tolist() == expected


def test_a_threshold_of_one_s_own_counts():
    found = economy_questions(members(), DiscoverOrder("x", failing="services", threshold=90.0), 2026)
    assert not any(each.happens.any() for each in found)
