"""The report as a tagged PDF (PDF/UA-1)."""

from outputs.report.pdf.render import render_pdf

__all__ = ["render_pdf"]
