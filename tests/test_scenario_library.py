"""The scenarios that come with the model: what each is made of, what it does, and its golden table."""

import re

import numpy as np
import pytest

from outputs.describe import listing
from scenarios.compose import compose
from scenarios.read import read_scenario, scenario_files
from scenarios.schema import Change, ProjectChange
from scenarios.sensitivity.inputs import read_names
from tests.golden.tables import FOLDER, OUTCOMES, REGION, Runs, differences, read_table

NAMES = {
    "commodity-slump",
    "everyone-commutes",
    "flagships-fail",
    "grid-late",
    "housing-doubled",
    "housing-stalls",
    "industry-cuts",
    "learning-and-inclusion",
    "low-fertility-low-immigration",
    "move-instead-of-fly-in",
    "norrbotniabanan-late",
    "norrbotniabanan-on-time",
    "on-time",
    "plant-closes",
    "reference",
    "steel-late",
}
GOLDEN = sorted(path.stem for path in FOLDER.glob("*.csv"))
SENTENCE = re.compile(r"[.?!:]$")


@pytest.fixture(scope="session")
def runs():
    """Scenarios run on one reading of the model."""
    return Runs()


@pytest.fixture(scope="session")
def tables(runs):
    """The table of a scenario, computed once."""
    made = {}

    def table(name):
        if name not in made:
            made[name] = runs.table(name)
        return made[name]

    return table


def test_the_library_is_complete_and_every_scenario_has_a_golden_table():
    assert {path.stem for path in scenario_files()} >= NAMES
    assert set(GOLDEN) >= NAMES


@pytest.mark.parametrize("name", GOLDEN)
def test_a_scenario_gives_its_golden_table(tables, name):
    told = differences(read_table(name), tables(name))
    assert told == [], f"python -m tests.golden {name} makes it anew; first look whether the change is meant"


def test_a_golden_table_tells_what_has_changed():
    golden = read_table("reference")
    rows = np.arange(len(golden))
    found = golden.assign(
        population=golden["population"] * (1 + 2e-5 * (rows == 0)),
        unemployed=golden["unemployed"] * (1 + 0.5 * (rows == 1)),
    )
    told = differences(golden, found)
    assert [text.split(":")[0] for text in told] == [f"unemployed, {REGION} 2030", f"population, {REGION} 2028"]
    assert differences(golden, golden[["area", "year", *OUTCOMES[1:]]])[0].startswith("columns: ")
    assert differences(golden, found.iloc[1:].reset_index(drop=True)) == ["other areas or years than in the table"]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_scenario_has_its_story_in_both_languages_and_says_what_its_numbers_rest_on(name):
    scenario, problems = compose(name)
    assert problems == []
    header = scenario.header
    for text in (header.title, header.description, header.source):
        assert text.sv.strip() != text.en.strip()
    for story in (header.description.sv, header.description.en):
        assert 100 <= len(" ".join(story.split())) <= 450
        assert SENTENCE.search(story.strip())
    entries: list[Change | ProjectChange] = [*scenario.levers.values(), *scenario.assumptions.values()]
    for entry in [*entries, *scenario.projects.values()]:
        assert entry.source is not None
        assert entry.source.sv != entry.source.en
        judged = entry.source.en.startswith("Judgement")
        assert not judged or entry.judged is not None, f"{name}: a judgement without its range: {entry.source.en}"


@pytest.mark.parametrize("name", sorted(NAMES))
def test_what_a_scenario_changes_has_a_plain_name_in_both_languages(name):
    scenario, _ = compose(name)
    own = {change.name for change in [*scenario.levers.values(), *scenario.assumptions.values()]}
    of_projects = {each for each in own if each.startswith(("project ", "known "))}
    assert own - of_projects <= set(read_names())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_scenario_is_listed_with_one_sentence(language):
    lines = listing("scenarios", language).splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert {line.split(" ")[0] for line in heads} >= NAMES
    assert "plant-closes --set project=stegra --set year=2032" in heads
    for head, story in zip(lines[::2], lines[1::2], strict=True):
        scenario, _ = read_scenario(next(path for path in scenario_files() if path.stem == head.split(" ")[0]))
        title = getattr(scenario.header.title, language)
        assert story.startswith(f"  {title}. ")
        assert SENTENCE.search(story)


