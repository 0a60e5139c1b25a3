"""How every figure looks: colours the colour-blind can tell apart, labels on the lines, the same bytes each time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.words import Text
from scenarios.run import project_root
from scenarios.schema import Settings

os.environ.setdefault("MPLCONFIGDIR", str(project_root() / ".cache" / "matplotlib"))

import matplotlib as mpl

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, GREY, PALE = "#1a1a1a", "#5f6368", "#d9dce1"
BLUE, RED, GREEN, PURPLE = "#0060a8", "#b34700", "#00735c", "#8a3f84"
"""Dark enough for text on white (4.5:1), far apart for the common kinds of colour blindness."""
DOT = {"color": INK, "marker": "o", "markersize": 2.6, "linestyle": "none", "zorder": 4}
DPI = 130
LABEL_GAP = 0.075
"""Least distance between two labels, share of the axis height."""
EDGE, HEAD, TITLE, TICKS = 0.12, 0.55, 0.62, 0.45
"""Inches: left edge; heading; title and year labels of a panel; value labels of a panel."""
RC: dict[str, Any] = {
    "svg.hashsalt": "norrsim",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titley": 1.0,  # a fixed place: finding a free one measures every panel again at each drawing
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "lines.linewidth": 1.8,
    "figure.facecolor": "white",
}


@dataclass(frozen=True)
class View:
    """What a figure shows: results, observed series (years of the run only), words, settings."""

    results: xr.Dataset
    observed: xr.Dataset
    text: Text
    settings: Settings
    title: str

    @property
    def years(self) -> NDArray[np.int64]:
        """The years of the run."""
        return np.asarray(self.results["year"].values)


@contextmanager
def sheet(width: float, height: float, folder: Path, name: str) -> Iterator[Figure]:
    """A new figure (inches), saved as name.png and name.svg when the block ends."""
    from matplotlib.figure import Figure

    with mpl.rc_context(rc=RC):  # type: ignore[arg-type]
        figure = Figure(figsize=(width, height))
        yield figure
        figure.savefig(folder / f"{name}.png", dpi=DPI, metadata={"Software": None})
        figure.savefig(folder / f"{name}.svg", metadata={"Date": None, "Creator": None})


def panels(figure: Figure, rows: int, columns: int, room: float = 0.1, share: str = "x") -> NDArray[Any]:
    """Axes in rows and columns under a heading of two lines; `room` inches right of each for labels.

    share: the axes that all panels have in common, "", "x" or "xy".

    Fixed margins (in inches, so every size looks alike) instead of a solved layout: three times as fast with thirty
    panels.
    """
    from matplotlib.gridspec import GridSpec

    width, height = figure.get_size_inches()
    cell_width = (width - EDGE) / columns
    cell_height = (height - HEAD) / rows
    axes_width, axes_height = cell_width - TICKS - room, cell_height - TITLE
    margins = {
        "left": (EDGE + TICKS) / width,
        "right": 1 - room / width,
        "top": 1 - (HEAD + TITLE / 2) / height,
        "bottom": TITLE / 2 / height,
        "wspace": (TICKS + room) / axes_width,
        "hspace": TITLE / axes_height,
    }
    grid = GridSpec(rows, columns, figure, **margins)
    return grid.subplots(squeeze=False, sharex="x" in share, sharey="y" in share)


def heading(figure: Figure, title: str, below: str = "") -> None:
    """The figure's title, and a line below it, top left."""
    width, height = figure.get_size_inches()
    figure.text(0.15 / width, 1 - 0.12 / height, title, va="top", fontsize=12, fontweight="bold")
    figure.text(0.15 / width, 1 - 0.36 / height, below, va="top", fontsize=9, color=GREY)


def line(axes: Axes, years: NDArray[Any], values: NDArray[Any], colour: str, style: str = "-") -> None:
    """A series over the years."""
    axes.plot(years, values, color=colour, linestyle=style)


def dots(axes: Axes, series: xr.DataArray) -> None:
    """Observed values as dots, in the years that have them."""
    known = series.dropna("year")
    axes.plot(known["year"].values, known.values, **DOT)  # type: ignore[arg-type]


def label_ends(axes: Axes, years: Sequence[int], labels: Sequence[tuple[str, float, str]]) -> None:
    """Write (text, value, colour) labels right of the last year, moved apart where they would collide."""
    first, last = min(years), max(years)
    axes.set_xlim(first, last)
    low, high = axes.get_ylim()
    gap = LABEL_GAP * (high - low)
    ordered = sorted(labels, key=lambda label: label[1])
    places: list[float] = []
    for _, value, _ in ordered:
        places.append(max(value, places[-1] + gap) if places else value)
    surplus = max(0.0, places[-1] - high) if places else 0.0
    for (text, _, colour), at in zip(ordered, places, strict=True):
        axes.text(last + 0.02 * (last - first), at - surplus, text, color=colour, va="center", fontsize=8)
    year_ticks(axes, first, last)
    few_values(axes)


def year_ticks(axes: Axes, first: int, last: int) -> None:
    """Round years below the axis (set once where panels share it)."""
    axes.set_xticks([year for year in range(first, last + 1) if year % _spacing(first, last) == 0])


def few_values(axes: Axes) -> None:
    """Few values beside the axis."""
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(4))


def _spacing(first: int, last: int) -> int:
    return 10 if last - first > 20 else 5 if last - first > 8 else 2
