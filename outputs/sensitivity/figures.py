"""The figures of a sensitivity analysis: tornado with shares, screening, and who drives what."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.figures.style import BLUE, GREY, INK, PALE, RED, heading, sheet
from outputs.sensitivity.tables import strength
from outputs.sensitivity.words import Words
from scenarios.chance.projects import SHARED
from scenarios.sensitivity.outcomes import REGION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
SHOWN = 12
"""Inputs in a tornado."""
LABELLED = 10
"""Inputs named in a screening."""
ROW, TOP, BOTTOM = 0.42, 1.05, 0.6
"""Inches: one input; heading; axis."""
LABEL_WIDTH = 48
"""Letters in a line of a label."""
CELL_HIGH, CELL_WIDE, CELL_LABELS, CELL_TOP = 0.34, 0.95, 3.9, 1.55
"""Inches in the overview: a cell, the room for labels, the room above."""
AXIS_DIGITS = 4
PER_CENT = 100.0
OUTER, INNER = 0.62, 0.34
"""Height of a bar, and of one that lies on the other."""
ROOM = 1.45
"""How far the axis goes beyond the longest bar, for the numbers beside it."""
LEAST_SHOWN = 0.5
"""Per cent; smaller shares are left out of the overview's cells."""


@dataclass(frozen=True)
class Chart:
    """One outcome in one year and place: its numbers, words and heading."""

    one: xr.Dataset
    words: Words
    below: str

    @property
    def outcome(self) -> str:
        """The outcome's name in words."""
        return self.words.pick(str(self.one["outcome_name"].values), str(self.one["outcome_name_sv"].values))

    @property
    def place(self) -> str:
        """The place in words."""
        code = str(self.one["place"].values)
        return self.words.say("region") if code == REGION else str(self.one["place_name"].values)

    def name(self, kind: str) -> str:
        """The file's name without ending."""
        code, year = str(self.one["place"].values), int(self.one["year"])
        where = "" if code == REGION else f"-{code}"
        return f"{kind}-{self.one['outcome'].values}{where}-{year}"


def draw_tornado(chart: Chart, folder: Path) -> None:
    """Draw what one input at a time changes, the strongest first, beside shares of the variance if there are any."""
    one = chart.one.isel(input=np.argsort(-strength(chart.one), kind="stable")[:SHOWN])
    has_shares = "total" in one and bool(one["total"].notnull().any())
    others = has_shares and "others_total" in one and bool(np.isfinite(one["others_total"]))
    rows = one.sizes["input"] + int(others)
    with sheet(11.0, TOP + BOTTOM + ROW * rows, folder, chart.name("tornado")) as figure:
        title = chart.words.say("tornado title", outcome=chart.outcome, year=int(one["year"]))
        heading(figure, title, f"{chart.place} · {chart.below}")
        height = figure.get_size_inches()[1]
        box = (BOTTOM / height, ROW * rows / height)
        bars = figure.add_axes((0.335, box[0], 0.4 if has_shares else 0.6, box[1]))
        _bars(bars, one, chart.words, rows)
        _labels(bars, one, chart.words, _untold(chart.one) if others else 0)
        if has_shares:
            _shares(figure.add_axes((0.79, box[0], 0.19, box[1])), one, chart.words, others)


def _bars(axes: Axes, one: xr.Dataset, words: Words, rows: int) -> None:
    middle = float(one["at_median"])
    changes = _ends(one) - middle
    scale, unit = words.scaled(one, float(np.abs(changes).max()))
    changes = changes / scale
    largest = max(float(np.abs(changes).max()), np.finfo(float).tiny)
    for row, (low, high) in enumerate(changes.T):
        for change, colour, other in ((low, BLUE, high), (high, RED, low)):
            inside = change * other > 0 and abs(change) < abs(other)
            axes.barh(row, change, height=INNER if inside else OUTER, color=colour, zorder=3 if inside else 2)
        _ends_told(axes, row, (float(low), float(high)), (words, largest))
    axes.axvline(0, color=INK, linewidth=0.9, zorder=4)
    axes.set_xlim(-ROOM * largest, ROOM * largest)
    axes.set_xlabel(words.say("change", unit=unit).rstrip(", "), fontsize=8, color=GREY)
    _plain(axes, rows, words)
    _above(axes, words, words.amount(one, middle))


def _above(axes: Axes, words: Words, middle: str) -> None:
    """What the colours mean, and the outcome that the changes are counted from."""
    high = 1 / (axes.get_position().height * axes.get_figure(root=True).get_size_inches()[1])  # type: ignore[union-attr]
    place: dict[str, Any] = {"transform": axes.transAxes, "va": "bottom", "fontsize": 8}
    axes.text(0.0, 1 + 0.04 * high, words.say("low"), color=BLUE, **place)
    axes.text(1.0, 1 + 0.04 * high, words.say("high"), color=RED, ha="right", **place)
    axes.text(0.5, 1 + 0.22 * high, words.say("middle", value=middle), ha="center", **place)


