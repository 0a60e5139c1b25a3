"""Estimates of jobs' and prices' shocks as rows of the two tables."""

from __future__ import annotations

import numpy as np

from calibration.process_noise.jobs import Panel
from calibration.process_noise.table import JOBS, OF_PLACES, PRICES, WALKS
from calibration.process_noise.walks import Walks

WEIGHED = "mean under the likelihood of one persistence for {whose}, all up to 0.95 alike beforehand"
AROUND = "restricted maximum likelihood around a trend, through the model's delays"
TWO_WAY = "restricted maximum likelihood of {count} municipalities by year, through the model's delays"
BORROWED = "as all jobs without industries' own: four years cannot tell"
NO_SHOCK = "; an error of counting, not drawn"


def walk_rows(walks: Walks) -> list[list[object]]:
    """Rows of the table of parameters."""
    return [row for kind in WALKS for row in [*_of_region(kind, walks), *_of_places(kind, walks)]]


def _window(panel: Panel) -> str:
    return f"{panel.years[0]:.0f}-{panel.years[-1]:.0f}"


def _of_region(kind: str, walks: Walks) -> list[list[object]]:
    shocks, window = walks.shocks[kind], _window(walks.regional[kind])
    spread = float(np.sqrt(shocks["common variance"]))
    whose = "this" if kind in (JOBS, PRICES) else "the five industries relative to all"
    persistence = [shocks["common persistence"], shocks.error("common persistence"), "dmnl"]
    return [
        [kind, "common", "persistence", *persistence, window, WEIGHED.format(whose=whose)],
        [
            kind, "common", "standard deviation", spread, shocks.error("common variance") / (2 * spread), "dmnl",
            window, AROUND,
        ],
    ]  # fmt: skip


def _of_places(kind: str, walks: Walks) -> list[list[object]]:
    if kind not in OF_PLACES:
        return []
    shocks, panel = walks.shocks[kind], walks.local[kind]
    method = TWO_WAY.format(count=len(walks.codes) - (0 if kind == PRICES else walks.apart))
    borrowed = np.isnan(shocks.errors[2]) and kind not in (JOBS, PRICES)
    count = "expected count" if panel.power == 1 else f"expected count to the power of {panel.power:g}"
    unit = "persons" if panel.power == 1 else f"persons^{panel.power:g}"
    table = [
        ("local", "persistence", "local persistence", "dmnl", BORROWED if borrowed else method),
        ("local", "variance", "local a", "dmnl", method),
        ("local", f"variance times {count}", "local d", unit, method),
        ("counting", f"variance times {count}", "yearly w", unit, method + NO_SHOCK),
    ]
    return [
        [kind, part, parameter, shocks[name], shocks.error(name), unit_of, _window(panel), how]
        for part, parameter, name, unit_of, how in table
        if shocks[name] > 0
    ]


def walk_sizes(walks: Walks) -> list[list[object]]:
    """Rows of the table of municipalities; a level is as observed and has no error."""
    rows: list[list[object]] = []
    for kind in OF_PLACES:
        shocks, panel = walks.shocks[kind], walks.local[kind]
        persistent = np.sqrt(shocks.local_variance(panel.size))
        counting = np.sqrt(shocks.yearly_variance(panel.size) + panel.counting.mean(0))
        rows += [
            [kind, code, *numbers, 0.0]
            for code, *numbers in zip(walks.codes, panel.count, persistent, counting, strict=True)
        ]
    return rows
