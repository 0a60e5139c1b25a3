"""Puts the emitted equations together into one readable Python module."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from model.engine.axes import TIME, AxisOrder, Code, aligned
from model.engine.emit import Constants, Emitter, Hoist, Scope
from model.engine.order import CLOCK, PRECOMPUTE_LIMIT, Stage, needed, reads_first, reads_now, sorted_names, stages
from model.engine.program import Part, Rule, build_program
from model.language.expressions import Call, Expression, Reference, Subscript, Table
from model.language.ranges import Ranges
from model.language.structure import CONTROL, Model

HEAD = '''"""The model's step, written by the engine from the sector files. One line per equation; do not edit.

c: constants of the run · d: what depends on time alone · f: kept from the first moment · s: stocks.
Every array has one more axis than its equation, the last: members of an ensemble, side by side (one for a single run).
"""

import numpy as np

from model.engine.arrays import add_up, contract, place, spread
from model.engine.runtime import (
    LookupTable,
    lookup,
    modulo,
    pulse,
    pulse_train,
    ramp,
    step_at,
    xidz,
    zidz,
)
'''
_RESERVED = {
    "xp",
    "np",
    "c",
    "d",
    "e",
    "f",
    "s",
    "dt",
    "steps",
    "LookupTable",
    "lookup",
    "modulo",
    "add_up",
    "contract",
    "place",
    "spread",
    "pulse",
    "pulse_train",
    "ramp",
    "step_at",
    "xidz",
    "zidz",
    "initial_time",
    "final_time",
}


@dataclass(frozen=True)
class StepParts:
    """What the step is written from, for a back end that writes it in another language.

    `order`: auxiliaries in order of evaluation; `stocks`; `hoisted`: the name under which an expression with these
    index labels is kept from before the step.
    """

    scope: Scope
    order: tuple[str, ...]
    stocks: tuple[str, ...]
    hoisted: Mapping[tuple[Expression, tuple[str, ...]], str]


@dataclass(frozen=True)
class Emitted:
    """The emitted module and what it needs and gives.

    `inputs`, `exogenous`: names it reads; `stage`: when each name is known; `saved`: names wanted;
    `in_step`: names of the driver stage that the step reads; `line`: the emitted line of a name; `parts` of the step.
    """

    text: str
    inputs: tuple[str, ...]
    exogenous: tuple[str, ...]
    saved: tuple[str, ...]
    in_step: tuple[str, ...]
    stage: Mapping[str, Stage]
    lines: Mapping[str, tuple[str, ...]]
    parts: StepParts


@dataclass
class _Hoisted:
    """Parts of step equations that are computed before the step, by name."""

    parts: dict[str, tuple[Expression, tuple[str, ...], Stage]] = field(default_factory=dict)
    names: dict[tuple[Expression, tuple[str, ...]], str] = field(default_factory=dict)

    def of(self, stage: Stage) -> list[tuple[str, Expression, tuple[str, ...]]]:
        """Return (name, expression, left-hand subscripts) of the parts of a stage."""
        return [(name, e, left) for name, (e, left, known) in self.parts.items() if known == stage]


class ModuleWriter:
    """Writes the module for the wanted variables of a model; `limit` as in Scope."""

    def __init__(self, model: Model, wanted: Iterable[str], limit: int = PRECOMPUTE_LIMIT) -> None:
        self._rules = build_program(model)
        self._saved = tuple(dict.fromkeys(wanted))
        names = needed(self._rules, self._saved)
        self._names = [name for name in self._rules if name in names]
        self._ranges = model.ranges
        self._stages = stages(self._rules, self._names, model.ranges, limit)
        self._scope = Scope(
            self._rules,
            model.ranges,
            AxisOrder(self._rules.values(), model.ranges),
            self._stages,
            _lookups(model),
            _identifiers([*self._rules, CLOCK]),
            limit,
        )
        self._constants = Constants()
        self._hoisted = _Hoisted()
        self._lines: dict[str, tuple[str, ...]] = {}

    def write(self) -> Emitted:
        """Return the module."""
        step, in_step = self._step()
        start = self._start()
        drivers = self._drivers()
        static = self._static()
        parts = [HEAD, "\n".join(self._constants.lines()), static, drivers, start, step]
        return Emitted(
            text="\n\n".join(part for part in parts if part) + "\n",
            inputs=self._with_role("input"),
            exogenous=self._with_role("exogenous"),
            saved=self._saved,
            in_step=in_step,
            stage={**self._stages, **{n: known for n, (_, _, known) in self._hoisted.parts.items()}},
            lines=self._lines,
            parts=StepParts(
                self._scope,
                tuple(self._auxiliaries(Stage.DYNAMIC)),
                self._with_role("stock"),
                self._hoisted.names,
            ),
        )

    def _with_role(self, role: str) -> tuple[str, ...]:
        return tuple(name for name in self._names if self._rules[name].role == role)

    def _auxiliaries(self, stage: Stage) -> list[str]:
        """Return the auxiliaries of a stage in order of evaluation."""
        mine = [n for n in self._names if self._rules[n].role == "auxiliary" and self._stages[n] == stage]
        chosen = set(mine)
        return sorted_names(mine, lambda name: reads_now(self._rules[name]) & chosen)

    def _step(self) -> tuple[str, tuple[str, ...]]:
        emitter = Emitter(self._scope, self._constants)
        body = self._equations(emitter, self._auxiliaries(Stage.DYNAMIC), hoisting=True)
        stocks = self._with_role("stock")
        body += ["    # next values of the stocks", "    following = {"]
        for name in stocks:
            rule = self._rules[name]
            line = f'"{name}": {self._following(emitter, rule)},'
            self._lines[name] = (line,)
            body.append(f"        {line}{_comment(rule)}")
            emitter.used[name] = None
        saved = [name for name in self._saved if self._stages[name] == Stage.DYNAMIC]
        emitter.used.update(dict.fromkeys(saved))
        outputs = "".join(f'        "{name}": {self._scope.identifiers[name]},\n' for name in saved)
        body += [
            "    }",
            f"    saved = {{\n{outputs}    }}" if saved else "    saved = {}",
            "    return following, saved",
        ]
        head, used = self._unpack(emitter, {"s": stocks})
        drivers = tuple(name for name in used if self._stage_of(name) == Stage.DRIVER)
        text = ["def step(s, f, c, d, dt, xp):", '    """Return the stocks one step later and what is saved now."""']
        return "\n".join([*text, *head, *body]), drivers

    def _following(self, emitter: Emitter, rule: Rule) -> str:
        """Return the code of a stock's next value."""
        held = held_for_a_step(rule)
        if held is not None:
            return self._value(emitter, rule, [(rule.parts[0], held)], hoisting=True).text
        flow = self._value(emitter, rule, self._flows(rule), hoisting=True)
        return f"{self._scope.identifiers[rule.name]} + dt * {flow.within(4)}"

    def _start(self) -> str:
        """Write the function that computes the first values of stocks and what is kept from the first moment."""
        wanted = [n for n in self._names if self._rules[n].role in ("stock", "frozen")]
        wanted += self._auxiliaries(Stage.FROZEN)
        before = {Stage.STATIC, Stage.DRIVER}
        order = sorted_names(
            wanted, lambda n: {r for r in reads_first(self._rules[n]) if self._stages[r] not in before}
        )
        emitter = Emitter(self._scope, self._constants)
        body = self._equations(emitter, order, hoisting=False, first=True)
        for name, expression, left in self._hoisted.of(Stage.FROZEN):
            body.append(f"    {name} = {emitter.emit(expression, left).text}")
        kept = [n for n in self._names if self._stages[n] == Stage.FROZEN]
        kept += [name for name, _, _ in self._hoisted.of(Stage.FROZEN)]
        stocks = self._with_role("stock")
        head, _ = self._unpack(emitter, {"": [*order, *kept]})
        text = [
            "def start(c, d, dt, xp):",
            '    """Return the first values of the stocks and what is kept from them."""',
        ]
        return "\n".join([*text, *head, *body, f"    return {self._dict(stocks)}, {self._dict(kept)}"])

    def _drivers(self) -> str:
        emitter = Emitter(self._scope, self._constants, over_time=True)
        order = self._auxiliaries(Stage.DRIVER)
        body = self._equations(emitter, order, hoisting=False, over_time=True)
        for name, expression, left in self._hoisted.of(Stage.DRIVER):
            body.append(f"    {name} = {emitter.emit(expression, left).text}")
        names = [*order, *(name for name, _, _ in self._hoisted.of(Stage.DRIVER))]
        emitter.used[CLOCK] = None
        head, _ = self._unpack(emitter, {"": names}, drivers="e")
        text = [
            "def drivers(c, e, dt, xp):",
            '    """Return what depends on time alone, for all steps at once (first axis)."""',
        ]
        steps = [f"    steps = {self._scope.identifiers[CLOCK]}.shape[0]"]
        return "\n".join([*text, *head, *steps, *body, f"    return {self._dict(names)}"])

    def _static(self) -> str:
        emitter = Emitter(self._scope, self._constants)
        order = self._auxiliaries(Stage.STATIC)
        body = self._equations(emitter, order, hoisting=False)
        for name, expression, left in self._hoisted.of(Stage.STATIC):
            body.append(f"    {name} = {emitter.emit(expression, left).text}")
        names = [*order, *(name for name, _, _ in self._hoisted.of(Stage.STATIC))]
        head, _ = self._unpack(emitter, {"": names})
        text = ["def static(c, dt, xp):", '    """Return what never changes in a run."""']
        return "\n".join([*text, *head, *body, f"    return {self._dict(names)}"])

    def _dict(self, names: Iterable[str]) -> str:
        return "{" + ", ".join(f'"{n}": {self._scope.identifiers.get(n, n)}' for n in names) + "}"

    def _stage_of(self, name: str) -> Stage:
        if name in CONTROL:
            return Stage.STATIC
        return self._stages[name] if name in self._stages else self._hoisted.parts[name][2]

    def _unpack(
        self, emitter: Emitter, local: Mapping[str, Iterable[str]], drivers: str = "d"
    ) -> tuple[list[str], list[str]]:
        """Return lines that bind the names used to local variables, and those names."""
        here = {name for names in local.values() for name in names}
        stocks = set(local.get("s", ()))
        box = {Stage.STATIC: "c", Stage.DRIVER: drivers, Stage.FROZEN: "f"}
        lines, used = [], []
        for name in emitter.used:
            if name in stocks:
                source = "s"
            elif name in here or self._stage_of(name) == Stage.DYNAMIC:
                continue
            else:
                source = box[self._stage_of(name)]
                used.append(name)
            lines.append(f'    {self._scope.identifiers.get(name, name)} = {source}["{name}"]')
        return lines, used

    def _equations(
        self, emitter: Emitter, names: Iterable[str], *, hoisting: bool, over_time: bool = False, first: bool = False
    ) -> list[str]:
        """Return one line per equation, under a heading wherever the sector changes."""
        lines, sector = [], ""
        for name in names:
            rule = self._rules[name]
            if rule.sector != sector:
                sector = rule.sector
                lines.append(f"    # {sector}")
            parts = self._firsts(rule) if first else [(p, p.expression) for p in rule.parts]
            code = self._value(emitter, rule, parts, hoisting=hoisting, over_time=over_time)
            line = f"{self._scope.identifiers[name]} = {code.text}"
            if not first:
                self._lines[name] = (line,)
            lines.append(f"    {line}{_comment(rule)}")
        return lines

    @staticmethod
    def _flows(rule: Rule) -> list[tuple[Part, Expression]]:
        return [(part, part.expression) for part in rule.parts]

    @staticmethod
    def _firsts(rule: Rule) -> list[tuple[Part, Expression]]:
        return [(p, p.initial if p.initial is not None else p.expression) for p in rule.parts]

    def _value(
        self,
        emitter: Emitter,
        rule: Rule,
        parts: list[tuple[Part, Expression]],
        *,
        hoisting: bool,
        over_time: bool = False,
    ) -> Code:
        """Return the code of a rule's whole value, its axes in declared order."""
        target = ((TIME,) if over_time else ()) + rule.dims
        shape = ["steps"] if over_time else []
        shape += [str(len(self._ranges[dim].elements)) for dim in rule.dims]
        box = f"({', '.join(shape)}{',' if len(shape) == 1 else ''})"
        if len(parts) == 1 and parts[0][0].subscripts == rule.dims and not parts[0][0].excepted:
            part, expression = parts[0]
            code = emitter.emit(expression, part.subscripts, self._hoist(rule, part) if hoisting else None)
            if set(code.labels) == set(target):
                return code if code.labels == target else Code(aligned(code, target), target)
            if not target:
                return code
            return Code(f"spread({aligned(code, target, 0)}, {box}, xp)", target)
        ordered = sorted(parts, key=lambda pair: not pair[0].excepted)  # what EXCEPT leaves out is placed later
        pieces = [self._piece(emitter, (rule, part), expression, hoisting, over_time) for part, expression in ordered]
        return Code(f"place({box}, ({', '.join(pieces)},), xp)", target)

    def _piece(
        self, emitter: Emitter, place: tuple[Rule, Part], expression: Expression, hoisting: bool, over_time: bool
    ) -> str:
        """Return `(index, value)` of a part of a split variable."""
        rule, part = place
        code = emitter.emit(expression, part.subscripts, self._hoist(rule, part) if hoisting else None)
        indices, labels = _part_indices(part, rule, self._ranges, self._constants)
        lead = (TIME,) if TIME in code.labels else ()
        index = ", ".join([":", *indices] if over_time else indices)
        return f"(np.s_[{index}], {aligned(code, (*lead, *labels), 0)})"

    def _hoist(self, rule: Rule, part: Part) -> Hoist:
        def keep(expression: Expression, stage: Stage, labels: tuple[str, ...]) -> str:
            known = self._hoisted.names.get((expression, labels))
            if known:
                return known
            name = f"{self._scope.identifiers[rule.name]}__{len(self._hoisted.parts) + 1}"
            self._hoisted.names[expression, labels] = name
            self._hoisted.parts[name] = (expression, part.subscripts, stage)
            return name

        return keep


