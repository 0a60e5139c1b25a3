"""Gross moves by sex, age and municipality: rates out, levels in, and where moves inside a county arrive.

1. Abroad: immigrants of a municipality have Sweden's sex and age profile; its emigrants Sweden's rates, scaled to
   its total.
2. Domestic: net domestic moves (all net moves less net abroad) are given by age. Gross moves keep the base profile of
   the kind of municipality as the geometric mean of both directions, `in x out = (c g)^2`, so that where many leave
   few come; the scale `c` makes the sum over ages the municipality's domestic in-moves. In and out follow from a
   quadratic.
3. Own county: each municipality's moves out to (in from) its county have its domestic age profile, bent by
   proportional fitting so that within a county, sex and age what leaves arrives. The rest is moves to (from) the rest
   of Sweden.

At the window's mean population in − out is exactly the net profile, by sex, age and municipality.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from calibration.demography.base_moves import emigration_rate, immigration_profile
from calibration.demography.levels import county_members, flow_levels
from calibration.demography.net_moves import Shrinkage, net_rates, rough_gross
from calibration.demography.read import COUNTIES, Sources
from calibration.demography.smooth import Array
from calibration.demography.window import Window, as_numpy, person_years

SCALE_RANGE = (0.05, 20.0)
BISECTIONS = 60
LARGEST_OWN_PART = 0.92
"""Most of a cell's domestic moves that may stay in the county (dmnl; judgement, keeps both directions positive)."""
SMALLEST_POPULATION = 0.05
CAPPING_ROUNDS = 40


@dataclass(frozen=True)
class Flows:
    """Reference flows per year (persons/year) and the population they refer to, each [sex, age, municipality]."""

    people: Array
    in_own: Array
    in_rest: Array
    in_abroad: Array
    out_own: Array
    out_rest: Array
    out_abroad: Array

    def net(self) -> Array:
        """In − out (persons/year)."""
        inward = self.in_own + self.in_rest + self.in_abroad
        return np.asarray(inward - self.out_own - self.out_rest - self.out_abroad, dtype=float)

    def rate(self, flow: Array) -> Array:
        """A flow per person and year (1/year)."""
        return np.asarray(flow / self.people, dtype=float)


def mean_population(population: xr.DataArray, window: Window) -> Array:
    """Mean person-years of the window [sex, age, municipality], by age attained at year end (a trifle where nobody
    is).
    """
    people = as_numpy(person_years(population).sel(year=window.years).mean("year"))
    return np.maximum(people, SMALLEST_POPULATION)


def both_ways(net: Array, gross: Array) -> tuple[Array, Array]:
    """In- and out-moves with a given difference `net` and geometric mean `gross` (both positive)."""
    root = np.sqrt(net**2 + 4 * gross**2)
    inward = np.where(net > 0, (root + net) / 2, 2 * gross**2 / (root - net))
    return inward, inward - net


def scaled_both_ways(net: Array, gross: Array, total: float) -> tuple[Array, Array]:
    """`both_ways` with the gross moves scaled so that in-moves sum to `total` (bisection; nearest if out of reach)."""
    low, high = np.log(SCALE_RANGE[0]), np.log(SCALE_RANGE[1])
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        inward, _ = both_ways(net, gross * np.exp(middle))
        low, high = (middle, high) if inward.sum() < total else (low, middle)
    return both_ways(net, gross * np.exp(low))


def abroad(sources: Sources, people: Array, window: Window, levels: dict[str, xr.DataArray]) -> tuple[Array, Array]:
    """Immigrants and emigrants per year [sex, age, municipality] (persons/year)."""
    profile = immigration_profile(sources, window)[..., None]
    immigrants = profile * as_numpy(levels["in"].sel(flow="abroad"))
    emigrants = emigration_rate(sources, window)[..., None] * people
    return immigrants, emigrants * as_numpy(levels["out"].sel(flow="abroad")) / emigrants.sum((0, 1))


def domestic(net: Array, gross: Array, totals: Array) -> tuple[Array, Array]:
    """Domestic in- and out-moves per year [sex, age, municipality] from net moves, base gross moves and in-totals."""
    inward, outward = np.empty_like(net), np.empty_like(net)
    for m, total in enumerate(totals):
        inward[..., m], outward[..., m] = scaled_both_ways(net[..., m], gross[..., m], float(total))
    return inward, outward


def capped_fit(flows: Array, rows: Array, columns: Array) -> Array:
    """Part of `flows` [municipality, cell] with given sums, at most `LARGEST_OWN_PART` of each cell."""
    part = flows * (rows / flows.sum(1))[:, None]
    for _ in range(CAPPING_ROUNDS):
        part = np.minimum(part * (rows / part.sum(1))[:, None], LARGEST_OWN_PART * flows)
        part = np.minimum(part * (columns / part.sum(0)), LARGEST_OWN_PART * flows)
    return np.asarray(part, dtype=float)


def own_county(inward: Array, outward: Array, rows_in: Array, rows_out: Array) -> tuple[Array, Array]:
    """Moves inside one county in and out [sex, age, municipality]; for each sex and age they sum to the same.

    What a cell can exchange is the geometric mean of what the municipalities' shares would send and receive.
    """
    shape, size = inward.shape, inward.shape[-1]
    ways = [flow.reshape(-1, size).T for flow in (inward, outward)]
    shares = [(rows / flow.sum(1))[:, None] * flow for rows, flow in zip((rows_in, rows_out), ways, strict=True)]
    cells = np.sqrt(shares[0].sum(0) * shares[1].sum(0))
    cells = np.minimum(cells, LARGEST_OWN_PART**2 * np.minimum(ways[0].sum(0), ways[1].sum(0)))
    cells *= rows_out.sum() / cells.sum()
    fits = [capped_fit(flow, rows, cells) for flow, rows in zip(ways, (rows_in, rows_out), strict=True)]
    arrive = fits[0] * (fits[1].sum(0) / fits[0].sum(0))
    return arrive.T.reshape(shape), fits[1].T.reshape(shape)


def reference_flows(
    sources: Sources, population: xr.DataArray, window: Window, shrinkage: Shrinkage | None = None
) -> Flows:
    """All gross flows of the window (see module)."""
    people = mean_population(population, window)
    net = net_rates(sources, population, window, shrinkage) * people
    levels = {way: flow_levels(sources, window, way) for way in ("in", "out")}
    immigrants, emigrants = abroad(sources, people, window, levels)
    gross = rough_gross(sources, population, window) * people
    totals = as_numpy(levels["in"].sel(flow=["own county", "rest of Sweden"]).sum("flow"))
    inward, outward = domestic(net - immigrants + emigrants, gross, totals)
    own_in, own_out = np.zeros_like(net), np.zeros_like(net)
    for county in COUNTIES:
        m = county_members(sources, county)
        rows = [as_numpy(levels[way].sel(flow="own county"))[m] for way in ("in", "out")]
        own_in[..., m], own_out[..., m] = own_county(inward[..., m], outward[..., m], rows[0], rows[1])
    return Flows(people, own_in, inward - own_in, immigrants, own_out, outward - own_out, emigrants)


def arrival_propensity(sources: Sources, flows: Flows) -> Array:
    """Share of a county's internal movers who arrive in each of its municipalities [sex, age, municipality] (dmnl)."""
    result = np.zeros_like(flows.in_own)
    for county in COUNTIES:
        m = county_members(sources, county)
        result[..., m] = flows.in_own[..., m] / flows.in_own[..., m].sum(-1, keepdims=True)
    return result
