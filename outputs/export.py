"""Writes the model with a scenario in force as one file that other programs read."""

from pathlib import Path

from outputs.folder import WAY_OUT, FolderError
from scenarios.apply import apply_or_raise
from scenarios.problems import Problem, ScenarioError
from scenarios.run import Order, prepare

VENSIM, XMILE = (".mdl",), (".xmile", ".stmx")


def export_scenario(order: Order, path: Path, self_contained: bool) -> list[Path]:
    """Write the model with its numbers and the scenario to `path` (.mdl or .xmile) and return the files written.

    Raises ScenarioError, ModelErrors, or FolderError when the file cannot be written.
    """
    from model.export import export_model, export_xmile

    if path.suffix not in VENSIM + XMILE:
        raise ScenarioError([Problem(str(path), "the ending tells no format.", "Use .mdl (Vensim) or .xmile (XMILE).")])
    prepared = prepare(order)
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    try:
        if path.suffix in XMILE:
            return [export_xmile(prepared.model, applied.inputs, path)]
        return export_model(prepared.model, applied.inputs, path, self_contained=self_contained)
    except OSError as error:
        raise FolderError(f"{path}: cannot be written: {error.strerror}.\n  {WAY_OUT}") from error
