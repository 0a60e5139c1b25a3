"""From an order to a finished comparison."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.compare.explain import Carried, Opened, carried_by, open_loops, shares_of
from scenarios.compare.groups import Group, contrast_of
from scenarios.compare.order import CompareOrder, check_order
from scenarios.compare.pairs import Bands, pair_bands
from scenarios.compare.shapley import Ends, Shares
from scenarios.compare.sides import Side, Sides, read_sides
from scenarios.ensemble.order import chosen_backend
from scenarios.run import Say

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Compared:
    """One scenario beside the base: its measures (year, row, area), what it assumes differently, and why they differ.

    bands: the difference over pairs of runs, None where none were asked for.
    """

    side: Side
    values: Floats
    groups: tuple[Group, ...]
    shares: Shares
    carried: Carried
    bands: Bands | None


@dataclass(frozen=True)
class Comparison:
    """A finished comparison: what was asked, the scenarios, the base's measures (year, row, area), and the others."""

    order: CompareOrder
    sides: Sides
    base: Floats
    compared: tuple[Compared, ...]

    def difference(self, number: int) -> Floats:
        """A scenario less the base (year, row, area)."""
        return self.compared[number].values - self.base


def compare(order: CompareOrder, say: Say) -> Comparison:
    """Compare scenarios with the first of them. The same order gives the same numbers.

    Raises ScenarioError, ModelErrors or BackendMissingError with what the user can mend.
    """
    check_order(order)
    say("Reading the model and the scenarios")
    sides = read_sides(order, chosen_backend(order.backend))
    base = sides.once(sides.base.inputs)
    opened = open_loops(sides)
    bands: tuple[Bands | None, ...] = (None,) * len(sides.others)
    if order.members:
        bands = pair_bands(sides, order, say)
    found = [
        _compared(side, (sides, opened, base), (order, band), say)
        for side, band in zip(sides.others, bands, strict=True)
    ]
    return Comparison(order, sides, base, tuple(found))


def _compared(
    side: Side, common: tuple[Sides, Opened, Floats], asked: tuple[CompareOrder, Bands | None], say: Say
) -> Compared:
    sides, opened, base = common
    order, band = asked
    values = sides.once(side.inputs)
    contrast, ends = contrast_of(sides.base.inputs, side.inputs, sides.model), Ends(base, values)
    if not contrast.groups:
        return _alike(side, values, band)
    say(f"Shares of {len(contrast.groups)} groups of assumptions in '{side.name}'")
    shares = shares_of(contrast, ends, sides, order.orders)
    say(f"Loops that carried the difference of '{side.name}'")
    return Compared(side, values, contrast.groups, shares, carried_by(side, ends, sides, opened), band)


def _alike(side: Side, values: Floats, band: Bands | None) -> Compared:
    """A scenario that assumes what the base does: there is nothing to explain."""
    from scenarios.compare.loops import LOOPS

    none, loops = np.zeros((0, *values.shape)), np.zeros((len(LOOPS), *values.shape))
    carried = Carried(LOOPS, np.zeros_like(values), loops, loops)
    return Compared(side, values, (), Shares(none, none, 0), carried, band)
