"""The logit-normal distribution: a normal on the whole line, bent smoothly into a range."""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, log_expit, logit, ndtri

Values = NDArray[np.float64]
HALF_LOG_TWO_PI = 0.5 * log(2 * pi)


@dataclass(frozen=True)
class Prior:
    """Logit-normal distributions, one for each element (arrays [parameter], in the parameters' units).

    A standard normal number `z` becomes `low + (high - low) · expit(logit(p) + sigma · z)`, where `p` is the place of
    `median` between `low` and `high`. Raises ValueError when a median does not lie strictly inside its range.
    """

    low: Values
    high: Values
    median: Values
    sigma: Values

    def __post_init__(self) -> None:
        inside = (self.low < self.median) & (self.median < self.high)
        if not inside.all():
            at = int(np.argmin(inside))
            raise ValueError(
                f"the median {self.median[at]:g} of element {at} does not lie inside [{self.low[at]:g}, "
                f"{self.high[at]:g}]: a logit-normal has no weight on its bounds."
            )

    @property
    def _centre(self) -> Values:
        return np.asarray(logit((self.median - self.low) / (self.high - self.low)), dtype=np.float64)

    def transform(self, z: ArrayLike) -> Values:
        """The parameters' values at the unconstrained numbers `z` [..., parameter]."""
        bent = expit(self._centre + self.sigma * np.asarray(z, dtype=np.float64))
        return np.asarray(self.low + (self.high - self.low) * bent, dtype=np.float64)

    def inverse(self, values: ArrayLike) -> Values:
        """The unconstrained numbers at the parameters' `values` [..., parameter]; the inverse of `transform`."""
        share = (np.asarray(values, dtype=np.float64) - self.low) / (self.high - self.low)
        return np.asarray((logit(share) - self._centre) / self.sigma, dtype=np.float64)

    def quantile(self, u: ArrayLike) -> Values:
        """The values below which the shares `u` [..., parameter], between 0 and 1, of the prior lie."""
        return self.transform(ndtri(np.asarray(u, dtype=np.float64)))

    def log_density(self, z: ArrayLike) -> Values:
        """Logarithm of the density over the unconstrained numbers `z` [..., parameter]: standard normal."""
        number = np.asarray(z, dtype=np.float64)
        return np.asarray(-0.5 * number**2 - HALF_LOG_TWO_PI, dtype=np.float64)

    def log_density_of(self, values: ArrayLike) -> Values:
        """Logarithm of the density over the parameters themselves, per unit of the parameter [..., parameter]."""
        z = self.inverse(values)
        return np.asarray(self.log_density(z) - self.log_slope(z), dtype=np.float64)

    def log_slope(self, z: ArrayLike) -> Values:
        """Logarithm of the derivative of `transform` at `z` [..., parameter]."""
        place = self._centre + self.sigma * np.asarray(z, dtype=np.float64)
        steep = log_expit(place) + log_expit(-place)
        return np.asarray(np.log(self.high - self.low) + np.log(self.sigma) + steep, dtype=np.float64)
