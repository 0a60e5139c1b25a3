"""The search: how far the measures reach, the cheapest or smallest mix that reaches the target, what stops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.target.handles import rounded
from scenarios.target.linear import ALLOWED, Found, Values, search
from scenarios.target.trials import Trial, Trials, breach_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Say = Callable[[str], None]
NEARLY = 0.99
"""Share of the way from the reference to the furthest point that is aimed at where the target is out of reach."""
FAINT = 0.03
"""Strength below which a handle is taken out."""
NEGLIGIBLE = 0.005
"""Share of the gain that a lever may bring and still be taken out."""
DEARER = 1.01
"""How much dearer a mix with fewer levers may be, as a factor, to be taken for the cheapest."""
ROUNDED = 0.01
"""Breach that rounding to hundredths may bring, relative to a limit's scale."""
STARTS = (0.0, 0.5, 1.0)
"""Strengths of all handles from which the search begins, one after the other."""
SHORT = 3
"""Steps of a search that begins near its end."""
EASED = 0.1
"""By how much of its scale a limit is eased to see what it costs."""
FULL = 0.995
"""Strength from which on a handle counts as at its full."""
TENTH = 0.1
"""Further strength that is told of measures at their full."""
REPAIRS = 20
"""Points tried on the way to the furthest one when rounding has cost some runs."""


@dataclass(frozen=True)
class Setting:
    """What a search is made with: trials, the levers' handles (`levers`: places by lever), steps, starts, points of the
    frontier, whether the fewest levers are wanted, who is told, and how a level is told."""

    trials: Trials
    levers: dict[str, list[int]]
    steps: int
    starts: int
    frontier: int
    smallest: bool
    say: Say
    shown: Callable[[float], str]


@dataclass(frozen=True)
class Alone:
    """What a lever does alone at full strength, everywhere (`handle` None) or in one group."""

    lever: str
    handle: int | None
    trial: Trial


@dataclass(frozen=True)
class Price:
    """What a limit costs: eased by a tenth of its scale to `eased`, the level grows, or the cost falls, by `gain`."""

    limit: int
    bound: float
    eased: float
    gain: float


@dataclass(frozen=True)
class Answer:
    """What a search found. Levels are those that the wished share of the runs reach.

    reached: whether the target can be reached within the limits. aimed: the level that the mix was searched for. mix:
    the mix, strengths in hundredths. furthest: the mix that reaches furthest. bounds: the limits as used, eased to the
    reference's where that breaks them (`broken`). agreed: levels that the starts came to. marginal: million kronor a
    year for one more unit of the outcome at the mix. pushing: by how much a tenth more strength of each handle would
    better the level at the furthest point.
    """

    reference: Trial
    alone: tuple[Alone, ...]
    furthest: Trial
    reached: bool
    aimed: float
    mix: Trial
    frontier: tuple[Trial, ...]
    prices: tuple[Price, ...]
    bounds: Floats
    broken: tuple[int, ...]
    agreed: tuple[float, ...]
    marginal: float
    pushing: Floats
    settled: bool
    trials: int


@dataclass(frozen=True)
class _Task:
    """The setting with what was learnt of the scale: bounds, the reference, the level's and the cost's unit."""

    setting: Setting
    bounds: Floats
    reference: Trial
    unit: float
    money: float

    @property
    def sign(self) -> float:
        return self.setting.trials.wish.sign

    def breaches(self, trials: Sequence[Trial], eased: tuple[int, float] | None = None) -> Floats:
        """Breaches of all limits, (points, limits)."""
        bounds = self.bounds.copy()
        if eased is not None:
            bounds[eased[0]] = eased[1]
        limits = self.setting.trials.limits
        return np.array(
            [[breach_of(limit, t.limits[k], bounds[k]) for k, limit in enumerate(limits)] for t in trials]
        ).reshape(len(trials), len(limits))

    def short_of(self, trial: Trial, level: float) -> float:
        """How far a trial falls short of a level, in units of the level's scale."""
        return self.sign * (level - trial.level) / self.unit

    def far(self, points: Floats, eased: tuple[int, float] | None = None) -> Values:
        """The objective of reaching far."""
        trials = self.setting.trials.try_points(points)
        return Values(np.array([self.short_of(t, 0.0) for t in trials]), self.breaches(trials, eased))

    def cheap(self, points: Floats, level: float, eased: tuple[int, float] | None = None) -> Values:
        """The objective of costing little while a level is reached."""
        trials = self.setting.trials.try_points(points)
        short = np.array([[self.short_of(t, level)] for t in trials])
        return Values(np.array([t.cost / self.money for t in trials]), np.hstack([self.breaches(trials, eased), short]))


