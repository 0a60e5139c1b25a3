"""What the members of an ensemble drew, one number for each uncertain thing, drawn again from the seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from calibration.process_noise import KINDS
from outputs.tables import SWEDISH_LABELS
from scenarios.chance import Chance
from scenarios.chance.noise import LEVERS as SHOCK_LEVERS
from scenarios.chance.points import sobol
from scenarios.chance.projects import LEVERS as PROJECT_LEVERS
from scenarios.chance.projects import SHARED
from scenarios.chance.risk import KINDS as FATES
from scenarios.places import read_places
from scenarios.sensitivity.inputs import input_of, read_names

if TYPE_CHECKING:
    from model.language import Model

Floats = NDArray[np.float64]
PER_CENT = 100.0
JUDGED, ESTIMATED = "judged", "estimated"
SHOCKS: dict[str, tuple[str, str]] = {
    "births": ("births beyond what the rates say", "födda utöver vad fruktsamheten ger"),
    "deaths": ("deaths beyond what the rates say", "döda utöver vad dödligheten ger"),
    "moves in": ("moves in beyond what the equations say", "inflyttade utöver vad ekvationerna ger"),
    "moves out": ("moves out beyond what the equations say", "utflyttade utöver vad ekvationerna ger"),
    "immigration": ("immigration beyond what is assumed", "invandring utöver vad som antas"),
    "job noise": ("jobs beyond what the equations say", "jobb utöver vad ekvationerna ger"),
    "price noise": ("house prices beyond what the equations say", "huspriser utöver vad ekvationerna ger"),
}
SHOCK, PROJECT = "shock", "project"
REGION = ("the region", "regionen")
AT_ONCE = 128
"""Members whose yearly shocks are drawn together."""


@dataclass(frozen=True)
class Thing:
    """One uncertain thing: name, kind, plain name in English and Swedish, unit, how well founded its numbers are.

    quality: the grade A to D of a parameter, 'judged' for projects' risks, 'estimated' for shocks. place: code of the
    one municipality it is about, '' for all.
    """

    name: str
    kind: str
    label: tuple[str, str]
    unit: str
    quality: str
    place: str = ""


@dataclass(frozen=True)
class Drawn:
    """Numbers (member, thing) in the things' units; a project's stop and closure are years, 9999 never."""

    things: tuple[Thing, ...]
    values: Floats

    def of_interest(self, place: str) -> Drawn:
        """Without what is about other single municipalities, and what never varies. place: '' for the region."""
        spread = np.ptp(self.values, axis=0) > 0
        keep = [at for at, each in enumerate(self.things) if each.place in ("", place) and spread[at]]
        return Drawn(tuple(self.things[at] for at in keep), self.values[:, keep])


@dataclass(frozen=True)
class Over:
    """What yearly shocks are averaged over: the years to `last`, and municipalities by their `people`."""

    last: int
    people: Floats


def draw_again(chance: Chance, model: Model, members: range, seed: int, over: Over) -> Drawn:
    """What members drew. Yearly shocks are told as their means, in per cent."""
    unit = sobol(seed, members, len(chance.names) + (chance.learnt is not None))
    found = [*_parameters(chance, model, unit), *_projects(chance, unit)]
    found += _shocks(chance, seed, members, over)
    found += _others(chance, model, (seed, members), over)
    return Drawn(tuple(thing for thing, _ in found), np.stack([column for _, column in found], axis=1))


def _parameters(chance: Chance, model: Model, unit: Floats) -> Sequence[tuple[Thing, Floats]]:
    """Parameters and factors on tables, as the ensemble has them: with a fit, from its draws."""
    place = {name: column for column, name in enumerate(chance.names)}
    uncertain, words = chance.around.priors.uncertain, read_names()
    values = chance.around.at(ndtri(unit[:, [place[each.name] for each in uncertain]]))
    if chance.learnt is not None:
        values[:, chance.learnt.places] = chance.learnt.numbers(chance.around, unit[:, len(chance.names)])
    factors = {factor.name: factor for factor in chance.factors}
    found = []
    for at, each in enumerate(uncertain):
        told = input_of(factors[each.name], words)
        quality = each.quality or model.variables[each.variable].quality
        code = _code(model, each.variable, each.place) if each.pooled else ""
        found.append((Thing(each.name, told.kind, told.label, told.unit, quality, code), values[:, at]))
    return found


def _code(model: Model, variable: str, place: tuple[int, ...]) -> str:
    """The municipality of an element of a level by municipality."""
    dims = model.variables[variable].dims
    return str(model.coordinates("municipality")[place[dims.index("municipality")]])


def _projects(chance: Chance, unit: Floats) -> Sequence[tuple[Thing, Floats]]:
    """The luck that projects share, and what befalls each."""
    place = {name: column for column, name in enumerate(chance.names)}
    points = unit[:, [place[name] for name in chance.projects.names]]
    fates = chance.projects.fates(points, chance.stated.plan)
    factors = {factor.name: factor for factor in chance.factors}
    shared = factors[SHARED]
    found = [(Thing(SHARED, PROJECT, (shared.label_en, shared.label_sv), "luck", JUDGED), points[:, 0])]
    for (kind, project), name in zip(chance.projects.places, chance.projects.names[1:], strict=True):
        factor = factors[name]
        thing = Thing(name, PROJECT, (factor.label_en, factor.label_sv), factor.unit, JUDGED)
        found.append((thing, getattr(fates, FATES[kind])[:, project]))
    return found


def _shocks(chance: Chance, seed: int, members: range, over: Over) -> Sequence[tuple[Thing, Floats]]:
    """Mean yearly shocks of the region, and of each municipality."""
    noise, names = chance.noise, read_places()
    years = max(1, min(over.last, noise.last) - noise.first + 1)
    blocks = [range(at, min(at + AT_ONCE, members.stop)) for at in range(members.start, members.stop, AT_ONCE)]
    paths = np.concatenate([noise.draw(seed, block)[:, :years].mean(axis=1) for block in blocks])
    per_cent = PER_CENT * np.expm1(paths)
    found = []
    for at, kind in enumerate(KINDS):
        region = per_cent[:, at] @ (over.people / over.people.sum())
        found.append((Thing(f"{kind} shock", SHOCK, _placed(kind, REGION), "per cent", ESTIMATED), region))
        for number, code in enumerate(noise.codes):
            label = _placed(kind, (names.name(code),) * 2)
            found.append(
                (Thing(f"{kind} shock[{code}]", SHOCK, label, "per cent", ESTIMATED, code), per_cent[:, at, number])
            )
    return found


def _others(chance: Chance, model: Model, which: tuple[int, range], over: Over) -> Sequence[tuple[Thing, Floats]]:
    """Means of every other lever that chance moves over time, as logarithms: of jobs, of prices."""
    known = {*chance.around.priors.variables, *PROJECT_LEVERS, *SHOCK_LEVERS.values()}
    found: list[tuple[Thing, Floats]] = []
    for name in (name for name in chance.varied if name not in known):
        dims = [dim for dim in model.variables[name].dims if dim != "municipality"]
        values = _meant(chance, name, which, over.last)
        for at in np.ndindex(values.shape[1:-1]):
            labels = [str(model.coordinates(dim)[place]) for dim, place in zip(dims, at, strict=True)]
            found += _of_places(name, labels, values[(slice(None), *at)], over.people)
    return found


def _meant(chance: Chance, name: str, which: tuple[int, range], last: int) -> Floats:
    """A lever's mean over the steps to the end of a year, in per cent [member, …, municipality]."""
    seed, members = which
    steps = chance.stated.times < last + 1
    blocks = [range(at, min(at + AT_ONCE, members.stop)) for at in range(members.start, members.stop, AT_ONCE)]
    parts = [np.asarray(chance.draw(seed, block)[name])[:, steps].mean(axis=1) for block in blocks]
    return np.asarray(PER_CENT * np.expm1(np.concatenate(parts)))


def _of_places(name: str, labels: list[str], values: Floats, people: Floats) -> Iterator[tuple[Thing, Floats]]:
    """A lever [member, municipality] in the region and in each municipality."""
    names = read_places()
    words = [(label, SWEDISH_LABELS["industry"].get(label, label)) for label in labels]
    inside = ("".join(f", {each[0]}" for each in words), "".join(f", {each[1]}" for each in words))
    own = ", ".join([name, *labels])
    label = _placed(name, REGION, inside)
    yield Thing(f"{own} shock", SHOCK, label, "per cent", ESTIMATED), values @ (people / people.sum())
    for number, code in enumerate(names.codes):
        label = _placed(name, (names.name(code),) * 2, inside)
        yield Thing(f"{own} shock[{code}]", SHOCK, label, "per cent", ESTIMATED, code), values[:, number]


def _placed(kind: str, place: tuple[str, str], more: tuple[str, str] = ("", "")) -> tuple[str, str]:
    """The label of a shock with where it strikes."""
    english, swedish = SHOCKS.get(kind, (kind, kind))
    return f"{english}{more[0]} ({place[0]})", f"{swedish}{more[1]} ({place[1]})"
