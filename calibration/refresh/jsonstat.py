"""JSON-stat 2 datasets (https://json-stat.org/full) as tables of codes; nothing is guessed from a damaged answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from calibration.refresh.problems import RefreshError

VALUE, STATUS = "value", "status"
WAY_OUT = "Try again later; when it stays so, the service has changed and the program must follow."


@dataclass(frozen=True)
class Dimension:
    """A variable: its code, label, and values (code → label) in the order of the cells."""

    code: str
    label: str
    values: dict[str, str]
    extension: Mapping[str, Any]

    @property
    def eliminable(self) -> bool:
        """Whether the variable may be left out of a question."""
        return bool(self.extension.get("elimination"))

    @property
    def codelists(self) -> tuple[str, ...]:
        """Codelists that can be applied to the variable."""
        return tuple(str(each.get("id")) for each in self.extension.get("codelists") or ())


@dataclass(frozen=True)
class Dataset:
    """A dataset: title, time of update, dimensions, notes; cells in row-major order (none in metadata)."""

    label: str
    updated: str
    dimensions: tuple[Dimension, ...]
    notes: tuple[str, ...]
    time: str | None
    cells: pd.DataFrame

    def dimension(self, code: str) -> Dimension | None:
        """The dimension with a code, None when there is none."""
        return next((each for each in self.dimensions if each.code == code), None)


def read_dataset(data: Any, where: str, with_cells: bool = True) -> Dataset:
    """Check and read a JSON-stat 2 dataset; without cells for metadata. Raises RefreshError telling what is wrong."""
    if not isinstance(data, dict) or data.get("class") != "dataset" or str(data.get("version", "")) < "2":
        raise _damaged(where, "it is no JSON-stat 2 dataset")
    ids, sizes = data.get("id"), data.get("size")
    if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes):
        raise _damaged(where, "'id' and 'size' do not fit together")
    dimensions = tuple(_dimension(data, str(code), size, where) for code, size in zip(ids, sizes, strict=True))
    role = data.get("role") or {}
    times = role.get("time") or []
    cells = _cells(data, dimensions, where) if with_cells else pd.DataFrame()
    return Dataset(
        str(data.get("label") or ""),
        str(data.get("updated") or ""),
        dimensions,
        tuple(str(note) for note in data.get("note") or ()),
        str(times[0]) if times else None,
        cells,
    )


def _dimension(data: Mapping[str, Any], code: str, size: Any, where: str) -> Dimension:
    described = (data.get("dimension") or {}).get(code)
    if not isinstance(described, dict) or not isinstance(described.get("category"), dict):
        raise _damaged(where, f"the variable '{code}' is not described")
    category = described["category"]
    labels = category.get("label") or {}
    index = category.get("index", list(labels))
    order = sorted(index, key=lambda value: index[value]) if isinstance(index, dict) else list(index)
    if len(order) != size:
        raise _damaged(where, f"the variable '{code}' has {len(order)} values, but its size is {size}")
    values = {str(value): str(labels.get(value, value)) for value in order}
    return Dimension(code, str(described.get("label") or code), values, described.get("extension") or {})


def _cells(data: Mapping[str, Any], dimensions: Sequence[Dimension], where: str) -> pd.DataFrame:
    count = math.prod(len(each.values) for each in dimensions)
    values = np.full(count, np.nan)
    for at, number in _entries(data.get("value"), count, "value", where):
        if number is None:
            continue
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise _damaged(where, f"cell {at} holds {number!r}, which is no number")
        values[at] = float(number)
    index = pd.MultiIndex.from_product([list(each.values) for each in dimensions], names=[d.code for d in dimensions])
    frame = pd.DataFrame({VALUE: values}, index=index).reset_index()
    frame[STATUS] = _statuses(data.get("status"), count, where)
    return frame


def _statuses(given: Any, count: int, where: str) -> list[str]:
    """Why a cell is empty or marked: '' where nothing is said."""
    if given is None:
        return [""] * count
    if isinstance(given, str):
        return [given] * count
    statuses = [""] * count
    for at, status in _entries(given, count, "status", where):
        statuses[at] = "" if status is None else str(status)
    return statuses


def _entries(given: Any, count: int, what: str, where: str) -> list[tuple[int, Any]]:
    """Position and content of the cells, given densely (a list) or sparsely (an object keyed by position)."""
    if isinstance(given, list):
        if len(given) != count:
            raise _damaged(where, f"'{what}' has {len(given)} cells where {count} belong")
        return list(enumerate(given))
    if isinstance(given, dict):
        try:
            entries = [(int(at), content) for at, content in given.items()]
        except ValueError:
            raise _damaged(where, f"a position in '{what}' is no whole number") from None
        if any(not 0 <= at < count for at, _ in entries):
            raise _damaged(where, f"a position in '{what}' is outside the {count} cells")
        return entries
    raise _damaged(where, f"'{what}' is missing")


def _damaged(where: str, what: str) -> RefreshError:
    return RefreshError(where, f"the answer is damaged: {what}.", WAY_OUT)
