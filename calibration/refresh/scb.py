"""SCB's PxWebApi 2: limits, metadata, questions cut to the number of cells answered at once, answers checked."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from calibration.refresh.catalogue import AGES, CODE, LABEL, MUNICIPALITIES, ONLY, TOTAL, Table
from calibration.refresh.jsonstat import Dataset, Dimension, read_dataset
from calibration.refresh.problems import RefreshError, TooManyCellsError
from calibration.refresh.service import NOT_FOUND, Answer, Service
from scenarios.places import read_places
from scenarios.problems import unknown

LANGUAGE = {"lang": "sv"}
"""Labels are looked for in Swedish: every table has them."""
CONTENTS, TIME = "ContentsCode", "Tid"
OK = 200
AGE = re.compile(r"\d+|100\+1?")
"""Single years of age: '0' … '99', and the open end as tables before 2025 ('100+') and from 2025 ('100+1') call it."""
TOTALS = ("total", "samtliga", "män och kvinnor")
"""How the label of a variable's own total begins."""
TOO_LARGE = (413, 414)
"""HTTP states of a question or an answer that is too large (RFC 9110)."""
MANY_CELLS = re.compile("too many cells", re.IGNORECASE)
CHANGED = """The table has changed at SCB. Correct calibration/refresh/tables.toml (its heading explains the words),
or leave this table out for now: --tables with the names of the others (sim.py data status)."""
Selection = dict[str, list[str]]
Maker = TypeVar("Maker")


@dataclass(frozen=True)
class Limits:
    """What the service says of itself at /config: cells in an answer, calls in a window of seconds, licence."""

    cells: int
    calls: int
    window: float
    licence: str
    version: str


def read_limits(service: Service) -> Limits:
    """Ask for the limits. Raises RefreshError when the address is no PxWebApi 2."""
    answer = service.ask("config")
    way = "The address must be that of a PxWebApi 2, ending in /api/v2 at SCB."
    if answer.state != OK:
        raise RefreshError(answer.url, f"there is no PxWebApi 2 here ({answer.state}).", way)
    config = answer.json()
    try:
        limits = Limits(
            int(config["maxDataCells"]),
            int(config["maxCallsPerTimeWindow"]),
            float(config["timeWindow"]),
            str(config.get("license", "")),
            str(config.get("apiVersion", "")),
        )
    except (KeyError, TypeError, ValueError):
        raise RefreshError(answer.url, "the service does not tell its limits.", way) from None
    if not limits.version.startswith("2"):
        raise RefreshError(answer.url, f"this is version {limits.version}, not 2.", way)
    return limits


def read_metadata(service: Service, table: str) -> Dataset:
    """The variables of a table. Raises RefreshError; an unknown table is told as such."""
    answer = service.ask(f"tables/{table}/metadata", LANGUAGE)
    if answer.state == NOT_FOUND:
        way = f"SCB has renamed or closed it: look for its successor in the database, then correct the list.\n{CHANGED}"
        raise RefreshError(f"table {table}", "the service knows no such table (404).", way)
    return read_dataset(_good(answer, f"table {table}"), f"metadata of {table}", with_cells=False)


@dataclass(frozen=True)
class Question:
    """What is asked of a table: values of each variable, codelists applied, measures by content code."""

    table: Table
    selection: Selection
    codelists: dict[str, str]
    contents: dict[str, str]
    years: tuple[str, ...]

    @property
    def cells(self) -> int:
        """Cells of the answer."""
        return math.prod(len(codes) for codes in self.selection.values())

    def body(self, selection: Selection) -> dict[str, Any]:
        """The body of POST /tables/{id}/data for a part of the selection."""
        parts = []
        for variable, codes in selection.items():
            part: dict[str, Any] = {"variableCode": variable, "valueCodes": codes}
            if variable in self.codelists:
                part["codelist"] = self.codelists[variable]
            parts.append(part)
        return {"selection": parts}


