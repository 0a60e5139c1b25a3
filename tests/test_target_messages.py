"""Every mistake in what is asked of a search is told in words, before anything runs."""

import pytest
from typer import Typer
from typer.testing import CliRunner

from outputs.target.publish import check_save
from scenarios.problems import ScenarioError
from scenarios.target.commands import target
from scenarios.target.costs import read_costs
from scenarios.target.limits import read_limits
from scenarios.target.order import QUICK, Effort, TargetOrder, check_order, parse_probability, parse_target

app = Typer()
app.command()(target)


def typed(*words, folder):
    """Exit code and message of a command."""
    found = CliRunner().invoke(app, [*words, "--out", str(folder / "out"), "--fit", "none"])
    return found.exit_code, found.output


@pytest.mark.parametrize(
    ("text", "number"),
    [("100000", 1e5), ("100 000", 1e5), ("100\N{NO-BREAK SPACE}000", 1e5), ("100,000", 1e5), ("1,000,000", 1e6),
     ("100_000", 1e5), ("+5000", 5000), ("0.06", 0.06), ("6 %", 0.06), ("-3", -3), ("\N{MINUS SIGN}3", -3)],
)  # fmt: skip
def test_a_target_may_be_written_as_people_write_numbers(text, number):
    assert parse_target(text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["many", "", "1e5", "100k", "10,00", "nan", "inf", "1.2.3", "%"])
def test_a_target_that_is_no_number_is_told_with_examples(text):
    with pytest.raises(ScenarioError) as told:
        parse_target(text)
    assert str(told.value).startswith(f"target {text}: this is no number.")
    assert "100000, '100 000' or 100,000" in str(told.value)


def test_a_probability_may_be_a_share_or_per_cent():
    assert parse_probability("0.8") == pytest.approx(0.8)
    assert parse_probability("80 %") == pytest.approx(0.8)
    with pytest.raises(ScenarioError, match="--probability often: this is no number"):
        parse_probability("often")


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (TargetOrder(-5), "target: -5 is no target: expected more than 0."),
        (TargetOrder(0), "target: 0 is no target: expected more than 0."),
        (TargetOrder(2e7), "20,000,000 people are more than the whole of Sweden can send: at most 10,000,000."),
        (TargetOrder(9, by=2024), "--by 2024: the year has to lie after 2024"),
        (TargetOrder(9, by=2101), "--by 2101: the year has to lie after 2024, when the observations end, and by 2100."),
        (TargetOrder(9, by=2030, start=2031), "--from 2031: measures begin from 2025 on, and at least a year before"),
        (TargetOrder(9, start=2020), "--from 2020: measures begin from 2025 on"),
        (TargetOrder(9, base_year=1980), "--base-year 1980: the base year lies from 2010 on"),
        (TargetOrder(9, ramp=-1), "--ramp -1: expected 0 to 90 years."),
        (TargetOrder(9, probability=0), "--probability 0: a probability lies between 0 and 1"),
        (TargetOrder(9, probability=1), "--probability 1: a probability lies between 0 and 1"),
        (TargetOrder(9, probability=80), "--probability 80: a probability lies between 0 and 1"),
        (TargetOrder(9, aim="best"), "--aim best: there is no such choice.\n  Choose one of: cheapest, smallest."),
        (TargetOrder(9, groups="age"), "--groups age: there is no such choice.\n  Choose one of: projects, county"),
        (TargetOrder(9, effort=Effort(members=2)), "--members 2: expected 8 to 10000."),
        (TargetOrder(9, effort=Effort(steps=0)), "--steps 0: expected 1 to 1000."),
        (TargetOrder(9, seed=-1), "--seed -1: expected 0 to"),
        (TargetOrder(9, workers=0), "--workers 0: expected 1 to 256."),
    ],
)
def test_what_makes_no_search_is_told(order, words):
    with pytest.raises(ScenarioError) as told:
        check_order(order)
    assert words in str(told.value)


