"""HTML from one template for both languages: no script, nothing fetched, style and pictures inside."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from outputs.report.document import Report
from outputs.report.view import view_of

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).resolve().parent
TEMPLATE, STYLE = "report.html.j2", "style.css"


def render_html(report: Report) -> str:
    """The whole page. Every text is escaped; pictures are cleaned (outputs.report.pictures) before they stand in it."""
    return _template().render(view_of(report), style=(FOLDER / STYLE).read_text(encoding="utf-8"))


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(FOLDER, encoding="utf-8")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(TEMPLATE)
