"""New official figures: a snapshot, or a table of municipality, year, measure and value in a CSV file."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from calibration.refresh.snapshot import is_snapshot, read_snapshot
from calibration.track.measures import ALIASES, BY_NAME, IN, NET, OUT
from calibration.track.problems import TrackError
from scenarios.places import read_places
from scenarios.problems import unknown

COLUMNS = {
    "municipality": ("municipality", "municipality_code", "code", "kommunkod", "kommun", "region"),
    "year": ("year", "år", "ar", "tid"),
    "measure": ("measure", "variable", "mått", "matt", "variabel"),
    "value": ("value", "värde", "varde"),
}
"""Headings by which each column is known, in lower case."""
UNKNOWN = ("", "..", ".", "-", "–", "na", "nan")
"""Cells that say that a figure is not published (SCB's signs)."""
SPACES = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
PLAIN = re.compile(r"[-\N{MINUS SIGN}]?\d+([.,]\d+)?")
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
EXAMPLE = (
    "The first line is: municipality,year,measure,value (or kommunkod;år;mått;värde). Then: 2482,2023,population,76542"
)
LABELS = ["municipality", "year", "measure"]


@dataclass(frozen=True)
class Outcomes:
    """New figures: rows (municipality, year, measure, value), source, measures left out, cells without a figure."""

    rows: pd.DataFrame
    source: str
    is_table: bool
    untracked: tuple[str, ...] = ()
    unpublished: int = 0

    def wide(self, measure: str) -> pd.DataFrame:
        """A measure as year × municipality; without rows when it is not given."""
        rows = self.rows[self.rows["measure"] == measure]
        return rows.pivot(index="year", columns="municipality", values="value")


def read_outcomes(path: Path) -> Outcomes:
    """Read a snapshot's folder or a CSV file. Raises TrackError (RefreshError for a damaged snapshot)."""
    if path.is_dir():
        if not is_snapshot(path):
            way = "Give a folder that 'sim.py data refresh' has made, or a CSV file."
            raise TrackError(str(path), "this folder is no snapshot of official figures.", way)
        rows = read_snapshot(path).measures().dropna(subset="value")
        known = rows["measure"].isin(list(BY_NAME))
        left = tuple(sorted(set(rows.loc[~known, "measure"])))
        return Outcomes(_completed(rows.loc[known, [*LABELS, "value"]]), path.resolve().name, False, left)
    return _read_table(path)


def _read_table(path: Path) -> Outcomes:
    text = _text(path)
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    if len(lines) < 2:
        raise TrackError(str(path), "the file has no figures.", EXAMPLE)
    columns = _columns(lines[0], path)
    rows, left = [], 0
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(cells, columns, (f"{path}, line {number}", len(lines[0]), separator))
        rows.append(row)
        left += math.isnan(row[3])
    frame = pd.DataFrame(rows, columns=[*LABELS, "value"])
    _refuse_twice(frame, path)
    return Outcomes(_completed(frame.dropna(subset="value")), path.name, True, (), left)


def _completed(rows: pd.DataFrame) -> pd.DataFrame:
    """The third of moves in, moves out and net moves, where two are given."""
    wide = rows.pivot(index=["municipality", "year"], columns="measure", values="value")
    moves = wide.reindex(columns=[IN, OUT, NET])
    found = {IN: moves[OUT] + moves[NET], OUT: moves[IN] - moves[NET], NET: moves[IN] - moves[OUT]}
    added = [values[moves[name].isna()].dropna().rename("value").reset_index() for name, values in found.items()]
    named = [each.assign(measure=name) for name, each in zip(found, added, strict=True)]
    return pd.concat([rows, *(each for each in named if len(each))], ignore_index=True)[[*LABELS, "value"]]


def _text(path: Path) -> str:
    """The text of a file, as Excel writes it: UTF-8 with or without mark, or Windows' western letters."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise TrackError(str(path), "there is no such file or folder.", "Check the path.") from None
    if content[:2] == b"PK":
        raise TrackError(str(path), "this is a workbook, not a text.", "Save it as CSV (Excel: CSV UTF-8).")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TrackError(str(path), "the file is no text.", "Save it as CSV (Excel: CSV UTF-8).")


def _columns(heading: list[str], path: Path) -> dict[str, int]:
    """Position of each column."""
    given = [cell.strip().casefold() for cell in heading]
    columns = {}
    for name, known in COLUMNS.items():
        found = [at for at, cell in enumerate(given) if cell in known]
        if len(found) != 1:
            what = "is missing" if not found else "stands twice"
            raise TrackError(f"{path}, line 1", f"the column '{name}' {what}: {', '.join(heading)}.", EXAMPLE)
        columns[name] = found[0]
    return columns


def _row(cells: list[str], columns: dict[str, int], place: tuple[str, int, str]) -> tuple[str, int, str, float]:
    """A line: code, year, measure, value (not-a-number when unpublished). place: words, width, separator."""
    where, width, separator = place
    if len(cells) != width:
        what = f"{len(cells)} cells where {width} belong."
        way = "A decimal comma in a file with commas between? Use semicolons between, or decimal points."
        raise TrackError(where, what, way if separator == "," else "")
    cell = {name: cells[at].strip() for name, at in columns.items()}
    return (
        _code(cell["municipality"], where),
        _year(cell["year"], where),
        _measure(cell["measure"], where),
        _value(cell["value"], where),
    )


def _code(word: str, where: str) -> str:
    places = read_places()
    code = word.split(" ")[0]
    if code in places.codes:
        return code
    names = {place.name.casefold(): place.code for place in places.all}
    if word.casefold() in names:
        return names[word.casefold()]
    listing = "The 29 are in model/places.csv."
    if code.isdigit():  # the nearest code would be another place
        raise TrackError(where, f"'{code}' is not the code of one of the 29 municipalities.", listing)
    raise TrackError(where, *unknown(word, (place.name for place in places.all), "municipality", listing))


def _year(word: str, where: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d", word):
        raise TrackError(where, f"'{word}' is no year.", "Four digits: 2025")
    return int(word)


def _measure(word: str, where: str) -> str:
    name = "_".join(word.casefold().replace("_", " ").split())
    found = ALIASES.get(word.casefold(), ALIASES.get(name, name))
    if found not in BY_NAME:
        raise TrackError(where, *unknown(word, BY_NAME, "measure"))
    return found


def _value(word: str, where: str) -> float:
    if word.casefold() in UNKNOWN:
        return math.nan
    bare = word.translate(SPACES)
    if THOUSANDS.fullmatch(bare):
        way = f"Write {bare.replace(',', '')} if the comma parts thousands, {bare.replace(',', '.')} if decimals."
        raise TrackError(where, f"'{word}' may be thousands or decimals.", way)
    if not PLAIN.fullmatch(bare):
        raise TrackError(where, f"'{word}' is no number.", "Digits, with a decimal point or comma: 1234 or 12,5")
    return float(bare.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


def _refuse_twice(frame: pd.DataFrame, path: Path) -> None:
    twice = frame[frame.duplicated(LABELS, keep=False)]
    if len(twice):
        code, year, measure = twice.iloc[0][LABELS]
        same = twice[(twice[LABELS] == [code, year, measure]).all(axis=1)]
        lines = " and ".join(str(int(at) + 2) for at in same.index[:2])
        values = " and ".join(f"{value:g}" for value in same["value"].iloc[:2])
        what = f"{measure} of {code} in {year} stands twice: {values} (lines {lines})."
        raise TrackError(str(path), what, "Leave one of them.")
