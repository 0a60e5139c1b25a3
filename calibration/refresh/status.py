"""What official data there are: bundled tables with years and sources, tables that can be fetched, snapshots."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from calibration.refresh.catalogue import read_catalogue
from calibration.refresh.fetch import MARK, RECORD, SNAPSHOTS
from calibration.refresh.keep import UNFINISHED
from calibration.refresh.snapshot import damaged_files
from outputs.observed import HISTORY, damaged, last_years


def status(snapshots: Path = SNAPSHOTS) -> str:
    """Three lists in words: bundled, fetchable, snapshots (their files checked). Raises HistoryError."""
    parts = [_bundled(), _fetchable(), _snapshots(snapshots)]
    return "\n\n".join(parts)


def _bundled() -> str:
    """Series of calibration/history with their years, source and quality."""
    lines = ["Bundled (calibration/history; model runs use nothing else):"]
    for path in sorted(HISTORY.glob("sources_*.csv")):
        for row in _rows(path):
            table = row["table"].removesuffix(".csv")
            years = row.get("years") or ""
            lines.append(
                f"  {table}: {row['column']} {years} – {row['source']} [{row['quality']}]".replace("  –", " –")
            )
    last = last_years()
    newest = ", ".join(f"{name} {year}" for name, year in sorted(last.items(), key=lambda each: each[1])[:3])
    lines.append(f"  Last year with figures: {max(last.values())}; oldest ends: {newest}")
    return "\n".join(lines)


def _fetchable() -> str:
    lines = ["Can be fetched (sim.py data refresh; calibration/refresh/tables.toml):"]
    for table in read_catalogue().tables:
        years = f"{table.first}–{table.last or ''}"
        lines.append(f"  {table.name} ({table.service.upper()} {table.id}), {years}: {table.title}")
    return "\n".join(lines)


def _snapshots(folder: Path) -> str:
    found = [_snapshot(path.parent) for path in sorted(folder.glob(f"*/{RECORD}"))]
    unfinished = [path.name for path in sorted(folder.glob(f".*{UNFINISHED}")) if path.is_dir()]
    lines = [*found, *(f"  {name}: not finished; sim.py data refresh goes on" for name in unfinished)]
    return "\n".join(["Snapshots (calibration/refresh/snapshots):", *(lines or ["  none"])])


def _snapshot(folder: Path) -> str:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        wrong = damaged_files(folder, record)
        use = ", for tracking only" if record["for tracking only"] else ""
        state = f", DAMAGED: {', '.join(wrong)}" if wrong else ", files as fetched"
        names = ", ".join(table["name"] for table in record["tables"])
        return f"  {folder.name}: fetched {record['made']}, until {record['until']}{use}{state}: {names}"
    except (OSError, ValueError, KeyError, TypeError):
        return f"  {folder.name}: DAMAGED: {RECORD} cannot be read ({MARK} missing?)"


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise damaged(path, str(error)) from None
