"""A local server that answers as PxWebApi 2 and Kolada 3 document: limits, problems, codelists, sparse cells, pages."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from scenarios.places import read_places

CODES = read_places().codes
REGIONS = {"00": "Riket", "24": "Västerbottens län", "0114": "Upplands Väsby"} | {
    place.code: place.name for place in read_places().all
}
SEXES = {"1": "män", "2": "kvinnor"}


@dataclass
class Variable:
    """A variable of a table: code, values with labels, whether it may be left out, its codelists."""

    code: str
    values: dict[str, str]
    eliminable: bool = False
    codelists: tuple[str, ...] = ()


@dataclass
class FakeTable:
    """A table: title, time of update, variables, and the number of a cell (None: not published)."""

    label: str
    variables: list[Variable]
    number: Callable[[dict[str, str]], float | None] = lambda cell: float(int(cell["Tid"]))
    updated: str = "2025-02-21T07:00:00Z"
    notes: tuple[str, ...] = ()


def years(first: int, last: int) -> Variable:
    """The time variable."""
    return Variable("Tid", {str(year): str(year) for year in range(first, last + 1)})


def contents(**labels: str) -> Variable:
    """The contents variable."""
    return Variable("ContentsCode", labels)


def region(**extra: Any) -> Variable:
    """The region variable, with others than the 29."""
    return Variable("Region", REGIONS, True, **extra)


@dataclass
class FakeService:
    """What a server answers from; what it was asked is noted in `calls`.

    limit: cells answered at once. told: cells as /config tells (None: the same). scripted: answers given first to
    a path that contains the word: (state, headers, body).
    """

    tables: dict[str, FakeTable] = field(default_factory=dict)
    codelists: dict[str, dict[str, str]] = field(default_factory=dict)
    figures: dict[str, Callable[[str, str], float | None]] = field(default_factory=dict)
    limit: int = 150_000
    told: int | None = None
    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    scripted: dict[str, list[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)
    per_page: int = 5000
    sparse: bool = False
    url: str = ""

    def answer(self, method: str, path: str, body: Any) -> tuple[int, dict[str, str], bytes]:
        """State, headers and body of an answer."""
        self.calls.append((method, path, body))
        for word, answers in self.scripted.items():
            if word in path and answers:
                return answers.pop(0)
        parts = [unquote(part) for part in urlsplit(path).path.strip("/").split("/")]
        if parts == ["config"]:
            return _ok(self._config())
        if parts[0] == "tables":
            return self._table(parts, body)
        if parts[0] == "codelists":
            values = [
                {"code": code, "label": label, "valueMap": [code]} for code, label in self.codelists[parts[1]].items()
            ]
            return _ok(
                {
                    "id": parts[1],
                    "label": "",
                    "language": "sv",
                    "languages": ["sv"],
                    "type": "Valueset",
                    "values": values,
                }
            )
        return self._kolada(parts, parse_qs(urlsplit(path).query))

    def _config(self) -> dict[str, Any]:
        return {
            "apiVersion": "2.2.0",
            "appVersion": "1.0.0",
            "maxDataCells": self.told or self.limit,
            "maxCallsPerTimeWindow": 1000,
            "timeWindow": 1,
            "license": "https://creativecommons.org/share-your-work/public-domain/cc0/",
        }

    def _table(self, parts: list[str], body: Any) -> tuple[int, dict[str, str], bytes]:
        table = self.tables.get(parts[1])
        if table is None:
            return problem(404, "Non-existent table")
        if parts[2] == "metadata":
            return _ok(dataset(table, {v.code: list(v.values) for v in table.variables}) | {"value": []})
        selection = {part["variableCode"]: part["valueCodes"] for part in body["selection"]}
        for variable in table.variables:
            if variable.code not in selection and not variable.eliminable:
                return problem(400, "Missing selection for mandantory variable")
        if set(selection) - {v.code for v in table.variables}:
            return problem(400, "Non-existent variable")
        if math.prod(len(codes) for codes in selection.values()) > self.limit:
            return problem(400, "Too many cells selected")
        return _ok(self._data(table, selection))

    def _data(self, table: FakeTable, selection: dict[str, list[str]]) -> dict[str, Any]:
        answer = dataset(table, selection)
        cells = [
            dict(zip(answer["id"], codes, strict=True)) for codes in product(*(selection[c] for c in answer["id"]))
        ]
        values = [table.number(cell) for cell in cells]
        status = {str(at): ".." for at, value in enumerate(values) if value is None}
        sparse = {str(at): value for at, value in enumerate(values) if value is not None}
        return answer | {"value": sparse if self.sparse else values} | ({"status": status} if status else {})

    def _kolada(self, parts: list[str], query: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        figure = self.figures.get(parts[1] if parts[0] == "kpi" else parts[2])
        if figure is None:
            return 404, {}, b'{"detail": "Not Found"}'
        if parts[0] == "kpi":
            return _ok({"id": parts[1], "title": "Öppet arbetslösa", "publication_date": "2025-02-18"})
        asked = dict(zip(parts[1::2], parts[2::2], strict=True))
        places, periods = asked["municipality"].split(","), asked["year"].split(",")
        if max(len(places), len(periods)) > 25:
            return 400, {}, b'{"detail": "too many"}'
        rows = [_row(parts[2], place, year, figure(place, year)) for place in places for year in periods]
        page = int(query.get("page", ["1"])[0])
        begin, end = (page - 1) * self.per_page, page * self.per_page
        path = "/".join(parts)
        following = f"{self.url}/{path}?page={page + 1}" if end < len(rows) else None
        return _ok({"count": len(rows), "values": rows[begin:end], "next_url": following, "previous_url": None})


def _row(figure: str, place: str, year: str, value: float | None) -> dict[str, Any]:
    total = {"gender": "T", "value": value, "status": "", "count": 1, "isdeleted": False}
    gone = total | {"value": 99.0, "isdeleted": True}
    return {"kpi": figure, "municipality": place, "period": int(year), "values": [total, gone, total | {"gender": "K"}]}


def dataset(table: FakeTable, selection: dict[str, list[str]]) -> dict[str, Any]:
    """A JSON-stat 2 dataset without cells, in the table's own order of variables."""
    chosen = [variable for variable in table.variables if variable.code in selection]
    dimension = {
        v.code: {
            "label": v.code.lower(),
            "category": {
                "index": {code: at for at, code in enumerate(selection[v.code])},
                "label": {code: v.values.get(code, code) for code in selection[v.code]},
            },
            "extension": {"elimination": v.eliminable, "codelists": [{"id": name} for name in v.codelists]},
        }
        for v in chosen
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": table.label,
        "source": "SCB",
        "updated": table.updated,
        "note": list(table.notes),
        "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        "id": [v.code for v in chosen],
        "size": [len(selection[v.code]) for v in chosen],
        "dimension": dimension,
    }