STORIES = [
    ("on-time", "filled_jobs", REGION, 2030, (300, 6_000)),
    ("on-time", "population", REGION, 2040, (500, 15_000)),
    ("flagships-fail", "filled_jobs", REGION, 2030, (-10_000, -1_500)),
    ("flagships-fail", "population", REGION, 2040, (-25_000, -2_000)),
    ("flagships-fail", "filled_jobs", "Boden", 2030, (-5_000, -500)),
    ("plant-closes", "filled_jobs", "Boden", 2030, (0, 0)),
    ("plant-closes", "filled_jobs", "Boden", 2040, (-3_500, -700)),
    ("industry-cuts", "filled_jobs", "Kiruna", 2040, (-2_500, -600)),
    ("industry-cuts", "population", "Kiruna", 2040, (-4_000, -200)),
    ("steel-late", "filled_jobs", REGION, 2028, (-5_000, -500)),
    ("steel-late", "filled_jobs", REGION, 2050, (-500, 500)),
    ("grid-late", "filled_jobs", REGION, 2028, (-5_000, -300)),
    ("grid-late", "filled_jobs", REGION, 2050, (-500, 500)),
    ("housing-doubled", "dwellings", REGION, 2040, (12_000, 60_000)),
    ("housing-doubled", "population", REGION, 2040, (1_000, 40_000)),
    ("housing-stalls", "dwellings", REGION, 2030, (-12_000, -2_500)),
    ("housing-stalls", "population", REGION, 2040, (-20_000, -500)),
    ("move-instead-of-fly-in", "nonregistered_workers", REGION, 2040, (-8_000, -500)),
    ("move-instead-of-fly-in", "population", REGION, 2040, (2_000, 40_000)),
    ("move-instead-of-fly-in", "tax_forgone", REGION, 2040, (-2e9, -1e8)),
    ("everyone-commutes", "nonregistered_workers", REGION, 2040, (1_000, 15_000)),
    ("everyone-commutes", "population", REGION, 2040, (-60_000, -3_000)),
    ("everyone-commutes", "tax_forgone", REGION, 2040, (1e8, 3e9)),
    ("norrbotniabanan-on-time", "population", REGION, 2040, (-600, 600)),
    ("norrbotniabanan-late", "population", REGION, 2040, (-2_000, 300)),
    ("low-fertility-low-immigration", "population", REGION, 2040, (-45_000, -8_000)),
    ("learning-and-inclusion", "nonregistered_workers", REGION, 2040, (-7_000, -500)),
    ("learning-and-inclusion", "filled_jobs", REGION, 2040, (200, 8_000)),
    ("commodity-slump", "filled_jobs", REGION, 2030, (-8_000, -1_500)),
    ("commodity-slump", "filled_jobs", REGION, 2040, (-2_500, -100)),
]
"""Beside the reference: in which direction and of what order a scenario's story moves an outcome, written beforehand:
register's jobs lost or gained, once to three times over through suppliers and services; slumps and delays pass."""


@pytest.mark.parametrize("story", STORIES, ids=lambda story: "-".join(map(str, story[:4])))
def test_a_scenario_does_what_its_story_says(tables, story):
    name, outcome, area, year, (low, high) = story

    def value(scenario):
        table = tables(scenario)
        return float(table.loc[(table["area"] == area) & (table["year"] == year), outcome].iloc[0])

    assert low <= value(name) - value("reference") <= high


def test_effects_of_two_scenarios_that_have_nothing_to_do_with_each_other_come_together(tables):
    """Low birth rates and a railway hardly touch each other: together about the sum of both."""
    names = ("low-fertility-low-immigration", "norrbotniabanan-late")
    people = [float(tables(name)["population"].iloc[2]) for name in ("reference", *names, "+".join(names))]
    reference, one, other, both = people
    assert both - reference == pytest.approx(one - reference + other - reference, rel=0.05)
