"""What summary, tables, figures and scenario are made of, with the ways to tell numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from outputs.ensemble.target import Chance, chance_of
from outputs.ensemble.words import chance_in_words
from outputs.sensitivity.words import Words
from outputs.target.words import SENTENCES, UNITS, WHO
from outputs.words import LANGUAGES, number, phrase
from scenarios.places import read_places
from scenarios.sensitivity.inputs import Name, read_names
from scenarios.sensitivity.outcomes import NEW

if TYPE_CHECKING:
    from scenarios.sensitivity.outcomes import Outcome
    from scenarios.target.handles import Handle
    from scenarios.target.limits import Limit
    from scenarios.target.search import Alone
    from scenarios.target.take import Taken
    from scenarios.target.trials import Trial

TENTHS = (10, 100, 1000)
PER_CENT = 100.0
MILLION, THOUSAND, BILLION = 1e6, 1e3, 1e9
DECIMALS = 2
"""Of what limits measure: a thousandth of a per cent says nothing."""
SHARES = ("share", "fall")
"""How the units of levers begin that are told in per cent."""
SHARES_OF = ("share", "unemployed share", "vacancy")
"""How the names of results begin that are shares."""
AGAINST = 0.01
"""Loss, relative to the way to the furthest level, from which on a lever is said to work against the target."""
LEAST_GAIN = 0.001
"""Gain, relative to the level aimed at, below which a lever is said to give nothing."""


@dataclass(frozen=True)
class Story:
    """A finished search in one language; `single`: the outcome of one run of the mix without chance."""

    taken: Taken
    language: str
    single: float

    def say(self, key: str, **values: object) -> str:
        """A sentence with its numbers in place."""
        return phrase(SENTENCES, key, self.language, **values)

    def number(self, value: float, digits: int = 3) -> str:
        """A number of at most three significant digits."""
        return number(value, self.language, digits)

    def pick(self, pair: tuple[str, str]) -> str:
        """The one of two texts that is in this language."""
        return pair[LANGUAGES.index(self.language)]

    @property
    def is_new(self) -> bool:
        """Whether new residents are what is wanted."""
        return self.outcome.name == NEW

    @property
    def outcome(self) -> Outcome:
        """What is wanted."""
        return self.taken.ready.machine.aim.question.outcomes[0]

    @property
    def unit(self) -> str:
        """The outcome's unit in words; new residents by their name."""
        if self.is_new:
            return self.pick(("new residents", "nya invånare"))
        if self.is_share:
            return self.say("points")
        return Words(self.language).unit("1" if self.outcome.unit == "dmnl" else self.outcome.unit)

    @property
    def year(self) -> int:
        """The target's year."""
        return self.taken.ready.order.by

    @property
    def place(self) -> str:
        """Where."""
        return read_places().in_words(self.taken.ready.places, self.language)

    @property
    def scenario(self) -> str:
        """The scenario's title."""
        title = self.taken.ready.scenario.header.title
        return self.pick((title.en, title.sv))

    @property
    def runs(self) -> str:
        """The wished probability in words: 8 of 10 runs."""
        wished = self.taken.wish.probability
        base = next((each for each in TENTHS if abs(wished * each - round(wished * each)) < 1 / TENTHS[-1]), TENTHS[-1])
        return self.say("runs", some=round(wished * base), all=base)

    @property
    def is_share(self) -> bool:
        """Whether what is wanted is a share, told in per cent."""
        return self.outcome.unit in ("dmnl", "1") and self.outcome.long_name.startswith(SHARES_OF)

    def bare_level(self, value: float) -> str:
        """A level without its unit; shares in per cent."""
        return self.number(self.scaled(value))

    def scaled(self, value: float) -> float:
        """A level as it is told: shares in per cent."""
        return value * (PER_CENT if self.is_share else 1.0)

    def level(self, value: float) -> str:
        """A level with its unit."""
        return f"{self.bare_level(value)} {self.say('per cent') if self.is_share else self.unit}".strip()

    def chance(self, trial: Trial) -> str:
        """In how many runs a trial reaches the target, in words."""
        return chance_in_words(self.counted(trial), self.language)

    def counted(self, trial: Trial) -> Chance:
        """In how many runs a trial reaches the target."""
        return chance_of(trial.reached, len(trial.outcomes))

    def amount(self, limit: Limit, value: float) -> str:
        """What a limit measures, with its unit: shares in per cent."""
        from scenarios.target.measures import MEASURES

        return f"{self.bare(limit, value)} {self.pick(MEASURES[limit.name].unit)}"

    def bare(self, limit: Limit, value: float) -> str:
        """The same without its unit."""
        from scenarios.target.measures import MEASURES

        scale = PER_CENT if MEASURES[limit.name].share else 1.0
        return self.number(round(value * scale, DECIMALS) + 0.0)

    @cached_property
    def names(self) -> dict[str, Name]:
        """Plain names of the levers."""
        return read_names()

    def lever(self, name: str) -> str:
        """The plain name of a lever."""
        return self.pick(self.names[name].label) if name in self.names else name

    def where(self, handle: Handle) -> str:
        """Where a handle acts."""
        return self.pick(handle.group.name) if handle.where else self.say("by law")

    def plain(self, handle: Handle, value: float) -> str:
        """A lever's value without its unit, as `setting` counts it."""
        return self.number(PER_CENT * value if handle.cost.unit.startswith(SHARES) else value)

    def who(self, word: str) -> str:
        """Who decides or pays."""
        return self.pick(WHO[word]) if word in WHO else word

    def setting(self, handle: Handle, value: float) -> str:
        """A lever's value with its unit in words; shares in per cent."""
        unit = handle.cost.unit
        words = self.pick(UNITS[unit]) if unit in UNITS else unit
        if unit.startswith(SHARES):
            return f"{self.number(PER_CENT * value)} {self.say('per cent')} {words}".strip()
        return f"{self.number(value)} {words}".strip()

    def spread(self, trial: Trial) -> tuple[float, float]:
        """What a mix costs a year if every cost is at its low, and at its high."""
        each = [handle.cost for handle in self.taken.ready.machine.handles.each]
        low = np.array([cost.low / cost.cost if cost.cost else 1.0 for cost in each])
        high = np.array([cost.high / cost.cost if cost.cost else 1.0 for cost in each])
        return float(trial.costs @ low), float(trial.costs @ high)

    def gain(self, trial: Trial) -> float:
        """What a trial gains in the middle run; above 0 is nearer the target."""
        return self.taken.wish.sign * (trial.median - self.taken.answer.reference.median)

    def level_gain(self, trial: Trial) -> float:
        """What a trial gains in the wished share of the runs."""
        return self.taken.wish.sign * (trial.level - self.taken.answer.reference.level)

    @property
    def least(self) -> float:
        """The gain below which a lever is said to give nothing."""
        answer = self.taken.answer
        return LEAST_GAIN * abs(answer.furthest.level - answer.reference.level)

    def is_against(self, trial: Trial) -> bool:
        """Whether a lever alone works against the target, plainly and in both measures."""
        least = -self.least * AGAINST / LEAST_GAIN
        return self.gain(trial) < least and self.level_gain(trial) < least

    def price(self, trial: Trial) -> float | None:
        """Kronor a year for each unit, or percentage point, gained in the middle run; None where nothing is gained."""
        gain = self.gain(trial)
        counted = gain * (PER_CENT if self.is_share else 1.0)
        return trial.cost * MILLION / counted if gain > self.least else None

    @property
    def alone(self) -> list[Alone]:
        """Every lever alone, everywhere: the best krona first, what gains nothing last."""
        found = [each for each in self.taken.answer.alone if each.handle is None]
        return sorted(found, key=lambda each: (self.price(each.trial) or np.inf, -self.gain(each.trial)))
