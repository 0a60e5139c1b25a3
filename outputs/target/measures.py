"""The measures of a mix as people tell them: groups of municipalities with the same value told together."""

from __future__ import annotations

from dataclasses import dataclass

from outputs.target.story import Story
from scenarios.target.handles import Handle


@dataclass(frozen=True)
class Taken:
    """One measure: the lever's handle (the first of those with the same value), the codes of the municipalities
    (none for a law), strength, million kronor a year."""

    handle: Handle
    codes: tuple[str, ...]
    strength: float
    cost: float
    groups: tuple[str, ...]

    @property
    def low(self) -> float:
        """Its cost where costs are at their low."""
        cost = self.handle.cost
        return self.cost * (cost.low / cost.cost if cost.cost else 1.0)

    @property
    def high(self) -> float:
        """Its cost where costs are at their high."""
        cost = self.handle.cost
        return self.cost * (cost.high / cost.cost if cost.cost else 1.0)


def measures_of(story: Story) -> list[Taken]:
    """The measures of the mix, in the order of the levers."""
    trial, handles = story.taken.mix, story.taken.ready.machine.handles
    order = story.taken.ready.machine.aim.question.codes
    found: dict[tuple[str, float], Taken] = {}
    for handle, strength, cost in zip(handles.each, trial.point.tolist(), trial.costs.tolist(), strict=True):
        if strength <= 0:
            continue
        change = handle.value(strength) if handle.even else handle.change(strength)
        key = (handle.cost.lever, change) if handle.even else (handle.key, change)
        before = found.get(key)
        if before is None:
            found[key] = Taken(handle, handle.group.codes, strength, cost, (story.where(handle),))
            continue
        codes = tuple(code for code in order if code in (*before.codes, *handle.group.codes))
        found[key] = Taken(before.handle, codes, strength, before.cost + cost, (*before.groups, story.where(handle)))
    return list(found.values())


def where_of(story: Story, taken: Taken) -> str:
    """Where a measure acts, in words."""
    if set(taken.codes) == set(story.taken.ready.places) and taken.codes:
        return story.say("everywhere")
    return ", ".join(taken.groups)
