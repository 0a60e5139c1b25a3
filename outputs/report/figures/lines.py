"""Several series over the years, each with its name at its end, its own line and marker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from outputs.ensemble.figures.fans import TICK_DIGITS
from outputs.figures.style import BLUE, DOT, GREEN, GREY, INK, PALE, PURPLE, RED, few_values, year_ticks
from outputs.report.svg import FULL, HALF, picture
from outputs.words import number

STYLES: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "linestyle": "-"},
    {"color": RED, "linestyle": "--"},
    {"color": GREEN, "linestyle": "-."},
    {"color": PURPLE, "linestyle": (0, (1, 1))},
    {"color": GREY, "linestyle": (0, (5, 1, 1, 1, 1, 1))},
    {"color": INK, "linestyle": (0, (8, 2))},
)
GAP = 0.085


@dataclass(frozen=True)
class Line:
    """A series: its name, (year or horizon: value), and observed values as dots."""

    name: str
    values: dict[int, float]
    seen: dict[int, float] = field(default_factory=dict)
    heavy: bool = False


@dataclass(frozen=True)
class Look:
    """Size in inches, room for the names, a shaded past, an area between two values, whether 0 is shown, years named,
    the band of the first line (its runs, not another scenario), and a level to reach."""

    width: float = FULL
    height: float = 2.4
    room: float = 1.35
    past: tuple[int, int] | None = None
    zone: tuple[float, float] | None = None
    zero: bool = True
    ticks: tuple[int, ...] = ()
    band: dict[int, tuple[float, float]] = field(default_factory=dict)
    level: float | None = None


USUAL = Look()
NARROW = Look(HALF, 2.3, 0.95)


def draw(lines: list[Line], language: str, look: Look = USUAL) -> str:
    """The picture."""
    with picture(look.width, look.height) as drawn:
        axes = drawn.figure.add_axes(
            (0.45 / look.width, 0.3 / look.height, 1 - (0.45 + look.room) / look.width, 1 - 0.42 / look.height)
        )
        if look.past:
            axes.axvspan(*look.past, color=PALE, alpha=0.35, linewidth=0)
        if look.zone:
            axes.axhspan(*look.zone, color=GREEN, alpha=0.15, linewidth=0)
        if look.band:
            ends = list(zip(*look.band.values(), strict=True))
            axes.fill_between(list(look.band), ends[0], ends[1], color=BLUE, alpha=0.2, linewidth=0)
        if look.level is not None:
            axes.axhline(look.level, color=INK, linestyle=(0, (1, 1.5)), linewidth=1.2)
        for each, style in zip(lines, STYLES, strict=False):
            years = sorted(each.values)
            width = 2.4 if each.heavy else 1.4
            axes.plot(years, [each.values[year] for year in years], linewidth=width, **style)
            if each.seen:
                axes.plot(list(each.seen), list(each.seen.values()), **DOT)  # type: ignore[arg-type]
        if look.zero:
            axes.set_ylim(0, None)
        _ends(axes, lines, language, look)
    return drawn.text


def _ends(axes: Any, lines: list[Line], language: str, look: Look) -> None:
    from matplotlib.ticker import FuncFormatter

    every = [year for each in lines for year in (*each.values, *each.seen)]
    first, last = min(every), max(every)
    axes.set_xlim(first, last)
    if look.ticks:
        axes.set_xticks(look.ticks)
    else:
        year_ticks(axes, first, last)
    few_values(axes)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, language, TICK_DIGITS)))
    low, high = axes.get_ylim()
    ends = sorted((each.values[max(each.values)], at, each.name) for at, each in enumerate(lines))
    places: list[float] = []
    for value, _, name in ends:
        gap = GAP * (high - low) * (1.6 if "\n" in name else 1.0) * 2.4 / look.height
        places.append(max(value, places[-1] + gap) if places else value)
    surplus = max(0.0, places[-1] - high)
    for (_, at, name), place in zip(ends, places, strict=True):
        axes.annotate(name, (1, place - surplus), (4, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center", fontsize=7, color=STYLES[at]["color"])  # fmt: skip


def by_year(array: Any, years: Any, scale: float = 1.0) -> dict[int, float]:
    """A series of a Dataset as {year: value}."""
    chosen = [int(year) for year in years if year in array["year"].values]
    values = np.asarray([float(array.sel(year=year)) for year in chosen]) / scale
    return {year: float(value) for year, value in zip(chosen, values, strict=True) if np.isfinite(value)}
