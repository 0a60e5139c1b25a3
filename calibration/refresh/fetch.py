"""Fetches the tables of the list into a new snapshot: whole or not at all, resumable, newer outcomes held back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from calibration.refresh import kolada, scb
from calibration.refresh.catalogue import CATALOGUE, KOLADA, SCB, Catalogue, Table, read_catalogue
from calibration.refresh.jsonstat import STATUS, VALUE
from calibration.refresh.keep import UNFINISHED, Kept, Workshop, check_place, disk_told, sha256
from calibration.refresh.problems import RefreshError, ServiceError, together
from calibration.refresh.service import Pace, Service
from model.whole import write_whole
from outputs.record import program_version
from scenarios.schema import LAST_START, LAST_YEAR

Say = Callable[[str], None]
SNAPSHOTS = Path(__file__).resolve().parent / "snapshots"
RECORD, MEASURES, MARK = "snapshot.json", "measures.csv", "norrsim-snapshot"
COLUMNS = {"Region": "municipality", "Kommun": "municipality", "Tid": "year", "Kon": "sex", "Alder": "age"}
"""Names of SCB's variables in a snapshot; their codes stay as SCB writes them."""
LABELS = ["measure", "municipality", "year", "sex", "age"]
GENTLE = (1, 1.0)
"""Calls and seconds before the service has told its pace."""


@dataclass(frozen=True)
class RefreshOrder:
    """What to fetch (names with commas between, None: all), to which year, where to, and from which addresses."""

    tables: str | None = None
    until: int = LAST_START
    out: Path | None = None
    base_url: str | None = None
    kolada_url: str | None = None
    catalogue: Path = CATALOGUE


@dataclass(frozen=True)
class Fetched:
    """A table as fetched: its rows in the unit of the history, and what the record tells."""

    rows: pd.DataFrame
    record: dict[str, Any]
    kept: list[Kept]


@dataclass
class _Errand:
    """What fetching a table needs."""

    order: RefreshOrder
    catalogue: Catalogue
    workshop: Workshop
    say: Say
    _services: dict[str, Service]
    _limits: scb.Limits | None = None

    def service(self, name: str) -> Service:
        """A service, at its own pace; SCB's is asked for."""
        if name not in self._services:
            given = {SCB: self.order.base_url, KOLADA: self.order.kolada_url}[name]
            url = given or self.catalogue.services[name].url
            pace = Pace(kolada.CALLS, kolada.WINDOW) if name == KOLADA else Pace(*GENTLE)
            self._services[name] = Service(url, pace, self.say)
        return self._services[name]

    @property
    def limits(self) -> scb.Limits:
        """SCB's limits; from then on its pace is kept."""
        if self._limits is None:
            service = self.service(SCB)
            self._limits = scb.read_limits(service)
            service.pace = Pace(self._limits.calls, self._limits.window)
        return self._limits


def refresh(order: RefreshOrder, say: Say) -> str:
    """Fetch a new snapshot; gives what was done in words. Raises RefreshError; what was fetched is then kept."""
    catalogue = read_catalogue(order.catalogue)
    chosen = catalogue.choose(order.tables)
    _check_year(order.until)
    asked = [table for table in chosen if table.years(order.until)]
    later = [table for table in chosen if table not in asked]
    if not asked:
        way = f"Fetch newer years with --until {min(table.first for table in later)}: for tracking only."
        raise RefreshError("--tables", f"none of these tables has years up to {order.until}.", way)
    target = order.out or _default_folder(order.until)
    check_place(target)
    workshop = Workshop(target)
    say(_held_back(order.until))
    with disk_told(workshop):
        workshop.folder.mkdir(parents=True, exist_ok=True)
        errand = _Errand(order, catalogue, workshop, say, {})
        fetched = _fetch_all(errand, asked)
        record = _publish(errand, fetched, later)
    return _in_words(target, record)


def _check_year(until: int) -> None:
    if not 1900 < until <= LAST_YEAR:
        raise RefreshError(
            f"--until {until}", "this is no year that has outcomes.", f"For example --until {LAST_START}."
        )


