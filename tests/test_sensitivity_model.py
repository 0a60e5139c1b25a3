"""What drives the model's outcomes: from the order to the folder, and every mistake told in words."""

import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.language import load_model
from outputs.glossary import read_glossary
from outputs.publish import Publication
from outputs.sensitivity.publish import publish_sensitivity
from outputs.sensitivity.words import UNITS, Words
from scenarios.chance import Factor
from scenarios.places import read_places
from scenarios.problems import ScenarioError
from scenarios.schema import Settings
from scenarios.sensitivity.analyse import analyse
from scenarios.sensitivity.crew import Processes
from scenarios.sensitivity.inputs import LEVER, NAMES, read_names
from scenarios.sensitivity.levers import LeverRange, lever_inputs, lever_ranges
from scenarios.sensitivity.machine import Here, prepare_analysis
from scenarios.sensitivity.order import SensitivityOrder, check_order, parse_words, parse_years
from scenarios.sensitivity.outcomes import REGION, USUAL, Question, ask, places_of, years_of

DEAD = "response of the young to places"
PARAMETERS = {
    "persons per moving worker": (1.2, 2.2),
    "response of leaving to unemployment": (0.0, 0.3),
    DEAD: (0, 0.6),
}


class FewChances:
    """A stand-in for chance: three parameters, evenly spread over a range."""

    varied = tuple(PARAMETERS)
    factors = tuple(
        Factor(name, "parameter", name, name, low + 0.1 * (high - low), (low + high) / 2, low + 0.9 * (high - low))
        for name, (low, high) in PARAMETERS.items()
    )

    def from_unit(self, unit):
        """The parameters at points between 0 and 1."""
        spans = PARAMETERS.items()
        return {name: low + unit[:, at] * (high - low) for at, (name, (low, high)) in enumerate(spans)}

    def record(self):
        """What identifies it."""
        return {"parameters": list(PARAMETERS)}


