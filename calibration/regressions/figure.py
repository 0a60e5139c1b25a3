"""Coefficients of the data and of the model's histories beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from calibration.regressions.compare import BOTH, HIGH, LOW, OWN, WITHOUT, Found
from calibration.regressions.equations import HORIZONS, JOBS, KEY, MOVES, PLAIN
from outputs.figures.style import BLUE, GREY, INK, PURPLE, heading, sheet

Key = tuple[str, str, str, str, str]
TAKERS = ("more in-commuters", "fewer out-commuters", "more employed residents", "net movers", "population")
MOVERS = ("net moves", "moves in", "moves out")
DRIVERS = ("jobs this year, %", "jobs last year, %", "homes completed per 1 000")
INTERVAL = 2.0
SHIFT = 0.2


def draw(found: Found, folder: Path) -> None:
    """Draw regressions.png/svg: who takes a job above, what moves people below."""
    table = found.comparison.set_index(list(KEY))
    other = found.data[found.data["sample"] == WITHOUT].set_index(list(KEY))
    members = found.members[found.members["kind"] == BOTH].set_index(list(KEY))["coefficient"]
    by_key = members.groupby(level=list(KEY))
    spread = pd.DataFrame({"low": by_key.quantile(LOW), "high": by_key.quantile(HIGH)})
    with sheet(11, 7.2, folder, "regressions") as figure:
        heading(
            figure,
            "The same regressions on the data and on the model's own history, 2011-2023",
            "Every municipality counts alike; two standard errors, clustered by municipality",
        )
        above = figure.subplots(2, 3, sharex="row", gridspec_kw=GRID)
        for axes, years in zip(above[0], HORIZONS, strict=True):
            over = f"{years} year" + ("s" if years > 1 else "")
            rows = [((JOBS, over, outcome, "jobs", PLAIN), outcome) for outcome in TAKERS]
            panel(axes, rows, (table, other, spread))
            axes.set_title(f"Per 100 more jobs, {over}")
        for axes, outcome in zip(above[1], MOVERS, strict=True):
            rows = [((MOVES, "jobs and homes", outcome, name, PLAIN), name) for name in DRIVERS]
            panel(axes, rows, (table, other, spread))
            axes.set_title(f"{outcome[0].upper()}{outcome[1:]} per 1 000 people")
        legend(above[0, 0])


GRID = {"left": 0.17, "right": 0.98, "top": 0.87, "bottom": 0.1, "hspace": 0.32, "wspace": 0.12}


def panel(axes: Axes, rows: Sequence[tuple[Key, str]], tables: tuple[pd.DataFrame, ...]) -> None:
    """One coefficient a row: data, data without Skellefteå, model without chance, spread of the ensemble."""
    for place, (key, _) in enumerate(reversed(rows)):
        row, less, wide = (whole.loc[[key]].iloc[0] for whole in tables)
        axes.plot(interval(row["data"], row["error"]), [place + SHIFT] * 2, color=INK, linewidth=1.4)
        axes.plot(row["data"], place + SHIFT, "o", color=INK, markersize=5)
        axes.plot(less["coefficient"], place + SHIFT, "o", color=INK, markersize=5, markerfacecolor="white")
        axes.plot([wide["low"], wide["high"]], [place - SHIFT] * 2, color=BLUE, linewidth=5, alpha=0.3)
        axes.plot(row["median"], place - SHIFT, "|", color=BLUE, markersize=11, markeredgewidth=2)
        axes.plot(row["model"], place - SHIFT, "D", color=PURPLE, markersize=5)
    axes.axvline(0, color=GREY, linewidth=0.8)
    first = axes.get_subplotspec().is_first_col()  # type: ignore[union-attr]
    axes.set_yticks(range(len(rows)), [name if first else "" for _, name in reversed(rows)])
    axes.set_ylim(-0.6, len(rows) - 0.4)


def interval(value: float, error: float) -> list[float]:
    """Two standard errors to either side."""
    return [value - INTERVAL * error, value + INTERVAL * error]


def legend(axes: Axes) -> None:
    """What the marks mean, within the first panel."""
    for colour, mark, face, words in (
        (INK, "o", INK, f"data {OWN}"),
        (INK, "o", "white", "data without Skellefteå"),
        (PURPLE, "D", PURPLE, "model without chance"),
        (BLUE, "|", BLUE, "model, median and middle 80 % of an ensemble"),
    ):
        axes.plot([], [], mark, color=colour, markerfacecolor=face, label=words)
    axes.figure.legend(loc="lower center", fontsize=9, frameon=False, ncols=4)
