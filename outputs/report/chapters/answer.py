"""Page one: how many new residents, with what probability, what stops us, what to do."""

from __future__ import annotations

from outputs.report.document import Answer, KeyFigure
from outputs.report.effects import action, all_measures, least, ranked_measures, ranked_obstacles, who, worth_naming
from outputs.report.facts import Facts
from outputs.report.numbers import MILLION, PER_CENT, signed, span
from outputs.report.text.answer import OBSTACLES, WORDS
from outputs.words import phrase

SEEN_YEARS = 10
"""Observed years that building is compared with."""


def answer(facts: Facts) -> Answer:
    """The first page of the region's report."""
    say = facts.teller(WORDS)
    band = facts.band("new_residents", facts.goal)
    people, start = facts.median("total_population", facts.goal), facts.counted(facts.start)
    text = say(
        "answer",
        go=say("grow" if people >= start else "shrink"),
        people_start=facts.exact(start),
        start=facts.start,
        people=facts.whole(people),
        goal=facts.goal,
        new=facts.whole(abs(band.median)),
        more=say("more" if band.median >= 0 else "fewer"),
        base=facts.base,
        low=facts.whole(band.low),
        high=facts.whole(band.high),
        target=facts.number(facts.target),
        chance=facts.chance_in_words(facts.goal),
    )
    return Answer(
        question=say("question"),
        answer=text,
        key_figures=key_figures(facts),
        stops=stops(facts, say("top region")),
        todo=todo(facts),
        meant_for=say("meant"),
        not_meant_for=say("not meant"),
    )


def key_figures(facts: Facts) -> tuple[KeyFigure, ...]:
    """Eight numbers: new residents at the target years, the chance, what is needed, people from outside, tax, homes."""
    return (
        *(_new(facts, year) for year in sorted(facts.case.run.settings.target_years)),
        _chance(facts),
        _needed(facts),
        *outside_and_forgone(facts),
        built(facts),
        _balance(facts),
    )


def _new(facts: Facts, year: int) -> KeyFigure:
    say, band = facts.teller(WORDS), facts.band("new_residents", year)
    note = say("8 of 10", span=span(band, facts.language))
    return KeyFigure(say("new residents", base=facts.base, year=year), signed(band.median, facts.language), note)


def outside_and_forgone(facts: Facts) -> list[KeyFigure]:
    """Workers registered elsewhere, and the tax forgone on them, at the goal's year."""
    say, goal = facts.teller(WORDS), facts.goal
    outside, forgone = facts.band("nonregistered_workers", goal), facts.band("tax_forgone", goal).times(1 / MILLION)
    notes = [say("8 of 10", span=span(band, facts.language)) for band in (outside, forgone)]
    return [
        KeyFigure(say("outside", goal=goal), facts.whole(outside.median), notes[0]),
        KeyFigure(say("forgone", goal=goal), say("forgone value", value=facts.whole(forgone.median)), notes[1]),
    ]


def _chance(facts: Facts) -> KeyFigure:
    say, chance = facts.teller(WORDS), facts.chance(facts.goal)
    value = say("chance value", reached=facts.exact(chance.reached), runs=facts.exact(chance.runs))
    later = facts.chance(facts.last)
    note = say("chance note", last=facts.last, reached=facts.exact(later.reached))
    return KeyFigure(say("chance", target=facts.number(facts.target), goal=facts.goal), value, note)


def _needed(facts: Facts) -> KeyFigure:
    """Yearly growth from the last observed year that the need asks for, beside the simulated and the best observed."""
    say, years = facts.teller(WORDS), len(facts.ahead)
    have = facts.counted(facts.start) - facts.counted(facts.base)
    simulated = (facts.median("new_residents", facts.goal) - have) / years
    changes = facts.seen("population").diff("year")
    best = changes.sel(year=changes.idxmax("year"))
    told = {
        "simulated": signed(simulated, facts.language),
        "best_year": int(best["year"]),
        "best": signed(float(best), facts.language),
    }
    needed = signed((facts.target - have) / years, facts.language)
    label = say("needed", target=facts.number(facts.target), goal=facts.goal)
    return KeyFigure(label, say("needed value", needed=needed), say("needed note", **told))


def built(facts: Facts) -> KeyFigure:
    """Homes completed a year on average, beside the last observed years."""
    say = facts.teller(WORDS)
    mean = facts.mean("dwellings_completed", facts.ahead) / len(facts.ahead)
    first = facts.start - SEEN_YEARS + 1
    seen = float(facts.seen("dwellings_completed").sel(year=slice(first, facts.start)).mean())
    note = say("homes note", seen=facts.whole(seen), first=first, start=facts.start)
    return KeyFigure(say("homes", goal=facts.goal), facts.whole(mean), note)


def _balance(facts: Facts) -> KeyFigure:
    """Births less deaths on average."""
    say = facts.teller(WORDS)
    balance = (facts.mean("births", facts.ahead) - facts.mean("deaths", facts.ahead)) / len(facts.ahead)
    seen = float(facts.seen("births").sel(year=facts.start)) - float(facts.seen("deaths").sel(year=facts.start))
    note = say("balance note", seen=signed(seen, facts.language), start=facts.start)
    return KeyFigure(say("balance", goal=facts.goal), signed(balance, facts.language), note)


def stops(facts: Facts, top: str) -> str:
    """What holds growth back: the hindrance whose absence gives most, the next, and the balance of births."""
    say = facts.teller(WORDS)
    (first, gain), (second, gain_second), *_ = ranked_obstacles(facts)
    balance = facts.mean("births", facts.ahead) - facts.mean("deaths", facts.ahead)
    key = "surplus" if balance > 0 else "deficit"
    return say(
        "stops",
        top=top,
        first=phrase(OBSTACLES, first, facts.language),
        gain=facts.rough(gain),
        second=phrase(OBSTACLES, second, facts.language),
        gain_second=facts.rough(gain_second),
        goal=facts.goal,
        balance=say(key, number=facts.whole(abs(balance)), goal=facts.goal),
    )


def todo(facts: Facts) -> tuple[str, ...]:
    """The measures that give most, by rule, and how far all of them reach."""
    say = facts.teller(WORDS)
    lines: list[str] = []
    for row in worth_naming(facts):
        told = {"action": action(facts, row.measure), "who": who(facts, row.measure), "gain": facts.rough(row.people)}
        lines.append(say("todo" if lines else "first todo", goal=facts.goal, **told))
    count = len(ranked_measures(facts))
    if not lines:
        lines.append(say("nothing", count=count, least=facts.whole(least(facts)), goal=facts.goal))
    return (*lines, _together(facts, count) if facts.is_region else _alone(facts, count))


def _together(facts: Facts, count: int) -> str:
    """How far all measures reach, from the scenario's middle run."""
    say = facts.teller(WORDS)
    gain = all_measures(facts)
    new = gain + facts.median("new_residents", facts.goal)
    share = facts.number(PER_CENT * new / facts.target, 2)
    verdict = say("enough") if new >= facts.target else say("not enough", share=share)
    told = {"count": count, "gain": facts.rough(gain), "new": facts.rough(new), "base": facts.base}
    return say("together", verdict=verdict, **told)


def _alone(facts: Facts, count: int) -> str:
    """What all measures give where the municipality alone takes them."""
    say = facts.teller(WORDS)
    return say("alone", count=count, gain=facts.rough(all_measures(facts)), name=facts.name)
