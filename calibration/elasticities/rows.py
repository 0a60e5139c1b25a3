"""A regression's coefficient becomes a row of the table of estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.regressions.ols import Estimate, Sample, fit
from calibration.regressions.panel import Panel

Values = NDArray[np.float64]
COLUMNS = ("parameter", "estimate", "standard_error", "unit", "years", "n", "quality", "method", "comment",
           "coefficient", "coefficient_error", "factor", "widening")  # fmt: skip


@dataclass(frozen=True)
class Meaning:
    """How a coefficient speaks of a parameter: estimate = factor · coefficient; `widening` (standard deviation, in the
    parameter's unit) is added for what the two differ in."""

    parameter: str
    unit: str
    factor: float
    widening: float
    quality: str
    comment: str


@dataclass(frozen=True)
class Coefficient:
    """One coefficient with its clustered standard error, years, observations and the regression in words."""

    value: float
    error: float
    years: str
    n: int
    method: str

    def row(self, meaning: Meaning) -> dict[str, object]:
        """The row of the table."""
        error = float(np.hypot(meaning.factor * self.error, meaning.widening))
        return {
            "parameter": meaning.parameter,
            "estimate": meaning.factor * self.value,
            "standard_error": error,
            "unit": meaning.unit,
            "years": self.years,
            "n": self.n,
            "quality": meaning.quality,
            "method": self.method,
            "comment": meaning.comment,
            "coefficient": self.value,
            "coefficient_error": self.error,
            "factor": meaning.factor,
            "widening": meaning.widening,
        }


@dataclass(frozen=True)
class Frame:
    """Arrays [year, municipality] lined up for a regression: outcome, regressors by name, weights (None: alike)."""

    panel: Panel
    outcome: Values
    regressors: Mapping[str, Values]
    weights: Values | None = None

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where everything is known [year, municipality]."""
        arrays = [self.outcome, *self.regressors.values(), *([] if self.weights is None else [self.weights])]
        return np.asarray(np.isfinite(np.stack(arrays)).all(axis=0), dtype=bool)

    def sample(self) -> Sample:
        """The known observations."""
        known = self.known
        year, place = np.nonzero(known)
        right = np.stack([values[known] for values in self.regressors.values()], axis=-1)
        weight = np.ones(len(year)) if self.weights is None else self.weights[known]
        return Sample(self.outcome[known], right, place, year, weight)

    def least_squares(self, name: str, method: str, place_effects: bool = True) -> Coefficient:
        """The coefficient of one regressor by least squares with effects of year and (unless told) of place."""
        return self.coefficient(name, fit(self.sample(), place_effects), method)

    def coefficient(self, name: str, found: Estimate, method: str) -> Coefficient:
        """The coefficient of one regressor of an estimate made from `sample`."""
        place = list(self.regressors).index(name)
        seen = np.flatnonzero(self.known.any(axis=1))
        years = f"{self.panel.years[seen[0]]}-{self.panel.years[seen[-1]]}"
        return Coefficient(float(found.coefficient[place]), float(found.error[place]), years, found.n, method)


def told(coefficient: Coefficient) -> str:
    """A coefficient in words, for comments."""
    return f"{coefficient.value:.3g} ± {coefficient.error:.2g}"
