"""The experiments: parts add up, sentences say what numbers say, history's own changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from calibration.experiments.natural import CASES, WITH, Told, growth, history_rows, moving, observed, setting
from calibration.experiments.project import AFTER, KINDS, PARTS, PLACES, decomposition, parts, projects
from calibration.experiments.report import compared, findings, table
from calibration.experiments.runs import Outcome, Variant, value_of
from calibration.experiments.sentences import failing, number, sentence, side
from calibration.regressions.panel import Panel, read_panel
from calibration.regressions.simulated import History

YEARS = (2010, 2011, 2012)


@pytest.fixture(scope="module")
def history() -> History:
    return History.of()


@pytest.fixture(scope="module")
def data() -> Panel:
    return read_panel()


def outcome(seed: int) -> Outcome:
    """A made run of two municipalities in which what must hold by definition holds."""
    rng = np.random.default_rng(seed)
    shape = (len(YEARS), 2)
    drawn = {name: rng.uniform(100, 200, shape) for name in
             ("stayers", "Nonregistered workers", "out commuters", "participation", "unemployed")}  # fmt: skip
    drawn["workers here"] = drawn["stayers"] + rng.uniform(10, 20, shape)
    drawn["filled jobs"] = drawn["workers here"] + drawn["Nonregistered workers"]
    drawn["employed residents"] = drawn["stayers"] + drawn["out commuters"]
    people = {"Population": rng.uniform(0, 9, (len(YEARS), 2, 3, 2))}
    return Outcome(str(seed), YEARS, ("a", "b"), {**drawn, **people})


def test_the_parts_add_up_to_the_filled_jobs() -> None:
    given, base = outcome(1), outcome(2)
    profile = np.full((2, 3), 0.5)
    for code in ("a", "b"):
        found = parts(given, base, code, profile)
        assert tuple(found) == PARTS
        more = given.of("filled jobs", code) - base.of("filled jobs", code)
        assert sum(found.values()) == pytest.approx(more, abs=1e-9)


def test_movers_are_the_additional_people_of_the_labour_force() -> None:
    given, base = outcome(1), outcome(2)
    found = parts(given, base, "a", np.full((2, 3), 0.5))["movers in the labour force"]
    people = (given.of("Population", "a") - base.of("Population", "a")).sum((1, 2))
    assert found == pytest.approx(0.5 * people * base.of("participation", "a"))


def test_villages_get_as_many_jobs_per_person_as_the_town(history: History) -> None:
    people = history.inputs["initial population"].sum(("sex", "age"))
    chosen = {(p.code, p.kind): p for p in projects(history)}
    assert len(chosen) == len(PLACES) * len(KINDS)
    per_person = {code: chosen[code, "at once"].jobs / float(people.sel(municipality=code)) for code in PLACES}
    assert per_person["2521"] == pytest.approx(per_person["2584"], rel=0.05)
    assert chosen["2584", "at once"].jobs == chosen["2482", "at once"].jobs == 1000


def test_a_project_lies_in_one_place_and_has_its_jobs(history: History) -> None:
    project = projects(history)[0]
    changes = project.variant(history).changes
    slot = list(history.inputs["project"].values).index("fertiberia")
    share = changes["project share"][slot]
    assert share.sum() == 1.0
    assert share[history.codes.index(project.code)] == 1.0
    assert changes["project jobs at full operation"][slot] == project.jobs
    others = np.delete(changes["project jobs at full operation"], slot)
    before = np.delete(history.inputs["project jobs at full operation"].values, slot)
    assert (others == before).all()


@pytest.mark.slow
def test_every_row_of_the_model_adds_up(history: History) -> None:
    found = decomposition(history)
    assert len(found) == len(PLACES) * len(KINDS) * len(AFTER)
    assert found[list(PARTS)].sum(axis=1).to_numpy() == pytest.approx(100, abs=1e-6)


def test_a_variant_changes_only_what_it_names(history: History) -> None:
    variant = Variant("x", {"persons per moving worker": 2.0})
    assert value_of(history.inputs, variant, "persons per moving worker") == 2.0
    quits = value_of(history.inputs, variant, "quit rate")
    assert quits == history.inputs["quit rate"].values


def test_mechanisms_are_taken_away_where_they_belong(history: History) -> None:
    lever = moving(-1000.0)(history.inputs, ["2482"])["relocation incentive"]
    assert lever[history.codes.index("2482")] == -1000.0
    assert (np.delete(lever, history.codes.index("2482")) == 0).all()
    assert setting(site_impermanence=0.0)(history.inputs, []) == {"site impermanence": 0.0}


def test_every_mechanism_is_an_input_of_the_model(history: History) -> None:
    for case in CASES:
        for variant in case.variants(history.inputs):
            assert set(variant.changes) <= set(map(str, history.inputs.data_vars))


def made(own: float, other: float) -> Told:
    """A case whose model misses the growth of population by `own` people a year, without the mechanism by `other`."""
    case = replace(CASES[0], first=2010, since=2010, turn=2011, last=2012, without={"pigs fly": setting()})
    grown = np.array([0.0, 100.0, 200.0])

    def run(slope: float) -> dict[str, np.ndarray]:
        return {name: 5000 + grown + slope * np.arange(3) for name in
                ("population", "jobs_in_statistics", "in_commuters", "net_migration")}  # fmt: skip

    return Told(case, YEARS, run(0.0), {WITH: run(own), "pigs fly": run(other)})


@pytest.mark.parametrize(
    ("own", "other", "words"),
    [
        (1.0, 50.0, "the data side with the mechanism"),
        (50.0, 1.0, "the data side against it"),
        (50.0, 51.0, "the data do not tell the two apart"),
    ],
)
def test_the_sentence_takes_the_side_of_the_data(own: float, other: float, words: str) -> None:
    said = sentence(made(own, other))
    assert words in said
    assert "2010-2011: jobs +100 (model" in said
    assert said.startswith("Pajala's mine. Data, 2010-2011")


def test_errors_are_root_mean_squares_of_growth() -> None:
    told = made(3.0, 0.0)
    assert told.error(WITH, "population") == pytest.approx(np.sqrt((3.0**2 + 6.0**2) / 2))
    assert told.error("pigs fly", "population") == 0.0


def test_a_miss_is_told_and_none_is_not() -> None:
    assert failing(made(0.0, 9.0)) == "No large miss."
    said = failing(made(-100.0, 9.0))
    assert "by 2012 it has 200 people too few (4.0 % of the inhabitants)" in said
    assert "jobs 2010-2011 change by +0 instead of +100" in said


def test_sides_and_numbers_in_words() -> None:
    assert side(10.0, 20.0) != side(20.0, 10.0)
    assert number(-1234.4) == "\N{MINUS SIGN}1 234"
    assert number(20.0) == "+20"


def test_findings_hold_a_figure_and_a_sentence_each() -> None:
    page = "\n".join(findings([made(1.0, 50.0)], "given parameters"))
    assert "![Pajala's mine](pajala.png)" in page
    assert "the data side with the mechanism" in page


def test_observed_series_are_those_of_the_statistics() -> None:
    pajala = next(case for case in CASES if case.name == "pajala")
    people = observed(pajala)["population"]
    assert people[[0, 4]].tolist() == [6282, 6303]


def test_history_per_hundred_jobs_adds_up(data: Panel) -> None:
    for row in history_rows(data):
        parts_of = ("more in-commuters", "fewer out-commuters", "more employed residents")
        assert sum(float(str(row[name])) for name in parts_of) == pytest.approx(100, abs=1e-6)


def test_growth_of_known_cases(data: Panel) -> None:
    assert growth(data, "jobs", "2584", (2004, 2014)) == 13589 - 10960
    assert growth(data, "population", "2584", (2004, 2014)) == 23241 - 23254


def test_a_table_has_whole_numbers(data: Panel) -> None:
    lines = list(table(pd.DataFrame({"a": ["x"], "b": [2.6]})))
    assert lines == ["| a | b |", "|---|---|", "| x | 3 |"]


def test_residents_are_compared_with_both_figures() -> None:
    low, high = (pd.Series({"coefficient": value, "error": 5.0}) for value in (30.0, 70.0))
    said = [compared(value, low, high) for value in (15.0, 25.0, 45.0, 75.0)]
    assert said == ["below both figures", "as the first figure", "between the figures", "above both figures"]
