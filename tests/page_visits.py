"""The what-if page as readers meet it: written once, opened from disk in a real browser, used by role and label."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

WIDE, NARROW = 1280, 320
PATIENCE = 30_000
"""Milliseconds that a busy machine is given; every wait ends as soon as what it waits for is there."""
WRITING = 300.0
"""Seconds that another process is given to write the page."""
LONGEST = 150
"""Seconds that a visit may take."""
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
OWN = ("file:", "blob:", "data:")
NO_BROWSER = (
    "NOT TESTED: no Chromium to open the what-if page in. Install it (Debian: apt-get install chromium) or name one: "
    "make test NORRSIM_BROWSER=/path/to/chrome"
)
RECEPTION = "Mottagande av nyinflyttade"
PLANNING = "Kommunens planering av bostäder"
NEW_RESIDENTS = "Nya invånare sedan 2022"


@pytest.fixture(scope="session")
def page_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the reference scenario; of several test processes the first writes it for all."""
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    root = tmp_path_factory.getbasetemp().parent if parallel else tmp_path_factory.mktemp("page")
    folder: Path = root / "what-if-page"
    try:
        (root / "what-if-page-is-being-written").mkdir()
    except FileExistsError:
        latest = time.monotonic() + WRITING
        while not folder.exists():
            assert time.monotonic() < latest, "the page was not written by the process that began to"
            time.sleep(0.1)
    else:
        from outputs.page.build import write_page
        from outputs.page.order import PageOrder
        from outputs.publish import Publication

        publication = Publication(folder, "sv", ["sim.py", "page"], datetime.now(UTC))
        write_page(PageOrder("reference", folder), publication, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser, of the module's own: two of Playwright's loops cannot run in one thread."""
    from tests.test_report_access import browser_path

    path = browser_path()
    if path is None:
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """A browser window on the page, with all that was asked for and said on the way."""

    def __init__(self, context: Any, folder: Path) -> None:
        self.context, self.address = context, (folder / "index.html").as_uri()
        self.asked: list[str] = []
        self.said: list[str] = []
        context.set_default_timeout(PATIENCE)
        self.page = self.tab()

    def tab(self) -> Any:
        """One more tab that is listened to."""
        page = self.context.new_page()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def open(self, link: str = "") -> Any:
        self.page.goto(self.address + link)
        self.page.get_by_role("main").wait_for()
        return self.page


@contextmanager
def in_time() -> Iterator[None]:
    """Fail rather than wait for ever: what is evaluated in a page has no time limit of its own."""
    if not hasattr(signal, "SIGALRM"):  # Windows
        yield
        return

    def late(_number: int, _frame: object) -> None:
        raise TimeoutError(f"the browser gave no answer in {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def visit(chromium: Any, folder: Path, width: int = WIDE, quiet: bool = True, **options: Any) -> Iterator[Visit]:
    """A first visit. Nothing may be asked of anybody; where `quiet`, the browser may have nothing to complain of."""
    options = {"locale": "sv-SE", "reduced_motion": "reduce", **options}
    with in_time():
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        try:
            seen = Visit(context, folder)
            yield seen
        finally:
            context.close()
    assert [address for address in seen.asked if not address.startswith(OWN)] == []
    if quiet:
        assert seen.said == []


@pytest.fixture
def page(chromium, page_folder) -> Iterator[Any]:
    """The page on a first visit, in Swedish, in a wide window."""
    with visit(chromium, page_folder) as seen:
        yield seen.open()


def lever(page: Any, name: str) -> Any:
    return page.get_by_role("slider", name=name, exact=True)


def number(page: Any, name: str, word: str = "tal") -> Any:
    return page.get_by_role("spinbutton", name=f"{name}, {word}", exact=True)


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def pick(page: Any, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).select_option(label=option)


def figure(page: Any, name: str) -> Any:
    return page.get_by_role("figure", name=name, exact=True)


def sentence(page: Any) -> Any:
    """What the page says on top of its answer."""
    return page.locator(".sentence")


def headline(page: Any) -> Any:
    return page.locator(".headline-number strong")


def changes(page: Any) -> Any:
    """The changes made, in words."""
    return page.locator(".changes ol > li .change-words")


def notices(page: Any) -> Any:
    return page.get_by_role("region", name=re.compile("^(Meddelanden|Messages)$")).locator(".notice")


def drawn(chart: Any) -> str:
    """What a chart's picture is made of."""
    return str(chart.locator("svg.chart-svg").first.inner_html())


def opened_group(page: Any, name: str) -> Any:
    """A group of levers, unfolded."""
    group = page.locator("details.group").filter(has=page.locator("summary", has_text=name))
    if group.get_attribute("open") is None:
        group.locator("> summary").click()
    return group


def plain_number(text: str) -> float:
    """A number as either language writes it."""
    found = re.search(r"[−-]?\d[\d\s\u00a0\u202f,]*", text)
    assert found is not None, text
    return float(re.sub(r"[\s\u00a0\u202f,]", "", found[0]).replace("−", "-"))


def table_of(chart: Any) -> list[list[str]]:
    """A chart's numbers, row by row, once they have been asked for."""
    show = chart.get_by_role("button", name=re.compile("^(Visa som tabell|Show as table)$"))
    if show.count():
        show.click()
    rows: list[list[str]] = chart.locator("table").evaluate(
        "table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return rows
