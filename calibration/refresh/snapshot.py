"""Reads a snapshot, after checking that its files are those that were fetched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from calibration.refresh.fetch import MARK, MEASURES, RECORD
from calibration.refresh.keep import sha256
from calibration.refresh.problems import RefreshError

AGE_SEX = "population_age_sex"
TEXTS = {"municipality": str, "sex": str, "age": str, "status": str, "measure": str}


@dataclass(frozen=True)
class Snapshot:
    """A snapshot's folder and record."""

    folder: Path
    record: dict[str, Any]

    @property
    def until(self) -> int:
        """Last year that was asked for."""
        return int(self.record["until"])

    def measures(self) -> pd.DataFrame:
        """Rows (measure, municipality, year, value, status) of all measures, in the unit of the history."""
        return self._table(MEASURES)

    def ages(self) -> pd.DataFrame | None:
        """Rows (municipality, year, sex, age, value) of people by sex and single age; None without such a table."""
        frames = [self._table(t["file"]) for t in self.record["tables"] if t["feeds"] == "population.csv"]
        return pd.concat(frames, ignore_index=True) if frames else None

    def _table(self, name: str) -> pd.DataFrame:
        frame = pd.read_csv(self.folder / name, dtype=TEXTS, keep_default_na=False, na_values={"value": [""]})
        return frame.astype({"year": int, "value": float})


def is_snapshot(folder: Path) -> bool:
    """Whether a folder has the record of a snapshot."""
    return (folder / RECORD).is_file()


def read_snapshot(folder: Path) -> Snapshot:
    """Open a snapshot. Raises RefreshError when it is none, or a file is not as it was fetched."""
    path = folder / RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        way = "Fetch one: sim.py data refresh. Those there are: sim.py data status."
        raise RefreshError(str(folder), f"there is no snapshot here: no {RECORD}.", way) from None
    except (ValueError, OSError) as error:
        raise RefreshError(str(path), f"cannot be read: {error}.", "Fetch a new snapshot.") from None
    if not isinstance(record, dict) or MARK not in record:
        raise RefreshError(str(path), "this is not the record of a snapshot.", "Fetch one: sim.py data refresh.")
    wrong = damaged_files(folder, record)
    if wrong:
        what = f"not as it was fetched: {', '.join(wrong)}."
        raise RefreshError(
            str(folder), what, "A snapshot is never edited: fetch a new one, and change a copy if you must."
        )
    return Snapshot(folder, record)


def damaged_files(folder: Path, record: dict[str, Any]) -> list[str]:
    """Files of a snapshot that are missing or changed."""
    files = {record["measures"]["file"]: record["measures"]["sha256"]}
    for table in record["tables"]:
        files[table["file"]] = table["sha256"]
        files |= {answer["file"]: answer["sha256"] for answer in table["answers"]}
    return [name for name, known in files.items() if not _same(folder / name, known)]


def _same(path: Path, known: str) -> bool:
    try:
        return sha256(path.read_bytes()) == known
    except OSError:
        return False
