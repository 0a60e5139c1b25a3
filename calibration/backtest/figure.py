"""Error by horizon of every method: before and after the choice, and where intervals hold."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from calibration.backtest.methods import METHODS, OURS

mpl.use("Agg")
PATH = Path(__file__).resolve().parents[1] / "figures" / "backtest.png"
SIZE, DOTS_PER_INCH = (13.0, 9.0), 100
PANELS = (
    ("origins 2010–2016", "mape", "Mean absolute error (%): origins 2010–2016, where the choice was made"),
    ("origins 2017–2023", "mape", "Mean absolute error (%): origins 2017–2023, scored once afterwards"),
    ("all", "malpe", "Mean signed error (%): all origins (above 0: forecast too high)"),
    ("all", "coverage_80", "Outcomes inside the 80 % intervals (%): all origins"),
)
WANTED_COVERAGE = (75, 85)
STYLES = {"no change": ("0.6", ":"), "linear": ("tab:orange", "--"), "exponential": ("tab:blue", "-.")}
OTHERS, CHOSEN = ("tab:green", "-"), ("black", "-")
MARKERS = {"5": "v", "10": "o", "15": "^"}


def style(method: str) -> dict[str, object]:
    """Colour, line and marker: colour tells the kind of method, the marker how many years it looks back."""
    colour, line = next((s for name, s in STYLES.items() if method.startswith(name)), OTHERS)
    if method == OURS:
        colour, line = CHOSEN
    marker = next((m for years, m in MARKERS.items() if f"last {years} years" in method), "")
    width = 2.5 if method == OURS else 1.2
    return {"color": colour, "linestyle": line, "marker": marker, "linewidth": width, "markersize": 4}


def panel(axis: Axes, table: pd.DataFrame, group: str, measure: str) -> None:
    """One measure of one group by horizon."""
    own = table[(table["group"] == group) & (table["measure"] == measure)]
    for method in METHODS:
        line = own[own["method"] == method].sort_values("horizon")
        if len(line):
            axis.plot(line["horizon"], line["value"], label=method, **style(method))  # type: ignore[arg-type]
    axis.set_xlabel("years ahead")


def draw(table: pd.DataFrame) -> Figure:
    """The four panels of a scoreboard."""
    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.subplots(2, 2)
    for axis, (group, measure, title) in zip(axes.flat, PANELS, strict=True):
        panel(axis, table, group, measure)
        axis.set_title(title, fontsize="medium")
    axes[1, 0].axhline(0, color="black", linewidth=0.6)
    axes[1, 1].axhspan(*WANTED_COVERAGE, color="0.9")
    axes[0, 0].legend(fontsize="small")
    return figure


def save(table: pd.DataFrame, path: Path = PATH) -> None:
    """Write the figure."""
    draw(table).savefig(path, dpi=DOTS_PER_INCH)
