"""Vensim files written elsewhere: loaded, run with their own clock, refused in words, and measured on a test suite."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from model.language.errors import ModelErrors
from model.language.foreign import load_vensim
from model.language.foreign_run import ForeignRun, run_vensim
from model.language.functions import functions_hash
from model.language.suite import EXPLAINED, INCOMPLETE, RECORD, WRONG, main
from model.language.suite_referees import pysd_results
from model.language.suite_tables import CLOCK, Printed, between, compare, expected_file, read_expected

CLOCK_TEXT = """
********************************************************
	.Control
********************************************************~
		Simulation Control Parameters
	|
FINAL TIME = 4 ~ Month ~ The final time. |
INITIAL TIME = 0 ~ Month ~ The initial time. |
SAVEPER = TIME STEP ~ Month [0,?] ~ How often output is stored. |
TIME STEP = 1 ~ Month [0,?] ~ The time step. |
\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*View 1 | ~ { "
"""


def written(folder: Path, text: str, clock: str = CLOCK_TEXT) -> Path:
    path = folder / "other.mdl"
    path.write_text("{UTF-8}\n" + text + clock, encoding="utf-8")
    return path


def run(folder: Path, text: str, clock: str = CLOCK_TEXT, backend: str = "numpy") -> ForeignRun:
    return run_vensim(load_vensim(written(folder, text, clock)), backend)


def refusal(folder: Path, text: str, clock: str = CLOCK_TEXT) -> str:
    with pytest.raises(ModelErrors) as caught:
        run(folder, text, clock)
    return str(caught.value)


def test_a_file_runs_with_its_own_clock_and_numbers(tmp_path: Path) -> None:
    clock = "FINAL TIME = 10 ~~|INITIAL TIME = 2*4 ~~|SAVEPER = 0.5 ~~|TIME STEP = SAVEPER / 2 ~~|"
    found = run(tmp_path, "Stock = INTEG(inflow, 3) ~~|\ninflow = rate * 2 ~~|\nrate == 1.5 ~~|\n", clock)
    assert found.times.tolist() == [8, 8.5, 9, 9.5, 10]
    assert found.series["stock",].tolist() == [3, 4.5, 6, 7.5, 9]
    assert found.series["rate",].tolist() == [1.5] * 5


def test_the_sketch_of_older_files_is_left_out(tmp_path: Path) -> None:
    older = CLOCK_TEXT.replace("\\\\\\---///", "\\\\---///")
    assert older != CLOCK_TEXT
    assert run(tmp_path, "x = 1 ~~|\n", older).series["x",].tolist() == [1] * 5


def test_jax_gives_the_same_numbers(tmp_path: Path) -> None:
    pytest.importorskip("jax")
    text = "x = SIN(Time) + S ~~|\nS = INTEG(x * SAMPLE IF TRUE(x > 1, x, 0), 1) ~~|\n"
    numpy, jax = (run(tmp_path, text, backend=backend) for backend in ("numpy", "jax"))
    assert np.allclose(numpy.series["s",], jax.series["s",], rtol=1e-13)


# equation of x -> its values at the moments 0 to 4, by Vensim's manual
VALUES = {
    "Time ^ 2": [0, 1, 4, 9, 16],
    "-2 ^ 2": [-4] * 5,
    "2 ^ 3 ^ 2": [512] * 5,
    "2 ^ -2 ^ 2": [1 / 16] * 5,
    "Time > 2": [0, 0, 0, 1, 1],
    "IF THEN ELSE(Time - 2, 5, 7)": [5, 5, 7, 5, 5],
    "IF THEN ELSE(Time :AND: Time < 3, 1, 0)": [0, 1, 1, 0, 0],
    "LOG(8, 2)": [3] * 5,
    "POWER(3, Time)": [1, 3, 9, 27, 81],
    "QUANTUM(Time * 0.7, 0.5)": [0, 0.5, 1, 2, 2.5],
    "GAME(Time)": [0, 1, 2, 3, 4],
    "DELAY FIXED(Time * 10, 2, -1)": [-1, -1, 0, 10, 20],
    "DELAY FIXED(Time * 10, 0, -1)": [-1, 0, 10, 20, 30],
    "DELAY FIXED(Time * 10, 1.4, -1)": [-1, 0, 10, 20, 30],
    "SAMPLE IF TRUE(Time = 1 :OR: Time = 3, Time * 10, 5)": [5, 10, 10, 30, 30],
    "ACTIVE INITIAL(Time, 9)": [0, 1, 2, 3, 4],
    "SMOOTH N(Time, 4, 1, 2)": [1, 1, 0.75, 0.75, 1.0625],
    "DELAY N(8, 2, 2, 1)": [2, 5, 6.5, 7.25, 7.625],
    "DELAY N(8, 2, 2, 3)": [2, 2, 8, 8, 8],
    "TREND(1 + Time, 2, 0)": [0, 0.5, 1.5 / 3, 1.75 / 4.5, 1.875 / 6.25],
    "FORECAST(1 + Time, 2, 3)": [1, 2 * (1 + 0.5 * 3), 3 * 2.5, 4 * (1 + 1.75 / 4.5 * 3), 5 * (1 + 1.875 / 6.25 * 3)],
    "IF THEN ELSE(Time > 2, :NA:, 1)": [1, 1, 1, -(2.0**109), -(2.0**109)],
    "FINAL TIME + SAVEPER": [5] * 5,
    "SIN(Time) + COS(Time) * TAN(Time) - 2 * SIN(Time)": [0] * 5,
    "ARCSIN(0.5) * 6 - ARCCOS(-1)": [0] * 5,
    "COSH(Time) ^ 2 - SINH(Time) ^ 2 + TANH(0) + ARCTAN(0)": [1] * 5,
    "{a comment | ~} 3 * \\\n 2": [6] * 5,
}


@pytest.mark.parametrize(("equation", "values"), VALUES.items(), ids=list(VALUES))
def test_functions_mean_what_vensims_manual_says(tmp_path: Path, equation: str, values: list[float]) -> None:
    found = run(tmp_path, f"x = {equation} ~~|\n")
    assert found.series["x",] == pytest.approx(values, rel=1e-12, abs=1e-12)


def test_stocks_begin_with_the_second_argument_of_active_initial(tmp_path: Path) -> None:
    found = run(tmp_path, "x = ACTIVE INITIAL(S * 2, 9) ~~|\nS = INTEG(1, y) ~~|\ny = x + 1 ~~|\n")
    assert found.series["s",][0] == 10
    assert found.series["x",][0] == 20


SUBSCRIPTS = """
dim: A, B, C ~~|
sub: B, C ~~|
other: P, Q ~~|
third: Q, R ~~|
twin <-> dim ~~|
first: B, C -> second ~~|
second: E, F ~~|
some[A] = 1 ~~|
some[C] = 3 ~~|
mixed[A, dim] = 1, 2, 3 ~~|
mixed[B, dim] = Time + 10 ~~|
mixed[C, dim] = 7, 8, 9 ~~|
spread[second] = sum of[first] * 10 ~~|
sum of[dim] = SUM(mixed[dim, twin!]) ~~|
number[dim] = dim ~~|
same[dim, twin] = IF THEN ELSE(dim = twin, 1, 0) ~~|
count = ELMCOUNT(sub) ~~|
table[A]((0, 0), (4, 8)) ~~|
table[sub]([(0, 0)-(9, 9)], (0, 1), (4, 1)) ~~|
looked[dim] = table[dim](Time) ~~|
overlap[other] = 4 ~~|
except[dim, twin] :EXCEPT: [sub, A], [sub, B] = 1 ~~|
except[sub, twin] :EXCEPT: [sub, B], [sub, C] = 2 ~~|
except[sub, B] = 3 ~~|
"""


def test_subscripts_as_vensim_allows_them(tmp_path: Path) -> None:
    found = {name: values[1] for name, values in run(tmp_path, SUBSCRIPTS).series.items()}
    assert {name[1:]: v for name, v in found.items() if name[0] == "some"} == {("a",): 1, ("c",): 3}
    assert [found["mixed", row, "b"] for row in "abc"] == [2, 11, 8]
    assert [found["spread", element] for element in "ef"] == [330, 240]
    assert [found["looked", element] for element in "abc"] == [2, 1, 1]
    assert found["count",] == 2
    assert [found["same", "b", column] for column in "abc"] == [0, 1, 0]
    assert [found["overlap", element] for element in "pq"] == [4, 4]
    assert [[found["except", row, column] for column in "abc"] for row in "abc"] == [[1, 1, 1], [2, 3, 1], [2, 3, 1]]


def test_elements_count_from_one_in_their_dimension(tmp_path: Path) -> None:
    found = run(tmp_path, "dim: A, B, C ~~|\nsub: B, C ~~|\nx[sub] = sub * 10 ~~|\n").series
    assert [found["x", element][0] for element in "bc"] == [20, 30]


def test_names_may_hold_any_sign_and_stay_apart(tmp_path: Path) -> None:
    text = """
"a+b" = 1 ~~|
ab = 2 ~~|
"a | ~ {b" = 3 ~ "unit ~ said "no" |
µ = 4 ~~|
μ = 5 ~~|
lambda = 6 ~~|
"x.__1" = 7 ~~|
total = "a+b" + 10 * ab + 100 * "a | ~ {b" + 1000*µ + 10000*μ + lambda / 10 + "x.__1" / 100 ~~|
"""
    assert run(tmp_path, text).series["total",][0] == pytest.approx(54321.67)


def test_a_range_called_age_needs_no_ages(tmp_path: Path) -> None:
    assert run(tmp_path, "age: infant, child ~~|\nx[age] = 1, 2 ~~|\n").series["x", "child"][0] == 2


# text -> words of its refusal (line 2 of the file)
REFUSED = {
    "x = RANDOM UNIFORM(0, 1, 5) ~~|": "other.mdl:2: 'x': the function RANDOM UNIFORM is not supported.",
    "x = ALLOCATE AVAILABLE(a, b, c) ~~|": "the function ALLOCATE AVAILABLE is not supported.",
    "x = INVERT MATRIX(a, 3) ~~|": "Solve it outside the model and write the result into the file.",
    ":MACRO: F(a)\nF = a ~~|\n:END OF MACRO:\nx = F(1) ~~|": "other.mdl:2: macros are not supported.\n  Write the",
    "x := 3 ~~|": "other.mdl:2: data equations (':=') are not supported.",
    "x ~~|": "other.mdl:2: 'x' has no equation: its numbers lie outside the file.",
    "x:INTERPOLATE: ~~|": "are not supported",
    "x = GET XLS CONSTANTS('a.xls', 'b', 'C1') ~~|": "the function GET CONSTANTS is not supported.\n"
    "  Write the numbers into the file, as constants or as a lookup of Time.",
    "x = (-3) ^ 2 ~~|": "a negative number is raised to a power, which tools read differently.",
    "x = IF THEN ELSE(1 > 2 :OR: 2 > 1 :AND: 3 > 4, 1, 0) ~~|": "':AND:' follows ':OR:' without parentheses.",
    "dim: A, B -> (to: D, C) ~~|\nto: C, D ~~|": "mappings that list their elements are not supported.",
    "x = y ~~|": "other.mdl:2: 'x': the name 'y' is unknown.",
    "x = y ~~|\ny = x ~~|": "a loop without a stock: 'x' -> 'y' -> 'x'",
    "x = DELAY FIXED(Time, S, 0) ~~|\nS = INTEG(1, 1) ~~|": "the time of DELAY FIXED depends on INTEG, which is not a",
    "x = DELAY FIXED(Time, 5000, 0) ~~|": "DELAY FIXED holds 5000 steps, more than 1000.",
    "x = DELAY N(Time, 2 + Time, 0, 2) ~~|": "the time of DELAY N depends on 'time', which is not a constant.",
    "x = SMOOTH N(Time, 2, 0, 1.5) ~~|": "the order of SMOOTH N is 1.5.\n  Give a whole number from 1 to 100.",
    "x = LOG(8) ~~|": "LOG has 1 arguments, not 2.",
    "x = 1 + ACTIVE INITIAL(Time, 3) ~~|": "ACTIVE INITIAL stands inside an expression.",
    "dim: A, B ~~|\nx[A] = 1 ~~|\ny = x[B] ~~|": "does not lie in",
    "x = 1 / (Time - 2) ~~|": "'x' is not a finite number at 2.\n  Guard its divisions",
    "x = LN(-1) ~~|": "'x' is not a finite number at 0.",
    "dim: A, B ~~|\nsub: B, C ~~|\nx[dim] = dim ~~|": "'dim' is used as a number, but lies in ranges that overlap.",
    "x = 3": "'x = 3' does not end with '|'.",
}


@pytest.mark.parametrize(("text", "words"), REFUSED.items(), ids=list(REFUSED))
def test_what_is_left_out_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    clock = "" if text == "x = 3" else CLOCK_TEXT
    assert words in refusal(tmp_path, text + "\n", clock)


CLOCKS = {
    "FINAL TIME = IF THEN ELSE(Time > 3, 4, 5) ~~|": "FINAL TIME depends on 'time', which is not a constant.",
    "FINAL TIME = 4.5 ~~|": "from 0 to 4.5 is not a whole number of steps of 1.",
    "FINAL TIME = -1 ~~|": "the run goes from 0 to -1 in steps of 1.",
    "": "the file has no FINAL TIME, or two.",
}


@pytest.mark.parametrize(("final", "words"), CLOCKS.items(), ids=list(CLOCKS))
def test_a_clock_that_cannot_be_kept_is_refused(tmp_path: Path, final: str, words: str) -> None:
    clock = f"{final}\nINITIAL TIME = 0 ~~|\nSAVEPER = 1 ~~|\nTIME STEP = 1 ~~|\n"
    assert words in refusal(tmp_path, "x = 1 ~~|\n", clock)


def test_moments_between_steps_are_not_saved_by_guess(tmp_path: Path) -> None:
    clock = "FINAL TIME = 1 ~~|INITIAL TIME = 0 ~~|SAVEPER = 0.3 ~~|TIME STEP = 0.25 ~~|"
    assert "SAVEPER 0.3 is not a whole number of steps of 0.25." in refusal(tmp_path, "x = 1 ~~|\n", clock)


def test_binary_files_and_missing_ones_are_told(tmp_path: Path) -> None:
    (tmp_path / "other.vmf").write_bytes(b"\0\1")
    with pytest.raises(ModelErrors, match=r"Save the model in Vensim as text \(\.mdl\)"):
        load_vensim(tmp_path / "other.vmf")
    with pytest.raises(ModelErrors, match="cannot be read"):
        load_vensim(tmp_path / "none.mdl")


def test_a_wrong_number_is_found_whatever_its_size(tmp_path: Path) -> None:
    (tmp_path / "output.tab").write_text("Time\tx\ty[A, B]\n0\t1.5\t1000\n1\t\t0.001\n", encoding="utf-8")
    expected = read_expected(tmp_path / "output.tab")
    right = {CLOCK: np.array([0.0, 1.0]), ("x",): np.array([1.5, 9.0]), ("y", "a", "b"): np.array([1000, 0.0015])}
    assert compare(right, expected).agrees
    for column, value in ((("x",), 1.5003), (("y", "a", "b"), 1000.2)):
        wrong = compare({**right, column: np.array([value, right[column][1]])}, expected)
        assert not wrong.agrees
        assert wrong.variable.startswith(column[0])
    short = compare({**right, CLOCK: np.array([0.0, 0.5])}, expected)
    assert not short.agrees
    lost = compare({name: values for name, values in right.items() if name != ("x",)}, expected)
    assert (lost.agrees, lost.missing) == (False, ("x",))


def test_printed_decimals_and_single_precision_are_allowed_for() -> None:
    expected: dict[tuple[str, ...], Printed] = {
        CLOCK: Printed(np.array([0.0]), 0.0),
        ("x",): Printed(np.array([0.00182]), 5e-6),
    }
    assert compare({CLOCK: np.array([0.0]), ("x",): np.array([0.0018157])}, expected).agrees
    assert not compare({CLOCK: np.array([0.0]), ("x",): np.array([0.0018])}, expected).agrees


def test_expected_results_lie_beside_the_model(tmp_path: Path) -> None:
    assert expected_file(tmp_path / "a.mdl") is None
    (tmp_path / "output.csv").write_text("Time\n0\n", encoding="utf-8")
    assert expected_file(tmp_path / "a.mdl") == tmp_path / "output.csv"


def test_a_folder_without_models_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no \.mdl file lies in this folder"):
        main([str(tmp_path), "--commit", "none"])


def test_the_record_of_the_suite_holds_no_wrong_number_and_is_of_this_language() -> None:
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    results = {case["file"]: case["ours"]["result"] for case in record["cases"]}
    assert not [name for name, result in results.items() if result in (WRONG, INCOMPLETE)]
    assert [name for name, result in results.items() if result == EXPLAINED] == [
        "samples/Roessler_Chaos/roessler_chaos.mdl"
    ]
    assert record["functions"] == functions_hash(), "run python -m model.language.suite on the suite again"
    assert results["wrld3-03.mdl"] == "passed"
    assert record["totals"]["ours"]["passed"] > record["totals"]["pysimlin"]["passed"]


def test_the_record_agrees_with_pysd_wherever_it_has_no_expected_results() -> None:
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    unknown = [case for case in record["cases"] if case["ours"]["result"] == "no expected results"]
    assert unknown
    assert all(case["pysd"]["from ours"] <= 1e-6 for case in unknown)


LEAVES = ["Time", "c", "S", "2.5", "(Time - 2)", "y[A]"]
UNARY = [
    "ABS({0})",
    "EXP(-ABS({0}))",
    "SIN({0})",
    "INTEGER({0})",
    "-({0})",
    "SMOOTH({0}, 3)",
    "DELAY3({0}, 6)",
    "t({0})",
]
BINARY = [
    "({0} + {1})",
    "{0} * {1}",
    "({0} - {1})",
    "MAX({0}, {1})",
    "IF THEN ELSE({0} > {1}, {0}, 2)",
    "ZIDZ({0}, {1})",
    "SAMPLE IF TRUE({0} > {1}, {0}, 1)",
    "DELAY FIXED({0}, 2, {1})",
    "QUANTUM({0}, ABS({1}) + 0.3)",
    "TREND({0}, 2 + ABS(c), 0.1)",
]


def expression(draw: random.Random, depth: int) -> str:
    if depth == 0:
        return draw.choice(LEAVES)
    if draw.random() < 0.35:
        return draw.choice(UNARY).format(expression(draw, depth - 1))
    return draw.choice(BINARY).format(expression(draw, depth - 1), expression(draw, depth - 1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_random_files_agree_with_pysd(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    text = (
        "dim: A, B ~~|\ny[dim] = 0.5, 3 ~~|\nc = 0.8 ~~|\nS = INTEG(c - S / 5, 2) ~~|\nt((0, 1), (2, 5), (3, 2)) ~~|\n"
    )
    text += "".join(f"x{number} = {expression(draw, 3)} ~~|\n" for number in range(25))
    path = written(tmp_path, text)
    foreign = run_vensim(load_vensim(path))
    found = between({CLOCK: foreign.times, **foreign.series}, pysd_results(str(path)))
    assert found.compared == 29
    assert found.largest <= 1e-9, found.variable


@pytest.mark.slow
def test_the_suite_writes_a_record_that_tells_right_wrong_and_refused(tmp_path: Path) -> None:
    for name, x in (("right", "Time"), ("wrong", "Time * 1.01"), ("refused", "RANDOM UNIFORM(0, 1, 1)")):
        (tmp_path / name).mkdir()
        written(tmp_path / name, f"x = {x} ~~|\n")
        (tmp_path / name / "output.csv").write_text("Time,x\n0,0\n1,1\n4,4\n", encoding="utf-8")
    main([str(tmp_path), "--commit", "abc", "--record", str(tmp_path / "record.json")])
    record = json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    results = {case["file"].split("/")[0]: case["ours"]["result"] for case in record["cases"]}
    assert results == {"right": "passed", "wrong": "wrong", "refused": "refused"}
    assert record["cases"][2]["pysd"] == {
        "result": "wrong",
        "variables": 1,
        "largest": 0.0099,
        "variable": "x",
        "time": 1.0,
        "from ours": 0.0,
        "at": "Time",
    }
    assert record["suite"]["commit"] == "abc"
