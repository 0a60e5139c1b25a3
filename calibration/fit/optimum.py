"""The most probable values of what is fitted, from several starts, with the slope from the compiled model.

Near the optimum the loss is a valley whose width differs by a factor of hundreds between directions. With slopes of
all residuals (a run for each fitted number, side by side) the valley is made round first; the quasi-Newton search then
needs some tens of steps instead of thousands. The same slopes give the curvature at the optimum (Gauss-Newton), and so
the spread of the fitted numbers (Laplace's approximation).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from calibration.fit.target import Target
from model.engine.batch import Batch

Values = NDArray[np.float64]
Slope = Callable[[Values], tuple[float, Values]]
Say = Callable[[str], None]
START_SPREAD = 0.5
"""Spread of the random starts, in the priors' own: beyond it many runs are absurd and the search is lost in them."""
MEMORY = 40
STEPS = (40, 40, 100, 200, 200)
"""Steps of a search in each round."""
FEWEST_ROUNDS, PROCESSORS = 3, 2
FLAT = 0.05
"""Largest slope at an optimum along a standard deviation of the posterior: a twentieth of it lies between them."""
HALVINGS = 0.5 ** np.arange(8)
SMALL = 0.02
"""A fall of the loss that changes no posterior probability by more than two per cent."""
SAME = 1.0
"""Starts whose losses differ by less have found the same optimum: a factor e of the posterior density."""


@dataclass(frozen=True)
class Found:
    """Where one search ended: z [fitted], loss, largest slope in whitened coordinates, evaluations of the slope."""

    z: Values
    loss: float
    slope: float
    evaluations: int


@dataclass(frozen=True)
class Optimum:
    """The best of all searches. `root`: lower triangle with root·rootᵀ the covariance of z there (Laplace).

    `slopes` [datum, fitted] of the whitened residuals there; `searches`: every start's end, the best first; `gain`:
    how much the loss still falls along its steepest descent. At a kink (a MIN or MAX that just binds) the slope does
    not vanish at the least value, but nothing is gained by going on.
    """

    z: Values
    loss: float
    slope: float
    root: Values
    slopes: Values
    searches: tuple[Found, ...]
    gain: float = 0.0

    @property
    def agreeing(self) -> int:
        """How many starts ended at the best loss."""
        return sum(each.loss - self.loss < SAME for each in self.searches)

    @property
    def covariance(self) -> Values:
        """Covariance of z [fitted, fitted]."""
        return np.asarray(self.root @ self.root.T, dtype=np.float64)

    def problems(self) -> list[str]:
        """Why the fit has not converged; none when it has."""
        found = []
        if self.slope > FLAT and self.gain > SMALL:
            told = f"the slope at the optimum is {self.slope:.3f} of a standard deviation, more than {FLAT}"
            found.append(f"{told}, and the loss still falls by {self.gain:.2f} along it")
        if len(self.searches) > 1 and self.agreeing < 2:
            found.append(f"only one of {len(self.searches)} starts reached the best loss: there may be a better one")
        return found


def root_of(slopes: Values) -> Values:
    """Lower triangle whose square is the inverse of the curvature slopesᵀ·slopes + 1 (data and priors)."""
    curvature = slopes.T @ slopes + np.eye(slopes.shape[1])
    inverse = cho_solve(cho_factor(curvature, lower=True), np.eye(len(curvature)))
    return np.asarray(np.linalg.cholesky((inverse + inverse.T) / 2), dtype=np.float64)


def compiled_slope(target: Target) -> Slope:
    """Loss and slope at z by the compiled model. Raises BackendMissingError without JAX."""
    from model.engine.cache import SLOPE, settings
    from model.engine.jax_backend import load_jax

    jax = load_jax()
    both: Any = jax.jit(jax.value_and_grad(target.loss()), compiler_options=settings(SLOPE))

    def slope(z: Values) -> tuple[float, Values]:
        loss, slopes = both(z)
        return float(loss), np.asarray(slopes, dtype=np.float64)

    return slope


