"""Scenarios laid over each other: from what the user typed to the one scenario that is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios.problems import Problem, ScenarioError
from scenarios.read import FOLDER, JOIN, Scenario, find_scenario, read_scenario
from scenarios.schema import Header, Settings, Texts
from scenarios.wrong import problem_of


def compose(given: str | Sequence[str], folder: Path = FOLDER) -> tuple[Scenario, list[Problem]]:
    """The scenario that names or files mean, and the mistakes in them: several are laid over their common baseline.

    `given`: one or more names or paths; in each, + may join several ("steel-late+grid-late"). Raises ScenarioError
    for what cannot be read, or cannot be laid over each other.
    """
    words = [given] if isinstance(given, str) else list(given)
    if not words:
        raise ScenarioError([Problem("", "no scenario was given.", "sim.py list scenarios shows those there are.")])
    read = [read_scenario(find_scenario(word, folder), folder) for word in _split(words)]
    problems = list(dict.fromkeys(problem for _, found in read for problem in found))
    layers = tuple(scenario for scenario, _ in read)
    if len(layers) == 1:
        return layers[0], problems
    unfit = [*_twice(layers), *_baselines(layers)]
    if unfit:
        raise ScenarioError([*problems, *unfit])
    settings = _settings(layers, problems)
    first = layers[0]
    label = f" {JOIN} ".join(layer.label for layer in layers)
    return Scenario(first.path, label, _header(layers), settings, baseline=first.baseline, layers=layers), problems


def joined(names: Sequence[str]) -> str:
    """Several names as the one text that means them laid over each other."""
    return JOIN.join(names)


def folder_name(given: str | Sequence[str]) -> str:
    """What the folder of a run of these scenarios is called. Raises ScenarioError."""
    return compose(given)[0].name


def _split(words: Sequence[str]) -> list[str]:
    """Each scenario's name; a file whose own name holds the joining sign is taken whole."""
    return [part for word in words for part in ([word] if _is_file(word) else word.split(JOIN))]


def _is_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except OSError:
        return False


def _twice(layers: Sequence[Scenario]) -> Iterator[Problem]:
    """Scenarios that are given twice, as themselves or as another's baseline, or that share a name."""
    for first, second in combinations(layers, 2):
        if _same(first, second):
            yield Problem(second.label, "the same scenario is given twice.", "Leave one out.")
        elif first.name == second.name:
            what = f"two scenarios are both called '{first.name}'."
            yield Problem(f"{first.label} and {second.label}", what, "Rename one of the files.")
    for layer in layers:
        for other in layers:
            if any(_same(layer, part) for part in other.chain[:-1]):
                what = f"it is given beside {other.label}, which builds on it already."
                yield Problem(layer.label, what, f"Leave '{layer.name}' out.")


def _baselines(layers: Sequence[Scenario]) -> Iterator[Problem]:
    """Scenarios that build on other baselines than the first one."""
    first = layers[0]
    for layer in layers[1:]:
        same = len(layer.chain) == len(first.chain) and all(map(_same, layer.chain[:-1], first.chain[:-1]))
        beside = any(_same(layer, part) for part in first.chain) or any(_same(first, part) for part in layer.chain)
        if not same and not beside:
            what = f"they build on different baselines: '{first.header.baseline}' and '{layer.header.baseline}'."
            way = "Only scenarios on the same baseline can be laid over each other: give one of them the other's."
            yield Problem(f"{first.label} and {layer.label}", what, way)


def _same(first: Scenario, second: Scenario) -> bool:
    return first.path.resolve() == second.path.resolve()


def _settings(layers: Sequence[Scenario], problems: list[Problem]) -> Settings:
    """The settings of all layers; where two set the same otherwise, the later one has to say that it overrides."""
    before = layers[0].baseline.settings.model_dump(exclude_unset=True) if layers[0].baseline else {}
    merged: dict[str, Any] = dict(before)
    said: dict[str, Scenario] = {}
    for layer in layers:
        for key, value in layer.settings.model_dump(exclude_unset=True).items():
            if before.get(key) == value:
                continue
            if key in said and merged[key] != value and not layer.settings.overrides:
                problems.append(_contradiction(key, said[key], layer))
            merged[key], said[key] = value, layer
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        where = f"{' and '.join(dict.fromkeys(layer.label for layer in said.values()))}, settings"
        unfit = [problem_of(Settings, detail, merged, where) for detail in error.errors()]
        raise ScenarioError([*problems, *unfit]) from None


def _contradiction(key: str, first: Scenario, second: Scenario) -> Problem:
    values = [getattr(layer.settings, key) for layer in (first, second)]
    what = f"they contradict each other: {key} = {values[0]}, and {key} = {values[1]}."
    way = "Make them the same, or write overrides = true under [settings] of the scenario named last: it then wins."
    return Problem(f"{first.label} and {second.label}, settings", what, way)


def _header(layers: Sequence[Scenario]) -> Header:
    """One header: titles joined, stories one after the other, every author and source once."""
    headers = [layer.header for layer in layers]
    return Header(
        title=Texts(**{key: " + ".join(getattr(each.title, key) for each in headers) for key in ("sv", "en")}),
        author=", ".join(dict.fromkeys(each.author for each in headers)),
        date=max(each.date for each in headers),
        source=" ".join(dict.fromkeys(each.source for each in headers)),
        baseline=headers[0].baseline,
        description=Texts(
            **{key: "\n".join(getattr(each.description, key).strip() for each in headers) for key in ("sv", "en")}
        ),
    )
