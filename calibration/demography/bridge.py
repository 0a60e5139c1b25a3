"""Single ages by sex for the years without them: cohort-component, held to everything that is published.

People grow one year older; deaths follow the expected rates scaled to the deaths by sex; in- and out-moves follow the
reference profiles by age scaled to the year's moves. How the year's net moves may deviate from that is a Gaussian
prior over the cells (year, sex, age): independent counting noise of moves and deaths, and a smooth deviation in
proportion to how much that age moves, alike at neighbouring ages, between the sexes and from year to year.
Conditioning it on the total, the net change by sex, the published age groups, and on the next known single ages where
there are any, gives the estimate; whole persons are then found so that exact figures stay exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from calibration.demography.evidence import Evidence, account, age_evidence
from calibration.demography.expected import Expected, expected_changes
from calibration.demography.places import AGES, SEXES
from calibration.demography.read import Sources
from calibration.demography.rounding import whole_persons
from calibration.demography.smooth import Array
from calibration.demography.window import Window, as_numpy

SIZE = len(SEXES) * len(AGES)
TOTAL_ERROR = 1e-3


@dataclass(frozen=True)
class Prior:
    """How moves deviate from the expected (dmnl, but `reach` in years).

    Chosen on two rehearsals: 2015–2019 bridged from 2014 (all 29) and 2020–2024 from 2019 (the 16 known). The error
    is flat between spreads of 0.05 and 0.15; the first rehearsal alone would choose 0.08.
    """

    overdispersion: float = 1.0
    spread: float = 0.12
    reach: float = 6.0
    sexes_alike: float = 0.5
    years_alike: float = 0.5


@dataclass(frozen=True)
class Gap:
    """One municipality's years to bridge: `years` follow a known year; `end` is the known population after them, if
    any.
    """

    code: str
    years: tuple[int, ...]
    start: Array
    end: Array | None


def ageing() -> Array:
    """Matrix that turns one 31 December's cells (sex, age) into the next, before births, deaths and moves."""
    one = np.eye(len(AGES), k=-1)
    one[-1, -1] = 1.0
    return np.asarray(np.kron(np.eye(len(SEXES)), one), dtype=float)


def accumulation(years: int) -> Array:
    """Matrix from yearly changes (year, sex, age) to populations: every change ages with its cohort."""
    shift, blocks = ageing(), np.eye(SIZE)
    result = np.zeros((years * SIZE, years * SIZE))
    for lag in range(years):
        for year in range(lag, years):
            result[year * SIZE : (year + 1) * SIZE, (year - lag) * SIZE : (year - lag + 1) * SIZE] = blocks
        blocks = shift @ blocks
    return result


def prior_covariance(expected: Expected, prior: Prior) -> Array:
    """Covariance of the yearly changes (year, sex, age) around the expected."""
    scale = prior.spread * expected.gross.reshape(-1)
    age = np.abs(np.subtract.outer(np.arange(len(AGES)), np.arange(len(AGES))))
    sexes = np.full((len(SEXES),) * 2, prior.sexes_alike) + (1 - prior.sexes_alike) * np.eye(len(SEXES))
    size = len(expected.gross)
    years = np.full((size, size), prior.years_alike) + (1 - prior.years_alike) * np.eye(size)
    likeness = np.kron(years, np.kron(sexes, np.exp(-age / prior.reach)))
    noise = prior.overdispersion * expected.gross + expected.deaths
    return np.asarray(scale[:, None] * scale * likeness + np.diag(noise.reshape(-1) + 1e-4), dtype=float)


def row(year: int, low: int, high: int, sexes: Sequence[int], size: int) -> Array:
    """Indicator of some cells of the year numbered `year` among `size` years (year, sex, age)."""
    cells = np.zeros((size, len(SEXES), len(AGES)))
    cells[year, list(sexes), low : high + 1] = 1.0
    return cells.reshape(-1)


@dataclass(frozen=True)
class Facts:
    """Linear facts about yearly changes: `rows` @ changes = `values`, with standard errors."""

    rows: Array
    values: Array
    errors: Array


def change_facts(sources: Sources, gap: Gap) -> Facts:
    """Net change by sex and year (net moves − deaths + adjustments)."""
    size, both = len(gap.years), range(len(SEXES))
    rows = np.array([row(k, 0, AGES[-1], [s], size) for k in range(size) for s in both])
    pairs = [account(sources, gap.code, year) for year in gap.years]
    values = np.array([changes[sex] for changes, _ in pairs for sex in SEXES])
    return Facts(rows, values, np.repeat([error + TOTAL_ERROR for _, error in pairs], len(SEXES)))