@pytest.fixture(scope="module")
def few_chances():
    """Let chance draw three parameters alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scenarios.chance.read_chance", lambda model, inputs, fit: FewChances())
        yield


@pytest.fixture(scope="module")
def model():
    return load_model()


def order(**changes):
    """A small analysis."""
    small: dict[str, Any] = {
        "until": 2026,
        "years": (2026,),
        "workers": 1,
        "backend": "numpy",
        "trajectories": 4,
        "samples": 16,
        "municipalities": ("Kiruna",),
    }
    return SensitivityOrder(**(small | {"outcomes": ("new_residents", "education_places")} | changes))


def published(found, folder, language):
    """The folder of an analysis, and the warning it gave."""
    publication = Publication(folder, language, ["sim.py", "sensitivity"], datetime.now(UTC))
    return folder, publish_sensitivity(found, publication, lambda _: None)


@pytest.fixture(scope="module")
def found(few_chances, tmp_path_factory):
    """A small analysis, one of whose outcomes nothing moves."""
    return analyse(order(), read_glossary(), lambda _: None, tmp_path_factory.mktemp("blocks"))


@pytest.fixture(scope="module")
def english(found, tmp_path_factory):
    return published(found, tmp_path_factory.mktemp("runs") / "en", "en")


@pytest.fixture(scope="module")
def swedish(found, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("outputs.sensitivity.publish._draw", lambda *_: None)
        return published(found, tmp_path_factory.mktemp("runs") / "sv", "sv")


def message(call, *arguments):
    """What a mistake is told as."""
    with pytest.raises(ScenarioError) as caught:
        call(*arguments)
    return str(caught.value)


def test_an_analysis_writes_tables_figures_summary_and_record(english, found):
    folder, warning = english
    results = xr.load_dataset(folder / "sensitivity.nc")
    assert results["total"].dims == ("outcome", "year", "place", "input")
    assert results["place"].values.tolist() == [REGION, "2584"]
    residents = results.sel(outcome="new_residents", place=REGION, year=2026)
    more = float(residents["at_high"].sel(input="persons per moving worker") - residents["at_median"])
    assert more > 0
    assert float(residents["total"].sel(input="response of leaving to unemployment")) > 0.5
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert {"sensitivity.csv", "sensitivity-sv.csv", "summary.md", "run.json", "figures/overview.png"} <= files
    assert {"figures/tornado-new_residents-2026.png", "figures/tornado-new_residents-2584-2026.svg"} <= files
    assert "figures/screening-new_residents-2026.png" in files
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["seed"] == 1
    assert record["sensitivity"]["samples"] == 16
    assert record["sensitivity"]["runs"] == found.findings.runs
    assert set(record["files"]) == files
    assert warning.startswith("Not converged: ")
    assert "the numbers of the shares" in warning


def test_the_blocks_of_runs_are_forgotten_once_the_folder_is_written(english, found):
    assert not found.store.folder.exists()


def test_the_summary_says_in_words_what_drives_what_and_which_inputs_do_nothing(english):
    text = (english[0] / "summary.md").read_text(encoding="utf-8")
    assert "depends most on *how much unemployment makes people leave*" in text
    assert "between its low and high value it changes by −" in text
    assert "**Not converged.** Shares: the numbers themselves" in text
    assert "1: how much education places keep the young." in text
    assert "Yearly shocks of births, deaths, moves, jobs and prices are off" in text
    assert "Sarrazin, Pianosi & Wagener 2016" in text


def test_an_outcome_that_no_input_moves_is_said_to_be_still_and_gives_no_numbers(english):
    folder = english[0]
    text = (folder / "summary.md").read_text(encoding="utf-8")
    assert "Education places relative to the base year in 2026: none of the inputs moves it" in text
    table = (folder / "sensitivity.csv").read_text(encoding="utf-8")
    assert "nothing moves this outcome" in table
    assert "nan" not in table.lower()
    assert not list((folder / "figures").glob("*education*"))


def test_swedish_tables_and_words(swedish):
    folder = swedish[0]
    text = (folder / "summary.md").read_text(encoding="utf-8")
    assert "beror mest på *hur mycket arbetslöshet får folk att flytta*" in text
    assert "## I korthet: Kiruna" in text
    table = (folder / "sensitivity-sv.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0].startswith("utfall;benämning;enhet;år;plats")
    row = next(line for line in table if "persons per moving worker" in line)
    assert "personer i en flyttande arbetares hushåll" in row
    assert ";1,3;" in row


def test_a_stopped_analysis_says_that_its_runs_are_kept(few_chances, tmp_path):
    def stop(part):
        if "runs" in part:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        analyse(order(), read_glossary(), stop, tmp_path)
    assert "The runs that are done are kept: the same command goes on from them." in str(caught.value)


def test_without_shares_none_are_told(few_chances, tmp_path, monkeypatch):
    monkeypatch.setattr("outputs.sensitivity.publish._draw", lambda *_: None)
    screened = analyse(order(method="morris", municipalities=()), read_glossary(), lambda _: None, tmp_path)
    folder, _ = published(screened, tmp_path / "en", "en")
    text = (folder / "summary.md").read_text(encoding="utf-8")
    assert "depends most on" in text
    assert "per cent of the uncertainty" not in text
    table = (folder / "sensitivity.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 1 + 2 * len(PARAMETERS)


def test_new_residents_are_counted_from_the_base_year_in_each_run_when_the_run_holds_it(few_chances):
    prepared = prepare_analysis(order(start=2021, until=2023, years=(2022, 2023)), read_glossary())
    values = prepared.task.start()(np.array([[0.1, 0.1, 0.5], [0.9, 0.9, 0.5]])).reshape(2, 2, 2, 2)
    assert values[:, 0, 0].tolist() == [[0, 0], [0, 0]]
    assert values[0, 0, 1, 0] != values[1, 0, 1, 0]


def test_new_residents_are_counted_from_the_observed_people_when_the_base_year_lies_before_the_run(english):
    results = xr.load_dataset(english[0] / "sensitivity.nc")
    people = results["at_median"].sel(outcome="new_residents", place=REGION, year=2026)
    assert 0 < float(people) < 50_000


@pytest.mark.usefixtures("few_chances")
def test_the_levers_are_inputs_when_asked_for():
    prepared = prepare_analysis(order(levers=True), read_glossary())
    names = [each.name for each in prepared.inputs]
    assert names[: len(PARAMETERS)] == list(PARAMETERS)
    assert "planning capacity" in names
    drawn = prepared.task.drawn(np.full((2, len(names)), 0.5))
    planning = prepared.task.inputs["planning capacity"].values
    assert drawn["planning capacity"] == pytest.approx(np.stack([planning, planning]))
    assert not any("noise" in name or name.startswith("project ") for name in names)


def test_half_of_a_levers_values_lie_below_the_scenarios():
    lever = LeverRange("x", np.array([1.0, 3.0]), 0.0, 4.0)
    shares = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    assert lever.at(shares).tolist() == [[0, 0], [0.5, 1.5], [1, 3], [2.5, 3.5], [4, 4]]


@pytest.mark.slow
@pytest.mark.usefixtures("few_chances")
def test_several_processes_give_the_same_numbers_as_one():
    prepared = prepare_analysis(order(), read_glossary())
    points = np.random.default_rng(1).random((20, len(PARAMETERS)))
    blocks = [points[at : at + 6] for at in range(0, 20, 6)]
    here = list(Here(prepared.task).compute(blocks))
    there = list(Processes(prepared.task, 2).compute(blocks))
    assert all(np.array_equal(one, other) for one, other in zip(here, there, strict=True))


def test_every_uncertain_parameter_and_every_lever_of_the_table_has_plain_names_in_both_languages(model):
    from calibration.priors import read_priors

    names = read_names()
    assert {each.name for each in read_priors(model).uncertain} == {n for n, row in names.items() if row.kind != LEVER}
    levers = {name for name, row in names.items() if row.kind == LEVER}
    assert levers <= {each.name for each in model.variables.values() if each.kind == "lever"}
    assert all(row.label[0].strip() and row.label[1].strip() for row in names.values())
    labels = [row.label[language] for row in names.values() for language in (0, 1)]
    assert len(set(labels)) == len(labels)


def test_lever_inputs_have_the_scenario_in_the_middle(model):
    inputs = xr.Dataset({"planning capacity": ("municipality", np.ones(29))})
    inputs = inputs.assign({name: ("municipality", np.ones(29)) for name in _levers(model) - {"planning capacity"}})
    ranges = [each for each in lever_ranges(model, inputs, ()) if each.name == "planning capacity"]
    (found,) = lever_inputs(ranges, model, read_names())
    assert found.levels == pytest.approx((0.2, 1.0, 4.2))


def _levers(model):
    return {each.name for each in model.variables.values() if each.kind == "lever"}


def test_usual_outcomes_are_known(model):
    assert [each.name for each in ask((), model, read_glossary())] == list(USUAL)


def test_sums_over_places_and_means_weighted_by_people(model):
    outcomes = ask(("jobs", "unemployment_rate"), model, read_glossary())
    question = Question(outcomes, (2030,), (REGION, "b"), ("a", "b"))
    found = {
        "jobs": np.arange(4.0).reshape(1, 1, 2, 2),
        "unemployment_rate": np.array([[[0.1, 0.2]]]),
        "total_population": np.array([[[300.0, 100.0]]]),
    }
    assert question.values(found).tolist() == [pytest.approx([6, 4, 0.125, 0.2])]


def test_unknown_outcomes_are_told_with_a_suggestion(model):
    text = message(ask, ("populaton",), model, read_glossary())
    assert text.startswith("--outcomes: 'populaton' is not a known outcome.")
    assert "Did you mean 'population'?" in text


def test_outcomes_without_a_value_by_municipality_are_told_why(model):
    assert "it is counted by project" in message(ask, ("progress",), model, read_glossary())


def test_years_outside_the_run_are_told_with_the_run():
    text = message(years_of, (2030, 2060), Settings(start=2024, until=2050))
    assert text.startswith("--years 2030,2060: the run goes from the end of 2024 to 2050: 2060 is not in it.")
    assert "Choose years from 2025 to 2050" in text


def test_years_without_any_named_are_the_targets_within_the_run():
    assert years_of((), Settings(start=2024, until=2050)) == (2035, 2040)
    assert years_of((), Settings(start=2024, until=2036)) == (2035,)
    assert years_of((), Settings(start=2024, until=2030)) == (2030,)


def test_unknown_municipalities_are_told_with_a_suggestion():
    text = message(places_of, ("Kiruma",), read_places())
    assert text.startswith("--municipality Kiruma: 'Kiruma' is not a known municipality")
    assert "Did you mean 'Kiruna'?" in text


def test_samples_that_are_no_power_of_two_are_told_with_the_nearest_that_are():
    text = message(check_order, SensitivityOrder(samples=500))
    assert text.startswith("--samples 500: 500 is not a power of two")
    assert "--samples 256 or --samples 512" in text


def test_every_wrong_number_is_told_at_once():
    wrong = SensitivityOrder(samples=8, trajectories=1, seed=-1, workers=0, method="guess")
    lines = message(check_order, wrong).splitlines()
    assert "--method guess: there is no such method." in lines
    assert "--trajectories 1: expected at least 4." in lines
    assert "--samples 8: expected at least 16." in lines
    assert "--seed -1: expected at least 0." in lines
    assert "--workers 0: expected at least 1." in lines


def test_words_and_years_are_read_from_commas():
    assert parse_words(" population, jobs ,population,") == ("population", "jobs")
    assert parse_words(None) == ()
    assert parse_years("2040, 2030") == (2030, 2040)
    assert "'soon' is no year" in message(parse_years, "2030,soon")


def test_a_damaged_table_of_names_is_told(tmp_path):
    (tmp_path / NAMES.name).write_text("something,else\n1,2\n", encoding="utf-8")
    assert "the table is missing or damaged" in message(read_names, tmp_path / NAMES.name)


def test_numbers_are_as_exact_as_the_largest_beside_them():
    words = Words("en")
    assert [words.change(value, 1740.0) for value in (1743.2, -36.44, 0.2)] == ["+1,740", "−40", "0"]
    assert Words("sv").change(0.00347, 0.01) == "+0,0035"
    assert words.share(0.0004) == "<1"


def test_the_span_of_an_input_in_words():
    words = Words("en")
    assert words.span(9.0, 4.0, "year") == "4 to 9 years"
    assert words.span(2031.2, 9999.0, "year") == "2031 to never"
    assert words.span(0.5, 0.5, "1") == "0.5"
    assert words.span(-0.00715, 0.013, "1/year") == "−0.715 to 1.3 per cent a year"


def test_every_unit_of_the_inputs_and_outcomes_has_words(model):
    kinds = {"parameter", "lever"}
    units = {each.unit for each in model.variables.values() if each.name in read_names() and each.kind in kinds}
    units |= {each.unit for each in ask(list(USUAL), model, read_glossary())}
    assert {unit for unit in units if unit != "dmnl"} <= set(UNITS)
