"""People by sex and single age in every year, from what was published until then and nothing later.

Where single ages are published they are taken. Elsewhere last year's people grow one year older: births by sex and
deaths by sex are as published (deaths spread by Sweden's death rates), net moves are as published and spread by age as
the net moves of the ten years before; then the ages are raked to both counties' single ages (published to
2015), the municipality's share aged 65 or more, its dependency ratio, its number aged 20–34 and its total. So the ages
of a year depend on that year and earlier ones alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.history import History
from calibration.backtest.places import COUNTIES, FIRST, Array
from calibration.demography.expected import aged_once
from calibration.demography.places import KINDS, Places

RAKINGS = 12
MEMORY = 10
"""Years of net moves by age behind the profile by which a year's net moves are spread."""
TRACE = 1e-6
SPREAD = 0.3
"""How far net moves per person differ between municipalities of a kind, relative to moves per person (dmnl; judgement:
spreads from 0.1 to 1 give the same populations within a few tenths of a per cent)."""
SLOWEST = 0.003
"""Least share of an age that moves in a year (1/year), so that the oldest have a weight."""
WITHOUT_RESIDUAL = (2020, 2021, 2022)
"""Years whose residual net moves compare estimated with published ages, or would only return their own profile."""
YOUNG, WORKING, OLD = 20, 35, 65
FIRST_PUBLISHED = 2010


@dataclass(frozen=True)
class Ages:
    """`people` [year, sex, age, municipality] (persons, 31 December) and `net` of the same shape: net moves by age
    attained at year end (persons/year), NaN in years when the ages at both ends do not belong together.
    """

    people: Array
    net: Array


def death_rates(history: History, first: int, last: int) -> Array:
    """Sweden's deaths per person [sex, age] over the calendar years given that are told of."""
    rows = slice(max(history.at(first), 0), history.at(last) + 1)
    deaths, people = history.national_deaths[rows], history.national_people[rows]
    return np.asarray(np.nansum(deaths, 0) / np.maximum(np.nansum(people, 0), 1.0), dtype=float)


def moving_profile(history: History, last: int) -> Array:
    """How often people of each age move between counties [age] (1/year), from the latest ten years known."""
    known = [year for year in range(FIRST, last + 1) if np.isfinite(history.moves[history.at(year)]).all()]
    rows = [history.at(year) for year in known[-MEMORY:]]
    people = history.county_ages[rows].sum((1, 3))
    return np.asarray(history.moves[rows].sum(0) / np.maximum(people.sum(0), 1.0), dtype=float)


def spread_moves(net: Array, profile: Array, moving: Array, people: Array) -> Array:
    """Net moves [municipality] by sex and age: the profile [sex, age, 1 or municipality], shifted in proportion to how
    often each age moves so that the sum is met.
    """
    expected, often = profile * people, moving[None, :, None] * people
    missing = net - expected.sum((0, 1))
    return np.asarray(expected + often * (missing / often.sum((0, 1))), dtype=float)


def groups(history: History, row: int) -> list[tuple[slice, Array]]:
    """Published age groups of a year as (ages, persons [municipality]); they cover every age once."""
    total = history.population[row]
    old = total * history.share_65plus[row] / 100
    working = total / (1 + history.dependency[row] / 100)
    if not np.isfinite(working).all():
        return [(slice(0, OLD), total - old), (slice(OLD, None), old)]
    young = history.persons_20_34[row]
    if not np.isfinite(young).all():
        middle = [(slice(YOUNG, OLD), working)]
    else:
        middle = [(slice(YOUNG, WORKING), young), (slice(WORKING, OLD), working - young)]
    return [(slice(0, YOUNG), total - old - working), *middle, (slice(OLD, None), old)]


def raked(people: Array, history: History, row: int) -> Array:
    """`people` held to both counties' single ages, where published, and to each municipality's age groups."""
    people = np.maximum(people, TRACE)
    county = np.array([COUNTIES.index(code) for code in history.places.counties])
    known = history.county_ages[row]
    for _ in range(RAKINGS):
        if np.isfinite(known).all():
            sums = np.stack([people[..., county == k].sum(-1) for k in range(len(COUNTIES))], axis=-1)
            people = people * (known / np.maximum(sums, TRACE))[..., county]
        for ages, persons in groups(history, row):
            people[:, ages] *= persons / people[:, ages].sum((0, 1))
    return people


def first_ages(history: History) -> Array:
    """The first year's people: their county's ages, raked."""
    county = np.array([COUNTIES.index(code) for code in history.places.counties])
    share = history.county_ages[0] / history.county_ages[0].sum((0, 1))
    return raked(share[..., county] * history.population[0], history, 0)


def before_moves(people: Array, history: History, row: int) -> Array:
    """Last year's people after ageing, the year's births and its deaths."""
    result = aged_once(people)
    result[:, 0] = history.births[row]
    year = FIRST + row
    dying = death_rates(history, year, year)[..., None] * result
    deaths = dying * (history.deaths[row] / dying.sum(1))[:, None]
    return np.asarray(result - np.minimum(deaths, result), dtype=float)


def net_profile(ages: Ages, places: Places, moving: Array, row: int) -> Array:
    """Net moves per person [sex, age, municipality] over the ten years before the year in `row`.

    Each municipality's own are shrunk towards its kind's: deviations scale with how much people of that age move, and
    moves in and out are counts.
    """
    rows = [r for r in range(1, row) if np.isfinite(ages.net[r]).all()][-MEMORY:]
    if not rows:
        return np.zeros(ages.people.shape[1:])
    net = ages.net[rows].sum(0)
    stayed = np.maximum(ages.people[rows].sum(0) - net, TRACE)
    result = np.empty_like(net)
    weight = 2 / (SPREAD**2 * np.maximum(moving, SLOWEST))[:, None]
    for codes in KINDS.values():
        kind = [places.codes.index(code) for code in codes]
        peers = (net[..., kind].sum(-1) / stayed[..., kind].sum(-1))[..., None]
        result[..., kind] = (net[..., kind] + weight * peers) / (stayed[..., kind] + weight)
    return np.asarray(result, dtype=float)


def estimate_ages(history: History) -> Ages:
    """Every year's people by sex and age, and their net moves."""
    shape = history.single_ages.shape
    ages = Ages(np.full(shape, np.nan), np.full(shape, np.nan))
    ages.people[0] = first_ages(history)
    for row in range(1, len(history.population)):
        stayed = before_moves(ages.people[row - 1], history, row)
        moving = moving_profile(history, FIRST + row)
        profile = net_profile(ages, history.places, moving, row)
        exposed = np.maximum(stayed, TRACE)
        moved = spread_moves(history.net_moves[row], profile, moving, exposed)
        estimate, published = raked(stayed + moved, history, row), history.single_ages[row]
        ages.people[row] = np.where(np.isfinite(published), published, estimate)
        if FIRST + row not in (FIRST_PUBLISHED, *WITHOUT_RESIDUAL):
            ages.net[row] = ages.people[row] - stayed
    return ages
