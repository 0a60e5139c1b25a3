"""What a report says, as bytes and as one hash: the same content has the same hash on every machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date

from outputs.report.document import Report

SHORT = 12
"""Signs of the hash that stand at the foot of a page."""


def content_hash(report: Report) -> str:
    """SHA-256 of everything the report says (text, numbers, pictures, status, roles, edition, record)."""
    return hashlib.sha256(content_json(report).encode()).hexdigest()


def content_json(report: Report) -> str:
    """The report as JSON: each part with its kind, keys in a fixed order."""
    return json.dumps(_plain(report), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"kind of part": type(value).__name__} | parts
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
