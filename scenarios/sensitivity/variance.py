"""Shares of variance: Sobol' indices, first-order and total, of the inputs that matter.

Inputs that screening left out are not held fixed: they vary together as one further input, so that its share tells
whether leaving them out was right. Points after Saltelli et al. 2010, Computer Physics Communications 181:259-270,
from a scrambled Sobol' sequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
OTHERS = "all other inputs"
"""The inputs that are not told one by one."""
RESAMPLES = 200
CONFIDENCE = 0.95
INDICES = ("S1", "S1_conf", "ST", "ST_conf", "ST_conf_all")
"""What the library calls the indices, in the order of Shares."""
STILL = 1e-12
"""Relative deviation below which an output counts as constant: rounding."""
EDGE = 1e-9
"""Least distance of a probability from 0 and 1, where distributions may end at infinity."""


@dataclass(frozen=True)
class Shares:
    """Shares of variance over (outputs, drivers); drivers: the inputs told one by one, then the others if any.

    first: share that goes when the input alone becomes known. total: share that stays while it alone is unknown.
    The intervals are half the width of the 95 per cent interval. replicates: total shares of each bootstrap sample,
    (outputs, samples, drivers).
    """

    drivers: tuple[str, ...]
    first: Floats
    first_interval: Floats
    total: Floats
    total_interval: Floats
    replicates: Floats


def saltelli_points(inputs: Sequence[str], told: Sequence[str], samples: int, seed: int) -> Floats:
    """Points as probabilities, (samples × (drivers + 2), inputs)."""
    from SALib.sample import sobol

    points = sobol.sample(_problem(inputs, told), samples, calc_second_order=False, seed=np.random.default_rng(seed))
    return np.clip(np.asarray(points, dtype=np.float64), EDGE, 1 - EDGE)


def shares_of_variance(inputs: Sequence[str], told: Sequence[str], values: Floats, seed: int) -> Shares:
    """Indices of each driver for each output; values: (points, outputs). seed: above 0.

    Not-a-number for outputs that are constant or not numbers: they have no variance to divide.
    """
    problem, drivers = _problem(inputs, told), drivers_of(inputs, told)
    found = [_indices(problem, output, (seed, len(drivers))) for output in values.T]
    return Shares(drivers, *(np.stack([each[name] for each in found]) for name in INDICES))


def _indices(problem: dict[str, Any], output: Floats, seed_and_drivers: tuple[int, int]) -> dict[str, Floats]:
    from SALib.analyze import sobol

    seed, drivers = seed_and_drivers
    if not np.isfinite(output).all() or output.std() <= STILL * np.abs(output).max():
        empty = np.full(drivers, np.nan)
        return dict.fromkeys(INDICES[:-1], empty) | {INDICES[-1]: np.full((RESAMPLES, drivers), np.nan)}
    options = {"num_resamples": RESAMPLES, "conf_level": CONFIDENCE, "keep_resamples": True, "seed": seed}
    found = sobol.analyze(problem, np.ascontiguousarray(output), calc_second_order=False, **options)
    return {name: np.asarray(found[name], dtype=np.float64) for name in INDICES}


def drivers_of(inputs: Sequence[str], told: Sequence[str]) -> tuple[str, ...]:
    """What a share is told of, in the order of the indices: inputs in their order, the others where first met."""
    return tuple(dict.fromkeys(_groups(inputs, told)))


def _groups(inputs: Sequence[str], told: Sequence[str]) -> list[str]:
    return [name if name in told else OTHERS for name in inputs]


def _problem(inputs: Sequence[str], told: Sequence[str]) -> dict[str, Any]:
    names = list(inputs)
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    return problem | {"groups": _groups(inputs, told)}
