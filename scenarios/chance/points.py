"""Points that fill the unit cube evenly, the same for every scenario."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from scenarios.problems import Problem, ScenarioError

Values = NDArray[np.float64]
INSIDE = 2.0**-33
"""Half a grid cell of scipy's Sobol' points (2**-32 wide): no point lies on a bound."""
LARGEST = 2**64
STRETCH = 1024
"""Members whose points are made at once."""


def check(seed: int, members: range) -> None:
    """Refuse seeds and members that no generator knows, with a message for the user."""
    if not 0 <= seed < LARGEST:
        what = f"{seed} is not a seed: seeds are whole numbers from 0 to {LARGEST - 1}."
        raise ScenarioError([Problem("--seed", what, "Choose another, for example 1.")])
    if members.step != 1 or members.start < 0 or not len(members):
        what = f"members are numbered 0, 1, 2, …, not {members.start} to {members.stop} by {members.step}."
        raise ScenarioError([Problem("members", what, "Ask for a range such as range(0, 100).")])


def sobol(seed: int, members: range, dimensions: int) -> Values:
    """Members of the scrambled Sobol' sequence of a seed [members, dimensions], strictly between 0 and 1.

    Source: Owen 1995 for the scrambling, Joe and Kuo 2008 for the directions, both as in scipy.
    """
    stretches = range(members.start // STRETCH, -(-members.stop // STRETCH))
    points = np.concatenate([_stretch(seed, number, dimensions) for number in stretches])
    begin = members.start % STRETCH
    chosen = points[begin : begin + len(members)]
    return np.asarray(np.clip(chosen, INSIDE, 1 - INSIDE), dtype=np.float64)


@lru_cache(maxsize=4)
def _stretch(seed: int, number: int, dimensions: int) -> Values:
    """Points `number * STRETCH` and on; kept, since blocks of members follow each other."""
    sequence = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))
    if number:
        sequence.fast_forward(number * STRETCH)
    return np.asarray(sequence.random(STRETCH), dtype=np.float64)
