"""A small report with every kind of part, for the tests of its forms."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from outputs.report.document import (
    Answer,
    Bullets,
    Callout,
    Chapter,
    Column,
    Definition,
    Figure,
    KeyFigure,
    KeyFigures,
    Language,
    Paragraph,
    Report,
    Roles,
    Subheading,
    Table,
)

ROLES = Roles("Region Exempel", "Analysenheten", "Granskningsgruppen")
MARKUP = "<script>alert(1)</script> #[x] $y$ *z* _w_ @q `r` ~ // \\ = <lbl> &amp; {{ 7 * 7 }} {% raw %}"
"""Signs that mean something to HTML, to typst or to templates."""
WORDS: dict[Language, dict[str, str]] = {
    "sv": {
        "title": "Så kan regionen växa",
        "subtitle": "Underlag för ledningen",
        "question": "Hur många nya invånare kan regionen få till 2040?",
        "answer": "Omkring 12 300 nya invånare, i 8 av 10 körningar mellan 4 000 och 21 000.",
        "figure": "Folkmängd i regionen",
        "place": "Kommun",
        "people": "Folkmängd",
        "unit": "personer",
        "change": "Förändring",
        "share": "Andel",
        "year": "År",
    },
    "en": {
        "title": "How the region may grow",
        "subtitle": "For those who lead it",
        "question": "How many new residents may the region get by 2040?",
        "answer": "About 12,300 new residents; in 8 of 10 runs between 4,000 and 21,000.",
        "figure": "People in the region",
        "place": "Municipality",
        "people": "People",
        "unit": "persons",
        "change": "Change",
        "share": "Share",
        "year": "Year",
    },
}


def svg(text: str = "1 234", width: int = 440, height: int = 150) -> str:
    """A picture as Matplotlib writes them: a rule for everything, ids, links to them."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}pt" '
        f'height="{height}pt" viewBox="0 0 {width} {height}" version="1.1"><metadata>made</metadata>'
        '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style>'
        '<clipPath id="p1"><rect x="0" y="0" width="400" height="150"/></clipPath><path id="m1" d="M0 0 L4 4"/></defs>'
        '<g id="figure_1" clip-path="url(#p1)"><path d="M10 130 L200 60 L400 30" fill="none" stroke="#0060a8"/>'
        '<use xlink:href="#m1" x="10" y="10"/>'
        f'<text x="12" y="24" style="font: 8px \'DejaVu Sans\'">{escape(text)}</text>'
        "</g></svg>"
    )


def figure(name: str, language: Language = "sv", span: str = "full", title: str | None = None) -> Figure:
    """A figure with five years behind it."""
    words = WORDS[language]
    columns = (Column(words["year"], form="year"), Column(words["people"], words["unit"], "number", 0))
    rows = tuple((year, 520_000.0 + 1_234.4 * step) for step, year in enumerate(range(2024, 2029)))
    shown = title or f"{words['figure']} ({name})"
    table = Table(shown, columns, rows, source="SCB")
    return Figure(name, shown, f"{words['figure']}: 2024-2028.", words["answer"], svg(), table, span)  # type: ignore[arg-type]


def table(language: Language = "sv", rows: int = 29) -> Table:
    """A row for each municipality of an imagined region; one value is missing."""
    words = WORDS[language]
    columns = (
        Column(words["place"]),
        Column(words["people"], words["unit"], "number", 0),
        Column(words["change"], words["unit"], "change", 0),
        Column(words["share"], "", "percent", 1),
    )
    cells = tuple(
        (f"Ort {row}", 1234.0 * row, None if row == 2 else 100.0 - 50 * row, row / 3) for row in range(1, rows + 1)
    )
    return Table(words["people"], columns, cells, note=words["answer"], source="SCB")


def answer(language: Language = "sv") -> Answer:
    """Page one."""
    words = WORDS[language]
    numbers = tuple(
        KeyFigure(words[key], "12\N{NO-BREAK SPACE}300", words["unit"]) for key in ("people", "change", "share")
    )
    return Answer(
        question=words["question"],
        answer=words["answer"],
        key_figures=numbers,
        stops=words["figure"],
        todo=(words["title"], words["subtitle"]),
        meant_for=words["title"],
        not_meant_for=words["subtitle"],
    )


def report(language: Language = "sv", /, **changes: object) -> Report:
    """A report of six chapters with every kind of part in it; `changes` replace its fields."""
    words = WORDS[language]
    text = Paragraph(words["answer"] + " " + words["question"])
    first = Chapter(words["figure"], (text, figure("people", language), Subheading(words["change"]), table(language)))
    halves = (figure("left", language, "half"), figure("right", language, "half"))
    second = Chapter(
        words["share"], (*halves, Bullets((words["title"], words["subtitle"])), Callout("warning", words["title"]))
    )
    terms = (Definition(words["people"], words["figure"]), Definition(words["share"], words["change"]))
    third = Chapter(
        words["place"], (*terms, KeyFigures(answer(language).key_figures), Callout("note", words["title"])), True
    )
    rest = tuple(
        Chapter(f"{words['year']} {year}", (text, Bullets((words["title"],), numbered=True))) for year in (2030, 2040)
    )
    fields: dict[str, object] = {
        "title": words["title"],
        "subtitle": words["subtitle"],
        "language": language,
        "date": date(2026, 11, 22),
        "status": "draft",
        "question": answer(language),
        "chapters": (first, second, third, *rest),
        "record": {"norrsim": "0.1.0", "runs": ["abc"]},
    }
    return Report(**(fields | changes))  # type: ignore[arg-type]
