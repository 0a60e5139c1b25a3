"""The model's own history as a panel: it adds up as the data do, and fitted values reach it. Compiles the model."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.regressions.equations import run, who_takes_a_job
from calibration.regressions.fitted import Fitted, named
from calibration.regressions.job_shocks import JobShocks
from calibration.regressions.panel import Panel, read_panel
from calibration.regressions.simulated import History, like

PARTS = ("more in-commuters", "fewer out-commuters", "more employed residents")


@pytest.fixture(scope="module")
def history() -> History:
    return History.of()


def test_fitted_values_take_the_place_of_written_ones() -> None:
    fitted = History.of({"persons per moving worker": 1.9, "remote work": 0.1})
    assert float(fitted.inputs["persons per moving worker"]) == 1.9
    assert (fitted.inputs["remote work"].values == 0.1).all()


def test_a_fitted_name_that_is_no_input_is_refused() -> None:
    with pytest.raises(KeyError, match="no such thing"):
        History.of({"no such thing": 1.0})


def test_shocks_and_drawn_parameters_are_those_of_the_seed(history: History) -> None:
    first, again = history.shocks(2, 7), history.shocks(2, 7)
    assert all((first[name] == again[name]).all() for name in first)
    assert not (history.shocks(2, 8)["moves in noise"] == first["moves in noise"]).all()
    assert (history.drawn(3, 7)["quit rate"] == history.drawn(3, 7)["quit rate"]).all()


@pytest.mark.slow
def test_the_models_history_adds_up_and_so_do_its_coefficients(history: History) -> None:
    data = read_panel().between(2011, 2024)
    rate = history.inputs["quit rate"].values
    panels: list[Panel] = list(history.panels({"quit rate": np.array([rate, 1.2 * rate])}))
    for panel in panels:
        parts = panel.level("live_and_work")
        assert panel.level("jobs") == pytest.approx(parts + panel.level("in_commuters"))
        assert panel.level("employed_residents") == pytest.approx(parts + panel.level("out_commuters"))
        table = run(like(panel, data), list(who_takes_a_job()))
        sums = table[table["outcome"].isin(PARTS)].groupby(["over", "weights"])["coefficient"].sum()
        assert sums.to_numpy() == pytest.approx(100, abs=1e-6)
        seen = run(data, list(who_takes_a_job()))
        assert table["n"].tolist() == seen["n"].tolist()
    assert not np.allclose(panels[0].level("jobs")[-1], panels[1].level("jobs")[-1])


def test_shocks_of_jobs_change_only_other_industry_after_the_start(history: History) -> None:
    shocks = JobShocks(0.5, np.full(29, 0.01))
    given = shocks.given(history.inputs, 2, 5)["baseline jobs"]
    written = history.inputs["baseline jobs"].transpose("time", "industry", "municipality").to_numpy()
    other = list(history.inputs["industry"].values).index("other")
    assert given.shape == (2, *written.shape)
    assert np.delete(given, other, axis=2) == pytest.approx(np.delete(np.stack([written] * 2), other, axis=2))
    assert given[:, 0] == pytest.approx(np.stack([written[0]] * 2))
    assert (given[:, -1, other] != written[-1, other]).all()
    assert (given > 0).sum() == (np.stack([written] * 2) > 0).sum()


def test_draws_of_a_fit_take_the_place_of_the_priors() -> None:
    fit = Fitted("made", {"quit rate": np.array(0.05)}, np.array([[0.2, np.nan], [0.2, np.nan]]))
    drawn = fit.drawn(np.array([[0.9, 0.4], [0.1, 0.6]]))
    assert drawn.tolist() == [[0.2, 0.4], [0.2, 0.6]]
    assert dict(fit) == {"quit rate": np.array(0.05)}
    assert (named(fit), named(None)) == (
        "the parameters of the fit 'made'",
        "the parameters as written in the model",
    )
