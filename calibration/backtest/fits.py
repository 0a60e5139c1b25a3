"""Parameters as they were known at an origin: calibrated anew there on 2011 to the origin, else the origin's priors.

Five observed years are the least for a fit; origins before 2015 have the priors of the origin. What is carried over to
the forecast are the parameters of the equations; levels of single municipalities and of whole tables are estimated for
the forecast's own start (`people_inputs.py`, `dwelling.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from calibration.backtest.fit_economy import past_of
from calibration.backtest.fit_inputs import STILL, inputs_until, span_of
from calibration.backtest.fit_people import START
from calibration.backtest.fit_priors import OriginPriors, panel_at, priors_at
from calibration.backtest.fit_series import observed_at
from calibration.backtest.forecasts import CACHE, key_of, read_arrays, save_arrays
from calibration.backtest.history import History
from calibration.backtest.known import Known, known_at
from calibration.backtest.origin import Fitted, fit_in, model, template
from calibration.backtest.places import HERE, Array
from calibration.demography.places import ROOT
from calibration.fit.origin import Effort, OriginFit, fit_at_origin
from calibration.fit.prepare import MOMENTS_FROM
from calibration.fit.target import Target
from calibration.regressions.moments import moments
from calibration.regressions.panel import Panel, read_panel

FEWEST_YEARS = 5
"""Observed years without which a fit is not tried: fewer hardly tell a reaction from a year's chance."""
FIRST_DATE = 1900.0
"""A number whose range lies beyond this is a date: a plan, not behaviour."""
FITS = HERE / "fits.csv"
"""Every number fitted at every origin."""
CODE = ("calibration/fit/origin.py", "calibration/fit/optimum.py", "calibration/fit/target.py",
        "calibration/observe/errors.py")  # fmt: skip
"""What a kept fit was made by: changed, it is made again."""
COLUMNS = ["origin", "name", "prior", "value", "z", "z_spread", "contraction"]


@dataclass(frozen=True)
class Parameters:
    """`values` by name; `record` tells where they come from; `table`: one row for each fitted number (none: no fit)."""

    values: Fitted
    record: dict[str, Any]
    table: pd.DataFrame


def carried(priors: OriginPriors) -> list[str]:
    """Names of the parameters that a forecast takes over."""
    own = [each for each in priors.priors.uncertain if not (each.pooled or each.scales or each.low > FIRST_DATE)]
    names = {each.variable for each in own} - set(STILL)
    tied = {name for name, other in priors.priors.complements.items() if other in names}
    return sorted(names | tied)


def target_at(known: Known, priors: OriginPriors, panel: Panel) -> Target:
    """The run from 2010 to the origin against what was published at the origin."""
    inputs = inputs_until(known, priors.medians)
    around = priors.priors.around(inputs)
    observed = observed_at(past_of(span_of(known), inputs))
    seen = moments(panel_at(panel, known.origin), START + 1, known.origin) if known.origin >= MOMENTS_FROM else None
    return Target(model(), inputs, around, observed, {}, np.flatnonzero(around.free), seen)


def identity(target: Target, effort: Effort) -> str:
    """A hash of all that makes a fit: equations, inputs, data, priors, search."""
    found = hashlib.sha256(f"{key_of(target.inputs)} {effort}".encode())
    for name in CODE:
        found.update((ROOT / name).read_bytes())
    for series in target.observed.series:
        found.update(f"{series.variable} {series.years} {series.floor} {series.begins_known}".encode())
        found.update(series.values.tobytes() + series.measurement.tobytes())
    for each in target.around.priors.uncertain:
        found.update(f"{each.name} {each.low!r} {each.high!r} {each.sigma!r}".encode())
    if target.moments is not None:
        found.update(target.moments.target.tobytes() + target.moments.covariance.tobytes())
    return found.hexdigest()


