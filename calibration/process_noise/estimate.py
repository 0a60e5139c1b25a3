"""All shocks together: each kind by itself, then how the kinds go together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from calibration.demography.window import Window
from calibration.process_noise import likelihood
from calibration.process_noise.likelihood import IMPOSSIBLE, PARAMETERS, Shocks, autocorrelation, best, cross
from calibration.process_noise.residuals import RATES, Counts, counts, read
from calibration.process_noise.table import KINDS

Values = NDArray[np.float64]
YEARLY_KINDS = KINDS[:4]
"""Kinds with every municipality's count every year."""
IMMIGRATION = "immigration"
TOGETHER = ("deaths", "moves in", "moves out")
"""Kinds whose correlations are estimated. Births' common wave of 2011-2024 is one long fall: how it went together with
anything else is one observation."""
COMMON, SIZES = slice(0, 2), slice(3, 6)
"""Places of the common wave's and of the local sizes' parameters."""
FEWEST_YEARS = 8
ROUNDS = 2


@dataclass(frozen=True)
class Estimate:
    """Shocks by kind; correlation of innovations and its standard error by pair of kinds and part.

    `expected` [kind, municipality]: mean yearly count that the sizes by municipality belong to.
    """

    window: Window
    codes: tuple[str, ...]
    shocks: dict[str, Shocks]
    correlations: dict[tuple[str, str, str], tuple[float, float]]
    expected: Values


def estimate(window: Window, known: Counts | None = None, rates: Path = RATES) -> Estimate:
    """Estimate every shock from the years of `window`, or from counts that are given.

    Raises ValueError when the window has too few years.
    """
    known = known or counts(window, rates=rates)
    if len(known.years) < FEWEST_YEARS:
        raise ValueError(f"{len(known.years)} years are too few to tell shocks from levels; give {FEWEST_YEARS}.")
    residual, years = known.residuals()[..., known.kept], np.array(known.years, dtype=np.float64)
    mean = known.expected.mean(1)
    shocks = {kind: likelihood.fit(residual[i], years, mean[i][known.kept]) for i, kind in enumerate(YEARLY_KINDS)}
    shocks[IMMIGRATION] = immigration(known, residual[KINDS.index(IMMIGRATION)], shocks["moves in"], rates)
    pairs: dict[tuple[str, str, str], tuple[float, float]] = {}
    for first, second in combinations(TOGETHER, 2):
        chosen = [KINDS.index(first), KINDS.index(second)]
        both = Pair(residual[chosen], years, mean[chosen][:, known.kept], (shocks[first], shocks[second]))
        pairs |= {(first, second, part): found for part, found in both.correlations().items()}
    return Estimate(window, known.codes, shocks, pairs, mean)


def immigration(known: Counts, residual: Values, moves_in: Shocks, rates: Path) -> Shocks:
    """Immigration: its common wave from Sweden's level of every year, the local part from the years with a split.

    Sweden's level is given of the past; of the future the model has an official path, which reality will stray from.
    The local part has so few years that its persistence is taken from moves in, and all of it where fewer than two
    years of the window have a split.
    """
    years = np.array(known.years, dtype=np.float64)
    level = read(rates, "demography_series.csv").set_index("time")["immigration level"]
    wave = np.log(level.loc[list(known.years)].to_numpy(dtype=np.float64))
    values, errors = moves_in.values.copy(), np.full(len(PARAMETERS), np.nan)
    values[COMMON], errors[COMMON] = wave_alone(wave - wave.mean(), years)
    split = ~np.isnan(residual).any(1)
    if split.sum() > 1:
        expected = known.expected[KINDS.index(IMMIGRATION)].mean(0)[known.kept]
        values[SIZES], errors[SIZES] = sizes_alone(
            residual[split], years[split], expected, moves_in["local persistence"]
        )
    return Shocks(values, errors, np.nan)


def wave_alone(series: Values, years: Values) -> tuple[Values, Values]:
    """Persistence and long-run variance of one series [year] with an unknown level, and their standard errors."""
    design = np.ones((len(years), 1))

    def loss(free: Values) -> float:
        phi, variance = likelihood.natural(free, COMMON)
        return -likelihood.restricted(variance * autocorrelation(years, phi), series, design)

    return likelihood.maximise(loss, likelihood.unconstrained(likelihood.START)[COMMON], COMMON)[:2]


def sizes_alone(residual: Values, years: Values, expected: Values, persistence: float) -> tuple[Values, Values]:
    """a, d and w of residuals [year, municipality] whose persistence is known, and their standard errors.

    Each year's regional level is taken out with those of the municipalities.
    """
    places, size = len(expected), len(years)
    by_year = np.kron(np.ones((places, 1)), np.eye(size))[:, 1:]
    design, flat = np.column_stack([likelihood.level_design(places, size), by_year]), residual.T.ravel()

    def loss(free: Values) -> float:
        values = np.array([0.0, likelihood.LEAST, persistence, *likelihood.natural(free, SIZES)])
        return -likelihood.restricted(likelihood.covariance(values, years, expected), flat, design)

    return likelihood.maximise(loss, likelihood.unconstrained(likelihood.START)[SIZES], SIZES)[:2]


@dataclass(frozen=True)
class Pair:
    """Residuals of two kinds [2, year, municipality] whose own shocks are known: how they go together."""

    residual: Values
    years: Values
    expected: Values
    shocks: tuple[Shocks, Shocks]

    def covariance(self, common: float, local: float) -> Values:
        """Covariance of both kinds' residuals given the correlations of their innovations."""
        first, second = (s.values for s in self.shocks)
        size, places = len(self.years), self.expected.shape[1]
        shared = common * cross(self.years, first[:2], second[:2])
        sizes = np.sqrt(np.prod([s.local_variance(e) for s, e in zip(self.shocks, self.expected, strict=True)], axis=0))
        shape = cross(self.years, np.array([first[2], 1.0]), np.array([second[2], 1.0]))
        both = np.kron(np.ones((places, places)), shared) + np.kron(np.diag(local * sizes), shape)
        one, two = (
            likelihood.covariance(s.values, self.years, e) for s, e in zip(self.shocks, self.expected, strict=True)
        )
        return np.asarray(np.block([[one, both], [both.T, two]]).reshape(2 * size * places, -1), dtype=np.float64)

    def correlations(self) -> dict[str, tuple[float, float]]:
        """Estimate and standard error of the common and the local correlation."""
        flat = np.concatenate([part.T.ravel() for part in self.residual])
        levels = likelihood.level_design(self.expected.shape[1], len(self.years))
        design = np.asarray(np.kron(np.eye(2), levels), dtype=np.float64)

        def loss(common: float, local: float) -> float:
            try:
                return -likelihood.restricted(self.covariance(common, local), flat, design)
            except np.linalg.LinAlgError:  # a pair of correlations that cannot be
                return IMPOSSIBLE

        common, local = (0.0, np.nan), (0.0, np.nan)
        for _ in range(ROUNDS):
            common = best(partial(lambda other, x: loss(x, other), local[0]))
            local = best(partial(loss, common[0]))
        return {"common": common, "local": local}
