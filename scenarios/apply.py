"""Applies a scenario to the model's inputs: new inputs, and a record of every assumption changed, old to new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.cells import Cells, choose_cells, intersect, slug
from scenarios.places import Places, read_places
from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.ramps import Ramp
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.schema import Change, Lever, ProjectChange, Settings

if TYPE_CHECKING:
    from model.language import Model, Variable

CONSTANT_KINDS = ("parameter", "given")
PROJECT_INPUTS = {
    "delay": "project delay",
    "scale": "project scale",
    "stop": "project stop time",
    "closure": "project closure time",
}
"""Key of a [[projects]] table: the model's input of that project."""


@dataclass(frozen=True)
class Applied:
    """Inputs with the scenario in force, the changes made, and the problems that kept others from being made."""

    inputs: xr.Dataset
    changes: list[Changed]
    problems: list[Problem]


@dataclass
class _Work:
    """What is at hand while a scenario is applied."""

    model: Model
    inputs: xr.Dataset
    places: Places
    changes: list[Changed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Placed:
    """A change with its place in the file, its variable and the cells it means; `short` for one of [[projects]]."""

    where: str
    change: Change
    variable: Variable
    cells: Cells
    ramp: Ramp
    short: bool = False


def apply(scenario: Scenario, model: Model, inputs: xr.Dataset) -> Applied:
    """Apply the baselines and then the scenario; every problem is collected, and what has one is not applied."""
    work = _Work(model, inputs.copy(), read_places())
    for part in scenario.chain:
        _apply_one(part, work)
    return Applied(work.inputs, work.changes, work.problems)


def apply_or_raise(scenario: Scenario, problems: list[Problem], model: Model, inputs: xr.Dataset) -> Applied:
    """As `apply`, but raises ScenarioError with the problems found while reading and while applying."""
    applied = apply(scenario, model, inputs)
    if problems or applied.problems:
        raise ScenarioError([*problems, *applied.problems])
    return applied


def step_times(inputs: xr.Dataset) -> NDArray[np.float64]:
    """Model time of every step of the run: 31 December of the start year is `start + 1`."""
    return np.asarray(inputs["time"].values, dtype=np.float64)


def _apply_one(scenario: Scenario, work: _Work) -> None:
    levers = [_place(f"{scenario.label}, levers.{number}", lever, work) for number, lever in scenario.levers.items()]
    assumptions = [
        _place(f"{scenario.label}, assumptions.{number}", assumption, work)
        for number, assumption in scenario.assumptions.items()
    ]
    projects = [
        change
        for number, project in scenario.projects.items()
        for change in _place_project(f"{scenario.label}, projects.{number}", project, work)
    ]
    placed = [*(change for change in [*levers, *assumptions] if change is not None), *projects]
    work.problems.extend(_clashes(placed, work.places))
    work.problems.extend(problem for change in placed if (problem := _never(change, scenario.settings)))
    for change in placed:
        _change(change, scenario, work)


def _place(where: str, change: Change, work: _Work) -> _Placed | None:
    """Find the variable and the cells a change means; None, with the problems told, when they do not exist."""
    variable = _find(where, change, work)
    if variable is None:
        return None
    cells, problems = choose_cells(where, change, variable, work.inputs, work.places)
    work.problems.extend(problems)
    if problems:
        return None
    ramp = Ramp(change.from_, change.until, change.ramp) if isinstance(change, Lever) else Ramp()
    return _Placed(where, change, variable, cells, ramp)


def _find(where: str, change: Change, work: _Work) -> Variable | None:
    """The variable of that name if it is of the kind the table is for."""
    is_lever = isinstance(change, Lever)
    wanted = ("lever",) if is_lever else CONSTANT_KINDS
    variable = work.model.variables.get(change.name)
    if variable is not None and variable.kind in wanted:
        return variable
    if variable is not None:
        work.problems.append(Problem(where, *_wrong_kind(variable, is_lever)))
        return None
    names = [name for name, known in work.model.variables.items() if known.kind in wanted]
    kind, listing = ("lever", "levers") if is_lever else ("parameter", "parameters")
    hint = f"All of them: sim.py list {listing}."
    work.problems.append(Problem(where, *unknown(change.name, names, kind, hint)))
    return None


def _wrong_kind(variable: Variable, wanted_lever: bool) -> tuple[str, str]:
    if variable.kind == "lever":
        return f"'{variable.name}' is a lever, not a fixed assumption.", "Put it under [[levers]]."
    if variable.kind in CONSTANT_KINDS and wanted_lever:
        return f"'{variable.name}' is a fixed assumption, not a lever.", "Put it under [[assumptions]], without years."
    if variable.kind == "series":
        way = "Change a lever or a parameter that acts on the same; sim.py list levers shows them."
        return f"'{variable.name}' is a series over time from model/values and cannot be set here.", way
    way = f"sim.py explain '{variable.name}' tells what it depends on; change that instead."
    return f"'{variable.name}' is computed by the model and cannot be set.", way


def _never(placed: _Placed, settings: Settings) -> Problem | None:
    """The problem of a change that is in force in no year of the scenario's own run."""
    ramp = placed.ramp
    begins_late = ramp.start > settings.until
    if not begins_late and ramp.end > settings.start + 1:
        return None
    given = f"from = {ramp.start:g}" if begins_late else f"until = {ramp.until}"
    side = f"after the run's last year, {settings.until}" if begins_late else f"before the run begins, {settings.start}"
    what = f"{given} is {side}: '{placed.variable.name}' would never change."
    return Problem(placed.where, what, "Choose other years, or a longer run under [settings].")


def _clashes(placed: list[_Placed], places: Places) -> list[Problem]:
    """Pairs of changes that set the same cell at the same time."""
    problems = []
    for index, first in enumerate(placed):
        for second in placed[index + 1 :]:
            if first.variable.name != second.variable.name or not first.ramp.overlaps(second.ramp):
                continue
            shared = intersect(first.cells, second.cells)
            if shared is None:
                continue
            codes = shared.get("municipality") or shared.get("workplace")
            place = f" in {places.in_words(codes)}" if codes else ""
            place += f" of {', '.join(shared['project'])}" if "project" in shared else ""
            name = second.where.rsplit(" ", 1)[-1]
            problems.append(
                Problem(
                    f"{first.where} and {name}",
                    f"both change '{first.variable.name}'{place} at the same time.",
                    "Let one end before the other begins, choose other places, or make them one.",
                )
            )
    return problems


def _change(placed: _Placed, scenario: Scenario, work: _Work) -> None:
    old = _current(placed.variable, work.inputs)
    chosen = _mask(old, placed.cells)
    target = _target(old, placed.change)
    problem = _outside(placed, target.where(chosen))
    if problem:
        work.problems.append(problem)
        return
    weight = chosen.astype(float)
    if isinstance(placed.change, Lever):
        times = step_times(work.inputs)
        weight = xr.DataArray(placed.ramp.weight(times), dims="time") * weight
    new = (1 - weight) * old + weight * target  # exactly old where the weight is 0, exactly the target where it is 1
    order = (["time"] if "time" in new.dims else []) + list(placed.variable.dims)
    work.inputs = work.inputs.drop_vars(placed.variable.name)
    work.inputs[placed.variable.name] = new.transpose(*order).assign_attrs(old.attrs)
    work.changes.append(_recorded(placed, scenario, old.where(chosen), target.where(chosen)))


def _recorded(placed: _Placed, scenario: Scenario, old: xr.DataArray, new: xr.DataArray) -> Changed:
    kind = "lever" if isinstance(placed.change, Lever) else "assumption"
    return Changed.between(kind, placed.variable, scenario.name, (old, new)).during(
        placed.cells, placed.ramp, placed.change.because
    )


def _current(variable: Variable, inputs: xr.Dataset) -> xr.DataArray:
    """The value so far, over the variable's dimensions (and time once a lever has been changed)."""
    now = inputs[variable.name]
    missing = [dim for dim in variable.dims if dim not in now.dims]
    return xr.DataArray(now.expand_dims({dim: inputs[dim].values for dim in missing}) if missing else now)


def _mask(values: xr.DataArray, cells: Cells) -> xr.DataArray:
    """True in the chosen cells."""
    mask = xr.ones_like(values.isel(time=0, drop=True) if "time" in values.dims else values, dtype=bool)
    for dim, labels in cells.items():
        mask = mask & xr.DataArray(np.isin(mask[dim].values.astype(str), labels), dims=dim, coords={dim: mask[dim]})
    return mask


def _target(old: xr.DataArray, change: Change) -> xr.DataArray:
    """The value once the change is in full force."""
    if change.value is not None:
        return xr.full_like(old, change.value, dtype=float)
    if change.add is not None:
        return old + change.add
    assert change.multiply is not None
    return xr.DataArray(old * change.multiply)


def _outside(placed: _Placed, values: xr.DataArray) -> Problem | None:
    """The problem of a value outside its range, in the words of the house."""
    variable, change = placed.variable, placed.change
    low, high = change.range or variable.range or (None, None)
    least, most = float(values.min()), float(values.max())
    beyond = least if low is not None and least < low else most if high is not None and most > high else None
    if beyond is None:
        return None
    limits = f"[{_number(low)}, {_number(high)}]"
    what = f"'{variable.name}' = {_number(beyond)} {variable.unit} is outside "
    if change.range:
        return Problem(placed.where, f"{what}the range given there, {limits}.", "Give a wider range, or another value.")
    wider = f"[{_number(_least(low, beyond))}, {_number(_most(high, beyond))}]"
    source = f"The range comes from: {variable.source.rstrip('.')}.\n" if variable.source else ""
    way, entry = "To run it anyway, give the range and the reason", f'range = {wider}, because = "…"'
    if placed.short:
        way += " under [[levers]]"
        entry = (
            f'name = "{variable.name}", project = "{placed.cells["project"][0]}", value = {_number(beyond)}, {entry}'
        )
    return Problem(placed.where, f"{what}its range {limits}.", f"{source}{way}: {entry}")


def _least(low: float | None, value: float) -> float:
    return value if low is None else min(low, value)


def _most(high: float | None, value: float) -> float:
    return value if high is None else max(high, value)


def _number(value: float | None) -> str:
    return "…" if value is None else f"{value:.10g}"


def _place_project(where: str, project: ProjectChange, work: _Work) -> list[_Placed]:
    """What a [[projects]] table sets, as changes of the project's inputs."""
    known = [str(name) for name in work.inputs["project"].values] if "project" in work.inputs.coords else []
    name = next((each for each in known if slug(each) == slug(project.name)), None)
    if name is None:
        work.problems.append(Problem(where, *unknown(project.name, known, "project")))
        return []
    placed = []
    for key, input_name in PROJECT_INPUTS.items():
        value = getattr(project, key)
        variable = work.model.variables.get(input_name)
        if value is not None and variable is not None:
            change = Lever(name=input_name, value=value, project=name)
            placed.append(_Placed(f"{where}.{key}", change, variable, {"project": (name,)}, Ramp(), short=True))
    return placed
