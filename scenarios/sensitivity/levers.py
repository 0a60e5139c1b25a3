"""The scenario's levers as further inputs: each over its range, everywhere and at all times alike.

Half of the probability lies below the scenario's value and half above it, evenly spread to the ends of the range, so
that the middle is the scenario itself. What happens to single projects and yearly shocks are no levers here: chance
holds them (scenarios/chance).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.sensitivity.inputs import LEVER, Input, Name, read_names
from scenarios.sensitivity.tornado import HIGH, LOW, MIDDLE

if TYPE_CHECKING:
    from model.language import Model

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LeverRange:
    """One lever: its values in the scenario ([time,] *dims) and the ends of its range."""

    name: str
    values: Floats
    low: float
    high: float

    def at(self, shares: Floats) -> Floats:
        """The lever's values at each probability, (n, [time,] *dims)."""
        share = shares.reshape(-1, *(1,) * self.values.ndim)
        below = self.low + (self.values - self.low) * np.minimum(share / MIDDLE, 1.0)
        above = (self.high - self.values) * np.maximum(share / MIDDLE - 1.0, 0.0)
        return np.asarray(below + above)


def lever_ranges(model: Model, inputs: xr.Dataset, taken: Collection[str]) -> tuple[LeverRange, ...]:
    """The levers of the table that the model has and nothing else varies (`taken`), in the order of the table."""
    found = []
    for name in (name for name, row in read_names().items() if row.kind == LEVER):
        variable = model.variables.get(name)
        if variable is None or variable.kind != "lever" or variable.range is None or name in taken:
            continue
        low, high = variable.range
        if low is None or high is None:
            continue
        values = inputs[name]
        order = (["time"] if "time" in values.dims else []) + list(variable.dims)
        array = np.asarray(values.transpose(*order).values, dtype=np.float64)
        found.append(LeverRange(name, array, float(low), float(high)))
    return tuple(found)


def lever_inputs(ranges: Collection[LeverRange], model: Model, names: Mapping[str, Name]) -> tuple[Input, ...]:
    """The levers as inputs of an analysis; their numbers are means over places and times."""
    found = []
    for lever in ranges:
        low, middle, high = (float(lever.at(np.array([share])).mean()) for share in (LOW, MIDDLE, HIGH))
        unit = model.variables[lever.name].unit
        found.append(Input(lever.name, LEVER, names[lever.name].label, (low, middle, high), unit))
    return tuple(found)
