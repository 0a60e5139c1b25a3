"""Reports read as people with a keyboard, a small window or a reader aloud meet them: axe-core in a real browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from outputs.report.html import render_html
from tests.report_render_support import report

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NARROW, WIDE = 320, 1280
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDINGS = """async rules => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
  return found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '));
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = "() => { const e = document.activeElement; return e.className === 'skip' ? 'skip' : e.tagName; }"


def browser_path() -> str | None:
    """The browser named in NORRSIM_BROWSER, or the first one found."""
    named = os.environ.get("NORRSIM_BROWSER")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = browser_path()
    if path is None:
        pytest.skip(
            "NOT TESTED: no Chromium to read the reports in. Install it (Debian: apt-get install chromium) or name "
            "one: make test NORRSIM_BROWSER=/path/to/chrome"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for language in ("sv", "en"):
        (folder / f"{language}.html").write_text(render_html(report(language)), encoding="utf-8")
    return {language: folder / f"{language}.html" for language in ("sv", "en")}


@contextmanager
def opened(browser: Any, path: Path, width: int = WIDE, **options: Any) -> Iterator[Any]:
    """The page in a window of that width, with everything folded away opened."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    page.goto(path.as_uri())
    yield page
    context.close()


def axe() -> str:
    """axe-core as its package brings it."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.submodule_search_locations
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("sv", WIDE, "light"), ("sv", NARROW, "dark"), ("en", WIDE, "dark"), ("en", NARROW, "light")],
)
def test_axe_finds_nothing_in_either_language_wide_or_narrow_light_or_dark(browser, pages, language, width, scheme):
    with opened(browser, pages[language], width, color_scheme=scheme) as page:
        page.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
        page.evaluate(axe())
        assert page.evaluate(FINDINGS, RULES) == []


def test_axe_is_there_and_finds_what_is_wrong(browser, pages, tmp_path):
    broken = tmp_path / "broken.html"
    page_text = pages["sv"].read_text(encoding="utf-8")
    broken.write_text(
        page_text.replace('<html lang="sv">', "<html>").replace('role="img"', 'role="imge"'), encoding="utf-8"
    )
    with opened(browser, broken) as page:
        page.evaluate(axe())
        found = " ".join(page.evaluate(FINDINGS, RULES))
    assert "html-has-lang" in found
    assert "aria-roles" in found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_window_of_320_pixels_and_a_page_twice_as_large_need_no_scrolling_sideways(browser, pages, language):
    for width in (NARROW, WIDE // 2):
        with opened(browser, pages[language], width) as page:
            page.evaluate("() => document.querySelectorAll('details').forEach(part => part.open = true)")
            assert page.evaluate(OVERFLOW) <= 0


def test_nothing_is_fetched_and_nothing_is_refused_by_the_pages_own_policy(browser, pages):
    asked, said = [], []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages["sv"].as_uri())
    context.close()
    assert asked == [pages["sv"].as_uri()]
    assert said == []


def test_the_keyboard_reaches_the_skip_link_first_and_it_leads_to_the_content(browser, pages):
    with opened(browser, pages["sv"]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "skip"
        assert page.evaluate("() => document.activeElement.getBoundingClientRect().left") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate(FOCUSED) == "MAIN"


def test_every_table_and_picture_that_can_scroll_takes_the_keyboards_focus(browser, pages):
    with opened(browser, pages["sv"], NARROW) as page:
        deaf = page.evaluate(
            "() => [...document.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1 && "
            "getComputedStyle(e).overflowX === 'auto' && e.tabIndex < 0).length"
        )
        scrolling = page.evaluate("() => document.querySelector('#table-1').parentElement.scrollWidth > 320")
        outline = page.evaluate(
            "() => { const e = document.querySelector('#table-1').parentElement; e.focus({focusVisible: true}); "
            "return getComputedStyle(e).outlineStyle; }"
        )
    assert deaf == 0
    assert scrolling
    assert outline == "solid"


def test_dark_windows_get_dark_paper_and_print_gets_white_paper_with_all_numbers(browser, pages):
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    with opened(browser, pages["sv"], color_scheme="dark") as page:
        dark = page.evaluate(paper)
        page.emulate_media(media="print", color_scheme="light")
        printed = page.evaluate(paper)
        hidden = page.evaluate("() => getComputedStyle(document.querySelector('nav')).display")
        shown = page.evaluate(
            "() => document.querySelector('details table').checkVisibility({contentVisibilityAuto: true})"
        )
    assert dark == "rgb(18, 23, 28)"
    assert printed == "rgb(255, 255, 255)"
    assert hidden == "none"
    assert shown
