"""A made-up forecast of the 29 municipalities whose accounts add up, and new figures that differ from it as told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from calibration.track.forecast import Forecast
from calibration.track.measures import BY_NAME
from outputs.observed import observed_population
from scenarios.places import read_places

CODES = read_places().codes
YEARS = (2024, 2025, 2026, 2027)
FLOWS = ("births", "deaths", "in_migration", "out_migration")
Shock = dict[tuple[str, str, int], float]
"""(measure, municipality, year): how much the outcome differs from the forecast's middle."""


def forecast(members: int = 101, seed: int = 3) -> Forecast:
    """Members around the same rates; populations follow from their flows; the middle is not the mean."""
    random = np.random.default_rng(seed)
    start = observed_population(2024).sel(municipality=list(CODES)).values
    rates = {"births": 0.009, "deaths": 0.011, "in_migration": 0.05, "out_migration": 0.048}
    shape = (members, len(YEARS), len(CODES))
    luck = {name: np.exp(random.gamma(2.0, 0.02, (members, 1, len(CODES)))) for name in (*rates, "jobs")}
    values = {name: np.full(shape, rate) * start * luck[name] for name, rate in rates.items()}
    for flow in values.values():
        flow[:, 0] = np.nan
    change = values["births"] - values["deaths"] + values["in_migration"] - values["out_migration"]
    values["population"] = start + np.nancumsum(change, axis=1)
    values["net_migration"] = values["in_migration"] - values["out_migration"]
    values["immigration"] = 0.2 * values["in_migration"]
    values["jobs"] = np.broadcast_to(0.5 * start * luck["jobs"], shape).copy()
    values["dwellings_completed"] = 0.004 * start * np.ones(shape)
    return Forecast("made-up", "no such scenario", YEARS, YEARS[-1], CODES, values, members > 1)


def outcomes(made: Forecast, shock: Shock, until: int = 2026, leave_out: tuple[str, ...] = ()) -> pd.DataFrame:
    """What happens when every flow is the mean of the forecast, save for the shocks; people follow from the flows."""
    rows = []
    people = made.of("population", made.start).mean(axis=0)
    for year in range(made.start + 1, until + 1):
        flows = {name: made.of(name, year).mean(axis=0) + _of(shock, name, year) for name in FLOWS}
        people = people + flows["births"] - flows["deaths"] + flows["in_migration"] - flows["out_migration"]
        people = people + _of(shock, "population", year)
        other = {
            n: made.of(n, year).mean(axis=0) + _of(shock, n, year)
            for n in ("immigration", "jobs", "dwellings_completed")
        }
        for name, values in ({"population": people} | flows | other).items():
            rows += [(code, year, name, value) for code, value in zip(CODES, values.tolist(), strict=True)]
    table = pd.DataFrame(rows, columns=["municipality", "year", "measure", "value"])
    return table[~table["measure"].isin(leave_out)].reset_index(drop=True)


def _of(shock: Shock, name: str, year: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([shock.get((name, code, year), 0.0) for code in CODES])


def dataset(made: Forecast) -> xr.Dataset:
    """The forecast under the names of results."""
    dims = ("member", "year", "municipality")
    arrays = {BY_NAME[name].result: (dims, values) for name, values in made.values.items()}
    return xr.Dataset(arrays, {"year": list(made.years), "municipality": list(CODES)})


def run_folder(folder: Path, made: Forecast | None = None) -> Path:
    """The folder of a run, as far as tracking reads it."""
    folder.mkdir(parents=True)
    dataset(made or forecast(1)).isel(member=0).to_netcdf(folder / "results.nc")
    (folder / "run.json").write_text(json.dumps({"norrsim": "0.1.0", "scenario": {"name": "no such scenario"}}))
    return folder


def write(table: pd.DataFrame, path: Path) -> Path:
    """New figures as a file for machines."""
    table.to_csv(path, index=False)
    return path
