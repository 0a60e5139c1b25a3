"""Runs an engine through loops: NumPy computes what is known before the first step, machine code the steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from threading import Lock, local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.engine.arrays import alone, members
from model.engine.compiled import Arrays, Engine
from model.engine.loops.economy import Economy
from model.engine.loops.machine import Machine, hints
from model.engine.loops.memory import Given, Memory, memory
from model.engine.loops.schedule import Scheduler
from model.engine.loops.statements import OUT, Builder, Wanted
from model.engine.loops.writer import FLOW_ROWS, ROWS, Manner, Writer
from model.engine.numpy_backend import outside_loop
from model.engine.order import CLOCK, Stage

Values = NDArray[np.float64]
Rows = NDArray[np.int64]
LINE = 8  # numbers that the processor fetches together


@dataclass(frozen=True)
class Shape:
    """What the code of a run depends on beside the equations: step, members at once, results that are added up over
    the year, arrays known before."""

    dt: float
    lanes: int
    flows: frozenset[str]
    given: tuple[tuple[str, Given], ...]


@dataclass(frozen=True)
class Room:
    """Arrays laid one behind the other: `start` and `shape` of each by name, `size` of all, in numbers."""

    start: Mapping[str, int]
    shape: Mapping[str, tuple[int, ...]]
    size: int

    def view(self, room: Values, name: str) -> Values:
        """Return an array of the room."""
        shape = self.shape[name]
        return room[self.start[name] : self.start[name] + prod(shape)].reshape(shape)


def laid_out(shapes: Mapping[str, tuple[int, ...]]) -> Room:
    """Return the room for arrays, each where the processor reads fastest."""
    start, size = {}, 0
    for name, shape in shapes.items():
        start[name] = size
        size += -(-prod(shape) // LINE) * LINE
    return Room(start, dict(shapes), size)


@dataclass(frozen=True, eq=False)
class Code:
    """The machine code of a run, with the arrays it takes, in order: those `within` it, and its `results` by row."""

    machine: Machine
    names: tuple[str, ...]
    within: Room
    results: Room
    own: local


def written(engine: Engine, shape: Shape) -> tuple[str, tuple[str, ...], Memory]:
    """Return the text of a run, the names of its arrays and where they lie. Raises CannotLoopError."""
    parts = engine.emitted.parts
    builder = Builder(parts, shape.dt, shape.lanes)
    builder.build(Wanted(_dynamic(engine), shape.flows))
    nests = Scheduler(builder).run()
    Economy(nests, builder.shapes).run()
    plan = memory(nests, builder.shapes, (dict(shape.given), parts.stocks))
    writer = Writer(plan, Manner(shape.lanes, shape.dt, shape.flows, hints()))
    text = writer.write(nests)
    return text, tuple(writer.names), plan


def _dynamic(engine: Engine) -> tuple[str, ...]:
    """Return the saved variables that steps compute."""
    return tuple(name for name in engine.emitted.saved if engine.emitted.stage[name] == Stage.DYNAMIC)


class Loops:
    """Runs an engine; its code is written at the first call, for arrays of the shapes of that call."""

    def __init__(self, engine: Engine, dt: float, flows: frozenset[str] = frozenset()) -> None:
        self._engine = engine
        self._dt = dt
        self._flows = flows
        self._codes: dict[tuple[Shape, int], Code] = {}
        self._lock = Lock()

    def __call__(self, inputs: tuple[Arrays, Arrays], rows: Mapping[str, Rows], lengths: int) -> tuple[Arrays, Arrays]:
        """Return the results of steps, each with a first axis of rows and a last one of members, and what is outside.

        `rows` holds the row of each step, for levels (ROWS) and for flows (FLOW_ROWS), of so many as `lengths` says.
        """
        with np.errstate(all="ignore"):
            c, drivers, stocks, frozen = self._engine.prepared(*inputs, self._dt, np)
        lanes = max(members(array) for arrays in inputs for array in arrays.values())
        timed = {name: drivers[name] for name in (*self._engine.emitted.in_step, CLOCK)}
        given, arrays = _given({**c, **frozen}, timed)
        code = self._code(Shape(self._dt, lanes, self._flows, tuple(given.items())), lengths)
        room = _own(code)
        for name, values in stocks.items():
            if name in code.within.start:
                code.within.view(room, name)[...] = values
        results = empty(code.results.size)
        outputs = {name: code.results.view(results, OUT + name) for name in _dynamic(self._engine)}
        for name in self._flows & outputs.keys():
            outputs[name][:] = 0.0
        arrays |= {name: np.ascontiguousarray(values, dtype=np.int64) for name, values in rows.items()}
        places = {**_addresses(code.within, room), **_addresses(code.results, results)}
        places |= {name: arrays[name].__array_interface__["data"][0] for name in code.names if name in arrays}
        table = np.array([places[name] for name in code.names], dtype=np.uint64)
        code.machine(table.ctypes.data, len(rows[ROWS]))
        return outputs, outside_loop(self._engine, (c, drivers, frozen), np)

    def _code(self, shape: Shape, lengths: int) -> Code:
        with self._lock:
            if (shape, lengths) not in self._codes:
                self._codes[shape, lengths] = _code(self._engine, shape, lengths)
            return self._codes[shape, lengths]


def _code(engine: Engine, shape: Shape, lengths: int) -> Code:
    text, names, plan = written(engine, shape)
    inside = [name for name in names if name not in plan.given and name not in (ROWS, FLOW_ROWS)]
    shapes = {name: (*plan.shape(name), shape.lanes) for name in inside}
    within = laid_out({name: each for name, each in shapes.items() if not name.startswith(OUT)})
    results = laid_out({name: (lengths, *each) for name, each in shapes.items() if name.startswith(OUT)})
    return Code(Machine(text), names, within, results, local())


def _own(code: Code) -> Values:
    """Return this thread's room for what is within a run, the same at each call."""
    if not hasattr(code.own, "room"):
        code.own.room = empty(code.within.size)
    room: Values = code.own.room
    return room


def _addresses(room: Room, values: Values) -> dict[str, int]:
    first = values.ctypes.data
    return {name: first + values.itemsize * start for name, start in room.start.items()}


def _given(constant: Arrays, timed: Arrays) -> tuple[dict[str, Given], dict[str, Any]]:
    """Return what is known of arrays before the step, and the arrays as machine code reads them."""
    given, arrays = {}, {}
    for name, values in constant.items():
        array = np.ascontiguousarray(values, dtype=float)
        shape = array.shape if np.ndim(values) else (1,)
        given[name] = Given(shape[:-1], shape[-1] > 1, False)
        arrays[name] = array
    for name, values in timed.items():
        changes = len(values) > 1 and values.strides[0] != 0
        array = np.ascontiguousarray(values if changes else values[0], dtype=float)
        given[name] = Given(array.shape[int(changes) : -1], array.shape[-1] > 1, changes)
        arrays[name] = array
    return given, arrays


def empty(count: int) -> Values:
    """Return so many numbers, the first where the processor reads fastest."""
    room = np.empty(count + LINE)
    start = -room.ctypes.data // room.itemsize % LINE
    return room[start : start + count]


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
