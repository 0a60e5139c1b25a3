"""Fan charts of an ensemble, as PNG and SVG."""
