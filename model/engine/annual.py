"""Yearly results: stocks and levels on 31 December, flows summed over the calendar year."""

from __future__ import annotations

import numpy as np
import xarray as xr
from numpy.typing import NDArray

Values = NDArray[np.float64]
FLOW_ENDING = "/year"


def annual(raw: xr.Dataset) -> xr.Dataset:
    """Return results by `year` (31 December) from results by model time.

    Model time y + 1 is 31 December of year y. A stock or level takes its value then; a flow (a unit ending in
    "/year", unless a stock) is summed over the steps that start in [y, y + 1), times the step, so that flows are
    unknown (NaN) in the year the run starts from.
    """
    times = raw["time"].to_numpy().astype(float)
    step = float(raw.attrs["step"])
    years, ends = year_ends(times, step)
    arrays = {
        str(name): _flow(array, ends, step) if is_flow(array) else _level(array, ends)
        for name, array in raw.data_vars.items()
    }
    return xr.Dataset(arrays, attrs=raw.attrs).assign_coords(year=years)


def is_flow(array: xr.DataArray) -> bool:
    """Tell whether yearly values are sums over the year."""
    return sums_over_the_year(str(array.attrs.get("units", "")), str(array.attrs.get("kind", "")))


def sums_over_the_year(unit: str, kind: str) -> bool:
    """Tell whether yearly values of a variable of this unit and kind are sums over the year."""
    return unit.endswith(FLOW_ENDING) and kind != "stock"


def year_ends(times: Values, step: float) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return the calendar years of a run and the number of the step that falls on 31 December of each."""
    years = np.arange(round(times[0]) - 1, round(times[-1]))
    return years, np.searchsorted(times, years + 1 - step / 2)


def _level(array: xr.DataArray, ends: np.ndarray[tuple[int], np.dtype[np.intp]]) -> xr.DataArray:
    if "time" not in array.dims:
        return array
    return array.isel(time=ends).rename(time="year").drop_vars("year")


def _flow(array: xr.DataArray, ends: np.ndarray[tuple[int], np.dtype[np.intp]], step: float) -> xr.DataArray:
    place = array.dims.index("time")
    values = np.moveaxis(array.to_numpy(), place, 0)
    sums = np.add.reduceat(values[: ends[-1]], ends[:-1], axis=0) * step if len(ends) > 1 else values[:0]
    unknown = np.full((1, *values.shape[1:]), np.nan)
    dims = ["year", *(dim for dim in array.dims if dim != "time")]
    coords = {name: c for name, c in array.coords.items() if name != "time"}
    return xr.DataArray(np.concatenate([unknown, sums]), coords, dims, array.name, array.attrs)
