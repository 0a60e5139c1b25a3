"""The members on disk: a zarr group, one chunk for each result and block, and a record of each finished block.

A block's record is written after its data, so that what is recorded is whole at any moment; a checksum in it finds
what a fault of the disk has damaged. Nothing on disk depends on time, on the number of workers or on their order.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from model.whole import write_whole
from scenarios.ensemble.keep import STORED, Kept
from scenarios.ensemble.plan import MEMBERS, Plan, read_plan
from scenarios.ensemble.work import Block
from scenarios.problems import Problem, ScenarioError

ARRAYS, RECORDS = "members.zarr", "blocks"
LAYOUT = ".layout-"
"""Beginning of the name of a temporary folder."""
LEFT_OVER = (f"{ARRAYS}/**/*.partial", f"{RECORDS}/.*", ".plan.json.*", f"{LAYOUT}*")
"""What a killed process may have left: unfinished files of zarr, of records and of the plan."""
COMPRESSION = 1
"""Level of Zstandard: quick; results of chance hardly shrink more at a higher one."""
DIGITS = 5
"""Digits of a block's number in its record's name."""


@dataclass(frozen=True)
class Store:
    """The members of a plan in a folder."""

    folder: Path
    plan: Plan
    kept: tuple[Kept, ...]

    @property
    def size(self) -> int:
        """Members of a block."""
        return int(self.plan["engine"]["block"])

    def blocks(self) -> list[range]:
        """The members of every block."""
        count = int(self.plan[MEMBERS])
        return [range(first, min(first + self.size, count)) for first in range(0, count, self.size)]

    def prepare(self, missing: list[range]) -> None:
        """Make the empty arrays, or make those of a smaller ensemble longer; clean up after a killed process.

        Records of `missing` blocks (damaged, or of a smaller ensemble) are taken away.
        """
        for pattern in LEFT_OVER:
            for path in self.folder.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        (self.folder / RECORDS).mkdir(exist_ok=True)
        for members in missing:
            self._record(members).unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(prefix=LAYOUT, dir=self.folder) as temporary:
            made = Path(temporary)
            _write_layout(made, self)
            for path in sorted(each for each in made.rglob("*") if each.is_file()):
                _take_over(path, self.folder / ARRAYS / path.relative_to(made))

    def missing(self) -> list[range]:
        """The blocks that are not saved whole."""
        return [members for members in self.blocks() if not self._is_saved(members)]

    def write(self, members: range, block: Block) -> None:
        """Save a block and then record it. Raises OSError."""
        for name, values in block.items():
            self._arrays[name][members.start : members.stop] = values
        files = {path: _checksum(self.folder / path) for path in sorted(self._chunks(members))}
        record = {MEMBERS: [members.start, members.stop], "sha256": files}
        write_whole(self._record(members), json.dumps(record, indent=1) + "\n")

    @cached_property
    def _arrays(self) -> dict[str, Any]:
        """The arrays on disk. Chunks without a number are written like all others: a record speaks of each."""
        import zarr

        group: Any = zarr.open_group(self.folder / ARRAYS, mode="r+")
        return {each.name: group[each.name].with_config({"write_empty_chunks": True}) for each in self.kept}

    def _record(self, members: range) -> Path:
        return _record(self.folder, members.start // self.size)

    def _chunks(self, members: range) -> Iterator[str]:
        """The files of a block, from the folder."""
        for each in self.kept:
            place = "/".join(["0"] * (1 + len(each.dims)))
            yield f"{ARRAYS}/{each.name}/c/{members.start // self.size}/{place}"

    def _is_saved(self, members: range) -> bool:
        try:
            record = json.loads(self._record(members).read_text(encoding="utf-8"))
            files: dict[str, str] = record["sha256"]
            as_planned = record[MEMBERS] == [members.start, members.stop] and set(files) == set(self._chunks(members))
            return as_planned and all(_checksum(self.folder / path) == files[path] for path in files)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False


def saved_members(folder: Path, plan: Plan) -> int:
    """How many members of a plan are recorded in a folder."""
    size, count = int(plan["engine"]["block"]), int(plan[MEMBERS])
    return sum(_recorded(_record(folder, number)) for number in range(-(-count // size)))


def finished_plan(folder: Path) -> Plan:
    """The plan of a finished ensemble. Raises ScenarioError while members are missing, or when there is none."""
    plan = read_plan(folder)
    saved, count = saved_members(folder, plan), int(plan[MEMBERS])
    if saved != count:
        what = f"this ensemble is not finished: {saved} of its {count} members are saved."
        way = "Continue it with the command it was begun with; its plan.json tells what decided it."
        raise ScenarioError([Problem(f"{folder}", what, way)])
    return plan


def open_members(folder: Path) -> xr.Dataset:
    """The members of a finished ensemble: float32, dimensions (member, year, …), read when they are used.

    Flows are summed over the calendar year and unknown in the start year. Raises ScenarioError (finished_plan).
    """
    plan = finished_plan(folder)
    found: xr.Dataset = xr.open_zarr(folder / ARRAYS, chunks=None, consolidated=False, zarr_format=3)
    labels = {dim: np.array(found[dim].values.tolist()) for dim in found.dims if dim in found.coords}
    kept: list[str] = plan["keep"]
    return found[kept].assign_coords(labels | {"member": np.arange(plan[MEMBERS])})


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Keep another process from working on the same folder. Raises ScenarioError while one does."""
    import os

    try:
        import fcntl
    except ImportError:  # a system without such locks: two processes would write the same bytes twice
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        what = "another process is computing an ensemble in this folder."
        raise ScenarioError([Problem(f"{folder}", what, "Wait for it, or choose another folder with --out.")]) from None
    finally:
        os.close(place)


def _record(folder: Path, number: int) -> Path:
    """The record of a block."""
    return folder / RECORDS / f"{number:0{DIGITS}d}.json"


def _recorded(record: Path) -> int:
    """Members that a block's record speaks of; none without a record."""
    try:
        first, end = json.loads(record.read_text(encoding="utf-8"))[MEMBERS]
        return int(end) - int(first)
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _take_over(made: Path, place: Path) -> None:
    """Put a file in its place, unless it stands there already."""
    if place.is_file() and place.read_bytes() == made.read_bytes():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    made.replace(place)


def _write_layout(folder: Path, store: Store) -> None:
    """Write the group with its empty arrays and its coordinates."""
    import zarr
    from zarr.codecs import ZstdCodec

    first, last = store.plan["years"]
    years = tuple(range(first, last + 1))
    count = int(store.plan[MEMBERS])
    group = zarr.create_group(folder, zarr_format=3, overwrite=True)
    labels: dict[str, tuple[str | int, ...]] = {"year": years}
    for each in store.kept:
        labels |= dict(zip(each.dims, each.labels, strict=True))
        group.create_array(
            each.name,
            shape=(count, len(years), *each.shape),
            chunks=(store.size, len(years), *each.shape),
            dtype=STORED,
            fill_value=float("nan"),
            compressors=ZstdCodec(level=COMPRESSION),
            dimension_names=["member", "year", *each.dims],
            attributes=dict(each.attributes),
        )
    for dim, values in labels.items():
        kind: Any = np.int64 if isinstance(values[0], int) else str
        array = group.create_array(dim, shape=(len(values),), chunks=(len(values),), dtype=kind, dimension_names=[dim])
        array[:] = np.array(values, dtype=kind if kind is np.int64 else object)
