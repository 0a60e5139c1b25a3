"""What holds growth back and what can be done: illustrations."""

from __future__ import annotations

from outputs.report.document import Chapter, Column, Figure, Paragraph, Table
from outputs.report.effects import Ranked, least, ranked_measures, ranked_obstacles
from outputs.report.experiments import ALL_OBSTACLES, FROM, RAMP
from outputs.report.facts import Facts
from outputs.report.figures import bars
from outputs.report.figures.bars import Bar, Look
from outputs.report.numbers import MILLION, capital, few, signed
from outputs.report.searched import searched_in_words
from outputs.report.text.answer import SHORT_OBSTACLES
from outputs.report.text.possible import LABELS, WORDS
from outputs.words import phrase

NEXT_TO_NOTHING = 0.001
"""Share of the need below which a gain is next to nothing."""
INCLUSION = "inclusion programme"
DIGITS = 2


def possible_chapter(facts: Facts) -> Chapter:
    """The chapter."""
    say = facts.teller(WORDS)
    told = {"first": int(FROM), "ramp": int(RAMP), "least": facts.whole(least(facts)), "goal": facts.goal}
    searched = [Paragraph(text) for text in searched_in_words(facts)]
    rule = Paragraph(say("rule", **told))
    return Chapter(say("heading"), (rule, *searched, obstacle_figure(facts), measure_figure(facts)))


def obstacle_figure(facts: Facts) -> Figure:
    """How many more residents there would be without each hindrance."""
    say = facts.teller(WORDS)
    gains = ranked_obstacles(facts)
    named = [(phrase(SHORT_OBSTACLES, name, facts.language), gain) for name, gain in gains]
    rows = [Bar(name, gain, signed(gain, facts.language, DIGITS)) for name, gain in named]
    everything = dict(gains)[ALL_OBSTACLES]
    new = everything + facts.median("new_residents", facts.goal)
    enough = "more than need" if new >= facts.target else "less than need"
    told = {
        "goal": facts.goal,
        "base": facts.base,
        "top": rows[0].name,
        "gain": facts.rough(rows[0].value),
        "all": facts.rough(everything),
        "new": facts.rough(new),
        "verdict": say(enough, target=facts.number(facts.target)),
    }
    alone = rows[0].value + facts.median("new_residents", facts.goal) < facts.target
    title = say("obstacles title", goal=facts.goal)
    columns = (Column(say("hindrance")), Column(say("residents", goal=facts.goal), form="change"))
    return Figure(
        name="hindrances",
        title=title,
        alt=say("obstacles alt", **told),
        summary=say("obstacles summary" if alone and enough == "more than need" else "obstacles summary one", **told),
        svg=bars.bars(rows, Look(names=2.5, numbers=0.7, illustration=True)),
        table=Table(title, columns, tuple((row.name, float(f"{row.value:.2g}")) for row in rows)),
    )


def measure_figure(facts: Facts) -> Figure:
    """How many more residents each measure gives."""
    say = facts.teller(WORDS)
    ranked = ranked_measures(facts)
    rows = [Bar(label(facts, row), row.people, signed(round(row.people), facts.language, DIGITS)) for row in ranked]
    small = [row for row in ranked if abs(row.people) < NEXT_TO_NOTHING * facts.target]
    inclusion = next((row for row in ranked if row.measure.lever == INCLUSION and row.people < 0), None)
    told = {
        "goal": facts.goal,
        "count": len(rows),
        "top": rows[0].name,
        "gain": facts.rough(rows[0].value),
        "less": capital(say("several", count=few(len(small), facts.language))),
        "inclusion": "" if inclusion is None else label(facts, inclusion),
    }
    title = say("measures title", goal=facts.goal)
    return Figure(
        name="measures",
        title=title,
        alt=say("measures alt", **told),
        summary=say("measures summary plain" if inclusion is None else "measures summary", **told),
        svg=bars.bars(rows, Look(names=2.3, numbers=0.7, illustration=True, row=0.135)),
        table=_table(facts, title, ranked),
    )


def label(facts: Facts, row: Ranked) -> str:
    """The short name of a measure."""
    return phrase(LABELS, row.measure.lever, facts.language)


def _table(facts: Facts, title: str, ranked: list[Ranked]) -> Table:
    say = facts.teller(WORDS)
    columns = (
        Column(say("measure")),
        Column(say("residents", goal=facts.goal), form="change"),
        Column(say("workers"), form="change"),
        Column(say("tax"), say("millions"), "change"),
    )
    rows = tuple(
        (
            label(facts, row),
            float(f"{round(row.people):.2g}"),
            float(f"{round(row.outside):.2g}"),
            float(f"{round(row.forgone / MILLION):.2g}"),
        )
        for row in ranked
    )
    return Table(title, columns, rows)
