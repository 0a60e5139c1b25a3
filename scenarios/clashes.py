"""What keeps changes from being made together: two that set the same, one that is never in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from scenarios.cells import Cells, intersect
from scenarios.places import Places
from scenarios.placing import Placed
from scenarios.problems import Problem
from scenarios.schema import Settings

WITHIN = "Let one end before the other begins, choose other places, or make them one."
ACROSS = (
    "Choose other years or places in one of them, leave one scenario out,\n"
    "or write overrides = true in the entry of the scenario named last: it then wins where they meet."
)


def clashes(placed: Sequence[Placed], places: Places) -> list[Problem]:
    """Pairs of changes that set the same cell at the same time, unless the later scenario overrides the earlier."""
    return [problem for first, second in combinations(placed, 2) for problem in _clash(first, second, places)]


def never(placed: Placed, settings: Settings) -> Problem | None:
    """The problem of a change that is in force in no year of the scenario's own run."""
    ramp = placed.ramp
    begins_late = ramp.start > settings.until
    if not begins_late and ramp.end > settings.start + 1:
        return None
    given = f"from = {ramp.start:g}" if begins_late else f"until = {ramp.until}"
    side = f"after the run's last year, {settings.until}" if begins_late else f"before the run begins, {settings.start}"
    what = f"{given} is {side}: '{placed.variable.name}' would never change."
    return Problem(placed.where, what, "Choose other years, or a longer run under [settings].")


def shared_cells(first: Placed, second: Placed) -> Cells | None:
    """The cells that two changes set at the same time; None when there are none."""
    if first.variable.name != second.variable.name or not first.ramp.overlaps(second.ramp):
        return None
    return intersect(first.cells, second.cells)


def _clash(first: Placed, second: Placed, places: Places) -> Iterator[Problem]:
    shared = shared_cells(first, second)
    if shared is None:
        return
    what = f"both change '{first.variable.name}'{_place(shared, places)} at the same time"
    if first.scenario is second.scenario:
        yield Problem(f"{first.where} and {second.entry}", f"{what}.", WITHIN)
    elif not second.change.overrides:
        told = f"{what}: {_told(first)}, and {_told(second)}."
        yield Problem(f"{first.where} and {second.where}", told, ACROSS)


def _place(shared: Cells, places: Places) -> str:
    codes = shared.get("municipality") or shared.get("workplace")
    place = f" in {places.in_words(codes)}" if codes else ""
    return place + (f" of {', '.join(shared['project'])}" if "project" in shared else "")


def _told(placed: Placed) -> str:
    """The change as it is written, with its years."""
    way, number = placed.change.given
    years = [f"from {placed.ramp.begin:g}"] if placed.ramp.begin is not None else []
    years += [f"through {placed.ramp.until}"] if placed.ramp.until is not None else []
    return " ".join([f"{placed.key or way} = {number:.10g}", *years])
