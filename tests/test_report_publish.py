"""Reports are written whole, drafts are replaced, published ones stay, and a folder can be checked."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outputs.folder import FolderError
from outputs.report import publish
from outputs.report.identity import content_hash
from outputs.report.problems import ReportError
from outputs.report.publish import (
    RECORD,
    ReportOrder,
    check_report_folder,
    publish_report,
    read_formats,
    read_roles,
    stem,
)
from outputs.report.verify import verify_report
from tests.report_render_support import ROLES, report

BEGUN = datetime(2026, 11, 22, 8, tzinfo=UTC)


def order(folder: Path, formats: tuple[str, ...] = ("html", "xlsx"), **inputs: Path) -> ReportOrder:
    return ReportOrder(folder, formats, ["sim.py", "report", "reference"], BEGUN, inputs)


def quiet(_: str) -> None:
    """Nothing is shown."""


def record(folder: Path) -> dict[str, object]:
    found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    publish_report([report("sv")], order(tmp_path / "out"), quiet)
    return tmp_path / "out"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    publish_report([report("sv", status="published", roles=ROLES)], order(tmp_path / "final"), quiet)
    return tmp_path / "final"


def test_a_folder_has_every_ordered_form_and_a_record_of_inputs_and_files(tmp_path):
    made = tmp_path / "run.json"
    made.write_text("{}", encoding="utf-8")
    said: list[str] = []
    asked = order(tmp_path / "out", ("html", "pdf", "xlsx"), run=made)
    files = publish_report([report("sv"), report("en")], asked, said.append)
    found = record(tmp_path / "out")
    assert {f"report-{language}.{end}" for language in ("sv", "en") for end in ("html", "pdf", "xlsx", "json")} <= set(
        files
    )
    assert {"tables-sv/02-folkmangd.csv", "tables-sv/02-folkmangd-excel.csv", "tables-en/02-people.csv"} <= set(files)
    assert (tmp_path / "out/tables-sv/02-folkmangd-excel.csv").read_bytes().startswith(b"\xef\xbb\xbfKommun;")
    assert found["inputs"] == {"run": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}
    assert set(found["sha256"]) == set(files) - {RECORD}  # type: ignore[call-overload]
    assert found["status"] == "draft"
    assert found["roles"] is None
    assert said[:2] == ["Laying out the page", "Setting the PDF"]


def test_the_same_inputs_give_the_same_folder_but_for_the_times(tmp_path):
    for name in ("one", "two"):
        publish_report([report("sv")], order(tmp_path / name, ("html", "pdf", "xlsx")), quiet)
    one, two = record(tmp_path / "one"), record(tmp_path / "two")
    assert list(one)[-1] == "times"
    assert {key: value for key, value in one.items() if key != "times"} == {
        key: value for key, value in two.items() if key != "times"
    }


def test_a_draft_is_replaced_and_files_of_others_in_it_stay(draft):
    (draft / "notes.txt").write_text("mine", encoding="utf-8")
    publish_report([report("en")], order(draft, ("html",)), quiet)
    assert (draft / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (draft / "report-sv.html").exists()
    assert (draft / "report-en.html").exists()


def test_a_report_that_fails_half_way_leaves_the_earlier_one_and_nothing_else(draft, monkeypatch):
    before = verify_report(draft)

    def fail(*_: object) -> bytes:
        raise ReportError("no room")

    monkeypatch.setattr(publish, "_rendered", fail)
    with pytest.raises(ReportError, match="no room"):
        publish_report([report("en")], order(draft), quiet)
    assert verify_report(draft) == before
    assert [path.name for path in draft.parent.iterdir()] == [draft.name]


def test_a_folder_with_other_things_and_one_that_cannot_be_written_are_refused_before_any_work(tmp_path, monkeypatch):
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FolderError, match=r"other files and no report\.json of a report"):
        check_report_folder(tmp_path)
    with pytest.raises(FolderError, match="this is a file, not a folder"):
        check_report_folder(tmp_path / "file.txt")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(FolderError, match="cannot be written: Permission denied") as told:
        check_report_folder(tmp_path / "new")
    assert "Choose another place, or make this one writable." in str(told.value)


# Published


def test_a_published_report_says_who_answers_for_it_and_carries_its_hash(published):
    page = (published / "report-sv.html").read_text(encoding="utf-8")
    hashed = content_hash(report("sv", status="published", roles=ROLES))
    for part in (ROLES.commissioner, ROLES.analyst, ROLES.reviewer, hashed, "Publicerad rapport, utgåva 1."):
        assert part in page
    found = record(published)
    assert found["roles"] == {"commissioner": ROLES.commissioner, "analyst": ROLES.analyst, "reviewer": ROLES.reviewer}
    assert found["reports"][0]["content_sha256"] == hashed  # type: ignore[index]
    assert not os.stat(published / "report-sv.html").st_mode & 0o222


@pytest.mark.parametrize("changes", [{}, {"status": "published", "roles": ROLES, "edition": 2}])
def test_a_published_report_is_never_replaced_by_a_draft_or_another_edition(published, changes):
    before = verify_report(published)
    with pytest.raises(ReportError, match="a published report stands here") as told:
        publish_report([report("sv", **changes)], order(published), quiet)
    assert f"--out {published.with_name('final-2')} --edition 2" in str(told.value)
    assert verify_report(published) == before


def test_one_published_while_another_was_made_stays(tmp_path, monkeypatch):
    target = tmp_path / "out"
    real = publish._rendered

    def slow(made: object, form: str) -> bytes:
        monkeypatch.setattr(publish, "_rendered", real)
        publish_report([report("sv", status="published", roles=ROLES)], order(target, ("html",)), quiet)
        return b""

    monkeypatch.setattr(publish, "_rendered", slow)
    with pytest.raises(ReportError, match="a published report stands here"):
        publish_report([report("en")], order(target, ("html",)), quiet)
    assert "published, edition 1" in verify_report(target)


def test_roles_are_needed_to_publish_and_only_then():
    with pytest.raises(ReportError, match="missing: analyst, reviewer") as told:
        read_roles(True, "Region Exempel", None, " ")
    assert '--analyst "…" --reviewer "…"' in str(told.value)
    with pytest.raises(ReportError, match=r"the report is a draft\.\n.*--publish.*--analyst"):
        read_roles(False, None, "Analysenheten", None)
    assert read_roles(False, None, None, None) is None
    assert read_roles(True, ROLES.commissioner, ROLES.analyst, f" {ROLES.reviewer} ") == ROLES


def test_formats_are_read_in_any_order_and_unknown_ones_told():
    assert read_formats("XLSX, html") == ("html", "xlsx")
    with pytest.raises(ReportError, match="'docx' is not a known format") as told:
        read_formats("pdf,docx")
    assert "html, pdf, xlsx" in str(told.value)
    with pytest.raises(ReportError, match="no format is named"):
        read_formats(" , ")


def test_files_are_named_for_language_and_municipality():
    assert stem(report("sv")) == "report-sv"
    assert stem(report("en", municipality="2482")) == "report-2482-en"


# Checking


def test_a_folder_as_it_was_written_is_confirmed_with_its_hash(published):
    (published / "extra.txt").write_text("x", encoding="utf-8")
    told = verify_report(published)
    assert "published, edition 1; 11 files as they were written" in told
    assert content_hash(report("sv", status="published", roles=ROLES)) in told
    assert "reviewer: Granskningsgruppen" in told
    assert "No part of the report: extra.txt" in told


def test_files_changed_or_missing_are_named(draft):
    page, book = draft / "report-sv.html", draft / "report-sv.xlsx"
    page.write_text(page.read_text(encoding="utf-8").replace("12", "13"), encoding="utf-8")
    book.unlink()
    with pytest.raises(ReportError, match="not as it was written") as told:
        verify_report(draft)
    assert "report-sv.html: changed (SHA-256 " in str(told.value)
    assert "report-sv.xlsx: missing." in str(told.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda found: found["roles"].update(reviewer="Annan"), "roles is .*Annan.*Granskningsgruppen"),
        (lambda found: found.update(edition=3), "edition is 3, in report-sv.json it is 1"),
        (lambda found: found["reports"][0].update(content_sha256="0" * 64), "its hash of the content"),
        (lambda found: found.pop("sha256"), "the record is damaged"),
    ],
)
def test_a_record_that_contradicts_the_content_is_told_of(published, change, words):
    found = record(published)
    change(found)
    path = published / RECORD
    path.chmod(0o644)
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(ReportError, match=words):
        verify_report(published)


def test_a_folder_that_is_none_or_has_no_report_is_told_of(tmp_path):
    with pytest.raises(ReportError, match="there is no such folder"):
        verify_report(tmp_path / "none")
    with pytest.raises(ReportError, match=r"no report\.json"):
        verify_report(tmp_path)
