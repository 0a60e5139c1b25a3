"""From an order to findings: opens or makes the ensemble, draws its inputs again, asks each question of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.apply import apply_or_raise
from scenarios.chance import Chance, read_chance
from scenarios.discover.drawn import Drawn, Over, draw_again
from scenarios.discover.judge import Found, enough, seek
from scenarios.discover.order import NEEDED, DiscoverOrder, check_order
from scenarios.discover.questions import PEOPLE, Question, economy_questions, target_question
from scenarios.ensemble import EnsembleOrder, finished_plan, open_members, run_ensemble
from scenarios.ensemble.plan import FILE, MEMBERS, Plan, differences, hashes_of
from scenarios.places import UnknownPlaceError, read_places
from scenarios.problems import Problem, ScenarioError
from scenarios.read import Scenario
from scenarios.run import Order, Prepared, Say, prepare
from scenarios.schema import Settings

if TYPE_CHECKING:
    from model.language import Model

Floats = NDArray[np.float64]
KEEP = ("standard", "accumulated_result")
"""What an ensemble keeps that is made for a discovery."""
MOST_PLACES = 4
"""Municipalities whose failing is looked into when the user names none."""
SHARED = ("model", "inputs", "chance", "seed")
"""Parts of a plan that must be as they would be now for its draws to be drawn again."""


@dataclass(frozen=True)
class Answer:
    """A question, the things that were drawn and may tell (member, thing), and what was found."""

    question: Question
    drawn: Drawn
    found: Found


@dataclass(frozen=True)
class Discovery:
    """What was found in an ensemble: how often each question happens, and the answers to those looked into."""

    order: DiscoverOrder
    folder: Path
    plan: Plan
    scenario: Scenario
    settings: Settings
    model: Model
    year: int
    counted: tuple[Question, ...]
    answers: tuple[Answer, ...]


def discover(order: DiscoverOrder, say: Say) -> Discovery:
    """Look in an ensemble for what tells the runs that miss the target, or in which an economy fails, from the others.

    The same ensemble gives the same findings. Raises ScenarioError or ModelErrors with what the user can mend.
    """
    check_order(order)
    places = _places(order)
    folder = _ensemble(order, say)
    say("Drawing again what the members drew")
    plan = finished_plan(folder)
    prepared, chance = _as_drawn(order, plan, folder)
    members = open_members(folder)
    settings = _settings(order, prepared.settings)
    year = _year(order, settings, members)
    people = np.asarray(members[PEOPLE].isel(year=0, member=0).values, dtype=np.float64)
    drawn = draw_again(chance, prepared.model, range(plan[MEMBERS]), int(plan["seed"]), Over(year, people))
    _check_kept(order, members, folder)
    counted = (target_question(members, settings, year), *economy_questions(members, order, year))
    asked = _asked(counted, places)
    answers = []
    for question in asked:
        say(f"Looking for what tells: {question.key}")
        own = drawn.of_interest(question.place)
        answers.append(Answer(question, own, seek(own.values, question.happens, int(plan["seed"]))))
    return Discovery(order, folder, plan, prepared.scenario, settings, prepared.model, year, counted, tuple(answers))


def _places(order: DiscoverOrder) -> tuple[str, ...]:
    """Codes of the municipalities named. Raises ScenarioError for one that is not among the 29."""
    if not order.municipalities:
        return ()
    try:
        return read_places().select(list(order.municipalities))
    except UnknownPlaceError as error:
        where = f"--municipality {', '.join(order.municipalities)}"
        raise ScenarioError([Problem(where, error.what, error.resolve)]) from None


def _ensemble(order: DiscoverOrder, say: Say) -> Path:
    """The folder of the ensemble: the one given, or one made of the scenario given."""
    given = Path(order.given)
    if given.is_dir():
        return given
    folder = order.ensemble
    if folder is None:
        raise ScenarioError([Problem(order.given, "there is no such folder, and none to make an ensemble in.")])
    made = EnsembleOrder(
        order.given,
        order.members,
        order.seed,
        folder,
        fit=order.fit,
        keep=KEEP,
        workers=order.workers,
        until=order.by if order.by and order.by > Settings().until else None,
        force=order.force,
    )
    run_ensemble(made, say, lambda done: say(done.in_words()))
    return folder


def _as_drawn(order: DiscoverOrder, plan: Plan, folder: Path) -> tuple[Prepared, Chance]:
    """The scenario and chance that an ensemble was drawn from. Raises ScenarioError when they are others now."""
    first, last = plan["years"]
    fit = order.fit if order.fit is not None else (None if plan["fit"] else "none")
    prepared = prepare(Order(str(plan["scenario"]), first, last, "numpy", fit, order.force))
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    chance = read_chance(prepared.model, applied.inputs, prepared.fit)
    now = {"model": {"sha256": prepared.model.hash}, "inputs": hashes_of(applied.inputs), "chance": _plain(chance)}
    now |= {"seed": plan["seed"], MEMBERS: plan[MEMBERS]}
    told = differences({name: plan.get(name) for name in now}, now)
    if told:
        what = "this ensemble was drawn from other numbers than the project has now, so its draws cannot be told again."
        lines = "\n".join(["Make it anew, with sim.py ensemble. It differs (there: when drawn; here: now):", *told[:5]])
        raise ScenarioError([Problem(f"{folder / FILE}", what, lines)])
    return prepared, chance


def _plain(chance: Chance) -> Any:
    """The record of chance as a plan holds it."""
    import json

    return json.loads(json.dumps(chance.record()))


def _settings(order: DiscoverOrder, settings: Settings) -> Settings:
    """The scenario's settings with the target asked for."""
    return settings if order.target is None else settings.model_copy(update={"target": order.target})


def _year(order: DiscoverOrder, settings: Settings, members: xr.Dataset) -> int:
    """The year asked about. Raises ScenarioError when the ensemble does not reach it."""
    years = [int(year) for year in members["year"].values]
    if order.by is not None:
        if order.by not in years[1:]:
            what = f"the ensemble goes from {years[1]} to {years[-1]}."
            raise ScenarioError([Problem(f"--by {order.by}", what, "Choose a year within it.")])
        return order.by
    inside = [year for year in settings.target_years if year in years[1:]]
    return max(inside, default=years[-1])


def _check_kept(order: DiscoverOrder, members: xr.Dataset, folder: Path) -> None:
    needed = NEEDED[order.failing]
    if needed in members:
        return
    what = f"it does not keep '{needed}', which '--failing {order.failing}' is told by."
    way = f"Make it with --keep standard,{needed}, or choose another --failing."
    raise ScenarioError([Problem(f"{folder}", what, way)])


def _asked(counted: tuple[Question, ...], places: tuple[str, ...]) -> list[Question]:
    """The questions looked into: the target (or, where all or none reach it, who comes furthest), and economies."""
    target, *economies = counted
    first = [target] if enough(target.happens) else [target, _furthest(target)]
    if places:
        return [*first, *(each for each in economies if each.place in places)]
    open_ones = [each for each in economies if enough(each.happens)]
    return [*first, *sorted(open_ones, key=lambda each: -each.size)[:MOST_PLACES]]


def _furthest(target: Question) -> Question:
    """Where the target tells no runs apart: the quarter of them that comes furthest."""
    limit = float(np.quantile(target.values, 0.75))
    return replace(target, key="furthest", happens=target.values >= limit, limit=limit)
