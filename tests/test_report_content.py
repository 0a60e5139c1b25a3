"""What the report says: its numbers come from the data, its words hold in both languages, its rules are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import typer
import xarray as xr
from typer.testing import CliRunner

from outputs.ensemble.areas import REGION
from outputs.ensemble.bands import build_bands
from outputs.ensemble.publish import source_of
from outputs.ensemble.target import reach_target, target_table
from outputs.glossary import read_glossary
from outputs.observed import HistoryError
from outputs.publish import results_of
from outputs.report.build import Wish, find_municipality, regional_chapters
from outputs.report.cases import NEEDED, Case, CaseOrder, _check_years, _serves, _simulated, _wanted, read_case
from outputs.report.chapters.answer import answer, todo
from outputs.report.chapters.assumed import unconverged
from outputs.report.chapters.method import commands
from outputs.report.chapters.municipal import municipal_answer, municipal_chapters
from outputs.report.chapters.trust import FREE, OURS, read_scoreboard, sentences
from outputs.report.commands import report as report_command
from outputs.report.document import (
    Bullets,
    Callout,
    Definition,
    Figure,
    Paragraph,
    Report,
    Subheading,
    Table,
)
from outputs.report.effects import MOST, least, ranked_obstacles, worth_naming
from outputs.report.experiments import ALL_MEASURES, Experiments, read_measures, read_obstacles, run_experiments
from outputs.report.facts import Facts
from outputs.report.numbers import whole
from outputs.report.searched import searched_in_words
from outputs.report.text import answer as answer_text
from outputs.report.text import assumed, compared, living, municipal, people, possible, trust, work
from scenarios.apply import apply_or_raise
from scenarios.places import read_places
from scenarios.problems import ScenarioError
from scenarios.run import Order, prepare

TEXTS = (answer_text, assumed, compared, living, municipal, people, possible, trust, work)
SPREAD = (0.97, 0.985, 1.0, 1.01, 1.04)
"""Five runs: the middle one is the run on the middle assumptions, the others scale everything."""
SKELLEFTEA = "2482"
FORECAST = re.compile(r"\bprognos\w*", re.IGNORECASE)
ALLOWED = ("prognos", "prognoslängd", "prognoser")


@pytest.fixture(scope="module")
def case() -> Case:
    """The reference on the priors' medians, with five runs made by scaling it: bands without an ensemble."""
    prepared = prepare(Order("reference", start=2024, fit="none"))
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    run = _simulated(prepared, applied, CaseOrder("reference", fit="none"))
    results = results_of(run)
    names = [*NEEDED, "project_jobs", "in_commuters", "out_commuters", "unemployment_rate"]
    members = xr.concat([run.annual[names] * factor for factor in SPREAD], "member", join="exact")
    for name in names:
        members[name].attrs = run.annual[name].attrs
    source = source_of(members.transpose("member", "year", ...), run.settings)
    bands = build_bands(source, read_glossary(), lambda _: None)
    chances = target_table(reach_target(source), bands).set_index("year")
    plan = {"members": len(SPREAD), "seed": 1, "years": [2024, 2050], "engine": {}, "keep": names}
    plan |= {"chance": {"dimensions": ["one", "two"]}}
    return Case(prepared, applied.inputs, run, results, bands, chances, plan, Path())


@pytest.fixture(scope="module")
def tried(case: Case) -> Experiments:
    """Every measure and hindrance, everywhere."""
    years = tuple(int(year) for year in case.bands["year"].values)
    return run_experiments(case, read_places().codes, years)


@pytest.fixture(scope="module")
def reports(case: Case, tried: Experiments) -> dict[str, Report]:
    """The region's report in each language."""
    return {language: report_of(Facts((case,), language, tried)) for language in ("sv", "en")}


@pytest.fixture(params=["sv", "en"])
def facts(request: pytest.FixtureRequest, case: Case, tried: Experiments) -> Facts:
    """The region in each language."""
    return Facts((case,), request.param, tried)


def report_of(facts: Facts) -> Report:
    """The report without its dates and records, which need an ensemble's folder."""
    region = facts.is_region
    return Report(
        title="T",
        subtitle="S",
        language="sv" if facts.language == "sv" else "en",
        date=date(2026, 1, 1),
        status="draft",
        question=answer(facts) if region else municipal_answer(facts),
        chapters=regional_chapters(facts) if region else municipal_chapters(facts),
    )


def texts_of(report: Report) -> Iterator[str]:
    """Every text that a reader reads, tables' cells included."""
    first = report.question
    yield from (first.question, first.answer, first.stops, *first.todo, first.meant_for, first.not_meant_for)
    yield from (part for figure in first.key_figures for part in (figure.label, figure.value, figure.note))
    for chapter in report.chapters:
        yield chapter.heading
        for block in chapter.blocks:
            yield from _texts(block)


