"""What pydantic finds wrong with a part of a scenario, in the words of the house."""

from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from scenarios.problems import Problem, unknown
from scenarios.schema import CELL_KEYS, FIRST_START, LAST_START, LAST_YEAR, Header, Texts

NO_BASELINE = "none"
WORDS = {
    "float_type": "expected a number",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "string_type": "expected a text in quotes",
    "list_type": "expected a list: [ … ]",
    "finite_number": "expected a finite number",
    "greater_than": "expected more than {gt}",
    "greater_than_equal": "expected at least {ge}",
    "less_than_equal": "expected at most {le}",
    "too_short": "expected at least one",
    "model_type": "expected a Swedish and an English text",
}
"""Words for the kinds of pydantic's errors."""


def problem_of(kind: type[BaseModel], detail: ErrorDetails, raw: dict[str, Any], where: str) -> Problem:
    """One error of a part of the scenario, told as what was given and what was expected."""
    first, *rest = detail["loc"] or ("",)
    if detail["type"] == "value_error":
        return Problem(where, f"{detail['msg'].removeprefix('Value error, ')}.")
    if first in CELL_KEYS and detail["type"] != "extra_forbidden":
        return Problem(where, f"{first} = {_shown(raw[str(first)])}: expected a name, a number, or a list of these.")
    if first == "range" and detail["type"] in ("missing", "too_long", "tuple_type"):
        return Problem(where, f"range = {_shown(raw['range'])}: expected two numbers, [lowest, highest].")
    if detail["type"] == "extra_forbidden":
        known = list(Texts.model_fields) if rest else keys_of(kind)
        return Problem(f"{where}, {first}" if rest else where, *unknown(str(detail["loc"][-1]), known, "key"))
    place = ".".join(map(str, detail["loc"]))
    if detail["type"] == "missing":
        return Problem(where, f"the key '{place}' is missing.", f"Add it: {_example(place)}")
    limits = {name: f"{limit:.12g}" for name, limit in detail.get("ctx", {}).items() if isinstance(limit, int | float)}
    words = WORDS.get(detail["type"], detail["msg"]).format(**limits)
    if "number" in words and isinstance(detail["input"], str):
        words += ", without quotes"
    return Problem(where, f"{place} = {_shown(detail['input'])}: {words}.", _hint(place))


def keys_of(kind: type[BaseModel]) -> list[str]:
    """The keys that a part may have, as written in the file."""
    return [info.alias or key for key, info in kind.model_fields.items()]


def _example(place: str) -> str:
    examples = {"baseline": f'baseline = "reference" (or "{NO_BASELINE}")', "date": "date = 2025-01-31"}
    if place in Header.model_fields and Header.model_fields[place].annotation is Texts:
        return f'{place}.sv = "…" and {place}.en = "…"'
    return examples.get(place, f'{place} = "…"')


def _hint(place: str) -> str:
    if place == "start":
        return f"Runs start at the end of a year with observed stocks: {FIRST_START} to {LAST_START}."
    if place in ("from", "until", "base_year") or place.startswith("target_years"):
        return f"Years go from {FIRST_START} to {LAST_YEAR}."
    if place == "date":
        return "A date: date = 2025-01-31"
    if place in Header.model_fields and Header.model_fields[place].annotation is Texts:
        return _example(place)
    return ""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
