"""Yearly shocks of births, deaths and moves: what rates and people do not explain, common to the region and local."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from calibration.process_noise import KINDS, Sizes

Values = NDArray[np.float64]
LEVERS = {
    "births": "fertility noise",
    "deaths": "mortality noise",
    "moves in": "moves in noise",
    "moves out": "moves out noise",
    "immigration": "immigration noise",
}
"""The model's levers by kind of event: logarithms, 0 is no shock."""
FIRST_YEAR = 2011
"""Shocks are numbered from this year, so that a calendar year has the same ones wherever the run starts."""
LEVELS = 2**40
"""Place in a member's numbers, beyond all years, of those drawn once for the whole run."""
LANES = 4  # numbers that Philox makes for one value of its counter
SMALLEST = 2.0**-54  # half the distance between the generator's numbers: 0 itself is never drawn


@dataclass(frozen=True)
class Noise:
    """The shocks of an ensemble for years `first`…`last` (both included) and municipalities `codes`."""

    sizes: Sizes
    first: int
    last: int
    codes: tuple[str, ...]

    def draw(self, seed: int, members: range) -> Values:
        """Logarithmic shocks [member, year, kind, municipality].

        Their exponentials have mean 1, so that chance alone does not shift what is expected.
        """
        kinds, places = len(KINDS), len(self.sizes.codes)
        each = kinds * (1 + 2 * places)
        padded, skipped = -(-each // LANES), self.first - FIRST_YEAR
        years = self.last - self.first + 1
        yearly = np.array([normal(seed, i, skipped * padded, (years, padded * LANES)) for i in members])
        lasting = np.array([normal(seed, i, LEVELS, (kinds, places)) for i in members])
        common = yearly[..., :kinds]
        both = yearly[..., kinds:each].reshape(len(members), years, 2, kinds, places)
        return self._paths(common, both[:, :, 0], both[:, :, 1]) + self._levels(lasting)

    def _levels(self, lasting: Values) -> Values:
        """Errors of the rates' level [member, 1, kind, municipality], the same in every year."""
        sizes = self.sizes
        error = np.einsum("kj,njm->nkm", _root(sizes.local_correlation), lasting) * sizes.level
        return np.asarray((error - sizes.level**2 / 2)[:, None, :, self._chosen], dtype=np.float64)

    @property
    def _chosen(self) -> list[int]:
        return [self.sizes.codes.index(code) for code in self.codes]

    def _paths(self, common: Values, local: Values, yearly: Values) -> Values:
        """Shocks without errors of level [member, year, kind, municipality]."""
        sizes = self.sizes
        known = np.array([start == "known" for start in sizes.common_start])
        shared, shared_variance = _autoregressive(
            common @ _root(sizes.common_correlation).T, sizes.common_persistence, known
        )
        own, _ = _autoregressive(
            np.einsum("kj,nyjm->nykm", _root(sizes.local_correlation), local),
            sizes.local_persistence[:, None],
            np.zeros((len(KINDS), 1), dtype=bool),
        )
        total = (shared * sizes.common)[..., None] + own * sizes.local + yearly * sizes.yearly
        variance = (shared_variance * sizes.common**2)[..., None] + sizes.local**2 + sizes.yearly**2
        return np.asarray((total - variance / 2)[..., self._chosen], dtype=np.float64)

    def levers(self, seed: int, members: range, times: Values) -> dict[str, Values]:
        """The five levers [member, time, municipality]: a year's shock holds for all steps that begin in it."""
        paths, year = self.draw(seed, members), of_times(times, self.first, self.last)
        return {LEVERS[kind]: paths[:, year, i, :] for i, kind in enumerate(KINDS)}


def of_times(times: Values, first: int, last: int) -> NDArray[np.int_]:
    """Number of the year, counted from `first`, in which each step begins; the last moment belongs to `last`."""
    return np.asarray(np.clip(np.floor(times + 1e-9).astype(int), first, last) - first, dtype=np.int_)


def normal(seed: int, member: int, place: int, shape: tuple[int, int]) -> Values:
    """Standard normal numbers of a member from a place (in values of the generator's counter) on."""
    bits = np.random.Philox(key=np.array([seed, member], dtype=np.uint64))
    bits.advance(place)
    return np.asarray(ndtri(np.random.Generator(bits).random(shape) + SMALLEST), dtype=np.float64)


def _root(correlation: Values) -> Values:
    """A matrix whose product with its transpose is the correlation."""
    return np.asarray(np.linalg.cholesky(correlation), dtype=np.float64)


def _autoregressive(normal: Values, persistence: Values, known: NDArray[np.bool_]) -> tuple[Values, Values]:
    """First-order autoregressive paths with long-run variance 1 from standard normal numbers [n, year, …], and their
    variance in each year [year, …].

    Where `known`, the year before the first stands at 0; elsewhere anywhere in the long-run spread.
    """
    fresh = np.sqrt(1 - persistence**2)
    first = np.where(known, fresh, 1.0)
    paths, variance = [first * normal[:, 0]], [first**2 * np.ones(normal.shape[2:])]
    for year in range(1, normal.shape[1]):
        paths.append(persistence * paths[-1] + fresh * normal[:, year])
        variance.append(persistence**2 * variance[-1] + fresh**2)
    return np.stack(paths, axis=1), np.array(variance)


def years_of(times: Sequence[float] | Values) -> tuple[int, int]:
    """First and last calendar year that begin within a run's steps (its last moment begins no step)."""
    return int(np.floor(times[0] + 1e-9)), int(np.ceil(times[-1] - 1e-9)) - 1
