"""The simulation model's forecasts at every origin, kept in `.cache/backtest` so that a stopped run goes on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import xarray as xr

from calibration.backtest.history import History
from calibration.backtest.known import known_at
from calibration.backtest.norrsim import NORRSIM, OUTCOMES, outcomes
from calibration.backtest.origin import Fitted, model
from calibration.backtest.places import Array
from calibration.demography.places import ROOT
from model.engine.annual import annual
from model.engine.simulate import simulate

CACHE = ROOT / ".cache" / "backtest"
Forecasts = dict[tuple[str, int], dict[str, Array]]
"""(method, origin) → outcome → [year from the origin's own on, municipality]."""


def key_of(inputs: xr.Dataset) -> str:
    """A hash of the model and of every input: the same run, the same key."""
    found = hashlib.sha256(model().hash.encode())
    for name in sorted(map(str, inputs.data_vars)):
        array = inputs[name]
        found.update(f"{name} {array.dims} {array.shape}".encode())
        found.update(np.ascontiguousarray(array.to_numpy(), dtype=float).tobytes())
    return found.hexdigest()


def read_arrays(path: Path) -> dict[str, Array] | None:
    """Arrays kept before; None when there are none or they are damaged."""
    try:
        with np.load(path) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def save_arrays(path: Path, found: Mapping[str, Array]) -> None:
    """Write arrays whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.stem}.{os.getpid()}.npz")
    with unfinished.open("wb") as file:
        np.savez(file, allow_pickle=False, **found)
    unfinished.replace(path)


def forecast(inputs: xr.Dataset, folder: Path) -> dict[str, Array]:
    """Outcomes of a run, from the cache when it has been made before; ValueError when the model breaks down in it."""
    path = folder / f"{key_of(inputs)}.npz"
    found = read_arrays(path)
    if found is None or set(OUTCOMES) - set(found):
        found = outcomes(annual(simulate(model(), inputs, list(OUTCOMES.values()))))
        if not np.isfinite(found["population"]).all():
            start = inputs.attrs["start"]
            raise ValueError(f"the model run from {start} gives people that are no number: see 'sim.py check'")
        save_arrays(path, found)
    return found


def norrsim_forecasts(
    history: History,
    origins: Iterable[int],
    say: Callable[[str], None],
    fitted_at: Callable[[int], Fitted],
    folder: Path = CACHE,
) -> Forecasts:
    """Every variant of the model at every origin; `fitted_at`: parameters as known at an origin."""
    found: Forecasts = {}
    for origin in origins:
        known = known_at(history, origin)
        for name, method in NORRSIM.items():
            parameters = fitted_at(origin) if method.calibrated else None
            found[name, origin] = forecast(method.inputs(known, parameters), folder)
        say(f"simulated from {origin}: {len(NORRSIM)} variants")
    return found
