"""Uncertainty and track record: what the bands are worth."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from outputs.ensemble.summary_words import SENTENCES
from outputs.observed import damaged
from outputs.report.document import Block, Bullets, Chapter, Column, Figure, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.figures import lines
from outputs.report.svg import HALF
from outputs.report.text.trust import WORDS
from scenarios.run import project_root

SCOREBOARD = "calibration/scoreboard.csv"
OURS, NAIVE, SAME = "norrsim", "exponential, last 10 years", "no change"
FREE, ALONE = "norrsim, jobs and homes free", "norrsim, demography alone"
ALL, EARLY, LATE = "all", "origins 2010–2016", "origins 2017–2023"
ZONE = (75.0, 85.0)
ORIGINS = (2010, 2023)
MIDDLE = 5
"""Years ahead at which methods are compared in words."""


Key = tuple[str, str, str, int]
"""Method, group of cases, measure, years ahead."""


@dataclass(frozen=True)
class Scoreboard:
    """The backtest's table: errors and coverage, and how many cases each rests on."""

    values: dict[Key, float]
    cases: dict[Key, int]

    def at(self, method: str, horizon: int, measure: str = "mape", group: str = ALL) -> float:
        """One number."""
        return self.values[method, group, measure, horizon]

    def series(self, method: str, measure: str = "mape", group: str = ALL) -> dict[int, float]:
        """A measure by horizon."""
        return {key[3]: value for key, value in self.values.items() if key[:3] == (method, group, measure)}


def read_scoreboard(path: Path | None = None) -> Scoreboard:
    """The table of the backtest. Raises HistoryError when it is missing or damaged."""
    place = path or project_root() / SCOREBOARD
    values, cases = {}, {}
    try:
        with place.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = (row["method"], row["group"], row["measure"], int(row["horizon"]))
                values[key], cases[key] = float(row["value"]), int(row["n"])
    except FileNotFoundError:
        raise damaged(place) from None
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(place, str(error)) from None
    return Scoreboard(values, cases)


def trust_chapter(facts: Facts) -> Chapter:
    """The chapter."""
    say, ensemble = facts.teller(WORDS), facts.teller(SENTENCES)
    drawn = say("parameters", count=facts.number(len(facts.case.plan["chance"]["dimensions"])))
    blocks: list[Block] = [
        Paragraph(say("bands")),
        Paragraph(say("covered")),
        Bullets((drawn, ensemble("noise"), ensemble("projects"))),
        Paragraph(say("not covered")),
        Bullets((ensemble("structure"), ensemble("policy"), ensemble("data"))),
        *track_record(facts),
    ]
    return Chapter(say("heading"), tuple(blocks))


def track_record(facts: Facts) -> list[Block]:
    """How well the population would have been forecast, in words and two figures."""
    say, board = facts.teller(WORDS), read_scoreboard()
    cases = board.cases[OURS, ALL, "mape", MIDDLE]
    told = say("track", first=ORIGINS[0], last=ORIGINS[1], cases=facts.exact(cases))
    return [Paragraph(told), Bullets(sentences(facts, board)), _errors(facts, board), _coverage(facts, board)]


def sentences(facts: Facts, board: Scoreboard) -> tuple[str, ...]:
    """What the scoreboard says, plainly."""
    say = facts.teller(WORDS)
    form = facts.decimal
    ours, naive = ({h: form(board.at(method, h)) for h in (1, MIDDLE, 10)} for method in (OURS, NAIVE))
    late, late_naive = (board.at(method, MIDDLE, group=LATE) for method in (OURS, NAIVE))
    bias = board.at(OURS, MIDDLE, "malpe", LATE)
    cover = board.series(OURS, "coverage_80")
    values = {
        "naive": say("exponential"),
        **{f"e{h}": ours[h] for h in ours},
        **{f"n{h}": naive[h] for h in naive},
        "late": form(late),
        "late_naive": form(late_naive),
        "bias": form(bias),
        "free": form(board.at(FREE, MIDDLE)),
        "alone": form(board.at(ALONE, MIDDLE)),
        "c1": facts.number(round(min(cover.values())), 2),
        "c10": facts.number(round(max(cover.values())), 2),
        "late_cover": facts.number(round(board.at(OURS, MIDDLE, "coverage_80", LATE)), 2),
    }
    second = "track 2" if late > late_naive and bias > 0 else "track 2 low"
    narrow = min(*cover.values(), board.at(OURS, MIDDLE, "coverage_80", LATE)) < ZONE[0]
    fourth = "track 4" if narrow else "track 4 right"
    free = ["track 3"] if board.at(FREE, MIDDLE) >= board.at(OURS, MIDDLE) else []
    return tuple(say(key, **values) for key in ("track 1", second, *free, fourth))


def _errors(facts: Facts, board: Scoreboard) -> Figure:
    say = facts.teller(WORDS)
    names = {OURS: "Norrsim", NAIVE: "trend", SAME: "no change", FREE: "free"}
    drawn = [lines.Line(say(key), board.series(method), heavy=method == OURS) for method, key in names.items()]
    values = {
        "e10": facts.decimal(board.at(OURS, 10)),
        "n10": facts.decimal(board.at(NAIVE, 10)),
        "z10": facts.decimal(board.at(SAME, 10)),
    }
    ours, best = board.series(OURS), board.series(NAIVE)
    key = "error summary" if all(ours[h] <= best[h] for h in ours) else "error summary plain"
    look = lines.Look(HALF, 1.9, 0.85, ticks=(1, 3, 5, 7, 10))
    return Figure(
        name="errors",
        title=say("error title"),
        alt=say("error alt", **values),
        summary=say(key, **values),
        svg=lines.draw(drawn, facts.language, look),
        table=_by_horizon(facts, say("error title"), drawn, decimals=2),
        span="half",
    )


def _coverage(facts: Facts, board: Scoreboard) -> Figure:
    say = facts.teller(WORDS)
    drawn = [
        lines.Line(say("all origins"), board.series(OURS, "coverage_80"), heavy=True),
        lines.Line(say("late origins"), board.series(OURS, "coverage_80", LATE)),
    ]
    ours = drawn[0].values
    values = {f"c{h}": facts.number(round(ours[h]), 2) for h in (1, 10)}
    for key, line in zip(("inside", "late"), drawn, strict=True):
        values[key] = facts.exact(sum(ZONE[0] <= round(value) <= ZONE[1] for value in line.values.values()))
    values |= {"all": facts.exact(len(ours)), "late_all": facts.exact(len(drawn[1].values))}
    look = lines.Look(HALF, 1.9, 0.85, zone=ZONE, zero=False, ticks=(1, 3, 5, 7, 10))
    return Figure(
        name="coverage",
        title=say("cover title"),
        alt=say("cover alt", **values),
        summary=say("cover summary", **values),
        svg=lines.draw(drawn, facts.language, look),
        table=_by_horizon(facts, say("cover title"), drawn, decimals=0),
        span="half",
    )


def _by_horizon(facts: Facts, title: str, drawn: list[lines.Line], decimals: int) -> Table:
    say = facts.teller(WORDS)
    columns = [Column(say("ahead"), form="year")]
    columns += [Column(each.name.replace("\n", " "), "%", "percent", decimals) for each in drawn]
    horizons = sorted(drawn[0].values)
    rows = tuple((horizon, *(each.values.get(horizon) for each in drawn)) for horizon in horizons)
    return Table(title, tuple(columns), rows, source=SCOREBOARD)
