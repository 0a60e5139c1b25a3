"""Words of a discovery, in English and Swedish: conditions, questions, numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from outputs.sensitivity.words import GROWTH, PER_CENT
from outputs.sensitivity.words import Words as Units
from outputs.words import phrase
from scenarios.discover.drawn import Thing
from scenarios.discover.judge import HALVES
from scenarios.discover.order import FAILING_UNITS, DiscoverOrder
from scenarios.discover.prim import Box, Condition
from scenarios.discover.questions import ECONOMY, Question
from scenarios.places import read_places
from scenarios.sensitivity.inputs import NEVER

TEN, HUNDRED = 10, 100
WORDS: dict[str, tuple[str, str]] = {
    "region": ("Norrbotten and Västerbotten", "Norrbotten och Västerbotten"),
    "target": (
        "fewer than {limit} new residents by {year}: the target is missed",
        "färre än {limit} nya invånare till {year}: målet missas",
    ),
    "furthest": (
        "at least {limit} new residents by {year}: the quarter of the runs that comes furthest",
        "minst {limit} nya invånare till {year}: den fjärdedel av körningarna som kommer längst",
    ),
    "economy accumulated": (
        "{place}: the municipality's accumulated result, beyond a surplus of 2 per cent a year, is below {limit} SEK "
        "per inhabitant at the end of {year}",
        "{place}: kommunens ackumulerade resultat, utöver ett överskott på 2 procent per år, är under {limit} kronor "
        "per invånare vid slutet av {year}",
    ),
    "economy tax-base": (
        "{place}: by {year} the tax base per inhabitant has fallen more than {limit} per cent behind the region's",
        "{place}: skattekraften har till {year} halkat efter regionens med mer än {limit} procent",
    ),
    "economy services": (
        "{place}: services are below {limit} per cent of the base year's level in {year}",
        "{place}: servicen är under {limit} procent av basårets nivå {year}",
    ),
    "short target": ("target missed", "målet missas"),
    "short furthest": ("furthest quarter", "längst komna fjärdedelen"),
    "short economy": ("{place}: economy fails", "{place}: ekonomin sviktar"),
    "above": ("{label} above {low}", "{label} över {low}"),
    "below": ("{label} below {high}", "{label} under {high}"),
    "between": ("{label} between {low} and {high}", "{label} mellan {low} och {high}"),
    "event by": ("{label} by {high}", "{label} senast {high}"),
    "event after": ("no {label} before {low}", "ingen {label} före {low}"),
    "luck below": (
        "the luck that the projects share among the worst {high} of 100",
        "projektens gemensamma tur bland de {high} sämsta av 100",
    ),
    "luck above": (
        "the luck that the projects share among the best {low} of 100",
        "projektens gemensamma tur bland de {low} bästa av 100",
    ),
    "of ten": ("{some} of 10", "{some} av 10"),
    "of hundred": ("{some} of 100", "{some} av 100"),
    "under one": ("fewer than 1 of 10", "färre än 1 av 10"),
    "over nine": ("more than 9 of 10", "fler än 9 av 10"),
    "times": ("times the base", "gånger grundvärdet"),
    "every": ("all", "alla"),
    "no one": ("none", "inga"),
    "and": (" and ", " och "),
    "per cent": ("per cent", "procent"),
    "quality A": ("quality A: measured", "kvalitet A: uppmätt"),
    "quality B": ("quality B: well founded", "kvalitet B: väl underbyggd"),
    "quality C": ("quality C: estimated with wide margins", "kvalitet C: skattad med bred marginal"),
    "quality D": ("quality D: a judgement", "kvalitet D: en bedömning"),
    "quality judged": ("judged from the register's history", "bedömd efter projektregistrets historia"),
    "quality estimated": ("estimated from how years have differed", "skattad efter hur åren har skilt sig åt"),
    "again": ("again in {count} of {halves} random halves of the runs", "åter i {count} av {halves} slumpvisa halvor"),
}
EVENTS = (": stop", ": closure")
"""How the names of things end that are years in which something happens."""


@dataclass(frozen=True)
class Words:
    """Words and numbers in one language."""

    language: str

    def say(self, key: str, **values: object) -> str:
        """Words with their values in place."""
        return phrase(WORDS, key, self.language, **values)

    def pick(self, both: tuple[str, str]) -> str:
        """The one of an English and a Swedish text that is in this language."""
        return self._units.pick(*both)

    def number(self, value: float) -> str:
        """A number of at most three significant digits."""
        return self._units.number(value)

    @property
    def _units(self) -> Units:
        return Units(self.language)

    def place(self, code: str) -> str:
        """A municipality's name; the region's for ''."""
        return read_places().name(code) if code else self.say("region")

    def question(self, question: Question, order: DiscoverOrder, year: int) -> str:
        """What happens, in a clause."""
        key = f"{ECONOMY} {order.failing}" if question.key == ECONOMY else question.key
        limit = abs(question.limit) if key == f"{ECONOMY} tax-base" else question.limit
        return self.say(key, place=self.place(question.place), limit=self.number(limit), year=year)

    def short(self, question: Question) -> str:
        """What happens, in a few words."""
        return self.say(f"short {question.key}", place=self.place(question.place))

    def unit(self, question: Question, order: DiscoverOrder) -> str:
        """The unit of a question's values."""
        return self._units.unit("persons") if question.key != ECONOMY else self.pick(FAILING_UNITS[order.failing])

    def conditions(self, box: Box, things: tuple[Thing, ...]) -> str:
        """All conditions of a box, with 'and' between."""
        return self.say("and").join(self.condition(each, things[each.column]) for each in box.conditions)

    def condition(self, condition: Condition, thing: Thing) -> str:
        """One condition with its unit."""
        low, high = condition.low, condition.high
        label = self.pick(thing.label)
        if thing.name.endswith(EVENTS):
            return self._event(label, low, high)
        if thing.unit == "luck":
            return self._luck(low, high)
        unit = self.say("times") if thing.kind == "table" else self._unit(thing.unit)
        told = {"low": self._value(low, thing.unit), "high": self._value(high, thing.unit)}
        key = "between" if np.isfinite(low) and np.isfinite(high) else "above" if np.isfinite(low) else "below"
        return f"{self.say(key, label=label, **told)} {unit}".strip()

    def _event(self, label: str, low: float, high: float) -> str:
        """A year in which something happens; 9999 is never."""
        if np.isfinite(high) and high < NEVER:
            return self.say("event by", label=label, high=f"{np.floor(high):.0f}")
        return self.say("event after", label=label, low=f"{np.floor(low):.0f}")

    def _luck(self, low: float, high: float) -> str:
        if np.isfinite(high):
            return self.say("luck below", high=round(HUNDRED * high))
        return self.say("luck above", low=round(HUNDRED * (1 - low)))

    def _value(self, value: float, unit: str) -> str:
        if not np.isfinite(value):
            return ""
        return (
            f"{value:.0f}"
            if unit == "year" and value > 1900
            else self.number(value * (PER_CENT if unit == GROWTH else 1))
        )

    def _unit(self, unit: str) -> str:
        if unit == "per cent":
            return self.say("per cent")
        return "" if unit in ("dmnl", "1") else self._units.unit(unit)

    def quality(self, thing: Thing) -> str:
        """How well founded a thing's numbers are."""
        return self.say(f"quality {thing.quality}") if f"quality {thing.quality}" in WORDS else thing.quality

    def of_ten(self, share: float) -> str:
        """A share in words: '8 of 10'."""
        if share in (0.0, 1.0):
            return self.say("every" if share else "no one")
        some = round(TEN * share)
        return self.say("under one" if some == 0 else "over nine" if some == TEN else "of ten", some=some)

    def pair(self, one: float, two: float) -> tuple[str, str]:
        """Two shares beside each other: of 10 where that tells them apart, else of 100."""
        tens = [round(TEN * share) for share in (one, two)]
        if tens[0] != tens[1] and all(0 < some < TEN for some in tens):
            return self.of_ten(one), self.of_ten(two)
        first, second = (self.say("of hundred", some=round(HUNDRED * share)) for share in (one, two))
        return first, second

    def again(self, count: int) -> str:
        """How often a condition comes again."""
        return self.say("again", count=count, halves=HALVES)
