"""A model of fewer elements: the same equations for some municipalities, say, for tools with little room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from model.language.errors import ModelErrors, Problem, did_you_mean
from model.language.expressions import key
from model.language.ranges import Range, Ranges
from model.language.source import Entry
from model.language.structure import Model


def restrict(model: Model, dimension: str, labels: Iterable[str]) -> Model:
    """Return the model with only the elements of a dimension (its aliases and sub-ranges too) with these labels.

    Raises ModelErrors where a label is unknown.
    """
    root = key(dimension)
    wanted = set(labels)
    by_label = dict(zip(map(str, model.coordinates(root)), model.ranges[root].elements, strict=True))
    unknown = [
        Problem("restrict", 0, f"'{label}' is not a {dimension} of the model.", did_you_mean(label, by_label))
        for label in sorted(wanted - by_label.keys())
    ]
    if unknown:
        raise ModelErrors(unknown)
    kept = {element for label, element in by_label.items() if label in wanted}
    ranges = Ranges({n: _shortened(r, root, kept) for n, r in model.ranges.by_name.items()}, model.ranges.display)
    entries = tuple(_entry(entry, model.ranges, ranges) for entry in model.entries)
    part = f"{model.hash} {root} {','.join(sorted(kept))}"
    return replace(model, ranges=ranges, entries=entries, hash=part, whole=model.whole or model)


def _shortened(chosen: Range, root: str, kept: set[str]) -> Range:
    if chosen.root != root:
        return chosen
    return replace(chosen, elements=tuple(element for element in chosen.elements if element in kept))


def _entry(entry: Entry, before: Ranges, after: Ranges) -> Entry:
    """Return the declaration of a shortened range with its new elements; every other entry as it is."""
    name = key(entry.equation.split(":")[0])
    if name not in after or after[name].elements == before[name].elements or after[name].alias_of:
        return entry
    elements = ", ".join(after.display[element] for element in after[name].elements)
    mapped = ", ".join(after[target].name for target in after[name].maps_to)
    equation = f"{after[name].name}: {elements}{f' -> {mapped}' if mapped else ''}"
    return replace(entry, equation=equation, text=f"{equation} ~~ {entry.comment}")
