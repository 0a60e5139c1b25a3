"""Writes the model with a scenario in force as one file that other programs read."""

import tempfile
from pathlib import Path

from outputs.folder import WAY_OUT, FolderError
from scenarios.apply import Applied, apply_or_raise
from scenarios.problems import Problem, ScenarioError
from scenarios.run import Order, Prepared, prepare

VENSIM, XMILE = (".mdl",), (".xmile", ".stmx")


def export_scenario(order: Order, path: Path, self_contained: bool) -> list[Path]:
    """Write the model with its numbers and the scenario to `path` (.mdl or .xmile) and return the files written.

    The files appear whole or not at all. Raises ScenarioError, ModelErrors, or FolderError when the file cannot be
    written.
    """
    if path.suffix.lower() not in VENSIM + XMILE:
        raise ScenarioError([Problem(str(path), "the ending tells no format.", "Use .mdl (Vensim) or .xmile (XMILE).")])
    try:
        if path.is_dir():
            raise FolderError(f"{path}: this is a folder, not a file.\n  {WAY_OUT}")
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-unfinished-", dir=path.parent) as folder:
            prepared = prepare(order)
            if prepared.model.sectors.resolve() == path.parent.resolve():
                raise FolderError(f"{path}: here stands the model itself.\n  Choose another place.")
            applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
            written = _write(prepared, applied, Path(folder) / path.name, self_contained)
            return [each.replace(path.parent / each.name) for each in written]
    except OSError as error:
        raise FolderError(f"{path}: cannot be written: {error.strerror or error}.\n  {WAY_OUT}") from error


def _write(prepared: Prepared, applied: Applied, path: Path, self_contained: bool) -> list[Path]:
    from model.export import export_model, export_xmile

    if path.suffix.lower() in VENSIM:
        return export_model(prepared.model, applied.inputs, path, self_contained=self_contained)
    try:
        return [export_xmile(prepared.model, applied.inputs, path)]
    except ImportError:
        way = "Install the extra 'dev' (make setup does), or write .mdl."
        raise ScenarioError([Problem(str(path), "XMILE is written through pysimlin, which is missing.", way)]) from None
