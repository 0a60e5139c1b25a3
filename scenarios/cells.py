"""Which cells of an assumption a change means: places, industries, ages…, by the words in the scenario file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import xarray as xr

from scenarios.places import Places, UnknownPlaceError
from scenarios.problems import Problem, unknown
from scenarios.schema import Change, Selector

if TYPE_CHECKING:
    from model.language import Variable

Cells = dict[str, tuple[str, ...]]
"""Labels chosen, for each dimension that a change restricts; a dimension left out is meant whole."""

PLACE_DIMENSIONS = ("municipality", "workplace")
_AGES = re.compile(r"^(\d+)\s*[-–]\s*(\d+)$")


def choose_cells(
    where: str, change: Change, variable: Variable, inputs: xr.Dataset, places: Places
) -> tuple[Cells, list[Problem]]:
    """The cells that a change's selectors name, and what is wrong with the selectors."""
    cells: Cells = {}
    problems: list[Problem] = []
    for dim, selector in change.cells.items():
        if dim not in variable.dims:
            problems.append(_no_dimension(where, dim, variable))
            continue
        labels = [str(label) for label in inputs[dim].values]
        chosen, wrong = _labels(dim, selector, labels, places)
        problems.extend(Problem(where, *words) for words in wrong)
        cells[dim] = chosen
    return cells, problems


def intersect(first: Cells, second: Cells) -> Cells | None:
    """The cells two changes share, by dimension; None when they share none."""
    shared: Cells = {}
    for dim in [*first, *(dim for dim in second if dim not in first)]:
        one, other = first.get(dim), second.get(dim)
        both = one if other is None else other if one is None else tuple(label for label in one if label in other)
        assert both is not None
        if not both:
            return None
        shared[dim] = both
    return shared


def _no_dimension(where: str, dim: str, variable: Variable) -> Problem:
    own = ", ".join(variable.dims) if variable.dims else "none: it is one number for the whole region"
    return Problem(where, f"'{variable.name}' has no dimension '{dim}'.", f"Its dimensions: {own}. Leave '{dim}' out.")


def _labels(
    dim: str, selector: Selector, labels: list[str], places: Places
) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    if dim in PLACE_DIMENSIONS:
        try:
            return places.select(selector), []
        except UnknownPlaceError as error:
            return (), [(error.what, error.resolve)]
    words = [str(part) for part in (selector if isinstance(selector, list) else [selector])]
    chosen: set[str] = set()
    wrong = []
    for word in words:
        found = _one(dim, word, labels, places)
        if not found:
            wrong.append(unknown(word, labels if dim != "age" else [], dim, "" if dim != "age" else _AGE_HINT))
        chosen.update(found)
    return tuple(label for label in labels if label in chosen), wrong


_AGE_HINT = 'Ages are whole years from 0 to 100: 18, [18, 19] or "18-24".'


def _one(dim: str, word: str, labels: list[str], places: Places) -> list[str]:
    span = _AGES.match(word) if dim == "age" else None
    if span:
        return [label for label in labels if int(span[1]) <= int(label) <= int(span[2])]
    if dim == "county":
        names = {place.county_name: place.county for place in places.all}
        word = names.get(word.removesuffix("s län"), word)
        return [label for label in labels if label in (word, *(name for name, code in names.items() if code == word))]
    if word.casefold() == "all":
        return labels
    return [label for label in labels if slug(label) == slug(word)]


def slug(word: str) -> str:
    """A label without regard to case, spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "_", word.strip().casefold())
