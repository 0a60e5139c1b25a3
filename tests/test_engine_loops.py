"""The back end of compiled loops: the same numbers as NumPy's, whatever the equation, kept for the next process."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from numpy.typing import NDArray

from model.engine import simulate
from model.engine.batch import Wanted, compile_batch
from model.engine.compiled import compile_model
from model.engine.jax_backend import BackendMissingError
from model.inputs import build_inputs
from model.language import Model, ModelErrors, load_model
from tests.engine_support import REAL, town, written
from tests.test_engine_semantics import PARAMETERS, expression

pytest.importorskip("llvmlite")

from model.engine.loops import machine, run
from model.engine.loops.evaluate import Evaluator
from model.engine.loops.machine import Machine
from model.engine.loops.nodes import Num, Op
from model.engine.loops.text import Text, Value

Values = NDArray[np.float64]

AGREE = 1e-9
ROUGHLY = 1e-7  # random expressions magnify rounding: an arcsine near 1 by the root of it


CLOCKED = """
        ends: north, south ~~ The first and the last place. |
        jump[place] = STEP(Level[place], late) ~ dmnl ~ A step. |
        rise[place] = RAMP(a[place] / time unit, late, late + 2 * time unit * Other) ~ dmnl ~ A ramp. |
        beat = PULSE(late, time unit * Other / 2) ~ dmnl ~ A pulse. |
        train[place] = PULSE TRAIN(late, time unit / 2, time unit * Level[place], late + time unit) ~ dmnl ~ Beats. |
        slow[place] = SMOOTH3(Level[place], time unit) + DELAY1(Level[place], time unit) ~ dmnl ~ Delays. |
        first[place] = Level[place] - INITIAL(Level[place]) ~ dmnl ~ Change. |
        split[ends] = Level[ends] * 2 ~ dmnl ~ Two places. |
        both[place] = Other ~ dmnl ~ Everywhere. |
        everywhere[group] = SUM(Level[place!] * Other) ~ dmnl ~ The same sum for both. |
        everyone[group] = SUM(a[place!]) ~ dmnl ~ The same sum of what never changes. |
        highest[group] = VMAX(b[group, place!]) * Other ~ dmnl ~ Highest. |
        product = PROD(Level[place!]) ~ dmnl ~ Product. |
"""
"""Functions that read the clock, delays, and places with equations of their own."""


def assert_the_same(model: Model, inputs: xr.Dataset, tolerance: float = AGREE) -> None:
    """Every stock and auxiliary is NumPy's, relative to its largest value."""
    ours, theirs = (simulate(model, inputs, backend=backend) for backend in ("loops", "numpy"))
    assert set(ours) == set(theirs)
    for name in theirs:
        assert_close(ours[name].to_numpy(), theirs[name].to_numpy(), tolerance, str(name))


def assert_close(found: Values, expected: Values, tolerance: float, name: str) -> None:
    """No number is further off than the tolerance times the variable's largest one."""
    size = float(np.max(np.abs(expected), where=np.isfinite(expected), initial=0.0))
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance * size, err_msg=name)


def test_a_town_is_what_numpy_makes_of_it() -> None:
    assert_the_same(*town())


@pytest.mark.parametrize("seed", range(5))
def test_random_expressions_are_what_numpy_makes_of_them(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    lines = [f"x{n}[place] = {expression(draw, 3)} ~ dmnl ~ Random. |" for n in range(12)]
    model = written(tmp_path, PARAMETERS + "\n".join(lines))
    assert_the_same(model, build_inputs(model, 2010, 2013), ROUGHLY)


def test_clocked_functions_delays_and_places_apart_are_what_numpy_makes_of_them(tmp_path: Path) -> None:
    model = written(
        tmp_path,
        PARAMETERS + CLOCKED,
    )
    assert_the_same(model, build_inputs(model, 2010, 2014))


def test_what_it_does_not_write_is_told() -> None:
    evaluator = Evaluator(Text(1), lambda cell: Value("0.0"), str, 0.25)
    with pytest.raises(ModelErrors) as caught:
        evaluator.value(Op("oracle", (Num(1.0),)))
    assert "'loops' does not write the function 'oracle'" in str(caught.value)
    assert "Use 'jax' or 'numpy'." in str(caught.value)


def test_without_llvmlite_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)
    with pytest.raises(BackendMissingError) as caught:
        machine.llvm()
    assert "needs the package 'llvmlite'" in str(caught.value)
    assert "Install the extra 'fast'" in str(caught.value)


TWICE = """
define void @run(ptr %table, i64 %steps) {
  %p = load ptr, ptr %table
  %x = load double, ptr %p
  %y = fadd double %x, %x
  store double %y, ptr %p
  ret void
}
"""


