"""PDF/UA-1 by typst: a fixed source reads the report as data, so that no text can be taken for markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outputs.report.csv_tables import named_tables, swedish_csv
from outputs.report.document import Report
from outputs.report.pdf.fonts import WITHOUT, check_families, font_folders
from outputs.report.pdf.tags import with_row_headers
from outputs.report.problems import ReportError
from outputs.report.view import Part, view_of

if TYPE_CHECKING:
    from typst import Compiler

SOURCE = Path(__file__).resolve().parent / "report.typ"
STANDARD: Final = "ua-1"


def render_pdf(report: Report) -> bytes:
    """The report as PDF/UA-1, A4, tagged, with its language, title, outline and the tables attached as CSV.

    The creation date is the report's. Raises ReportError when typst or a typeface is missing, or when something
    cannot be set (typst's own words are in the message).
    """
    return with_row_headers(set_pages(report)[0])


def set_pages(report: Report) -> tuple[bytes, list[str]]:
    """The PDF as typst sets it, and its warnings (pages that did not settle, for example)."""
    import typst

    compiler = _compiler()
    made = datetime.combine(report.date, time(), UTC)
    data = {"report": json.dumps(_data(report), ensure_ascii=False)}
    try:
        written, warnings = compiler.compile_with_warnings(
            input=SOURCE.read_bytes(), format="pdf", pdf_standards=[STANDARD], timestamp=made, sys_inputs=data
        )
    except typst.TypstError as error:
        hints = "".join(f"\n  {hint}" for hint in error.hints)
        raise ReportError(f"report '{report.title}', PDF: {error.message}{hints}\n  {WITHOUT}") from error
    if not isinstance(written, bytes):
        raise ReportError(f"report '{report.title}', PDF: typst gave no file.\n  {WITHOUT}")
    return written, [warning.message for warning in warnings]


def _data(report: Report) -> Part:
    attached = [
        {"name": f"{name}.csv", "title": table.title, "text": swedish_csv(table)}
        for name, table in named_tables(report)
    ]
    return view_of(report) | {"attached": attached}


@cache
def _compiler() -> Compiler:
    try:
        import typst
    except ImportError:
        raise ReportError(
            "report, PDF: the package typst is missing.\n  Install the project's packages anew: rm -r .venv; "
            f"make setup\n  {WITHOUT}"
        ) from None
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in font_folders()])
    check_families(fonts.families())
    return typst.Compiler(input=SOURCE.read_bytes(), font_paths=fonts, ignore_system_fonts=True)
