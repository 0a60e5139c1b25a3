"""The years an estimator may look at, and the person-years and net moves that populations of those years imply."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from calibration.demography.smooth import Array


@dataclass(frozen=True)
class Window:
    """Calendar years `first`…`last` of an estimate.

    A `strict` window uses nothing published after `last`, for backtests; the reference estimates may take what is only
    published for later years (the split of a municipality's moves) as a lasting property.
    """

    first: int = 2011
    last: int = 2019
    strict: bool = False

    @property
    def years(self) -> list[int]:
        """The years of the window."""
        return list(range(self.first, self.last + 1))

    def __len__(self) -> int:
        return self.last - self.first + 1


REFERENCE = Window()


def aged(population: xr.DataArray) -> xr.DataArray:
    """Each 31 December's people relabelled with the age they attain at the end of the next year.

    `population` has dimensions year and age (the last age is open). The result's `year` is the next year; age 0 is 0.
    """
    shifted = population.shift(age=1, fill_value=0.0)
    oldest = population.isel(age=[-2, -1]).sum("age", skipna=False)
    last = shifted["age"] == shifted["age"][-1]
    shifted = shifted.where(~last, oldest).transpose(*population.dims)
    return shifted.assign_coords(year=population["year"] + 1)


def person_years(population: xr.DataArray) -> xr.DataArray:
    """Person-years lived in each year by age attained at its end: the mean of the cohort at both ends of the year."""
    start, end = xr.align(aged(population), population, join="inner", exclude=["sex", "age", "municipality"])
    return (start + end) / 2


def residual_net_moves(population: xr.DataArray, deaths: xr.DataArray, births: xr.DataArray) -> xr.DataArray:
    """Net moves (persons) by age attained at year end that close the population account; includes SCB's adjustments."""
    start, end = xr.align(aged(population), population, join="inner", exclude=["sex", "age", "municipality"])
    years = end["year"]
    born = births.sel(year=years) * (population["age"] == 0)
    return (end - start + deaths.sel(year=years) - born).transpose(*population.dims)


def as_numpy(array: xr.DataArray) -> Array:
    """The values as floats."""
    return np.asarray(array.to_numpy(), dtype=float)
