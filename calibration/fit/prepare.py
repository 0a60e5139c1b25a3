"""What a fit starts from: the reference run of the observed years, what is uncertain in it, and the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from calibration.fit.stored import NONE
from calibration.fit.target import Target
from calibration.observe import Errors, Observed, read_errors, read_observation
from calibration.priors import read_priors
from calibration.regressions.moments import moments
from calibration.regressions.panel import read_panel
from scenarios.apply import apply_or_raise
from scenarios.run import Order, prepare

Values = NDArray[np.float64]
SCENARIO, FIRST, LAST = "reference", 2010, 2024
MOMENTS_FROM = 2019
"""First year until which there are enough windows of five years for the moments."""
UNSEEN = 1e-6
"""A number whose standard deviation moves no residual by more (in standard deviations) is not seen by the data."""


def observed_run(
    until: int = LAST, observed: Observed | None = None, errors: Mapping[str, Errors] | None = None
) -> Target:
    """The reference scenario from 2010 to `until` against what was observed by then, with all that is uncertain."""
    read = prepare(Order(SCENARIO, FIRST, until, fit=NONE))
    inputs = apply_or_raise(read.scenario, read.problems, read.model, read.inputs).inputs
    around = read_priors(read.model).around(inputs)
    data = (observed or read_observation()).until(until)
    chosen = np.flatnonzero(around.free)
    told = moments(read_panel(), FIRST + 1, until) if until >= MOMENTS_FROM else None
    return Target(read.model, inputs, around, data, errors or read_errors(), chosen, told)


def seen(target: Target, slopes: Values) -> Target:
    """The same with only those fitted that move some residual; the others keep their priors."""
    norm = np.sqrt((slopes**2).sum(axis=0))
    return replace(target, chosen=target.chosen[norm > UNSEEN])


def only(target: Target, names: list[str]) -> Target:
    """The same with only the named ones fitted, in the order of the priors' table."""
    places = [i for i in target.chosen if target.around.priors.uncertain[i].name in names]
    return replace(target, chosen=np.array(places, dtype=np.intp))
