"""Scenarios applied to inputs: what changes, where, when, and what is recorded."""

import numpy as np
import pytest

from scenarios.apply import apply, apply_or_raise, step_times
from scenarios.places import read_places
from scenarios.read import read_scenario

START = "plan to building start"


def applied(write, model, inputs, body):
    scenario, problems = read_scenario(write(body))
    return apply_or_raise(scenario, problems, model, inputs)


def messages(write, model, inputs, body):
    scenario, problems = read_scenario(write(body))
    return [str(problem) for problem in [*problems, *apply(scenario, model, inputs).problems]]


def test_a_scenario_without_changes_leaves_the_inputs_as_they_are(scenario_file, model, inputs):
    result = applied(scenario_file, model, inputs, "")
    assert result.inputs.identical(inputs)
    assert result.changes == []


def test_a_lever_gets_one_value_per_step_and_only_in_its_place(scenario_file, model, inputs):
    body = f'[[levers]]\nname = "{START}"\nvalue = 3\nmunicipality = ["Kiruna", "2523"]\nfrom = 2025\nramp = 2\n'
    value = applied(scenario_file, model, inputs, body).inputs[START]
    assert value.dims == ("time", "municipality")
    times = step_times(inputs)
    assert times[0] == 2021
    assert times[-1] == 2031
    kiruna = value.sel(municipality="2584").values
    assert np.all(kiruna[times <= 2025] == 4.8)
    assert kiruna[times == 2026] == pytest.approx((4.8 + 3) / 2)
    assert np.all(kiruna[times >= 2027] == 3)
    assert np.all(value.sel(municipality="2580") == 4.8)


def test_until_is_the_last_whole_year_and_the_ramp_leads_back(scenario_file, model, inputs):
    body = '[[levers]]\nname = "interest rate"\nadd = 0.02\nfrom = 2023\nuntil = 2025\nramp = 1\n'
    value = applied(scenario_file, model, inputs, body).inputs["interest rate"].values
    times = step_times(inputs)
    assert value[times == 2026] == pytest.approx(0.05)
    assert value[times == 2026.5] == pytest.approx(0.04)
    assert np.all(value[times >= 2027] == pytest.approx(0.03))


def test_a_lever_of_industries_and_workplaces_changes_only_the_chosen_cells(scenario_file, model, inputs):
    body = '[[levers]]\nname = "hiring support"\nmultiply = 1.5\nindustry = "construction"\nworkplace = "Norrbotten"\n'
    value = applied(scenario_file, model, inputs, body).inputs["hiring support"].isel(time=-1)
    assert float(value.sel(industry="construction", workplace="2580")) == 1.5
    assert float(value.sum()) == pytest.approx(5 * 29 + 0.5 * 14)


def test_an_assumption_is_constant_over_time(scenario_file, model, inputs):
    result = applied(scenario_file, model, inputs, '[[assumptions]]\nname = "family size"\nvalue = 1.4\n')
    assert float(result.inputs["family size"]) == 1.4
    assert "time" not in result.inputs["family size"].dims


def test_a_project_is_delayed_downsized_stopped_and_closed(scenario_file, model, inputs):
    body = '[[projects]]\nname = "mine-in-pajala"\ndelay = 2\nscale = 0.5\nstop = 2030\nclosure = 2028\n'
    result = applied(scenario_file, model, inputs, body)
    last = {name: result.inputs[name] for name in ("project delay", "project scale", "project closure time")}
    last = {name: value.isel(time=-1) if "time" in value.dims else value for name, value in last.items()}
    assert float(last["project delay"].sel(project="mine-in-pajala")) == 2
    assert float(last["project delay"].sel(project="plant-in-boden")) == 0
    assert float(last["project scale"].sel(project="mine-in-pajala")) == 0.5
    assert float(last["project closure time"].sel(project="mine-in-pajala")) == 2028
    assert {change.name for change in result.changes} == {
        "project delay",
        "project scale",
        "project stop time",
        "project closure time",
    }


def test_each_change_is_recorded_old_and_new_in_data_and_in_words(scenario_file, model, inputs):
    body = f'[[levers]]\nname = "{START}"\nvalue = 3\nmunicipality = "Kiruna"\nfrom = 2025\nuntil = 2028\nramp = 2\n'
    change = applied(scenario_file, model, inputs, body).changes[0]
    data = change.as_data()
    assert (data["old"], data["new"], data["unit"], data["scenario"]) == (4.8, 3.0, "years", "trial")
    assert data["cells"] == {"municipality": ["2584"]}
    words = change.in_words(read_places())
    assert words == (
        "plan to building start: 4.8 → 3 years in Kiruna, from 2025, through 2028, phased in and out over 2 years"
    )


