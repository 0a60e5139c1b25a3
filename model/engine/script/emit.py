"""The whole text of a model in JavaScript: tables, where arrays lie, the four stages, and what runs them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.engine.annual import sums_over_the_year
from model.engine.compiled import compile_model
from model.engine.loops.nodes import cells
from model.engine.loops.schedule import Nest
from model.engine.loops.statements import NEXT, OUT
from model.engine.module import Emitted
from model.engine.order import CLOCK, Stage
from model.engine.runtime import SMALL
from model.engine.script.expressions import MATHEMATICS, Table, number
from model.engine.script.layout import Layout, Spot
from model.engine.script.stages import When, Work, dynamic, works
from model.engine.script.writer import Writer
from model.engine.simulate import INPUTS, STEP
from model.language.structure import Model

RUNTIME = Path(__file__).with_name("runtime.js")
GLOBAL = "norrsimModel"
"""The name that the text defines: an object with `hash` and `open`."""
OWN = ("part ", "sum ")
"""How the names of arrays begin that a stage adds for itself."""
FIRST = "first "
ENDS = ("initial_time", "final_time")


@dataclass(frozen=True)
class Script:
    """The text, the names of the inputs that `open` must be given, and the keys of what runs keep."""

    text: str
    inputs: tuple[str, ...]
    kept: tuple[str, ...]


def emit_script(model: Model, wanted: Iterable[str], years: tuple[int, int], dt: float = STEP) -> Script:
    """Return the model as JavaScript that keeps yearly values of some variables (keys).

    `years`: the run begins on 31 December of the first and ends on that of the last. Raises CannotLoopError.
    """
    emitted = compile_model(model, wanted).emitted
    writing = _Text(model, emitted, years, dt)
    return Script(writing.write(), tuple(writing.inputs), emitted.saved)


class _Text:
    """Puts the text together."""

    def __init__(self, model: Model, emitted: Emitted, years: tuple[int, int], dt: float) -> None:
        self._model, self._emitted, self._years, self._dt = model, emitted, years, dt
        self._rules = emitted.parts.scope.rules
        self._length = emitted.parts.scope.order.length
        self._layout = Layout(round((years[1] - years[0]) / dt) + 1)
        self._tables: dict[Table, str] = {}
        self._places: dict[tuple[int, ...], str] = {}
        self._flows = frozenset(name for name in dynamic(emitted) if self._is_flow(name))
        self._given = {*emitted.inputs, *emitted.exogenous}
        self._rests: dict[str, set[str]] = {}
        self.inputs = [v.name for v in model.variables.values() if v.kind in INPUTS]

    def write(self) -> str:
        """Return the text."""
        found = works(self._emitted, self._dt, self._flows)
        blocks = self._lay_out(found)
        functions = [text for work in found for text in self._stage(work)]
        parts = [
            '(function () {\n"use strict";',
            f"const {{ {', '.join(MATHEMATICS)} }} = Math;",
            f"const M = new Float64Array({self._layout.size});",
            *self._constants(blocks),
            RUNTIME.read_text(encoding="utf-8"),
            *(f"const {name} = lookupTable({_plain(xs)}, {_plain(ys)});" for (xs, ys), name in self._tables.items()),
            *(f"const {name} = {list(places)};" for places, name in self._places.items()),
            *functions,
            f"globalThis.{GLOBAL} = {{ hash: HASH, open }};\n}})();\n",
        ]
        return "\n".join(parts)

    # where arrays lie

    def _shape(self, name: str) -> tuple[int, ...]:
        return tuple(map(self._length, self._rules[name].dims))

    def _is_flow(self, name: str) -> bool:
        variable = self._model.variables[name]
        return sums_over_the_year(variable.unit, variable.kind)

    def _lay_out(self, found: list[Work]) -> dict[str, tuple[int, int]]:
        """Give every array its place; return those of the blocks that the runtime moves whole."""
        emitted, layout = self._emitted, self._layout
        for name in ENDS:
            layout.take(name, ())
        for name in emitted.inputs:
            layout.take(name, self._shape(name))
        for name in (CLOCK, *emitted.exogenous):
            layout.take(name, () if name == CLOCK else self._shape(name), timed=True)
        stocks = {name: self._shape(name) for name in emitted.parts.stocks}
        saved = dynamic(emitted)
        blocks = {
            "STOCKS": layout.block(stocks),
            "NEXT": layout.block({NEXT + name: shape for name, shape in stocks.items()}),
            "LEVELS": layout.block({OUT + n: self._shape(n) for n in saved if n not in self._flows}),
            "FLOWS": layout.block({OUT + n: self._shape(n) for n in saved if n in self._flows}),
        }
        for work in found:
            for name, shape in work.shapes.items():
                layout.take(self._own(work, name), shape, timed=work.when == When.DRIVERS and not name.startswith(OWN))
        return blocks

    def _own(self, work: Work, name: str) -> str:
        """Return the name under which a stage's array lies."""
        if name.startswith(OWN):
            return f"{work.when} {name}"
        is_first = work.when == When.START and self._emitted.stage.get(name) == Stage.DYNAMIC
        return FIRST + name if is_first and self._rules[name].role != "stock" else name

    def _spot(self, work: Work, name: str) -> Spot:
        return self._layout.spots[self._own(work, name)]

    # text

    def _stage(self, work: Work) -> list[str]:
        names = (self._table, self._listed)
        writer = Writer(work, lambda name: self._spot(work, name), names, self._dt)
        called = [f"{work.when}{count}" for count in range(len(work.nests))]
        functions = [writer.write(nest, name) for nest, name in zip(work.nests, called, strict=True)]
        if work.when in (When.STATIC, When.DRIVERS):
            needs = [json.dumps(self._needs(work, nest), ensure_ascii=False) for nest in work.nests]
            parts = ", ".join(f"[{name}, {need}]" for name, need in zip(called, needs, strict=True))
            return [*functions, f"const {work.when} = [{parts}];"]
        calls = " ".join(f"{name}(t);" for name in called)
        return [*functions, f"function {work.when}(t) {{ {calls} }}"]

    def _needs(self, work: Work, nest: Nest) -> list[str]:
        """Return the inputs, by name, that a nest before the steps rests on, through others or at first hand."""
        found: set[str] = set()
        for statement in nest.statements:
            for cell in cells(statement.value):
                own = self._own(work, cell.name)
                found |= self._rests.get(own, {own} & self._given)
        for statement in nest.statements:
            own = self._own(work, statement.target)
            self._rests[own] = self._rests.get(own, set()) | found
        return sorted(self._model.variables[key].name for key in found)

    def _table(self, table: Table) -> str:
        return self._tables.setdefault(table, f"TABLE_{len(self._tables) + 1}")

    def _listed(self, places: tuple[int, ...]) -> str:
        return self._places.setdefault(places, f"PLACES_{len(self._places) + 1}")

    def _constants(self, blocks: dict[str, tuple[int, int]]) -> list[str]:
        first, last = self._years
        names = {self._model.variables[key].name: key for key in (*self._emitted.inputs, *self._emitted.exogenous)}
        spots = {name: self._layout.spots[key] for name, key in names.items()}
        spots |= self._layout.of((CLOCK, *ENDS))
        values: dict[str, Any] = {
            "HASH": self._model.hash,
            "SMALL": SMALL,
            "DT": self._dt,
            "STEPS": self._layout.steps,
            "PER_YEAR": round(1 / self._dt),
            "START": first + 1,
            "YEARS": list(range(first, last + 1)),
            "SPOTS": {name: [spot.at, spot.size, spot.timed] for name, spot in spots.items()},
            "INPUTS": {name: self._input(name) for name in self.inputs},
            "KEPT": {name: self._kept(name) for name in self._emitted.saved},
            **blocks,
        }
        return [f"const {name} = {json.dumps(value, ensure_ascii=False)};" for name, value in values.items()]

    def _input(self, name: str) -> dict[str, Any]:
        variable = self._model.variables[name]
        shape = [len(self._model.coordinates(dim)) for dim in variable.dims]
        limits = {"range": list(variable.range)} if variable.range else {}
        return {"kind": variable.kind, "dims": list(variable.dims), "shape": shape, **limits}

    def _kept(self, key: str) -> dict[str, Any]:
        variable, stage = self._model.variables[key], self._emitted.stage[key]
        spot = self._layout.spots[OUT + key if stage == Stage.DYNAMIC else key]
        return {
            "name": variable.name,
            "dims": list(variable.dims),
            "shape": list(self._shape(key)),
            "size": spot.size,
            "at": spot.at,
            "timed": spot.timed,
            "stage": "step" if stage == Stage.DYNAMIC else "outside",
            "flow": self._is_flow(key),
        }


def _plain(values: tuple[float, ...]) -> str:
    return f"[{', '.join(map(number, values))}]"
