"""Draws from the posterior by the No-U-Turn sampler (Hoffman and Gelman 2014, JMLR 15), through BlackJAX.

Chains run in coordinates in which the posterior is near a unit ball, so that a unit mass suits every direction and
trajectories are short. First these come from the curvature at the optimum; the chains start far out (twice the spread
of Laplace's approximation), and what they draw teaches the shape of the posterior itself: the second stage, whose draws
are kept, runs in its coordinates (calibration/fit/shape.py). A chain's random numbers depend on seed, stage, chain and
iteration alone and it is saved every few iterations: an interrupted chain goes on to the same draws.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.fit.shape import Shape
from calibration.fit.target import Target

Values = NDArray[np.float64]
Tell = Callable[["Chain"], None]
CHAINS = 4
WARM_UP, TUNING = 60, 200
SETTLING, DRAWS = 60, 600
"""Iterations of a chain: to find the step and to learn the shape; to find the step anew, and kept."""
FAR = 2.0  # spread of the chains' first points in that of Laplace's approximation
ACCEPTED = 0.8
FIRST_STEP = 0.4
DEEPEST = 7  # doublings of a trajectory: 127 steps
SAVED_EVERY = 10
EARLY, FORGETTING, SHRINK = 10.0, 0.75, 0.05
"""Dual averaging's t0, kappa and gamma (Hoffman and Gelman 2014, section 3.2.1)."""


@dataclass
class Chain:
    """How far a chain has come: position y, draws kept, log step sizes of dual averaging, divergences."""

    at: Values
    draws: list[Values]
    done: int
    log_step: float
    mean_log_step: float
    error: float
    divergent: int
    leaps: int

    def save(self, path: Path) -> None:
        """Write whole or not at all."""
        partial = path.with_suffix(".partial.npz")
        np.savez(
            partial,
            at=self.at,
            draws=np.array(self.draws).reshape(-1, len(self.at)),
            numbers=np.array([self.done, self.log_step, self.mean_log_step, self.error, self.divergent, self.leaps]),
        )
        os.replace(partial, path)


def begun(path: Path, start: Values) -> Chain:
    """A chain as it was saved, or at its beginning."""
    if path.exists():
        with np.load(path) as saved:
            done, log_step, mean, error, divergent, leaps = saved["numbers"]
            return Chain(
                saved["at"], list(saved["draws"]), int(done), float(log_step), float(mean), float(error),
                int(divergent), int(leaps),
            )  # fmt: skip
    return Chain(start, [], 0, float(np.log(FIRST_STEP)), 0.0, 0.0, 0, 0)


def far_out(seed: int, number: int, size: int) -> Values:
    """Where a chain of the first stage begins [fitted]."""
    return np.asarray(FAR * np.random.default_rng([seed, number]).standard_normal(size), dtype=np.float64)


@dataclass(frozen=True)
class Order:
    """What to sample: iterations to warm up and to keep in each chain of a stage, and the seed."""

    seed: int = 1
    chains: int = CHAINS
    warm_up: int = SETTLING
    draws: int = DRAWS
    stage: int = 2

    def first(self) -> Order:
        """The stage before, which learns the shape."""
        return replace(self, warm_up=WARM_UP, draws=TUNING, stage=1)


def sampler(target: Target, shape: Shape) -> Callable[[Any, Values, float], tuple[Values, float, bool, int]]:
    """One transition, compiled: (key, y, step) -> (y, acceptance, divergent, leaps). Needs JAX and BlackJAX."""
    import blackjax

    from model.engine.cache import SLOPE, settings
    from model.engine.jax_backend import load_jax

    jax = load_jax()
    loss = target.loss()

    def density(y: Any) -> Any:
        return shape.log_slope(y, jax.numpy) - loss(shape.z(y, jax.numpy))

    kernel = blackjax.nuts.build_kernel()
    mass = np.ones(len(shape.centre))

    def transition(key: Any, y: Any, step: Any) -> Any:
        state = blackjax.nuts.init(y, density)
        state, info = kernel(key, state, density, step, mass, max_num_doublings=DEEPEST)
        return state.position, info.acceptance_rate, info.is_divergent, info.num_integration_steps

    compiled = jax.jit(transition, compiler_options=settings(SLOPE))

    def one(key: Any, y: Values, step: float) -> tuple[Values, float, bool, int]:
        position, rate, divergent, leaps = compiled(key, y, np.float64(step))
        return np.asarray(position, dtype=np.float64), float(rate), bool(divergent), int(leaps)

    return one


def run_chain(
    one: Callable[[Any, Values, float], tuple[Values, float, bool, int]],
    order: Order,
    number: int,
    files: tuple[Path, Values],
    tell: Tell,
) -> Chain:
    """Run a chain to its end, from where it was saved; `files`: where to save it, where to begin if it was not."""
    from model.engine.jax_backend import load_jax

    jax = load_jax()
    path, start = files
    chain = begun(path, start)
    key = jax.random.fold_in(jax.random.key(order.seed), number)
    key = jax.random.fold_in(key, order.stage) if order.stage > 1 else key
    while chain.done < order.warm_up + order.draws:
        warming = chain.done < order.warm_up
        step = float(np.exp(chain.log_step if warming else chain.mean_log_step))
        chain.at, rate, divergent, leaps = one(jax.random.fold_in(key, chain.done), chain.at, step)
        chain.done += 1
        if warming:
            _adapt(chain, rate)
        else:
            chain.draws.append(chain.at)
            chain.divergent += divergent
        chain.leaps += leaps
        if chain.done % SAVED_EVERY == 0 or chain.done == order.warm_up + order.draws:
            chain.save(path)
            tell(chain)
    return chain


def _adapt(chain: Chain, rate: float) -> None:
    """One round of dual averaging towards the wanted acceptance."""
    count = chain.done
    weight = 1 / (count + EARLY)
    chain.error = (1 - weight) * chain.error + weight * (ACCEPTED - rate)
    chain.log_step = float(np.log(10 * FIRST_STEP)) - np.sqrt(count) / SHRINK * chain.error
    forget = count**-FORGETTING
    chain.mean_log_step = forget * chain.log_step + (1 - forget) * chain.mean_log_step
