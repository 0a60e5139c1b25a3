"""Our engine on the population and migration sectors alone, the other sectors' part given as series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import xarray as xr

from model.language.structure import Model, Names


def with_series(model: Model, names: Sequence[str]) -> Model:
    """Return the model with these variables given over time instead of computed; inputs hold their numbers."""
    chosen = {model.variables[name].name for name in names}
    variables = {
        variable.name: replace(variable, kind="series", inputs=()) if variable.name in chosen else variable
        for variable in model.variables.values()
    }
    given = " ".join(sorted(chosen))
    return replace(model, variables=Names(variables), hash=f"{model.hash} given {given}")


def with_feeds(inputs: xr.Dataset, fed: xr.Dataset) -> xr.Dataset:
    """Return the inputs with what the other sectors feed in."""
    return inputs.assign({str(name): fed[name] for name in fed})
