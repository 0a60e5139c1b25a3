"""Simulated against observed: the region's series, and the error of every municipality's population."""

from __future__ import annotations

from pathlib import Path

from outputs.figures.overview import region
from outputs.figures.style import BLUE, GREY, INK, View, dots, line, sheet
from outputs.observed import INDEXED

COLUMNS = 3


def draw_history(view: View, folder: Path) -> None:
    """Draw history.png/svg (region, every series) and history-municipalities.png/svg (population error)."""
    _series(view, folder)
    _errors(view, folder)


def _series(view: View, folder: Path) -> None:
    names = [str(name) for name in view.observed.data_vars]
    rows = -(-len(names) // COLUMNS)
    with sheet(11, 2.2 * rows, folder, "history") as figure:
        figure.suptitle(f"{view.text('history title')} · {view.text('both counties')}", x=0.01, ha="left")
        panels = figure.subplots(rows, COLUMNS, sharex=True).ravel()
        for axes, name in zip(panels, names, strict=False):
            both = (view.results, view.observed)
            total = [data[name].mean("municipality") if name in INDEXED else region(data, name) for data in both]
            line(axes, view.years, total[0].values, BLUE)
            dots(axes, total[1])
            axes.set_title(view.text(name))
            axes.set_ylim(*_limits(axes.get_ylim()))
        for axes in panels[len(names) :]:
            axes.set_axis_off()
        last = panels[0]
        last.text(0.02, 0.06, f"— {view.text('simulated')}", color=BLUE, transform=last.transAxes)
        last.text(0.98, 0.06, f"● {view.text('observed')}", color=INK, transform=last.transAxes, ha="right")


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
        figure.suptitle(view.text("error title"), x=0.01, ha="left")
        panels = figure.subplots(rows, 5, sharex=True, sharey=True).ravel()
        for axes, code in zip(panels, codes, strict=False):
            axes.axhline(0, color=GREY, linewidth=0.8)
            line(axes, view.years, error.sel(municipality=code).values, BLUE)
            axes.set_title(str(view.results["municipality_name"].sel(municipality=code).values), fontsize=9)
        for axes in panels[len(codes) :]:
            axes.set_axis_off()
