"""Calibration at an origin: nothing later leaks in, and what it gives is what a forecast takes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.backtest import fits
from calibration.backtest.cases import FIRST_ORIGIN, LAST_ORIGIN
from calibration.backtest.fit_economy import backfilled, growth, linked, past_of, relative
from calibration.backtest.fit_inputs import span_of
from calibration.backtest.fit_people import START
from calibration.backtest.fit_priors import OriginPriors, panel_at, priors_at, too_late, weighed
from calibration.backtest.fit_series import observed_at
from calibration.backtest.fit_trials import DESIGN_ORIGINS, PAIRS, TRIALS, compared
from calibration.backtest.fits import COLUMNS, FITS, Calibrated, carried, identity, parameters_of, rebuilt, target_at
from calibration.backtest.history import History, read_history
from calibration.backtest.known import Known, known_at
from calibration.backtest.origin import model
from calibration.backtest.places import Array
from calibration.backtest.record import RECORD
from calibration.fit.origin import Effort, OriginFit, fit_at_origin
from calibration.fit.target import Target
from calibration.priors import Uncertain
from calibration.regressions.panel import Panel, read_panel
from model.engine.annual import annual
from model.engine.simulate import simulate
from tests.backtest_support import changed_from, later_panel

YEAR = 2015
NAMES = ("quit rate", "staffing plan time[services]", "response of moving in to homes", "moves in level[2480]")
SMALL = Effort(first_steps=1, steps=2, starts=1, names=NAMES)


@pytest.fixture(scope="module")
def history() -> History:
    return read_history()


@pytest.fixture(scope="module")
def panel() -> Panel:
    return read_panel()


@pytest.fixture(scope="module")
def priors(panel: Panel) -> OriginPriors:
    return priors_at(model(), panel, YEAR)


@pytest.fixture(scope="module")
def known(history: History) -> Known:
    return known_at(history, YEAR)


@pytest.fixture(scope="module")
def target(known: Known, priors: OriginPriors, panel: Panel) -> Target:
    return target_at(known, priors, panel)


@pytest.fixture(scope="module")
def fit(target: Target) -> OriginFit:
    return fit_at_origin(target, SMALL, lambda text: None)


def test_later_figures_leave_the_fit_as_it_is_to_the_last_bit(history: History, panel: Panel, fit: OriginFit) -> None:
    otherwise = known_at(changed_from(history, YEAR + 1), YEAR)
    other_panel = later_panel(panel, YEAR + 1)
    changed = target_at(otherwise, priors_at(model(), other_panel, YEAR), other_panel)
    again = fit_at_origin(changed, SMALL, lambda text: None)
    assert again.values.keys() == fit.values.keys()
    for name, values in fit.values.items():
        assert np.array_equal(values, again.values[name]), name
    for name, errors in fit.target.errors.items():
        assert np.array_equal(errors.values, again.target.errors[name].values), name
    assert again.optimum.loss == fit.optimum.loss


@pytest.mark.parametrize("year", [pytest.param(2019, marks=pytest.mark.slow), 2022])
def test_later_figures_leave_all_that_makes_a_fit_as_it_is(history: History, panel: Panel, year: int) -> None:
    found = []
    for table, series in ((history, panel), (changed_from(history, year + 1), later_panel(panel, year + 1))):
        found.append(identity(target_at(known_at(table, year), priors_at(model(), series, year), series), SMALL))
    assert found[0] == found[1]


def test_figures_of_the_origin_do_change_the_fit(history: History, panel: Panel, target: Target) -> None:
    for table, series in ((changed_from(history, YEAR, 1.1), panel), (history, later_panel(panel, YEAR))):
        changed = target_at(known_at(table, YEAR), priors_at(model(), series, YEAR), series)
        assert identity(changed, SMALL) != identity(target, SMALL)
    assert identity(target, replace(SMALL, seed=2)) != identity(target, SMALL)


def test_series_end_where_the_origin_had_them(target: Target) -> None:
    last = {each.variable: each.years[-1] for each in target.observed.series}
    assert last["total population"] == last["births"] == last["Dwellings"] == YEAR
    assert last["jobs in statistics"] == last["tax base"] == YEAR - 1
    assert all(each.years[0] == START + 1 for each in target.observed.series)
    assert "commuting" not in last


def test_a_series_that_no_origin_knows_is_refused(
    known: Known, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calibration.backtest.fit_series.ESTIMATED", ("commuting",))
    with pytest.raises(ValueError, match="does not know 'commuters_from_outside' at an origin"):
        observed_at(past_of(span_of(known), target.inputs))


def test_the_run_of_a_fit_begins_as_the_region_was_and_follows_it(known: Known, target: Target) -> None:
    names = ["total population", "births", "deaths", "jobs in statistics", "Dwellings"]
    run = annual(simulate(model(), target.inputs, names))
    people = known.history.population[known.history.at(START) :]
    assert run["total_population"].to_numpy()[0] == pytest.approx(people[0])
    assert run["total_population"].to_numpy().sum(1) == pytest.approx(people.sum(1), rel=0.02)
    born = known.history.births[known.history.at(START) + 1 :].sum((1, 2))
    assert run["births"].to_numpy()[1:].sum(1) == pytest.approx(born, rel=0.05)
    assert int(target.inputs.attrs["start"]) == START
    assert int(target.inputs.attrs["until"]) == YEAR


def test_labour_of_the_origins_own_year_is_not_in_the_long_series_before_bas(panel: Panel) -> None:
    column = panel.years.index(2016)
    assert np.isnan(panel_at(panel, 2016).series["jobs"][:, column]).all()
    assert np.isfinite(panel_at(panel, 2016).series["population"][:, column]).all()
    assert np.isfinite(panel_at(panel, 2022).level("jobs")[panel.years.index(2022)]).all()


def test_a_definition_that_changes_goes_on_at_the_old_level(history: History) -> None:
    known = known_at(history, 2023)
    new = history.figure("jobs_bas") - history.figure("live_and_work_bas")
    path = linked(known, "in_commuters_rams", new[: known.history.at(2023) + 1])
    old, at = known.history.figure("in_commuters_rams"), known.history.at
    assert len(path) == 2023 - START + 1
    assert path[2021 - START] == pytest.approx(old[at(2021)])
    assert path[-1] / path[-2] == pytest.approx(new[at(2023)] / new[at(2022)])
    before = linked(known_at(history, 2019), "in_commuters_rams", new[: at(2019) + 1])
    assert len(before) == 2018 - START + 1


def test_growth_of_a_path_is_over_the_mean_of_both_ends() -> None:
    assert growth(np.array([0.0, 2.0, 2.0, 1.0])) == pytest.approx([2.0, 0.0, -2 / 3, 0.0])
    assert relative(np.array([4.0, 6.0])) == pytest.approx([1.0, 1.5])


def test_what_was_first_published_for_2011_stands_for_2010_too(history: History) -> None:
    found = backfilled(history)
    for measure in ("persons_per_household", "openly_unemployed"):
        assert np.isnan(history.figure(measure)[history.at(START)]).all()
        assert np.array_equal(found.figure(measure)[found.at(START)], history.figure(measure)[found.at(START + 1)])


def test_a_source_that_names_a_later_year_was_not_known() -> None:
    variable = next(each for each in model().variables.values() if each.name == "quit rate")
    named = replace(variable, source="Somebody 2016, and a panel 1993-2013")
    assert too_late(named, 2015) == "its source names 2016"
    assert not too_late(named, 2016)
    assert "its source is the project's own" in too_late(replace(named, source="calibration/elasticities"), 2023)


def test_what_is_not_known_is_the_middle_of_its_range_and_estimates_are_weighed(priors: OriginPriors) -> None:
    by_name = {each.name: each for each in priors.priors.uncertain}
    wide = by_name["response of leaving to unemployment"]
    assert "names 2023" in priors.replaced[wide.variable]
    assert float(priors.medians[wide.variable]) == pytest.approx((wide.low + wide.high) / 2)
    assert wide.sigma == pytest.approx(1.2)
    told = by_name["price response to people"]
    assert priors.replaced[told.variable].startswith("estimated on 1993-2015: ")
    assert (told.low + told.high) / 2 < float(priors.medians[told.variable]) < told.high
    assert told.sigma < 1.2


def test_a_sharp_estimate_wins_over_the_range_and_a_vague_one_does_not() -> None:
    each = Uncertain("x", "x", (), 0.0, 1.0, "C", 0.9)
    assert weighed(each, 0.2, 0.001)[0] == pytest.approx(0.2, abs=1e-3)
    assert weighed(each, 0.2, 100.0)[0] == pytest.approx(0.5, abs=1e-3)
    assert weighed(each, -3.0, 0.01)[0] == pytest.approx(0.05)
    assert weighed(each, 0.2, 0.02)[1] < weighed(each, 0.2, 0.1)[1] <= 1.2


def test_a_forecast_takes_behaviour_not_levels_dates_or_growth(priors: OriginPriors) -> None:
    names = carried(priors)
    assert {"quit rate", "staffing plan time", "municipal share of welfare", "response of moving in to homes"} <= set(
        names
    )
    left = {"moves in level", "building level", "mortality decline", "baseline growth", "south opening time"}
    assert not left & set(names)


@pytest.mark.slow
def test_numbers_known_from_made_up_data_come_back(target: Target) -> None:
    small = replace(SMALL, steps=10, names=("quit rate", "building time", "moves in level[2480]"))
    places = [i for i, each in enumerate(target.around.priors.uncertain) if each.name in (small.names or ())]
    narrow = replace(target, chosen=np.array(places, dtype=np.intp))
    truth = np.array([[1.0 if each.pooled else 0.7 for each in narrow.uncertain]])
    made = narrow.simulated(narrow.batch(), truth)
    series = tuple(replace(s, values=m[0]) for s, m in zip(target.observed.series, made, strict=True))
    found = fit_at_origin(replace(target, observed=replace(target.observed, series=series)), small, lambda text: None)
    assert found.optimum.z == pytest.approx(truth[0], abs=0.25)
    assert (np.abs(found.optimum.z - truth[0]) < 3 * found.spread).all()


def test_before_2015_an_origin_has_its_priors(history: History, panel: Panel, tmp_path: Path) -> None:
    found = Calibrated(history, print, tmp_path, panel=panel).at(2014)
    assert found.record == {"parameters": "the origin's priors"}
    assert len(found.table) == 0
    assert float(found.values["response of leaving to unemployment"]) == pytest.approx(0.3)
    assert not list(tmp_path.iterdir())


def test_a_fit_is_made_once_and_a_damaged_one_again(
    history: History, panel: Panel, fit: OriginFit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    def make(*order: object) -> OriginFit:
        made.append(order)
        return fit

    monkeypatch.setattr(fits, "target_at", lambda *order: fit.target)
    monkeypatch.setattr(fits, "fit_at_origin", make)
    said: list[str] = []
    first = Calibrated(history, said.append, tmp_path, SMALL, panel).at(YEAR)
    assert "calibrating at 2015" in said[0]
    again = Calibrated(history, said.append, tmp_path, SMALL, panel).at(YEAR)
    assert len(made) == 1
    assert again.record == first.record
    pd.testing.assert_frame_equal(again.table, first.table, check_dtype=False)
    for name, values in first.values.items():
        assert np.array_equal(values, again.values[name]), name
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:200])
    Calibrated(history, said.append, tmp_path, SMALL, panel).at(YEAR)
    assert len(made) == 2


def test_a_fit_that_did_not_converge_is_not_used(fit: OriginFit, priors: OriginPriors) -> None:
    values = {"quit rate": np.array(0.05)}
    good = OriginFit(fit.target, replace(fit.optimum, slope=0.0))
    bad = OriginFit(fit.target, replace(fit.optimum, slope=9.0, gain=9.0))
    assert parameters_of(YEAR, good, values).values["quit rate"] == fit.values["quit rate"] != 0.05
    refused = parameters_of(YEAR, bad, values)
    assert refused.values == values
    assert refused.record["parameters"] == "the origin's priors: the fit did not converge"
    assert "slope at the optimum is 9.000" in refused.record["problems"][0]
    assert len(refused.table) == 0


def test_parameters_are_rebuilt_from_the_table_of_fits(fit: OriginFit, priors: OriginPriors) -> None:
    table = parameters_of(YEAR, OriginFit(fit.target, replace(fit.optimum, slope=0.0)), {}).table
    values = rebuilt(YEAR, priors, table)
    assert float(values["quit rate"]) == pytest.approx(float(fit.values["quit rate"]))
    assert values["staffing plan time"] == pytest.approx(fit.values["staffing plan time"])
    assert set(values) == set(carried(priors))


@pytest.mark.parametrize(("worse", "chosen"), [(0.0, "known at the origin"), (0.05, "the equations' own")])
def test_parameters_of_the_origin_are_used_unless_they_lose(worse: float, chosen: str) -> None:
    errors: dict[tuple[str, int, int], Array] = {}
    for pair in PAIRS.values():
        for name, size in zip(pair, (0.01 + worse, 0.01), strict=True):
            for origin in DESIGN_ORIGINS:
                errors |= {(name, origin, h): np.full(29, size) for h in (1, 3, 5, 10) if origin + h <= 2024}
    table = compared(errors, {f"2010-2016, {h} y": 1.0 for h in (1, 3, 5, 10)})
    assert set(table[table["chosen"] == "chosen"]["parameters"]) == {chosen}
    assert table[table["span"] == "fits"]["10 y"].isna().all()


def test_the_committed_fits_are_those_of_the_record() -> None:
    table, record = pd.read_csv(FITS), json.loads(RECORD.read_text(encoding="utf-8"))
    assert list(table.columns) == COLUMNS
    used = {int(year) for year, told in record["origins"].items() if told["parameters"] == "calibrated at the origin"}
    assert set(table["origin"]) == used
    assert used <= set(range(START + fits.FEWEST_YEARS, LAST_ORIGIN + 1))
    for year in range(FIRST_ORIGIN, START + fits.FEWEST_YEARS):
        assert record["origins"][str(year)]["parameters"] == "the origin's priors"
    counts = table.groupby("origin").size()
    assert all(record["origins"][str(year)]["fitted"] == counts[year] for year in used)


def test_the_committed_comparison_ends_with_the_design() -> None:
    table = pd.read_csv(TRIALS)
    assert max(int(span[-4:]) for span in table["origins"]) == max(DESIGN_ORIGINS)
    assert (table[table["chosen"] == "chosen"]["span"] == "design").all()
    assert (table.groupby("variant")["chosen"].count() == 1).all()