def find(setting: Setting) -> Answer:
    """Carry out the search. The same setting gives the same answer."""
    size = sum(map(len, setting.levers.values()))
    setting.say(f"Each lever alone: {len(setting.levers)} levers, {size} handles")
    reference, alone = _alone(setting, size)
    task, broken = _task(setting, reference, size)
    best, agreed = _furthest(task, size)
    furthest = setting.trials.try_points(best.point[None, :])[0]
    target = setting.trials.wish.target
    reached = task.short_of(furthest, target) <= 0 and best.allowed
    goal = target if reached else reference.level + NEARLY * (furthest.level - reference.level)
    found = _mix(task, best, goal)
    mix = _told(task, found, (best, goal, reached))
    frontier = _frontier(task, (best, furthest), mix)
    setting.say("What the limits cost")
    prices = _prices(task, (best, found), (goal, reached))
    marginal = float(found.prices[-1]) * task.money / task.unit if len(found.prices) else 0.0
    return Answer(
        reference, alone, furthest, reached, goal, mix, frontier, prices, task.bounds, broken, agreed, marginal,
        -best.slopes.objective * task.unit * TENTH, best.settled and found.settled,
        len(setting.trials.known),
    )  # fmt: skip


def _alone(setting: Setting, size: int) -> tuple[Trial, tuple[Alone, ...]]:
    """The reference, every lever alone at full strength, and every handle alone."""
    points = [np.zeros(size)]
    what: list[tuple[str, int | None]] = []
    for lever, handles in setting.levers.items():
        together = np.zeros(size)
        together[handles] = 1.0
        points.append(together)
        what.append((lever, None))
        for handle in handles if len(handles) > 1 else ():
            points.append(np.eye(size)[handle])
            what.append((lever, handle))
    reference, *others = setting.trials.try_points(np.array(points))
    return reference, tuple(Alone(lever, at, trial) for (lever, at), trial in zip(what, others, strict=True))


def _task(setting: Setting, reference: Trial, size: int) -> tuple[_Task, tuple[int, ...]]:
    """The limits as used: what the reference already breaks may not get worse."""
    limits = setting.trials.limits
    bounds = np.array([limit.bound for limit in limits], dtype=np.float64)
    broken = tuple(k for k, limit in enumerate(limits) if breach_of(limit, reference.limits[k], bounds[k]) > 0)
    for k in broken:
        bounds[k] = reference.limits[k]
    all_of_it = setting.trials.try_points(np.ones((1, size)))[0]
    unit = max(abs(setting.trials.wish.target - reference.level), abs(all_of_it.level - reference.level)) or 1.0
    return _Task(setting, bounds, reference, unit, all_of_it.cost or 1.0), broken


def _furthest(task: _Task, size: int) -> tuple[Found, tuple[float, ...]]:
    """The best of several searches for the furthest point, and the levels that all of them came to."""
    found, levels = [], []
    for number, strength in enumerate(STARTS[: task.setting.starts], start=1):
        what = f"How far the measures reach, start {number} of {task.setting.starts}"
        found.append(search(task.far, np.full(size, strength), task.setting.steps, _teller(task, what, far=True)))
        levels.append(task.setting.trials.try_points(found[-1].point[None, :])[0].level)
    allowed = [each for each in found if each.allowed] or found
    return min(allowed, key=lambda each: float(each.values.merit[0])), tuple(levels)


