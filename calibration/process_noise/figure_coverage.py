"""How often outcomes lay inside the bands, with and without the shocks of jobs and prices."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

mpl.use("Agg")
PATH = Path(__file__).resolve().parents[1] / "figures" / "process_noise_coverage.png"
SHARE = 80
TITLES = {
    "jobs": "jobs by workplace",
    "employed_residents": "employed residents",
    "unemployed": "unemployed",
    "in_commuters": "in-commuters",
    "house_price_real": "house prices",
    "population": "population",
}
LINES = {"drawn": ("tab:blue", "o-", "with shocks of jobs and prices"), "none": ("tab:orange", "s--", "without")}
SIZE, DOTS_PER_INCH = (11.0, 6.5), 100


def draw(table: pd.DataFrame) -> Figure:
    """One panel an outcome: share of municipalities' outcomes inside the 80 per cent band by horizon."""
    figure = Figure(figsize=SIZE, layout="constrained")
    axes = figure.subplots(2, 3, sharex=True, sharey=True)
    figure.suptitle("Outcomes inside the bands of 8 of 10 runs, origins 2010-2023, 29 municipalities (per cent)")
    chosen = table[(table["share"] == SHARE) & (table["group"] == "municipalities")]
    for axis, (outcome, title) in zip(axes.flat, TITLES.items(), strict=True):
        _panel(axis, chosen[chosen["outcome"] == outcome], title)
    axes[0, 0].legend(loc="lower right", fontsize="small")
    return figure


def _panel(axis: Axes, table: pd.DataFrame, title: str) -> None:
    for shocks, (colour, style, label) in LINES.items():
        own = table[table["shocks"] == shocks].sort_values("horizon")
        axis.plot(own["horizon"], own["inside"], style, color=colour, markersize=4, label=label)
    axis.axhline(SHARE, color="black", linewidth=0.7)
    axis.set_title(title)
    axis.set_ylim(0, 100)
    axis.set_xlabel("years ahead")


def save(table: pd.DataFrame, path: Path = PATH) -> None:
    """Write the figure."""
    draw(table).savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
