"""The figures of a comparison: the difference over time, on the map, by municipality, by who; and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.comparison.words import SCALES, Words, say
from outputs.ensemble.areas import REGION
from outputs.ensemble.quantiles import HIGH_80, HIGH_95, LOW_80, LOW_95, MEDIAN
from outputs.figures.map import LABEL_SHIFTS, LONGITUDE_SCALE, middle, read_polygons
from outputs.figures.style import (
    BLUE,
    GREY,
    INK,
    RED,
    few_values,
    heading,
    line,
    panels,
    sheet,
    year_ticks,
)
from outputs.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
TEXTS: dict[str, tuple[str, str]] = {
    "title": ("{one} less {base}", "{one} minus {base}"),
    "below": ("{where} · not forecasts", "{where} · inga prognoser"),
    "difference": ("What differs", "Vad som skiljer"),
    "run": ("the two runs", "de två körningarna"),
    "median": ("median of {count} pairs", "median av {count} par"),
    "8 of 10": ("8 of 10 pairs", "8 av 10 par"),
    "19 of 20": ("19 of 20 pairs", "19 av 20 par"),
    "map": ("Difference of people in {year}", "Skillnad i folkmängd {year}"),
    "map note": (
        "numbers: people; colour: per cent of the population compared with",
        "tal: personer; färg: procent av jämförelsescenariots folkmängd",
    ),
    "municipalities": ("Difference of people in the 29 municipalities", "Skillnad i folkmängd i de 29 kommunerna"),
    "why": ("Each assumption's share of the difference in {year}", "Varje antagandes del av skillnaden {year}"),
    "loops": ("Which loops carried the difference in {year}", "Vilka slingor som bar skillnaden {year}"),
    "direct": ("Direct: every loop open", "Direkt: alla slingor öppna"),
    "sum": ("The whole difference", "Hela skillnaden"),
    "rest": ("The {count} smallest together", "De {count} minsta tillsammans"),
    "who": ("Who and what differs in {year}", "Vilka och vad som skiljer {year}"),
    "ages": ("People by age and sex", "Folkmängd efter ålder och kön"),
    "industries": ("Filled jobs by industry", "Förvärvsarbetande efter näringsgren"),
    "places": ("People, largest differences", "Folkmängd, största skillnaderna"),
}
PANELS = (
    "total_population",
    "filled_jobs",
    "nonregistered_workers",
    "in_commuters",
    "out_commuters",
    "unemployed",
    "dwellings",
    "house_price_index",
    "tax_base",
    "tax_forgone",
    "municipal_result",
    "service_level",
)
EXPLAINED = ("total_population", "filled_jobs", "dwellings", "tax_base")
PEOPLE = "total_population"
BANDS = {"19 of 20": (LOW_95, HIGH_95, 0.16), "8 of 10": (LOW_80, HIGH_80, 0.3)}
COLUMNS, WIDTH, ROW = 3, 12.5, 2.35
MOST_BARS, MOST_PLACES = 12, 10
PER_CENT, TICK_DIGITS, SMALL = 100.0, 4, 7.5
BEHIND: Any = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
"""The ground of a number that may lie on a line."""
SEEN = 0.02
"""An interval narrower than this part of the panel is not drawn."""
SMALLEST = 1e-12
"""A share of the largest bar below which there is nothing to draw."""


@dataclass(frozen=True)
class Drawing:
    """One scenario's difference: its part of the results, the words, both titles, and the year told of."""

    one: xr.Dataset
    words: Words
    titles: tuple[str, str]
    year: int

    def text(self, key: str, **values: object) -> str:
        """Words of the figures."""
        return say(TEXTS, key, self.words.language, **values)

    def area(self, code: str) -> str:
        """The name of an area."""
        name = "area_name_sv" if self.words.language == "sv" else "area_name"
        return str(self.one[name].sel(area=code).values)

    @property
    def years(self) -> NDArray[np.int64]:
        """The years compared."""
        return np.asarray(self.one["year"].values)

    def head(self, figure: Any, key: str, where: str = REGION) -> None:
        """Title and the line below it."""
        title = self.text("title", one=self.titles[0], base=self.titles[1])
        below = self.text("below", where=self.area(where))
        heading(figure, self.text(key, year=self.year), f"{title} · {below}")

    def scaled(self, name: str, part: str = "difference") -> xr.DataArray:
        """A part of a measure in the unit it is told in."""
        return self.one[f"{name}_{part}"] / SCALES.get(name, 1.0)

    def unit(self, name: str) -> str:
        """A measure's unit."""
        return str(self.one[f"{name}_base"].attrs["units"])


