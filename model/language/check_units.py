"""Checks that both sides of every equation have the same unit, and the parts of every expression fitting ones."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from fractions import Fraction

from model.language.errors import Problem
from model.language.expressions import Call, Expression, Number, Reference, Table
from model.language.functions import COMPARISONS, DELAYS, LOGIC, spelling
from model.language.structure import BUILT_IN, Equation, Variable
from model.language.units import DMNL, Unit, UnitError, parse_unit
from model.language.variables import literal

YEAR = parse_unit("year")
# functions of a pure number that give one; angles are in radians
PURE = frozenset({"exp", "ln", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"})
Any = None  # the unit of a bare 0: it fits every unit
Maybe = Unit | None


def check_units(variables: Mapping[str, Variable], faulty: Container[tuple[str, int]] = ()) -> list[Problem]:
    """Return every unit that cannot be read and every equation whose units do not fit.

    `faulty`: places (file, line) of equations with other problems, which are left out.
    """
    problems: list[Problem] = []
    units: dict[str, Unit] = {name: parse_unit(unit) for name, unit in BUILT_IN.items()}
    for name, variable in variables.items():
        try:
            units[name] = parse_unit(variable.unit) if variable.unit else DMNL
        except UnitError as error:
            problems.append(
                Problem(
                    variable.file,
                    variable.line,
                    f"'{variable.name}': {error}.",
                    "Write products and quotients of names, e.g. SEK/(person*year).",
                )
            )
    for name, variable in variables.items():
        if name in units and variable.unit:
            sound = (e for e in variable.equations if (e.file, e.line) not in faulty)
            for equation in sound:
                problems += _Equation(variables, units, variable, equation).check()
    return problems


class _MismatchError(ValueError):
    """Units that do not fit; the text says which."""


class _UnknownUnitError(ValueError):
    """A part whose unit is not known because of another problem."""


class _Equation:
    """The unit check of one equation."""

    def __init__(
        self, variables: Mapping[str, Variable], units: Mapping[str, Unit], variable: Variable, equation: Equation
    ) -> None:
        self._variables, self._units = variables, units
        self._variable, self._equation = variable, equation

    def check(self) -> Iterator[Problem]:
        """Yield the equation's problem, if it has one."""
        expression = self._equation.expression
        if expression is None or literal(expression) is not None or isinstance(expression, Table):
            return
        own = self._units[self._variable.key]
        try:
            found = self._whole(expression, own)
        except _UnknownUnitError:
            return
        except _MismatchError as error:
            yield self._problem(str(error))
            return
        if found is not None and found != own:
            yield self._problem(f"its unit is {self._variable.unit}, but its equation gives {found}.")

    def _problem(self, what: str) -> Problem:
        read = [self._variables[n] for n in dict.fromkeys(_names(self._equation.expression)) if n in self._variables]
        units = ", ".join(f"{variable.name} [{variable.unit}]" for variable in read)
        hint = f"It reads: {units}." if units else "Check the numbers in it."
        return Problem(self._equation.file, self._equation.line, f"'{self._variable.name}': {what}", hint)

    def _whole(self, expression: Expression, own: Unit) -> Maybe:
        """Return the unit of a right-hand side; a lookup written in place gives what the variable has."""
        if isinstance(expression, Call) and expression.function == "with_lookup":
            self._unit(expression.arguments[0])
            return own
        if isinstance(expression, Call) and expression.function == "integ":
            flow, initial = (self._unit(argument) for argument in expression.arguments)
            self._same("the flow of the stock", flow, "its unit per year", own / YEAR)
            self._same("the initial value of the stock", initial, "its unit", own)
            return own
        return self._unit(expression)

    def _unit(self, expression: Expression) -> Maybe:
        match expression:
            case Number(value):
                return Any if value == 0 else DMNL
            case Reference(name):
                return self._known(name)
            case Call():
                return self._call(expression)
        return DMNL

    def _known(self, name: str) -> Unit:
        if name not in self._units:
            raise _UnknownUnitError(name)
        return self._units[name]

    def _call(self, call: Call) -> Maybe:
        function, arguments = call.function, call.arguments
        if function in self._units:
            self._unit(arguments[0])
            return self._units[function]
        if function in ("*", "/"):
            return self._product(function, arguments)
        if function == "^":
            return self._power(arguments)
        if function in LOGIC:
            for argument in arguments:
                self._unit(argument)
            return DMNL
        units = [self._unit(argument) for argument in arguments]
        if function in PURE:
            self._same(f"the argument of {spelling(function)}", units[0], "a pure number", DMNL)
            return DMNL
        if function == "sqrt":
            return None if units[0] is None else units[0] ** Fraction(1, 2)
        return self._shaped(call, units)

    def _shaped(self, call: Call, units: list[Maybe]) -> Maybe:
        """Return the unit of a function that keeps the unit of one of its arguments."""
        function, arguments = call.function, call.arguments
        name = spelling(function)
        if function in ("+", "-", "min", "max") or function in COMPARISONS:
            self._pair(name, units[0], units[1])
            return DMNL if function in COMPARISONS else self._either(units)
        if function == "if_then_else":
            self._pair("the branches of IF THEN ELSE", units[1], units[2])
            return self._either(units[1:])
        if function == "modulo":
            if not isinstance(arguments[1], Number):
                self._pair(name, units[0], units[1])
            return units[0]
        if function in ("zidz", "xidz"):
            quotient = self._product("/", arguments[:2])
            if function == "xidz":
                self._pair("the quotient and the last argument of XIDZ", quotient, units[2])
            return quotient
        if function in DELAYS:
            self._same(f"the time of {name}", units[1], "a time", YEAR)
            self._pair(f"the input and the initial value of {name}", units[0], units[2])
            return units[0]
        return self._clocked(function, units)

    def _clocked(self, function: str, units: list[Maybe]) -> Maybe:
        """Return the unit of functions of time and of all others, which keep their argument's unit."""
        name = spelling(function)
        if function == "step":
            self._same(f"the moment of {name}", units[1], "a time", YEAR)
        elif function == "ramp":
            self._same(f"the begin of {name}", units[1], "a time", YEAR)
            self._same(f"the end of {name}", units[2], "a time", YEAR)
            return None if units[0] is None else units[0] * YEAR
        elif function in ("pulse", "pulse_train"):
            for unit in units:
                self._same(f"an argument of {name}", unit, "a time", YEAR)
            return DMNL
        elif function == "prod":
            self._same("the argument of PROD", units[0], "a pure number", DMNL)
        return units[0]

    def _product(self, function: str, arguments: tuple[Expression, ...]) -> Unit:
        left, right = (self._unit(argument) or DMNL for argument in arguments)
        return left * right if function == "*" else left / right

    def _power(self, arguments: tuple[Expression, ...]) -> Maybe:
        base, exponent = (self._unit(argument) for argument in arguments)
        self._same("an exponent", exponent, "a pure number", DMNL)
        number = literal(arguments[1])
        if base is None or base == DMNL:
            return base
        if not isinstance(number, Number):
            raise _MismatchError(f"{base} is raised to a power that is not a literal number.")
        return base ** Fraction(number.value).limit_denominator(1000)

    @staticmethod
    def _either(units: list[Maybe]) -> Maybe:
        return next((unit for unit in units if unit is not None), None)

    @staticmethod
    def _pair(name: str, left: Maybe, right: Maybe) -> None:
        if left is not None and right is not None and left != right:
            where = name if " " in name else f"'{name}'"
            raise _MismatchError(f"{where} puts together {left} and {right}.")

    @staticmethod
    def _same(what: str, have: Maybe, wanted_name: str, wanted: Unit) -> None:
        if have is not None and have != wanted:
            raise _MismatchError(f"{what} is {have}, not {wanted_name} ({wanted}).")


def _names(expression: Expression | None) -> Iterator[str]:
    if isinstance(expression, Reference):
        yield expression.name
    elif isinstance(expression, Call):
        yield expression.function
        for argument in expression.arguments:
            yield from _names(argument)
