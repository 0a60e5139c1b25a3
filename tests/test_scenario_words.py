"""A scenario explained in words before it is run, in both languages, with what to know of it."""

from datetime import UTC, datetime

import pytest

from outputs.describe import checked_in_words
from outputs.record import run_record
from outputs.scenario_words import change_in_words
from scenarios.apply import apply_or_raise
from scenarios.compose import compose
from scenarios.places import read_places
from scenarios.problems import ScenarioError
from scenarios.run import Order, simulate_scenario
from tests.scenario_support import in_words, ready


@pytest.fixture
def told(scenario_file):
    """Tells scenarios with the bodies given, or of these names, in a language."""

    def tell(*given, language="en", **years):
        paths = (scenario_file(text, f"{'abc'[at]}.toml") if "\n" in text else text for at, text in enumerate(given))
        return in_words([str(path) for path in paths], language, **years)

    return tell


LEVER = '[[levers]]\nname = "reception capacity"\nvalue = 1.5\nmunicipality = "Kiruna"\nfrom = 2027\n'
SOURCED = LEVER + 'source.sv = "Kommunens plan."\nsource.en = "The municipality\'s plan."\njudged = [1.2, 2]\n'


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_change_is_told_with_place_time_baseline_source_and_range(told):
    text = told(SOURCED)
    assert text.splitlines() == [
        "a.toml is in order: Trial",
        "A trial.",
        "By Tester, 2025-01-01. Source: made up for a test",
        "Years 2010 to 2050; new residents since 2022, need 100,000 by 2035 and 2040.",
        "It changes, compared with the model's own values:",
        "  - reception capacity: 1 → 1.5 in Kiruna, from 2027",
        "    Source: The municipality's plan.",
        "    Judged: anything from 1.2 to 2 would do.",
        "    In a.toml, levers.1",
    ]


def test_the_same_is_told_in_swedish(told):
    text = told(SOURCED, language="sv")
    assert text.splitlines() == [
        "a.toml är i ordning: Prov",
        "Ett prov.",
        "Av Tester, 2025-01-01. Källa: made up for a test",
        "År 2010 till 2050; nya invånare sedan 2022, behov 100\N{NO-BREAK SPACE}000 till 2035 och 2040.",
        "Det ändrar, jämfört med modellens egna värden:",
        "  - kapacitet att ta emot nyinflyttade (reception capacity): 1 → 1,5 i Kiruna, från 2027",
        "    Källa: Kommunens plan.",
        "    Bedömt: allt från 1,2 till 2 är rimligt.",
        "    I a.toml, levers.1",
    ]


def test_fates_of_projects_are_told_by_their_names(told):
    body = '[[projects]]\nname = "hybrit"\ndelay = 2.5\nscale = 0.5\nclosure = 2040\nstop = 2031\n'
    assert flat(told(body)).count("HYBRIT demonstration plant: ") == 4
    for part in (
        "building starts 2.5 years later than stated (otherwise: 0)",
        "50 per cent of the stated size (otherwise: 100)",
        "closes in 2040 (otherwise: never)",
        "building stops for good in 2031 (otherwise: never)",
    ):
        assert part in flat(told(body))
    swedish = flat(told(body.replace("delay = 2.5", "delay = -1.5"), language="sv"))
    assert "Hybrit demonstrationsanläggning: bygget börjar 1,5 år tidigare än uppgivet (annars: 0)" in swedish
    assert "läggs ned 2040 (annars: aldrig)" in swedish


def test_a_stack_tells_the_file_of_each_change_and_what_wins(told):
    later = LEVER.replace("1.5", "2").replace('"Kiruna"', '"Norrbotten"') + "overrides = true\n"
    text = told(LEVER, later)
    assert text.startswith("a.toml + b.toml is in order: Trial + Trial\n")
    assert "In a.toml, levers.1" in text
    assert "reception capacity: takes the place of a.toml, levers.1." in text
    assert "takes the place" not in told(LEVER, later.replace('"Norrbotten"', '"Umeå"'))


def test_what_can_be_chosen_is_told_with_what_is_chosen(told):
    text = told("plant-closes:year=2035", language="sv")
    assert "scenarios/plant-closes.toml (year = 2035) är i ordning: Stegra stålverk läggs ned 2035" in text
    assert "Att välja: project (anläggning i projektregistret); här stegra. --set project=…" in text
    assert "Att välja: year (år då den läggs ned (1 januari)); här 2035. --set year=…" in text


