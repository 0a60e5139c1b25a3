"""Compiled runs are kept for the next process; a cache that is damaged or cannot be written is as good as none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.engine.cache import SLOPE, Executable, settings

pytest.importorskip("jax")


class Counting:
    """A function that tells how often it was traced."""

    def __init__(self) -> None:
        self.traced = 0

    def __call__(self, x: Any) -> Any:
        self.traced += 1
        return {"twice": 2 * x}


def result(folder: Path, identity: str = "twice") -> tuple[float, int]:
    """Return what a fresh process would get, and how often it traced the function."""
    function = Counting()
    executable = Executable(function, identity, folder=folder)
    executable({"a": np.ones(3)}["a"])
    return float(executable(np.ones(3))["twice"][0]), function.traced


def test_the_second_process_compiles_nothing(tmp_path: Path) -> None:
    assert result(tmp_path) == (2.0, 1)
    assert result(tmp_path) == (2.0, 0)


def test_another_model_is_compiled_anew(tmp_path: Path) -> None:
    result(tmp_path)
    assert result(tmp_path, "another") == (2.0, 1)
    assert len(list(tmp_path.glob("*.bin"))) == 2


@pytest.mark.parametrize("content", [b"", b"no machine code", None])
def test_a_damaged_file_is_compiled_anew(tmp_path: Path, content: bytes | None) -> None:
    result(tmp_path)
    (file,) = tmp_path.glob("*.bin")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"x" if content is None else content)
    assert result(tmp_path) == (2.0, 1)
    assert file.read_bytes()[32:] != content
    assert result(tmp_path) == (2.0, 0)


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("no folder", encoding="utf-8")
    assert result(occupied / "engine") == (2.0, 1)
    assert occupied.read_text(encoding="utf-8") == "no folder"


def test_nothing_unfinished_is_left_beside_the_cache(tmp_path: Path) -> None:
    result(tmp_path)
    assert [file.suffix for file in tmp_path.iterdir()] == [".bin"]


def test_an_experiment_that_this_compiler_does_not_know_is_left_out() -> None:
    strange = {"xla_cpu_experimental_thought_reading": True}
    assert settings({**SLOPE, **strange}) == settings(SLOPE)
    assert result_with(strange) == 2.0


def result_with(options: dict[str, Any]) -> float:
    """Return what a function compiled with these settings gives for 1."""
    jax = pytest.importorskip("jax")
    return float(jax.jit(lambda x: 2 * x, compiler_options=settings(options))(1.0))