def make_question(service: Service, table: Table, metadata: Dataset, until: int) -> Question:
    """Turn the words of the table list into codes of the table. Raises RefreshError telling what the table lacks."""
    where = f"{table.name} ({table.id})"
    known = [each.code for each in metadata.dimensions]
    for variable in [*table.select, *table.codelists]:
        if variable not in known:
            raise RefreshError(where, *_lacking(variable, known, "variable of the table"))
    contents = _contents(table, _needed(metadata, CONTENTS, where), where)
    time = _needed(metadata, metadata.time or TIME, where)
    years = tuple(str(year) for year in table.years(until) if str(year) in time.values)
    selection: Selection = {}
    for dimension in metadata.dimensions:
        if dimension.code in (CONTENTS, time.code):
            continue
        values = _values(service, table, dimension, where)
        codes = _codes(table.select.get(dimension.code), dimension, values, where)
        if codes:
            selection[dimension.code] = codes
    selection |= {CONTENTS: list(contents.values()), time.code: list(years)}
    return Question(table, selection, table.codelists, contents, years)


def _needed(metadata: Dataset, code: str, where: str) -> Dimension:
    dimension = metadata.dimension(code)
    if dimension is None:
        raise RefreshError(where, f"the table has no variable '{code}'.", CHANGED)
    return dimension


def _values(service: Service, table: Table, dimension: Dimension, where: str) -> dict[str, str]:
    """Values to choose from: the variable's own, or those of the codelist."""
    codelist = table.codelists.get(dimension.code)
    if codelist is None:
        return dimension.values
    if codelist not in dimension.codelists:
        raise RefreshError(where, *_lacking(codelist, dimension.codelists, f"codelist of {dimension.code}"))
    answer = service.ask(f"codelists/{codelist}", LANGUAGE)
    values = _good(answer, f"codelist {codelist}").get("values")
    try:
        return {str(value["code"]): str(value["label"]) for value in values}
    except (TypeError, KeyError):
        raise RefreshError(f"codelist {codelist}", "the answer is damaged: it has no values.") from None


def _codes(how: str | list[str] | None, dimension: Dimension, values: Mapping[str, str], where: str) -> list[str]:
    """Codes of a variable; none when it is left out and the service sums."""
    kind = f"value of {dimension.code}"
    if how is None:
        if dimension.eliminable:
            return []
        what = f"the table now asks for a choice of '{dimension.code}' ({dimension.label})."
        raise RefreshError(where, what, CHANGED)
    if isinstance(how, list) or how == MUNICIPALITIES:
        wanted = list(read_places().codes) if how == MUNICIPALITIES else list(how)
        missing = [code for code in wanted if code not in values]
        if missing:
            raise RefreshError(where, *_lacking(missing[0], values, kind))
        return wanted
    if how == AGES:
        ages = [code for code in values if AGE.fullmatch(code)]
        if len(ages) < 2:
            raise RefreshError(where, f"'{dimension.code}' has no single years of age.", CHANGED)
        return ages
    if how == TOTAL:
        return _total(dimension, values, where)
    if how.startswith(LABEL):
        return [_labelled(how.removeprefix(LABEL), values, kind, where)]
    raise RefreshError(where, f"'{how}' is no way to choose values of {dimension.code}.", CHANGED)


def _total(dimension: Dimension, values: Mapping[str, str], where: str) -> list[str]:
    own = [code for code, label in values.items() if label.casefold().startswith(TOTALS)]
    if own:
        return own[:1]
    if dimension.eliminable:
        return []
    what = f"'{dimension.code}' has no total, and cannot be left out."
    raise RefreshError(where, what, CHANGED)


def _contents(table: Table, contents: Dimension, where: str) -> dict[str, str]:
    """Code of each measure: by label, by code, or the only content there is."""
    codes = {}
    for measure, word in table.measures.items():
        if word == ONLY:
            if len(contents.values) != 1:
                what = f"the table has {len(contents.values)} contents where one was expected."
                raise RefreshError(where, f"{what} They are: {', '.join(contents.values.values())}.", CHANGED)
            codes[measure] = next(iter(contents.values))
        elif word.startswith(CODE):
            code = word.removeprefix(CODE)
            if code not in contents.values:
                raise RefreshError(where, *_lacking(code, contents.values, "content of the table"))
            codes[measure] = code
        else:
            codes[measure] = _labelled(word, contents.values, "content of the table", where)
    return codes


