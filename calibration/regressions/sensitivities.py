"""Which parameters move the model's coefficients: differences over one prior standard deviation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from calibration.priors import read_priors
from calibration.regressions.equations import KEY, run
from calibration.regressions.job_shocks import job_shocks
from calibration.regressions.panel import Panel
from calibration.regressions.simulated import History, like

Values = NDArray[np.float64]
MAIN = (
    "conversion rate",
    "draw of size",
    "hiring horizon",
    "job change rate",
    "job share of moves in",
    "moving response to homes",
    "nonregistered quit rate",
    "participation response to unemployment",
    "persons per moving worker",
    "plant permanence",
    "project recruiting",
    "pull of openings",
    "purchasing power elasticity",
    "quit rate",
    "reach floor",
    "response of leaving to homes",
    "response of leaving to unemployment",
    "response of moving in to homes",
    "response of moving in to unemployment",
    "staffing plan time[services]",
    "time to fill",
    "time to perceive",
    "unemployment noticed",
    "unsettled leaving rate",
    "weight of searchers",
)
"""Parameters that can bear on who takes a job and on what moves people."""
HALF = 0.5
"""Half a standard deviation of the prior to either side."""


SHOCKED, SEED = 8, 4
"""Histories with the same shocks on either side of every difference."""


@dataclass(frozen=True)
class Steps:
    """The main parameters moved to either side: values of the varied inputs [2 · parameter, …] and step sizes."""

    values: Mapping[str, Values]
    sizes: Values

    @classmethod
    def around(cls, history: History) -> Steps:
        """Half a prior standard deviation to either side. Raises ValueError for a parameter that has no prior."""
        around = read_priors(history.model).around(history.inputs)
        names = [each.name for each in around.priors.uncertain]
        unknown = sorted(set(MAIN) - set(names))
        if unknown:
            raise ValueError(f"'{unknown[0]}' has no prior. Name a parameter of the model as calibration/priors does.")
        points = np.full((2 * len(MAIN), len(names)), HALF)
        own = [names.index(name) for name in MAIN]
        for i, column in enumerate(own):
            points[2 * i : 2 * i + 2, column] = ndtr([-HALF, HALF])
        drawn = around.drawn(points)[:, own]
        sizes = np.array([drawn[2 * i + 1, i] - drawn[2 * i, i] for i in range(len(MAIN))])
        varied = {each.variable for each in around.priors.uncertain if each.name in MAIN}
        return cls({name: array for name, array in around.values(points).items() if name in varied}, sizes)


def coefficients(history: History, varied: Mapping[str, Values], data: Panel) -> pd.DataFrame:
    """Coefficients [key, member] of the histories of some members, observed as the data are."""
    tables = [run(like(panel, data)).set_index(list(KEY))["coefficient"] for panel in history.panels(varied)]
    return pd.concat(tables, axis=1, keys=range(len(tables)))


def sensitivities(data: Panel, fitted: Mapping[str, Any] | None = None, shocked: int = 0) -> pd.DataFrame:
    """Change of every coefficient per prior standard deviation and per unit of each main parameter.

    `data` bounds what the regressions may see; `shocked`: the mean of so many histories with yearly shocks, the same
    ones on either side (0: one history without). Rows: parameter, the equation's key, `per_sd`, `per_unit`, `step` (the
    standard deviation in the parameter's unit). Raises ValueError for a parameter that has no prior.
    """
    history = History.of(fitted)
    steps = Steps.around(history)
    varied, each = dict(steps.values), max(shocked, 1)
    if shocked:
        calm = like(history.once(), data)
        shocks = history.shocks(shocked, SEED) | job_shocks(data, calm).given(history.inputs, shocked, SEED)
        varied = {name: np.repeat(values, shocked, axis=0) for name, values in varied.items()}
        varied |= {name: np.concatenate([values] * 2 * len(MAIN)) for name, values in shocks.items()}
    table = coefficients(history, varied, data)
    rows = []
    for i, name in enumerate(MAIN):
        sides = [table.iloc[:, (2 * i + side) * each : (2 * i + side + 1) * each].mean(axis=1) for side in (0, 1)]
        change = sides[1] - sides[0]
        part = pd.DataFrame({"per_sd": change, "per_unit": change / steps.sizes[i]}).reset_index()
        rows.append(part.assign(step=steps.sizes[i], parameter=name))
    return pd.concat(rows, ignore_index=True)[["parameter", *KEY, "per_sd", "per_unit", "step"]]
