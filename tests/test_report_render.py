"""The forms of a report: HTML, PDF/UA, workbook and CSV tell the same, and text is data."""

import csv
import io
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pytest

from outputs.report.cells import shown
from outputs.report.csv_tables import machine_csv, named_tables, slug, swedish_csv
from outputs.report.document import (
    Bullets,
    Chapter,
    Column,
    DocumentError,
    Paragraph,
    Report,
    Table,
)
from outputs.report.excel import render_xlsx
from outputs.report.html import render_html
from outputs.report.identity import content_hash, content_json
from outputs.report.pdf import fonts, render_pdf
from outputs.report.pdf import render as pdf_render
from outputs.report.pictures import picture
from outputs.report.problems import ReportError
from tests.report_render_support import MARKUP, ROLES, answer, figure, report, svg, table

SPACE = "\N{NO-BREAK SPACE}"
LANGUAGES = ("sv", "en")


class Outline(HTMLParser):
    """The headings, ids, references and landmarks of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        for key, value in attrs:
            if key == "id":
                self.ids.append(value or "")
            if key in ("aria-labelledby", "aria-describedby"):
                self.references += (value or "").split()
            if key in ("href", "xlink:href") and (value or "").startswith("#"):
                self.references.append((value or "")[1:])


@pytest.fixture(scope="module", params=LANGUAGES)
def shaped(request) -> tuple[Report, str, bytes]:
    made = report(request.param)
    return made, render_html(made), render_pdf(made)


def pdf_text(pdf: bytes) -> str:
    """What the page shows: the text that each font's map gives for the signs set."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@dataclass(frozen=True)
class Tag:
    """An element of a PDF's tag tree: its kind, text instead of it, title, and the scope of a head."""

    kind: str
    alt: str
    title: str
    scope: str


