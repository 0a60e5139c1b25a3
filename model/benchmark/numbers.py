"""The numbers that the population and migration sectors work on, taken from the engine's inputs and its own run."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine import simulate
from model.language.structure import Model

Values = NDArray[np.float64]
Places = NDArray[np.intp]

# What other sectors feed into the two, by municipality.
FEEDS = (
    "unemployed",
    "labour force",
    "Inclusion",
    "choice of homes",
    "net of tax",
    "service level",
    "relative population",
    "footloose intensity",
    "in migration jobs",
    "Mortality level",
    "youth retention",
)
SECTORS = ("population", "migration")


class Parameters(NamedTuple):
    """Single numbers; names as in the sector files."""

    time_step: float
    mortality_reference_time: float
    unemployment_among_the_included: float
    inclusion_reach: float
    unemployment_noticed: float
    time_to_perceive: float
    time_to_change_reputation: float
    response_of_leaving_to_unemployment: float
    response_of_leaving_to_homes: float
    response_of_leaving_to_services: float
    response_of_moving_in_to_unemployment: float
    response_of_moving_in_to_homes: float
    response_of_moving_in_to_services: float
    response_of_moves_to_tax: float
    draw_of_size: float
    tiny: float
    job_share_of_moves_in: float
    share_to_the_other_county: float
    persons_per_campaign: float


class Tables(NamedTuple):
    """What holds for the whole run, by [sex, age, municipality] or the last of them; `county`: which one, by place."""

    initial_population: Values
    out_rate_own_county: Values
    out_rate_rest_of_sweden: Values
    out_rate_abroad: Values
    arrival_propensity_own_county: Values
    in_level_rest_of_sweden: Values
    in_level_abroad: Values
    mortality_rate: Values
    mortality_decline: Values
    newcomer_profile: Values
    fertility_rate: Values
    youth: Values
    share_at_birth: Values
    local_mortality: Values
    local_fertility: Values
    reference_unemployment: Values
    county: Places


class Paths(NamedTuple):
    """What changes, by [step] or [step, municipality] (the index of ages by [step, age])."""

    time: Values
    fertility_level: Values
    mortality_year_effect: Values
    domestic_mobility_level: Values
    immigration_level: Values
    national_age_index: Values
    fertility_lever: Values
    fertility_noise: Values
    mortality_lever: Values
    mortality_noise: Values
    moves_out_noise: Values
    moves_in_noise: Values
    immigration_lever: Values
    immigration_noise: Values
    attraction_campaigns: Values
    unemployed: Values
    labour_force: Values
    inclusion: Values
    choice_of_homes: Values
    net_of_tax: Values
    service_level: Values
    relative_population: Values
    footloose_intensity: Values
    in_migration_jobs: Values
    mortality_level: Values
    youth_retention: Values


class Numbers(NamedTuple):
    """Everything that the referee computes from."""

    parameters: Parameters
    tables: Tables
    paths: Paths


def feeds(model: Model, inputs: xr.Dataset) -> xr.Dataset:
    """Return what the other sectors feed into the two, from a run of the whole model: [time, municipality]."""
    raw = simulate(model, inputs, FEEDS)
    return raw.rename({model.variables[name].key: model.variables[name].name for name in FEEDS})


def numbers(model: Model, inputs: xr.Dataset, fed: xr.Dataset) -> Numbers:
    """Return the numbers of a run from its inputs and from what the other sectors feed in."""
    every = inputs.assign({str(name): fed[name] for name in fed})
    parameters = {field: float(_values(model, every, field)) for field in Parameters._fields[1:]}
    tables = {field: _values(model, every, field) for field in Tables._fields[:-1]}
    paths = {field: _path(model, every, field) for field in Paths._fields[1:]}
    return Numbers(
        Parameters(time_step=float(inputs.attrs["step"]), **parameters),
        Tables(**tables, county=_county(_values(model, every, "in_county"))),
        Paths(time=inputs["time"].to_numpy().astype(float), **paths),
    )


def _values(model: Model, inputs: xr.Dataset, name: str) -> Any:
    variable = model.variables[name]
    array = inputs[variable.name]
    lead = ["time"] if "time" in array.dims else []
    return np.array(array.transpose(*lead, *variable.dims), dtype=float, order="C")


def _path(model: Model, inputs: xr.Dataset, name: str) -> Values:
    values = _values(model, inputs, name)
    if "time" in inputs[model.variables[name].name].dims:
        return np.asarray(values)
    return np.ascontiguousarray(np.broadcast_to(values, (inputs.sizes["time"], *values.shape)))


def _county(in_county: Values) -> Places:
    """Return the county of each municipality. Raises ValueError where one lies in none, in two or in part of one."""
    if not (np.isin(in_county, (0, 1)).all() and (in_county.sum(axis=0) == 1).all()):
        raise ValueError("'in county' does not put each municipality into one county, as the referee takes it to.")
    return np.asarray(in_county.argmax(axis=0), dtype=np.intp)
