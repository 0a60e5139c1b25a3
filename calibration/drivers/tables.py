"""Small helpers to write the model's tables of values."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
VALUES = ROOT / "model" / "values"
HISTORY = ROOT / "calibration" / "history"
STARTS = range(2010, 2025)
AGES = range(101)
SEXES = ("women", "men")


def municipalities() -> list[str]:
    """Return the 29 municipality codes in SCB's order."""
    return pd.read_csv(ROOT / "model" / "places.csv", dtype=str)["code"].tolist()


def counties() -> dict[str, str]:
    """Return the county code of every municipality code."""
    return {code: code[:2] for code in municipalities()}


def write(table: pd.DataFrame, name: str) -> None:
    """Write a table of values; floats with seven significant digits, so that the same input gives the same bytes."""
    VALUES.mkdir(parents=True, exist_ok=True)
    table.to_csv(VALUES / name, index=False, float_format="%.7g", lineterminator="\n")
    print(f"model/values/{name}: {len(table)} rows")


def sources(rows: list[tuple[str, str, str, str, str, str]], name: str) -> None:
    """Write the sources of a group of variables: variable, unit, source, method, quality, note."""
    columns = ["variable", "unit", "source", "method", "quality", "note"]
    pd.DataFrame(rows, columns=columns).to_csv(VALUES / name, index=False, lineterminator="\n")
