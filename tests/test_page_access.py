"""The what-if page as people with a keyboard, a small window or a reader aloud meet it: axe-core in a real browser."""

import re
from itertools import pairwise

import pytest

from tests.page_visits import (
    NARROW,
    NEW_RESIDENTS,
    RECEPTION,
    WIDE,
    button,
    changes,
    figure,
    lever,
    pick,
    sentence,
    visit,
)
from tests.test_report_access import OVERFLOW, RULES, axe

expect = pytest.importorskip("playwright.sync_api").expect
LEAST = 24
"""Pixels of a target, across and down (WCAG 2.2, 2.5.8)."""

FINDINGS = """async rules => {
  const part = document.querySelector('dialog') ?? document;
  const context = {include: part, exclude: ['tbody > tr:nth-child(n+4)']};
  const found = await axe.run(context, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
  return found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160)).join(' | '));
}"""
SMALL = """least => {
  const seen = e => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && e.getClientRects().length;
  const small = e => {
    const {width, height} = e.getBoundingClientRect();
    return Math.min(width, height) < least - 0.5;
  };
  const inText = e => e.matches('a, button.link') && e.closest('p');
  const targets = 'a, button, input:not([type=file]), select, textarea, summary, label:has(input)';
  return [...document.querySelectorAll(targets)]
    .filter(e => seen(e) && small(e) && !inText(e) && !e.closest('label:has(input)') && !e.matches('.skip'))
    .map(e => e.outerHTML.slice(0, 120));
}"""
SHAPES = """() => [...document.querySelectorAll('svg.chart-svg')].map(svg => {
  const words = id => (document.getElementById(id)?.textContent ?? '').trim();
  const figure = svg.closest('figure');
  return {
    id: figure.getAttribute('aria-labelledby'), role: svg.getAttribute('role'),
    title: words(svg.getAttribute('aria-labelledby')), description: words(svg.getAttribute('aria-describedby')),
    own: svg.querySelector(':scope > title') !== null && svg.querySelector(':scope > desc') !== null,
    summary: (figure.querySelector('.chart-summary')?.textContent ?? '').trim(),
    table: [...figure.querySelectorAll('button[aria-expanded]')].length === 1,
  };
})"""
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return {
    what: e.tagName + ' ' + (e.getAttribute('aria-label') ?? e.textContent.trim().slice(0, 40)),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1.5 || style.boxShadow !== 'none',
    inSight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""
HEARD = """() => {
  const region = document.querySelector('p[role=status][aria-live=polite]');
  window.heard = [];
  new MutationObserver(() => window.heard.push({at: performance.now(), words: region.textContent}))
    .observe(region, {childList: true, characterData: true, subtree: true});
}"""
MOVING = """() => document.getAnimations().filter(a => a.playState === 'running').length"""
SEE_ALL = """async () => {
  for (const room of document.querySelectorAll('.figure-room')) {
    room.scrollIntoView();
    // a browser without a screen may come to rest and give no frame
    await new Promise(next => { requestAnimationFrame(() => requestAnimationFrame(next)); setTimeout(next, 100); });
  }
  scrollTo(0, 0);
}"""


def found(page):
    """What axe-core has to say of the page as it stands, or of the dialog over it; of a table's rows it reads three."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe())
    return page.evaluate(FINDINGS, RULES)


def words(page, swedish, english):
    """Whichever the page speaks."""
    return swedish if page.locator("html").get_attribute("lang") == "sv" else english


def all_seen(page):
    """Every chart drawn: they are drawn when they come into sight."""
    page.evaluate(SEE_ALL)
    expect(page.locator(".figure-room.is-waiting")).to_have_count(0)


def start(page):
    all_seen(page)


def at_work(page):
    """Everything open at once: levers with their sources, municipalities, reasons, limits, tables, a refusal."""
    pick(page, words(page, "Färdiga scenarier", "Ready-made scenarios"), words(page, "Stålet dröjer", "Steel is late"))
    page.locator(".why-part > summary").click()
    page.locator(".why-part button").first.click()
    expect(figure(page, words(page, "Folkmängd 2040", "People 2040"))).to_be_visible()
    page.locator("details.limits > summary").click()
    tables_open(page)
    levers_open(page)
    field = page.get_by_role("spinbutton", name=re.compile("^(Mottagande|Reception)")).first
    field.fill("99")
    field.press("Enter")
    expect(page.locator("[role=alert].fault")).to_have_count(1)


def levers_open(page):
    folded = page.locator("details.group:not([open]) > summary")
    for _ in range(folded.count()):
        folded.first.click()
    page.locator("details.lever-details > summary").nth(1).click()
    page.get_by_role("radio").nth(1).check()
    page.locator(".scope details > summary").click()


def tables_open(page):
    all_seen(page)
    closed = page.locator("figure .chart-tools button[aria-expanded=false]")
    for _ in range(closed.count()):
        closed.first.click()
    expect(page.locator("table.chart-table").nth(8)).to_be_attached()


def compared(page):
    pick(
        page, words(page, "Jämför med", "Compare with"), words(page, "Allt byggs i tid", "Everything is built on time")
    )
    pick(page, words(page, "Område", "Area"), "Kiruna")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kiruna")
    all_seen(page)


def story(page):
    tour = page.get_by_role("button", name=words(page, "Visa rundturen", "Take the tour"))
    tour.click()
    expect(page.locator("#tour-heading")).to_be_focused()
    page.get_by_role("button", name=words(page, "Nästa", "Next")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kiruna")


def trouble(page):
    page.evaluate("() => { location.hash = '#s1=broken'; }")
    expect(page.get_by_role("alert")).to_have_count(1)


def tool(page, swedish, english):
    """A tool of the head, unfolded where there is little room."""
    folded = page.locator("details.more-tools > summary")
    if folded.count() and folded.locator("..").get_attribute("open") is None:
        folded.click()
    page.locator("header").get_by_role("button", name=words(page, swedish, english), exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def about(page):
    tool(page, "Om modellen", "About the model")
    page.get_by_role("dialog").locator("details > summary").click()


def share(page):
    tool(page, "Dela länk", "Share a link")
    expect(page.get_by_role("textbox")).to_be_visible()


def save(page):
    tool(page, "Spara scenario", "Save scenario")


STATES = (start, at_work, compared, story, trouble, about, share, save)
LOOKS = (("sv", WIDE, "light"), ("sv", NARROW, "dark"), ("en", WIDE, "dark"), ("en", NARROW, "light"))


MOST = (at_work,)
"""What holds most at once; make test-all reads every state in every look."""
LOOKED_AT = [(MOST, LOOKS[1]), *(pytest.param(STATES, look, marks=pytest.mark.slow) for look in LOOKS)]


@pytest.mark.parametrize(("states", "look"), LOOKED_AT)
def test_axe_finds_nothing_wide_or_narrow_light_or_dark(chromium, page_folder, states, look):
    language, width, scheme = look
    wrong = {}
    with visit(chromium, page_folder, width, quiet=False, color_scheme=scheme) as seen:
        for state in states:
            page = seen.open()
            if page.locator("html").get_attribute("lang") != language:
                button(page, "English" if language == "en" else "Svenska").click()
                expect(page.locator("html")).to_have_attribute("lang", language)
            state(page)
            wrong[state.__name__] = found(page)
            assert page.evaluate(OVERFLOW) <= 0, state.__name__
            seen.page.close()
            seen.page = seen.tab()
    assert {state: findings for state, findings in wrong.items() if findings} == {}


def test_axe_is_there_and_finds_what_is_wrong(chromium, page_folder):
    with visit(chromium, page_folder, quiet=False) as seen:
        page = seen.open()
        expect(page.locator("svg.chart-svg").first).to_be_visible()
        page.evaluate("() => document.querySelector('svg.chart-svg').setAttribute('role', 'imge')")
        assert "aria-roles" in " ".join(found(page))


def test_the_message_of_a_browser_that_lacks_something_is_as_accessible(chromium, page_folder):
    with visit(chromium, page_folder, quiet=False) as seen:
        seen.context.add_init_script("delete globalThis.Worker;")
        seen.page.goto(seen.address)
        expect(seen.page.get_by_role("alert")).to_be_visible()
        assert [each for each in found(seen.page) if not each.startswith(("landmark", "page-has", "region"))] == []


def test_every_chart_has_role_name_description_summary_and_table(page):
    all_seen(page)
    shapes = page.evaluate(SHAPES)
    assert len(shapes) >= 11
    for shape in shapes:
        assert shape["role"] == "img", shape
        assert shape["own"], shape
        assert all(shape[part] for part in ("title", "description", "summary", "table")), shape


def test_targets_are_large_enough(page):
    levers_open(page)
    all_seen(page)
    assert page.evaluate(SMALL, LEAST) == []


def test_the_whole_flow_goes_by_keyboard_alone_and_the_focus_is_always_seen(page):
    keys = page.keyboard
    keys.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till spakarna")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("#levers")).to_be_focused()
    reached(page, lever(page, RECEPTION))
    keys.press("End")
    expect(changes(page)).to_have_count(1)
    expect(sentence(page)).to_contain_text("fler än utan ändringar")
    reached(page, page.get_by_text("Varför blir det så?", exact=True))
    keys.press("Enter")
    reached(page, button(page, "Räkna ut"))
    keys.press("Space")
    expect(figure(page, "Folkmängd 2040")).to_be_visible()
    reached(page, figure(page, "Folkmängd 2040").get_by_role("button", name="Visa som tabell"))
    keys.press("Enter")
    expect(figure(page, "Folkmängd 2040").locator("table")).to_be_visible()
    reached(page, button(page, "Dela länk"), backwards=True)
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button(page, "Dela länk")).to_be_focused()
    reached(page, button(page, "Ångra"), backwards=True)
    keys.press("Enter")
    expect(changes(page)).to_have_count(0)


def reached(page, target, backwards=False):
    """Tab until the target has the focus; every stop on the way is in sight and has a ring."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["ring"], stop
        assert stop["inSight"], stop
        if target.evaluate("e => e === document.activeElement"):
            return
    pytest.fail(f"not reached in {MOST_STOPS} steps: {target}")


MOST_STOPS = 90


def test_the_result_is_announced_as_a_sentence_at_most_once_a_second(page):
    page.evaluate(HEARD)
    slider = lever(page, RECEPTION)
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
    expect(slider).to_have_value("3")
    expect(page.locator("p[role=status].aloud")).to_have_text(sentence(page).text_content())
    heard = page.evaluate("() => window.heard")
    assert heard
    assert all(each["words"].startswith("Vid slutet av 2040 har regionen") for each in heard)
    times = [each["at"] for each in heard]
    assert all(later - sooner >= 950 for sooner, later in pairwise(times)), times


def test_a_window_of_320_pixels_and_a_page_twice_as_large_need_no_scrolling_sideways(chromium, page_folder):
    for width in (NARROW, WIDE // 2):
        with visit(chromium, page_folder, width) as seen:
            page = seen.open()
            levers_open(page)
            all_seen(page)
            tables_open(page)
            assert page.evaluate(OVERFLOW) <= 0, width


def test_every_part_that_can_scroll_takes_the_keyboard_s_focus(chromium, page_folder):
    with visit(chromium, page_folder, NARROW) as seen:
        page = seen.open()
        tables_open(page)
        deaf = page.evaluate(
            "() => [...document.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1 && "
            "/auto|scroll/.test(getComputedStyle(e).overflowX) && e.tabIndex < 0 && "
            "!e.querySelector('button, input, a, select')).map(e => e.outerHTML.slice(0, 100))"
        )
    assert deaf == []


def test_reduced_motion_leaves_nothing_that_moves(page):
    button(page, "Visa rundturen").click()
    expect(page.locator("#tour-heading")).to_be_focused()
    assert page.evaluate(MOVING) == 0
    lever(page, RECEPTION).press("End")
    expect(sentence(page)).to_contain_text("fler än utan ändringar")
    assert page.evaluate(MOVING) == 0


def test_colour_is_never_the_only_cue_in_a_line_chart(page):
    lever(page, RECEPTION).press("End")
    expect(changes(page)).to_have_count(1)
    pick(page, "Jämför med", "Allt byggs i tid")
    lines = figure(page, NEW_RESIDENTS).locator("svg.chart-svg path.chart-line")
    expect(lines).to_have_count(4)
    drawn = lines.evaluate_all(
        "all => all.map(e => [getComputedStyle(e).strokeDasharray, getComputedStyle(e).strokeWidth,"
        " e.parentElement.querySelector('.chart-marker')?.getAttribute('d')?.replace(/[-\\d.,]+/g, '') ?? ''].join())"
    )
    assert len(set(drawn)) == len(drawn)
