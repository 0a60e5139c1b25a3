"""Bad input to the what-if page: one clear message each, in the page's language, and the page keeps working."""

import base64
import json
import re
import shutil
import zlib

import pytest

from tests.page_visits import (
    RECEPTION,
    button,
    changes,
    lever,
    notices,
    pick,
    sentence,
    visit,
)

expect = pytest.importorskip("playwright.sync_api").expect
MARK = "#s1="
HEADER = """\
title.sv = "Ett prov"
title.en = "A trial"
author = "Någon"
date = 2026-01-31
source = "påhittat"
baseline = "reference"
description.sv = "Ett prov."
description.en = "A trial."
"""
LEVER = '[[levers]]\nname = "reception capacity"\n'
FILES: dict[str, tuple[str | bytes, str]] = {
    "foreign": ("hej, det här är ett brev\n", "Raden 1 går inte att läsa som TOML."),
    "binary": (b"\xff\xfe\x00\x01", "Filen gick inte att läsa. Är det en textfil i UTF-8?"),
    "large": ("#" * 300_000, "Filen är 300 kB, mer än de 256 kB som en scenariofil får vara."),
    "other baseline": (
        HEADER.replace('"reference"', '"steel-late"'),
        "Scenariot bygger på ”steel-late”, men sidan på ”reference”. Gör en sida för det med sim.py page steel-late.",
    ),
    "out of range": (
        HEADER + LEVER + "value = 99\n",
        "levers.1: reception capacity = 99 ligger utanför spannet 0,3 till 3",
    ),
    "unknown lever": (
        HEADER + '[[levers]]\nname = "warp drive"\nvalue = 1\n',
        "levers.1: ”warp drive” är ingen spak eller inget antagande som sidan känner.",
    ),
    "unknown project": (
        HEADER + '[[projects]]\nname = "nowhere"\ndelay = 1\n',
        "”nowhere” finns inte i projektregistret.",
    ),
    "unknown place": (HEADER + LEVER + 'value = 2\nmunicipality = "Atlantis"\n', "”Atlantis” är ingen kommun,"),
    "no author": (HEADER.replace('author = "Någon"\n', ""), "”author” saknas."),
    "no TOML": (HEADER + "[[levers]\n", "Raden 9 går inte att läsa som TOML."),
}


def link_of(said):
    """A link that says this."""
    pressed = zlib.compressobj(wbits=-15)
    packed = pressed.compress(json.dumps(said).encode()) + pressed.flush()
    return MARK + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def said_by(link):
    raw = link.split(MARK)[1]
    return json.loads(zlib.decompress(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)), -15))


@pytest.fixture(scope="module")
def good(chromium, page_folder):
    """What a link of this page says."""
    with visit(chromium, page_folder) as seen:
        page = seen.open()
        lever(page, RECEPTION).press("End")
        button(page, "Dela länk").click()
        return said_by(page.get_by_role("textbox", name="Länk").input_value())


def works(page):
    """The page answers a lever."""
    before = sentence(page).text_content()
    lever(page, RECEPTION).press("Home")
    expect(sentence(page)).not_to_have_text(before)
    expect(changes(page).filter(has_text="0,3 gånger dagens")).to_have_count(1)


def told_once(page, words):
    expect(notices(page)).to_have_count(1)
    expect(notices(page)).to_contain_text(words)


def rarer(*values):
    """A case that make test-all tries."""
    return pytest.param(*values, marks=pytest.mark.slow)


