"""The contract of results.nc, and the tables made from it."""

import csv

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from outputs.glossary import read_glossary
from outputs.results import build_results, write_netcdf
from outputs.tables import age_groups, long_table, write_csv, write_swedish_csv
from scenarios.places import read_places
from scenarios.schema import Settings
from tests.conftest import made_up_annual

CONTRACT = {
    "population": ("year", "sex", "age", "municipality"),
    "jobs": ("year", "industry", "municipality"),
    "commuting": ("year", "municipality", "workplace"),
    "project_jobs": ("year", "project"),
    "new_residents": ("year", "municipality"),
    "target_share": ("year",),
} | dict.fromkeys(
    [
        "present_population",
        "births",
        "deaths",
        "in_migration",
        "out_migration",
        "net_migration",
        "in_migration_jobs",
        "labour_force",
        "employed_residents",
        "unemployed",
        "vacancies",
        "in_commuters",
        "out_commuters",
        "nonregistered_workers",
        "dwellings",
        "dwellings_completed",
        "vacancy_rate",
        "house_price_index",
        "tax_base",
        "municipal_tax_revenue",
        "regional_tax_revenue",
        "tax_forgone",
        "equalisation",
        "municipal_result",
        "service_level",
        "dependency_ratio",
    ],
    ("year", "municipality"),
)


@pytest.fixture(scope="module")
def read_back(results, tmp_path_factory):
    path = tmp_path_factory.mktemp("nc") / "results.nc"
    write_netcdf(results, str(path))
    with xr.open_dataset(path) as data:
        return data.load()


def test_the_glossary_names_every_result_of_the_contract_in_both_languages():
    glossary = read_glossary()
    assert set(CONTRACT) <= set(glossary)
    assert all(term.long_name and term.long_name_sv for term in glossary.values())


@pytest.mark.parametrize("name", CONTRACT)
def test_every_result_of_the_contract_has_its_dimensions_units_and_names(read_back, name):
    array = read_back[name]
    assert array.dims == CONTRACT[name]
    assert {"units", "long_name", "long_name_sv"} <= set(array.attrs)


def test_every_coordinate_has_units_and_names_too(read_back):
    for coordinate in read_back.coords.values():
        assert {"units", "long_name", "long_name_sv"} <= set(coordinate.attrs)


def test_municipalities_are_four_digit_texts_with_their_names(read_back):
    assert read_back["municipality"].values[0] == "2401"
    assert read_back["municipality"].dtype.kind in "UOT"
    assert str(read_back["municipality_name"].sel(municipality="2482").values) == "Skellefteå"
    assert str(read_back["county_name"].sel(municipality="2584").values) == "Norrbotten"
    assert str(read_back["fa_region"].sel(municipality="2581").values) == "Luleå"


def test_ages_and_years_are_whole_numbers(read_back):
    assert read_back["age"].values.tolist() == list(range(101))
    assert read_back["year"].dtype.kind == "i"


def test_flows_say_that_they_are_sums_of_the_year_and_levels_that_they_are_not(read_back):
    assert read_back["births"].attrs["cell_methods"] == "year: sum"
    assert read_back["population"].attrs["cell_methods"].startswith("year: point")


def test_new_residents_count_from_the_base_year_and_share_the_target(read_back):
    registered = read_back["population"].sum(["sex", "age"])
    since = registered - registered.sel(year=2022)
    assert np.allclose(read_back["new_residents"], since)
    assert np.allclose(read_back["target_share"], since.sum("municipality") / 100_000)


def test_new_residents_count_from_the_observed_base_year_when_the_run_starts_later():
    annual = made_up_annual().sel(year=slice(2024, 2050))
    base = xr.DataArray(np.full(29, 10.0), {"municipality": annual["municipality"]})
    new = build_results(annual, Settings(start=2024), base, read_places())["new_residents"]
    assert np.allclose(new, annual["population"].sum(["sex", "age"]) - 10)


def test_the_file_follows_cf_and_says_that_it_is_a_scenario(read_back):
    assert read_back.attrs["Conventions"].startswith("CF-")
    assert "Scenario, not forecast" in read_back.attrs["comment"]


def test_the_same_results_give_the_same_bytes(results, tmp_path):
    for name in ("one.nc", "two.nc"):
        write_netcdf(results, str(tmp_path / name))
    assert (tmp_path / "one.nc").read_bytes() == (tmp_path / "two.nc").read_bytes()


def test_age_groups_cover_every_age_once():
    groups = age_groups(np.arange(101))
    assert groups[:7] == ["0-5"] * 6 + ["6-15"]
    assert groups[79:82] == ["65-79", "80+", "80+"]


def test_the_long_table_keeps_every_person(results):
    table = long_table(results, read_places())
    people = table[(table["variable"] == "population") & (table["year"] == 2030)]
    assert people["value"].sum() == pytest.approx(float(results["population"].sel(year=2030).sum()))
    assert set(table["variable"]) == set(results.data_vars)


def test_the_machine_table_is_comma_and_point(results, tmp_path):
    path = tmp_path / "results.csv"
    write_csv(long_table(results, read_places()), str(path))
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["variable"], row["municipality_name"], row["unit"]) == ("population", "Nordmaling", "persons")
    assert float(row["value"]) > 0


def test_the_swedish_table_opens_in_swedish_excel(results, tmp_path):
    path = tmp_path / "results-sv.csv"
    names = {str(name): str(array.attrs["long_name_sv"]) for name, array in results.data_vars.items()}
    write_swedish_csv(long_table(results, read_places()), names, str(path))
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert rows[0]["benämning"] == "folkmängd"
    assert rows[0]["kön"] == "kvinnor"
    assert rows[0]["enhet"] == "personer"
    assert any("," in row["värde"] for row in rows)
    assert not any("." in row["värde"] or "e" in row["värde"] for row in rows)


def test_a_cell_with_the_separator_or_a_quote_in_it_is_quoted(tmp_path):
    row = {"variable": 'a "b", c', "year": 2030, "municipality": np.nan, "value": 1e-9, "unit": "SEK;x"}
    table = pd.DataFrame([row])
    write_csv(table, str(tmp_path / "cells.csv"))
    with (tmp_path / "cells.csv").open(encoding="utf-8", newline="") as file:
        read = next(csv.DictReader(file))
    assert read == {"variable": 'a "b", c', "year": "2030", "municipality": "", "value": "0.000000001", "unit": "SEK;x"}
