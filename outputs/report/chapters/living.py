"""Homes, municipal economy and tax forgone, services."""

from __future__ import annotations

from outputs.report.chapters.fans import FanText, fan_figure
from outputs.report.document import Cell, Chapter, Column, Figure, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.figures import bars, pyramid
from outputs.report.figures.bars import Bar, Look
from outputs.report.figures.fan import Fan
from outputs.report.numbers import BILLION, MILLION, PER_CENT, THOUSAND, Band, few, percent
from outputs.report.svg import HALF
from outputs.report.text.living import WORDS

MOST_HOMES, MOST_TAX, EXTREMES = 6, 10, 5
OLD = (80, 100)


def homes_chapter(facts: Facts) -> Chapter:
    """The chapter on homes."""
    say = facts.teller(WORDS)
    built = facts.mean("dwellings_completed", facts.ahead)
    lost = float(facts.central("dwellings_lost").sel(year=list(facts.ahead)).sum())
    told = {
        "next": facts.start + 1,
        "goal": facts.goal,
        "built": facts.whole(built),
        "per_year": facts.whole(built / len(facts.ahead)),
        "lost": facts.whole(lost),
        "plan": facts.number(float(facts.case.inputs["plan to building start"].mean()), 2),
    }
    blocks = (Paragraph(say("homes", **told)), built_figure(facts), missing_figure(facts), _homes_table(facts))
    return Chapter(say("homes heading"), blocks)


def built_figure(facts: Facts) -> Figure:
    """Homes completed per year."""
    shown = Fan("dwellings_completed", "", 1.0, facts.seen("dwellings_completed"), zero=True)
    return fan_figure(facts, shown, FanText(WORDS, "built", {}), half=True)


def missing_figure(facts: Facts) -> Figure:
    """Households without a home, and homes without a household."""
    vacant = percent(facts.median("vacancy_rate", facts.goal), facts.language)
    return fan_figure(
        facts, Fan("homes_missing", "", zero=True), FanText(WORDS, "missing", {"vacant": vacant}), half=True
    )


def _homes_table(facts: Facts) -> Table:
    say = facts.teller(WORDS)
    lack = {
        code: THOUSAND * facts.median("homes_missing", facts.goal, code) / facts.median("dwellings", facts.goal, code)
        for code in facts.codes
    }
    rows = []
    for code in sorted(lack, key=lambda code: -lack[code])[:MOST_HOMES]:
        built = facts.mean("dwellings_completed", facts.ahead, code) / len(facts.ahead)
        vacant = PER_CENT * facts.median("vacancy_rate", facts.goal, code)
        rows.append((facts.places.name(code), round(lack[code], 1), round(vacant, 1), float(f"{built:.2g}")))
    columns = (
        Column(say("municipality")),
        Column(say("missing per"), form="number"),
        Column(say("vacant"), "%", "percent", decimals=1),
        Column(say("built per year"), form="number"),
    )
    return Table(say("homes table", goal=facts.goal), columns, tuple(rows))


def economy_chapter(facts: Facts) -> Chapter:
    """The chapter on municipal economy."""
    say = facts.teller(WORDS)
    base = facts.median("tax_base", facts.goal) / BILLION
    base_now = float(facts.seen("tax_base").values[-1]) / BILLION
    deficits = sum(facts.median("municipal_result", facts.goal, code) < 0 for code in facts.codes)
    told = {
        "start": facts.start,
        "goal": facts.goal,
        "base": facts.number(base),
        "base_now": facts.number(base_now),
        "per": facts.number(base * BILLION / facts.median("total_population", facts.goal) / THOUSAND),
        "result": facts.whole(facts.median("municipal_result", facts.goal) / MILLION),
        "deficits": few(deficits, facts.language),
    }
    blocks = (Paragraph(say("base", **told)), forgone_figure(facts), _forgone_by_place(facts))
    return Chapter(say("economy heading"), blocks)


def forgone_figure(facts: Facts) -> Figure:
    """Municipal and regional tax forgone on workers registered elsewhere."""
    say = facts.teller(WORDS)
    shown = Fan("tax_forgone", say("millions"), MILLION, zero=True)
    return fan_figure(facts, shown, FanText(WORDS, "forgone", {}), half=True)


