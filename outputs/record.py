"""run.json: what made a run, complete enough to make it again."""

from __future__ import annotations

import hashlib
import json
import platform
import tomllib
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.run import Run, project_root

if TYPE_CHECKING:
    from scenarios.read import Scenario

PACKAGES = ("numpy", "scipy", "xarray", "pysd", "netCDF4", "matplotlib", "pandas")
DATA_FOLDERS = ("model/values",)
DATA_FILES = ("model/places.csv", "model/glossary.csv")


def run_record(run: Run, command: list[str], begun: datetime) -> dict[str, Any]:
    """Everything about a run as plain data; only the last entry, `times`, differs between equal runs."""
    ended = datetime.now(UTC)
    return {
        "norrsim": program_version(),
        "command": command,
        "model": {"sha256": run.model.hash, "files": _hashes(sorted(run.model.sectors.glob("*.mdl")))},
        "data": {"files": _hashes(data_files()), "vintages": _vintages()},
        "scenario": _scenario(run.scenario) | {"settings": run.settings.model_dump()},
        "changed_assumptions": [change.as_data() for change in run.changes],
        "fit": None if run.fit is None else run.fit.identity(),
        "seed": None,
        "engine": _engine(run),
        "times": {
            "begun": begun.isoformat(timespec="seconds"),
            "ended": ended.isoformat(timespec="seconds"),
            "seconds": round((ended - begun).total_seconds(), 2),
        },
    }


def write_record(record: dict[str, Any], path: Path) -> None:
    """Write run.json: UTF-8, indented, keys in the order given."""
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def program_version() -> str:
    """The version in pyproject.toml."""
    text = (project_root() / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def data_files() -> list[Path]:
    """The tables that a run reads, in a fixed order."""
    root = project_root()
    tables = [path for folder in DATA_FOLDERS for path in sorted((root / folder).rglob("*.csv"))]
    return [*(root / name for name in DATA_FILES), *tables]


def _hashes(files: list[Path]) -> dict[str, str]:
    root = project_root()
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


def _vintages() -> dict[str, int]:
    """Last observed year of each table of history: how recent the data are."""
    from outputs.observed import last_years

    return last_years()


def _scenario(scenario: Scenario) -> dict[str, Any]:
    header = scenario.header.model_dump()
    files = {part.name: hashlib.sha256(part.path.read_bytes()).hexdigest() for part in scenario.chain}
    return {"name": scenario.name, "sha256": files} | header


def _engine(run: Run) -> dict[str, Any]:
    from scenarios.ensemble.identity import FAST_PACKAGES

    packages = (*PACKAGES, *FAST_PACKAGES.get(run.order.backend, ()))
    return {
        "backend": run.order.backend,
        "step_years": run.step,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "packages": {name: _package(name) for name in packages},
    }


def _package(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