def search(slope: Slope, begun: Found, root: Values, steps: int) -> Found:
    """Go down in coordinates in which `root` is one standard deviation, at most so many steps."""
    count = 0

    def whitened(y: Values) -> tuple[float, Values]:
        nonlocal count
        count += 1
        loss, slopes = slope(begun.z + root @ y)
        return loss, root.T @ slopes

    options: Any = {"maxiter": steps, "maxcor": MEMORY, "gtol": FLAT / 2, "ftol": 1e-13}
    found = minimize(whitened, np.zeros(len(root)), jac=True, method="L-BFGS-B", options=options)
    z = np.asarray(begun.z + root @ found.x, dtype=np.float64)
    return Found(z, float(found.fun), float(np.abs(found.jac).max()), begun.evaluations + count)


def gauss_newton(target: Target, batch: Batch, start: Values, steps: int = 20) -> Optimum:
    """The optimum near `start` by differences alone: no compiling for new data, and no JAX.

    Each step solves the problem as if runs were straight lines in z, and goes only as far as the loss falls.
    """
    z, taken = start, 0
    residual, slopes = target.slopes(batch, z)
    loss = 0.5 * float(residual @ residual + z @ z)
    for taken in range(1, steps + 1):  # noqa: B007
        root = root_of(slopes)
        slope = root.T @ (slopes.T @ residual + z)
        if np.abs(slope).max() <= FLAT:
            break
        tried = z - np.outer(HALVINGS, root @ slope)
        found = target.residuals(batch, tried)
        losses = 0.5 * ((found**2).sum(axis=1) + (tried**2).sum(axis=1))
        best = int(np.argmin(losses))
        if losses[best] >= loss:
            break
        z = tried[best]
        residual, slopes = target.slopes(batch, z)
        loss = float(losses[best])
    root = root_of(slopes)
    flatness = float(np.abs(root.T @ (slopes.T @ residual + z)).max())
    return Optimum(z, loss, flatness, root, slopes, (Found(z, loss, flatness, taken),))


def starts(count: int, size: int, seed: int) -> Values:
    """Where searches begin [count, fitted]: the priors' medians, then random places around them."""
    random = START_SPREAD * np.random.default_rng(seed).standard_normal((count, size))
    random[0] = 0.0
    return random


def optimise(target: Target, slope: Slope, batch: Batch, begin: Values, say: Say) -> Optimum:
    """The best optimum found from the starts `begin` [start, fitted], with the curvature there.

    Between rounds the coordinates are made anew from the curvature at the best place so far. Starts are searched two
    at a time.
    """
    ended = [Found(z, np.inf, np.inf, 0) for z in begin]
    for number, steps in enumerate(STEPS, 1):
        before = ended[0].loss
        slopes = target.slopes(batch, ended[0].z)[1]
        root = root_of(slopes)
        with ThreadPoolExecutor(PROCESSORS) as pool:
            ended = sorted(pool.map(lambda each: search(slope, each, root, steps), ended), key=lambda each: each.loss)  # noqa: B023
        losses = ", ".join(f"{each.loss:.1f}" for each in ended)
        say(f"Round {number} of at most {len(STEPS)}: losses {losses}; slope at the best {ended[0].slope:.2f}")
        if number >= FEWEST_ROUNDS and (ended[0].slope <= FLAT or before - ended[0].loss < SMALL):
            break
    best = ended[0]
    slopes = target.slopes(batch, best.z)[1]
    root = root_of(slopes)
    steepest = root.T @ slope(best.z)[1]
    gain = best.loss - min(slope(best.z - step * (root @ steepest))[0] for step in HALVINGS)
    return Optimum(best.z, best.loss, float(np.abs(steepest).max()), root, slopes, tuple(ended), max(0.0, float(gain)))
