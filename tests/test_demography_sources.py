"""The demographic build from the shared source tables (skipped where they are not at hand)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from calibration.demography.bridge import bridged
from calibration.demography.checks import check
from calibration.demography.flows import reference_flows
from calibration.demography.levels import county_members
from calibration.demography.rates import estimate_rates, moving_rates, vital_rates
from calibration.demography.read import COUNTIES, SHARED, DataError, Sources, read_sources
from calibration.demography.tables import VALUES_FOLDER, write_values
from calibration.demography.window import REFERENCE, Window

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared source tables are not here")


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources()


@pytest.fixture(scope="module")
def early(sources: Sources) -> xr.DataArray:
    return sources.population.sel(year=slice(2010, 2019))


def altered(folder: Path, name: str, change: tuple[str, str]) -> Path:
    """A folder of links to the source tables in which the first `change[0]` of one table reads `change[1]`."""
    for path in SHARED.glob("*.csv"):
        if path.name != name:
            (folder / path.name).symlink_to(path)
    text = (SHARED / name).read_text(encoding="utf-8")
    assert change[0] in text
    (folder / name).write_text(text.replace(*change, 1), encoding="utf-8")
    return folder


def test_the_sources_add_up(sources: Sources):
    assert any("Single ages against total population" in line for line in check(sources))


def test_a_wrong_count_is_refused_with_both_figures(sources: Sources):
    wrong = sources.population.copy(deep=True)
    wrong.loc[{"year": 2015, "sex": "women", "age": 30, "municipality": "2480"}] += 7
    with pytest.raises(
        DataError, match=r"population by age does not sum to the total: 2015, 2480: \d+, but published \d+"
    ):
        check(replace(sources, population=wrong))


def test_a_missing_cell_is_refused(sources: Sources):
    wrong = sources.deaths.copy(deep=True)
    wrong.loc[{"year": 2015, "sex": "men", "municipality": "2480"}] = np.nan
    with pytest.raises(DataError, match=r"components deaths: 1 cells are missing\. Resolve: restore the table"):
        check(replace(sources, deaths=wrong))


def test_an_open_account_is_refused_with_all_other_problems(sources: Sources):
    wrong = sources.births.copy(deep=True)
    wrong.loc[{"year": 2015, "sex": "men", "municipality": "2480"}] += 2000
    lost = sources.deaths.copy(deep=True)
    lost.loc[{"year": 2012, "sex": "men", "municipality": "2580"}] += 9
    with pytest.raises(DataError) as refusal:
        check(replace(sources, births=wrong, deaths=lost))
    assert "population account does not close" in str(refusal.value)
    assert "deaths by age do not sum to deaths by sex: 2012, men, 2580" in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("8874", "many"), r"components.csv: 1 cells of 'persons' are not numbers \(line \d+: 'many'\)"),
        (("persons", "people"), "components.csv: no column persons; it has"),
    ],
)
def test_an_unreadable_table_is_refused(tmp_path: Path, change: tuple[str, str], words: str):
    with pytest.raises(DataError, match=words):
        read_sources(altered(tmp_path, "components.csv", change))


def test_a_missing_table_is_refused(tmp_path: Path):
    with pytest.raises(DataError, match=r"components.csv: no such file in .* Resolve: fetch the shared data folder"):
        read_sources(tmp_path)


def test_the_committed_tables_are_what_the_build_writes(sources: Sources, tmp_path: Path):
    population = bridged(sources, sources.population.sel(year=slice(2010, None)), REFERENCE)
    rates = estimate_rates(sources, population, REFERENCE)
    for again in ("first", "second"):
        write_values(rates, population, tmp_path / again)
    written = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert all((VALUES_FOLDER / name).is_file() for name in written)
    for name in written:
        first, second = (tmp_path / again / name for again in ("first", "second"))
        assert first.read_bytes() == second.read_bytes()
        ours, committed = pd.read_csv(first), pd.read_csv(VALUES_FOLDER / name)
        numeric = ours.select_dtypes("number")
        # Other processors round the last digit differently: one person, one part in a thousand.
        assert np.allclose(numeric, committed[numeric.columns], rtol=1e-3, atol=1.0 if "initial" in name else 1e-7), (
            name
        )


def test_flows_within_a_county_neither_create_nor_lose_people(sources: Sources, early: xr.DataArray):
    flows = reference_flows(sources, early, REFERENCE)
    for county in COUNTIES:
        m = county_members(sources, county)
        assert np.allclose(flows.in_own[..., m].sum(-1), flows.out_own[..., m].sum(-1))
    for flow in (flows.in_own, flows.in_rest, flows.in_abroad, flows.out_own, flows.out_rest, flows.out_abroad):
        assert flow.min() >= 0


def test_gross_moves_of_lulea_are_as_observed(sources: Sources, early: xr.DataArray):
    flows = reference_flows(sources, early, REFERENCE)
    m = sources.places.codes.index("2580")
    out = (flows.out_own + flows.out_rest + flows.out_abroad)[0, 18:40, m]
    gross = sources.gross.sel(component="out_total", sex="women", municipality="2580", year=slice(2011, 2018))
    observed = gross.mean("year").to_numpy()[18:40]
    assert np.abs(out - observed).sum() / observed.sum() < 0.06


def later_changed(sources: Sources, last: int) -> Sources:
    """Every array of the sources with all that is published after `last` made different."""
    arrays: dict[str, Any] = {
        name: array.where(array["year"] <= last, array * 1.37)
        for name, array in sources.labelled().items()
        if "year" in array.dims and name != "projection"
    }
    return replace(sources, **arrays)


def test_a_strict_window_sees_nothing_published_later(sources: Sources, early: xr.DataArray):
    window = Window(2011, 2014, strict=True)
    found = []
    for data in (sources, later_changed(sources, window.last)):
        population = data.population.sel(year=slice(2010, 2019))
        flows = reference_flows(data, population, window)
        found.append(vital_rates(data, population, window) | moving_rates(data, flows))
    for name, array in found[0].items():
        assert array.identical(found[1][name]), name
