"""Shocks of an ensemble at an origin."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calibration.backtest.ensemble import (
    TABLE,
    Shocks,
    autoregression,
    every_step,
    net_shocks,
    paths,
    shocks_of,
)
from calibration.backtest.history import read_history
from calibration.backtest.known import known_at
from calibration.backtest.norrsim import OUTSIDE


def test_persistence_and_size_come_back_from_made_up_series() -> None:
    rng = np.random.default_rng(1)
    size = np.array([0.5, 2.0])
    series = paths(0.6, rng.normal(size=(1, 4000, 2)) * size)[0]
    kept, sizes = autoregression(series)
    assert kept == pytest.approx(0.6, abs=0.04)
    assert sizes == pytest.approx(size, rel=0.05)


def test_paths_begin_with_their_first_shock_and_forget_it() -> None:
    drawn = np.zeros((1, 3))
    drawn[0, 0] = 1.0
    assert paths(0.5, drawn)[0] == pytest.approx([1.0, 0.5, 0.25])


def test_what_all_share_is_larger_as_drawing_power() -> None:
    shared = Shocks((0.0, 1.0), 0.0, np.zeros(2))
    found = net_shocks(shared, 3, seed=1)
    assert np.array_equal(found[..., 0], found[..., 1])
    assert found.std() == pytest.approx(1 / OUTSIDE, rel=0.15)


def test_villages_stray_more_than_cities() -> None:
    history = read_history()
    found = shocks_of(known_at(history, 2012))
    small, large = (history.places.codes.index(code) for code in ("2403", "2480"))
    assert found.local[small] > 1.5 * found.local[large]
    assert 0 < found.common[0] < 1


def test_a_value_a_year_holds_every_step_and_the_last_moment() -> None:
    steps = every_step(np.array([[[1.0], [2.0]]]))
    assert steps[0, :, 0].tolist() == [1.0] * 4 + [2.0] * 5


def test_the_ensemble_was_found_too_narrow() -> None:
    table = pd.read_csv(TABLE)
    inside = table[(table["group"] == "all") & (table["measure"] == "coverage_80")]
    assert inside["value"].max() < 75
