"""Horizontal bars with their names and numbers beside them: rankings, effects, parts of a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from outputs.figures.style import BLUE, GREEN, GREY, INK, PALE, PURPLE, RED
from outputs.report.svg import FULL, picture

ROW, EDGE = 0.2, 0.12
SIZE = 7.5
HATCHES = ("", "///", "...", "xx", "\\\\\\")
COLOURS = (BLUE, "#9fc3df", "#e0b48c", RED, GREEN)


@dataclass(frozen=True)
class Bar:
    """A bar: its name, value, the number in words, and the ends of a span around it, if any."""

    name: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Look:
    """How bars look: width in inches, room for the names and the numbers, whether they are illustrations (hatched)."""

    width: float = FULL
    names: float = 2.6
    numbers: float = 0.9
    illustration: bool = False
    row: float = ROW
    size: float = SIZE


USUAL = Look()


def bars(rows: list[Bar], look: Look = USUAL) -> str:
    """Bars from the first at the top; hatched and pale where they are illustrations rather than simulated futures."""
    height = 2 * EDGE + look.row * len(rows)
    places = np.arange(len(rows))
    values = np.array([row.value for row in rows])
    with picture(look.width, height) as drawn:
        axes = drawn.figure.add_axes(
            (
                look.names / look.width,
                EDGE / height,
                1 - (look.names + look.numbers) / look.width,
                1 - 2 * EDGE / height,
            )
        )
        style: dict[str, Any] = {"color": BLUE, "height": 0.66}
        if look.illustration:
            style = {"facecolor": "#dbe8f2", "edgecolor": BLUE, "hatch": "////", "linewidth": 0.8, "height": 0.66}
        axes.barh(places, values, **style)
        for at, row in enumerate(rows):
            if row.low is not None and row.high is not None:
                axes.plot([row.low, row.high], [at, at], color=INK, linewidth=1.2, solid_capstyle="butt")
        _names(axes, rows, look.size)
    return drawn.text


def dots(rows: list[Bar], look: Look = USUAL, line: float | None = None) -> str:
    """A dot for each value with its span; `line` is a value to compare with."""
    height = 2 * EDGE + look.row * len(rows)
    with picture(look.width, height) as drawn:
        axes = drawn.figure.add_axes(
            (
                look.names / look.width,
                EDGE / height,
                1 - (look.names + look.numbers) / look.width,
                1 - 2 * EDGE / height,
            )
        )
        if line is not None:
            axes.axvline(line, color=GREY, linewidth=1.0, linestyle="--")
        for at, row in enumerate(rows):
            if row.low is not None and row.high is not None:
                axes.plot([row.low, row.high], [at, at], color=BLUE, alpha=0.45, linewidth=4, solid_capstyle="butt")
            axes.plot([row.value], [at], color=INK, marker="o", markersize=3.5)
        _names(axes, rows, look.size, grid=True)
    return drawn.text


def _names(axes: Any, rows: list[Bar], size: float, grid: bool = False) -> None:
    axes.set_ylim(len(rows) - 0.4, -0.6)
    low, high = axes.get_xlim()
    axes.set_xlim(low, high)
    axes.grid(grid, axis="y")
    axes.grid(False, axis="x")
    axes.set_yticks([])
    axes.set_xticks([])
    for side in ("bottom", "left"):
        axes.spines[side].set_visible(False)
    if low < 0 < high:
        axes.axvline(0, color=GREY, linewidth=0.8)
    for at, row in enumerate(rows):
        axes.annotate(row.name, (0, at), (-4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                      ha="right", va="center", fontsize=size)  # fmt: skip
        axes.annotate(row.text, (1, at), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                      ha="left", va="center", fontsize=size, fontweight="bold")  # fmt: skip


def parts(rows: list[tuple[str, list[float]]], labels: list[str], texts: list[list[str]], row: float = 0.34) -> str:
    """Bars divided into parts (in per cent of the whole), each part named above and with its number inside.

    Parts differ in colour, pattern and place.
    """
    height = 0.34 + row * len(rows)
    names = 1.25
    with picture(FULL, height) as drawn:
        axes = drawn.figure.add_axes((names / FULL, 0.05 / height, 1 - (names + 0.1) / FULL, 1 - 0.34 / height))
        for at, (name, values) in enumerate(rows):
            left = 0.0
            for number, value in enumerate(values):
                axes.barh(
                    at, value, left=left, color=COLOURS[number], hatch=HATCHES[number], edgecolor="white", height=0.72
                )
                _inside(axes, (left + value / 2, at), texts[at][number])
                left += value
            axes.annotate(name, (0, at), (-4, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
                          ha="right", va="center", fontsize=SIZE)  # fmt: skip
        _part_names(axes, labels, len(rows))
    return drawn.text


def _inside(axes: Any, place: tuple[float, float], text: str) -> None:
    """A number inside its part, on a light ground that any colour lets through."""
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    if text:
        axes.text(*place, text, ha="center", va="center", fontsize=SIZE, fontweight="bold", color=INK, bbox=ground)


def _part_names(axes: Any, labels: list[str], rows: int) -> None:
    """The parts' names in a row above the bars, each beside a patch that looks like its part."""
    from matplotlib.patches import Patch

    patches = [
        Patch(facecolor=COLOURS[at], hatch=HATCHES[at], edgecolor="white", label=label)
        for at, label in enumerate(labels)
    ]
    axes.legend(handles=patches, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncol=len(labels), frameon=False,
                fontsize=SIZE, handlelength=1.4, columnspacing=1.4, borderaxespad=0.1)  # fmt: skip
    axes.set_ylim(rows - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_axis_off()


__all__ = ["GREEN", "PALE", "PURPLE", "Bar", "Look", "bars", "dots", "parts"]
