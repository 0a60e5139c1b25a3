"""One figure for each natural experiment: data as dots, the model with the mechanism and without."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from calibration.experiments.natural import WITH, Told
from outputs.figures.style import BLUE, DOT, GREY, PURPLE, RED, few_values, heading, sheet, year_ticks

Values = NDArray[np.float64]
TITLES = {
    "population": "People, change since {since}",
    "jobs_in_statistics": "Jobs, change since {since}",
    "in_commuters": "In-commuters, change since {since}",
    "net_migration": "Net moves a year",
}
FLOWS = ("net_migration",)
COLOURS = (BLUE, RED, PURPLE)
STYLES = ("-", "--", ":")
MARGINS = {"left": 0.07, "right": 0.98, "top": 0.86, "bottom": 0.12, "hspace": 0.32, "wspace": 0.16}


def draw(told: Told, folder: Path) -> None:
    """Draw the case's figure, .png and .svg."""
    case = told.case
    with sheet(10, 6.6, folder, case.name) as figure:
        heading(figure, f"{case.title}, {case.first}-{case.last}", f"Mechanism: {case.mechanism}")
        grid = figure.subplots(2, 2, sharex=True, gridspec_kw=MARGINS)
        for axes, name in zip(grid.ravel(), TITLES, strict=True):
            series(axes, told, name)
            axes.set_title(TITLES[name].format(since=case.since))
            few_values(axes)
        year_ticks(grid[0, 0], case.first, case.last)
        marks(grid[0, 0], told)
        legend(figure, grid[0, 0])


def drawn(told: Told, values: Values, name: str) -> Values:
    """What is drawn: flows as they are, stocks as growth since the eve."""
    return values if name in FLOWS else told.change(values)


def series(axes: Axes, told: Told, name: str) -> None:
    """Lines of the runs, dots of the data, events."""
    for (run, values), colour, style in zip(told.runs.items(), COLOURS, STYLES, strict=False):
        words = "model" if run == WITH else f"model if {run}"
        axes.plot(told.years, drawn(told, values[name], name), color=colour, linestyle=style, label=words)
    seen = drawn(told, told.observed[name], name)
    axes.plot(told.years, seen, **{**DOT, "markersize": 4.5}, label="official figures")  # type: ignore[arg-type]
    axes.axhline(0, color=GREY, linewidth=0.8)
    for year in told.case.events:
        axes.axvline(year, color=GREY, linewidth=0.8, linestyle=":")


def marks(axes: Axes, told: Told) -> None:
    """What happened when, within the first panel."""
    low, high = axes.get_ylim()
    for row, (year, words) in enumerate(told.case.events.items()):
        side = "right" if year == told.case.last else "left"
        at = high - (0.02 + 0.07 * row) * (high - low)
        axes.text(year, at, f" {words} ", color=GREY, fontsize=8, va="top", ha=side)


def legend(figure: Figure, axes: Axes) -> None:
    """What lines and dots are, below the panels."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=len(labels), frameon=False, fontsize=9)
