"""Figures of a fit: prior against posterior, simulated against observed, how numbers go together."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from calibration.fit.target import Target
from calibration.observe import Observation
from outputs.figures.style import BLUE, DPI, GREY, INK, RC

Values = NDArray[np.float64]
COLUMNS, ROW_HEIGHT, WIDTH = 4, 2.1, 11.0
BAND_COLOUR = "#bcd3e6"
TITLE = 11.0
SHOWN = 40
BAND = (0.1, 0.9)


def _style() -> Any:
    return mpl.rc_context(cast(Any, RC))


def prior_and_posterior(fitted: pd.DataFrame, path: Path) -> None:
    """The numbers that the data inform most: prior's and posterior's middle 80 %, in spreads of the prior."""
    with _style():
        rows = fitted[fitted["pooled"] == "no"].sort_values("contraction", ascending=False).head(SHOWN).iloc[::-1]
        figure = Figure(figsize=(WIDTH * 0.8, 0.24 * len(rows) + 1.2), layout="constrained")
        axes = figure.subplots()
        at, half = np.arange(len(rows)), 1.2816
        axes.hlines(at, -half, half, color=BAND_COLOUR, linewidth=7, label="prior, 8 of 10")
        z, spread = rows["z"].to_numpy(), rows["z_spread"].to_numpy()
        axes.hlines(at, z - half * spread, z + half * spread, color=BLUE, linewidth=3, label="posterior, 8 of 10")
        axes.plot(z, at, "o", color=INK, markersize=4)
        units = [f"{name}  {value:.3g}" for name, value in zip(rows.index, rows["value"], strict=True)]
        axes.set_yticks(at, units)
        axes.set_xlabel("standard deviations of the prior from its median")
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.legend(loc="lower right", frameon=False)
        axes.set_title("What the data taught: the most informed parameters", loc="left", fontsize=TITLE)
        figure.savefig(path, dpi=DPI)


def region(target: Target, simulated: list[Values], path: Path) -> None:
    """Each series summed over its places: observed dots, the middle 80 % of histories without errors."""
    with _style():
        chosen = list(zip(target.observed.series, simulated, strict=True))
        figure, axes = _grid(len(chosen))
        for ax, (series, paths) in zip(axes, chosen, strict=True):
            known = series.known.all(axis=0)
            mean = series.variable == "house price index"
            fold = np.mean if mean else np.sum
            _band(ax, series, fold(paths[:, :, known], axis=2), fold(series.values[:, known], axis=1))
            ax.set_title(series.variable, loc="left")
        figure.suptitle(
            "The region: observed (dots) and fitted (line, 8 of 10 draws)", x=0.01, ha="left", fontsize=TITLE
        )
        figure.savefig(path, dpi=DPI)


def municipalities(series: Observation, paths: Values, names: dict[str, str], path: Path) -> None:
    """One series for every place."""
    with _style():
        figure, axes = _grid(len(series.codes), columns=6)
        for place, (ax, code) in enumerate(zip(axes, series.codes, strict=True)):
            _band(ax, series, paths[:, :, place], series.values[:, place])
            ax.set_title(names.get(code, code), loc="left")
        title = f"{series.variable}: observed (dots) and fitted (line, 8 of 10 draws)"
        figure.suptitle(title, x=0.01, ha="left", fontsize=TITLE)
        figure.savefig(path, dpi=DPI)


def _grid(count: int, columns: int = COLUMNS) -> tuple[Figure, list[Axes]]:
    rows = -(-count // columns)
    figure = Figure(figsize=(WIDTH, ROW_HEIGHT * rows * (COLUMNS / columns) ** 0.5 + 0.5), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False).ravel().tolist()
    for ax in axes[count:]:
        ax.set_axis_off()
    return figure, axes[:count]


def _band(ax: Axes, series: Observation, paths: Values, observed: Values) -> None:
    years = np.array(series.years)
    low, middle, high = np.quantile(paths, [BAND[0], 0.5, BAND[1]], axis=0)
    ax.fill_between(years, low, high, color=BAND_COLOUR, linewidth=0)
    ax.plot(years, middle, color=BLUE)
    ax.plot(years, observed, "o", color=INK, markersize=2.5)
    ax.margins(x=0.03)
    ax.tick_params(labelsize=7)
