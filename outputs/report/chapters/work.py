"""Jobs and who fills them, moving and commuting, registered and present."""

from __future__ import annotations

import numpy as np

from outputs.report.chapters.fans import FanText, fan_figure
from outputs.report.chapters.people import FIRST_SEEN, flow_line, flow_table
from outputs.report.document import Cell, Chapter, Column, Figure, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.figures import bars, lines
from outputs.report.figures.fan import Fan
from outputs.report.numbers import PER_CENT, THOUSAND, of_ten, percent, signed
from outputs.report.svg import HALF
from outputs.report.text.work import WORDS

STREAMS, PLACES = 6, 8
"""Rows of the tables of commuting and of workers registered elsewhere."""
HALF_HEIGHT = 1.9


def jobs_chapter(facts: Facts) -> Chapter:
    """The chapter on jobs."""
    say = facts.teller(WORDS)
    projects = float(facts.case.bands["project_jobs"].sel(year=facts.goal, quantile=0.5).sum())
    jobs = FanText(WORDS, "jobs", {"projects": facts.whole(projects)})
    shown = Fan("filled_jobs", say("thousands"), THOUSAND, facts.seen("jobs_in_statistics"))
    blocks = (
        Paragraph(say("intro")),
        fan_figure(facts, shown, jobs, half=True),
        unemployed_figure(facts),
        who_is_hired(facts),
        industries(facts),
    )
    return Chapter(say("heading"), blocks)


def unemployed_figure(facts: Facts) -> Figure:
    """Unemployed residents."""
    rate = facts.median("unemployed", facts.goal) / facts.median("labour_force", facts.goal)
    told = FanText(WORDS, "unemployed", {"rate": percent(rate, facts.language)})
    return fan_figure(facts, Fan("unemployed", "", 1.0, facts.seen("unemployed"), zero=True), told, half=True)


def who_is_hired(facts: Facts) -> Figure:
    """Those hired without a job in the region: residents, movers, workers who stay registered elsewhere."""
    say = facts.teller(WORDS)
    middle = (facts.start + facts.goal + 1) // 2
    periods = [(facts.start + 1, middle), (middle + 1, facts.goal)]
    shares = {f"{first}–{last}": _hired(facts, first, last) for first, last in periods}
    first = next(iter(shares))
    texts = {period: [facts.number(value, 2) for value in parts] for period, parts in shares.items()}
    local, move, fly = texts[first]
    moving = shares[first][1] / (shares[first][1] + shares[first][2])
    title = say("fill title")
    columns = [Column(say("period")), *(Column(say(key), "%", "percent") for key in ("local", "move", "fly"))]
    return Figure(
        name="who-is-hired",
        title=title,
        alt=say("fill alt", first=first, local=local, move=move, fly=fly),
        summary=say("fill summary", moving=of_ten(moving, facts.language), local=local),
        svg=bars.parts(list(shares.items()), [say(key) for key in ("local", "move", "fly")], list(texts.values())),
        table=Table(title, tuple(columns), tuple((period, *parts) for period, parts in shares.items()), say("middle")),
    )


def _hired(facts: Facts, first: int, last: int) -> list[float]:
    """Shares in per cent of those hired in a period: unemployed residents, movers, non-registered."""
    results = facts.case.results.sel(municipality=facts.codes, year=slice(first, last))
    local = float(results["local_hires"].sum())
    outside = results["recruits_from_outside"]
    move = float((outside * results["probability_of_moving"]).sum())
    fly = float(outside.sum()) - move
    return [PER_CENT * part / (local + move + fly) for part in (local, move, fly)]


def industries(facts: Facts) -> Table:
    """Filled jobs by industry, now and at the goal's year."""
    say = facts.teller(WORDS)
    jobs = facts.central("jobs")
    rows = []
    for name in jobs["industry"].values.tolist():
        now, then = (float(jobs.sel(industry=name, year=year)) for year in (facts.start, facts.goal))
        rows.append((say(name), float(f"{now:.3g}"), float(f"{then:.3g}"), float(f"{then - now:.2g}")))
    columns = (
        Column(say("industry")),
        Column(str(facts.start), form="number"),
        Column(str(facts.goal), form="number"),
        Column(say("change", start=facts.start, goal=facts.goal), form="change"),
    )
    return Table(say("industries"), columns, tuple(rows), note=say("middle"))