def _ends(one: xr.Dataset) -> Floats:
    """The outcome at the smaller and at the larger value of each input (a project's bad luck is often the larger)."""
    swapped = one["input_low"].values > one["input_high"].values
    low, high = one["at_low"].values, one["at_high"].values
    return np.stack([np.where(swapped, high, low), np.where(swapped, low, high)])


def _ends_told(axes: Axes, row: int, ends: tuple[float, float], how: tuple[Words, float]) -> None:
    """The changes in numbers beside the bars; both on one side when both go the same way."""
    words, largest = how
    gap = 0.025 * largest
    told = [words.change(end, largest) for end in ends]
    if ends[0] * ends[1] > 0:
        far = max(ends, key=abs)
        axes.text(
            far + np.sign(far) * gap,
            row,
            " / ".join(told),
            va="center",
            ha="left" if far > 0 else "right",
            fontsize=7.5,
        )
        return
    for end, other, text in ((*ends, told[0]), (*ends[::-1], told[1])):
        right = end > 0 or (end == 0 and other < 0)
        if end != 0 or other != 0:
            side = "left" if right else "right"
            axes.text(end + (gap if right else -gap), row, text, va="center", ha=side, fontsize=7.5)


def _untold(one: xr.Dataset) -> int:
    """How many inputs are not told one by one."""
    return int((one["told"].values == 0).sum())


def _labels(axes: Axes, one: xr.Dataset, words: Words, untold: int) -> None:
    """Plain names with the low and high value; a last row for the inputs not told one by one, if there are any."""
    labels = one["label"].values if words.language == "en" else one["label_sv"].values
    texts = [
        "\n".join([*textwrap.wrap(str(label), LABEL_WIDTH), _span(one.isel(input=at), words)])
        for at, label in enumerate(labels)
    ]
    last = [words.say("others", count=untold)] if untold else []
    axes.set_yticks(range(len(texts) + len(last)), [*texts, *last])
    axes.tick_params(axis="y", labelsize=7.5, labelcolor=INK, length=0)


def _span(one: xr.Dataset, words: Words) -> str:
    if str(one["input"].values) == SHARED:
        return words.say("luck")
    return words.span(float(one["input_low"]), float(one["input_high"]), str(one["input_unit"].values))


def _shares(axes: Axes, one: xr.Dataset, words: Words, others: bool) -> None:
    total, interval = one["total"].values * PER_CENT, one["total_interval"].values * PER_CENT
    if others:
        total = np.append(total, float(one["others_total"]) * PER_CENT)
        interval = np.append(interval, float(one["others_interval"]) * PER_CENT)
    rows = np.arange(len(total))
    known = ~np.isnan(total)
    axes.barh(rows[known], total[known], height=0.5, color=GREY)
    low = np.clip(total - interval, 0, None)
    axes.hlines(rows[known], low[known], (total + interval)[known], color=INK, linewidth=1.2)
    for row in rows[known]:
        end = total[row] + interval[row]
        axes.text(end + 1.5, row, words.share(total[row] / PER_CENT), va="center", fontsize=7.5)
    axes.set_xlim(0, max(1.2 * float(np.nanmax(total + interval)), 10.0))
    axes.set_title(words.say("share"), fontsize=8.5, fontweight="normal", loc="left")
    axes.set_xlabel(words.say("share note"), fontsize=8, color=GREY)
    axes.set_yticks([])
    _plain(axes, len(total), words)


