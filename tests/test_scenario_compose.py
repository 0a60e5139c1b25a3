"""Scenarios laid over each other, and generic ones with their choices: what they give, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.apply import apply, apply_or_raise
from scenarios.compose import asked, compose, folder_name, stacked
from scenarios.problems import ScenarioError
from scenarios.read import Scenario, read_scenario
from scenarios.schema import Header, Lever, ProjectChange, Settings

KIRUNA = '[[levers]]\nname = "reception capacity"\nvalue = 2\nmunicipality = "Kiruna"\nfrom = 2025\nuntil = 2027\n'
PLACES = ("Kiruna", "Luleå", "Umeå", "Pajala", "Boden", "Skellefteå", "Norrbotten")


def said(*names: str) -> str:
    """The message that these scenarios cannot be laid over each other."""
    with pytest.raises(ScenarioError) as error:
        compose(names)
    return str(error.value)


def refused(model, inputs, *names: str) -> str:
    scenario, problems = compose(names)
    with pytest.raises(ScenarioError) as error:
        apply_or_raise(scenario, problems, model, inputs)
    return str(error.value)


def on_baseline(scenario_file, baseline: str) -> str:
    path: Path = scenario_file("")
    return path.read_text(encoding="utf-8").replace('"none"', f'"{baseline}"')


def test_two_scenarios_are_applied_together_and_each_change_tells_its_file(scenario_file, model, inputs):
    scenario_file(KIRUNA, "a.toml")
    scenario_file('[[levers]]\nname = "interest rate"\nadd = 0.01\n', "b.toml")
    scenario, problems = compose(["a.toml", "b.toml"])
    result = apply_or_raise(scenario, problems, model, inputs)
    assert float(result.inputs["reception capacity"].sel(municipality="2584", time=2026)) == 2
    assert float(result.inputs["interest rate"].isel(time=0)) == pytest.approx(0.04)
    assert [(change.scenario, change.entry) for change in result.changes] == [
        ("a", "a.toml, levers.1"),
        ("b", "b.toml, levers.1"),
    ]
    assert (scenario.name, scenario.header.title.en) == ("a+b", "Trial + Trial")
    assert [part.name for part in scenario.chain] == ["a", "b"]


def test_one_word_with_plus_means_the_same_as_two(scenario_file):
    scenario_file("", "a.toml")
    scenario_file("", "b.toml")
    assert compose("a.toml+b.toml") == compose(["a.toml", "b.toml"])


def test_a_file_whose_own_name_holds_a_plus_is_taken_whole(scenario_file):
    scenario_file("", "a+b.toml")
    scenario, _ = compose("a+b.toml")
    assert (scenario.name, scenario.layers) == ("a+b", ())


def test_the_common_baseline_is_applied_once(scenario_file, model, inputs):
    scenario_file('[[levers]]\nname = "interest rate"\nvalue = 0.05\n', "before.toml")
    header = on_baseline(scenario_file, "before")
    scenario_file('[[levers]]\nname = "interest rate"\nadd = 0.01\n', "a.toml", header)
    scenario_file(KIRUNA, "b.toml", header)
    scenario, problems = compose(["a.toml", "b.toml"])
    result = apply_or_raise(scenario, problems, model, inputs)
    assert float(result.inputs["interest rate"].isel(time=0)) == pytest.approx(0.06)
    assert [part.name for part in scenario.chain] == ["before", "a", "b"]


OVERLAP = """\
a.toml, levers.1 and b.toml, levers.1: both change 'reception capacity' in Kiruna at the same time: \
value = 2 from 2025 through 2027, and add = 1 from 2027.
  Choose other years or places in one of them, leave one scenario out,
  or write overrides = true in the entry of the scenario named last: it then wins where they meet."""
LATER = '[[levers]]\nname = "reception capacity"\nadd = 1\nmunicipality = "Norrbotten"\nfrom = 2027\n'


def test_what_overlaps_is_refused_with_both_files_places_and_values(scenario_file, model, inputs):
    scenario_file(KIRUNA, "a.toml")
    scenario_file(LATER, "b.toml")
    assert refused(model, inputs, "a.toml", "b.toml") == OVERLAP


def test_the_later_scenario_wins_where_it_says_so_and_only_there(scenario_file, model, inputs):
    scenario_file(KIRUNA.replace("until = 2027\n", ""), "a.toml")
    scenario_file(LATER.replace('"Norrbotten"', '["Kiruna", "Luleå"]') + "overrides = true\n", "b.toml")
    scenario, problems = compose(["a.toml", "b.toml"])
    value = apply_or_raise(scenario, problems, model, inputs).inputs["reception capacity"]
    kiruna = value.sel(municipality="2584")
    assert kiruna.sel(time=[2024, 2026, 2028]).values.tolist() == [1, 2, 2]
    assert float(value.sel(municipality="2580", time=2028)) == 2
    scenario_file(LATER.replace("add = 1", "add = 0.5") + "overrides = true\n", "b.toml")
    scenario, problems = compose(["a.toml", "b.toml"])
    value = apply_or_raise(scenario, problems, model, inputs).inputs["reception capacity"]
    assert float(value.sel(municipality="2584", time=2028)) == 1.5  # added to the baseline's value, not to the earlier


def test_the_earlier_scenario_cannot_say_that_it_wins(scenario_file, model, inputs):
    scenario_file(KIRUNA + "overrides = true\n", "a.toml")
    scenario_file(LATER, "b.toml")
    assert refused(model, inputs, "a.toml", "b.toml") == OVERLAP


def test_the_same_fate_of_a_project_clashes_other_fates_do_not(scenario_file, model, inputs):
    scenario_file('[[projects]]\nname = "mine-in-pajala"\ndelay = 2\n', "a.toml")
    scenario_file('[[projects]]\nname = "mine in Pajala"\ndelay = 3\nscale = 0.5\n', "b.toml")
    assert refused(model, inputs, "a.toml", "b.toml").startswith(
        "a.toml, projects.1.delay and b.toml, projects.1.delay: both change 'project delay' of mine-in-pajala at the "
        "same time: delay = 2, and delay = 3."
    )
    scenario_file('[[projects]]\nname = "mine-in-pajala"\nscale = 0.5\n', "b.toml")
    scenario, problems = compose(["a.toml", "b.toml"])
    assert len(apply_or_raise(scenario, problems, model, inputs).changes) == 2


def test_a_lever_and_a_table_of_projects_clash_when_they_mean_the_same(scenario_file, model, inputs):
    scenario_file('[[projects]]\nname = "mine-in-pajala"\ndelay = 2\n', "a.toml")
    scenario_file('[[levers]]\nname = "project delay"\nproject = "mine-in-pajala"\nvalue = 3\n', "b.toml")
    assert "delay = 2, and value = 3" in refused(model, inputs, "a.toml", "b.toml")


def test_the_same_scenario_twice_is_told(scenario_file):
    path = scenario_file("", "a.toml")
    assert said("a.toml", str(path)) == "a.toml: the same scenario is given twice.\n  Leave one out."


def test_a_scenario_beside_its_own_baseline_is_told(scenario_file):
    scenario_file("", "a.toml")
    scenario_file("", "b.toml", on_baseline(scenario_file, "a"))
    expected = "a.toml: it is given beside b.toml, which builds on it already.\n  Leave 'a' out."
    assert said("a.toml", "b.toml") == expected
    assert said("b.toml", "a.toml") == expected


def test_scenarios_on_different_baselines_are_told(scenario_file):
    for name in ("one.toml", "two.toml"):
        scenario_file("", name)
    scenario_file("", "a.toml", on_baseline(scenario_file, "one"))
    scenario_file("", "b.toml", on_baseline(scenario_file, "two"))
    assert said("a.toml", "b.toml") == (
        "a.toml and b.toml: they build on different baselines: 'one' and 'two'.\n"
        "  Only scenarios on the same baseline can be laid over each other: give one of them the other's."
    )


def test_two_files_of_the_same_name_are_told(scenario_file):
    path = scenario_file("", "a.toml")
    (path.parent / "more").mkdir()
    (path.parent / "more" / "a.toml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert said("a.toml", "more/a.toml").startswith("a.toml and more/a.toml: two scenarios are both called 'a'.")


def test_settings_are_merged_and_contradictions_told(scenario_file, model, inputs):
    scenario_file("[settings]\ntarget = 60000\n", "a.toml")
    scenario_file("[settings]\nuntil = 2040\n", "b.toml")
    assert compose(["a.toml", "b.toml"])[0].settings == Settings(target=60_000, until=2040)
    scenario_file("[settings]\ntarget = 70000\n", "b.toml")
    _, problems = compose(["a.toml", "b.toml"])
    assert [str(problem) for problem in problems] == [
        "a.toml and b.toml, settings: they contradict each other: target = 60000, and target = 70000.\n"
        "  Make them the same, or write overrides = true under [settings] of the scenario named last: it then wins."
    ]
    scenario_file("[settings]\ntarget = 70000\noverrides = true\n", "b.toml")
    scenario, problems = compose(["a.toml", "b.toml"])
    assert (scenario.settings.target, problems) == (70_000, [])


def test_settings_that_make_no_run_together_are_told(scenario_file):
    scenario_file("[settings]\nstart = 2020\n", "a.toml")
    scenario_file("[settings]\nuntil = 2015\nbase_year = 2012\n", "b.toml")
    text = said("a.toml", "b.toml")
    assert text == "a.toml and b.toml, settings: until = 2015 is not after start = 2020: the years are reversed."


def test_no_scenario_is_told_and_an_unknown_one_named(scenario_file):
    assert said() == "no scenario was given.\n  sim.py list scenarios shows those there are."
    scenario_file("", "a.toml")
    assert "'refrence' is not a known scenario.\n  Did you mean 'reference'?" in said("a.toml", "refrence")


def test_a_name_or_choices_written_wrongly_are_told(scenario_file):
    scenario_file("", "a.toml")
    assert said("a.toml+").startswith("a.toml+: a scenario's name is missing beside the +.\n  Write for example")
    assert said("").startswith("'': a scenario's name is missing")
    assert said("plant-closes:year = 2030") == (
        "plant-closes:year = 2030: choices are written name=value, with commas between.\n"
        "  For example plant-closes:project=stegra,year=2032."
    )


HEADER = Header.model_validate(
    {
        "title": {"sv": "Prov", "en": "Trial"},
        "author": "Tester",
        "date": "2025-01-01",
        "source": "made up",
        "baseline": "none",
        "description": {"sv": "Ett prov.", "en": "A trial."},
    }
)
YEARS = st.integers(2021, 2029)


@st.composite
def levers(draw: st.DrawFn) -> Lever:
    """A lever of the small model, in force at some places for some years."""
    begin = draw(YEARS)
    name, number = draw(st.sampled_from([("reception capacity", 0.5), ("plan to building start", -1.0)]))
    until = draw(st.integers(begin, min(begin + 2, 2029)))
    ramp = draw(st.sampled_from([0.0, 1.0]))
    place = draw(st.sampled_from(PLACES))
    return Lever.model_validate(
        {"name": name, "add": number, "municipality": place, "from": begin, "until": until, "ramp": ramp}
    )


@st.composite
def scenarios(draw: st.DrawFn, name: str) -> Scenario:
    """A scenario with up to two levers and a project's fate."""
    numbered = {number: draw(levers()) for number in range(1, draw(st.integers(1, 2)) + 1)}
    fate = {draw(st.sampled_from(["delay", "scale", "closure"])): 2.0, "name": "mine-in-pajala"}
    projects = {1: ProjectChange.model_validate(fate)} if draw(st.booleans()) else {}
    if "closure" in fate:
        projects = {}
    return Scenario(Path(f"{name}.toml"), f"{name}.toml", HEADER, Settings(start=2020), numbered, projects)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ordered=st.tuples(scenarios("a"), scenarios("b"), scenarios("c")), order=st.permutations([0, 1, 2]))
