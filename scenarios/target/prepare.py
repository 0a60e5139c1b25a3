"""From an order to a machine that is ready to run, and to what is looked for; everything wrong is told first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import xarray as xr

from scenarios.apply import apply_or_raise
from scenarios.ensemble.order import chosen_backend, worker_count
from scenarios.places import Places, UnknownPlaceError, read_places
from scenarios.problems import Problem, ScenarioError
from scenarios.ramps import Ramp
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.run import Order, prepare
from scenarios.schema import LAST_START, Settings
from scenarios.sensitivity.outcomes import NEW, REGION, Question, ask
from scenarios.target.bases import Span
from scenarios.target.costs import TABLE, Cost, Costs, chosen, read_costs
from scenarios.target.groups import Group, make_groups
from scenarios.target.handles import Handles, make_handles
from scenarios.target.limits import Limit, read_limits
from scenarios.target.machine import Aim, Machine, Members
from scenarios.target.order import TargetOrder, check_order

if TYPE_CHECKING:
    from calibration.fit.stored import Fit
    from model.language import Model
    from outputs.glossary import Term


@dataclass(frozen=True)
class Known:
    """What is known outside the model: the glossary, and the observed people of a year by municipality."""

    terms: Mapping[str, Term]
    people: Callable[[int], xr.DataArray]


@dataclass(frozen=True)
class Ready:
    """An order read and checked: the machine, and what the record and the summary tell."""

    order: TargetOrder
    scenario: Scenario
    settings: Settings
    changes: list[Changed]
    machine: Machine
    groups: tuple[Group, ...]
    costs: Costs
    limits: tuple[Limit, ...]
    places: tuple[str, ...]
    base_year: int
    fit: Fit | None


def make_ready(order: TargetOrder, known: Known) -> Ready:
    """Read everything the search needs. Raises ScenarioError or ModelErrors with what is wrong."""
    from scenarios.chance import read_chance

    check_order(order)
    costs, limits = read_costs(order.costs or TABLE), read_limits(order.limits, order.limit)
    backend = chosen_backend(order.backend)
    read = prepare(Order(order.scenario, LAST_START, order.by, backend, order.fit, order.force))
    if read.scenario.layers:
        what = "several scenarios are laid over each other, and a mix can be added to one."
        raise ScenarioError([Problem(f"--scenario {order.scenario}", what, "Write them into one file first.")])
    applied = apply_or_raise(read.scenario, read.problems, read.model, read.inputs)
    places = read_places()
    inside = _inside(order, places)
    measures = chosen(costs, order.levers, read.model)
    groups = make_groups(order.groups, applied.inputs, places, inside)
    handles = _handles(order, (measures, groups), read.model, applied.inputs)
    base_year = order.base_year or read.settings.base_year
    aim = _aim(order, (read.model, known), (inside, places), (limits, base_year))
    chance = read_chance(read.model, applied.inputs, read.fit)
    members = Members(order.seed, order.effort.members)
    workers = worker_count(order.workers)
    machine = Machine(read.model, applied.inputs, chance, handles, aim, members, backend, workers)
    return Ready(
        order,
        read.scenario,
        read.settings,
        applied.changes,
        machine,
        groups,
        costs,
        limits,
        inside,
        base_year,
        read.fit,
    )


def fresh(ready: Ready, seed: int, count: int) -> Machine:
    """The same machine with other members."""
    return replace(ready.machine, members=Members(seed, count))


def _inside(order: TargetOrder, places: Places) -> tuple[str, ...]:
    """The codes of the municipalities that the target is for."""
    if not order.places:
        return places.codes
    try:
        return places.select(list(order.places))
    except UnknownPlaceError as error:
        where = f"--municipality {', '.join(order.places)}"
        raise ScenarioError([Problem(where, error.what, error.resolve)]) from None


def _handles(
    order: TargetOrder, what: tuple[tuple[Cost, ...], tuple[Group, ...]], model: Model, inputs: xr.Dataset
) -> Handles:
    found = make_handles(what[0], what[1], model, inputs)
    if not found:
        words = ", ".join(order.levers) or "all"
        way = "Choose other levers, or a scenario that leaves some room."
        raise ScenarioError([Problem(f"--levers {words}", "every measure stands at full strength already.", way)])
    times = inputs["time"].to_numpy().astype(float)
    return Handles(tuple(found), times, Ramp(order.start, None, order.ramp))


def _aim(
    order: TargetOrder,
    who: tuple[Model, Known],
    where: tuple[tuple[str, ...], Places],
    what: tuple[tuple[Limit, ...], int],
) -> Aim:
    """What is looked at in the runs."""
    (model, known), (inside, places), (limits, base_year) = who, where, what
    try:
        outcome = ask((order.outcome,), model, known.terms)[0]
    except ScenarioError as error:
        raise ScenarioError([replace(each, where=f"--outcome {order.outcome}") for each in error.problems]) from None
    everywhere = inside == places.codes
    if not outcome.summed and not everywhere and len(inside) > 1:
        what_is = f"'{outcome.name}' does not add up over municipalities."
        way = "Choose one municipality, or leave --municipality out for the whole region."
        raise ScenarioError([Problem(f"--municipality {', '.join(order.places)}", what_is, way)])
    years = tuple(range(LAST_START, order.by + 1))
    is_new = outcome.name == NEW
    if is_new and base_year > order.by - 1:
        what_is = f"new residents are counted since {base_year}, and the target is for {order.by}."
        raise ScenarioError([Problem(f"--base-year {base_year}", what_is, "Choose a base year before the target's.")])
    held = base_year if is_new and base_year in years else None
    base = 0.0
    if is_new and held is None:
        base = float(known.people(base_year).sel(municipality=list(inside)).sum())
    codes = tuple(str(code) for code in model.coordinates("municipality"))
    question = Question((outcome,), (order.by,), (REGION,) if everywhere else inside, codes, held)
    at = tuple(codes.index(code) for code in inside)
    return Aim(question, at, limits, Span(years, int(order.start)), base)
