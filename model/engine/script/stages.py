"""A run's statements by when they are computed: before it, for every step before it, at its first moment, in a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from model.engine.loops.economy import Economy
from model.engine.loops.memory import memory
from model.engine.loops.nodes import Place
from model.engine.loops.schedule import Nest, Scheduler
from model.engine.loops.statements import Builder, Wanted
from model.engine.module import Emitted, StepParts
from model.engine.order import Stage, reads_first, reads_now, sorted_names
from model.engine.program import Rule
from model.language.expressions import Expression


class When(StrEnum):
    """When statements are computed."""

    STATIC = "before"
    DRIVERS = "drivers"
    START = "start"
    STEP = "step"


@dataclass(frozen=True)
class Work:
    """The nests of a stage, the shapes of what they write, and which of that lies nowhere but in the loop at hand.

    `near`: kept for the present outer loops alone.
    """

    when: When
    nests: list[Nest]
    shapes: Mapping[str, tuple[int, ...]]
    near: frozenset[str] = frozenset()
    unstored: frozenset[str] = frozenset()


class _Outside(Builder):
    """Collects the statements of what is computed outside the step."""

    def __init__(self, parts: StepParts, dt: float) -> None:
        super().__init__(replace(parts, order=(), stocks=(), hoisted={}), dt)

    def define(self, rule: Rule, first: bool = False) -> None:
        """Write a variable; `first`: as its first value."""
        pairs = [(p, p.initial if first and p.initial is not None else p.expression) for p in rule.parts]
        self._define(rule.name, rule, [(part, self._read(part, expression)) for part, expression in pairs])

    def keep(self, name: str, expression: Expression, labels: tuple[str, ...]) -> None:
        """Write a part of a step's equation that is known before the step."""
        self.shapes[name] = tuple(map(self.size, labels))
        self._assign(name, tuple(Place(label) for label in labels), self._reader.read(expression, labels))


def works(emitted: Emitted, dt: float, flows: frozenset[str]) -> list[Work]:
    """Return the work of each stage, in order. Raises CannotLoopError."""
    known = {When.STATIC: Stage.STATIC, When.DRIVERS: Stage.DRIVER}
    before = [_before(emitted, dt, when, stage) for when, stage in known.items()]
    return [*before, _start(emitted, dt), _step(emitted, dt, flows)]


def _before(emitted: Emitted, dt: float, when: When, stage: Stage) -> Work:
    builder, rules = _Outside(emitted.parts, dt), emitted.parts.scope.rules
    mine = [name for name in _names(emitted) if emitted.stage[name] == stage and rules[name].role == "auxiliary"]
    chosen = set(mine)
    for name in sorted_names(mine, lambda n: reads_now(rules[n]) & chosen):
        builder.define(rules[name])
    _hoisted(emitted, builder, stage)
    return Work(when, Scheduler(builder).run(), builder.shapes)


def _start(emitted: Emitted, dt: float) -> Work:
    builder, rules, stage = _Outside(emitted.parts, dt), emitted.parts.scope.rules, emitted.stage
    wanted = [name for name in _names(emitted) if rules[name].role in ("stock", "frozen")]
    wanted += [name for name in _names(emitted) if rules[name].role == "auxiliary" and stage[name] == Stage.FROZEN]
    known = {Stage.STATIC, Stage.DRIVER}
    for name in sorted_names(wanted, lambda n: {r for r in reads_first(rules[n]) if stage[r] not in known}):
        builder.define(rules[name], first=True)
    _hoisted(emitted, builder, Stage.FROZEN)
    return Work(When.START, Scheduler(builder).run(), builder.shapes)


def _step(emitted: Emitted, dt: float, flows: frozenset[str]) -> Work:
    builder = Builder(emitted.parts, dt)
    builder.build(Wanted(dynamic(emitted), flows))
    nests = Scheduler(builder).run()
    Economy(nests, builder.shapes).run()
    plan = memory(nests, builder.shapes, ({}, emitted.parts.stocks))
    return Work(When.STEP, nests, plan.shapes, plan.near, plan.unstored)


def dynamic(emitted: Emitted) -> tuple[str, ...]:
    """Return the saved variables that steps compute."""
    return tuple(name for name in emitted.saved if emitted.stage[name] == Stage.DYNAMIC)


def _names(emitted: Emitted) -> list[str]:
    return [name for name in emitted.parts.scope.rules if name in emitted.stage]


def _hoisted(emitted: Emitted, builder: _Outside, stage: Stage) -> None:
    for (expression, labels), name in emitted.parts.hoisted.items():
        if emitted.stage[name] == stage:
            builder.keep(name, expression, labels)
