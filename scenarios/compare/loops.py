"""The model's feedback loops, and a model in which each can be opened.

A loop is opened where it closes: the equations in which its last link acts read, instead of the variable that the run
computes, a given series of it: the values it had in the run that is compared with. Nothing else changes, and no
equation is altered in the sector files: `switched` makes a model in which every reference X in these equations reads

    closed · X + (1 - closed) · X held

with `closed` 1 or 0 for each loop. With every loop open and the inputs of the run compared with, the model runs as
that run did; with every loop closed it is the model itself. The links below are our reading of the loops in the model's
equations; a link that several loops share stands with the one that it is named for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from model.language.expressions import Call, Expression, Number, Reference, key
from model.language.structure import Equation, Names, Variable

if TYPE_CHECKING:
    from model.language import Model


@dataclass(frozen=True)
class Link:
    """A variable and the variables in whose equations it closes the loop."""

    variable: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class Loop:
    """A loop: its key, what it is called and what its links are in English and Swedish, and the links."""

    key: str
    title: tuple[str, str]
    told: tuple[str, str]
    links: tuple[Link, ...]

    @property
    def switch(self) -> str:
        """The input that closes it (1) or opens it (0)."""
        return f"loop {self.key} closed"


MOVES = ("odds of moving", "pressure to leave", "attraction")
"""Where what people know of a place decides whether they come, stay or leave."""
LOOPS = (
    Loop(
        "R1",
        ("residents' custom makes jobs", "invånarnas köpkraft ger jobb"),
        (
            "purchasing power and number of residents → jobs in local services, trade, upkeep",
            "invånarnas köpkraft och antal → jobb i lokala tjänster, handel och underhåll",
        ),
        (
            Link("relative purchasing power", ("positions wanted",)),
            Link("jobs that follow people", ("positions wanted",)),
            Link("relative population", ("positions wanted",)),
        ),
    ),
    Loop(
        "R2",
        ("the commuter trap", "pendlarfällan"),
        (
            "tax money → welfare staff, and services as people know them → moves in and out",
            "skattepengar → välfärdspersonal, och upplevd service → in- och utflyttning",
        ),
        (Link("welfare affordability", ("positions wanted",)), Link("Perceived services", MOVES)),
    ),
    Loop(
        "R3",
        ("need of welfare takes labour", "välfärdsbehovet tar arbetskraft"),
        ("need of welfare by age → welfare jobs", "välfärdsbehov efter ålder → välfärdsjobb"),
        (Link("relative need", ("positions wanted",)),),
    ),
    Loop(
        "B1",
        ("homes short or in plenty", "brist eller överskott på bostäder"),
        (
            "choice of homes → moves in and out; scarcity and prices → plans and building starts",
            "bostadsutbud → in- och utflyttning; brist och priser → planer och byggstarter",
        ),
        (
            Link("Perceived choice of homes", MOVES),
            Link("scarcity", ("planning drive", "readiness to build")),
            Link("margin", ("planning drive", "readiness to build")),
            Link("planned for shortage", ("planned",)),
        ),
    ),
    Loop(
        "B2",
        ("labour market tight or slack", "stram eller svag arbetsmarknad"),
        (
            "openings nobody here fills → recruits from outside; openings → commuting; unemployment → wages, moves",
            "jobb som ingen här tar → rekrytering utifrån; lediga jobb → pendling; arbetslöshet → löner, flyttningar",
        ),
        (
            Link("ordinary recruits", ("recruits from outside", "recruits moving")),
            Link("plant recruits", ("recruits from outside", "recruits moving")),
            Link("site recruits", ("recruits from outside", "recruits moving")),
            Link("openings felt", ("change weight",)),
            Link("labour cost effect", ("positions wanted",)),
            Link("relative unemployment", ("pressure to leave", "attraction")),
        ),
    ),
    Loop(
        "B3",
        ("plants and homes share builders", "industri och bostäder delar på byggarna"),
        (
            "builders to be had → pace of projects and of building starts",
            "tillgång på byggare → projekt och byggstarter",
        ),
        (Link("builder availability", ("readiness", "dwellings started")),),
    ),
    Loop(
        "B4",
        ("projects queue for power", "projekten köar för el"),
        ("power to be had → pace of projects", "tillgång på eleffekt → projektens takt"),
        (Link("grid availability", ("readiness",)),),
    ),
    Loop(
        "B5",
        ("layoffs make people leave", "uppsägningar gör att folk flyttar"),
        ("layoffs → newcomers who leave again", "uppsägningar → nyinflyttade som flyttar igen"),
        (Link("home layoff rate", ("footloose leaving",)),),
    ),
)
"""The model's loops with the links that close them; prices that fall after layoffs act through B1's links."""


def switched(model: Model, loops: Iterable[Loop] = LOOPS) -> Model:
    """The model with a switch for each loop and a series `<variable> held` for each link's variable."""
    chosen = tuple(loops)
    variables = {variable.name: variable for variable in model.variables.values()}
    for loop in chosen:
        variables[loop.switch] = _switch(loop, model)
        for link, user in _uses(loop):
            name = model.variables[link.variable].name
            variables[held(name)] = _held(model.variables[name])
            one = variables[model.variables[user].name]
            variables[one.name] = replace(one, equations=tuple(_opened(each, name, loop) for each in one.equations))
    told = repr([(loop.key, loop.links) for loop in chosen])
    return replace(model, variables=Names(variables), hash=sha256(f"{model.hash} {told}".encode()).hexdigest())