def _teller(task: _Task, what: str, far: bool) -> Callable[[int, Values], None]:
    def tell(step: int, values: Values) -> None:
        objective = float(values.objective[0])
        if far:
            told = task.setting.shown(-objective * task.unit * task.sign)
        else:
            told = f"{objective * task.money:,.0f} million SEK a year".replace(",", "\N{NO-BREAK SPACE}")
        task.setting.say(f"{what}, step {step}: {told}")

    return tell


def _cheapest(task: _Task, start: Floats, goal: float, how: tuple[int, str, Flags | None]) -> Found:
    steps, what, free = how
    return search(lambda points: task.cheap(points, goal), start, steps, _teller(task, what, far=False), free)


def _mix(task: _Task, best: Found, goal: float) -> Found:
    """The cheapest mix that reaches the goal, with levers that hardly help taken out; or the one with fewest levers."""
    steps = task.setting.steps
    if task.setting.smallest:
        start, free = _fewest(task, best, goal)
        return _cheapest(task, start, goal, (steps, "The cheapest of the smallest mixes", free))
    found = _cheapest(task, best.point, goal, (steps, "The cheapest mix", None))
    return _pruned(task, found, goal)


def _pruned(task: _Task, found: Found, goal: float) -> Found:
    """The mix without what hardly helps, if that costs next to nothing."""
    point = np.where(found.point < FAINT, 0.0, found.point)
    without = _without_each(task, point)
    here = task.setting.trials.try_points(point[None, :])[0]
    gain = abs(here.level - task.reference.level)
    weak = [
        lever for lever, trial in without.items() if task.short_of(trial, here.level) * task.unit < NEGLIGIBLE * gain
    ]
    free = point > 0
    for lever in weak:
        free[task.setting.levers[lever]] = False
    what = "The cheapest mix without what hardly helps"
    pruned = _cheapest(task, np.where(free, point, 0.0), goal, (task.setting.steps, what, free))
    cheap = float(pruned.values.objective[0]) <= DEARER * float(found.values.objective[0])
    return pruned if pruned.allowed and (cheap or not found.allowed) else found


def _without_each(task: _Task, point: Floats) -> dict[str, Trial]:
    """The trials with each lever in use taken out."""
    used = [lever for lever, handles in task.setting.levers.items() if point[handles].any()]
    points = np.repeat(point[None, :], len(used), axis=0)
    for row, lever in enumerate(used):
        points[row, task.setting.levers[lever]] = 0.0
    return dict(zip(used, task.setting.trials.try_points(points), strict=True)) if used else {}


def _fewest(task: _Task, best: Found, goal: float) -> tuple[Floats, Flags]:
    """Takes out the lever that is missed least, again and again, as long as the goal is reached without it."""
    point, free = best.point, np.ones(len(best.point), dtype=bool)
    while True:
        without = _without_each(task, point)
        if len(without) <= 1:
            return point, free
        lever = min(without, key=lambda name: task.short_of(without[name], goal))
        smaller = free.copy()
        smaller[task.setting.levers[lever]] = False
        what = f"The smallest mix, {len(without) - 1} levers"
        again = search(task.far, np.where(smaller, point, 0.0), SHORT, _teller(task, what, far=True), smaller)
        trial = task.setting.trials.try_points(again.point[None, :])[0]
        if task.short_of(trial, goal) > 0 or not again.allowed:
            return point, free & (point > 0)
        point, free = again.point, smaller


