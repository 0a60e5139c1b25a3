"""What a read model consists of: equations, the variables they make up, and the model that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Literal, TypeVar

from model.language.expressions import Expression, key
from model.language.ranges import Ranges
from model.language.source import Entry, Range

Kind = Literal["stock", "auxiliary", "parameter", "lever", "given", "series", "lookup"]
Value = TypeVar("Value")

CONTROL = {"initial_time": "year", "final_time": "year", "time_step": "year", "saveper": "year"}
BUILT_IN = {"time": "year", **CONTROL}


@dataclass(frozen=True)
class Equation:
    """One equation, or the part of a variable's that holds for some elements.

    `subscripts` are keys of ranges or elements; `excepted` lists element groups the part leaves out;
    `expression` is None where the numbers come from model/values.
    """

    name: str
    subscripts: tuple[str, ...]
    excepted: tuple[tuple[str, ...], ...]
    expression: Expression | None
    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Variable:
    """A variable of the model with everything that is said about it.

    `name` as written; `dims` the names of its ranges; `range` (low, high), None where no limit;
    `inputs` and `users` the names of the variables it reads and of those that read it.
    """

    name: str
    dims: tuple[str, ...]
    unit: str
    range: Range | None
    definition: str
    source: str
    quality: str
    group: str
    kind: Kind
    keyword: str | None
    equations: tuple[Equation, ...]
    inputs: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The sector file, from the project's folder."""
        return self.equations[0].file

    @property
    def line(self) -> int:
        """The line of the first equation."""
        return self.equations[0].line

    @property
    def text(self) -> str:
        """The equations as written."""
        return "\n".join(f"{equation.text} |" for equation in self.equations)

    @property
    def key(self) -> str:
        """The name in lower case with underscores, as in results."""
        return key(self.name)

    @property
    def sector(self) -> str:
        """The sector file's name without its ending."""
        return Path(self.file).stem


class Names(Mapping[str, Value], Generic[Value]):
    """A mapping by name in which case, spaces and underscores do not matter; iterates names as written."""

    def __init__(self, items: Mapping[str, Value]) -> None:
        self._by_key = {key(name): (name, value) for name, value in items.items()}

    def __getitem__(self, name: str) -> Value:
        return self._by_key[key(name)][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and key(name) in self._by_key


@dataclass(frozen=True)
class Model:
    """A checked model: its variables by name, its dimensions, its files and where it lies.

    `hash` is the SHA-256 of the sector files in their order; `entries` every entry as written, in order;
    `whole` the model of all places, where this one is of some.
    """

    variables: Names[Variable]
    ranges: Ranges
    entries: tuple[Entry, ...]
    sectors: Path
    hash: str
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    whole: Model | None = None

    @property
    def folder(self) -> Path:
        """The folder with sectors, values and places.csv."""
        return self.sectors.parent

    def coordinates(self, range_name: str) -> list[str] | list[int]:
        """Return the labels of a range: municipality and county codes, ages as integers, else names."""
        chosen = self.ranges[key(range_name)]
        labels = self.labels.get(chosen.root, {})
        if chosen.root == "age" and all(element[1:].isdecimal() for element in chosen.elements):
            return [int(element[1:]) for element in chosen.elements]
        return [labels.get(element, self.ranges.display[element]) for element in chosen.elements]

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of a variable without time."""
        return tuple(len(self.ranges[key(dim)].elements) for dim in self.variables[name].dims)
