"""The guided story: its steps from story.toml, with numbers of the history and changes as the page holds them."""

from __future__ import annotations

import tomllib
from typing import Any

from outputs.observed import HISTORY
from outputs.page import tables
from outputs.page.order import Ground, placed_in
from outputs.words import number
from scenarios.compose import compose
from scenarios.placing import PROJECT_INPUTS

LONG = HISTORY / "long_series.csv"
KIRUNA, FIRST, LAST = "2584", 2003, 2012
"""The mine's upswing: from the last year of falling jobs to the year in which they stood highest before 2013."""


def read_story(ground: Ground) -> list[dict[str, Any]]:
    """The steps (protocol.ts, StoryStep); one that needs a scenario of another base is left out."""
    raw = tomllib.loads(tables.STORY.read_text(encoding="utf-8"))["steps"]
    steps = [_step(each, ground) for each in raw]
    return [step for step in steps if step is not None]


def _step(raw: dict[str, Any], ground: Ground) -> dict[str, Any] | None:
    changes = _changes(raw, ground)
    if changes is None:
        return None
    text = {language: raw["text"][language].strip().format(**_numbers(language)) for language in raw["text"]}
    return {"title": raw["title"], "text": text, "changes": changes, "area": raw["area"], "look": raw["look"]}


def _changes(raw: dict[str, Any], ground: Ground) -> list[dict[str, Any]] | None:
    from outputs.page.meta import change_of_all

    if "closure" in raw:
        fate = {"project": raw["project"], "fate": "closure"}
        name = PROJECT_INPUTS["closure"]
        return [{"kind": "project", "name": name, "way": "value", "number": raw["closure"], **fate}]
    if "scenario" not in raw:
        return []
    scenario, problems = compose(raw["scenario"])
    if problems or scenario.baseline is None or scenario.baseline.name != ground.prepared.scenario.name:
        return None
    return change_of_all(placed_in(scenario, ground.prepared, ground.inputs))


def _numbers(language: str) -> dict[str, str]:
    """What history says of Kiruna, rounded to tens."""
    here = {int(row["year"]): row for row in tables.rows(LONG) if row["municipality"] == KIRUNA}

    def more(column: str) -> float:
        return float(here[LAST][column]) - float(here[FIRST][column])

    told = {"jobs": more("jobs"), "people": -more("population"), "commuters": more("in_commuters")}
    if min(told.values()) <= 0:
        raise ValueError(f"the story of Kiruna {FIRST}-{LAST} no longer holds: {told}")
    return {key: number(value, language, 3) for key, value in told.items()} | {
        "first": str(FIRST),
        "last": str(LAST),
    }
