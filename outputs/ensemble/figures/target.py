"""New residents against the need, and the share of the runs that have reached it by each year."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np

from outputs.ensemble.areas import REGION
from outputs.ensemble.figures.fans import LABEL_SIZE, Fans, finish
from outputs.ensemble.figures.region import draw_panel
from outputs.ensemble.source import NEW
from outputs.ensemble.target import Target
from outputs.ensemble.words import chance_in_words
from outputs.figures.style import BLUE, INK, heading, line, panels, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT, ROOM = 13.0, 4.6, 2.05
COLUMN, SPACE = 30, 0.3
"""Letters of a line beside the chance, and height of its words, share of the panel."""
HUNDRED = 100.0
LEAST_TOP = 10.0
"""Least height of the axis of the chance, runs of 100."""


def draw_target(fans: Fans, target: Target, folder: Path) -> None:
    """Draw target.png and target.svg: the fan of new residents with the need, and the chance by year."""
    with sheet(WIDTH, HEIGHT, folder, "target") as figure:
        left, right = panels(figure, 1, 2, room=ROOM, share="")[0]
        title = fans.say("target title", target=fans.number(target.target), base=target.base_year, title=fans.title)
        heading(figure, title, fans.below)
        draw_panel(left, fans, NEW, REGION)
        _chance(right, fans, target)


def _chance(axes: Axes, fans: Fans, target: Target) -> None:
    shares = np.array([HUNDRED * chance.share for chance in target.by_then])
    low = [HUNDRED * chance.low for chance in target.by_then]
    high = [HUNDRED * chance.high for chance in target.by_then]
    axes.set_title(fans.say("chance title", target=fans.number(target.target)))
    axes.fill_between(fans.years, low, high, color=BLUE, alpha=0.25, linewidth=0, hatch="///", edgecolor="white")
    line(axes, fans.years, shares, BLUE)
    axes.set_ylim(0, max(LEAST_TOP, 1.1 * max(high)))
    finish(axes, fans)
    axes.set_xlim(fans.years[0], fans.years[-1])
    _words_beside(axes, fans, target)
    axes.text(0.02, 0.95, f"▨ {fans.say('interval')}", transform=axes.transAxes, va="top", fontsize=8)


def _words_beside(axes: Axes, fans: Fans, target: Target) -> None:
    """The chance in words at the years named with the target and the last, the last on top."""
    years = sorted({*(year for year in target.named if year in target.years), target.years[-1]}, reverse=True)
    for at, year in enumerate(years):
        words = chance_in_words(target.by_then[target.years.index(year)], fans.language)
        text = "\n".join([f"{year}:", *wrap(words, COLUMN)])
        axes.text(1.03, 1 - at * SPACE, text, transform=axes.transAxes, va="top", color=INK, fontsize=LABEL_SIZE)
