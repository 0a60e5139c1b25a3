"""Expected results of a test suite's cases, as Vensim wrote them, and how far a run is from them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.language.foreign import plain_key
from model.language.structure import CONTROL

Values = NDArray[np.float64]
Column = tuple[str, ...]
Series = Mapping[Column, Values]

# The suite's own compare.py: relative difference 1e-4, and what is below 1e-6 on both sides counts as zero.
RELATIVE, ZERO = 1e-4, 1e-6
# Vensim computes in single precision (7 digits): what is left of a column's largest value, a zero crossing, say.
SINGLE = 1e-6
FEWEST_DECIMALS = 5  # zeros at the end are not printed: a column of whole numbers is exact all the same
NAMES = ("output.tab", "output.csv")
DATA_MODEL, DATA_OF_OTHERS = "model_to_generate_data", ("data.tab",)  # one model's results feed another
CLOCK = ("time",)
STAGE = "#"  # begins the name under which Vensim saves a stage of a delay
CONTROLS = {(name,) for name in CONTROL}  # not results; the suite's compare.py leaves them out too
TOLERANCE = (
    f"relative {RELATIVE:g}, or {ZERO:g} on both sides (the suite's compare.py), or {SINGLE:g} of the column's largest "
    "value (single precision), or half a unit of the last decimal printed"
)


@dataclass(frozen=True)
class Comparison:
    """How a run compares: columns compared, columns it lacks, the largest relative difference and where."""

    compared: int
    missing: tuple[str, ...]
    largest: float
    variable: str
    time: float

    @property
    def agrees(self) -> bool:
        """Tell whether every expected number was met."""
        return not self.missing and self.largest <= RELATIVE


def expected_file(model: Path) -> Path | None:
    """Return the file with the expected results of a model, None without one."""
    names = DATA_OF_OTHERS if model.stem == DATA_MODEL else NAMES
    return next((model.parent / name for name in names if (model.parent / name).exists()), None)


@dataclass(frozen=True)
class Printed:
    """A column as printed: its numbers (NaN where a cell is empty) and half a unit of its last decimal."""

    values: Values
    rounding: float


def read_expected(path: Path) -> dict[Column, Printed]:
    """Return each column by its name and elements (keys); empty where the file holds no results over time.

    `path`: a table with tabs or commas, or a run that Vensim saved (.vdf), which pysimlin reads.
    """
    if path.suffix.lower() == ".vdf":
        return _read_vdf(path)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    delimiter = "\t" if "\t" in text.splitlines()[0] else ","
    rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(cell.strip() for cell in row)]
    head, body = rows[0], rows[1:]
    cells = ([row[place] if place < len(row) else "" for row in body] for place in range(len(head)))
    return {column_of(name): _printed(column) for name, column in zip(head, cells, strict=True) if name.strip()}


def _read_vdf(path: Path) -> dict[Column, Printed]:
    import simlin

    frame = simlin.load_vdf(path)
    names = [str(name) for name in frame if not str(name).startswith(STAGE)]
    found = {column_of(name): Printed(frame[name].to_numpy(dtype=float), 0.0) for name in names}
    return {CLOCK: Printed(frame.index.to_numpy(dtype=float), 0.0), **found}


def _printed(cells: list[str]) -> Printed:
    decimals = max((_decimals(cell) for cell in cells), default=0)
    return Printed(np.array([_number(cell) for cell in cells]), 0.5 * 10.0 ** -max(decimals, FEWEST_DECIMALS))


def _decimals(cell: str) -> int:
    """Return the place of the last digit after the point, an exponent counted in."""
    mantissa, _, exponent = cell.strip().lower().partition("e")
    return len(mantissa.partition(".")[2]) - (int(exponent) if exponent.lstrip("+-").isdecimal() else 0)


def column_of(name: str) -> Column:
    """Return the key of a column's variable and those of its elements."""
    variable, bracket, rest = name.strip().partition("[") if name.rstrip().endswith("]") else (name, "", "")
    elements = rest.rstrip().removesuffix("]").split(",") if bracket else []
    return (plain_key(variable), *map(plain_key, elements))


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return np.nan


def compare(found: Series, expected: Mapping[Column, Printed]) -> Comparison:
    """Compare every expected number that is given with the one found at the same moment."""
    times = expected[CLOCK].values
    places, largest = _places(found[CLOCK], times)
    where, moment, missing = "Time", float(times[0]), []
    wanted = {column: printed for column, printed in expected.items() if column not in {CLOCK, *CONTROLS}}
    for column, printed in wanted.items():
        if column not in found:
            missing += [_shown(column)] if np.isfinite(printed.values).any() else []
            continue
        apart = _relative(found[column][places], printed)
        if apart.size and apart.max() > largest:
            largest, where, moment = float(apart.max()), _shown(column), float(times[int(apart.argmax())])
    return Comparison(len(wanted) - len(missing), tuple(missing), largest, where, moment)


def between(ours: Series, theirs: Series) -> Comparison:
    """Compare two runs in what both have, relative to each column's largest value."""
    places, largest = _places(theirs[CLOCK], ours[CLOCK])
    shared = [column for column in ours if column in theirs and column not in {CLOCK, *CONTROLS}]
    where, moment = "Time", float(ours[CLOCK][0])
    for column in shared:
        apart = np.abs(ours[column] - theirs[column][places])
        apart = np.where(np.isfinite(apart), apart, np.inf) / max(float(np.abs(ours[column]).max()), ZERO)
        if apart.max() > largest:
            largest, where = float(apart.max()), _shown(column)
            moment = float(ours[CLOCK][int(apart.argmax())])
    return Comparison(len(shared), (), largest, where, moment)


def _places(have: Values, wanted: Values) -> tuple[NDArray[np.intp], float]:
    """Return where the wanted moments stand among those of the run, and infinity if one of them is missing."""
    places = np.abs(have[None, :] - wanted[:, None]).argmin(axis=1)
    apart = np.abs(have[places] - wanted)
    return places, 0.0 if (apart <= RELATIVE / 10 * np.maximum(1.0, np.abs(wanted))).all() else float("inf")


def _relative(found: Values, printed: Printed) -> Values:
    """Return relative differences; 0 where no number is expected or the difference is no more than what printing and
    single precision leave, infinite where no number was found."""
    expected = printed.values
    scale = np.maximum(np.abs(found), np.abs(expected))
    apart = np.abs(found - expected)
    left = max(printed.rounding, SINGLE * float(np.nanmax(np.abs(expected), initial=0.0)))
    same = (apart <= left) | ((np.abs(found) <= ZERO) & (np.abs(expected) <= ZERO)) | np.isnan(expected)
    relative = np.where(same, 0.0, apart / np.where(scale > 0, scale, 1.0))
    return np.where(np.isfinite(found) | np.isnan(expected), relative, np.inf)


def _shown(column: Column) -> str:
    name = column[0].replace("_", " ")
    return f"{name}[{', '.join(column[1:])}]" if len(column) > 1 else name
