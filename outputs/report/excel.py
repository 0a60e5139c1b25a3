"""The report's tables as an Excel workbook: a list of contents, then a sheet for each table and figure."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from outputs.report.cells import kept
from outputs.report.csv_tables import heading
from outputs.report.document import Cell, Column, Figure, Report, Table
from outputs.report.labels import label
from outputs.report.view import colophon

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NARROW, WIDE, MARGIN = 9, 46, 3
"""Least and greatest width of a column, and room around its texts, in signs."""
TITLE_ROW, NOTE_ROW, HEAD_ROW = 0, 1, 3
FREE = "0##"
"""Decimals of a number that is shown with those it has: at least one, at most three."""
FONT = {"font_name": "Calibri", "font_size": 11}
STYLE = "Table Style Light 1"
WIDTHS = (16, 72, 10)
"""Columns of the list of contents, in signs."""


def render_xlsx(report: Report) -> bytes:
    """The workbook. Numbers are numbers, rounded as the report shows them; headings in the report's language."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        book.set_properties(_properties(report))
        pages = named_sheets(report)
        first = book.add_worksheet(label("contents", report.language))
        for name, table in pages:
            _write_table(book, book.add_worksheet(name), table, report)
        _write_contents(book, first, report, pages)
    return file.getvalue()


def named_sheets(report: Report) -> list[tuple[str, Table]]:
    """Each table under the name it has in the report: Tabell 1, Figur 2."""
    counts = {"table": 0, "figure": 0}
    pages = []
    for block in (block for chapter in report.chapters for block in chapter.blocks):
        if isinstance(block, Table | Figure):
            key = "table" if isinstance(block, Table) else "figure"
            counts[key] += 1
            table = block if isinstance(block, Table) else block.table
            pages.append((f"{label(key, report.language)} {counts[key]}", table))
    return pages


def _properties(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "subject": report.subtitle,
        "author": "Norrsim",
        "status": label(report.status, report.language),
        "created": datetime.combine(report.date, time()),
    }


def _write_contents(book: Workbook, sheet: Worksheet, report: Report, pages: list[tuple[str, Table]]) -> None:
    """Title, what the report answers, what it is, and where each table stands."""
    bold, plain = book.add_format({**FONT, "bold": True}), book.add_format({**FONT, "text_wrap": True, "valign": "top"})
    link = book.add_format({**FONT, "font_color": "#00528F", "underline": 1})
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, report.title, book.add_format({**FONT, "bold": True, "font_size": 15}))
    sheet.write_string(1, 0, report.subtitle)
    words = [(label("question", report.language), report.question.question)]
    words += [(label("answer", report.language), report.question.answer), *colophon(report)]
    for row, (name, text) in enumerate(words, start=HEAD_ROW):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text, plain)
    row = HEAD_ROW + len(words) + 1
    for place, key in enumerate(("sheet", "title", "rows")):
        sheet.write_string(row, place, label(key, report.language), bold)
    for place, (name, table) in enumerate(pages, start=row + 1):
        sheet.write_url(place, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(place, 1, table.title, plain)
        sheet.write_number(place, 2, len(table.rows))


def _write_table(book: Workbook, sheet: Worksheet, table: Table, report: Report) -> None:
    """Title, note and source, then the table with a header row that stays in sight."""
    source = f"{label('source', report.language)}: {table.source}" if table.source else ""
    sheet.write_string(TITLE_ROW, 0, table.title, book.add_format({**FONT, "bold": True, "font_size": 13}))
    sheet.write_string(NOTE_ROW, 0, " ".join(part for part in (table.note, source) if part))
    names = _distinct([heading(column) for column in table.columns])
    formats = [tuple(_cell_format(book, column, whole) for whole in (False, True)) for column in table.columns]
    headed = book.add_format({**FONT, "bold": True, "text_wrap": True, "valign": "bottom"})
    columns = [{"header": name, "header_format": headed} for name in names]
    last = (HEAD_ROW + len(table.rows), len(names) - 1)
    sheet.add_table(HEAD_ROW, 0, *last, {"columns": columns, "style": STYLE})
    for place, (column, form) in enumerate(zip(table.columns, formats, strict=True)):
        cells = [row[place] for row in table.rows]
        sheet.set_column(place, place, _width(names[place], cells))
        for row, cell in enumerate(cells, start=HEAD_ROW + 1):
            _write_cell(sheet, (row, place), cell, (column, form))
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, how: tuple[Column, tuple[Any, ...]]) -> None:
    column, formats = how
    if isinstance(cell, str):
        sheet.write_string(*place, cell, formats[0])
    elif cell is not None:
        value = kept(cell, column)
        sheet.write_number(*place, value, formats[float(value).is_integer()])


def _cell_format(book: Workbook, column: Column, whole: bool) -> Any:
    return book.add_format({**FONT, "num_format": _form(column, whole), "align": column.side, "valign": "top"})


def _form(column: Column, whole: bool) -> str:
    """Excel's own number format: it shows thousands and decimals as the reader's country does.

    whole: whether the cell has no decimals; where a column names none, each cell shows those that it has.
    """
    if column.form in ("text", "year"):
        return "@" if column.form == "text" else "0"
    decimals = "0" * (column.decimals or 0)
    if column.decimals is None:
        decimals = "" if whole else FREE
    number = f"#,##0.{decimals}" if decimals else "#,##0"
    if column.form == "percent":
        return f'{number}" %"'
    return f"+{number};-{number};{number}" if column.form == "change" else number


def _width(name: str, cells: list[Cell]) -> int:
    longest = max(len(part) for part in [*name.split(), *(str(cell) for cell in cells if isinstance(cell, str))])
    return max(NARROW, min(WIDE, longest + MARGIN))


def _distinct(names: list[str]) -> list[str]:
    """Headings of an Excel table must differ: a second 'Antal' becomes 'Antal 2'."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        count = seen[name.casefold()]
        distinct.append(f"{name} {count}" if count > 1 else name)
    return distinct