def test_the_order_of_scenarios_means_nothing_unless_they_overlap(model, inputs, ordered, order):
    one, other = (apply(stacked(each, []), model, inputs) for each in (ordered, [ordered[at] for at in order]))
    assert bool(one.problems) == bool(other.problems)
    if not one.problems:
        assert one.inputs.identical(other.inputs)
        assert sorted(map(str, one.changes)) == sorted(map(str, other.changes))


GENERIC = """\
[[choices]]
name = "project"
meaning.sv = "anläggning"
meaning.en = "plant"
default = "stegra"
of = "projects with jobs"

[[choices]]
name = "year"
meaning.sv = "år"
meaning.en = "year"
default = 2030
range = [2025, 2045]

[[projects]]
name = "{project}"
closure = "{year}"

[[levers]]
name = "reception capacity"
value = 0.5
from = "{year}"
until = "{year+4}"
"""


@pytest.fixture
def generic(scenario_file):
    """A generic scenario: a plant and a year to be chosen, its title with both."""
    header = scenario_file("").read_text(encoding="utf-8").replace('"Prov"', '"{project} läggs ned {year}"')
    return scenario_file(GENERIC, "closes.toml", header.replace('"Trial"', '"{project} closes in {year}"'))


def test_a_generic_scenario_has_its_defaults(generic):
    scenario, problems = read_scenario(generic)
    assert problems == []
    assert (scenario.name, scenario.projects[1].name, scenario.projects[1].closure) == ("closes", "stegra", 2030)
    assert (scenario.levers[1].from_, scenario.levers[1].until) == (2030, 2034)


