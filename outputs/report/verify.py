"""Whether a report's folder is as it was written: `sim.py report --verify FOLDER`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from outputs.folder import files_in, read_record
from outputs.report.problems import ReportError
from outputs.report.publish import CONTENT, HASHES, RECORD, REPORTS, ROLES, STATUS, sha256


def verify_report(folder: Path) -> str:
    """Say in words that every file is as it was written and tells the content that the record tells.

    Raises ReportError naming each file that is missing or changed, and whatever in the record contradicts the
    content. Files that are no part of the report are named but are no mistake. A hash shows that something was
    changed, not by whom: whoever must be sure keeps the content's hash elsewhere.
    """
    record = _record_of(folder)
    hashes: dict[str, str] = record[HASHES]
    wrong = [problem for name, known in hashes.items() for problem in _file_problems(folder, name, known)]
    if not wrong:
        wrong = [problem for report in record[REPORTS] for problem in _content_problems(folder, report, record)]
    if wrong:
        raise ReportError(
            f"{folder}: the report is not as it was written:\n  " + "\n  ".join(wrong) + "\n  Make it anew, or bring "
            "the files back from where it was published."
        )
    return _told(folder, record)


def _record_of(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise ReportError(f"{folder}: there is no such folder.\n  Name the folder of a report: --verify FOLDER")
    record = read_record(folder, RECORD)
    if record is None:
        raise ReportError(f"{folder}: it has no {RECORD} of a report.\n  Name the folder that holds {RECORD}.")
    parts = (record.get(HASHES), record.get(REPORTS))
    if not isinstance(parts[0], dict) or not isinstance(parts[1], list) or not parts[1]:
        raise ReportError(f"{folder / RECORD}: the record is damaged.\n  Make the report anew.")
    return record


def _file_problems(folder: Path, name: str, known: str) -> list[str]:
    path = folder / name
    if not path.is_file():
        return [f"{name}: missing."]
    found = sha256(path)
    return [] if found == known else [f"{name}: changed (SHA-256 {found[:12]}…, written as {known[:12]}…)."]


def _content_problems(folder: Path, report: dict[str, Any], record: dict[str, Any]) -> list[str]:
    """The content's hash is that of its JSON; status, edition and roles stand in both."""
    name = f"{report.get('stem')}.json"
    known = str(report.get(CONTENT))
    path = folder / name
    if name not in record[HASHES] or sha256(path) != known:
        return [f"{RECORD}: its hash of the content ({known[:12]}…) is not that of {name}."]
    content = json.loads(path.read_text(encoding="utf-8"))
    told = {key: content[key] for key in (STATUS, "edition")} | {"roles": _roles(content)}
    return [
        f"{RECORD}: {key} is {record.get(key)!r}, in {name} it is {value!r}."
        for key, value in told.items()
        if record.get(key) != value
    ]


def _roles(content: dict[str, Any]) -> dict[str, str] | None:
    roles = content["roles"]
    return None if roles is None else {role: roles[role] for role in ROLES}


def _told(folder: Path, record: dict[str, Any]) -> str:
    roles = record.get("roles")
    lines = [
        f"{folder}: {record[STATUS]}, edition {record['edition']}; {len(record[HASHES])} files as they were written."
    ]
    lines += [
        f"  {report['title']} ({report['language']}): content SHA-256 {report[CONTENT]}" for report in record[REPORTS]
    ]
    lines += [f"  {role}: {name}" for role, name in (roles or {}).items()]
    others = sorted(set(files_in(folder)) - set(record[HASHES]) - {RECORD})
    lines += [f"  No part of the report: {', '.join(others)}"] if others else []
    return "\n".join(lines)
