"""Jobs, the labour force, homes and money of the years behind an origin, for the run that a fit there repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from calibration.backtest.announced import Course, course, project_inputs
from calibration.backtest.dwelling import TAX_BASE_LAG, households
from calibration.backtest.fit_people import START, Span
from calibration.backtest.history import History
from calibration.backtest.known import Known
from calibration.backtest.origin import BASE_MONEY, economy_inputs, tax_rates, vacancy_of
from calibration.backtest.places import ECONOMY_MEASURES, NATIONAL_MEASURES, Array
from calibration.backtest.working import (
    FIRST_BAS_ORIGIN,
    RAMS_LAG,
    Work,
    commuting,
    county_shares,
    unemployed,
    with_basic,
)
from calibration.economy.constants import HOUSE_PRICE_2010_TO_2011

FIRST_BAS = 2020
"""First year that BAS counts."""
ADULT = 20
CONSTRUCTION, SERVICES, WELFARE = 1, 2, 3
BASIC, OTHER = 0, 4


@dataclass(frozen=True)
class Yearly:
    """One value a year: `values` [year, …] from the calendar year `first` on."""

    first: int
    values: Array


def backfilled(history: History) -> History:
    """Figures that were first published for the year after `START` stand for `START` too (shares and sizes that move
    slowly).
    """
    row = history.at(START)
    economy, national = history.economy.copy(), history.national.copy()
    for measure in ("persons_per_household", "openly_unemployed"):
        column = ECONOMY_MEASURES.index(measure)
        economy[row, column] = economy[row + 1, column]
    column = NATIONAL_MEASURES.index("house_price_index")
    national[row, column] = national[row + 1, column] * HOUSE_PRICE_2010_TO_2011
    return replace(history, economy=economy, national=national)


@dataclass(frozen=True)
class Labour:
    """Work by year from `START` as far as published at the origin, in the definition of the start (persons).

    `own`, `into`, `out`, `force`, `jobless`, `outside`, `elsewhere` [year, municipality]: working at home, commuters
    in and out, the labour force, the unemployed, residents at work outside the region and workers from there.
    """

    own: Array
    into: Array
    out: Array
    force: Array
    jobless: Array
    outside: Array
    elsewhere: Array

    @property
    def jobs(self) -> Array:
        """Jobs by workplace [year, municipality]."""
        return self.own + self.into

    @property
    def residents(self) -> Array:
        """Employed residents [year, municipality]."""
        return self.own + self.out


def linked(known: Known, old: str, new: Array) -> Array:
    """RAMS of every year from `START`, continued by BAS `new` [year, municipality] at the level of the last year that
    both count; as far as published.
    """
    rams = known.history.figure(old).copy()
    rams[len(rams) - known.lag(RAMS_LAG) :] = np.nan
    if known.origin < FIRST_BAS_ORIGIN:
        new = np.full_like(new, np.nan)
    both = np.flatnonzero(np.isfinite(rams).all(1) & np.isfinite(new).all(1))
    if len(both):
        rams = np.where(np.isfinite(rams), rams, new * (rams[both[-1]] / np.maximum(new[both[-1]], 1.0)))
    told = rams[known.history.at(START) :]
    return told[np.isfinite(told).all(1)]


def labour_of(span: Span, minutes: Array) -> Labour:
    """Work of every year as far as published at the origin."""
    known, figure = span.known, span.known.history.figure
    stay, all_jobs = figure("live_and_work_bas"), figure("jobs_bas")
    own = linked(known, "live_and_work_rams", stay)
    into = linked(known, "in_commuters_rams", all_jobs - stay)
    out = linked(known, "out_commuters_rams", figure("out_commuters_bas"))
    count = min(len(own), len(into), len(out))
    parts = []
    for number in range(count):
        work = Work(own[number], into[number], out[number])
        pairs, outside, elsewhere = commuting(work, minutes)
        jobless = unemployed(known.earlier(START + number))
        parts.append((pairs.sum(1) + outside + jobless, jobless, outside, elsewhere))
    return Labour(own[:count], into[:count], out[:count], *(np.array(column) for column in zip(*parts, strict=True)))


def mixes(span: Span, count: int) -> Array:
    """Shares of industries in a municipality's jobs [year, industry, municipality], one definition throughout: its
    county's by the accounts; once BAS is published, mining and manufacturing its own, and before BAS on its county's
    path.
    """
    found = np.array([county_shares(span.known.earlier(START + number)) for number in range(count)])
    if span.known.origin < FIRST_BAS_ORIGIN:
        return found
    figure, first = span.known.history.figure, span.known.history.at(START)
    own = (figure("basic_jobs_bas") / figure("jobs_bas"))[first : first + count]
    begin = FIRST_BAS - START
    own[:begin] = own[begin] * found[:begin, BASIC] / found[begin, BASIC]
    return np.array([with_basic(mix, basic) for mix, basic in zip(found, own, strict=True)])


@dataclass(frozen=True)
class Past:
    """What the economy of the years behind an origin was, with the tables that hold at every origin."""

    span: Span
    held: xr.Dataset
    labour: Labour
    jobs: Array
    plants: Course

    @property
    def people(self) -> Array:
        """People at the end of each year with published work [year, sex, age, municipality]."""
        first = self.span.known.history.at(START)
        return self.span.known.ages.people[first : first + len(self.jobs)]

    def number(self, name: str) -> float:
        """A parameter's value."""
        return float(self.held[name])