def _texts(block: Any) -> Iterator[str]:
    match block:
        case Paragraph() | Subheading() | Callout():
            yield block.text
        case Bullets():
            yield from block.items
        case Definition():
            yield from (block.term, block.meaning)
        case Figure():
            yield from (block.title, block.alt, block.summary)
            yield from _texts(block.table)
        case Table():
            yield from (block.title, block.note, *(column.name for column in block.columns))
            yield from (cell for row in block.rows for cell in row if isinstance(cell, str))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_region_has_every_chapter_and_a_figure_says_what_it_shows(
    reports: dict[str, Report], language: str
) -> None:
    report = reports[language]
    assert len(report.chapters) == 14
    assert len(report.figures) >= 20
    for figure in report.figures:
        assert figure.alt != figure.summary
        assert len(figure.table.rows) > 1


def test_both_languages_have_the_same_structure(reports: dict[str, Report]) -> None:
    swedish, english = reports["sv"], reports["en"]
    shapes = [
        [[type(block).__name__ for block in chapter.blocks] for chapter in report.chapters]
        for report in (swedish, english)
    ]
    assert shapes[0] == shapes[1]
    assert [figure.name for figure in swedish.figures] == [figure.name for figure in english.figures]


def test_the_same_case_gives_the_same_report(case: Case, tried: Experiments) -> None:
    facts = Facts((case,), "sv", tried).at(SKELLEFTEA)
    assert report_of(facts) == report_of(Facts((case,), "sv", tried).at(SKELLEFTEA))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_value_is_left_out_of_a_sentence(reports: dict[str, Report], language: str) -> None:
    for text in texts_of(reports[language]):
        assert not set("{}") & set(text)
        assert "nan" not in text.split()


def test_a_scenario_is_never_called_a_forecast(reports: dict[str, Report]) -> None:
    for text in texts_of(reports["sv"]):
        for word in FORECAST.findall(text):
            assert word.casefold() in ALLOWED
            if word.casefold() == "prognos" and text != "Prognos":
                assert re.search(r"inte (en )?prognos|ingen prognos", text, re.IGNORECASE), text


def test_every_text_stands_in_both_languages_with_the_same_values() -> None:
    for module in TEXTS:
        for table in (value for name, value in vars(module).items() if name.isupper()):
            for key, (english, swedish) in table.items():
                fields = [set(re.findall(r"{(\w+)}", text)) for text in (english, swedish)]
                assert fields[0] == fields[1] or key == "women share", f"{module.__name__}: {key}"
                assert all((english.strip(), swedish.strip()))


def test_page_one_tells_the_numbers_of_the_data(case: Case, tried: Experiments) -> None:
    facts = Facts((case,), "en", tried)
    median = float(case.bands["new_residents"].sel(area=REGION, year=2040, quantile=0.5))
    assert whole(abs(median), "en") in answer(facts).answer
    doubled = replace(case, bands=case.bands.assign(new_residents=case.bands["new_residents"] * 2))
    assert whole(abs(2 * median), "en") in answer(replace(facts, cases=(doubled,))).answer


def test_the_chance_is_told_with_what_the_number_of_runs_leaves_open(facts: Facts) -> None:
    reached = facts.case.chances.loc[2040, "reached_by_then"]
    assert reached == 0
    assert {"sv": "ingen av 5", "en": "none of 5"}[facts.language] in answer(facts).answer or "0" in answer(
        facts
    ).answer


def test_futures_have_at_most_three_significant_digits(facts: Facts) -> None:
    figures = answer(facts).key_figures
    for value in (figure.value for figure in figures):
        for number in re.findall(r"\d[\d\s\N{NO-BREAK SPACE},.]*", value):
            digits = re.sub(r"\D", "", number).strip("0")
            assert len(digits) <= 3, value


def test_measures_are_named_largest_first_and_only_when_worth_it(facts: Facts) -> None:
    named = worth_naming(facts)
    gains = [row.people for row in named]
    assert gains == sorted(gains, reverse=True)
    assert len(gains) <= MOST
    assert all(gain >= least(facts) for gain in gains)
    assert len(todo(facts)) == len(named) + 1


def test_measures_that_give_nothing_are_said_to_give_nothing(facts: Facts) -> None:
    effects = {
        name: replace(effect, change={key: 0.0 * values for key, values in effect.change.items()})
        for name, effect in facts.experiments.effects.items()
    }
    poor = replace(facts, experiments=replace(facts.experiments, effects=effects))
    words = {"sv": "Ingen av de 16 prövade åtgärderna", "en": "None of the 16 measures tried"}
    assert todo(poor)[0].startswith(words[facts.language])


