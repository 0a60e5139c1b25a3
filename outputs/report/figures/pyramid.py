"""Age structure by sex: the last observed year as a line, a later one as bars."""

from __future__ import annotations

import numpy as np

from outputs.figures.style import BLUE, GREY, INK, RED
from outputs.report.facts import Facts
from outputs.report.svg import HALF, picture
from outputs.words import number, phrase

CLASS = 5
"""Years of age in a bar."""
LAST_CLASS = 95
WORDS = {
    "women": ("women {year}", "kvinnor {year}"),
    "men": ("men {year}", "män {year}"),
    "line": ("line: {year}", "linje: {year}"),
    "age": ("age", "ålder"),
}


def draw(facts: Facts, years: tuple[int, int], width: float = HALF, height: float = 2.3) -> str:
    """Women to the left, men to the right, by five-year classes."""
    people = facts.central("population")
    edges = np.arange(0, LAST_CLASS + 2 * CLASS, CLASS)
    say = facts.teller(WORDS)
    with picture(width, height) as drawn:
        axes = drawn.figure.add_axes((0.13, 0.11, 0.84, 0.83))
        top = 0.0
        for sex, side, colour, hatch in (("women", -1, RED, "///"), ("men", 1, BLUE, "")):
            now, then = (_classes(people.sel(year=year, sex=sex).values) for year in years)
            axes.barh(edges[:-1] + CLASS / 2, side * then, height=CLASS * 0.86, color=colour, alpha=0.75,
                      hatch=hatch, edgecolor="white", linewidth=0.3)  # fmt: skip
            axes.stairs(side * now, edges, orientation="horizontal", color=INK, linewidth=1.1, baseline=0)
            top = max(top, float(now.max()), float(then.max()))
            axes.text(0.02 if side < 0 else 0.98, 0.97, say(sex, year=years[1]), transform=axes.transAxes, color=colour,
                      ha="left" if side < 0 else "right", va="top", fontsize=7.5, fontweight="bold")  # fmt: skip
        axes.text(0.98, 0.90, say("line", year=years[0]), transform=axes.transAxes, ha="right", va="top", fontsize=7)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlim(-1.18 * top, 1.18 * top)
        axes.set_ylim(0, edges[-1] + CLASS)
        axes.set_ylabel(say("age"), labelpad=1, fontsize=7)
        _ticks(axes, top, facts.language)
    return drawn.text


def groups(facts: Facts, year: int) -> dict[tuple[int, int], dict[str, float]]:
    """People by age group and sex of the run on the middle assumptions."""
    people = facts.central("population").sel(year=year)
    found = {}
    for low, high in ((0, 19), (20, 64), (65, 79), (80, 100)):
        inside = people.sel(age=slice(low, high)).sum("age")
        found[low, high] = {sex: float(inside.sel(sex=sex)) for sex in ("women", "men")}
    return found


def _classes(values: np.ndarray) -> np.ndarray:
    """Sums over five years of age; the last class holds all from 95."""
    starts = np.arange(0, LAST_CLASS + CLASS, CLASS)
    return np.asarray(np.add.reduceat(values, starts))


def _ticks(axes, top: float, language: str) -> None:  # type: ignore[no-untyped-def]
    spacing = next(step for step in (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 10**9) if top / step <= 2.6)
    ticks = [spacing * k for k in range(-2, 3) if abs(spacing * k) <= 1.15 * top]
    axes.set_xticks(ticks, [number(float(abs(tick)), language) for tick in ticks])


__all__ = ["draw", "groups", "phrase"]
