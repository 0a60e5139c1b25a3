"""The table list, tables.toml: what is asked for, and which history it feeds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from calibration.refresh.problems import RefreshError
from scenarios.problems import unknown

CATALOGUE = Path(__file__).resolve().parent / "tables.toml"
SCB, KOLADA = "scb", "kolada"
MUNICIPALITIES, TOTAL, AGES, LABEL, CODE, ONLY = "municipalities", "total", "ages", "label:", "code:", "*"
"""Ways to choose values; explained in tables.toml."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Service(_Part):
    """Where tables come from: address, licence, and the words to cite it by."""

    url: str
    licence: str
    attribution: str


class Table(_Part):
    """One question to a service; the fields are explained in tables.toml."""

    name: str
    service: str
    id: str
    title: str
    first: int
    last: int | None = None
    year_shift: int = 0
    times: float = 1.0
    measures: dict[str, str]
    select: dict[str, str | list[str]]
    codelists: dict[str, str] = {}
    unit: str
    feeds: str

    def years(self, until: int) -> range:
        """Years as the table labels them whose figures are about a year no later than `until`."""
        end = until - self.year_shift
        return range(self.first, (end if self.last is None else min(self.last, end)) + 1)


class _File(_Part):
    services: dict[str, Service]
    derived: dict[str, list[str]]
    table: list[Table]


@dataclass(frozen=True)
class Catalogue:
    """Services, tables, and measures that are sums of fetched ones."""

    services: dict[str, Service]
    derived: dict[str, list[str]]
    tables: tuple[Table, ...]

    def choose(self, names: str | None) -> tuple[Table, ...]:
        """The tables named (with commas between; by name or id), all when None. Raises RefreshError."""
        if names is None:
            return self.tables
        wanted = [word.strip() for word in names.split(",") if word.strip()]
        known = {table.name for table in self.tables} | {table.id for table in self.tables}
        wrong = [
            unknown(word, known, "table", "All of them: sim.py data status.") for word in wanted if word not in known
        ]
        if wrong or not wanted:
            what, resolve = wrong[0] if wrong else ("no table is named.", "All of them: sim.py data status.")
            raise RefreshError("--tables", what, resolve)
        return tuple(table for table in self.tables if table.name in wanted or table.id in wanted)


@cache
def read_catalogue(path: Path = CATALOGUE) -> Catalogue:
    """Read tables.toml. Raises RefreshError naming the line or key that is wrong."""
    try:
        file = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise RefreshError(path.name, "the table list is missing.", "Bring it back from version control.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RefreshError(path.name, f"the table list is damaged: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RefreshError(path.name, f"{where}: {first['msg']}.") from None
    names = [table.name for table in file.table]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise RefreshError(path.name, f"the name '{twice[0]}' stands twice.", "Each table needs its own name.")
    missing = sorted({table.service for table in file.table} - set(file.services))
    if missing:
        raise RefreshError(path.name, f"the service '{missing[0]}' has no address.", f"Add [services.{missing[0]}].")
    return Catalogue(file.services, file.derived, tuple(file.table))
