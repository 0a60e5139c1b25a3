"""Scenarios beside each other: differences run by run against the first."""

from __future__ import annotations

import numpy as np

from outputs.ensemble.bands import spread_of
from outputs.ensemble.difference import Difference, check_pair
from outputs.ensemble.publish import source_of
from outputs.ensemble.quantiles import HIGH_80, LOW_80, MEDIAN, QUANTILES
from outputs.report.cases import Case
from outputs.report.document import Block, Bullets, Cell, Chapter, Column, Figure, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.figures import bars, lines
from outputs.report.figures.bars import Bar, Look
from outputs.report.numbers import MILLION, THOUSAND, Band, capital, signed
from outputs.report.text.compared import WORDS
from outputs.scenario_words import change_in_words

MOST_PLACES, MOST_CHANGES, SHORT = 10, 6, 30
PEOPLE, OUTSIDE = "total_population", "nonregistered_workers"


def compared_chapter(facts: Facts) -> Chapter:
    """The chapter; the facts hold at least two cases."""
    say = facts.teller(WORDS)
    first, others = facts.cases[0], facts.cases[1:]
    titles = {"first": first.title(facts.language), "second": others[0].title(facts.language)}
    key = "intro one" if len(others) == 1 else "intro"
    blocks: list[Block] = [
        Paragraph(say(key, count=facts.number(len(others)), **titles)),
        _lines(facts),
        _table(facts),
    ]
    for number, other in enumerate(others, start=1):
        blocks += [*_changes(facts, other), _places(facts, other, number), *_why(facts, other, number)]
    return Chapter(say("heading"), tuple(blocks))


def _lines(facts: Facts) -> Figure:
    """New residents of the region in each scenario's middle run."""
    say = facts.teller(WORDS)
    drawn = []
    for at, case in enumerate(facts.cases):
        median = case.bands["new_residents"].sel(area=facts.area, quantile=MEDIAN)
        title = case.title(facts.language)
        drawn.append(lines.Line(_short(title), lines.by_year(median, median["year"].values, THOUSAND), heavy=at == 0))
    bands = facts.case.bands["new_residents"].sel(area=facts.area)
    band = {
        int(year): tuple(float(bands.sel(year=year, quantile=share)) / THOUSAND for share in (LOW_80, HIGH_80))
        for year in bands["year"].values
    }
    ends = [
        f"”{case.title(facts.language)}” {signed(facts.of(case).median('new_residents', facts.goal), facts.language)}"
        for case in facts.cases
    ]
    told = {"first": facts.case.title(facts.language), "goal": facts.goal, "told": "; ".join(ends), "base": facts.base}
    title = say("lines title", base=facts.base)
    columns = (
        Column("År" if facts.language == "sv" else "Year", form="year"),
        *(Column(line.name, form="number") for line in drawn),
    )
    rows = tuple((year, *(line.values.get(year) for line in drawn)) for year in facts.years)
    look = lines.Look(
        height=2.7,
        room=1.75,
        zero=False,
        band={y: (b[0], b[1]) for y, b in band.items()},
        level=facts.target / THOUSAND,
    )
    return Figure(
        name="scenarios",
        title=title,
        alt=say("lines alt", **told),
        summary=say("lines summary", **told),
        svg=lines.draw(drawn, facts.language, look),
        table=Table(title, columns, rows),
    )


def _short(title: str) -> str:
    """A title in two lines beside a line's end."""
    words, rows = title.split(), [""]
    for word in words:
        if len(rows[-1]) + len(word) > SHORT and rows[-1]:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return "\n".join(rows[:2])


def _table(facts: Facts) -> Table:
    say = facts.teller(WORDS)
    rows = []
    for case in facts.cases:
        own = facts.of(case)
        band = own.band("new_residents", facts.goal)
        rows.append(
            (
                case.title(facts.language),
                band.median,
                band.low,
                band.high,
                own.median(OUTSIDE, facts.goal),
                own.median("tax_forgone", facts.goal) / MILLION,
                own.mean("dwellings_completed", facts.ahead) / len(facts.ahead),
            )
        )
    columns = (
        Column(say("scenario")),
        Column(say("new", base=facts.base), form="number"),
        Column(say("low"), form="number"),
        Column(say("high"), form="number"),
        Column(say("outside"), form="number"),
        Column(say("forgone"), say("millions"), "number"),
        Column(say("built"), say("a year"), "number"),
    )
    return Table(say("table", goal=facts.goal), columns, tuple(rows))


def _changes(facts: Facts, other: Case) -> list[Block]:
    """The story of the scenario and what it changes."""
    say = facts.teller(WORDS)
    told = [
        change_in_words(change, facts.places, facts.language)
        for change in other.run.changes
        if change not in facts.case.run.changes
    ]
    intro = Paragraph(other.description(facts.language))
    if not told:
        return [intro]
    more = [f"… (+{len(told) - MOST_CHANGES})"] if told[MOST_CHANGES:] else []
    return [intro, Paragraph(say("changes", title=other.title(facts.language))), Bullets((*told[:MOST_CHANGES], *more))]


