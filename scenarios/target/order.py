"""What the user asked of a search, and every mistake in it told before anything runs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scenarios.problems import Problem, ScenarioError
from scenarios.schema import FIRST_START, LARGEST_TARGET, LAST_START, LAST_YEAR, LONGEST_RAMP

AIMS = ("cheapest", "smallest")
GROUPS = ("projects", "county", "region")
LEAST_MEMBERS, MOST_MEMBERS = 8, 10_000
MOST_STEPS = 1000
MOST_SEED = 2**32 - 1
MOST_WORKERS = 256
LEAST_YEARS = 1
"""Years that a measure needs at least before the target's year, so that it can do something."""
PER_CENT = 100.0
_SPACES = re.compile(r"[\s\u00a0\u202f_]")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True)
class Effort:
    """How hard to search: members searched on and members checked on, most steps of a search, starts, other targets
    on the frontier."""

    members: int = 64
    fresh: int = 256
    steps: int = 12
    starts: int = 2
    frontier: int = 5


QUICK = Effort(members=24, fresh=64, steps=6, starts=1, frontier=2)


@dataclass(frozen=True)
class TargetOrder:
    """A search as asked for.

    target: what the outcome is to reach, at the end of the year `by`. outcome: a result by municipality; places: where
    it is summed (empty: the region). at_most: the outcome is to stay at or below the target instead. base_year:
    replaces the scenario's, since which residents are new. probability: share of the runs that have to reach it.
    aim: 'cheapest' or 'smallest'. levers: only these (empty: all that are choices). groups: where one strength holds:
    'projects' (municipalities with industry projects, and the others), 'county' or 'region'. start, ramp: when
    measures begin and how many years they take to be in force. limits: a TOML of limits; limit: single ones,
    'name=value' or 'name=none'. fit, force, scenario, seed, workers, backend: as for ensembles.
    """

    target: float
    by: int = 2040
    outcome: str = "new_residents"
    places: tuple[str, ...] = ()
    at_most: bool = False
    base_year: int | None = None
    probability: float = 0.8
    aim: str = "cheapest"
    levers: tuple[str, ...] = ()
    groups: str = "projects"
    start: float = 2027.0
    ramp: float = 3.0
    limits: Path | None = None
    limit: tuple[str, ...] = ()
    costs: Path | None = None
    scenario: str = "reference"
    fit: str | Path | None = None
    force: bool = False
    effort: Effort = Effort()
    seed: int = 1
    workers: int | None = None
    backend: str | None = None


def check_order(order: TargetOrder) -> None:
    """Raise ScenarioError with everything in the order that makes no search."""
    problems = [*_target(order), *_years(order), *_search(order)]
    if problems:
        raise ScenarioError(problems)


def parse_target(text: str) -> float:
    """The number that a user means: '100000', '100 000', '100,000', '0.06' or '6 %'. Raises ScenarioError."""
    plain = _SPACES.sub("", text).removeprefix("+")
    scale = PER_CENT if plain.endswith("%") else 1.0
    plain = plain.removesuffix("%")
    negative = plain.startswith(("-", "\N{MINUS SIGN}"))
    digits = plain.removeprefix("-").removeprefix("\N{MINUS SIGN}")
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    if not _NUMBER.fullmatch(digits):
        way = "Write a number: 100000, '100 000' or 100,000; a share as 0.06 or '6 %'. The decimal sign is a point."
        raise ScenarioError([Problem(f"target {text}", "this is no number.", way)])
    return (-1.0 if negative else 1.0) * float(digits) / scale


def parse_probability(text: str) -> float:
    """A probability: '0.8' or '80 %'. Raises ScenarioError when it is no number."""
    try:
        return float(text.strip()[:-1]) / PER_CENT if text.strip().endswith("%") else float(text)
    except ValueError:
        way = "A share of the runs between 0 and 1: --probability 0.8"
        raise ScenarioError([Problem(f"--probability {text}", "this is no number.", way)]) from None


def words_in(text: str | None) -> tuple[str, ...]:
    """The words between commas."""
    return tuple(word for part in (text or "").split(",") if (word := part.strip()))


def _target(order: TargetOrder) -> Iterator[Problem]:
    if not math.isfinite(order.target) or order.target <= 0:
        what = f"{order.target:g} is no target: expected more than 0."
        yield Problem("target", what, "For example: sim.py target 100000 --by 2040")
    elif order.outcome == "new_residents" and order.target > LARGEST_TARGET:
        what = f"{order.target:,.0f} people are more than the whole of Sweden can send: at most {LARGEST_TARGET:,}."
        yield Problem("target", what, "For example: sim.py target 100000 --by 2040")
    if not 0 < order.probability < 1:
        what = "a probability lies between 0 and 1 (not 0, and not 1: no number of runs makes certain)."
        yield Problem(f"--probability {order.probability:g}", what, "For example: --probability 0.8")


def _years(order: TargetOrder) -> Iterator[Problem]:
    if not LAST_START < order.by <= LAST_YEAR:
        what = f"the year has to lie after {LAST_START}, when the observations end, and by {LAST_YEAR}."
        yield Problem(f"--by {order.by}", what, "For example: --by 2040")
        return
    if not math.isfinite(order.start) or not LAST_START + 1 <= order.start <= order.by + 1 - LEAST_YEARS:
        what = f"measures begin from {LAST_START + 1} on, and at least a year before the end of {order.by}."
        yield Problem(f"--from {order.start:g}", what, f"For example: --from {min(2027, order.by)}")
    if order.base_year is not None and not FIRST_START <= order.base_year < order.by:
        what = f"the base year lies from {FIRST_START} on, the first year with observed people, and before {order.by}."
        yield Problem(f"--base-year {order.base_year}", what, "For example: --base-year 2022")
    if not 0 <= order.ramp <= LONGEST_RAMP:
        yield Problem(f"--ramp {order.ramp:g}", f"expected 0 to {LONGEST_RAMP} years.", "For example: --ramp 3")


def _search(order: TargetOrder) -> Iterator[Problem]:
    for option, given, known in (("--aim", order.aim, AIMS), ("--groups", order.groups, GROUPS)):
        if given not in known:
            yield Problem(f"{option} {given}", "there is no such choice.", f"Choose one of: {', '.join(known)}.")
    effort = order.effort
    counts = (
        ("--members", effort.members, (LEAST_MEMBERS, MOST_MEMBERS)),
        ("--fresh", effort.fresh, (LEAST_MEMBERS, MOST_MEMBERS)),
        ("--steps", effort.steps, (1, MOST_STEPS)),
        ("--seed", order.seed, (0, MOST_SEED)),
        ("--workers", 1 if order.workers is None else order.workers, (1, MOST_WORKERS)),
    )
    for option, count, (low, high) in counts:
        if not low <= count <= high:
            way = f"For example: {option} {low if count < low else high}"
            yield Problem(f"{option} {count}", f"expected {low} to {high}.", way)
