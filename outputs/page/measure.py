"""The page's speed and memory in a real browser: `python -m outputs.page.measure [FOLDER]`.

Opens the page (written anew unless a folder is named) in Chromium, moves a lever hundreds of times and writes
tests/records/page.json and page.md. Needs the development packages, Node and Chromium (NORRSIM_BROWSER names another).
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from model.engine.script.agreement import find_node
from model.engine.simulate import simulate
from outputs.page.build import DATA, PAGE, STATIC, write_page
from outputs.page.measure_text import record_text
from outputs.page.order import PageOrder, ground_of
from outputs.publish import Publication

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "tests" / "records" / "page.json"
WATCHER = Path(__file__).with_name("measure.js")
NODE_WORKER = ROOT / "tests" / "page_worker.mjs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage")

LEVER, KEY = "Mottagande av nyinflyttade", "reception capacity"
LOW, HIGH, STEP = 0.3, 3.0, 0.1
ORDINARY, TALL = (1280, 900), (1280, 6000)
THROTTLED = 4
MOVES, LONG, EARLY = 200, 1000, 100
REST_EVERY, REST = 10, 700
"""Every tenth move comes after a rest, in milliseconds, in which the band's runs have begun."""
OPENINGS, REPEATS = 10, 15
NODE_SECONDS = 300
MILLISECONDS = 1000.0


@dataclass(frozen=True)
class Case:
    """One series of moves: the window, how much slower the processor is made, and the area shown."""

    name: str
    window: tuple[int, int]
    slower: int = 1


CASES = (
    Case("ordinary window", ORDINARY),
    Case("ordinary window, processor four times slower", ORDINARY, THROTTLED),
    Case("everything in sight at once", TALL),
    Case("everything in sight at once, processor four times slower", TALL, THROTTLED),
)


def browser_path() -> str:
    """The browser named in NORRSIM_BROWSER, or the first one found."""
    named = os.environ.get("NORRSIM_BROWSER")
    found = named or next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        raise SystemExit("No Chromium was found. Install it (Debian: apt-get install chromium) or set NORRSIM_BROWSER.")
    return found


@contextmanager
def opened(browser: Any, folder: Path, window: tuple[int, int]) -> Iterator[tuple[Any, Any]]:
    """The page, watched, and the browser's own instruments."""
    width, height = window
    context = browser.new_context(viewport={"width": width, "height": height}, locale="sv-SE")
    page = context.new_page()
    page.add_init_script(WATCHER.read_text(encoding="utf-8"))
    page.goto((folder / PAGE).as_uri())
    page.wait_for_function("() => measured.opened !== null")
    yield page, context.new_cdp_session(page)
    context.close()


def values(count: int) -> list[float]:
    """Where the lever is moved to: over its whole range, each move so far that every chart has to change."""
    random = np.random.default_rng(1)
    span, found = (HIGH - LOW) / 2, [1.0]
    while len(found) <= count:
        value = round(float(random.uniform(LOW, HIGH)) / STEP) * STEP
        if span / 3 <= abs(value - found[-1]):
            found.append(round(value, 1))
    return found[1:]


def moves(page: Any, count: int, rests: bool = True) -> list[dict[str, Any]]:
    """The lever moved so many times, each move timed."""
    told = []
    for at, value in enumerate(values(count)):
        if rests and at % REST_EVERY == REST_EVERY - 1:
            page.wait_for_timeout(REST)
        told.append(page.evaluate("([name, value]) => measured.move(name, value)", [LEVER, value]))
    return told


def summed(times: Sequence[float]) -> dict[str, float]:
    return {
        "median": statistics.median(times),
        "p95": float(np.quantile(times, 0.95)),
        "longest": max(times),
        "shortest": min(times),
    }


