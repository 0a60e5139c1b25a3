"""The answer of `sim.py target`, where one has been searched for with this scenario: read from its record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outputs.folder import RECORD
from outputs.publish import default_folder
from outputs.report.facts import Facts
from outputs.report.numbers import percent
from outputs.report.text.answer import WORDS

FOLDER, PART = "target", "target"
PEOPLE = "new_residents"


@dataclass(frozen=True)
class Searched:
    """A search's answer: the level asked for, whether it is reached, how far one gets, and at what cost a year."""

    target: float
    by: int
    probability: float
    reached: bool
    level: float
    cost: float

    @classmethod
    def read(cls, record: dict[str, Any]) -> Searched:
        """The answer in a record. Raises KeyError or TypeError where there is none."""
        found = record[PART]
        best = found["mix"] if found["reached"] else found["furthest"]
        level = best["level"]["fresh"] if found["reached"] else best["level"]
        return cls(
            float(found["target"]),
            int(found["by"]),
            float(found["probability"]),
            bool(found["reached"]),
            float(level),
            float(best["cost_msek_per_year"]),
        )


def read_searched(facts: Facts, folder: Path | None = None) -> Searched | None:
    """The answer of the usual folder when it is about this model, scenario, region, target and year; else None."""
    path = (folder or default_folder(FOLDER)) / RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        same = record["model"]["sha256"] == facts.case.prepared.model.hash
        same = same and record["scenario"]["name"] == facts.case.name and record[PART]["outcome"] == PEOPLE
        same = same and len(record[PART]["municipalities"]) in (0, len(facts.codes)) and not record[PART]["at_most"]
        answer = Searched.read(record)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if same and (answer.target, answer.by) == (facts.target, facts.goal) else None


def searched_in_words(facts: Facts) -> list[str]:
    """What the search found, as one sentence; nothing where none was made."""
    answer = read_searched(facts)
    if answer is None:
        return []
    say = facts.teller(WORDS)
    told = {
        "share": percent(answer.probability, facts.language),
        "target": facts.number(answer.target),
        "goal": answer.by,
        "level": facts.whole(answer.level),
        "cost": facts.rough(answer.cost),
    }
    return [say("searched" if answer.reached else "searched in vain", **told)]
