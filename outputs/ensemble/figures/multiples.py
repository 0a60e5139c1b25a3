"""The fans of all 29 populations, each on its own scale."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from outputs.ensemble.bands import QUANTILE
from outputs.ensemble.figures.fans import Fans, draw_fan, finish, shade_history, zero_line
from outputs.ensemble.figures.region import draw_key
from outputs.ensemble.quantiles import HIGH_80, LOW_80
from outputs.ensemble.source import PEOPLE
from outputs.figures.style import heading, panels, sheet

COLUMNS, WIDTH, ROW = 5, 13.0, 2.1
KEY_COLUMNS = 1
TICK_SIZE, TITLE_SIZE = 7, 9


def draw_multiples(fans: Fans, folder: Path) -> None:
    """Draw municipalities.png and municipalities.svg: people, bands and median, observed years as dots."""
    codes = fans.bands["area"].values[fans.bands["area_kind"].values == "municipality"].tolist()
    rows = -(-(len(codes) + KEY_COLUMNS) // COLUMNS)
    with sheet(WIDTH, ROW * rows, folder, "municipalities") as figure:
        grid = panels(figure, rows, COLUMNS).ravel()
        below = fans.say("behind the name", year=int(fans.years[-1]))
        heading(figure, fans.headline("multiples title"), f"{below} · {fans.below}")
        for axes, code in zip(grid, codes, strict=False):
            band = fans.band(PEOPLE, code)
            shade_history(axes, fans, fans.seen(PEOPLE, code))
            draw_fan(axes, band)
            zero_line(axes)
            axes.set_title(f"{fans.area(code)}: {_most(fans, code)}", fontsize=TITLE_SIZE)
            finish(axes, fans)
            axes.tick_params(labelsize=TICK_SIZE)
        for axes in np.ravel(grid[len(codes) :]):
            axes.set_axis_off()
        draw_key(grid[len(codes)], fans, short=True)


def _most(fans: Fans, code: str) -> str:
    """From where to where 8 of 10 runs lie in the last year."""
    last = fans.band(PEOPLE, code).isel(year=-1)
    low, high = (fans.number(round(float(last.sel({QUANTILE: share})))) for share in (LOW_80, HIGH_80))
    return fans.say("range", low=low, high=high)
