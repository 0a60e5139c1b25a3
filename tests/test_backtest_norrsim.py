"""The simulation model at an origin: nothing later leaks in, the level is met, projects are those announced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from calibration.backtest import announced, forecasts, origin
from calibration.backtest.history import History, read_history
from calibration.backtest.known import Known, known_at
from calibration.backtest.levels import net_levels
from calibration.backtest.methods import LED
from calibration.backtest.norrsim import FREE, NO_PROJECTS, NORRSIM, TODAYS, Norrsim, lead_to, without_projects
from calibration.backtest.other import NO_CHANGE, TREND, naive, observed
from calibration.backtest.settings import SETTINGS
from calibration.backtest.working import RAMS_LAG, commuting, job_growth, shares, work_of
from calibration.demography.places import read_places
from tests.backtest_support import changed_from

SHORT = replace(SETTINGS, years=2)


@pytest.fixture(scope="module")
def history() -> History:
    return read_history()


@pytest.fixture(scope="module")
def known(history: History) -> Known:
    return known_at(history, 2016)


@pytest.mark.parametrize("year", [2010, 2016, 2022])
def test_later_figures_leave_every_input_as_it_is(history: History, year: int) -> None:
    pairs = [
        origin.inputs_at(known_at(table, year), SHORT, True) for table in (history, changed_from(history, year + 1))
    ]
    assert pairs[0].identical(pairs[1])


def test_figures_of_the_origin_do_change_the_inputs(history: History, known: Known) -> None:
    otherwise = origin.inputs_at(known_at(changed_from(history, 2016, 1.1), 2016), SHORT, True)
    now = origin.inputs_at(known, SHORT, True)
    same = {str(name) for name in now.data_vars if now[name].equals(otherwise[name])}
    for name in ("initial population", "in level abroad", "initial dwellings", "initial unemployed", "local headship"):
        assert name not in same


def test_later_figures_leave_the_forecast_as_it_is_to_the_last_bit(history: History) -> None:
    method = Norrsim(settings=SHORT)
    first, second = (method.run(known_at(table, 2021)) for table in (history, changed_from(history, 2022)))
    for name in first:
        assert np.array_equal(first[name], second[name], equal_nan=True), name


def test_jobs_of_the_origins_own_year_are_not_known_before_bas(history: History) -> None:
    otherwise = changed_from(history, 2016)
    one, other = (work_of(known_at(table, 2016)) for table in (history, otherwise))
    assert RAMS_LAG == 1
    assert np.array_equal(one.jobs, other.jobs)
    assert np.isnan(job_growth(known_at(history, 2016))[-1]).all()


def test_every_table_of_the_model_is_known_or_said_to_hold(known: Known) -> None:
    with pytest.raises(ValueError, match=r"for 'initial population': .* say in HELD why"):
        origin.told({str(n): np.array(0.0) for n in origin.template(2).data_vars if n != "initial population"})
    inputs = origin.inputs_at(known, SHORT, True)
    assert all(np.isfinite(array.to_numpy()).all() for array in inputs.data_vars.values())


def test_commuters_add_up(known: Known) -> None:
    work = work_of(known)
    held = origin.template(2)
    pairs, outside, into = commuting(work, held["base travel time"].to_numpy())
    assert pairs.sum(0) + into == pytest.approx(work.jobs, rel=1e-3)
    assert pairs.sum(1) + outside == pytest.approx(work.residents, rel=1e-3)
    assert shares(known).sum(0) == pytest.approx(1)


def test_the_model_is_led_to_the_level(known: Known) -> None:
    method = Norrsim(projects=False, settings=SHORT)
    run = method.run(known)
    moved = run["in_migration"][1:] - run["out_migration"][1:]
    level = net_levels(known, SETTINGS.level, 2) * run["population"][:-1]
    assert np.abs(moved - level).max() < 1.0


def test_demography_alone_is_the_cohort_component_method(known: Known) -> None:
    settings = replace(SETTINGS, years=3)
    people = Norrsim(projects=False, response=0.0, settings=settings)(known)
    expected = LED(known)[:3]
    assert people == pytest.approx(expected, rel=4e-3)
    assert people.sum(1) == pytest.approx(expected.sum(1), rel=5e-4)


def test_announced_projects_are_those_of_their_time() -> None:
    jobs = {year: announced.known(year)["project jobs at full operation"] for year in (2010, 2016, 2017, 2021)}
    assert set(jobs[2010][jobs[2010] > 0].index) == {"northland"}
    assert jobs[2016]["northvolt"] == 0
    assert jobs[2017]["northvolt"] == 2750
    assert jobs[2021]["northvolt"] == 6000
    assert set(announced.announcements()["project"]) <= set(announced.timeless().index)


def test_a_plant_that_stands_and_is_staffed_is_no_project_any_more(history: History) -> None:
    jobs = origin.economy_inputs(known_at(history, 2021), origin.template(2))["initial jobs"]
    found = announced.project_inputs(2021, history.places.codes, jobs)
    row = list(announced.timeless().index).index("kaunis_iron")
    assert found["project jobs at full operation"][row] == 0
    assert found["initial operating jobs"][row] == 0
    pajala = history.places.codes.index("2521")
    assert found["baseline jobs"][:, pajala] == pytest.approx(jobs[:, pajala])


def test_a_closed_mine_takes_its_jobs(history: History) -> None:
    jobs = np.full((5, 29), 1000.0)
    found = announced.project_inputs(2014, history.places.codes, jobs)
    row = list(announced.timeless().index).index("northland")
    assert found["known closure time"][row] == pytest.approx(2014.9)


def test_a_forecast_is_kept_and_a_damaged_one_made_again(known: Known, tmp_path: Path) -> None:
    inputs = origin.inputs_at(known, SHORT, False)
    first = forecasts.forecast(inputs, tmp_path)
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()
    assert np.array_equal(forecasts.forecast(inputs, tmp_path)["jobs"], first["jobs"])
    path.write_bytes(before[:100])
    again = forecasts.forecast(inputs, tmp_path)
    assert np.array_equal(again["population"], first["population"])
    assert len(path.read_bytes()) == len(before)


def test_a_run_that_breaks_down_is_told_of(known: Known, tmp_path: Path) -> None:
    inputs = origin.inputs_at(known, SHORT, False)
    broken = inputs.assign({"local fertility": inputs["local fertility"] * np.nan})
    with pytest.raises(ValueError, match="the model run from 2016 gives people that are no number"):
        forecasts.forecast(broken, tmp_path)
    assert not list(tmp_path.iterdir())


def test_another_input_is_another_run(known: Known) -> None:
    inputs = origin.inputs_at(known, SHORT, False)
    other = inputs.assign({"share to the other county": inputs["share to the other county"] * 1.01})
    assert forecasts.key_of(inputs) == forecasts.key_of(inputs.copy(deep=True))
    assert forecasts.key_of(inputs) != forecasts.key_of(other)


def test_values_of_a_fit_are_used_and_do_not_move_the_level(known: Known) -> None:
    method = Norrsim(projects=False, settings=SHORT)
    plain = method.run(known)
    fitted = method.run(known, {"quit rate": np.array(0.06)})
    assert not np.allclose(plain["jobs"], fitted["jobs"], rtol=1e-5)
    assert plain["population"] == pytest.approx(fitted["population"], rel=1e-3)


def test_variants_differ_in_what_they_are_named_for() -> None:
    assert NORRSIM["norrsim"].projects
    assert not NORRSIM["norrsim, no projects"].projects
    assert NORRSIM["norrsim, demography alone"].response == 0
    assert not NORRSIM[FREE].led_with_response
    assert NORRSIM["norrsim"].calibrated
    assert not NORRSIM[TODAYS].calibrated
    assert without_projects("norrsim") == NO_PROJECTS
    assert without_projects(TODAYS) == f"{TODAYS}, no projects"
    assert all(method.settings == SETTINGS for method in NORRSIM.values())


def test_simple_forecasts_of_other_outcomes() -> None:
    table = observed()["jobs"]
    found = naive(table, "jobs", 2014, 3)
    growth = (table.loc[2014] / table.loc[2004]) ** 0.1
    assert found[NO_CHANGE][2] == pytest.approx(table.loc[2014].to_numpy())
    assert found[TREND][1] == pytest.approx((table.loc[2014] * growth**2).to_numpy())
    assert TREND not in naive(observed()["births"], "births", 2014, 3)
    assert list(table.columns) == list(read_places().codes)


def test_a_lead_of_nothing_is_needed_where_the_level_is_what_comes_anyway(known: Known) -> None:
    inputs = origin.inputs_at(known, SHORT, False)
    levels = net_levels(known, SETTINGS.level, 2)
    lead = lead_to(inputs, levels)
    assert isinstance(lead, xr.Variable)
    assert float(np.abs(lead).max()) < 0.3
