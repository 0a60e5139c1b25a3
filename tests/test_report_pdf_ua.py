"""What PDF/UA-1 asks of a file and a machine can see (ISO 14289-1, clause 7), read back from the finished PDF."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader

from outputs.report.document import Chapter
from outputs.report.pdf import render_pdf
from tests.report_render_support import figure, report, table

SHOWS = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "S", "s", "B", "b", "sh", "B*", "b*"}
"""Operators that put something on the page."""


@pytest.fixture(scope="module", params=["sv", "en"])
def document(request) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(render_pdf(report(request.param)))) as opened:
        yield opened


def marks(page: pikepdf.Page) -> tuple[int, set[int]]:
    """How much is shown outside any marked content, and the numbers of the marks that tags refer to."""
    depth, outside = 0, 0
    numbers: set[int] = set()
    for step in pikepdf.parse_content_stream(page):
        operands, name = list(step.operands), str(step.operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                numbers.add(int(operands[1].MCID))
        elif name == "EMC":
            depth -= 1
        elif name in SHOWS and depth == 0:
            outside += 1
    return outside, numbers


def test_all_that_a_page_shows_is_tagged_or_marked_as_decoration(document):
    for page in document.pages:
        outside, numbers = marks(page)
        assert outside == 0
        assert numbers


def test_every_mark_has_its_place_in_the_tree(document):
    parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    for page in document.pages:
        _, numbers = marks(page)
        listed = parents[int(page.obj.StructParents)]
        assert numbers <= set(range(len(listed)))
        assert all("/S" in listed[number] for number in numbers)


def test_the_keyboard_follows_the_tags_and_every_link_says_where_it_leads(document):
    links = [(page, link) for page in document.pages for link in page.obj.get("/Annots", pikepdf.Array())]
    assert links
    for page, link in links:
        assert page.obj.Tabs == pikepdf.Name.S
        assert str(link.Contents).strip()
        assert "/StructParent" in link


def test_every_typeface_is_inside_and_maps_its_signs_to_text(document):
    fonts = [part for part in document.objects if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/Font"]
    outer = [font for font in fonts if "/DescendantFonts" in font]
    assert outer
    for font in outer:
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_nothing_in_it_acts(document):
    for name in ("/OpenAction", "/AA", "/AcroForm"):
        assert name not in document.Root
    assert "/JavaScript" not in document.Root.get("/Names", pikepdf.Dictionary())


def test_headings_skip_no_level_and_lists_have_labels(document):
    kinds = [
        str(part.S)
        for part in document.objects
        if isinstance(part, pikepdf.Dictionary) and "/S" in part and "/P" in part
    ]
    assert {"/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/THead", "/TBody", "/Figure", "/Caption"} <= set(
        kinds
    )
    assert "/H3" not in kinds


def test_a_short_report_without_contents_is_as_accessible():
    short = replace(report("sv"), chapters=report("sv").chapters[:1], print_data=False)
    with pikepdf.open(io.BytesIO(render_pdf(short))) as opened:
        assert all(marks(page)[0] == 0 for page in opened.pages)
        assert str(opened.Root.Lang) == "sv-SE"


def test_a_figure_whose_table_is_too_long_to_print_names_the_attached_file_that_has_it():
    long = replace(figure("people"), table=table("sv"))
    with_long = replace(report("sv"), chapters=(Chapter("Folk", (table("sv", 2), long)),))
    pdf = render_pdf(with_long)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "tables/02-folkmangd.csv" in opened.attachments
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "02-folkmangd.csv" in told
