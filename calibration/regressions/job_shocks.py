"""Yearly shocks of jobs: what the data's job growth varies beyond the model's.

The model is given the observed jobs of basic and other industry, but its services, welfare and construction follow
people, need and building, and know no luck. Within places its jobs therefore vary far less than the data's, and a
coefficient per job comes out too large wherever luck in moves is there and luck in jobs is not. The shocks fill the
gap: first-order autoregressive, sized by place, put on the given jobs of other industry. Part of the gap is how jobs
are counted (a workplace that is coded elsewhere), which no shock stands for: they are an upper bound of real luck.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from calibration.regressions.ols import dummies
from calibration.regressions.panel import Panel

Values = NDArray[np.float64]
NAME, INDUSTRY = "baseline jobs", "other"
SHORT, LONG = 1, 3
MOST = 0.95
"""Highest persistence allowed: so few years cannot tell more from a trend."""
LEAST = 0.2
"""Share of the given jobs that no shock takes away."""


@dataclass(frozen=True)
class JobShocks:
    """Persistence from year to year, and standard deviation [municipality], jobs per inhabitant."""

    persistence: float
    sizes: Values

    def paths(self, years: int, members: int, seed: int) -> Values:
        """Shocks [member, year, municipality], jobs per inhabitant, anywhere in their long-run spread at first."""
        fresh = np.random.default_rng(seed).standard_normal((members, years, len(self.sizes)))
        paths = [fresh[:, 0]]
        for year in range(1, years):
            paths.append(self.persistence * paths[-1] + np.sqrt(1 - self.persistence**2) * fresh[:, year])
        return np.stack(paths, axis=1) * self.sizes

    def given(self, inputs: xr.Dataset, members: int, seed: int) -> dict[str, Values]:
        """The given jobs with shocks [member, time, industry, municipality]: straight between 31 Decembers."""
        times = inputs["time"].to_numpy().astype(float)
        ends = np.arange(np.floor(times[0]), np.ceil(times[-1]) + 1)
        paths = self.paths(len(ends), members, seed)
        paths -= paths[:, :1]  # the run starts from the observed jobs
        low = np.clip(np.searchsorted(ends, times, side="right") - 1, 0, len(ends) - 2)
        share = (times - ends[low])[None, :, None]
        shocks = paths[:, low] * (1 - share) + paths[:, low + 1] * share
        people = inputs["initial population"].sum(("sex", "age")).to_numpy()
        whole = np.repeat(inputs[NAME].transpose("time", "industry", "municipality").to_numpy()[None], members, axis=0)
        place = list(inputs["industry"].values).index(INDUSTRY)
        own = whole[:, :, place]
        whole[:, :, place] = np.maximum(own + shocks * people, LEAST * own)
        return {NAME: whole}


def left(panel: Panel, years: int) -> Values:
    """Growth of jobs per inhabitant over `years` [year, municipality], effects of places and years taken out."""
    grown = panel.change("jobs", years) / panel.before("population", years)
    year, place = np.nonzero(np.isfinite(grown))
    effects = np.hstack([dummies(year), dummies(place)])
    values = grown[year, place]
    explained, *_ = np.linalg.lstsq(effects, values, rcond=None)
    result = np.full_like(grown, np.nan)
    result[year, place] = values - effects @ explained
    return result


def job_shocks(data: Panel, history: Panel) -> JobShocks:
    """Sizes that fill the gap between the data's variance of job growth and that of a history seen as the data are.

    Over one year the gap is 2 (1 - persistence) of the shocks' variance, over three 2 (1 - persistence^3).
    """
    gaps = {}
    for years in (SHORT, LONG):
        seen, own = (np.nanvar(left(panel, years), axis=0) for panel in (data, history))
        gaps[years] = (float(np.nanmean(seen) - np.nanmean(own)), seen)
    ratio = gaps[LONG][0] / gaps[SHORT][0]  # 1 + p + p²
    persistence = float(np.clip((np.sqrt(max(0.0, 4 * ratio - 3)) - 1) / 2, 0.0, MOST))
    variance = max(0.0, gaps[SHORT][0]) / (2 * (1 - persistence))
    relative = np.sqrt(gaps[SHORT][1] / np.nanmean(gaps[SHORT][1]))
    return JobShocks(persistence, np.sqrt(variance) * relative)
