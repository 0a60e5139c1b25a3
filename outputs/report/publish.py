"""Writes a report's folder, all or nothing, and keeps published ones as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from outputs.folder import FILES, check_folder, files_in, read_record, whole_folder
from outputs.record import program_version, write_record
from outputs.report.csv_tables import machine_csv, named_tables, swedish_csv
from outputs.report.document import Report, Roles
from outputs.report.identity import SHORT, content_hash, content_json
from outputs.report.problems import ReportError
from scenarios.problems import unknown
from scenarios.run import Say

RECORD = "report.json"
"""The file that marks a folder as a finished report."""
FORMATS = ("html", "pdf", "xlsx")
ROLES = ("commissioner", "analyst", "reviewer")
PACKAGES = ("Jinja2", "typst", "XlsxWriter", "matplotlib", "fontpkg-source-sans-3")
CONTENT, HASHES, STATUS, REPORTS = "content_sha256", "sha256", "status", "reports"
"""Entries of the record."""
READ_ONLY = 0o444
FORMS = {
    "html": ("Laying out the page", ".html"),
    "pdf": ("Setting the PDF", ".pdf"),
    "xlsx": ("Writing the workbook and the tables", ".xlsx"),
}


@dataclass(frozen=True)
class ReportOrder:
    """Where a report goes and in which forms; the command as typed, when it began, and the files it was made from.

    inputs: the name of each file as the record tells it (relative to the project), and where it is.
    """

    folder: Path
    formats: tuple[str, ...]
    command: list[str]
    begun: datetime
    inputs: Mapping[str, Path] = field(default_factory=dict)


def read_formats(text: str) -> tuple[str, ...]:
    """The forms in '--format html,pdf'. Raises ReportError for one that is unknown or none."""
    names = [name.strip().casefold() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in FORMATS:
            raise ReportError("--format: " + "\n  ".join(unknown(name, FORMATS, "format")))
    if not names:
        raise ReportError(f"--format: no format is named.\n  Known: {', '.join(FORMATS)}, with commas between.")
    return tuple(name for name in FORMATS if name in names)


def read_roles(publish: bool, commissioner: str | None, analyst: str | None, reviewer: str | None) -> Roles | None:
    """Who answers for a report to be published; None for a draft. Raises ReportError when one is missing."""
    given = dict(zip(ROLES, (commissioner, analyst, reviewer), strict=True))
    named = {role: (name or "").strip() for role, name in given.items()}
    missing = [role for role, name in named.items() if not name]
    if publish and missing:
        options = " ".join(f'--{role} "…"' for role in missing)
        raise ReportError(
            "--publish: a published report tells who ordered it, who made it and who reviewed it; missing: "
            f"{', '.join(missing)}.\n  Add {options}, or leave --publish out for a draft."
        )
    if not publish and len(missing) < len(ROLES):
        raise ReportError(
            "roles are given, but the report is a draft.\n  Add --publish, or leave "
            f"{', '.join(f'--{role}' for role, name in named.items() if name)} out."
        )
    return Roles(**named) if publish else None


def check_report_folder(folder: Path) -> None:
    """Raise before any work when a report could not be written to `folder`, or a published one stands there."""
    _refuse_published(folder)
    check_folder(folder, RECORD)


def publish_report(reports: Sequence[Report], order: ReportOrder, say: Say) -> list[str]:
    """Write the reports in the ordered forms to the folder, with report.json; gives the files' names.

    An earlier draft there is replaced. The folder appears whole or not at all. Raises ReportError or FolderError.
    """
    check_report_folder(order.folder)
    with whole_folder(order.folder, RECORD) as folder:
        for report in reports:
            _write(report, order.formats, folder, say)
        record = _record(reports, order, folder)
        _refuse_published(order.folder)  # one may have been published while this one was made
        write_record(record, folder / RECORD)
        if any(report.status == "published" for report in reports):
            _lock(folder)
    return list(record[FILES])


def stem(report: Report) -> str:
    """The first part of its files' names: report-sv; report-2482-sv for a municipality."""
    return "-".join(part for part in ("report", report.municipality, report.language) if part)


def sha256(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(report: Report, formats: Sequence[str], folder: Path, say: Say) -> None:
    (folder / f"{stem(report)}.json").write_text(content_json(report), encoding="utf-8", newline="")
    for form in formats:
        words, ending = FORMS[form]
        say(words)
        (folder / f"{stem(report)}{ending}").write_bytes(_rendered(report, form))
    if "xlsx" in formats:
        _write_tables(report, folder)


def _rendered(report: Report, form: str) -> bytes:
    if form == "html":
        from outputs.report.html import render_html

        return render_html(report).encode()
    if form == "pdf":
        from outputs.report.pdf import render_pdf

        return render_pdf(report)
    from outputs.report.excel import render_xlsx

    return render_xlsx(report)


def _write_tables(report: Report, folder: Path) -> None:
    """Machine CSV; beside it one for Swedish Excel when the report is in Swedish."""
    place = folder / stem(report).replace("report", "tables", 1)
    place.mkdir()
    for name, table in named_tables(report):
        (place / f"{name}.csv").write_text(machine_csv(table), encoding="utf-8", newline="")
        if report.language == "sv":
            (place / f"{name}-excel.csv").write_text(swedish_csv(table), encoding="utf-8-sig", newline="")


def _record(reports: Sequence[Report], order: ReportOrder, folder: Path) -> dict[str, Any]:
    """All that made the report; only the last entry, `times`, differs between equal ones."""
    files, ended = files_in(folder), datetime.now(UTC)
    first = reports[0]
    roles = first.roles
    return {
        "norrsim": program_version(),
        "command": order.command,
        STATUS: first.status,
        "edition": first.edition,
        "roles": None if roles is None else {role: getattr(roles, role) for role in ROLES},
        REPORTS: [_identity(report) for report in reports],
        "inputs": {name: sha256(path) for name, path in sorted(order.inputs.items())},
        "packages": dict(_versions()),
        HASHES: {name: sha256(folder / name) for name in files},
        FILES: [*files, RECORD],
        "times": {
            "begun": order.begun.isoformat(timespec="seconds"),
            "ended": ended.isoformat(timespec="seconds"),
            "seconds": round((ended - order.begun).total_seconds(), 2),
        },
    }


def _identity(report: Report) -> dict[str, Any]:
    return {
        "stem": stem(report),
        "title": report.title,
        "language": report.language,
        "municipality": report.municipality,
        "date": report.date.isoformat(),
        CONTENT: content_hash(report),
    }


def _versions() -> Iterator[tuple[str, str | None]]:
    for package in PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, None


def _refuse_published(folder: Path) -> None:
    record = read_record(folder.resolve(), RECORD)
    if record is None or record.get(STATUS) != "published":
        return
    edition = int(str(record.get("edition", 1)))
    reports = record.get(REPORTS)
    hashes = [str(part.get(CONTENT, ""))[:SHORT] for part in reports] if isinstance(reports, list) else []
    raise ReportError(
        f"{folder}: a published report stands here (edition {edition}, content {', '.join(hashes)}); it stays as it "
        f"is.\n  For a new edition, name another folder: --out {folder.with_name(f'{folder.name}-{edition + 1}')} "
        f"--edition {edition + 1}"
    )


def _lock(folder: Path) -> None:
    """No file of a published report is changed by mistake."""
    for name in files_in(folder):
        (folder / name).chmod(READ_ONLY)
