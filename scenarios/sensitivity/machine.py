"""The model as something that turns points into outcomes: scenario, chance, levers and a compiled batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.apply import apply_or_raise
from scenarios.ensemble.order import Backend, chosen_backend
from scenarios.ensemble.plan import hashes_of
from scenarios.places import read_places
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.run import Order, prepare
from scenarios.schema import LAST_START, Settings
from scenarios.sensitivity.inputs import Input, input_of, read_names
from scenarios.sensitivity.levers import LeverRange, lever_inputs, lever_ranges
from scenarios.sensitivity.order import SensitivityOrder
from scenarios.sensitivity.outcomes import Question, ask, places_of, years_of

if TYPE_CHECKING:
    from model.language import Model
    from outputs.glossary import Term
    from scenarios.chance import Chance

Floats = NDArray[np.float64]
BLOCK = 64
"""Points kept together as one finished piece of work."""


@dataclass(frozen=True)
class Task:
    """Everything that runs need; can be sent to another process."""

    model: Model
    inputs: xr.Dataset
    chance: Chance
    levers: tuple[LeverRange, ...]
    question: Question
    backend: Backend

    def start(self) -> Callable[[Floats], Floats]:
        """Compile the model; gives what turns points (n, inputs) into values (n, outputs)."""
        from model.engine.batch import Wanted, compile_batch

        varied = (*self.chance.varied, *(lever.name for lever in self.levers))
        save, years = self.question.variables, self.question.run_years
        wanted = Wanted(varied=varied, save=save, years=years, backend=self.backend)
        batch = compile_batch(self.model, self.inputs, wanted)

        def compute(points: Floats) -> Floats:
            parts = [points[at : at + batch.size] for at in range(0, len(points), batch.size)]
            return np.concatenate([self.question.values(batch.run(self.drawn(part))) for part in parts])

        return compute

    def drawn(self, points: Floats) -> dict[str, Floats]:
        """The model's inputs at each point: chance's factors first, then the levers."""
        count = len(self.chance.factors)
        found: dict[str, Floats] = dict(self.chance.from_unit(points[:, :count]))
        for column, lever in enumerate(self.levers, start=count):
            found[lever.name] = lever.at(points[:, column])
        return found


@dataclass(frozen=True)
class Prepared:
    """A scenario ready for analysis: its task, the inputs in words, and what the record tells."""

    order: SensitivityOrder
    scenario: Scenario
    settings: Settings
    changes: list[Changed]
    task: Task
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Here:
    """Computes blocks in this process; compiles at the first one."""

    task: Task
    size: int = BLOCK

    def compute(self, blocks: Iterable[Floats]) -> Iterator[Floats]:
        """The values of each block."""
        compute: Callable[[Floats], Floats] | None = None
        for block in blocks:
            compute = compute or self.task.start()
            yield compute(block)


def prepare_analysis(order: SensitivityOrder, terms: Mapping[str, Term]) -> Prepared:
    """Read and check everything. Raises ScenarioError or model.language.ModelErrors with what is wrong.

    Without a start year the analysis starts as ensembles do: at the end of the last year observed.
    """
    from scenarios.chance import read_chance

    start, backend = LAST_START if order.start is None else order.start, chosen_backend(order.backend)
    read = prepare(Order(order.scenario, start, order.until, backend))
    settings, model = read.settings, read.model
    places = read_places()
    outcomes = ask(order.outcomes, model, terms)
    base_year = settings.base_year if settings.start <= settings.base_year <= settings.until else None
    years, wanted = years_of(order.years, settings), places_of(order.municipalities, places)
    question = Question(outcomes, years, wanted, places.codes, base_year)
    applied = apply_or_raise(read.scenario, read.problems, model, read.inputs)
    chance = read_chance(model, applied.inputs, read.fit)
    levers = lever_ranges(model, applied.inputs, chance.varied) if order.levers else ()
    names = read_names()
    named = (*(input_of(factor, names) for factor in chance.factors), *lever_inputs(levers, model, names))
    task = Task(model, applied.inputs, chance, levers, question, backend)
    return Prepared(order, read.scenario, settings, applied.changes, task, named)


def identity_of(prepared: Prepared, machine: Mapping[str, Any]) -> str:
    """What the values of a point depend on, as a hash: model, inputs, chance, question, and the machine's identity."""
    task = prepared.task
    plain = {
        "model": task.model.hash,
        "inputs": hashes_of(task.inputs),
        "chance": task.chance.record(),
        "levers": [(lever.name, lever.low, lever.high) for lever in task.levers],
        "question": [
            [outcome.name for outcome in task.question.outcomes],
            task.question.years,
            task.question.places,
        ],
        "machine": dict(machine),
        "backend": task.backend,
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
