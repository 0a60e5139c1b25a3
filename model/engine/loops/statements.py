"""The step as statements: each writes one array in one loop, and computes nothing that changes with fewer indices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import prod

from model.engine.arrays import WRITTEN_OUT
from model.engine.loops.nodes import (
    At,
    CannotLoopError,
    Cell,
    Fold,
    Node,
    Num,
    Op,
    Place,
    Reader,
    cells,
    labels,
    substituted,
)
from model.engine.module import StepParts, held_for_a_step
from model.engine.program import Part, Rule
from model.language.binding import BOUND, range_of
from model.language.expressions import Expression
from model.language.ranges import Ranges

FOLDING: Mapping[str, str] = {"sum": "+", "prod": "*", "vmin": "min", "vmax": "max"}
NEXT, OUT = "next ", "out "
LARGE = 1_000  # cells from which products are put in an order that leaves few multiplications for all cells
SPARED = 2  # a part is computed apart if that takes at most one in so many computations


@dataclass(frozen=True)
class Statement:
    """`target[places] = value` for every combination of `outer` and `inner` indices.

    `fold` names what is done over those of them that `places` lacks; "add" adds to what the target holds. `inner` is
    None where nothing runs within the outer loops.
    """

    target: str
    places: tuple[Place, ...]
    value: Node
    outer: tuple[str, ...]
    inner: str | None
    fold: str = ""

    @property
    def loops(self) -> tuple[str, ...]:
        """All indices, outermost first."""
        return self.outer if self.inner is None else (*self.outer, self.inner)

    @property
    def written(self) -> frozenset[str]:
        """The indices that the target runs with."""
        return frozenset(place.label for place in self.places if place.label is not None)


@dataclass(frozen=True)
class Wanted:
    """What of the step leaves it: names, and those of them that are added up over the steps of a year."""

    saved: tuple[str, ...]
    flows: frozenset[str]


class Builder:
    """Collects the statements of a step; `shapes` holds the sizes of every array they write."""

    def __init__(self, parts: StepParts, dt: float, lanes: int = 1) -> None:
        self._turning = lanes > 1
        self._parts = parts
        self._rules = parts.scope.rules
        self._dt = dt
        self._reader = Reader(parts, dt)
        self._known: dict[tuple[str, Node], Cell] = {}
        self.statements: list[Statement] = []
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.key, self.lane = _widest(self._stocks(), self.size)

    def _stocks(self) -> list[tuple[str, ...]]:
        return [self._rules[name].dims for name in self._parts.stocks]

    def size(self, label: str) -> int:
        """Return how many places an index has."""
        return self._parts.scope.order.length(label)

    def build(self, wanted: Wanted) -> None:
        """Write all statements. Raises CannotLoopError."""
        for name in self._parts.order:
            rule = self._rules[name]
            self._define(name, rule, [(part, self._read(part, part.expression)) for part in rule.parts])
        for name in self._parts.stocks:
            rule = self._rules[name]
            self._define(NEXT + name, rule, [(part, self._following(rule, part)) for part in rule.parts])
        for name in wanted.saved:
            dims = self._rules[name].dims
            places = tuple(Place(dim) for dim in dims)
            self._assign(OUT + name, places, Cell(name, places), "add" if name in wanted.flows else "")
            self.shapes[OUT + name] = tuple(map(self.size, dims))

    def _read(self, part: Part, expression: Expression) -> Node:
        return self._reader.read(expression, part.subscripts)

    def _following(self, rule: Rule, part: Part) -> Node:
        """Return a stock's next value."""
        held = held_for_a_step(rule)
        if held is not None:
            return self._read(part, held)
        ranges = self._parts.scope.ranges
        now = Cell(
            rule.name, tuple(_at(name, dim, ranges) for name, dim in zip(part.subscripts, rule.dims, strict=True))
        )
        return Op("+", (now, Op("*", (Num(self._dt), self._read(part, part.expression)))))

    def _define(self, target: str, rule: Rule, parts: list[tuple[Part, Node]]) -> None:
        """Write a variable that may have several equations."""
        self.shapes[target] = tuple(map(self.size, rule.dims))
        ordered = sorted(parts, key=lambda pair: not pair[0].excepted)  # what EXCEPT leaves out is written later
        if len(ordered) > 1 and self.key and set(self.key) <= set(rule.dims):
            chosen = self._chosen(rule, ordered)
            self._assign(target, tuple(Place(dim) for dim in rule.dims), chosen)
            return
        ranges = self._parts.scope.ranges
        for part, node in ordered:
            pairs = zip(part.subscripts, rule.dims, strict=True)
            self._assign(target, tuple(_at(name, dim, ranges) for name, dim in pairs), node)

    def _chosen(self, rule: Rule, parts: list[tuple[Part, Node]]) -> Node:
        """Return the value of a variable of several equations as one expression that picks among them."""
        ranges = self._parts.scope.ranges
        value: Node = Num(0.0)
        for part, node in parts:
            moved: dict[str, Place] = {}
            tests: list[Node] = []
            for name, dim in zip(part.subscripts, rule.dims, strict=True):
                positions = ranges.positions(name, dim)
                assert positions is not None
                if len(positions) < self.size(dim):
                    tests.append(At(dim, positions))
                if name in ranges and name != dim:
                    if positions != tuple(range(positions[0], positions[-1] + 1)):
                        raise CannotLoopError(f"an equation of '{rule.name}' for places that do not lie side by side")
                    moved[name] = Place(dim, -positions[0])
            node = substituted(node, moved)
            value = Op("if_then_else", (reduce(_both, tests), node, value)) if tests else node
        return value

    def _assign(self, target: str, places: tuple[Place, ...], value: Node, fold: str = "") -> None:
        domain = frozenset(place.label for place in places if place.label is not None)
        whole = isinstance(value, Fold) and domain <= labels(value)  # else the sum is the same all along an index
        if isinstance(value, Fold) and whole and not fold and self._cells(value.over) > WRITTEN_OUT:
            outside, inside = self._pulled_out(value)
            if not outside:
                self._fold(target, places, inside)
                return
        self._add(Statement(target, places, self._simple(value, domain), (), None, fold), domain)

    def _fold(self, target: str, places: tuple[Place, ...], fold: Fold) -> None:
        fold = self._renamed(fold, frozenset(place.label for place in places if place.label is not None))
        domain = labels(fold.body) | set(fold.over)
        body = self._simple(fold.body, domain)
        self._add(Statement(target, places, body, (), None, fold.function), domain)

    def _renamed(self, fold: Fold, taken: frozenset[str]) -> Fold:
        """Return the fold over plain indices where nothing else has them, so that loops can be joined."""
        free = {label: range_of(label) for label in fold.over if label.endswith(BOUND)}
        inside = labels(fold.body) | taken
        found = {label: Place(plain) for label, plain in free.items() if plain not in inside}
        body = substituted(fold.body, found)
        return Fold(fold.function, tuple(found[x].label or x if x in found else x for x in fold.over), body)

    def _cells(self, found: Iterable[str]) -> int:
        return prod(map(self.size, found))

    def _simple(self, node: Node, domain: frozenset[str], grouped: bool = False) -> Node:
        """Return the value with folds, and what changes with fewer indices than its loop, computed apart.

        `grouped`: it is part of a product whose factors are in order.
        """
        match node:
            case Fold():
                return self._apart(node, domain)
            case Op(function, arguments):
                mine = labels(node)
                if mine < domain and self._cells(mine) * SPARED <= self._cells(domain):
                    return self._kept("", node, mine)
                product = function in ("*", "/") and self._cells(domain) > LARGE
                if product and not grouped:
                    return self._simple(self._regrouped(node), domain, True)
                return Op(function, tuple(self._simple(x, domain, product) for x in arguments), node.table)
        return node

    def _kept(self, function: str, node: Node, mine: frozenset[str]) -> Cell:
        """Return the cell of a new array that holds the value, or of one that holds the same already."""
        if (function, node) not in self._known:
            order = self._parts.scope.order.sort(mine)
            name = f"part {len(self._known) + 1}"
            cell = Cell(name, tuple(Place(label) for label in order))
            self._known[function, node] = cell
            self.shapes[name] = tuple(map(self.size, order))
            self._assign(name, cell.places, node)
        return self._known[function, node]

    def _apart(self, fold: Fold, domain: frozenset[str]) -> Node:
        outside, inside = self._pulled_out(fold)
        if self._cells(inside.over) <= WRITTEN_OUT:
            value = self._written_out(inside)
        else:
            plain = self._renamed(inside, frozenset())
            mine = labels(plain)
            value = self._kept("", plain, mine)
        for factor in outside:
            value = Op("*", (factor, value))
        return value if isinstance(value, Cell) else self._simple(value, domain)

    def _pulled_out(self, fold: Fold) -> tuple[list[Node], Fold]:
        """Return the factors of a sum that do not change with its indices, and the sum of the rest."""
        if fold.function != "sum":
            return [], fold
        factors, divisors = _factors(fold.body)
        over = set(fold.over)
        outside = [f for f in factors if not labels(f) & over] + [
            Op("/", (Num(1.0), d)) for d in divisors if not labels(d) & over
        ]
        inside = [f for f in factors if labels(f) & over]
        under = [d for d in divisors if labels(d) & over]
        if not outside or not inside:
            return [], fold
        body = reduce(_times, inside)
        for divisor in under:
            body = Op("/", (body, divisor))
        return outside, Fold("sum", fold.over, body)

    def _written_out(self, fold: Fold) -> Node:
        terms: list[Node] = [fold.body]
        for label in fold.over:
            numbers = range(self.size(label))
            terms = [substituted(term, {label: Place(None, n)}) for term in terms for n in numbers]
        return reduce(lambda a, b: Op(FOLDING[fold.function], (a, b)), terms)

    def _regrouped(self, node: Op) -> Node:
        """Return a product with the factors of fewest cells multiplied first."""
        factors, divisors = _factors(node)
        groups: list[Node] = list(factors)
        for divisor in divisors:
            fitting = [n for n, group in enumerate(groups) if labels(divisor) <= labels(group)]
            if fitting:
                n = min(fitting, key=lambda place: self._cells(labels(groups[place])))
                groups[n] = Op("/", (groups[n], divisor))
            else:
                groups.append(Op("/", (Num(1.0), divisor)))
        while len(groups) > 1:
            pairs = [(i, j) for j in range(len(groups)) for i in range(j)]
            i, j = min(pairs, key=lambda p: self._cells(labels(groups[p[0]]) | labels(groups[p[1]])))
            joined = Op("*", (groups[i], groups[j]))
            groups = [group for n, group in enumerate(groups) if n not in (i, j)] + [joined]
        return groups[0]

    def _add(self, statement: Statement, domain: frozenset[str]) -> None:
        """Add a statement with its loops; one for each place of a short index where cohorts are concerned."""
        order = self._parts.scope.order.sort(domain)
        rest = [label for label in order if label not in self.key]
        if self._is_turned(statement, domain):
            outer = (self.lane, *self.key[:-1])
            turned = Statement(statement.target, statement.places, statement.value, outer, self.key[-1], statement.fold)
            self.statements.append(turned)
            return
        if self.key and set(self.key) <= domain:
            inner = next((label for label in reversed(rest) if range_of(label) == self.lane), None)
            others = [label for label in rest if label != inner]
            if all(self.size(label) <= WRITTEN_OUT for label in others):
                self._unrolled(statement, others, inner)
                return
        fields = (statement.target, statement.places, statement.value)
        self.statements.append(Statement(*fields, order[:-1], order[-1] if order else None, statement.fold))

    def _is_turned(self, statement: Statement, domain: frozenset[str]) -> bool:
        """Tell whether a sum over cohorts is better taken place by place: then it stays in a register.

        That is so for several members, whose numbers are read together in any order, and for what lies ready when the
        step begins; all else is added up where it is computed.
        """
        if not self._turning or not self.key or domain != {*self.key, self.lane} or statement.fold not in FOLDING:
            return False
        ready = all(cell.name not in self.shapes for cell in cells(statement.value))
        return ready and self.lane in statement.written and self.key[-1] not in statement.written

    def _unrolled(self, statement: Statement, others: Sequence[str], inner: str | None) -> None:
        cases: list[dict[str, Place]] = [{}]
        for label in others:
            cases = [{**case, label: Place(None, n)} for case in cases for n in range(self.size(label))]
        for case in cases:
            places = tuple(case.get(place.label or "", place) for place in statement.places)
            value = substituted(statement.value, case)
            self.statements.append(Statement(statement.target, places, value, self.key, inner, statement.fold))