def test_all_mistakes_are_told_at_once():
    with pytest.raises(ScenarioError) as told:
        check_order(TargetOrder(-5, by=1990, probability=2, aim="best"))
    assert len(told.value.problems) == 4


def test_a_quick_search_is_a_valid_one():
    check_order(TargetOrder(1, effort=QUICK))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["10", "--municipality", "Stockholm"], "--municipality Stockholm: 'Stockholm' is not a known municipality"),
        (["10", "--outcome", "happiness"], "--outcome happiness: 'happiness' is not a known outcome."),
        (["10", "--outcome", "house_price", "--municipality", "Norrbotten"], "'house_price' does not add up over"),
        (
            ["10", "--levers", "immigration lever"],
            "is no choice of a municipality, a region or the state. National law",
        ),
        (["10", "--levers", "reception capasity"], "Did you mean 'reception capacity'?"),
        (["10", "--scenario", "referens"], "Did you mean 'reference'?"),
        (["10", "--base-year", "2045"], "--base-year 2045: the base year lies from 2010 on"),
        (["10", "--scenario", "on-time+grid-late"], "several scenarios are laid over each other"),
        (["10", "--limit", "homes=3"], "--limit homes=3: 'homes' is not a known limit."),
        (["10", "--limits", "nowhere.toml"], "--limits nowhere.toml: cannot be read"),
        (["many"], "target many: this is no number."),
    ],
)
def test_a_mistake_is_one_message_and_leaves_nothing(words, message, tmp_path):
    code, output = typed(*words, folder=tmp_path)
    assert code == 2
    assert message in output
    assert "Traceback" not in output
    assert list(tmp_path.iterdir()) == []


def test_limits_of_ones_own_are_checked(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[homes_completed]\nmost = "many"\nsource = "x"\n[unfilled]\nmost = 1\nleast = 0\nsource = "x"\n'
        '[rain]\nmost = 1\n[unemployed]\nmost = 0.1\nruns = 2\n', encoding="utf-8",
    )  # fmt: skip
    with pytest.raises(ScenarioError) as told:
        read_limits(path)
    text = str(told.value)
    assert "mine.toml, homes_completed: most = 'many': expected a number." in text
    assert "mine.toml, unfilled: give exactly one of most and least (given: most and least)." in text
    assert "mine.toml, rain: 'rain' is not a known limit." in text
    assert "mine.toml, unemployed: runs = 2: expected a share of the runs between 0 and 1." in text
    assert "mine.toml, unemployed: the limit has no source." in text


@pytest.mark.parametrize(
    ("option", "words"),
    [("unfilled", "expected name=value."), ("unfilled=few", "'few' is no number."), ("unfilled=inf", "is no number.")],
)
def test_a_limit_that_cannot_be_read_is_told(option, words):
    with pytest.raises(ScenarioError, match=words):
        read_limits(None, (option,))


def test_a_table_of_costs_without_a_column_is_told(tmp_path):
    path = tmp_path / "costs.csv"
    path.write_text("lever,cost\nroad standard,3\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="the table has no column 'choice', 'decides'"):
        read_costs(path)
    with pytest.raises(ScenarioError, match="the table is missing or damaged"):
        read_costs(tmp_path / "nowhere.csv")


def test_another_scenario_is_never_overwritten(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text("title.sv = 'Min egen'\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="another scenario there, which no search has written"):
        check_save(mine)
    with pytest.raises(ScenarioError, match=r"a scenario's file ends in \.toml"):
        check_save(tmp_path / "mix.txt")
    with pytest.raises(ScenarioError, match="there is no such folder"):
        check_save(tmp_path / "nowhere" / "mix.toml")
    mine.write_text("# Found by sim.py target; …\n", encoding="utf-8")
    check_save(mine)
    check_save(None)
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(ScenarioError, match="the scenario that the mix builds on lies elsewhere"):
        check_save(other / "mix.toml", str(mine))
    check_save(tmp_path / "mix.toml", str(mine))
