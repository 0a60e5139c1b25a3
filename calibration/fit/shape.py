"""Coordinates in which a posterior is near a unit ball: first each number is bent straight, then all are turned.

z = middle + scale * sinh((arsinh(u) + skew) / tail) undoes the leaning and the long tail of a number's own distribution
(Jones and Pewsey 2009, Biometrika 96:761, the sinh-arcsinh family); u = centre + root y takes out what numbers share.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.optimize import minimize

from calibration.fit.optimum import Optimum

Values = NDArray[np.float64]
TRUSTED = 0.8
"""Weight of the covariance learnt beside the one assumed: some hundred draws tell 181 directions with noise."""
MOST_SKEW, TAILS = 1.5, (0.4, 1.6)
"""Bounds of a number's bending."""
DOUBT = 20.0
"""Draws' worth of doubt that a number is bent at all: draws are few and follow each other."""


@dataclass(frozen=True, eq=False)
class Shape:
    """The coordinates y of a posterior; every array but root [fitted, fitted] is by fitted number."""

    centre: Values
    root: Values
    middle: Values
    scale: Values
    skew: Values
    tail: Values

    @classmethod
    def of(cls, optimum: Optimum) -> Shape:
        """Coordinates from the curvature at the optimum; nothing is bent."""
        none, one = np.zeros(len(optimum.z)), np.ones(len(optimum.z))
        return cls(optimum.z, optimum.root, none, one, none, one)

    @classmethod
    def load(cls, path: Path) -> Shape:
        """A shape as it was saved."""
        with np.load(path) as saved:
            return cls(**{each.name: saved[each.name] for each in fields(cls)})

    def arrays(self) -> dict[str, Any]:
        """What `load` reads."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def z(self, y: Any, xp: Any = np) -> Any:
        """The fitted numbers [..., fitted] at y."""
        return self.middle + self.scale * xp.sinh((xp.arcsinh(self._u(y)) + self.skew) / self.tail)

    def log_slope(self, y: Any, xp: Any = np) -> Any:
        """Logarithm of how much volume of z a unit of y is, but for a constant [...]."""
        u = self._u(y)
        bent = (xp.arcsinh(u) + self.skew) / self.tail
        return (xp.log(xp.cosh(bent)) - xp.log1p(u * u) / 2).sum(-1)

    def y(self, z: Values) -> Values:
        """The coordinates [..., fitted] of fitted numbers."""
        u = straight(z, self.middle, self.scale, self.skew, self.tail)
        return np.asarray(solve_triangular(self.root, (u - self.centre).T, lower=True).T, dtype=np.float64)

    def _u(self, y: Any) -> Any:
        return self.centre + y @ self.root.T


def straight(z: Values, middle: Values, scale: Values, skew: Values, tail: Values) -> Values:
    """Numbers without their bend."""
    return np.asarray(np.sinh(tail * np.arcsinh((z - middle) / scale) - skew), dtype=np.float64)


def learnt(before: Shape, optimum: Optimum, draws: Values) -> Shape:
    """The shape of a posterior from draws y [n, fitted] in the coordinates before."""
    z = before.z(draws)
    middle, scale = np.median(z, axis=0), z.std(axis=0)
    skew, tail = np.array([_bend((each - m) / s) for each, m, s in zip(z.T, middle, scale, strict=True)]).T
    u = straight(z, middle, scale, skew, tail)
    slope = tail * np.cosh(skew) / scale  # of u by z in the middle
    assumed = slope[:, None] * optimum.root
    root = np.linalg.cholesky(TRUSTED * np.cov(u.T) + (1 - TRUSTED) * assumed @ assumed.T)
    return Shape(u.mean(axis=0), np.asarray(root, dtype=np.float64), middle, scale, skew, tail)


def _bend(x: Values) -> tuple[float, float]:
    """Skew and tail that make a number normal, drawn towards no bend."""
    arc = np.arcsinh(x)

    def misfit(bend: Values) -> float:
        skew, tail = bend
        bent = tail * arc - skew
        u = np.sinh(bent)
        spread = max(float(u.std()), 1e-6)
        likely = np.log(spread) - np.mean(np.log(tail * np.cosh(bent)))
        return float(likely + DOUBT / len(x) * (skew**2 + np.log(tail) ** 2))

    found = minimize(misfit, np.array([0.0, 1.0]), method="L-BFGS-B", bounds=[(-MOST_SKEW, MOST_SKEW), TAILS])
    return float(found.x[0]), float(found.x[1])
