"""A comparison as a labelled Dataset: results.nc."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.comparison.words import TITLES, group_title
from outputs.ensemble.quantiles import QUANTILES
from outputs.results import UNITLESS
from scenarios.compare.analyse import Comparison
from scenarios.compare.groups import Group
from scenarios.compare.measures import Measure

Floats = NDArray[np.float64]
PARTS = {
    "base": ("{}: the scenario compared with", "{}: scenariot som jämförs med"),
    "difference": ("{}: difference", "{}: skillnad"),
    "share": ("{}: assumption's share of the difference (Shapley)", "{}: antagandets del av skillnaden (Shapley)"),
    "share_error": ("{}: standard error of the share", "{}: medelfel för antagandets del"),
    "direct": ("{}: difference with every loop open", "{}: skillnad med alla slingor öppna"),
    "carried": ("{}: part carried by the loop (Shapley)", "{}: del som slingan bär (Shapley)"),
    "alone": ("{}: what vanishes when only this loop is opened", "{}: det som försvinner om bara denna slinga öppnas"),
    "band": ("{}: difference in pairs of runs, quantiles", "{}: skillnad i par av körningar, kvantiler"),
    "share_above": ("{}: share of the pairs with more", "{}: andel av paren med mer"),
}
"""Parts of a measure: long names in English and Swedish."""
COORDINATES = {
    "scenario": ("scenario compared", "scenario som jämförs"),
    "year": ("calendar year (levels on 31 December)", "kalenderår (nivåer den 31 december)"),
    "area": ("code of municipality, county or both counties", "kod för kommun, län eller båda länen"),
    "area_name": ("municipality, county or both counties", "kommun, län eller båda länen"),
    "area_kind": ("kind of area", "slag av område"),
    "assumption": ("group of assumptions", "grupp av antaganden"),
    "assumption_name": ("group of assumptions in words", "grupp av antaganden i ord"),
    "loop": ("feedback loop", "återkopplingsslinga"),
    "quantile": ("share of the pairs at or below the value", "andel av paren på eller under värdet"),
    "sex": ("sex as registered", "juridiskt kön"),
    "age_group": ("age attained at the end of the year", "uppnådd ålder vid årets slut"),
    "industry": ("industry group", "näringsgren"),
}


def group_key(group: Group) -> str:
    """The label of a group: 'project: stegra'."""
    return f"{group.kind}: {group.name}"


def comparison_results(comparison: Comparison) -> xr.Dataset:
    """Every measure's base, differences, shares, loops and bands, with labels, units and long names."""
    groups = _groups(comparison)
    coords = _coords(comparison, groups)
    stacks = _stacks(comparison, [group_key(group) for group in groups])
    arrays: dict[str, xr.DataArray] = {}
    measures = comparison.sides.measures.all
    for measure in measures:
        for part, (lead, values) in stacks.items():
            arrays[f"{measure.name}_{part}"] = _array(measure, part, (lead, values))
    dims = {
        dim: list(labels) for m in comparison.sides.measures.all for dim, labels in zip(m.dims, m.labels, strict=True)
    }
    found = xr.Dataset(arrays, coords | dims)
    for name, coordinate in found.coords.items():
        english, swedish = COORDINATES[str(name).removesuffix("_sv")]
        coordinate.attrs = {"long_name": english, "long_name_sv": swedish, "units": "year" if name == "year" else "1"}
    return found.assign_attrs(
        Conventions="CF-1.11",
        title=f"Norrsim, scenarios compared with {comparison.sides.base.name}",
        source="Norrsim, a simulation model; see run.json for model, data and scenarios",
        comment="Shares of assumptions add up to the difference; so do the direct part and what the loops carried. "
        "Levels are those of 31 December, flows are summed over the calendar year. Scenario, not forecast.",
    )


def _groups(comparison: Comparison) -> list[Group]:
    """The groups of all scenarios, each once."""
    found = {group_key(group): group for compared in comparison.compared for group in compared.groups}
    return [found[name] for name in sorted(found)]


def _coords(comparison: Comparison, groups: list[Group]) -> dict[Hashable, Any]:
    areas = comparison.sides.measures.areas
    titles = [group_title(group) for group in groups]
    found: dict[Hashable, Any] = {
        "scenario": [compared.side.name for compared in comparison.compared],
        "year": list(comparison.sides.years),
        "area": [area.code for area in areas],
        "area_name": ("area", [area.name for area in areas]),
        "area_name_sv": ("area", [area.name_sv for area in areas]),
        "area_kind": ("area", [area.kind for area in areas]),
        "assumption": np.array([group_key(group) for group in groups], dtype=str),
        "assumption_name": ("assumption", np.array([title[0] for title in titles], dtype=str)),
        "assumption_name_sv": ("assumption", np.array([title[1] for title in titles], dtype=str)),
        "loop": [loop.key for loop in comparison.compared[0].carried.loops],
    }
    return found | ({"quantile": list(QUANTILES)} if comparison.compared[0].bands else {})


def _stacks(comparison: Comparison, keys: list[str]) -> dict[str, tuple[tuple[str, ...], Floats]]:
    """Each part's leading dimensions, and its values with year, row, area last."""
    every = comparison.compared
    shares = [_placed([group_key(g) for g in each.groups], each.shares.values, keys) for each in every]
    errors = [_placed([group_key(g) for g in each.groups], each.shares.error, keys) for each in every]
    found: dict[str, tuple[tuple[str, ...], Floats]] = {
        "base": ((), comparison.base),
        "difference": (("scenario",), np.stack([comparison.difference(at) for at in range(len(every))])),
        "share": (("scenario", "assumption"), np.stack(shares)),
        "share_error": (("scenario", "assumption"), np.stack(errors)),
        "direct": (("scenario",), np.stack([each.carried.direct for each in every])),
        "carried": (("scenario", "loop"), np.stack([each.carried.shares for each in every])),
        "alone": (("scenario", "loop"), np.stack([each.carried.alone for each in every])),
    }
    bands = [each.bands for each in every if each.bands]
    if bands:
        found["band"] = (("scenario", "quantile"), np.stack([band.spread.quantiles for band in bands]))
        found["share_above"] = (("scenario",), np.stack([band.more for band in bands]))
    return found


def _placed(own: list[str], values: Floats, keys: list[str]) -> Floats:
    """Values of a scenario's groups among those of all scenarios; not-a-number where it has no such group."""
    placed = np.full((len(keys), *values.shape[1:]), np.nan)
    for at, name in enumerate(own):
        placed[keys.index(name)] = values[at]
    return placed


def _array(measure: Measure, part: str, stack: tuple[tuple[str, ...], Floats]) -> xr.DataArray:
    lead, values = stack
    chosen = values[..., measure.rows, :]
    shaped = chosen.reshape(*chosen.shape[:-2], *measure.shape, chosen.shape[-1])
    english, swedish = (words.format(title) for words, title in zip(PARTS[part], _plain(measure.name), strict=True))
    unit = "1" if part == "share_above" or measure.unit in UNITLESS else measure.unit
    attributes: Mapping[str, str] = {"long_name": english, "long_name_sv": swedish, "units": unit}
    return xr.DataArray(shaped, dims=[*lead, "year", *measure.dims, "area"], attrs=dict(attributes))


def _plain(name: str) -> tuple[str, str]:
    """A measure's title without the scale that tables and figures use."""
    english, swedish = TITLES[name]
    return english.split(", ")[0], swedish.split(", ")[0]
