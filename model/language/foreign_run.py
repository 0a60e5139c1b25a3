"""Runs a Vensim file written elsewhere on our engine, with the file's own clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.simulate import simulate
from model.inputs import parameter_values
from model.language.errors import ModelErrors, Problem
from model.language.expressions import key
from model.language.foreign import Foreign
from model.language.structure import Model, Variable

Values = NDArray[np.float64]


@dataclass(frozen=True)
class ForeignRun:
    """Results of a run: saved moments, and every number over them by variable and elements (keys)."""

    times: Values
    series: Mapping[tuple[str, ...], Values]


def run_vensim(foreign: Foreign, backend: str = "numpy") -> ForeignRun:
    """Run the file from INITIAL TIME to FINAL TIME; what is saved are the moments of SAVEPER.

    Raises ModelErrors where a result is not a finite number: no number of such a run is given out.
    """
    model, clock = foreign.model, foreign.clock
    moments: Values = np.asarray(clock.start + clock.step * np.arange(clock.steps + 1), dtype=np.float64)
    wanted = [variable.key for variable in model.variables.values() if variable.kind != "lookup"]
    raw = simulate(model, _inputs(model, moments, clock.step), wanted, backend)
    saved = slice(None, None, clock.every)
    series: dict[tuple[str, ...], Values] = {}
    for variable in model.variables.values():
        if variable.kind != "lookup":
            values = raw[variable.key].to_numpy()[saved].reshape(len(moments[saved]), -1)
            _check_finite(variable, values, moments[saved])
            names = ((variable.key, *elements) for elements in _elements(model, variable))
            series.update(zip(names, values.T, strict=True))
    return ForeignRun(moments[saved], series)


def _inputs(model: Model, moments: Values, step: float) -> xr.Dataset:
    arrays: dict[str, Any] = {
        variable.name: (variable.dims, parameter_values(model, variable))
        for variable in model.variables.values()
        if variable.kind in ("parameter", "lever")
    }
    return xr.Dataset(arrays, {"time": moments}, {"step": step})


def _elements(model: Model, variable: Variable) -> Iterator[tuple[str, ...]]:
    return itertools.product(*(model.ranges[key(dim)].elements for dim in variable.dims))


def _check_finite(variable: Variable, values: Values, moments: Values) -> None:
    wrong = ~np.isfinite(values).all(axis=1)
    if wrong.any():
        moment = moments[int(np.argmax(wrong))]
        what = f"'{variable.name}' is not a finite number at {moment:g}."
        resolution = "Guard its divisions (ZIDZ, XIDZ), logarithms and roots: no result of this run is given."
        raise ModelErrors([Problem(variable.file, variable.line, what, resolution)])
