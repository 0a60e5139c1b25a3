"""A map of the 29 municipalities, coloured and numbered by change of population."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from outputs.figures.style import GREY, INK, View, heading, panels, sheet
from outputs.observed import damaged

POLYGONS = Path(__file__).resolve().parent.parent / "municipalities.geojson"
LAST_KNOWN = 2024
HALF = 0.5
"""Per cent; changes below it are shown as 0."""
LONGITUDE_SCALE = 0.42
"""Width of a degree of longitude against one of latitude at 65 degrees north (its cosine)."""
LABEL_SHIFTS = {
    "2460": (0.0, -0.04),
    "2480": (0.12, 0.03),
    "2506": (-0.2, 0.15),
    "2403": (-0.18, 0.0),
    "2583": (0.25, -0.03),
    "2518": (0.05, 0.05),
    "2580": (0.25, -0.1),
    "2409": (0.2, 0.02),
}
"""Degrees east and north that a name is moved to stay clear of its neighbours'."""
Ring = NDArray[np.float64]


def read_polygons(path: Path = POLYGONS) -> dict[str, list[Ring]]:
    """Outer rings (longitude, latitude) of each municipality by code. Raises HistoryError for a damaged file."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in features}
    except FileNotFoundError:
        raise damaged(path) from None
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise damaged(path, f"no borders of municipalities can be read from it ({error})") from None


def draw_map(view: View, folder: Path) -> None:
    """Draw map.png and map.svg: change of registered population from 2024 (or the first year) to the last."""
    from matplotlib import colormaps
    from matplotlib.colors import TwoSlopeNorm
    from matplotlib.patches import Polygon

    first = LAST_KNOWN if LAST_KNOWN in view.years[:-1] else int(view.years[0])
    last = int(view.years[-1])
    people = view.results["population"].sum(["sex", "age"])
    change = 100 * (people.sel(year=last) / people.sel(year=first) - 1)
    limit = max(5.0, float(np.ceil(abs(change).max() / 5) * 5))
    norm, colours = TwoSlopeNorm(0.0, -limit, limit), colormaps["PuOr"]
    with sheet(8.5, 10.5, folder, "map") as figure:
        axes = panels(figure, 1, 1)[0, 0]
        heading(
            figure, view.text("map title").format(first=first, last=last), f"{view.title} · {view.text('scenario')}"
        )
        for code, rings in read_polygons().items():
            value = float(change.sel(municipality=code))
            for ring in rings:
                axes.add_patch(Polygon(ring, facecolor=colours(norm(value)), edgecolor=GREY, linewidth=0.6))
            east, north = LABEL_SHIFTS.get(code, (0.0, 0.0))
            x, y = np.add(middle(max(rings, key=len)), (east, north))
            name = str(people["municipality_name"].sel(municipality=code).values)
            sign = "0" if abs(value) < HALF else f"{value:+.0f}".replace("-", "\N{MINUS SIGN}")
            axes.text(x, y, f"{name}\n{sign}", ha="center", va="center", fontsize=6.5, color=_ink(abs(value) / limit))
        axes.set_aspect(1 / LONGITUDE_SCALE)
        axes.autoscale_view()
        axes.margins(0.01)
        axes.set_axis_off()


def _rings(geometry: dict) -> list[Ring]:  # type: ignore[type-arg]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [np.asarray(part[0], dtype=float) for part in parts]


def middle(ring: Ring) -> tuple[float, float]:
    """Centre of the area inside a ring."""
    x, y = ring[:, 0], ring[:, 1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    return (
        float(((x[:-1] + x[1:]) * cross).sum() / (6 * area)),
        float(((y[:-1] + y[1:]) * cross).sum() / (6 * area)),
    )


def _ink(strength: float) -> str:
    """Dark text on pale areas, white on strong ones."""
    return "white" if strength > 0.75 else INK
