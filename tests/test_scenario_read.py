"""Scenario files read: what is understood, and the words for what is not."""

import pytest

from scenarios.problems import ScenarioError
from scenarios.read import find_scenario, read_scenario, scenario_files


def problems_of(path):
    try:
        _, problems = read_scenario(path)
    except ScenarioError as error:
        problems = list(error.problems)
    return [str(problem) for problem in problems]


def test_a_scenario_has_header_and_default_settings(scenario_file):
    scenario, problems = read_scenario(scenario_file(""))
    assert problems == []
    assert scenario.header.title.en == "Trial"
    assert scenario.settings.model_dump() == {
        "start": 2010, "until": 2050, "base_year": 2022, "target": 100_000, "target_years": [2035, 2040],
    }  # fmt: skip


def test_a_date_may_be_written_as_a_date(scenario_file):
    path = scenario_file("")
    path.write_text(path.read_text(encoding="utf-8").replace('"2025-01-01"', "2025-01-01"), encoding="utf-8")
    scenario, problems = read_scenario(path)
    assert (problems, scenario.header.date) == ([], "2025-01-01")


def test_settings_are_inherited_from_the_baseline(scenario_file):
    scenario_file("[settings]\nuntil = 2040\ntarget = 50000\n", name="before.toml")
    header = scenario_file("").read_text(encoding="utf-8").replace('"none"', '"before"')
    scenario, _ = read_scenario(scenario_file("[settings]\ntarget = 60000\n", header=header))
    assert (scenario.settings.until, scenario.settings.target) == (2040, 60000)
    assert [part.name for part in scenario.chain] == ["before", "trial"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[settings]\nstart = 2009\n",
         "trial.toml, settings: start = 2009: expected at least 2010.\n"
         "  Runs start at the end of a year with observed stocks: 2010 to 2024."),
        ("[settings]\nuntil = 2101\n",
         "trial.toml, settings: until = 2101: expected at most 2100.\n"
         "  Years go from 2010 to 2100."),
        ("[settings]\nstart = 2020\nuntil = 2015\nbase_year = 2015\n",
         "trial.toml, settings: until = 2015 is not after start = 2020: the years are reversed."),
        ("[settings]\ntargt = 1\n",
         "trial.toml, settings: 'targt' is not a known key.\n"
         "  Did you mean 'target'? Known: base_year, overrides, start, target, target_years, until."),
        ("[setings]\nuntil = 2040\n",
         "trial.toml: 'setings' is not a known key.\n"
         "  Did you mean 'settings'? Known: assumptions, author, baseline, choices, date, description, levers, "
         "projects, settings, source, title."),
        ('[[levers]]\nname = "x"\nvaleu = 2\n',
         "trial.toml, levers.1: 'valeu' is not a known key.\n"
         "  Did you mean 'value'? Known: add, age, because, county, from, industry, judged, multiply, municipality, "
         "name, overrides, project, ramp, range, sex, source, until, value, workplace."),
        ('[[levers]]\nname = "x"\n',
         "trial.toml, levers.1: give exactly one of value, add, multiply (given: none)."),
        ('[[levers]]\nname = "x"\nvalue = 1\nadd = 2\n',
         "trial.toml, levers.1: give exactly one of value, add, multiply (given: value and add)."),
        ('[[levers]]\nname = "x"\nvalue = 1\nfrom = 2030\nuntil = 2025\n',
         "trial.toml, levers.1: until = 2025 is before from = 2030: the years are reversed."),
        ('[[levers]]\nname = "x"\nvalue = 1\nrange = [0, 2]\n',
         "trial.toml, levers.1: range and because go together: give both, or neither."),
        ('[[levers]]\nname = "x"\nvalue = "much"\n',
         'trial.toml, levers.1: value = "much": expected a number, without quotes.'),
        ("[[levers]]\nvalue = 1\n",
         "trial.toml, levers.1: the key 'name' is missing.\n  Add it: name = \"…\""),
        ('[levers]\nname = "x"\n',
         "trial.toml, levers: expected a list of tables.\n  Write [[levers]] with two brackets."),
        ('[[projects]]\nname = "x"\n',
         "trial.toml, projects.1: give at least one of delay, scale, stop, closure."),
        ("[settings]\nbase_year = 2060\n",
         "trial.toml, settings: base_year = 2060 is after until = 2050, and no population has been observed then."),
        ("[settings]\ntarget = 1.5\n", "trial.toml, settings: target = 1.5: expected a whole number."),
        ("[settings]\ntarget = 0\n", "trial.toml, settings: target = 0: expected more than 0."),
        ("[settings]\ntarget_years = []\n",
         "trial.toml, settings: target_years = []: expected at least one.\n  Years go from 2010 to 2100."),
        ("[[settings]]\nstart = 2010\n",
         "trial.toml, settings: expected one table.\n"
         "  Write [settings] with one bracket, and below it a line for each of its keys."),
        ("title.de = \"Versuch\"\n", "trial.toml, title: 'de' is not a known key.\n  Known: en, sv."),
        ("levers = [3]\n", "trial.toml, levers.1: expected a table, found 3."),
        ('[[levers]]\nname = "x"\nvalue = true\n', "trial.toml, levers.1: value = true: expected a number."),
        ('[[levers]]\nname = "x"\nvalue = nan\n', "trial.toml, levers.1: value = nan: expected a finite number."),
        ('[[levers]]\nname = 3\nvalue = 1\n', "trial.toml, levers.1: name = 3: expected a text in quotes."),
        ('[[levers]]\nname = "x"\nvalue = 1\nmunicipality = 2.5\n',
         "trial.toml, levers.1: municipality = 2.5: expected a name, a number, or a list of these."),
        ('[[levers]]\nname = "x"\nvalue = 1\nmunicipality = [["Kiruna"]]\n',
         "trial.toml, levers.1: municipality = [['Kiruna']]: expected a name, a number, or a list of these."),
        ('[[levers]]\nname = "x"\nvalue = 1\nrange = [6]\nbecause = "y"\n',
         "trial.toml, levers.1: range = [6]: expected two numbers, [lowest, highest]."),
        ('[[levers]]\nname = "x"\nvalue = 1\nrange = [6, 0]\nbecause = "y"\n',
         "trial.toml, levers.1: range = [6, 0] is reversed."),
        ('[[levers]]\nname = "x"\nvalue = 1\nramp = -1\n', "trial.toml, levers.1: ramp = -1: expected at least 0."),
        ('[[levers]]\nname = "x"\nvalue = 1\nfrom = 1e99\n',
         "trial.toml, levers.1: from = 1e+99: expected at most 2100.\n  Years go from 2010 to 2100."),
        ('[[assumptions]]\nname = "x"\nvalue = 1\nfrom = 2030\n',
         "trial.toml, assumptions.1: 'from' is not a known key.\n"
         "  Known: add, age, because, county, industry, judged, multiply, municipality, "
         "name, overrides, project, range, sex, source, value, workplace."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_a_way_out(scenario_file, body, expected):
    assert problems_of(scenario_file(body)) == [expected]


def test_a_missing_header_key_is_named_with_an_example(scenario_file):
    path = scenario_file("")
    path.write_text(path.read_text(encoding="utf-8").replace('baseline = "none"\n', ""), encoding="utf-8")
    assert problems_of(path) == [
        'trial.toml: the key \'baseline\' is missing.\n  Add it: baseline = "reference" (or "none")'
    ]


def test_bad_toml_is_told_with_its_line(scenario_file):
    text = problems_of(scenario_file("[[levers]]\nname = interest\n"))[0]
    assert text.startswith("trial.toml: this is not valid TOML: ")
    assert "(at line 10, column 8)" in text
    assert "Mend that line." in text


def test_a_file_that_is_not_utf8_is_told(scenario_file):
    path = scenario_file("")
    path.write_bytes("title.sv = 'Skellefteå'".encode("latin-1"))
    assert problems_of(path) == ["trial.toml: line 1 is not UTF-8 text.\n  Save the file with the encoding UTF-8."]


def test_an_unknown_baseline_and_a_circle_of_baselines_are_told(scenario_file):
    header = scenario_file("").read_text(encoding="utf-8")
    unknown = problems_of(scenario_file("", header=header.replace('"none"', '"referense"')))[0]
    assert unknown.startswith("trial.toml, baseline: 'referense' is not a known scenario.\n  Did you mean 'reference'?")
    endless = problems_of(scenario_file("", header=header.replace('"none"', f'"{"a" * 5000}"')))[0]
    assert endless.startswith(f"trial.toml, baseline: '{'a' * 60}…' is not a known scenario.")
    circle = problems_of(scenario_file("", header=header.replace('"none"', '"trial"')))
    assert circle == ["trial.toml, baseline: the baselines go in a circle: trial → trial."]


def test_a_text_where_a_date_or_two_texts_belong_is_told_with_an_example(scenario_file):
    header = scenario_file("").read_text(encoding="utf-8")
    date = problems_of(scenario_file("", header=header.replace('"2025-01-01"', "2025")))
    assert date == ["trial.toml: date = 2025: expected a text in quotes.\n  A date: date = 2025-01-31"]
    one = header.replace('title.sv = "Prov"\ntitle.en = "Trial"\n', 'title = "Trial"\n')
    assert problems_of(scenario_file("", header=one)) == [
        'trial.toml: title = "Trial": expected a Swedish and an English text.\n  title.sv = "…" and title.en = "…"'
    ]


def test_two_scenarios_that_build_on_each_other_are_told(scenario_file):
    header = scenario_file("").read_text(encoding="utf-8")
    scenario_file("", "one.toml", header.replace('"none"', '"two"'))
    path = scenario_file("", "two.toml", header.replace('"none"', '"one"'))
    assert problems_of(path) == ["one.toml, baseline: the baselines go in a circle: two → one → two."]


def test_a_mark_of_the_byte_order_as_windows_writes_it_does_no_harm(scenario_file):
    path = scenario_file("")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems_of(path) == []


def test_a_folder_or_a_name_too_long_is_no_scenario(tmp_path):
    with pytest.raises(ScenarioError, match="this is a folder, not a scenario file"):
        find_scenario(str(tmp_path))
    with pytest.raises(ScenarioError, match=r"a{60}…: cannot be read: "):
        find_scenario("a" * 5000)
    with pytest.raises(ScenarioError, match=r"nowhere.toml: there is no such file\."):
        find_scenario("nowhere.toml")


def test_a_scenario_is_found_by_path_or_by_name(scenario_file):
    assert find_scenario("reference").name == "reference.toml"
    assert find_scenario("reference.toml").name == "reference.toml"
    assert find_scenario(str(scenario_file(""))).name == "trial.toml"
    with pytest.raises(ScenarioError, match="refrence: 'refrence' is not a known scenario"):
        find_scenario("refrence")


@pytest.mark.parametrize("path", scenario_files(), ids=lambda path: path.stem)
def test_every_scenario_that_comes_with_the_model_reads_without_a_problem(path):
    assert problems_of(path) == []