def held_for_a_step(rule: Rule) -> Expression | None:
    """Return what a stock takes over whole at each step, as in INTEG((x - stock) / TIME STEP, …); None for others."""
    own = Reference(rule.name, tuple(Subscript(dim) for dim in rule.dims))
    match rule.parts:
        case (Part(_, _, Call("/", (Call("-", (x, level)), Reference("time_step")))),) if level == own:
            return x
    return None


def _part_indices(part: Part, rule: Rule, ranges: Ranges, constants: Constants) -> tuple[list[str], tuple[str, ...]]:
    """Return the index of a part's cells along each axis and the labels of the axes that remain."""
    indices, labels = [], []
    for name, dim in zip(part.subscripts, rule.dims, strict=True):
        positions = ranges.positions(name, dim)
        assert positions is not None
        if name not in ranges:
            indices.append(str(positions[0]))
            continue
        labels.append(name)
        whole = positions == tuple(range(len(ranges[dim].elements)))
        run = positions == tuple(range(positions[0], positions[-1] + 1))
        stretch = f"{positions[0]}:{positions[-1] + 1}" if run else constants.index(positions)
        indices.append(":" if whole else stretch)
    return indices, tuple(labels)


def _lookups(model: Model) -> dict[str, Table]:
    found = {}
    for variable in model.variables.values():
        table = variable.equations[0].expression
        if variable.kind == "lookup" and isinstance(table, Table):
            found[variable.key] = table
    return found


def _identifiers(names: Iterable[str]) -> dict[str, str]:
    """Return a Python name for each key, all different (Python takes compatible letters, such as two mu, for one)."""
    found, taken = {}, set(_RESERVED)
    for name in names:
        plain = normalize("NFKC", "".join(c for c in name if f"_{c}".isidentifier()))
        plain = plain if plain == name else re.sub("_+", "_", plain)
        plain = plain if plain[:1].isidentifier() else f"v_{plain}"
        while keyword.iskeyword(plain) or plain in taken:
            plain += "_"
        taken.add(plain)
        found[name] = plain
    return found


def _comment(rule: Rule) -> str:
    return f"  # {rule.unit}" if rule.unit else ""
