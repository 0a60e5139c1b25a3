"""The simulation model's forecasts at every origin, kept in `.cache/backtest` so that a stopped run goes on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import xarray as xr

from calibration.backtest.history import History
from calibration.backtest.known import known_at
from calibration.backtest.norrsim import NORRSIM, OUTCOMES, Fitted, nothing_fitted, outcomes
from calibration.backtest.origin import model
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


def kept(path: Path) -> dict[str, Array] | None:
    """A forecast computed before; None when there is none or it is damaged."""
    try:
        with np.load(path) as file:
            return {name: file[name] for name in OUTCOMES}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def keep(path: Path, found: dict[str, Array]) -> None:
    """Write a forecast whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.stem}.{os.getpid()}.npz")
    with unfinished.open("wb") as file:
        np.savez(file, allow_pickle=False, **found)
    unfinished.replace(path)


def forecast(inputs: xr.Dataset, folder: Path) -> dict[str, Array]:
    """Outcomes of a run, from the cache when it has been made before; ValueError when the model breaks down in it."""
    path = folder / f"{key_of(inputs)}.npz"
    found = kept(path)
    if found is None:
        found = outcomes(annual(simulate(model(), inputs, list(OUTCOMES.values()))))
        if not np.isfinite(found["population"]).all():
            start = inputs.attrs["start"]
            raise ValueError(f"the model run from {start} gives people that are no number: see 'sim.py check'")
        keep(path, found)
    return found


def norrsim_forecasts(
    history: History,
    origins: Iterable[int],
    say: Callable[[str], None],
    fitted_at: Callable[[int], Fitted | None] = nothing_fitted,
    folder: Path = CACHE,
) -> Forecasts:
    """Every variant of the model at every origin."""
    found: Forecasts = {}
    for origin in origins:
        known = known_at(history, origin)
        for name, method in NORRSIM.items():
            found[name, origin] = forecast(method.inputs(known, fitted_at(origin)), folder)
        say(f"simulated from {origin}: {len(NORRSIM)} variants")
    return found