def past_of(span: Span, held: xr.Dataset) -> Past:
    """Work, jobs by industry and what projects came to; `held`: inputs of the run's shapes with the parameters."""
    labour = labour_of(span, held["base travel time"].to_numpy())
    count = len(labour.own)
    years = range(START, START + count)
    plants = course(span.known.origin, years, span.known.history.places.codes, float(held["hump height"]))
    return Past(span, held, labour, mixes(span, count) * labour.jobs[:, None], plants)


def relative(path: Array) -> Array:
    """A path [year, …] relative to its start."""
    return np.asarray(path / path[0], dtype=float)


def growth(path: Array) -> Array:
    """Change of a path [year, …] in each calendar year over the mean of both ends (1/year); 0 in the year after."""
    mean = (path[1:] + path[:-1]) / 2
    change = np.divide(path[1:] - path[:-1], mean, out=np.zeros_like(mean), where=mean > 0)
    return np.concatenate([change, np.zeros_like(path[:1])])


def baseline(past: Past) -> Array:
    """Jobs without those of projects [year, industry, municipality]."""
    found = past.jobs.copy()
    found[:, BASIC] -= past.plants.basic
    found[:, OTHER] -= past.plants.other
    return np.maximum(found, 0.0)


def regional_jobs(past: Past) -> Array:
    """Jobs of the region relative to what people, need, purchasing power and building give [year, industry], 1 at the
    start (dmnl); the model's own equations on observed quantities.
    """
    jobs, people, labour = past.jobs.sum(-1), past.people.sum((1, 3)), past.labour
    employed = labour.residents.sum(1)
    idle = people[:, ADULT:].sum(1) - employed
    power = past.number("earned income per worker") * employed + past.number("other income per adult") * idle
    found = np.ones_like(jobs)
    found[:, SERVICES] = jobs[:, SERVICES] / power ** past.number("purchasing power elasticity")
    found[:, WELFARE] = jobs[:, WELFARE] / (people @ past.held["welfare need weight"].to_numpy())
    found[:, CONSTRUCTION] = (jobs[:, CONSTRUCTION] - builders(past)) / people.sum(1)
    return relative(found)


def builders(past: Past) -> Array:
    """Construction jobs that homes (mean completions of two years) and projects give as statistics see them [year]."""
    history, count = past.span.known.history, len(past.jobs)
    completed = history.figure("dwellings_completed").sum(1)[history.at(START) - 1 :]
    recent = (completed[:count] + completed[1 : count + 1]) / 2
    homes = recent * past.number("builders per dwelling")
    return np.asarray(homes + (1 - past.number("posted share")) * past.plants.builders.sum(1), dtype=float)


def headship(span: Span, held: xr.Dataset) -> Array:
    """Households of the region over those that age and sex give [year], 1 at the start (dmnl)."""
    rate = held["headship rate"].to_numpy()
    years = [START, *span.years]
    found = [households(span.known.earlier(y)).sum() for y in years]
    given = [(rate[..., None] * span.known.ages.people[span.known.history.at(y)]).sum() for y in years]
    return relative(np.array(found) / np.array(given))


