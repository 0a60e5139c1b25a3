"""A fan as a figure of a report, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from outputs.report.document import Figure
from outputs.report.facts import Facts, Words
from outputs.report.figures import fan
from outputs.report.figures.fan import Fan
from outputs.report.svg import FULL, HALF

HALF_HEIGHT = 1.9


@dataclass(frozen=True)
class FanText:
    """The words of a fan: a table of words with '<key> title', '<key> alt' and '<key> summary', and further values."""

    words: Words
    key: str
    more: Mapping[str, str]


def fan_figure(facts: Facts, shown: Fan, text: FanText, half: bool = False) -> Figure:
    """The figure of a fan; its sentences get the median, the ends of 8 of 10 runs, and the last observed number.

    Sentences about thousands get whole numbers; about money and shares they get the scaled ones.
    """
    say = facts.teller(text.words)
    units = str(facts.case.bands[shown.result].attrs.get("units", ""))
    money = "SEK" in units or shown.scale < 1
    scale = 1 / shown.scale if money else 1.0
    band = facts.band(shown.result, facts.goal).times(scale)
    now = facts.median(shown.result, facts.start) if shown.seen is None else float(shown.seen.values[-1])
    form = facts.number if money else facts.whole
    told = {
        "area": facts.name,
        "start": facts.start,
        "goal": facts.goal,
        "median": form(band.median),
        "low": form(band.low),
        "high": form(band.high),
    } | dict(text.more)
    if isfinite(now):  # a flow has no value in the start year
        told["now"] = form(now * scale)
    title = say(f"{text.key} title", **told)
    if shown.scale == 1.0:
        title = title.removesuffix(", tusental").removesuffix(", thousands")
    return Figure(
        name=text.key.replace(" ", "-"),
        title=title,
        alt=say(f"{text.key} alt", **told),
        summary=say(f"{text.key} summary", **told),
        svg=fan.draw(facts, shown, HALF if half else FULL, HALF_HEIGHT if half else fan.HEIGHT),
        table=fan.table(facts, shown, title),
        span="half" if half else "full",
    )
