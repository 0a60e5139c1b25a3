"""The results that an ensemble keeps of each member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scenarios.problems import Problem, ScenarioError, unknown

if TYPE_CHECKING:
    from model.language import Model, Variable

ALWAYS = "total_population"
"""Without it no need can be compared with."""
STANDARD_WORD = "standard"
STANDARD = (
    ALWAYS,
    "population_by_sex",
    "present_population",
    "births",
    "deaths",
    "in_migration",
    "immigration",
    "out_migration",
    "net_migration",
    "in_migration_jobs",
    "filled_jobs",
    "jobs_in_statistics",
    "employed_residents",
    "labour_force",
    "unemployed",
    "unemployment_rate",
    "vacancies",
    "in_commuters",
    "out_commuters",
    "nonregistered_workers",
    "nonregistered_share",
    "dwellings",
    "dwellings_completed",
    "households",
    "homes_missing",
    "vacancy_rate",
    "house_price_index",
    "tax_base",
    "tax_base_per_inhabitant",
    "tax_forgone",
    "municipal_result",
    "service_level",
    "dependency_ratio",
    "project_jobs",
)
"""Kept unless the user names others: people, work, homes and money by municipality, with the parts of every rate."""
KINDS = ("stock", "auxiliary")
STORED = np.dtype(np.float32)
"""Results are stored in single precision: seven digits, more than any of them is known to."""


@dataclass(frozen=True)
class Kept:
    """A kept result: its name, dimensions, labels along each, and what is said about it."""

    name: str
    dims: tuple[str, ...]
    labels: tuple[tuple[str | int, ...], ...]
    attributes: tuple[tuple[str, str], ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """Cells along each dimension, without members and years."""
        return tuple(len(labels) for labels in self.labels)


def choose_kept(model: Model, keep: tuple[str, ...] | None) -> tuple[Kept, ...]:
    """The results to keep, in a fixed order whatever the order they were named in.

    Raises ScenarioError for names that the model does not compute, with the nearest one.
    """
    computed = {v.key: v for v in model.variables.values() if v.kind in KINDS}
    named = dict.fromkeys(_key(name) for name in (STANDARD_WORD,) if keep is None)
    named |= dict.fromkeys(_key(name) for name in keep or ())
    wanted = {ALWAYS, *(STANDARD if STANDARD_WORD in named else ()), *(name for name in named if name != STANDARD_WORD)}
    problems = [_unknown(name, list(computed)) for name in sorted(wanted - set(computed))]
    if problems:
        raise ScenarioError(problems)
    return tuple(_kept(model, variable) for name, variable in computed.items() if name in wanted)


def bytes_of_a_member(kept: tuple[Kept, ...], years: int) -> int:
    """Bytes that a member needs before they are compressed."""
    return sum(years * int(np.prod(each.shape)) * STORED.itemsize for each in kept)


def _key(name: str) -> str:
    return "_".join(name.strip().lower().replace("_", " ").split())


def _unknown(name: str, known: list[str]) -> Problem:
    hint = "All of them: sim.py list outputs."
    return Problem(f"--keep {name}", *unknown(name, known, "result", hint))


def _kept(model: Model, variable: Variable) -> Kept:
    from model.engine.simulate import describe

    labels: tuple[tuple[str | int, ...], ...] = tuple(tuple(model.coordinates(dim)) for dim in variable.dims)
    return Kept(variable.key, variable.dims, labels, tuple(describe(variable).items()))
