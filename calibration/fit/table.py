"""What was learnt of each fitted number, and how well the chains mixed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.fit.optimum import Optimum
from calibration.fit.target import Target

Values = NDArray[np.float64]
LOW, HIGH = 0.1, 0.9
UNINFORMED = 0.2
"""Contraction below which the data say next to nothing of a number."""
MOST_RHAT, FEWEST = 1.01, 400
"""Bounds of the rank-normalised split R-hat and of the effective sample sizes (Vehtari and others 2021, Bayesian
Analysis 16:2)."""
TAIL = (0.05, 0.95)
ALIKE = 0.7
"""Correlation beyond which the data cannot tell two numbers apart."""


@dataclass(frozen=True, eq=False)
class Chains:
    """Draws [chain, draw, fitted], divergent transitions and steps of all chains."""

    draws: Values
    divergent: int
    leaps: int

    @cached_property
    def mixing(self) -> pd.DataFrame:
        """R-hat, bulk and tail effective sample size of each number."""
        from arviz_stats import base

        array_stats: Any = base.array_stats  # type: ignore[attr-defined]
        axes = {"chain_axis": 0, "draw_axis": 1}
        return pd.DataFrame({
            "rhat": array_stats.rhat(self.draws, method="rank", **axes),
            "ess_bulk": array_stats.ess(self.draws, method="bulk", **axes),
            "ess_tail": array_stats.ess(self.draws, method="tail", prob=TAIL, **axes),
        })  # fmt: skip

    def problems(self) -> list[str]:
        """Why the chains have not converged; none when they have."""
        worst, found = self.mixing, []
        if len(self.draws) < 4:
            found.append(f"{len(self.draws)} chains, fewer than 4")
        if worst["rhat"].max() > MOST_RHAT:
            found.append(f"split R-hat reaches {worst['rhat'].max():.3f}, more than {MOST_RHAT}")
        for name in ("ess_bulk", "ess_tail"):
            if worst[name].min() < FEWEST:
                found.append(f"the least effective sample size ({name}) is {worst[name].min():.0f}, less than {FEWEST}")
        if self.divergent:
            found.append(f"{self.divergent} divergent transitions")
        return found

    def record(self) -> dict[str, Any]:
        """Plain data for the record."""
        worst = self.mixing
        return {
            "chains": len(self.draws),
            "draws": self.draws.shape[1],
            "divergent": self.divergent,
            "steps": self.leaps,
            "rhat_max": round(float(worst["rhat"].max()), 4),
            "ess_bulk_min": round(float(worst["ess_bulk"].min())),
            "ess_tail_min": round(float(worst["ess_tail"].min())),
        }


def parameters(target: Target, optimum: Optimum, draws: Values) -> pd.DataFrame:
    """One row for each fitted number: prior and posterior in its unit, z, contraction, whether the data inform it.

    Contraction is 1 less the posterior's variance in the prior's (of z). `value` is what single runs use: the
    posterior's mean of z, brought to the unit.
    """
    centre = draws.mean(axis=0)
    spread = draws.std(axis=0)
    natural = target.natural(draws)
    rows = {
        "variable": [each.variable for each in target.uncertain],
        "unit": ["dmnl" if u.scales else target.model.variables[u.variable].unit for u in target.uncertain],
        "low": [each.low for each in target.uncertain],
        "high": [each.high for each in target.uncertain],
        "prior": target.natural(np.zeros((1, target.size)))[0],
        "value": target.natural(centre[None])[0],
        "q10": np.quantile(natural, LOW, axis=0),
        "q90": np.quantile(natural, HIGH, axis=0),
        "optimum": target.natural(optimum.z[None])[0],
        "z": centre,
        "z_spread": spread,
        "contraction": 1 - spread**2,
        "informed": np.where(1 - spread**2 >= UNINFORMED, "yes", "no"),
        "pooled": ["yes" if each.pooled else "no" for each in target.uncertain],
        "quality": [each.quality for each in target.uncertain],
    }
    return pd.DataFrame(rows, index=pd.Index([each.name for each in target.uncertain], name="name"))


def alike(names: list[str], draws: Values) -> pd.DataFrame:
    """Pairs that the data cannot tell apart: their correlation in the posterior, the strongest first."""
    correlation = np.asarray(np.corrcoef(draws.T), dtype=np.float64)
    first, second = np.triu_indices(len(names), 1)
    values = correlation[first, second]
    order = [i for i in np.argsort(-np.abs(values)) if abs(values[i]) >= ALIKE]
    return pd.DataFrame(
        [(names[first[i]], names[second[i]], values[i]) for i in order], columns=["one", "other", "correlation"]
    )
