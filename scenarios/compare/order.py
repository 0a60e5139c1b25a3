"""What a user asks of a comparison, checked before anything is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scenarios.compare.shapley import ORDERS
from scenarios.ensemble.order import BACKENDS, LARGEST_SEED
from scenarios.problems import Problem, ScenarioError

FEWEST_MEMBERS, FEWEST_ORDERS = 2, 2


@dataclass(frozen=True)
class CompareOrder:
    """Scenarios to compare with the first of them; one alone is compared with its baseline.

    `members`: pairs of runs with the same chance behind the bands (0: none). `start`, `until`: years that replace the
    scenarios'; without `start` the runs start as ensembles do, at the end of the last year observed. `orders`: pairs of
    orders behind the shares when there are too many assumptions to try every combination. `backend` None: the fastest.
    """

    scenarios: tuple[str, ...]
    members: int = 0
    seed: int = 1
    start: int | None = None
    until: int | None = None
    fit: str | Path | None = None
    force: bool = False
    workers: int | None = None
    backend: str | None = None
    orders: int = ORDERS


def check_order(order: CompareOrder) -> None:
    """Raise ScenarioError with everything that is wrong with what was asked."""
    from calibration.fit.stored import find_fit

    problems = list(_problems(order))
    if problems:
        raise ScenarioError(problems)
    find_fit(order.fit)


def _problems(order: CompareOrder) -> Iterator[Problem]:
    if not order.scenarios:
        yield Problem("compare", "no scenario was named.", "For example: sim.py compare reference flagships-fail")
    if order.members and order.members < FEWEST_MEMBERS:
        what = f"a band needs at least {FEWEST_MEMBERS} pairs of runs."
        yield Problem(f"--members {order.members}", what, "Bands begin to be steady at some hundreds; 0 is no band.")
    if not 0 <= order.seed <= LARGEST_SEED:
        what = f"a seed is a whole number from 0 to {LARGEST_SEED}."
        yield Problem(f"--seed {order.seed}", what, "Any will do; the same one gives the same members again.")
    if order.workers is not None and order.workers < 1:
        what = "at least one process has to compute."
        yield Problem(f"--workers {order.workers}", what, "Without --workers each core of this machine has one.")
    if order.orders < FEWEST_ORDERS:
        what = f"an error cannot be told from fewer than {FEWEST_ORDERS} pairs of orders."
        yield Problem(f"--orders {order.orders}", what, f"The usual number is {ORDERS}.")
    if order.backend not in (None, *BACKENDS):
        yield Problem(f"--backend {order.backend}", "this is not a back end.", f"Known: {', '.join(BACKENDS)}.")
