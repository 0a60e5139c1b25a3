"""The forecast that is tracked: one run, or the members of an ensemble, by year and municipality."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from calibration.track.measures import IMMIGRATION, MEASURES
from calibration.track.problems import TrackError
from outputs.folder import MARK, RECORD
from scenarios.places import read_places

RESULTS = "results.nc"
PLAN = "plan.json"
ABROAD = "arrivals_abroad"
"""The model's own name of immigration, by sex and age."""
SCHEME = ("year", "municipality")
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """A forecast: names of folder and scenario, the years read, its last year, municipalities, whether it has bands.

    values: measure → (member, year, municipality); one member for a run.
    """

    name: str
    title: str
    years: tuple[int, ...]
    until: int
    codes: tuple[str, ...]
    values: dict[str, Values]
    is_ensemble: bool

    @property
    def start(self) -> int:
        """The year at whose end the forecast starts."""
        return self.years[0]

    @property
    def members(self) -> int:
        """How many runs there are."""
        return int(next(iter(self.values.values())).shape[0])

    def of(self, measure: str, year: int) -> Values:
        """A measure in a year: (member, municipality)."""
        return self.values[measure][:, self.years.index(year)]

    def summed(self, measure: str, year: int) -> Values:
        """A flow summed from the start to the end of a year: (member, municipality)."""
        return np.asarray(self.values[measure][:, 1 : self.years.index(year) + 1].sum(axis=1))


def read_forecast(run: Path | None, ensemble: Path | None, last: int) -> Forecast:
    """Open the forecast up to a last year. Raises TrackError when there is none, or two."""
    if (run is None) == (ensemble is None):
        what = "which forecast?" if run is None else "one forecast at a time."
        raise TrackError("track", what, "Give --run FOLDER (one run) or --ensemble FOLDER (with bands).")
    return _read_run(run, last) if run is not None else _read_ensemble(Path(str(ensemble)), last)


def _read_run(folder: Path, last: int) -> Forecast:
    _must_be_folder(folder)
    path = folder / RESULTS
    if (folder / PLAN).is_file():
        raise TrackError(str(folder), "this is an ensemble.", f"Give --ensemble {folder}")
    record = _record(folder)
    if record is None or not path.is_file():
        what = f"this folder is no run: no {RECORD if record is None else RESULTS}."
        raise TrackError(str(folder), what, "Make one: sim.py run --out FOLDER")
    try:
        with xr.open_dataset(path) as results:
            names = (folder.resolve().name, _title(record))
            return _forecast(names, results.expand_dims("member"), last, False)
    except (OSError, ValueError) as error:
        raise TrackError(str(path), f"cannot be read: {error}.", "Run it again: sim.py run") from None


def _read_ensemble(folder: Path, last: int) -> Forecast:
    from scenarios.ensemble import open_members

    _must_be_folder(folder)
    if not (folder / PLAN).is_file():
        what = "this folder is no ensemble: no plan.json."
        way = f"This is a run: give --run {folder}" if (folder / RESULTS).is_file() else "Make one: sim.py ensemble"
        raise TrackError(str(folder), what, way)
    members = open_members(folder)
    title = str(json.loads((folder / PLAN).read_text(encoding="utf-8")).get("scenario", ""))
    return _forecast((folder.resolve().name, title), members, last, True)


def _must_be_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise TrackError(str(folder), "there is no such folder.", "Check the path.")


def _record(folder: Path) -> dict[str, Any] | None:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and MARK in record else None


def _title(record: dict[str, Any]) -> str:
    return str((record.get("scenario") or {}).get("name", ""))


def _forecast(names: tuple[str, str], members: xr.Dataset, last: int, is_ensemble: bool) -> Forecast:
    """names: of the folder and of the scenario. Years after `last` are not read: an ensemble may be large."""
    name, title = names
    until = int(members["year"].values[-1])
    members = members.sel(year=members["year"].values <= last)
    years = tuple(int(year) for year in members["year"].values)
    if not years:
        raise TrackError(name, *_too_early(last, until))
    codes = tuple(str(code) for code in members["municipality"].values)
    values = {}
    for measure in MEASURES:
        result = measure.result if measure.result in members else ABROAD if measure.name == IMMIGRATION else ""
        if result in members:
            values[measure.name] = _cells(members[result])
    if "population" not in values:
        what = "the forecast has no total_population."
        raise TrackError(name, what, "Run it again with this version: sim.py run, or sim.py ensemble")
    if set(codes) != set(read_places().codes):
        raise TrackError(name, "the forecast is not for the 29 municipalities.", "Run it again with this version.")
    return Forecast(name, title, years, until, codes, values, is_ensemble)


def _too_early(last: int, until: int) -> tuple[str, str]:
    what = f"the figures end in {last}, before the forecast starts (it ends in {until})."
    return what, "Give figures of later years, or a forecast that starts earlier (sim.py ensemble --from YEAR)."


def _cells(array: xr.DataArray) -> Values:
    """(member, year, municipality), other dimensions summed."""
    extra = [dim for dim in array.dims if dim not in ("member", *SCHEME)]
    summed = array.sum(extra, skipna=False) if extra else array
    return np.asarray(summed.transpose("member", *SCHEME).values, dtype=np.float64)