def tagged(pdf: bytes) -> list[Tag]:
    """All elements of the tag tree."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        waiting: list[pikepdf.Object] = [document.Root.StructTreeRoot]
        found = []
        while waiting:
            part = waiting.pop(0)
            below = part.get("/K")
            kids = list(below) if isinstance(below, pikepdf.Array) else [below]
            waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
            if "/S" in part:
                found.append(_tag(part))
    return found


def _tag(part: pikepdf.Object) -> Tag:
    attributes = part.get("/A", pikepdf.Array())
    several = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    scope = next((str(each.Scope) for each in several if "/Scope" in each), "")
    return Tag(str(part.S), str(part.get("/Alt", "")), str(part.get("/T", "")), scope)


def of_kind(parts: list[Tag], kind: str) -> list[Tag]:
    return [part for part in parts if part.kind == kind]


# Numbers


@pytest.mark.parametrize(
    ("cell", "column", "swedish", "english"),
    [
        (1234567.8, Column("n", form="number", decimals=0), f"1{SPACE}234{SPACE}568", "1,234,568"),
        (1234567.8, Column("n", form="number"), f"1{SPACE}230{SPACE}000", "1,230,000"),
        (-1234.56, Column("n", form="number", decimals=1), f"−1{SPACE}234,6", "−1,234.6"),
        (12.345, Column("n", form="percent", decimals=1), f"12,3{SPACE}%", "12.3%"),
        (12.0, Column("n", form="change", decimals=0), "+12", "+12"),
        (-0.04, Column("n", form="change", decimals=1), "0,0", "0.0"),
        (0, Column("n", form="change", decimals=0), "0", "0"),
        (2040, Column("n", form="year"), "2040", "2040"),
        (None, Column("n", form="number"), "..", ".."),
        ("a,b", Column("n"), "a,b", "a,b"),
    ],
)
def test_cells_are_written_in_the_number_format_of_the_language(cell, column, swedish, english):
    assert shown(cell, column, "sv") == swedish
    assert shown(cell, column, "en") == english


def test_all_forms_tell_the_same_rounded_numbers():
    futures = Table("t", (Column("a"), Column("b", form="number")), (("x", 283_412.0), ("y", 0.123456)))
    made = replace(report("sv"), chapters=(Chapter("c", (futures,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(made)))["Tabell 1"]
    assert [sheet["B5"].value, sheet["B6"].value] == [283_000, 0.123]
    assert [sheet["B5"].number_format, sheet["B6"].number_format] == ["#,##0", "#,##0.0##"]
    assert machine_csv(futures) == "a,b\nx,283000\ny,0.123\n"
    assert swedish_csv(futures) == "a;b\r\nx;283000\r\ny;0,123\r\n"
    assert f"283{SPACE}000" in render_html(made)


# The page


def test_headings_go_down_one_level_at_a_time_and_begin_with_the_only_first(shaped):
    levels = Outline(shaped[1]).levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(after - before for before, after in pairwise(levels)) <= 1


def test_ids_are_unique_and_every_reference_finds_its_own(shaped):
    outline = Outline(shaped[1])
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.references) <= set(outline.ids)


def test_the_page_stands_alone_and_says_its_language_status_and_hash(shaped):
    made, page, _ = shaped
    assert f'<html lang="{made.language}">' in page
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert not {"script", "link", "iframe", "object"} & set(Outline(page).tags)
    assert {"main", "nav", "header", "footer"} <= set(Outline(page).tags)
    assert page.count(content_hash(made)) == 2
    assert ("Utkast" if made.language == "sv" else "Draft") in page


def test_each_figure_has_a_name_a_text_and_its_numbers(shaped):
    made, page, _ = shaped
    for shape in made.figures:
        assert f'<title id="{shape.name}-title">{shape.title}</title>' in page
        assert f'<desc id="{shape.name}-desc">{shape.alt}</desc>' in page
        assert f'aria-describedby="{shape.name}-desc"' in page
        assert f'<table id="{shape.name}-data">' in page
        assert shape.summary in page


# Text is data


@pytest.fixture(scope="module")
def hostile() -> Report:
    rows = ((MARKUP, 1.0), ("=1+1", 2.0))
    columns = (Column(MARKUP), Column("n", MARKUP, "number", 0))
    blocks = (
        Paragraph(MARKUP),
        Bullets((MARKUP,)),
        Table(MARKUP, columns, rows, note=MARKUP, source=MARKUP),
        replace(figure("people"), title=MARKUP, alt=MARKUP, summary=MARKUP, svg=svg(MARKUP)),
    )
    return replace(
        report("sv"), title=MARKUP, subtitle=MARKUP, chapters=(Chapter(MARKUP, blocks),),
        question=replace(answer(), question=MARKUP, answer=MARKUP, stops=MARKUP, todo=(MARKUP,)),
    )  # fmt: skip


class Texts(HTMLParser):
    """The text between tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def test_signs_of_html_and_templates_are_shown_as_text_on_the_page(hostile):
    page = render_html(hostile)
    assert "<script" not in page
    assert "".join(Texts(page).parts).count(MARKUP) >= 12


def test_signs_of_typst_are_shown_as_text_in_the_pdf(hostile):
    told = re.sub(r"\s+", "", pdf_text(render_pdf(hostile)))
    assert told.count(re.sub(r"\s+", "", MARKUP)) >= 10


def test_a_text_that_a_spreadsheet_would_compute_stays_a_text(hostile):
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx(hostile)))["Tabell 1"]
    assert sheet["A6"].value == "=1+1"
    assert sheet["A6"].data_type == "s"
    assert "'=1+1;2" in swedish_csv(hostile.tables[0])
    assert "\n=1+1,2" in machine_csv(hostile.tables[0])


def test_signs_that_no_typeface_has_do_not_stop_the_pdf():
    strange = replace(report("sv"), title="Växa \N{ROCKET} \N{CJK UNIFIED IDEOGRAPH-5317}")
    assert render_pdf(strange).startswith(b"%PDF")


# The PDF


def test_the_pdf_says_that_it_is_ua_1_and_its_language_title_and_date(shaped):
    made, _, pdf = shaped
    document = pikepdf.open(io.BytesIO(pdf))
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == made.title
    assert str(document.Root.Lang) == {"sv": "sv-SE", "en": "en-GB"}[made.language]
    assert bool(document.Root.MarkInfo.Marked)
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert str(document.docinfo["/CreationDate"]).startswith("D:20261122")
    assert content_hash(made) in str(document.docinfo["/Keywords"])


