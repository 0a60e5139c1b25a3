"""Municipality by municipality: one row each in two tables."""

from __future__ import annotations

from outputs.ensemble.areas import read_areas
from outputs.report.document import Chapter, Column, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.numbers import PER_CENT, THOUSAND
from outputs.report.text.trust import WORDS

OLD_FROM = 65


def places_chapter(facts: Facts) -> Chapter:
    """The chapter."""
    say = facts.teller(WORDS)
    return Chapter(say("places heading"), (Paragraph(say("places")), _people(facts), _work(facts)))


def _areas(facts: Facts) -> list[str]:
    """The municipalities, the counties, the region."""
    return [area.code for area in read_areas(tuple(facts.codes), facts.places)]


def _people(facts: Facts) -> Table:
    say = facts.teller(WORDS)
    rows = []
    for code in _areas(facts):
        there = facts.at(code)
        start, band = there.counted(facts.start), there.band("total_population", facts.goal)
        women = there.median("population_by_sex", facts.goal, sex="women") / band.median
        ages = there.central("population").sel(year=facts.goal)
        old = float(ages.sel(age=slice(OLD_FROM, None)).sum() / ages.sum())
        change = PER_CENT * (band.median / start - 1)
        shares = (round(PER_CENT * women, 1), round(PER_CENT * old, 1))
        rows.append((_name(there), start, band.median, band.low, band.high, round(change, 1), *shares))
    columns = (
        Column(say("area")),
        Column(str(facts.start), form="number", decimals=0),
        Column(say("median", goal=facts.goal), form="number"),
        Column(say("low"), form="number"),
        Column(say("high"), form="number"),
        Column(say("change", start=facts.start, goal=facts.goal), "%", "change", decimals=1),
        Column(say("women", goal=facts.goal), "%", "percent", decimals=1),
        Column(say("old", goal=facts.goal), "%", "percent", decimals=1),
    )
    return Table(say("places people"), columns, tuple(rows))


def _work(facts: Facts) -> Table:
    say, goal = facts.teller(WORDS), facts.goal
    rows = []
    for code in _areas(facts):
        there = facts.at(code)
        people, jobs = there.median("total_population", goal), there.median("filled_jobs", goal)
        rows.append(
            (
                _name(there),
                jobs,
                round(PER_CENT * there.median("nonregistered_workers", goal) / jobs, 1),
                round(PER_CENT * there.median("unemployed", goal) / there.median("labour_force", goal), 1),
                float(f"{there.mean('dwellings_completed', facts.ahead) / len(facts.ahead):.2g}"),
                float(f"{there.median('tax_forgone', goal) / people:.2g}"),
                there.median("tax_base", goal) / people / THOUSAND,
                round(_service(there), 2),
            )
        )
    columns = (
        Column(say("area")),
        Column(say("jobs"), form="number"),
        Column(say("outside"), say("per 100"), "number", decimals=1),
        Column(say("unemployed"), say("of labour"), "percent", decimals=1),
        Column(say("built"), say("a year"), "number"),
        Column(say("forgone"), say("per head"), "number"),
        Column(say("power"), say("thousand"), "number"),
        Column(say("service"), say("relative", start=facts.start), "number", decimals=2),
    )
    return Table(say("places work", goal=goal), columns, tuple(rows))


def _name(there: Facts) -> str:
    """A name that fits a row."""
    return there.teller(WORDS)("both") if there.is_region else there.name


def _service(there: Facts) -> float:
    """The service level relative to the last observed year."""
    return there.median("service_level", there.goal) / there.median("service_level", there.start)