BROKEN = "Länken är trasig och kunde inte läsas. Sidan visas utan den."
LONG = "Länken är för lång för att läsas. Sidan visas utan den."
FOREIGN = "Länken kommer från en annan version av sidan och kunde inte läsas. Sidan visas utan den."


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (f"{MARK}%3Cscript%3E", BROKEN),
        rarer(f"{MARK}AAAA", BROKEN),
        rarer(link_of([1, 2]), BROKEN),
        rarer(MARK + "A" * 20_000, LONG),
        (link_of({"v": 1, "filling": "0" * 3_000_000}), LONG),
        rarer("#s9=abc", FOREIGN),
        (link_of({"v": 2}), FOREIGN),
    ],
)
def test_a_broken_or_foreign_link_gives_one_message_and_a_page_that_works(chromium, page_folder, link, told):
    with visit(chromium, page_folder) as seen:
        page = seen.open(link)
        told_once(page, told)
        expect(page.get_by_role("alert")).to_have_count(1)
        works(page)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"b": "steel-late"}, "Länken bygger på ett annat jämförelseläge (steel-late) än sidans (reference)"),
        ({"m": "0123456789ab"}, "Länken gjordes med en annan version av modellen. Talen kan skilja sig"),
    ],
)
def test_a_link_of_another_baseline_or_model_says_so(chromium, page_folder, good, part, told):
    with visit(chromium, page_folder) as seen:
        page = seen.open(link_of({**good, **part}))
        told_once(page, told)
        expect(changes(page)).to_have_count(0 if "b" in part else 1)
        works(page)


def test_what_does_not_fit_in_a_link_is_left_out_and_named_as_text_never_as_markup(chromium, page_folder, good):
    markup = "<img src=x onerror=alert(1)>"
    wrong = [
        {**good["changes"][0], "number": 99},
        {**good["changes"][0], "name": markup},
        {**good["changes"][0], "cells": {"municipality": [markup]}},
    ]
    link = link_of(
        {**good, "changes": [*good["changes"], *wrong], "area": "place:9999", "baseYear": -5, "year": "2040"}
    )
    with visit(chromium, page_folder) as seen:
        page = seen.open(link)
        told_once(page, "En del av länken passade inte modellen och lämnades utanför:")
        expect(notices(page).get_by_role("listitem")).to_have_count(3)
        expect(notices(page)).to_contain_text(markup)
        expect(page.locator("main img, .notices img")).to_have_count(0)
        expect(changes(page)).to_have_count(1)
        expect(page.get_by_role("heading", level=1)).to_have_text("Hur många fler bor här?")
        works(page)


def load(page, path):
    with page.expect_file_chooser() as chooser:
        button(page, "Öppna scenario").click()
    chooser.value.set_files(path)


def test_a_file_that_is_no_scenario_for_this_page_gives_one_message_and_changes_nothing(page, tmp_path):
    first = sentence(page).text_content()
    for name, (text, told) in FILES.items():
        path = tmp_path / f"{name}.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        load(page, path)
        told_once(page, "Filen kunde inte läsas som scenario:")
        expect(notices(page).get_by_role("listitem").first).to_contain_text(told)
        expect(sentence(page)).to_have_text(first)
        button(page, "Stäng meddelandet").click()
        expect(notices(page)).to_have_count(0)
    works(page)


def test_a_file_is_opened_after_one_that_was_refused_and_its_words_are_text(page, tmp_path):
    (tmp_path / "bad.toml").write_text("[[", encoding="utf-8")
    header = HEADER.replace('"Ett prov"', '"<b>Ett prov</b>"')
    (tmp_path / "good.toml").write_text(header + LEVER + "value = 2\nfrom = 2030\n", encoding="utf-8")
    load(page, tmp_path / "bad.toml")
    told_once(page, "Filen kunde inte läsas som scenario:")
    load(page, tmp_path / "good.toml")
    told_once(page, "”<b>Ett prov</b>” är öppnad.")
    expect(changes(page)).to_have_text([re.compile("^Mottagande av nyinflyttade: 2 gånger dagens, från 2030")])


def test_a_file_of_another_model_version_opens_and_says_so(page, tmp_path):
    made = "# Norrsim 0.0.1, model 0123456789abcdef, fit reference\n"
    (tmp_path / "old.toml").write_text(HEADER + made + LEVER + "value = 2\n", encoding="utf-8")
    load(page, tmp_path / "old.toml")
    told_once(page, "Filen gjordes med en annan version av modellen.")
    expect(changes(page)).to_have_count(1)