def speed(browser: Any, folder: Path, case: Case, count: int) -> dict[str, Any]:
    """Times from a lever's event to the frame with the answer, and what they are made of, in milliseconds."""
    with opened(browser, folder, case.window) as (page, instruments):
        page.evaluate("() => document.fonts.ready")
        moves(page, REST_EVERY, rests=False)
        instruments.send("Emulation.setCPUThrottlingRate", {"rate": case.slower})
        page.evaluate("slower => { measured.slower = slower; }", case.slower)
        told = moves(page, count)
    answered = [move for move in told if move["total"] is not None and move["run"] is not None]
    return {
        "case": case.name,
        "window": list(case.window),
        "slower": case.slower,
        "moves": count,
        "answered": len(answered),
        "charts in sight": answered[0]["charts"],
        "moves that left a chart as it was": sum(move["redrawn"] < move["charts"] for move in answered),
        "total": summed([move["total"] for move in answered]),
        "run in the worker": summed([move["run"] for move in answered]),
        "until the answer is there": summed([move["heard"] for move in answered]),
        "drawing": summed([move["total"] - move["heard"] for move in answered]),
    }


class Memory:
    """What page and worker hold after rubbish has been collected; the worker is reached through the page's session."""

    def __init__(self, page: Any, instruments: Any) -> None:
        self._page, self._instruments = page, instruments
        self._answers: dict[int, Any] = {}
        self._workers: list[str] = []
        self._last = 0
        instruments.on("Target.attachedToTarget", lambda found: self._workers.append(found["sessionId"]))
        instruments.on("Target.receivedMessageFromTarget", self._hear)
        self._parts: list[str] = []
        instruments.on("HeapProfiler.addHeapSnapshotChunk", lambda part: self._parts.append(part["chunk"]))
        attach = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        instruments.send("Target.setAutoAttach", attach)
        self._until(lambda: bool(self._workers))

    def _hear(self, found: dict[str, Any]) -> None:
        answer = json.loads(found["message"])
        if "id" in answer:
            self._answers[answer["id"]] = answer.get("result")

    def _until(self, there: Callable[[], bool]) -> None:
        latest = time.monotonic() + 30
        while not there():
            if time.monotonic() > latest:
                raise TimeoutError("the worker does not answer")
            self._page.wait_for_timeout(20)

    def _worker(self, method: str) -> Any:
        self._last += 1
        number = self._last
        message = json.dumps({"id": number, "method": method, "params": {}})
        self._instruments.send("Target.sendMessageToTarget", {"sessionId": self._workers[0], "message": message})
        self._until(lambda: number in self._answers)
        return self._answers.pop(number)

    def _objects(self) -> tuple[int, int]:
        """Bytes of the page's objects, and of the code that the browser has compiled (which grows as it warms)."""
        self._parts.clear()
        self._instruments.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
        heap = json.loads("".join(self._parts))
        fields = heap["snapshot"]["meta"]["node_fields"]
        nodes = np.array(heap["nodes"], dtype=np.int64).reshape(-1, len(fields))
        kinds, sizes = nodes[:, fields.index("type")], nodes[:, fields.index("self_size")]
        code = kinds == heap["snapshot"]["meta"]["node_types"][0].index("code")
        return int(sizes[~code].sum()), int(sizes[code].sum())

    def held(self) -> dict[str, float]:
        """Bytes of script objects and of arrays, in page and worker, and the document's nodes and listeners."""
        self._page.wait_for_timeout(5 * MILLISECONDS)
        for _ in range(3):
            self._instruments.send("HeapProfiler.collectGarbage")
            self._worker("HeapProfiler.collectGarbage")
        page, worker = self._instruments.send("Runtime.getHeapUsage"), self._worker("Runtime.getHeapUsage")
        nodes = self._instruments.send("Memory.getDOMCounters")
        objects, code = self._objects()
        return {
            "page objects": objects,
            "page's compiled code": code,
            "page arrays": page["backingStorageSize"],
            "worker objects": worker["usedSize"],
            "worker arrays": worker["backingStorageSize"],
            "nodes": nodes["nodes"],
            "listeners": nodes["jsEventListeners"],
        }


def memory(browser: Any, folder: Path, count: int) -> dict[str, Any]:
    """What is held after some moves and after many; the pause before lets bands be finished and timers run out."""
    with opened(browser, folder, ORDINARY) as (page, instruments):
        scales = Memory(page, instruments)
        moves(page, EARLY, rests=False)
        early = scales.held()
        moves(page, count - EARLY, rests=False)
        late = scales.held()
    return {"moves": [EARLY, count], "early": early, "late": late}


