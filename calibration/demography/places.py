"""Labels shared by everything demographic: the municipalities, the sexes, the ages, the kinds of municipality."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEXES = ("women", "men")
OLDEST = 100
AGES = tuple(range(OLDEST + 1))

KINDS: dict[str, tuple[str, ...]] = {
    "university city": ("2480", "2580"),
    "town": ("2482", "2581", "2582", "2523", "2584"),
    "near a city": ("2401", "2403", "2404", "2409", "2460", "2513", "2514", "2518", "2560", "2583"),
    "inland": ("2417", "2418", "2421", "2422", "2425", "2462", "2463", "2481", "2505", "2506", "2510", "2521"),
}
"""Kinds of municipality whose age pattern of moving is alike: the peers towards which small ones are shrunk
(judgement).
"""


@dataclass(frozen=True)
class Places:
    """The municipalities in SCB code order, with name, county code and labour-market region."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    counties: tuple[str, ...]
    regions: tuple[str, ...]

    def kind(self, code: str) -> str:
        """The kind of municipality `code` is; `KeyError` when it belongs to none."""
        for kind, members in KINDS.items():
            if code in members:
                return kind
        raise KeyError(code)


def read_places(path: Path = ROOT / "model" / "places.csv") -> Places:
    """Read `model/places.csv` (code, name, county, county_name, fa_region)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["code"])
    columns = ("code", "name", "county", "fa_region")
    return Places(*(tuple(row[column] for row in rows) for column in columns))
