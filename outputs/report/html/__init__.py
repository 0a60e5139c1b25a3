"""The report as one HTML file that stands alone."""

from outputs.report.html.render import render_html

__all__ = ["render_html"]
