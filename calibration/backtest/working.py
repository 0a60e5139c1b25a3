"""Jobs, commuters and the unemployed as they were known at an origin.

RAMS of November was published a year later, BAS from 2022 on within months. The two are never mixed in one level: a
change over the years is chained from changes within one definition.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.backtest.known import Known
from calibration.backtest.places import ACCOUNTS, COUNTIES, Array
from calibration.demography.levels import fitted

RAMS_LAG, ACCOUNTS_LAG = 1, 2
"""Years from the figure's year to the origin at which it was published."""
FIRST_BAS_ORIGIN = 2021
"""SCB published BAS for the first time in 2022."""
OUTSIDE = 0.2
"""Share of those who commute over a municipality's border that leaves or enters the region (dmnl; judgement: 5 000 of
Västerbotten's 17 300 commuters in 2017 went beyond the two counties)."""
DECAY = 0.05
"""Fall of commuting per minute by car (1/minute; judgement, halved in a quarter of an hour)."""
PROGRAMMES = 1.5
"""Registered unemployed, those in programmes included, per openly unemployed (dmnl; Arbetsförmedlingen, recalled)."""
USUAL_OPENLY_UNEMPLOYED = 0.045
"""Openly unemployed of those aged 18–65 before the figure was published by municipality (share; judgement)."""
TREND_MEMORY, TREND_KEPT = 10, 0.5
"""Years behind the trend of jobs, and the part of it that goes on (dmnl)."""
WORKING_AGES = slice(18, 66)
INDUSTRIES = ("basic", "construction", "services", "welfare", "other")
TRADE_IN_G_I = 0.8
"""Trade, hotels and restaurants among trade, transport, hotels and restaurants (dmnl; judgement)."""


@dataclass(frozen=True)
class Work:
    """Persons by municipality: residents who work in their own, commuters in and out, jobs."""

    own: Array
    into: Array
    out: Array

    @property
    def jobs(self) -> Array:
        """Jobs by workplace."""
        return np.asarray(self.own + self.into, dtype=float)

    @property
    def residents(self) -> Array:
        """Employed residents."""
        return np.asarray(self.own + self.out, dtype=float)


def last_row(table: Array, lag: int = 0) -> int:
    """Position of the last year, at least `lag` years back, with a figure for every municipality."""
    full = np.flatnonzero(np.isfinite(table[: len(table) - lag]).all(1))
    return int(full[-1])


def work_of(known: Known) -> Work:
    """The last published figures: BAS where it is published, RAMS before."""
    history = known.history
    if known.origin >= FIRST_BAS_ORIGIN:
        own, out = history.figure("live_and_work_bas"), history.figure("out_commuters_bas")
        row = min(last_row(own), last_row(out))
        return Work(own[row], history.figure("jobs_bas")[row] - own[row], out[row])
    own = history.figure("live_and_work_rams")
    row = last_row(own, known.lag(RAMS_LAG))
    return Work(own[row], history.figure("in_commuters_rams")[row], history.figure("out_commuters_rams")[row])


def job_growth(known: Known) -> Array:
    """Change of the logarithm of jobs over each year as far as published [year, municipality]; NaN elsewhere."""
    rams, bas = job_counts(known)
    return chained(rams, bas)


def job_counts(known: Known) -> tuple[Array, Array]:
    """Jobs as far as published [year, municipality] by both definitions; NaN elsewhere."""
    history = known.history
    rams = history.figure("live_and_work_rams") + history.figure("in_commuters_rams")
    rams[len(rams) - known.lag(RAMS_LAG) :] = np.nan
    bas = history.figure("jobs_bas")
    return rams, bas if known.origin >= FIRST_BAS_ORIGIN else np.full_like(bas, np.nan)


def chained(old: Array, new: Array) -> Array:
    """Yearly change of the logarithm within the old definition, else within the new; NaN where neither tells."""
    changes = [np.diff(np.log(table), axis=0, prepend=np.nan) for table in (old, new)]
    return np.where(np.isfinite(changes[0]), changes[0], changes[1])


def job_trend(known: Known) -> float:
    """Yearly growth of all jobs that is taken to go on after the origin (1/year): half the median of the last years, in
    which a change of definition does not count. All of it, or none, made larger errors of jobs on origins up to 2016:
    10 years ahead 4.7 and 6.3 % against 4.6, 5 years ahead 3.3 and 3.5 against 3.1.
    """
    rams, bas = (table.sum(1, keepdims=True) for table in job_counts(known))
    growth = chained(rams, bas)
    told = growth[np.isfinite(growth)][-TREND_MEMORY:]
    return TREND_KEPT * float(np.median(told))


def commuting(work: Work, minutes: Array) -> tuple[Array, Array, Array]:
    """Jobs held [home, workplace], commuters to outside and non-registered workers (persons): nearer pairs, larger
    places, raked to everybody who commutes in and out.
    """
    out, into = (1 - OUTSIDE) * work.out, (1 - OUTSIDE) * work.into
    both = (out.sum() + into.sum()) / 2
    out, into = out * (both / out.sum()), into * (both / into.sum())
    out, into = np.minimum(out, work.out), np.minimum(into, work.into)
    guess = np.outer(work.residents, work.jobs) * np.exp(-DECAY * minutes)
    np.fill_diagonal(guess, 0.0)
    pairs = fitted(guess, out, into)
    np.fill_diagonal(pairs, work.own)
    crossing = pairs.sum(1) - work.own, pairs.sum(0) - work.own
    return pairs, np.maximum(work.out - crossing[0], 0.0), np.maximum(work.into - crossing[1], 0.0)


def county_shares(known: Known) -> Array:
    """Share of each industry in the jobs of a municipality's county by the last published regional accounts [industry,
    municipality].
    """
    accounts = known.history.accounts
    lagged = accounts[: len(accounts) - known.lag(ACCOUNTS_LAG)]
    table = lagged[np.flatnonzero(np.isfinite(lagged).all((1, 2)))[-1]]
    value = {name: table[ACCOUNTS.index(name)] for name in ACCOUNTS}
    services = TRADE_IN_G_I * value["G_I"] + value["R_U"]
    parts = np.stack([value["B_E"], value["F"], services, value["O_Q"], np.zeros_like(services)]) / value["TOTAL"]
    parts[-1] = 1 - parts.sum(0)
    return np.asarray(parts[:, [COUNTIES.index(county) for county in known.history.places.counties]], dtype=float)


def with_basic(mix: Array, own: Array) -> Array:
    """Shares of industries [industry, municipality] with other shares of mining and manufacturing [municipality]."""
    result = mix * ((1 - own) / (1 - mix[0]))
    result[0] = own
    return np.asarray(result, dtype=float)


def shares(known: Known) -> Array:
    """Share of each industry in a municipality's jobs [industry, municipality]: its county's by the last published
    regional accounts; mining and manufacturing its own from BAS.
    """
    mix = county_shares(known)
    if known.origin < FIRST_BAS_ORIGIN:
        return mix
    basic = known.history.figure("basic_jobs_bas") / known.history.figure("jobs_bas")
    return with_basic(mix, basic[last_row(basic)])


def unemployed(known: Known) -> Array:
    """Registered unemployed [municipality] (persons)."""
    share = known.history.figure("openly_unemployed")
    told = np.isfinite(share).all(1)
    openly = share[np.flatnonzero(told)[-1]] if told.any() else USUAL_OPENLY_UNEMPLOYED
    people = known.ages.people[-1][:, WORKING_AGES].sum((0, 1))
    return np.asarray(openly * people * PROGRAMMES, dtype=float)