def _widest(stocks: list[tuple[str, ...]], size: Callable[[str], int]) -> tuple[tuple[str, ...], str]:
    """Return the outer indices and the innermost one of the stock with the most cells; none where all are small."""
    sizes = {dims: prod(size(dim) for dim in dims) for dims in stocks if len(dims) > 2}
    widest = max(sizes, key=lambda dims: sizes[dims], default=())
    return (widest[:-1], widest[-1]) if widest and sizes[widest] > LARGE else ((), "")


def _at(name: str, dim: str, ranges: Ranges) -> Place:
    """Return where the elements of a left-hand subscript lie along an axis."""
    positions = ranges.positions(name, dim)
    assert positions is not None
    if name not in ranges:
        return Place(None, positions[0])
    run = positions == tuple(range(positions[0], positions[-1] + 1))
    return Place(name, positions[0]) if run else Place(name, 0, positions)


def _factors(node: Node) -> tuple[list[Node], list[Node]]:
    """Return the factors and the divisors of a product."""
    if isinstance(node, Op) and node.function == "*":
        found = [_factors(argument) for argument in node.arguments]
        return [f for pair in found for f in pair[0]], [d for pair in found for d in pair[1]]
    if isinstance(node, Op) and node.function == "/":
        factors, divisors = _factors(node.arguments[0])
        return factors, [*divisors, node.arguments[1]]
    return [node], []


def _times(first: Node, second: Node) -> Node:
    return Op("*", (first, second))


def _both(first: Node, second: Node) -> Node:
    return Op("and", (first, second))
