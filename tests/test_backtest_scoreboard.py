"""The committed tables are what a fresh computation gives, and what was published before."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.backtest.__main__ import main
from calibration.backtest.build import official, series
from calibration.backtest.cases import (
    FIRST_ORIGIN,
    LAST_DESIGN_ORIGIN,
    LAST_ORIGIN,
    OFFICIAL_METHOD,
    cases_of,
    frame,
    official_cases,
    with_forecast,
)
from calibration.backtest.command import SCOREBOARD
from calibration.backtest.figure import DRAWN, draw, reliability
from calibration.backtest.fit_priors import priors_at
from calibration.backtest.fits import FITS, rebuilt
from calibration.backtest.forecasts import Forecasts, norrsim_forecasts
from calibration.backtest.history import History, read_history
from calibration.backtest.known import known_at
from calibration.backtest.measures import measures
from calibration.backtest.methods import BEST_NAIVE, CORE, LED, METHODS
from calibration.backtest.norrsim import NORRSIM
from calibration.backtest.origin import model
from calibration.backtest.places import OFFICIAL, SERIES
from calibration.backtest.record import RECORD
from calibration.backtest.scoreboard import ALL, BESIDE_OFFICIAL, CONFIRMED, DESIGN, shown
from calibration.backtest.trials import SPANS, TRIALS, Design, settings_of
from calibration.demography.read import SHARED
from calibration.regressions.panel import read_panel

PUBLISHED = {
    "no change": {"mape": (0.78, 2.01, 3.17, 6.19)},
    "linear, last 10 years": {"mape": (0.63, 1.46, 2.30, 4.85)},
    BEST_NAIVE: {
        "mape": (0.62, 1.41, 2.17, 4.12),
        "medape": (0.50, 1.13, 1.73, 3.59),
        "weighted": (0.44, 1.12, 1.69, 2.96),
        "within_5": (100, 99, 94, 69),
    },
}
HORIZONS = (1, 3, 5, 10)
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data folder is not here")


@pytest.fixture(scope="module")
def history() -> History:
    return read_history()


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return pd.read_csv(SCOREBOARD)


@pytest.fixture(scope="module")
def fresh(history: History) -> pd.DataFrame:
    """Cases of a method as the scoreboard makes them, without intervals."""
    return cases_of(history, {CORE: METHODS[CORE]}, range(FIRST_ORIGIN, LAST_ORIGIN + 1))


def values(table: pd.DataFrame, method: str, measure: str, group: str = ALL) -> list[float]:
    own = table[(table["method"] == method) & (table["measure"] == measure) & (table["group"] == group)]
    return own.set_index("horizon")["value"].reindex(list(HORIZONS)).tolist()


@pytest.mark.parametrize("method", PUBLISHED)
def test_the_published_errors_of_simple_methods_come_back(table: pd.DataFrame, method: str) -> None:
    for measure, expected in PUBLISHED[method].items():
        tolerance = 0.5 if measure == "within_5" else 0.0051
        assert values(table, method, measure) == pytest.approx(expected, abs=tolerance), measure


def test_the_committed_rows_are_a_fresh_computation(table: pd.DataFrame, fresh: pd.DataFrame) -> None:
    for horizon in HORIZONS:
        expected = measures(fresh[fresh["horizon"] == horizon]).set_index("measure")
        own = table[(table["method"] == CORE) & (table["horizon"] == horizon) & (table["group"] == ALL)]
        own = own.set_index("measure").loc[expected.index]
        assert own["value"].to_numpy() == pytest.approx(expected["value"].to_numpy(), abs=1e-3)
        assert (own["n"] == expected["n"]).all()


@pytest.mark.slow
def test_the_scoreboard_is_of_the_model_as_it_stands(table: pd.DataFrame, history: History, tmp_path: Path) -> None:
    hint = "the model has changed since: run make backtest"
    assert json.loads(RECORD.read_text(encoding="utf-8"))["model"] == model().hash, hint
    fits, panel = pd.read_csv(FITS), read_panel()
    forecasts = norrsim_forecasts(
        history,
        range(FIRST_ORIGIN, LAST_ORIGIN + 1),
        print,
        lambda origin: rebuilt(origin, priors_at(model(), panel, origin), fits),
        tmp_path,
    )
    own = table[(table["method"] == "norrsim") & (table["group"] == ALL)]
    for measure, expected in measures_of(history, forecasts).items():
        assert own[own["measure"] == measure]["value"].to_numpy() == pytest.approx(expected, abs=1e-3), hint


def measures_of(history: History, forecasts: Forecasts) -> dict[str, list[float]]:
    """Mean absolute and signed errors of norrsim by horizon."""
    cases = [
        with_forecast(frame(history, origin), method, found["population"][1:])
        for (method, origin), found in forecasts.items()
        if method == "norrsim"
    ]
    tables = [measures(own).set_index("measure")["value"] for _, own in pd.concat(cases).groupby("horizon")]
    return {name: [float(own[name]) for own in tables] for name in ("mape", "malpe")}


def test_every_method_and_horizon_is_scored_on_the_same_cases(table: pd.DataFrame) -> None:
    counts = table.query("group == @ALL and measure == 'mape'").groupby("horizon")["n"]
    assert (counts.nunique() == 1).all()
    assert counts.first().to_dict() == {h: 29 * min(14, LAST_ORIGIN + 2 - h - FIRST_ORIGIN) for h in range(1, 11)}


def test_the_official_projection_is_scored_on_its_own_cases(table: pd.DataFrame, fresh: pd.DataFrame) -> None:
    cases = official_cases(fresh)
    assert set(cases["method"]) == {OFFICIAL_METHOD}
    expected = cases.query("horizon == 3")
    mape = 100 * (expected["forecast"] / expected["outcome"] - 1).abs().mean()
    assert values(table, OFFICIAL_METHOD, "mape", BESIDE_OFFICIAL)[1] == pytest.approx(mape, abs=1e-3)
    assert OFFICIAL_METHOD not in set(table.query("group == @ALL")["method"])


def test_the_chosen_trial_is_the_method_that_is_scored() -> None:
    chosen = pd.read_csv(TRIALS).query("chosen == 'chosen'")
    assert len(chosen) == 1
    for name, value in settings_of(LED).items():
        assert chosen.iloc[0][name] == value, name


def test_no_trial_saw_an_origin_after_the_design() -> None:
    assert max(max(span) for span in SPANS.values()) == LAST_DESIGN_ORIGIN
    spans = {name.split(",")[0] for name in pd.read_csv(TRIALS, nrows=0).columns if " y" in name}
    assert spans == set(SPANS)


def test_the_chosen_trials_errors_come_back(history: History) -> None:
    span = SPANS["2010-2016"]
    found = Design(history, {o: known_at(history, o) for o in span}).errors(LED, span)
    chosen = pd.read_csv(TRIALS).query("chosen == 'chosen'").iloc[0]
    for horizon in HORIZONS:
        expected = chosen[f"2010-2016, {horizon} y"]
        assert 100 * np.abs(found[horizon]).mean() == pytest.approx(expected, abs=1e-3)


def test_the_figure_and_the_text_tell_of_every_method(table: pd.DataFrame) -> None:
    axes = draw(table).axes
    assert len(axes) == 4
    legend = axes[0].get_legend()
    assert legend is not None
    assert [line.get_text() for line in legend.get_texts()] == list(DRAWN)
    text = shown(table, CONFIRMED)
    assert all(method in text for method in (*NORRSIM, *METHODS))
    assert [axis.get_title() for axis in reliability(table).axes] == [ALL, DESIGN, CONFIRMED]


def test_the_scoreboard_has_its_columns_and_every_variant_in_every_group(table: pd.DataFrame) -> None:
    assert list(table.columns) == ["method", "horizon", "group", "measure", "value", "n"]
    wanted = {"mape", "medape", "weighted", "malpe", "within_5", "within_10", "crps", "interval_score"}
    wanted |= {f"coverage_{share}" for share in (50, 80, 95)}
    for _, own in table[table["method"] == "norrsim"].groupby(["group", "horizon"]):
        assert set(own["measure"]) == wanted
    groups = table.groupby("method")["group"].nunique()
    assert (groups[list(NORRSIM)] == groups["norrsim"]).all()


def test_the_command_tells_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert capsys.readouterr().err == "usage: python -m calibration.backtest [data | trials | fits | ensemble]\n"


@needs_data
def test_the_tables_are_those_of_the_shared_data() -> None:
    types = {"municipality": str}
    for built, path in ((series(), SERIES), (official(), OFFICIAL)):
        committed = pd.read_csv(path, dtype=types)
        pd.testing.assert_frame_equal(
            built.reset_index(drop=True), committed, check_dtype=False, check_index_type=False, rtol=1e-5
        )
