"""All 29 populations, each on its own scale, with the observed years as dots."""

from __future__ import annotations

from pathlib import Path

from outputs.figures.style import BLUE, INK, RED, View, dots, few_values, heading, line, panels, sheet, year_ticks

COLUMNS = 5


def draw_multiples(view: View, folder: Path) -> None:
    """Draw municipalities.png and municipalities.svg: registered (line), present (dashed), observed (dots)."""
    registered = view.results["population"].sum(["sex", "age"])
    present = view.results["present_population"]
    codes = view.results["municipality"].values
    rows = -(-(len(codes) + 1) // COLUMNS)
    with sheet(12, 2.0 * rows, folder, "municipalities") as figure:
        grid = panels(figure, rows, COLUMNS).ravel()
        heading(figure, view.text("multiples title"), f"{view.title} · {view.text('scenario')}")
        for axes, code in zip(grid, codes, strict=False):
            line(axes, view.years, present.sel(municipality=code).values, RED, "--")
            line(axes, view.years, registered.sel(municipality=code).values, BLUE)
            dots(axes, view.observed["population"].sel(municipality=code))
            axes.set_title(str(registered["municipality_name"].sel(municipality=code).values), fontsize=9)
            axes.tick_params(labelsize=7)
            few_values(axes)
        year_ticks(grid[0], int(view.years[0]), int(view.years[-1]))
        _key(grid[len(codes)], view)
        for axes in grid[len(codes) + 1 :]:
            axes.set_axis_off()


def _key(axes, view: View) -> None:  # type: ignore[no-untyped-def]
    axes.set_axis_off()
    for height, key, colour, style in ((0.8, "registered", BLUE, "-"), (0.55, "present", RED, "--")):
        axes.plot([0.05, 0.25], [height] * 2, color=colour, linestyle=style, transform=axes.transAxes)
        axes.text(0.32, height, view.text(key), color=colour, transform=axes.transAxes, va="center")
    axes.plot([0.15], [0.3], "o", color=INK, markersize=3, transform=axes.transAxes)
    axes.text(0.32, 0.3, view.text("observed"), transform=axes.transAxes, va="center")