def test_the_pdfs_figures_have_their_texts_and_its_tables_heads_of_columns_and_rows(shaped):
    made, _, pdf = shaped
    parts = tagged(pdf)
    assert [part.alt for part in of_kind(parts, "/Figure")] == [shape.alt for shape in made.figures]
    tables = of_kind(parts, "/Table")
    assert len(tables) == len(made.tables)
    scopes = [part.scope for part in of_kind(parts, "/TH")]
    assert scopes.count("/Row") == sum(len(table.rows) for table in made.tables)
    assert scopes.count("/Column") == sum(len(table.columns) for table in made.tables)
    assert len(of_kind(parts, "/Caption")) == len(made.tables) + len(made.figures)


def test_the_pdfs_headings_are_its_chapters_and_lead_there_from_the_outline(shaped):
    made, _, pdf = shaped
    first = [part.title for part in of_kind(tagged(pdf), "/H1")]
    with pikepdf.open(io.BytesIO(pdf)).open_outline() as outline:
        marked = [re.sub(r"^\d+ ", "", entry.title) for entry in outline.root]
    assert made.question.question in first
    assert {chapter.heading for chapter in made.chapters} <= set(first)
    assert {chapter.heading for chapter in made.chapters} <= {re.sub(r"^\d+\s*", "", title) for title in marked}


def test_every_page_tells_its_number_and_the_status(shaped):
    made, _, pdf = shaped
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    status = {"sv": "UTKAST", "en": "DRAFT"}[made.language]
    told = {"sv": "Sida {} av {}", "en": "Page {} of {}"}[made.language]
    assert 4 <= len(pages) <= 6
    for number, text in enumerate(pages, start=1):
        assert told.format(number, len(pages)) in text
        assert status in text


def test_all_fonts_are_in_the_pdf_and_come_from_packages(shaped):
    document = pikepdf.open(io.BytesIO(shaped[2]))
    fonts_used = [
        part for part in document.objects if isinstance(part, pikepdf.Dictionary) and "/FontDescriptor" in part
    ]
    names = {str(part.BaseFont).partition("+")[2] for part in fonts_used}
    assert all({"/FontFile2", "/FontFile3"} & set(part.FontDescriptor.keys()) for part in fonts_used)
    assert {name.partition("-")[0] for name in names} == {"SourceSans3", "DejaVuSans"}


def test_pages_settle_with_and_without_a_list_of_contents_and_however_long_page_one_is():
    long = replace(answer(), stops="Bostäderna räcker inte till. " * 60)
    for made in (report("sv"), report("sv", question=long), report("sv", chapters=report("sv").chapters[:2])):
        assert pdf_render.set_pages(made)[1] == []


def test_the_tables_travel_in_the_pdf_as_csv(shaped):
    made, _, pdf = shaped
    document = pikepdf.open(io.BytesIO(pdf))
    attached = document.attachments
    assert set(attached) == {f"tables/{name}.csv" for name, _ in named_tables(made)}
    name, first = next(named_tables(made))
    assert attached[f"tables/{name}.csv"].get_file().read_bytes().decode("utf-8-sig") == swedish_csv(first)


def test_the_version_of_a_municipality_leaves_printed_tables_out(shaped):
    short = replace(shaped[0], print_data=False, chapters=shaped[0].chapters[:1])
    parts = tagged(render_pdf(short))
    assert len(of_kind(parts, "/Table")) == 1
    assert not of_kind(parts, "/TOC")


def test_missing_typefaces_are_told_with_their_package(monkeypatch):
    with pytest.raises(ReportError, match="typeface Source Sans 3 is missing") as told:
        fonts.check_families(["DejaVu Sans"])
    assert "fontpkg-source-sans-3" in str(told.value)
    assert "--format html,xlsx" in str(told.value)
    monkeypatch.setattr(fonts, "PLACES", (("Gone", "no_such_package", "files", "gone-font"),))
    with pytest.raises(ReportError, match="Gone is missing"):
        fonts.font_folders()


def test_what_typst_cannot_set_is_told_in_its_words(monkeypatch, tmp_path):
    source = tmp_path / "report.typ"
    source.write_text('#panic("no room")', encoding="utf-8")
    monkeypatch.setattr(pdf_render, "SOURCE", source)
    with pytest.raises(ReportError, match=r"Så kan regionen växa.*PDF.*no room"):
        render_pdf(report("sv"))


# Pictures


