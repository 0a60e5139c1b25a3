"""Every table of a report as CSV: for machines, and for Swedish Excel."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from outputs.report.cells import kept
from outputs.report.document import Cell, Column, Report, Table

LONGEST = 48
"""Signs of a table's title in its file name."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these would be computed by a spreadsheet."""


def named_tables(report: Report) -> Iterator[tuple[str, Table]]:
    """Each table with a name that sorts in the report's order: 01-folkmangd-i-regionen."""
    for place, table in enumerate(report.tables, start=1):
        yield file_name(place, table), table


def file_name(place: int, table: Table) -> str:
    """The name, without its ending, of the table that stands at this place among all of a report (from 1)."""
    return f"{place:02d}-{slug(table.title)}"


def slug(text: str) -> str:
    """A text as part of a file name: lower case a to z, digits, hyphens."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].rstrip("-") or "table"


def machine_csv(table: Table) -> str:
    """Comma, decimal point, unit in the heading; empty where there is no value."""
    return _written(table, Form(",", ".", "\n", guarded=False))


def swedish_csv(table: Table) -> str:
    """Semicolon, decimal comma, for UTF-8 with a byte-order mark: opens by double-click in Swedish Excel."""
    return _written(table, Form(";", ",", "\r\n", guarded=True))


def heading(column: Column) -> str:
    """A column's name with its unit: Folkmängd (personer)."""
    return f"{column.name} ({column.unit})" if column.unit else column.name


@dataclass(frozen=True)
class Form:
    """How a CSV is written; guarded: texts that a spreadsheet would compute get an apostrophe before them."""

    separator: str
    decimal: str
    end: str
    guarded: bool

    def text(self, text: str) -> str:
        """A text cell."""
        return f"'{text}" if self.guarded and text.startswith(FORMULA) else text

    def cell(self, cell: Cell, column: Column) -> str:
        """Any cell, rounded as it is shown in the report."""
        if cell is None or isinstance(cell, str):
            return self.text(cell or "")
        return _number(kept(cell, column)).replace(".", self.decimal)


def _written(table: Table, form: Form) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=form.separator, lineterminator=form.end)
    writer.writerow([form.text(heading(column)) for column in table.columns])
    for row in table.rows:
        writer.writerow([form.cell(cell, column) for cell, column in zip(row, table.columns, strict=True)])
    return file.getvalue()


def _number(value: float) -> str:
    """All digits that the number has, never an exponent."""
    from numpy import format_float_positional

    return str(value) if isinstance(value, int) else format_float_positional(value, trim="-")
