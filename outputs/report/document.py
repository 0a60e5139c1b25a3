"""A report as plain data: what every format (HTML, PDF, workbook, CSV) is made from, in one language.

Text is data, never markup: what stands in a string is shown as it is. Numbers in sentences are already formatted;
numbers in the cells of a table are plain and formatted by whoever shows them, in the report's language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias, get_args
from xml.etree import ElementTree

Language = Literal["sv", "en"]
Status = Literal["draft", "published"]
Kind = Literal["note", "warning"]
Align = Literal["left", "right"]
Form = Literal["text", "number", "year", "percent", "change"]
Span = Literal["full", "half"]
Cell: TypeAlias = str | float | int | None
NAME = re.compile(r"[a-z][a-z0-9-]*")
"""A figure's name: part of the address in the page, of file names and of sheet names."""
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Signs that no format can show."""


class DocumentError(ValueError):
    """A report that does not hold together: the message names the part and what is missing or wrong in it."""


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, unit shown below it, and how its cells are written.

    form: 'text'; 'number' (thousands apart); 'year' (a number without thousands, also for codes given as numbers);
    'percent' (the cell is in per cent: 12.3 is shown as 12,3 %); 'change' (a number with its sign, + or -).
    decimals: digits after the decimal sign; None shows at most three significant digits (futures are not known
    better). align: None puts text left and numbers right.
    """

    name: str
    unit: str = ""
    form: Form = "text"
    decimals: int | None = None
    align: Align | None = None

    def __post_init__(self) -> None:
        _texts("column", name=self.name)
        _known(f"column '{self.name}'", self.form, Form)

    @property
    def side(self) -> Align:
        """Where the cells stand."""
        return self.align or ("left" if self.form == "text" else "right")


@dataclass(frozen=True)
class Table:
    """A table with its title: shown in the text, or behind a figure. The first column heads the rows.

    rows: cells in the columns' order; None is shown as a dash for "no value". note: shown below. source: where the
    numbers come from, shown below and written in the workbook.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        _texts("table", title=self.title)
        if not self.columns or not self.rows:
            raise DocumentError(f"table '{self.title}': it has no {'rows' if self.columns else 'columns'}.")
        for number, row in enumerate(self.rows, start=1):
            self._check_row(number, row)

    def _check_row(self, number: int, row: tuple[Cell, ...]) -> None:
        where = f"table '{self.title}', row {number}"
        if len(row) != len(self.columns):
            raise DocumentError(f"{where}: {len(row)} cells for {len(self.columns)} columns.")
        for column, cell in zip(self.columns, row, strict=True):
            if isinstance(cell, float) and not math.isfinite(cell):
                raise DocumentError(f"{where}, column '{column.name}': {cell} is no number; None means no value.")
            if cell is not None and isinstance(cell, str) != (column.form == "text"):
                raise DocumentError(f"{where}, column '{column.name}': {cell!r} in a column of form '{column.form}'.")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of prose."""

    text: str

    def __post_init__(self) -> None:
        _texts("paragraph", text=self.text)


@dataclass(frozen=True)
class Subheading:
    """A heading inside a chapter."""

    text: str

    def __post_init__(self) -> None:
        _texts("subheading", text=self.text)


@dataclass(frozen=True)
class Bullets:
    """A list; `numbered` when the order matters."""

    items: tuple[str, ...]
    numbered: bool = False

    def __post_init__(self) -> None:
        if not self.items:
            raise DocumentError("bullets: the list is empty.")
        for item in self.items:
            _texts("bullets", item=item)


@dataclass(frozen=True)
class Figure:
    """A picture as SVG (standalone, with a viewBox), with everything that somebody who cannot see it needs.

    name: unique in the report (lower case, hyphens). title: what it shows, as the caption. alt: what a reader aloud
    says in its place, one or two sentences. summary: what to see in it, in plain words beside it. table: its numbers.
    span: 'half' lets two figures that follow each other stand beside each other where there is room.
    """

    name: str
    title: str
    alt: str
    summary: str
    svg: str
    table: Table
    span: Span = "full"

    def __post_init__(self) -> None:
        where = f"figure '{self.name}'"
        if not NAME.fullmatch(self.name):
            raise DocumentError(f"{where}: a name has lower-case letters, digits and hyphens and begins with a letter.")
        _texts(where, title=self.title, alt=self.alt, summary=self.summary)
        _check_svg(where, self.svg)


@dataclass(frozen=True)
class Callout:
    """A framed remark: a 'note', or a 'warning' (its kind is also told in words)."""

    kind: Kind
    text: str

    def __post_init__(self) -> None:
        _known("callout", self.kind, Kind)
        _texts("callout", text=self.text)


