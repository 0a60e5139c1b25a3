"""Screening: Morris' elementary effects of every input, from few runs.

Morris 1991, Technometrics 33:161-174; absolute means after Campolongo, Cariboni & Saltelli 2007, Environmental
Modelling & Software 22:1509-1518. Trajectories are drawn at random and not chosen for their spread: that choice pays
where runs are dear, and here a run takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEVELS = 4
"""Levels of an input on a trajectory; the usual number (Campolongo et al. 2007)."""
LOWEST, HIGHEST = 0.05, 0.95
"""Probabilities between which an input moves: beyond them lie values that hardly anybody believes in."""
RESAMPLES = 200
"""Bootstrap samples behind an interval."""
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Screening:
    """Elementary effects over (outputs, inputs), in the output's unit for the way from LOWEST to HIGHEST.

    mu: mean effect. mu_star: mean of its size. sigma: its spread, large where an input acts through others or not in
    a straight line. interval: half the width of mu_star's 95 per cent interval. replicates: mu_star of each bootstrap
    sample, (outputs, samples, inputs).
    """

    mu: Floats
    mu_star: Floats
    sigma: Floats
    interval: Floats
    replicates: Floats


def trajectories(inputs: Sequence[str], count: int, seed: int) -> Floats:
    """The points of `count` trajectories, (count × (inputs + 1), inputs), as probabilities."""
    from SALib.sample import morris

    return np.asarray(morris.sample(_problem(inputs), count, num_levels=LEVELS, seed=seed), dtype=np.float64)


def screen(inputs: Sequence[str], points: Floats, values: Floats, seed: int) -> Screening:
    """Effects of each input on each output; values: (points, outputs)."""
    from SALib.analyze import morris

    rows: dict[str, list[Floats]] = {"mu": [], "mu_star": [], "sigma": [], "mu_star_conf": []}
    options: dict[str, Any] = {"num_levels": LEVELS, "num_resamples": RESAMPLES, "conf_level": CONFIDENCE, "seed": seed}
    for output in values.T:
        found = morris.analyze(_problem(inputs), points, np.ascontiguousarray(output), **options)
        for name, row in rows.items():
            row.append(np.asarray(found[name], dtype=np.float64))
    mu, mu_star, sigma, interval = (np.array(row) for row in rows.values())
    return Screening(mu, mu_star, sigma, interval, _replicates(points, values, seed))


def elementary_effects(points: Floats, values: Floats) -> Floats:
    """Change of each output per whole way of an input, (trajectories, outputs, inputs)."""
    size = points.shape[1] + 1
    steps = np.diff(points.reshape(-1, size, points.shape[1]), axis=1)
    changes = np.diff(values.reshape(-1, size, values.shape[1]), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    lengths = np.take_along_axis(steps, moved[:, :, None], axis=2) / (HIGHEST - LOWEST)
    effects = np.empty((len(steps), values.shape[1], points.shape[1]))
    np.put_along_axis(effects, moved[:, None, :], np.swapaxes(changes / lengths, 1, 2), axis=2)
    return effects


def _replicates(points: Floats, values: Floats, seed: int) -> Floats:
    """Mean sizes of the effects in bootstrap samples of whole trajectories, (outputs, samples, inputs)."""
    sizes = np.abs(elementary_effects(points, values))
    count = len(sizes)
    drawn = np.random.default_rng(seed).integers(count, size=(RESAMPLES, count))
    shares = np.stack([np.bincount(sample, minlength=count) for sample in drawn]) / count
    return np.asarray(np.einsum("st,toi->osi", shares, sizes))


def _problem(inputs: Sequence[str]) -> dict[str, Any]:
    names = list(inputs)
    return {"num_vars": len(names), "names": names, "bounds": [[LOWEST, HIGHEST]] * len(names)}