def linked(model: Model, loops: Iterable[Loop] = LOOPS) -> tuple[str, ...]:
    """The names of the links' variables, each once."""
    return tuple(dict.fromkeys(model.variables[link.variable].name for loop in loops for link in loop.links))


def held(name: str) -> str:
    """The name of the series that stands for a variable where its loop is open."""
    return f"{name} held"


def missing_links(model: Model, loops: Iterable[Loop] = LOOPS) -> list[str]:
    """Links that the model does not have, in words: its equations and the table of loops have grown apart."""
    found = []
    for loop in loops:
        for link, user in _uses(loop):
            known = link.variable in model.variables and user in model.variables
            if not known or key(link.variable) not in map(key, model.variables[user].inputs):
                found.append(f"{loop.key}: '{link.variable}' in the equation of '{user}'")
    return found


def _uses(loop: Loop) -> Iterator[tuple[Link, str]]:
    return ((link, user) for link in loop.links for user in link.users)


def _switch(loop: Loop, model: Model) -> Variable:
    equation = _equation(loop.switch, (), Number(1.0), next(iter(model.variables.values())))
    return Variable(loop.switch, (), "dmnl", (0.0, 1.0), loop.title[0], "", "", "", "parameter", None, (equation,))


def _held(variable: Variable) -> Variable:
    name = held(variable.name)
    equation = _equation(name, tuple(key(dim) for dim in variable.dims), None, variable)
    return replace(
        variable, name=name, kind="series", keyword="interpolate", equations=(equation,), inputs=(), users=()
    )


def _equation(name: str, subscripts: tuple[str, ...], expression: Expression | None, beside: Variable) -> Equation:
    return Equation(key(name), subscripts, (), expression, beside.file, beside.line, name)


def _opened(equation: Equation, variable: str, loop: Loop) -> Equation:
    if equation.expression is None:
        return equation
    names = {key(variable): (Reference(key(loop.switch)), key(held(variable)))}
    return replace(equation, expression=_replaced(equation.expression, names))


def _replaced(expression: Expression, names: Mapping[str, tuple[Reference, str]]) -> Expression:
    """The expression with every reference to a link's variable turned into the choice between it and its series."""
    if isinstance(expression, Call):
        return Call(expression.function, tuple(_replaced(each, names) for each in expression.arguments))
    if not isinstance(expression, Reference) or expression.name not in names:
        return expression
    switch, series = names[expression.name]
    rest = Call("-", (Number(1.0), switch))
    given = Reference(series, expression.subscripts)
    return Call("+", (Call("*", (switch, expression)), Call("*", (rest, given))))
