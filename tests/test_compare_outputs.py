"""What a comparison writes: labelled results, tables that add up, words in both languages, a whole folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from outputs.comparison.publish import default_name, figure_name, publish_comparison
from outputs.comparison.results import comparison_results
from outputs.comparison.summary import Story, write_summary
from outputs.comparison.tables import assumption_table, difference_table, loop_table, write_tables
from outputs.comparison.words import Words
from outputs.publish import Publication
from scenarios.compare.analyse import Comparison, compare
from scenarios.compare.groups import Altered, Group
from scenarios.compare.loops import LOOPS
from scenarios.compare.order import CompareOrder

LOOP_NAMES = {loop.key: loop.title for loop in LOOPS}
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Made:
    """A comparison and its results."""

    comparison: Comparison
    results: xr.Dataset


@pytest.fixture(scope="module")
def made() -> Made:
    """Two scenarios beside the reference, two years long."""
    names = ("reference", "flagships-fail", "reference")
    found = compare(CompareOrder(names, members=2, until=2026, fit="none", backend="numpy", workers=1), lambda _: None)
    return Made(found, comparison_results(found))


def test_every_number_has_a_unit_and_names_in_both_languages(made):
    for name, array in {**made.results.data_vars, **made.results.coords}.items():
        assert array.attrs["units"], name
        assert array.attrs["long_name"], name
        assert array.attrs["long_name_sv"], name


def test_the_difference_is_the_other_less_the_base(made):
    one = made.results.sel(scenario="flagships-fail", area="2482")
    own = made.comparison.compared[0].values - made.comparison.base
    code = [area.code for area in made.comparison.sides.measures.areas].index("2482")
    assert one["total_population_difference"].values == pytest.approx(own[:, 0, code])


def test_rows_of_assumptions_add_up_to_the_difference(made):
    shares = assumption_table(made.results)
    whole = difference_table(made.results)
    keys = ["scenario", "variable", "year", "area", "sex", "age_group", "industry"]
    summed = shares.groupby(keys)["share"].sum()
    expected = whole.set_index(keys)["difference"].reindex(summed.index)
    assert np.allclose(summed, expected, atol=1e-5 * expected.abs().max(), rtol=1e-6)


def test_rows_of_loops_add_up_to_the_difference(made):
    table = loop_table(made.results, LOOP_NAMES)
    people = table[(table["variable"] == "total_population") & (table["area"] == "24+25")]
    summed = people.groupby(["scenario", "year"])["carried"].sum().reset_index()
    whole = made.results["total_population_difference"].sel(area="24+25")
    expected = [float(whole.sel(scenario=row.scenario, year=row.year)) for row in summed.itertuples()]
    assert summed["carried"].to_list() == pytest.approx(expected, abs=1e-6)


def test_swedish_tables_open_in_swedish_excel(made, tmp_path):
    write_tables(made.results, [2026], LOOP_NAMES, tmp_path)
    for stem in ("differences", "assumptions", "loops"):
        raw = (tmp_path / f"{stem}-sv.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        table = pd.read_csv(tmp_path / f"{stem}-sv.csv", sep=";", decimal=",", encoding="utf-8-sig", dtype=str)
        plain = pd.read_csv(tmp_path / f"{stem}.csv", dtype=str)
        assert len(table) == len(plain)
        assert {"benämning", "år", "område", "enhet"} <= set(table.columns)
        assert not {"share", "difference", "carried", "scenario_name"} & set(table.columns)


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_summary_tells_of_every_scenario(made, tmp_path, language):
    write_summary(Story(made.comparison, made.results, Words(language)), tmp_path / "summary.md")
    text = (tmp_path / "summary.md").read_text(encoding="utf-8")
    people = float(made.results["total_population_difference"].sel(scenario="flagships-fail", area="24+25", year=2026))
    assert f"2026: {Words(language).change('total_population', people, 'persons')}" in text
    same = {"en": "assume the same in every number", "sv": "antar samma sak i varje tal"}[language]
    assert same in text
    assert all(f"{loop.key} " in text for loop in LOOPS)
    assert "{" not in text


def test_changes_are_told_with_their_sign_and_unit():
    words = Words("sv")
    assert words.change("total_population", -1234.4, "persons") == f"{MINUS}1\N{NO-BREAK SPACE}230"
    assert words.change("tax_base", 2_500_000.0, "SEK/year") == "+2,5"
    assert words.change("house_price_index", 0.0123, "dmnl") == "+1,23"
    assert words.change("dwellings", 0.2, "dwellings") == "0"


def test_what_a_group_changes_is_told_in_words():
    closure = Altered("project closure time", "year", {"project": ("stegra",)}, (9999.0, 2027.0), None, None)
    lever = Altered("building finance", "dmnl", {"municipality": ("2482",)}, (1.0, 0.6), 2027.25, 2032.75)
    assert Words("en").altered(Group("project", "stegra", (closure,))) == "closure never → 2027"
    assert Words("sv").altered(Group("project", "stegra", (closure,))) == "nedläggning aldrig → 2027"
    assert Words("sv").altered(Group("lever", "building finance", (lever,))) == "1 → 0,6, Skellefteå, 2027–2032"


def test_folders_and_figures_have_names_that_files_can_have():
    assert default_name(("reference", "on-time", "grid-late")) == "on-time-grid-late-beside-reference"
    assert default_name(("on-time",)) == "on-time-beside-its-baseline"
    assert figure_name("plant-closes:project=stegra") == "plant-closes-project-stegra"


@pytest.mark.slow
def test_the_folder_is_whole_and_the_same_each_time(made, tmp_path):
    begun = datetime(2025, 1, 1, tzinfo=UTC)
    for name in ("one", "two"):
        publication = Publication(tmp_path / name, "sv", ["sim.py", "compare"], begun)
        publish_comparison(replace(made.comparison), publication, lambda _: None)
    one, two = (_files(tmp_path / name) for name in ("one", "two"))
    assert one.keys() == two.keys()
    assert {"summary.md", "results.nc", "differences.csv", "figures/flagships-fail-why.svg"} <= one.keys()
    assert [name for name in one if one[name] != two[name] and name != "run.json"] == []
    record = json.loads(one["run.json"])
    assert [each["shares"]["exact"] for each in record["compared"]] == [True, True]
    assert record["compared"][0]["changed_assumptions"]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
