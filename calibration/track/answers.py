"""The model's answer to jobs and dwellings that turn out otherwise: the scenario run again with them as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from calibration.track.measures import BIRTHS, COMPLETED, DEATHS, IN, JOBS, OUT
from scenarios.problems import ScenarioError

Values = NDArray[np.float64]
FLOWS = (BIRTHS, DEATHS, IN, OUT)
RESULTS = {JOBS: "jobs_in_statistics", COMPLETED: "dwellings_completed"}
INDUSTRIES = ["basic", "other"]
"""Industries whose jobs nothing in the model decides: the others follow people and each other."""
BASELINE, BUILDING = "baseline jobs", "initial dwellings under construction"
TRIES, STEP = 6, 0.6
"""Runs in which the change put in is corrected so that the wanted one comes out, and the part of what lacks put in."""
SMALL = 1e-6
Answer = dict[str, Values]
"""Flow → what it changes, summed from the start (municipality)."""


@dataclass(frozen=True)
class Surprise:
    """What came otherwise than forecast: JOBS (year, municipality), COMPLETED summed to the last year (municipality).

    years: those after the start, in order. Absent: not known.
    """

    years: tuple[int, ...]
    wanted: dict[str, Values]


Answering = Callable[[Surprise], dict[str, Answer]]
"""Gives the answer to each surprise; those that cannot be answered are absent."""


def model_answers(scenario: str, start: int) -> Answering:
    """Answers of the model to surprises of a forecast of `scenario` that starts at the end of `start`.

    Jobs first; dwellings on top of them. Nothing is answered when the scenario or the model does not allow it.
    """

    def answer(surprise: Surprise) -> dict[str, Answer]:
        try:
            world = _World.of(scenario, start, surprise.years)
        except ScenarioError:
            return {}
        inputs, answers = world.inputs, {}
        for driver, (name, change) in CHANGES.items():
            if driver in surprise.wanted and name in inputs:
                before = world.run(inputs)
                inputs, after = _reached(world, inputs, change, (driver, surprise.wanted[driver]))
                answers[driver] = {flow: _summed(after, flow) - _summed(before, flow) for flow in FLOWS}
        return answers

    return answer


@dataclass(frozen=True)
class _World:
    """The scenario's model and inputs, and the years to run."""

    model: object
    inputs: xr.Dataset
    years: tuple[int, ...]

    @classmethod
    def of(cls, scenario: str, start: int, years: tuple[int, ...]) -> _World:
        from scenarios.apply import apply_or_raise
        from scenarios.run import Order, prepare

        prepared = prepare(Order(scenario, start, years[-1]))
        applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
        return cls(prepared.model, applied.inputs, years)

    def run(self, inputs: xr.Dataset) -> xr.Dataset:
        from model.engine import annual, simulate
        from model.language.structure import Model

        assert isinstance(self.model, Model)
        keys = {*FLOWS, *RESULTS.values()}
        save = [variable.name for variable in self.model.variables.values() if variable.key in keys]
        return annual(simulate(self.model, inputs, save=save, backend="numpy"))


def _summed(run: xr.Dataset, flow: str) -> Values:
    return np.asarray(run[flow].isel(year=slice(1, None)).sum("year").values, dtype=np.float64)


def _driver(run: xr.Dataset, driver: str) -> Values:
    """Jobs by year (year, municipality), or dwellings completed in all (municipality)."""
    if driver == COMPLETED:
        return _summed(run, RESULTS[driver])
    return np.asarray(run[RESULTS[driver]].isel(year=slice(1, None)).values, dtype=np.float64)


def _reached(
    world: _World, inputs: xr.Dataset, change: Callable[..., xr.Dataset], surprise: tuple[str, Values]
) -> tuple[xr.Dataset, xr.Dataset]:
    """Inputs changed until the driver has changed as wanted (as near as some corrections bring it), and their run."""
    driver, wanted = surprise
    wanted = np.nan_to_num(wanted)
    before, put = _driver(world.run(inputs), driver), wanted.copy()
    for _ in range(TRIES):
        changed = change(inputs, put, world.years)
        after = world.run(changed)
        came = _driver(after, driver) - before
        put = put + STEP * (wanted - came)
    return changed, after


def _more_jobs(inputs: xr.Dataset, put: Values, years: tuple[int, ...]) -> xr.Dataset:
    """Jobs that nothing else decides, more by `put` (year, municipality) at each year's end, straight between."""
    jobs = inputs[BASELINE]
    own = jobs.sel(industry=INDUSTRIES)
    times = [float(years[0]), *(float(year) + 1.0 for year in years)]
    path = np.vstack([np.zeros(put.shape[1]), put])
    places = jobs["municipality"].values
    ends = xr.DataArray(path, {"time": times, "municipality": places}, ["time", "municipality"])
    extra = ends.interp(time=np.clip(jobs["time"].values, ends["time"].values[0], ends["time"].values[-1]))
    extra = extra.assign_coords(time=jobs["time"].values)
    share = (own + SMALL) / (own + SMALL).sum("industry")
    changed = jobs.copy()
    changed.loc[{"industry": INDUSTRIES}] = (own + extra * share).clip(min=0.0).transpose(*own.dims)
    return inputs.assign({BASELINE: changed})


def _more_dwellings(inputs: xr.Dataset, put: Values, years: tuple[int, ...]) -> xr.Dataset:
    """Homes being built at the start, more by `put` (municipality)."""
    homes = inputs[BUILDING]
    return inputs.assign({BUILDING: (homes + xr.DataArray(put, homes.coords, homes.dims)).clip(min=0.0)})


CHANGES = {JOBS: (BASELINE, _more_jobs), COMPLETED: (BUILDING, _more_dwellings)}
"""Driver: the input that is changed, and how."""
