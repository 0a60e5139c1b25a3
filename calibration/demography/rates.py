"""All demographic rates of a window together: what the model reads, and what a backtest re-estimates at its origin."""

from __future__ import annotations

from dataclasses import dataclass

import xarray as xr

from calibration.demography import fertility, mortality, series
from calibration.demography.flows import Flows, arrival_propensity, reference_flows
from calibration.demography.net_moves import Shrinkage
from calibration.demography.places import AGES, SEXES
from calibration.demography.read import Sources
from calibration.demography.smooth import Array
from calibration.demography.window import Window

CELL = ("sex", "age", "municipality")


@dataclass(frozen=True)
class Rates:
    """Constant rates (variable name of the model → labelled array), yearly drivers [time] and [time, age], the flows
    behind.
    """

    constants: dict[str, xr.DataArray]
    drivers: dict[str, xr.DataArray]
    age_drivers: dict[str, xr.DataArray]
    flows: Flows


def labelled(sources: Sources, values: Array, dims: tuple[str, ...]) -> xr.DataArray:
    """`values` with the standard labels of `dims`."""
    labels = {"sex": list(SEXES), "age": list(AGES), "municipality": list(sources.places.codes)}
    return xr.DataArray(values, coords={dim: labels[dim] for dim in dims}, dims=dims)


def vital_rates(sources: Sources, population: xr.DataArray, window: Window) -> dict[str, xr.DataArray]:
    """Births and deaths: rates by age, the decline of mortality, local ratios."""
    values: dict[str, tuple[Array, tuple[str, ...]]] = {
        "mortality rate": (mortality.mortality_rate(sources, population, window), ("sex", "age")),
        "mortality decline": (mortality.lasting_decline(sources, window), ("sex", "age")),
        "local mortality": (mortality.local_mortality(sources, population, window), ("sex", "municipality")),
        "fertility rate": (fertility.fertility_rate(sources, population, window), ("age",)),
        "local fertility": (fertility.local_fertility(sources, population, window), ("municipality",)),
    }
    return {name: labelled(sources, array, dims) for name, (array, dims) in values.items()}


def moving_rates(sources: Sources, flows: Flows) -> dict[str, xr.DataArray]:
    """Moves: hazards out (1/year), levels in (persons/year), where moves inside a county arrive (dmnl)."""
    values = {
        "out rate own county": flows.rate(flows.out_own),
        "out rate rest of Sweden": flows.rate(flows.out_rest),
        "out rate abroad": flows.rate(flows.out_abroad),
        "in level rest of Sweden": flows.in_rest,
        "in level abroad": flows.in_abroad,
        "arrival propensity own county": arrival_propensity(sources, flows),
    }
    return {name: labelled(sources, array, CELL) for name, array in values.items()}


def drivers(
    sources: Sources, population: xr.DataArray, window: Window, flows: Flows, index: xr.DataArray
) -> dict[str, xr.DataArray]:
    """Yearly drivers [time]; those of calendar year y stand at time y. `index`: Sweden's people by age [time, age]."""
    years = index["time"].values.tolist()
    values = {
        "fertility level": series.fertility_series(sources, population, window, years),
        "mortality year effect": series.mortality_series(sources, population, window, years),
        "immigration level": series.immigration_level(sources, years),
        "domestic mobility level": series.mobility_series(sources, population, flows, index),
    }
    return {name: xr.DataArray(value, coords={"time": years}, dims="time") for name, value in values.items()}


def estimate_rates(
    sources: Sources, population: xr.DataArray, window: Window, shrinkage: Shrinkage | None = None
) -> Rates:
    """Every rate of a window. `population` holds the known (and bridged) single ages; drivers run from 2011 to 2070."""
    flows = reference_flows(sources, population, window, shrinkage)
    constants = vital_rates(sources, population, window) | moving_rates(sources, flows)
    index = series.age_index(sources, window, list(range(series.FIRST, series.HORIZON + 1)))
    yearly = drivers(sources, population, window, flows, index)
    return Rates(constants, yearly, {"national age index": index}, flows)
