"""The band around the base scenario: what its ensemble gives for every area, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.engine.batch import Wanted, compile_batch
from outputs.page.order import Ground
from scenarios.chance import Chance
from scenarios.places import Places

PROBABILITIES = (0.1, 0.25, 0.5, 0.75, 0.9)
MEMBERS, SEED = 256, 1
PEOPLE = "total population"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bands:
    """Quantiles of registered population [area, probability, year]; share of members past the target by then
    [year], as `sim.py ensemble` counts them."""

    areas: tuple[str, ...]
    quantiles: Floats
    reached: Floats
    members: int = MEMBERS


def page_areas(places: Places) -> dict[str, list[int]]:
    """Every area of the page and the positions of its municipalities (ui/src/shared/areas.ts)."""
    found: dict[str, list[int]] = {"region": list(range(len(places.all)))}
    for at, place in enumerate(places.all):
        found.setdefault(f"county:{place.county}", []).append(at)
        found.setdefault(f"fa:{place.fa_region}", []).append(at)
        found[f"place:{place.code}"] = [at]
    return found


def base_bands(ground: Ground, chance: Chance, places: Places, need: float) -> Bands:
    """The bands of the base; `need`: people in the region by which the target has been reached."""
    model, base_year = ground.prepared.model, ground.prepared.settings.base_year
    batch = compile_batch(model, ground.inputs, Wanted(chance.varied, (PEOPLE,)))
    parts = []
    for first in range(0, MEMBERS, batch.size):
        drawn = chance.draw(SEED, range(first, first + batch.size))
        parts.append(batch.run(drawn)[model.variables[PEOPLE].key])
    people = np.concatenate(parts)
    areas = page_areas(places)
    sums = np.stack([people[:, :, inside].sum(axis=2) for inside in areas.values()])
    quantiles = np.moveaxis(np.quantile(sums, PROBABILITIES, axis=1), 0, 1)
    later = np.asarray(batch.years) > base_year
    by_then = np.logical_or.accumulate((sums[0] >= need) & later, axis=1)
    return Bands(tuple(areas), quantiles, by_then.mean(axis=0))
