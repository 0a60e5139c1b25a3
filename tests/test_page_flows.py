"""The what-if page as a strategist uses it, from disk, in a real browser: levers, projects, reasons, files, story."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from model.engine import annual, simulate
from model.engine.simulate import fastest
from outputs.observed import observed_population
from scenarios.apply import apply_or_raise
from scenarios.run import Order, prepare
from tests.page_visits import (
    NEW_RESIDENTS,
    PLANNING,
    RECEPTION,
    button,
    changes,
    drawn,
    figure,
    headline,
    lever,
    notices,
    number,
    opened_group,
    pick,
    plain_number,
    sentence,
    table_of,
    visit,
)

expect = pytest.importorskip("playwright.sync_api").expect
START = "Vid slutet av 2040 har regionen, utan ändringar, "
HOMES = "Dubbelt så mycket nytt att bo i"
ON_TIME = "Allt byggs i tid"
FATES = {
    "Försenas": "Stegra stålverk: bygget börjar 2 år senare",
    "Blir mindre eller större": "Stegra stålverk: 50 procent av storleken",
    "Stoppas": r"Stegra stålverk: bygget stoppas 20\d\d",
    "Läggs ned": r"Stegra stålverk: läggs ned 20\d\d",
}


def test_the_page_opens_from_disk_without_asking_anybody_and_answers_the_question(page):
    expect(page).to_have_title("Hur många fler bor här? – Norrsim")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur många fler bor här?")
    expect(sentence(page)).to_contain_text(START)
    assert plain_number(headline(page).text_content()) > 0
    expect(page.get_by_text(re.compile(r"procent av målet, 100\s000$"))).to_be_visible()
    expect(figure(page, NEW_RESIDENTS).get_by_role("listitem")).to_contain_text(
        ["Observerat", "Utan ändringar", "Scenariot", "8 av 10 körningar", "5 av 10 körningar"]
    )
    expect(page.get_by_text(re.compile("^Bandet visar 256 körningar"))).to_be_visible()


def test_a_lever_moved_by_keyboard_changes_its_number_the_sentence_the_charts_and_the_list(page):
    chart, before = figure(page, NEW_RESIDENTS), drawn(figure(page, NEW_RESIDENTS))
    lever(page, RECEPTION).focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(number(page, RECEPTION)).to_have_value("2")
    expect(lever(page, RECEPTION)).to_have_attribute("aria-valuetext", "2 gånger dagens")
    expect(sentence(page)).to_have_text(re.compile(r"^Vid slutet av 2040 har regionen .* fler än utan ändringar;"))
    expect(changes(page)).to_have_text(
        [re.compile("^Mottagande av nyinflyttade: 2 gånger dagens, från 2027, infasat över 2 år$")]
    )
    expect(page.get_by_text("1 ändring mot ")).to_be_visible()
    expect(page.locator("p[role=status].aloud")).to_have_text(sentence(page).text_content())
    assert drawn(chart) != before


def test_the_band_of_the_changed_scenario_comes_when_the_lever_rests(page):
    lever(page, RECEPTION).press("End")
    expect(page.get_by_text(re.compile("^Bandet visar (?!256 )"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Målet nås 2040 i (färre|\d+ procent)"))).to_be_visible()
    rows = table_of(figure(page, NEW_RESIDENTS))
    low, high = (rows[0].index(end) for end in ENDS)
    last = rows[-1]
    assert plain_number(last[low]) < plain_number(last[high])


ENDS = ("8 av 10 körningar, nedre gräns", "8 av 10 körningar, övre gräns")


def test_the_number_field_moves_the_lever_and_refuses_what_is_out_of_range(page):
    field = number(page, RECEPTION)
    field.fill("2.5")
    field.press("Enter")
    expect(lever(page, RECEPTION)).to_have_value("2.5")
    expect(changes(page)).to_have_count(1)
    for wrong, told in {
        "99": "99 ligger utanför spannet 0,3 till 3. Talet ändrades inte.",
        "-1": "−1 ligger utanför spannet 0,3 till 3. Talet ändrades inte.",
        "": "Skriv ett tal mellan 0,3 och 3.",
    }.items():
        field.fill(wrong)
        field.press("Enter")
        expect(page.get_by_role("alert")).to_have_text(told)
        expect(field).to_have_value("2.5")
        expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("2")
    field.press("Tab")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(lever(page, RECEPTION)).to_have_value("2")


def test_a_project_can_be_late_smaller_stopped_or_closed_and_several_at_once(page):
    opened_group(page, "Projekt")
    row = page.get_by_role("group", name="Stegra stålverk", exact=True)
    fate = row.get_by_role("combobox", name="Vad händer med Stegra stålverk?")
    for choice, told in FATES.items():
        fate.select_option(label=choice)
        expect(changes(page)).to_have_text([re.compile(f"^{told}$")])
    expect(sentence(page)).to_contain_text("utan ändringar;")
    row.get_by_role("combobox", name="Och dessutom").select_option(label="Försenas")
    expect(changes(page)).to_have_text([re.compile("läggs ned"), re.compile("bygget börjar 2 år senare")])
    row.get_by_role("slider", name=re.compile("^Försenas, år senare")).press("ArrowRight")
    expect(changes(page).nth(1)).to_have_text("Stegra stålverk: bygget börjar 2,5 år senare")
    fate.select_option(label="Som aviserat")
    expect(changes(page)).to_have_count(0)


def test_undo_redo_and_starting_over_by_button_and_by_key(page):
    first = sentence(page).text_content()
    expect(button(page, "Ångra")).to_have_attribute("aria-disabled", "true")
    lever(page, RECEPTION).press("End")
    expect(sentence(page)).not_to_have_text(first)
    changed = sentence(page).text_content()
    button(page, "Ångra").click()
    expect(sentence(page)).to_have_text(first)
    expect(lever(page, RECEPTION)).to_have_value("1")
    button(page, "Gör om").click()
    expect(sentence(page)).to_have_text(changed)
    page.keyboard.press("Control+z")
    expect(changes(page)).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(changes(page)).to_have_count(1)
    button(page, "Börja om").click()
    expect(sentence(page)).to_have_text(first)
    expect(page.get_by_text("Inga ännu. Allt visas som i ")).to_be_visible()
    button(page, "Ångra").click()
    expect(sentence(page)).to_have_text(changed)


def test_one_drag_is_one_step_of_undo_and_a_lever_has_its_own_way_back(page):
    box = lever(page, PLANNING).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.25, middle)
    page.mouse.down()
    for part in (0.4, 0.5, 0.6, 0.7):
        page.mouse.move(box["x"] + box["width"] * part, middle)
    page.mouse.up()
    expect(changes(page)).to_have_count(1)
    button(page, "Ångra").click()
    expect(changes(page)).to_have_count(0)
    button(page, "Gör om").click()
    button(page, f"Återställ {PLANNING}").click()
    expect(lever(page, PLANNING)).to_have_value("1")
    expect(changes(page)).to_have_count(0)


def test_area_base_year_horizon_indicator_and_year_can_be_chosen(page):
    pick(page, "Område", "Skellefteå")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur många fler bor här? Skellefteå")
    expect(sentence(page)).to_contain_text("Vid slutet av 2040 har Skellefteå, utan ändringar,")
    pick(page, "Räknat från slutet av", "2015")
    pick(page, "Till slutet av", "2035")
    expect(sentence(page)).to_contain_text("Vid slutet av 2035 har Skellefteå")
    expect(sentence(page)).to_contain_text("än 2015")
    expect(figure(page, "Nya invånare sedan 2015")).to_be_visible()
    for area in ("Norrbottens län", "Skellefteå arbetsmarknadsregion"):
        options = page.get_by_role("combobox", name="Område").locator("option").all_text_contents()
        named = next(option for option in options if area.split()[0] in option and option != "Skellefteå")
        pick(page, "Område", named)
        expect(page.get_by_role("heading", level=1)).to_contain_text(named)
    pick(page, "Mått", "Arbetslöshet")
    chosen = page.locator("[data-look=chosen]")
    chosen.scroll_into_view_if_needed()
    expect(chosen.get_by_role("figure", name="Arbetslöshet")).to_be_visible()
    page.get_by_role("spinbutton", name="År", exact=True).fill("2045")
    page.keyboard.press("Enter")
    expect(page.locator("[data-look=map] .chart-map, [data-look=map] figure").first).to_contain_text("2045")


def test_levers_can_act_in_chosen_municipalities_alone(page):
    page.get_by_role("radio", name="Valda kommuner").check()
    expect(page.get_by_text("Välj minst en kommun.")).to_be_visible()
    page.get_by_text("Välj kommuner", exact=True).click()
    page.get_by_role("checkbox", name="Kiruna").check()
    lever(page, RECEPTION).press("End")
    expect(changes(page)).to_have_text(
        [re.compile("^Mottagande av nyinflyttade: 3 gånger dagens, i Kiruna, från 2027, infasat över 2 år$")]
    )
    pick(page, "Område", "Kiruna")
    expect(sentence(page)).to_contain_text("fler än utan ändringar")


def test_a_scenario_is_compared_with_another_and_with_a_kept_one(page):
    pick(page, "Jämför med", ON_TIME)
    legend = figure(page, NEW_RESIDENTS).get_by_role("listitem")
    expect(legend.filter(has_text=ON_TIME)).to_have_count(1)
    lever(page, RECEPTION).press("End")
    expect(sentence(page)).to_contain_text("fler än utan ändringar")
    button(page, "Spara läget för jämförelse").click()
    kept_name = page.get_by_role("combobox", name="Jämför med").locator("option:checked")
    expect(kept_name).to_have_text("Sparat läge (ändringar: 1)")
    button(page, "Börja om").click()
    expect(legend.filter(has_text="Sparat läge")).to_have_count(1)
    expect(sentence(page)).to_contain_text(START)
    rows = table_of(figure(page, NEW_RESIDENTS))
    kept = next(at for at, name in enumerate(rows[0]) if name.startswith("Sparat läge"))
    assert plain_number(rows[-1][kept]) > plain_number(rows[-1][rows[0].index("Scenariot")])
    pick(page, "Jämför med", "Bara utan ändringar")
    expect(legend.filter(has_text="Sparat läge")).to_have_count(0)


def test_a_ready_made_scenario_is_brought_in_with_one_message_and_taken_back(page):
    pick(page, "Färdiga scenarier", HOMES)
    expect(notices(page)).to_have_count(1)
    expect(notices(page)).to_contain_text(f"”{HOMES}” är hämtat. Ångra tar tillbaka det du hade.")
    expect(changes(page)).to_have_count(4)
    button(page, "Stäng meddelandet").click()
    expect(notices(page)).to_have_count(0)
    button(page, "Ångra").click()
    expect(changes(page)).to_have_count(0)


def test_why_gives_shares_that_add_up_to_the_difference_shown(page):
    pick(page, "Färdiga scenarier", HOMES)
    expect(sentence(page)).to_contain_text("fler än utan ändringar")
    page.get_by_text("Varför blir det så?", exact=True).click()
    button(page, "Räkna ut").click()
    reasons = figure(page, "Folkmängd 2040")
    expect(reasons).to_be_visible()
    expect(page.locator(".why-part [role=status]")).to_have_text("")
    rows = table_of(reasons)
    shares = [plain_number(row[1]) for row in rows[1:]]
    total = next(plain_number(row[1]) for row in rows[1:] if row[0] == "Hela skillnaden")
    parts = sum(shares) - total
    assert len(shares) == 5
    assert abs(parts - total) <= len(shares)
    shown = {row[0]: row for row in table_of(figure(page, NEW_RESIDENTS))}
    mine, without = (shown["År"].index(name) for name in ("Scenariot", "Utan ändringar"))
    assert abs(plain_number(shown["2040"][mine]) - plain_number(shown["2040"][without]) - total) <= 2
    lever(page, RECEPTION).press("End")
    expect(page.get_by_text("Du har ändrat något sedan delarna räknades.")).to_be_visible()


def test_a_link_brings_the_same_state_to_another_window(chromium, page_folder):
    with visit(chromium, page_folder) as seen:
        page = seen.open()
        lever(page, RECEPTION).press("End")
        pick(page, "Område", "Kiruna")
        pick(page, "Till slutet av", "2045")
        pick(page, "Mått", "Huspris")
        pick(page, "Jämför med", ON_TIME)
        expect(sentence(page)).to_contain_text("fler än utan ändringar")
        button(page, "Dela länk").click()
        link = page.get_by_role("textbox", name="Länk").input_value()
        expect(page.get_by_text("Sidan är öppnad från disk.")).to_be_visible()
        said, listed = sentence(page).text_content(), changes(page).all_text_contents()
        other = seen.tab()
        other.goto(link)
        expect(sentence(other)).to_have_text(said)
        assert changes(other).all_text_contents() == listed
        for label, option in {"Mått": "Huspris", "Jämför med": ON_TIME, "Område": "Kiruna"}.items():
            expect(other.get_by_role("combobox", name=label).locator("option:checked")).to_have_text(option)


def downloaded(page, folder):
    """The scenario file that the page hands over."""
    button(page, "Spara scenario").click()
    page.get_by_role("textbox", name="Rubrik").fill("Prov från sidan")
    page.get_by_role("textbox", name="Vem som står för scenariot").fill('A "B" C')
    with page.expect_download() as handed:
        button(page, "Hämta filen").click()
    path = folder / handed.value.suggested_filename
    handed.value.save_as(path)
    return path


def test_the_scenario_file_runs_in_python_to_the_number_that_the_page_shows(page, tmp_path):
    pick(page, "Färdiga scenarier", "Flytta in i stället för att flyga in")
    opened_group(page, "Projekt")
    page.get_by_role("combobox", name="Vad händer med Stegra stålverk?").select_option(label="Försenas")
    field = number(page, RECEPTION)
    field.fill("1.7")
    field.press("Enter")
    expect(changes(page).filter(has_text="1,7 gånger dagens")).to_have_count(1)
    path = downloaded(page, tmp_path)
    checked = CliRunner().invoke(sim.app, ["check", str(path), "--lang", "sv"])
    assert checked.exit_code == 0, checked.output
    prepared = prepare(Order(str(path), 2024))
    inputs = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs).inputs
    run = annual(simulate(prepared.model, inputs, save=["total population"], backend=fastest()))
    new = run["total_population"].sum("municipality") - float(observed_population(2022).sum())
    shown = {row[0]: row for row in table_of(figure(page, NEW_RESIDENTS))}
    mine = shown["År"].index("Scenariot")
    years = (2025, 2030, 2040, 2050)
    assert [plain_number(shown[str(year)][mine]) for year in years] == [round(float(new.sel(year=y))) for y in years]
    assert plain_number(headline(page).text_content()) == float(f"{float(new.sel(year=2040)):.3g}")


def test_a_scenario_file_comes_back_as_it_was(page, tmp_path):
    pick(page, "Till slutet av", "2035")
    pick(page, "Räknat från slutet av", "2020")
    pick(page, "Färdiga scenarier", HOMES)
    expect(changes(page)).to_have_count(4)
    expect(sentence(page)).to_contain_text("fler än utan ändringar")
    said, listed = sentence(page).text_content(), changes(page).all_text_contents()
    path = downloaded(page, tmp_path)
    button(page, "Börja om").click()
    load(page, path)
    expect(notices(page).last).to_contain_text("”Prov från sidan” är öppnad. Ångra tar tillbaka det du hade.")
    expect(sentence(page)).to_have_text(said)
    assert changes(page).all_text_contents() == listed


def load(page, path):
    with page.expect_file_chooser() as chooser:
        button(page, "Öppna scenario").click()
    chooser.value.set_files(path)


@pytest.mark.parametrize("name", ["towards-100000", pytest.param("industry-cuts", marks=pytest.mark.slow)])
def test_the_library_s_own_files_open(page, name):
    path = next((Path(sim.__file__).parent / "scenarios").glob(f"{name}.toml"))
    load(page, path)
    expect(notices(page)).to_have_count(1)
    if name == "industry-cuts":
        expect(notices(page)).to_contain_text("Filen har val ([[choices]]) som användaren ska göra.")
        return
    expect(notices(page)).to_contain_text("är öppnad.")
    expect(sentence(page)).to_contain_text("fler än utan ändringar")


def test_the_table_comes_as_a_file_for_swedish_excel(page, tmp_path):
    pick(page, "Färdiga scenarier", HOMES)
    expect(sentence(page)).to_contain_text("fler än utan ändringar")
    page.locator("[data-look=table]").scroll_into_view_if_needed()
    pick(page, "Rader", "kommuner, 2040")
    with page.expect_download() as handed:
        button(page, "Hämta för Excel (CSV)").click()
    path = tmp_path / handed.value.suggested_filename
    handed.value.save_as(path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0] == '"Kommunerna 2040, Ditt scenario"'
    cells = [line.split(";") for line in lines[2:-1]]
    assert cells[0][:2] == ["Kommun", "Folkmängd (personer)"]
    assert {len(row) for row in cells} == {len(cells[0])}
    assert [row[0] for row in cells[1:]][-1] == "Båda länen"
    assert len(cells) == 1 + 29 + 1
    numbers = [cell for row in cells[1:] for cell in row[1:]]
    assert all(re.fullmatch(r"-?\d+(,\d+)?|", cell) for cell in numbers)
    assert any("," in cell for cell in numbers)
    assert all(not re.match(r"[=+@\t]|-\D", cell) for row in cells for cell in row)


def test_print_hides_the_controls_and_tells_the_changes(page):
    lever(page, RECEPTION).press("End")
    expect(changes(page)).to_have_count(1)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for controls in (".head", ".levers", ".wishes", ".foot", ".offer"):
        expect(page.locator(controls).first).to_be_hidden()
    paper = page.locator(".print-only")
    expect(paper).to_be_visible()
    expect(paper).to_contain_text("Scenario, inte prognos.")
    expect(paper.get_by_role("listitem")).to_contain_text(["Mottagande av nyinflyttade: 3 gånger dagens"])
    expect(page.locator("figure svg.chart-svg").nth(10)).to_be_visible()
    assert page.locator("button:visible").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)


def test_the_story_is_walked_from_start_to_end_and_gives_back_what_was_there(page):
    lever(page, RECEPTION).press("End")
    expect(sentence(page)).to_contain_text("fler än utan ändringar")
    said = sentence(page).text_content()
    button(page, "Visa rundturen").click()
    titles = ["Frågan", "Kiruna: fler jobb, inte fler invånare", "Vad en nedläggning gör", "Vad skulle ge 100 000?"]
    for step, title in enumerate(titles, 1):
        expect(page.get_by_role("heading", name=title)).to_be_focused()
        expect(page.get_by_text(f"Steg {step} av 5", exact=True)).to_be_visible()
        button(page, "Nästa").click()
    expect(page.get_by_role("heading", name="Din tur")).to_be_focused()
    expect(button(page, "Nästa")).to_have_count(0)
    button(page, "Tillbaka").click()
    expect(changes(page).nth(4)).to_be_visible()
    button(page, "Avsluta").click()
    expect(page.get_by_text("Steg 4 av 5", exact=True)).to_have_count(0)
    expect(sentence(page)).to_have_text(said)
    expect(button(page, "Visa rundturen")).to_have_count(0)
    button(page, "Rundtur").click()
    button(page, "Fortsätt själv härifrån").click()
    expect(changes(page)).to_have_count(0)


def test_the_language_is_switched_marked_and_remembered(chromium, page_folder):
    with visit(chromium, page_folder) as seen:
        page = seen.open()
        assert page.locator("html").get_attribute("lang") == "sv"
        assert button(page, "English").get_attribute("lang") == "en"
        lever(page, RECEPTION).press("End")
        button(page, "English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page).to_have_title("How many more live here? – Norrsim")
        expect(page.get_by_role("heading", level=1)).to_have_text("How many more live here?")
        expect(sentence(page)).to_have_text(re.compile("^By the end of 2040 the region .* more than without changes;"))
        expect(changes(page)).to_have_text(
            [re.compile("^Reception of newcomers: 3 times today's, from 2027, phased in over 2 years$")]
        )
        assert button(page, "Svenska").get_attribute("lang") == "sv"
        seen.open()
        expect(page.get_by_role("heading", level=1)).to_have_text("How many more live here?")
        button(page, "About the model").first.click()
        expect(page.get_by_role("dialog", name="About the model")).to_contain_text("Not meant for")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_light_and_dark_follow_the_computer_or_the_reader(page):
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    pick(page, "Utseende", "Mörkt")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate(paper)
    assert light != dark
    pick(page, "Utseende", "Som datorn")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) == dark
    pick(page, "Utseende", "Ljust")
    assert page.evaluate(paper) == light


def test_what_the_model_is_for_its_data_record_and_method_are_one_click_away(page):
    button(page, "Om modellen").first.click()
    about = page.get_by_role("dialog", name="Om modellen")
    for heading in ("Avsedd för", "Inte avsedd för", "Hur väl den har träffat", "Underlag", "Metod", "Tillgänglighet"):
        expect(about.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    about.get_by_text("Mall för tillgänglighetsredogörelse.").click()
    expect(about).to_contain_text("WCAG 2.2")
    button(about, "Stäng").click()
    expect(about).to_have_count(0)
