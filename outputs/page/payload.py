"""Packs the page's data: a header of plain data and arrays of numbers, deflated."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNED = 8  # bytes: every array begins where a number of eight bytes may
KINDS = {"f8": "<f8", "f4": "<f4", "i4": "<i4", "i2": "<i2", "u1": "u1"}
STRONGEST = 9


@dataclass
class Payload:
    """Arrays by name and plain data; `deflated` gives the bytes (ui/src/worker/payload.ts reads them)."""

    header: dict[str, Any]
    _entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    _parts: list[bytes] = field(default_factory=list)
    _size: int = 0

    def add(self, name: str, values: NDArray[Any], kind: str = "f8") -> None:
        """Add an array. Numbers of eight bytes are shuffled (all first bytes, then all second ones) to pack better."""
        array = np.ascontiguousarray(values, dtype=KINDS[kind])
        raw = array.tobytes()
        shuffled = kind == "f8"
        if shuffled:
            raw = np.frombuffer(raw, np.uint8).reshape(-1, array.itemsize).T.tobytes()
        entry: dict[str, Any] = {"at": self._size, "shape": list(np.shape(values)), "dtype": kind}
        self._entries[name] = entry | ({"shuffled": True} if shuffled else {})
        padded = raw + bytes(-len(raw) % ALIGNED)
        self._parts.append(padded)
        self._size += len(padded)

    def add_all(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Add arrays in the kind of numbers they have."""
        for name, array in arrays.items():
            self.add(name, array, array.dtype.str.lstrip("<|="))

    def deflated(self) -> bytes:
        """The length of the header, the header, the numbers; as raw deflate."""
        head = json.dumps(self.header | {"arrays": self._entries}, ensure_ascii=False, separators=(",", ":")).encode()
        start = len(head).to_bytes(4, "little") + head
        whole = start + bytes(-len(start) % ALIGNED) + b"".join(self._parts)
        packer = zlib.compressobj(STRONGEST, zlib.DEFLATED, -zlib.MAX_WBITS)
        return packer.compress(whole) + packer.flush()
