"""Maps, and people by age and sex."""

from __future__ import annotations

from outputs.report.document import Block, Chapter, Column, Figure, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.figures import fan, lines, maps, pyramid
from outputs.report.figures.fan import Fan
from outputs.report.numbers import PER_CENT, THOUSAND, percent, signed
from outputs.report.svg import HALF
from outputs.report.text.people import WORDS

SMALL = 10_000
"""People below which they are told one by one instead of in thousands."""
OLD = (80, 100)
WORK = (20, 64)
FIRST_SEEN = 2010


def map_chapter(facts: Facts) -> Chapter:
    """Two maps: change of people, and workers registered elsewhere."""
    say = facts.teller(WORDS)
    change = {code: _change(facts, code) for code in facts.codes}
    growing, sure = sum(value > 0 for value in change.values()), sum(_is_sure(facts, code) for code in facts.codes)
    numbers = {"growing": growing, "falling": len(change) - growing, "surely": sure}
    text = say("maps", start=facts.start, goal=facts.goal, **numbers)
    share = {
        code: PER_CENT * facts.median("nonregistered_workers", facts.goal, code)
        / facts.median("filled_jobs", facts.goal, code)
        for code in facts.codes
    }  # fmt: skip
    whole = facts.median("nonregistered_workers", facts.goal) / facts.median("filled_jobs", facts.goal)
    blocks = (
        Paragraph(text),
        _map_figure(facts, "change", change, diverging=True),
        _map_figure(facts, "outside", share, region=percent(whole, facts.language)),
    )
    return Chapter(say("maps heading"), blocks)


def _map_figure(facts: Facts, key: str, values: dict[str, float], diverging: bool = False, **more: str) -> Figure:
    say = facts.teller(WORDS)
    form = signed if diverging else lambda value, language, digits: facts.number(value, digits)
    texts = {code: form(round(value, 1), facts.language, 2) for code, value in values.items()}
    top, bottom = max(values, key=lambda code: values[code]), min(values, key=lambda code: values[code])
    told = {
        "top": facts.places.name(top),
        "top_value": texts[top],
        "bottom": facts.places.name(bottom),
        "bottom_value": texts[bottom],
        "start": facts.start,
        "goal": facts.goal,
    } | more
    title = say(f"{key} title", **told)
    rows = tuple((facts.places.name(code), round(values[code], 1)) for code in sorted(values, key=lambda c: -values[c]))
    last = Column("%", form="change", decimals=1) if diverging else Column(say("share"), say("share unit"), "number")
    return Figure(
        name=f"map-{key}",
        title=title,
        alt=say(f"{key} alt", **told),
        summary=say(f"{key} summary", **told),
        svg=maps.draw(facts, values, texts, diverging),
        table=Table(title, (Column(say("municipality")), last), rows),
    )


def _change(facts: Facts, code: str) -> float:
    """Change of people in the middle run from the last observed year to the goal's, per cent."""
    start = facts.median("total_population", facts.start, code)
    return PER_CENT * (facts.median("total_population", facts.goal, code) / start - 1)


def _is_sure(facts: Facts, code: str) -> bool:
    """Whether 9 of 10 runs or more point the same way."""
    start = facts.median("total_population", facts.start, code)
    band = facts.band("total_population", facts.goal, code)
    return band.low > start or band.high < start


def people_chapter(facts: Facts) -> Chapter:
    """People over time, by age and by sex, births and deaths."""
    say = facts.teller(WORDS)
    blocks: list[Block] = [people_fan(facts), pyramid_figure(facts), births_figure(facts)]
    blocks.insert(0, Paragraph(_women(facts)))
    return Chapter(say("heading"), tuple(blocks))


def people_fan(facts: Facts, width: float = 0.0) -> Figure:
    """The population's fan; `width` in inches, the text's own when not given."""
    say = facts.teller(WORDS)
    band = facts.band("total_population", facts.goal)
    start = facts.counted(facts.start)
    told = {
        "area": facts.name,
        "first": FIRST_SEEN,
        "start": facts.start,
        "goal": facts.goal,
        "runs": facts.number(facts.runs),
        "people": facts.whole(band.median),
        "low": facts.whole(band.low),
        "high": facts.whole(band.high),
        "change": f"{signed(round(PER_CENT * (band.median / start - 1), 1), facts.language, 2)} %",
    }
    large = start >= SMALL
    shown = Fan(
        "total_population", say("thousands") if large else "", THOUSAND if large else 1.0, facts.seen("population")
    )
    title = say("fan title") if large else say("fan title").split(",")[0]
    svg = fan.draw(facts, shown, width) if width else fan.draw(facts, shown)
    return Figure(
        name="people",
        title=title,
        alt=say("fan alt", **told),
        summary=say("fan summary", **told),
        svg=svg,
        table=fan.table(facts, shown, title),
        span="half" if width else "full",
    )


