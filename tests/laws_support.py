"""The real model under its laws: one loaded model, shared runs, and levers set by name.

Runs are kept for the whole test session, so that every law reads the same few simulations. Results are raw (one
value per step) unless a test asks for years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import xarray as xr

from model.engine import annual, simulate
from model.inputs import build_inputs
from model.language import load_model
from model.language.structure import Model, Variable

RELATIVE = 1e-9  # what conservation allows: rounding of sums over some ten thousand cells

HEADLINES = (
    "Population",
    "Jobs held",
    "Nonregistered workers",
    "Dwellings",
    "Planned dwellings",
    "Dwellings under construction",
    "House price",
    "Positions",
    "Progress",
    "births",
    "deaths",
    "in migration",
    "out migration",
    "in migration jobs",
    "labour force",
    "unemployed",
    "unemployment rate",
    "employed residents",
    "workers here",
    "in commuters",
    "out commuters",
    "recruits from outside",
    "local hires",
    "filled jobs",
    "vacancies",
    "total positions",
    "vacancy rate",
    "households",
    "homes missing",
    "dwellings started",
    "dwellings completed",
    "house price index",
    "service level",
    "probability of moving",
    "municipal tax revenue",
    "tax forgone",
    "municipal result",
    "Ambition",
    "project jobs",
    "total population",
    "push",
    "pull",
)


@cache
def the_model() -> Model:
    """The model of the sector files."""
    return load_model()


@cache
def _inputs(start: int, until: int, step: float) -> xr.Dataset:
    return build_inputs(the_model(), start, until, step)


def fresh_inputs(start: int, until: int, step: float = 0.25) -> xr.Dataset:
    """Inputs of a run that a test may change."""
    return _inputs(start, until, step).copy(deep=True)


def levers() -> list[Variable]:
    """Every lever, in the order of the sector files."""
    return [variable for variable in the_model().variables.values() if variable.kind == "lever"]


def lever_range(variable: Variable) -> tuple[float, float]:
    """Lowest and highest value of a lever; a test may ask for no more."""
    low, high = variable.range or (None, None)
    assert low is not None
    assert high is not None
    return float(low), float(high)


def with_values(inputs: xr.Dataset, values: Mapping[str, float | xr.DataArray]) -> xr.Dataset:
    """Inputs with the named variables set: a number fills all places, an array takes the variable's shape."""
    changed = inputs.copy()
    for name, value in values.items():
        shape = changed[name]
        changed[name] = xr.full_like(shape, value) if isinstance(value, float | int) else value.transpose(*shape.dims)
    return changed


def run(inputs: xr.Dataset, save: Sequence[str] | None = HEADLINES) -> xr.Dataset:
    """Raw results of the saved variables (None: all)."""
    return simulate(the_model(), inputs, list(save) if save is not None else None)


def years(raw: xr.Dataset) -> xr.Dataset:
    """Results by year: levels on 31 December, flows over the year."""
    return annual(raw)


@cache
def reference(start: int = 2024, until: int = 2040) -> xr.Dataset:
    """Headlines of a run in which nothing is changed."""
    return run(_inputs(start, until, 0.25))


@cache
def everything() -> xr.Dataset:
    """Every variable of a run 2010–2030 in which nothing is changed."""
    return run(_inputs(2010, 2030, 0.25), None)


@cache
def turmoil() -> xr.Dataset:
    """Every variable of a run 2024–2034 with a bust, a boom, an exodus and levers pulled unevenly over places."""
    inputs = fresh_inputs(2024, 2034)
    uneven = np.random.default_rng(2)
    for lever in levers():
        low, high = lever_range(lever)
        if high > 1000:  # years of stop and closure are set below
            continue
        shape = inputs[lever.name].shape
        inputs[lever.name] = xr.full_like(inputs[lever.name], 0.0) + uneven.uniform(low, high, shape)
    closed = inputs["project"] == "stegra"
    inputs["project closure time"] = xr.where(closed, 2027.0, inputs["project closure time"])
    kiruna = inputs["municipality"] == "2584"
    inputs["baseline jobs"] = inputs["baseline jobs"] * xr.where(kiruna & (inputs["time"] > 2028), 0.3, 1.0)
    return run(inputs, None)


def of(results: xr.Dataset, name: str) -> xr.DataArray:
    """A result by the variable's name as written in the sector files."""
    return results[name.lower().replace(" ", "_")]


def change(stock: xr.DataArray) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Change of a stock over each step."""
    return np.diff(stock.transpose("time", ...).to_numpy(), axis=0)


def gap(left: xr.DataArray, right: xr.DataArray, scale: xr.DataArray) -> float:
    """Largest difference of two amounts relative to the largest size of what they are part of."""
    first, second = xr.broadcast(left, right)
    return float(abs(first - second).max()) / max(float(abs(scale).max()), 1.0)


def residual(results: xr.Dataset, stock: str, flow: xr.DataArray) -> float:
    """Largest part of a stock's change over a step that its flows do not explain, relative to the stock."""
    level = of(results, stock)
    step = float(results.attrs["step"])
    explained = flow.transpose("time", *level.dims[1:]).to_numpy()[:-1] * step
    return float(np.abs(change(level) - explained).max()) / max(float(abs(level).max()), 1.0)
