"""Diagnostic figures of the demographic estimates, one function per rate family; each returns a matplotlib figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from calibration.demography import fertility, mortality, net_moves
from calibration.demography.fertility import childbearing, women_years
from calibration.demography.measure import bridge_check
from calibration.demography.places import SEXES
from calibration.demography.rates import Rates
from calibration.demography.read import COUNTIES, Sources
from calibration.demography.window import Window, as_numpy, person_years

SIZE = (11, 7)
LINES = ("-", "--")
SHOWN = ("2480", "2580", "2482", "2584", "2425", "2460")
DOTS_PER_INCH = 80


def panels(title: str, rows: int, columns: int) -> tuple[Figure, list[Axes]]:
    """A titled figure and its axes, row by row."""
    figure = Figure(figsize=SIZE, layout="constrained")
    figure.suptitle(title)
    return figure, list(np.atleast_1d(figure.subplots(rows, columns)).reshape(-1))


def named(axes: Axes, title: str, x: str, y: str) -> None:
    """Title, axis names and a legend if something is labelled."""
    axes.set(title=title, xlabel=x, ylabel=y)
    axes.grid(alpha=0.3)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=8)


def bars(axes: Axes, sources: Sources, fitted: np.ndarray, raw: np.ndarray) -> None:
    """Fitted ratios as dots and raw ones as crosses, by municipality."""
    order = np.arange(len(sources.places.names))
    axes.plot(order, raw, "x", color="tab:grey", label="observed / expected")
    axes.plot(order, fitted, "o", color="tab:blue", label="used (shrunk)")
    axes.axhline(1.0, color="black", linewidth=0.8)
    axes.set_xticks(order, sources.places.names, rotation=90, fontsize=7)


def fertility_figure(sources: Sources, population: xr.DataArray, window: Window, rates: Rates) -> Figure:
    """Fertility by age against the counties' own births by age, local ratios, and the level over time."""
    figure, (by_age, local, level, births) = panels("Fertility", 2, 2)
    years = list(range(window.first, 2016))
    mothers = as_numpy(sources.mothers.sel(region=list(COUNTIES), year=years).sum(["region", "year"]))
    women = as_numpy(person_years(sources.county_population).sel(year=years, sex="women").sum(["year", "county"]))
    by_age.plot(childbearing(mothers) / women, "x", color="tab:grey", label=f"counties {years[0]}–{years[-1]}")
    by_age.plot(rates.constants["fertility rate"], label="used (2011–2019)")
    by_age.set_xlim(14, 50)
    named(by_age, "Births per woman and year", "age at year end", "1/year")
    expected = as_numpy(fertility.expected_births(sources, population, window, window.years).sum("year"))
    observed = as_numpy(sources.births.sel(year=window.years).sum(["year", "sex"]))
    bars(local, sources, as_numpy(rates.constants["local fertility"]), observed / expected)
    named(local, "Local ratio", "", "dmnl")
    level.plot(rates.drivers["fertility level"]["time"], rates.drivers["fertility level"])
    named(level, "Level: observed to 2024, then SCB's path", "year", "dmnl")
    mean_women = as_numpy(women_years(population, window.years).sum(["year", "municipality"])) / len(window)
    births.plot(mean_women * as_numpy(rates.constants["fertility rate"]))
    named(births, "Expected births by age of mother", "age at year end", "persons/year")
    return figure


def mortality_figure(sources: Sources, population: xr.DataArray, window: Window, rates: Rates) -> Figure:
    """Mortality by age and sex with the raw rates, its decline, local ratios, and the effect of single years."""
    figure, (by_age, decline, local, effect) = panels("Mortality", 2, 2)
    exposure = person_years(population).sel(year=window.years).sum(["year", "municipality"])
    raw = as_numpy(sources.deaths_by_age.sel(year=window.years).sum(["year", "municipality"]) / exposure)
    undamped = mortality.decline(sources, window)
    for sex, line, colour in zip(SEXES, LINES, ("tab:blue", "tab:red"), strict=True):
        i = SEXES.index(sex)
        by_age.plot(np.where(raw[i] > 0, raw[i], np.nan), ".", color=colour, alpha=0.5, label=f"{sex}, 2011–2019")
        by_age.plot(rates.constants["mortality rate"].sel(sex=sex), line, color=colour, label=f"{sex}, used (2019)")
        decline.plot(rates.constants["mortality decline"].sel(sex=sex), line, color=colour, label=f"{sex}, used")
        decline.plot(undamped[i], ":", color=colour, label=f"{sex}, Sweden 2001–2019")
    by_age.set_yscale("log")
    named(by_age, "Deaths per person and year, both counties", "age at year end", "1/year")
    named(decline, "Yearly decline", "age", "1/year")
    expected = as_numpy(
        mortality.expected_deaths(sources, population, window, window.years).sum(["year", "age", "sex"])
    )
    observed = as_numpy(sources.deaths.sel(year=window.years).sum(["year", "sex"]))
    bars(local, sources, as_numpy(rates.constants["local mortality"].mean("sex")), observed / expected)
    named(local, "Local ratio (mean of the sexes)", "", "dmnl")
    effect.plot(rates.drivers["mortality year effect"]["time"], rates.drivers["mortality year effect"])
    named(effect, "Effect of single years", "year", "dmnl")
    return figure


