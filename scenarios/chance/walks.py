"""Shocks of jobs and prices: what goes on from the value of the run's start, wherever that had strayed.

Jobs and prices start as observed, so that only changes from then on are unknown: a path is drawn anywhere in its
long-run spread, and what is seen of it at the start is taken off. After h years it has strayed as far as two moments
h years apart do. The region's part is the same for all; a place's own comes on top.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calibration.process_noise import JOBS, OF_PLACES, PRICES, WALKS, WalkSizes, kind_of
from calibration.process_noise.lag import LAGS
from scenarios.chance.noise import FIRST_YEAR, LANES, normal, of_times

Values = NDArray[np.float64]
JOB_LEVER, PRICE_LEVER = "job noise", "price noise"
LEVERS = (JOB_LEVER, PRICE_LEVER)
BEHIND = max(map(len, LAGS.values()))
"""Years before the run's first whose shocks are still to come through when it starts."""
PLACE = 2**41
"""Place in a member's numbers of those of jobs and prices, beyond all others."""


@dataclass(frozen=True)
class Walking:
    """The shocks of an ensemble for years `first`…`last` (both included), industries and municipalities `codes`."""

    sizes: WalkSizes
    first: int
    last: int
    industries: tuple[str, ...]
    codes: tuple[str, ...]

    def draw(self, seed: int, members: range) -> Values:
        """Logarithmic shocks [member, year, kind, municipality]; their exponentials have mean 1."""
        sizes, places = self.sizes, len(self.sizes.codes)
        each = len(WALKS) + len(OF_PLACES) * places
        padded, skipped = -(-each // LANES), self.first - FIRST_YEAR
        shape = (self.last - self.first + 1 + BEHIND, padded * LANES)
        fresh = np.array([normal(seed, i, PLACE + skipped * padded, shape) for i in members])
        common = self._strayed(fresh[..., : len(WALKS)], sizes.common_persistence)
        found = (common * sizes.common)[..., None] * np.ones(places)
        own = fresh[..., len(WALKS) : each].reshape(len(members), shape[0], len(OF_PLACES), places)
        local = self._strayed(own, sizes.local_persistence[self._local, None])
        found[:, :, self._local] += local * sizes.local[self._local]
        return np.asarray((found - self._variance / 2)[..., self._chosen], dtype=np.float64)

    @property
    def _local(self) -> list[int]:
        return [WALKS.index(kind) for kind in OF_PLACES]

    @property
    def _chosen(self) -> list[int]:
        return [self.sizes.codes.index(code) for code in self.codes]

    @cached_property
    def _weights(self) -> Values:
        """What a shock of a run's year is, of the shocks of all years: itself less what was seen at the start
        [kind, year, all years].
        """
        count = self.last - self.first + 1
        weights = np.zeros((len(WALKS), count, count + BEHIND))
        weights[:, np.arange(count), np.arange(count) + BEHIND] = 1.0
        for place, kind in enumerate(WALKS):
            for later, share in enumerate(LAGS[kind]):
                weights[place, :, BEHIND - 1 - later] -= share
        return weights

    def _strayed(self, fresh: Values, persistence: Values) -> Values:
        """Paths of long-run variance 1 less what is seen of them at the start [member, year, kind, …] from standard
        normal numbers of all years.
        """
        path, new = [fresh[:, 0]], np.sqrt(1 - persistence**2)
        for year in range(1, fresh.shape[1]):
            path.append(persistence * path[-1] + new * fresh[:, year])
        whole = np.stack(path, axis=1)
        kinds = range(len(WALKS)) if fresh.shape[2] == len(WALKS) else self._local
        parts = [np.einsum("ty,ny...->nt...", self._weights[kind], whole[:, :, i]) for i, kind in enumerate(kinds)]
        return np.stack(parts, axis=2)

    @cached_property
    def _variance(self) -> Values:
        """Variance of the shocks [year, kind, municipality]."""
        sizes, years = self.sizes, np.arange(self._weights.shape[2])
        apart = np.abs(years[:, None] - years[None, :])

        def of(persistence: Values) -> Values:
            together = persistence[:, None, None] ** apart
            return np.asarray(np.einsum("kty,kyz,ktz->tk", self._weights, together, self._weights), dtype=np.float64)

        common = of(sizes.common_persistence) * sizes.common**2
        return np.asarray(common[..., None] + of(sizes.local_persistence)[..., None] * sizes.local**2, dtype=np.float64)

    def levers(self, seed: int, members: range, times: Values) -> dict[str, Values]:
        """Jobs [member, time, industry, municipality] and prices [member, time, municipality]: a year's shock holds for
        all steps that begin in it.
        """
        paths = self.draw(seed, members)[:, of_times(times, self.first, self.last)]
        own = [WALKS.index(kind_of(industry)) for industry in self.industries]
        jobs = paths[:, :, [WALKS.index(JOBS)]] + paths[:, :, own]
        return {JOB_LEVER: jobs, PRICE_LEVER: paths[:, :, WALKS.index(PRICES)]}

    def quiet(self, members: int, times: Values) -> dict[str, Values]:
        """The levers without shocks."""
        places = len(self.codes)
        jobs = np.zeros((members, len(times), len(self.industries), places))
        return {JOB_LEVER: jobs, PRICE_LEVER: np.zeros((members, len(times), places))}