def test_changes_that_clash_are_refused_by_the_model_in_words(page, tmp_path):
    twice = LEVER + "value = 2\nfrom = 2030\n" + LEVER + "value = 3\nfrom = 2030\n"
    (tmp_path / "clash.toml").write_text(HEADER + twice, encoding="utf-8")
    load(page, tmp_path / "clash.toml")
    refused = notices(page).filter(has_text="En ändring kunde inte räknas. Kurvorna visar läget före den:")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("ändras två gånger på samma plats och samtidigt.")
    button(page, "Ångra").click()
    works(page)


STORAGE = {
    "blocked": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }});",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
}


@pytest.mark.parametrize("trouble", [rarer("blocked"), "full"])
def test_a_browser_that_keeps_nothing_gives_one_message_and_a_page_that_works(chromium, page_folder, trouble):
    with visit(chromium, page_folder) as seen:
        seen.context.add_init_script(STORAGE[trouble])
        page = seen.open()
        expect(notices(page)).to_have_count(0)
        pick(page, "Utseende", "Mörkt")
        told_once(page, "Webbläsaren låter inte sidan spara språk och utseende. Allt annat fungerar.")
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        pick(page, "Utseende", "Ljust")
        button(page, "Nej tack").click()
        expect(notices(page)).to_have_count(1)
        expect(button(page, "Visa rundturen")).to_have_count(0)
        works(page)


@pytest.mark.parametrize("missing", ["Worker", rarer("DecompressionStream")])
def test_a_browser_without_what_the_page_needs_gets_one_clear_message(chromium, page_folder, missing):
    with visit(chromium, page_folder) as seen:
        seen.context.add_init_script(f"delete globalThis.{missing};")
        seen.page.goto(seen.address)
        told = f"Webbläsaren saknar det sidan behöver ({missing}). Öppna den i en nyare "
        expect(seen.page.get_by_role("alert")).to_have_text([f"{told}Edge, Chrome, Firefox eller Safari."])
        expect(seen.page.get_by_role("main")).to_have_count(0)


@pytest.mark.parametrize("damage", ["missing", rarer("cut"), rarer("foreign")])
def test_a_data_file_that_is_missing_or_damaged_gets_one_clear_message(chromium, page_folder, tmp_path, damage):
    copy = tmp_path / "copy"
    shutil.copytree(page_folder, copy)
    data = copy / "data.js"
    text = data.read_text(encoding="utf-8")
    if damage == "missing":
        data.unlink()
    else:
        data.write_text(text[:100_000] if damage == "cut" else "globalThis.NORRSIM = {format: 9};", encoding="utf-8")
    with visit(chromium, copy, quiet=False) as seen:
        seen.page.goto(seen.address)
        told = "Sidans datafil saknas eller är trasig. Lägg data.js bredvid index.html, "
        expect(seen.page.get_by_role("alert")).to_have_text([f"{told}eller gör sidan på nytt med sim.py page."])


def test_packed_data_that_cannot_be_unpacked_gets_one_clear_message(chromium, page_folder, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(page_folder, copy)
    data = copy / "data.js"
    text = data.read_text(encoding="utf-8")
    at = text.index('"payload"') + 50_000
    data.write_text(text[:at] + "AAAABBBB" * 40 + text[at + 320 :], encoding="utf-8")
    with visit(chromium, copy, quiet=False) as seen:
        seen.page.goto(seen.address)
        expect(seen.page.get_by_role("alert")).to_have_text(
            [re.compile("^Modellen kunde inte starta. Gör sidan på nytt med sim.py page")]
        )


def test_the_link_s_copy_button_tells_when_the_browser_does_not_let_it(chromium, page_folder):
    with visit(chromium, page_folder) as seen:
        seen.context.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
        page = seen.open()
        button(page, "Dela länk").click()
        button(page, "Kopiera").click()
        told = "Webbläsaren lät inte sidan kopiera. Markera länken och kopiera den själv."
        expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(told)


SMUGGLED = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
}"""


def test_the_page_s_policy_stops_scripts_that_came_in_by_text(chromium, page_folder):
    with visit(chromium, page_folder, quiet=False) as seen:
        page = seen.open()
        page.evaluate(SMUGGLED)
        expect(page.locator("body > img")).to_have_count(1)
        assert page.evaluate("() => window.ran === undefined")
        assert any("Content Security Policy" in said for said in seen.said)
