"""A map of the municipalities beside the same numbers as a ranking with their names."""

from __future__ import annotations

from typing import Any

import numpy as np

from outputs.figures.map import LONGITUDE_SCALE, middle, read_polygons
from outputs.figures.style import GREY, INK
from outputs.report.facts import Facts
from outputs.report.svg import FULL, picture

HEIGHT, MAP_WIDTH = 3.9, 3.2
NUDGES = {
    "2403": (-0.1, 0.0), "2460": (-0.05, -0.04), "2480": (0.15, 0.02), "2518": (0.02, 0.05), "2506": (-0.1, 0.1),
    "2583": (0.2, -0.02), "2580": (0.1, -0.04), "2409": (0.15, 0.02), "2401": (0.0, -0.03), "2560": (-0.05, 0.02),
}  # fmt: skip
"""Degrees east and north that a number is moved to stay clear of its neighbours'."""
SIZE = 5.8


def draw(facts: Facts, values: dict[str, float], texts: dict[str, str], diverging: bool) -> str:
    """Municipalities coloured by value (a ring of equal steps on either side of 0 when diverging), ranked beside."""
    colour = _colours(values, diverging)
    with picture(FULL, HEIGHT) as drawn:
        _map(drawn.figure.add_axes((0.0, 0.0, MAP_WIDTH / FULL, 1.0)), texts, colour)
        _ranking(drawn.figure.add_axes((0.72, 0.01, 0.2, 0.98)), facts, values, texts, colour)
    return drawn.text


def _colours(values: dict[str, float], diverging: bool) -> dict[str, Any]:
    from matplotlib import colormaps
    from matplotlib.colors import Normalize

    largest = max(abs(value) for value in values.values()) or 1.0
    low = -largest if diverging else 0.0
    norm, colours = Normalize(low, largest), colormaps["PuOr_r" if diverging else "Blues"]
    return {code: colours(0.08 + 0.78 * float(norm(value))) for code, value in values.items()}


def _map(axes: Any, texts: dict[str, str], colour: dict[str, Any]) -> None:
    from matplotlib.patches import Polygon

    for code, rings in read_polygons().items():
        for ring in rings:
            axes.add_patch(Polygon(ring, facecolor=colour[code], edgecolor=GREY, linewidth=0.5))
        x, y = np.add(middle(max(rings, key=len)), NUDGES.get(code, (0.0, 0.0)))
        axes.text(x, y, texts[code], ha="center", va="center", fontsize=SIZE, color=_ink(colour[code]))
    axes.set_aspect(1 / LONGITUDE_SCALE)
    axes.autoscale_view()
    axes.margins(0.01)
    axes.set_axis_off()


def _ranking(axes: Any, facts: Facts, values: dict[str, float], texts: dict[str, str], colour: dict[str, Any]) -> None:
    order = sorted(values, key=lambda code: -values[code])
    axes.barh(range(len(order)), [values[code] for code in order], color=[colour[code] for code in order],
              edgecolor=GREY, linewidth=0.4, height=0.78)  # fmt: skip
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_axis_off()
    for at, code in enumerate(order):
        axes.annotate(facts.places.name(code), (0, at), (-3, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", ha="right", va="center", fontsize=SIZE)  # fmt: skip
        axes.annotate(texts[code], (1, at), (2, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", ha="left", va="center", fontsize=SIZE, fontweight="bold")  # fmt: skip


def _ink(colour: Any) -> str:
    """Dark text on pale areas, white on dark ones: whichever differs more in luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "white" if luminance < 0.179 else INK
