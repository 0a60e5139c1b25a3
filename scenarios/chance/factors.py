"""One uncertain thing in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Factor:
    """One dimension of what is drawn.

    `kind`: "parameter", "table" (a factor on a whole table of values) or "project"; `low`, `median` and `high` are the
    values at 0.1, 0.5 and 0.9 of the dimension with everything else at its median, in `unit`; 9999 is never. A
    project's luck grows from 0 to 1, so that its delay falls.
    """

    name: str
    kind: str
    label_en: str
    label_sv: str
    low: float
    median: float
    high: float
    unit: str = "dmnl"


LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
"""Where on its dimension a factor's `low`, `median` and `high` lie."""
