"""Measures and hindrances put in order by rule, and their names in words."""

from __future__ import annotations

from dataclasses import dataclass

from outputs.report.experiments import ALL_MEASURES, ALL_OBSTACLES, Measure
from outputs.report.facts import Facts
from outputs.report.numbers import PER_CENT, capital, told
from outputs.words import LANGUAGES

PEOPLE, FORGONE, OUTSIDE = "total_population", "tax_forgone", "nonregistered_workers"
WORTH = 0.01
"""Share of the need (of the people, for a municipality a tenth of that) from which a measure is worth naming."""
WORTH_PLACE = 0.001
MOST = 4
"""Measures named on page one."""


@dataclass(frozen=True)
class Ranked:
    """A measure with what it changes at the goal's year: residents, workers registered elsewhere, tax forgone."""

    measure: Measure
    people: float
    outside: float
    forgone: float


def ranked_measures(facts: Facts) -> list[Ranked]:
    """Every measure, the one with most new residents first."""
    tried = facts.experiments
    rows = []
    for measure in tried.measures:
        effect = tried.effects[measure.lever]
        people, outside, forgone = (
            tried.gain(effect, result, facts.goal, facts.codes) for result in (PEOPLE, OUTSIDE, FORGONE)
        )
        rows.append(Ranked(measure, people, outside, forgone))
    return sorted(rows, key=lambda row: -row.people)


def worth_naming(facts: Facts) -> list[Ranked]:
    """The measures whose gain is worth naming, at most four."""
    return [row for row in ranked_measures(facts) if row.people >= least(facts)][:MOST]


def least(facts: Facts) -> float:
    """The smallest gain that is worth naming: one per cent of the need, or one per mille of a municipality's people."""
    return WORTH * facts.target if facts.is_region else WORTH_PLACE * facts.counted(facts.start)


def all_measures(facts: Facts) -> float:
    """New residents at the goal's year when all measures are taken together."""
    return facts.experiments.gain(facts.experiments.effects[ALL_MEASURES], PEOPLE, facts.goal, facts.codes)


def ranked_obstacles(facts: Facts) -> list[tuple[str, float]]:
    """Each hindrance with the residents its absence would give, the largest first; all together last."""
    tried = facts.experiments
    gains = [(name, tried.gain(effect, PEOPLE, facts.goal, facts.codes)) for name, effect in tried.obstacles.items()]
    single = sorted((each for each in gains if each[0] != ALL_OBSTACLES), key=lambda each: -each[1])
    return [*single, *(each for each in gains if each[0] == ALL_OBSTACLES)]


def action(facts: Facts, measure: Measure) -> str:
    """What to do, with the old and the new value, as a sentence's beginning."""
    old, new, language = facts.experiments.old[measure.lever], measure.to, facts.language
    values = {
        "old": told(old, language, 2),
        "new": told(new, language, 2),
        "change": told(PER_CENT * abs(new - 1), language, 2),
        "percent": told(PER_CENT * abs(new), language, 3),
        "old_percent": told(PER_CENT * abs(old), language, 3),
    }
    return capital(measure.action[LANGUAGES.index(language)].format(**values))


def who(facts: Facts, measure: Measure) -> str:
    """Who decides."""
    return measure.who[LANGUAGES.index(facts.language)]
