"""Large arrays that several equations read, computed once: XLA by itself computes them anew in each reader.

XLA's fusion joins an array's whole computation into every loop that reads it: the exposure of all cohorts to moving
and dying, some sixty operations a cell, was computed six times in a step. Barriers do not help, the compiler takes them
out. It does not reach into the branch of a conditional, though: so what is worth keeping is computed in the branch of
a condition that is always true, and that the compiler cannot foresee. A block then takes a sixth less time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

LARGE = 4_000  # numbers of a member from which an array is worth a thought: cohorts, not 29 x 29
# What it costs to write an array to memory, and to read it again, in operations a cell.
WRITING, READING = 10, 4
# Operations a cell that a primitive takes, roughly; what is not listed is not joined by the compiler.
COSTS = {
    **dict.fromkeys(("broadcast_in_dim", "reshape", "squeeze", "expand_dims", "convert_element_type"), 0),
    **dict.fromkeys(("add", "sub", "mul", "neg", "abs", "max", "min", "select_n", "integer_pow"), 1),
    **dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"), 1),
    **dict.fromkeys(("div", "sqrt", "exp", "log", "pow"), 10),
}
NESTED = ("jit", "pjit", "closed_call")


@dataclass(frozen=True, eq=False)
class Node:
    """One operation: its equation, what it reads (names or literal values) and the names of what it gives."""

    equation: Any
    reads: tuple[Any, ...]
    gives: tuple[int, ...]


@dataclass(frozen=True)
class Name:
    """A value of the graph by its number."""

    number: int


class Graph:
    """The operations of a traced function, calls written out."""

    def __init__(self, closed: Any) -> None:
        self.nodes: list[Node] = []
        self.sizes: list[int] = []
        jaxpr = closed.jaxpr
        self.constants = [self._new(variable) for variable in jaxpr.constvars]
        self.inputs = [self._new(variable) for variable in jaxpr.invars]
        known = dict(zip([*jaxpr.constvars, *jaxpr.invars], [*self.constants, *self.inputs], strict=True))
        self.outputs = self._add(jaxpr, known)

    def _new(self, variable: Any) -> Name:
        self.sizes.append(prod(variable.aval.shape))
        return Name(len(self.sizes) - 1)

    def _add(self, jaxpr: Any, known: dict[Any, Any]) -> list[Any]:
        """Add the equations of a part whose inputs are known; return what it gives."""

        def read(atom: Any) -> Any:
            return atom.val if hasattr(atom, "val") else known[atom]

        for equation in jaxpr.eqns:
            reads = tuple(read(atom) for atom in equation.invars)
            if equation.primitive.name in NESTED:
                inner = equation.params.get("jaxpr") or equation.params["call_jaxpr"]
                gives = self._add(inner.jaxpr, _bound(inner, reads))
            else:
                gives = [self._new(variable) for variable in equation.outvars]
                self.nodes.append(Node(equation, reads, tuple(name.number for name in gives)))
            known.update(zip(equation.outvars, gives, strict=True))
        return [read(atom) for atom in jaxpr.outvars]

    def held(self, members: int) -> set[int]:
        """Return the numbers of the values that are kept, the most worthwhile chosen first."""
        held: set[int] = set()
        while True:
            gains = self._gains(members, held)
            best = max(gains, key=lambda number: gains[number], default=None)
            if best is None or gains[best] <= 0:
                return held
            held.add(best)

    def _gains(self, members: int, held: set[int]) -> dict[int, float]:
        """Return how many operations a cell are spared by keeping each large value, given what is kept already."""
        loops, written = self._loops(members, held)
        costs: dict[int, int] = {}
        gains: dict[int, float] = {}
        for node in self.nodes:
            number = node.gives[0]
            if not self.joined(node, members):
                continue
            cost = COSTS[node.equation.primitive.name] + sum(costs.get(other, 0) for other in set(_numbers(node)))
            costs[number] = 0 if number in held else cost
            others = len(loops.get(number, ())) - 1
            if number not in held and others > 0:
                gains[number] = (cost - READING) * others - (0 if number in written else WRITING)
        return gains

    def _loops(self, members: int, held: set[int]) -> tuple[dict[int, set[int]], set[int]]:
        """Return the loops each large value is computed in, and the values that some operation needs in memory."""
        loops: dict[int, set[int]] = {}
        written: set[int] = set()
        for output in self.outputs:
            if isinstance(output, Name):
                loops.setdefault(output.number, set()).add(-1 - output.number)
                written.add(output.number)
        for node in reversed(self.nodes):
            number = node.gives[0]
            inside = self.joined(node, members)
            mine = loops.get(number, set()) if inside and number not in held else {number}
            for other in _numbers(node):
                loops.setdefault(other, set()).update(mine)
                if not inside:
                    written.add(other)
        return loops, written

    def joined(self, node: Node, members: int) -> bool:
        """Tell whether the compiler would join this operation to its readers."""
        return node.equation.primitive.name in COSTS and self.sizes[node.gives[0]] >= LARGE * members


def _bound(inner: Any, reads: tuple[Any, ...]) -> dict[Any, Any]:
    """Return what the variables of a nested part stand for."""
    return dict(zip([*inner.jaxpr.constvars, *inner.jaxpr.invars], [*inner.consts, *reads], strict=True))


def _numbers(node: Node) -> Iterator[int]:
    return (read.number for read in node.reads if isinstance(read, Name))


def holding(jax: Any, function: Callable[..., Any], members: int) -> Callable[..., Any]:
    """Return the function with large arrays of several readers computed once.

    It takes a first argument more, which must be true and not known before the run.
    """

    def run(on: Any, *arguments: Any) -> Any:
        closed, shape = jax.make_jaxpr(function, return_shape=True)(*arguments)
        graph = Graph(closed)
        values = dict(zip((name.number for name in graph.constants), closed.consts, strict=True))
        leaves = jax.tree_util.tree_leaves(arguments)
        values |= dict(zip((name.number for name in graph.inputs), leaves, strict=True))
        _evaluate(jax, (graph, members), values, on)
        outputs = [values[o.number] if isinstance(o, Name) else o for o in graph.outputs]
        return jax.tree_util.tree_unflatten(jax.tree_util.tree_structure(shape), outputs)

    return run


def _evaluate(jax: Any, known: tuple[Graph, int], values: dict[int, Any], on: Any) -> None:
    """Compute all values in order; those that are held in a branch of their own, with all that leads to them."""
    graph, members = known
    held = graph.held(members)
    makers = {node.gives[0]: node for node in graph.nodes if graph.joined(node, members)}
    for node in graph.nodes:
        number = node.gives[0]
        if number in held:
            value = jax.eval_shape(lambda n=number: _branch(n, makers, held, values))
            values[number] = jax.lax.cond(
                on,
                lambda n=number: _branch(n, makers, held, values),
                lambda v=value: jax.numpy.zeros(v.shape, v.dtype),
            )
        else:
            values.update(zip(node.gives, _bind(node, values), strict=True))


def _branch(number: int, makers: Mapping[int, Node], held: set[int], values: Mapping[int, Any]) -> Any:
    """Compute a value and all that the compiler would join to it, up to what is held or small."""
    here: dict[int, Any] = {}

    def visit(wanted: int) -> Any:
        if wanted in here:
            return here[wanted]
        if wanted not in makers or (wanted in held and wanted != number):
            return values[wanted]
        node = makers[wanted]
        inputs = {other: visit(other) for other in _numbers(node)}
        (here[wanted],) = _bind(node, inputs)
        return here[wanted]

    return visit(number)


def _bind(node: Node, values: Mapping[int, Any]) -> list[Any]:
    """Return what an operation gives."""
    primitive = node.equation.primitive
    inputs = [values[read.number] if isinstance(read, Name) else read for read in node.reads]
    found = primitive.bind(*inputs, **node.equation.params)
    return list(found) if primitive.multiple_results else [found]