def test_a_hindrance_taken_away_is_ranked_by_what_its_absence_gives(facts: Facts) -> None:
    ranked = ranked_obstacles(facts)
    singles = [gain for _, gain in ranked[:-1]]
    assert singles == sorted(singles, reverse=True)
    assert ranked[-1][0] == "all obstacles"


def test_a_measure_in_one_municipality_moves_no_lever_elsewhere(case: Case, tried: Experiments) -> None:
    alone = run_experiments(case, (SKELLEFTEA,), (2024, 2030))
    codes = list(alone.codes)
    kiruna = [codes.index("2584")]
    lever = "relocation incentive"
    here = alone.effects[lever].change["total_population"][1]
    all_over = tried.effects[lever].change["total_population"][tried.years.index(2030)]
    assert here[codes.index(SKELLEFTEA)] > 0
    assert abs(here[kiruna]).item() < abs(all_over[kiruna]).item()


def test_nothing_has_changed_before_a_measure_begins(tried: Experiments) -> None:
    for effect in (*tried.effects.values(), *tried.obstacles.values()):
        assert np.abs(effect.change["total_population"][tried.years.index(2025)]).max() == 0.0


def test_every_measure_has_a_lever_a_reason_and_words(case: Case) -> None:
    levers = {name for name, each in case.prepared.model.variables.items() if each.kind == "lever"}
    for measure in read_measures():
        low, high = case.prepared.model.variables[measure.lever].range or (None, None)
        assert measure.lever in levers
        assert low is not None
        assert high is not None
        assert low <= measure.to <= high
        assert all((measure.why, *measure.action, *measure.who))
        assert measure.lever in possible.LABELS
    for obstacle, ends in read_obstacles().items():
        assert obstacle in answer_text.OBSTACLES
        assert obstacle in answer_text.SHORT_OBSTACLES
        assert set(ends) <= levers
        assert set(ends.values()) <= {"low", "high"}


def test_measures_together_are_not_just_added_up(tried: Experiments) -> None:
    codes = tried.codes
    single = sum(tried.gain(tried.effects[m.lever], "total_population", 2040, codes) for m in tried.measures)
    together = tried.gain(tried.effects[ALL_MEASURES], "total_population", 2040, codes)
    assert together != pytest.approx(single, rel=1e-6)


def test_means_of_flows_and_levels_of_the_region_add_up(facts: Facts) -> None:
    start, end = facts.central("total_population").sel(year=[2024, 2040]).values
    parts = sum(facts.central(name).sel(year=list(facts.ahead)).sum() for name in ("births", "net_migration"))
    deaths = facts.central("deaths").sel(year=list(facts.ahead)).sum()
    assert float(start + parts - deaths) == pytest.approx(float(end), abs=1.0)


def test_a_municipality_has_two_chapters_about_itself(facts: Facts) -> None:
    report = report_of(facts.at(SKELLEFTEA))
    assert len(report.chapters) == 2
    text = " ".join(texts_of(report))
    assert "Skellefteå" in text
    assert f"--municipality {SKELLEFTEA}" in text
    assert whole(facts.median("filled_jobs", 2040, SKELLEFTEA), facts.language) in report.question.answer


def test_a_table_of_places_has_the_municipalities_the_counties_and_the_region(
    facts: Facts, reports: dict[str, Report]
) -> None:
    tables = [t for t in reports[facts.language].tables if len(t.rows) == 32]
    assert len(tables) == 2
    assert [row[0] for row in tables[0].rows][-1] == {"sv": "Båda länen", "en": "Both counties"}[facts.language]
    assert tables[0].rows[-1][1] == facts.counted(2024)


def test_the_commands_to_make_it_again_are_told(facts: Facts) -> None:
    assert commands(facts) == [
        "sim.py ensemble reference --members 5 --seed 1",
        f"sim.py report reference --lang {facts.language}",
    ]


def test_jobs_and_homes_are_said_not_to_improve_the_forecast_while_they_do_not(facts: Facts) -> None:
    board = read_scoreboard()
    words = {"sv": "förbättrar inte", "en": "do not improve"}[facts.language]
    worse = replace(board, values=board.values | {(FREE, "all", "mape", 5): 99.0})
    better = replace(board, values=board.values | {(FREE, "all", "mape", 5): 0.1})
    assert any(words in text for text in sentences(facts, worse))
    assert not any(words in text for text in sentences(facts, better))
    assert facts.decimal(board.at(OURS, 5)) in " ".join(sentences(facts, board))


def test_a_damaged_scoreboard_is_named_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "scoreboard.csv"
    with pytest.raises(HistoryError, match="the file is missing"):
        read_scoreboard(path)
    path.write_text("method,group\nnorrsim,all\n", encoding="utf-8")
    with pytest.raises(HistoryError, match=r"damaged.*\n.*git checkout"):
        read_scoreboard(path)


