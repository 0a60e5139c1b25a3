"""What a read model knows: kinds, dimensions, units, ranges, comments, inputs and users."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.language import load_model, reading
from model.language.comments import read_comment
from model.language.expressions import from_data, references, to_data
from model.language.source import split_entries
from tests.engine_support import REAL, TOWN


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Population", "stock"),
        ("births", "auxiliary"),
        ("leaving rate", "parameter"),
        ("share at birth", "parameter"),
        ("fertility lever", "lever"),
        ("fertility rate", "given"),
        ("fertility level", "series"),
        ("price table", "lookup"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert load_model(TOWN).variables[name].kind == kind


def test_a_variable_knows_what_it_reads_and_who_reads_it() -> None:
    births = load_model(TOWN).variables["BIRTHS"]
    assert births.inputs == ("cohort", "fertility rate", "fertility level", "fertility lever")
    assert births.users == ("Population",)
    assert (births.dims, births.unit, births.sector) == (("municipality",), "persons/year", "population")
    assert births.text.startswith("births[municipality] = SUM(")


def test_a_split_variable_has_the_dimensions_of_the_whole() -> None:
    model = load_model(TOWN)
    assert model.variables["cohort"].dims == ("sex", "age", "municipality")
    assert len(model.variables["cohort"].equations) == 3
    assert model.variables["cohort"].definition == "People by the age they attain this year."


def test_names_are_found_in_any_spelling() -> None:
    variables = load_model(TOWN).variables
    assert variables["population_total"] is variables["Population Total"]
    assert "no such thing" not in variables
    assert "population total" in list(variables)


def test_labels_are_codes_ages_and_names() -> None:
    model = load_model(TOWN)
    assert model.coordinates("workplace") == ["2480", "2418", "2584"]
    assert model.coordinates("county") == ["24", "25"]
    assert model.coordinates("older") == [1, 2, 3]
    assert model.coordinates("industry") == ["basic", "services", "other"]


def test_comments_have_their_parts() -> None:
    comment = read_comment("Lever (housing). Help to build. Source: SKR 2020; judgement. Quality: C.")
    assert (comment.lever, comment.group, comment.definition) == (True, "housing", "Help to build.")
    assert (comment.source, comment.quality) == ("SKR 2020; judgement", "C")
    assert read_comment("Only a definition.").source == ""


def test_comments_in_braces_keep_the_lines() -> None:
    entries, problems = split_entries("{ one\ntwo }\nx = 1\n  ~ dmnl [?, 2] ~ X. |", "x.mdl")
    assert not problems
    assert (entries[0].line, entries[0].equation, entries[0].limits) == (3, "x = 1", (None, 2.0))


def test_the_hash_is_that_of_the_text() -> None:
    assert load_model(TOWN).hash == load_model(TOWN).hash


def test_expressions_survive_the_cache() -> None:
    for variable in load_model(TOWN).variables.values():
        for equation in variable.equations:
            if equation.expression is not None:
                assert from_data(to_data(equation.expression)) == equation.expression
                assert all(reference.name for reference in references(equation.expression))


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.setattr(reading, "CACHE", blocked / "cache")
    assert len(load_model(TOWN).variables) > 60


def test_a_broken_cache_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CACHE", tmp_path)
    load_model(TOWN)
    for file in tmp_path.iterdir():
        file.write_text("{broken", encoding="utf-8")
    assert len(load_model(TOWN).variables) > 60


def test_every_quantity_of_the_model_has_unit_definition_and_place() -> None:
    for variable in load_model(REAL).variables.values():
        assert variable.unit, variable.name
        assert variable.definition, variable.name
        assert variable.file.startswith("model/sectors/"), variable.name


def test_an_alias_has_no_mapping_even_after_pysd_has_loaded_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """PySD's aliases share one default list; loading a model appends to it."""
    from pysd.translators.vensim.vensim_element import SubscriptRange

    shared = SubscriptRange("site", "place").mapping
    monkeypatch.setattr(reading, "_load_cache", lambda name: {})
    monkeypatch.setattr(reading, "_store_cache", lambda name, data: None)
    shared.append("place")
    try:
        assert load_model(TOWN).variables["births"].dims == ("municipality",)
    finally:
        shared.remove("place")
