"""Bands of every result, year and area: bands.nc, read slab by slab."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np
import xarray as xr

from outputs.ensemble.areas import Area, Values
from outputs.ensemble.quantiles import QUANTILES, Spread, spread
from outputs.ensemble.slabs import Slab
from outputs.ensemble.source import AREA
from outputs.glossary import Term
from outputs.results import COORDINATES, UNITLESS

QUANTILE = "quantile"
MEAN, DEVIATION, ERROR = "mean", "standard_deviation", "median_error"
THREADS = 2
TOLD = 10
"""Results after which progress is told."""
KINDS = {
    MEAN: ("mean of {}", "medelvärde av {}"),
    DEVIATION: ("standard deviation over the runs of {}", "standardavvikelse mellan körningarna av {}"),
    ERROR: ("Monte Carlo standard error of the median of {}", "Monte Carlo-medelfel för medianen av {}"),
}
"""Parts beside the quantiles: names in English and Swedish."""
OWN_COORDINATES = {
    QUANTILE: ("share of the runs at or below the value", "andel av körningarna på eller under värdet"),
    AREA: ("code of municipality, county or both counties", "kod för kommun, län eller båda länen"),
    "area_name": ("municipality, county or both counties", "kommun, län eller båda länen"),
    "area_kind": ("kind of area", "slag av område"),
}


class Readable(Protocol):
    """What bands are made from: one ensemble, or the difference of two."""

    @property
    def count(self) -> int:
        """How many members there are."""

    @property
    def areas(self) -> tuple[Area, ...]:
        """Municipalities, counties, region."""

    @property
    def names(self) -> list[str]:
        """The results."""

    def attributes(self, name: str) -> dict[str, str]:
        """Unit and kind of a result."""

    def dims(self, name: str) -> list[str]:
        """Dimensions of a result without the members."""

    def coords(self, name: str) -> dict[Any, Any]:
        """Labels of the dimensions, areas excepted."""

    def pieces(self, name: str) -> Iterator[tuple[Slab, Values]]:
        """Cover a result with pieces (member, year, …, area)."""


def build_bands(source: Readable, glossary: Mapping[str, Term], say: Callable[[str], None]) -> xr.Dataset:
    """Quantiles (quantile, year, …, area) of every result; beside each `_mean`, `_standard_deviation`, `_median_error`.

    Memory is that of a few slabs of as many results as there are threads, whatever the number of members. Reading and
    sorting, which is most of the work, leave the interpreter free for the other thread.
    """
    known = [name for name in glossary if name in source.names]
    names = [*known, *(name for name in source.names if name not in glossary)]
    arrays: dict[str, xr.DataArray] = {}
    with ThreadPoolExecutor(THREADS) as pool:
        made = pool.map(lambda name: _bands_of(source, name, glossary.get(name, Term(name, name, name))), names)
        for at, bands in enumerate(made, start=1):
            if at % TOLD == 1:
                say(f"Bands of results {at} to {min(at + TOLD - 1, len(names))} of {len(names)}")
            arrays |= bands
    return _labelled(xr.Dataset(arrays), source)


def _bands_of(source: Readable, name: str, term: Term) -> dict[str, xr.DataArray]:
    dims, coords = source.dims(name), source.coords(name)
    if AREA in dims:
        coords[AREA] = [area.code for area in source.areas]
    whole = spread_of(source, name, [len(coords[dim]) for dim in dims])
    attributes = _attributes(source.attributes(name), term)
    quantiles = xr.DataArray(
        whole.quantiles, {QUANTILE: list(QUANTILES)} | coords, [QUANTILE, *dims], attrs=attributes | _companions(name)
    )
    arrays = {name: quantiles}
    for kind, values in ((MEAN, whole.mean), (DEVIATION, whole.deviation), (ERROR, whole.error)):
        english, swedish = KINDS[kind]
        words = {"long_name": english.format(term.long_name), "long_name_sv": swedish.format(term.long_name_sv)}
        arrays[f"{name}_{kind}"] = xr.DataArray(values, coords, dims, attrs=attributes | words)
    return arrays


def spread_of(source: Readable, name: str, shape: list[int]) -> Spread:
    """The distribution of a result over the members, put together from its pieces."""
    whole = Spread(np.full([len(QUANTILES), *shape], np.nan), *(np.full(shape, np.nan) for _ in range(3)))
    dims = source.dims(name)
    for slab, values in source.pieces(name):
        at = tuple(slab.get(dim, slice(None)) for dim in dims)
        part = spread(values)
        whole.quantiles[(slice(None), *at)] = part.quantiles
        whole.mean[at], whole.deviation[at], whole.error[at] = part.mean, part.deviation, part.error
    return whole


def _attributes(given: Mapping[str, str], term: Term) -> dict[str, str]:
    unit = given.get("units", "")
    flows = unit.endswith("/year") and given.get("kind") != "stock"
    return {
        "units": "1" if unit in UNITLESS else unit,
        "cell_methods": "year: sum" if flows else "year: point (31 December)",
        "long_name": term.long_name,
        "long_name_sv": term.long_name_sv,
    }


def _companions(name: str) -> dict[str, str]:
    """CF: the variables that belong to the quantiles."""
    return {"ancillary_variables": " ".join(f"{name}_{kind}" for kind in KINDS)}


def _labelled(bands: xr.Dataset, source: Readable) -> xr.Dataset:
    areas = source.areas
    bands = bands.assign_coords(
        area_name=(AREA, [area.name for area in areas]),
        area_name_sv=(AREA, [area.name_sv for area in areas]),
        area_kind=(AREA, [area.kind for area in areas]),
    )
    for name, coordinate in bands.coords.items():
        english, swedish = (COORDINATES | OWN_COORDINATES).get(str(name).removesuffix("_sv"), (str(name), str(name)))
        units = "year" if name in ("year", "age") else "1"
        coordinate.attrs = {"long_name": english, "long_name_sv": swedish, "units": units}
    comment = (
        "Totals of counties and region are summed in each run before quantiles are taken; their rates come from the "
        "parts in each run. Levels are those of 31 December, flows are summed over the calendar year. "
        "Scenario, not forecast."
    )
    return bands.assign_attrs(Conventions="CF-1.11", members=source.count, comment=comment)
