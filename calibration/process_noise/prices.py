"""Prices of small houses against people: what the national market and local fashion add.

Mean real prices of sold houses, 1981-2024. What all places share stands for the national market: the model's own
national path is known to 2024 and a steady growth afterwards. Few sales in small places are an error of counting.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from calibration.drivers.tables import parameter
from calibration.process_noise.jobs import Panel, longer

FIRST = 1981
COUNTED = 0.02
"""Error of a mean price where many houses are sold (calibration/observe/series.csv)."""


def of_places(last: int) -> Panel:
    """Real prices of every place against its people."""
    prices, people = (longer(name).loc[FIRST:last] for name in ("house_price_real", "population"))
    relative = prices / people ** parameter("price response to people")
    years = len(relative)
    return Panel(
        residual=np.log(relative.to_numpy(dtype=np.float64)),
        years=relative.index.to_numpy(dtype=np.float64),
        count=people.mean().to_numpy(dtype=np.float64),
        counting=np.full(relative.shape, COUNTED**2),
        rough=np.ones(years),
        spell=np.zeros(years, dtype=np.intp),
    )


def of_region(last: int) -> Panel:
    """What all places share: the mean over them of how prices stray from the place's own mean, one 'place'."""
    own = of_places(last)
    mean = np.nanmean(own.residual - np.nanmean(own.residual, axis=0), axis=1, keepdims=True)
    counting = own.counting.mean(1, keepdims=True) / len(own.count)
    return replace(own, residual=mean, count=own.count[:1], counting=counting, rough=np.zeros(len(own.years)))
