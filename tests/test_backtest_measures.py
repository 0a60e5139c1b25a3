"""Measures and intervals on numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from calibration.backtest.intervals import COVERAGES, GROWTH, crps, past_of, size_of, told, with_intervals
from calibration.backtest.measures import interval_measures, measures, point_measures

CASES = pd.DataFrame({"forecast": [110.0, 190.0, 1000.0, 96.0], "outcome": [100.0, 200.0, 1000.0, 100.0]})


def test_errors_of_four_forecasts() -> None:
    found = point_measures(CASES)
    assert found["mape"] == pytest.approx((10 + 5 + 0 + 4) / 4)
    assert found["medape"] == pytest.approx(4.5)
    assert found["weighted"] == pytest.approx(100 * (10 + 10 + 0 + 4) / 1400)
    assert found["malpe"] == pytest.approx((10 - 5 + 0 - 4) / 4)
    assert found["within_5"] == pytest.approx(75)
    assert found["within_10"] == pytest.approx(100)


def test_score_of_a_sample_against_its_definition() -> None:
    assert crps(np.array([7.0]), 10.0) == pytest.approx(3.0)
    assert crps(np.array([0.0, 2.0]), 1.0) == pytest.approx(1.0 - 0.5)
    sample = np.random.default_rng(1).normal(size=50)
    pairs = np.abs(sample[:, None] - sample[None, :]).mean() / 2
    assert crps(sample, 0.3) == pytest.approx(np.abs(sample - 0.3).mean() - pairs)


def test_coverage_counts_outcomes_inside() -> None:
    ends = {f"low_{share}": [90.0, 210.0] for share in COVERAGES} | {
        f"high_{share}": [110.0, 220.0] for share in COVERAGES
    }
    cases = pd.DataFrame({"outcome": [100.0, 200.0], "crps": [1.0, 4.0], **ends})
    found = interval_measures(cases)
    assert found["coverage_80"] == pytest.approx(50)
    assert found["crps"] == pytest.approx((1.0 + 2.0) / 2)
    assert found["interval_score"] == pytest.approx((20.0 + (10 + 10 * 10) / 2) / 2)


def test_forecasts_without_intervals_have_no_interval_measures() -> None:
    assert set(measures(CASES)["measure"]) == set(point_measures(CASES))


def test_size_classes_meet_at_their_bounds() -> None:
    assert size_of(np.array([4999.0, 5000.0, 20000.0])) == ["under 5 000", "5 000 to 20 000", "over 20 000"]


def past(origins: range) -> pd.DataFrame:
    """Cases of one size and horizon 2 whose miss tells their origin, as often as makes an interval."""
    rows = [{"origin": o, "horizon": 2, "size": "all", "miss": (o - 1990) / 100} for o in origins]
    return pd.DataFrame(rows).assign(forecast=100.0, outcome=101.0)


def test_only_errors_known_at_the_origin_make_its_interval() -> None:
    cases = pd.concat([past(range(1990, 2005))] * 5, ignore_index=True)
    known = past_of(cases).sample("all", 2, 1995)
    assert known.max() == pytest.approx(0.03, abs=1e-9)
    assert known == pytest.approx(-known[::-1])


def test_errors_grow_with_the_horizon() -> None:
    cases = pd.concat([past(range(1990, 2005))] * 5, ignore_index=True)
    near, far = (past_of(cases).sample("all", horizon, 1998) for horizon in (2, 8))
    assert far == pytest.approx(near * 4**GROWTH)


def test_later_errors_leave_intervals_alone() -> None:
    cases = pd.concat([past(range(1990, 2005))] * 5, ignore_index=True)
    changed = cases.assign(miss=cases["miss"].where(cases["origin"] + 2 <= 2000, 9.0))
    first, second = (with_intervals(table, 2000).query("origin == 2000") for table in (cases, changed))
    assert np.isfinite(first["low_80"]).all()
    pd.testing.assert_frame_equal(first.drop(columns="miss"), second.drop(columns="miss"))


def test_too_few_errors_give_no_interval() -> None:
    few = past_of(past(range(1990, 2005)))
    found = told(past(range(2000, 2001)), few.sample("all", 2, 1995))
    assert found[["low_80", "high_80", "crps"]].isna().all(axis=None)


def test_what_projects_may_come_to_widens_an_interval_downwards() -> None:
    case = pd.DataFrame({"forecast": [100.0, 100.0], "outcome": [95.0, 95.0], "projects": [0.0, 0.1]})
    found = told(case, np.linspace(-0.01, 0.01, 99))
    assert found["high_80"].tolist() == pytest.approx([100.8, 102.2], abs=0.5)
    assert found["low_80"][1] < 92 < 99 < found["low_80"][0]
