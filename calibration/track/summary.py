"""summary.md of tracking: in plain words what came otherwise than forecast, where, and which assumption moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.track.against import INSIDE, OUTSIDE_95, Tracked
from calibration.track.contributions import Divided
from calibration.track.measures import BY_NAME, POPULATION
from calibration.track.words import PARTS, PLACES, SENTENCES
from outputs.ensemble.areas import REGION
from outputs.words import LANGUAGES, bullets, number, phrase

MOST = 8
"""Municipalities told of one by one."""
BY_CHANCE_80, BY_CHANCE_95 = 0.2, 0.05
WEIGHTY = 0.25
"""Share of the error from which a second part is told of."""
SHOWN = 0.5
"""Persons: smaller parts are not told of."""
MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class Story:
    """What the summary is made of: tables of compare and contribution_table (parts: None when not divided)."""

    tracked: Tracked
    table: pd.DataFrame
    divided: Divided | None
    parts: pd.DataFrame | None
    language: str

    def say(self, key: str, **values: object) -> str:
        """A sentence with its numbers in place."""
        return phrase(SENTENCES, key, self.language, **values)

    def number(self, value: float, digits: int = 6) -> str:
        """A number in the language's form; people are told whole."""
        return number(round(value), self.language, digits)

    def signed(self, value: float) -> str:
        """A whole number with its sign."""
        return f"{'+' if round(value) > 0 else ''}{self.number(value)}"

    def per_cent(self, value: float) -> str:
        """Per cent with one decimal and its sign."""
        text = f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")
        return text.replace(".", ",") if self.language == "sv" else text

    def of(self, measure: str, kind: str | None = None) -> pd.DataFrame:
        """Rows of a measure in its last year, of all areas or of one kind."""
        rows: pd.DataFrame = self.table[self.table["measure"] == measure]
        rows = rows.loc[rows["year"] == rows["year"].max()]
        return rows if kind is None else rows.loc[rows["area_kind"] == kind]

    def area_name(self, name: str) -> str:
        """An area's name; both counties by theirs."""
        return name.replace(" and ", " och ") if self.language == "sv" else name


def summary(story: Story) -> str:
    """The whole summary in Markdown."""
    tracked, forecast = story.tracked, story.tracked.forecast
    years = _years(tracked.years[0], tracked.last)
    how = (
        story.say("runs", runs=number(forecast.members, story.language))
        if forecast.is_ensemble
        else story.say("one run")
    )
    what = story.say(
        "what",
        title=forecast.title or forecast.name,
        start=forecast.start,
        how=how,
        source=tracked.outcomes.source,
        years=years,
        places=int(tracked.places.sum()),
    )
    sections = [f"# {story.say('title', name=forecast.name)}", what, _region(story), _outside(story), _moved(story)]
    sections += [_measures(story), _reading(story)]
    return "\n\n".join(part for part in sections if part) + "\n"


def _region(story: Story) -> str:
    people = story.of(POPULATION)
    lines = [_area_line(story, row) for row in _records(people[people["area_kind"] != MUNICIPALITY].iloc[::-1])]
    return bullets(story.say("region heading"), lines) if lines else ""


def _area_line(story: Story, row: dict[str, object]) -> str:
    place = PLACES[str(row["place"])][LANGUAGES.index(story.language)]
    return story.say(
        "area",
        area=story.area_name(str(row["area_name"])),
        outcome=story.number(_float(row["outcome"])),
        year=row["year"],
        forecast=story.number(_float(row["forecast"])),
        band=_band(story, row),
        error=story.signed(_float(row["error"])),
        per_cent=story.per_cent(_float(row["per_cent"])),
        place=f", {place}" if story.tracked.forecast.is_ensemble else "",
    )


def _band(story: Story, row: dict[str, object]) -> str:
    if not story.tracked.forecast.is_ensemble:
        return ""
    low, high = (story.number(_float(row[name])) for name in ("low_80", "high_80"))
    return story.say("band", low=low, high=high)


def _outside(story: Story) -> str:
    people = story.of(POPULATION, MUNICIPALITY)
    ordered = people.reindex(people["per_cent"].abs().sort_values(ascending=False).index)
    if not story.tracked.forecast.is_ensemble:
        shown, lines = ordered.head(MOST), [story.say("largest")]
    else:
        shown = ordered[ordered["place"] != INSIDE]
        lines = [_counted(story, people)] if len(shown) else [story.say("none")]
    for row in _records(shown.head(MOST)):
        lines.append(f"{_area_line(story, row)} {_mostly(story, str(row['area']))}".strip())
    return bullets(story.say("outside heading"), lines)


