"""Figures of a discovery: how often it happens along each condition, two conditions together, and by municipality."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from outputs.discover.summary import figure_name
from outputs.discover.words import EVENTS, Words
from outputs.ensemble.target import chance_of
from outputs.figures.style import BLUE, GREY, INK, PALE, RED, heading, sheet
from outputs.words import phrase
from scenarios.discover.analyse import Answer, Discovery
from scenarios.discover.drawn import Thing
from scenarios.discover.prim import Condition
from scenarios.discover.questions import ECONOMY
from scenarios.sensitivity.inputs import NEVER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
TEXTS: dict[str, tuple[str, str]] = {
    "below": ("{place} · {runs} runs · scenario, not forecast", "{place} · {runs} körningar · scenario, inte prognos"),
    "share": ("runs in which it happens, of 100", "körningar där det inträffar, av 100"),
    "all": ("all runs: {base}", "alla körningar: {base}"),
    "box": ("shaded: the condition", "skuggat: villkoret"),
    "together": ("Both together", "Båda tillsammans"),
    "happens": ("happens", "inträffar"),
    "not": ("does not", "inträffar inte"),
    "economies": ("Runs in which the economy fails, of 100", "Körningar där ekonomin sviktar, av 100"),
}
TENTHS = 10
HUNDRED = 100.0
MOST = 4
LABEL = 36
WIDE, HIGH = 3.3, 4.1
"""Inches of a panel with its labels, and of the figure."""


@dataclass(frozen=True)
class Chart:
    """One answer with its words."""

    answer: Answer
    words: Words

    def text(self, key: str, **values: object) -> str:
        """Words of the figure."""
        return phrase(TEXTS, key, self.words.language, **values)


def draw_answer(discovery: Discovery, answer: Answer, number: int, how: tuple[Words, Path]) -> None:
    """Shares along each condition of the boxes, and a scatter of the first two."""
    words, folder = how
    chart = Chart(answer, words)
    conditions = _conditions(answer)
    both = len(conditions) > 1
    columns = len(conditions) + int(both)
    width = WIDE * columns + 0.4
    with sheet(width, HIGH, folder, figure_name(answer, number)) as figure:
        boxes = [((WIDE * at + 0.75) / width, 0.17, (WIDE - 0.95) / width, 0.53) for at in range(columns)]
        row = [figure.add_axes(box) for box in boxes]
        runs = words.number(len(answer.question.happens))
        title = words.short(answer.question)
        below = chart.text("below", place=words.place(answer.question.place), runs=runs)
        heading(figure, title[0].upper() + title[1:], below)
        for axes, condition in zip(row, conditions, strict=False):
            _along(axes, chart, condition)
        if both:
            _together(row[-1], chart, conditions)


def happened(values: Floats, thing: Thing) -> NDArray[np.bool_]:
    """Where there is something to draw: a stop or a closure that never comes has no place on an axis of years."""
    some = values < NEVER
    return some if thing.name.endswith(EVENTS) and some.any() else np.ones_like(some)


def _conditions(answer: Answer) -> list[Condition]:
    """The conditions of all boxes, each input once, at most MOST."""
    found: dict[int, Condition] = {}
    for box in answer.found.boxes:
        for condition in sorted(box.conditions, key=lambda each: each.chance):
            found.setdefault(condition.column, condition)
    return list(found.values())[:MOST]


def _along(axes: Axes, chart: Chart, condition: Condition) -> None:
    """The share of runs in which it happens, by tenths of the input, with 95 per cent intervals."""
    values = chart.answer.drawn.values[:, condition.column]
    hits = chart.answer.question.happens
    thing = chart.answer.drawn.things[condition.column]
    known = happened(values, thing)
    axes.axhline(HUNDRED * hits.mean(), color=GREY, linewidth=0.9, linestyle="--")
    edges = np.unique(np.quantile(values[known], np.linspace(0, 1, TENTHS + 1)))
    place = np.clip(np.searchsorted(edges, values[known], side="right") - 1, 0, len(edges) - 2)
    for part in range(len(edges) - 1):
        own = hits[known][place == part]
        if not len(own):
            continue
        chance = chance_of(int(own.sum()), len(own))
        middle = float(values[known][place == part].mean())
        axes.plot([middle] * 2, [HUNDRED * chance.low, HUNDRED * chance.high], color=BLUE, linewidth=1.2)
        axes.plot([middle], [HUNDRED * chance.share], "o", color=BLUE, markersize=4)
    low, high = max(condition.low, float(edges[0])), min(condition.high, float(edges[-1]))
    axes.axvspan(low, high, color=PALE, alpha=0.6, linewidth=0)
    axes.set_ylim(0, None)
    axes.set_title("\n".join(textwrap.wrap(chart.words.condition(condition, thing), LABEL)), fontsize=8)
    axes.text(0.02, 0.02, chart.text("box"), transform=axes.transAxes, fontsize=7, color=GREY)
    _axis(axes, chart)
    axes.set_ylabel(chart.text("share"), fontsize=7.5)


def _together(axes: Axes, chart: Chart, conditions: list[Condition]) -> None:
    """Every run at its values of the first two inputs: filled where it happens, hollow where not."""
    from matplotlib.patches import Rectangle

    one, two = conditions[:2]
    values, hits = chart.answer.drawn.values, chart.answer.question.happens
    x, y = values[:, one.column], values[:, two.column]
    things = chart.answer.drawn.things
    shown = happened(x, things[one.column]) & happened(y, things[two.column])
    axes.plot(
        x[shown & ~hits], y[shown & ~hits], "o", color=BLUE, markersize=2.4, fillstyle="none", markeredgewidth=0.5
    )
    axes.plot(x[shown & hits], y[shown & hits], "s", color=RED, markersize=2.4)
    left, right = max(one.low, float(x[shown].min())), min(one.high, float(x[shown].max()))
    low, high = max(two.low, float(y[shown].min())), min(two.high, float(y[shown].max()))
    axes.add_patch(Rectangle((left, low), right - left, high - low, fill=False, edgecolor=INK, linewidth=1.4))
    axes.set_xlabel("\n".join(textwrap.wrap(chart.words.pick(things[one.column].label), LABEL)), fontsize=7)
    axes.set_ylabel("\n".join(textwrap.wrap(chart.words.pick(things[two.column].label), LABEL)), fontsize=7)
    told = f"■ {chart.text('happens')}   ○ {chart.text('not')}"
    axes.set_title(f"{chart.text('together')}\n{told}", fontsize=8)
    _axis(axes, chart)


def _axis(axes: Axes, chart: Chart) -> None:
    def shown(value: float, _: Any) -> str:
        return chart.words.number(value)

    axes.tick_params(labelsize=7)
    axes.locator_params(axis="x", nbins=4)
    axes.xaxis.set_major_formatter(shown)


def draw_economies(discovery: Discovery, words: Words, folder: Path) -> None:
    """In how many of 100 runs each municipality's economy fails, with 95 per cent intervals."""
    economies = [each for each in discovery.counted if each.key == ECONOMY]
    chart = Chart(discovery.answers[0], words)
    with sheet(8.0, 0.24 * len(economies) + 1.3, folder, "economies") as figure:
        height = figure.get_size_inches()[1]
        runs = words.number(len(economies[0].happens))
        heading(figure, chart.text("economies"), chart.text("below", place=words.say("region"), runs=runs))
        axes = figure.add_axes((0.2, 0.4 / height, 0.75, (height - 1.05) / height))
        for row, each in enumerate(economies):
            chance = chance_of(each.count, len(each.happens))
            axes.barh(row, HUNDRED * chance.share, height=0.62, color=BLUE)
            axes.plot([HUNDRED * chance.low, HUNDRED * chance.high], [row, row], color=INK, linewidth=1.2)
        axes.set_yticks(range(len(economies)), [words.place(each.place) for each in economies], fontsize=8, color=INK)
        axes.set_ylim(len(economies) - 0.4, -0.6)
        axes.set_xlim(0, HUNDRED)
        axes.grid(False, axis="y")