def _forgone_by_place(facts: Facts) -> Figure:
    """The municipalities that forgo most per inhabitant, with 8 of 10 runs."""
    say = facts.teller(WORDS)
    per = {code: _per_inhabitant(facts, code) for code in facts.codes}
    order = sorted(per, key=lambda code: -per[code].median)[:MOST_TAX]
    rows = [_bar(facts, code, per[code], facts.number(per[code].median, 2)) for code in order]
    first, second = rows[:2]
    told = {"goal": facts.goal, "top": first.name, "top_value": first.text}
    told |= {"second": second.name, "second_value": second.text}
    title = say("per title", goal=facts.goal)
    look = Look(HALF, 0.85, 0.5, row=0.18)
    return Figure(
        name="forgone-per-inhabitant",
        title=title,
        alt=say("per alt", **told),
        summary=say("per summary", **told),
        svg=bars.dots(rows, look),
        table=_dot_table(facts, title, rows, say("kronor")),
        span="half",
    )


def _per_inhabitant(facts: Facts, code: str) -> Band:
    people = facts.median("total_population", facts.goal, code)
    return facts.band("tax_forgone", facts.goal, code).times(1 / people)


def _bar(facts: Facts, code: str, band: Band, text: str) -> Bar:
    return Bar(facts.places.name(code), band.median, text, band.low, band.high)


def _dot_table(facts: Facts, title: str, rows: list[Bar], unit: str) -> Table:
    """The numbers of dots: median and 8 of 10 runs."""
    say = facts.teller(WORDS)
    columns = [Column(say("municipality")), *(Column(say(key), unit, "number") for key in ("median", "low", "high"))]
    cells: list[tuple[Cell, ...]] = [
        (row.name, *(float(f"{value:.3g}") for value in (row.value, row.low or 0.0, row.high or 0.0))) for row in rows
    ]
    return Table(title, tuple(columns), tuple(cells))


def services_chapter(facts: Facts) -> Chapter:
    """The chapter on services."""
    say = facts.teller(WORDS)
    old_now, old = (sum(pyramid.groups(facts, year)[OLD].values()) for year in (facts.start, facts.goal))
    welfare_now, welfare = (
        float(facts.central("jobs").sel(industry="welfare", year=year)) for year in (facts.start, facts.goal)
    )
    told = {
        "start": facts.start,
        "goal": facts.goal,
        "old_change": facts.whole(old - old_now),
        "welfare": facts.whole(welfare),
        "welfare_now": facts.whole(welfare_now),
    }
    return Chapter(say("service heading"), (Paragraph(say("services", **told)), _burden(facts), _service_figure(facts)))


def _burden(facts: Facts) -> Figure:
    """People of other than working age per 100 of working age."""
    return fan_figure(facts, Fan("dependency_ratio", "", 1 / PER_CENT), FanText(WORDS, "burden", {}), half=True)


def _service_figure(facts: Facts) -> Figure:
    """The service level of every municipality at the goal's year relative to the last observed one."""
    say = facts.teller(WORDS)
    now = {code: facts.median("service_level", facts.start, code) for code in facts.codes}
    level = {code: facts.band("service_level", facts.goal, code).times(1 / now[code]) for code in facts.codes}
    order = sorted(level, key=lambda code: -level[code].median)
    rows = [_bar(facts, code, level[code], facts.number(round(level[code].median, 2))) for code in order]
    told = {"start": facts.start, "goal": facts.goal, "top": rows[0].name, "top_value": rows[0].text}
    lower = sum(row.value < 1 for row in rows)
    told |= {"bottom": rows[-1].name, "bottom_value": rows[-1].text, "lower": lower}
    shown = [*rows[:EXTREMES], *rows[-EXTREMES:]]
    title = say("service title", start=facts.start, goal=facts.goal)
    return Figure(
        name="services",
        title=title,
        alt=say("service alt", **told),
        summary=say("service summary" if lower else "service summary none", **told),
        svg=bars.dots(shown, Look(HALF, 0.85, 0.5, row=0.18), line=1.0),
        table=_dot_table(facts, title, shown, say("relative", start=facts.start)),
        span="half",
    )
