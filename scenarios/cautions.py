"""What a scenario in order may still be asked about: changes without effect, beyond a range, without a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.cells import intersect
from scenarios.record import Changed
from scenarios.schema import LAST_START, NEVER_YEAR, Settings

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.apply import Applied

DELAY, SCALE, STOP, CLOSURE = "project delay", "project scale", "project stop time", "project closure time"
BUILDING = (DELAY, SCALE, STOP, "project finance", "project permit")
"""Inputs that mean nothing for a project that is not built."""


@dataclass(frozen=True)
class Caution:
    """One thing to know before a run: its kind (a key of the words), the change, and what the words need."""

    kind: str
    change: Changed
    values: dict[str, str | float] = field(default_factory=dict)


def cautions(applied: Applied, settings: Settings) -> list[Caution]:
    """Everything to know of a scenario that has been applied to the inputs of a run with these settings."""
    found = [caution for change in applied.changes for caution in _of(change, applied.inputs, settings)]
    return [*found, *_overridden(applied.changes)]


def _of(change: Changed, inputs: xr.Dataset, settings: Settings) -> Iterator[Caution]:
    if change.old == change.new:
        yield Caution("same", change)
    elif change.begin is not None and change.begin > settings.until:
        yield Caution("late", change, {"year": settings.until})
    elif change.until is not None and change.until + change.ramp < settings.start + 1:
        yield Caution("early", change, {"year": settings.start})
    elif change.kind == "lever" and settings.start < LAST_START and _in_history(change):
        yield Caution("history", change, {"year": LAST_START})
    if change.because:
        yield Caution("range", change)
    if not change.source:
        yield Caution("source", change)
    for project in change.cells.get("project", ()):
        yield from _of_project(change, inputs.sel(project=project), settings)


def _in_history(change: Changed) -> bool:
    """Whether a lever changes observed years; what happens to a project has its own cautions."""
    return "project" not in change.cells and (change.begin is None or change.begin < LAST_START + 1)


def _of_project(change: Changed, project: xr.Dataset, settings: Settings) -> Iterator[Caution]:
    """What keeps a change of one project from working as one may think."""
    stopped, closed = (float(project[f"known {what} time"]) for what in ("stop", "closure"))
    begun = float(project["planned building start"])
    jobs = float(project["project jobs at full operation"])
    told: dict[str, str | float] = {"project": str(project["project"].values)}
    now = change.new if isinstance(change.new, float) else NEVER_YEAR
    if change.name in (STOP, CLOSURE) and settings.until + 1 <= now < NEVER_YEAR:
        yield Caution("ends late", change, told | {"year": settings.until})
    if closed < NEVER_YEAR and closed <= (now if change.name == CLOSURE else LAST_START + 1):
        yield Caution("closed", change, told | {"year": closed})
    elif stopped <= begun and (change.name in BUILDING or change.name == CLOSURE):
        yield Caution("stopped", change, told | {"year": stopped})
    elif change.name == CLOSURE and jobs <= 0:
        yield Caution("no jobs", change, told | {"jobs": jobs})
    elif change.name == DELAY and begun < LAST_START + 1:
        yield Caution("begun", change, told | {"year": begun})


def _overridden(changes: list[Changed]) -> Iterator[Caution]:
    """Later changes that take the place of earlier ones of another scenario."""
    for index, change in enumerate(changes):
        for earlier in changes[:index] if change.overrides else ():
            shared = change.name == earlier.name and change.ramping.overlaps(earlier.ramping)
            if shared and change.scenario != earlier.scenario and intersect(change.cells, earlier.cells) is not None:
                yield Caution("overrides", change, {"entry": earlier.entry})
