"""A forecast against what happened: where the outcome lies, and parts that add up to the error."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from calibration.track import TrackOrder, track
from calibration.track.against import INSIDE, OUTSIDE_80, OUTSIDE_95, compare, fit_together
from calibration.track.answers import Surprise
from calibration.track.contributions import contribution_table, divide
from calibration.track.outcomes import Outcomes, read_outcomes
from outputs.publish import Publication
from tests.track_support import CODES, dataset, forecast, outcomes, run_folder, write

MADE = forecast()
AT = CODES.index("2482")


def silent(_: Surprise) -> dict[str, dict[str, np.ndarray]]:
    """A model that answers to nothing."""
    return {}


def fitted(shock, made=MADE, **more):
    table = outcomes(made, shock, **more)
    return fit_together(made, Outcomes(table, "new.csv", True))


def parts_of(shock, area: str, answering=silent, **more) -> dict[str, float]:
    tracked = fitted(shock, **more)
    divided = divide(tracked, answering)
    assert divided is not None
    table = contribution_table(tracked, divided)
    rows = table[table["area"] == area]
    assert rows["persons"].sum() == pytest.approx(rows["error"].iloc[0], abs=1e-6)
    return dict(zip(rows["part"], rows["persons"], strict=True))


def test_every_shock_is_found_in_its_own_part():
    shock = {
        ("births", "2482", 2025): 30.0,
        ("deaths", "2482", 2026): 12.0,
        ("in_migration", "2482", 2025): 200.0,
        ("immigration", "2482", 2025): 80.0,
        ("out_migration", "2482", 2026): -45.0,
        ("population", "2482", 2026): 7.0,
    }
    parts = parts_of(shock, "2482")
    assert parts["births"] == pytest.approx(30)
    assert parts["deaths"] == pytest.approx(-12)
    assert parts["immigration"] == pytest.approx(80)
    assert parts["other_moves_in"] == pytest.approx(120)
    assert parts["other_moves_out"] == pytest.approx(45)
    assert parts["adjustments"] == pytest.approx(7)
    assert parts["start"] == pytest.approx(0)


def test_parts_of_the_region_are_those_of_its_municipalities():
    shock = {("births", code, 2025): 3.0 for code in CODES}
    assert parts_of(shock, "24+25")["births"] == pytest.approx(3 * 29)
    assert parts_of(shock, "25")["births"] == pytest.approx(3 * 14)


def test_without_a_shock_only_the_median_differs_from_the_mean():
    parts = parts_of({}, "2401")
    assert parts.pop("median_less_mean") != pytest.approx(0, abs=1e-3)
    assert list(parts.values()) == pytest.approx([0] * len(parts), abs=1e-6)


def test_jobs_and_dwellings_are_what_the_model_answers_and_leave_the_accounts():
    asked: list[Surprise] = []

    def answering(surprise: Surprise) -> dict[str, dict[str, np.ndarray]]:
        asked.append(surprise)
        jobs, homes = surprise.wanted["jobs"][-1], surprise.wanted["dwellings_completed"]
        none = np.zeros(len(CODES))
        return {
            "jobs": {"births": 0.01 * jobs, "deaths": none, "in_migration": 0.5 * jobs, "out_migration": -0.1 * jobs},
            "dwellings_completed": {"births": none, "deaths": none, "in_migration": homes, "out_migration": none},
        }

    shock = {
        ("jobs", "2482", 2026): 100.0,
        ("dwellings_completed", "2482", 2025): 20.0,
        ("in_migration", "2482", 2026): 90.0,
    }
    before = observed_gap("2482")
    parts = parts_of(shock, "2482", answering)
    gained = asked[0].wanted["jobs"][-1][AT]
    assert gained == pytest.approx(100.0 - before)
    assert asked[0].years == (2025, 2026)
    assert asked[0].wanted["dwellings_completed"][AT] == pytest.approx(20)
    assert parts["jobs"] == pytest.approx(0.61 * gained)
    assert parts["dwellings"] == pytest.approx(20)
    assert parts["births"] == pytest.approx(-0.01 * gained)
    assert parts["other_moves_in"] == pytest.approx(90 - 0.5 * gained - 20)
    assert parts["other_moves_out"] == pytest.approx(-0.1 * gained)


def observed_gap(code: str) -> float:
    """Observed jobs at the start less those of the made-up forecast, which is what its change is measured from."""
    from outputs.observed import read_observed

    observed = float(read_observed()["jobs_in_statistics"].sel(year=2024, municipality=code))
    return observed - float(MADE.of("jobs", 2024).mean(axis=0)[CODES.index(code)])


def test_what_cannot_be_told_apart_is_said():
    divided = divide(fitted({}, leave_out=("immigration", "jobs", "dwellings_completed")), silent)
    assert divided is not None
    assert divided.without == ("immigration", "jobs", "dwellings")
    assert "immigration" not in divided.parts


def test_without_the_flows_nothing_is_divided_but_people_are_compared():
    tracked = fitted({}, leave_out=("births", "net_migration"))
    assert divide(tracked, silent) is None
    assert (compare(tracked)["measure"] == "population").any()


def test_the_outcome_is_placed_among_the_runs():
    runs = MADE.of("population", 2026)[:, AT]
    low_80, high_95 = np.quantile(runs, [0.1, 0.975])
    middle = runs.mean()
    shock = {("population", "2482", 2026): low_80 - 1 - middle}
    table = compare(fitted(shock)).set_index(["measure", "year", "area"])
    assert table["place"][("population", 2026, "2482")] == OUTSIDE_80
    assert table["low_80"][("population", 2026, "2482")] == pytest.approx(low_80)
    assert table["share_below"][("population", 2026, "2482")] < 0.1
    far = compare(fitted({("population", "2482", 2026): high_95 + 1 - middle})).set_index(["measure", "year", "area"])
    assert far["place"][("population", 2026, "2482")] == OUTSIDE_95
    assert far["place"][("population", 2026, "2401")] == INSIDE


def test_areas_are_summed_in_each_run():
    table = compare(fitted({})).set_index(["measure", "year", "area"])
    region = MADE.of("population", 2026).sum(axis=1)
    at = ("population", 2026, "24+25")
    assert table["forecast"][at] == pytest.approx(np.median(region))
    assert [table["low_95"][at], table["high_80"][at]] == pytest.approx(np.quantile(region, [0.025, 0.9]))


def test_one_municipality_alone_can_be_tracked():
    table = outcomes(MADE, {})
    tracked = fit_together(MADE, Outcomes(table[table["municipality"] == "2482"], "own.csv", True))
    assert set(compare(tracked)["area"]) == {"2482"}
    divided = divide(tracked, silent)
    assert divided is not None
    assert divided.codes == ("2482",)


def test_the_third_of_in_out_and_net_moves_is_found(tmp_path):
    text = "municipality,year,measure,value\n2482,2025,in_migration,500\n2482,2025,net_migration,-20\n"
    path = tmp_path / "new.csv"
    path.write_text(text)
    rows = read_outcomes(path).rows.set_index("measure")["value"]
    assert rows["out_migration"] == 520


@pytest.fixture
def undrawn(monkeypatch):
    """Tracking without its figures: they take most of the time."""
    monkeypatch.setattr("calibration.track.publish._draw", lambda story, folder: None)


def publication(folder, language: str = "en") -> Publication:
    return Publication(folder, language, ["sim.py", "track"], datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def ensemble(tmp_path, monkeypatch):
    folder = tmp_path / "forecast-ensemble"
    folder.mkdir()
    (folder / "plan.json").write_text(json.dumps({"scenario": "no such scenario"}))
    monkeypatch.setattr("scenarios.ensemble.open_members", lambda _: dataset(MADE))
    return folder


def test_an_ensemble_is_tracked_into_a_folder(ensemble, tmp_path):
    shock = {("in_migration", "2482", 2025): 2500.0, ("deaths", "2584", 2026): 900.0}
    new = write(outcomes(MADE, shock), tmp_path / "new.csv")
    order = TrackOrder(new, ensemble=ensemble, out=tmp_path / "tracked")
    told = track(order, publication(order.folder), lambda _: None)
    assert "Skellefteå" in told
    text = (order.folder / "summary.md").read_text()
    assert "Skellefteå: " in text
    assert "Mostly moves in (+2,500); all parts together +2," in text
    assert "Mostly deaths (−900); all parts together −" in text
    assert "outside 19 of 20" in text
    assert "2 of 29 municipalities lie outside 8 of 10 runs (about 6 would by chance)" in text
    assert "Jobs are not told apart: that takes jobs among the figures, and the forecast's scenario file." in text
    parts = pd.read_csv(order.folder / "contributions.csv", dtype={"area": str})
    sums = parts.groupby("area")["persons"].sum()
    assert sums.to_numpy() == pytest.approx(parts.groupby("area")["error"].first().to_numpy(), abs=0.1)
    record = json.loads((order.folder / "run.json").read_text())
    assert record["figures"]["name"] == "new.csv"
    assert record["files"] == [*sorted(record["files"][:-1]), "run.json"]
    assert {path.name for path in (order.folder / "figures").iterdir()} == {
        "outcome.png", "outcome.svg", "contributions.png", "contributions.svg",
    }  # fmt: skip


@pytest.mark.usefixtures("undrawn")
def test_a_run_is_tracked_in_swedish_without_bands(tmp_path):
    made = forecast(1)
    run = run_folder(tmp_path / "run", made)
    new = write(outcomes(made, {("in_migration", "2482", 2025): 1000.0}), tmp_path / "new.csv")
    order = TrackOrder(new, run=run, out=tmp_path / "tracked")
    told = track(order, publication(order.folder, "sv"), lambda _: None)
    assert "8 av 10" not in told
    text = (order.folder / "summary.md").read_text()
    assert "En enda körning har inga band; de största skillnaderna är:" in text
    assert "+1\N{NO-BREAK SPACE}000 (+1,3 procent). Mest inflyttning (+1\N{NO-BREAK SPACE}000); alla delar" in text
    swedish = pd.read_csv(order.folder / "comparison-sv.csv", sep=";", decimal=",", dtype={"områdeskod": str})
    row = swedish[(swedish["mått"] == "population") & (swedish["år"] == 2026) & (swedish["områdeskod"] == "2482")]
    assert row["skillnad"].iloc[0] == pytest.approx(1000, abs=0.1)
    assert row["läge"].iloc[0] == "inget band"
    assert row["enhet"].iloc[0] == "personer"


@pytest.mark.usefixtures("undrawn")
def test_tracking_again_replaces_only_what_it_wrote(tmp_path):
    made = forecast(1)
    order = TrackOrder(
        write(outcomes(made, {}), tmp_path / "new.csv"),
        run=run_folder(tmp_path / "run", made),
        out=tmp_path / "tracked",
    )
    track(order, publication(order.folder), lambda _: None)
    (order.folder / "mine.txt").write_text("kept")
    track(order, publication(order.folder), lambda _: None)
    assert (order.folder / "mine.txt").read_text() == "kept"


@pytest.mark.usefixtures("undrawn")
def test_a_snapshot_is_tracked_from_the_years_after_the_start(tmp_path):
    from calibration.refresh import RefreshOrder, refresh
    from tests.refresh_support import as_at_scb, served

    made = forecast(1)
    known = outcomes(made, {}, until=2025).set_index(["measure", "municipality", "year"])["value"]
    contents = {"A": "in_migration", "B": "out_migration", "C": "immigration", "D": "immigration", "E": "births"}
    with served(as_at_scb()) as service:
        service.tables["TAB5557"].number = lambda c: known["population", c["Region"], 2025]
        service.tables["TAB6401"].number = lambda c: known["births", c["Region"], 2025]
        service.tables["TAB6757"].number = lambda c: known["deaths", c["Region"], 2025]
        service.tables["TAB6640"].number = lambda c: float(known[contents[c["ContentsCode"]], c["Region"], 2025])
        service.tables["TAB638"].number = lambda c: float(made.of("population", 2024)[0, CODES.index(c["Region"])])
        names = "population,population-2025,births-2025,deaths-2025,moves-2025"
        refresh(RefreshOrder(names, 2025, tmp_path / "snapshot", service.url), lambda _: None)
    order = TrackOrder(tmp_path / "snapshot", run=run_folder(tmp_path / "run", made), out=tmp_path / "tracked")
    told = track(order, publication(order.folder), lambda _: None)
    assert "31 December 2025" in told
    table = pd.read_csv(order.folder / "comparison.csv")
    assert table.loc[table["measure"] == "population", "error"].abs().max() < 0.05
    assert "Not tracked: emigration" in (order.folder / "summary.md").read_text()


@pytest.mark.slow
def test_a_forecast_from_2021_is_tracked_by_2022_to_2024_and_jobs_moved_skelleftea(tmp_path):
    from outputs.glossary import read_glossary
    from outputs.observed import HISTORY
    from outputs.publish import results_of
    from scenarios.run import Order, simulate_scenario

    run = tmp_path / "run"
    run.mkdir()
    result = simulate_scenario(Order("reference", 2021, 2024), read_glossary(), lambda _: None)
    results_of(result).to_netcdf(run / "results.nc")
    (run / "run.json").write_text(json.dumps({"norrsim": "0.1.0", "scenario": {"name": "reference"}}))
    table = pd.read_csv(HISTORY / "municipality_year.csv", dtype={"municipality": str})
    names = ["population", "births", "deaths", "in_migration", "net_migration", "jobs", "dwellings_completed"]
    new = table[table["year"] > 2021].melt(["municipality", "year"], names, "measure")
    order = TrackOrder(write(new, tmp_path / "new.csv"), run=run, out=tmp_path / "tracked")
    track(order, publication(order.folder), lambda _: None)
    parts = pd.read_csv(order.folder / "contributions.csv", dtype={"area": str})
    sums = parts.groupby("area")[["persons"]].sum()["persons"]
    assert sums.to_numpy() == pytest.approx(parts.groupby("area")["error"].first().to_numpy(), abs=0.1)
    jobs = parts[parts["part"] == "jobs"].set_index("area")["persons"]
    assert jobs["2482"] == jobs.drop(["24", "25", "24+25"]).max()


@pytest.mark.slow
def test_more_jobs_in_one_place_bring_people_there():
    from calibration.track.answers import model_answers

    wanted = np.zeros((3, len(CODES)))
    wanted[:, AT] = [100.0, 200.0, 300.0]
    answer = model_answers("reference", 2021)(Surprise((2022, 2023, 2024), {"jobs": wanted}))["jobs"]
    people = answer["births"] - answer["deaths"] + answer["in_migration"] - answer["out_migration"]
    assert people.argmax() == AT
    assert 0 < people[AT] < 3 * 300
    assert np.abs(np.delete(people, AT)).max() < 0.2 * people[AT]
