"""What an ensemble is asked to do, and the real model under it."""

import dataclasses
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import sim
from model.engine import annual, simulate
from model.engine.jax_backend import BackendMissingError
from model.language import load_model
from scenarios.chance import read_chance
from scenarios.ensemble import EnsembleOrder, Progress, open_members, run_ensemble
from scenarios.ensemble.identity import identity
from scenarios.ensemble.keep import ALWAYS, STANDARD, choose_kept
from scenarios.ensemble.order import check_order, chosen_backend, worker_count
from scenarios.ensemble.progress import progress_shown, wait_in_words
from scenarios.problems import ScenarioError
from scenarios.run import Order, prepare

SEED, MEMBERS, UNTIL = 7, 3, 2026
ORDER = EnsembleOrder("reference", MEMBERS, SEED, Path("out"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"members": 0}, "--members 0: an ensemble has at least one member."),
        ({"members": -5}, "--members -5: an ensemble has at least one member."),
        ({"seed": -1}, "--seed -1: a seed is a whole number from 0 to "),
        ({"workers": 0}, "--workers 0: at least one process has to compute."),
        ({"workers": 2, "cluster": "tcp://a:1"}, "--workers 2 --cluster tcp://a:1: both were given"),
        ({"backend": "abacus"}, "--backend abacus: this is not a back end.\n  Known: loops, jax, numpy."),
        ({"fit": Path("none.nc")}, "--fit none.nc: there is no such fit.\n  There are: "),
    ],
)
def test_an_order_that_makes_no_ensemble_is_told(change, words):
    with pytest.raises(ScenarioError) as told:
        check_order(dataclasses.replace(ORDER, **change))
    assert str(told.value).startswith(words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--members", "0"), "--members 0: an ensemble has at least one member."),
        (("--workers", "-1"), "--workers -1: at least one process has to compute."),
        (("--fit", "none.nc"), "--fit none.nc: there is no such fit."),
    ],
)
def test_a_mistake_on_the_command_line_is_one_message(tmp_path, words, message):
    result = CliRunner().invoke(sim.app, ["ensemble", *words, "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert result.output.startswith(message)
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_with_an_order_is_told_at_once():
    with pytest.raises(ScenarioError) as told:
        check_order(dataclasses.replace(ORDER, members=0, seed=-1))
    assert [problem.where for problem in told.value.problems] == ["--members 0", "--seed -1"]


def test_the_command_of_an_order_asks_for_the_same():
    order = dataclasses.replace(ORDER, keep=("births", "deaths"), start=2020, out=Path("my runs"))
    assert order.command() == (
        f"python sim.py ensemble reference --members {MEMBERS} --seed {SEED} --keep births,deaths --from 2020 "
        "--out 'my runs'"
    )


def test_what_the_user_leaves_open_is_chosen():
    assert chosen_backend("numpy") == "numpy"
    assert chosen_backend(None) in ("loops", "jax", "numpy")
    assert worker_count(3) == 3
    assert 1 <= worker_count(None) <= (os.cpu_count() or 1)


def test_jax_asked_for_and_not_installed_is_told(monkeypatch):
    monkeypatch.setattr("scenarios.ensemble.order.find_spec", lambda _: None)
    assert chosen_backend(None) == "numpy"
    with pytest.raises(BackendMissingError, match="the JAX back end needs the package 'jax'"):
        chosen_backend("jax")


@pytest.fixture(scope="module")
def real_model():
    """The model itself."""
    return load_model()


def test_the_standard_results_are_kept_unless_others_are_named(real_model):
    standard = {each.name for each in choose_kept(real_model, None)}
    assert standard == set(STANDARD)
    assert {each.name for each in choose_kept(real_model, ("In Migration by Sex",))} == {ALWAYS, "in_migration_by_sex"}
    assert {each.name for each in choose_kept(real_model, ("standard", "Population"))} == standard | {"population"}


def test_the_order_in_which_results_are_named_does_not_matter(real_model):
    assert choose_kept(real_model, ("deaths", "births")) == choose_kept(real_model, ("births", "deaths"))


def test_unknown_results_are_told_with_the_nearest_one(real_model):
    with pytest.raises(ScenarioError) as told:
        choose_kept(real_model, ("birhts", "family size"))
    text = str(told.value)
    assert "--keep birhts: 'birhts' is not a known result.\n  Did you mean 'births'? " in text
    assert "All of them: sim.py list outputs." in text
    assert "--keep family_size: " in text


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small ensemble of the real model on the NumPy back end."""
    folder = tmp_path_factory.mktemp("ensembles") / "small"
    keep = ("births", "population_by_sex")
    order = EnsembleOrder("reference", MEMBERS, SEED, folder, keep=keep, workers=1, until=UNTIL, backend="numpy")
    said: list[str] = []
    return run_ensemble(order, said.append), said


def test_an_ensemble_tells_what_it_computes_and_how_large_it_gets(small):
    ensemble, said = small
    assert ensemble.computed == MEMBERS
    assert said[1].startswith(f"Computing {MEMBERS} members 2024-{UNTIL} on numpy, 3 results each, at most 0.0")


def test_a_member_is_the_run_with_its_draws(small):
    ensemble, _ = small
    members = open_members(ensemble.folder)
    prepared = prepare(Order("reference", 2024, UNTIL))
    chance = read_chance(prepared.model, prepared.inputs, prepared.fit)
    inputs = prepared.inputs.copy()
    for name, values in chance.draw(SEED, range(1, 2)).items():
        variable = prepared.model.variables[name]
        timed = ("time",) if values.ndim > 1 + len(variable.dims) else ()
        inputs = inputs.drop_vars(variable.name).assign({variable.name: ((*timed, *variable.dims), values[0])})
    run = annual(simulate(prepared.model, inputs, ["total population", "births", "population by sex"]))
    for result in map(str, run.data_vars):
        np.testing.assert_allclose(members[result].isel(member=1).values, run[result].values, rtol=1e-5, err_msg=result)
    assert np.isnan(members["births"].sel(year=2024)).all()


def test_members_differ_from_each_other(small):
    births = open_members(small[0].folder)["births"].sel(year=UNTIL).values
    assert len({row.tobytes() for row in births}) == MEMBERS


def test_other_years_and_another_seed_in_the_same_folder_are_refused(small):
    ensemble, _ = small
    with pytest.raises(ScenarioError) as told:
        run_ensemble(dataclasses.replace(ensemble.order, until=UNTIL + 1, seed=8), lambda _: None)
    text = str(told.value)
    assert "another ensemble stands here (3 of its 3 members are saved); it is left as it is." in text
    assert f"- years: [2024, {UNTIL}] there, [2024, {UNTIL + 1}] here" in text
    assert "- seed: 7 there, 8 here" in text
    assert " more\n" in text


def test_the_plan_tells_what_the_numbers_depend_on(small):
    plan = small[0].plan
    assert plan["model"]["sha256"] == small[0].model.hash
    assert plan["years"] == [2024, UNTIL]
    assert plan["engine"]["packages"].keys() == {"numpy", "scipy", "xarray"}
    assert plan["engine"] | identity("numpy") == plan["engine"]
    assert plan["inputs"].keys() >= {"project delay", "fertility noise"}
    assert "time" not in str(plan.keys())


def test_progress_is_told_in_words(capsys):
    assert Progress(100, 1000, 50, 10.0).in_words() == "100 of 1000 members, 5 a second, about 3 min left"
    assert Progress(1000, 1000, 50, 10.0).in_words() == "1000 of 1000 members"
    assert [wait_in_words(seconds) for seconds in (59, 600, 9000)] == ["59 s", "10 min", "2.5 h"]
    with progress_shown() as shown:
        shown.say("Reading")
        for saved in (0, 1, 2, 3):
            shown.members(Progress(saved, 3, saved, 1.0))
    assert capsys.readouterr().err.splitlines() == ["Reading …", "0 of 3 members", "3 of 3 members"]


def test_a_bar_moves_on_a_terminal(monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress_shown() as shown:
        shown.say("Reading")
        shown.members(Progress(1, 3, 1, 1.0))
