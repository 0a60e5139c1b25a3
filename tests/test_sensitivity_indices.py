"""The indices against functions whose indices are known, and how runs are kept and gone on with."""

from collections.abc import Iterable, Iterator

import numpy as np
import pytest

from scenarios.sensitivity.convergence import convergence, relative
from scenarios.sensitivity.order import SensitivityOrder
from scenarios.sensitivity.runs import Runner, Store
from scenarios.sensitivity.screening import HIGHEST, LOWEST, elementary_effects, screen, trajectories
from scenarios.sensitivity.study import Findings, important, study
from scenarios.sensitivity.tornado import HIGH, LOW
from scenarios.sensitivity.variance import OTHERS, saltelli_points, shares_of_variance

ISHIGAMI_TOTAL = [0.5576, 0.4424, 0.2437, 0.0]
ISHIGAMI_FIRST = [0.3139, 0.4424, 0.0, 0.0]
"""Ishigami & Homma 1990 with a = 7, b = 0.1: analytical."""
G_WEIGHTS = np.array([0.0, 0.5, 3.0, 9.0, 99.0, 99.0])


class Function:
    """A function of points as a computer of blocks; counts the points, and may be interrupted."""

    size = 50

    def __init__(self, function, stop_after=None):
        self.function, self.stop_after, self.points = function, stop_after, 0

    def compute(self, blocks: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
        """The values of each block."""
        for number, block in enumerate(blocks):
            if number == self.stop_after:
                raise KeyboardInterrupt
            self.points += len(block)
            yield self.function(block)


def ishigami(points):
    """The Ishigami function of the first three inputs; the fourth does nothing."""
    x = np.pi * (2 * points[:, :3] - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(points):
    """Sobol's g-function: the smaller an input's weight, the more it matters."""
    return np.prod((np.abs(4 * points - 2) + G_WEIGHTS) / (1 + G_WEIGHTS), axis=1)


def g_totals():
    """The analytical total indices of the g-function (Saltelli et al. 2008, Global Sensitivity Analysis, ch. 4)."""
    parts = 1 / (3 * (1 + G_WEIGHTS) ** 2)
    whole = np.prod(1 + parts) - 1
    return [part * np.prod(np.delete(1 + parts, at)) / whole for at, part in enumerate(parts)]


def analysed(function, names, store=None, **options) -> Findings:
    """The findings about a function of named inputs."""
    computer = function if isinstance(function, Function) else Function(function)
    return study(names, SensitivityOrder(**options), Runner(computer, store or Store(), lambda _: None))


def test_total_and_first_order_shares_of_the_ishigami_function_are_the_analytical_ones():
    found = analysed(lambda p: ishigami(p)[:, None], "abcd", method="sobol", samples=2048)
    assert found.shares is not None
    assert found.shares.drivers == tuple("abcd")
    assert found.shares.total[0] == pytest.approx(ISHIGAMI_TOTAL, abs=0.02)
    assert found.shares.first[0] == pytest.approx(ISHIGAMI_FIRST, abs=0.02)


def test_the_intervals_of_the_shares_hold_the_analytical_ones():
    found = analysed(lambda p: ishigami(p)[:, None], "abcd", method="sobol", samples=256)
    assert found.shares is not None
    assert np.all(np.abs(found.shares.total[0] - ISHIGAMI_TOTAL) <= found.shares.total_interval[0] + 1e-4)


def test_screening_and_shares_of_the_g_function_agree_with_its_weights():
    found = analysed(lambda p: sobol_g(p)[:, None], "abcdef", samples=2048, trajectories=64)
    assert found.screening is not None
    assert found.shares is not None
    assert np.argsort(-found.screening.mu_star[0])[:4].tolist() == [0, 1, 2, 3]
    assert found.shares.drivers == ("a", "b", OTHERS)
    assert found.shares.total[0, :2] == pytest.approx(g_totals()[:2], abs=0.03)
    assert found.shares.total[0, 2] < 0.1


def test_inputs_not_told_one_by_one_vary_together_and_their_share_is_theirs():
    points = saltelli_points("abcdef", "bd", 2048, 3)
    shares = shares_of_variance("abcdef", "bd", sobol_g(points)[:, None], 3)
    assert shares.drivers == (OTHERS, "b", "d")
    assert shares.total[0, 1:] == pytest.approx([g_totals()[1], g_totals()[3]], abs=0.03)
    assert shares.total[0, 0] > g_totals()[0]


def test_effects_of_a_sum_are_its_weights_over_the_way_that_inputs_move():
    weights = np.array([3.0, -2.0, 0.0])
    points = trajectories("abc", 6, 1)
    found = screen("abc", points, (points @ weights)[:, None], 1)
    assert found.mu[0] == pytest.approx(weights * (HIGHEST - LOWEST))
    assert found.mu_star[0] == pytest.approx(np.abs(weights) * (HIGHEST - LOWEST))
    assert found.sigma[0] == pytest.approx(0, abs=1e-9)


def test_own_elementary_effects_are_those_of_the_library():
    points = trajectories("abcd", 8, 2)
    values = ishigami(points)[:, None]
    found, own = screen("abcd", points, values, 2), elementary_effects(points, values)
    assert np.abs(own).mean(axis=0) == pytest.approx(found.mu_star)
    assert own.std(axis=0, ddof=1) == pytest.approx(found.sigma)


def test_one_input_at_a_time_shows_both_ends_and_the_way_back():
    found = analysed(lambda p: np.stack([10 * p[:, 0], (p[:, 1] - 0.5) ** 2], 1), "ab", method="morris", trajectories=4)
    assert found.swings.low[0] == pytest.approx([10 * LOW, 5])
    assert found.swings.high[0] == pytest.approx([10 * HIGH, 5])
    assert found.swings.size[1] == pytest.approx([0, 0.16])


def test_an_outcome_that_nothing_moves_or_that_is_no_number_is_marked_and_harms_no_other():
    def function(points):
        undefined = np.where(points[:, 0] > 0.9, np.inf, 1.0)
        return np.stack([np.full(len(points), 5.0), undefined, points[:, 0]], axis=1)

    found = analysed(function, "ab", samples=32, trajectories=4)
    assert found.moves.tolist() == [False, False, True]
    assert found.defined.tolist() == [True, False, True]
    assert found.shares is not None
    assert np.isnan(found.shares.total[:2]).all()
    assert found.shares.total[2, 0] == pytest.approx(1, abs=0.1)
    assert found.shares_settled[0] is found.shares_settled[1] is None


def test_when_nothing_moves_at_all_no_shares_are_computed():
    found = analysed(lambda p: np.ones((len(p), 1)), "ab", samples=32, trajectories=4)
    assert found.told == ()
    assert found.shares is None


def test_an_input_that_matters_for_one_outcome_alone_is_told():
    mu_star = np.array([[100.0, 50.0, 0.0, 1.0], [0.0, 0.0, 0.001, 0.0], [0.0, 0.0, 0.0, 0.0], [np.nan] * 4])
    assert important("abcd", mu_star) == ("a", "b", "c")
    assert important("abcd", mu_star, most=2) == ("a", "c")


def test_inputs_are_told_until_those_left_out_hold_a_tenth_of_the_squared_effects():
    assert important("abc", np.array([[3.0, 0.9, 0.4]])) == ("a",)
    assert important("abc", np.array([[3.0, 1.1, 0.4]])) == ("a", "b")


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_numbers_and_another_seed_others(seed):
    def run(seed):
        return analysed(lambda p: ishigami(p)[:, None], "abcd", seed=seed, samples=32, trajectories=4)

    first, again, other = run(seed), run(seed), run(seed + 1)
    assert first.shares is not None
    assert again.shares is not None
    assert other.shares is not None
    assert np.array_equal(first.shares.total_interval, again.shares.total_interval)
    assert np.array_equal(first.shares.total, again.shares.total)
    assert not np.array_equal(first.shares.total, other.shares.total)


def test_interrupted_work_goes_on_where_it_stopped_and_ends_the_same(tmp_path):
    options = {"samples": 32, "trajectories": 20}
    store = Store(tmp_path / "blocks")
    with pytest.raises(KeyboardInterrupt):
        analysed(Function(lambda p: ishigami(p)[:, None], stop_after=2), "abcd", store, **options)
    resumed, whole = (Function(lambda p: ishigami(p)[:, None]) for _ in range(2))
    found = analysed(resumed, "abcd", store, **options)
    expected = analysed(whole, "abcd", **options)
    assert resumed.points == whole.points - 2 * Function.size
    assert found.shares is not None
    assert expected.shares is not None
    assert np.array_equal(found.shares.total, expected.shares.total)
    store.clear()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_block_is_computed_again(tmp_path):
    store, points = Store(tmp_path), np.full((3, 2), 0.5)
    store.put(points, np.ones((3, 1)))
    next(tmp_path.iterdir()).write_bytes(b"half")
    assert store.get(points) is None


def test_few_runs_are_told_apart_from_enough():
    few = analysed(lambda p: ishigami(p)[:, None], "abcd", method="sobol", samples=16).shares_settled[0]
    many = analysed(lambda p: ishigami(p)[:, None], "abcd", method="sobol", samples=8192).shares_settled[0]
    assert few is not None
    assert many is not None
    assert not few.numbers
    assert not few.order
    assert many.order
    assert many.screening
    assert many.widest < few.widest / 5


def test_swaps_among_unimportant_inputs_do_not_unsettle_the_order():
    index = np.array([0.9, 0.001, 0.001])
    noise = np.random.default_rng(1).normal(0, 0.0005, (100, 2))
    replicates = np.column_stack([np.full(100, 0.9), 0.001 + np.abs(noise)])
    found = convergence(index, replicates)
    assert found.order
    assert found.screening
    assert convergence(*relative(index * 1e9, replicates * 1e9)).order


def test_swaps_among_important_inputs_unsettle_the_order():
    replicates = np.array([[0.6, 0.5, 0.4], [0.4, 0.5, 0.6]] * 20)
    found = convergence(np.array([0.5, 0.5, 0.5]), replicates)
    assert not found.order
    assert not found.numbers
