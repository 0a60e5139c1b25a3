"""A report as templates show it: numbered, formatted in its language, with the words around it; only plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from outputs.report.cells import shown
from outputs.report.csv_tables import file_name
from outputs.report.document import (
    Block,
    Bullets,
    Callout,
    Chapter,
    Definition,
    Figure,
    KeyFigure,
    KeyFigures,
    Language,
    Paragraph,
    Report,
    Subheading,
    Table,
)
from outputs.report.identity import SHORT, content_hash
from outputs.report.labels import day, label, labels
from outputs.report.pictures import picture

CONTENTS_FROM = 5
"""So many chapters need a list of contents, and numbers."""
PRINTED_ROWS = 16
"""Longer tables behind figures are not printed; they are in every other form, and attached to the PDF."""
Part = dict[str, Any]


def view_of(report: Report) -> Part:
    """Everything a template needs, as dicts, lists and texts (can be written as JSON)."""
    return _View(report).whole()


def colophon(report: Report) -> list[tuple[str, str]]:
    """What stands at the end about the report itself: (label, value)."""
    language = report.language
    roles = report.roles
    lines = [("status", label(report.status, language)), ("edition", str(report.edition))]
    lines.append(("date", day(report.date, language)))
    if roles is not None:
        lines += [("commissioner", roles.commissioner), ("analyst", roles.analyst), ("reviewer", roles.reviewer)]
    version = report.record.get("norrsim")
    lines.append(("program", f"Norrsim {version}" if version else "Norrsim"))
    lines += [("content hash", content_hash(report)), ("verify", label("verify told", language))]
    return [(label(key, language), value) for key, value in lines]


class _View:
    """Counts figures and tables while the parts are laid out in their order."""

    def __init__(self, report: Report) -> None:
        self.report, self.language = report, report.language
        self.figures = self.tables = self.blocks = 0
        self.data: list[Part] = []

    def whole(self) -> Part:
        report, language = self.report, self.language
        numbered = len(report.chapters) >= CONTENTS_FROM
        told = label(f"{report.status} told", language, edition=report.edition)
        chapters = [self._chapter(chapter, place) for place, chapter in enumerate(report.chapters, start=1)]
        hashed = content_hash(report)
        return {
            "language": language,
            "title": report.title,
            "subtitle": report.subtitle,
            "date": day(report.date, language),
            "year_month_day": [report.date.year, report.date.month, report.date.day],
            "status": report.status,
            "status_word": label(report.status, language),
            "status_told": told,
            "numbered": numbered,
            "answer": _answer(report),
            "chapters": chapters,
            "data": self.data,
            "figures": self.figures,
            "print_data": report.print_data,
            "colophon": colophon(report),
            "hash": hashed,
            "short_hash": hashed[:SHORT],
            "words": labels(language),
        }

    def _chapter(self, chapter: Chapter, place: int) -> Part:
        groups = groupby(chapter.blocks, key=_sort)
        blocks = [part for sort, members in groups for part in self._parts(sort, list(members))]
        return {
            "id": f"chapter-{place}",
            "number": place,
            "heading": chapter.heading,
            "new_page": chapter.new_page,
            "blocks": blocks,
        }

    def _parts(self, sort: str, members: Sequence[Block]) -> Iterator[Part]:
        """Neighbours that belong together are one part: definitions, and figures of half the width in pairs."""
        if sort == "definitions":
            yield {
                "kind": sort,
                "items": [(part.term, part.meaning) for part in members if isinstance(part, Definition)],
            }
        elif sort == "half":
            halves = [self._figure(part) for part in members if isinstance(part, Figure)]
            for first in range(0, len(halves), 2):
                yield {"kind": "pair", "figures": halves[first : first + 2]}
        else:
            yield from (self._part(part) for part in members)

    def _part(self, block: Block) -> Part:
        match block:
            case Paragraph(text):
                return {"kind": "paragraph", "text": text}
            case Subheading(text):
                return {"kind": "subheading", "text": text}
            case Bullets(items, numbered):
                return {"kind": "bullets", "items": list(items), "numbered": numbered}
            case Callout(kind, text):
                return {"kind": "callout", "sort": kind, "word": label(kind, self.language), "text": text}
            case KeyFigures(items):
                return {"kind": "key figures", "items": [_key_figure(item) for item in items]}
            case Table():
                return {"kind": "table"} | self._numbered_table(block)
            case Figure():
                return self._figure(block)
            case Definition(term, meaning):
                return {"kind": "definitions", "items": [(term, meaning)]}

    def _numbered_table(self, table: Table) -> Part:
        self.tables += 1
        name = f"{label('table', self.language)} {self.tables}"
        return _table(table, self.language) | {"label": name, "id": f"table-{self.tables}"}

    def _figure(self, figure: Figure) -> Part:
        self.figures += 1
        cleaned = picture(figure)
        behind = label("behind", self.language, number=self.figures)
        table = _table(figure.table, self.language) | {"label": behind, "id": f"{figure.name}-data"}
        printed = self.report.print_data and len(figure.table.rows) <= PRINTED_ROWS
        if printed:
            self.data.append(table)
        name = file_name(self.figures + self.tables, figure.table)
        return {
            "kind": "figure",
            "id": figure.name,
            "label": f"{label('figure', self.language)} {self.figures}",
            "title": figure.title,
            "alt": figure.alt,
            "summary": figure.summary,
            "svg": cleaned.svg,
            "width": cleaned.width,
            "height": cleaned.height,
            "half": figure.span == "half",
            "printed": printed,
            "attached": label("attached", self.language, name=f"{name}.csv"),
            "table": table,
        }


def _answer(report: Report) -> Part:
    answer = report.question
    return {
        "question": answer.question,
        "answer": answer.answer,
        "key_figures": [_key_figure(item) for item in answer.key_figures],
        "stops": answer.stops,
        "todo": list(answer.todo),
        "meant_for": answer.meant_for,
        "not_meant_for": answer.not_meant_for,
    }


def _key_figure(item: KeyFigure) -> Part:
    return {"label": item.label, "value": item.value, "note": item.note}


def _table(table: Table, language: Language) -> Part:
    columns = [
        {"name": column.name, "unit": column.unit, "side": column.side, "words": column.form == "text"}
        for column in table.columns
    ]
    rows = [
        [shown(cell, column, language) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    missing = any(cell is None for row in table.rows for cell in row)
    notes = [table.note] if table.note else []
    notes += [label("missing", language)] if missing else []
    notes += [f"{label('source', language)}: {table.source}"] if table.source else []
    return {"title": table.title, "columns": columns, "rows": rows, "notes": notes}


def _sort(block: Block) -> str:
    if isinstance(block, Definition):
        return "definitions"
    return "half" if isinstance(block, Figure) and block.span == "half" else "one"