@dataclass(frozen=True)
class Definition:
    """A term and what it means; neighbours form one list."""

    term: str
    meaning: str

    def __post_init__(self) -> None:
        _texts("definition", term=self.term, meaning=self.meaning)


@dataclass(frozen=True)
class KeyFigure:
    """One number that matters: what it is, the number as it is to be read, and a line below it."""

    label: str
    value: str
    note: str = ""

    def __post_init__(self) -> None:
        _texts("key figure", label=self.label, value=self.value)


@dataclass(frozen=True)
class KeyFigures:
    """Key figures in a row inside a chapter."""

    items: tuple[KeyFigure, ...]

    def __post_init__(self) -> None:
        if not self.items:
            raise DocumentError("key figures: there are none.")


Block: TypeAlias = Paragraph | Subheading | Bullets | Figure | Table | Callout | Definition | KeyFigures


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands under it. new_page: begins a page in print."""

    heading: str
    blocks: tuple[Block, ...]
    new_page: bool = False

    def __post_init__(self) -> None:
        _texts("chapter", heading=self.heading)
        if not self.blocks:
            raise DocumentError(f"chapter '{self.heading}': it is empty.")


@dataclass(frozen=True)
class Answer:
    """Page one: the question, the answer, the numbers, what stops us, what to do, what the report is meant for."""

    question: str
    answer: str
    key_figures: tuple[KeyFigure, ...]
    stops: str
    todo: tuple[str, ...]
    meant_for: str
    not_meant_for: str

    def __post_init__(self) -> None:
        named = {"question": self.question, "answer": self.answer, "stops": self.stops}
        _texts("answer", **named, meant_for=self.meant_for, not_meant_for=self.not_meant_for)
        if not self.key_figures or not self.todo:
            raise DocumentError(f"answer: no {'things to do' if self.key_figures else 'key figures'}.")


@dataclass(frozen=True)
class Roles:
    """Who answers for a published report: who ordered it, who made it, who reviewed it."""

    commissioner: str
    analyst: str
    reviewer: str

    def __post_init__(self) -> None:
        _texts("roles", commissioner=self.commissioner, analyst=self.analyst, reviewer=self.reviewer)


@dataclass(frozen=True)
class Report:
    """A whole report in one language.

    date: stands on the page and is the creation date in the files (taken from the run, so that the same inputs give
    the same bytes). record: what made it (runs, hashes, versions; nothing that differs between equal runs) as plain
    data, covered by the content's hash; its entry 'norrsim', the program's version, stands in the colophon.
    municipality: code, for the version of one municipality; None for the region. roles: needed when published.
    print_data: whether the shorter tables behind the figures are printed at the end of the PDF (all are attached to
    it, and in HTML, workbook and CSV).
    """

    title: str
    subtitle: str
    language: Language
    date: date
    status: Status
    question: Answer
    chapters: tuple[Chapter, ...]
    record: Mapping[str, object] = field(default_factory=dict)
    municipality: str | None = None
    roles: Roles | None = None
    edition: int = 1
    print_data: bool = True

    def __post_init__(self) -> None:
        _texts("report", title=self.title, subtitle=self.subtitle)
        _known("report: language", self.language, Language)
        _known("report: status", self.status, Status)
        if not self.chapters:
            raise DocumentError("report: it has no chapters.")
        if self.status == "published" and self.roles is None:
            raise DocumentError("report: a published one needs its roles (commissioner, analyst, reviewer).")
        names = [figure.name for figure in self.figures]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise DocumentError(f"report: two figures are called {', '.join(twice)}.")

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in their order."""
        return tuple(block for block in self._blocks() if isinstance(block, Figure))

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables in their order, those behind the figures among them."""
        both = (block.table if isinstance(block, Figure) else block for block in self._blocks())
        return tuple(block for block in both if isinstance(block, Table))

    def _blocks(self) -> Iterator[Block]:
        return (block for chapter in self.chapters for block in chapter.blocks)


def _texts(where: str, **texts: str) -> None:
    """Every text is there and can be shown."""
    for what, text in texts.items():
        if not text.strip():
            others = ", ".join(repr(other) for other in texts.values() if other.strip())
            raise DocumentError(f"{where}: no {what}{f' (beside {others})' if others else ''}.")
        if ILLEGAL.search(text):
            raise DocumentError(f"{where}: the {what} has signs that cannot be shown: {text!r}.")


def _known(where: str, value: str, allowed: object) -> None:
    names = get_args(allowed)
    if value not in names:
        raise DocumentError(f"{where}: '{value}' is none of {', '.join(names)}.")


def _check_svg(where: str, svg: str) -> None:
    """The picture can be read and says how large it is."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise DocumentError(f"{where}: its SVG cannot be read: {error}.") from None
    if not root.tag.endswith("svg") or not root.get("viewBox"):
        raise DocumentError(f"{where}: its picture is no SVG with a viewBox.")
