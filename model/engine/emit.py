"""Writes expressions as Python: one piece of code per node, axes in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from model.engine import axes as ax
from model.engine.axes import TIME, AxisOrder, Code, aligned
from model.engine.order import CLOCK, PRECOMPUTE_LIMIT, Stage, combine, names_in
from model.engine.program import Rule
from model.language.binding import Axis, Target, bind, bound_labels
from model.language.expressions import Call, Expression, Number, Reference, Table
from model.language.functions import CLOCKED, COMPARISONS, REDUCTIONS
from model.language.ranges import Ranges
from model.language.structure import CONTROL

_INFIX = {
    "+": ("+", ax.SUM),
    "-": ("-", ax.SUM),
    "*": ("*", ax.PRODUCT),
    "/": ("/", ax.PRODUCT),
    "=": ("==", ax.COMPARISON),
    "<>": ("!=", ax.COMPARISON),
    **{sign: (sign, ax.COMPARISON) for sign in ("<", "<=", ">", ">=")},
    "and": ("&", ax.LOGIC),
    "or": ("|", ax.LOGIC),
}
_XP = {
    "min": "minimum",
    "max": "maximum",
    "abs": "abs",
    "exp": "exp",
    "ln": "log",
    "sqrt": "sqrt",
    **{name: name for name in ("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh")},
    "integer": "trunc",
    "if_then_else": "where",
}
_METHOD = {"sum": "sum", "vmin": "min", "vmax": "max", "prod": "prod"}


@dataclass(frozen=True)
class Scope:
    """What an emitter knows: the rules, the dimensions, the order of axes, when each name is known, the lookups.

    `limit`: of what depends on time alone, so many numbers at most are computed before the step.
    """

    rules: Mapping[str, Rule]
    ranges: Ranges
    order: AxisOrder
    stages: Mapping[str, Stage]
    lookups: Mapping[str, Table]
    identifiers: Mapping[str, str]
    limit: int = PRECOMPUTE_LIMIT


Hoist = Callable[[Expression, Stage, tuple[str, ...]], str | None]


class Emitter:
    """Emits the expressions of one equation.

    `left`: the left-hand subscripts; `over_time`: quantities of the driver stage have a leading time axis;
    `hoist`: takes (expression, stage, labels) of a part known before the step, returns the name it is kept under.
    """

    def __init__(self, scope: Scope, constants: Constants, *, over_time: bool = False) -> None:
        self._scope = scope
        self._constants = constants
        self._over_time = over_time
        self.left: tuple[str, ...] = ()
        self.hoist: Hoist | None = None
        self.used: dict[str, None] = {}

    def emit(self, expression: Expression, left: tuple[str, ...], hoist: Hoist | None = None) -> Code:
        """Return the code of an expression in an equation with these left-hand subscripts."""
        self.left, self.hoist = left, hoist
        return self._emit(expression)

    def _emit(self, expression: Expression) -> Code:
        match expression:
            case Number(value):
                return _number(value)
            case Reference():
                return self._reference(expression)
            case Call():
                return self._hoisted(expression) or self._call(expression)
        raise TypeError(f"{expression} cannot stand in an expression")

    def stage(self, expression: Expression) -> Stage:
        """Return when an expression is known."""
        known = self._scope.stages
        return combine(known[name] for name in names_in(expression) if name in known)

    def _hoisted(self, call: Call) -> Code | None:
        """Return a reference to a part kept from before the step, None where the part must stay."""
        if self.hoist is None:
            return None
        stage = self.stage(call)
        if stage == Stage.DYNAMIC or not any(True for _ in names_in(call)):
            return None
        hoist, used = self.hoist, dict(self.used)
        self.hoist = None
        code = self._call(call)
        self.hoist, self.used = hoist, used
        if stage == Stage.DRIVER and prod(map(self._scope.order.length, code.labels)) > self._scope.limit:
            return None
        name = hoist(call, stage, code.labels)
        if name is None:
            return None
        self.used[name] = None
        return Code(name, code.labels)

    def _call(self, call: Call) -> Code:
        function = call.function
        if function == "sum":
            return self._sum(call.arguments[0])
        if function in REDUCTIONS:
            return self._reduce(function, call.arguments[0])
        if function == "with_lookup":
            table = call.arguments[1]
            assert isinstance(table, Table)
            return self._lookup(self._constants.table(table), call.arguments[0])
        if function in self._scope.lookups:
            return self._lookup(self._constants.table(self._scope.lookups[function]), call.arguments[0])
        if function in ("*", "/") and self._is_large(call):
            return self._large_product(call)
        arguments = [self._emit(argument) for argument in call.arguments]
        if function in _INFIX:
            return self._infix(function, arguments)
        if function == "^":
            return self._power(arguments)
        if function == "negative":
            return Code(f"-{arguments[0].within(ax.UNARY)}", arguments[0].labels, ax.UNARY)
        if function == "not":
            return Code(f"xp.logical_not({arguments[0].text})", arguments[0].labels)
        return self._function(function, arguments)

    def _union(self, codes: Sequence[Code]) -> tuple[str, ...]:
        return self._scope.order.sort(label for code in codes for label in code.labels)

    def _infix(self, function: str, arguments: list[Code]) -> Code:
        sign, binds = _INFIX[function]
        labels = self._union(arguments)
        is_logic, compares = binds == ax.LOGIC, function in COMPARISONS
        left = aligned(arguments[0], labels, ax.ATOM if is_logic else binds + compares)
        right = aligned(arguments[1], labels, ax.ATOM if is_logic else binds + 1)
        return Code(f"{left} {sign} {right}", labels, binds)

    def _cells(self, labels: Iterable[str]) -> int:
        """Return how many numbers an array with these labels holds at one moment."""
        return prod(self._scope.order.length(label) for label in set(labels) if label != TIME)

    def _is_large(self, call: Call) -> bool:
        hoist, used = self.hoist, dict(self.used)
        self.hoist = None
        labels = self._union([self._emit(argument) for argument in call.arguments])
        self.hoist, self.used = hoist, used
        return self._cells(labels) > PRECOMPUTE_LIMIT

    def _large_product(self, call: Call) -> Code:
        """Return a product with its small factors multiplied first, so that few multiplications run over all cells."""
        factors, divisors = self._spread_out(call)
        groups: list[Code] = []
        for code in factors:
            same = next((n for n, group in enumerate(groups) if group.labels == code.labels), None)
            if same is None:
                groups.append(code)
            else:
                groups[same] = self._infix("*", [groups[same], code])
        full = self._cells(self._union([*factors, *divisors]))
        for code in divisors:
            groups = self._divided(groups, code)
        while pair := self._smallest_pair(groups, full):
            joined = self._infix("*", [groups[pair[0]], groups[pair[1]]])
            groups = [joined, *(group for n, group in enumerate(groups) if n not in pair)]
        product = groups[0]
        for code in groups[1:]:
            product = self._infix("*", [product, code])
        return product

    def _divided(self, groups: list[Code], divisor: Code) -> list[Code]:
        """Return the factors of a product with the smallest that has all indices of the divisor divided by it."""
        fitting = [n for n, group in enumerate(groups) if set(divisor.labels) <= set(group.labels)]
        if not fitting:
            return [*groups, self._infix("/", [Code("1"), divisor])]
        chosen = min(fitting, key=lambda n: self._cells(groups[n].labels))
        return [self._infix("/", [group, divisor]) if n == chosen else group for n, group in enumerate(groups)]

    def _smallest_pair(self, groups: Sequence[Code], full: int) -> tuple[int, int] | None:
        """Return the two groups whose product has the fewest cells, None where all products fill all cells."""
        pairs = [(i, j) for j in range(len(groups)) for i in range(j)]
        sizes = {pair: self._cells(self._union([groups[pair[0]], groups[pair[1]]])) for pair in pairs}
        smallest = min(pairs, key=lambda pair: sizes[pair], default=None)
        return smallest if smallest and sizes[smallest] < full else None

    def _spread_out(self, expression: Expression) -> tuple[list[Code], list[Code]]:
        """Return the factors and the divisors of a product."""
        if not (isinstance(expression, Call) and expression.function in ("*", "/")):
            return [self._emit(expression)], []
        factors: list[Code] = []
        divisors: list[Code] = []
        for place, argument in enumerate(expression.arguments):
            if place == 1 and expression.function == "/":
                divisors.append(self._emit(argument))
                continue
            kept = self._hoisted(argument) if isinstance(argument, Call) else None
            more, under = ([kept], []) if kept else self._spread_out(argument)
            factors += more
            divisors += under
        return factors, divisors

    def _power(self, arguments: list[Code]) -> Code:
        labels = self._union(arguments)
        base, exponent = (aligned(argument, labels, ax.ATOM) for argument in arguments)
        return Code(f"{base} ** {exponent}", labels, ax.POWER)

    def _function(self, function: str, arguments: list[Code]) -> Code:
        """Return the call of a function that works element by element."""
        extended = [*arguments, self._clock()] if function in CLOCKED else arguments
        if function == "step":
            extended = [*extended, Code("dt")]
        labels = self._union(extended)
        texts = [aligned(argument, labels, ax.LOGIC) for argument in extended]
        if function == "pulse_train":
            texts = [*texts[:3], f"({texts[3]}, {texts[4]})"]
        name = {"step": "step_at"}.get(function, function)
        if function in _XP:
            return Code(f"xp.{_XP[function]}({', '.join(texts)})", labels)
        xp = [] if function in ("step", "pulse", "pulse_train") else ["xp"]
        return Code(f"{name}({', '.join([*texts, *xp])})", labels)

    def _lookup(self, table: str, argument: Expression) -> Code:
        code = self._emit(argument)
        return Code(f"lookup({code.text}, {table}, xp)", code.labels)

    def _reduce(self, function: str, argument: Expression) -> Code:
        over = bound_labels(argument)
        code = self._emit(argument)
        return _method(code, _METHOD[function], over)

    def _sum(self, argument: Expression) -> Code:
        """Return a sum; of a product as a contraction, factors that do not run with the index outside."""
        over = bound_labels(argument)
        inside: list[Code] = []
        outside: list[Code] = []
        divisors: list[Code] = []
        self._factors(argument, (over, inside, outside, divisors))
        order = self._scope.order
        kept = order.sort(label for code in inside for label in code.labels if label not in over)
        summed = inside[0] if len(inside) == 1 else None
        total = _method(summed, "sum", over) if summed else _einsum(inside, kept)
        for code in outside:
            total = self._infix("*", [code, total])
        for code in divisors:
            total = self._infix("/", [total, code])
        return total

    def _factors(
        self, expression: Expression, bins: tuple[tuple[str, ...], list[Code], list[Code], list[Code]]
    ) -> None:
        """Sort the factors of a product by whether they run with the summed index."""
        over, inside, outside, divisors = bins
        if isinstance(expression, Call) and expression.function == "*":
            for argument in expression.arguments:
                self._factors(argument, bins)
            return
        if isinstance(expression, Call) and expression.function == "/":
            divisor = self._emit(expression.arguments[1])
            if not set(divisor.labels) & set(over):
                self._factors(expression.arguments[0], bins)
                divisors.append(divisor)
                return
        code = self._emit(expression)
        (inside if set(code.labels) & set(over) else outside).append(code)

    def _clock(self) -> Code:
        self.used[CLOCK] = None
        return Code(self._scope.identifiers[CLOCK], (TIME,) if self._over_time else ())

    def _reference(self, reference: Reference) -> Code:
        name = reference.name
        if name == CLOCK:
            return self._clock()
        if name in CONTROL:
            return self._setting(name)
        rule = self._scope.rules[name]
        self.used[name] = None
        timed = self._over_time and self._scope.stages[name] == Stage.DRIVER
        bound = bind(reference, Target(name, rule.dims), self.left, self._scope.ranges)
        code = self._picked(Code(self._scope.identifiers[name]), bound, timed)
        labels = self._scope.order.sort(code.labels)
        return code if labels == code.labels else Code(aligned(code, labels), labels)

    def _setting(self, name: str) -> Code:
        if name in ("time_step", "saveper"):
            return Code("dt")
        self.used[name] = None
        return Code(name)

    def _picked(self, code: Code, bound: Sequence[Axis], timed: bool) -> Code:
        """Return the code of an array with elements and stretches picked along its axes."""
        lead = [":"] if timed else []
        basic = [*lead, *(_index(axis) for axis in bound)]
        text = code.text
        while basic and basic[-1] == ":":
            basic.pop()
        if basic:
            text = f"{text}[{', '.join(basic)}]"
        left = [axis for axis in bound if axis.label]
        for place, axis in enumerate(left):
            if axis.positions is not None and not _contiguous(axis.positions):
                skip = ":, " * (place + len(lead))
                text = f"{text}[{skip}{self._constants.index(axis.positions)}]"
        labels = ([TIME] if timed else []) + [axis.label for axis in left if axis.label]
        return Code(text, tuple(labels))


class Constants:
    """Lookup tables and index lists that the emitted module names once, at its top."""

    def __init__(self) -> None:
        self._tables: dict[Table, str] = {}
        self._indices: dict[tuple[int, ...], str] = {}

    def table(self, table: Table) -> str:
        """Return the name of a table."""
        return self._tables.setdefault(table, f"LOOKUP_{len(self._tables) + 1}")

    def index(self, positions: tuple[int, ...]) -> str:
        """Return the name of a list of positions."""
        return self._indices.setdefault(positions, f"PLACES_{len(self._indices) + 1}")

    def lines(self) -> list[str]:
        """Return the lines that declare them."""
        tables = [f"{name} = LookupTable({list(t.xs)}, {list(t.ys)})" for t, name in self._tables.items()]
        return tables + [f"{name} = np.array({list(p)})" for p, name in self._indices.items()]


def _number(value: float) -> Code:
    whole = value.is_integer() and abs(value) < 1e15
    text = str(int(value)) if whole else repr(value)
    return Code(text, (), ax.ATOM if value >= 0 else ax.UNARY)


def _contiguous(positions: tuple[int, ...]) -> bool:
    return positions == tuple(range(positions[0], positions[-1] + 1))


def _index(axis: Axis) -> str:
    if axis.positions is None:
        return ":"
    if axis.label is None:
        return str(axis.positions[0])
    return f"{axis.positions[0]}:{axis.positions[-1] + 1}" if _contiguous(axis.positions) else ":"


def _method(code: Code, method: str, over: Sequence[str]) -> Code:
    """Return the reduction of some axes."""
    places = [place for place, label in enumerate(code.labels) if label in over]
    labels = tuple(label for label in code.labels if label not in over)
    if method == "sum":
        return Code(f"add_up({code.text}, {tuple(places)}, xp)", labels)
    axis = str(places[0]) if len(places) == 1 else str(tuple(places))
    return Code(f"{code.within(ax.ATOM)}.{method}({axis})", labels)


def _einsum(codes: Sequence[Code], kept: tuple[str, ...]) -> Code:
    """Return the contraction of several arrays over all labels that are not kept."""
    letters: dict[str, str] = {}
    for label in (label for code in codes for label in code.labels):
        letters.setdefault(label, _letter(label, set(letters.values())))
    inputs = ",".join("".join(letters[label] for label in code.labels) for code in codes)
    output = "".join(letters[label] for label in kept)
    return Code(f'contract("{inputs}->{output}", {", ".join(code.text for code in codes)}, xp=xp)', kept)


def _letter(label: str, taken: set[str]) -> str:
    wanted = [c for c in label if c.isascii() and c.isalpha()] + list("abcdefghijklmnopqrstuvwxyz")
    return next(c for c in wanted if c not in taken)
