"""What a machine computes with: code, packages, processor. Two that agree in it give the same bytes."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("numpy", "scipy", "xarray")
FAST_PACKAGES = {"loops": ("llvmlite",), "jax": ("jax", "jaxlib")}
CODE = ("model", "scenarios", "calibration")
"""Folders whose Python files take part in computing a member."""
SECTORS = "model/sectors"
COMPUTING_CALIBRATION = ("calibration/priors", "calibration/process_noise", "calibration/fit/stored")
NOT_COMPUTING = (
    "model/benchmark",
    "scenarios/compare",
    "scenarios/discover",
    "scenarios/sensitivity",
    "scenarios/target",
)


def identity(backend: str) -> dict[str, Any]:
    """The code, packages and processor of this process as plain data, for ensembles on one back end."""
    return {
        "code": _hash_of_files(".py", CODE),
        "model files": _hash_of_files(".mdl", (SECTORS,)),
        "packages": {name: _version(name) for name in (*PACKAGES, *FAST_PACKAGES.get(backend, ()))},
        "platform": " ".join([platform.system(), platform.machine(), *platform.libc_ver()]).strip(),
        "processor": processor(),
    }


def processor() -> list[str]:
    """The instruction sets that decide the last digits of a number."""
    import numpy as np

    shown: Any = np.show_config(mode="dicts")
    extensions = shown.get("SIMD Extensions", {})
    return [str(name) for part in ("baseline", "found") for name in extensions.get(part, ())]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


@cache
def _hash_of_files(ending: str, folders: tuple[str, ...]) -> str:
    """SHA-256 of the names and contents of the project's files with an ending."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for path in sorted(path for folder in folders for path in (root / folder).rglob(f"*{ending}")):
        name = path.relative_to(root).as_posix()
        other = name.startswith("calibration/") and not name.startswith(COMPUTING_CALIBRATION)
        if not other and not name.startswith(NOT_COMPUTING):
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
