"""Runs an engine on JAX: double precision, one compiled loop over time; the extra `fast`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.engine.arrays import alone, members
from model.engine.cache import Executable
from model.engine.compiled import Arrays, Engine
from model.engine.held import holding
from model.engine.numpy_backend import outside_loop
from model.engine.together import Together, recorded

NEVER = -1e30  # a moment before every run: whether time is later is not known to the compiler
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
    found = _executable(engine, dt, len(exogenous["time"]))(constants, exogenous)
    return {name: np.asarray(found[name], dtype=float) for name in engine.emitted.saved}


@lru_cache(maxsize=8)
def _executable(engine: Engine, dt: float, steps: int) -> Executable:
    return Executable(function(engine, dt, once=True), f"single run of {steps} steps, {dt}: {engine.emitted.text}")


def load_jax() -> Any:
    """Return the package, set to double precision. Raises BackendMissingError."""
    try:
        import jax
    except ImportError as error:
        raise BackendMissingError(MISSING) from error
    settings: Any = jax.config
    settings.update("jax_enable_x64", True)
    return jax


@dataclass(frozen=True)
class Style:
    """How steps are traced. `once`: large arrays are computed once, see model/engine/held.py; `remember`: reverse mode
    keeps what each step computed, or else computes it anew."""

    once: bool = False
    remember: bool = True


def function(
    engine: Engine, dt: float, *, remember: bool = True, once: bool = False
) -> Callable[[Arrays, Arrays], Arrays]:
    """Return a pure function (constants, exogenous) -> saved variables, to be compiled, batched or differentiated.

    Only saved variables leave the loop. With `remember` false the step is recomputed in reverse mode
    (rematerialisation), which saves memory; with `once` large arrays are computed once, for runs forward.
    Raises BackendMissingError without JAX.
    """
    xp = load_jax().numpy

    def simulate(constants: Arrays, exogenous: Arrays) -> Arrays:
        inputs = ({n: alone(v, xp) for n, v in constants.items()}, {n: alone(v, xp) for n, v in exogenous.items()})
        steps = len(exogenous["time"])
        _, saved, outside = scan(engine, inputs, dt, (None, lambda kept, _, now: (kept, now)), Style(once, remember))
        found = {name: values[..., 0] for name, values in saved.items()}
        for name, values in outside.items():
            found[name] = xp.broadcast_to(values[..., 0], (steps, *values.shape[1:-1]))
        return found

    return simulate


def scan(
    engine: Engine, inputs: tuple[Arrays, Arrays], dt: float, record: tuple[Any, Any], style: Style = Style()
) -> tuple[Any, Any, Arrays]:
    """Trace all steps on arrays with an axis of members.

    `record` is (what is kept at first, a function of what is kept so far, the number of the step and what is saved
    then, that returns what is kept and what leaves the loop). Returns what is kept at last, what left the loop (with
    a leading axis of steps), and the saved variables that no step computes.
    """
    jax = load_jax()
    xp = jax.numpy
    c, drivers, stocks, frozen = engine.prepared(*inputs, dt, xp)
    width = max(members(array) for arrays in inputs for array in arrays.values())
    stocks = {name: _wide(value, width, xp) for name, value in stocks.items()}
    in_step = {name: xp.asarray(drivers[name]) for name in engine.emitted.in_step}
    sums = _sums(engine, (stocks, frozen, c, in_step), dt)

    def step(carried: Arrays, known: Arrays) -> tuple[Arrays, Arrays]:
        sums.restart()
        following, saved = engine.step(carried, frozen, c, known, dt, sums)
        return {name: _wide(value, width, xp) for name, value in following.items()}, saved

    once = holding(jax, step, width)

    def body(carried: tuple[Arrays, Any], now: tuple[Any, Any, Arrays]) -> tuple[tuple[Arrays, Any], Any]:
        number, time, known = now
        following, saved = once(time > NEVER, carried[0], known) if style.once else step(carried[0], known)
        kept, out = record[1](carried[1], number, saved)
        return (following, kept), out

    body = body if style.remember else jax.checkpoint(body)
    steps = (xp.arange(len(drivers["time"])), drivers["time"][:, 0], in_step)
    (_, kept), out = jax.lax.scan(body, (stocks, record[0]), steps)
    return kept, out, outside_loop(engine, (c, drivers, frozen), xp)


def _sums(engine: Engine, known: tuple[Arrays, Arrays, Arrays, Arrays], dt: float) -> Together:
    """Return the `xp` under which the step takes its sums together."""
    stocks, frozen, c, in_step = known

    def trace(xp: Any) -> Any:
        now = {name: values[0] for name, values in in_step.items()}
        return engine.step(stocks, frozen, c, now, dt, xp)

    return recorded(load_jax(), [*frozen.values(), *c.values()], trace)


def _wide(value: Any, width: int, xp: Any) -> Any:
    """Return a stock with the full axis of members, so that it keeps its shape through all steps."""
    array = xp.asarray(value, dtype=float)
    return xp.broadcast_to(array, (*array.shape[:-1], width))
