"""Binds subscripts to index labels: which axis of a variable runs with which index of an equation."""

from __future__ import annotations

from dataclasses import dataclass

from model.language.expressions import Call, Expression, Reference, Subscript
from model.language.functions import REDUCTIONS
from model.language.ranges import Ranges


class BindingError(ValueError):
    """A wrong or missing subscript; after the line break how to resolve it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """How one axis of a variable is read: `label` the index it runs with (None: one element),
    `positions` the places along the axis, None where the whole axis is read in order."""

    label: str | None
    positions: tuple[int, ...] | None


BOUND = "!"


def bound_label(name: str) -> str:
    """Return the index label of a range under SUM, VMIN, VMAX or PROD."""
    return name + BOUND


def range_of(label: str) -> str:
    """Return the range key of an index label."""
    return label.removesuffix(BOUND)


@dataclass(frozen=True, slots=True)
class Target:
    """The variable that a reference reads: its name as written and the keys of its ranges."""

    name: str
    dims: tuple[str, ...]


def bind(reference: Reference, target: Target, left: tuple[str, ...], ranges: Ranges) -> tuple[Axis, ...]:
    """Return how each axis of the target is read in an equation with the left-hand subscripts `left`.

    Raises BindingError where a subscript is missing, unknown, out of the variable's range or not on the left.
    """
    given, dims = reference.subscripts, target.dims
    if len(given) != len(dims):
        written = f"[{', '.join(ranges[dim].name for dim in dims)}]" if dims else ""
        have = f"[{_written(given)}]" if given else "none"
        raise BindingError(
            f"'{target.name}' has {'the subscripts ' + written if dims else 'no subscripts'}, "
            f"but is read with {have}.\nWrite {target.name}{written}."
        )
    axes = tuple(_axis(s, (target.name, dim), left, ranges) for s, dim in zip(given, dims, strict=True))
    labels = [axis.label for axis in axes if axis.label]
    if len(set(labels)) < len(labels):
        raise BindingError(
            f"'{target.name}[{_written(given)}]' runs twice with the same index.\n"
            "Use an alias range for one of them and pick the diagonal with a table of 0 and 1."
        )
    return axes


def _written(subscripts: tuple[Subscript, ...]) -> str:
    return ", ".join(s.name + (BOUND if s.bound else "") for s in subscripts)


def _axis(subscript: Subscript, place: tuple[str, str], left: tuple[str, ...], ranges: Ranges) -> Axis:
    name, (variable, dim) = subscript.name, place
    if not ranges.known(name):
        raise BindingError(
            f"'{name}' in '{variable}[…]' is neither a range nor an element.\n"
            f"'{variable}' runs over {ranges[dim].name}."
        )
    positions = ranges.positions(name, dim)
    if positions is None:
        raise BindingError(
            f"'{ranges.display[name]}' does not lie in '{ranges[dim].name}', over which "
            f"'{variable}' runs.\nRead it with '{ranges[dim].name}' or an element of it."
        )
    if name not in ranges:
        return Axis(None, positions)
    label = bound_label(name) if subscript.bound else _free_label(name, variable, left, ranges)
    whole = positions == tuple(range(len(ranges[dim].elements)))
    return Axis(label, None if whole else positions)


def _free_label(name: str, variable: str, left: tuple[str, ...], ranges: Ranges) -> str:
    """Return the left-hand range that a free range runs with: itself, or one it is mapped to."""
    if name in left:
        return name
    for target in ranges[name].maps_to:
        if target in left:
            return target
    raise BindingError(
        f"'{ranges[name].name}' in '{variable}[…]' is not on the left-hand side.\n"
        f"Sum over it ({ranges[name].name}! under SUM), use an element, or declare a mapping "
        f"({ranges[name].name}: … -> the range on the left)."
    )


def bound_labels(expression: Expression) -> tuple[str, ...]:
    """Return the index labels that a SUM, VMIN, VMAX or PROD of this expression runs over."""
    found: dict[str, None] = {}
    _collect_bound(expression, found)
    return tuple(found)


def _collect_bound(expression: Expression, found: dict[str, None]) -> None:
    if isinstance(expression, Reference):
        found.update({bound_label(s.name): None for s in expression.subscripts if s.bound})
    elif isinstance(expression, Call) and expression.function not in REDUCTIONS:
        for argument in expression.arguments:
            _collect_bound(argument, found)
