"""Simulated against observed: the region's series, and the error of every municipality's population."""

from __future__ import annotations

from pathlib import Path

from outputs.figures.overview import BILLION, THOUSAND, region
from outputs.figures.style import BLUE, GREY, INK, View, dots, few_values, heading, line, panels, sheet, year_ticks
from outputs.observed import INDEXED

COLUMNS = 3
TEN_THOUSAND = 1e4


def draw_history(view: View, folder: Path) -> None:
    """Draw history.png/svg (region, every series) and history-municipalities.png/svg (population error)."""
    _series(view, folder)
    _errors(view, folder)


def _series(view: View, folder: Path) -> None:
    names = [str(name) for name in view.observed.data_vars]
    rows = -(-len(names) // COLUMNS)
    with sheet(11, 2.2 * rows, folder, "history") as figure:
        heading(figure, f"{view.text('history title')} · {view.text('both counties')}", view.title)
        grid = panels(figure, rows, COLUMNS).ravel()
        for axes, name in zip(grid, names, strict=False):
            both = (view.results, view.observed)
            total = [data[name].mean("municipality") if name in INDEXED else region(data, name) for data in both]
            scale, word = _scale(float(total[1].max()))
            line(axes, view.years, total[0].values / scale, BLUE)
            dots(axes, total[1] / scale)
            axes.set_title(view.text(name) + (f", {view.text(word)}" if word else ""))
            axes.set_ylim(*_limits(axes.get_ylim()))
            few_values(axes)
        year_ticks(grid[0], int(view.years[0]), int(view.years[-1]))
        for axes in grid[len(names) :]:
            axes.set_axis_off()
        last = grid[0]
        last.text(0.02, 0.06, f"— {view.text('simulated')}", color=BLUE, transform=last.transAxes)
        last.text(0.98, 0.06, f"● {view.text('observed')}", color=INK, transform=last.transAxes, ha="right")


def _scale(largest: float) -> tuple[float, str]:
    """What to divide values by so that they read easily, and the word for it."""
    if largest >= BILLION:
        return BILLION, "billions"
    return (THOUSAND, "thousands") if largest >= TEN_THOUSAND else (1.0, "")


def _limits(limits: tuple[float, float]) -> tuple[float, float]:
    """Show at least a tenth of the level, so that small differences do not look large."""
    low, high = limits
    room = max(0.0, 0.1 * abs(high) - (high - low)) / 2
    return low - room, high + room


def _errors(view: View, folder: Path) -> None:
    error = 100 * (view.results["population"] / view.observed["population"] - 1)
    codes = error["municipality"].values
    rows = -(-len(codes) // 5)
    with sheet(12, 1.7 * rows, folder, "history-municipalities") as figure:
        heading(figure, view.text("error title"), view.title)
        grid = panels(figure, rows, 5, share="xy").ravel()
        for axes, code in zip(grid, codes, strict=False):
            axes.axhline(0, color=GREY, linewidth=0.8)
            line(axes, view.years, error.sel(municipality=code).values, BLUE)
            axes.set_title(str(view.results["municipality_name"].sel(municipality=code).values), fontsize=9)
        year_ticks(grid[0], int(view.years[0]), int(view.years[-1]))
        for axes in grid[len(codes) :]:
            axes.set_axis_off()
