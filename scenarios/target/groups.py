"""Groups of municipalities in which a lever has one strength."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from scenarios.places import Places

LEAST_JOBS = 100.0
"""Announced permanent jobs, from which on a municipality counts as one with industry projects."""


@dataclass(frozen=True)
class Group:
    """Some municipalities under one name: a key, English and Swedish words, the codes, the name in a scenario."""

    key: str
    name: tuple[str, str]
    codes: tuple[str, ...]


def make_groups(kind: str, inputs: xr.Dataset, places: Places, inside: tuple[str, ...]) -> tuple[Group, ...]:
    """The groups of a kind ('projects', 'county' or 'region') within some municipalities (`inside`)."""
    if kind == "county":
        found = [
            Group(county, (f"{name} county", f"{name}s län"), _within(places, county))
            for county, name in sorted({(place.county, place.county_name) for place in places.all})
        ]
    elif kind == "projects":
        with_projects = _with_projects(inputs)
        rest = tuple(code for code in places.codes if code not in with_projects)
        found = [
            Group("projects", ("where industry grows", "där industrin växer"), with_projects),
            Group("others", ("the other municipalities", "övriga kommuner"), rest),
        ]
    else:
        found = [Group("all", ("everywhere", "hela området"), places.codes)]
    cut = [Group(each.key, each.name, tuple(code for code in each.codes if code in inside)) for each in found]
    kept = [each for each in cut if each.codes]
    if len(kept) == 1:
        return (Group("all", ("everywhere", "hela området"), kept[0].codes),)
    return tuple(kept)


def _within(places: Places, county: str) -> tuple[str, ...]:
    return tuple(place.code for place in places.all if place.county == county)


def _with_projects(inputs: xr.Dataset) -> tuple[str, ...]:
    """Municipalities with permanent jobs, announced or there, of projects that have not been given up or closed."""
    until = float(inputs.attrs["until"])
    alive = (inputs["known stop time"] > until) & (inputs["known closure time"] > until)
    jobs = inputs["project jobs at full operation"].clip(min=0).where(alive, 0.0)
    by_place = (inputs["project share"] * jobs).sum("project")
    return tuple(str(code) for code in by_place["municipality"].values[np.asarray(by_place.values) >= LEAST_JOBS])
