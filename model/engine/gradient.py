"""The slope of a loss in the model's inputs: one compiled run forward and one back through every equation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.cache import SLOPE, settings
from model.engine.compiled import Arrays, Engine, compile_model
from model.engine.jax_backend import function
from model.engine.simulate import Purpose, gather, input_keys
from model.language.expressions import key
from model.language.structure import Model

Values = NDArray[np.float64]
Point = dict[str, Values]

FITTED = Purpose(
    "fitted",
    "'{name}' is computed by its equation and cannot be fitted.",
    "Name parameters, given tables, levers or series.",
)


@dataclass(frozen=True)
class Loss:
    """What is to be made small: `of` takes {key: (time, *dims)} of the variables it `reads`, returns one number.

    `of` is written with jax.numpy (or operators alone), so that it can be differentiated.
    """

    reads: tuple[str, ...]
    of: Callable[[Arrays], Any]


@dataclass(frozen=True, eq=False)
class LossGradient:
    """A compiled loss and its slope. `start`: the values of the fitted inputs as the run has them, by name."""

    start: Point
    _both: Callable[[Arrays], tuple[Any, Arrays]]
    _alone: Callable[[Arrays], Any]

    def __call__(self, values: Mapping[str, Any]) -> tuple[float, Point]:
        """Return the loss at these values of the fitted inputs, and its slope in each of them, in their shapes."""
        loss, slopes = self._both(self._arrays(values))
        return float(loss), {name: np.asarray(slopes[name]) for name in self.start}

    def value(self, values: Mapping[str, Any]) -> float:
        """Return the loss alone: a run forward."""
        return float(self._alone(self._arrays(values)))

    def _arrays(self, values: Mapping[str, Any]) -> Arrays:
        return {name: np.asarray(values[name], dtype=float) for name in self.start}


def loss_gradient(model: Model, inputs: xr.Dataset, fitted: Sequence[str], loss: Loss) -> LossGradient:
    """Return the loss and its reverse-mode gradient in the fitted inputs, compiled once, in double precision.

    `fitted` names parameters, given tables, levers and series; a lever without a `time` dimension in `inputs` is one
    constant per element. Nothing of a step but the stocks is kept on the way forward: on the way back each step is
    computed anew (rematerialisation), which takes a sixth of the memory and less time than keeping it.
    An input that the loss does not depend on has slope 0. Raises ModelErrors, BackendMissingError without JAX.
    """
    input_keys(model, fitted, FITTED)
    engine = compile_model(model, [key(name) for name in loss.reads])
    start = {name: _start(model, inputs, name) for name in fitted}
    of_values = loss_of_values(engine, model, inputs, loss)
    import jax

    both, alone = (jax.jit(f, compiler_options=settings(SLOPE)) for f in (jax.value_and_grad(of_values), of_values))
    return LossGradient(start, both, alone)


def _start(model: Model, inputs: xr.Dataset, name: str) -> Values:
    variable = model.variables[name]
    array = inputs.variables[variable.name]
    lead = ["time"] if "time" in array.dims else []
    return np.array(array.transpose(*lead, *variable.dims), dtype=float)


def loss_of_values(engine: Engine, model: Model, inputs: xr.Dataset, loss: Loss) -> Callable[[Arrays], Any]:
    """Return the loss as a pure function of inputs by name, for JAX to differentiate, compile or put into a sampler.

    What is not given keeps the value of `inputs`. Raises BackendMissingError without JAX.
    """
    constants, exogenous = gather(model, inputs, (engine.emitted.inputs, engine.emitted.exogenous))
    simulate = function(engine, float(inputs.attrs["step"]), remember=False)
    import jax.numpy as xp

    def of_values(values: Arrays) -> Any:
        by_key: Arrays = {key(name): value for name, value in values.items()}
        mine = {name: by_key.get(name, old) for name, old in constants.items()}
        path: Arrays = {name: by_key.get(name, old) for name, old in exogenous.items()}
        over_time = {name: xp.broadcast_to(path[name], np.shape(old)) for name, old in exogenous.items()}
        return loss.of(simulate(mine, over_time))

    return of_values