def _held_back(until: int) -> str:
    if until > LAST_START:
        return f"Outcomes up to {until}: those after {LAST_START} are for tracking, never for fitting the model"
    return f"Outcomes after {until} are held back (--until fetches newer ones, for tracking)"


def _default_folder(until: int) -> Path:
    """A new folder by date; one begun earlier and not finished goes on."""
    ending = f"-until-{until}"
    begun = sorted(SNAPSHOTS.glob(f".*{ending}{UNFINISHED}"))
    if begun:
        return SNAPSHOTS / begun[-1].name.removeprefix(".").removesuffix(UNFINISHED)
    return SNAPSHOTS / f"{datetime.now(UTC).date().isoformat()}{ending}"


def _fetch_all(errand: _Errand, tables: list[Table]) -> list[Fetched]:
    """Every table; problems of single tables are gathered and told together."""
    fetched, problems = [], []
    for at, table in enumerate(tables, start=1):
        errand.say(f"{table.name} ({table.id}), table {at} of {len(tables)}")
        try:
            fetched.append(_fetch_scb(errand, table) if table.service == SCB else _fetch_kolada(errand, table))
        except ServiceError:
            raise
        except RefreshError as error:
            problems.append(error)
    if problems:
        raise together(problems)
    return fetched


def _fetch_scb(errand: _Errand, table: Table) -> Fetched:
    service, limits = errand.service(SCB), errand.limits
    metadata = scb.read_metadata(service, table.id)
    question = scb.make_question(service, table, metadata, errand.order.until)
    if not question.years:
        raise RefreshError(f"{table.name} ({table.id})", _no_years(table, metadata.label), scb.CHANGED)
    count = len(scb.pieces(question, limits.cells))
    kept: list[Kept] = []
    frames = []

    def get(selection: scb.Selection) -> bytes:
        asked = {"table": table.id, "url": service.url, "body": question.body(selection)}
        body, note = errand.workshop.answer(
            asked, metadata.updated, lambda: scb.fetch_piece(service, question, selection)
        )
        kept.append(note)
        return body

    for at, (selection, body) in enumerate(scb.every_piece(question, limits.cells, get), start=1):
        frames.append(scb.read_piece(body, question, selection).cells)
        if count > 1:
            errand.say(f"{table.name} ({table.id}), part {at} of {max(count, at)}")
    rows = _tidy(pd.concat(frames, ignore_index=True), table, question.contents)
    told = {"label": metadata.label, "updated": metadata.updated, "notes": list(metadata.notes)}
    return Fetched(rows, _record_of(errand, table, rows, told), kept)


def _no_years(table: Table, label: str) -> str:
    return f"the table has none of the years from {table.first} on: {label}."


def _fetch_kolada(errand: _Errand, table: Table) -> Fetched:
    service = errand.service(KOLADA)
    about = kolada.read_key_figure(service, table)
    kept: list[Kept] = []
    frames = []

    def get(path: str) -> bytes:
        asked = {"url": service.url, "path": path}
        body, note = errand.workshop.answer(asked, about.updated, lambda: kolada.fetch_page(service, table, path))
        kept.append(note)
        return body

    for first in kolada.addresses(table, errand.order.until):
        frames += [kolada.read_page(body, table) for body in kolada.every_page(table, first, get)]
    frame = pd.concat(frames, ignore_index=True)
    rows = frame.assign(year=frame["year"].astype(int) + table.year_shift, **{VALUE: frame[VALUE] * table.times})
    rows = rows[rows["year"] <= errand.order.until]
    told = {"label": about.title, "updated": about.updated, "notes": []}
    return Fetched(rows, _record_of(errand, table, rows, told), kept)


def _tidy(cells: pd.DataFrame, table: Table, contents: dict[str, str]) -> pd.DataFrame:
    """Rows in the unit of the history: measure, municipality, year, other variables that were chosen, value, status."""
    measures = {code: measure for measure, code in contents.items()}
    frame = cells.rename(columns=COLUMNS).assign(measure=cells[scb.CONTENTS].map(measures))
    frame["year"] = frame["year"].astype(int) + table.year_shift
    frame[VALUE] = frame[VALUE] * table.times
    extra = [name for name in ("sex", "age") if name in frame and frame[name].nunique() > 1]
    labels = ["measure", "municipality", "year", *extra]
    twice = frame.duplicated(labels)
    if twice.any():
        first = ", ".join(str(cell) for cell in frame.loc[twice, labels].iloc[0])
        raise RefreshError(f"{table.name} ({table.id})", f"a cell came twice: {first}.", scb.CHANGED)
    return frame[[*labels, VALUE, STATUS]].sort_values(labels, ignore_index=True)


