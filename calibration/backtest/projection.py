"""Cohort-component by sex and single age: the people of the origin carried forward year by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.ages import death_rates, moving_profile, net_profile, spread_moves
from calibration.backtest.known import Known
from calibration.backtest.places import FIRST, Array
from calibration.demography.expected import aged_once
from calibration.demography.places import AGES

BOYS = 0.514
"""Share of newborns who are boys (dmnl; Sweden's long mean)."""
MOTHERS_FIRST, MOTHERS_LAST = 14, 50


@dataclass(frozen=True)
class Vital:
    """How births and deaths are estimated.

    `recent` years set the region's present fertility and Sweden's mortality, `local` years each municipality's ratio
    to them; a ratio is shrunk as if `births` and `deaths` more had been as the region's. Mortality falls at the mean
    rate of the `trend` years before the origin.
    """

    recent: int = 3
    local: int = 10
    births: float = 100.0
    deaths: float = 100.0
    trend: int = 15


@dataclass(frozen=True)
class Rates:
    """`fertility` [age, municipality] births per woman; `mortality` [sex, age, municipality] deaths per person;
    `decline` [sex] of the logarithm of mortality per year (all 1/year).
    """

    fertility: Array
    mortality: Array
    decline: Array


def mothers_schedule(known: Known, years: int) -> Array:
    """Births per woman by age [age] (1/year): both counties' where published in the latest years, else Sweden's."""
    history, last = known.history, known.history.at(known.origin)
    rows = slice(last - years + 1, last + 1)
    if np.isfinite(history.county_mothers[last]).all():
        births, women = history.county_mothers[rows].sum(0), history.county_ages[rows, 0].sum((0, -1))
    else:
        births, women = history.national_mothers[rows].sum(0), history.national_women[rows].sum(0)
    fertile = (np.array(AGES) >= MOTHERS_FIRST) & (np.array(AGES) <= MOTHERS_LAST)
    return np.asarray(np.where(fertile, births / np.maximum(women, 1.0), 0.0), dtype=float)


def women_of(people_before: Array, people: Array) -> Array:
    """Women by age attained at year end [age, municipality], mean of both ends of the year (persons)."""
    return np.asarray((aged_once(people_before)[0] + people[0]) / 2, dtype=float)


def fertility(known: Known, vital: Vital) -> Array:
    """Births per woman [age, municipality]: the region's of the latest years times the municipality's own ratio."""
    schedule = mothers_schedule(known, vital.recent)
    people, last = known.ages.people, known.history.at(known.origin)
    rows = range(last - vital.local + 1, last + 1)
    expected = np.array([schedule @ women_of(people[r - 1], people[r]) for r in rows])
    born = known.history.births[rows.start : rows.stop].sum(1)
    year_ratio = born.sum(1) / expected.sum(1)
    recent = born[-vital.recent :].sum() / expected[-vital.recent :].sum()
    usual = (expected * year_ratio[:, None]).sum(0)
    own = (born.sum(0) + vital.births) / (usual + vital.births)
    return np.asarray(schedule[:, None] * own * recent, dtype=float)


def mortality(known: Known, vital: Vital) -> tuple[Array, Array]:
    """Deaths per person [sex, age, municipality] and their yearly decline [sex]."""
    rates = death_rates(known.history, known.origin - vital.recent + 1, known.origin)
    last = known.history.at(known.origin)
    rows = range(last - vital.local + 1, last + 1)
    yearly = [death_rates(known.history, FIRST + r, FIRST + r) for r in rows]
    people = known.ages.people
    expected = np.array([(y[..., None] * aged_once(people[r - 1])).sum(1) for y, r in zip(yearly, rows, strict=True)])
    died = known.history.deaths[rows.start : rows.stop].sum(0)
    total = expected.sum(0)
    region = died.sum(-1, keepdims=True) / total.sum(-1, keepdims=True)
    ratio = (died + vital.deaths * region) / (total + vital.deaths)
    return rates[..., None] * ratio[:, None, :], decline_of(known, vital.trend)


def decline_of(known: Known, years: int) -> Array:
    """Mean yearly fall [sex] of the logarithm of Sweden's deaths at the origin's mean population."""
    last = known.history.at(known.origin)
    rows = np.arange(max(last - years + 1, 1), last + 1)
    standard = known.history.national_people[last]
    level = [(death_rates(known.history, FIRST + int(r), FIRST + int(r)) * standard).sum(1) for r in rows]
    centred = rows - rows.mean()
    return np.asarray(-(centred @ np.log(np.array(level))) / (centred @ centred), dtype=float)


def rates_of(known: Known, vital: Vital) -> Rates:
    """All vital rates at an origin."""
    deaths, decline = mortality(known, vital)
    return Rates(fertility(known, vital), deaths, decline)


def one_year(people: Array, rates: Rates, net_by_age: tuple[Array, Array], net: Array | None, years: int) -> Array:
    """People a year later. `net_by_age`: profile and moving rate; `net` [municipality] total moves, or None for what
    the profile gives; `years` since the origin.
    """
    dying = np.minimum(rates.mortality * np.exp(-rates.decline * years)[:, None, None], 1.0)
    before = aged_once(people)
    survived = before * (1 - dying)
    sexes = np.array([1 - BOYS, BOYS])[:, None]
    born = (rates.fertility * (before[0] + survived[0]) / 2).sum(0)
    survived[:, 0] = sexes * born * (1 - dying[:, 0])
    profile, moving = net_by_age
    moved = profile * survived if net is None else spread_moves(net, profile, moving, survived)
    after = np.maximum(survived + moved, 0.0)
    mothers = (rates.fertility * (after[0] - survived[0]) / 2).sum(0)
    after[:, 0] = np.maximum(after[:, 0] + sexes * mothers, 0.0)
    return np.asarray(after, dtype=float)


def project(known: Known, rates: Rates, level: Array | None, years: int, by_age: bool = False) -> Array:
    """Total population [years, municipality] (persons). `level` [years, municipality]: net moves per inhabitant and
    year; None: each age keeps its own rate of the ten years before. With `by_age` the level is that of the ages at the
    origin, and changes when they do.
    """
    moving = moving_profile(known.history, known.origin)
    last = known.history.at(known.origin)
    profile = net_profile(known.ages, known.history.places, moving, last + 1)
    start = people = known.ages.people[-1]
    totals = []
    for year in range(1, years + 1):
        net = None if level is None else level[year - 1] * people.sum((0, 1))
        by_ages = profile
        if by_age and level is not None:
            by_ages, net = with_level(profile, moving, start, level[year - 1]), None
        people = one_year(people, rates, (by_ages, moving), net, year)
        totals.append(people.sum((0, 1)))
    return np.array(totals)


def with_level(profile: Array, moving: Array, people: Array, level: Array) -> Array:
    """The profile shifted so that it gives the level of net moves per inhabitant on `people` (1/year)."""
    often = (moving[None, :, None] * people).sum((0, 1))
    missing = level * people.sum((0, 1)) - (profile * people).sum((0, 1))
    return np.asarray(profile + moving[None, :, None] * (missing / often), dtype=float)
