"""Every fault of a table is told in words; sound tables become labelled inputs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from model.inputs import build_inputs
from model.language import ModelErrors, load_model
from tests.engine_support import TOWN, town


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the town model whose tables a test may spoil."""
    folder = tmp_path / "town"
    shutil.copytree(TOWN.parent, folder)
    return folder


def message(folder: Path, start: int = 2010, until: int = 2014) -> str:
    with pytest.raises(ModelErrors) as caught:
        build_inputs(load_model(folder / "sectors"), start, until)
    return str(caught.value)


def change(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / "values" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_inputs_are_labelled_and_carry_their_span() -> None:
    _, inputs = town()
    assert inputs.attrs == {"start": 2010, "until": 2014, "step": 0.25}
    assert inputs["initial population"].dims == ("sex", "age", "municipality")
    assert inputs["local mortality"].dims == ("time", "municipality")
    assert float(inputs["local mortality"].sel(time=2012, municipality="2418")) == pytest.approx(1.13)
    assert list(inputs["share at birth"].to_numpy()) == [0.4855, 0.5145]
    assert list(inputs["newborn"].to_numpy()) == [1, 0, 0, 0, 0]
    assert inputs["fertility lever"].attrs["high"] == 1.5


def test_the_rows_of_the_start_year_are_taken() -> None:
    model, inputs = town()
    later = build_inputs(model, 2011, 2014)
    assert (later["initial population"] - inputs["initial population"] == 3).all()


def test_a_cell_that_is_no_number(copy: Path) -> None:
    change(copy, "fertility", "2,0.3", "2,0.3x")
    assert message(copy).endswith(
        "town/values/fertility.csv:4: '0.3x' in the column 'fertility rate' is not a number.\n"
        "  Write numbers with a decimal point, or leave empty."
    )


def test_an_unknown_place(copy: Path) -> None:
    change(copy, "county", "24,2418", "24,2417")
    assert "town/values/county.csv:3: '2417' is not a municipality of the model.\n  Did you mean '2418'?" in message(
        copy
    )


def test_a_missing_row(copy: Path) -> None:
    change(copy, "fertility", "2,0.3\n", "")
    assert (
        "town/values/fertility.csv:1: 'fertility rate' has no value for age = 2.\n  Add the missing rows or cells."
    ) in message(copy)


def test_two_rows_for_the_same_coordinates(copy: Path) -> None:
    change(copy, "fertility", "2,0.3\n", "2,0.3\n2,0.4\n")
    assert (
        "town/values/fertility.csv:5: 'fertility rate' has two values for the same coordinates: 0.3 in line 4 and "
        "0.4 in line 5.\n  Remove one of the two."
    ) in message(copy)


def test_a_value_outside_its_range(copy: Path) -> None:
    change(copy, "fertility", "2,0.3", "2,1.3")
    assert (
        "town/values/fertility.csv:4: 'fertility rate' = 1.3 1/year is outside its range [0, 1] "
        "(town/sectors/population.mdl:40).\n  Correct the number, or widen the range with a source."
    ) in message(copy)


def test_an_unknown_column(copy: Path) -> None:
    change(copy, "fertility", "fertility rate", "fertilty rate")
    text = message(copy)
    assert "town/values/fertility.csv:1: the column 'fertilty rate' is not a variable of the model." in text
    assert "  Did you mean 'fertility rate'?" in text
    assert "'fertility rate' has neither an equation nor numbers in town/values." in text


def test_a_column_for_a_quantity_with_an_equation(copy: Path) -> None:
    change(copy, "fertility", "fertility rate", "leaving rate")
    assert "'leaving rate' has numbers here and an equation in town/sectors/population.mdl:85." in message(copy)


def test_coordinates_that_do_not_fit(copy: Path) -> None:
    change(copy, "travel", "municipality,workplace", "municipality,county")
    change(copy, "travel", "2480,2480", "2480,24")
    assert (
        "the table of 'travel time' has the coordinates [municipality, county], its equation "
        "(town/sectors/work.mdl:79) [municipality, workplace]."
    ) in message(copy)


def test_a_start_year_without_rows(copy: Path) -> None:
    assert (
        "town/values/population.csv:1: 'initial population' has no rows for the start year 2012 "
        "(there are: 2010 to 2011).\n  Choose another start year, or add the rows."
    ) in message(copy, 2012)


def test_a_series_that_begins_too_late(copy: Path) -> None:
    change(copy, "fertility_level", "2011,1\n", "")
    assert (
        "town/values/fertility_level.csv:1: the series 'fertility level' begins at time 2012, the run at 2011."
    ) in message(copy)


def test_a_series_without_time(copy: Path) -> None:
    change(copy, "fertility_level", "time,", "age,")
    assert (
        "'fertility level' is a series (town/sectors/population.mdl:44), but its table has no column 'time'."
        in message(copy)
    )


def test_years_reversed(copy: Path) -> None:
    assert message(copy, 2014, 2010) == (
        "1 problem:\nsettings: the run ends in 2010, not after its start 2014.\n  Set 'until' later than 'start'."
    )


def test_a_table_that_is_no_table(copy: Path) -> None:
    (copy / "values" / "fertility.csv").write_bytes(b"\xff\xfe\x00broken")
    assert "town/values/fertility.csv: the table cannot be read" in message(copy)
