"""Writes the model with a scenario in force as one Vensim file, whole or not at all."""

import os
from pathlib import Path

from outputs.folder import WAY_OUT, FolderError
from scenarios.apply import apply_or_raise
from scenarios.run import Order, prepare


def export_scenario(order: Order, path: Path, self_contained: bool) -> None:
    """Write the model with its numbers and the scenario to `path`.

    Raises ScenarioError, ModelErrors, or FolderError when the file cannot be written.
    """
    from model.export import export_model

    prepared = prepare(order)
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    unfinished = path.with_name(f".{path.name}-unfinished")
    try:
        export_model(prepared.model, applied.inputs, unfinished, self_contained=self_contained)
        os.replace(unfinished, path)
    except OSError as error:
        raise FolderError(f"{path}: cannot be written: {error.strerror}.\n  {WAY_OUT}") from error
    finally:
        unfinished.unlink(missing_ok=True)
