"""The two pages of one municipality."""

from __future__ import annotations

from math import isnan

from outputs.report.chapters.answer import built, outside_and_forgone, stops, todo
from outputs.report.chapters.assumed import project_table, unconverged
from outputs.report.chapters.living import built_figure
from outputs.report.chapters.method import HASH, commands
from outputs.report.chapters.people import people_fan, pyramid_figure
from outputs.report.chapters.trust import OURS, read_scoreboard
from outputs.report.chapters.work import outside_figure
from outputs.report.document import Answer, Block, Cell, Chapter, Column, KeyFigure, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.numbers import MILLION, PER_CENT, signed, span
from outputs.report.svg import HALF
from outputs.report.text.answer import WORDS as ANSWER
from outputs.report.text.municipal import WORDS
from outputs.words import phrase

ROWS = {
    "total_population": 1.0, "present_population": 1.0, "net_migration": 1.0,
    "filled_jobs": 1.0, "employed_residents": 1.0, "unemployed": 1.0, "in_commuters": 1.0, "out_commuters": 1.0,
    "homes_missing": 1.0, "tax_forgone": MILLION,
}  # fmt: skip
"""Results of the table, and what each is divided by."""
SIZES = ((5_000, "size: under 5 000"), (20_000, "size: 5 000 to 20 000"), (10**9, "size: over 20 000"))


def municipal_answer(facts: Facts) -> Answer:
    """The first part of the municipality's report."""
    say, goal = facts.teller(WORDS), facts.goal
    band, start = facts.band("total_population", goal), facts.counted(facts.start)
    told = {
        "name": facts.name,
        "goal": goal,
        "start": facts.start,
        "start_people": facts.exact(start),
        "people": facts.whole(band.median),
        "change": signed(round(PER_CENT * (band.median / start - 1), 1), facts.language, 2),
        "low": facts.whole(band.low),
        "high": facts.whole(band.high),
        "jobs": facts.whole(facts.median("filled_jobs", goal)),
        "outside": facts.whole(facts.median("nonregistered_workers", goal)),
    }
    return Answer(
        question=say("question", **told),
        answer=say("answer", **told),
        key_figures=_key_figures(facts),
        stops=stops(facts, phrase(ANSWER, "top place", facts.language)),
        todo=todo(facts),
        meant_for=phrase(ANSWER, "meant", facts.language),
        not_meant_for=phrase(ANSWER, "not meant", facts.language),
    )


def _key_figures(facts: Facts) -> tuple[KeyFigure, ...]:
    say, goal = facts.teller(WORDS), facts.goal
    band = facts.band("total_population", goal)
    observed = say("observed", people=facts.exact(facts.counted(facts.start)), start=facts.start,
                   span=span(band, facts.language))  # fmt: skip
    return (
        KeyFigure(say("people", goal=goal), facts.whole(band.median), observed),
        *outside_and_forgone(facts),
        built(facts),
    )


def municipal_chapters(facts: Facts) -> tuple[Chapter, ...]:
    """The chapters of the municipality's report."""
    say = facts.teller(WORDS)
    numbers: tuple[Block, ...] = (
        *unconverged(facts),
        _table(facts),
        people_fan(facts, HALF),
        pyramid_figure(facts),
        outside_figure(facts),
        built_figure(facts),
        *project_table(facts, facts.codes),
    )
    trust = (Paragraph(_trust(facts)), Paragraph(_assumed(facts)))
    return Chapter(say("numbers heading"), numbers), Chapter(say("trust heading"), trust)


def _table(facts: Facts) -> Table:
    """The municipality over the years."""
    say = facts.teller(WORDS)
    years = [facts.start, *sorted(facts.case.run.settings.target_years), facts.last]
    rows: list[tuple[Cell, ...]] = []
    for name, scale in ROWS.items():
        known = [_or_none(facts.band(name, year).median, scale) for year in years]
        band = facts.band(name, facts.goal).times(1 / scale)
        rows.append((say(name), *known, *(shown(end, scale) for end in (band.low, band.high))))
    columns = [Column(say("quantity")), *(Column(str(year), form="number") for year in years)]
    columns += [Column(say(key, goal=facts.goal), form="number") for key in ("from", "to")]
    source = say("source", runs=facts.number(facts.runs), start=facts.start, next=facts.start + 1)
    return Table(say("table", name=facts.name, goal=facts.goal), tuple(columns), tuple(rows), source=source)


def _or_none(value: float, scale: float) -> float | None:
    """Three significant digits, people whole; None for a flow of the start year, which no run has."""
    return None if isnan(value) else shown(value / scale, scale)


def shown(value: float, scale: float) -> float:
    """At most three significant digits; what is counted one by one comes whole."""
    return float(f"{(round(value) if scale == 1.0 else value):.3g}")


def _trust(facts: Facts) -> str:
    say, board = facts.teller(WORDS), read_scoreboard()
    size = next(group for limit, group in SIZES if facts.counted(facts.start) < limit)
    e5, e10 = (facts.decimal(board.at(OURS, horizon, group=size)) for horizon in (5, 10))
    return say("trust", size=say(size), e5=e5, e10=e10)


def _assumed(facts: Facts) -> str:
    say, model = facts.teller(WORDS), facts.case.prepared.model
    told = {"hash": model.hash[:HASH], "runs": facts.number(facts.runs), "command": commands(facts)[-1]}
    return say("assumed", **told)
