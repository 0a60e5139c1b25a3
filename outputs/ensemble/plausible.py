"""Whether the bands look as bands must: wider for the small, wider with time, and neither independent nor in step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import xarray as xr

from outputs.ensemble.areas import REGION
from outputs.ensemble.bands import DEVIATION, QUANTILE
from outputs.ensemble.quantiles import HIGH_80, LOW_80, MEDIAN
from outputs.ensemble.source import AREA, PEOPLE

UMEA = "2480"
"""The largest municipality."""
PER_CENT = 100.0
SMALLEST, LATER = 5, 10
"""How many small municipalities are looked at, and how many years after the start."""
STEP = 5
"""Years between the bands that are compared: neighbouring years differ by less than the sample's error."""


@dataclass(frozen=True)
class Check:
    """One check: what is looked at, whether it holds, and the numbers."""

    key: str
    holds: bool
    numbers: dict[str, float | int]


def checks(bands: xr.Dataset) -> list[Check]:
    """The three checks of the bands of people; none for fewer than two members, which have no band."""
    if int(bands.attrs["members"]) <= 1:
        return []
    return [small_is_wider(bands), widens(bands), together(bands)]


def relative_width(bands: xr.Dataset, area: str, year: int) -> float:
    """Width of the band of 8 of 10 runs of people in an area, as a share of the median."""
    at = bands[PEOPLE].sel({AREA: area, "year": year})
    low, middle, high = (float(at.sel({QUANTILE: share})) for share in (LOW_80, MEDIAN, HIGH_80))
    return (high - low) / middle


def small_is_wider(bands: xr.Dataset) -> Check:
    """The bands of the smallest municipalities are relatively wider than Umeå's, some years after the start.

    Chance in single years, which small places feel most, decides the first decade; later the assumptions that all
    municipalities share do, and the relative widths come closer.
    """
    years = bands["year"].values.tolist()
    own = bands[PEOPLE].where(bands["area_kind"] == "municipality", drop=True)
    order = np.argsort(own.sel({QUANTILE: MEDIAN, "year": years[0]}).values)
    smallest = [str(code) for code in own[AREA].values[order[:SMALLEST]]]
    year = years[min(LATER, len(years) - 1)]
    numbers: dict[str, float | int] = {"count": SMALLEST, "year": year, "last": years[-1]}
    for at, small, large in ((year, "small", "large"), (years[-1], "last_small", "last_large")):
        numbers[small] = float(np.mean([PER_CENT * relative_width(bands, code, at) for code in smallest]))
        numbers[large] = PER_CENT * relative_width(bands, UMEA, at)
    return Check("small is wider", numbers["small"] > numbers["large"], numbers)


def widens(bands: xr.Dataset) -> Check:
    """The region's band widens from year to year (every fifth year, and the last)."""
    years = bands["year"].values.tolist()
    looked = [*years[1:-1:STEP], years[-1]]
    widths = [PER_CENT * relative_width(bands, REGION, year) for year in looked]
    holds = all(later > earlier for earlier, later in pairwise(widths))
    ends = {"first": looked[0], "narrow": widths[0], "last": looked[-1], "wide": widths[-1]}
    return Check("widens", holds, ends)


def together(bands: xr.Dataset) -> Check:
    """The region's spread lies between that of independent municipalities and that of ones in step.

    ratio: the region's standard deviation against that of the sum of independent municipalities (the root of the summed
    variances). most: what the ratio would be if all moved in step.
    """
    last = int(bands["year"].values[-1])
    deviation = bands[f"{PEOPLE}_{DEVIATION}"].sel(year=last)
    own = deviation.where(deviation["area_kind"] == "municipality", drop=True).values
    independent, in_step = float(np.sqrt((own**2).sum())), float(own.sum())
    region = float(deviation.sel({AREA: REGION}))
    ratio, most = region / independent, in_step / independent
    return Check("together", 1 < ratio < most, {"ratio": ratio, "most": most, "year": last})
