"""Three implementations, one file: PySD and pysimlin agree with our engine to 1e-9 on every variable."""

from __future__ import annotations

from typing import Any

import pytest
import xarray as xr

from model.engine.agreement import (
    TOLERANCE,
    Agreement,
    compare_with_pysd,
    compare_with_pysimlin,
    pysimlin_unit_complaints,
)
from model.inputs import build_inputs
from model.language import Model, load_model
from tests.engine_support import REAL, town

# Both counties, the largest place, one of the smallest, and the mine's town: small enough for the referees.
PART = ["2480", "2482", "2418", "2584"]


def agree(found: Agreement) -> None:
    assert not found.missing, found.missing
    assert found.worst <= TOLERANCE, found.text()


def with_moving_lever(inputs: xr.Dataset, name: str) -> xr.Dataset:
    """Return the inputs with a lever that jumps and then climbs."""
    lever = inputs[name].expand_dims(time=inputs["time"]).copy()
    lever[3:] = lever[3:] * 1.2
    lever[6:] = lever[6:] * (1 + 0.01 * (lever["time"][6:] - lever["time"][6]))
    return inputs.assign({name: lever})


@pytest.mark.parametrize("data_variables", [False, True])
def test_pysd_agrees_on_the_town(data_variables: bool) -> None:
    model, inputs = town()
    agree(compare_with_pysd(model, with_moving_lever(inputs, "fertility lever"), 4, data_variables))


def test_pysimlin_agrees_on_the_town_over_the_whole_horizon() -> None:
    pytest.importorskip("simlin")
    model, inputs = town(until=2050)
    agree(compare_with_pysimlin(model, with_moving_lever(inputs, "fertility lever")))


def test_pysimlin_has_the_units_of_the_town_as_we_have_but_for_ramps() -> None:
    """pysimlin 0.8.5 gives RAMP no unit of its slope; all else is as ours."""
    pytest.importorskip("simlin")
    complaints = pysimlin_unit_complaints(*town())
    assert set(complaints) <= {"hiring", ""}


@pytest.fixture(scope="module")
def part() -> tuple[Model, xr.Dataset]:
    model = load_model(REAL, PART)
    return model, build_inputs(model, 2010, 2050)


def test_pysimlin_agrees_on_a_part_of_the_region_over_the_whole_horizon(part: tuple[Model, xr.Dataset]) -> None:
    pytest.importorskip("simlin")
    agree(compare_with_pysimlin(*part))


def test_pysimlin_finds_no_unit_faults_in_the_model(part: tuple[Model, xr.Dataset]) -> None:
    pytest.importorskip("simlin")
    assert pysimlin_unit_complaints(*part) == {}


def test_jax_agrees_on_the_whole_model() -> None:
    pytest.importorskip("jax")
    from model.engine import simulate

    model = load_model(REAL)
    inputs = build_inputs(model, 2010, 2050)
    save: list[Any] = ["population", "jobs", "commuting", "dwellings", "tax base"]
    ours, other = (simulate(model, inputs, save, backend=backend) for backend in ("numpy", "jax"))
    for name in ours:
        scale = float(abs(ours[name]).max())
        assert float(abs(ours[name] - other[name]).max()) <= TOLERANCE * scale, name


@pytest.mark.slow  # half a minute; what PySD makes of the whole is in tests/records/agreement.json
def test_pysd_agrees_on_a_part_of_the_region_over_a_year(part: tuple[Model, xr.Dataset]) -> None:
    agree(compare_with_pysd(*part, years=1, data_variables=True))
