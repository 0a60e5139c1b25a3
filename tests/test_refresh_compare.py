"""A snapshot beside the bundled tables, and the list of what there is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from calibration.refresh import RefreshError, RefreshOrder, diff, refresh, status
from calibration.refresh.compare import compare
from calibration.refresh.snapshot import read_snapshot
from outputs.observed import HISTORY
from tests.refresh_support import as_at_scb, served

PARTS = [
    pd.read_csv(HISTORY / name, dtype={"municipality": str}) for name in ("long_series.csv", "municipality_year.csv")
]
BIRTHS = pd.concat(PARTS).set_index(["municipality", "year"])["births"].to_dict()


def births(cell: dict[str, str]) -> float | None:
    """The bundled births; one revised, one gone, 2025 new."""
    place, year = cell["Region"], int(cell["Tid"])
    if (place, year) == ("2482", 2020):
        return float(BIRTHS[place, year]) + 1.0
    if (place, year) == ("2584", 2021):
        return None
    return float(BIRTHS.get((place, year), 10.0))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made: Path = tmp_path_factory.mktemp("snapshots") / "one"
    with served(as_at_scb()) as service:
        service.tables["TAB1264"].number = births
        service.tables["TAB6401"].number = births
        order = RefreshOrder("births,births-2025", 2025, made, service.url, service.url)
        refresh(order, lambda _: None)
    return made


def test_revised_new_and_gone_figures_are_told_apart(folder):
    table = compare(read_snapshot(folder))
    kinds = table["kind"].value_counts().to_dict()
    assert kinds == {"same": 29 * 25 - 2, "new": 29, "revised": 1, "gone": 1}
    (revised,) = table[table["kind"] == "revised"].to_dict("records")
    assert (revised["municipality"], revised["year"], revised["snapshot"]) == ("2482", 2020, BIRTHS["2482", 2020] + 1)
    assert revised["difference"] == 1


def test_the_difference_is_written_for_machines_and_for_swedish_excel(folder, tmp_path):
    told = diff(folder, tmp_path)
    assert "births: 723 same, 1 revised, 29 new, 1 gone; new years 2025–2025" in told
    assert "births 2482 2020: " in told
    machine = pd.read_csv(tmp_path / "diff.csv", dtype={"municipality": str})
    assert "same" not in set(machine["kind"])
    swedish = (tmp_path / "diff-sv.csv").read_bytes()
    assert swedish.startswith(b"\xef\xbb\xbf" + "mått;kommunkod;år".encode())
    assert pd.read_csv(tmp_path / "diff-sv.csv", sep=";", decimal=",")["hämtat"].sum() == machine["snapshot"].sum()


def test_figures_in_scbs_units_and_years_are_those_that_are_bundled(tmp_path):
    table = pd.read_csv(HISTORY / "municipality_year.csv", dtype={"municipality": str}).set_index(
        ["municipality", "year"]
    )

    def at(column: str, cell: dict[str, str], years_before: int = 0) -> float | None:
        value = table[column].get((cell["Region"], int(cell["Tid"]) - years_before))
        return None if value is None or pd.isna(value) else float(value)

    rates = {"OE0101D1": "tax_rate_total", "OE0101D2": "tax_rate_municipal", "OE0101D3": "tax_rate_regional"}
    with served(as_at_scb()) as service:
        service.tables["TAB3600"].number = lambda c: at("tax_base_per_inhabitant", c, 2)
        service.tables["TAB2017"].number = lambda c: round(100 * (at(rates[c["ContentsCode"]], c) or 0), 2) or None
        service.tables["TAB824"].number = lambda c: at("dwellings", c)
        names = "tax-base,tax-rates,dwellings"
        refresh(RefreshOrder(names, out=tmp_path / "same", base_url=service.url), lambda _: None)
    kinds = compare(read_snapshot(tmp_path / "same")).groupby(["measure", "kind"]).size()
    assert set(kinds.index.get_level_values("kind")) <= {"same", "gone"}
    assert kinds["tax_rate_total", "same"] == 29 * 15
    assert kinds["tax_base_per_inhabitant", "same"] == 29 * 14
    assert kinds["dwellings", "same"] == 29 * 15


def test_status_lists_what_is_bundled_fetchable_and_fetched(folder):
    told = status(folder.parent)
    assert "municipality_year: births 1968–2024 – SCB BE0101 [A]" in told
    assert "moves (SCB TAB1212), 2000–2024: Moves over the municipal border" in told
    assert "open-unemployment (KOLADA N03937), 2010–" in told
    assert "one: fetched " in told
    assert "until 2025, for tracking only, files as fetched: births, births-2025" in told


def test_status_without_snapshots(tmp_path):
    assert status(tmp_path).endswith("Snapshots (calibration/refresh/snapshots):\n  none")


def test_a_changed_file_is_found_out(folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "births.csv").write_text("measure,municipality,year,value,status\n")
    assert "DAMAGED: births.csv" in status(tmp_path)
    with pytest.raises(RefreshError, match=r"not as it was fetched: births\.csv\.\n  A snapshot is never edited"):
        diff(copy)


def test_a_folder_that_is_no_snapshot(tmp_path):
    with pytest.raises(RefreshError, match=r"there is no snapshot here: no snapshot\.json"):
        diff(tmp_path)
    (tmp_path / "snapshot.json").write_text(json.dumps({"norrsim": "0.1.0"}))
    with pytest.raises(RefreshError, match="this is not the record of a snapshot"):
        diff(tmp_path)
    (tmp_path / "snapshot.json").write_text("{")
    with pytest.raises(RefreshError, match="cannot be read"):
        diff(tmp_path)
