"""Which parameters are uncertain, by how much and which are held, from the equations and the table of exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray
from scipy.special import ndtri

from calibration.priors.prior import Prior, Values
from model.inputs import parameter_values

if TYPE_CHECKING:
    from model.language import Model, Variable

HERE = Path(__file__).resolve().parent
COMPLEMENT = "complement of "
EDGE = 1e-9
"""How near (share of its range) a value may come to a bound before it counts as lying on it."""


@dataclass(frozen=True)
class Uncertain:
    """One uncertain number: an element of a parameter, or a factor on a whole table (`scales`).

    `place` is the element's position in the variable's dimensions; `low` and `high` in the variable's unit, of a
    factor dmnl; `sigma` the spread on the logit scale; `reason` why it is not by the rule, where it is not; `pooled`:
    one municipality's level, whose spread among the municipalities is itself estimated.
    """

    name: str
    variable: str
    place: tuple[int, ...]
    low: float
    high: float
    quality: str
    sigma: float
    scales: bool = False
    reason: str = ""
    pooled: bool = False

    def median(self, inputs: xr.Dataset) -> float:
        """The value in the inputs of a run; 1 for a factor."""
        return 1.0 if self.scales else float(inputs[self.variable].values[self.place])


@dataclass(frozen=True)
class Priors:
    """Everything uncertain (sorted by name), what is held with its reason, and parameters tied to others.

    `complements` maps a parameter to the one it makes up one with.
    """

    uncertain: tuple[Uncertain, ...]
    fixed: Mapping[str, str]
    complements: Mapping[str, str]

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """Names of the model's variables that vary, sorted."""
        return tuple(sorted({each.variable for each in self.uncertain} | set(self.complements)))

    def around(self, inputs: xr.Dataset) -> Around:
        """The same with medians at the values of a run's inputs."""
        return Around(self, inputs[list(self.variables)])


@dataclass(frozen=True)
class Around:
    """Priors around the values of a run's inputs."""

    priors: Priors
    inputs: xr.Dataset

    @cached_property
    def medians(self) -> Values:
        """Medians [uncertain]; 1 for a factor on a table."""
        return np.array([each.median(self.inputs) for each in self.priors.uncertain])

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """Which vary [uncertain]; False where a scenario put one on or beyond a bound: it stays there."""
        low, high = (np.array([getattr(each, side) for each in self.priors.uncertain]) for side in ("low", "high"))
        margin = EDGE * (high - low)
        return np.asarray((low + margin < self.medians) & (self.medians < high - margin), dtype=bool)

    @cached_property
    def prior(self) -> Prior:
        """The distribution of the free ones [free]."""
        chosen = [each for each, free in zip(self.priors.uncertain, self.free, strict=True) if free]
        low, high, sigma = (np.array([getattr(each, field) for each in chosen]) for field in ("low", "high", "sigma"))
        return Prior(low, high, self.medians[self.free], sigma)

    @property
    def held(self) -> list[str]:
        """Names of those that a scenario holds."""
        return [each.name for each, free in zip(self.priors.uncertain, self.free, strict=True) if not free]

    def drawn(self, points: Values) -> Values:
        """The uncertain numbers [n, uncertain] at points [n, uncertain] between 0 and 1."""
        return self.at(ndtri(np.asarray(points, dtype=np.float64)))

    def at(self, z: Values) -> Values:
        """The uncertain numbers [n, uncertain] at standard normal numbers z [n, uncertain]; 0 is the median."""
        values = np.repeat(self.medians[None], len(z), axis=0)
        values[:, self.free] = self.prior.transform(z[:, self.free])
        return values

    @cached_property
    def base(self) -> dict[str, Values]:
        """The varied variables [*dims] as the run has them."""
        return {name: np.asarray(self.inputs[name].values, dtype=np.float64) for name in self.priors.variables}

    def values(self, points: Values) -> dict[str, Values]:
        """The varied variables [n, *dims] at points [n, uncertain] between 0 and 1."""
        return self.placed(self.drawn(points))

    def placed(self, numbers: Values) -> dict[str, Values]:
        """The varied variables [n, *dims] for uncertain numbers [n, uncertain] in their own units."""
        arrays = {name: np.repeat(values[None], len(numbers), axis=0) for name, values in self.base.items()}
        for each, column in zip(self.priors.uncertain, numbers.T, strict=True):
            flat = arrays[each.variable].reshape(len(numbers), -1)  # a view
            if each.scales:
                flat *= column[:, None]
            else:
                flat[:, np.ravel_multi_index(each.place, self.base[each.variable].shape) if each.place else 0] = column
        for name, other in self.priors.complements.items():
            arrays[name] = 1.0 - arrays[other]
        return arrays


