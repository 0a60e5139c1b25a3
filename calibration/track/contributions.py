"""Which assumption moved: the error of the population divided into parts that add up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.track.against import Tracked
from calibration.track.answers import Answer, Answering, Surprise
from calibration.track.forecast import Values
from calibration.track.measures import BIRTHS, COMPLETED, DEATHS, IMMIGRATION, IN, JOBS, OUT, POPULATION
from outputs.observed import read_observed

START, ADJUSTED, SKEW = "start", "adjustments", "median_less_mean"
WITH_JOBS, WITH_DWELLINGS = "jobs", "dwellings"
MOVES_IN, MOVES_OUT = "other_moves_in", "other_moves_out"
PARTS = (BIRTHS, DEATHS, IMMIGRATION, MOVES_IN, MOVES_OUT, WITH_JOBS, WITH_DWELLINGS, START, ADJUSTED, SKEW)
"""Parts in the order they are shown."""
DRIVERS = {WITH_JOBS: JOBS, WITH_DWELLINGS: COMPLETED}
JOBS_RESULT = "jobs_in_statistics"
FLOWS = (BIRTHS, DEATHS, IN, OUT)


@dataclass(frozen=True)
class Divided:
    """Parts of the error by municipality: part → persons; the error itself; the year; what could not be told apart.

    The parts of a municipality add up to its error (outcome less forecast). So do those of an area, whose own median
    gives the part `median_less_mean`: medians do not add up.
    """

    year: int
    codes: tuple[str, ...]
    parts: dict[str, Values]
    error: Values
    without: tuple[str, ...]


def divide(tracked: Tracked, answering: Answering) -> Divided | None:
    """Divide the error of the last year with all flows known; None when births, deaths or moves are not given.

    Births, deaths, moves and what they do not explain are accounts. Jobs and dwellings are what the model answers to
    them (`answering`), taken out of the accounts: what is left there is what jobs and dwellings do not explain.
    """
    year = _last_year(tracked)
    if year is None:
        return None
    parts = _accounts(tracked, year)
    gaps = {flow: _gap(tracked, flow, year) for flow in (IN, OUT)}
    split = _abroad(tracked, year, gaps[IN])
    parts |= split
    answers = answering(_surprise(tracked, year))
    none = dict.fromkeys(FLOWS, np.zeros(len(tracked.forecast.codes)))
    driven = {name: answers.get(measure, none) for name, measure in DRIVERS.items()}
    missing = [name for name, measure in DRIVERS.items() if measure not in answers]
    without = (*(() if split else (IMMIGRATION,)), *missing)
    explained = {flow: sum((each[flow] for each in driven.values()), np.zeros(1)) for flow in FLOWS}
    parts[BIRTHS] = parts[BIRTHS] - explained[BIRTHS]
    parts[DEATHS] = parts[DEATHS] + explained[DEATHS]
    parts[MOVES_IN] = gaps[IN] - split.get(IMMIGRATION, 0.0) - explained[IN]
    parts[MOVES_OUT] = -gaps[OUT] + explained[OUT]
    parts |= {name: _people(driven[name]) for name in DRIVERS if name not in missing}
    people = tracked.forecast.of(POPULATION, year)
    error = tracked.known(POPULATION, year) - np.median(people, axis=0)
    parts[SKEW] = people.mean(axis=0) - np.median(people, axis=0)
    parts[ADJUSTED] = error - sum(parts.values(), np.zeros(len(error)))
    chosen = np.isfinite(parts[ADJUSTED])
    codes = tuple(code for code, use in zip(tracked.forecast.codes, chosen, strict=True) if use)
    ordered = {name: parts[name][chosen] for name in PARTS if name in parts}
    return Divided(year, codes, ordered, error[chosen], without)


def _last_year(tracked: Tracked) -> int | None:
    """The last year to whose end all flows are known for some municipality that is tracked."""
    if not set(FLOWS) <= set(tracked.forecast.values):
        return None
    for year in reversed(tracked.years):
        if np.isfinite(sum(_sum_known(tracked, flow, year) for flow in FLOWS) + tracked.known(POPULATION, year)).any():
            return year
    return None


def _sum_known(tracked: Tracked, flow: str, year: int) -> Values:
    """What happened from the forecast's start to the end of a year, by municipality."""
    years = range(tracked.forecast.start + 1, year + 1)
    return np.asarray(np.sum([tracked.known(flow, each) for each in years], axis=0), dtype=np.float64)


