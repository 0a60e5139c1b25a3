"""The run that a fit at an origin repeats: from 31 December 2010 to the origin, every input as known at the origin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import xarray as xr

from calibration.backtest.fit_economy import Yearly, backfilled, economy_of, past_of
from calibration.backtest.fit_people import START, Span, people_inputs
from calibration.backtest.known import Known
from calibration.backtest.origin import NEUTRAL, Fitted, fit_in, model, replaced, template, told
from calibration.backtest.places import Array
from model.inputs import evaluate

STILL = ("later service jobs growth", "later welfare productivity", "baseline growth")
"""Growth after the observed years: a run that ends with them has none, and a forecast has the origin's own."""


def span_of(known: Known) -> Span:
    """The years behind an origin, with what was published later for the start put in its place."""
    return Span(replace(known, history=backfilled(known.history)))


def on_steps(path: Yearly, times: Array, shift: float, hold: bool) -> Array:
    """A yearly path [year, …] at the run's steps [time, …]; `shift`: where in its year a value stands (0 its start, 1
    its end)."""
    own = path.first + shift + np.arange(len(path.values), dtype=float)
    return evaluate(own, path.values, times, hold)


def inputs_until(known: Known, medians: Fitted) -> xr.Dataset:
    """The model's inputs from 31 December 2010 to the origin; `medians`: parameters' values as known there.

    Raises ValueError when the model reads a table that is neither known at an origin nor said to hold always.
    """
    span = span_of(known)
    held = fit_in(template(known.origin - START), medians)
    people, moving = people_inputs(span)
    start, ends, through = economy_of(past_of(span, held))
    values = people | start | {name: np.array(number) for name, number in NEUTRAL.items() if name in held}
    values |= {name: np.zeros(held[name].shape) for name in STILL}
    values |= {"initial population": known.ages.people[known.history.at(START)]}
    values["last observed time"] = np.array(known.origin + 1.0)
    times = held["time"].to_numpy().astype(float)
    yearly = {name: (path, 1.0) for name, path in ends.items()}
    yearly |= {name: (path, 0.0) for name, path in through.items()}
    yearly |= {name: (Yearly(START + 1, path), 0.0) for name, path in moving.items()}
    for name, (path, shift) in yearly.items():
        values[name] = on_steps(path, times, shift, model().variables[name].keyword == "hold_backward")
    told(values)
    return replaced(held, values, START)