def read_priors(model: Model, folder: Path = HERE) -> Priors:
    """The priors of a model's parameters. Raises ValueError for a row of the exceptions that does not fit the model."""
    classes = pd.read_csv(folder / "quality.csv").itertuples(index=False)
    sigmas = {str(row.quality): float(str(row.sigma)) for row in classes}
    table = pd.read_csv(folder / "exceptions.csv", keep_default_na=False, dtype=str).set_index("parameter")
    for name in table.index:
        if name.split("[")[0] not in model.variables:
            raise ValueError(f"calibration/priors/exceptions.csv: '{name}' is not a variable of the model.")
    pooled = pd.read_csv(folder / "pooled.csv").set_index("variable")
    for name in pooled.index:
        if name not in model.variables:
            raise ValueError(f"calibration/priors/pooled.csv: '{name}' is not a variable of the model.")
    rules = table["rule"]
    scaled = [_scaled(name, table.loc[name], sigmas) for name in table.index[rules == "scale"]]
    complements = {
        str(name): rule.removeprefix(COMPLEMENT) for name, rule in rules.items() if rule.startswith(COMPLEMENT)
    }
    spread = {str(name): str(quality) for name, quality in table["quality"][rules == "spread"].items()}
    elsewhere = (set(table.index) - set(spread)) | set(pooled.index)
    levels = [
        level
        for name, row in pooled.iterrows()
        for level in _levels(model, model.variables[str(name)], float(row["spread"]), str(row["reason"]))
    ]
    uncertain = [
        each
        for variable in model.variables.values()
        if variable.kind == "parameter" and variable.name not in elsewhere
        for each in _elements(model, variable, sigmas, spread.get(variable.name, variable.quality))
        if each.name not in elsewhere
    ]
    fixed = {str(name): str(table.loc[name, "reason"]) for name in table.index[rules == "fixed"]}
    return Priors(tuple(sorted([*uncertain, *scaled, *levels], key=lambda each: each.name)), fixed, complements)


def _scaled(name: str, row: pd.Series, sigmas: Mapping[str, float]) -> Uncertain:
    low, high, quality = float(row["low"]), float(row["high"]), str(row["quality"])
    return Uncertain(f"{name} (factor)", name, (), low, high, quality, sigmas[quality], True, str(row["reason"]))


def _levels(model: Model, variable: Variable, spread: float, reason: str) -> list[Uncertain]:
    """The municipalities' levels, with `spread` the standard deviation of their logarithms near the median."""
    median = parameter_values(model, variable).ravel()
    found = []
    for each, middle in zip(_elements(model, variable, {variable.quality: 1.0}, variable.quality), median, strict=True):
        share = (middle - each.low) / (each.high - each.low)
        sigma = float(spread * middle / ((each.high - each.low) * share * (1 - share)))
        found.append(replace(each, sigma=sigma, reason=reason, pooled=True))
    return found


def _elements(model: Model, variable: Variable, sigmas: Mapping[str, float], quality: str) -> list[Uncertain]:
    low, high = variable.range or (None, None)
    if low is None or high is None or quality not in sigmas:
        raise ValueError(
            f"{variable.file}:{variable.line}: '{variable.name}' has no full range or quality, so it has no prior. "
            "Give both in the equation, or hold it in calibration/priors/exceptions.csv with the reason."
        )
    labels = [model.coordinates(dim) for dim in variable.dims]
    elements = []
    for place in np.ndindex(model.shape(variable.name)):
        where = ", ".join(str(names[i]) for names, i in zip(labels, place, strict=True))
        name = f"{variable.name}[{where}]" if where else variable.name
        elements.append(Uncertain(name, variable.name, place, low, high, quality, sigmas[quality]))
    return elements