def test_a_search_of_another_model_is_not_told(facts: Facts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    record = {
        "model": {"sha256": facts.case.prepared.model.hash},
        "scenario": {"name": "reference"},
        "target": {
            "outcome": "new_residents", "target": 100000, "by": 2040, "probability": 0.8, "at_most": False,
            "municipalities": [], "reached": False, "furthest": {"level": 64321.0, "cost_msek_per_year": 1234.0},
        },
    }  # fmt: skip
    monkeypatch.setattr("outputs.report.searched.default_folder", lambda _: tmp_path)
    assert searched_in_words(facts) == []
    (tmp_path / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert whole(64321, facts.language) in searched_in_words(facts)[0]
    (tmp_path / "run.json").write_text(json.dumps(record | {"model": {"sha256": "0"}}), encoding="utf-8")
    assert searched_in_words(facts) == []


def test_an_ensemble_serves_only_the_model_and_assumptions_it_was_made_of(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = SimpleNamespace(inputs=case.inputs, changes=[])
    wanted = _wanted(CaseOrder("reference"), applied, case.prepared)  # type: ignore[arg-type]
    plan: dict[str, Any] = wanted | {"members": 64, "seed": 1, "keep": list(NEEDED), "engine": {}}
    monkeypatch.setattr("outputs.report.cases.read_plan", lambda _: plan)
    assert _serves(tmp_path, wanted)
    assert not _serves(tmp_path, wanted | {"members": 65})
    assert not _serves(tmp_path, wanted | {"model": {"sha256": "another"}})
    assert not _serves(tmp_path, wanted | {"inputs": {}})
    paired = _wanted(CaseOrder("reference", pair=(64, 2)), applied, case.prepared)  # type: ignore[arg-type]
    assert not _serves(tmp_path, paired)
    plan["keep"] = ["total_population"]
    assert not _serves(tmp_path, wanted)


def test_a_scenario_that_ends_before_the_target_years_is_refused(case: Case) -> None:
    settings = case.prepared.settings.model_copy(update={"until": 2030})
    with pytest.raises(ScenarioError, match=r"it ends in 2030 .* target years \(2035, 2040\)"):
        _check_years(replace(case.prepared, settings=settings))


def test_a_fit_that_has_not_converged_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fit.json").write_text(
        '{"converged": false, "model": "x", "kind": "optimum", "problems": ["too few starts agree"]}', encoding="utf-8"
    )
    (tmp_path / "parameters.csv").write_text("name,z,value\n", encoding="utf-8")
    order = CaseOrder("reference", fit=str(tmp_path))
    with pytest.raises(ScenarioError, match=r"has not converged: too few starts agree(.|\n)*--force"):
        read_case(order, SimpleNamespace(), lambda _: None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("Skellefta", "'Skellefta' is not a known municipality.*\n.*Skellefteå"),
        ("Norrbotten", "names 14 municipalities; a report is about one, or about all 29"),
        ("0180", "'0180' is not a known municipality"),
    ],
)
def test_a_municipality_that_is_none_is_told_with_the_way_out(given: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=f"--municipality {given}(.|\n)*{words}"):
        find_municipality(given)


def test_two_pages_have_no_room_for_several_scenarios() -> None:
    with pytest.raises(ScenarioError, match=r"2 scenarios were named; the two pages of a municipality tell of one"):
        find_municipality("2482", 2)


def test_a_fit_forced_into_use_is_warned_of(facts: Facts) -> None:
    fit = SimpleNamespace(converged=False)
    forced = replace(facts.case, prepared=replace(facts.case.prepared, fit=fit))  # type: ignore[arg-type]
    words = {"sv": "har inte konvergerat", "en": "has not converged"}[facts.language]
    assert words in unconverged(replace(facts, cases=(forced,)))[0].text
    assert unconverged(facts) == []


def test_a_municipality_is_found_by_code_and_by_name() -> None:
    assert find_municipality("2482") == find_municipality("skellefteå") == SKELLEFTEA
    assert find_municipality(None) is None
    assert Wish("sv").municipality is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--municipality", "Gotham"], "'Gotham' is not a known municipality"),
        (["--format", "docx"], "--format"),
        (["--publish"], "--commissioner"),
        (["stegrar"], "'stegrar' is not a known scenario"),
    ],
)
def test_a_mistake_is_one_message_and_leaves_nothing(options: list[str], words: str, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(report_command)
    out = tmp_path / "report"
    result = CliRunner().invoke(app, [*options, "--out", str(out)])
    assert result.exit_code == 2
    assert words in result.output
    assert not out.exists()
