"""The results that others build on: a Dataset with labels, units and names in English and Swedish."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import xarray as xr

from outputs.glossary import Term
from scenarios.places import Places
from scenarios.schema import Settings

COORDINATES = {
    "year": ("calendar year (levels on 31 December)", "kalenderår (nivåer den 31 december)"),
    "municipality": ("municipality code (SCB)", "kommunkod (SCB)"),
    "workplace": ("municipality code of the workplace (SCB)", "arbetsställets kommunkod (SCB)"),
    "sex": ("sex as registered", "juridiskt kön"),
    "age": ("age attained at the end of the calendar year, 100 means 100 or older", "uppnådd ålder vid årets slut"),
    "industry": ("industry group", "näringsgren"),
    "county": ("county code (SCB)", "länskod (SCB)"),
    "project": ("industry project", "industriprojekt"),
    "municipality_name": ("municipality", "kommun"),
    "county_name": ("county", "län"),
    "fa_region": ("labour-market region (FA)", "funktionell analysregion (FA)"),
}
"""Long names (English, Swedish) of the coordinates."""
UNITLESS = ("dmnl", "")
PACKING = {"zlib": True, "complevel": 4, "shuffle": True, "_FillValue": np.nan}


def build_results(annual: xr.Dataset, settings: Settings, base: xr.DataArray | None, places: Places) -> xr.Dataset:
    """Results under their own names, with new residents and the share of the target.

    annual: model variables by year. base: population by municipality on 31 December of the base year when the
    run does not hold it (None: taken from the run).
    """
    results = annual.assign_attrs({})
    for name in annual.data_vars:
        results[name].attrs = _unit_attributes(annual[name].attrs)
    registered = results["population"].sum(["sex", "age"])
    at_base = registered.sel(year=settings.base_year, drop=True) if base is None else base
    new = registered - at_base
    results["new_residents"] = new.assign_attrs(units="persons", base_year=settings.base_year)
    share = new.sum("municipality") / settings.target
    results["target_share"] = share.assign_attrs(units="1", target=settings.target, base_year=settings.base_year)
    return _labelled(results, places)


def name_results(results: xr.Dataset, glossary: Mapping[str, Term]) -> xr.Dataset:
    """Add the long names; variables in the order of the glossary."""
    named = results[[name for name in glossary if name in results.data_vars]]
    for name in named.data_vars:
        term = glossary[str(name)]
        named[name].attrs |= {"long_name": term.long_name, "long_name_sv": term.long_name_sv}
    return named


def describe(results: xr.Dataset, title: str, summary: str) -> xr.Dataset:
    """Add the file's own attributes (CF)."""
    return results.assign_attrs(
        Conventions="CF-1.11",
        title=title,
        summary=summary,
        source="Norrsim, a simulation model; see run.json for model, data and scenario",
        comment="Levels are those of 31 December, flows are summed over the calendar year. Scenario, not forecast.",
    )


def _unit_attributes(attributes: Mapping[Any, Any]) -> dict[str, str]:
    """CF attributes of a variable: its unit, and how the calendar year's value came about."""
    unit = str(attributes["units"])
    flows = unit.endswith("/year") and attributes.get("kind") != "stock"
    way = "year: sum" if flows else "year: point (31 December)"
    return {"units": "1" if unit in UNITLESS else unit, "cell_methods": way}


def _labelled(results: xr.Dataset, places: Places) -> xr.Dataset:
    by_code = {place.code: place for place in places.all}
    codes = [str(code) for code in results["municipality"].values]
    extra = {
        "municipality_name": [by_code[code].name for code in codes],
        "county_name": [by_code[code].county_name for code in codes],
        "fa_region": [by_code[code].fa_region for code in codes],
    }
    results = results.assign_coords({name: ("municipality", labels) for name, labels in extra.items()})
    for name, coordinate in results.coords.items():
        english, swedish = COORDINATES.get(str(name), (str(name), str(name)))
        units = "year" if name in ("year", "age") else "1"
        coordinate.attrs = {"long_name": english, "long_name_sv": swedish, "units": units}
    return results


def write_netcdf(results: xr.Dataset, path: str) -> None:
    """Write results.nc, compressed; the same results give the same bytes. Raises OSError when it cannot."""
    encoding: dict[Hashable, Mapping[str, Any]] = dict.fromkeys(results.data_vars, PACKING)
    encoding |= {name: {"_FillValue": None} for name in results.coords if results[name].dtype.kind in "if"}
    try:
        results.to_netcdf(path, engine="netcdf4", format="NETCDF4", encoding=encoding)
    except RuntimeError as error:  # the library tells a full disk so
        raise OSError(f"{error} (is the disk full?)") from error
