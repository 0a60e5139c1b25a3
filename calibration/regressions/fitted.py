"""A fit on disk as the regressions and experiments take it: values of named inputs, and draws around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from calibration.priors import read_priors
from model.inputs import build_inputs
from model.language import load_model

Values = NDArray[np.float64]
FIRST, LAST = 2010, 2024
"""31 December of these years bound the model's history; its first year of flows is the one after FIRST."""


@dataclass(frozen=True)
class Fitted(Mapping[str, Values]):
    """Fitted values by name of input. `points` [draw, uncertain]: the posterior in probabilities of the priors, NaN for
    what was not fitted; `name` as the fit is called."""

    name: str
    values_by_name: Mapping[str, Values]
    points: Values

    def __getitem__(self, name: str) -> Values:
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)

    def drawn(self, uniform: Values) -> Values:
        """Points [member, uncertain]: draws of the posterior, `uniform` [member, uncertain] for what was not fitted."""
        rows = np.floor(uniform[:, 0] * len(self.points)).astype(int)
        chosen = self.points[rows]
        return np.where(np.isnan(chosen), uniform, chosen)


def read_fitted(named: str | None, force: bool = False) -> Fitted | None:
    """The fit a user names (None: the usual one, if there is one; "none": none) for the model as it is.

    Raises ModelErrors, ScenarioError for a fit that is not there, is damaged or (unless forced) has not converged or is
    of another model.
    """
    from calibration.fit.stored import find_fit, read_fit

    folder = find_fit(named)
    if folder is None:
        return None
    model = load_model()
    fit = read_fit(folder, model, force)
    applied = fit.apply(model, build_inputs(model, FIRST, LAST))
    priors = read_priors(model)
    names = [each.name for each in priors.uncertain]
    places = [names.index(str(name)) for name in fit.table.index]
    points = np.full((len(fit.draws), len(names)), np.nan)
    points[:, places] = ndtr(fit.draws)
    variables = sorted({priors.uncertain[place].variable for place in places} | set(priors.complements))
    values = {name: np.asarray(applied[name].values, dtype=np.float64) for name in variables}
    return Fitted(folder.name, values, points)


def named(fitted: Mapping[str, Values] | None) -> str:
    """Words for whose parameters a run has."""
    if fitted is None:
        return "the parameters as written in the model"
    return f"the parameters of the fit '{fitted.name}'" if isinstance(fitted, Fitted) else "given parameters"
