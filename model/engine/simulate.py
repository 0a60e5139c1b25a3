"""Runs a model on its inputs: labelled data in, labelled data out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.compiled import Arrays, ByHash, compile_model
from model.language.errors import ModelErrors, Problem, did_you_mean
from model.language.expressions import key
from model.language.structure import Model, Variable

Backend = Literal["loops", "jax", "numpy"]
INPUTS = ("parameter", "given", "lever", "series")
"""Kinds of variables that a run is given."""
STEP = 0.25  # years: a quarter, the model's time step


def simulate(
    model: Model,
    inputs: xr.Dataset,
    save: Sequence[str] | None = None,
    backend: str = "numpy",
    step: float | None = None,
) -> xr.Dataset:
    """Return the saved variables over time (first dimension `time`, in years; names as in results).

    `inputs` come from build_inputs, levers possibly with a `time` dimension; `save` names variables of any kind
    (None: every stock and auxiliary); `backend` is "numpy", "jax" or "loops". A `step` other than that of the inputs is
    refused, since levers and series hold one value per step. Raises ModelErrors.
    """
    wanted = wanted_keys(model, save)
    if step is not None and step != inputs.attrs["step"]:
        what = f"the inputs have a step of {inputs.attrs['step']} years, the run one of {step}."
        raise ModelErrors([Problem("inputs", 0, what, f"Build them with build_inputs(…, step={step}).")])
    engine = compile_model(model, wanted, backend)
    emitted = engine.emitted
    constants, exogenous = gather(model, inputs, (emitted.inputs, emitted.exogenous))
    found = _backend(backend)(engine, constants, exogenous, float(inputs.attrs["step"]))
    return _dataset(model, inputs, found)


def fastest() -> Backend:
    """Return the fastest back end that is installed."""
    if find_spec("llvmlite") is not None:
        return "loops"
    return "jax" if find_spec("jax") is not None else "numpy"


def _backend(name: str) -> Any:
    if name == "numpy":
        from model.engine.numpy_backend import run

        return run
    if name == "jax":
        from model.engine.jax_backend import run as run_jax

        return run_jax
    if name == "loops":
        from model.engine.loops.run import run as run_loops

        return run_loops
    raise unknown_backend(name)


def unknown_backend(name: str) -> ModelErrors:
    """Return the error for a back end there is not."""
    return ModelErrors([Problem("backend", 0, f"'{name}' is not a back end.", "Use 'loops', 'jax' or 'numpy'.")])


def wanted_keys(model: Model, save: Sequence[str] | None) -> list[str]:
    """Return the keys of the variables to save (None: every stock and auxiliary). Raises ModelErrors."""
    if save is None:
        return [v.key for v in model.variables.values() if v.kind in ("stock", "auxiliary")]
    problems = [
        Problem("save", 0, f"the model has no variable '{name}'.", did_you_mean(name, model.variables))
        for name in save
        if name not in model.variables or model.variables[name].kind == "lookup"
    ]
    if problems:
        raise ModelErrors(problems)
    return [key(name) for name in save]


@dataclass(frozen=True)
class Purpose:
    """What inputs are named for, as messages tell it: `where`; why a computed variable `cannot` serve (a text with
    {name} and {kind}); the `way` out."""

    where: str
    cannot: str
    way: str


def input_keys(model: Model, names: Sequence[str], purpose: Purpose) -> list[str]:
    """Return the keys of inputs: parameters, given tables, levers, series. Raises ModelErrors on any other name."""
    problems = []
    for name in names:
        variable = model.variables.get(name)
        if variable is None:
            hint = did_you_mean(name, model.variables)
            problems.append(Problem(purpose.where, 0, f"the model has no variable '{name}'.", hint))
        elif variable.kind not in INPUTS:
            what = purpose.cannot.format(name=variable.name, kind=variable.kind)
            problems.append(Problem(purpose.where, 0, what, purpose.way))
    if problems:
        raise ModelErrors(problems)
    return [key(name) for name in names]


def gather(model: Model, inputs: xr.Dataset, names: tuple[Sequence[str], Sequence[str]]) -> tuple[Arrays, Arrays]:
    """Return the constants and the exogenous quantities (with a leading axis of steps) as plain arrays."""
    times = inputs["time"].to_numpy().astype(float)
    given = inputs.variables
    fixed, moving = (_named(ByHash(model), tuple(some)) for some in names)
    constants: Arrays = {key: _constant(variable, given[variable.name]) for key, variable in fixed}
    constants |= {"initial_time": times[0], "final_time": times[-1]}
    exogenous = {key: _over_time(variable, given[variable.name], len(times)) for key, variable in moving}
    return constants, {"time": times, **exogenous}


@lru_cache(maxsize=32)
def _named(model: ByHash, names: tuple[str, ...]) -> tuple[tuple[str, Variable], ...]:
    """Return the variables with these names; to look two hundred of them up takes as long as a tenth of a run."""
    return tuple((name, model.model.variables[name]) for name in names)


def _constant(variable: Variable, array: xr.Variable) -> Any:
    if "time" in array.dims:
        what = f"'{variable.name}' is a {variable.kind} and has values over time."
        raise ModelErrors([Problem("inputs", 0, what, "Only levers and series change over time: give one value.")])
    values = _ordered(array, variable.dims)
    return values if values.ndim else np.float64(values)


def _ordered(array: xr.Variable, dims: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the numbers with their axes in this order; xarray takes longer to transpose nothing than we to look."""
    ordered = array if array.dims == dims else array.transpose(*dims)
    return np.asarray(ordered.values, dtype=float)


def _over_time(variable: Variable, array: xr.Variable, steps: int) -> Any:
    if "time" in array.dims:
        return _ordered(array, ("time", *variable.dims))
    values = _ordered(array, variable.dims)
    return np.broadcast_to(values, (steps, *values.shape))


def _dataset(model: Model, inputs: xr.Dataset, found: Arrays) -> xr.Dataset:
    """Return the results with coordinates, units and long names."""
    shown = _named(ByHash(model), tuple(found))
    dims = dict.fromkeys(dim for _, variable in shown for dim in variable.dims)
    coordinates: dict[str, Any] = {"time": inputs.variables["time"]}
    coordinates |= {dim: model.coordinates(dim) for dim in dims}
    arrays = {name: xr.Variable(("time", *variable.dims), found[name], describe(variable)) for name, variable in shown}
    return xr.Dataset(arrays, coordinates, dict(inputs.attrs))


def describe(variable: Variable) -> dict[str, str]:
    """Return the attributes of a variable: units, name as written, definition, kind, sector."""
    return {
        "units": variable.unit,
        "long_name": variable.name,
        "description": variable.definition,
        "kind": variable.kind,
        "sector": variable.sector,
    }
