"""The region's fans on one page, and how to read them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from outputs.ensemble.areas import REGION
from outputs.ensemble.figures.fans import (
    BANDS,
    LABEL_SIZE,
    Fans,
    draw_fan,
    finish,
    label_fan,
    largest_of,
    scale_of,
    shade_history,
    zero_line,
)
from outputs.ensemble.source import NEW
from outputs.figures.style import BLUE, INK, heading, panels, sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = (
    "total_population",
    "new_residents",
    "net_migration",
    ("jobs_in_statistics", "filled_jobs"),
    "employed_residents",
    "unemployed",
    "in_commuters",
    "nonregistered_workers",
    "dwellings",
)
"""Results of the page, in order; of two in brackets the first that is kept."""
KEY_TOP, KEY_STEP, KEY_HALF = 0.88, 0.15, 0.05
"""Heights in the key, shares of the panel."""
ABOVE = 0.12
"""Room above the need for its words, share of the panel's height."""
COLUMNS, WIDTH, ROW, ROOM = 2, 13.0, 2.5, 2.05


def shown_results(fans: Fans) -> list[str]:
    """The results of the page that the ensemble has kept."""
    found = []
    for entry in SHOWN:
        names = (entry,) if isinstance(entry, str) else entry
        found += [name for name in names if fans.shows(name, REGION)][:1]
    return found


def draw_region(fans: Fans, folder: Path) -> None:
    """Draw region.png and region.svg: a panel for each result of both counties, observed years as dots."""
    names = shown_results(fans)
    rows = -(-(len(names) + 1) // COLUMNS)
    with sheet(WIDTH, ROW * rows + 0.3, folder, "region") as figure:
        grid = panels(figure, rows, COLUMNS, room=ROOM, share="").ravel()
        heading(figure, fans.headline("region title"), fans.below)
        for axes, name in zip(grid, names, strict=False):
            draw_panel(axes, fans, name, REGION)
        draw_key(grid[len(names)], fans)
        for axes in grid[len(names) + 1 :]:
            axes.set_axis_off()


def draw_panel(axes: Axes, fans: Fans, name: str, area: str) -> None:
    """The fan of a result of an area, with observed years, words and numbers."""
    band, seen = fans.band(name, area), fans.seen(name, area)
    unit = str(fans.bands[name].attrs.get("units", ""))
    scale, word = scale_of(largest_of(band, seen), unit)
    title = fans.say(name, base=fans.target.base_year if fans.target else "")
    axes.set_title(fans.say(word, title=title) if word else title)
    shade_history(axes, fans, seen, scale)
    draw_fan(axes, band, BLUE, scale)
    zero_line(axes)
    if name == NEW and fans.target is not None:
        target_line(axes, fans, fans.target.target, scale)
    finish(axes, fans)
    label_fan(axes, band, fans, scale)


def draw_key(axes: Axes, fans: Fans, short: bool = False) -> None:
    """A made-up fan with what its parts mean, in words; short: without the sentence below."""
    axes.set_axis_off()
    axes.set_title(fans.say("key title"))
    left, right, text = (0.0, 0.12, 0.17) if short else (0.02, 0.12, 0.15)
    for at, (key, (_, _, alpha, style)) in enumerate(reversed(BANDS.items())):
        y = KEY_TOP - KEY_STEP * at
        edges = (y - KEY_HALF, y + KEY_HALF)
        axes.fill_between([left, right], *edges, color=BLUE, alpha=alpha, linewidth=0, transform=axes.transAxes)
        for edge in edges if style else ():
            axes.plot([left, right], [edge] * 2, color=BLUE, linestyle=style, lw=0.8, transform=axes.transAxes)
        axes.text(text, y, fans.say(key), va="center", transform=axes.transAxes)
    below = KEY_TOP - KEY_STEP * len(BANDS)
    axes.plot([left, right], [below] * 2, color=BLUE, transform=axes.transAxes)
    axes.text(text, below, fans.say("median" if short else "median long"), va="center", transform=axes.transAxes)
    if fans.target is None:
        return
    axes.plot([(left + right) / 2], [below - KEY_STEP], "o", color=INK, markersize=3, transform=axes.transAxes)
    axes.text(text, below - KEY_STEP, fans.say("observed"), va="center", transform=axes.transAxes)
    if not short:
        how = fans.say("how to read", runs=fans.runs)
        axes.text(left, below - 1.7 * KEY_STEP, how, va="top", transform=axes.transAxes)


def target_line(axes: Axes, fans: Fans, target: int, scale: float) -> None:
    """The need as a line with its words."""
    low, high = axes.get_ylim()
    axes.set_ylim(low, max(high, target / scale + ABOVE * (high - low)))
    axes.axhline(target / scale, color=INK, linestyle="-.", linewidth=1.2)
    text = fans.say("target", target=fans.number(target))
    axes.text(fans.first, target / scale, f" {text}", va="bottom", fontsize=LABEL_SIZE)