def _told(task: _Task, found: Found, how: tuple[Found, float, bool]) -> Trial:
    """The mix in hundredths; where rounding, or the search's smoothing, costs some runs, a little more of it."""
    best, goal, reached = how
    wish = task.setting.trials.wish
    trials = task.setting.trials.try_points(
        _little_more(np.where(found.point < FAINT / 2, 0.0, found.point), best.point)
    )
    kept = task.breaches(trials).max(axis=1, initial=-1.0) <= ROUNDED
    enough = [t.share >= wish.probability if reached else task.short_of(t, goal) <= ALLOWED for t in trials]
    good = [trial for trial, allowed, ok in zip(trials, kept, enough, strict=True) if allowed and ok]
    if good:
        return min(good, key=lambda t: t.cost)
    allowed = [trial for trial, ok in zip(trials, kept, strict=True) if ok]
    return max(allowed or trials[:1], key=lambda t: task.sign * t.level)


def _little_more(point: Floats, best: Floats) -> Floats:
    """Points in hundredths from a mix on: towards the furthest and towards full in what it uses, then towards the
    furthest in everything."""
    used = point > 0
    ends = (np.where(used, np.maximum(best, point), 0.0), np.where(used, 1.0, 0.0), np.maximum(best, point))
    ways = np.linspace(0.0, 1.0, REPAIRS + 1)[:, None]
    return np.unique(rounded(np.concatenate([point + ways * (end - point) for end in ends])), axis=0)


def _frontier(task: _Task, far: tuple[Found, Trial], mix: Trial) -> tuple[Trial, ...]:
    """The cheapest way to levels between the reference and the furthest, with the mix and the furthest; what reaches
    further at less cost takes the place of what does not."""
    setting, (best, furthest) = task.setting, far
    found = [task.reference, mix, furthest]
    point = best.point
    for number in range(setting.frontier, 0, -1):
        goal = task.reference.level + number / (setting.frontier + 1) * (furthest.level - task.reference.level)
        what = f"What less would cost, {setting.frontier + 1 - number} of {setting.frontier}"
        cheapest = _cheapest(task, point, goal, (SHORT, what, None))
        point = cheapest.point
        found += [t for t in setting.trials.try_points(point[None, :]) if cheapest.allowed]
    return tuple(found)


def _prices(task: _Task, found: tuple[Found, Found], how: tuple[float, bool]) -> tuple[Price, ...]:
    """What easing each binding limit by a tenth would give, searched anew from where the search ended."""
    (best, cheap), (goal, reached) = found, how
    ended = cheap if reached else best
    prices = []
    for k, limit in enumerate(task.setting.trials.limits):
        if ended.prices[k] <= 0 and ended.values.breaches[0, k] < -ALLOWED:
            continue
        eased = float(task.bounds[k] + (1 if limit.is_most else -1) * EASED * limit.scale)
        what = f"What the limit '{limit.name}' costs"
        if reached:
            again = search(
                lambda points, k=k, eased=eased: task.cheap(points, goal, (k, eased)),  # type: ignore[misc]
                ended.point, SHORT, _teller(task, what, far=False),
            )  # fmt: skip
            gain = float(ended.values.objective[0] - again.values.objective[0]) * task.money
        else:
            again = search(
                lambda points, k=k, eased=eased: task.far(points, (k, eased)),  # type: ignore[misc]
                ended.point, SHORT, _teller(task, what, far=True),
            )  # fmt: skip
            gain = float(ended.values.objective[0] - again.values.objective[0]) * task.unit
        prices.append(Price(k, float(task.bounds[k]), eased, max(0.0, gain)))
    return tuple(sorted(prices, key=lambda price: -price.gain))


def pareto(trials: Sequence[Trial], sign: float) -> list[Trial]:
    """The trials that no cheaper one surpasses, from the cheapest on."""
    kept: list[Trial] = []
    for trial in sorted(trials, key=lambda t: (t.cost, -sign * t.level)):
        if not kept or sign * trial.level > sign * kept[-1].level:
            kept.append(trial)
    return kept
