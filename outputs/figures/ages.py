"""Age structure by sex: three years beside one another."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from outputs.figures.style import BLUE, GREY, RED, View, heading, panels, sheet

MIDDLE_YEAR = 2024
HALF = 0.5


def draw_ages(view: View, folder: Path) -> None:
    """Draw ages.png and ages.svg: pyramids of the first year, 2024 (or the middle) and the last year."""
    years = _years(view)
    people = view.results["population"].sum("municipality").sel(year=years)
    edges = np.arange(people.sizes["age"] + 1) - HALF
    with sheet(11, 4.6, folder, "ages") as figure:
        row = panels(figure, 1, len(years), share="xy")[0]
        title = view.text("pyramid title").format(years=", ".join(map(str, years)))
        heading(figure, title, f"{view.title} · {view.text('scenario')}")
        for axes, year in zip(row, years, strict=True):
            women, men = (people.sel(year=year, sex=sex).values for sex in ("women", "men"))
            axes.stairs(-women, edges, orientation="horizontal", fill=True, color=RED, alpha=0.85)
            axes.stairs(men, edges, orientation="horizontal", fill=True, color=BLUE, alpha=0.85)
            axes.axvline(0, color=GREY, linewidth=0.8)
            axes.set_title(str(year))
            axes.text(0.03, 0.95, view.text("women"), color=RED, transform=axes.transAxes, va="top")
            axes.text(0.97, 0.95, view.text("men"), color=BLUE, transform=axes.transAxes, va="top", ha="right")
        _even_ticks(row[0], float(people.max()))
        row[0].set_ylabel(f"{view.text('age')} ({view.text('per age')})")


def _years(view: View) -> list[int]:
    first, last = int(view.years[0]), int(view.years[-1])
    middle = MIDDLE_YEAR if first < MIDDLE_YEAR < last else (first + last) // 2
    return list(dict.fromkeys([first, middle, last]))


def _even_ticks(axes, largest: float) -> None:  # type: ignore[no-untyped-def]
    spacing = next(step for step in (500, 1000, 2000, 5000, 10**9) if largest / step <= 4)
    ticks = [spacing * k for k in range(-4, 5) if abs(spacing * k) <= largest * 1.1]
    axes.set_xticks(ticks, [str(abs(tick)) for tick in ticks])
