"""Fetching official data: whole or not at all, resumable, polite, newer outcomes held back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calibration.refresh import RefreshError, RefreshOrder, refresh
from calibration.refresh.catalogue import read_catalogue
from calibration.refresh.keep import sha256
from calibration.refresh.snapshot import is_snapshot, read_snapshot
from tests.refresh_support import CODES, as_at_scb, served

TEXT = {"municipality": str, "year": int, "age": str, "sex": str}


@pytest.fixture
def service():
    with served(as_at_scb()) as running:
        yield running


def ordered(service, folder: Path, tables: str | None = "births", **more) -> RefreshOrder:
    return RefreshOrder(tables, out=folder, base_url=service.url, kolada_url=service.url, **more)


def quiet(_: str) -> None:
    """Say nothing."""


def asked_for(service, word: str) -> list[dict[str, Any]]:
    return [body for method, path, body in service.calls if method == "POST" and word in path]


def test_every_table_of_the_list_is_fetched_as_scb_and_kolada_have_it(service, tmp_path):
    everything = ",".join(t.name for t in read_catalogue().tables if t.name != "population-age-sex")
    told = refresh(ordered(service, tmp_path / "new", everything), quiet)
    snapshot = read_snapshot(tmp_path / "new")
    assert {table["name"] for table in snapshot.record["tables"]} == {
        table.name for table in read_catalogue().tables if table.first <= 2024 and table.name != "population-age-sex"
    }
    measures = snapshot.measures()
    assert set(measures["municipality"]) == set(CODES)
    assert measures["year"].max() == 2024
    assert "not fetched: moves-2025: begins in 2025" in told


def test_the_record_tells_where_each_figure_comes_from(service, tmp_path):
    refresh(ordered(service, tmp_path / "new"), quiet)
    record = json.loads((tmp_path / "new" / "snapshot.json").read_text())
    (table,) = record["tables"]
    assert table["updated"] == "2025-02-21T07:00:00Z"
    assert table["licence"] == "CC0 1.0"
    (answer,) = table["answers"]
    assert answer["url"] == f"{service.url}/tables/TAB1264/data?lang=sv&outputFormat=json-stat2"
    assert answer["question"]["body"]["selection"][0]["codelist"] == "vs_RegionKommun07"
    assert answer["sha256"] == sha256((tmp_path / "new" / answer["file"]).read_bytes())
    assert table["sha256"] == sha256((tmp_path / "new" / "births.csv").read_bytes())


def test_codes_stay_text_and_ages_are_single_years(service, tmp_path):
    refresh(ordered(service, tmp_path / "new", "population-age-sex-2025", until=2025), quiet)
    table = pd.read_csv(tmp_path / "new" / "population-age-sex-2025.csv", dtype=TEXT)
    assert set(table["age"]) == {str(age) for age in range(100)} | {"100+1"}
    assert set(table["sex"]) == {"1", "2"}
    assert len(table) == 29 * 2 * 101


def test_outcomes_after_2024_are_fetched_only_when_asked_for(service, tmp_path):
    said: list[str] = []
    refresh(ordered(service, tmp_path / "until", "completions,moves,moves-2025"), said.append)
    assert said[0].startswith("Outcomes after 2024 are held back")
    assert read_snapshot(tmp_path / "until").measures()["year"].max() == 2024
    assert all("2025" not in part["valueCodes"] for body in asked_for(service, "data") for part in body["selection"])
    refresh(ordered(service, tmp_path / "newer", "completions,moves,moves-2025", until=2025), said.append)
    newer = read_snapshot(tmp_path / "newer")
    assert newer.measures()["year"].max() == 2025
    assert newer.record["for tracking only"] is True
    assert "never for fitting the model" in " ".join(said)


def test_a_table_with_newer_years_only_is_told(service, tmp_path):
    with pytest.raises(RefreshError, match=r"none of these tables has years up to 2024\.\n  Fetch newer.*--until 2025"):
        refresh(ordered(service, tmp_path / "new", "births-2025"), quiet)


def test_figures_come_in_the_unit_and_year_of_the_history(service, tmp_path):
    refresh(ordered(service, tmp_path / "new", "tax-rates,tax-base,commuting,open-unemployment"), quiet)
    wide = read_snapshot(tmp_path / "new").measures().pivot_table(index="year", columns="measure", values="value")
    assert wide.loc[2024, "tax_rate_total"] == pytest.approx(0.34)
    assert wide.loc[2022, "tax_base_per_inhabitant"] == 2024
    assert wide.loc[2024, "jobs"] == 11
    assert wide.loc[2024, "employed_residents"] == 12
    assert wide.loc[2024, "openly_unemployed"] == pytest.approx(0.042)


def test_a_question_is_cut_to_the_cells_that_are_answered_at_once(service, tmp_path):
    refresh(ordered(service, tmp_path / "whole", "moves"), quiet)
    service.limit = 1000
    refresh(ordered(service, tmp_path / "cut", "moves"), quiet)
    whole, cut = ((tmp_path / name / "moves.csv").read_bytes() for name in ("whole", "cut"))
    assert cut == whole
    assert len(asked_for(service, "TAB1212")) > 4


def test_a_service_that_counts_more_cells_than_it_says_is_asked_for_less(service, tmp_path):
    service.limit, service.told = 900, 150_000
    refresh(ordered(service, tmp_path / "new", "births"), quiet)
    assert len(pd.read_csv(tmp_path / "new" / "births.csv")) == 29 * 25


def test_a_single_cell_that_is_too_much_is_told(service, tmp_path):
    service.scripted["TAB1264/data"] = [(403, {}, b'{"title": "Too many cells selected"}')] * 3000
    with pytest.raises(RefreshError, match="will not answer so much at once"):
        refresh(ordered(service, tmp_path / "new"), quiet)


def test_empty_cells_stay_empty_with_their_status(service, tmp_path):
    service.sparse = True
    service.tables["TAB1264"].number = lambda cell: None if cell["Region"] == "2403" else 5.0
    told = refresh(ordered(service, tmp_path / "new"), quiet)
    births = read_snapshot(tmp_path / "new").measures()
    hidden = births[births["municipality"] == "2403"]
    assert hidden["value"].isna().all()
    assert set(hidden["status"]) == {".."}
    assert "25 empty" in told


def test_kolada_is_read_page_by_page(service, tmp_path):
    service.per_page = 100
    refresh(ordered(service, tmp_path / "new", "open-unemployment"), quiet)
    table = pd.read_csv(tmp_path / "new" / "open-unemployment.csv")
    assert len(table) == 29 * 15
    assert sum("/data/kpi/" in path for _, path, _ in service.calls) == 5


def test_a_snapshot_is_never_overwritten(service, tmp_path):
    (tmp_path / "new").mkdir()
    with pytest.raises(RefreshError, match=r"never overwritten\.\n  Choose another folder with --out"):
        refresh(ordered(service, tmp_path / "new"), quiet)
    assert service.calls == []


def test_the_same_command_goes_on_where_it_stopped(service, tmp_path):
    service.scripted["TAB960/data"] = [(500, {"Retry-After": "0"}, b"broken")] * 6
    with pytest.raises(RefreshError, match=r"trouble \(500\): broken \(6 tries\)\.\n  Try again later\. What has been"):
        refresh(ordered(service, tmp_path / "new", "births,deaths"), quiet)
    assert not is_snapshot(tmp_path / "new")
    service.calls.clear()
    refresh(ordered(service, tmp_path / "new", "births,deaths"), quiet)
    assert asked_for(service, "TAB1264") == []
    assert len(asked_for(service, "TAB960")) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_table_updated_in_between_is_fetched_anew(service, tmp_path):
    service.scripted["TAB960/data"] = [(500, {"Retry-After": "0"}, b"")] * 6
    with pytest.raises(RefreshError):
        refresh(ordered(service, tmp_path / "new", "births,deaths"), quiet)
    service.tables["TAB1264"].updated = "2025-05-01T06:00:00Z"
    service.tables["TAB1264"].number = lambda cell: 7.0
    refresh(ordered(service, tmp_path / "new", "births,deaths"), quiet)
    assert set(pd.read_csv(tmp_path / "new" / "births.csv")["value"]) == {7.0}


def test_an_interruption_leaves_no_snapshot_and_says_that_it_goes_on(service, tmp_path):
    def stop(word: str) -> None:
        if "deaths" in word:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"there is no snapshot yet\. The same command goes on"):
        refresh(ordered(service, tmp_path / "new", "births,deaths"), stop)
    assert not (tmp_path / "new").exists()


def test_nothing_of_an_earlier_try_with_other_tables_is_left(service, tmp_path):
    service.scripted["TAB960/data"] = [(500, {"Retry-After": "0"}, b"")] * 6
    with pytest.raises(RefreshError):
        refresh(ordered(service, tmp_path / "new", "births,deaths"), quiet)
    (tmp_path / ".new-unfinished" / "births.csv").write_text("half")
    refresh(ordered(service, tmp_path / "new", "deaths"), quiet)
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert names == {"deaths.csv", "measures.csv", "raw", "snapshot.json"}
    assert len(list((tmp_path / "new" / "raw").iterdir())) == 1


def test_a_full_disk_is_told_and_the_work_is_kept(service, tmp_path, monkeypatch):
    import calibration.refresh.keep as keep

    def full(path: Path, content: bytes | str) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(keep, "write_whole", full)
    with pytest.raises(
        RefreshError, match=r"the disk is full; there is no snapshot yet\.\n  Free some room and give the same"
    ):
        refresh(ordered(service, tmp_path / "new"), quiet)


def test_a_folder_that_cannot_be_written_is_told(service, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RefreshError, match=r"cannot be written: Not a directory\.\n  Choose another place with --out"):
        refresh(ordered(service, tmp_path / "file" / "new"), quiet)


def test_the_bundled_tables_are_untouched(service, tmp_path):
    from outputs.observed import HISTORY

    before = {path: path.read_bytes() for path in HISTORY.glob("*.csv")}
    refresh(ordered(service, tmp_path / "new", "births,commuting"), quiet)
    assert {path: path.read_bytes() for path in HISTORY.glob("*.csv")} == before


@pytest.mark.parametrize(
    ("tables", "words"),
    [("brths", "'brths' is not a known table. Did you mean 'births'?"), (" , ", "no table is named.")],
)
def test_unknown_names_of_tables_are_told(service, tmp_path, tables, words):
    with pytest.raises(RefreshError) as told:
        refresh(ordered(service, tmp_path / "new", tables), quiet)
    assert words in str(told.value).replace("\n  ", " ")


def test_a_year_without_outcomes_is_told(service, tmp_path):
    with pytest.raises(RefreshError, match="--until 20244: this is no year that has outcomes"):
        refresh(ordered(service, tmp_path / "new", until=20244), quiet)
