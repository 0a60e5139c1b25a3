"""What a user asks of a discovery, checked before anything is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scenarios.problems import Problem, ScenarioError

FAILINGS = ("accumulated", "tax-base", "services")
THRESHOLDS = {"accumulated": -1000.0, "tax-base": -2.0, "services": 98.0}
"""Below which a municipality's economy counts as failing, unless the user says otherwise; units in FAILING_UNITS."""
FAILING_UNITS = {
    "accumulated": ("SEK per inhabitant", "kronor per invånare"),
    "tax-base": ("per cent against the region since the first year", "procent mot regionen sedan första året"),
    "services": ("per cent of the base year's level", "procent av basårets nivå"),
}
NEEDED = {"accumulated": "accumulated_result", "tax-base": "tax_base_per_inhabitant", "services": "service_level"}
"""The result that tells of each kind of failing."""
FEWEST_MEMBERS = 100


@dataclass(frozen=True)
class DiscoverOrder:
    """Where to look and for what.

    `given`: the folder of an ensemble, or a scenario, of which one is made at `ensemble`. `target`, `by`: number of new
    residents and year that replace the scenario's; `municipalities`: whose economies to look at (empty: those that fail
    in some runs and not in others, the largest first); `failing`, `threshold`: what counts as failing.
    """

    given: str
    ensemble: Path | None = None
    target: int | None = None
    by: int | None = None
    municipalities: tuple[str, ...] = ()
    failing: str = FAILINGS[0]
    threshold: float | None = None
    members: int = 1000
    seed: int = 1
    fit: str | Path | None = None
    force: bool = False
    workers: int | None = None

    @property
    def limit(self) -> float:
        """Below which a municipality's economy fails."""
        return THRESHOLDS[self.failing] if self.threshold is None else self.threshold


def check_order(order: DiscoverOrder) -> None:
    """Raise ScenarioError with everything that is wrong with what was asked."""
    problems = list(_problems(order))
    if problems:
        raise ScenarioError(problems)


def _problems(order: DiscoverOrder) -> Iterator[Problem]:
    if order.failing not in FAILINGS:
        what = "this is no kind of failing."
        yield Problem(f"--failing {order.failing}", what, f"Known: {', '.join(FAILINGS)}.")
    if order.target is not None and order.target <= 0:
        yield Problem(f"--target {order.target}", "a need is a number of people above 0.", "For example --target 20000")
    if order.members < FEWEST_MEMBERS:
        what = f"conditions cannot be told apart in fewer than {FEWEST_MEMBERS} runs."
        yield Problem(f"--members {order.members}", what, "1000 is a good number.")
