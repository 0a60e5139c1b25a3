"""The laws of Shapley values, on games made up."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from scenarios.compare.shapley import EXACT, Ends, Game, Shares, coalitions, shapley, weights

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FAR = 1e-9


def tables(players: int, outputs: int = 2) -> st.SearchStrategy[Floats]:
    """Games as tables: a value for each coalition, in the order of `coalitions`."""
    size = outputs * 2**players
    numbers = st.lists(st.floats(-1e3, 1e3), min_size=size, max_size=size)
    return numbers.map(lambda values: np.array(values).reshape(2**players, outputs))


def game_of(table: Floats) -> Game:
    """The game that a table tells of."""
    players = int(np.log2(len(table)))
    return lambda members: table[members @ (1 << np.arange(players))]


def play(table: Floats) -> Shares:
    """The shares of a game told by a table."""
    return shapley(int(np.log2(len(table))), Ends(table[0], table[-1]), game_of(table))


@settings(max_examples=40)
@given(tables(4))
def test_shares_add_up_to_what_everybody_changes(table):
    assert play(table).values.sum(axis=0) == pytest.approx(table[-1] - table[0], abs=FAR)


@settings(max_examples=40)
@given(tables(3))
def test_a_player_who_adds_nothing_gets_nothing(table):
    idle = np.concatenate([table, table])  # a fourth player whose joining changes no value
    found = play(idle)
    assert found.values[3] == pytest.approx(0.0, abs=FAR)
    assert found.values[:3] == pytest.approx(play(table).values, abs=FAR)


@settings(max_examples=40)
@given(tables(4))
def test_players_who_add_alike_get_alike(table):
    swapped = coalitions(4)[:, [1, 0, 2, 3]] @ (1 << np.arange(4))
    alike = (table + table[swapped]) / 2
    found = play(alike)
    assert found.values[0] == pytest.approx(found.values[1], abs=FAR)


@settings(max_examples=40)
@given(tables(3), tables(3))
def test_shares_of_two_games_add_up(one, two):
    assert play(one + two).values == pytest.approx(play(one).values + play(two).values, abs=FAR)


@settings(max_examples=40)
@given(tables(4, outputs=1))
def test_shares_are_means_over_all_orders(table):
    game, orders = game_of(table), list(permutations(range(4)))
    expected = np.zeros((4, 1))
    for order in orders:
        joined = np.zeros(4, dtype=bool)
        for player in order:
            before = game(joined[None])[0]
            joined[player] = True
            expected[player] += (game(joined[None])[0] - before) / len(orders)
    assert play(table).values == pytest.approx(expected, abs=FAR)


def test_the_weights_of_a_player_s_coalitions_balance():
    counted = weights(coalitions(5))
    assert counted.sum(axis=1) == pytest.approx(0.0)
    assert np.where(counted > 0, counted, 0).sum(axis=1) == pytest.approx(1.0)


def test_nobody_to_share_among_and_one_who_gets_all():
    ends = Ends(np.array([1.0]), np.array([4.0]))
    assert shapley(0, ends, _never).values.shape == (0, 1)
    assert shapley(1, ends, _never).values.tolist() == [[3.0]]


def _never(members: Flags) -> Floats:
    raise AssertionError(f"nothing lies between nobody and everybody, yet {members} was asked for")


def _many(players: int) -> tuple[Ends, Game]:
    """Effects of each player and of neighbours together."""
    generator = np.random.default_rng(7)
    alone, together = generator.normal(size=players), generator.normal(size=players - 1)

    def game(members: Flags) -> Floats:
        pairs = members[:, :-1] & members[:, 1:]
        return np.asarray((members @ alone + pairs @ together)[:, None])

    nobody, everybody = game(np.zeros((1, players), dtype=bool))[0], game(np.ones((1, players), dtype=bool))[0]
    return Ends(nobody, everybody), game


def test_with_many_players_a_sample_of_orders_adds_up_and_tells_its_error():
    players = EXACT + 4
    ends, game = _many(players)
    found = shapley(players, ends, game, orders=40)
    assert not found.exact
    assert found.values.sum(axis=0) == pytest.approx(ends.everybody - ends.nobody)
    alone = game(np.eye(players, dtype=bool))[:, 0]
    both = game(np.tri(players, k=0, dtype=bool) & ~np.tri(players, k=-2, dtype=bool))[1:, 0] - alone[1:] - alone[:-1]
    true = alone + np.append(both, 0.0) / 2 + np.append(0.0, both) / 2
    assert np.all(np.abs(found.values[:, 0] - true) <= 4 * found.error[:, 0] + FAR)


def test_an_order_and_its_reverse_leave_no_error_where_players_only_meet_in_pairs():
    players = EXACT + 2
    ends, game = _many(players)
    found = shapley(players, ends, game, orders=3)
    assert found.error.max() == 0.0
    assert not found.exact


def test_few_players_are_told_exactly():
    ends, game = _many(5)
    found = shapley(5, ends, game)
    assert found.exact
    assert found.coalitions == 2**5 - 2
