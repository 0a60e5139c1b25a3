"""The municipalities' borders as paths of a map that lies ready for drawing."""

from __future__ import annotations

from typing import Any

import numpy as np

from outputs.figures.map import LONGITUDE_SCALE, Ring, read_polygons
from outputs.figures.map import middle as middle_of

WIDTH = 400.0
"""Width of the map in its own units; a unit is about a kilometre."""
DECIMALS = 1
SOURCE = "SCB, CC0"


def borders(codes: tuple[str, ...]) -> dict[str, Any]:
    """Paths and places for labels in the order of the codes (protocol.ts, Meta.map)."""
    rings = read_polygons()
    points = np.concatenate([ring for code in codes for ring in rings[code]])
    west, east = points[:, 0].min(), points[:, 0].max()
    south, north = points[:, 1].min(), points[:, 1].max()
    scale = WIDTH / ((east - west) * LONGITUDE_SCALE)

    def drawn(ring: Ring) -> Ring:
        x = (ring[:, 0] - west) * LONGITUDE_SCALE * scale
        y = (north - ring[:, 1]) * scale
        return np.round(np.stack([x, y], axis=1), DECIMALS)

    largest = [max(rings[code], key=len) for code in codes]
    middles = [drawn(np.array([middle_of(ring)]))[0] for ring in largest]
    return {
        "viewBox": f"0 0 {WIDTH:g} {np.ceil((north - south) * scale):g}",
        "paths": ["".join(_path(drawn(ring)) for ring in rings[code]) for code in codes],
        "points": [[float(x), float(y)] for x, y in middles],
        "source": SOURCE,
    }


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z"
