"""What a fit makes small: half the squared distance to the data, each series by its own error, and to the priors.

The unknown numbers `z` are the priors' standard normal ones (calibration/priors): 0 is the prior's median, 1 its
spread. With the whitened residuals ρ(z) of all series the loss is `(|ρ(z)|² + |z|²) / 2`, the negative logarithm of the
posterior density but for a constant. Nine regression coefficients (who takes a job, calibration/regressions/moments.py)
are data too: levels of many series can be met by a model that gets wrong what follows from a new job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from calibration.observe import Errors, Observation, Observed
from calibration.priors import Around, Uncertain
from calibration.regressions.moments import Moments
from model.engine.annual import sums_over_the_year, year_ends
from model.engine.batch import BLOCK, Batch, Wanted, compile_batch
from model.engine.compiled import Arrays, compile_model
from model.engine.gradient import Loss, loss_of_values
from model.engine.jax_backend import load_jax
from model.language.expressions import key
from scenarios.ensemble.order import chosen_backend

if TYPE_CHECKING:
    from model.language import Model

Values = NDArray[np.float64]
MOMENT_SERIES = {
    "population": "total population",
    "jobs": "jobs in statistics",
    "in_commuters": "in commuters",
    "employed_residents": "employed residents",
}
"""Series of the moments: the model's variable. Net moves are moves in less moves out."""
STEP = 0.02
"""Step of z in differences: a fiftieth of the prior's spread, where runs are smooth and rounding is far away."""


