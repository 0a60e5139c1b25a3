"""One fan: half, 8 of 10 and 19 of 20 runs around the median, told apart by words and edges, not by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.ensemble.areas import REGION
from outputs.ensemble.bands import QUANTILE
from outputs.ensemble.quantiles import HIGH_80, HIGH_95, LOW_80, LOW_95, MEDIAN
from outputs.ensemble.source import AREA, NEW
from outputs.ensemble.target import Target
from outputs.ensemble.words import say
from outputs.figures.style import BLUE, GREY, INK, PALE, dots, few_values, line, year_ticks
from outputs.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOW_50, HIGH_50 = 0.25, 0.75
BANDS = {
    "19 of 20": (LOW_95, HIGH_95, 0.16, ":"),
    "8 of 10": (LOW_80, HIGH_80, 0.26, "--"),
    "half": (LOW_50, HIGH_50, 0.38, ""),
}
"""Band: its quantiles, how dark it is, and the line along its edges."""
LABEL_SIZE = 8
GAP = 0.095
"""Least distance between two labels, share of the axis height."""
OBSERVED = {"total_population": "population", NEW: "population"}
"""Results whose observed series has another name."""
TICK_DIGITS = 4
"""Significant digits along an axis: they are places on a scale, not results."""
THOUSAND, MANY = 1e3, 1e4
PER_CENT = 100.0


@dataclass(frozen=True)
class Fans:
    """What the figures of an ensemble show: bands, observed series of any year, the target, language and title.

    target: None for the difference of two ensembles, which has no history.
    """

    bands: xr.Dataset
    observed: xr.Dataset
    language: str
    title: str
    target: Target | None = None

    def say(self, key: str, **values: object) -> str:
        """Words in the figures' language."""
        return say(key, self.language, **values)

    def number(self, value: float) -> str:
        """A number of three significant digits in the figures' language."""
        return number(value, self.language)

    def headline(self, key: str) -> str:
        """The title of a figure, with how many runs or pairs of runs it rests on."""
        how = self.say("runs" if self.target else "pairs", runs=self.runs)
        return self.say(key, runs=how, title=self.title)

    @property
    def below(self) -> str:
        """The line below the title: where, and how far to trust it."""
        return self.say("below" if self.target else "difference below", area=self.area(REGION))

    @property
    def runs(self) -> str:
        """How many runs there are, in words."""
        return number(int(self.bands.attrs["members"]), self.language)

    @property
    def years(self) -> NDArray[np.int64]:
        """The years of the runs."""
        return np.asarray(self.bands["year"].values)

    def band(self, name: str, area: str) -> xr.DataArray:
        """Quantiles of a result of an area: (quantile, year)."""
        return self.bands[name].sel({AREA: area}).transpose(QUANTILE, "year")

    def shows(self, name: str, area: str) -> bool:
        """Whether the ensemble has kept a result that has a meaning for the area."""
        return name in self.bands and bool(np.isfinite(self.band(name, area).values).any())

    def area(self, code: str) -> str:
        """The name of an area."""
        return str(self.bands["area_name_sv" if self.language == "sv" else "area_name"].sel({AREA: code}).values)

    def seen(self, name: str, area: str) -> xr.DataArray | None:
        """The observed series of an area in the years that have it; None where there is none or no target is shown."""
        found = OBSERVED.get(name, name)
        if found not in self.observed or self.target is None:
            return None
        inside = [code for code in self.observed["municipality"].values.tolist() if _is_in(code, area)]
        series = self.observed[found].sel(municipality=inside).sum("municipality", skipna=False).dropna("year")
        if name != NEW:
            return series
        base = self.target.base_year
        return series - series.sel(year=base, drop=True) if base in series["year"].values else None

    @property
    def first(self) -> int:
        """The first year of the figures: of history, or of the runs where none is shown."""
        seen: list[int] = self.observed["year"].values.tolist() if self.target is not None else []
        return min([int(self.years[0]), *seen])