def pyramid_figure(facts: Facts) -> Figure:
    """Age and sex, now and at the goal's year."""
    say = facts.teller(WORDS)
    now, then = (pyramid.groups(facts, year) for year in (facts.start, facts.goal))
    burden_now, burden = (
        PER_CENT * float(facts.central("dependency_ratio").sel(year=y)) for y in (facts.start, facts.goal)
    )
    told = {
        "start": facts.start,
        "goal": facts.goal,
        "old_now": facts.whole(sum(now[OLD].values())),
        "old_then": facts.whole(sum(then[OLD].values())),
        "work_now": facts.whole(sum(now[WORK].values())),
        "work_then": facts.whole(sum(then[WORK].values())),
        "burden_now": facts.number(burden_now, 2),
        "burden": facts.number(burden, 2),
    }
    title = say("pyramid title", **told)
    return Figure(
        name="ages",
        title=title,
        alt=say("pyramid alt", **told),
        summary=say("pyramid summary", **told),
        svg=pyramid.draw(facts, (facts.start, facts.goal)),
        table=age_table(facts, title),
        span="half",
    )


def age_table(facts: Facts, title: str = "") -> Table:
    """People by age group and sex in the last observed year and the goal's."""
    say = facts.teller(WORDS)
    years = (facts.start, facts.goal)
    found = {year: pyramid.groups(facts, year) for year in years}
    columns = [Column(say("group"))]
    columns += [Column(say(sex, year=year), form="number") for sex in ("women", "men") for year in years]
    rows: list[tuple[str | float, ...]] = []
    for low, high in found[facts.start]:
        name = say("years and over", low=low) if high >= PER_CENT else say("years", low=low, high=high)
        rows.append((name, *(_three(found[year][low, high][sex]) for sex in ("women", "men") for year in years)))
    totals = [sum(group[sex] for group in found[year].values()) for sex in ("women", "men") for year in years]
    rows.append((say("all"), *map(_three, totals)))
    heading = title or say("pyramid title", start=facts.start, goal=facts.goal)
    return Table(heading, tuple(columns), tuple(rows), note=say("middle"))


def _three(value: float) -> float:
    """Three significant digits, as futures are told."""
    return float(f"{value:.3g}")


def births_figure(facts: Facts, height: float = 2.3) -> Figure:
    """Births and deaths, observed and in the middle run."""
    say = facts.teller(WORDS)
    told = {
        "start": facts.start,
        "next": facts.start + 1,
        "goal": facts.goal,
        "births": facts.whole(facts.median("births", facts.goal)),
        "deaths": facts.whole(facts.median("deaths", facts.goal)),
        "balance": signed(facts.mean("births", facts.ahead) - facts.mean("deaths", facts.ahead), facts.language),
    }
    drawn = [flow_line(facts, name, say(name)) for name in ("births", "deaths")]
    look = lines.Look(HALF, height, 0.55, past=(FIRST_SEEN, facts.start))
    return Figure(
        name="births-deaths",
        title=say("births title"),
        alt=say("births alt", **told),
        summary=say("births summary", **told),
        svg=lines.draw(drawn, facts.language, look),
        table=flow_table(facts, say("births title"), drawn),
        span="half",
    )


def flow_line(facts: Facts, name: str, label: str, scale: float = 1.0) -> lines.Line:
    """A flow: the middle run from the first simulated year, observed years as dots."""
    median = facts.case.bands[name].sel(area=facts.area, quantile=0.5)
    seen = lines.by_year(facts.seen(name), range(FIRST_SEEN, facts.start + 1), scale)
    return lines.Line(label, lines.by_year(median, range(facts.start + 1, facts.last + 1), scale), seen)


def flow_table(facts: Facts, title: str, drawn: list[lines.Line]) -> Table:
    """The numbers of lines at the years of tables."""
    say = facts.teller(WORDS)
    columns = (Column(say("year"), form="year"), *(Column(each.name, form="number") for each in drawn))
    rows = []
    for year in facts.years:
        rows.append((year, *((each.values | each.seen).get(year) for each in drawn)))
    return Table(title, columns, tuple(rows))


def _women(facts: Facts) -> str:
    """The share of women now and then."""
    say = facts.teller(WORDS)
    by_sex = facts.case.bands["population_by_sex"].sel(area=facts.area, quantile=0.5)
    women_now, women = (float(by_sex.sel(year=year, sex="women")) for year in (facts.start, facts.goal))
    men_now, men = (float(by_sex.sel(year=year, sex="men")) for year in (facts.start, facts.goal))
    told = {
        "now": percent(women_now / (women_now + men_now), facts.language, 3),
        "then": percent(women / (women + men), facts.language, 3),
        "men": facts.number(PER_CENT * men / women),
        "men_now": facts.number(PER_CENT * men_now / women_now),
    }
    return say("women share", start=facts.start, goal=facts.goal, **told)