@dataclass(frozen=True, eq=False)
class Target:
    """A run and the data it is held against. `chosen`: positions of the fitted ones among the priors' uncertain;
    `moments`: coefficients that the run is to give when it is treated as the data are."""

    model: Model
    inputs: xr.Dataset
    around: Around
    observed: Observed
    errors: Mapping[str, Errors]
    chosen: NDArray[np.intp]
    moments: Moments | None = None

    @property
    def size(self) -> int:
        """How many numbers are fitted."""
        return len(self.chosen)

    @cached_property
    def uncertain(self) -> tuple[Uncertain, ...]:
        """What the fitted numbers stand for."""
        return tuple(self.around.priors.uncertain[place] for place in self.chosen)

    @cached_property
    def varied(self) -> tuple[str, ...]:
        """Names of the model's variables that the fitted numbers change."""
        own = {each.variable for each in self.uncertain}
        tied = {name for name, other in self.around.priors.complements.items() if other in own}
        return tuple(sorted(own | tied))

    @cached_property
    def whitenings(self) -> tuple[Values, ...]:
        """For each series the matrix that makes its known residuals independent and standard normal."""
        return tuple(self.errors[each.variable].whitening(each) for each in self.observed.series)

    def natural(self, z: Values) -> Values:
        """The fitted numbers [n, fitted] in their own units from z [n, fitted]."""
        return self._all(z)[:, self.chosen]

    def _all(self, z: Values) -> Values:
        whole = np.zeros((len(z), len(self.around.medians)))
        whole[:, self.chosen] = z
        return self.around.at(whole)

    def values(self, z: Values) -> dict[str, Values]:
        """The changed variables [n, *dims] at z [n, fitted]."""
        arrays = self.around.placed(self._all(z))
        return {name: arrays[name] for name in self.varied}

    # --- the whole vector of residuals, by many runs side by side --------------------------------------------------

    def batch(self, backend: str | None = None) -> Batch:
        """The model compiled for blocks of runs that differ in the fitted numbers, on the fastest back end there is."""
        chosen = chosen_backend(backend)
        width = 1 if chosen == "numpy" else BLOCK
        years = tuple(range(int(self.inputs.attrs["start"]) + 1, self.observed.last + 1))
        wanted = Wanted(self.varied, self.observed.variables, years, chosen, width)
        return compile_batch(self.model, self.inputs, wanted)

    def simulated(self, batch: Batch, z: Values) -> list[Values]:
        """For each series what the model gives [n, year, place] at z [n, fitted]."""
        parts = [batch.run(self.values(z[at : at + batch.size])) for at in range(0, len(z), batch.size)]
        found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        return [_chosen(found[key(each.variable)], each, batch.years) for each in self.observed.series]

    def residuals(self, batch: Batch, z: Values) -> Values:
        """Whitened residuals [n, datum] at z [n, fitted]."""
        parts = []
        found = self.simulated(batch, z)
        for series, whitening, simulated in zip(self.observed.series, self.whitenings, found, strict=True):
            raw = np.array([series.residual(each).ravel()[series.known.ravel()] for each in simulated])
            parts.append(raw @ whitening.T)
        if self.moments is not None:
            paths = dict(zip(self.observed.variables, found, strict=True))
            rows = [self._missed({name: path[i] for name, path in paths.items()}, np) for i in range(len(z))]
            parts.append(np.array(rows))
        return np.concatenate(parts, axis=1)

    def _missed(self, paths: Mapping[str, Any], xp: Any) -> Any:
        """Whitened distance of the run's moments to the data's from yearly paths [year, municipality] by variable."""
        assert self.moments is not None
        series = {name: paths[variable] for name, variable in MOMENT_SERIES.items()}
        series["net_migration"] = paths["in migration"] - paths["out migration"]
        return self._moment_whitening @ (self.moments.model(series, xp) - self.moments.target)

    @cached_property
    def _moment_whitening(self) -> Values:
        assert self.moments is not None
        return np.asarray(np.linalg.inv(np.linalg.cholesky(self.moments.covariance)), dtype=np.float64)

    def slopes(self, batch: Batch, z: Values) -> tuple[Values, Values]:
        """Residuals [datum] at z [fitted], and their slopes [datum, fitted] by central differences."""
        steps = STEP * np.eye(len(z))
        found = self.residuals(batch, np.concatenate([z[None], z + steps, z - steps]))
        count = len(z)
        return found[0], ((found[1 : count + 1] - found[count + 1 :]) / (2 * STEP)).T

    # --- the loss alone, for JAX -------------------------------------------------------------------------------------

    def loss(self) -> Callable[[Any], Any]:
        """The loss as a pure function of z [fitted], for JAX. Raises BackendMissingError without JAX."""
        engine = compile_model(self.model, [key(name) for name in self.observed.variables])
        of_values = loss_of_values(engine, self.model, self.inputs, Loss(self.observed.variables, self._distance()))
        placed = self._placing()

        def of(z: Any) -> Any:
            return of_values(placed(z)) + 0.5 * (z @ z)

        return of

    def _distance(self) -> Callable[[Arrays], Any]:
        xp = load_jax().numpy
        times = self.inputs["time"].to_numpy().astype(float)
        step = float(self.inputs.attrs["step"])
        years, ends = year_ends(times, step)
        terms = list(zip(self.observed.series, self.whitenings, strict=True))
        variables = [self.model.variables[name] for name in self.observed.variables]
        flows = {v.name for v in variables if sums_over_the_year(v.unit, v.kind)}

        def of(run: Arrays) -> Any:
            total: Any = 0.0
            paths: Arrays = {}
            for series, whitening in terms:
                path = run[key(series.variable)]
                rows = np.searchsorted(years, np.array(series.years))
                if series.variable in flows:
                    begin, end = ends[rows - 1], ends[rows]
                    sums = xp.cumsum(path, axis=0)
                    found = (sums[end - 1] - xp.where(begin[:, None] > 0, sums[begin - 1], 0.0)) * step
                else:
                    found = path[ends[rows]]
                found = paths[series.variable] = found[(slice(None), *series.places)]
                known = series.known
                raw = xp.log((found + series.floor) / np.where(known, series.values + series.floor, 1.0))
                white = whitening @ raw.ravel()[np.flatnonzero(known.ravel())]
                total = total + 0.5 * (white @ white)
            if self.moments is not None:
                missed = self._missed(paths, xp)
                total = total + 0.5 * (missed @ missed)
            return total

        return of

    def _placing(self) -> Callable[[Any], Arrays]:
        """From z to the changed variables by name, as JAX does it."""
        jax = load_jax()
        xp = jax.numpy
        low, high, sigma = (np.array([getattr(u, f) for u in self.uncertain]) for f in ("low", "high", "sigma"))
        share = (self.around.medians[self.chosen] - low) / (high - low)
        centre = np.log(share / (1 - share))
        base = {name: self.around.base[name] for name in self.varied}
        complements = {n: o for n, o in self.around.priors.complements.items() if n in self.varied}

        def placed(z: Any) -> Arrays:
            numbers = low + (high - low) * jax.nn.sigmoid(centre + sigma * z)
            arrays: Arrays = {}
            for name in self.varied:
                mine = [i for i, each in enumerate(self.uncertain) if each.variable == name]
                arrays[name] = _set(base[name], [self.uncertain[i] for i in mine], numbers[np.array(mine, int)], xp)
            return arrays | {name: 1.0 - arrays[other] for name, other in complements.items()}

        return placed


def _set(base: Values, elements: list[Uncertain], numbers: Any, xp: Any) -> Any:
    """One variable with its fitted elements set, or the whole table times its factor."""
    if not elements:
        return base
    if elements[0].scales:
        return base * numbers[0]
    if not base.shape:
        return numbers[0]
    at = np.array([np.ravel_multi_index(each.place, base.shape) for each in elements])
    return xp.asarray(base.ravel()).at[at].set(numbers).reshape(base.shape)


def _chosen(found: Values, series: Observation, years: tuple[int, ...]) -> Values:
    rows = [years.index(year) for year in series.years]
    at: Any = (slice(None), slice(None), *series.places)
    return np.asarray(found[:, rows][at], dtype=np.float64)
