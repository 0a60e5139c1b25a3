"""One result over the years: observed dots, the median, and what 8 and 19 of 20 runs hold."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

import xarray as xr

from outputs.ensemble.bands import QUANTILE
from outputs.ensemble.figures.fans import TICK_DIGITS, draw_fan
from outputs.ensemble.quantiles import HIGH_80, HIGH_95, LOW_80, LOW_95, MEDIAN
from outputs.figures.style import BLUE, GREY, INK, PALE, dots, few_values, year_ticks
from outputs.report.document import Column, Table
from outputs.report.facts import Facts
from outputs.report.numbers import told
from outputs.report.svg import FULL, HALF, picture
from outputs.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT, ROOM_FULL, ROOM_HALF = 2.0, 1.45, 0.95
LEFT, BOTTOM, TOP = 0.5, 0.3, 0.12
"""Inches around the axes."""
HISTORY_FROM = 2010
GAP = 0.085
WORDS = {
    "year": ("Year", "År"),
    "seen": ("{start}: observed.", "{start}: observerat."),
    "median": ("median", "median"),
    "low": ("8 of 10: from", "8 av 10: från"),
    "high": ("8 of 10: to", "8 av 10: till"),
    "8 of 10": ("8 of 10 runs", "8 av 10 körningar"),
    "19 of 20": ("19 of 20 runs", "19 av 20 körningar"),
    "need": ("need: {target}", "behov: {target}"),
    "source": ("Norrsim, {runs} runs; SCB", "Norrsim, {runs} körningar; SCB"),
}


@dataclass(frozen=True)
class Fan:
    """What a fan shows: a result, its unit in words, what to divide by, the observed series, a line to reach."""

    result: str
    unit: str
    scale: float = 1.0
    seen: xr.DataArray | None = None
    line: float | None = None
    zero: bool = False


def draw(facts: Facts, fan: Fan, width: float = FULL, height: float = HEIGHT) -> str:
    """The picture of a fan."""
    band = facts.case.bands[fan.result].sel(area=facts.area).transpose(QUANTILE, "year")
    with picture(width, height) as drawn:
        axes = _axes(drawn.figure, width, height)
        draw_fan(axes, band, BLUE, fan.scale)
        first = facts.start
        if fan.seen is not None and fan.seen.size:
            seen = fan.seen.where(fan.seen["year"] >= HISTORY_FROM, drop=True)
            dots(axes, seen / fan.scale)
            first = int(seen["year"].values[0])
            axes.axvspan(first, facts.start, color=PALE, alpha=0.35, linewidth=0)
        if fan.line is not None:
            axes.axhline(fan.line / fan.scale, color=INK, linestyle=(0, (1, 1.5)), linewidth=1.2)
        if fan.zero:
            axes.set_ylim(0, None)
        _label(axes, facts, fan, band, first)
    return drawn.text


def table(facts: Facts, fan: Fan, title: str) -> Table:
    """The fan's numbers at the years of tables; the start year's is the observed one where there is one."""
    say = facts.teller(WORDS)
    rows: list[tuple[float | None, ...]] = []
    for year in facts.years:
        band = facts.band(fan.result, year).times(1 / fan.scale)
        ends = [None if isnan(end) else _whole(fan, end) for end in (band.median, band.low, band.high)]
        if fan.seen is not None and year in fan.seen["year"].values:
            ends = [float(fan.seen.sel(year=year)) / fan.scale, None, None]
        if ends[0] is not None:
            rows.append((year, *ends))
    columns = [Column(say("year"), form="year")]
    columns += [Column(say(key), fan.unit, "number") for key in ("median", "low", "high")]
    note = "" if fan.seen is None else say("seen", start=facts.start)
    return Table(title, tuple(columns), tuple(rows), note=note, source=say("source", runs=facts.number(facts.runs)))


def _whole(fan: Fan, value: float) -> float:
    """People, homes and jobs that are counted one by one come whole."""
    return float(round(value)) if fan.scale == 1.0 else value


def _axes(figure, width: float, height: float) -> Axes:  # type: ignore[no-untyped-def]
    room = ROOM_FULL if width > HALF + 1 else ROOM_HALF
    return figure.add_axes(  # type: ignore[no-any-return]
        (LEFT / width, BOTTOM / height, 1 - (LEFT + room) / width, 1 - (BOTTOM + TOP) / height)
    )


def _label(axes: Axes, facts: Facts, fan: Fan, band: xr.DataArray, first: int) -> None:
    """Axes in the language's form, and words beside the last year."""
    from matplotlib.ticker import FuncFormatter

    say, last = facts.teller(WORDS), facts.last
    axes.set_xlim(first, last)
    year_ticks(axes, first, last)
    few_values(axes)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, facts.language, TICK_DIGITS)))
    at = {
        share: _whole(fan, float(band.sel({QUANTILE: share, "year": last})) / fan.scale)
        for share in (LOW_95, LOW_80, MEDIAN, HIGH_80, HIGH_95)
    }
    labels = [
        (at[LOW_80], told(at[LOW_80], facts.language), GREY, "normal"),
        (at[MEDIAN], f"{say('median')} {told(at[MEDIAN], facts.language)}", INK, "bold"),
        (at[HIGH_80], f"{say('8 of 10')}\n{told(at[HIGH_80], facts.language)}", GREY, "normal"),
        (at[HIGH_95], say("19 of 20"), GREY, "normal"),
    ]
    if fan.line is not None:
        labels.append((fan.line / fan.scale, say("need", target=facts.number(fan.line)), INK, "bold"))
    _stack(axes, sorted(labels), first, last)


def _stack(axes: Axes, labels: list[tuple[float, str, str, str]], first: int, last: int) -> None:
    """Words right of the last year, moved apart where they would collide."""
    low, high = axes.get_ylim()
    places: list[float] = []
    for value, text, *_ in labels:
        gap = GAP * (high - low) * (1.5 if "\n" in text else 1.0)
        places.append(max(value, places[-1] + gap) if places else value)
    surplus = max(0.0, places[-1] - high)
    for (_, text, colour, weight), at in zip(labels, places, strict=True):
        axes.text(
            last + 0.02 * (last - first), at - surplus, text, color=colour, fontweight=weight, fontsize=7, va="center"
        )
