"""Births, deaths and moves of the years behind an origin, for the run that a fit at the origin repeats.

Rates are means of the years from 2011 to the origin, single years stand beside them as levels of the region; of each
municipality only what is lasting, so that the fit finds the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calibration.backtest.ages import moving_profile, net_profile
from calibration.backtest.known import Known
from calibration.backtest.levels import net_levels
from calibration.backtest.people_inputs import at_risk, flows_inputs, moves_of, vital_inputs
from calibration.backtest.places import NATIONAL_MEASURES, Array
from calibration.backtest.projection import Rates, rates_of, with_level, women_of
from calibration.backtest.settings import SETTINGS
from calibration.demography.expected import aged_once

START = 2010
"""The fit's run begins on 31 December of this year, of which everything has been published."""
MIDDLE_OF_YEAR = 0.5


@dataclass(frozen=True)
class Span:
    """The years from `START` to an origin, as known there."""

    known: Known

    @property
    def years(self) -> list[int]:
        """Calendar years after the start."""
        return list(range(START + 1, self.known.origin + 1))

    @property
    def rows(self) -> list[int]:
        """Their positions in the history."""
        return [self.known.history.at(year) for year in self.years]


def people_inputs(span: Span) -> tuple[dict[str, Array], dict[str, Array]]:
    """Inputs by the model's names: those that hold throughout, and those of each calendar year [year, …]."""
    count = len(span.years)
    vital = replace(SETTINGS.vital, recent=count, local=count)
    rates = rates_of(span.known, vital)
    held = vital_inputs(span.known, rates)
    middle = START + 1 + count / 2
    held["mortality reference time"] = np.array(middle)
    yearly = {"fertility level": births_level(span, rates), "mortality year effect": deaths_level(span, rates, middle)}
    moves = moving(span)
    yearly |= moving_levels(span, moves)
    return held | {name: value for name, value in moves.items() if name not in yearly}, yearly


def births_level(span: Span, rates: Rates) -> Array:
    """Births of each year relative to those that the rates give [year] (dmnl)."""
    people, births = span.known.ages.people, span.known.history.births
    expected = [(rates.fertility * women_of(people[row - 1], people[row])).sum() for row in span.rows]
    return np.asarray(births[span.rows].sum((1, 2)) / np.array(expected), dtype=float)


def deaths_level(span: Span, rates: Rates, middle: float) -> Array:
    """Deaths of each year relative to those that the declining rates give [year] (dmnl)."""
    people, deaths = span.known.ages.people, span.known.history.deaths
    expected = []
    for year, row in zip(span.years, span.rows, strict=True):
        fallen = np.exp(-rates.decline * (year + MIDDLE_OF_YEAR - middle))[:, None, None]
        expected.append((rates.mortality * fallen * aged_once(people[row - 1])).sum())
    return np.asarray(deaths[span.rows].sum((1, 2)) / np.array(expected), dtype=float)


def mean_people(span: Span) -> Array:
    """Those who may move in a usual year by the age they attain in it [sex, age, municipality] (persons)."""
    return np.asarray(np.mean([at_risk(span.known.ages.people[row - 1]) for row in span.rows], axis=0), dtype=float)


def moving(span: Span) -> dict[str, Array]:
    """Moves of a usual year by the model's names: net moves at what is lasting of each municipality's level."""
    known, count = span.known, len(span.years)
    level = replace(SETTINGS.level, recent=count, own=count, long=count, momentum=0.0, jobs=0.0)
    often = moving_profile(known.history, known.origin)
    people = mean_people(span)
    profile = net_profile(known.ages, known.history.places, often, known.history.at(known.origin) + 1)
    net = with_level(profile, often, people, net_levels(known, level, 1)[0]) * people
    gross = known.history.figure("moves_in")[span.rows].mean(0)
    return flows_inputs(known, people, *moves_of(net, often, people, gross))


def moving_levels(span: Span, moves: dict[str, Array]) -> dict[str, Array]:
    """What a year brought from outside relative to the mean of the years: Sweden's immigration, how many of each age
    there were in Sweden, how much people moved within it.
    """
    history = span.known.history
    immigration = history.national[span.rows, NATIONAL_MEASURES.index("immigration")]
    abroad = immigration / immigration.mean()
    ages = history.national_people[span.rows].sum(1)
    index = ages / np.maximum(ages.mean(0), 1.0)
    leaving = [(at_risk(span.known.ages.people[row - 1]) * moves["out rate own county"]).sum() for row in span.rows]
    expected = index @ moves["in level rest of Sweden"].sum((0, 2)) + np.array(leaving)
    seen = history.figure("moves_in")[span.rows].sum(1) - moves["in level abroad"].sum() * abroad
    level = seen / expected
    return {
        "immigration level": abroad,
        "national age index": index,
        "domestic mobility level": level / level.mean(),
    }
