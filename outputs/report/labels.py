"""The words that every form of a report has around its content, in Swedish and English."""

from __future__ import annotations

from datetime import date

from outputs.report.document import Language

LABELS: dict[str, tuple[str, str]] = {
    "draft": ("Utkast", "Draft"),
    "published": ("Publicerad", "Published"),
    "draft told": (
        "Utkast: inte granskat, inte beslutat. Sprid det inte som underlag för beslut.",
        "Draft: not reviewed, not decided. Do not pass it on as a basis for decisions.",
    ),
    "published told": ("Publicerad rapport, utgåva {edition}.", "Published report, edition {edition}."),
    "maker": ("Norrsim", "Norrsim"),
    "contents": ("Innehåll", "Contents"),
    "skip": ("Hoppa till innehållet", "Skip to the content"),
    "figure": ("Figur", "Figure"),
    "table": ("Tabell", "Table"),
    "figure data": ("Siffrorna bakom figurerna", "The numbers behind the figures"),
    "figure data told": (
        "Samma siffror, och de längre tabellerna, finns i arbetsboken, i webbversionen och bifogade till PDF:en.",
        "The same numbers, and the longer tables, are in the workbook, in the web version and attached to the PDF.",
    ),
    "attached": (
        "Siffrorna finns i arbetsboken och i den bifogade filen {name}",
        "Numbers: workbook, attached file {name}",
    ),
    "all attached": (
        "Siffrorna bakom figurerna finns i arbetsboken, i webbversionen och bifogade till PDF:en som CSV-filer.",
        "The numbers behind the figures are in the workbook, in the web version and attached to the PDF as CSV files.",
    ),
    "show data": ("Visa siffrorna bakom figuren", "Show the numbers behind the figure"),
    "behind": ("Siffror till figur {number}", "Numbers of figure {number}"),
    "stops": ("Vad som hindrar", "What stops us"),
    "todo": ("Vad som behöver göras", "What needs to be done"),
    "meant for": ("Rapporten är avsedd för", "The report is meant for"),
    "not meant for": ("Den är inte avsedd för", "It is not meant for"),
    "question": ("Frågan", "The question"),
    "answer": ("Svaret", "The answer"),
    "key figures": ("Nyckeltal", "Key figures"),
    "note": ("Observera", "Note"),
    "warning": ("Varning", "Warning"),
    "source": ("Källa", "Source"),
    "missing": (".. = uppgift saknas", ".. = no value"),
    "colophon": ("Om den här rapporten", "About this report"),
    "status": ("Status", "Status"),
    "edition": ("Utgåva", "Edition"),
    "date": ("Datum", "Date"),
    "commissioner": ("Beställare", "Commissioner"),
    "analyst": ("Analytiker", "Analyst"),
    "reviewer": ("Granskare", "Reviewer"),
    "content hash": ("Innehållets kontrollsumma (SHA-256)", "Checksum of the content (SHA-256)"),
    "verify": ("Så kontrolleras rapporten", "How to check the report"),
    "verify told": (
        "python sim.py report --verify MAPP, där MAPP är mappen med rapportens filer",
        "python sim.py report --verify FOLDER, where FOLDER holds the report's files",
    ),
    "program": ("Framställd med", "Made with"),
    "page": ("Sida", "Page"),
    "of": ("av", "of"),
    "to top": ("Till början", "To the top"),
    "picture": ("bild, kan rullas i sidled", "picture, can be scrolled sideways"),
    "sheet": ("Blad", "Sheet"),
    "title": ("Rubrik", "Title"),
    "rows": ("Rader", "Rows"),
}
MONTHS = (
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)


def label(key: str, language: Language, **values: object) -> str:
    """The words under a key, with their values in place."""
    return LABELS[key][_index(language)].format(**values)


def labels(language: Language) -> dict[str, str]:
    """All words of a language, by key with underscores, as templates name them."""
    return {key.replace(" ", "_"): pair[_index(language)] for key, pair in LABELS.items()}


def day(value: date, language: Language) -> str:
    """A date in words: 22 november 2026; 22 November 2026."""
    return f"{value.day} {MONTHS[value.month - 1][_index(language)]} {value.year}"


def _index(language: Language) -> int:
    return 0 if language == "sv" else 1