def twice(folder: Path) -> float:
    value = np.array([21.0])
    table = np.array([value.ctypes.data], dtype=np.uintp)
    Machine(TWICE, folder)(table.ctypes.data, 1)
    return float(value[0])


def test_the_second_process_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert twice(tmp_path) == 42.0
    monkeypatch.setattr(machine, "compiled", None)
    assert twice(tmp_path) == 42.0


@pytest.mark.parametrize("content", [b"", b"no machine code", None])
def test_a_damaged_file_is_compiled_anew(tmp_path: Path, content: bytes | None) -> None:
    twice(tmp_path)
    (file,) = tmp_path.glob("*.o")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"x" if content is None else content)
    assert twice(tmp_path) == 42.0
    assert file.read_bytes() == whole


def test_exponentials_and_logarithms_are_right_to_the_last_digits(tmp_path: Path) -> None:
    functions = "e[place] = EXP(Level[place]) ~ dmnl ~ E. |\nl[place] = LN(Level[place]) ~ dmnl ~ L. |"
    model = written(tmp_path, f"Level[place] = INTEG(0, a[place]) ~ dmnl ~ S. |\n{A_PLACE}\n{functions}")
    inputs = build_inputs(model, 2010, 2011)
    special = [0.0, -1.0, math.inf, math.nan, 5e-310, 710.0, -800.0, 1.0, -0.0, 709.7]
    numbers = np.concatenate([special, np.random.default_rng(1).uniform(-700, 700, 200), np.logspace(-300, 300, 201)])
    for first in range(0, len(numbers) - 2, 3):
        three = numbers[first : first + 3]
        raw = simulate(model, inputs.assign({"a": ("place", three)}), ["e", "l"], backend="loops")
        with np.errstate(all="ignore"):
            expected = {"e": np.exp(three), "l": np.log(three)}
        for name, values in expected.items():
            assert raw[name].to_numpy()[0] == pytest.approx(values, rel=4e-16, abs=1e-307, nan_ok=True), three


A_PLACE = "a[place] = 1.5, 2.25, 0.7 ~ dmnl [0, 9] ~ A. Source: test. Quality: D. |"


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let memory that nobody has written hold no numbers."""
    clean = run.empty

    def poison(count: int) -> Values:
        room = clean(count)
        room[:] = np.nan
        return room

    monkeypatch.setattr(run, "empty", poison)


@pytest.mark.usefixtures("poisoned")
def test_nothing_is_read_before_it_is_written() -> None:
    assert_the_same(*town(2016))


@pytest.mark.slow
@pytest.mark.usefixtures("poisoned")
def test_the_real_model_is_what_numpy_makes_of_it() -> None:
    model = load_model(REAL)
    assert_the_same(model, build_inputs(model, 2010, 2016))


@pytest.mark.slow
@pytest.mark.usefixtures("poisoned")
def test_a_block_of_the_real_model_is_what_numpy_makes_of_it() -> None:
    model = load_model(REAL)
    inputs = build_inputs(model, 2010, 2013)
    names = tuple(v.name for v in model.variables.values() if v.kind in ("stock", "auxiliary"))
    draw = np.random.default_rng(1)
    varied = {
        "draw of size": draw.uniform(0.3, 0.7, 8),
        "commuting limit": draw.uniform(0.8, 1.2, 8) * float(inputs["commuting limit"]),
        "fertility lever": draw.uniform(0.8, 1.2, (8, len(inputs["time"]), 29)),
        "in level abroad": draw.uniform(0.8, 1.2, (8, 1, 1, 1)) * inputs["in level abroad"].to_numpy(),
    }
    backends: tuple[Any, ...] = ("loops", "numpy")
    found = [compile_batch(model, inputs, Wanted(tuple(varied), names, None, b, 8)).run(varied) for b in backends]
    for name, expected in found[1].items():
        assert_close(found[0][name], expected, AGREE, name)


TEXT_OF_A_TOWN = """
from model.engine import simulate
from model.engine.loops import run
from tests.engine_support import town

def printed(text):
    print(text)
    raise SystemExit

run.Machine = printed
simulate(*town(), ["births", "moves in", "busiest"], "loops")
"""


@pytest.mark.slow
def test_every_process_writes_the_same_code() -> None:
    """Whatever order its sets have: else workers would compile anew, and round otherwise."""
    order = [sys.executable, "-c", TEXT_OF_A_TOWN]
    root = Path(__file__).resolve().parents[1]
    texts = [
        subprocess.run(
            order, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert "define void @run" in texts[0]
    assert texts[0] == texts[1]


def test_parts_of_the_step_are_handed_over() -> None:
    model, _ = town()
    parts = compile_model(model, ["births"]).emitted.parts
    assert "population" in parts.stocks
    assert "births" in parts.order
