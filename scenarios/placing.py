"""Finds what each part of a scenario means in the model: variable, cells, time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import xarray as xr

from scenarios.cells import Cells, choose_cells, slug
from scenarios.places import Places
from scenarios.problems import Problem, unknown
from scenarios.ramps import Ramp
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.schema import Change, Lever, ProjectChange

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


@dataclass
class Work:
    """What is at hand while a scenario is applied: the inputs so far, the changes made and the problems found."""

    model: Model
    inputs: xr.Dataset
    places: Places
    changes: list[Changed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Placed:
    """A change with its file and entry there, its variable and the cells it means.

    `key`: the fate, where it comes from a table of [[projects]].
    """

    scenario: Scenario
    entry: str
    change: Change
    variable: Variable
    cells: Cells
    ramp: Ramp
    key: str | None = None

    @property
    def where(self) -> str:
        """The place that messages name: file and entry."""
        return f"{self.scenario.label}, {self.entry}"


def place_all(scenario: Scenario, work: Work) -> list[Placed]:
    """Every change of a scenario that can be made; why the others cannot is added to the problems."""
    changes = {f"levers.{number}": lever for number, lever in scenario.levers.items()} | {
        f"assumptions.{number}": assumption for number, assumption in scenario.assumptions.items()
    }
    placed = [_place(scenario, entry, change, work) for entry, change in changes.items()]
    fates = [
        fate
        for number, project in scenario.projects.items()
        for fate in _place_project(scenario, f"projects.{number}", project, work)
    ]
    return [*(change for change in placed if change is not None), *fates]


def _place(scenario: Scenario, entry: str, change: Change, work: Work) -> Placed | None:
    """Find the variable and the cells a change means; None, with the problems told, when they do not exist."""
    where = f"{scenario.label}, {entry}"
    variable = _find(where, change, work)
    if variable is None:
        return None
    cells, problems = choose_cells(where, change, variable, work.inputs, work.places)
    work.problems.extend(problems)
    if problems:
        return None
    ramp = Ramp(change.from_, change.until, change.ramp) if isinstance(change, Lever) else Ramp()
    return Placed(scenario, entry, change, variable, cells, ramp)


def _find(where: str, change: Change, work: Work) -> Variable | None:
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


def _place_project(scenario: Scenario, entry: str, project: ProjectChange, work: Work) -> list[Placed]:
    """What a [[projects]] table sets, as changes of the project's inputs."""
    known = [str(name) for name in work.inputs["project"].values] if "project" in work.inputs.coords else []
    name = next((each for each in known if slug(each) == slug(project.name)), None)
    if name is None:
        work.problems.append(Problem(f"{scenario.label}, {entry}", *unknown(project.name, known, "project")))
        return []
    placed = []
    for key, value in project.given.items():
        variable = work.model.variables.get(PROJECT_INPUTS[key])
        if variable is not None:
            change = Lever(
                name=variable.name,
                value=value,
                project=name,
                source=project.source,
                judged=project.judged,
                overrides=project.overrides,
            )
            placed.append(Placed(scenario, f"{entry}.{key}", change, variable, {"project": (name,)}, Ramp(), key))
    return placed