def _labelled(label: str, values: Mapping[str, str], kind: str, where: str) -> str:
    found = [code for code, text in values.items() if text.casefold() == label.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise RefreshError(where, f"'{label}' names {len(found)} values: {', '.join(found)}.", CHANGED)
    raise RefreshError(where, *_lacking(label, values.values(), kind))


def _lacking(word: str, known: Any, kind: str) -> tuple[str, str]:
    names = list(known)
    listing = f"There are {len(names)}." if len(names) > MOST_LISTED else ""
    what, hint = unknown(word, names, kind, listing)
    return what, f"{hint}\n{CHANGED}"


MOST_LISTED = 15


def pieces(question: Question, most: int) -> list[Selection]:
    """Cut a question into parts of at most `most` cells, along its longest variables."""
    return list(_cut(question.selection, most))


def _cut(selection: Selection, most: int) -> Iterator[Selection]:
    cells = math.prod(len(codes) for codes in selection.values())
    longest = max(selection, key=lambda variable: len(selection[variable]))
    length = len(selection[longest])
    if cells <= most or length == 1:
        yield selection
        return
    step = max(1, most // (cells // length))
    for first in range(0, length, step):
        yield from _cut(selection | {longest: selection[longest][first : first + step]}, most)


def halves(selection: Selection) -> list[Selection]:
    """Two parts of a selection; itself when there is nothing to part."""
    cells = math.prod(len(codes) for codes in selection.values())
    return list(_cut(selection, max(1, (cells + 1) // 2)))


def fetch_piece(service: Service, question: Question, selection: Selection) -> Answer:
    """Ask for the data of a part. Raises TooManyCellsError when the service counts more cells than it answers."""
    query = LANGUAGE | {"outputFormat": "json-stat2"}
    answer = service.ask(f"tables/{question.table.id}/data", query, question.body(selection))
    _good(answer, f"{question.table.name} ({question.table.id})")
    return answer


def read_piece(body: bytes, question: Question, selection: Selection) -> Dataset:
    """The cells of a part, with every code that was asked for. Raises RefreshError."""
    where = f"{question.table.name} ({question.table.id})"
    try:
        data = read_dataset(json.loads(body), where)
    except ValueError:
        raise RefreshError(where, "the answer is damaged: it is no JSON.") from None
    for variable, codes in selection.items():
        dimension = data.dimension(variable)
        if dimension is None or (list(dimension.values) != codes and set(dimension.values) != set(codes)):
            given = "nothing" if dimension is None else f"{len(dimension.values)} values"
            what = f"of '{variable}' {len(codes)} values were asked for, and {given} came."
            raise RefreshError(where, f"the answer is damaged: {what}")
    return data


def _good(answer: Answer, where: str) -> Any:
    """What a good answer says. Raises RefreshError with the service's own words (RFC 9457) of another."""
    if answer.state == OK:
        return answer.json()
    words = _problem(answer)
    if MANY_CELLS.search(words) or answer.state in TOO_LARGE:
        raise TooManyCellsError(where, f"the service will not answer so much at once ({answer.state}): {words}.")
    way = CHANGED if answer.state in (400, NOT_FOUND) else "Try again later."
    raise RefreshError(where, f"the service refuses the question ({answer.state}): {words}.", way)


def _problem(answer: Answer) -> str:
    try:
        problem = answer.json()
    except RefreshError:
        problem = None
    if not isinstance(problem, dict):
        return "no reason given"
    told = [str(problem[key]) for key in ("title", "detail") if problem.get(key)]
    return ": ".join(dict.fromkeys(told)) or "no reason given"


def every_piece(
    question: Question, most: int, fetch: Callable[[Selection], Maker]
) -> Iterator[tuple[Selection, Maker]]:
    """Fetch all parts; a part that the service finds too large is halved and asked again."""
    waiting = pieces(question, most)
    while waiting:
        selection = waiting.pop(0)
        try:
            yield selection, fetch(selection)
        except TooManyCellsError:
            smaller = halves(selection)
            if len(smaller) == 1:
                raise
            waiting = smaller + waiting
