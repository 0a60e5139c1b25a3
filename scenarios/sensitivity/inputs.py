"""What may drive an outcome: an uncertain parameter, table or project risk, or a lever; each with plain names."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from scenarios.chance import Factor

NAMES = Path(__file__).resolve().parent / "names.csv"
"""Plain names of parameters, tables and levers; its levers are the ones that can be varied."""
NEVER = 9999.0
"""The calendar year that stands for never."""
LEVER = "lever"


@dataclass(frozen=True)
class Input:
    """One input of the analysis.

    kind: 'parameter', 'table' (a factor on a whole table), 'project' or 'lever'. label: plain words in English and
    Swedish. levels: its values at 10, 50 and 90 per cent probability, in `unit`.
    """

    name: str
    kind: str
    label: tuple[str, str]
    levels: tuple[float, float, float]
    unit: str


@dataclass(frozen=True)
class Name:
    """A row of the table: the kind of input and its plain name in English and Swedish."""

    kind: str
    label: tuple[str, str]


def read_names(path: Path = NAMES) -> dict[str, Name]:
    """Plain names by input. Raises ScenarioError when the table is missing or damaged."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row["name"]: Name(row["kind"], (row["label_en"], row["label_sv"])) for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError) as error:
        name = f"scenarios/sensitivity/{path.name}"
        way = f"Bring it back from version control: git checkout -- {name}"
        raise ScenarioError([Problem(name, f"the table is missing or damaged: {error}.", way)]) from None


def input_of(factor: Factor, names: Mapping[str, Name]) -> Input:
    """A factor of chance as an input; one without a plain name keeps the label it has."""
    known = names.get(factor.name)
    label = known.label if known else (factor.label_en, factor.label_sv)
    return Input(factor.name, factor.kind, label, (factor.low, factor.median, factor.high), factor.unit)
