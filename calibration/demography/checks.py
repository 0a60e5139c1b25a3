"""What must add up before anything is built; every discrepancy is told, with both figures and how to resolve it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from calibration.demography.evidence import GROUPS
from calibration.demography.read import DataError, Sources
from calibration.demography.window import as_numpy

LARGEST_RESIDUAL = 0.005
"""Largest part of a population by which a year's account may stay open (dmnl): SCB's adjustments reach 0.25 %."""
SHARE_TOLERANCE = 0.0051
MOST_SHOWN = 5


def differences(found: xr.DataArray, published: xr.DataArray, tolerance: float) -> Iterator[str]:
    """Cells that differ by more than `tolerance`, in words; unknown cells are passed over."""
    found, published = xr.broadcast(found, published)
    wrong = np.argwhere(np.abs(as_numpy(found - published)) > tolerance)
    for position in wrong:
        cell = dict(zip(found.dims, position, strict=True))
        where = ", ".join(str(found[dim].values[i]) for dim, i in cell.items())
        yield f"{where}: {float(found[cell]):g}, but published {float(published[cell]):g}"


def told(what: str, resolve: str, lines: Iterator[str]) -> list[str]:
    """One problem from its cells: what is wrong, the first cells, how many more, how to resolve it."""
    cells = list(lines)
    if not cells:
        return []
    more = f" … and {len(cells) - MOST_SHOWN} more" if len(cells) > MOST_SHOWN else ""
    return [f"{what}: {'; '.join(cells[:MOST_SHOWN])}{more}. Resolve: {resolve}."]


def complete(sources: Sources) -> list[str]:
    """Series that must be complete, and populations that must have every age or none."""
    known = sources.population.notnull()
    partly = known.any(["sex", "age"]) & ~known.all(["sex", "age"])
    needed = {
        "population_age_sex 2010–2019": sources.population.sel(year=slice(2010, 2019)),
        "population_age_sex_2022_2024 (partly known)": sources.population.where(partly, 0.0),
        "deaths_age_sex": sources.deaths_by_age.sel(year=slice(None, 2019)),
        "population_total": sources.total,
        "components births": sources.births,
        "components deaths": sources.deaths,
        "components net moves": sources.net_moves,
        "components in- and out-moves": sources.moves.sel(year=slice(2002, None)),
        "national_age_flows": sources.national,
    }
    missing = {name: int(array.isnull().sum()) for name, array in needed.items()}
    return [f"{name}: {n} cells are missing. Resolve: restore the table." for name, n in missing.items() if n]


def negative_counts(sources: Sources) -> list[str]:
    """Counts below zero."""
    problems = []
    signed = ("net_moves", "adjustments", "county_flows")
    for name, array in sources.labelled().items():
        if name not in signed and bool((array < 0).any()):
            problems.append(f"{name}: negative counts. Resolve: restore the source table.")
    return problems


def ages_add_up(sources: Sources) -> list[str]:
    """Single ages against total population and against published age groups."""
    single = sources.population.sum("sex", skipna=False)
    problems = told(
        "population by age does not sum to the total", "compare population_age_sex with population_total",
        differences(single.sum("age", skipna=False), sources.total, 0.5),
    )  # fmt: skip
    for group, rows in sources.groups.groupby("age_group"):
        low, high = GROUPS[str(group)]
        published = rows.set_index(["year", "municipality"])["persons"].to_xarray()
        years = [year for year in published["year"].values if year in single["year"].values]
        found = single.sel(age=slice(low, high)).sum("age", skipna=False)
        tolerance = 1.5 if group in ("0-19", "75+") else 0.5
        problems += told(
            f"ages {group} do not sum to the published group", "compare with population_age_groups",
            differences(found.sel(year=years), published.sel(year=years), tolerance),
        )  # fmt: skip
    return problems


def shares_agree(sources: Sources) -> list[str]:
    """The share aged 65 and over against single ages."""
    people = sources.population.sum("sex", skipna=False)
    old = people.sel(age=slice(65, None)).sum("age", skipna=False)
    share = 100 * old / people.sum("age", skipna=False)
    published = sources.shares.sel(indicator="share_65plus_percent", drop=True)
    lines = differences(share, published, SHARE_TOLERANCE)
    return told("share aged 65+ does not fit single ages", "compare with age_structure_indicators", lines)


def account_closes(sources: Sources) -> list[str]:
    """Population change against births, deaths and net moves."""
    change = sources.total - sources.total.shift(year=1)
    flows = (sources.births - sources.deaths + sources.net_moves).sum("sex", skipna=False)
    gap = (change - flows) / sources.total
    lines = differences(gap, xr.zeros_like(gap), LARGEST_RESIDUAL)
    return told("the population account does not close (part of the population)", "compare components.csv", lines)


def deaths_agree(sources: Sources) -> list[str]:
    """Deaths by age against deaths by sex."""
    by_age = sources.deaths_by_age.sum("age", skipna=False)
    lines = differences(by_age, sources.deaths, 0.5)
    return told("deaths by age do not sum to deaths by sex", "compare deaths_age_sex with components", lines)


def moves_agree(sources: Sources) -> list[str]:
    """In-moves less out-moves against net moves, and the published split against all in-moves."""
    ways = sources.moves
    net = ways.sel(direction="in", drop=True) - ways.sel(direction="out", drop=True)
    published = sources.net_moves.sum("sex", skipna=False)
    problems = told("in- less out-moves is not net moves", "compare components.csv", differences(net, published, 0.5))
    inward = sources.split.sel(component=["in_own_county", "in_rest_of_sweden", "immigration"])
    lines = differences(inward.sum("component", skipna=False), ways.sel(direction="in", drop=True), 0.5)
    return problems + told("in-moves by origin do not sum to all in-moves", "compare components.csv", lines)


def check(sources: Sources) -> list[str]:
    """Refuse sources that do not add up (`DataError` with every problem); else say what was found to add up."""
    tests = (complete, negative_counts, ages_add_up, shares_agree, account_closes, deaths_agree, moves_agree)
    problems = [problem for test in tests for problem in test(sources)]
    if problems:
        raise DataError(problems)
    return [f"adds up: {(test.__doc__ or '').splitlines()[0]}" for test in tests]
