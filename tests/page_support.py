"""Data as the what-if page reads them, and Node to run the page's own source."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.engine.script.agreement import find_node

UI = Path(__file__).resolve().parents[1] / "outputs" / "page" / "ui"
ALIGNED = 8

needs_node = pytest.mark.skipif(
    not (UI / "node_modules" / "tsx").is_dir(),
    reason="needs the page's packages: npm ci in outputs/page/ui",
)


def run_script(name: str, header: Mapping[str, object], arrays: Mapping[str, np.ndarray], folder: Path) -> Path:
    """Run a script of ui/tests/worker on plain data and arrays; return what it wrote."""
    source, out = folder / "payload", folder / "out"
    source.write_bytes(payload(header, arrays))
    command = [find_node(), "--import", "tsx", f"tests/worker/{name}", str(source), str(out)]
    done = subprocess.run(command, cwd=UI, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


def payload(header: Mapping[str, object], arrays: Mapping[str, np.ndarray]) -> bytes:
    """Plain data and arrays as the page reads them, before they are deflated."""
    entries: dict[str, Any] = {}
    parts: list[bytes] = []
    at = 0
    for name, values in arrays.items():
        part = np.ascontiguousarray(values).tobytes()
        kind = f"{values.dtype.kind}{values.dtype.itemsize}"
        entries[name] = {"at": at, "shape": list(values.shape), "dtype": kind}
        parts.append(part + bytes(-len(part) % ALIGNED))
        at += len(parts[-1])
    text = json.dumps({**header, "arrays": entries}).encode()
    start = len(text).to_bytes(4, "little") + text
    return start + bytes(-len(start) % ALIGNED) + b"".join(parts)


def in_order(values: xr.DataArray) -> np.ndarray:
    """The numbers with time first."""
    dims = ["time"] if "time" in values.dims else []
    return values.transpose(*dims, ...).to_numpy().astype(np.float64)