def test_what_the_user_chooses_stands_everywhere_and_projects_have_their_names_in_texts(generic):
    scenario, _ = compose("closes.toml:project=kaunis iron,year=2035")
    assert scenario.projects[1].name == "kaunis_iron"
    assert scenario.levers[1].until == 2039
    assert scenario.header.title.sv == "Kaunis Iron återstart läggs ned 2035"
    assert scenario.header.title.en == "Kaunis Iron restart closes in 2035"
    assert compose(scenario.name.replace("closes", "closes.toml"))[0] == scenario
    assert folder_name("closes.toml:project=kaunis iron,year=2035") == "closes-kaunis-iron-2035"


def test_a_generic_scenario_may_be_laid_over_itself_with_other_choices(generic):
    scenario, _ = compose(["closes.toml:project=viscaria", "closes.toml:project=stegra,year=2036"])
    assert scenario.name == "closes:project=viscaria+closes:project=stegra,year=2036"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("year=2060", "closes.toml, year=2060: 'year' = 2060 is outside [2025, 2045].\n  Choose one within it."),
        ("year=soon", "closes.toml, year=soon: expected a whole number.\n  For example year=2030."),
        ("yeer=2031", "closes.toml, yeer=2031: 'yeer' is not a known choice of this scenario.\n"
         "  Did you mean 'year'? Known: project, year."),
        ("project=stegre", "closes.toml, project=stegre: 'stegre' is not a known project.\n  Did you mean 'stegra'?"),
        ("project=ronnskar", "closes.toml, project=ronnskar: 'ronnskar' has closed, or brings no net jobs in the "
         "project register: it has none to lose.\n  Known: "),
        ("year=2031,year=2032", "closes.toml:year=2031,year=2032: 'year' is set twice.\n  Set it once."),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_made_is_told(generic, typed, message):
    text = said(f"closes.toml:{typed}")
    assert text.startswith(message)
    assert "\ncloses" not in text  # told once, without what follows from it


