"""The analysis itself, for anything that turns points into values: swings, screening, choice, shares of variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.sensitivity.convergence import Convergence, convergence, relative
from scenarios.sensitivity.order import SensitivityOrder
from scenarios.sensitivity.runs import Runner
from scenarios.sensitivity.screening import Screening, screen, trajectories
from scenarios.sensitivity.tornado import Swings, one_at_a_time, swings
from scenarios.sensitivity.variance import Shares, saltelli_points, shares_of_variance

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
MOST_TOLD = 40
"""Inputs whose share of variance is told one by one after a screening, at most."""
STILL = 1e-9
"""Relative change below which an output counts as constant: rounding."""
REMAINS = 0.1
"""Share of the variance that the inputs not told one by one may have together: by the screening when they are chosen,
by their total share when the choice is judged."""


@dataclass(frozen=True)
class Findings:
    """What an analysis found, over flat outputs (a first axis of their number everywhere).

    moves: outputs that some input moves. defined: outputs that are numbers in every run; indices of outputs that do
    not move or are not defined are not-a-number, and their convergence None. told: inputs whose shares of variance
    are told one by one. runs: how many there were.
    """

    inputs: tuple[str, ...]
    moves: Flags
    defined: Flags
    swings: Swings
    screening: Screening | None
    screening_settled: tuple[Convergence | None, ...]
    told: tuple[str, ...]
    shares: Shares | None
    shares_settled: tuple[Convergence | None, ...]
    runs: int


@dataclass(frozen=True)
class _Part:
    """Points and the values found there."""

    points: Floats
    values: Floats


def study(inputs: Sequence[str], order: SensitivityOrder, runner: Runner) -> Findings:
    """Make the runs and read them. The same order gives the same numbers."""
    names = tuple(inputs)
    seeds = [1 + int(each) // 2 for each in np.random.SeedSequence(order.seed).generate_state(4)]  # never 0
    single, screened = _first(names, order, (runner, seeds[0]))
    told, divided = names, None
    if screened:
        told = important(names, screen(names, screened.points, screened.values, seeds[1]).mu_star)
    if order.divides and told:
        divided = _run(runner, saltelli_points(names, told, order.samples, seeds[2]), "Shares of variance")
    return _read(names, told, (single, screened, divided), (seeds[1], seeds[3]))


def important(inputs: Sequence[str], mu_star: Floats, most: int = MOST_TOLD) -> tuple[str, ...]:
    """The inputs to be told one by one, in the order of the inputs; mu_star: (outputs, inputs).

    Squared effects stand for variances, as they would be without interactions. The strongest input is added for the
    output whose left-out inputs hold the largest share, until they hold no more than REMAINS of any, or there are
    `most`. Outputs that nothing moves, or that are not numbers, have no say.
    """
    variances = mu_star**2
    sums = variances.sum(axis=1)
    usable = np.isfinite(sums) & (sums > 0)
    left = variances[usable] / sums[usable, None]
    chosen: set[int] = set()
    while left.size and len(chosen) < most and left.sum(axis=1).max() > REMAINS:
        strongest = int(left[left.sum(axis=1).argmax()].argmax())
        chosen.add(strongest)
        left[:, strongest] = 0.0
    return tuple(name for at, name in enumerate(inputs) if at in chosen)


def _first(names: tuple[str, ...], order: SensitivityOrder, how: tuple[Runner, int]) -> tuple[_Part, _Part | None]:
    """One input at a time and, if asked for, the screening: made together, so that processes start once."""
    runner, seed = how
    single = one_at_a_time(len(names))
    if not order.screens:
        return _run(runner, single, "One input at a time"), None
    paths = trajectories(names, order.trajectories, seed)
    both = _run(runner, np.concatenate([single, paths]), "One input at a time, and screening")
    return _Part(single, both.values[: len(single)]), _Part(paths, both.values[len(single) :])


def _run(runner: Runner, points: Floats, what: str) -> _Part:
    return _Part(points, runner.values(points, what))


def _read(
    names: tuple[str, ...],
    told: tuple[str, ...],
    parts: tuple[_Part, _Part | None, _Part | None],
    seeds: tuple[int, int],
) -> Findings:
    single, screened, divided = parts
    values = np.concatenate([part.values for part in parts if part])
    defined = np.isfinite(values).all(axis=0)
    spans = np.ptp(values, axis=0)
    moves = defined & (spans > STILL * np.abs(values).max(axis=0))
    screening = screen(names, screened.points, screened.values, seeds[0]) if screened else None
    shares = shares_of_variance(names, told, divided.values, seeds[1]) if divided else None
    return Findings(
        names,
        moves,
        defined,
        swings(single.values),
        screening,
        _settled(moves, screening.mu_star, screening.replicates, scaled=True) if screening else (),
        told,
        shares,
        _settled(moves, shares.total, shares.replicates, scaled=False) if shares else (),
        len(values),
    )


def _settled(moves: Flags, index: Floats, replicates: Floats, scaled: bool) -> tuple[Convergence | None, ...]:
    found: list[Convergence | None] = []
    for at, moving in enumerate(moves):
        if not moving or not np.isfinite(index[at]).all() or index[at].max() <= 0:
            found.append(None)
            continue
        pair = relative(index[at], replicates[at]) if scaled else (index[at], replicates[at])
        found.append(convergence(*pair))
    return tuple(found)
