"""Finds loops that no stock breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from model.language.errors import Problem
from model.language.expressions import Call, Expression, Reference
from model.language.functions import DELAYS
from model.language.structure import Variable

Reads = Callable[[Variable], set[str]]


def check_loops(variables: Mapping[str, Variable]) -> list[Problem]:
    """Return loops among values of one moment, and among the values a run starts from."""
    problems = [
        _problem(
            variables,
            loop,
            "a loop without a stock",
            "Break the loop with a stock, a SMOOTH or a DELAY: something in it takes time.",
        )
        for loop in _loops(variables, lambda variable: _read(variable, _now))
    ]
    known = {frozenset(problem.what.split("'")[1::2]) for problem in problems}
    for loop in _loops(variables, lambda variable: _read(variable, _first)):
        found = _problem(
            variables,
            loop,
            "initial values depend on each other",
            "Give one stock of the loop an initial value that does not depend on the others.",
        )
        if frozenset(found.what.split("'")[1::2]) not in known:
            problems.append(found)
    return problems


def _problem(variables: Mapping[str, Variable], loop: list[str], what: str, resolution: str) -> Problem:
    names = [variables[name].name for name in [*loop, loop[0]]]
    places = ", ".join(f"{variables[n].file}:{variables[n].line}" for n in loop)
    chain = " -> ".join(f"'{name}'" for name in names)
    return Problem(variables[loop[0]].file, variables[loop[0]].line, f"{what}: {chain} ({places}).", resolution)


def _read(variable: Variable, pick: Callable[[Call], Iterable[Expression]]) -> set[str]:
    found: set[str] = set()
    for equation in variable.equations:
        if equation.expression is not None:
            found.update(_names(equation.expression, pick))
    return found


def _names(expression: Expression, pick: Callable[[Call], Iterable[Expression]]) -> Iterator[str]:
    if isinstance(expression, Reference):
        yield expression.name
    elif isinstance(expression, Call):
        for argument in pick(expression):
            yield from _names(argument, pick)


def _now(call: Call) -> Iterable[Expression]:
    """Return the arguments whose present values the call needs."""
    if call.function in ("integ", "initial") or call.function.startswith("smooth"):
        return ()
    if call.function in ("delay_fixed", "active_initial"):
        return call.arguments[:1] if call.function == "active_initial" else ()
    return call.arguments[1:2] if call.function in DELAYS else call.arguments


def _first(call: Call) -> Iterable[Expression]:
    """Return the arguments whose first values the call needs for its own first value."""
    if call.function == "integ":
        return call.arguments[1:]
    if call.function in ("delay_fixed", "active_initial"):
        return call.arguments[-1:]
    if call.function in DELAYS:
        return call.arguments[2:] if call.function.startswith("smooth") else call.arguments[1:]
    return call.arguments


def _loops(variables: Mapping[str, Variable], reads: Reads) -> Iterator[list[str]]:
    """Yield one loop from each set of names that all depend on each other."""
    graph = {name: sorted(reads(variable) & variables.keys()) for name, variable in variables.items()}
    done: set[str] = set()
    for start in graph:
        if start in done:
            continue
        loop = _first_loop(graph, start, done)
        while loop:
            yield loop
            done.update(loop)
            loop = _first_loop(graph, start, done)


def _first_loop(graph: Mapping[str, list[str]], start: str, done: set[str]) -> list[str] | None:
    """Return a loop reachable from `start` outside `done`, else mark what was seen as done."""
    path: list[str] = []
    on_path: set[str] = set()
    seen: set[str] = set()
    waiting = [(start, iter(graph[start]))] if start not in done else []
    if waiting:
        path, on_path = [start], {start}
    while waiting:
        name, others = waiting[-1]
        following = next(others, None)
        if following is None:
            waiting.pop()
            on_path.discard(path.pop())
            seen.add(name)
        elif following in on_path:
            return path[path.index(following) :]
        elif following not in seen and following not in done:
            waiting.append((following, iter(graph[following])))
            path.append(following)
            on_path.add(following)
    done.update(seen)
    return None
