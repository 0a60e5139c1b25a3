"""Boxes and trees find what is planted and nothing else; words and messages of a discovery."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from outputs.discover.words import Words
from scenarios.chance import read_chance
from scenarios.discover.analyse import discover
from scenarios.discover.drawn import Drawn, Over, Thing, draw_again
from scenarios.discover.judge import HALVES, seek
from scenarios.discover.order import DiscoverOrder
from scenarios.discover.prim import MOST_CONDITIONS, Box, Condition, best_box, find_boxes, measured, prune, trajectory
from scenarios.discover.tree import grow
from scenarios.problems import ScenarioError
from scenarios.run import Order, prepare

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
RUNS, INPUTS = 1000, 30


def points(seed: int = 3) -> Floats:
    """Runs (run, input), each input between 0 and 1."""
    return np.random.default_rng(seed).random((RUNS, INPUTS))


def planted(values: Floats, noise: float = 0.05) -> Flags:
    """Hits inside a box of two inputs, 4 above 0.6 and 11 below 0.5; a few of them blurred."""
    inside = (values[:, 4] > 0.6) & (values[:, 11] < 0.5)
    return np.asarray(inside ^ (np.random.default_rng(5).random(len(values)) < noise))


def silent(_: str) -> None:
    """Tells nobody."""


def test_prim_finds_a_planted_box():
    values = points()
    box = find_boxes(values, planted(values))[0]
    limits = {each.column: (each.low, each.high) for each in box.conditions}
    assert set(limits) == {4, 11}
    assert limits[4][0] == pytest.approx(0.6, abs=0.06)
    assert limits[11][1] == pytest.approx(0.5, abs=0.06)
    assert limits[4][1] == np.inf
    assert limits[11][0] == -np.inf
    assert box.density > 0.85
    assert box.coverage > 0.75


def test_a_second_box_is_found_among_the_runs_left():
    values = points()
    hits = ((values[:, 2] > 0.75) & (values[:, 9] > 0.4)) | ((values[:, 15] < 0.3) & (values[:, 20] < 0.5))
    sides = [{(each.column, np.isfinite(each.low)) for each in box.conditions} for box in find_boxes(values, hits)[:2]]
    assert {(2, True), (9, True)} in sides
    assert {(15, False), (20, False)} in sides


def test_a_box_never_speaks_of_more_inputs_than_can_be_told():
    values = points()
    hits = values[:, :8].sum(axis=1) > 4.6
    box = best_box(values, hits)
    assert box is not None
    assert len(box.conditions) == MOST_CONDITIONS
    assert {each.column for each in box.conditions} < set(range(8))


def test_each_peel_leaves_fewer_runs():
    values = points()
    masses = [box.mass for box in trajectory(values, planted(values))]
    assert masses[0] == 1.0
    assert all(later < earlier for earlier, later in pairwise(masses))


def test_a_condition_that_could_be_chance_is_taken_out():
    values = points()
    hits = planted(values)
    loose = measured([Condition(4, 0.6, np.inf), Condition(11, -np.inf, 0.5), Condition(7, 0.05, np.inf)], values, hits)
    pruned = prune(loose, values, hits)
    assert pruned is not None
    assert [each.column for each in pruned.conditions] == [4, 11]
    assert all(each.chance < 1e-6 for each in pruned.conditions)


def test_coverage_density_and_mass_count_runs():
    values = np.array([[0.1], [0.4], [0.6], [0.9]])
    hits = np.array([False, True, True, True])
    box = measured([Condition(0, 0.5, np.inf)], values, hits)
    assert (box.coverage, box.density, box.mass) == (2 / 3, 1.0, 0.5)


def test_a_tree_finds_the_planted_box():
    values = points()
    tree = grow(values, planted(values), seed=1)
    assert tree.skill > 0.85
    assert {each.column for each in tree.leaves[0].conditions} >= {4, 11}
    assert sum(leaf.mass for leaf in tree.leaves) == pytest.approx(1.0)
    assert sum(leaf.coverage for leaf in tree.leaves) == pytest.approx(1.0)


def test_what_is_planted_holds_in_unseen_runs_and_comes_again():
    values = points()
    found = seek(values, planted(values), seed=1)
    assert found.tells
    assert found.tree_tells
    assert found.steady
    assert set(found.again) == {4, 11}
    assert min(found.again.values()) >= HALVES - 2


@pytest.mark.parametrize("seed", [1, 2])
def test_where_only_chance_decides_nothing_is_claimed(seed):
    values = points(seed)
    hits = np.random.default_rng(100 + seed).random(RUNS) < 0.3
    found = seek(values, hits, seed=seed)
    assert not found.tells
    assert not found.tree_tells


def test_too_few_hits_are_not_sought():
    values = points()
    hits = np.zeros(RUNS, dtype=bool)
    hits[:10] = True
    found = seek(values, hits, seed=1)
    assert found.boxes == ()
    assert found.tree is None


def test_all_runs_alike_have_no_box():
    assert best_box(points(), np.ones(RUNS, dtype=bool)) is None


@pytest.fixture(scope="module")
def drawn() -> tuple[Drawn, dict[str, Floats]]:
    """What five members drew, and the inputs that an ensemble would give them."""
    prepared = prepare(Order("reference", 2024, 2030, fit="none"))
    chance = read_chance(prepared.model, prepared.inputs, prepared.fit)
    people = prepared.inputs["initial population"].sum(["sex", "age"]).to_numpy()
    members = range(2, 7)
    return draw_again(chance, prepared.model, members, 1, Over(2030, people)), chance.draw(1, members)


def test_what_is_drawn_again_is_what_the_members_had(drawn):
    again, inputs = drawn
    names = [thing.name for thing in again.things]
    for name in ("chain length", "persons per moving worker", "quit rate"):
        assert again.values[:, names.index(name)] == pytest.approx(inputs[name])
    at = prepare_projects().index("stegra")
    closed = again.values[:, names.index("stegra: closure")]
    assert inputs["project closure time"][..., at].reshape(5, -1)[:, 0] == pytest.approx(closed)


def prepare_projects() -> list[str]:
    """The names of the model's projects."""
    return [str(name) for name in prepare(Order("reference", 2024, 2030, fit="none")).inputs["project"].values]