def prices(known: Known) -> Array:
    """Consumer prices of each year from `START` relative to the origin's [year] (dmnl)."""
    index = known.history.national[known.history.at(START) :, NATIONAL_MEASURES.index("consumer_prices")]
    return np.asarray(index / index[-1], dtype=float)


def national(known: Known, measure: str) -> Array:
    """A national figure in money from `START` as far as published, in the origin's prices [year]."""
    path = known.history.national[known.history.at(START) :, NATIONAL_MEASURES.index(measure)] / prices(known)
    if measure == "tax_base_per_inhabitant":
        path = path[: len(path) - known.lag(TAX_BASE_LAG)]
    return np.asarray(path[: int(np.isfinite(path).sum())], dtype=float)


def economy_of(past: Past) -> tuple[dict[str, Array], dict[str, Yearly], dict[str, Yearly]]:
    """Inputs by the model's names: the start's, those of 31 December of each year, those of each calendar year."""
    span, held, labour = past.span, past.held, past.labour
    start = span.known.earlier(START)
    values = economy_inputs(start, held)
    money = 1 / prices(span.known)[0]
    values |= {name: values[name] * money for name in BASE_MONEY}
    jobs = past.jobs[0] * (values["initial jobs"].sum(0) / past.jobs[0].sum(0))
    codes = span.known.history.places.codes
    values |= project_inputs(START, codes, jobs, said=span.known.origin) | {"initial jobs": jobs}
    values |= reference(past)
    expected = np.einsum("sa,ysam->y", held["participation profile"].to_numpy(), past.people)
    ends = {
        "baseline jobs": baseline(past),
        "observed level": regional_jobs(past),
        "outside work level": relative(labour.outside.sum(1) / labour.force.sum(1)),
        "labour force participation level": relative(labour.force.sum(1) / expected),
        "headship level": headship(span, held),
        "national house price index": relative(national(span.known, "house_price_index")),
    }
    foreseen = [name for name in ("baseline jobs", "observed level") if f"{name} growth" in held]
    rates = [tax_rates(span.known.earlier(year)) for year in span.years]
    through = {
        "municipal tax rate": Yearly(START + 1, np.array([each[0] for each in rates])),
        "regional tax rate": Yearly(START + 1, np.array([each[1] for each in rates])),
        "national tax base per inhabitant": Yearly(START, national(span.known, "tax_base_per_inhabitant")),
    }
    through |= {f"{name} growth": Yearly(START + 1, growth(ends[name])) for name in foreseen}
    if "dwellings counted anew" in held:
        through["dwellings counted anew"] = Yearly(START + 1, counted_anew(span.known, values))
    return values, {name: Yearly(START, path) for name, path in ends.items()}, through


def counted_anew(known: Known, start: Mapping[str, Array]) -> Array:
    """Growth of the stock that neither homes built nor the usual loss explain [year, municipality] (dwellings/year),
    from the year after `START`; 0 in the year after the last.
    """
    first = known.history.at(START)
    stock, built = (known.history.figure(name)[first:] for name in ("dwellings", "dwellings_completed"))
    usual = start["normal net loss of dwellings"] * stock[:-1] / stock[0]
    found = np.diff(stock, axis=0) - built[1:] + usual
    return np.concatenate([found, np.zeros_like(found[:1])])


def reference(past: Past) -> dict[str, Array]:
    """Mean unemployment and vacancy of the years after the start, mean people and registered workers at the turns of
    those years: what the rates of moving belong to.
    """
    labour, known = past.labour, past.span.known
    rates = labour.jobless[1:] / labour.force[1:]
    slack = []
    for number in range(1, len(labour.own)):
        stock = known.history.figure("dwellings")[known.history.at(START) + number]
        used = past.number("ordinary homes per nonregistered") * labour.elsewhere[number]
        slack.append((stock - households(known.earlier(START + number)) - used) / stock)
    return {
        "reference unemployment": rates.mean(0),
        "reference population": known.history.population[known.history.at(START) :].mean(0),
        "reference workers": (labour.jobs - labour.elsewhere).mean(0),
        "reference vacancy": vacancy_of(np.mean(slack, axis=0), past.held),
    }
