"""Every input of the model as it was known at an origin."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import xarray as xr

from calibration.backtest.announced import no_projects, project_inputs
from calibration.backtest.dwelling import homes, house_price, households, tax_base
from calibration.backtest.known import Known
from calibration.backtest.levels import net_levels
from calibration.backtest.people_inputs import moving_inputs, vital_inputs
from calibration.backtest.places import Array
from calibration.backtest.projection import rates_of
from calibration.backtest.settings import Settings
from calibration.backtest.working import commuting, job_trend, shares, unemployed, work_of
from calibration.economy.constants import REGIONAL_TAX
from model.inputs import build_inputs
from model.language import load_model
from model.language.structure import Model

TEMPLATE_START = 2010
PER_CENT = 100.0
PLENTY = 10_000.0
"""Free power, so that no grid holds a project up: capacity at an origin is not published (MW)."""
LARGEST_PARTICIPATION = 0.97
HELD: Mapping[str, str] = {
    "participation profile": "shape over age; the level is the origin's",
    "headship rate": "shape over age; the level is the origin's",
    "welfare need weight": "shape over age; only changes since the origin count",
    "cost need weight": "shape over age; only changes since the origin count",
    "newcomer profile": "judgement",
    "hiring start": "judgement",
    "jobs ramp time": "judgement",
    "project power": "judgement; power holds nothing up here",
    "base travel time": "roads",
    "norrbotniabanan south time saved": "plan",
    "norrbotniabanan north time saved": "plan",
    "in county": "definition",
    "own": "definition",
    "youth": "definition",
    "adult": "definition",
    "dependent": "definition",
}
"""Tables of the model that are the same at every origin, and why."""
NEUTRAL: Mapping[str, float] = {
    "observed level": 1.0,
    "outside work level": 1.0,
    "grid ordered": 0.0,
    "initial grid under construction": 0.0,
    "initial grid capacity": PLENTY,
    "relocation loss": 0.0,
    "relocation rebuilding": 0.0,
    "headship level": 1.0,
    "labour force participation level": 1.0,
    "national house price index": 1.0,
    "baseline jobs growth": 0.0,
    "observed level growth": 0.0,
    "dwellings counted anew": 0.0,
}
"""Inputs whose values were set with later years in view: without effect here."""
BASE_MONEY = ("initial house price", "initial tax base per inhabitant")
"""Amounts of the start that are in the prices of its year."""


@cache
def model() -> Model:
    """The model as it stands."""
    return load_model()


@cache
def template(years: int) -> xr.Dataset:
    """A run's inputs of the right shapes; every number that depends on the origin is replaced."""
    return build_inputs(model(), TEMPLATE_START, TEMPLATE_START + years)


def economy_inputs(known: Known, held: xr.Dataset) -> dict[str, Array]:
    """Jobs, commuters, the unemployed, homes, prices and money at the origin, by the model's names."""
    work, people = work_of(known), known.ages.people[-1]
    pairs, outside, nonregistered = commuting(work, held["base travel time"].to_numpy())
    jobs = shares(known) * (pairs.sum(0) + nonregistered)
    jobless = unemployed(known)
    force = pairs.sum(1) + outside + jobless
    expected = np.einsum("sa,sam->m", held["participation profile"].to_numpy(), people)
    most = LARGEST_PARTICIPATION / held["participation profile"].to_numpy().max()
    heads = np.einsum("sa,sam->m", held["headship rate"].to_numpy(), people)
    base, national = tax_base(known)
    rates = tax_rates(known)
    stock = homes(known)
    return stock | {
        "initial jobs": jobs,
        "baseline jobs": jobs,
        "initial jobs held": pairs,
        "initial commuters to outside": outside,
        "initial nonregistered workers": nonregistered,
        "initial unemployed": jobless,
        "local participation": np.minimum(force / expected, most),
        "reference unemployment": jobless / force,
        "reference population": people.sum((0, 1)),
        "reference workers": pairs.sum(0),
        "local headship": households(known) / heads,
        "reference vacancy": vacancy(stock["initial dwellings"], households(known), nonregistered, held),
        "initial house price": house_price(known),
        "initial tax base per inhabitant": base,
        "national tax base per inhabitant": np.array(national),
        "national cost per inhabitant": national_cost(known, held),
        "municipal tax rate": rates[0],
        "regional tax rate": rates[1],
    }


