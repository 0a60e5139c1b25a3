"""The methods behind the economy's tables, and the words they use when the numbers do not add up."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.economy import labour, money, need, supply
from calibration.economy.__main__ import DECIMALS_HISTORY, build
from calibration.economy.commuting import fit_gravity
from calibration.economy.housing import holiday_homes
from calibration.economy.rake import Margin, lines, rake
from calibration.economy.read import HISTORY, SHARED, VALUES, DataError, Shelf, years_of
from calibration.economy.values import DIGITS, write

needs_statistics = pytest.mark.skipif(not SHARED.is_dir(), reason="the statistics are not beside the project")


@given(st.integers(2, 6), st.integers(2, 6), st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_raking_meets_every_margin_of_a_table_that_exists(rows: int, columns: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    truth = random.uniform(1.0, 50.0, (rows, columns))
    names = [str(k) for k in range(max(rows, columns))]
    margins = lines(names, 0, truth.sum(axis=1), truth.shape) + lines(names, 1, truth.sum(axis=0), truth.shape)
    fitted, miss = rake(random.uniform(0.5, 2.0, truth.shape), margins)
    assert miss < 1e-6
    assert np.allclose(fitted.sum(axis=0), truth.sum(axis=0), rtol=1e-5)
    assert (fitted > 0).all()


def test_raking_keeps_a_seed_that_already_fits() -> None:
    seed = np.array([[1.0, 2.0], [3.0, 4.0]])
    fitted, _ = rake(seed, lines(["a", "b"], 0, seed.sum(axis=1), seed.shape))
    assert np.array_equal(fitted, seed)


def test_raking_does_not_depend_on_memory_order() -> None:
    seed = np.asfortranarray(np.arange(1.0, 7.0).reshape(2, 3))
    fitted, _ = rake(seed, lines(["a", "b"], 0, np.array([12.0, 30.0]), seed.shape))
    assert np.allclose(fitted.sum(axis=1), [12.0, 30.0])


def test_raking_refuses_a_total_that_no_cell_can_hold() -> None:
    cells = np.array([[True, False]])
    with pytest.raises(DataError, match="commuters into Luleå is 5 but no cell can hold it"):
        rake(np.array([[0.0, 1.0]]), [Margin(cells, 5.0, "commuters into Luleå")])


def test_raking_refuses_negative_totals_and_seeds() -> None:
    cells = np.array([[True, False]])
    with pytest.raises(DataError, match="negative or missing cells; the rest is negative"):
        rake(np.array([[-1.0, 1.0]]), [Margin(cells, -5.0, "the rest")])


def test_gravity_finds_the_numbers_it_was_made_with() -> None:
    random = np.random.default_rng(1)
    residents, jobs = random.uniform(1e3, 6e4, 12), random.uniform(1e3, 6e4, 12)
    minutes = random.uniform(20.0, 200.0, (12, 12))
    flows = np.exp(-7.0 + 0.7 * np.log(np.outer(residents, jobs)) - 0.02 * minutes)
    assert fit_gravity(flows, residents, jobs, minutes) == pytest.approx((-7.0, 0.7, -0.02))


def _parts(level: float) -> dict[str, pd.DataFrame]:
    table = pd.DataFrame({y: [100.0 * level, 50.0 * level] for y in (2020, 2021)}, index=["2480", "2580"])
    return {part: table.copy() for part in labour.PARTS}


def test_link_factors_are_the_new_level_over_the_old() -> None:
    assert np.allclose(labour.link_factors(_parts(1.0), _parts(1.1)), 1.1)


def test_a_wild_link_factor_is_a_copying_error() -> None:
    new = _parts(1.0)
    new["in_commuters"].loc["2580"] *= 10.0
    with pytest.raises(DataError, match=r"in_commuters of 2580: the new series is 10\.00 times the old one"):
        labour.link_factors(_parts(1.0), new)


def test_constant_prices_are_those_of_2024() -> None:
    table = money.real(pd.DataFrame({2010: [303.46], 2024: [415.1], 2050: [1.0]}))
    assert years_of(table) == [2010, 2024]
    assert np.allclose(table, 415.1)


def test_holiday_homes_follow_the_known_ones() -> None:
    known = pd.DataFrame({2010: [100.0, np.nan], 2011: [110.0, 220.0], 2012: [121.0, np.nan]}, index=["a", "b"])
    assert holiday_homes(known).to_numpy()[1].tolist() == [200.0, 220.0, 242.0]


def test_participation_hits_the_labour_force_and_stays_below_one() -> None:
    people = np.full((15, 2, 101, 3), 100.0)
    force = pd.DataFrame({y: [10_000.0] * 3 for y in range(2010, 2025)})
    by_age, level, local = supply.participation(people, force)
    assert (by_age * people[0].sum(axis=2)).sum() == pytest.approx(30_000.0)
    assert by_age.max() < 1.0
    assert by_age[:, 75:].sum() == 0.0
    assert np.allclose(level, 1.0)
    assert np.allclose(local, 1.0)


def test_participation_above_everybody_is_refused() -> None:
    people = np.full((15, 2, 101, 1), 100.0)
    force = pd.DataFrame({y: [10_000.0 if y == 2010 else 15_000.0] for y in range(2010, 2025)})
    with pytest.raises(DataError, match="flatten the profile at its top"):
        supply.participation(people, force)


def test_welfare_need_adds_up_to_the_jobs_there_were() -> None:
    people = np.random.default_rng(2).uniform(1.0, 10.0, (15, 2, 101, 4))
    weights = need.welfare_need(people, np.full(5, 5_000.0))
    by_age = people[10:].sum(axis=(1, 3)).mean(axis=0)
    assert float(weights @ by_age) == pytest.approx(5_000.0)
    assert weights[95] > weights[82] > weights[67] > weights[50]


def test_the_functions_of_public_jobs_are_all_of_them() -> None:
    assert sum(share for _, share, _ in need.FUNCTIONS) == pytest.approx(1.0)


def _shelf(folder: Path, text: str) -> Shelf:
    (folder / "table.csv").write_text(text, encoding="utf-8")
    return Shelf(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code,value\na,1\n", "column 'year' is missing; it has code, value"),
        ("code,year,value\na,2010,\n", "line 2: value is '', which is not a number"),
        ("code,year,value\na,2010,1\na,2010,2\n", "two numbers for code a, year 2010: 1 and 2. Keep one of them"),
    ],
)
def test_a_broken_table_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(DataError) as caught:
        _shelf(tmp_path, text).table("table.csv", ["code", "year"])
    assert words in str(caught.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no\.csv: no such file"):
        Shelf(tmp_path).table("no.csv", ["code"])


def test_each_table_is_read_once_and_noted(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path, "code,value\na,1\n")
    first = shelf.table("table.csv", ["code"])
    first["value"] = 2.0
    assert shelf.table("table.csv", ["code"])["value"].tolist() == [1.0]
    assert shelf.log == ["table.csv: 1 rows"]


@needs_statistics
def test_the_commuting_method_finds_norrbotten_s_hidden_matrix() -> None:
    panel, _, _ = build(Shelf())
    assert panel.hidden_miss < 0.12  # share of commuters between its municipalities in the wrong pair


@needs_statistics
def test_the_committed_tables_are_what_the_statistics_give(tmp_path: Path) -> None:
    _, history, values = build(Shelf())
    for name, frame in history.items():
        write(frame, tmp_path / name, DECIMALS_HISTORY)
        assert (tmp_path / name).read_bytes() == (HISTORY / name).read_bytes(), name
    for name, frame in values.items():
        write(frame, tmp_path / name, DIGITS)
        assert (tmp_path / name).read_bytes() == (VALUES / name).read_bytes(), name


LIVE = "2580,2010,live_and_work_in_municipality,total,"
BUILT = "2580,2018,dwellings_completed_new_buildings,"
CORRUPTIONS = [
    ("long/employment_rams.csv", LIVE, "31327", "13327", "RAMS jobs, 2580 2010: 39355 is not the sum of its parts"),
    ("economy/employment.csv", "2480,2022,employed_residents,total,", "69025.0", "96025.0", "96025 is not the sum"),
    ("economy/housing.csv", BUILT, "294.0", "249.0", "294 in housing_long.csv, 249 in housing.csv"),
    ("economy/municipal_economy.csv", "2584,2018,municipal_tax_rate,", "23.05", "25.05", "rate of 2584 2018: 23.05"),
]


@needs_statistics
@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda c: str(c[0]))
def test_corrupted_statistics_are_refused_in_words(tmp_path: Path, corruption: tuple[str, ...]) -> None:
    file, row, old, new, words = corruption
    root = tmp_path / "data"
    for folder in ("economy", "long", "demography"):
        shutil.copytree(SHARED / folder, root / folder, copy_function=_link)
    text = (SHARED / file).read_text(encoding="utf-8")
    assert row + old in text
    (root / file).unlink()
    (root / file).write_text(text.replace(row + old, row + new), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        build(Shelf(root))
    assert words in str(caught.value)


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(source)
