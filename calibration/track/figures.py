"""Figures of tracking: outcomes among the bands, and which assumption moved, municipality by municipality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from calibration.track.against import INSIDE, NO_BAND, OUTSIDE_95
from calibration.track.measures import POPULATION
from calibration.track.summary import MUNICIPALITY, Story
from calibration.track.words import PARTS, PLACES
from outputs.figures.style import BLUE, GREEN, GREY, INK, PALE, PURPLE, RED, heading, sheet
from outputs.words import LANGUAGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, ROW, MARGINS = 8.5, 0.23, 1.6
"""Inches: width; height of a municipality; heading, axis and legend."""
PER_CENT, PER_THOUSAND = 100.0, 1000.0
MARKS = {INSIDE: ("o", INK), "outside 8 of 10": ("^", RED), OUTSIDE_95: ("X", RED), NO_BAND: ("o", INK)}
"""Mark and colour of an outcome: the mark alone tells where it lies."""
LOOKS = (
    (BLUE, ""),
    (RED, "///"),
    (GREEN, "..."),
    (PURPLE, "xx"),
    (GREY, ""),
    (PALE, "\\\\\\"),
    (INK, ""),
    (BLUE, "---"),
    (RED, "++"),
    (GREEN, "||"),
)
"""Colour and hatching of parts; hatching alone tells them apart."""
BAR = 0.62
LEFT, RIGHT = 0.17, 0.97
SMALL = 8


def draw_outcome(story: Story, folder: Path) -> None:
    """outcome.png and .svg: outcome less forecast in per cent, in the last year with people, bands behind."""
    rows = story.of(POPULATION, MUNICIPALITY).iloc[::-1].reset_index(drop=True)
    with sheet(WIDTH, MARGINS + ROW * len(rows), folder, "outcome") as figure:
        heading(figure, story.say("figure title", year=int(rows["year"].iloc[0])), story.say("figure below"))
        axes = figure.subplots()
        _place(axes, rows["area_name"].tolist(), len(rows))
        if story.tracked.forecast.is_ensemble:
            _bands(axes, rows)
        axes.axvline(0, color=GREY, linewidth=0.8)
        for place, (mark, colour) in MARKS.items():
            at = rows.index[rows["place"] == place]
            if len(at):
                words = PLACES[place][LANGUAGES.index(story.language)]
                label = f"{words} ({len(at)})"
                axes.plot(rows["per_cent"][at], at, mark, color=colour, markersize=6, label=label, zorder=4)
        _legend(axes)


def draw_parts(story: Story, folder: Path) -> None:
    """contributions.png and .svg: parts of the error per 1,000 inhabitants, one bar a municipality."""
    parts = pd.DataFrame(story.parts)
    own = parts[parts["area_kind"] == MUNICIPALITY]
    people = story.of(POPULATION, MUNICIPALITY).set_index("area")["forecast"]
    wide = own.pivot(index="area", columns="part", values="persons")
    wide = wide.reindex([area for area in people.index if area in wide.index][::-1])
    rates = wide.div(people.reindex(wide.index), axis=0) * PER_THOUSAND
    names = own.drop_duplicates("area").set_index("area")["area_name"].reindex(wide.index).tolist()
    year, first = int(own["year"].iloc[0]), story.tracked.forecast.start + 1
    with sheet(WIDTH, MARGINS + ROW * len(rates), folder, "contributions") as figure:
        heading(figure, story.say("parts title", first=first, year=year), story.say("parts below"))
        axes = figure.subplots()
        _place(axes, names, len(rates))
        _stack(axes, rates, story)
        axes.plot(rates.sum(axis=1), range(len(rates)), "D", color=INK, markersize=4, zorder=5)
        axes.axvline(0, color=GREY, linewidth=0.8)
        _legend(axes)


def _stack(axes: Axes, rates: pd.DataFrame, story: Story) -> None:
    """Positive parts to the right, negative ones to the left; parts nearly nothing everywhere are left out."""
    ends = {True: np.zeros(len(rates)), False: np.zeros(len(rates))}
    order = rates.abs().sum().sort_values(ascending=False)
    used = [name for name in order.index if order[name] > order.sum() / PER_CENT]
    for at, name in enumerate(used):
        colour, hatch = LOOKS[at % len(LOOKS)]
        label = PARTS[str(name)][LANGUAGES.index(story.language)]
        for positive in (True, False):
            values = np.clip(rates[name].to_numpy(), 0, None) if positive else np.clip(rates[name].to_numpy(), None, 0)
            axes.barh(
                range(len(rates)),
                values,
                BAR,
                left=ends[positive],
                color=colour,
                hatch=hatch,
                edgecolor="white",
                linewidth=0.3,
                label=label if positive else None,
            )
            ends[positive] += values


def _bands(axes: Axes, rows: pd.DataFrame) -> None:
    ends = {name: PER_CENT * (rows[name] / rows["forecast"] - 1) for name in ("low_80", "high_80", "low_95", "high_95")}
    axes.barh(rows.index, ends["high_80"] - ends["low_80"], BAR, left=ends["low_80"], color=PALE, zorder=1)
    axes.hlines(rows.index, ends["low_95"], ends["high_95"], color=GREY, linewidth=1.0, zorder=2)


def _place(axes: Axes, names: list[str], count: int) -> None:
    height = MARGINS + ROW * count
    axes.set_position((LEFT, 0.85 / height, RIGHT - LEFT, 1 - 1.45 / height))
    axes.set_yticks(range(count), names, fontsize=SMALL)
    axes.set_ylim(-0.7, count - 0.3)
    axes.grid(axis="y", visible=False)


def _legend(axes: Axes) -> None:
    axes.legend(loc="upper left", bbox_to_anchor=(-0.2, -0.035), ncols=3, frameon=False, fontsize=SMALL)
