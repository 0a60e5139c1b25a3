"""Figures and folders: drawn whole, the same each time, in both languages."""

import re
from pathlib import Path

import pytest

from outputs.figures.ages import draw_ages
from outputs.figures.map import draw_map, read_polygons
from outputs.figures.multiples import draw_multiples
from outputs.figures.overview import draw_overview, region, who_fills_the_jobs
from outputs.figures.style import View
from outputs.folder import FolderError, check_folder, files_in, whole_folder
from outputs.observed import HistoryError, estimated_inputs, last_years, observed_population, read_observed
from outputs.words import SERIES, WORDS, number, words
from scenarios.places import read_places
from scenarios.schema import Settings


@pytest.fixture(scope="module")
def view(results):
    return View(results, read_observed(), words("sv"), Settings(), "Prov: Skellefteå")


@pytest.mark.parametrize("draw", [draw_overview, draw_ages, draw_multiples, draw_map])
def test_a_figure_is_the_same_bytes_each_time_and_carries_no_date(draw, view, tmp_path):
    arguments = ("sv",) if draw is draw_overview else ()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        draw(view, tmp_path / name, *arguments)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert [name.rsplit(".")[1] for name in names] == ["png", "svg"]
    for name in names:
        first = (tmp_path / "one" / name).read_bytes()
        assert first == (tmp_path / "two" / name).read_bytes()
    assert "Skellefteå" in (tmp_path / "one" / names[1]).read_text(encoding="utf-8")
    assert not re.search(r"<dc:date>", (tmp_path / "one" / names[1]).read_text(encoding="utf-8"))


def test_those_who_fill_the_jobs_are_counted_once(results):
    parts = who_fills_the_jobs(results)
    assert list(parts) == ["live here", "commute in", "not registered"]
    assert float(abs(sum(parts.values()) - region(results, "jobs")).max()) < 1e-6


def test_the_map_has_the_29_municipalities_of_the_model():
    assert set(read_polygons()) == set(read_places().codes)


def test_every_word_is_there_in_both_languages():
    assert all(english and swedish for english, swedish in (WORDS | SERIES).values())


@pytest.mark.parametrize(
    ("value", "english", "swedish"),
    [
        (531_234.0, "531,000", "531\N{NO-BREAK SPACE}000"),
        (0.1234, "0.123", "0,123"),
        (-2.345, "\N{MINUS SIGN}2.35", "\N{MINUS SIGN}2,35"),
        (48.77, "48.8", "48,8"),
        (1000.0, "1,000", "1\N{NO-BREAK SPACE}000"),
        (0.0, "0", "0"),
    ],
)
def test_numbers_have_three_digits_in_the_form_of_the_language(value, english, swedish):
    assert number(value, "en") == english
    assert number(value, "sv") == swedish


def _write_half(target):
    with whole_folder(target) as folder:
        (folder / "results.nc").write_text("half", encoding="utf-8")
        raise ValueError("in the middle")


def test_a_folder_appears_whole_or_not_at_all(tmp_path):
    target = tmp_path / "run"
    with pytest.raises(ValueError, match="in the middle"):
        _write_half(target)
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_run_is_replaced_only_by_a_whole_one(tmp_path):
    target = tmp_path / "run"
    for text in ("first", "second"):
        with whole_folder(target) as folder:
            (folder / "run.json").write_text(f'{{"norrsim": "{text}"}}', encoding="utf-8")
    with pytest.raises(FolderError), whole_folder(target) as folder:
        raise OSError(28, "No space left on device")
    assert (target / "run.json").read_text(encoding="utf-8") == '{"norrsim": "second"}'
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_files_that_the_earlier_run_did_not_write_stay(tmp_path):
    target = tmp_path / "run"
    for own in ("old.csv", "new.csv"):
        with whole_folder(target) as folder:
            (folder / own).write_text(own, encoding="utf-8")
            (folder / "run.json").write_text(f'{{"norrsim": "0", "files": ["{own}", "run.json"]}}', encoding="utf-8")
        (target / "notes").mkdir(exist_ok=True)
        (target / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    assert files_in(target) == ["new.csv", "notes/mine.txt", "run.json"]


def test_a_run_json_of_something_else_marks_no_run(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").write_text('{"tool": "another"}', encoding="utf-8")
    with pytest.raises(FolderError, match="it is no earlier run"):
        check_folder(tmp_path / "run")


def test_the_folder_one_stands_in_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        FolderError, match=r"the folder you stand in; a run needs a folder of its own.\n  Use --out run"
    ):
        check_folder(Path())


def test_a_link_to_a_folder_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with whole_folder(tmp_path / "link") as folder:
        (folder / "run.json").write_text("{}", encoding="utf-8")
    assert (tmp_path / "link").is_symlink()
    assert files_in(tmp_path / "real") == ["run.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "real"]


def test_folders_made_on_the_way_go_again(tmp_path):
    check_folder(tmp_path / "a" / "b" / "run")
    with pytest.raises(ValueError, match="in the middle"):
        _write_half(tmp_path / "a" / "b" / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_as_one(tmp_path):
    with pytest.raises(FolderError, match=r"run: cannot be written: No space left on device.\n  Choose another place"):
        _fill_disk(tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def _fill_disk(target):
    with whole_folder(target):
        raise OSError(28, "No space left on device")


def test_a_missing_file_of_the_project_is_not_told_as_an_output_that_cannot_be_written(tmp_path):
    with pytest.raises(FileNotFoundError):
        _read_nothing(tmp_path)


def _read_nothing(folder):
    with whole_folder(folder / "run"):
        (folder / "nothing").read_text(encoding="utf-8")


def test_a_damaged_map_or_list_of_sources_is_told(tmp_path):
    path = tmp_path / "map.geojson"
    with pytest.raises(HistoryError, match="the file is missing"):
        read_polygons(path)
    path.write_text('{"features": [{}]}', encoding="utf-8")
    with pytest.raises(HistoryError, match="no borders of municipalities can be read from it"):
        read_polygons(path)
    (tmp_path / "sources.csv").write_text("variable,unit\nx,y\n", encoding="utf-8")
    with pytest.raises(HistoryError, match="it has no column 'quality'"):
        estimated_inputs((tmp_path,))


def test_the_observed_series_cover_2010_to_2024_and_all_municipalities():
    observed = read_observed()
    assert observed["year"].values.tolist() == list(range(2010, 2025))
    assert set(observed["municipality"].values) == set(read_places().codes)
    assert last_years()["population"] == 2024
    assert int(observed_population(2022).sum()) > 500_000


def test_a_missing_or_damaged_table_of_history_is_told(tmp_path):
    with pytest.raises(HistoryError, match="the file is missing"):
        read_observed(tmp_path / "nowhere")
    (tmp_path / "municipality_year.csv").write_text("municipality,year,population\n2401,2010,many\n", encoding="utf-8")
    with pytest.raises(HistoryError, match="the file is damaged"):
        read_observed(tmp_path)


def test_estimated_inputs_carry_their_quality_and_method(tmp_path):
    rows = ["variable,unit,source,method,quality,note", "travel time,minute,judged,by distance,C,", "jobs,jobs,SCB,,A,"]
    (tmp_path / "sources_trial.csv").write_text("\n".join(rows), encoding="utf-8")
    estimated = estimated_inputs((tmp_path,))
    assert [(row["variable"], row["quality"]) for row in estimated] == [("travel time", "C")]
