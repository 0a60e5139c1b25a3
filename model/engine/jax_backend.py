"""Runs an engine on JAX: double precision, one compiled loop over time; the extra `fast`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.engine.compiled import Arrays, Engine
from model.engine.order import Stage

MISSING = (
    "the JAX back end needs the package 'jax', which is not installed.\n"
    "  Install the extra 'fast' (pip install -e .[fast]), or use the NumPy back end."
)


class BackendMissingError(ImportError):
    """JAX is not installed; the message says what to do."""


def run(engine: Engine, constants: Arrays, exogenous: Arrays, dt: float) -> dict[str, NDArray[np.float64]]:
    """Return every saved variable with a leading axis of steps (as the NumPy back end does).

    Raises BackendMissingError without JAX.
    """
    compiled = _compiled(engine, dt)
    found = compiled(constants, exogenous)
    return {name: np.asarray(found[name], dtype=float) for name in engine.emitted.saved}


@lru_cache(maxsize=8)
def _compiled(engine: Engine, dt: float) -> Callable[[Arrays, Arrays], Arrays]:
    jax = _jax()
    compiled: Callable[[Arrays, Arrays], Arrays] = jax.jit(function(engine, dt))
    return compiled


def _jax() -> Any:
    try:
        import jax
    except ImportError as error:
        raise BackendMissingError(MISSING) from error
    settings: Any = jax.config
    settings.update("jax_enable_x64", True)
    return jax


def function(engine: Engine, dt: float, *, remember: bool = True) -> Callable[[Arrays, Arrays], Arrays]:
    """Return a pure function (constants, exogenous) -> saved variables, to be compiled, batched or differentiated.

    Only saved variables leave the loop. With `remember` false the step is recomputed in reverse mode
    (rematerialisation), which saves memory. Raises BackendMissingError without JAX.
    """
    jax = _jax()
    xp = jax.numpy

    def simulate(constants: Arrays, exogenous: Arrays) -> Arrays:
        c = {**constants, **engine.static(constants, dt, xp)}
        drivers = {**exogenous, **engine.drivers(c, exogenous, dt, xp)}
        first = {name: values[0] for name, values in drivers.items()}
        stocks, frozen = engine.start(c, first, dt, xp)
        stocks = {name: xp.asarray(value, dtype=float) for name, value in stocks.items()}

        def step(carried: Arrays, now: Arrays) -> tuple[Arrays, Arrays]:
            return engine.step(carried, frozen, c, now, dt, xp)

        body = step if remember else jax.checkpoint(step)
        inputs = {name: xp.asarray(drivers[name]) for name in engine.emitted.in_step}
        steps = len(exogenous["time"])
        _, saved = jax.lax.scan(body, stocks, inputs, length=steps)
        return {**saved, **_outside_loop(engine, (c, drivers, frozen), steps, xp)}

    return simulate


def _outside_loop(engine: Engine, known: tuple[Arrays, Arrays, Arrays], steps: int, xp: Any) -> Arrays:
    """Return the saved variables that no step computes."""
    constants, drivers, frozen = known
    found = {}
    for name in engine.emitted.saved:
        stage = engine.emitted.stage[name]
        if stage == Stage.DRIVER:
            found[name] = drivers[name]
        elif stage != Stage.DYNAMIC:
            value = xp.asarray(frozen[name] if name in frozen else constants[name])
            found[name] = xp.broadcast_to(value, (steps, *value.shape))
    return found