def _gap(tracked: Tracked, flow: str, year: int) -> Values:
    """What happened less what the forecast had (mean of the runs), summed from the start."""
    return np.asarray(_sum_known(tracked, flow, year) - tracked.forecast.summed(flow, year).mean(axis=0))


def _accounts(tracked: Tracked, year: int) -> dict[str, Values]:
    forecast = tracked.forecast
    at_start = tracked.known(POPULATION, forecast.start)
    people = np.where(np.isfinite(at_start), at_start, _bundled(tracked, "population"))
    return {
        START: people - forecast.of(POPULATION, forecast.start).mean(axis=0),
        BIRTHS: _gap(tracked, BIRTHS, year),
        DEATHS: -_gap(tracked, DEATHS, year),
    }


def _bundled(tracked: Tracked, result: str) -> Values:
    """The bundled figures at the forecast's start."""
    observed = read_observed()[result].sel(year=tracked.forecast.start, municipality=list(tracked.forecast.codes))
    return np.asarray(observed.values, dtype=np.float64)


def _people(answer: Answer) -> Values:
    """People more or fewer through an answer."""
    return np.asarray(answer[BIRTHS] - answer[DEATHS] + answer[IN] - answer[OUT])


def _abroad(tracked: Tracked, year: int, gap_in: Values) -> dict[str, Values]:
    """The part of immigration; nothing when the forecast or the figures lack it."""
    if IMMIGRATION not in tracked.forecast.values:
        return {}
    gap = _gap(tracked, IMMIGRATION, year)
    return {IMMIGRATION: gap} if np.isfinite(gap[np.isfinite(gap_in)]).all() else {}


def _surprise(tracked: Tracked, year: int) -> Surprise:
    """Jobs and completed dwellings, less the mean of the runs, since the start; absent where no place has them."""
    forecast = tracked.forecast
    years = tuple(range(forecast.start + 1, year + 1))
    wanted = {}
    if JOBS in forecast.values:
        jobs = _jobs_surprise(tracked, years)
        if np.isfinite(jobs).any():
            wanted[JOBS] = jobs
    if COMPLETED in forecast.values:
        completed = _gap(tracked, COMPLETED, year)
        if np.isfinite(completed).any():
            wanted[COMPLETED] = np.nan_to_num(completed)
    return Surprise(years, wanted)


def _jobs_surprise(tracked: Tracked, years: tuple[int, ...]) -> Values:
    """(year, municipality): what jobs gained since the start, less what the forecast had; straight over gaps."""
    forecast = tracked.forecast
    before = tracked.known(JOBS, forecast.start)
    before = np.where(np.isfinite(before), before, _bundled(tracked, JOBS_RESULT))
    gained = np.stack([tracked.known(JOBS, each) - before for each in years])
    foreseen = [(forecast.of(JOBS, each) - forecast.of(JOBS, forecast.start)).mean(axis=0) for each in years]
    surprise = gained - np.stack(foreseen)
    for at in range(surprise.shape[1]):
        known = np.isfinite(surprise[:, at])
        if known.any():
            times = [0, *(np.flatnonzero(known) + 1)]
            surprise[:, at] = np.interp(np.arange(1, len(years) + 1), times, [0.0, *surprise[known, at]])
    return np.asarray(surprise)


def contribution_table(tracked: Tracked, divided: Divided) -> pd.DataFrame:
    """One row per area and part: persons; the parts of an area add up to its error."""
    position = {code: at for at, code in enumerate(divided.codes)}
    people = tracked.forecast.of(POPULATION, divided.year)
    rows = []
    for area in tracked.areas:
        codes = [tracked.forecast.codes[member] for member in area.members]
        if not set(codes) <= set(position):
            continue
        at = [position[code] for code in codes]
        whole = people[:, list(area.members)].sum(axis=1)
        parts = {name: float(values[at].sum()) for name, values in divided.parts.items()}
        parts[SKEW] = float(whole.mean() - np.median(whole))
        named = {"area": area.code, "area_name": area.name, "area_kind": area.kind, "year": divided.year}
        known = float(tracked.known(POPULATION, divided.year)[list(area.members)].sum())
        error = known - float(np.median(whole))
        rows += [named | {"part": name, "persons": value, "error": error} for name, value in parts.items()]
    return pd.DataFrame(rows)
