"""What an ensemble leaves behind: figures with words, tables, a summary in two languages, whole or not at all."""

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import scenarios.ensemble
from outputs.ensemble import publish_difference, publish_ensemble
from outputs.ensemble.areas import REGION
from outputs.ensemble.bands import build_bands
from outputs.ensemble.figures.fans import Fans
from outputs.ensemble.figures.region import draw_region, shown_results
from outputs.ensemble.figures.target import draw_target
from outputs.ensemble.source import Source
from outputs.ensemble.summary import Story, enough
from outputs.ensemble.summary_words import SENTENCES
from outputs.ensemble.target import reach_target
from outputs.ensemble.words import WORDS
from outputs.folder import files_in
from outputs.glossary import read_glossary
from outputs.observed import read_observed
from scenarios.problems import ScenarioError
from tests.bands_support import PLAN, made_up_ensemble, made_up_members, made_up_source, publication

FILES = ["bands-sv.csv", "bands.csv", "bands.nc", "run.json", "summary.md", "target-sv.csv", "target.csv"]
FIGURES = [f"figures/{name}.{kind}" for name in ("municipalities", "region", "target") for kind in ("png", "svg")]


def _quiet(part):
    assert part


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The made-up ensemble published in English and, as the difference to another, in Swedish."""
    root = tmp_path_factory.mktemp("ensembles")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenarios.ensemble, "open_members", _open, raising=False)
        patch.setattr(scenarios.ensemble, "finished_plan", _plan_of, raising=False)
        publish_ensemble(made_up_ensemble(root / "reference"), publication(root / "en"), _quiet)
        publish_ensemble(made_up_ensemble(root / "reference"), publication(root / "sv", "sv"), _quiet)
        pair = (root / "move-instead-of-fly-in", root / "reference")
        publish_difference(pair, publication(root / "difference", "sv"), _quiet)
    return root


def _open(folder: Path) -> xr.Dataset:
    members = made_up_members()
    if folder.name == "reference":
        return members
    return members.assign(total_population=members["total_population"] * 1.01)


def _plan_of(folder: Path) -> dict[str, object]:
    return PLAN | {"scenario": folder.name}


def _rows(path: Path, separator: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def test_an_ensemble_leaves_its_files_and_a_record_of_them(published):
    assert files_in(published / "en") == sorted([*FILES, *FIGURES])
    record = json.loads((published / "en" / "run.json").read_text(encoding="utf-8"))
    assert record["files"] == [*sorted({*FILES, *FIGURES} - {"run.json"}), "run.json"]
    assert record["ensemble"] == PLAN
    assert list(record)[-1] == "times"


def test_bands_nc_follows_cf_and_reads_back(published):
    with xr.open_dataset(published / "en" / "bands.nc") as data:
        assert data.attrs["Conventions"].startswith("CF-")
        assert "Scenario, not forecast" in data.attrs["comment"]
        people = data["total_population"].sel(area=REGION, quantile=0.5)
        assert {"units", "long_name", "long_name_sv", "cell_methods", "ancillary_variables"} <= set(people.attrs)
        assert str(data["area_name"].sel(area=REGION).values) == "Norrbotten and Västerbotten"
        assert data["quantile"].values.tolist() == [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
        for name in people.attrs["ancillary_variables"].split():
            assert name in data


def test_the_tables_say_the_same_as_the_netcdf_in_both_languages(published):
    rows = _rows(published / "en" / "bands.csv")
    swedish = _rows(published / "en" / "bands-sv.csv", ";")
    assert len(rows) == len(swedish)
    wanted = {"variable": "total_population", "year": "2040", "area": "2480"}
    row, other = next((row, other) for row, other in zip(rows, swedish, strict=True) if wanted.items() <= row.items())
    with xr.open_dataset(published / "en" / "bands.nc") as data:
        expected = float(data["total_population"].sel(area="2480", year=2040, quantile=0.1))
    assert float(row["q10"]) == pytest.approx(expected, rel=1e-6)
    assert float(other["10 procent av körningarna under"].replace(",", ".")) == float(row["q10"])
    assert (other["benämning"], other["område"], other["områdesslag"]) == ("folkmängd totalt", "Umeå", "kommun")
    assert (published / "en" / "bands-sv.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not any("." in other["2,5 procent av körningarna under"] for other in swedish)


def test_target_csv_tells_the_chance_in_numbers_and_words(published):
    row, swedish = _rows(published / "en" / "target.csv")[-1], _rows(published / "en" / "target-sv.csv", ";")[-1]
    assert (row["year"], row["base_year"], row["target"], row["runs"]) == ("2040", "2022", "60000", "40")
    assert float(row["probability_low_95"]) < float(row["probability_by_then"]) < float(row["probability_high_95"])
    assert row["in_words"] == "in 1 of 40 runs (at most 13 of 100 with 95 % certainty)"
    assert swedish["i ord"] == "i 1 av 40 körningar (högst 13 av 100 med 95 % säkerhet)"
    first = _rows(published / "en" / "target.csv")[0]
    assert first["in_words"] == "in none of 40 runs: less than 1 in 11"


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["8 of 10 runs: ", "19 of 20 runs: ", "median ", "40 runs", "scenario, not forecast", "observed"]),
        ("sv", ["8 av 10 körningar: ", "19 av 20 körningar: ", "40 körningar", "scenario, inte prognos", "observerat"]),
    ],
)
def test_the_fans_say_in_words_what_the_bands_hold(published, language, texts):
    drawing = (published / language / "figures" / "region.svg").read_text(encoding="utf-8")
    assert all(text in drawing for text in texts)


def test_the_targets_figure_tells_the_chance_at_the_named_years(published):
    drawing = (published / "sv" / "figures" / "target.svg").read_text(encoding="utf-8")
    assert "uttalat behov: 60\N{NO-BREAK SPACE}000" in drawing
    assert ">2035:<" in drawing
    assert ">2040:<" in drawing


def test_the_municipalities_figure_names_all_29(published):
    drawing = (published / "en" / "figures" / "municipalities.svg").read_text(encoding="utf-8")
    assert all(f">{place.name}: " in drawing for place in made_up_source(2).places.all)


def test_the_same_members_give_the_same_bytes(published, tmp_path):
    for name in ("bands.nc", "bands.csv", "bands-sv.csv", "target.csv"):
        assert (published / "en" / name).read_bytes() == (published / "sv" / name).read_bytes()
    fans = _fans(made_up_source(5))
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        assert fans.target is not None
        draw_target(fans, fans.target, folder)
    for name in ("target.png", "target.svg"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def _fans(source: Source) -> Fans:
    return Fans(build_bands(source, read_glossary(), _quiet), read_observed(), "en", "Trial", reach_target(source))


def test_a_figure_shows_what_was_kept_and_no_more(tmp_path):
    source = made_up_source(5)
    few = Source(source.members[["total_population", "push"]], source.settings, source.places, source.base)
    fans = _fans(few)
    assert shown_results(fans) == ["total_population", "new_residents"]
    draw_region(fans, tmp_path)
    assert "Net moves" not in (tmp_path / "region.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            [
                "This is a scenario, not a forecast",
                "in 8 of 10 runs between",
                "The named need of 60,000 new residents has been reached by 2035 in",
                "2 assumptions on behaviour, demography and projects, drawn from priors (not fitted to history)",
                "(Sobol' sequence of seed 7)",
                "1 parameters that are held at one value",
                "The model itself: another model",
                "National policy",
                "Yes: in 2034 the 5 smallest municipalities have relatively wider bands than Umeå",
                "| Norrbotten and Västerbotten |",
            ],
        ),
        (
            "sv",
            [
                "Detta är ett scenario, inte en prognos",
                "i 8 av 10 körningar mellan",
                "Det uttalade behovet av 60\N{NO-BREAK SPACE}000 nya invånare har nåtts senast 2035 i",
                "2 antaganden om beteende, demografi och projekt",
                "Modellen själv: en annan modell",
                "Nationell politik",
                "Ja: 2034 har de 5 minsta kommunerna relativt sett bredare band än Umeå",
                "| Norrbotten och Västerbotten |",
            ],
        ),
    ],
)
def test_the_summary_says_what_the_bands_cover_and_what_they_do_not(published, language, texts):
    summary = (published / language / "summary.md").read_text(encoding="utf-8")
    assert [text for text in texts if text not in summary] == []
    assert not re.search(r"\bnan\b", summary)
    assert "![" in summary


def _story(count: int) -> Story:
    source = made_up_source(count)
    ensemble = made_up_ensemble(Path("ensemble"))
    bands = build_bands(source, read_glossary(), _quiet)
    return Story(bands, reach_target(source), ensemble.scenario, ensemble.settings, [], PLAN, "en")


def test_too_few_runs_are_told_with_how_many_would_do():
    lines = enough(_story(20))
    assert "That is coarse: " in lines[1]
    assert "continues from these" in lines[1]
    assert enough(_story(1)) == ["A single run has no band: give more --members."]


def test_members_without_numbers_leave_no_folder(tmp_path, monkeypatch):
    members = made_up_members(5)
    members["total_population"][2, 3, 4] = np.nan
    monkeypatch.setattr(scenarios.ensemble, "open_members", lambda _: members, raising=False)
    with pytest.raises(ScenarioError, match="1 of 5 members have people that are no number"):
        publish_ensemble(made_up_ensemble(tmp_path / "made"), publication(tmp_path / "results"), _quiet)
    assert list(tmp_path.iterdir()) == []


def test_a_difference_is_published_with_its_pairs_and_its_words(published):
    folder = published / "difference"
    summary = (folder / "summary.md").read_text(encoding="utf-8")
    assert "minus Referens" in summary
    assert "40 par av körningar" in summary
    assert "högre i alla 40 körningar: mer än 10 på 11" in summary
    assert re.search(r"\| Dorotea \| \+2\d \| \+2\d till \+\d\d \| 40 av 40 \|", summary)
    with xr.open_dataset(folder / "bands.nc") as data:
        assert (data["total_population_share_above"].sel(area=REGION) == 1).all()
        people = data["total_population"].sel(area=REGION, year=2024)
        assert float(people.sel(quantile=0.5)) == pytest.approx(5_300, rel=0.01)
    drawing = (folder / "figures" / "region.svg").read_text(encoding="utf-8")
    assert "40 par av körningar" in drawing
    assert "observerat" not in drawing
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert (record["ensemble"]["scenario"], record["less"]["scenario"]) == ("move-instead-of-fly-in", "reference")


def test_a_difference_of_unlike_ensembles_is_refused_before_anything_is_written(tmp_path, monkeypatch):
    plans = {"one": PLAN, "two": PLAN | {"members": 50}}
    monkeypatch.setattr(scenarios.ensemble, "finished_plan", lambda folder: plans[folder.name], raising=False)
    with pytest.raises(
        ScenarioError, match=r"members is 40 here and 50 in .*two\.\n  Run both with the same --members"
    ):
        publish_difference((tmp_path / "one", tmp_path / "two"), publication(tmp_path / "out"), _quiet)
    assert list(tmp_path.iterdir()) == []


def test_every_word_is_there_in_both_languages():
    assert all(english and swedish for english, swedish in (WORDS | SENTENCES).values())