def moves_chapter(facts: Facts) -> Chapter:
    """The chapter on moving and commuting."""
    say = facts.teller(WORDS)
    away, away_now = (_between(facts, year) for year in (facts.goal, facts.start))
    told = {"commuters": facts.whole(away), "commuters_now": facts.whole(away_now)}
    balance = facts.mean("births", facts.ahead) - facts.mean("deaths", facts.ahead)
    sums = {
        "net": signed(facts.mean("net_migration", facts.ahead), facts.language),
        "balance": signed(balance, facts.language),
    }
    blocks = (
        Paragraph(say("moves intro", next=facts.start + 1, goal=facts.goal, **sums)),
        Paragraph(say("commute", start=facts.start, goal=facts.goal, **told)),
        _streams(facts),
        moves_figure(facts),
        net_figure(facts),
    )
    return Chapter(say("moves heading"), blocks)


def moves_figure(facts: Facts) -> Figure:
    """Moves in and out."""
    say = facts.teller(WORDS)
    told = {
        "start": facts.start,
        "goal": facts.goal,
        "moved_in": facts.whole(facts.median("in_migration", facts.goal)),
        "moved_out": facts.whole(facts.median("out_migration", facts.goal)),
    }
    names = {"in_migration": "in", "out_migration": "out"}
    drawn = [flow_line(facts, name, say(key), THOUSAND) for name, key in names.items()]
    look = lines.Look(HALF, HALF_HEIGHT, 0.3, past=(FIRST_SEEN, facts.start), zero=False)
    return Figure(
        name="moves",
        title=say("moves title"),
        alt=say("moves alt", **told),
        summary=say("moves summary", **told),
        svg=lines.draw(drawn, facts.language, look),
        table=flow_table(facts, say("moves title"), drawn),
        span="half",
    )


def net_figure(facts: Facts) -> Figure:
    """Net moves."""
    return fan_figure(
        facts, Fan("net_migration", "", 1.0, facts.seen("net_migration")), FanText(WORDS, "net", {}), half=True
    )


def _between(facts: Facts, year: int) -> float:
    """Residents who work in another municipality of the two counties."""
    streams = facts.case.results["commuting"].sel(year=year).values
    return float(streams.sum() - np.trace(streams))


def _streams(facts: Facts) -> Table:
    """The largest streams between municipalities at the goal's year."""
    say = facts.teller(WORDS)
    array = facts.case.results["commuting"].transpose("year", "municipality", "workplace")
    now, then = (np.asarray(array.sel(year=year).values) for year in (facts.start, facts.goal))
    codes = array["municipality"].values.tolist()
    pairs = [(home, work) for home in range(len(codes)) for work in range(len(codes)) if home != work]
    pairs.sort(key=lambda pair: -then[pair])
    rows = []
    for home, work in pairs[:STREAMS]:
        name = f"{facts.places.name(codes[home])} – {facts.places.name(codes[work])}"
        rows.append((name, float(f"{now[home, work]:.3g}"), float(f"{then[home, work]:.3g}")))
    columns = (Column(say("from to")), Column(str(facts.start), form="number"), Column(str(facts.goal), form="number"))
    return Table(say("streams"), columns, tuple(rows), note=say("middle"))


def present_chapter(facts: Facts) -> Chapter:
    """The chapter on people present without being registered."""
    say = facts.teller(WORDS)
    return Chapter(
        say("present heading"), (Paragraph(say("present intro")), outside_figure(facts), _outside_table(facts))
    )


def outside_figure(facts: Facts) -> Figure:
    """Workers registered elsewhere; half as wide, and told in fewer words, for a municipality."""
    say = facts.teller(WORDS)
    more = facts.median("present_population", facts.goal) - facts.median("total_population", facts.goal)
    large = facts.is_region
    told = FanText(WORDS, "outside" if large else "outside here", {"present": facts.whole(more)})
    shown = Fan("nonregistered_workers", say("thousands") if large else "", THOUSAND if large else 1.0, zero=True)
    return fan_figure(facts, shown, told, half=not large)


def _outside_table(facts: Facts) -> Table:
    say = facts.teller(WORDS)
    order = sorted(facts.codes, key=lambda code: -facts.median("nonregistered_workers", facts.goal, code))
    rows: list[tuple[Cell, ...]] = []
    for code in order[:PLACES]:
        people, present = (
            float(f"{facts.median(name, facts.goal, code):.3g}") for name in ("total_population", "present_population")
        )
        band = facts.band("nonregistered_workers", facts.goal, code)
        rows.append(
            (facts.places.name(code), people, present, *(float(f"{v:.2g}") for v in (band.median, band.low, band.high)))
        )
    columns = (
        Column(say("municipality")),
        Column(say("registered"), form="number"),
        Column(say("present"), form="number"),
        Column(say("workers"), form="number"),
        Column(say("low"), form="number"),
        Column(say("high"), form="number"),
    )
    return Table(say("outside table", goal=facts.goal), columns, tuple(rows))
