"""The model as something that turns strengths of measures into numbers, over a fixed set of members."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.ensemble.order import Backend
from scenarios.sensitivity.outcomes import Question
from scenarios.target.bases import BY_NAME, Found, Span
from scenarios.target.handles import Handles
from scenarios.target.limits import Limit
from scenarios.target.measures import MEASURES, Seen

if TYPE_CHECKING:
    from model.engine.batch import Batch
    from model.language import Model
    from scenarios.chance import Chance

Floats = NDArray[np.float64]
PAYERS = ("municipality", "region", "state", "residents")


@dataclass(frozen=True)
class Aim:
    """What is looked at in every run: the outcome asked for, within which places (positions along the municipalities),
    the limits, and the years."""

    question: Question
    inside: tuple[int, ...]
    limits: tuple[Limit, ...]
    span: Span
    base: float

    @property
    def columns(self) -> int:
        """Numbers told of a member: the outcome, each limit; then the cost of each handle."""
        return 1 + len(self.limits)

    def variables(self, handles: Handles) -> tuple[str, ...]:
        """The model's variables that runs must keep."""
        measured = [name for limit in self.limits for name in MEASURES[limit.name].variables]
        paid = [name for handle in handles.each for name in BY_NAME[handle.cost.per].variables]
        return tuple(dict.fromkeys([*self.question.variables, *measured, *paid]))

    def numbers(self, found: Found, handles: Handles, strengths: Floats) -> Floats:
        """The numbers of some members, (members, 1 + limits + handles): outcome, limits, million kronor in all."""
        outcome = self._outcome(found)
        bills = np.stack(list(_bills(found, handles, strengths, self.span)), axis=1)  # (members, handles, years)
        paid = {payer: _paid_by(payer, bills, handles) for payer in PAYERS}
        seen = Seen({name: self._within(values) for name, values in found.items()}, paid, self.span)
        measured = [MEASURES[limit.name].value(seen) for limit in self.limits]
        return np.column_stack([outcome, *measured, bills.sum(axis=-1)])

    def _outcome(self, found: Found) -> Floats:
        rows = [self.span.years.index(year) for year in self.question.run_years]
        chosen = {name: found[name][:, rows] for name in self.question.variables}
        values = self.question.values(chosen).reshape(-1, *self.question.shape)[:, 0, 0, :]
        return np.asarray(values.sum(axis=-1)) - self.base

    def _within(self, values: Floats) -> Floats:
        places = len(self.question.codes)
        return values[..., list(self.inside)] if values.ndim > 2 and values.shape[-1] == places else values


def _bills(found: Found, handles: Handles, strengths: Floats, span: Span) -> Iterator[Floats]:
    """What each handle costs, (members, years), million kronor."""
    moved = handles.in_force(strengths, span.years)
    for handle, change in zip(handles.each, moved, strict=True):
        count = np.nan_to_num(BY_NAME[handle.cost.per].count(found, span))  # flows of the first year are unknown
        units = count[..., list(handle.where)].sum(axis=-1) if handle.where else count.sum(axis=-1)
        if handle.cost.once:
            change = np.diff(change, prepend=0.0).clip(min=0)
        yield units * change * handle.cost.cost


def _paid_by(payer: str, bills: Floats, handles: Handles) -> Floats:
    own = [at for at, handle in enumerate(handles.each) if handle.cost.pays == payer]
    return np.asarray(bills[:, own].sum(axis=1))


@dataclass(frozen=True)
class Members:
    """Some members of a seed, with what is drawn for each."""

    seed: int
    count: int


@dataclass(frozen=True, eq=False)
class Machine:
    """A scenario's inputs, what is uncertain in them, the handles, and what is looked at."""

    model: Model
    inputs: xr.Dataset
    chance: Chance
    handles: Handles
    aim: Aim
    members: Members
    backend: Backend
    workers: int

    @cached_property
    def _batch(self) -> Batch:
        from model.engine.batch import Wanted, compile_batch

        varied = (*self.chance.varied, *self.handles.levers)
        save = self.aim.variables(self.handles)
        return compile_batch(self.model, self.inputs, Wanted(varied=varied, save=save, backend=self.backend))

    @cached_property
    def _drawn(self) -> list[Mapping[str, Floats]]:
        """What is drawn for the members of each block."""
        drawn = self.chance.draw(self.members.seed, range(self.members.count))
        size = self._batch.size
        starts = range(0, self.members.count, size)
        return [{name: values[at : at + size] for name, values in drawn.items()} for at in starts]

    def numbers(self, points: Floats) -> Floats:
        """The numbers of every member at each point of strengths, (points, members, 1 + limits + handles)."""
        levers = [self.handles.values(point) for point in points]
        tasks = [(at, block) for at in range(len(points)) for block in range(len(self._drawn))]
        if self.workers == 1:
            parts = [self._block(points[at], levers[at], block) for at, block in tasks]
        else:
            parts = self._side_by_side(points, levers, tasks)
        blocks = len(self._drawn)
        return np.stack([np.concatenate(parts[at * blocks : (at + 1) * blocks]) for at in range(len(points))])

    def _side_by_side(
        self, points: Floats, levers: Sequence[Mapping[str, Floats]], tasks: Sequence[tuple[int, int]]
    ) -> list[Floats]:
        """The same on several threads: machine code runs without Python's lock."""
        pool = ThreadPoolExecutor(self.workers)
        try:
            return list(pool.map(lambda task: self._block(points[task[0]], levers[task[0]], task[1]), tasks))
        finally:
            pool.shutdown(cancel_futures=True)

    def _block(self, point: Floats, levers: Mapping[str, Floats], block: int) -> Floats:
        drawn = self._drawn[block]
        size = len(next(iter(drawn.values())))
        moved = {name: np.broadcast_to(values, (size, *values.shape)) for name, values in levers.items()}
        return self.aim.numbers(self._batch.run({**drawn, **moved}), self.handles, point)

    def identity(self, machine: Mapping[str, Any]) -> str:
        """What the numbers of a point depend on, as a hash."""
        from scenarios.ensemble.plan import hashes_of

        question = self.aim.question
        plain = {
            "model": self.model.hash,
            "inputs": hashes_of(self.inputs),
            "chance": self.chance.record(),
            "handles": [(each.key, each.where, repr(each.cost)) for each in self.handles.each],
            "ramp": repr(self.handles.ramp),
            "limits": [limit.name for limit in self.aim.limits],
            "question": repr((question.outcomes, question.years, question.places, question.base_year, self.aim.base)),
            "members": (self.members.seed, self.members.count),
            "backend": self.backend,
            "machine": dict(machine),
        }
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