def opening(browser: Any, folder: Path) -> dict[str, float]:
    """Milliseconds from asking for the page to the frame that shows the first answer, each time in a new profile."""
    times = []
    for _ in range(OPENINGS):
        with opened(browser, folder, ORDINARY) as (page, _):
            times.append(page.evaluate("() => measured.opened"))
    return summed(times)


def size(folder: Path) -> dict[str, int]:
    """Bytes of the page as a web server sends it packed, and as it lies."""
    import gzip

    raw = [(folder / name).read_bytes() for name in (*STATIC, DATA)]
    return {"packed": sum(len(gzip.compress(each, mtime=0)) for each in raw), "lying": sum(map(len, raw))}


def in_node(folder: Path) -> list[float]:
    """Milliseconds of runs in the page's worker under Node."""
    asks = [
        {"kind": "run", "id": at, "slot": "scenario", "changes": [_change(value)]}
        for at, value in enumerate(values(3 * REPEATS))
    ]
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        shutil.copyfile(folder / DATA, work / DATA)
        (work / "asks.json").write_text(json.dumps(asks), encoding="utf-8")
        subprocess.run([find_node(), str(NODE_WORKER), str(work)], check=True, timeout=NODE_SECONDS)
        answers = json.loads((work / "answers.json").read_text(encoding="utf-8"))
    return [answer["milliseconds"] for answer in answers if answer["kind"] == "ran"][REPEATS:]


def _change(value: float) -> dict[str, Any]:
    return {"kind": "lever", "name": KEY, "way": "value", "number": value, "from": 2027, "ramp": 2}


def in_python() -> dict[str, list[float]]:
    """Milliseconds of the same years in each back end of Python that is there, after a first run that compiles."""
    ground = ground_of(PageOrder("reference", Path("unused")))
    found: dict[str, list[float]] = {}
    for backend in ("loops", "jax", "numpy"):
        run = partial(simulate, ground.prepared.model, ground.inputs, backend=backend)
        try:
            run()
        except (ImportError, ValueError):
            continue
        found[backend] = [_clocked(run) for _ in range(REPEATS)]
    return found


def _clocked(run: Callable[[], Any]) -> float:
    began = time.perf_counter()
    run()
    return MILLISECONDS * (time.perf_counter() - began)


def written(folder: Path) -> Path:
    publication = Publication(folder, "sv", ["sim.py", "page"], datetime.now(UTC))
    write_page(PageOrder("reference", folder), publication, print)
    return folder


def measured(folder: Path, count: int, long: int) -> dict[str, Any]:
    """Everything, one after the other."""
    from playwright.sync_api import sync_playwright

    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        print("Opening")
        first = opening(browser, folder)
        series = []
        for case in CASES:
            print(f"Moving a lever {count} times: {case.name}")
            series.append(speed(browser, folder, case, count))
        print(f"Moving a lever {long} times: memory")
        held = memory(browser, folder, long)
        version = browser.version
        browser.close()
    print("The same run under Node and in Python")
    node, python = in_node(folder), in_python()
    runs = {"worker in Chromium": series[0]["run in the worker"], "worker under Node": summed(node)}
    runs |= {f"Python, {backend}": summed(times) for backend, times in python.items()}
    return {
        "size": size(folder),
        "opening": first,
        "moves": series,
        "memory": held,
        "runs": runs,
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "versions": {"chromium": version, "node": _node_version(), "python": platform.python_version()},
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


def processor() -> str:
    """The processor's name where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor()
    )


def _node_version() -> str:
    return subprocess.run([find_node(), "--version"], check=True, capture_output=True, text=True).stdout.strip()


def main(words: Sequence[str]) -> None:
    """Measure and write the records; `--trial` takes few moves and writes nothing."""
    trial = "--trial" in words
    named = [word for word in words if not word.startswith("--")]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(named[0]) if named else written(Path(place) / "page")
        found = measured(folder, 30 if trial else MOVES, 200 if trial else LONG)
    text = record_text(found)
    print(text)
    if not trial:
        RECORD.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        RECORD.with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
