"""Every table of a report as CSV: for machines, and for Swedish Excel."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator

from outputs.report.document import Cell, Column, Report, Table

LONGEST = 48
"""Signs of a table's title in its file name."""
DIGITS = 15
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these would be computed by a spreadsheet."""


def named_tables(report: Report) -> Iterator[tuple[str, Table]]:
    """Each table with a name that sorts in the report's order: 01-folkmangd-i-regionen."""
    for place, table in enumerate(report.tables, start=1):
        yield f"{place:02d}-{slug(table.title)}", table


def slug(text: str) -> str:
    """A text as part of a file name: lower case a to z, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or "table"


def machine_csv(table: Table) -> str:
    """Comma, decimal point, unit in the heading; empty where there is no value."""
    return _written(table, ",", "\n", _number)


def swedish_csv(table: Table) -> str:
    """Semicolon, decimal comma, for UTF-8 with a byte-order mark: opens by double-click in Swedish Excel."""
    return _written(table, ";", "\r\n", lambda cell: _number(cell).replace(".", ","), guarded=True)


def heading(column: Column) -> str:
    """A column's name with its unit: Folkmängd (personer)."""
    return f"{column.name} ({column.unit})" if column.unit else column.name


def _written(table: Table, separator: str, end: str, number: Callable[[float], str], guarded: bool = False) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=end)
    writer.writerow([_text(heading(column), guarded) for column in table.columns])
    writer.writerows([_cell(cell, number, guarded) for cell in row] for row in table.rows)
    return file.getvalue()


def _cell(cell: Cell, number: Callable[[float], str], guarded: bool) -> str:
    if cell is None:
        return ""
    return _text(cell, guarded) if isinstance(cell, str) else number(cell)


def _text(text: str, guarded: bool) -> str:
    return f"'{text}" if guarded and text.startswith(FORMULA) else text


def _number(cell: float) -> str:
    if isinstance(cell, int):
        return str(cell)
    from numpy import format_float_positional

    return format_float_positional(float(f"{cell:.{DIGITS}g}"), trim="-")