def test_a_choice_of_a_scenario_that_has_none_is_told(scenario_file):
    scenario_file("", "a.toml")
    assert said("a.toml:year=2030") == (
        "a.toml, year=2030: 'year' is not a known choice of this scenario.\n"
        "  It has none: leave out what stands after the colon."
    )


def test_a_slot_that_no_choice_fills_is_told(generic):
    generic.write_text(generic.read_text(encoding="utf-8").replace("{year+4}", "{yaer+4}"), encoding="utf-8")
    assert said("closes.toml").startswith(
        "closes.toml, levers.1, until: 'yaer' is not a known choice of this scenario.\n  Did you mean 'year'?"
    )
    generic.write_text(generic.read_text(encoding="utf-8").replace("{yaer+4}", "{project+4}"), encoding="utf-8")
    assert "levers.1, until: {project+4}: 'project' is a text; years can only be added" in said("closes.toml")


def test_braces_mean_nothing_where_there_is_nothing_to_choose(scenario_file):
    scenario, problems = read_scenario(scenario_file('[[levers]]\nname = "{x}"\nvalue = 1\n'))
    assert (scenario.levers[1].name, problems) == ("{x}", [])


def test_set_gives_a_choice_to_the_scenario_that_has_it(generic, scenario_file):
    scenario_file("", "a.toml")
    assert asked(["a.toml", "closes.toml"], ["year=2031"]) == "a.toml+closes.toml:year=2031"
    assert asked(["closes.toml"], ["year=2031", "project=viscaria"]) == "closes.toml:year=2031,project=viscaria"
    assert asked(None) == asked([]) == "reference"


