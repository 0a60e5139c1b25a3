"""What the shocks look like: the region's waves, how they fade, and how their size falls with the number of events."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter
from numpy.typing import NDArray

from calibration.process_noise.estimate import YEARLY_KINDS, Estimate
from calibration.process_noise.likelihood import Shocks
from calibration.process_noise.residuals import Counts

mpl.use("Agg")
Values = NDArray[np.float64]
PATH = Path(__file__).resolve().parents[1] / "figures" / "process_noise.png"
COLOURS = ("tab:blue", "tab:orange", "tab:green", "tab:red")
MARKERS = ("o", "s", "^", "D")
LAGS = 8
SIZE, DOTS_PER_INCH = (13.0, 11.0), 100


def draw(found: Estimate, known: Counts) -> Figure:
    """Waves of the region, and for each kind the spread by size and the persistence against what was estimated."""
    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.subplots(3, 4)
    figure.suptitle("Yearly shocks: logarithm of observed over expected, 28 municipalities (Skellefteå apart)")
    for column, kind in enumerate(YEARLY_KINDS):
        residual = known.residuals()[column][:, known.kept]
        centred = residual - residual.mean(0)
        _wave(axes[0, column], known, centred, kind)
        local = centred - centred.mean(1, keepdims=True)
        expected = found.expected[column][known.kept]
        _sizes(axes[1, column], local, expected, found.shocks[kind], column)
        _fading(axes[2, column], local, found.shocks[kind], expected)
    for axis, place in ((axes[0, 0], "lower left"), (axes[1, 2], "lower left"), (axes[2, 0], "upper right")):
        axis.legend(loc=place, fontsize="small")
    return figure


def _wave(axis: Axes, known: Counts, centred: Values, kind: str) -> None:
    axis.plot(known.years, centred, color="0.85", linewidth=0.6)
    axis.plot(known.years, centred.mean(1), "k-o", markersize=3, label="mean")
    axis.set_xticks(known.years[1::4])
    axis.set_title(kind)
    axis.set_ylabel("less its own mean")
    axis.axhline(0, color="black", linewidth=0.6)


def _sizes(axis: Axes, local: Values, expected: Values, shocks: Shocks, place: int) -> None:
    seen = local.std(0, ddof=1)
    axis.loglog(
        expected, seen, MARKERS[place], color=COLOURS[place], markersize=4, label="observed, own mean taken out"
    )
    grid = np.geomspace(expected.min(), expected.max(), 50)
    years = len(local)
    model = shocks.local_variance(grid) + shocks.yearly_variance(grid)
    within = (model - shocks.level_variance(grid, years)) * years / (years - 1)
    axis.loglog(grid, np.sqrt(within), "k-", label="estimated, the same way")
    axis.loglog(grid, np.sqrt(model), "k:", label="estimated, long run")
    axis.loglog(grid, np.sqrt(1 / grid), "k--", linewidth=0.7, label="Poisson alone")
    for side in (axis.xaxis, axis.yaxis):
        side.set_minor_formatter(NullFormatter())
    axis.set_xlabel("expected events a year")
    axis.set_ylabel("local standard deviation")


def _fading(axis: Axes, local: Values, shocks: Shocks, expected: Values) -> None:
    years = len(local)
    lags = np.arange(1, LAGS + 1)
    seen = [float((local[:-lag] * local[lag:]).mean() / (local**2).mean()) for lag in lags]
    axis.plot(lags, seen, "o", label="observed, own mean taken out")
    axis.plot(lags, expected_fading(shocks, expected, years, lags), "k-", label="estimated, the same way")
    axis.axhline(0, color="black", linewidth=0.6)
    axis.set_xlabel("years apart")
    axis.set_ylabel("correlation of local shocks")
    axis.set_ylim(-0.45, 0.45)


def expected_fading(shocks: Shocks, expected: Values, years: int, lags: NDArray[np.int_]) -> Values:
    """Correlation at each lag that demeaned residuals of so few years would show if the estimates are right."""
    demean = np.eye(years) - 1 / years
    phi = shocks["local persistence"] ** np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    local, yearly = shocks.local_variance(expected).mean(), shocks.yearly_variance(expected).mean()
    seen = demean @ (local * phi + yearly * np.eye(years)) @ demean
    return np.array([np.diag(seen, lag).mean() / np.diag(seen).mean() for lag in lags])


def save(found: Estimate, known: Counts, path: Path = PATH) -> None:
    """Write the figure."""
    draw(found, known).savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