def growth_inputs(known: Known, held: xr.Dataset) -> dict[str, Array]:
    """Growth of jobs after the origin by the model's names: the same for all industries, beyond purchasing power and
    need.
    """
    growth = job_trend(known)
    followed = held["baseline growth"].to_numpy() != 0
    return {
        "baseline growth": growth * followed,
        "later service jobs growth": np.array(growth),
        "later welfare productivity": np.array(-growth),
    }


def vacancy(stock: Array, occupied: Array, nonregistered: Array, held: xr.Dataset) -> Array:
    """Vacancy rate at the origin as the model defines it (dmnl)."""
    used = float(held["ordinary homes per nonregistered"])
    return vacancy_of((stock - occupied - used * nonregistered) / stock, held)


def vacancy_of(slack: Array, held: xr.Dataset) -> Array:
    """Vacancy rate where `slack` is the share of homes left over (dmnl)."""
    width = float(held["vacancy floor width"])
    return np.asarray(float(held["tiny"]) + width * np.log1p(np.exp(slack / width)), dtype=float)


def national_cost(known: Known, held: xr.Dataset) -> Array:
    """Cost per inhabitant that Sweden's ages call for at the origin (SEK/year)."""
    people = known.history.national_people[-1].sum(0)
    return np.asarray(people @ held["cost need weight"].to_numpy() / people.sum(), dtype=float)


def tax_rates(known: Known) -> tuple[Array, Array]:
    """Municipal and regional tax rate [municipality] of the origin's year."""
    total = known.history.figure("tax_rate")[-1]
    told = [max(y for y in REGIONAL_TAX[county] if y <= known.origin) for county in known.history.places.counties]
    regional = np.array(
        [REGIONAL_TAX[c][y] / PER_CENT for c, y in zip(known.history.places.counties, told, strict=True)]
    )
    return total - regional, regional


Fitted = Mapping[str, Array]
"""Values of parameters by name, as known at an origin."""


def fit_in(inputs: xr.Dataset, fitted: Fitted | None) -> xr.Dataset:
    """The inputs with values of parameters."""
    return inputs.assign({name: inputs[name].copy(data=value) for name, value in (fitted or {}).items()})


def inputs_at(known: Known, settings: Settings, projects: bool, fitted: Fitted | None = None) -> xr.Dataset:
    """The model's inputs for a run from 31 December of the origin, with the projects announced by then or with none.
    `fitted`: parameters' values (None: those of the equations).

    Raises ValueError when the model reads a table that is neither known at an origin nor said to hold always.
    """
    held = fit_in(template(settings.years), fitted)
    values = economy_inputs(known, held) | vital_inputs(known, rates_of(known, settings.vital))
    values |= moving_inputs(known, net_levels(known, settings.level, 1)[0])
    values |= {name: np.array(number) for name, number in NEUTRAL.items() if name in held}
    values |= growth_inputs(known, held) | {"initial population": known.ages.people[-1]}
    values["last observed time"] = np.array(known.origin + 1.0)
    values |= project_inputs(known.origin, known.history.places.codes, values["initial jobs"])
    if not projects:
        values |= no_projects() | {"baseline jobs": values["initial jobs"]}
    told(values)
    return replaced(held, values, known.origin)


def told(values: Mapping[str, Array]) -> None:
    """Raise ValueError when a table of the model is missing among the values of an origin."""
    tables = [v.name for v in model().variables.values() if v.kind in ("given", "series")]
    missing = [name for name in tables if name not in values and name not in HELD]
    if missing:
        raise ValueError(
            f"the backtest has no value known at an origin for {', '.join(map(repr, missing))}: estimate it in "
            "calibration/backtest/origin.py, or say in HELD why it is the same at every origin"
        )


def replaced(held: xr.Dataset, values: Mapping[str, Array], origin: int) -> xr.Dataset:
    """`held` with other values (spread over time and dimensions they lack) and a clock that starts at the origin."""
    changed = {name: (held[name].dims, spread(held[name], value)) for name, value in values.items()}
    result = held.assign(changed)
    shift = origin - int(held.attrs["start"])
    result = result.assign_coords(time=held["time"].to_numpy() + shift)
    return result.assign_attrs(start=origin, until=int(held.attrs["until"]) + shift)


def spread(array: xr.DataArray, value: Array) -> Array:
    """`value` in the shape of an input: it may lack the leading time, or be a single number."""
    return np.broadcast_to(np.asarray(value, dtype=float), array.shape).copy()
