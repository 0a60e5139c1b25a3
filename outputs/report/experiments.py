"""What measures and hindrances change, one at a time: illustrations on the scenario's middle assumptions.

A measure moves one lever by a stated step, a hindrance is taken away by moving its levers to the good ends of their
ranges; from 2026, phased in over three years. Steps stand in measures.csv, hindrances in obstacles.csv, with reasons.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from scenarios.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from model.language import Model
    from outputs.report.cases import Case

HERE = Path(__file__).resolve().parent
MEASURES, OBSTACLES = HERE / "measures.csv", HERE / "obstacles.csv"
FROM, RAMP = 2026.0, 3.0
"""Calendar year from which a measure is phased in, and over how many years."""
SAVED = ("total population", "Nonregistered workers", "tax forgone", "municipal result")
ALL_MEASURES, ALL_OBSTACLES = "all measures", "all obstacles"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Measure:
    """One step of one lever: to which value, which theme it belongs to, who decides, and why this step."""

    lever: str
    to: float
    theme: str
    who: tuple[str, str]
    action: tuple[str, str]
    why: str


@dataclass(frozen=True)
class Effect:
    """What one experiment changes against the scenario: each result (year, municipality)."""

    name: str
    levers: tuple[str, ...]
    change: dict[str, Floats]


@dataclass(frozen=True)
class Experiments:
    """The effects of each measure, of taking each hindrance away, and of all together.

    years, codes: along the effects' arrays. old, new: each lever's mean before and in the measure.
    """

    measures: tuple[Measure, ...]
    effects: dict[str, Effect]
    obstacles: dict[str, Effect]
    years: tuple[int, ...]
    codes: tuple[str, ...]
    old: dict[str, float]

    def gain(self, effect: Effect, result: str, year: int, codes: Iterable[str]) -> float:
        """How much more of a result there is in a year, in these municipalities."""
        inside = [self.codes.index(code) for code in codes]
        return float(effect.change[result][self.years.index(year), inside].sum())


def read_measures(path: Path = MEASURES) -> tuple[Measure, ...]:
    """The measures. Raises ScenarioError when the table is missing or damaged."""
    return tuple(
        Measure(
            row["lever"],
            float(row["to"]),
            row["theme"],
            (row["who_en"], row["who_sv"]),
            (row["action_en"], row["action_sv"]),
            row["why"],
        )
        for row in _rows(path)
    )


def read_obstacles(path: Path = OBSTACLES) -> dict[str, dict[str, str]]:
    """The levers of each hindrance and the end of their range that takes it away: 'low' or 'high'."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows(path):
        found.setdefault(row["obstacle"], {})[row["lever"]] = row["end"]
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, ValueError) as error:
        way = f"Bring it back from version control: git checkout -- outputs/report/{path.name}"
        raise ScenarioError([Problem(path.name, f"the table is missing or damaged: {error}.", way)]) from None


def run_experiments(case: Case, codes: tuple[str, ...], years: tuple[int, ...]) -> Experiments:
    """Run every measure and hindrance of a case in the municipalities `codes`, a few at a time."""
    measures = read_measures()
    model = case.prepared.model
    tried = {measure.lever: {measure.lever: measure.to} for measure in measures}
    tried[ALL_MEASURES] = {measure.lever: measure.to for measure in measures}
    removed = {name: _ends(model, levers) for name, levers in read_obstacles().items()}
    removed[ALL_OBSTACLES] = {lever: end for ends in removed.values() for lever, end in ends.items()}
    bench = _Bench.of(
        case, codes, years, sorted({lever for each in (tried, removed) for v in each.values() for lever in v})
    )
    found = bench.run([{}, *tried.values(), *removed.values()])
    base, rest = found[0], found[1:]
    effects = [
        Effect(name, tuple(levers), {key: values[key] - base[key] for key in values})
        for (name, levers), values in zip([*tried.items(), *removed.items()], rest, strict=True)
    ]
    count = len(tried)
    first = {each.name: each for each in effects[:count]}
    second = {each.name: each for each in effects[count:]}
    places = tuple(str(code) for code in case.results["municipality"].values)
    old = {lever: float(case.inputs[lever].mean()) for lever in bench.levers}
    return Experiments(measures, first, second, years, places, old)


def _ends(model: Model, levers: dict[str, str]) -> dict[str, float]:
    ends = {}
    for lever, end in levers.items():
        low, high = model.variables[lever].range or (None, None)
        value = low if end == "low" else high
        if value is None:
            raise ScenarioError([Problem("obstacles.csv", f"'{lever}' has no {end} end of its range.", "Add one.")])
        ends[lever] = float(value)
    return ends


@dataclass(frozen=True)
class _Bench:
    """A compiled model whose levers can be moved in some municipalities."""

    batch: Any
    levers: tuple[str, ...]
    before: dict[str, Floats]
    weight: dict[str, Floats]

    @classmethod
    def of(cls, case: Case, codes: tuple[str, ...], years: tuple[int, ...], levers: list[str]) -> _Bench:
        from model.engine.batch import Wanted, compile_batch

        wanted = Wanted(varied=tuple(levers), save=SAVED, years=years, backend=None)
        batch = compile_batch(case.prepared.model, case.inputs, wanted)
        times = np.asarray(case.inputs["time"].values, dtype=np.float64)
        phase = np.clip((times - FROM) / RAMP, 0.0, 1.0)
        before = {lever: _over_time(case.inputs[lever], len(times)) for lever in levers}
        weight = {lever: _where(case.inputs[lever], phase, codes) for lever in levers}
        return cls(batch, tuple(levers), before, weight)

    def run(self, trials: list[dict[str, float]]) -> list[dict[str, Floats]]:
        """The yearly results (year, municipality) of each trial: the levers named at the value given."""
        found: list[dict[str, Floats]] = []
        for at in range(0, len(trials), self.batch.size):
            block = trials[at : at + self.batch.size]
            varied = {lever: np.stack([self._moved(lever, trial) for trial in block]) for lever in self.levers}
            values = self.batch.run(varied)
            found += [{key: array[i] for key, array in values.items()} for i in range(len(block))]
        return found

    def _moved(self, lever: str, trial: dict[str, float]) -> Floats:
        before = self.before[lever]
        return before if lever not in trial else before + self.weight[lever] * (trial[lever] - before)


def _over_time(values: xr.DataArray, steps: int) -> Floats:
    array = np.asarray(values.values, dtype=np.float64)
    return array if "time" in values.dims else np.broadcast_to(array, (steps, *array.shape))


def _where(values: xr.DataArray, phase: Floats, codes: tuple[str, ...]) -> Floats:
    """How far a lever is moved at each step and place; a national lever (no places) is moved for all."""
    if "municipality" not in values.dims:
        return phase
    inside = np.isin(values["municipality"].values.astype(str), codes).astype(np.float64)
    return np.asarray(phase[:, None] * inside)