def _places(facts: Facts, other: Case, number: int) -> Figure:
    """Differences of people by municipality, pair by pair."""
    say = facts.teller(WORDS)
    people, outside = (differences(facts, other, name) for name in (PEOPLE, OUTSIDE))
    order = sorted(facts.codes, key=lambda code: -abs(people[code].median))[:MOST_PLACES]
    rows = [
        Bar(facts.places.name(code), people[code].median, signed(round(people[code].median), facts.language, 2),
            people[code].low, people[code].high)
        for code in order
    ]  # fmt: skip
    top = max(rows, key=lambda row: abs(row.value))
    whole = people[facts.area]
    told = {
        "first": facts.case.title(facts.language),
        "second": other.title(facts.language),
        "goal": facts.goal,
        "top": top.name,
        "top_value": top.text,
        "whole": signed(whole.median, facts.language),
        "low": signed(whole.low, facts.language),
        "high": signed(whole.high, facts.language),
        "outside": signed(round(outside[facts.area].median), facts.language),
    }
    title = say("places title", **told)
    columns = [
        Column(say("municipality")),
        *(Column(say(key), say("people"), "change") for key in ("median", "low", "high")),
    ]
    cells: list[tuple[Cell, ...]] = [
        (row.name, *(float(f"{v:.2g}") for v in (row.value, row.low or 0.0, row.high or 0.0))) for row in rows
    ]
    return Figure(
        name=f"difference-{number}",
        title=title,
        alt=say("places alt", **told),
        summary=say("places summary", **told),
        svg=bars.dots(rows, Look(names=1.3, numbers=0.7), line=0.0),
        table=Table(title, tuple(columns), tuple(cells)),
    )


def _why(facts: Facts, other: Case, number: int) -> list[Block]:
    """Each group of assumptions' share of the difference on the middle assumptions, and the loop that carried most."""
    from outputs.comparison.results import comparison_results, group_key
    from outputs.comparison.words import Words
    from scenarios.compare.analyse import compare
    from scenarios.compare.loops import LOOPS
    from scenarios.compare.order import CompareOrder

    first = facts.case.run.order
    asked = CompareOrder((first.scenario, other.run.order.scenario), fit=first.fit, force=first.force)
    found = compare(asked, lambda _: None)
    groups = found.compared[0].groups
    if not groups:
        return []
    at = comparison_results(found).isel(scenario=0).sel(year=facts.goal, area=facts.area)
    words = Words(facts.language)
    shares = {words.group(group): float(at[f"{PEOPLE}_share"].sel(assumption=group_key(group))) for group in groups}
    carried = {words.loop(loop): float(at[f"{PEOPLE}_carried"].sel(loop=loop.key)) for loop in LOOPS}
    return [_why_figure(facts, other, number, (shares, carried))]


def _why_figure(facts: Facts, other: Case, number: int, found: tuple[dict[str, float], dict[str, float]]) -> Figure:
    say, (shares, carried) = facts.teller(WORDS), found
    order = sorted(shares, key=lambda name: -abs(shares[name]))
    rows = [Bar(capital(name), shares[name], signed(round(shares[name]), facts.language, 2)) for name in order]
    loop = max(carried, key=lambda name: abs(carried[name]))
    told = {
        "first": facts.case.title(facts.language),
        "second": other.title(facts.language),
        "goal": facts.goal,
        "count": len(rows),
        "whole": signed(round(sum(shares.values())), facts.language, 2),
        "top": rows[0].name,
        "value": rows[0].text,
        "loop": loop,
        "carried": signed(round(carried[loop]), facts.language, 2),
    }
    title = say("why title", **told)
    columns = (Column(say("assumption")), Column(say("part"), say("people"), "change"))
    return Figure(
        name=f"why-{number}",
        title=title,
        alt=say("why alt", **told),
        summary=say("why summary", **told),
        svg=bars.bars(rows[:MOST_PLACES], Look(names=2.6, numbers=0.7, illustration=True)),
        table=Table(title, columns, tuple((row.name, float(f"{round(row.value):.2g}")) for row in rows)),
    )


def differences(facts: Facts, other: Case, name: str) -> dict[str, Band]:
    """A result of another scenario less the first one's at the goal's year, run by run, by area."""
    from scenarios.ensemble import open_members

    check_pair(other.plan, facts.case.plan, (other.name, facts.case.name))
    one, reference = (
        source_of(open_members(case.folder)[sorted({PEOPLE, name})].sel(year=[facts.goal]), case.run.settings)
        for case in (other, facts.case)
    )
    apart = Difference(one, reference)
    spread = spread_of(apart, name, [1, len(apart.areas)])
    at = [QUANTILES.index(share) for share in (LOW_80, MEDIAN, HIGH_80)]
    values = np.asarray(spread.quantiles)[at, 0, :]
    return {area.code: Band(*map(float, values[:, place])) for place, area in enumerate(apart.areas)}