@pytest.mark.parametrize(
    ("body", "years", "english", "swedish"),
    [
        (LEVER.replace("1.5", "1"), {}, "reception capacity: no effect, it has this value already.",
         "reception capacity: ingen effekt, värdet är redan detta."),
        (LEVER, {"until": 2026}, "reception capacity: no effect, it begins after the last year of this run, 2026.",
         "ingen effekt, ändringen börjar efter körningens sista år, 2026."),
        (LEVER.replace("2027", "2012") + "until = 2014\n", {"start": 2024},
         "reception capacity: no effect, it is over when this run begins, at the end of 2024.",
         "ingen effekt, ändringen är över när körningen börjar, vid slutet av 2024."),
        (LEVER.replace("2027", "2015"), {}, "changes years that have been observed too (through 2024).",
         "ändrar även år som redan har observerats (till och med 2024)."),
        (LEVER + 'range = [0, 9]\nbecause.sv = "ny lag"\nbecause.en = "a new law"\n', {},
         "(because: a new law)", "(eftersom: ny lag)"),
        (LEVER + 'range = [0, 9]\nbecause = "a new law"\n', {},
         "reception capacity: outside the model's range (reason above).",
         "reception capacity: utanför modellens spann (skälet ovan)."),
        (LEVER, {}, "reception capacity: no source is given for the number.", "ingen källa är angiven för talet."),
        ('[[projects]]\nname = "stegra"\nclosure = 2045\n', {"until": 2040},
         "Stegra steel works, project closure time: no effect, this run ends in 2040.", "effekt, körningen slutar"),
        ('[[projects]]\nname = "northland"\nclosure = 2045\n', {},
         "project closure time: no effect, it closed in 2014.", "ingen effekt, anläggningen lades ned"),
        ('[[projects]]\nname = "jokkmokk_iron"\ndelay = 2\n', {},
         "no effect, the project stands still ('known stop time' = 2026).", "ingen effekt, projektet står stilla"),
        ('[[projects]]\nname = "ronnskar"\nclosure = 2035\n', {},
         "no effect, the register holds -200 net jobs for it, so closing it takes none away.",
         "ingen effekt, registret har -200 nettojobb för projektet"),
        ('[[projects]]\nname = "stegra"\ndelay = 2\n', {},
         "building began in 2022, before the observed years end; a delay rewrites them.",
         "bygget började 2022, alltså under de observerade åren, som därmed skrivs om."),
    ],
)  # fmt: skip
def test_what_to_know_of_a_change_is_told_before_it_is_run(told, body, years, english, swedish):
    assert english in flat(told(body, **years))
    assert swedish in flat(told(body, language="sv", **years))


@pytest.mark.parametrize(
    "body",
    [
        SOURCED,
        '[[projects]]\nname = "stegra"\nclosure = 2035\nsource = "x"\n',
        '[[projects]]\nname = "hybrit"\ndelay = 2\nsource = "x"\n',
        '[[levers]]\nname = "project finance"\nproject = "stegra"\nvalue = 0.5\nsource = "x"\n',
    ],
)
def test_an_ordinary_change_needs_no_caution(told, body):
    assert "To know before it is run" not in told(body)


def test_numbers_of_years_have_a_decimal_comma_in_swedish(told):
    body = LEVER.replace("2027", "2027.5") + "ramp = 0.5\n"
    assert "from 2027.5, phased in over 0.5 years" in flat(told(body))
    assert "från 2027,5, infasat över 0,5 år" in flat(told(body, language="sv"))


def test_a_scenario_that_changes_nothing_says_so(told):
    assert told("reference").endswith("It changes no assumption.")
    assert told("reference", language="sv").endswith("Det ändrar inget antagande.")


def test_a_lever_without_a_plain_name_keeps_the_models():
    scenario, problems = compose("on-time")
    changes = apply_or_raise(scenario, problems, ready().model, ready().inputs).changes
    known = next(change for change in changes if change.name == "known stop time")
    assert change_in_words(known, read_places(), "sv").startswith("known stop time: ")


def test_check_tells_every_problem_and_no_words(scenario_file):
    path = scenario_file('[[levers]]\nname = "reception capasity"\nvalue = 2\n')
    with pytest.raises(ScenarioError, match="Did you mean 'reception capacity'"):
        checked_in_words(Order(str(path), fit="none"))


def test_the_record_of_a_stack_tells_its_files_and_where_each_change_came_from(scenario_file):
    paths = [str(scenario_file(SOURCED, "a.toml")), str(scenario_file(LEVER.replace("Kiruna", "Umeå"), "b.toml"))]
    run = simulate_scenario(Order("+".join(paths), 2024, 2025, fit="none"), ("population",), lambda _: None)
    record = run_record(run, ["sim.py"], datetime.now(UTC))
    assert record["scenario"]["name"] == "a+b"
    assert list(record["scenario"]["sha256"]) == ["a", "b"]
    changed = record["changed_assumptions"]
    assert [each["entry"] for each in changed] == ["a.toml, levers.1", "b.toml, levers.1"]
    assert changed[0]["source"] == {"sv": "Kommunens plan.", "en": "The municipality's plan."}
    assert (changed[0]["judged"], changed[1]["source"]) == ((1.2, 2.0), None)
