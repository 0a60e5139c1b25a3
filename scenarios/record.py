"""The record of a changed assumption, as data (run.json) and in words (check)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from scenarios.cells import Cells
from scenarios.choices import project_name
from scenarios.places import Places
from scenarios.ramps import Ramp
from scenarios.schema import FIRST_START, NEVER_YEAR, Change

if TYPE_CHECKING:
    from model.language import Variable

Values = float | dict[str, float]
"""One number, or one for each cell ('2584', '2584/basic') where they differ."""
DIGITS = 10
"""Significant digits kept of an old or new value."""


@dataclass(frozen=True)
class Changed:
    """One assumption before and after: what, by which scenario, where, when, why.

    `because`, `source`: why it leaves its range, where its number comes from, by language; `entry`: file and entry
    that ask for it; `judged`: anything between these two would do as well.
    """

    kind: str
    name: str
    unit: str
    scenario: str
    old: Values
    new: Values
    cells: Cells
    begin: float | None = None
    until: int | None = None
    ramp: float = 0.0
    because: dict[str, str] | None = None
    entry: str = ""
    source: dict[str, str] | None = None
    judged: tuple[float, float] | None = None
    overrides: bool = False

    @property
    def ramping(self) -> Ramp:
        """When the change is in force."""
        return Ramp(self.begin, self.until, self.ramp)

    @classmethod
    def between(
        cls, kind: str, variable: Variable, scenario: str, values: tuple[xr.DataArray, xr.DataArray]
    ) -> Changed:
        """The change from old to new values (not-a-number where nothing changes)."""
        old, new = (_compact(each) for each in values)
        return cls(kind, variable.name, variable.unit, scenario, old, new, {})

    def during(self, cells: Cells, ramp: Ramp) -> Changed:
        """The same with its cells and time."""
        return replace(self, cells=cells, begin=ramp.begin, until=ramp.until, ramp=ramp.years)

    def told_by(self, entry: str, change: Change) -> Changed:
        """The same with the entry that asks for it and what that says of its number."""
        source, because = (None if said is None else said.model_dump() for said in (change.source, change.because))
        return replace(
            self, entry=entry, source=source, because=because, judged=change.judged, overrides=change.overrides
        )

    def as_data(self) -> dict[str, Any]:
        """Plain data for run.json."""
        data = asdict(self)
        data["cells"] = {dim: list(labels) for dim, labels in self.cells.items()}
        return data

    def in_words(self, places: Places, language: str = "en", called: str | None = None) -> str:
        """One sentence in English or Swedish: name (or what it is called), old → new, where, when, why."""
        say = WORDS[language]
        numbers = f"{_span(self.old, say)} → {_span(self.new, say)} {_unit(self.unit, self.new, say)}".rstrip()
        words = f"{called or self.name}: {numbers.replace('.', say['point'])}"
        words += "".join(f" {_where(dim, labels, places, language)}" for dim, labels in self.cells.items())
        when = ""
        if self.begin is not None:
            when += f", {say['from']} {self.begin:g}"
        if self.until is not None:
            when += f", {say['through']} {self.until}"
        if self.ramp:
            ways = say["both ways"] if self.until is not None else say["one way"]
            when += f", {ways} {self.ramp:g} {say['year' if self.ramp == 1 else 'years']}"
        return (
            words
            + when.replace(".", say["point"])
            + (f" ({say['because']}: {self.because[language]})" if self.because else "")
        )


WORDS = {
    "en": {
        "point": ".",
        "to": "to",
        "never": "never",
        "nothing": "nothing",
        "in": "in",
        "for": "for",
        "from": "from",
        "through": "through",
        "one way": "phased in over",
        "both ways": "phased in and out over",
        "year": "year",
        "years": "years",
        "because": "because",
        "and": "and",
    },
    "sv": {
        "point": ",",
        "to": "till",
        "never": "aldrig",
        "nothing": "ingenting",
        "in": "i",
        "for": "för",
        "from": "från",
        "through": "till och med",
        "one way": "infasat över",
        "both ways": "in- och utfasat över",
        "year": "år",
        "years": "år",
        "because": "eftersom",
        "persons": "personer",
        "persons/year": "personer per år",
        "1/year": "per år",
        "campaigns/year": "kampanjer per år",
        "kSEK/person": "tkr per person",
        "industry": "näringsgren",
        "sex": "kön",
        "age": "ålder",
        "county": "län",
        "project": "projektet",
        "projects": "projekten",
        "and": "och",
    },
}
"""Words of a change by language; units and dimensions without a word stand as in the model."""


def _compact(values: xr.DataArray) -> Values:
    """One number when all chosen cells have the same, otherwise one per cell (averaged over time)."""
    if "time" in values.dims:
        values = values.mean("time")
    flat = {_key(index, values): float(values.values[index]) for index in np.ndindex(values.shape)}
    kept = {key: _rounded(number) for key, number in flat.items() if not np.isnan(number)}
    distinct = set(kept.values())
    return distinct.pop() if len(distinct) == 1 else kept


def _key(index: tuple[int, ...], values: xr.DataArray) -> str:
    return "/".join(str(values[dim].values[at]) for dim, at in zip(values.dims, index, strict=True))


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def _span(values: Values, say: Mapping[str, str]) -> str:
    if isinstance(values, float):
        return say["never"] if values == NEVER_YEAR else f"{values:g}"
    return f"{min(values.values()):g} {say['to']} {max(values.values()):g}" if values else say["nothing"]


def _unit(unit: str, value: Values, say: Mapping[str, str]) -> str:
    """The unit in words; none for shares and for calendar years."""
    one = isinstance(value, float) and abs(value) == 1
    is_date = unit.startswith("year") and isinstance(value, float) and value >= FIRST_START
    if is_date or unit in ("dmnl", "1"):
        return ""
    if unit in ("year", "years"):
        return say["year" if one else "years"]
    return say.get(unit, unit)


def _where(dim: str, labels: tuple[str, ...], places: Places, language: str) -> str:
    say = WORDS[language]
    if dim in ("municipality", "workplace"):
        return f"{say['in']} {places.in_words(labels, language)}"
    if dim == "project":
        names = [project_name(label, language) for label in labels]
        told = " ".join([", ".join(names[:-1]), say["and"], names[-1]]) if names[1:] else names[0]
        dim = "projects" if names[1:] else dim
        return f"{say['for']} {say.get(dim, dim)} {told}"
    return f"{say['for']} {say.get(dim, dim)} {', '.join(labels)}"
