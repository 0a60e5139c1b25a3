"""The model's own history as a panel that the same regressions read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from calibration.priors import read_priors
from calibration.process_noise import read_sizes
from calibration.regressions.fitted import FIRST, LAST, Fitted
from calibration.regressions.panel import Panel, latest
from model.engine.batch import BLOCK, Batch, Wanted, compile_batch
from model.inputs import build_inputs
from model.language import load_model
from scenarios.chance.noise import Noise, years_of

if TYPE_CHECKING:
    from model.language import Model

Values = NDArray[np.float64]
LOWEST, HIGHEST = 20, 64
SAVED: Mapping[str, str] = {
    "population": "total population",
    "net_migration": "net migration",
    "in_migration": "in migration",
    "out_migration": "out migration",
    "dwellings": "Dwellings",
    "dwellings_completed": "dwellings completed",
    "house_price_real": "House price",
    "in_commuters": "in commuters",
    "out_commuters": "out commuters",
    "live_and_work": "stayers",
    "jobs": "jobs in statistics",
    "employed_residents": "employed residents",
    "by_age": "Population",
}
"""Series of the panel: the model's variable."""


@dataclass(frozen=True)
class History:
    """The model with the inputs of 2010–2024: `written`, and with fitted values in their place; `fit`, if it is one."""

    model: Model
    inputs: xr.Dataset
    written: xr.Dataset
    fit: Fitted | None = None

    @classmethod
    def of(cls, fitted: Mapping[str, Any] | None = None) -> History:
        """Read the model. Raises ModelErrors; KeyError for a fitted name that is no input."""
        model = load_model()
        written = build_inputs(model, FIRST, LAST)
        inputs = written.copy()
        for name, values in (fitted or {}).items():
            inputs[name] = (inputs[name].dims, np.broadcast_to(np.asarray(values, dtype=float), inputs[name].shape))
        return cls(model, inputs, written, fitted if isinstance(fitted, Fitted) else None)

    @property
    def codes(self) -> tuple[str, ...]:
        """The municipalities."""
        return tuple(str(code) for code in self.model.coordinates("municipality"))

    def compiled(self, varied: Sequence[str]) -> Batch:
        """A block of members that differ in the named inputs."""
        return compile_batch(self.model, self.inputs, Wanted(tuple(varied), tuple(SAVED.values())))

    def panels(self, varied: Mapping[str, Values]) -> Iterator[Panel]:
        """A panel for each member; `varied` holds arrays [member, …] of named inputs."""
        batch = self.compiled(list(varied))
        members = len(next(iter(varied.values())))
        for first in range(0, members, BLOCK):
            block = {name: values[first : first + BLOCK] for name, values in varied.items()}
            found = batch.run(block)
            for i in range(min(BLOCK, members - first)):
                yield self.panel({name: values[i] for name, values in found.items()}, batch.years)

    def panel(self, found: Mapping[str, Values], years: Sequence[int]) -> Panel:
        """A panel from yearly values by the model's result names [year, …, municipality]."""
        series = {name: found[variable.lower().replace(" ", "_")] for name, variable in SAVED.items()}
        by_age = series.pop("by_age")
        series["working_age"] = by_age[:, :, LOWEST : HIGHEST + 1].sum((1, 2))
        return Panel(tuple(years), self.codes, {name: values[None] for name, values in series.items()})

    def once(self) -> Panel:
        """The history without chance, at the inputs as they are."""
        name = "persons per moving worker"
        return next(self.panels({name: self.inputs[name].values[None]}))

    def shocks(self, members: int, seed: int) -> dict[str, Values]:
        """Yearly shocks of births, deaths and moves of an ensemble, by name of lever [member, time, municipality]."""
        times = self.inputs["time"].to_numpy().astype(float)
        noise = Noise(read_sizes(), *years_of(times), self.codes)
        return noise.levers(seed, range(members), times)

    def drawn(self, members: int, seed: int) -> dict[str, Values]:
        """Parameters of an ensemble [member, …] by name of the variable: from the posterior of the fit, where there is
        one, else from the priors around the inputs."""
        priors = read_priors(self.model)
        uniform = np.random.default_rng(seed).random((members, len(priors.uncertain)))
        if self.fit is None:
            return priors.around(self.inputs).values(uniform)
        return priors.around(self.written).values(self.fit.drawn(uniform))


def like(panel: Panel, data: Panel) -> Panel:
    """A simulated panel in which nothing is known that the data do not know, by the data's definitions."""
    rows = [data.years.index(year) for year in panel.years]
    known = {name: np.isfinite(data.series[name][:, rows]) for name in panel.series if name in data.series}
    series = {name: np.where(mask, latest(panel.series[name])[None], np.nan) for name, mask in known.items()}
    return Panel(panel.years, panel.codes, series)
