"""Names of the results in English and Swedish: model/glossary.csv, and those that settings give meaning."""

import csv
from dataclasses import dataclass
from pathlib import Path

from scenarios.problems import Problem, ScenarioError

GLOSSARY = Path(__file__).resolve().parent.parent / "model" / "glossary.csv"


@dataclass(frozen=True)
class Term:
    """A result's name in results.nc and its long names."""

    name: str
    long_name: str
    long_name_sv: str


DERIVED = (
    Term("new_residents", "new residents since the base year", "nya invånare sedan basåret"),
    Term("target_share", "new residents as a share of the need", "nya invånare som andel av det uttalade behovet"),
)
"""Results made from the model's after the run, with the scenario's base year and target."""


def read_glossary(path: Path = GLOSSARY) -> dict[str, Term]:
    """Terms by result name. The glossary declares which of the model's variables a run keeps.

    Raises ScenarioError when the table is missing or damaged.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [(result_name(row["name"]), row["long_name"], row["long_name_sv"]) for row in csv.DictReader(file)]
    except FileNotFoundError:
        raise _damaged(path, "the table is missing.") from None
    except KeyError as error:
        raise _damaged(path, f"the table is damaged: the column {error} is missing.") from None
    except (ValueError, AttributeError) as error:
        raise _damaged(path, f"the table is damaged: {error}.") from None
    if not rows:
        raise _damaged(path, "the table is damaged: it has no rows.")
    return {term.name: term for term in (*(Term(*row) for row in rows), *DERIVED)}


def _damaged(path: Path, what: str) -> ScenarioError:
    name = f"{path.parent.name}/{path.name}"
    return ScenarioError([Problem(name, what, f"Bring it back from version control: git checkout -- {name}")])


def result_name(variable: str) -> str:
    """The name in results.nc of a model variable: lower case, underscores for spaces."""
    return variable.lower().replace(" ", "_")