def _is_in(municipality: str, area: str) -> bool:
    """Whether a municipality is, or lies in, an area: county codes begin those of their municipalities."""
    return any(municipality.startswith(code) for code in area.split("+"))


def draw_fan(axes: Axes, band: xr.DataArray, colour: str = BLUE, scale: float = 1.0) -> None:
    """The bands from the widest to the narrowest, their edges, and the median."""
    known = band.dropna("year", how="all") / scale
    years = known["year"].values
    for low, high, alpha, style in BANDS.values():
        ends = [known.sel({QUANTILE: share}).values for share in (low, high)]
        axes.fill_between(years, ends[0], ends[1], color=colour, alpha=alpha, linewidth=0)
        for end in ends if style else []:
            axes.plot(years, end, color=colour, linestyle=style, linewidth=0.8)
    line(axes, years, known.sel({QUANTILE: MEDIAN}).values, colour)


def label_fan(axes: Axes, band: xr.DataArray, fans: Fans, scale: float) -> None:
    """Words and numbers of the last year beside the fan: what each band holds, and from where to where."""
    last = band.dropna("year", how="all").isel(year=-1) / scale
    ends = {float(share): float(last.sel({QUANTILE: share})) for share in last[QUANTILE].values}
    if scale == 1.0:  # people, jobs and homes come whole
        ends = {share: float(round(end)) for share, end in ends.items()}
    labels = [(f"{fans.say('median')} {fans.number(ends[MEDIAN])}", ends[MEDIAN], "bold")]
    for key in ("8 of 10", "19 of 20"):
        low, high = BANDS[key][:2]
        span = fans.say("range", low=fans.number(ends[low]), high=fans.number(ends[high]))
        labels.append((f"{fans.say(key)}: {span}", ends[high], "normal"))
    _stack(axes, labels, int(last["year"]))


def _stack(axes: Axes, labels: list[tuple[str, float, str]], last: int) -> None:
    """Write labels right of the last year, in their order from below, moved apart where they would collide."""
    low, high = axes.get_ylim()
    gap, first = GAP * (high - low), axes.get_xlim()[0]
    places: list[float] = []
    for _, value, _ in labels:
        places.append(max(value, places[-1] + gap) if places else value)
    surplus = max(0.0, places[-1] - high)
    for (text, _, weight), at in zip(labels, places, strict=True):
        style: dict[str, Any] = {"fontsize": LABEL_SIZE, "fontweight": weight, "color": INK, "va": "center"}
        axes.text(last + 0.02 * (last - first), at - surplus, text, **style)


def scale_of(largest: float, unit: str) -> tuple[float, str | None]:
    """What to divide by so that numbers read easily, and the word for it."""
    if unit == "1":
        return 1 / PER_CENT, "per cent"
    return (THOUSAND, "thousands") if largest >= MANY else (1.0, None)


def finish(axes: Axes, fans: Fans) -> None:
    """Years and few values along the axes, in the language's form."""
    from matplotlib.ticker import FuncFormatter

    first, last = fans.first, int(fans.years[-1])
    axes.set_xlim(first, last)
    year_ticks(axes, first, last)
    few_values(axes)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, fans.language, TICK_DIGITS)))


def shade_history(axes: Axes, fans: Fans, seen: xr.DataArray | None, scale: float = 1.0) -> None:
    """Observed years as dots on a shaded ground."""
    if seen is not None and seen.size:
        dots(axes, seen / scale)
        axes.axvspan(fans.first, int(seen["year"].values[-1]), color=PALE, alpha=0.35, linewidth=0)


def largest_of(band: xr.DataArray, seen: xr.DataArray | None) -> float:
    """The largest size of what a panel shows."""
    shown = [band.values, *([] if seen is None else [seen.values])]
    return max(float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) for values in shown)


def zero_line(axes: Axes) -> None:
    """A thin line at nothing, where it lies inside the panel."""
    low, high = axes.get_ylim()
    if low < 0 < high:
        axes.axhline(0, color=GREY, linewidth=0.8)
