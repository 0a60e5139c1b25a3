"""Small models for the engine's tests: the town of tests/models, and models written in a test."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xarray as xr

from model.inputs import build_inputs
from model.language import Model, load_model

TOWN = Path(__file__).parent / "models" / "town" / "sectors"
REAL = Path(__file__).parents[1] / "model" / "sectors"

DIMENSIONS = """{UTF-8}
place: north, middle, south ~~ Places. |
site <-> place ~~ Sites. |
group: small, large ~~ Groups. |
"""


def town(until: int = 2014, step: float = 0.25) -> tuple[Model, xr.Dataset]:
    """Return the town model and its inputs from 2010."""
    model = load_model(TOWN)
    return model, build_inputs(model, 2010, until, step)


def written(folder: Path, text: str, tables: dict[str, pd.DataFrame] | None = None) -> Model:
    """Return a model of three places with these further equations (and tables)."""
    sectors = folder / "model" / "sectors"
    sectors.mkdir(parents=True)
    (folder / "model" / "values").mkdir()
    (sectors / "all.mdl").write_text(DIMENSIONS + text, encoding="utf-8")
    for name, table in (tables or {}).items():
        table.to_csv(folder / "model" / "values" / f"{name}.csv", index=False)
    return load_model(sectors)
