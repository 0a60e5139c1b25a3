"""From an order to an answer: reads, checks, searches (or goes on where an earlier attempt stopped), checks the mix on
members that the search has not seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.ensemble.identity import identity
from scenarios.ensemble.progress import Interrupted
from scenarios.run import Say, project_root
from scenarios.sensitivity.runs import Store
from scenarios.target.order import TargetOrder
from scenarios.target.prepare import Known, Ready, fresh, make_ready
from scenarios.target.search import Answer, Setting, find
from scenarios.target.trials import Trial, Trials, Wish

STORE = ".cache/target"
"""Where trials wait until their search is written."""
SHORT_HASH = 32
NEXT_SEED = 1
"""The members of the check have the seed after the search's."""
STOPPED = "Stopped; nothing was written. The trials that are done are kept: the same command goes on from them."


@dataclass(frozen=True)
class Taken:
    """A finished search: what was asked and read, the answer, and the reference, the mix and the furthest mix among
    members that the search has not seen (of seed `checked`)."""

    ready: Ready
    wish: Wish
    answer: Answer
    reference: Trial
    mix: Trial
    furthest: Trial
    checked: int
    machine: Mapping[str, Any]
    store: Store


def search_target(
    order: TargetOrder, known: Known, say: Say, shown: Callable[[float], str], root: Path | None = None
) -> Taken:
    """Carry out a search. `shown` tells a level; `root`: where trials wait (the project's cache when left out).

    The same order gives the same answer, whatever the number of workers and however often it was stopped. Raises
    ScenarioError, ModelErrors or BackendMissingError with what the user can mend, Interrupted when told to stop.
    """
    say("Reading the model and the scenario")
    ready = make_ready(order, known)
    machine, wish = identity(ready.machine.backend), wish_of(order)
    store = Store((root or project_root() / STORE) / ready.machine.identity(machine)[:SHORT_HASH])
    handles, effort = ready.machine.handles, order.effort
    setting = Setting(
        Trials(ready.machine, wish, ready.limits, store),
        {lever: handles.of(lever) for lever in handles.levers},
        effort.steps,
        effort.starts,
        effort.frontier,
        order.aim == "smallest",
        say,
        shown,
    )
    try:
        answer = find(setting)
        say(f"Checking on {effort.fresh} members that the search has not seen")
        seed = order.seed + NEXT_SEED
        others = Trials(fresh(ready, seed, effort.fresh), wish, ready.limits)
        points = np.stack([answer.reference.point, answer.mix.point, answer.furthest.point])
        reference, mix, furthest = others.try_points(points)
    except KeyboardInterrupt:
        raise Interrupted(STOPPED) from None
    return Taken(ready, wish, answer, reference, mix, furthest, seed, machine, store)


def wish_of(order: TargetOrder) -> Wish:
    """What an order wants of the outcome; costs are spread over the years in which measures act."""
    return Wish(order.target, order.at_most, order.probability, order.by + 1 - int(order.start))
