"""Runs an engine on NumPy: one run, step by step."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.engine.compiled import Arrays, Engine
from model.engine.order import Stage


def run(engine: Engine, constants: Arrays, exogenous: Arrays, dt: float) -> dict[str, NDArray[np.float64]]:
    """Return every saved variable with a leading axis of steps.

    `constants`: inputs of the run; `exogenous`: series and levers, one value a step, and `time`.
    """
    steps = len(exogenous["time"])
    with np.errstate(all="ignore"):
        c = {**constants, **engine.static(constants, dt, np)}
        drivers = {**exogenous, **engine.drivers(c, exogenous, dt, np)}
        first = {name: values[0] for name, values in drivers.items()}
        stocks, frozen = engine.start(c, first, dt, np)
        saved = _loop(engine, (stocks, frozen, c), {n: drivers[n] for n in engine.emitted.in_step}, (steps, dt))
    return {name: _series(engine, name, (saved, c, drivers, frozen), steps) for name in engine.emitted.saved}


def _loop(engine: Engine, known: tuple[Arrays, Arrays, Arrays], drivers: Arrays, clock: tuple[int, float]) -> Arrays:
    stocks, frozen, constants = known
    steps, dt = clock
    columns: Arrays = {}
    for number in range(steps):
        now = {name: values[number] for name, values in drivers.items()}
        stocks, values = engine.step(stocks, frozen, constants, now, dt, np)
        if not columns:
            columns = {name: np.empty((steps, *np.shape(value))) for name, value in values.items()}
        for name, value in values.items():
            columns[name][number] = value
    return columns


def _series(engine: Engine, name: str, known: tuple[Arrays, ...], steps: int) -> Any:
    """Return a saved variable over all steps, wherever it was computed."""
    saved, constants, drivers, frozen = known
    if name in saved:
        return saved[name]
    if engine.emitted.stage[name] == Stage.DRIVER:
        return np.asarray(drivers[name], dtype=float)
    value = np.asarray(frozen[name] if name in frozen else constants[name], dtype=float)
    return np.broadcast_to(value, (steps, *value.shape))
