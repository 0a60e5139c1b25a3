"""The pictures of a report: each gives its SVG and the table of its numbers."""