def test_set_that_names_no_choice_or_a_shared_one_is_told(generic, scenario_file):
    def mistake(names: list[str], choice: str) -> str:
        with pytest.raises(ScenarioError) as error:
            asked(names, [choice])
        return str(error.value)

    scenario_file("", "a.toml")
    assert mistake(["closes.toml"], "year") == "--set year: expected name=value.\n  For example --set year=2032."
    assert mistake(["a.toml"], "year=2031") == (
        "--set year=2031: 'year' is not a known choice.\n  a.toml: no choices there."
    )
    assert mistake(["closes.toml"], "yeer=2031").endswith("Did you mean 'year'? Known: project, year.")
    other = generic.with_name("other.toml")
    other.write_text(generic.read_text(encoding="utf-8"), encoding="utf-8")
    assert mistake(["closes.toml", "other.toml"], "year=2031") == (
        "--set year=2031: closes.toml and other.toml both have a choice 'year'.\n  Say which one's: closes.toml:year=…"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('default = "c"\nof = ["a", "b"]', "default = 'c' is not among those that may be chosen: ['a', 'b']."),
        ('default = "a"\nrange = [1, 2]', "range belongs to a number, but default = 'a' is a text."),
        ('default = 2030\nname = "Year"', 'name = "Year": '),
    ],
)
def test_a_choice_that_contradicts_itself_is_told(scenario_file, body, expected):
    name = "" if "name" in body else 'name = "x"\n'
    _, problems = read_scenario(scenario_file(f'[[choices]]\n{name}meaning.sv = "a"\nmeaning.en = "a"\n{body}\n'))
    assert str(problems[0]).startswith(f"trial.toml, choices.1: {expected}")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('[[levers]]\nname = "x"\nvalue = 3\njudged = [1, 2]\n',
         "trial.toml, levers.1: judged = [1, 2] does not hold value = 3."),
        ('[[projects]]\nname = "x"\ndelay = 3\nscale = 1\njudged = [1, 4]\n',
         "trial.toml, projects.1: judged belongs to one number, but delay and scale are given: make a table for each."),
        ('[[projects]]\nname = "x"\nclosure = 2030\njudged = [2031, 2040]\n',
         "trial.toml, projects.1: judged = [2031, 2040] does not hold closure = 2030."),
    ],
)  # fmt: skip
def test_a_judgements_range_holds_its_number(scenario_file, body, expected):
    _, problems = read_scenario(scenario_file(body))
    assert [str(problem) for problem in problems] == [expected]
