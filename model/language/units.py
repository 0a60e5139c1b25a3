"""Exact unit algebra: products of powers of base units, read from strings such as `SEK/(person*year)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\W\d_][\w%]*(?:\s+[^\W\d_][\w%]*)*)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[*/^()-]))"
)
_IRREGULAR: Mapping[str, str] = MappingProxyType({"people": "person", "dimensionless": "dmnl"})
_NO_UNIT = frozenset({"dmnl", "1"})
_SHORTEST_PLURAL = 4  # "jobs"; shorter words ending in s are names of their own


class UnitError(ValueError):
    """The text is not a unit."""


@dataclass(frozen=True)
class Unit:
    """A product of base units with their exponents, e.g. {person: 1, year: -1}; empty for dmnl."""

    powers: Mapping[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = {name: self.powers[name] for name in sorted(self.powers) if self.powers[name]}
        object.__setattr__(self, "powers", MappingProxyType(kept))

    def __hash__(self) -> int:
        return hash(tuple(self.powers.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unit) and dict(self.powers) == dict(other.powers)

    def __mul__(self, other: Unit) -> Unit:
        names = {*self.powers, *other.powers}
        return Unit({n: self.powers.get(n, Fraction(0)) + other.powers.get(n, Fraction(0)) for n in names})

    def __truediv__(self, other: Unit) -> Unit:
        return self * other ** Fraction(-1)

    def __pow__(self, exponent: Fraction | int) -> Unit:
        return Unit({name: power * Fraction(exponent) for name, power in self.powers.items()})

    def __str__(self) -> str:
        over = [_power(name, power) for name, power in self.powers.items() if power > 0]
        under = [_power(name, -power) for name, power in self.powers.items() if power < 0]
        if not under:
            return "*".join(over) or "dmnl"
        below = under[0] if len(under) == 1 else f"({'*'.join(under)})"
        return f"{'*'.join(over) or '1'}/{below}"


DMNL = Unit()


def _power(name: str, power: Fraction) -> str:
    if power == 1:
        return name
    return f"{name}^{power}" if power.denominator == 1 else f"{name}^({power})"


def parse_unit(text: str) -> Unit:
    """Return the unit that the text names; plural and singular are the same. Raises UnitError."""
    tokens = _tokens(text)
    unit, rest = _product(tokens, text)
    if rest:
        raise UnitError(f"'{text}' is not a unit: '{rest[0]}' is not expected there")
    return unit


def _tokens(text: str) -> list[str]:
    tokens, position = [], 0
    stripped = text.strip()
    while position < len(stripped):
        found = _TOKEN.match(stripped, position)
        if not found:
            raise UnitError(f"'{text}' is not a unit: '{stripped[position:].strip()}' cannot be read")
        tokens.append(found.group().strip())
        position = found.end()
    return tokens


def _product(tokens: list[str], text: str) -> tuple[Unit, list[str]]:
    unit, rest = _powered(tokens, text)
    while rest and rest[0] in "*/":
        sign, (other, rest) = rest[0], _powered(rest[1:], text)
        unit = unit * other if sign == "*" else unit / other
    return unit, rest


def _powered(tokens: list[str], text: str) -> tuple[Unit, list[str]]:
    unit, rest = _atom(tokens, text)
    if rest[:1] != ["^"]:
        return unit, rest
    found = re.match(r"^\^ ?\(? ?(?P<power>-? ?\d+(?: ?/ ?\d+)?)", " ".join(rest))
    if not found:
        raise UnitError(f"'{text}' is not a unit: an exponent is a whole number or a fraction")
    used = len(found.group().split(" "))
    closing = rest[1:2] == ["("]
    return unit ** Fraction(found["power"].replace(" ", "")), rest[used + closing :]


def _atom(tokens: list[str], text: str) -> tuple[Unit, list[str]]:
    if not tokens:
        raise UnitError(f"'{text}' is not a unit: something is missing")
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        unit, rest = _product(rest, text)
        if rest[:1] != [")"]:
            raise UnitError(f"'{text}' is not a unit: a parenthesis is not closed")
        return unit, rest[1:]
    name = singular(first)
    if name in _NO_UNIT:
        return DMNL, rest
    if not name[0].isalpha():
        raise UnitError(f"'{text}' is not a unit: '{first}' is not expected there")
    return Unit({name: Fraction(1)}), rest


def singular(name: str) -> str:
    """Return the singular of a unit's name (`persons` is `person`, `municipalities` is `municipality`)."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    if name.endswith("ies"):
        return name[:-3] + "y"
    plural = name.endswith("s") and not name.endswith("ss") and len(name) >= _SHORTEST_PLURAL
    return name[:-1] if plural else name
