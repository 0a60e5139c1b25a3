"""Chance as the what-if page carries it: what an ensemble draws around any scenario, packed for the first members.

What is the same whatever the scenario is drawn here and packed: the points of projects and of numbers that no fit has
learnt, and the fit's draws. What follows from a scenario (medians, the projects' plans) and the yearly shocks, whose
generator needs no memory, the page computes by itself, so that its members are those of `sim.py ensemble`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from calibration.process_noise import JOBS, KINDS, OF_PLACES, PRICES, WALKS, kind_of
from calibration.process_noise.lag import LAGS
from calibration.process_noise.table import KNOWN
from scenarios.chance import Chance, noise, points, projects, walks
from scenarios.chance.projects import ProjectChance

if TYPE_CHECKING:
    from calibration.fit.stored import Fit

Arrays = dict[str, NDArray[Any]]
Plain = dict[str, Any]
FORMAT = 1
SEED = 1
"""Of the ensemble whose members the page computes; the one `sim.py ensemble` takes when none is named."""
MEMBERS = 64
"""Members that the page can compute: what a worker runs in a few seconds."""
GRID = 2.0**32
"""Points are whole numbers of its inverse (scipy's Sobol' sequence has 30 bits), but for those moved off a bound."""
OFFSET = 2**31
"""Taken from a point's whole number, so that a signed one of 32 bits holds it."""
PREFIX = "chance "


def packed_chance(chance: Chance, fit: Fit | None, members: int = MEMBERS) -> tuple[Arrays, Plain]:
    """Arrays, by names that begin with PREFIX, and plain data to draw the first members around any scenario.

    `fit`: the one that `chance` was read with. Raises ValueError when a point does not lie on the grid.
    """
    arrays = {**_numbers(chance), **_draws(chance, fit, members), **_sizes(chance)}
    plain = {
        "format": FORMAT,
        "seed": SEED,
        "members": members,
        "horizon": projects.HORIZON,
        "variables": list(chance.around.priors.variables),
        "complements": dict(chance.around.priors.complements),
        "projects": _projects(chance.projects),
        "noise": _noise(chance.noise),
        "walks": _walks(chance.walks),
    }
    return {PREFIX + name: values for name, values in arrays.items()}, plain


def _numbers(chance: Chance) -> Arrays:
    """The uncertain numbers: where they lie among their variables' numbers, and their priors."""
    uncertain, variables = chance.around.priors.uncertain, chance.around.priors.variables
    fitted = np.full(len(uncertain), -1, dtype=np.int16)
    if chance.learnt is not None:
        fitted[chance.learnt.places] = np.arange(len(chance.learnt.places))
    shapes = [chance.around.base[each.variable].shape for each in uncertain]
    places = [
        int(np.ravel_multi_index(each.place, shape)) if each.place else 0
        for each, shape in zip(uncertain, shapes, strict=True)
    ]
    return {
        **{side: np.array([getattr(each, side) for each in uncertain]) for side in ("low", "high", "sigma")},
        "variable": np.array([variables.index(each.variable) for each in uncertain], dtype=np.int16),
        "place": np.array(places, dtype=np.int16),
        "scales": np.array([each.scales for each in uncertain], dtype=np.uint8),
        "fitted": fitted,  # column among the fit's numbers, -1 where no fit has learnt it
    }


def _draws(chance: Chance, fit: Fit | None, members: int) -> Arrays:
    """Points [member, projects and unlearnt numbers], and what the members draw of the fit [member, fitted]."""
    learnt = chance.learnt
    unit = points.sobol(SEED, range(members), len(chance.names) + (learnt is not None))
    known = set() if learnt is None else {int(place) for place in learnt.places}
    free = [each.name for place, each in enumerate(chance.around.priors.uncertain) if place not in known]
    columns = [chance.names.index(name) for name in (*chance.projects.names, *free)]
    drawn: Arrays = {"points": _on_grid(unit[:, columns])}
    if learnt is None or fit is None:
        return drawn
    row = learnt.rows(unit[:, len(chance.names)])
    stored = fit.draws[row].astype(np.float32)  # as the file has them
    return drawn | {"draws": stored, "centre": fit.centre, "factors": learnt.factor[row][:, learnt.scales]}


def _on_grid(unit: NDArray[np.float64]) -> NDArray[np.int32]:
    whole = np.floor(unit * GRID)
    if not np.array_equal(np.clip(whole / GRID, points.INSIDE, 1 - points.INSIDE), unit):
        raise ValueError("a point of the sequence does not lie on the grid of 32 bits")
    return (whole.astype(np.int64) - OFFSET).astype(np.int32)


def _projects(chance: ProjectChance) -> Plain:
    """The risks, and kind and project of every dimension of points after the shared one."""
    risks = {_camel(field.name): _plain(getattr(chance.risks, field.name)) for field in fields(chance.risks)}
    return {**risks, "places": [list(place) for place in chance.places]}


def _noise(drawn: noise.Noise) -> Plain:
    sizes = drawn.sizes
    return {
        "levers": [noise.LEVERS[kind] for kind in KINDS],
        **_years(drawn.first, drawn.last),
        "levelsAt": noise.LEVELS,
        "places": [sizes.codes.index(code) for code in drawn.codes],
        "commonPersistence": sizes.common_persistence.tolist(),
        "common": sizes.common.tolist(),
        "commonKnown": [start == KNOWN for start in sizes.common_start],
        "commonRoot": np.linalg.cholesky(sizes.common_correlation).tolist(),
        "localPersistence": sizes.local_persistence.tolist(),
        "localRoot": np.linalg.cholesky(sizes.local_correlation).tolist(),
    }


def _walks(drawn: walks.Walking) -> Plain:
    sizes = drawn.sizes
    return {
        "jobLever": walks.JOB_LEVER,
        "priceLever": walks.PRICE_LEVER,
        **_years(drawn.first, drawn.last),
        "at": walks.PLACE,
        "behind": walks.BEHIND,
        "lags": [list(LAGS[kind]) for kind in WALKS],
        "ofPlaces": [WALKS.index(kind) for kind in OF_PLACES],
        "jobs": WALKS.index(JOBS),
        "prices": WALKS.index(PRICES),
        "industries": [WALKS.index(kind_of(industry)) for industry in drawn.industries],
        "places": [sizes.codes.index(code) for code in drawn.codes],
        "commonPersistence": sizes.common_persistence.tolist(),
        "common": sizes.common.tolist(),
        "localPersistence": sizes.local_persistence.tolist(),
    }


def _years(first: int, last: int) -> Plain:
    return {"first": first, "last": last, "numberedFrom": noise.FIRST_YEAR, "lanes": noise.LANES}


def _sizes(chance: Chance) -> Arrays:
    """Sizes of shocks [kind, municipality]."""
    events = {name: getattr(chance.noise.sizes, name) for name in ("local", "yearly", "level")}
    return {**events, "walks local": chance.walks.sizes.local}


def _camel(name: str) -> str:
    """A name as the page's source writes it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value
