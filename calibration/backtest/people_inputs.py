"""The demography of an origin by the model's names: people, births, deaths, moves by age."""

from __future__ import annotations

import numpy as np

from calibration.backtest.ages import SLOWEST, moving_profile, net_profile
from calibration.backtest.known import Known
from calibration.backtest.places import COUNTIES, Array
from calibration.backtest.projection import Rates, with_level
from calibration.backtest.working import last_row
from calibration.demography.expected import aged_once
from calibration.demography.flows import domestic, own_county
from calibration.demography.levels import KIND_SPLIT

RECENT_MOVES = 3
"""Years whose moves in set the level of gross moves."""
FEWEST = 0.05
"""People taken to be in an empty cell, so that it has a rate (persons)."""
SEXES = 2
MIDDLE_OF_YEAR = 0.5
LARGEST_HAZARD = 0.9


def vital_inputs(known: Known, rates: Rates) -> dict[str, Array]:
    """Births and deaths, by the model's names; `rates` of the origin."""
    fertile = rates.fertility.sum(0)
    schedule = rates.fertility.mean(1)
    decline = np.repeat(rates.decline[:, None], rates.mortality.shape[1], axis=1)
    shares = rates.mortality.mean(-1)
    local = rates.mortality / np.maximum(shares[..., None], np.finfo(float).tiny)
    return {
        "fertility rate": schedule,
        "local fertility": fertile / schedule.sum(),
        "fertility level": np.array(1.0),
        "mortality rate": hazard(shares),
        "mortality decline": decline,
        "local mortality": np.nanmedian(np.where(local > 0, local, np.nan), axis=1),
        "mortality year effect": np.array(1.0),
        "mortality reference time": np.array(known.origin + MIDDLE_OF_YEAR),
    }


def gross_level(known: Known) -> Array:
    """Moves in a year [municipality], mean of the last years published (persons/year)."""
    moves = known.history.figure("moves_in")
    row = last_row(moves)
    return np.asarray(moves[row - RECENT_MOVES + 1 : row + 1].mean(0), dtype=float)


def split(known: Known) -> Array:
    """Usual share of own county, rest of Sweden, abroad in a municipality's moves [flow, municipality]."""
    places = known.history.places
    return np.array([KIND_SPLIT[places.kind(code)] for code in places.codes]).T


def moving_inputs(known: Known, level: Array) -> dict[str, Array]:
    """Moves by the model's names. `level`: net moves per inhabitant in the first year [municipality] (1/year).

    Net moves by age are those of the ten years before, shifted to the level; gross moves keep how often each age moves
    and add up to the moves in of the last years.
    """
    moving = moving_profile(known.history, known.origin)
    people = at_risk(known.ages.people[-1])
    profile = net_profile(known.ages, known.history.places, moving, known.history.at(known.origin) + 1)
    net = with_level(profile, moving, people, level) * people
    return flows_inputs(known, people, *moves_of(net, moving, people, gross_level(known)))


def moves_of(net: Array, moving: Array, people: Array, gross: Array) -> tuple[Array, Array]:
    """Moves in and out [sex, age, municipality] whose difference is `net`: as often as each age moves, and so many that
    the moves in are `gross` [municipality] (persons/year).
    """
    often = np.repeat(np.maximum(moving, SLOWEST)[None], SEXES, axis=0)[..., None] * people
    inward, outward = domestic(net, often, gross)
    return inward, outward


def at_risk(people: Array) -> Array:
    """Those who may move in the year ahead by the age they attain in it [sex, age, municipality]; as many newborn as
    last year.
    """
    older = aged_once(people)
    older[:, 0] = people[:, 0]
    return np.maximum(older, FEWEST)


def flows_inputs(known: Known, people: Array, inward: Array, outward: Array) -> dict[str, Array]:
    """Moves in and out [sex, age, municipality] split into own county, rest of Sweden and abroad."""
    parts = split(known)
    own_in, own_out, propensity = np.zeros_like(inward), np.zeros_like(inward), np.zeros_like(inward)
    for county in COUNTIES:
        m = [i for i, code in enumerate(known.history.places.counties) if code == county]
        rows = [parts[0, m] * way[..., m].sum((0, 1)) for way in (inward, outward)]
        both = (rows[0].sum() + rows[1].sum()) / 2
        rows = [row * (both / row.sum()) for row in rows]
        own_in[..., m], own_out[..., m] = own_county(inward[..., m], outward[..., m], rows[0], rows[1])
        total = np.maximum(own_in[..., m].sum(-1, keepdims=True), np.finfo(float).tiny)
        propensity[..., m] = own_in[..., m] / total
    abroad = parts[2] / (parts[1] + parts[2])
    rest_in, rest_out = inward - own_in, outward - own_out
    return {
        "out rate own county": hazard(own_out / people),
        "out rate rest of Sweden": hazard((1 - abroad) * rest_out / people),
        "out rate abroad": hazard(abroad * rest_out / people),
        "arrival propensity own county": propensity,
        "in level rest of Sweden": (1 - abroad) * rest_in,
        "in level abroad": abroad * rest_in,
        "domestic mobility level": np.array(1.0),
        "immigration level": np.array(1.0),
        "national age index": np.ones(people.shape[1]),
    }


def hazard(share: Array) -> Array:
    """The hazard that takes a share of people in a year (1/year); rates here are shares of those alive at its start."""
    return np.asarray(-np.log1p(-np.minimum(share, LARGEST_HAZARD)), dtype=float)
