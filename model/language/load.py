"""Loads a model: reads every sector file in its order, checks all of it, tells all problems at once."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from model.language.checks import check_model
from model.language.errors import ModelErrors, Problem
from model.language.expressions import key
from model.language.ranges import Ranges, build_ranges
from model.language.reading import Declaration, EquationDeclaration, RangeDeclaration, read_entries
from model.language.restrict import restrict
from model.language.source import Entry, split_entries
from model.language.structure import Model, Names
from model.language.variables import build_variables

SECTORS = Path(__file__).resolve().parents[1] / "sectors"
ORDER = "order.txt"


def load_model(sectors: Path = SECTORS, municipalities: Sequence[str] | None = None) -> Model:
    """Return the checked model of a folder of sector files, for some municipalities (codes) if wanted.

    The order stands in order.txt (one sector a line); without it the files are taken by name, dimensions first.
    Raises ModelErrors with every problem found.
    """
    model = _load(sectors)
    return model if municipalities is None else restrict(model, "municipality", municipalities)


def _load(sectors: Path) -> Model:
    problems: list[Problem] = []
    files = _sector_files(sectors, problems)
    entries, declarations = _read_files(files, sectors, problems)
    ranges, found = build_ranges(d for d in declarations if isinstance(d, RangeDeclaration))
    problems += found
    equations = [d for d in declarations if isinstance(d, EquationDeclaration)]
    variables, found = build_variables(equations, ranges)
    problems += found
    declared = {key(equation.name): equation.name for equation in equations}
    problems += check_model(variables, declared, ranges)
    if problems:
        raise ModelErrors(problems)
    return Model(
        variables=Names({variable.name: variable for variable in variables.values()}),
        ranges=ranges,
        entries=tuple(entries),
        sectors=sectors,
        hash=_hash(files),
        labels=place_labels(sectors.parent / "places.csv", ranges),
    )


def _sector_files(sectors: Path, problems: list[Problem]) -> list[Path]:
    order = sectors / ORDER
    if not sectors.is_dir():
        raise ModelErrors([Problem(str(sectors), 0, "the folder with the sector files does not exist.")])
    if not order.exists():
        return sorted(sectors.glob("*.mdl"), key=lambda path: (path.stem != "dimensions", path.stem))
    files = []
    for number, line in enumerate(order.read_text(encoding="utf-8").splitlines(), start=1):
        name = line.strip().removesuffix(".mdl")
        path = sectors / f"{name}.mdl"
        if name and not path.exists():
            what = f"the sector file '{name}.mdl' does not exist."
            problems.append(Problem(_shown(order, sectors), number, what, "Write it, or take the line out."))
        elif name:
            files.append(path)
    return files


def _shown(path: Path, sectors: Path) -> str:
    return f"{sectors.parent.name}/{sectors.name}/{path.name}"


def _read_files(files: list[Path], sectors: Path, problems: list[Problem]) -> tuple[list[Entry], list[Declaration]]:
    entries: list[Entry] = []
    declarations: list[Declaration] = []
    for path in files:
        name = _shown(path, sectors)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            problems.append(Problem(name, 0, f"the file is not UTF-8 (byte {error.start}).", "Save it as UTF-8."))
            continue
        found, faults = split_entries(text, name)
        read, unread = read_entries(found, path)
        entries += found
        declarations += read
        problems += faults + unread
    return entries, declarations


def _hash(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def place_labels(places: Path, ranges: Ranges) -> Mapping[str, Mapping[str, str]]:
    """Return the codes of municipalities and counties by element key, per dimension; empty without places.csv."""
    if not places.exists():
        return {}
    with places.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = {
        "municipality": {key(row["name"]): row["code"] for row in rows},
        "county": {key(row["county_name"]): row["county"] for row in rows},
    }
    return {name: codes for name, codes in labels.items() if name in ranges}