def problem(state: int, title: str) -> tuple[int, dict[str, str], bytes]:
    """A problem as PxWebApi tells it."""
    body = {"type": "Parameter error", "title": title, "status": state}
    return state, {"Content-Type": "application/problem+json"}, json.dumps(body).encode()


def _ok(data: Any) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, json.dumps(data, ensure_ascii=False).encode()


@contextmanager
def served(service: FakeService) -> Iterator[FakeService]:
    """Serve on a free port of this machine; `url` is then the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._reply("GET", None)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self._reply("POST", json.loads(self.rfile.read(length)))

        def _reply(self, method: str, body: Any) -> None:
            state, headers, content = service.answer(method, self.path, body)
            self.send_response(state)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            self.close_connection = "Content-Length" in headers

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    os.environ["NO_PROXY"] = "127.0.0.1"  # a proxy of this machine is not asked
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


AGES = {str(age): f"{age} år" for age in range(100)}
ALL_AGES = "totalt, samtliga åldrar"
BEFORE = AGES | {"100+": "100+ år", "tot": "totalt ålder"}
AFTER = {"TotSA": ALL_AGES} | AGES | {"65-69": "65–69 år", "100+1": "100+ år", "100+5": "100+ år", "TOT1": ALL_AGES}
"""Ages as tables until 2024 and from 2025 have them."""
STATES = {"OG": "ogifta", "G": "gifta", "SK": "skilda", "ÄNKL": "änkor/änklingar"}
DISTURBED = {"TotSa": "totalt, samtliga män och kvinnor"} | SEXES
BOTH = SEXES | {"1+2": "totalt"}
MOVES = {
    "A": "Inflyttningar",
    "B": "Utflyttningar",
    "C": "Invandringar",
    "D": "Utvandringar",
    "E": "Flyttningsöverskott",
}
HOMES = {
    "P0": "bostad utanför kommunen men arbetsställe i kommunen",
    "P1": "bostad i kommunen men arbetsställe utanför kommunen",
    "P2": "bostad och arbetsställe i kommunen",
}


def may_sum(code: str, values: dict[str, str]) -> Variable:
    """A variable that SCB sums when it is left out."""
    return Variable(code, values, True)


def people() -> dict[str, FakeTable]:
    """Population, births and deaths, until 2024 and from 2025."""
    old_ages, old_sexes = may_sum("Alder", BEFORE), may_sum("Kon", SEXES)
    new_ages, new_sexes = Variable("Alder", AFTER), may_sum("Kon", DISTURBED)
    old_state, new_state = may_sum("Civilstand", STATES), Variable("Civilstand", {"SC": "totalt"} | STATES)
    mothers = may_sum("AlderModer", {"-14": "-14 år", "30": "30 år", "tot": "totalt ålder"})
    folk, number = contents(N1="Folkmängd", N2="Folkökning"), contents(N="Antal")
    births = [
        region(codelists=("vs_RegionKommun07",)),
        mothers,
        old_sexes,
        contents(BE0101E2="Antal"),
        years(1968, 2024),
    ]
    later = [region(), Variable("AlderModer", {"TotSA": ALL_AGES}), new_sexes, number, years(2025, 2025)]
    return {
        "TAB638": FakeTable("Folkmängden", [region(), old_state, old_ages, old_sexes, folk, years(1968, 2024)]),
        "TAB5557": FakeTable("Folkmängden", [region(), new_state, new_ages, new_sexes, folk, years(2025, 2025)]),
        "TAB1264": FakeTable("Levande födda", births),
        "TAB6401": FakeTable("Levande födda", later),
        "TAB960": FakeTable("Döda", [region(), old_ages, old_sexes, number, years(1968, 2024)]),
        "TAB6757": FakeTable("Döda", [region(), new_ages, new_sexes, number, years(2025, 2025)]),
        "TAB1212": FakeTable("Flyttningar", [region(), old_ages, old_sexes, contents(**MOVES), years(1997, 2024)]),
        "TAB6640": FakeTable("Flyttningar", [region(), new_ages, new_sexes, contents(**MOVES), years(2025, 2025)]),
    }


def work_and_money() -> dict[str, FakeTable]:
    """Commuting, employment, tax."""
    commuting = [Variable("Kommun", REGIONS), Variable("Kon", BOTH), contents(**HOMES), years(2020, 2024)]
    born = Variable("Fodelseregion", {"tot": "totalt", "11": "utrikes födda"})
    bands = Variable("Alder", {"16-64": "16–64 år", "20-64": "20–64 år"})
    rates = contents(N="sysselsättningsgrad", U="arbetslöshet")
    tax = contents(OE0101D1="Total", OE0101D2="Till kommun", OE0101D3="Till region")
    base = contents(OE0101A5="Skatteunderlag", OE0101A0="Skattekraft")
    counts = {"P0": 1.0, "P1": 2.0, "P2": 10.0}
    return {
        "TAB1828": FakeTable("Pendling", commuting, lambda cell: counts[cell["ContentsCode"]]),
        "TAB3200": FakeTable("Arbetsmarknad", [region(), Variable("Kon", BOTH), bands, born, rates, years(2020, 2024)]),
        "TAB3600": FakeTable("Skattekraft", [region(), base, years(1995, 2026)]),
        "TAB2017": FakeTable("Skattesatser", [region(), tax, years(2000, 2026)], lambda cell: 34.0),
    }


def homes() -> dict[str, FakeTable]:
    """Dwellings, completions, prices, households."""
    kinds = may_sum("Hustyp", {"SMÅHUS": "småhus", "FLERBOST": "flerbostadshus"})
    tenure = may_sum("Upplatelseform", {"1": "hyresrätt", "2": "bostadsrätt"})
    built = contents(BO0101A5="Färdigställda lägenheter i nybyggda hus", BO0101A6="Rumsenheter")
    estates = Variable("Fastighetstyp", {"220": "permanentbostad (ej tomträtt)", "221": "fritidshus"})
    prices = contents(BO0501C1="Antal", BO0501C2="Köpeskilling, medelvärde i tkr")
    size = contents(M="Antal personer per hushåll", H="Antal hushåll")
    return {
        "TAB824": FakeTable("Bestånd", [region(), kinds, tenure, contents(BO0104AH="Antal"), years(1990, 2025)]),
        "TAB2538": FakeTable("Färdigställda", [region(), kinds, built, years(1975, 2025)]),
        "TAB1169": FakeTable("Försålda småhus", [region(), estates, prices, years(1981, 2025)]),
        "TAB4374": FakeTable("Hushåll", [region(), size, years(2011, 2025)]),
    }


def as_at_scb() -> FakeService:
    """The tables of the list with the variables, labels and codes that SCB's metadata have."""
    codelists = {"vs_RegionKommun07": {code: REGIONS[code] for code in ("0114", *CODES)}}
    return FakeService(people() | work_and_money() | homes(), codelists, {"N03937": lambda place, year: 4.2})
