"""The gradient: the slope that reverse mode finds is the slope that small steps find on the NumPy back end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.engine import simulate
from model.engine.gradient import Loss, LossGradient, loss_gradient
from model.inputs import build_inputs
from model.language import Model, ModelErrors, load_model
from model.language.expressions import key
from tests.engine_support import REAL, town

pytest.importorskip("jax")

STEP = 1e-4  # relative; the central difference is then off by about 1e-8 of the slope
AGREE = 1e-6


def difference(model: Model, inputs: xr.Dataset, loss: Loss, place: tuple[str, tuple[int, ...]]) -> float:
    """Return the central difference of the loss in one element of an input, on the NumPy back end."""
    name, element = place
    size = max(abs(float(inputs[name].to_numpy()[element])), 1.0) * STEP
    losses = []
    for sign in (1, -1):
        moved = inputs[name].astype(float).copy(deep=True)
        moved[element] = moved[element] + sign * size
        raw = simulate(model, inputs.assign({name: moved}), loss.reads)
        losses.append(float(loss.of({key(read): raw[key(read)].to_numpy() for read in loss.reads})))
    return (losses[0] - losses[1]) / (2 * size)


def agree(found: LossGradient, case: tuple[Model, xr.Dataset, Loss], places: list[tuple[str, tuple[int, ...]]]) -> None:
    model, inputs, loss = case
    _, slopes = found(found.start)
    for place in places:
        expected = difference(model, inputs, loss, place)
        assert float(slopes[place[0]][place[1]]) == pytest.approx(expected, rel=AGREE, abs=1e-12), place


def squares(*names: str) -> Loss:
    """Return the mean square of some variables, each relative to a hundred."""
    return Loss(names, lambda saved: sum(((saved[key(name)] / 100.0) ** 2).mean() for name in names))


@pytest.fixture(scope="module")
def town_case() -> tuple[Model, xr.Dataset, Loss]:
    model, inputs = town()
    return model, inputs, squares("population total", "births", "total jobs")


def test_the_slope_in_parameters_and_levers_is_that_of_small_steps(town_case: Any) -> None:
    model, inputs, loss = town_case
    found = loss_gradient(model, inputs, ["fertility lever", "leaving rate", "fertility rate", "local mortality"], loss)
    sizes = {name: value.ndim for name, value in found.start.items()}
    agree(found, town_case, [(name, (0,) * ndim) for name, ndim in sizes.items()])
    assert found.value(found.start) == pytest.approx(found(found.start)[0], rel=1e-14)


def test_a_lever_over_time_has_a_slope_at_every_step(town_case: Any) -> None:
    model, inputs, loss = town_case
    path = inputs["fertility lever"].expand_dims(time=inputs["time"]).copy()
    moving = inputs.assign({"fertility lever": path})
    found = loss_gradient(model, moving, ["fertility lever"], loss)
    slopes = found(found.start)[1]["fertility lever"]
    assert slopes.shape == path.shape
    agree(found, (model, moving, loss), [("fertility lever", (3,) + (0,) * (path.ndim - 1))])


def test_an_input_that_does_not_matter_has_no_slope(town_case: Any) -> None:
    model, inputs, _ = town_case
    found = loss_gradient(model, inputs, ["extra jobs", "reach time"], squares("reach"))
    slopes = found(found.start)[1]
    assert slopes["extra jobs"] == 0.0
    assert slopes["reach time"] > 0.0


def test_what_cannot_be_fitted_is_told_all_at_once(town_case: Any) -> None:
    model, inputs, loss = town_case
    with pytest.raises(ModelErrors) as caught:
        loss_gradient(model, inputs, ["leaving rates", "births"], loss)
    assert "the model has no variable 'leaving rates'" in str(caught.value)
    assert "'leaving rate'" in str(caught.value)
    assert "'births' is computed by its equation and cannot be fitted" in str(caught.value)


@pytest.mark.slow
def test_the_slope_on_the_real_model_is_that_of_small_steps() -> None:
    model = load_model(REAL)
    inputs = build_inputs(model, 2010, 2013)
    scalars = ["response of moving in to unemployment", "draw of size", "job share of moves in", "time to fill"]
    scalars += ["commuting limit", "planning horizon", "welfare weight", "persons per moving worker"]
    names = [*scalars, "fertility lever", "immigration lever", "out rate abroad"]
    loss = squares("total population", "unemployed", "in migration", "dwellings", "births")
    found = loss_gradient(model, inputs, names, loss)
    places: list[tuple[str, tuple[int, ...]]] = [(name, ()) for name in scalars]
    places += [("fertility lever", (12,)), ("immigration lever", (24,)), ("out rate abroad", (0, 25, 12))]
    agree(found, (model, inputs, loss), places)


@pytest.mark.slow
def test_every_slope_on_the_real_model_is_finite() -> None:
    """Where the model sits on a kink (nobody unemployed, no project yet) a slope must be a number too."""
    model = load_model(REAL)
    inputs = build_inputs(model, 2010, 2015)
    names = [v.name for v in model.variables.values() if v.kind in ("parameter", "given", "lever")]
    everything = [v.name for v in model.variables.values() if v.kind == "stock"]
    found = loss_gradient(model, inputs, names, squares(*everything))
    slopes = found(found.start)[1]
    assert [name for name in names if not np.isfinite(slopes[name]).all()] == []
