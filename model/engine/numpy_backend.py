"""Runs an engine on NumPy: one run or the members of a block side by side, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.engine.arrays import alone
from model.engine.compiled import Arrays, Engine
from model.engine.order import Stage

Record = Callable[[int, Arrays], None]


def run(engine: Engine, constants: Arrays, exogenous: Arrays, dt: float) -> dict[str, NDArray[np.float64]]:
    """Return every saved variable with a leading axis of steps.

    `constants`: inputs of the run; `exogenous`: series and levers, one value a step, and `time`.
    """
    steps = len(exogenous["time"])
    columns: Arrays = {}

    def record(number: int, values: Arrays) -> None:
        for name, value in values.items():
            if number == 0:
                columns[name] = np.empty((steps, *np.shape(value)[:-1]))
            columns[name][number] = np.asarray(value)[..., 0] if np.ndim(value) else value

    inputs = ({n: alone(v, np) for n, v in constants.items()}, {n: alone(v, np) for n, v in exogenous.items()})
    outside = loop(engine, inputs, dt, record)
    for name, values in outside.items():
        columns[name] = np.broadcast_to(values[..., 0], (steps, *values.shape[1:-1]))
    return {name: columns[name] for name in engine.emitted.saved}


def loop(engine: Engine, inputs: tuple[Arrays, Arrays], dt: float, record: Record) -> Arrays:
    """Run all steps on arrays with an axis of members; `record` takes (number of the step, what is saved then).

    Returns the saved variables that no step computes, with a leading axis of steps (length 1: the same in all).
    """
    with np.errstate(all="ignore"):
        c, drivers, stocks, frozen = engine.prepared(*inputs, dt, np)
        in_step = {name: drivers[name] for name in engine.emitted.in_step}
        for number in range(len(drivers["time"])):
            now = {name: values[number] for name, values in in_step.items()}
            stocks, values = engine.step(stocks, frozen, c, now, dt, np)
            record(number, values)
    return outside_loop(engine, (c, drivers, frozen), np)


def outside_loop(engine: Engine, known: tuple[Arrays, Arrays, Arrays], xp: Any) -> Arrays:
    """Return the saved variables that no step computes, with a leading axis of steps (length 1: the same in all)."""
    constants, drivers, frozen = known
    found = {}
    for name in engine.emitted.saved:
        stage = engine.emitted.stage[name]
        if stage == Stage.DRIVER:
            found[name] = xp.asarray(drivers[name], dtype=float)
        elif stage != Stage.DYNAMIC:
            value = xp.asarray(frozen[name] if name in frozen else constants[name], dtype=float)
            found[name] = (value if value.ndim else value[None])[None]
    return found