def draw_difference(drawing: Drawing, folder: Path, name: str) -> None:
    """The region's differences over the years, with bands where there are pairs of runs."""
    rows = -(-len(PANELS) // COLUMNS)
    with sheet(WIDTH, ROW * rows + 0.5, folder, name) as figure:
        grid = panels(figure, rows, COLUMNS, room=0.7).ravel()
        drawing.head(figure, "difference")
        for axes, measure in zip(grid, PANELS, strict=True):
            _over_time(axes, drawing, measure, REGION)
            axes.set_title(drawing.words.title(measure))
            last = float(drawing.one[f"{measure}_difference"].sel(area=REGION).isel(year=-1))
            text = drawing.words.change(measure, last, drawing.unit(measure))
            at = last / SCALES.get(measure, 1.0)
            axes.text(drawing.years[-1], at, f" {text}", va="center", fontsize=8, color=INK)
        year_ticks(grid[0], int(drawing.years[0]), int(drawing.years[-1]))
        _band_key(figure, drawing)


def _band_key(figure: Any, drawing: Drawing) -> None:
    """What line and bands are, in words, at the foot."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if f"{PEOPLE}_band" not in drawing.one:
        return
    count = drawing.words.number(float(drawing.one.attrs["members"]))
    told: list[Any] = [Line2D([], [], color=INK, linestyle="--", label=drawing.text("run"))]
    told.append(Line2D([], [], color=BLUE, label=drawing.text("median", count=count)))
    told += [Patch(color=BLUE, alpha=alpha, label=drawing.text(key)) for key, (_, _, alpha) in reversed(BANDS.items())]
    top = 1 - 0.3 / figure.get_size_inches()[1]
    figure.legend(handles=told, loc="upper right", ncols=4, frameon=False, fontsize=8, bbox_to_anchor=(1, top))


def _over_time(axes: Axes, drawing: Drawing, measure: str, area: str) -> None:
    """One measure's difference in one area: band and median, and the difference of the two runs."""
    years = drawing.years
    axes.axhline(0, color=GREY, linewidth=0.8)
    banded = f"{measure}_band" in drawing.one
    if banded:
        band = drawing.scaled(measure, "band").sel(area=area)
        for low, high, alpha in BANDS.values():
            ends = [band.sel(quantile=share).values for share in (low, high)]
            axes.fill_between(years, ends[0], ends[1], color=BLUE, alpha=alpha, linewidth=0)
        line(axes, years, band.sel(quantile=MEDIAN).values, BLUE)
    own = drawing.scaled(measure).sel(area=area).values
    line(axes, years, own, INK if banded else BLUE, "--" if banded else "-")
    axes.set_xlim(years[0], years[-1])
    few_values(axes)
    _numbered(axes.yaxis, drawing)


def _numbered(axis: Any, drawing: Drawing) -> None:
    axis.set_major_formatter(lambda value, _: number(value, drawing.words.language, TICK_DIGITS))


def draw_map(drawing: Drawing, folder: Path, name: str) -> None:
    """People: the difference in numbers on a map coloured by its share of the population compared with."""
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import TwoSlopeNorm
    from matplotlib.patches import Polygon
    from matplotlib.patheffects import withStroke

    at = drawing.one.sel(year=drawing.year)
    people, base = at[f"{PEOPLE}_difference"], at[f"{PEOPLE}_base"]
    shares = PER_CENT * people / base
    own = shares.sel(area=list(read_polygons()))
    limit = max(0.5, float(np.ceil(2 * np.abs(own).max()) / 2))
    norm, colours = TwoSlopeNorm(0.0, -limit, limit), colormaps["PuOr"]
    with sheet(8.5, 10.5, folder, name) as figure:
        axes = panels(figure, 1, 1)[0, 0]
        drawing.head(figure, "map")
        figure.text(0.02, 0.012, drawing.text("map note"), fontsize=8, color=GREY)
        for code, rings in read_polygons().items():
            share = float(shares.sel(area=code))
            for ring in rings:
                axes.add_patch(Polygon(ring, facecolor=colours(norm(share)), edgecolor=GREY, linewidth=0.6))
            largest = max(rings, key=len)
            x, y = np.add(middle(largest), LABEL_SHIFTS.get(code, (0.0, 0.0)))
            text = drawing.words.change(PEOPLE, float(people.sel(area=code)), "persons")
            told = f"{drawing.area(code)}\n{text}"
            text_on = axes.text(x, y, told, ha="center", va="center", fontsize=6.5, color=INK)
            text_on.set_path_effects([withStroke(linewidth=1.8, foreground="white")])
        axes.set_aspect(1 / LONGITUDE_SCALE)
        axes.autoscale_view()
        axes.margins(0.01)
        axes.set_axis_off()
        _colour_key(figure, drawing, ScalarMappable(norm, colours))


def _colour_key(figure: Any, drawing: Drawing, colours: Any) -> None:
    """What the colours mean, in per cent, at the foot of the map."""
    axes = figure.add_axes((0.06, 0.045, 0.3, 0.012))
    bar = figure.colorbar(colours, cax=axes, orientation="horizontal")
    bar.outline.set_visible(False)
    axes.tick_params(labelsize=7)
    axes.locator_params(axis="x", nbins=5)
    _numbered(axes.xaxis, drawing)


def draw_municipalities(drawing: Drawing, folder: Path, name: str) -> None:
    """The difference of people over the years in each municipality, each on its own scale."""
    codes = [str(code) for code in drawing.one["area"].values[drawing.one["area_kind"].values == "municipality"]]
    columns = 5
    rows = -(-len(codes) // columns)
    with sheet(12.5, 1.85 * rows + 0.3, folder, name) as figure:
        grid = panels(figure, rows, columns, room=0.25).ravel()
        drawing.head(figure, "municipalities")
        _band_key(figure, drawing)
        for axes, code in zip(grid, codes, strict=False):
            _over_time(axes, drawing, PEOPLE, code)
            low, high = axes.get_ylim()
            room = max(0.0, 2.0 - (high - low)) / 2
            axes.set_ylim(low - room, high + room)
            axes.set_title(drawing.area(code), fontsize=9)
            axes.tick_params(labelsize=7)
        year_ticks(grid[0], int(drawing.years[0]), int(drawing.years[-1]))
        for axes in grid[len(codes) :]:
            axes.set_axis_off()


@dataclass(frozen=True)
class Bars:
    """Bars of one panel: names, values, and half the width of their 95 per cent intervals (0: exact)."""

    names: Sequence[str]
    values: Floats
    half: Floats


def draw_why(drawing: Drawing, folder: Path, name: str, names: dict[str, str]) -> None:
    """Waterfalls: what each group of assumptions adds, from nothing to the whole difference. names: of the groups."""
    at = drawing.one.sel(year=drawing.year, area=REGION)
    own = [key for key in names if bool(np.isfinite(at[f"{PEOPLE}_share"].sel(assumption=key)))]
    bars = {}
    for measure in EXPLAINED:
        shares = drawing.scaled(measure, "share").sel(year=drawing.year, area=REGION, assumption=own).values
        errors = drawing.scaled(measure, "share_error").sel(year=drawing.year, area=REGION, assumption=own).values
        bars[measure] = Bars([names[key] for key in own], shares, 1.96 * errors)
    _waterfalls(drawing, (folder, name, "why"), _few(bars, drawing))


def draw_loops(drawing: Drawing, folder: Path, name: str, names: dict[str, str]) -> None:
    """Waterfalls: the direct difference, and what each loop carried. names: of the loops."""
    at = drawing.one.sel(year=drawing.year, area=REGION)
    bars = {}
    for measure in EXPLAINED:
        scale = SCALES.get(measure, 1.0)
        carried = at[f"{measure}_carried"].values / scale
        values = np.concatenate([[float(at[f"{measure}_direct"]) / scale], carried])
        told = [drawing.text("direct"), *(names[key] for key in at["loop"].values.tolist())]
        bars[measure] = Bars(told, values, np.zeros(len(values)))
    _waterfalls(drawing, (folder, name, "loops"), bars)


def _few(bars: dict[str, Bars], drawing: Drawing) -> dict[str, Bars]:
    """The largest groups (by their largest part of any measure's difference), the others as one bar."""
    first = bars[EXPLAINED[0]]
    size = np.max([np.abs(each.values) / max(np.abs(each.values).max(), SMALLEST) for each in bars.values()], axis=0)
    order = np.argsort(-size, kind="stable")
    kept, rest = order[:MOST_BARS], order[MOST_BARS:]
    kept = kept[np.argsort(first.values[kept] * np.sign(first.values.sum() or 1.0))[::-1]]
    found = {}
    for measure, each in bars.items():
        names, values, half = [each.names[at] for at in kept], each.values[kept], each.half[kept]
        if len(rest):
            names.append(drawing.text("rest", count=len(rest)))
            values = np.append(values, each.values[rest].sum())
            half = np.append(half, np.sqrt((each.half[rest] ** 2).sum()))
        found[measure] = Bars(names, values, half)
    return found


def _waterfalls(drawing: Drawing, to: tuple[Path, str, str], bars: dict[str, Bars]) -> None:
    folder, name, key = to
    names = [*bars[EXPLAINED[0]].names, drawing.text("sum")]
    height = 0.34 * len(names) + 1.6
    with sheet(13.5, height, folder, name) as figure:
        drawing.head(figure, key)
        left, wide = 0.235, 0.178
        for column, (measure, each) in enumerate(bars.items()):
            box = (left + column * (wide + 0.014), 0.5 / height, wide, (height - 1.35) / height)
            axes = figure.add_axes(box)
            _waterfall(axes, drawing, measure, each)
            axes.set_title(drawing.words.title(measure), fontsize=9)
            axes.set_yticks(range(len(names)), names if column == 0 else [], fontsize=8, color=INK)


def _waterfall(axes: Axes, drawing: Drawing, measure: str, bars: Bars) -> None:
    """Bars that begin where the one above ends, and the whole below."""
    ends = np.cumsum(bars.values)
    total = float(ends[-1])
    starts = np.concatenate([[0.0], ends[:-1]])
    span = max(float(np.ptp(np.append(ends, 0.0))), SMALLEST)
    rows = len(bars.values)
    for row, (start, value) in enumerate(zip(starts, bars.values, strict=True)):
        axes.barh(row, value, left=start, height=0.62, color=BLUE if value > 0 else RED)
        axes.plot([start + value] * 2, [row - 0.31, row + 1.31], color=GREY, linewidth=0.6)
    axes.barh(rows, total, height=0.62, color=GREY)
    known = bars.half > SEEN * span
    axes.hlines(np.arange(rows)[known], (ends - bars.half)[known], (ends + bars.half)[known], color=INK, linewidth=1.2)
    for row, (start, value) in enumerate([*zip(starts, bars.values, strict=True), (0.0, total)]):
        text = drawing.words.change(measure, value * SCALES.get(measure, 1.0), drawing.unit(measure))
        at = max(start, start + value) + (bars.half[row] if row < rows and value > 0 else 0.0)
        axes.text(at + 0.03 * span, row, text, va="center", fontsize=SMALL, bbox=BEHIND)
    axes.axvline(0, color=INK, linewidth=0.8)
    low, high = min(float(ends.min()), 0.0), max(float(ends.max()), 0.0)
    axes.set_xlim(low - 0.06 * span, high + 0.4 * span)
    axes.set_ylim(rows + 0.6, -0.6)
    axes.grid(False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=SMALL)
    axes.locator_params(axis="x", nbins=4)
    _numbered(axes.xaxis, drawing)


def draw_who(drawing: Drawing, folder: Path, name: str) -> None:
    """People by age and sex, jobs by industry, and the municipalities that differ most."""
    at = drawing.one.sel(year=drawing.year)
    with sheet(13.0, 4.6, folder, name) as figure:
        drawing.head(figure, "who")
        boxes = [(0.075, 0.25), (0.475, 0.18), (0.765, 0.2)]
        ages, jobs, places = (figure.add_axes((left, 0.1, width, 0.68)) for left, width in boxes)
        _ages(ages, drawing, at["population_by_age_group_difference"].sel(area=REGION))
        own = at["jobs_difference"].sel(area=REGION)
        _single(jobs, drawing, ("jobs", [drawing.words.label(str(k)) for k in own["industry"].values]), own.values)
        people = at[f"{PEOPLE}_difference"].where(at["area_kind"] == "municipality", drop=True)
        largest = people.isel(area=np.argsort(-np.abs(people.values), kind="stable")[:MOST_PLACES])
        told = [drawing.area(str(code)) for code in largest["area"].values]
        _single(places, drawing, (PEOPLE, told), largest.values)
        for axes, key in ((ages, "ages"), (jobs, "industries"), (places, "places")):
            axes.set_title(drawing.text(key), fontsize=9)


def _ages(axes: Axes, drawing: Drawing, people: xr.DataArray) -> None:
    """Women and men side by side for each age group."""
    groups = people["age_group"].values.tolist()
    for shift, sex, colour in ((-0.2, "women", RED), (0.2, "men", BLUE)):
        values = people.sel(sex=sex).values
        axes.barh(np.arange(len(groups)) + shift, values, height=0.38, color=colour, label=drawing.words.label(sex))
    axes.set_yticks(range(len(groups)), [drawing.words.label(group) for group in groups], fontsize=8, color=INK)
    axes.legend(frameon=False, fontsize=8)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.grid(False, axis="y")
    axes.locator_params(axis="x", nbins=4)
    _numbered(axes.xaxis, drawing)


def _single(axes: Axes, drawing: Drawing, told: tuple[str, list[str]], values: Floats) -> None:
    measure, names = told
    axes.barh(range(len(values)), values, height=0.62, color=[BLUE if value > 0 else RED for value in values])
    span = max(float(np.ptp(np.append(values, 0.0))), SMALLEST)
    for row, value in enumerate(values):
        text = drawing.words.change(measure, float(value), drawing.unit(measure))
        axes.text(max(value, 0.0) + 0.02 * span, row, text, va="center", fontsize=SMALL)
    axes.set_xlim(min(0.0, float(values.min())) - 0.05 * span, max(0.0, float(values.max())) + 0.25 * span)
    axes.set_yticks(range(len(names)), names, fontsize=8, color=INK)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.grid(False, axis="y")
    axes.locator_params(axis="x", nbins=4)
    _numbered(axes.xaxis, drawing)