def net_moves_figure(sources: Sources, population: xr.DataArray, window: Window, rates: Rates) -> Figure:
    """Net moves by age of six municipalities: yearly mean of the window (women) against what is used."""
    figure, axes = panels("Net moves by age, women (dots: observed mean 2011–2019)", 2, 3)
    seen = net_moves.experience(sources, population, window)
    net = rates.flows.net()
    for axis, code in zip(axes, SHOWN, strict=True):
        m = sources.places.codes.index(code)
        axis.plot(seen.net[0, :, m] / seen.years, ".", color="tab:grey")
        axis.plot(net[0, :, m])
        axis.axhline(0.0, color="black", linewidth=0.8)
        named(axis, sources.places.names[m], "age at year end", "persons/year")
    return figure


def outflow_figure(sources: Sources, population: xr.DataArray, window: Window, rates: Rates) -> Figure:
    """Out rates by flow of six municipalities (women)."""
    figure, axes = panels("Out rates by flow, women", 2, 3)
    for axis, code in zip(axes, SHOWN, strict=True):
        for flow in ("own county", "rest of Sweden", "abroad"):
            axis.plot(rates.constants[f"out rate {flow}"].sel(sex="women", municipality=code), label=flow)
        named(axis, sources.places.names[sources.places.codes.index(code)], "age at year end", "1/year")
    return figure


def inflow_figure(sources: Sources, population: xr.DataArray, window: Window, rates: Rates) -> Figure:
    """In-moves by flow and age of six municipalities (women), Luleå with its observed in-moves."""
    figure, axes = panels("In-moves by flow, women", 2, 3)
    flows = {"own county": rates.flows.in_own, "rest of Sweden": rates.flows.in_rest, "abroad": rates.flows.in_abroad}
    for axis, code in zip(axes, SHOWN, strict=True):
        m = sources.places.codes.index(code)
        for name, flow in flows.items():
            axis.plot(flow[0, :, m], label=name)
        if code in sources.gross["municipality"].values:
            years = [year for year in window.years if year <= 2018]
            seen = sources.gross.sel(component="in_total", sex="women", municipality=code, year=years).mean("year")
            axis.plot(seen, ".", color="tab:grey", label="observed, all flows")
            axis.plot(sum(flow[0, :, m] for flow in flows.values()), color="black", linewidth=0.8, label="all flows")
        named(axis, sources.places.names[m], "age at year end", "persons/year")
    return figure


def drivers_figure(sources: Sources, population: xr.DataArray, window: Window, rates: Rates) -> Figure:
    """The drivers over time."""
    figure, axes = panels("Drivers (1 = mean 2011–2019)", 2, 2)
    names = ("immigration level", "mortality year effect", "domestic mobility level", "fertility level")
    for axis, name in zip(axes, names, strict=True):
        axis.plot(rates.drivers[name]["time"], rates.drivers[name])
        axis.axvline(2024.5, color="black", linewidth=0.8, linestyle=":")
        named(axis, name, "year", "dmnl")
    return figure


def bridge_figure(table: pd.DataFrame) -> Figure:
    """The bridge's errors when the known 16 are hidden after 2019, against the targets."""
    figure, axes = panels("Bridge check: the 16 known municipalities hidden after 2019", 1, 3)
    measures = table[table["target"].notna()].drop_duplicates("measure")
    for axis, (_, row) in zip(axes, measures.iterrows(), strict=True):
        for variant, line in zip(("all evidence", "components only"), LINES, strict=True):
            part = table[(table["variant"] == variant) & (table["measure"] == row["measure"])]
            part = part[part["municipality"].isin(["16", "mean of 29"])]
            axis.plot(part["year"], part["value"], f"o{line}", label=variant)
        axis.axhline(row["target"], color="black", linewidth=0.8, label="target")
        axis.set_xticks(sorted(table["year"].unique()))
        named(axis, row["measure"], "year", row["unit"])
    return figure


FIGURES: dict[str, Callable[[Sources, xr.DataArray, Window, Rates], Figure]] = {
    "fertility": fertility_figure,
    "mortality": mortality_figure,
    "net_moves": net_moves_figure,
    "out_rates": outflow_figure,
    "in_moves": inflow_figure,
    "drivers": drivers_figure,
}


def save_figures(sources: Sources, population: xr.DataArray, window: Window, rates: Rates, folder: Path) -> list[Path]:
    """Write every figure as PNG into `folder`; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    figures = {name: draw(sources, population, window, rates) for name, draw in FIGURES.items()}
    figures["bridge"] = bridge_figure(bridge_check(sources, window))
    paths = [folder / f"demography_{name}.png" for name in figures]
    for path, figure in zip(paths, figures.values(), strict=True):
        figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
    return paths
