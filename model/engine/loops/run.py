"""Runs an engine through loops: NumPy computes what is known before the first step, machine code the steps."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.engine.arrays import alone, members
from model.engine.compiled import Arrays, Engine
from model.engine.loops.economy import Economy
from model.engine.loops.machine import Machine
from model.engine.loops.memory import Given, Memory, memory
from model.engine.loops.schedule import Scheduler
from model.engine.loops.statements import OUT, Builder, Wanted
from model.engine.loops.writer import FLOW_ROWS, ROWS, Writer
from model.engine.numpy_backend import outside_loop
from model.engine.order import Stage

Values = NDArray[np.float64]
Rows = NDArray[np.int64]
ALIGNED = 64  # bytes


@dataclass(frozen=True)
class Shape:
    """What the code of a run depends on beside the equations: step, members at once, results that are added up over
    the year, arrays known before."""

    dt: float
    lanes: int
    flows: frozenset[str]
    given: tuple[tuple[str, Given], ...]


@dataclass(frozen=True, eq=False)
class Code:
    """The machine code of a run, with the arrays it takes, in order."""

    machine: Machine
    names: tuple[str, ...]
    memory: Memory


def written(engine: Engine, shape: Shape) -> tuple[str, tuple[str, ...], Memory]:
    """Return the text of a run, the names of its arrays and where they lie. Raises CannotLoopError."""
    parts = engine.emitted.parts
    builder = Builder(parts, shape.dt, shape.lanes)
    builder.build(Wanted(dynamic(engine), shape.flows))
    nests = Scheduler(builder).run()
    Economy(nests, builder.shapes).run()
    plan = memory(nests, builder.shapes, (dict(shape.given), parts.stocks))
    flows = {OUT + name: name in shape.flows for name in dynamic(engine)}
    writer = Writer(plan, shape.lanes, shape.dt).with_flows(flows)
    text = writer.write(nests)
    return text, tuple(writer.names), plan


def dynamic(engine: Engine) -> tuple[str, ...]:
    """Return the saved variables that steps compute."""
    return tuple(name for name in engine.emitted.saved if engine.emitted.stage[name] == Stage.DYNAMIC)


class Loops:
    """Runs an engine; its code is written at the first call, for arrays of the shapes of that call."""

    def __init__(self, engine: Engine, dt: float, flows: frozenset[str] = frozenset()) -> None:
        self._engine = engine
        self._dt = dt
        self._flows = flows
        self._codes: dict[Shape, Code] = {}
        self._lock = Lock()

    def __call__(self, inputs: tuple[Arrays, Arrays], rows: Mapping[str, Rows], lengths: int) -> tuple[Arrays, Arrays]:
        """Return the results of steps, each with a first axis of rows and a last one of members, and what is outside.

        `rows` holds the row of each step, for levels (ROWS) and for flows (FLOW_ROWS).
        """
        with np.errstate(all="ignore"):
            c, drivers, stocks, frozen = self._engine.prepared(*inputs, self._dt, np)
        lanes = max(members(array) for arrays in inputs for array in arrays.values())
        known = {**c, **frozen, **{name: drivers[name] for name in (*self._engine.emitted.in_step, "time")}}
        timed = {*self._engine.emitted.in_step, "time"}
        given, buffers = self._given(known, timed)
        code = self._code(Shape(self._dt, lanes, self._flows, tuple(sorted(given.items()))))
        outputs = self._buffers(code, (stocks, lanes, lengths), buffers)
        buffers |= {name: np.ascontiguousarray(values, dtype=np.int64) for name, values in rows.items()}
        table = (ctypes.c_void_p * len(code.names))(*(buffers[name].ctypes.data for name in code.names))
        code.machine(table, len(rows[ROWS]))
        return outputs, outside_loop(self._engine, (c, drivers, frozen), np)

    def _given(self, known: Arrays, timed: set[str]) -> tuple[dict[str, Given], dict[str, Any]]:
        given, buffers = {}, {}
        for name, values in known.items():
            array = np.asarray(values, dtype=float)
            over_time = name in timed
            if over_time and (len(array) == 1 or array.strides[0] == 0):
                array, over_time = array[0], False
            shape = array.shape[1 if over_time else 0 : -1] if array.ndim else ()
            wide = array.ndim > 0 and array.shape[-1] > 1
            given[name] = Given(shape, wide, over_time)
            buffers[name] = np.ascontiguousarray(array)
        return given, buffers

    def _code(self, shape: Shape) -> Code:
        with self._lock:
            if shape not in self._codes:
                text, names, plan = written(self._engine, shape)
                self._codes[shape] = Code(Machine(text), names, plan)
            return self._codes[shape]

    def _buffers(self, code: Code, known: tuple[Arrays, int, int], buffers: dict[str, Any]) -> Arrays:
        """Add the arrays that the step writes; return the results."""
        stocks, lanes, lengths = known
        outputs: Arrays = {}
        for name in code.names:
            if name in buffers or name in (ROWS, FLOW_ROWS):
                continue
            shape = (*code.memory.shape(name), lanes)
            if name.startswith(OUT):
                buffers[name] = outputs[name.removeprefix(OUT)] = empty((lengths, *shape))
                if name.removeprefix(OUT) in self._flows:
                    buffers[name][:] = 0.0
                continue
            buffers[name] = empty(shape)
            if name in stocks:
                buffers[name][:] = stocks[name]
        return outputs


def empty(shape: tuple[int, ...]) -> Values:
    """Return an array that begins where the processor reads fastest."""
    count = int(np.prod(shape))
    room = np.empty(count * 8 + ALIGNED, dtype=np.uint8)
    start = -room.ctypes.data % ALIGNED
    return room[start : start + count * 8].view(np.float64).reshape(shape)


def run(engine: Engine, constants: Arrays, exogenous: Arrays, dt: float) -> dict[str, Values]:
    """Return every saved variable with a leading axis of steps (as the NumPy back end does)."""
    steps = len(exogenous["time"])
    inputs = ({n: alone(v, np) for n, v in constants.items()}, {n: alone(v, np) for n, v in exogenous.items()})
    rows = np.arange(steps)
    found, outside = _loops(engine, dt)(inputs, {ROWS: rows, FLOW_ROWS: rows}, steps)
    found = {name: values[..., 0] for name, values in found.items()}
    for name, values in outside.items():
        found[name] = np.broadcast_to(values[..., 0], (steps, *values.shape[1:-1]))
    return {name: found[name] for name in engine.emitted.saved}


@lru_cache(maxsize=8)
def _loops(engine: Engine, dt: float) -> Loops:
    return Loops(engine, dt)
