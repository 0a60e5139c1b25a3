"""Several scenarios in one report, from finished ensembles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from outputs.publish import Publication
from outputs.report.build import Wish, build_report
from outputs.report.cases import CaseOrder, read_case


@pytest.mark.slow
def test_scenarios_are_compared_run_by_run_from_finished_ensembles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outputs.report.cases.default_folder", lambda name: tmp_path / name)
    to = Publication(tmp_path, "sv", [], datetime.now(UTC))
    said: list[str] = []
    first = read_case(CaseOrder("reference", members=8), to, said.append)
    second = read_case(CaseOrder("flagships-fail", pair=first.pair), to, said.append)
    report = build_report((first, second), Wish("sv"), said.append)
    assert any("Computing 8 members" in text for text in said)
    assert [chapter.heading for chapter in report.chapters].count("Scenarierna bredvid varandra") == 1
    assert {"scenarios", "difference-1", "why-1"} <= {figure.name for figure in report.figures}
    why = next(figure.table for figure in report.figures if figure.name == "why-1")
    assert "Stegra" in str(why.rows)
    said.clear()
    again = read_case(CaseOrder("reference"), to, said.append)
    assert not any("Computing" in text for text in said)
    assert build_report((again, second), Wish("sv"), said.append) == report
    assert not (tmp_path / "reference-report-ensemble").exists()
    tripled = read_case(CaseOrder("reference", pair=(9, 3)), to, said.append)
    assert tripled.folder == tmp_path / "reference-report-ensemble"
    assert tripled.pair == (9, 3)
