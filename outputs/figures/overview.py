"""The region on one page: people, new residents, who fills the jobs, moves, homes, tax."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import xarray as xr

from outputs.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE,
    PURPLE,
    RED,
    View,
    dots,
    heading,
    label_ends,
    line,
    panels,
    sheet,
)
from outputs.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THOUSAND, BILLION, PER_CENT = 1e3, 1e9, 100.0


def draw_overview(view: View, folder: Path, language: str) -> None:
    """Draw overview.png and overview.svg: eight panels for both counties together."""
    with sheet(11.5, 11.5, folder, "overview") as figure:
        grid = panels(figure, 4, 2, room=1.45, share="")
        heading(figure, view.title, f"{view.text('both counties')} · {view.text('scenario')}")
        _people(grid[0, 0], view)
        _new_residents(grid[0, 1], view, language)
        _jobs(grid[1, 0], view)
        _unemployed(grid[1, 1], view)
        _moves(grid[2, 0], view)
        _homes(grid[2, 1], view)
        _tax(grid[3, 0], view)
        _forgone(grid[3, 1], view)


def region(data: xr.Dataset, name: str) -> xr.DataArray:
    """A series summed over everything but the years; not-a-number where a part is unknown."""
    return data[name].sum([dim for dim in data[name].dims if dim != "year"], skipna=False)


def _start(axes: Axes, view: View, title: str) -> None:
    axes.set_title(title)
    axes.axvspan(view.years[0], _last_observed(view), color=PALE, alpha=0.35, linewidth=0)


def _last_observed(view: View) -> int:
    known = view.observed["population"].dropna("year")["year"].values
    return int(known[-1]) if known.size else int(view.years[0])


def _people(axes: Axes, view: View) -> None:
    _start(axes, view, view.text("population title"))
    registered = region(view.results, "population") / THOUSAND
    present = region(view.results, "present_population") / THOUSAND
    line(axes, view.years, registered.values, BLUE)
    line(axes, view.years, present.values, RED, "--")
    dots(axes, region(view.observed, "population") / THOUSAND)
    ends = [(view.text("registered"), float(registered[-1]), BLUE), (view.text("present"), float(present[-1]), RED)]
    label_ends(axes, view.years.tolist(), ends)


def _new_residents(axes: Axes, view: View, language: str) -> None:
    settings = view.settings
    _start(axes, view, view.text("new residents title").format(base=settings.base_year))
    new = region(view.results, "new_residents") / THOUSAND
    target = settings.target / THOUSAND
    line(axes, view.years, new.values, BLUE)
    axes.axhline(target, color=INK, linestyle=":", linewidth=1.4)
    axes.axhline(0, color=GREY, linewidth=0.8)
    for year in settings.target_years:
        if year in view.years:
            axes.plot(year, target, marker="v", color=INK, markersize=5)
            value = float(new.sel(year=year))
            axes.plot(year, value, marker="o", color=BLUE, markersize=4)
    need = view.text("target").format(target=number(settings.target, language))
    label_ends(axes, view.years.tolist(), [(need, target, INK), (view.text("registered"), float(new[-1]), BLUE)])


def who_fills_the_jobs(results: xr.Dataset) -> dict[str, xr.DataArray]:
    """Filled jobs of the region by who holds them; together they are the filled jobs.

    Not the result `in_commuters`: as official statistics do, it also counts workers who are registered elsewhere in
    Sweden, and those are among the non-registered already.
    """
    at_home = region(results, "employed_residents") - region(results, "out_commuters")
    outside = region(results, "nonregistered_workers")
    commuters = region(results, "jobs") - at_home - outside
    return {"live here": at_home, "commute in": commuters, "not registered": outside}


def _jobs(axes: Axes, view: View) -> None:
    _start(axes, view, view.text("jobs title"))
    colours = {"live here": BLUE, "commute in": GREEN, "not registered": RED}
    parts = [(key, part, colours[key]) for key, part in who_fills_the_jobs(view.results).items()]
    parts.append(("vacant", region(view.results, "vacancies"), GREY))
    stack = [part.values / THOUSAND for _, part, _ in parts]
    axes.stackplot(view.years, stack, colors=[colour for _, _, colour in parts], alpha=0.8, edgecolor="white")
    top, ends = 0.0, []
    for (key, _, colour), values in zip(parts, stack, strict=True):
        ends.append((view.text(key), top + float(values[-1]) / 2, colour))
        top += float(values[-1])
    axes.set_ylim(0, None)
    label_ends(axes, view.years.tolist(), ends)


def _unemployed(axes: Axes, view: View) -> None:
    _start(axes, view, view.text("unemployed title"))
    out_of_work = region(view.results, "unemployed") / THOUSAND
    line(axes, view.years, out_of_work.values, PURPLE)
    dots(axes, region(view.observed, "unemployed") / THOUSAND)
    axes.set_ylim(0, None)
    label_ends(axes, view.years.tolist(), [(view.text("simulated"), float(out_of_work[-1]), PURPLE)])


def _moves(axes: Axes, view: View) -> None:
    _start(axes, view, view.text("moves title"))
    kinds = {"in_migration": ("moves in", BLUE), "out_migration": ("moves out", RED)}
    kinds |= {"births": ("births", GREEN), "deaths": ("deaths", PURPLE)}
    ends = []
    for name, (key, colour) in kinds.items():
        series = region(view.results, name) / THOUSAND
        line(axes, view.years, series.values, colour)
        dots(axes, region(view.observed, name) / THOUSAND)
        ends.append((view.text(key).lower(), float(series[-1]), colour))
    axes.set_ylim(0, None)
    label_ends(axes, view.years.tolist(), ends)


def _homes(axes: Axes, view: View) -> None:
    _start(axes, view, view.text("housing title"))
    built = region(view.results, "dwellings_completed")
    line(axes, view.years, built.values, GREEN)
    dots(axes, region(view.observed, "dwellings_completed"))
    axes.set_ylim(0, None)
    label_ends(axes, view.years.tolist(), [(view.text("simulated"), float(built[-1]), GREEN)])


def _tax(axes: Axes, view: View) -> None:
    _start(axes, view, view.text("tax title"))
    base = region(view.results, "tax_base") / BILLION
    line(axes, view.years, base.values, BLUE)
    dots(axes, region(view.observed, "tax_base") / BILLION)
    label_ends(axes, view.years.tolist(), [(view.text("simulated"), float(base[-1]), BLUE)])


def _forgone(axes: Axes, view: View) -> None:
    _start(axes, view, view.text("forgone title"))
    forgone = region(view.results, "tax_forgone") / BILLION
    line(axes, view.years, forgone.values, RED)
    axes.set_ylim(0, None)
    label_ends(axes, view.years.tolist(), [(view.text("not registered"), float(forgone[-1]), RED)])
