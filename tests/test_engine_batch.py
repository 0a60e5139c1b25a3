"""Members of a block, side by side, are what each would be alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.engine import annual, simulate
from model.engine.batch import BLOCK, Batch, Wanted, compile_batch
from model.language import Model, ModelErrors
from tests.engine_support import town

SAVED = ("Population", "births", "moves in", "busiest", "local mortality")
VARIED = ("leaving rate", "initial population", "fertility lever", "local mortality")
BACKENDS = ("numpy", "loops", pytest.param("jax", marks=pytest.mark.slow))


def batch(backend: str = "numpy", size: int = 4, years: tuple[int, ...] | None = None) -> Batch:
    model, inputs = town()
    return compile_batch(model, inputs, Wanted(VARIED, SAVED, years, backend, size))  # type: ignore[arg-type]


def members(count: int, seed: int = 1) -> dict[str, Any]:
    """Return members whose parameters, tables, series and levers (over time) differ."""
    _, inputs = town()
    random = np.random.default_rng(seed)
    found = {}
    for name in VARIED:
        values = inputs[name].to_numpy()
        shape = (len(inputs["time"]), *values.shape) if name == "fertility lever" else values.shape
        found[name] = values * random.uniform(0.8, 1.2, (count, *shape))
    return found


def alone(model: Model, inputs: xr.Dataset, drawn: dict[str, Any], number: int) -> xr.Dataset:
    """Return the yearly results of one member, run by itself."""
    changed = inputs.copy()
    for name, values in drawn.items():
        dims = inputs[name].dims if values[number].ndim == inputs[name].ndim else ("time", *inputs[name].dims)
        changed[name] = (dims, values[number], inputs[name].attrs)
    return annual(simulate(model, changed, SAVED))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_member_of_a_block_is_what_it_would_be_alone(backend: str) -> None:
    model, inputs = town()
    drawn = members(3)
    found = batch(backend).run(drawn)
    for number in range(3):
        single = alone(model, inputs, drawn, number)
        for name, values in found.items():
            assert values[number] == pytest.approx(single[name].to_numpy(), rel=1e-12, abs=1e-12, nan_ok=True), name


@pytest.mark.parametrize("backend", BACKENDS)
def test_neighbours_in_a_block_change_no_bit(backend: str) -> None:
    compiled = batch(backend)
    drawn, others = members(4), members(4, seed=2)
    mixed = {name: np.concatenate([drawn[name][:1], others[name][:3]]) for name in drawn}
    together, apart = compiled.run(drawn), compiled.run({name: values[:1] for name, values in drawn.items()})
    beside = compiled.run(mixed)
    for name in together:
        assert together[name][0].tobytes() == apart[name][0].tobytes() == beside[name][0].tobytes(), name


def test_chosen_years_are_those_of_all_years() -> None:
    drawn = members(2)
    every, some = batch().run(drawn), batch(years=(2010, 2013))
    assert some.years == (2010, 2013)
    for name, values in some.run(drawn).items():
        assert np.array_equal(values, every[name][:, [0, 3]], equal_nan=True), name


def test_flows_are_unknown_in_the_year_a_run_starts_from() -> None:
    found = batch().run(members(1))
    assert np.isnan(found["births"][0, 0]).all()
    assert not np.isnan(found["births"][0, 1:]).any()


def test_what_a_batch_refuses() -> None:
    model, inputs = town()
    for wanted, words in (
        (Wanted(("leaving rat",), ("births",)), "varied: the model has no variable 'leaving rat'."),
        (Wanted(("births",), ("births",)), "'births' is computed (a auxiliary): it cannot differ between members."),
        (Wanted((), ("birth",)), "save: the model has no variable 'birth'."),
        (Wanted((), ("births",), (2009,)), "years: 2009 lies outside the run (2010 to 2014)."),
    ):
        with pytest.raises(ModelErrors) as caught:
            compile_batch(model, inputs, wanted)
        assert words in str(caught.value)
    drawn = members(5)
    with pytest.raises(ValueError, match="a block holds 1 to 4 members"):
        batch().run(drawn)
    with pytest.raises(ValueError, match="'leaving_rate' has the shape"):
        batch().run({**members(2), "leaving rate": np.ones((2, 7))})
    with pytest.raises(ValueError, match="the batch varies"):
        batch().run({"leaving rate": np.ones(2)})


def test_a_block_is_as_wide_as_the_machine_computes_at_once() -> None:
    assert BLOCK % 8 == 0