def test_a_scenario_on_a_baseline_is_applied_after_it(scenario_file, model, inputs):
    scenario_file('[[levers]]\nname = "interest rate"\nvalue = 0.05\n', name="before.toml")
    header = scenario_file("").read_text(encoding="utf-8").replace('baseline = "none"', 'baseline = "before"')
    path = scenario_file('[[levers]]\nname = "interest rate"\nadd = 0.01\n', header=header)
    scenario, problems = read_scenario(path)
    result = apply_or_raise(scenario, problems, model, inputs)
    assert result.inputs["interest rate"].values == pytest.approx(np.full(41, 0.06))
    assert [change.scenario for change in result.changes] == ["before", "trial"]


OUTSIDE = """\
trial.toml, levers.1: 'plan to building start' = 0.1 years is outside its range [0.5, 8].
  The range comes from: SKR Öppna jämförelser 2020; Byggframtid 2025.
  To run it anyway, give the range and the reason: range = [0.1, 8], because = "…\""""


def test_a_value_outside_its_range_is_refused_in_the_words_of_the_house(scenario_file, model, inputs):
    assert messages(scenario_file, model, inputs, f'[[levers]]\nname = "{START}"\nvalue = 0.1\n') == [OUTSIDE]


def test_a_range_with_a_reason_lets_a_value_leave_the_models_range(scenario_file, model, inputs):
    body = f'[[levers]]\nname = "{START}"\nvalue = 0.1\nrange = [0.1, 8]\nbecause = "a new law"\n'
    result = applied(scenario_file, model, inputs, body)
    assert float(result.inputs[START].min()) == 0.1
    assert "because: a new law" in result.changes[0].in_words(read_places())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('[[levers]]\nname = "plan to bulding start"\nvalue = 3\n',
         "trial.toml, levers.1: 'plan to bulding start' is not a known lever.\n"
         "  Did you mean 'plan to building start'? All of them: sim.py list levers."),
        ('[[levers]]\nname = "family size"\nvalue = 1.5\n',
         "trial.toml, levers.1: 'family size' is a fixed assumption, not a lever.\n"
         "  Put it under [[assumptions]], without years."),
        ('[[assumptions]]\nname = "interest rate"\nvalue = 0.01\n',
         "trial.toml, assumptions.1: 'interest rate' is a lever, not a fixed assumption.\n"
         "  Put it under [[levers]]."),
        ('[[levers]]\nname = "population"\nvalue = 1.5\n',
         "trial.toml, levers.1: 'Population' is computed by the model and cannot be set.\n"
         "  sim.py explain 'Population' tells what it depends on; change that instead."),
        ('[[levers]]\nname = "reception capacity"\nvalue = 2\nmunicipality = "Kirruna"\n',
         "trial.toml, levers.1: 'Kirruna' is not a known municipality, county or labour-market region.\n"
         "  Did you mean 'Kiruna'? Codes and names are in model/places.csv."),
        ('[[levers]]\nname = "reception capacity"\nvalue = 2\nmunicipality = 9999\n',
         "trial.toml, levers.1: '9999' is not a known municipality, county or labour-market region.\n"
         "  Codes and names are in model/places.csv."),
        ('[[levers]]\nname = "interest rate"\nvalue = 0.01\nmunicipality = "Kiruna"\n',
         "trial.toml, levers.1: 'interest rate' has no dimension 'municipality'.\n"
         "  Its dimensions: none: it is one number for the whole region. Leave 'municipality' out."),
        ('[[levers]]\nname = "hiring support"\nvalue = 1\nindustry = "bsic"\n',
         "trial.toml, levers.1: 'bsic' is not a known industry.\n"
         "  Did you mean 'basic'? Known: basic, construction, other, services, welfare."),
        ('[[projects]]\nname = "mine-in-pajla"\ndelay = 1\n',
         "trial.toml, projects.1: 'mine-in-pajla' is not a known project.\n"
         "  Did you mean 'mine-in-pajala'? Known: mine-in-pajala, plant-in-boden."),
        ('[[projects]]\nname = "mine-in-pajala"\ndelay = 50\n',
         "trial.toml, projects.1.delay: 'project delay' = 50 years is outside its range [0, 20].\n"
         "  The range comes from: register.\n"
         "  To run it anyway, give the range and the reason under [[levers]]: name = \"project delay\", "
         "project = \"mine-in-pajala\", value = 50, range = [0, 50], because = \"…\""),
        ('[[projects]]\nname = "plant-in-boden"\ndelay = 1\n[[projects]]\nname = "Plant in Boden"\ndelay = 2\n',
         "trial.toml, projects.1.delay and projects.2.delay: both change 'project delay' of plant-in-boden at the same "
         "time.\n  Let one end before the other begins, choose other places, or make them one."),
        ('[[levers]]\nname = "reception capacity"\nvalue = 2\nfrom = 2060\n',
         "trial.toml, levers.1: from = 2060 is after the run's last year, 2050: 'reception capacity' would never "
         "change.\n  Choose other years, or a longer run under [settings]."),
        ('[settings]\nstart = 2020\n[[levers]]\nname = "reception capacity"\nvalue = 2\nuntil = 2015\n',
         "trial.toml, levers.1: until = 2015 is before the run begins, 2020: 'reception capacity' would never "
         "change.\n  Choose other years, or a longer run under [settings]."),
        ('[[levers]]\nname = "reception capacity"\nvalue = 2\nmunicipality = "Norrbotten"\nfrom = 2025\n'
         '[[levers]]\nname = "reception capacity"\nadd = 1\nmunicipality = "Kiruna"\nfrom = 2027\n',
         "trial.toml, levers.1 and levers.2: both change 'reception capacity' in Kiruna at the same time.\n"
         "  Let one end before the other begins, choose other places, or make them one."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_a_way_out(scenario_file, model, inputs, body, expected):
    assert messages(scenario_file, model, inputs, body) == [expected]


def test_the_same_lever_may_change_elsewhere_or_later(scenario_file, model, inputs):
    body = (
        '[[levers]]\nname = "reception capacity"\nvalue = 2\nmunicipality = "Kiruna"\nfrom = 2022\nuntil = 2024\n'
        '[[levers]]\nname = "reception capacity"\nvalue = 1.5\nmunicipality = "Kiruna"\nfrom = 2025\n'
        '[[levers]]\nname = "reception capacity"\nvalue = 2\nmunicipality = "Pajala"\nfrom = 2022\n'
    )
    value = applied(scenario_file, model, inputs, body).inputs["reception capacity"]
    times = step_times(inputs)
    kiruna = value.sel(municipality="2584").values
    assert np.all(kiruna[(times >= 2022) & (times < 2025)] == 2)
    assert np.all(kiruna[times >= 2025] == 1.5)


def test_a_project_beyond_its_range_may_be_set_as_the_message_says(scenario_file, model, inputs):
    entry = 'name = "project delay"\nproject = "mine-in-pajala"\nvalue = 50\nrange = [0, 50]\nbecause = "a war"\n'
    result = applied(scenario_file, model, inputs, f"[[levers]]\n{entry}")
    assert float(result.inputs["project delay"].sel(project="mine-in-pajala").max()) == 50


def test_a_change_is_told_in_swedish_too(scenario_file, model, inputs):
    body = f'[[levers]]\nname = "{START}"\nadd = -1.5\nmunicipality = ["Norrbotten", "Umeå"]\nfrom = 2025\nramp = 2\n'
    change = applied(scenario_file, model, inputs, body).changes[0]
    assert change.in_words(read_places(), "sv") == (
        f"{START}: 4,8 → 3,3 år i Norrbottens län och Umeå, från 2025, infasat över 2 år"
    )
    assert change.in_words(read_places()).endswith(
        "3.3 years in Norrbottens län and Umeå, from 2025, phased in over 2 years"
    )


def test_all_problems_are_told_at_once(scenario_file, model, inputs):
    body = (
        '[[levers]]\nname = "reception capacity"\nvalu = 2\n'
        '[[levers]]\nname = "interest rat"\nvalue = 0.01\n'
        '[[projects]]\nname = "unknown"\nscale = 0\n'
    )
    found = messages(scenario_file, model, inputs, body)
    assert [message.split(":")[0] for message in found] == [
        "trial.toml, levers.1",
        "trial.toml, levers.2",
        "trial.toml, projects.1",
    ]
