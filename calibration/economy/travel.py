"""Travel times by car between the seats of the municipalities, and what Norrbotniabanan saves."""

from __future__ import annotations

import json
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.economy.read import DataError, Shelf

Floats = NDArray[np.float64]

# Road km per straight-line km [1.15, 1.5]. Known pairs (recalled): Luleå–Boden 1.1, Luleå–Piteå 1.2,
# Umeå–Skellefteå 1.25, Umeå–Lycksele 1.3, Gällivare–Jokkmokk 1.3, Kiruna–Gällivare 1.5. Quality: D.
CIRCUITY: Final = 1.28
ROAD_SPEED: Final = 85.0  # km/h, mostly 80–110 km/h roads [75, 92]. Quality: D.
TOWN_MINUTES: Final = 5.0  # minutes at the two ends together [4, 10]. Quality: D.
LOCAL_MINUTES_PER_KM: Final = 0.1  # minutes per km of the municipality's width (root of its area). Quality: D.
KM_PER_DEGREE: Final = 111.2  # km per degree of latitude.

# Stations of Norrbotniabanan: km along the line from Umeå (270 km in all; register of projects). Quality: C.
STATIONS: Final = {"2480": 0.0, "2409": 60.0, "2482": 130.0, "2581": 210.0, "2580": 270.0}
SOUTH_END: Final = 130.0  # km, Skellefteå: south of it the first stage, north of it the second.
TRAIN_MINUTES_PER_KM: Final = 90.0 / 270.0  # Umeå–Luleå in 90 minutes (register of projects).
STATION_MINUTES: Final = 20.0  # to and from the train and waiting, both ends [12, 30]. Quality: D.


def car_minutes(shelf: Shelf, codes: list[str]) -> Floats:
    """Minutes by car, home by workplace [29, 29]; the diagonal is the time inside the municipality.

    Raises: DataError when a pair is missing from the table of distances or differs by direction.
    """
    frame = shelf.table("economy/distances.csv", ["from_code", "to_code"], "straight_line_km")
    table = frame.pivot(index="from_code", columns="to_code", values="straight_line_km").reindex(codes)[codes]
    km = table.to_numpy(dtype=float).copy()
    gaps = np.isnan(km) & ~np.eye(len(codes), dtype=bool)
    if gaps.any():
        a, b = np.argwhere(gaps)[0]
        raise DataError(f"distances.csv: no distance from {codes[a]} to {codes[b]}.")
    np.fill_diagonal(km, 0.0)
    if np.abs(km - km.T).max() > 0.1:
        raise DataError("distances.csv: a distance differs from the one in the opposite direction.")
    minutes: Floats = TOWN_MINUTES + km * CIRCUITY / ROAD_SPEED * 60.0
    np.fill_diagonal(minutes, TOWN_MINUTES + LOCAL_MINUTES_PER_KM * np.sqrt(areas(shelf, codes)))
    return minutes


def areas(shelf: Shelf, codes: list[str]) -> Floats:
    """Area of each municipality from its polygon, km² (water included)."""
    path = shelf.root / "economy" / "municipalities_24_25.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shelf.log.append(f"economy/{path.name}: {len(features)} polygons")
    found: dict[str, float] = {}
    for feature in features:
        code = next(str(v) for v in feature["properties"].values() if str(v) in codes)
        shapes = feature["geometry"]["coordinates"]
        rings = [s[0] for s in shapes] if feature["geometry"]["type"] == "MultiPolygon" else [shapes[0]]
        found[code] = sum(_ring_area(np.array(r, dtype=float)) for r in rings)
    return np.array([found[c] for c in codes])


def _ring_area(ring: Floats) -> float:
    x = ring[:, 0] * KM_PER_DEGREE * np.cos(np.radians(ring[:, 1].mean()))
    y = ring[:, 1] * KM_PER_DEGREE
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2.0)


def with_train(car: Floats, codes: list[str], until_km: float) -> Floats:
    """Best of car and car + train + car when the line is open from Umeå to `until_km`, minutes [29, 29]."""
    best = car.copy()
    open_stations = [(codes.index(c), km) for c, km in STATIONS.items() if km <= until_km]
    reach = car.copy()
    np.fill_diagonal(reach, 0.0)
    for a, start in open_stations:
        for b, end in open_stations:
            if a != b:
                ride = abs(end - start) * TRAIN_MINUTES_PER_KM + STATION_MINUTES
                best = np.minimum(best, reach[:, [a]] + ride + reach[[b], :])
    np.fill_diagonal(best, np.diag(car))
    return best


def travel(shelf: Shelf, codes: list[str]) -> pd.DataFrame:
    """Rows per pair: municipality, workplace, base travel time and the minutes the two stages of the line save.

    `north` is what Skellefteå–Luleå saves on top of Umeå–Skellefteå, so the two columns add.
    """
    car = car_minutes(shelf, codes)
    south = with_train(car, codes, SOUTH_END)
    whole = with_train(car, codes, max(STATIONS.values()))
    home, work = np.meshgrid(codes, codes, indexing="ij")
    return pd.DataFrame({
        "municipality": home.ravel(), "workplace": work.ravel(), "base travel time": car.ravel().round(1),
        "norrbotniabanan south time saved": (car - south).ravel().round(1),
        "norrbotniabanan north time saved": (south - whole).ravel().round(1),
    })  # fmt: skip