def _counted(story: Story, people: pd.DataFrame) -> str:
    places = len(people)
    return story.say(
        "counted",
        outside=int((people["place"] != INSIDE).sum()),
        places=places,
        expected=round(BY_CHANCE_80 * places),
        far=int((people["place"] == OUTSIDE_95).sum()),
        few=round(BY_CHANCE_95 * places),
    )


def _mostly(story: Story, area: str) -> str:
    """The part that moved an area most in the direction of its error, and the next if it weighs much."""
    if story.parts is None:
        return ""
    parts = story.parts[story.parts["area"] == area]
    if parts.empty:
        return ""
    error = float(parts["error"].iloc[0])
    order = parts.iloc[(-parts["persons"] * np.sign(error)).to_numpy().argsort(kind="stable")]
    first, second = list(_records(order))[:2]
    told = [first, second] if _float(second["persons"]) * np.sign(error) > WEIGHTY * abs(error) else [first]
    words = [_part_words(story, row) for row in told]
    join = {"en": " and ", "sv": " och "}[story.language]
    return story.say("most", parts=join.join(words), error=story.signed(error), year=int(parts["year"].iloc[0]))


def _part_words(story: Story, row: dict[str, object]) -> str:
    name = PARTS[str(row["part"])][LANGUAGES.index(story.language)]
    return f"{name} ({story.signed(_float(row['persons']))})"


def _moved(story: Story) -> str:
    heading = story.say("moved heading")
    if story.divided is None or story.parts is None:
        return bullets(heading, [story.say("not divided")])
    larger = story.parts[story.parts["area_kind"] != MUNICIPALITY]
    areas = list(dict.fromkeys(larger["area"]))[::-1] or list(dict.fromkeys(story.parts["area"]))[:MOST]
    lines = [_parts_line(story, area) for area in areas]
    lines += [story.say(f"without {name}") for name in story.divided.without]
    return bullets(heading, lines)


def _parts_line(story: Story, area: str) -> str:
    parts = pd.DataFrame(story.parts)
    rows = parts[parts["area"] == area]
    told = rows[rows["persons"].abs() >= SHOWN]
    told = told.reindex(told["persons"].abs().sort_values(ascending=False).index)
    words = [
        f"{PARTS[str(row['part'])][LANGUAGES.index(story.language)]} {story.signed(_float(row['persons']))}"
        for row in _records(told)
    ]
    first = story.tracked.forecast.start + 1
    return story.say(
        "moved",
        area=story.area_name(str(rows["area_name"].iloc[0])),
        years=_years(first, int(rows["year"].iloc[0])),
        parts=", ".join(words),
        error=story.signed(float(rows["error"].iloc[0])),
    )


def _measures(story: Story) -> str:
    lines = [_measure_line(story, name) for name in dict.fromkeys(story.table["measure"]) if name != POPULATION]
    return bullets(story.say("measures heading"), [line for line in lines if line]) if any(lines) else ""


def _measure_line(story: Story, name: str) -> str:
    whole = [row for row in _records(story.of(name)) if row["area"] == REGION]
    if not whole:
        return ""
    row, each = whole[0], story.of(name, MUNICIPALITY)
    outside = story.say("measure outside", outside=int((each["place"] != INSIDE).sum()), places=len(each))
    words, share = BY_NAME[name].words(story.language), _float(row["per_cent"])
    return story.say(
        "measure",
        measure=f"{words[0].upper()}{words[1:]}",
        year=row["year"],
        outcome=story.number(_float(row["outcome"])),
        forecast=story.number(_float(row["forecast"])),
        band=_band(story, row),
        per_cent="" if np.isnan(share) else story.say("per cent", per_cent=story.per_cent(share)),
        outside=outside if story.tracked.forecast.is_ensemble else "",
    )


def _reading(story: Story) -> str:
    lines = [story.say("read"), story.say("adjustments")] if story.divided is not None else []
    lines.append(story.say("held out"))
    outcomes = story.tracked.outcomes
    if outcomes.untracked:
        lines.append(story.say("untracked", what=", ".join(outcomes.untracked)))
    if outcomes.unpublished:
        lines.append(story.say("unpublished", cells=outcomes.unpublished))
    return bullets(story.say("read heading"), lines)


def _years(first: int, last: int) -> str:
    return "–".join(str(year) for year in dict.fromkeys((first, last)))


def _records(rows: pd.DataFrame) -> Iterable[dict[str, object]]:
    return [{str(key): value for key, value in row.items()} for row in rows.to_dict("records")]


def _float(value: object) -> float:
    return float(str(value))
