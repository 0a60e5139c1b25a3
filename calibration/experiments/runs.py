"""Runs of the model's history that differ in a few inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from calibration.regressions.simulated import History
from model.engine.batch import BLOCK, Wanted, compile_batch

Values = NDArray[np.float64]
SAVED = (
    "total population", "net migration", "in migration", "out migration", "in migration jobs", "Population",
    "participation", "labour force", "unemployed", "employed residents", "stayers", "workers here", "in commuters",
    "out commuters", "Nonregistered workers", "registered elsewhere in Sweden", "filled jobs", "jobs in statistics",
    "project operating jobs", "project builders",
)  # fmt: skip
"""Variables that the experiments read."""


@dataclass(frozen=True)
class Variant:
    """A run: its name and the inputs it changes (values in the shape of the model's variable)."""

    name: str
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """Yearly results of a run by the model's variable names [year, …, municipality]."""

    name: str
    years: tuple[int, ...]
    codes: tuple[str, ...]
    values: Mapping[str, Values]

    def of(self, variable: str, code: str) -> Values:
        """One variable in a municipality [year]."""
        return self.values[variable][..., self.codes.index(code)]

    def at(self, variable: str, code: str, year: int) -> float:
        """One number."""
        return float(self.of(variable, code)[self.years.index(year)])


def with_fitted(fitted: Mapping[str, Any] | None = None) -> History:
    """The model's history with the fitted values of named inputs, if there are any."""
    return History.of(fitted)


def run(history: History, variants: Sequence[Variant]) -> dict[str, Outcome]:
    """Simulate variants side by side, 2010-2024, by name. Raises ModelErrors for an input the model does not have."""
    varied = sorted({name for variant in variants for name in variant.changes})
    batch = compile_batch(history.model, history.inputs, Wanted(tuple(varied), SAVED))
    found: dict[str, Outcome] = {}
    for first in range(0, len(variants), BLOCK):
        block = variants[first : first + BLOCK]
        values = {name: np.stack([value_of(history.inputs, variant, name) for variant in block]) for name in varied}
        results = batch.run(values)
        for i, variant in enumerate(block):
            own = {name: results[name.lower().replace(" ", "_")][i] for name in SAVED}
            found[variant.name] = Outcome(variant.name, batch.years, history.codes, own)
    return found


def value_of(inputs: xr.Dataset, variant: Variant, name: str) -> Values:
    """The value of an input in a variant: changed, or as it stands."""
    shape = inputs[name].shape
    return np.broadcast_to(np.asarray(variant.changes.get(name, inputs[name].values), dtype=np.float64), shape).copy()


def changed(inputs: xr.Dataset, name: str, where: Mapping[str, str], value: float) -> Values:
    """An input with one cell (or slice) set; `where` gives coordinates by dimension."""
    array = inputs[name].copy(deep=True)
    array.loc[dict(where)] = value
    return np.asarray(array.values, dtype=np.float64)
