"""Figures of a search: the frontier, each measure alone, the room used up to each limit."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np

from outputs.figures.style import BLUE, GREEN, GREY, INK, PALE, PURPLE, RED, heading, sheet
from outputs.target.story import PER_CENT, THOUSAND, Story
from outputs.target.words import FIGURES
from outputs.words import phrase
from scenarios.target.search import pareto

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from scenarios.target.trials import Trial

LABEL = 34
"""Letters of a line beside a row."""
ROW = 0.38
"""Inches of a row."""
TOP = 0.75
SHOWN = (-50.0, 115.0)
"""Per cent of the room that are shown; below 0 the room has grown."""
NAMED = 8
"""Levers named in the frontier."""
SMALL = 8


def draw_figures(story: Story, folder: Path) -> None:
    """Draw frontier, levers and limits, each as png and svg."""
    folder.mkdir()
    _draw_frontier(story, folder)
    _draw_levers(story, folder)
    if story.taken.ready.limits:
        _draw_limits(story, folder)


def _say(story: Story, key: str, **values: object) -> str:
    return phrase(FIGURES, key, story.language, **values)


def _below(story: Story) -> str:
    return _say(story, "below", place=story.place, scenario=story.scenario)


def _billions(trial: Trial) -> float:
    return trial.cost / THOUSAND


def _draw_frontier(story: Story, folder: Path) -> None:
    found = story.taken.answer
    with sheet(9.0, 5.2, folder, "frontier") as figure:
        heading(figure, _say(story, "frontier title"), _below(story))
        axes = figure.add_axes((0.09, 0.11, 0.64, 0.73))
        _single_levers(axes, story)
        best = pareto(found.frontier, story.taken.wish.sign)
        axes.plot(
            [_billions(t) for t in best],
            [story.scaled(t.level) for t in best],
            color=BLUE,
            marker="o",
            markersize=4,
            zorder=3,
        )
        axes.plot(
            [_billions(found.mix)], [story.scaled(found.mix.level)], color=RED, marker="D", markersize=9, zorder=5
        )
        axes.annotate(_say(story, "mix"), (_billions(found.mix), story.scaled(found.mix.level)), (4, -18),
                      textcoords="offset points", color=RED, fontweight="bold", ha="right")  # fmt: skip
        axes.annotate(_say(story, "reference"), (0, story.scaled(found.reference.level)), (8, -12),
                      textcoords="offset points", color=INK, fontsize=SMALL)  # fmt: skip
        middle = best[len(best) // 2]
        axes.annotate(_say(story, "cheapest"), (_billions(middle), story.scaled(middle.level)), (-8, 10),
                      textcoords="offset points", color=BLUE, ha="right", fontweight="bold")  # fmt: skip
        target = story.scaled(story.taken.wish.target)
        axes.axhline(target, color=INK, linestyle="--", linewidth=1.2)
        axes.text(0.005, target, _say(story, "target", target=story.number(target)), va="bottom",
                  transform=axes.get_yaxis_transform(), fontsize=SMALL)  # fmt: skip
        axes.set_xlim(left=-0.02 * max(_billions(t) for t in [*best, found.mix]))
        axes.set_xlabel(_say(story, "cost axis"))
        axes.set_title(_say(story, "level axis", unit=story.unit, year=story.year, runs=story.runs),
                       fontsize=9, fontweight="normal")  # fmt: skip
        _numbered(axes, story)


def _single_levers(axes: Axes, story: Story) -> None:
    """Each measure alone as a small square; the strongest have a number, and a name beside the axes."""
    levers = sorted(story.alone, key=lambda each: -story.level_gain(each.trial))
    x, y = [_billions(each.trial) for each in levers], [story.scaled(each.trial.level) for each in levers]
    axes.plot(x, y, color=GREY, marker="s", markersize=4, linestyle="none", zorder=2)
    lines = [_say(story, "one list")]
    for number, each in enumerate(levers[:NAMED], start=1):
        place = (_billions(each.trial), story.scaled(each.trial.level))
        axes.annotate(str(number), place, (5, -3), textcoords="offset points", color=INK, fontsize=SMALL)
        lines += wrap(f"{number} {story.lever(each.lever)}", LABEL, subsequent_indent="   ")
    axes.text(1.02, 0.02, "\n".join(lines), transform=axes.transAxes, va="bottom", color=INK, fontsize=SMALL)


def _draw_levers(story: Story, folder: Path) -> None:
    levers = story.alone
    height = TOP + ROW * len(levers) + 0.45
    with sheet(9.0, height, folder, "levers") as figure:
        heading(figure, _say(story, "levers title"), _below(story))
        axes = figure.add_axes((0.3, 0.45 / height, 0.5, ROW * len(levers) / height))
        gains = np.array([story.scaled(story.gain(each.trial)) for each in levers])
        colours = [GREEN if gain > 0 else RED for gain in gains]
        rows = np.arange(len(levers))
        bars = axes.barh(rows, gains, height=0.62, color=colours)
        for bar, gain in zip(bars, gains, strict=True):
            if gain < 0:
                bar.set_hatch("///")
                bar.set_edgecolor("white")
        _rows(axes, [story.lever(each.lever) for each in levers])
        axes.axvline(0, color=INK, linewidth=0.8)
        for row, each in enumerate(levers):
            price = story.price(each.trial)
            key = "price new" if story.is_new else "price"
            text = _say(story, key, price=story.number(price / THOUSAND)) if price else _say(story, "no gain")
            axes.text(1.02, row, text, transform=axes.get_yaxis_transform(), va="center", fontsize=SMALL)
        axes.set_xlabel(_say(story, "gain axis", year=story.year, unit=story.unit), fontsize=SMALL)
        _numbered(axes, story)


def _draw_limits(story: Story, folder: Path) -> None:
    limits, found = story.taken.ready.limits, story.taken.answer
    height = TOP + 0.2 + ROW * 1.3 * len(limits) + 0.45
    with sheet(9.0, height, folder, "limits") as figure:
        heading(figure, _say(story, "limits title"), _below(story))
        axes = figure.add_axes((0.4, 0.45 / height, 0.38, ROW * 1.3 * len(limits) / height))
        room = found.bounds - found.reference.limits
        used = np.divide(found.mix.limits - found.reference.limits, room, out=np.ones_like(room), where=room != 0)
        axes.barh(np.arange(len(limits)), np.clip(PER_CENT * used, *SHOWN), height=0.55, color=PURPLE)
        axes.set_xlim(SHOWN)
        axes.axvline(PER_CENT, color=RED, linestyle="--", linewidth=1.5)
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.text(PER_CENT, -0.72, _say(story, "at limit"), color=RED, ha="center", va="bottom", fontsize=SMALL)
        _rows(axes, [story.pick(limit.title) for limit in limits], 46)
        for row, limit in enumerate(limits):
            ends = story.bare(limit, float(found.mix.limits[row])), story.amount(limit, float(found.bounds[row]))
            text = "\n".join(wrap(" / ".join(ends), 26))
            axes.text(1.02, row, text, transform=axes.get_yaxis_transform(), va="center", fontsize=7.5)
        axes.set_xlabel("\n".join(wrap(_say(story, "room axis"), 70)), fontsize=SMALL)


def _rows(axes: Axes, labels: list[str], letters: int = LABEL) -> None:
    """Names of the rows, from the top down."""
    axes.set_yticks(range(len(labels)), ["\n".join(wrap(label, letters)) for label in labels], fontsize=SMALL)
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.axhline(len(labels) - 0.5, color=PALE)


def _numbered(axes: Axes, story: Story) -> None:
    """Numbers beside the axes in the language's form."""
    from matplotlib.ticker import FixedLocator

    for axis in (axes.xaxis, axes.yaxis):
        if not isinstance(axis.get_major_locator(), FixedLocator):
            axis.set_major_formatter(lambda value, _: story.number(value))
