"""Our engine's times: a single run, a member of a block, a gradient, and the two sectors beside hand-written code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import numpy as np
import xarray as xr

from model.benchmark.clock import race
from model.benchmark.numbers import FEEDS, feeds, numbers
from model.benchmark.two_sectors import with_feeds, with_series
from model.engine import simulate
from model.engine.batch import BLOCK, Wanted, compile_batch
from model.engine.gradient import Loss, loss_gradient
from model.inputs import build_inputs
from model.language import Model, load_model
from model.language.expressions import key

START, UNTIL = 2010, 2050
HEADLINE = ("total population", "jobs", "unemployed", "dwellings", "tax base", "in migration", "out migration")
DEMOGRAPHY = ("total population", "births", "deaths", "in migration", "out migration")
FITTED_VECTORS = ("fertility lever", "immigration lever")
FITTED_QUALITIES = ("C", "D")
FAST: tuple[Literal["loops"], Literal["jax"]] = ("loops", "jax")  # back ends, the fastest first
REPEATS = 60
SLOW_REPEATS = 8
THOUSAND = 1_000.0


def whole() -> tuple[Model, xr.Dataset]:
    """Return the model and its inputs over the whole horizon."""
    model = load_model()
    return model, build_inputs(model, START, UNTIL)


def single() -> dict[str, Any]:
    """Time whole calls of `simulate` with the headline outputs saved at every step."""
    model, inputs = whole()
    fast = race({name: partial(simulate, model, inputs, HEADLINE, name) for name in FAST}, REPEATS)
    return fast | race({"numpy": lambda: simulate(model, inputs, HEADLINE, "numpy")}, SLOW_REPEATS)


def again() -> dict[str, Any]:
    """Time the first run of a process when another one has run the same before."""
    model, inputs = whole()
    return race({name: partial(simulate, model, inputs, HEADLINE, name) for name in FAST}, 1)


def gradient() -> dict[str, Any]:
    """Time a loss, forward, beside the loss with its slope in all fitted parameters, both on JAX."""
    model, inputs = whole()
    fitted = fitted_names(model)
    found = loss_gradient(model, inputs, fitted, Loss(HEADLINE, _loss))
    _, slopes = found(found.start)
    laps = race({"forward": lambda: found.value(found.start), "gradient": lambda: found(found.start)}, REPEATS)
    return laps | {
        "parameters": sum(np.size(slope) for slope in slopes.values()),
        "finite": bool(all(np.isfinite(slope).all() for slope in slopes.values())),
    }


def fitted_names(model: Model) -> list[str]:
    """Return every single number that is estimated or judged (quality C or D), and two levers by municipality."""
    return [*(v.name for v in judged(model)), *FITTED_VECTORS]


def judged(model: Model) -> list[Any]:
    """Return the parameters without dimensions of quality C or D."""
    every = model.variables.values()
    return [v for v in every if v.kind == "parameter" and not v.dims and v.quality in FITTED_QUALITIES]


def _loss(saved: dict[str, Any]) -> Any:
    return sum(((saved[key(name)] / THOUSAND) ** 2).mean() for name in HEADLINE)


def beside_hand_written() -> dict[str, Any]:
    """Time, on one core: hand-written sectors, our engine on the same two, our whole model; alone and per member."""
    from model.benchmark.numba_referee import run

    model, inputs = whole()
    fed = feeds(model, inputs)
    given = numbers(model, inputs, fed)
    part, part_inputs = with_series(model, FEEDS), with_feeds(inputs, fed)
    laps = race(
        {
            "numba": lambda: run(given),
            "two sectors": lambda: simulate(part, part_inputs, DEMOGRAPHY, FAST[0]),
            "whole": lambda: simulate(model, inputs, DEMOGRAPHY, FAST[0]),
        },
        REPEATS,
    )
    blocks = {"two sectors block": _block(part, part_inputs), "whole block": _block(model, inputs)}
    return laps | race(blocks, SLOW_REPEATS) | {"block": BLOCK}


def _block(model: Model, inputs: xr.Dataset) -> Callable[[], Any]:
    """Return a block of members that differ in a parameter and a lever, ready to run."""
    varied = ("draw of size", "fertility lever")
    batch = compile_batch(model, inputs, Wanted(varied, DEMOGRAPHY, backend=FAST[0]))
    lever = inputs["fertility lever"].to_numpy()
    values = {"draw of size": np.linspace(0.3, 0.7, BLOCK), "fertility lever": np.tile(lever, (BLOCK, 1))}
    return lambda: batch.run(values)
