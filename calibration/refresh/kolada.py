"""Kolada 3: key figures by municipality, page by page; at most 25 of anything in an address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from calibration.refresh.catalogue import Table
from calibration.refresh.jsonstat import STATUS, VALUE
from calibration.refresh.problems import RefreshError
from calibration.refresh.service import NOT_FOUND, Answer, Service
from scenarios.places import read_places

MOST_NAMED = 25
"""Municipalities or years in one address."""
CALLS, WINDOW = 5, 1.0
"""Kolada tells no limit; five calls a second is what its users keep to."""
PER_PAGE = 5000
MOST_PAGES = 1000
OK = 200
UPDATED = ("publication_date", "prel_publication_date")


@dataclass(frozen=True)
class KeyFigure:
    """A key figure: title, when it was last published."""

    title: str
    updated: str


def read_key_figure(service: Service, table: Table) -> KeyFigure:
    """What Kolada says of a key figure. Raises RefreshError when it has none by that id."""
    answer = service.ask(f"kpi/{table.id}")
    data = _values(answer, table, one=True)
    if answer.state == NOT_FOUND or not data:
        way = "It may have been closed: look for its successor at kolada.se, then correct refresh/tables.toml."
        raise RefreshError(f"{table.name} ({table.id})", "Kolada has no such key figure.", way)
    return KeyFigure(str(data[0].get("title", "")), next((str(data[0][k]) for k in UPDATED if data[0].get(k)), ""))


def addresses(table: Table, until: int) -> list[str]:
    """Paths of the first page of each part of the question."""
    codes, years = list(read_places().codes), [str(year) for year in table.years(until)]
    parts = [
        (codes[i : i + MOST_NAMED], years[j : j + MOST_NAMED])
        for i in range(0, len(codes), MOST_NAMED)
        for j in range(0, len(years), MOST_NAMED)
    ]
    return [f"data/kpi/{table.id}/municipality/{','.join(c)}/year/{','.join(y)}?per_page={PER_PAGE}" for c, y in parts]


def every_page(table: Table, first: str, get: Callable[[str], bytes]) -> Iterator[bytes]:
    """The pages from an address on, each got by `get`. Raises RefreshError when they do not end."""
    path: str | None = first
    for _ in range(MOST_PAGES):
        body = get(str(path))
        yield body
        told = json.loads(body)
        path = told.get("next_url") or told.get("next_page")
        if not path:
            return
    raise RefreshError(f"{table.name} ({table.id})", f"the pages do not end ({MOST_PAGES} so far).", "Try again later.")


def fetch_page(service: Service, table: Table, path: str) -> Answer:
    """Ask for a page of values. Raises RefreshError when it is none."""
    answer = service.ask(path)
    _values(answer, table)
    return answer


def read_page(body: bytes, table: Table) -> pd.DataFrame:
    """Rows (measure, municipality, year, value, status) of a page; deleted values are left out."""
    try:
        data = json.loads(body)
        wanted = {gender: measure for measure, gender in table.measures.items()}
        rows = [
            (
                wanted[each["gender"]],
                str(row["municipality"]),
                str(row["period"]),
                each["value"],
                each.get("status") or "",
            )
            for row in data["values"]
            for each in row["values"]
            if each["gender"] in wanted and not each.get("isdeleted", False)
        ]
        frame = pd.DataFrame(rows, columns=["measure", "municipality", "year", VALUE, STATUS])
        return frame.assign(**{VALUE: frame[VALUE].astype(float)})
    except (ValueError, KeyError, TypeError) as error:
        what = f"the answer is damaged: {type(error).__name__} {error}."
        raise RefreshError(f"{table.name} ({table.id})", what, "Try again later.") from None


def _values(answer: Answer, table: Table, one: bool = False) -> list[dict[str, Any]]:
    where = f"{table.name} ({table.id})"
    if answer.state == NOT_FOUND and one:
        return []
    if answer.state != OK:
        raise RefreshError(
            where, f"Kolada refuses the question ({answer.state}).", "Check calibration/refresh/tables.toml."
        )
    data = answer.json()
    values = data.get("values") if isinstance(data, dict) else None
    if values is None and one and isinstance(data, dict) and data.get("id"):
        values = [data]
    if not isinstance(values, list):
        raise RefreshError(where, "the answer is damaged: it has no values.", "Try again later.")
    return values
