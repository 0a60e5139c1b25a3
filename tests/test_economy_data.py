"""The committed tables of the economy keep their own laws."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[1]
HISTORY = ROOT / "calibration" / "history"
VALUES = ROOT / "model" / "values"
YEARS = list(range(2010, 2025))
TEXT = {"municipality": str, "workplace": str, "county": str}


@cache
def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / name, dtype=TEXT)


def yearly() -> pd.DataFrame:
    return table(HISTORY, "municipality_year.csv").set_index(["municipality", "year"]).sort_index()


def starts() -> pd.DataFrame:
    return table(VALUES, "economy_start_municipality.csv").set_index(["start", "municipality"]).sort_index()


def seen(municipality: str, year: int, column: str) -> float:
    rows = table(HISTORY, "municipality_year.csv")
    return float(rows[(rows["municipality"] == municipality) & (rows["year"] == year)][column].to_numpy()[0])


def start_value(municipality: str, start: int, column: str) -> float:
    rows = table(VALUES, "economy_start_municipality.csv")
    return float(rows[(rows["municipality"] == municipality) & (rows["start"] == start)][column].to_numpy()[0])


def held(by: str) -> pd.Series:
    frame = table(VALUES, "economy_start_jobs_held.csv")
    total = frame.groupby(["start", by])["initial jobs held"].sum()
    return total.rename_axis(["start", "municipality"])


def employed(start: pd.DataFrame) -> pd.Series:
    return held("municipality") + start["initial commuters to outside"]


def by_start(column: str) -> pd.Series:
    frame = table(HISTORY, "municipality_year.csv").set_index(["year", "municipality"]).sort_index()
    return frame[column].rename_axis(["start", "municipality"])


def largest_gap(one: pd.Series, other: pd.Series) -> float:
    return float((one - other).abs().max())


def test_every_municipality_has_every_year() -> None:
    codes = list(pd.read_csv(ROOT / "model" / "places.csv", dtype=str)["code"])
    assert list(yearly().index) == [(c, y) for c in codes for y in YEARS]
    assert len(starts()) == len(codes) * len(YEARS)


@pytest.mark.parametrize(
    "column",
    [
        "population",
        "jobs",
        "employed_residents",
        "in_commuters",
        "unemployed",
        "dwellings",
        "households",
        "house_price",
    ],
)
def test_a_complete_series_has_no_holes(column: str) -> None:
    assert yearly()[column].notna().all()


def test_jobs_are_own_workers_and_in_commuters() -> None:
    data = yearly()
    assert largest_gap(data["jobs"], data["live_and_work"] + data["in_commuters"]) < 0.01
    assert largest_gap(data["employed_residents"], data["live_and_work"] + data["out_commuters"]) < 0.01


def test_net_migration_is_in_less_out() -> None:
    data = yearly()
    assert largest_gap(data["net_migration"], data["in_migration"] - data["out_migration"]) < 0.5


def test_population_changes_by_births_deaths_and_moves() -> None:
    data = yearly()
    change = data["population"].groupby("municipality").diff()
    known = data["births"] - data["deaths"] + data["net_migration"]
    gap = (change - known).dropna().abs()
    assert gap.max() <= 100.0  # SCB's own adjustments, the largest 95 people in Skellefteå in 2021
    assert gap.median() <= 3.0


def test_industries_add_up_to_the_jobs_of_the_municipality() -> None:
    total = table(HISTORY, "jobs.csv").groupby(["municipality", "year"])["jobs"].sum()
    assert largest_gap(total, yearly()["jobs"]) < 0.01
    assert (table(HISTORY, "jobs.csv")["jobs"] > 0).all()


def test_known_county_totals_of_industries_are_kept() -> None:
    jobs = table(HISTORY, "jobs.csv")
    county = table(HISTORY, "county_year.csv").set_index(["measure", "county", "year"])["value"]
    sums = jobs.groupby(["industry", jobs["municipality"].str[:2], "year"])["jobs"].sum()
    bas = "employed_by_workplace_BAS_november_SNI_"
    for code in ("24", "25"):
        for year in range(2020, 2025):
            public = sum(county[f"{bas}{s}", code, year] for s in "OPQ")
            assert sums["welfare", code, year] == pytest.approx(public, abs=0.1)
            assert sums["construction", code, year] == pytest.approx(county[f"{bas}F", code, year], abs=0.1)


def test_the_commuting_matrix_has_the_margins_of_the_municipalities() -> None:
    frame, data = table(HISTORY, "commuting.csv"), yearly()
    homes = frame.groupby(["municipality", "year"])["persons"].sum() + data["commuters_to_outside"]
    works = frame.rename(columns={"municipality": "home", "workplace": "municipality"})
    workplaces = works.groupby(["municipality", "year"])["persons"].sum() + data["commuters_from_outside"]
    assert ((homes - data["employed_residents"]).abs() / data["employed_residents"]).max() < 0.002
    assert ((workplaces - data["jobs"]).abs() / data["jobs"]).max() < 0.002
    assert (frame["persons"] >= 0).all()


def test_initial_jobs_held_agree_with_residents_and_with_jobs() -> None:
    start = starts()
    residents = by_start("employed_residents")
    assert ((employed(start) - residents).abs() / residents).max() < 1e-4
    jobs = table(VALUES, "economy_start_jobs.csv").groupby(["start", "municipality"])["initial jobs"].sum()
    assert largest_gap(held("workplace") + start["initial nonregistered workers"], jobs) < 1e-3


def test_participation_gives_back_the_labour_force() -> None:
    people, start = _people(), starts()
    profile = table(VALUES, "economy_by_sex_and_age.csv").set_index(["sex", "age"])
    level = table(VALUES, "economy_participation_level.csv").set_index("time")["labour force participation level"]
    expected = _by_profile(people, profile["participation profile"])
    force = employed(start) + start["initial unemployed"]
    model = expected * start["local participation"] * np.array([level[y + 1] for y in start.index.get_level_values(0)])
    assert ((model - force).abs() / force).max() < 1e-4
    most = (
        float(profile["participation profile"].max()) * float(start["local participation"].max()) * float(level.max())
    )
    assert most < 1.02  # of people in the labour force at the best age, were the best place in the best year
    assert level[2011] == pytest.approx(1.0)


def test_headship_gives_back_the_households() -> None:
    profile = table(VALUES, "economy_by_sex_and_age.csv").set_index(["sex", "age"])["headship rate"]
    start = starts()
    model = _by_profile(_people(), profile) * start["local headship"]
    households = by_start("households")
    assert ((model - households).abs() / households).max() < 1e-4


def _people() -> pd.DataFrame:
    return table(HISTORY, "population.csv")


def _by_profile(people: pd.DataFrame, profile: pd.Series) -> pd.Series:
    weight = people.set_index(["sex", "age"]).index.map(profile.to_dict())
    total = (people["persons"] * weight).groupby([people["year"], people["municipality"]]).sum()
    return total.rename_axis(["start", "municipality"])


def test_tax_rates_are_shares_and_one_regional_rate_per_county() -> None:
    rates = table(VALUES, "economy_tax_rates.csv")
    assert rates["municipal tax rate"].between(0.19, 0.26).all()
    assert (rates.groupby([rates["time"], rates["municipality"].str[:2]])["regional tax rate"].nunique() == 1).all()
    assert rates["time"].max() == 2025  # decided in 2024; nothing later is used


def test_travel_times_are_symmetric_and_the_railway_never_costs_time() -> None:
    frame = table(VALUES, "economy_travel.csv")
    minutes = frame.pivot(index="municipality", columns="workplace", values="base travel time").to_numpy()
    assert np.array_equal(minutes, minutes.T)
    assert (np.diag(minutes) < 30).all()
    saved = frame[["norrbotniabanan south time saved", "norrbotniabanan north time saved"]]
    assert (saved >= 0).all(axis=None)
    assert (saved.sum(axis=1) < frame["base travel time"]).all()


def test_known_distances_take_about_the_time_people_know() -> None:
    minutes = table(VALUES, "economy_travel.csv").set_index(["municipality", "workplace"])["base travel time"]
    known = {
        ("2580", "2582"): 33,
        ("2580", "2581"): 45,
        ("2480", "2482"): 95,
        ("2584", "2523"): 80,
        ("2480", "2460"): 28,
    }
    for pair, expected in known.items():
        assert minutes[pair] == pytest.approx(expected, rel=0.2)


def test_every_column_has_a_source() -> None:
    told = set(pd.read_csv(VALUES / "sources_economy.csv")["variable"])
    coordinates = {"start", "time", "municipality", "workplace", "industry", "sex", "age"}
    for path in sorted(VALUES.glob("economy_*.csv")):
        columns = set(pd.read_csv(path, nrows=0).columns) - coordinates
        assert columns <= told, path.name
    rows = pd.read_csv(HISTORY / "sources_economy.csv")
    assert set(rows.loc[rows["table"] == "municipality_year", "column"]) == set(yearly().columns)


class TestWhatPeopleKnow:
    """Cases that anyone in the region would check first."""

    def test_pajala_s_mine_shows(self) -> None:
        frame = table(HISTORY, "jobs.csv")
        basic = frame[(frame["industry"] == "basic") & (frame["municipality"] == "2521")].set_index("year")["jobs"]
        assert basic[2013] > 2.2 * basic[2010]
        assert basic[2016] < 0.45 * basic[2013]
        assert basic[2020] > 1.8 * basic[2016]

    def test_skelleftea_s_plant_shows(self) -> None:
        frame = table(HISTORY, "jobs.csv")
        basic = frame[(frame["industry"] == "basic") & (frame["municipality"] == "2482")].set_index("year")["jobs"]
        assert basic[2024] - basic[2019] > 3500

    def test_a_third_of_boden_s_workers_commute_and_most_to_lulea(self) -> None:
        frame = table(HISTORY, "commuting.csv")
        boden = frame[(frame["municipality"] == "2582") & (frame["year"] == 2023)].set_index("workplace")["persons"]
        assert boden["2580"] / boden.drop("2582").sum() > 0.7
        assert boden.drop("2582").sum() / boden.sum() == pytest.approx(0.3, abs=0.05)

    def test_kiruna_has_many_in_commuters_and_some_from_outside_the_region(self) -> None:
        assert 1100 < seen("2584", 2014, "in_commuters") < 1600
        assert 300 < seen("2584", 2024, "commuters_from_outside") < 800

    def test_boden_s_lodgings_are_not_homes(self) -> None:
        official, ordinary = (
            seen("2582", 2024, "dwellings"),
            start_value("2582", 2024, "initial dwellings"),
        )
        assert official - ordinary == 1496

    def test_homes_are_more_than_households(self) -> None:
        start = starts()
        assert (start["initial dwellings"] > 0.98 * by_start("households")).all()
