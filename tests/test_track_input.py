"""What a user is told about figures that cannot be used, and forecasts that are none."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from calibration.track import TrackError, TrackOrder, track
from calibration.track.outcomes import read_outcomes
from outputs.publish import Publication
from tests.track_support import forecast, outcomes, run_folder, write

MADE = forecast(1)
GOOD = "municipality,year,measure,value\n2482,2025,population,78000\n"


def told(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "new.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TrackError) as error:
        read_outcomes(path)
    return re.sub(r"\s+", " ", str(error.value)).replace(f"{tmp_path}/", "")


def read(tmp_path: Path, text: str | bytes):
    path = tmp_path / "new.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_outcomes(path)


def tracked(tmp_path: Path, table, **forecasts: Path | None) -> str:
    forecasts = forecasts or {"run": run_folder(tmp_path / "run", MADE)}
    order = TrackOrder(write(table, tmp_path / "new.csv"), out=tmp_path / "tracked", **forecasts)
    with pytest.raises(TrackError) as error:
        track(order, Publication(order.folder, "en", [], datetime(2026, 1, 1, tzinfo=UTC)), lambda _: None)
    assert not order.folder.exists()
    return re.sub(r"\s+", " ", str(error.value)).replace(f"{tmp_path}/", "")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "kommunkod;år;mått;värde\r\n2482;2025;folkmängd;78 000\r\n",
        "\ufeffKommunkod;År;Mått;Värde\r\n2482;2025;Folkmängd;78\N{NO-BREAK SPACE}000,0\r\n",
        "kommun;år;mått;värde\n2482 Skellefteå;2025;total_population;78000\n".encode("cp1252"),
        "name\tkommun\tyear\tmeasure\tvalue\nx\tSkellefteå\t2025\tpopulation\t7.8e4\n".replace("7.8e4", "78000"),
    ],
)
def test_figures_as_machines_and_swedish_excel_write_them(tmp_path, text):
    (row,) = read(tmp_path, text).rows.to_dict("records")
    assert row == {"municipality": "2482", "year": 2025, "measure": "population", "value": 78000.0}


def test_unpublished_cells_are_counted(tmp_path):
    found = read(tmp_path, GOOD + "2401,2025,population,..\n\n2403,2025,population,\n")
    assert (len(found.rows), found.unpublished) == (1, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "new.csv: the file has no figures. The first line is: municipality,year,measure,value"),
        (
            "kod,year,measure,value\n1,2,3,4\n",
            "line 1: the column 'municipality' is missing: kod, year, measure, value.",
        ),
        ("code,kommun,year,measure,value\n1,2,3,4,5\n", "the column 'municipality' stands twice"),
        (
            GOOD + "2483,2025,population,1\n",
            "new.csv, line 3: '2483' is not the code of one of the 29 municipalities.",
        ),
        (GOOD + "Lulea,2025,population,1\n", "'Lulea' is not a known municipality. Did you mean 'Luleå'?"),
        (GOOD + "2401,25,population,1\n", "new.csv, line 3: '25' is no year. Four digits: 2025"),
        (GOOD + "2401,2025,populaton,1\n", "'populaton' is not a known measure. Did you mean 'population'?"),
        (GOOD + "2401,2025,population,12,5\n", "line 3: 5 cells where 4 belong. A decimal comma in a file with commas"),
        (
            GOOD + '2401,2025,population,"7,100"\n',
            "'7,100' may be thousands or decimals. Write 7100 if the comma parts",
        ),
        (GOOD + "2401,2025,population,many\n", "line 3: 'many' is no number."),
        (
            GOOD + "2482,2025,population,78001\n",
            "population of 2482 in 2025 stands twice: 78000 and 78001 (lines 2 and 3).",
        ),
        (b"PK\x03\x04", "this is a workbook, not a text. Save it as CSV"),
        (b"\x81\x8d", "the file is no text."),
    ],
)
def test_figures_that_cannot_be_used(tmp_path, text, words):
    assert words in told(tmp_path, text)


def test_a_path_that_is_nothing(tmp_path):
    with pytest.raises(TrackError, match="there is no such file or folder"):
        read_outcomes(tmp_path / "nothing.csv")
    with pytest.raises(TrackError, match=r"this folder is no snapshot of official figures\.\n  Give a folder that"):
        read_outcomes(tmp_path)


def test_figures_from_before_the_start(tmp_path):
    table = outcomes(MADE, {})
    early = table[table["year"] == 2025].assign(year=2022)
    words = tracked(tmp_path, pd.concat([table, early]))
    assert "figures are from before the forecast's start: 2022, and it starts at the end of 2024." in words
    assert "Leave out the years before 2024, or track an earlier forecast." in words


def test_figures_that_end_before_the_start(tmp_path):
    table = outcomes(MADE, {}).assign(year=2020).drop_duplicates(["municipality", "measure"])
    assert "the figures end in 2020, before the forecast starts" in tracked(tmp_path, table)


def test_figures_of_the_start_only(tmp_path):
    table = outcomes(MADE, {}, until=2025).assign(year=2024)
    assert (
        "no year to track: population is given for 2024 to 2024, and the forecast starts at the end of 2024."
        in tracked(tmp_path, table)
    )


def test_figures_from_after_the_end(tmp_path):
    table = outcomes(MADE, {})
    late = table[table["year"] == 2026].assign(year=2040)
    words = tracked(tmp_path, pd.concat([table, late]))
    assert "population of 2040 is given, but the forecast ends in 2027." in words


def test_a_year_missing_between(tmp_path):
    table = outcomes(MADE, {})
    gap = (table["measure"] == "births") & (table["year"] == 2025) & (table["municipality"] == "2482")
    words = tracked(tmp_path, table[~gap])
    assert "new.csv: births of 2482: 2025 is missing, though 2026 is given." in words
    assert "give every year since, or none." in words


def test_no_population(tmp_path):
    table = outcomes(MADE, {}, leave_out=("population",))
    assert "the figures have no population. Measures given: births, " in tracked(tmp_path, table)


@pytest.mark.parametrize(
    ("measure", "factor", "words"),
    [
        ("population", 0.001, "another unit? Give persons, not thousands, shares or per cent; check decimal signs."),
        ("births", 0.001, "births of 29 municipalities in 2025 is "),
        ("jobs", -1.0, "fewer than none. Correct the figure."),
    ],
)
def test_another_unit(tmp_path, measure, factor, words):
    table = outcomes(MADE, {})
    table["value"] = table["value"].where(table["measure"] != measure, table["value"] * factor)
    assert words in tracked(tmp_path, table)


def test_a_folder_that_is_no_forecast(tmp_path):
    table = outcomes(MADE, {})
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "empty: this folder is no run: no run.json." in tracked(tmp_path, table, run=empty)
    assert "empty: this folder is no ensemble: no plan.json. Make one" in tracked(tmp_path, table, ensemble=empty)
    assert "there is no such folder" in tracked(tmp_path, table, run=tmp_path / "nothing")
    run = run_folder(tmp_path / "a", MADE)
    assert "This is a run: give --run a" in tracked(tmp_path, table, ensemble=run)
    (run / "plan.json").write_text("{}")
    assert "this is an ensemble. Give --ensemble a" in tracked(tmp_path, table, run=run)


def test_a_forecast_that_is_not_told_or_told_twice(tmp_path):
    table = outcomes(MADE, {})
    assert "which forecast? Give --run FOLDER" in tracked(tmp_path, table, run=None)
    both = {"run": tmp_path, "ensemble": tmp_path}
    assert "one forecast at a time." in tracked(tmp_path, table, **both)


def test_a_damaged_run(tmp_path):
    table = outcomes(MADE, {})
    run = run_folder(tmp_path / "run", MADE)
    (run / "results.nc").write_bytes(b"nothing")
    assert "results.nc: cannot be read" in tracked(tmp_path, table, run=run)
    (run / "run.json").write_text(json.dumps({"other": 1}))
    assert "this folder is no run: no run.json." in tracked(tmp_path, table, run=run)