def test_pictures_in_one_page_do_not_share_names():
    cleaned = picture(figure("people")).svg
    root = ElementTree.fromstring(cleaned)
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    assert all(name.startswith("people-") for name in ids)
    assert "url(#people-p1)" in cleaned
    assert '"#people-m1"' in cleaned
    assert "metadata" not in cleaned
    assert "font: 8px 'DejaVu Sans', Verdana, sans-serif" in cleaned
    assert "stroke-linejoin" in root.get("style", "")
    assert "*" not in cleaned.partition("</defs>")[0].partition("<style")[2]


@pytest.mark.parametrize(
    "part",
    [
        "<script>1</script>",
        '<rect onclick="x()"/>',
        '<image href="http://example.org/a.png"/>',
        "<style>a{fill:url(//example.org)}</style>",
        '<rect fill="url(http://example.org#a)"/>',
        "<foreignObject/>",
    ],
)
def test_pictures_that_act_or_fetch_are_refused(part):
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{part}</svg>'
    with pytest.raises(DocumentError, match=r"'people'.*(act|fetch)"):
        picture(replace(figure("people"), svg=text))


# The document


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Table("t", (Column("a"),), ()), "table 't': it has no rows"),
        (lambda: Table("t", (Column("a"),), (("x", "y"),)), "row 1: 2 cells for 1 columns"),
        (lambda: Table("t", (Column("a"), Column("b", form="number")), (("x", "y"),)), "column 'b': 'y' in a column"),
        (lambda: Table("t", (Column("a", form="number"),), ((float("nan"),),)), "nan is no number"),
        (lambda: Paragraph(" "), "paragraph: no text"),
        (lambda: Paragraph("a\x00"), "cannot be shown"),
        (lambda: replace(figure("people"), alt=""), "figure 'people': no alt"),
        (lambda: replace(figure("people"), name="Två ord"), "figure 'Två ord': a name has"),
        (lambda: replace(figure("people"), svg="<svg>"), "its SVG cannot be read"),
        (lambda: replace(figure("people"), svg="<svg/>"), "no SVG with a viewBox"),
        (lambda: report("sv", status="published"), "needs its roles"),
        (lambda: report("sv", chapters=()), "it has no chapters"),
        (lambda: report("sv", **{"language": "fi"}), "'fi' is none of sv, en"),
        (lambda: replace(answer(), todo=()), "no things to do"),
        (lambda: report("sv", chapters=(Chapter("c", (figure("a"), figure("a"))),)), "two figures are called a"),
    ],
)
def test_a_report_that_does_not_hold_together_is_told_of(make, words):
    with pytest.raises(DocumentError, match=re.escape(words)):
        make()


# Workbook and CSV


def test_the_workbook_has_a_sheet_for_each_table_with_units_sources_and_heads_that_stay():
    made = report("sv")
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(made)))
    assert book.sheetnames == ["Innehåll", "Figur 1", "Tabell 1", "Figur 2", "Figur 3"]
    sheet = book["Tabell 1"]
    assert [cell.value for cell in sheet[4]] == ["Kommun", "Folkmängd (personer)", "Förändring (personer)", "Andel"]
    assert "Källa: SCB" in str(sheet["A2"].value)
    assert sheet.freeze_panes == "B5"
    assert sheet["B5"].value == 1234
    assert sheet["C6"].value is None
    assert sheet.tables
    told = [cell.value for row in book["Innehåll"] for cell in row]
    assert {made.title, made.question.answer, content_hash(made), "Utkast"} <= set(told)


def test_the_csv_for_machines_can_be_read_back():
    rows = list(csv.DictReader(io.StringIO(machine_csv(table("en")))))
    assert rows[1]["People (persons)"] == "2468"
    assert rows[1]["Change (persons)"] == ""


def test_names_of_files_are_plain_whatever_the_title():
    assert slug("Folkmängd i Åsele/Övertorneå: 2024–2040?") == "folkmangd-i-asele-overtornea-2024-2040"
    assert slug("→") == "table"
    assert len(slug("ord " * 50)) <= 48


# The same again


def test_the_same_report_gives_the_same_bytes_in_every_form():
    for form in (render_html, render_pdf, render_xlsx, content_json):
        assert form(report("sv")) == form(report("sv"))


def test_the_hash_follows_everything_that_the_report_says():
    first = content_hash(report("sv"))
    assert content_hash(report("sv")) == first
    assert content_hash(report("sv", edition=2)) != first
    assert content_hash(report("sv", status="published", roles=ROLES)) != first
    assert content_hash(report("sv", question=replace(answer(), stops="annat"))) != first
