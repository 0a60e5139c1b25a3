"""Shapley values: what each player adds to a game, averaged over all orders in which the players may join.

A game gives a number (or an array of numbers) to every coalition of players, a set of them. The shares of Shapley
(1953, Contributions to the Theory of Games II) are the only ones that add up to the whole game's value less that of
nobody (efficiency), are alike for players that add alike (symmetry), are nothing for one that adds nothing (null
player) and add up over games (additivity). With few players every coalition is played; with many a sample of orders,
each with its reverse (Mitchell, Cooper, Frank & Holmes 2022, Journal of Machine Learning Research 23:43): the shares
add up all the same, since each order's do, and their standard error is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Game = Callable[[Flags], Floats]
"""Values (coalitions, …) of coalitions (coalitions, players)."""
EXACT = 10
"""Players up to which every coalition is played: 1 024 of them."""
ORDERS = 64
"""Pairs of orders drawn with more players; the error falls with the root of it."""
AT_ONCE = 64
"""Coalitions asked of a game at once."""
SEED = 1
ROUNDING = 1e-12
"""Relative spread of squares below which a share is the same in every pair of orders."""
FEWEST = 2
"""Players with which there is more than one order."""


@dataclass(frozen=True)
class Shares:
    """Shares (players, …) of the difference between everybody and nobody; error: their standard error, 0 when exact.

    coalitions: how many were played beside everybody and nobody; exact: these are all there are.
    """

    values: Floats
    error: Floats
    coalitions: int
    exact: bool = True


@dataclass(frozen=True)
class Ends:
    """The game's values (…) with nobody and with everybody."""

    nobody: Floats
    everybody: Floats


def shapley(players: int, ends: Ends, game: Game, orders: int = ORDERS) -> Shares:
    """Share of each player in what everybody together changes; `game` is asked only for coalitions between the ends."""
    shape = (players, *ends.nobody.shape)
    if players < FEWEST:
        values = np.broadcast_to(ends.everybody - ends.nobody, shape).copy()
        return Shares(values, np.zeros(shape), 0)
    return _exact(players, ends, game) if players <= EXACT else _sampled(players, ends, game, orders)


def coalitions(players: int) -> Flags:
    """Every coalition (2**players, players): nobody first, everybody last."""
    numbers = np.arange(2**players)
    return np.asarray((numbers[:, None] >> np.arange(players)) & 1, dtype=bool)


def weights(members: Flags) -> Floats:
    """What each coalition (coalitions, players) counts in the share of each player, (players, coalitions)."""
    players = members.shape[1]
    chance = [factorial(k) * factorial(players - 1 - k) / factorial(players) for k in range(players)]
    with_, without = np.array([0.0, *chance]), np.array([*chance, 0.0])
    size = members.sum(axis=1)
    return np.asarray(np.where(members, with_[size, None], -without[size, None]).T)


def _exact(players: int, ends: Ends, game: Game) -> Shares:
    everyone = coalitions(players)
    count = weights(everyone)
    values = np.multiply.outer(count[:, 0], ends.nobody) + np.multiply.outer(count[:, -1], ends.everybody)
    inside = everyone[1:-1]
    for block in _blocks(len(inside)):
        values += np.tensordot(count[:, 1:-1][:, block], game(inside[block]), axes=1)
    return Shares(_adding_up(values, ends), np.zeros(values.shape), len(inside))


def _sampled(players: int, ends: Ends, game: Game, orders: int) -> Shares:
    """Mean over pairs of orders; the error from how the pairs differ."""
    generator = np.random.default_rng(SEED)
    total = np.zeros((players, *ends.nobody.shape))
    squares = np.zeros_like(total)
    for _ in range(orders):
        order = generator.permutation(players)
        pair = (_one_order(order, ends, game) + _one_order(order[::-1], ends, game)) / 2
        total += pair
        squares += pair**2
    mean = total / orders
    spread = squares / orders - mean**2
    variance = np.where(spread > ROUNDING * mean**2, spread, 0.0) / (orders - 1)
    return Shares(_adding_up(mean, ends), np.sqrt(variance), 2 * orders * (players - 1), exact=False)


def _one_order(order: NDArray[np.int64], ends: Ends, game: Game) -> Floats:
    """What each player adds when they join in this order."""
    players = len(order)
    joined = np.tri(players, dtype=bool)[:-1]
    members = np.zeros((players - 1, players), dtype=bool)
    members[:, order] = joined
    between = [game(members[block]) for block in _blocks(len(members))]
    path = np.concatenate([ends.nobody[None], *between, ends.everybody[None]])
    added = np.empty((players, *ends.nobody.shape))
    added[order] = np.diff(path, axis=0)
    return added


def _adding_up(values: Floats, ends: Ends) -> Floats:
    """The shares without the rounding of many sums: what is left of the whole is spread evenly over them."""
    return np.asarray(values + (ends.everybody - ends.nobody - values.sum(axis=0)) / len(values))


def _blocks(count: int) -> Iterator[slice]:
    for first in range(0, count, AT_ONCE):
        yield slice(first, first + AT_ONCE)
