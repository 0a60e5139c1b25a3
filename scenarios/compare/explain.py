"""Why two scenarios differ: the share of every assumption, and the loops that carried the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from model.language.expressions import key
from scenarios.compare.groups import Contrast
from scenarios.compare.loops import LOOPS, Loop, held, linked, missing_links, switched
from scenarios.compare.shapley import Ends, Shares, shapley
from scenarios.compare.sides import Side, Sides
from scenarios.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from model.language import Model

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
TABLE = "scenarios/compare/loops.py"


@dataclass(frozen=True)
class Carried:
    """How a difference (year, row, area) came about.

    direct: what is left of it with every loop open. shares (loop, …): what each loop carried, by Shapley values, so
    that direct and shares add up to the difference. alone (loop, …): what vanishes when only this loop is opened; these
    do not add up, since loops act on each other.
    """

    loops: tuple[Loop, ...]
    direct: Floats
    shares: Floats
    alone: Floats


def shares_of(contrast: Contrast, ends: Ends, sides: Sides, orders: int) -> Shares:
    """Each group's share of the difference between the base (nobody) and the other scenario (everybody)."""
    batch = sides.batch(sides.base.inputs, contrast.names)
    return shapley(len(contrast.groups), ends, lambda members: sides.run(batch, contrast.inputs(members)), orders)


@dataclass(frozen=True)
class Opened:
    """The model with a switch for each loop, and what the links' variables were in the run compared with."""

    model: Model
    series: xr.Dataset

    def inputs(self, inputs: xr.Dataset) -> xr.Dataset:
        """Inputs of the model with switches, all closed."""
        closed = {loop.switch: 1.0 for loop in LOOPS}
        return inputs.assign(closed | {str(name): self.series[name] for name in self.series.data_vars})


def open_loops(sides: Sides) -> Opened:
    """The model whose loops can be opened at the base's run. Raises ScenarioError when links and equations differ."""
    from model.engine import simulate

    missing = missing_links(sides.model)
    if missing:
        what = f"links of the loops that the model's equations do not have: {'; '.join(missing)}."
        raise ScenarioError([Problem(TABLE, what, "Bring the table in step with the equations.")])
    names = linked(sides.model)
    found = simulate(sides.model, sides.base.inputs, save=names)
    return Opened(switched(sides.model), xr.Dataset({held(name): found[key(name)] for name in names}))


def carried_by(other: Side, ends: Ends, sides: Sides, opened: Opened) -> Carried:
    """Run the other scenario with every combination of loops open and closed."""
    switches = tuple(loop.switch for loop in LOOPS)
    batch = sides.batch(opened.inputs(other.inputs), switches, opened.model)

    def game(closed: Flags) -> Floats:
        return sides.run(batch, dict(zip(switches, closed.T.astype(np.float64), strict=True)))

    count = len(LOOPS)
    none = game(np.zeros((1, count), dtype=bool))[0]
    found = shapley(count, Ends(none, ends.everybody), game)
    alone = ends.everybody - game(~np.eye(count, dtype=bool))
    return Carried(LOOPS, none - ends.nobody, found.values, alone)
