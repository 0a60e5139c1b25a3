"""The tables of the page's words: levers.csv, indicators.csv, story.toml."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from model.language.structure import Model

HERE = Path(__file__).resolve().parent
LEVERS, INDICATORS, STORY = HERE / "levers.csv", HERE / "indicators.csv", HERE / "story.toml"
REGISTER = HERE.parents[1] / "scenarios" / "projects.csv"
Texts = dict[str, str]
TIMES = "/"
"""Between a variable and the parameter it is divided by: 'Unsettled newcomers/persons per moving worker'."""


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def texts(row: dict[str, str], name: str) -> Texts:
    """A text in both languages."""
    return {"sv": row[f"{name}_sv"], "en": row[f"{name}_en"]}


def terms(text: str, model: Model, parameters: Any) -> list[str]:
    """The terms of a sum: keys of variables, those divided by a parameter as 'key*number'."""
    found = []
    for term in filter(None, text.split(";")):
        variable, _, divisor = term.partition(TIMES)
        key = model.variables[variable].key
        found.append(f"{key}*{1 / float(parameters[divisor]):.17g}" if divisor else key)
    return found


def indicators(model: Model, parameters: Any) -> list[dict[str, Any]]:
    """What the page shows, in its order; `parameters` gives the value of a parameter by name."""
    return [_indicator(row, model, parameters) for row in rows(INDICATORS)]


def _indicator(row: dict[str, str], model: Model, parameters: Any) -> dict[str, Any]:
    first = row["sum"].split(";")[0].partition(TIMES)[0]
    variable = model.variables[first]
    found: dict[str, Any] = {
        "key": row["key"],
        "label": texts(row, "label"),
        "meaning": texts(row, "meaning"),
        "unit": texts(row, "unit"),
        "sum": terms(row["sum"], model, parameters),
        "factor": float(row["factor"]),
        "decimals": int(row["decimals"]),
        "flow": variable.unit.endswith("/year") and variable.kind != "stock",
    }
    for name in ("minus", "per"):
        if row[name]:
            found[name] = terms(row[name], model, parameters)
    if row["weight"]:
        found["weight"] = model.variables[row["weight"]].key
    return found


def kept(found: list[dict[str, Any]]) -> list[str]:
    """Keys of the model's variables that the indicators need."""
    names = [term for each in found for part in ("sum", "minus", "per") for term in each.get(part, [])]
    names += [each["weight"] for each in found if "weight" in each]
    return list(dict.fromkeys(name.partition("*")[0] for name in names))