def _plain(axes: Axes, rows: int, words: Words) -> None:
    axes.grid(False, axis="y")
    axes.set_ylim(rows - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", labelsize=7.5)
    axes.locator_params(axis="x", nbins=5)
    _numbered(axes.xaxis, words)


def _numbered(axis: Any, words: Words) -> None:
    """Numbers beside an axis in the language's form."""
    axis.set_major_formatter(lambda value, _: words.number(value, AXIS_DIGITS))


def draw_screening(chart: Chart, folder: Path) -> None:
    """Draw every input's mean effect against its spread, the largest ones named."""
    one = chart.one.isel(input=np.argsort(-np.nan_to_num(chart.one["mu_star"].values), kind="stable"))
    scale, unit = chart.words.scaled(one, float(one["mu_star"].max()))
    effect, spread = one["mu_star"].values / scale, one["sigma"].values / scale
    labels = (one["label"] if chart.words.language == "en" else one["label_sv"]).values[:LABELLED]
    with sheet(10.0, 5.0, folder, chart.name("screening")) as figure:
        title = chart.words.say("screening title", outcome=chart.outcome, year=int(one["year"]))
        heading(figure, title, f"{chart.place} · {chart.below}")
        axes = figure.add_axes((0.075, 0.12, 0.47, 0.74))
        top = 1.08 * float(max(effect.max(), spread.max()))
        axes.plot([0, top], [0, top], color=PALE, linewidth=1.2, zorder=1)
        axes.errorbar(
            effect, spread, xerr=one["mu_star_interval"].values / scale, fmt="none", ecolor=PALE, elinewidth=1, zorder=1
        )
        axes.scatter(effect[LABELLED:], spread[LABELLED:], s=14, color=GREY, zorder=2)
        axes.scatter(effect[:LABELLED], spread[:LABELLED], s=150, color=BLUE, zorder=3)
        for at, (x, y) in enumerate(zip(effect[:LABELLED], spread[:LABELLED], strict=True), start=1):
            axes.text(x, y, str(at), color="white", ha="center", va="center", fontsize=7.5, zorder=4 + at)
        axes.set_xlim(0, top)
        axes.set_ylim(0, 1.08 * float(spread.max()) if spread.max() > 0 else top)
        _numbered(axes.xaxis, chart.words)
        _numbered(axes.yaxis, chart.words)
        axes.set_xlabel(chart.words.say("mu star", unit=unit).rstrip(", "), fontsize=8.5)
        axes.set_ylabel(chart.words.say("sigma", unit=unit).rstrip(", "), fontsize=8.5)
        axes.text(0.01, 0.99, chart.words.say("above"), transform=axes.transAxes, va="top", fontsize=8, color=GREY)
        for at, label in enumerate(labels):
            figure.text(0.575, 0.82 - 0.072 * at, f"{at + 1:>2}  {label}", fontsize=8.5, va="center")


def draw_overview(results: xr.Dataset, words: Words, below: str, folder: Path) -> None:
    """Draw the strongest inputs against the region's outcomes in the last year: shares, or effects without them."""
    last = results.sel(place=REGION).isel(year=-1)
    last = last.isel(outcome=last["moves"].values > 0)
    name = "total" if "total" in last else "mu_star"
    if name not in last or not last.sizes["outcome"]:
        return
    cells = last[name].values
    if name == "mu_star":
        cells = cells / np.nanmax(cells, axis=1, keepdims=True)
    cells = PER_CENT * np.clip(np.nan_to_num(cells), 0, 1)
    order = np.argsort(-cells.max(axis=0), kind="stable")
    order = order[cells.max(axis=0)[order] >= LEAST_SHOWN][: SHOWN + 3]
    if not order.size:
        return
    labels = (last["label"] if words.language == "en" else last["label_sv"]).values[order]
    columns = (last["outcome_name"] if words.language == "en" else last["outcome_name_sv"]).values
    key = "overview title" if name == "total" else "overview title mu"
    high, wide = CELL_HIGH * len(order), CELL_WIDE * len(columns)
    size = (CELL_LABELS + wide + CELL_HIGH, CELL_TOP + high + CELL_HIGH / 2)
    with sheet(*size, folder, "overview") as figure:
        heading(figure, words.say(key, year=int(last["year"])), f"{words.say('region')} · {below}")
        box = (CELL_LABELS / size[0], CELL_HIGH / 2 / size[1], wide / size[0], high / size[1])
        axes = figure.add_axes(box)
        _cells(axes, cells[:, order].T, words)
        wrapped = ["\n".join(textwrap.wrap(str(label), LABEL_WIDTH)) for label in labels]
        axes.set_yticks(range(len(order)), wrapped, fontsize=8, color=INK)
        axes.set_xticks(range(len(columns)), ["\n".join(textwrap.wrap(str(each), 15)) for each in columns], fontsize=8)


def _cells(axes: Axes, cells: Floats, words: Words) -> None:
    axes.imshow(cells, cmap="Blues", vmin=0, vmax=PER_CENT, aspect="auto")
    for (row, column), value in np.ndenumerate(cells):
        if value >= LEAST_SHOWN:
            ink = "white" if value > PER_CENT / 2 else INK
            axes.text(
                column, row, words.share(float(value) / PER_CENT), ha="center", va="center", fontsize=8, color=ink
            )
    options: dict[str, Any] = {"length": 0, "labeltop": True, "labelbottom": False, "labelcolor": INK}
    axes.tick_params(**options)
    axes.grid(False)
    for side in axes.spines.values():
        side.set_visible(False)


def moved(one: xr.Dataset) -> bool:
    """Whether there is something to tell: an input moves the outcome, and it is a number in every run."""
    return bool(one["moves"])