@dataclass
class Calibrated:
    """Parameters by origin, made when first asked for and kept in `folder`."""

    history: History
    say: Callable[[str], None]
    folder: Path = CACHE
    effort: Effort = field(default_factory=Effort)
    panel: Panel = field(default_factory=read_panel)
    found: dict[int, Parameters] = field(default_factory=dict)

    def __call__(self, origin: int) -> Fitted:
        """Values of parameters at an origin."""
        return self.at(origin).values

    def at(self, origin: int) -> Parameters:
        """Parameters at an origin, with where they come from."""
        if origin not in self.found:
            self.found[origin] = self._made(origin)
        return self.found[origin]

    def table(self) -> pd.DataFrame:
        """Every number fitted at the origins asked for so far."""
        return pd.concat([each.table for _, each in sorted(self.found.items()) if len(each.table)], ignore_index=True)

    def _made(self, origin: int) -> Parameters:
        known = known_at(self.history, origin)
        priors = priors_at(model(), self.panel, origin)
        held = fit_in(template(1), priors.medians)
        values = {name: held[name].to_numpy() for name in carried(priors)}
        if origin - START < FEWEST_YEARS:
            return Parameters(values, {"parameters": "the origin's priors"}, pd.DataFrame(columns=COLUMNS))
        target = target_at(known, priors, self.panel)
        path = self.folder / f"fit-{identity(target, self.effort)}.npz"
        kept = read_parameters(path)
        if kept is None:
            self.say(f"calibrating at {origin}: {target.size} numbers, {START + 1}–{origin}")
            fit = fit_at_origin(target, self.effort, lambda text: self.say(f"  {origin}: {text}"))
            kept = parameters_of(origin, fit, values)
            save_parameters(path, kept)
        return kept


def parameters_of(origin: int, fit: OriginFit, values: dict[str, Array]) -> Parameters:
    """What a forecast takes from a fit; the priors' values where the fit has not converged."""
    problems = fit.optimum.problems()
    values = values | {name: fit.values[name] for name in fit.values if name in values and not problems}
    target, best = fit.target, fit.optimum
    record = {
        "parameters": "the origin's priors: the fit did not converge" if problems else "calibrated at the origin",
        "problems": problems,
        "years": [START + 1, origin],
        "fitted": target.size,
        "values observed": int(sum(each.known.sum() for each in target.observed.series)),
        "moments": 0 if target.moments is None else len(target.moments.target),
        "loss": round(best.loss, 2),
        "slope": round(best.slope, 4),
        "starts that agree": best.agreeing,
    }
    if problems:
        return Parameters(values, record, pd.DataFrame(columns=COLUMNS))
    natural = target.natural(np.stack([np.zeros(target.size), best.z]))
    table = pd.DataFrame({
        "origin": origin,
        "name": [each.name for each in target.uncertain],
        "prior": natural[0],
        "value": natural[1],
        "z": best.z,
        "z_spread": fit.spread,
        "contraction": 1 - fit.spread**2,
    })  # fmt: skip
    return Parameters(values, record, table)


def rebuilt(origin: int, priors: OriginPriors, table: pd.DataFrame) -> dict[str, Array]:
    """Values of parameters at an origin from the table of all fits."""
    held = fit_in(template(1), priors.medians)
    values = {name: held[name].to_numpy().copy() for name in carried(priors)}
    told = table[table["origin"] == origin].set_index("name")["value"]
    for each in priors.priors.uncertain:
        if each.variable in values and each.name in told.index:
            values[each.variable][each.place] = told[each.name]
    for name, other in priors.priors.complements.items():
        values[name] = 1.0 - values[other]
    return values


def read_parameters(path: Path) -> Parameters | None:
    """Parameters kept before; None when there are none or they are damaged."""
    found = read_arrays(path)
    if found is None or "told" not in found:
        return None
    told = json.loads(str(found.pop("told")))
    table = pd.DataFrame(told["table"], columns=COLUMNS)
    return Parameters(dict(found), told["record"], table)


def save_parameters(path: Path, parameters: Parameters) -> None:
    """Write parameters whole or not at all."""
    told = {"record": parameters.record, "table": parameters.table.to_dict("list")}
    save_arrays(path, {**parameters.values, "told": np.array(json.dumps(told))})