def population_facts(gap: Gap, evidence: Sequence[Evidence], base: Array, paths: Array) -> Facts:
    """Published populations as facts about the changes; `base` is the population if nothing changed [year, cell]."""
    size = len(gap.years)
    cells = [row(gap.years.index(e.year), e.low, e.high, (0, 1), size) for e in evidence]
    values = [e.persons for e in evidence]
    errors = [e.error + TOTAL_ERROR for e in evidence]
    if gap.end is not None:
        cells += list(np.eye(size * SIZE)[(size - 1) * SIZE :])
        values += gap.end.reshape(-1).tolist()
        errors += [TOTAL_ERROR] * SIZE
    picked = np.array(cells)
    return Facts(picked @ paths, np.array(values) - picked @ base.reshape(-1), np.array(errors))


def without_change(sources: Sources, gap: Gap) -> Array:
    """Population of each year if nobody died or moved [year, cell], births at age 0."""
    shift, people, result = ageing(), gap.start.reshape(-1), []
    for year in gap.years:
        people = shift @ people
        born = as_numpy(sources.births.sel(municipality=gap.code, year=year))
        people[:: len(AGES)] = born
        result.append(people.copy())
    return np.array(result)


def totals(sources: Sources, gap: Gap) -> list[Evidence]:
    """The published total population of each year."""
    people = sources.total.sel(municipality=gap.code)
    return [Evidence(year, 0, AGES[-1], float(people.sel(year=year)), 0.0) for year in gap.years]


def conditioned(mean: Array, covariance: Array, facts: Facts) -> Array:
    """The mean of a Gaussian given linear facts."""
    gain = covariance @ facts.rows.T
    system = facts.rows @ gain + np.diag(facts.errors**2)
    return np.asarray(mean + gain @ np.linalg.solve(system, facts.values - facts.rows @ mean), dtype=float)


def estimate(sources: Sources, gap: Gap, expected: Expected, groups: bool, prior: Prior) -> Array:
    """Whole persons [year, sex, age] of one gap; `groups` says whether published age groups are used."""
    evidence = totals(sources, gap)
    open_years = gap.years if gap.end is None else gap.years[:-1]
    if groups:
        evidence += [item for year in open_years for item in age_evidence(sources, gap.code, year)]
    paths, base = accumulation(len(gap.years)), without_change(sources, gap)
    parts = [change_facts(sources, gap), population_facts(gap, evidence, base, paths)]
    facts = Facts(*(np.concatenate(columns) for columns in zip(*(vars(p).values() for p in parts), strict=True)))
    changes = conditioned(expected.change.reshape(-1), prior_covariance(expected, prior), facts)
    people = (base.reshape(-1) + paths @ changes).reshape(len(gap.years), len(SEXES), len(AGES))
    exact = [[e for e in evidence if e.year == year and e.error == 0] for year in open_years]
    return np.array([whole_persons(p, facts_) for p, facts_ in zip(people, exact, strict=False)])


def gaps_of(population: xr.DataArray, code: str, last: int) -> list[Gap]:
    """The stretches of years without single ages of one municipality, up to `last`."""
    own = population.sel(municipality=code)
    years = [int(y) for y in own["year"].values if y <= last]
    known = {y for y in years if bool(own.sel(year=y).notnull().all())}
    first = min(known)
    missing = [y for y in years if y > first and y not in known]
    gaps = []
    while missing:
        stretch = [y for i, y in enumerate(missing) if y == missing[0] + i]
        missing = missing[len(stretch) :]
        after = stretch[-1] + 1
        end = as_numpy(own.sel(year=after)) if after in known else None
        span = (*stretch, after) if end is not None else tuple(stretch)
        gaps.append(Gap(code, span, as_numpy(own.sel(year=stretch[0] - 1)), end))
    return gaps


def bridged(
    sources: Sources, population: xr.DataArray, window: Window, groups: bool = True, prior: Prior | None = None
) -> xr.DataArray:
    """`population` [year, sex, age, municipality] with every gap after its first known year filled (persons, whole).

    `window` is where the expected profiles come from; `groups=False` leaves the published age groups unused, so that
    they can serve as a check.
    """
    result = population.copy(deep=True)
    expected = expected_changes(sources, population, window)
    last = int(population["year"].values[-1])
    for code in sources.places.codes:
        for gap in gaps_of(population, code, last):
            people = estimate(sources, gap, expected(gap.code, gap.years, gap.start), groups, prior or Prior())
            for year, persons in zip(gap.years, people, strict=False):
                result.loc[{"municipality": code, "year": year}] = persons
    return result
