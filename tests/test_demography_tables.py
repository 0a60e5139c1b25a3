"""The committed demographic tables: totals, ranges, conservation, and the measured bridge."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.demography.mortality import life_expectancy

ROOT = Path(__file__).resolve().parents[1]
HISTORY, VALUES = ROOT / "calibration" / "history", ROOT / "model" / "values"
CODES = {"municipality": str, "quality": str}


def history(name: str) -> pd.DataFrame:
    return pd.read_csv(HISTORY / name, dtype=CODES)


def values(name: str) -> pd.DataFrame:
    return pd.read_csv(VALUES / name, dtype=CODES)


@pytest.fixture(scope="module")
def population() -> pd.DataFrame:
    return history("population.csv")


@pytest.fixture(scope="module")
def moves() -> pd.DataFrame:
    return values("demography_moves.csv")


def together(check: pd.DataFrame, variant: str, measure: str, which: str) -> float:
    rows = check[(check["variant"] == variant) & (check["measure"] == measure) & (check["year"] == 2024)]
    return float(rows[rows["municipality"] == which]["value"].iloc[0])


def test_single_ages_add_up_to_the_official_totals(population: pd.DataFrame):
    observed = history("municipality_year.csv").set_index(["year", "municipality"])["population"]
    found = population.groupby(["year", "municipality"])["persons"].sum()
    assert len(found) == 15 * 29
    assert (found - observed.reindex(found.index)).abs().max() == 0


def test_every_cell_is_there_once_and_holds_whole_people(population: pd.DataFrame):
    assert len(population) == 15 * 2 * 101 * 29
    assert not population.duplicated(["year", "sex", "age", "municipality"]).any()
    assert (population["persons"] >= 0).all()


def test_official_single_ages_are_flagged_a_and_the_bridge_c(population: pd.DataFrame):
    official = population[population["quality"] == "A"].groupby("year")["municipality"].nunique()
    assert official.reindex(range(2010, 2025), fill_value=0).tolist() == [29] * 10 + [0, 0, 16, 16, 16]
    assert set(population["quality"]) == {"A", "C"}


def test_initial_populations_are_the_history(population: pd.DataFrame):
    initial = values("initial_population.csv").rename(columns={"start": "year"})
    keys = ["year", "sex", "age", "municipality"]
    both = initial.merge(population, on=keys, how="outer")
    assert (both["initial population"] == both["persons"]).all()


def test_cohorts_do_not_jump_over_the_bridge(population: pd.DataFrame):
    ages = population.groupby(["year", "age"])["persons"].sum().unstack()
    for year in range(2019, 2024):
        change = ages.loc[year + 1, 30:90].to_numpy() / ages.loc[year, 29:89].to_numpy()
        assert change.max() < 1.06


def test_the_bridge_meets_its_targets_with_all_evidence():
    check = history("bridge_check.csv")
    assert together(check, "all evidence", "five-year groups, MAPE", "16") <= 2.0
    assert together(check, "all evidence", "20-34, absolute error", "largest of 29") <= 1.5
    assert together(check, "all evidence", "share 65+, absolute error", "largest of 29") <= 0.3


def test_without_published_age_groups_the_bridge_falls_short_and_says_so():
    check = history("bridge_check.csv")
    assert 2.0 < together(check, "components only", "five-year groups, MAPE", "16") < 4.0
    assert 1.5 < together(check, "components only", "20-34, absolute error", "mean of 29") < 6.0
    assert together(check, "components only", "share 65+, absolute error", "mean of 29") < 0.4


def test_out_rates_are_hazards_people_survive(moves: pd.DataFrame):
    rates = moves[["out rate own county", "out rate rest of Sweden", "out rate abroad"]]
    assert rates.to_numpy().min() >= 0
    assert rates.sum(axis=1).max() < 1.0


def test_arrivals_in_a_county_are_shared_out_completely(moves: pd.DataFrame):
    county = moves["municipality"].str[:2]
    total = moves.groupby(["sex", "age", county])["arrival propensity own county"].sum()
    assert np.allclose(total, 1.0, atol=1e-4)
    assert (moves["arrival propensity own county"] >= 0).all()


def test_students_leave_villages_and_gather_in_umea_and_lulea(moves: pd.DataFrame):
    ages = moves[moves["age"].isin([19, 20, 21])].groupby("municipality")
    arriving, leaving = ages["in level rest of Sweden"].sum(), ages["out rate rest of Sweden"].mean()
    inland = [code for code in leaving.index if code in ("2421", "2425", "2462", "2506")]
    assert leaving[inland].min() > 0.1
    assert arriving[["2480", "2580"]].sum() > 0.5 * arriving.sum()


def test_mortality_rises_with_age_and_gives_a_known_life_expectancy():
    table = values("demography_mortality.csv")
    for sex, low, high in (("women", 83.0, 85.0), ("men", 79.5, 81.5)):
        rate = table[table["sex"] == sex]["mortality rate"].to_numpy()
        assert low < life_expectancy(rate) < high
        assert (np.diff(rate[50:]) > 0).all()
    assert table["mortality decline"].between(0.0, 0.03).all()


def test_fertility_is_zero_outside_15_to_49_and_totals_less_than_two():
    table = values("demography_fertility.csv")
    inside = table["age"].between(15, 49)
    assert len(table) == 101
    assert (table.loc[~inside, "fertility rate"] == 0).all()
    assert 1.6 < table["fertility rate"].sum() < 2.0


def test_local_ratios_stay_near_one():
    assert values("demography_local_mortality.csv")["local mortality"].between(0.85, 1.2).all()
    assert values("demography_local_fertility.csv")["local fertility"].between(0.8, 1.4).all()


def test_drivers_cover_the_horizon_and_average_one_in_the_reference_years():
    table = values("demography_series.csv").set_index("time")
    assert table.index.tolist() == list(range(2011, 2071))
    reference = table.loc[2011:2019].mean()
    assert np.allclose(reference, 1.0, atol=0.02)
    assert (table.loc[2025:, ["mortality year effect", "domestic mobility level"]] == 1).all().all()


def test_every_column_has_a_source():
    listed = set(values("sources_demography.csv")["variable"])
    coordinates = {"sex", "age", "municipality", "time", "start"}
    for path in [*VALUES.glob("demography_*.csv"), VALUES / "initial_population.csv"]:
        assert set(pd.read_csv(path, nrows=0).columns) - coordinates <= listed
