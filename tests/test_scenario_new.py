"""A scenario started from a template: what is written, that it is in order, and which names are refused."""

import re
from datetime import date

import pytest

from scenarios.compose import compose
from scenarios.new import new_scenario
from scenarios.problems import ScenarioError
from tests.scenario_support import in_words

DAY = date(2025, 2, 3)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_template_is_in_order_as_it_is(tmp_path, language):
    path = new_scenario("our-plan", tmp_path, language, DAY)
    assert path == tmp_path / "our-plan.toml"
    text = in_words([str(path)])
    assert "is in order: our-plan\n" in text
    assert "2025-02-03" in text
    assert "To know before it is run" not in text


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_example_in_the_comments_works_once_its_mark_is_taken_away(tmp_path, language):
    path = new_scenario("our-plan", tmp_path, language, DAY)
    example = re.compile(r"^# (?=\[|[a-z_]+(\.(sv|en))? = )", re.MULTILINE)
    text = example.sub("", path.read_text(encoding="utf-8"))
    assert text.count("[[") == 4 + text.count("# [[")
    path.write_text(text, encoding="utf-8")
    scenario, _ = compose(f"{path}:year=2032")
    assert scenario.choices["year"].default == 2030
    told = " ".join(in_words([str(path)]).split())
    for part in ("in Kalix", "(because:", "persons per moving worker: 1.6 → 1.8", "starts 2 years later than stated"):
        assert part in told


def test_comments_are_in_the_language_asked_for(tmp_path):
    english, swedish = (new_scenario(f"in-{each}", tmp_path, each, DAY).read_text("utf-8") for each in ("en", "sv"))
    assert "# What somebody decides, in place and time." in english
    assert "#     sim.py check in-en\n" in english
    assert "# Åtgärder som någon beslutar om, i tid och rum." in swedish
    assert "#     sim.py check in-sv --lang sv\n" in swedish


def test_nothing_is_overwritten(tmp_path):
    path = tmp_path / "our-plan.toml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match="there is such a file already; it is left as it is"):
        new_scenario("our-plan.toml", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Nya gruvan i Åsele", "For example nya-gruvan-i-asele."),
        ("a/b", "For example a-b."),
        ("../../etc", "For example etc."),
        ("", "'': this cannot be the name of a scenario."),
        ("con", "no word that a system keeps."),
        ("none", "no word that a system keeps."),
        ("a--b", "For example a-b."),
        ("a" * 61, f"{'a' * 60}…: this cannot be"),
        ("a+b", "For example a-b."),
        ("reference", "reference: a scenario that comes with the model has this name.\n  Choose another name."),
    ],
)
def test_a_name_that_cannot_be_used_is_told(tmp_path, name, message):
    with pytest.raises(ScenarioError) as error:
        new_scenario(name, tmp_path)
    assert message in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(ScenarioError, match=r"cannot be written: .*\n  Choose another folder with --folder\."):
        new_scenario("our-plan", tmp_path / "nowhere")
