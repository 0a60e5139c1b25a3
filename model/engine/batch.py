"""Runs many members side by side: one compiled loop, yearly results, nothing else leaves it.

The members lie in the last axis of every array (model/engine/arrays.py). A block always has the same width, its last
member repeated where there are fewer, and no operation meets two members: so a member's numbers depend on its inputs
alone, whoever its neighbours are. At another place of the block they may differ in their last bits, since the compiler
may order the work of the places differently: keep a member at its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.annual import sums_over_the_year
from model.engine.arrays import alone
from model.engine.compiled import Arrays, compile_model
from model.engine.simulate import Backend, Purpose, fastest, gather, input_keys, unknown_backend, wanted_keys
from model.engine.yearly import Plan, Runner, calendar, jax_runner, loops_runner, numpy_runner
from model.language.expressions import key
from model.language.structure import Model

Values = NDArray[np.float64]
BLOCK = 8  # members computed at once
VARIED = Purpose(
    "varied",
    "'{name}' is computed (a {kind}): it cannot differ between members.",
    "Vary parameters, given tables, levers or series.",
)


@dataclass(frozen=True)
class Wanted:
    """What a batch varies and gives.

    `varied`: names of the inputs that differ between members (parameters, given tables, levers, series);
    `save`: names of variables of any kind; `years`: calendar years to give (None: all of the run); `backend` None: the
    fastest that is installed.
    """

    varied: tuple[str, ...]
    save: tuple[str, ...]
    years: tuple[int, ...] | None = None
    backend: Backend | None = None
    size: int = BLOCK


@dataclass(frozen=True, eq=False)
class Batch:
    """A model compiled for blocks of members."""

    years: tuple[int, ...]
    size: int
    shapes: Mapping[str, tuple[int, ...]]
    saved: Mapping[str, tuple[int, ...]]
    steps: int
    _common: tuple[Arrays, Arrays]
    _runner: Runner

    def run(self, varied: Mapping[str, Any]) -> dict[str, Values]:
        """Return the yearly values {key: (members, years, *dims)} of up to `size` members.

        `varied` holds every varied input as an array (members, *dims); levers and series may have an axis of time
        after that of the members, one value a step. Flows are summed over the calendar year (NaN in the first year
        of the run), all else is as on 31 December. Raises ValueError on wrong names or shapes.
        """
        given = {key(name): np.asarray(values, dtype=float) for name, values in varied.items()}
        count = self._count(given)
        constants, exogenous = (dict(arrays) for arrays in self._common)
        for name, values in given.items():
            if name in constants:
                constants[name] = self._lanes(values)
            elif name in exogenous:
                exogenous[name] = self._lanes(self._timed(name, values))
        found = self._runner(constants, exogenous)
        return {name: self._members(np.asarray(found[name]), name, count) for name in self.saved}

    def _count(self, given: Mapping[str, Values]) -> int:
        if set(given) != set(self.shapes):
            raise ValueError(f"the batch varies {sorted(self.shapes)}, not {sorted(given)}")
        counts = {len(values) for values in given.values()} or {1}
        count = counts.pop()
        if counts or not 1 <= count <= self.size:
            raise ValueError(f"a block holds 1 to {self.size} members, the same number of every input")
        for name, values in given.items():
            plain, timed = self.shapes[name], (self.steps, *self.shapes[name])
            over_time = name in self._common[1] and values.shape[1:] == timed
            if values.shape[1:] != plain and not over_time:
                raise ValueError(f"'{name}' has the shape {values.shape[1:]} for a member, not {plain}")
        return count

    def _timed(self, name: str, values: Values) -> Values:
        shape = self.shapes[name]
        if values.shape[1:] == (self.steps, *shape):
            return values
        return np.broadcast_to(values[:, None], (len(values), self.steps, *shape))

    def _lanes(self, values: Values) -> Values:
        """Return the values with members in the last axis, the last one repeated to the full width."""
        missing = self.size - len(values)
        filled = np.concatenate([values, np.repeat(values[-1:], missing, axis=0)]) if missing else values
        return np.ascontiguousarray(filled.transpose(*range(1, filled.ndim), 0))

    def _members(self, values: Values, name: str, count: int) -> Values:
        whole = np.broadcast_to(values, (len(self.years), *self.saved[name], self.size))
        return np.ascontiguousarray(whole.transpose(whole.ndim - 1, *range(whole.ndim - 1))[:count])


def compile_batch(model: Model, inputs: xr.Dataset, wanted: Wanted) -> Batch:
    """Return the model ready to run blocks of members that differ from `inputs` in the varied ones.

    Raises ModelErrors on unknown names, variables that cannot vary, years outside the run, and a step that does not
    divide the year; BackendMissingError without JAX.
    """
    saved = tuple(dict.fromkeys(wanted_keys(model, wanted.save)))
    varied = input_keys(model, wanted.varied, VARIED)
    span = calendar(inputs, wanted.years)
    variables = [model.variables[name] for name in saved]
    flows = frozenset(v.key for v in variables if sums_over_the_year(v.unit, v.kind))
    backend = wanted.backend or fastest()
    engine = compile_model(model, saved, backend)
    plan = Plan(engine, span, flows, {name: model.shape(name) for name in saved}, wanted.size)
    names = engine.emitted
    constants, exogenous = gather(model, inputs, (names.inputs, names.exogenous))
    return Batch(
        years=span.years,
        size=wanted.size,
        shapes={name: model.shape(name) for name in varied},
        saved=plan.shapes,
        steps=len(inputs["time"]),
        _common=({n: alone(v, np) for n, v in constants.items()}, {n: alone(v, np) for n, v in exogenous.items()}),
        _runner=_runner(backend, plan),
    )


def _runner(backend: str, plan: Plan) -> Runner:
    runners = {"loops": loops_runner, "jax": jax_runner, "numpy": numpy_runner}
    if backend not in runners:
        raise unknown_backend(backend)
    return runners[backend](plan)
