"""The search for what it would take, in a tiny world whose answers are known."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.sensitivity.runs import Store
from scenarios.target.linear import Values, search
from scenarios.target.search import pareto
from scenarios.target.statistics import quantile, weights
from tests.target_support import BUDGET, COSTS, LEVERS, TinyWorld, tiny_answer


def used_levers(answer):
    return {lever for lever, handles in LEVERS.items() if answer.mix.point[handles].any()}


def test_the_smooth_quantile_weighs_every_run_and_lies_at_its_share():
    values = np.arange(101.0)
    assert weights(101, 0.2).sum() == pytest.approx(1)
    assert quantile(values, 0.5) == pytest.approx(50)
    assert quantile(values, 0.2) == pytest.approx(20, abs=1)
    assert quantile(values + 7, 0.2) == pytest.approx(quantile(values, 0.2) + 7)


def test_a_linear_problem_is_solved_exactly_and_its_price_is_the_dual():
    def evaluate(points):  # as much of both as the purse of 1.2 allows; the first is worth twice the second
        return Values(-points @ np.array([2.0, 1.0]), (points.sum(axis=1) - 1.2)[:, None])

    found = search(evaluate, np.zeros(2), 20, lambda *_: None)
    assert found.point == pytest.approx([1.0, 0.2], abs=1e-6)
    assert found.prices == pytest.approx([1.0], abs=1e-6)
    assert found.settled
    assert found.allowed


def test_a_curved_problem_is_solved_from_every_corner():
    def evaluate(points):
        return Values(((points - 0.3) ** 2).sum(axis=1), np.zeros((len(points), 0)))

    for corner in (np.zeros(3), np.ones(3), np.array([0.0, 1.0, 0.5])):
        assert search(evaluate, corner, 60, lambda *_: None).point == pytest.approx([0.3] * 3, abs=0.06)


def test_handles_that_may_not_move_stay():
    free = np.array([True, False])
    found = search(
        lambda p: Values(-p.sum(axis=1), np.zeros((len(p), 1)) - 1), np.array([0.0, 0.4]), 10, lambda *_: None, free
    )
    assert found.point.tolist() == [1.0, 0.4]


def test_the_target_is_reached_in_as_many_runs_as_wished():
    answer = tiny_answer(40.0)
    assert answer.reached
    assert answer.mix.share >= 0.8
    assert answer.mix.cost < answer.furthest.cost


@pytest.mark.parametrize("smallest", [False, True])
@pytest.mark.parametrize("target", [12.0, 18.0, 33.0, 52.0])
def test_a_mix_that_is_told_to_reach_the_target_does_so_in_enough_of_the_runs_searched(target, smallest):
    answer = tiny_answer(target, smallest=smallest, probability=0.79)
    assert answer.reached
    assert answer.mix.reached >= 0.79 * len(answer.mix.outcomes)


def test_the_cheapest_krona_is_used_first():
    answer = tiny_answer(20.0)
    homes_elsewhere = answer.mix.point[1]  # 20 for 10: the best krona
    assert homes_elsewhere > 0.8
    assert answer.mix.point[[2, 3, 4]].sum() == 0


@pytest.mark.parametrize("smallest", [False, True])
def test_a_looser_target_never_costs_more(smallest):
    costs = [tiny_answer(target, smallest=smallest).mix.cost for target in (10.0, 20.0, 30.0, 45.0, 55.0)]
    assert costs == sorted(costs)
    assert costs[0] < costs[-1]


def test_a_lower_probability_never_costs_more():
    costs = [tiny_answer(35.0, probability=share).mix.cost for share in (0.5, 0.7, 0.9)]
    assert costs == sorted(costs)


def test_the_smallest_mix_has_no_more_levers_than_the_cheapest():
    for target in (15.0, 40.0, 55.0):
        small, cheap = tiny_answer(target, smallest=True), tiny_answer(target)
        assert small.reached
        assert small.mix.share >= 0.8
        assert len(used_levers(small)) <= len(used_levers(cheap))


def test_a_lever_that_works_against_the_target_is_left_out():
    answer = tiny_answer(100.0)
    assert "trap" not in used_levers(answer)
    alone = {each.lever: each.trial for each in answer.alone if each.handle is None}
    assert alone["trap"].level < answer.reference.level < alone["homes"].level


def test_what_cannot_be_reached_is_said_with_how_far_one_gets():
    answer = tiny_answer(500.0)
    assert not answer.reached
    assert answer.mix.share == 0
    assert answer.mix.level == pytest.approx(answer.furthest.level, rel=0.02)
    assert answer.furthest.level < 500


def test_a_limit_that_binds_is_named_with_what_it_costs():
    limited = tiny_answer(500.0, limits=(replace(BUDGET, bound=50.0),))
    free = tiny_answer(500.0)
    (price,) = limited.prices
    assert price.bound == 50
    assert price.eased == pytest.approx(55)
    assert limited.furthest.limits[0] <= 50.1
    assert 0 < price.gain < free.furthest.level - limited.furthest.level
    more = tiny_answer(500.0, limits=(replace(BUDGET, bound=55.0),))
    assert price.gain == pytest.approx(more.furthest.level - limited.furthest.level, rel=0.2)
    assert free.prices == ()


def test_a_limit_that_the_reference_breaks_may_not_get_worse():
    broken = replace(BUDGET, bound=-5.0)
    answer = tiny_answer(40.0, limits=(broken,))
    assert answer.broken == (0,)
    assert answer.bounds.tolist() == [0.0]
    assert not answer.reached


def test_a_ceiling_is_a_target_too():
    answer = tiny_answer(-40.0, world=TinyWorld(sign=-1.0))
    assert answer.reached
    assert (answer.mix.outcomes <= -40.0).mean() >= 0.8
    assert answer.mix.level < answer.reference.level


def test_no_measures_are_taken_when_none_are_needed():
    answer = tiny_answer(1.0, probability=0.5)
    assert answer.reached
    assert answer.mix.cost == 0


def test_strengths_are_hundredths():
    point = 100 * tiny_answer(37.0).mix.point
    assert point == pytest.approx(np.round(point), abs=1e-9)


def test_the_frontier_rises_with_its_cost():
    best = pareto(tiny_answer(55.0).frontier, 1.0)
    assert [trial.cost for trial in best] == sorted(trial.cost for trial in best)
    assert [trial.level for trial in best] == sorted(trial.level for trial in best)
    assert best[0].cost == 0
    assert len(best) >= 4


def test_costs_are_those_of_the_strengths():
    answer = tiny_answer(45.0)
    assert answer.mix.costs == pytest.approx(answer.mix.point * COSTS)


def test_a_stopped_search_goes_on_and_ends_with_the_same_answer(tmp_path):
    whole = tiny_answer(45.0)
    with pytest.raises(KeyboardInterrupt):
        tiny_answer(45.0, world=TinyWorld(stops_after=9), store=Store(tmp_path))
    world = TinyWorld()
    resumed = tiny_answer(45.0, world=world, store=Store(tmp_path))
    assert world.calls == whole_calls() - 9
    assert resumed.mix.point.tolist() == whole.mix.point.tolist()
    assert resumed.mix.outcomes.tolist() == whole.mix.outcomes.tolist()
    assert [t.cost for t in resumed.frontier] == [t.cost for t in whole.frontier]
    assert [p.gain for p in resumed.prices] == [p.gain for p in whole.prices]


def whole_calls():
    world = TinyWorld()
    tiny_answer(45.0, world=world)
    return world.calls


def test_a_point_is_computed_once():
    world = TinyWorld()
    tiny_answer(45.0, world=world)
    assert len({point.tobytes() for point in world.points}) == len(world.points)