def test_a_municipality_s_question_leaves_out_what_is_about_others(drawn):
    again, _ = drawn
    own = again.of_interest("2482")
    assert {thing.place for thing in own.things} == {"", "2482"}
    assert {thing.place for thing in again.of_interest("").things} == {""}
    assert len(own.things) == own.values.shape[1]


def test_shocks_are_means_in_per_cent(drawn):
    again, inputs = drawn
    names = [thing.name for thing in again.things]
    shock = again.values[:, names.index("births shock[2480]")]
    codes = [str(code) for code in load_codes()]
    lever = inputs["fertility noise"][:, :-1, codes.index("2480")]  # the last moment begins no year of its own
    assert shock == pytest.approx(100 * np.expm1(lever.mean(axis=1)))


def load_codes() -> tuple[str, ...]:
    """The municipalities' codes."""
    from scenarios.places import read_places

    return read_places().codes


THINGS = (
    Thing("chain length", "parameter", ("chain of moves", "flyttkedja"), "dmnl", "D"),
    Thing("stegra: closure", "project", ("Stegra: closure", "Stegra: nedläggning"), "year", "judged"),
    Thing("projects: shared luck", "project", ("luck", "tur"), "luck", "judged"),
    Thing("income growth", "parameter", ("growth of income", "inkomsternas tillväxt"), "1/year", "C"),
    Thing("births shock", "shock", ("births (the region)", "födda (regionen)"), "per cent", "estimated"),
)


@pytest.mark.parametrize(
    ("condition", "english", "swedish"),
    [
        (Condition(0, 2.5, np.inf), "chain of moves above 2.5", "flyttkedja över 2,5"),
        (Condition(1, -np.inf, 2031.4), "Stegra: closure by 2031", "Stegra: nedläggning senast 2031"),
        (Condition(1, 2035.5, np.inf), "no Stegra: closure before 2035", "ingen Stegra: nedläggning före 2035"),
        (
            Condition(2, -np.inf, 0.3),
            "the luck that the projects share among the worst 30 of 100",
            "projektens gemensamma tur bland de 30 sämsta av 100",
        ),
        (
            Condition(3, 0.005, 0.012),
            "growth of income between 0.5 and 1.2 per cent a year",
            "inkomsternas tillväxt mellan 0,5 och 1,2 procent per år",
        ),
        (Condition(4, -np.inf, -2.0), "births (the region) below −2 per cent", "födda (regionen) under −2 procent"),
    ],
)
def test_conditions_in_words(condition, english, swedish):
    thing = THINGS[condition.column]
    assert Words("en").condition(condition, thing) == english
    assert Words("sv").condition(condition, thing) == swedish


def test_shares_are_told_of_ten_and_of_a_hundred_where_tens_do_not_tell_them_apart():
    words = Words("sv")
    assert words.pair(0.72, 0.41) == ("7 av 10", "4 av 10")
    assert words.pair(0.134, 0.078) == ("13 av 100", "8 av 100")
    assert words.of_ten(0.01) == "färre än 1 av 10"
    assert words.of_ten(0.0) == "inga"


def test_a_box_s_conditions_are_joined():
    box = Box((Condition(0, 2.5, np.inf), Condition(4, 1.0, np.inf)), 0.5, 0.5, 0.5)
    assert Words("en").conditions(box, THINGS) == "chain of moves above 2.5 and births (the region) above 1 per cent"


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (DiscoverOrder("reference", failing="bankrupt"), "--failing bankrupt: this is no kind of failing"),
        (DiscoverOrder("reference", target=0), "a need is a number of people above 0"),
        (DiscoverOrder("reference", members=20), "conditions cannot be told apart in fewer than 100 runs"),
        (DiscoverOrder("reference", municipalities=("Lund",)), "'Lund' is not a known municipality"),
        (DiscoverOrder("nowhere"), "there is no such folder"),
    ],
)
def test_mistakes_are_told(order, words):
    with pytest.raises(ScenarioError, match=words):
        discover(order, silent)


def test_a_folder_without_an_ensemble_is_told(tmp_path):
    with pytest.raises(ScenarioError, match="there is no ensemble here"):
        discover(DiscoverOrder(str(tmp_path)), silent)
