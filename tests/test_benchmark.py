"""The benchmark: its table hides nothing, its clock is fair, and its hand-written sectors agree."""

from __future__ import annotations

import json
import os
from typing import Any

import numpy as np
import pytest

from model.benchmark.__main__ import MEASUREMENTS, main
from model.benchmark.clock import race
from model.benchmark.ensemble import memory_of_family
from model.benchmark.numbers import FEEDS, feeds, numbers
from model.benchmark.ours import DEMOGRAPHY, fitted_names
from model.benchmark.table import Row, markdown, rows
from model.benchmark.two_sectors import with_feeds, with_series
from model.engine import simulate
from model.inputs import build_inputs
from model.language import load_model
from model.language.expressions import key

AGREE = 1e-9


def lap(milliseconds: float) -> dict[str, float]:
    seconds = milliseconds / 1_000
    return {"shortest": seconds, "median": 1.2 * seconds, "processor": seconds, "first": 9.0, "repeats": 5}


@pytest.fixture
def record() -> Any:
    """A made-up record in which every budget is met."""
    command = {"seconds": 50.0, "peak": 1e9, "years": [2024, 2050]}
    measured = {
        "single": {"loops": lap(10), "jax": lap(20), "numpy": lap(200)},
        "second process": {"loops": lap(10), "jax": lap(10)},
        "gradient": {"forward": lap(10), "gradient": lap(40), "parameters": 168, "finite": True},
        "hand written": {name: lap(15) for name in ("numba", "two sectors", "whole")}
        | {"two sectors block": lap(80), "whole block": lap(90), "block": 8},
        "pysimlin": {"parts": [1.0] * 5, "seconds": 5.0},
        "pysd": {"load": 20.0, "spans": [0.5, 1.5], "measured": [30.0, 90.0], "step": 15.0, "seconds": 2_400.0},
        "ensembles": {"1000": command, "10000": command, "whole horizon": command},
    }
    machine = {"processor": "made up", "cores": 2, "system": "Linux", "versions": {"python": "3.11"}}
    return {"model": "abc", "machine": machine, "measured": measured}


def test_every_measurement_stands_in_the_table(record: Any) -> None:
    assert set(record["measured"]) == set(MEASUREMENTS)
    assert "not measured" not in markdown(record)
    assert "Every budget is met." in markdown(record)
    for part in MEASUREMENTS:
        lacking = {name: found for name, found in record["measured"].items() if name != part}
        assert "not measured" in markdown({**record, "measured": lacking}), part


def test_a_slower_run_turns_the_verdict(record: Any) -> None:
    slow = json.loads(json.dumps(record))
    slow["measured"]["single"]["loops"]["shortest"] = 10.0
    assert "Not met: warm single run, loops" in markdown(slow)
    assert "| 10 000 ms | ≤ 15.0 ms | **no** |" in markdown(slow)
    missed = [row.what for row in rows(slow["measured"]) if row.met is False]
    assert missed == ["warm single run, loops", "single run beside PySD", "single run beside pysimlin"]


def test_a_part_that_is_missing_counts_as_not_met(record: Any) -> None:
    lacking = {**record, "measured": {n: found for n, found in record["measured"].items() if n != "gradient"}}
    assert "gradient: not measured" in markdown(lacking).split("| what |")[0]


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (Row("a", "1", "2", 100.0, at_least=100.0), True),
        (Row("a", "1", "2", 99.0, at_least=100.0), False),
        (Row("a", "1", "2", 8.1, at_most=8.0), False),
        (Row("a", "1", "2", 7.9, at_most=8.0), True),
        (Row("a", "1", "2", 3.0), None),
        (Row("a", "1", at_most=8.0), False),
    ],
)
def test_a_limit_is_kept_or_not(row: Row, met: bool | None) -> None:
    assert row.met is met


def test_contestants_take_turns() -> None:
    calls: list[str] = []
    laps = race({"ours": lambda: calls.append("o"), "theirs": lambda: calls.append("t")}, 3)
    assert "".join(calls) == "otototot"
    assert laps["ours"]["repeats"] == 3
    assert 0 <= laps["ours"]["shortest"] <= laps["ours"]["median"]


def test_memory_counts_this_process_and_its_children() -> None:
    held = memory_of_family(os.getpid())
    if held is None:
        pytest.skip("no /proc on this system")
    block = np.ones(2**24)  # 128 MiB
    assert memory_of_family(os.getpid()) - held > 0.9 * block.nbytes  # type: ignore[operator]


def test_an_unknown_part_is_told_with_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gradients"]) == 2
    said = capsys.readouterr().err
    assert "'gradients' is no part of the benchmark" in said
    assert "gradient, hand written" in said


def test_fitted_are_all_judged_numbers_and_two_levers() -> None:
    names = fitted_names(load_model())
    assert {"draw of size", "time to fill", "fertility lever"} <= set(names)
    assert "one year" not in names


def test_the_two_sectors_alone_do_what_they_do_in_the_whole() -> None:
    model = load_model()
    inputs = build_inputs(model, 2010, 2012)
    fed = feeds(model, inputs)
    part = with_series(model, FEEDS)
    whole, alone = simulate(model, inputs, DEMOGRAPHY), simulate(part, with_feeds(inputs, fed), DEMOGRAPHY)
    for name in whole:
        np.testing.assert_allclose(alone[name], whole[name], rtol=AGREE)


@pytest.mark.slow
def test_hand_written_sectors_agree_with_the_engine_to_2050() -> None:
    """A third implementation, with every lever of the two sectors off its default."""
    pytest.importorskip("numba")
    from model.benchmark.numba_referee import Results, run

    model = load_model()
    inputs = build_inputs(model, 2010, 2050)
    wave = 0.1 * np.sin(np.arange(29.0))
    moved = [n for n, v in model.variables.items() if v.kind == "lever" and v.sector in ("population", "migration")]
    inputs = inputs.assign({name: inputs[name] + abs(wave) for name in moved})
    found = run(numbers(model, inputs, feeds(model, inputs)))
    names = [model.variables[key(field)].name for field in Results._fields]
    raw = simulate(model, inputs, names)
    for field in Results._fields:
        ours = raw[field].to_numpy()
        ours = ours[::4] if field == "population" else ours
        assert np.abs(getattr(found, field) - ours).max() <= AGREE * np.abs(ours).max(), field
