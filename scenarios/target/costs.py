"""What measures cost, and which levers are measures at all: scenarios/lever_costs.csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.problems import Problem, ScenarioError, unknown

if TYPE_CHECKING:
    from model.language import Model

TABLE = Path(__file__).resolve().parent.parent / "lever_costs.csv"
COLUMNS = (
    "lever", "choice", "decides", "pays", "full", "unit", "per", "when", "cost", "low", "high", "source", "quality",
)  # fmt: skip
PAYERS = ("municipality", "region", "state", "residents")
PERIODS = ("year", "once")
QUALITIES = ("A", "B", "C", "D")
BASES = (
    "municipality",
    "inhabitant",
    "person in the labour force",
    "newcomer",
    "home started",
    "builder of homes",
    "non-registered worker",
    "MSEK of tax base",
    "MSEK of equalised income",
    "MW decided a year",
)
"""What a measure is paid for; scenarios/target/bases.py counts them in a run."""


@dataclass(frozen=True)
class Cost:
    """What a lever costs as a measure.

    decides, pays: who. full: the lever's value at full strength. unit: of the lever, in words. per: what the cost is
    counted by (BASES). cost, low, high: million kronor of 2024 for one unit of the lever and one of `per`. once: paid
    as the measure grows, else each year it is in force.
    """

    lever: str
    decides: str
    pays: str
    full: float
    unit: str
    per: str
    once: bool
    cost: float
    low: float
    high: float
    source: str
    quality: str


@dataclass(frozen=True)
class Costs:
    """The levers that are measures, with their costs, and why the others are none."""

    measures: Mapping[str, Cost]
    others: Mapping[str, str]


def read_costs(path: Path = TABLE) -> Costs:
    """Read the table of costs. Raises ScenarioError with every mistake in it."""
    where = f"scenarios/{path.name}" if path == TABLE else str(path)
    rows = _rows(path, where)
    measures: dict[str, Cost] = {}
    others: dict[str, str] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=2):
        place = f"{where}, line {number}"
        name = row["lever"]
        if name in measures or name in others:
            problems.append(Problem(place, f"'{name}' stands here a second time.", "Keep one of the rows."))
        elif row["choice"] == "no":
            others[name] = row["source"]
        else:
            found = list(_wrong(row, place))
            problems += found
            if not found:
                measures[name] = _cost(row)
    if problems:
        raise ScenarioError(problems)
    return Costs(measures, others)


def chosen(costs: Costs, words: Sequence[str], model: Model) -> tuple[Cost, ...]:
    """The measures named (all, when there are none), in the order of the table.

    Raises ScenarioError for a name that is no lever, one that is no choice (with the reason), one without a cost, and
    a lever whose full strength lies outside its range.
    """
    levers = {name: each for name, each in model.variables.items() if each.kind == "lever"}
    problems = [problem for word in words if (problem := _no_measure(word, costs, levers))]
    wanted = [each for name, each in costs.measures.items() if name in levers and (not words or name in words)]
    for each in wanted:
        low, high = levers[each.lever].range or (None, None)
        if (low is not None and each.full < low) or (high is not None and each.full > high):
            what = f"full strength of '{each.lever}' is {each.full:g}, outside the lever's range [{low:g}, {high:g}]."
            problems.append(Problem("scenarios/lever_costs.csv", what, "Give a value of 'full' within the range."))
    if problems:
        raise ScenarioError(problems)
    return tuple(wanted)


def _no_measure(word: str, costs: Costs, levers: Mapping[str, object]) -> Problem | None:
    where = f"--levers {word}"
    if word in costs.measures and word in levers:
        return None
    if word in costs.others:
        return Problem(where, f"'{word}' is no choice of a municipality, a region or the state. {costs.others[word]}")
    if word in levers:
        what = f"'{word}' has no cost in scenarios/lever_costs.csv."
        return Problem(where, what, "Add a row with its cost, or leave it out.")
    return Problem(where, *unknown(word, costs.measures, "measure"))


def _rows(path: Path, where: str) -> list[dict[str, str]]:
    way = f"Bring it back from version control: git checkout -- {where}" if path == TABLE else "Give another --costs."
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            rows = [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ScenarioError([Problem(where, f"the table is missing or damaged: {error}.", way)]) from None
    if missing:
        what = f"the table has no column {', '.join(repr(name) for name in missing)}."
        raise ScenarioError([Problem(where, what, f"Its columns: {', '.join(COLUMNS)}.")])
    return rows


def _wrong(row: Mapping[str, str], place: str) -> Iterator[Problem]:
    known = (("pays", PAYERS), ("when", PERIODS), ("per", BASES), ("quality", QUALITIES), ("choice", ("yes", "no")))
    for name, words in known:
        if row[name] not in words:
            yield Problem(place, f"{name} = '{row[name]}'.", f"Expected one of: {', '.join(words)}.")
    numbers = {}
    for name in ("full", "cost", "low", "high"):
        try:
            numbers[name] = float(row[name])
        except ValueError:
            yield Problem(place, f"{name} = '{row[name]}': expected a number.")
    if len(numbers) == len(("full", "cost", "low", "high")):
        low, cost, high = (numbers[name] for name in ("low", "cost", "high"))
        if not 0 <= low <= cost <= high < float("inf"):
            what = f"low {low:g}, cost {cost:g}, high {high:g}: expected numbers from 0 in rising order."
            yield Problem(place, what)
    if not row["source"]:
        yield Problem(
            place, f"'{row['lever']}' has no source.", "Tell where the cost comes from, or that it is judged."
        )


def _cost(row: Mapping[str, str]) -> Cost:
    full, cost, low, high = (float(row[name]) for name in ("full", "cost", "low", "high"))
    return Cost(
        row["lever"], row["decides"], row["pays"], full, row["unit"], row["per"], row["when"] == "once",
        cost, low, high, row["source"], row["quality"],
    )  # fmt: skip
