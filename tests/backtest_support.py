"""What tests of the backtest share."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from calibration.backtest.history import History
from calibration.backtest.places import FIRST
from calibration.regressions.panel import Panel


def changed_from(history: History, year: int, factor: float = 1.5) -> History:
    """Every figure of `year` and later larger by a factor."""
    new = {}
    for item in fields(history):
        if item.name != "places":
            values = getattr(history, item.name).copy()
            values[year - FIRST :] *= factor
            new[item.name] = values
    return replace(history, **new)


def later_panel(panel: Panel, year: int) -> Panel:
    """Every figure of `year` and later half as large again."""
    late = np.array([each >= year for each in panel.years])[None, :, None]
    return replace(panel, series={name: np.where(late, 1.5 * v, v) for name, v in panel.series.items()})
