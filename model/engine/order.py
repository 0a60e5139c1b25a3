"""What depends on what: pruning, order of evaluation, and when each rule can be computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from math import prod

from model.engine.program import Rule
from model.language.expressions import Call, Expression, Reference, walk
from model.language.functions import CLOCKED
from model.language.ranges import Ranges
from model.language.structure import CONTROL

# Quantities that depend on time alone are computed for all steps at once if one step has at most so many numbers
# (29 x 29 travel times fit; 2 x 101 x 29 cohorts would fill memory and are computed within the step).
PRECOMPUTE_LIMIT = 1_000
CLOCK = "time"


class Stage(IntEnum):
    """When a quantity is known: before the run, for every step before the run, from its first moment, in a step."""

    STATIC = 0
    DRIVER = 1
    FROZEN = 2
    DYNAMIC = 3


def combine(stages: Iterable[Stage]) -> Stage:
    """Return when an expression of parts known at these stages is known."""
    found = set(stages) or {Stage.STATIC}
    if {Stage.DRIVER, Stage.FROZEN} <= found:
        return Stage.DYNAMIC
    return max(found)


def names_in(expression: Expression | None) -> Iterator[str]:
    """Yield the names an expression reads, the clock's settings left out."""
    if expression is None:
        return
    for node in walk(expression):
        if isinstance(node, Reference) and node.name not in CONTROL:
            yield node.name
        elif isinstance(node, Call) and node.function in CLOCKED:
            yield CLOCK


def reads(rule: Rule) -> set[str]:
    """Return everything the rule reads, initial values included."""
    return {name for part in rule.parts for e in (part.expression, part.initial) for name in names_in(e)} - {CLOCK}


def reads_now(rule: Rule) -> set[str]:
    """Return what must be known at the same moment for the rule's value: nothing for a stock."""
    if rule.role in ("stock", "frozen"):
        return set()
    return {name for part in rule.parts for name in names_in(part.expression)} - {CLOCK}


def reads_first(rule: Rule) -> set[str]:
    """Return what must be known at the first moment for the rule's value at that moment."""
    expressions = (part.expression if part.initial is None else part.initial for part in rule.parts)
    return {name for expression in expressions for name in names_in(expression)} - {CLOCK}


def needed(rules: Mapping[str, Rule], wanted: Iterable[str]) -> set[str]:
    """Return the names that the wanted ones rest on, themselves included."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += reads(rules[name])
    return found


def sorted_names(names: Iterable[str], before: Callable[[str], Iterable[str]]) -> list[str]:
    """Return the names so that each follows those it reads; otherwise in the order given.

    Raises ValueError on a loop (the checker has told of it before).
    """
    order: dict[str, None] = {}
    open_: set[str] = set()

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_:
            raise ValueError(f"loop without a stock at '{name}'")
        open_.add(name)
        for other in sorted(before(name)):
            visit(other)
        open_.discard(name)
        order[name] = None

    for name in names:
        visit(name)
    return list(order)


def stages(
    rules: Mapping[str, Rule], names: Iterable[str], ranges: Ranges, limit: int = PRECOMPUTE_LIMIT
) -> dict[str, Stage]:
    """Return when each of the names is known; of those of the driver stage the ones of more numbers than `limit` are
    left to the step."""
    found: dict[str, Stage] = {CLOCK: Stage.DRIVER}
    for name in sorted_names(names, lambda n: reads_now(rules[n])):
        rule = rules[name]
        found[name] = _stage(rule, found)
        size = prod(len(ranges[dim].elements) for dim in rule.dims)
        if rule.role == "auxiliary" and found[name] == Stage.DRIVER and size > limit:
            found[name] = Stage.DYNAMIC
    return found


def _stage(rule: Rule, known: Mapping[str, Stage]) -> Stage:
    fixed = {
        "input": Stage.STATIC,
        "exogenous": Stage.DRIVER,
        "stock": Stage.DYNAMIC,
        "frozen": Stage.FROZEN,
    }
    if rule.role in fixed:
        return fixed[rule.role]
    if any(part.initial is not None for part in rule.parts):
        return Stage.DYNAMIC  # its value in the first moment is not the one that first values take
    names = (name for part in rule.parts for name in names_in(part.expression))
    return combine(known[name] for name in names)