def _record_of(errand: _Errand, table: Table, rows: pd.DataFrame, told: dict[str, Any]) -> dict[str, Any]:
    service = errand.catalogue.services[table.service]
    return {
        "name": table.name,
        "service": table.service,
        "id": table.id,
        "title": table.title,
        **told,
        "years": [int(rows["year"].min()), int(rows["year"].max())] if len(rows) else [],
        "cells": len(rows),
        "empty": int(rows[VALUE].isna().sum()),
        "unit": table.unit,
        "times": table.times,
        "feeds": table.feeds,
        "licence": service.licence,
        "attribution": service.attribution,
    }


def _publish(errand: _Errand, fetched: list[Fetched], later: list[Table]) -> dict[str, Any]:
    """Write tables, measures and record; then give the folder its name."""
    folder = errand.workshop.folder
    tables = []
    for each in fetched:
        content = _csv(each.rows)
        name = f"{each.record['name']}.csv"
        write_whole(folder / name, content)
        answers = [
            {"file": k.file, "url": k.url, "question": k.question, "fetched": k.fetched, "sha256": k.sha256}
            for k in each.kept
        ]
        tables.append(each.record | {"file": name, "sha256": sha256(content), "answers": answers})
    measures = _csv(gather([each.rows for each in fetched], errand.catalogue.derived))
    write_whole(folder / MEASURES, measures)
    until = errand.order.until
    record = {
        MARK: program_version(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "until": until,
        "held back": f"outcomes after {until}",
        "for tracking only": until > LAST_START,
        "not fetched": [f"{table.name}: begins in {table.first}" for table in later],
        "measures": {"file": MEASURES, "sha256": sha256(measures)},
        "tables": tables,
    }
    write_whole(folder / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    used = {RECORD, MEASURES, *(str(table["file"]) for table in tables)}
    errand.workshop.finish(used | {k.file for each in fetched for k in each.kept})
    return record


def gather(tables: list[pd.DataFrame], derived: dict[str, list[str]]) -> pd.DataFrame:
    """All measures by municipality and year in one table, with the derived sums; finer tables are left out."""
    plain = [rows for rows in tables if not {"sex", "age"} & set(rows.columns)]
    labels = ["measure", "municipality", "year"]
    if not plain:
        return pd.DataFrame(columns=[*labels, VALUE, STATUS])
    frame = pd.concat(plain, ignore_index=True).drop_duplicates(labels, keep="last")
    wide = frame.pivot(index=["municipality", "year"], columns="measure", values=VALUE)
    for measure, parts in derived.items():
        if set(parts) <= set(wide.columns):
            sums = wide[parts].sum(axis=1, skipna=False).rename(VALUE).reset_index()
            frame = pd.concat([frame, sums.dropna(subset=VALUE).assign(measure=measure, status="")], ignore_index=True)
    return frame[[*labels, VALUE, STATUS]].sort_values(labels, ignore_index=True)


def _csv(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False, lineterminator="\n", float_format="%.10g").encode("utf-8")


def _in_words(target: Path, record: dict[str, Any]) -> str:
    lines = [f"{target}: {len(record['tables'])} tables, outcomes up to {record['until']}"]
    for table in record["tables"]:
        years = "–".join(dict.fromkeys(str(year) for year in table["years"])) or "no figures"
        empty = f", {table['empty']} empty" if table["empty"] else ""
        lines.append(
            f"  {table['name']} ({table['id']}): {years}, {table['cells']} figures{empty}, updated {table['updated']}"
        )
    lines += [f"  not fetched: {each}" for each in record["not fetched"]]
    lines.append(f"The bundled tables are untouched. Compare: sim.py data diff {target}")
    return "\n".join(lines)
