"""How many people move in and out of each municipality a year, by where they come from and go to.

Totals per municipality are published for every year; totals per county by origin and destination for 2000–2021
(immigration, net abroad, moves over the county border; moves inside a county are the difference). The split of one
municipality is published for 2020, 2023 and 2024. The window's split is found by iterative proportional fitting: rows
are the municipality's in-moves (or out-moves), columns the county's flows, the start is the split of the published
years, without those in which its moves were far above the window's (Skellefteå's boom 2023–24 says little of
2011–2019). A backtest that may not see those years starts from the usual split of its kind of municipality.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from calibration.demography.read import COUNTIES, Sources
from calibration.demography.smooth import Array
from calibration.demography.window import Window, as_numpy

SPLIT_YEARS = (2020, 2023, 2024)
INWARD = ("in_own_county", "in_rest_of_sweden", "immigration")
OUTWARD = ("out_own_county", "out_rest_of_sweden", "emigration")
BOOM = 1.4
"""Moves relative to the window's mean above which a year's split is not taken as usual (dmnl; judgement)."""
KIND_SPLIT = {
    "university city": (0.25, 0.60, 0.15),
    "town": (0.35, 0.50, 0.15),
    "near a city": (0.55, 0.30, 0.15),
    "inland": (0.40, 0.45, 0.15),
}
"""Own county, rest of Sweden, abroad: rounded shares of moves by kind (dmnl; geography, judgement, for backtests)."""
ROUNDS = 200
LAST_COUNTY_FLOWS = 2021


def fitted(start: Array, rows: Array, columns: Array) -> Array:
    """The table nearest `start` with the given row and column sums (iterative proportional fitting)."""
    table = np.maximum(start, 1e-9)
    columns = columns * rows.sum() / columns.sum()
    for _ in range(ROUNDS):
        table = table * (columns / table.sum(0))
        table = table * (rows / table.sum(1))[:, None]
    return np.asarray(table, dtype=float)


def county_members(sources: Sources, county: str) -> list[int]:
    """Positions of a county's municipalities."""
    return [i for i, code in enumerate(sources.places.counties) if code == county]


def county_totals(sources: Sources, window: Window, county: str) -> dict[str, float]:
    """A county's flows per year in the window (persons/year), by the names of `INWARD` and `OUTWARD`."""
    years = [year for year in window.years if year <= LAST_COUNTY_FLOWS]
    mean = sources.county_flows.sel(county=county, year=years).mean("year")
    inside = (
        sources.moves.isel(municipality=county_members(sources, county))
        .sel(year=years)
        .sum("municipality")
        .mean("year")
    )
    border, immigration, net_abroad = (float(mean.sel(component=c)) for c in ("in_total", "immigration", "net_abroad"))
    own = float(inside.sel(direction="in")) - border
    emigration = immigration - net_abroad
    return {
        "in_own_county": own, "in_rest_of_sweden": border - immigration, "immigration": immigration,
        "out_own_county": own, "out_rest_of_sweden": float(inside.sel(direction="out")) - own - emigration,
        "emigration": emigration,
    }  # fmt: skip


def kind_split(sources: Sources) -> Array:
    """The usual split of each municipality's kind [municipality, flow]: own county, rest of Sweden, abroad."""
    places = sources.places
    return np.array([KIND_SPLIT[places.kind(code)] for code in places.codes])


def usual_split(sources: Sources, window: Window, direction: str) -> Array:
    """Share of each flow in a municipality's moves [municipality, flow] (see the module for which years count)."""
    if window.strict and window.last < SPLIT_YEARS[0]:
        return kind_split(sources)
    names, years = list(INWARD if direction == "in" else OUTWARD), list(SPLIT_YEARS)
    moves = sources.moves.sel(direction=direction)
    usual = moves.sel(year=years) <= BOOM * moves.sel(year=window.years).mean("year")
    known = sources.split.sel(component=names, year=years).where(usual).sum("year")
    return as_numpy((known / known.sum("component")).transpose("municipality", "component"))


def flow_levels(sources: Sources, window: Window, direction: str) -> xr.DataArray:
    """Moves per year of the window [flow, municipality] (persons/year); `direction` is 'in' or 'out'."""
    names = INWARD if direction == "in" else OUTWARD
    total = as_numpy(sources.moves.sel(direction=direction, year=window.years).mean("year"))
    split = usual_split(sources, window, direction)
    table = np.zeros_like(split)
    for county in COUNTIES:
        members = county_members(sources, county)
        flows = county_totals(sources, window, county)
        rows, columns = total[members], np.array([flows[name] for name in names])
        table[members] = fitted(split[members] * rows[:, None], rows, columns)
    coords = {"flow": ["own county", "rest of Sweden", "abroad"], "municipality": list(sources.places.codes)}
    return xr.DataArray(table.T, coords=coords, dims=("flow", "municipality"))
