"""Figures of the scoreboard: error by horizon, where intervals hold, and a map of errors."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from calibration.backtest.intervals import COVERAGES
from calibration.backtest.methods import CANDIDATE, CORE, METHODS
from calibration.backtest.norrsim import FREE, NO_PROJECTS, NORRSIM, TODAYS
from calibration.demography.places import read_places
from outputs.figures.map import LABEL_SHIFTS, LONGITUDE_SCALE, read_polygons

mpl.use("Agg")
FOLDER = Path(__file__).resolve().parents[1] / "figures"
HORIZONS_FIGURE, RELIABILITY, MAP = (FOLDER / f"backtest{part}.png" for part in ("", "_reliability", "_map"))
SIZE, SQUARE, DOTS_PER_INCH = (13.0, 9.0), (11.0, 4.2), 100
MAP_SIZE = (13.0, 8.0)
OURS = "norrsim"
PANELS = (
    ("origins 2010–2016", "mape", "Mean absolute error (%): origins 2010–2016, among those of the choice"),
    ("origins 2017–2023", "mape", "Mean absolute error (%): origins 2017–2023, after those of the choice"),
    ("all", "malpe", "Mean signed error (%): all origins (above 0: forecast too high)"),
    ("all", "coverage_80", "Outcomes inside the 80 % intervals (%): all origins"),
)
WANTED_COVERAGE = (75, 85)
STYLES = {
    "no change": ("0.6", ":"), "linear": ("tab:orange", "--"), "exponential": ("tab:blue", "-."),
    CANDIDATE: ("tab:olive", "-"), CORE: ("tab:purple", "-"), "norrsim": ("black", "-"),
}  # fmt: skip
OTHERS = ("tab:green", "-")
DASHES = {NO_PROJECTS: "--", FREE: ":", "norrsim, demography alone": "-."}
DRAWN = (*(name for name in NORRSIM if not name.startswith(TODAYS)), *METHODS)
"""Methods with a line: with today's parameters the lines would lie on those of the origin's."""
MARKERS = {"5": "v", "10": "o", "15": "^"}
MAP_HORIZONS = (1, 5, 10)
DARK = 0.7
"""Share of the strongest colour from which text on it is white."""


def style(method: str) -> dict[str, object]:
    """Colour, line and marker: colour tells the kind of method, the marker how many years it looks back."""
    colour, line = next((s for name, s in STYLES.items() if method.startswith(name)), OTHERS)
    marker = next((m for years, m in MARKERS.items() if f"last {years} years" in method), "")
    width = 2.5 if method == OURS else 1.2
    dashes = DASHES.get(method, line)
    return {"color": colour, "linestyle": dashes, "marker": marker, "linewidth": width, "markersize": 4}


def panel(axis: Axes, table: pd.DataFrame, group: str, measure: str) -> None:
    """One measure of one group by horizon."""
    own = table[(table["group"] == group) & (table["measure"] == measure)]
    for method in DRAWN:
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
    axes[0, 0].legend(fontsize="x-small")
    return figure


def reliability(table: pd.DataFrame) -> Figure:
    """Share of outcomes inside the intervals beside the share promised, for three spans of origins."""
    figure = Figure(figsize=SQUARE, layout="constrained")
    groups = ("all", "origins 2010–2016", "origins 2017–2023")
    for axis, group in zip(figure.subplots(1, len(groups), sharey=True), groups, strict=True):
        own = table[(table["group"] == group) & (table["method"] == OURS)]
        for horizon, line in own.groupby("horizon"):
            values = line.set_index("measure")["value"]
            shares = [values.get(f"coverage_{share}", np.nan) for share in COVERAGES]
            colour = colormaps["viridis"](int(str(horizon)) / 11)
            axis.plot(COVERAGES, shares, marker="o", color=colour, label=f"{horizon} y")
        axis.plot([45, 100], [45, 100], color="0.5", linewidth=0.8)
        axis.set_title(group, fontsize="medium")
        axis.set_xlabel("promised (%)")
    figure.axes[0].legend(fontsize="x-small")
    figure.axes[0].set_ylabel("outcomes inside (%)")
    return figure


def error_map(cases: pd.DataFrame) -> Figure:
    """Mean signed error of each municipality, all origins, some horizons (%)."""
    figure = Figure(figsize=MAP_SIZE, layout="constrained")
    own = cases[cases["method"] == OURS]
    error = 100 * (own["forecast"] / own["outcome"] - 1)
    places = dict(zip(read_places().codes, read_places().names, strict=True))
    for axis, horizon in zip(figure.subplots(1, len(MAP_HORIZONS)), MAP_HORIZONS, strict=True):
        mean = error[own["horizon"] == horizon].groupby(own["municipality"]).mean()
        limit = float(mean.abs().max())
        for code, rings in read_polygons().items():
            strength = float(mean[code]) / limit
            colour = colormaps["PuOr"]((strength + 1) / 2)
            for ring in rings:
                axis.add_patch(Polygon(ring, facecolor=colour, edgecolor="0.5", linewidth=0.5))
            middle = max(rings, key=len).mean(0) + np.array(LABEL_SHIFTS.get(code, (0.0, 0.0)))
            ink = "white" if abs(strength) > DARK else "black"
            text = f"{places[code]}\n{mean[code]:+.1f}"
            axis.text(*middle, text, ha="center", va="center", fontsize=5.5, color=ink)
        axis.set_aspect(1 / LONGITUDE_SCALE)
        axis.autoscale_view()
        axis.set_axis_off()
        ahead = "1 year" if horizon == 1 else f"{horizon} years"
        axis.set_title(f"Mean signed error after {ahead} (%); above 0: forecast too high", fontsize="small")
    return figure


def save(table: pd.DataFrame, cases: pd.DataFrame) -> None:
    """Write every figure."""
    for path, figure in ((HORIZONS_FIGURE, draw(table)), (RELIABILITY, reliability(table)), (MAP, error_map(cases))):
        figure.savefig(path, dpi=DOTS_PER_INCH)
