"""Which parameters are uncertain, by how much and which are held, from the equations and the table of exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from calibration.priors.prior import Prior, Values

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
    factor dmnl; `sigma` the spread on the logit scale; `reason` why it is not by the rule, where it is not.
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

    def median(self, inputs: xr.Dataset) -> float:
        """The value in the inputs of a run; 1 for a factor."""
        return 1.0 if self.scales else float(inputs[self.variable].values[self.place])

    def held(self, inputs: xr.Dataset) -> bool:
        """Whether a scenario has set it on or outside its bounds, where it then stays."""
        margin = EDGE * (self.high - self.low)
        return not self.low + margin < self.median(inputs) < self.high - margin


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

    def free(self, inputs: xr.Dataset) -> NDArray[np.bool_]:
        """Which of `uncertain` vary around the values of `inputs`; False where a scenario put one on a bound."""
        return np.array([not each.held(inputs) for each in self.uncertain], dtype=bool)

    def prior(self, inputs: xr.Dataset) -> Prior:
        """The distribution of the free ones [free], medians at the values of `inputs`."""
        chosen = [each for each in self.uncertain if not each.held(inputs)]
        low, high, sigma = (np.array([getattr(each, field) for each in chosen]) for field in ("low", "high", "sigma"))
        return Prior(low, high, np.array([each.median(inputs) for each in chosen]), sigma)

    def values(self, points: Values, inputs: xr.Dataset) -> dict[str, Values]:
        """The varied variables [n, *dims] at `points` [n, uncertain] between 0 and 1."""
        free = self.free(inputs)
        drawn = np.array([[each.median(inputs) for each in self.uncertain]] * len(points)).reshape(len(points), -1)
        drawn[:, free] = self.prior(inputs).quantile(points[:, free])
        arrays = {name: np.array([inputs[name].values] * len(points), dtype=np.float64) for name in self.variables}
        for column, each in zip(drawn.T, self.uncertain, strict=True):
            if each.scales:
                arrays[each.variable] *= column.reshape(-1, *[1] * (arrays[each.variable].ndim - 1))
            else:
                flat = arrays[each.variable].reshape(len(points), -1)  # a view
                flat[:, np.ravel_multi_index(each.place, inputs[each.variable].shape) if each.place else 0] = column
        for name, other in self.complements.items():
            arrays[name] = 1.0 - arrays[other]
        return arrays


def read_priors(model: Model, folder: Path = HERE) -> Priors:
    """The priors of a model's parameters. Raises ValueError for a row of the exceptions that does not fit the model."""
    classes = pd.read_csv(folder / "quality.csv").itertuples(index=False)
    sigmas = {str(row.quality): float(str(row.sigma)) for row in classes}
    table = pd.read_csv(folder / "exceptions.csv", keep_default_na=False, dtype=str).set_index("parameter")
    for name in table.index:
        if name not in model.variables:
            raise ValueError(f"calibration/priors/exceptions.csv: '{name}' is not a variable of the model.")
    rules = table["rule"]
    scaled = [_scaled(name, table.loc[name], sigmas) for name in table.index[rules == "scale"]]
    complements = {
        str(name): rule.removeprefix(COMPLEMENT) for name, rule in rules.items() if rule.startswith(COMPLEMENT)
    }
    uncertain = [
        each
        for variable in model.variables.values()
        if variable.kind == "parameter" and variable.name not in table.index
        for each in _elements(model, variable, sigmas)
    ]
    fixed = {str(name): str(table.loc[name, "reason"]) for name in table.index[rules == "fixed"]}
    return Priors(tuple(sorted([*uncertain, *scaled], key=lambda each: each.name)), fixed, complements)


def _scaled(name: str, row: pd.Series, sigmas: Mapping[str, float]) -> Uncertain:
    low, high, quality = float(row["low"]), float(row["high"]), str(row["quality"])
    return Uncertain(f"{name} (factor)", name, (), low, high, quality, sigmas[quality], True, str(row["reason"]))


def _elements(model: Model, variable: Variable, sigmas: Mapping[str, float]) -> list[Uncertain]:
    low, high = variable.range or (None, None)
    if low is None or high is None or variable.quality not in sigmas:
        raise ValueError(
            f"{variable.file}:{variable.line}: '{variable.name}' has no full range or quality, so it has no prior. "
            "Give both in the equation, or hold it in calibration/priors/exceptions.csv with the reason."
        )
    labels = [model.coordinates(dim) for dim in variable.dims]
    elements = []
    for place in np.ndindex(model.shape(variable.name)):
        where = ", ".join(str(names[i]) for names, i in zip(labels, place, strict=True))
        name = f"{variable.name}[{where}]" if where else variable.name
        sigma = sigmas[variable.quality]
        elements.append(Uncertain(name, variable.name, place, low, high, variable.quality, sigma))
    return elements
