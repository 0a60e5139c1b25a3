"""Referees: PySD and pysimlin run the exported file; how far is each variable from our engine?"""

from __future__ import annotations

import itertools
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.engine.simulate import simulate
from model.export import export_model
from model.language.expressions import key
from model.language.structure import Model, Variable

Values = NDArray[np.float64]
Reader = Callable[[Variable, list[str]], Values]

TOLERANCE = 1e-9
ROUNDING = 1e-13  # of the largest input of the same unit: what adding and subtracting may leave over


class RefereeMissingError(ImportError):
    """A referee's package is not installed; the message names it."""


@dataclass(frozen=True)
class Agreement:
    """What a referee found: largest relative difference by variable, seconds to load and run, steps compared."""

    referee: str
    differences: dict[str, float]
    load_seconds: float
    run_seconds: float
    steps: int
    missing: tuple[str, ...] = field(default=())

    @property
    def worst(self) -> float:
        """The largest relative difference."""
        return max(self.differences.values(), default=0.0)

    def text(self) -> str:
        """Return a summary with the five largest differences."""
        ranked = sorted(self.differences.items(), key=lambda pair: -pair[1])[:5]
        head = (
            f"{self.referee}: {len(self.differences)} variables over {self.steps} steps, largest relative "
            f"difference {self.worst:.1e}; loaded in {self.load_seconds:.1f} s, run in {self.run_seconds:.2f} s."
        )
        return "\n".join([head, *(f"  {name}: {value:.1e}" for name, value in ranked)])


def compare_with_pysd(model: Model, inputs: xr.Dataset, years: float, data_variables: bool = False) -> Agreement:
    """Run PySD on the exported file for some years and compare every variable (series as data if wanted)."""
    try:
        import pysd
    except ImportError as error:
        raise RefereeMissingError("PySD is not installed.") from error
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(), _all_digits():
        warnings.simplefilter("ignore")
        path, *beside = export_model(model, inputs, Path(folder) / "model.mdl", not data_variables)
        begun = time.perf_counter()
        loaded = pysd.read_vensim(path, data_files=[str(file) for file in beside] or None)
        ready = time.perf_counter()
        frame = loaded.run(final_time=float(inputs["time"][0]) + years)
        ended = time.perf_counter()
    columns = {_flat(str(column)): frame[column].to_numpy(dtype=float) for column in frame}
    return _compare("PySD", model, inputs, lambda v, e: columns[_flat(_shown(v, e))], (begun, ready, ended))


def _all_digits() -> AbstractContextManager[object]:
    """Let PySD write all digits of constant arrays into its code: by default it keeps NumPy's eight."""
    return np.printoptions(precision=17, floatmode="unique")


def compare_with_pysimlin(model: Model, inputs: xr.Dataset) -> Agreement:
    """Run pysimlin on the exported self-contained file over the whole span and compare every variable."""
    try:
        import simlin
    except ImportError as error:
        raise RefereeMissingError("pysimlin is not installed.") from error
    with tempfile.TemporaryDirectory() as folder:
        path, *_ = export_model(model, inputs, Path(folder) / "model.mdl")
        begun = time.perf_counter()
        loaded = simlin.load(path)
    ready = time.perf_counter()
    with loaded.simulate() as run:
        run.run_to_end()
        ended = time.perf_counter()
        return _compare(
            "pysimlin", model, inputs, lambda v, e: run.get_series(_flat(_shown(v, e))), (begun, ready, ended)
        )


def pysimlin_unit_complaints(model: Model, inputs: xr.Dataset) -> dict[str, str]:
    """Return what pysimlin's unit check says of the exported file, by variable (empty name: of the whole)."""
    import simlin

    with tempfile.TemporaryDirectory() as folder:
        path, *_ = export_model(model, inputs, Path(folder) / "model.mdl")
        issues = simlin.load(path).check()
    return {issue.variable or "": issue.message for issue in issues if "unit" in issue.message}


def numbers_of_a_moment(model: Model) -> int:
    """Return how many numbers the variables of a model hold at one moment."""
    return sum(int(np.prod(model.shape(v.name))) for v in model.variables.values() if v.kind != "lookup")


def _flat(name: str) -> str:
    return key(name).replace(",_", ",")


def _shown(variable: Variable, elements: Sequence[str]) -> str:
    return f"{variable.name}[{', '.join(elements)}]" if elements else variable.name


def _compare(
    referee: str, model: Model, inputs: xr.Dataset, read: Reader, clock: tuple[float, float, float]
) -> Agreement:
    names = [v.name for v in model.variables.values() if v.kind != "lookup"]
    ours = simulate(model, inputs, names)
    differences: dict[str, float] = {}
    missing: list[str] = []
    steps = 0
    for variable in (model.variables[name] for name in names):
        try:
            theirs = _gather(model, variable, read)
        except (KeyError, RuntimeError):
            missing.append(variable.name)
            continue
        steps = len(theirs)
        mine = ours[variable.key].to_numpy()[:steps]
        differences[variable.name] = _difference(mine, theirs, _noise(model, variable, ours))
    begun, ready, ended = clock
    return Agreement(referee, differences, ready - begun, ended - ready, steps, tuple(missing))


def _gather(model: Model, variable: Variable, read: Reader) -> Values:
    """Return a referee's values of a variable, time first."""
    cells = [read(variable, elements) for elements in _elements(model, variable)]
    stacked = np.stack(cells, axis=-1)
    return stacked.reshape(len(stacked), *model.shape(variable.name))


def _elements(model: Model, variable: Variable) -> Iterator[list[str]]:
    axes = [[model.ranges.display[e] for e in model.ranges[key(dim)].elements] for dim in variable.dims]
    return (list(place) for place in itertools.product(*axes))


def _noise(model: Model, variable: Variable, ours: xr.Dataset) -> float:
    """Return the difference that rounding alone may leave: a tiny part of the largest input of the same unit."""
    same = [model.variables[name] for name in variable.inputs if model.variables[name].unit == variable.unit]
    sizes = [_largest(ours[other.key].to_numpy()) for other in same if other.key in ours]
    return ROUNDING * max(sizes, default=0.0)


def _largest(values: Values) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0


def _difference(mine: Values, theirs: Values, noise: float) -> float:
    """Return the largest difference relative to the variable's largest value; NaN on both sides is agreement."""
    apart = np.abs(mine - theirs)
    apart = np.where(np.isnan(mine) & np.isnan(theirs), 0.0, np.where(mine == theirs, 0.0, apart))
    if np.isnan(apart).any():
        return float("inf")
    excess = np.maximum(apart - noise, 0.0).max(initial=0.0)
    return float(excess / _largest(mine)) if excess else 0.0
