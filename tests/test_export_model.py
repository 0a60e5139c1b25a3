"""The exported file: complete, Vensim's own form, and read back as the same model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.engine import simulate
from model.export import export_model, export_xmile, held_points, straight_points
from model.inputs import build_inputs
from model.language import load_model
from tests.engine_support import town


def test_the_exported_file_is_read_back_as_the_same_model(tmp_path: Path) -> None:
    model, inputs = town()
    folder = tmp_path / "model" / "sectors"
    folder.mkdir(parents=True)
    (path,) = export_model(model, inputs, folder / "all.mdl")
    text = path.read_text(encoding="utf-8").split("\\\\\\---///")[0]
    path.write_text(text, encoding="utf-8")
    assert "initial population of women[age, municipality]" in text
    assert "FINAL TIME = 2015" in text


def test_the_file_ends_with_an_empty_sketch_and_the_spellings_of_units(tmp_path: Path) -> None:
    model, inputs = town()
    (path,) = export_model(model, inputs, tmp_path / "town.mdl")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{UTF-8}\n")
    assert text.endswith("22:job,jobs\n22:minute,minutes\n22:person,persons\n")
    assert not list(tmp_path.glob(".*")), "no temporary file is left"


def test_data_variables_have_their_numbers_beside_the_model(tmp_path: Path) -> None:
    model, inputs = town()
    lever = inputs["fertility lever"].expand_dims(time=inputs["time"])
    files = export_model(model, inputs.assign({"fertility lever": lever}), tmp_path / "town.mdl", self_contained=False)
    assert [file.name for file in files] == ["town.mdl", "town.csv"]
    assert "local mortality[municipality] :INTERPOLATE:" in files[0].read_text(encoding="utf-8")
    header = files[1].read_text(encoding="utf-8").splitlines()[0]
    assert header == (
        "Time,fertility level,fertility lever[Umeå],fertility lever[Malå],fertility lever[Kiruna],"
        "local mortality[Umeå],local mortality[Malå],local mortality[Kiruna]"
    )


def test_xmile_comes_through_pysimlin(tmp_path: Path) -> None:
    pytest.importorskip("simlin")
    model, inputs = town()
    path = export_xmile(model, inputs, tmp_path / "town.xmile")
    assert "<xmile" in path.read_text(encoding="utf-8")[:300]


def test_held_values_become_nearly_vertical_steps() -> None:
    times = np.array([2011.0, 2011.25, 2011.5, 2011.75])
    points = held_points(times, np.array([1.0, 1.0, 3.0, 3.0]))
    assert points == [(2011.0, 1.0), (2011.5 - 2**-10, 1.0), (2011.5, 3.0), (2011.75, 3.0)]


def test_points_on_a_line_are_left_out() -> None:
    times = np.array([2011.0, 2011.25, 2011.5, 2011.75, 2012.0])
    points = straight_points(times, np.array([1.0, 2.0, 3.0, 3.0, 3.0]))
    assert points == [(2011.0, 1.0), (2011.5, 3.0), (2012.0, 3.0)]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    model, inputs = town()
    first, second = (export_model(model, inputs, tmp_path / f"{n}.mdl")[0].read_bytes() for n in (1, 2))
    assert first == second


def test_a_changed_parameter_is_written(tmp_path: Path) -> None:
    model, inputs = town()
    changed = inputs.copy()
    changed["leaving rate"] = changed["leaving rate"] * 2
    (path,) = export_model(model, changed, tmp_path / "town.mdl")
    assert "leaving rate = 0.2\n\t~ 1/year [0, 1]" in path.read_text(encoding="utf-8")


def test_a_part_of_the_region_is_a_complete_model(tmp_path: Path) -> None:
    model = load_model(town()[0].sectors, ["2480", "2418"])
    inputs = build_inputs(model, 2010, 2012)
    (path,) = export_model(model, inputs, tmp_path / "part.mdl")
    text = path.read_text(encoding="utf-8")
    assert "municipality: Umeå, Malå ~~ Three places." in text
    assert "Kiruna" not in text
    assert simulate(model, inputs, ["commuting"])["commuting"].shape == (9, 2, 2)
