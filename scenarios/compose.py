"""Scenarios laid over each other: from what the user typed to the one scenario that is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.read import FOLDER, JOIN, Scenario, find_scenario, is_file, read_scenario
from scenarios.schema import Header, Settings, Texts
from scenarios.wrong import problem_of

REFERENCE = "reference"
_CHOICES = re.compile(r"^(.+?):((?:\w+=[^,]*)(?:,\w+=[^,]*)*)$")
"""A scenario's name, a colon, and choices with commas between."""
_LIKE_CHOICES = re.compile(r":\s*\w+\s*=")


def compose(given: str | Sequence[str], folder: Path = FOLDER) -> tuple[Scenario, list[Problem]]:
    """The scenario that names or files mean, and the mistakes in them: several are laid over their common baseline.

    `given`: one or more names or paths. In each, + may join several ("steel-late+grid-late"), and choices of a generic
    scenario stand after a colon ("plant-closes:project=stegra,year=2032"). Raises ScenarioError for what cannot be
    read, or cannot be laid over each other.
    """
    words = [given] if isinstance(given, str) else list(given)
    if not words:
        raise ScenarioError([Problem("", "no scenario was given.", "sim.py list scenarios shows those there are.")])
    read = [_read(word, folder) for word in _split(words)]
    problems = list(dict.fromkeys(problem for _, found in read for problem in found))
    return stacked([scenario for scenario, _ in read], problems), problems


def stacked(scenarios: Sequence[Scenario], problems: list[Problem]) -> Scenario:
    """Scenarios laid over each other; contradictory settings are added to the problems.

    Raises ScenarioError, with the problems so far, when they cannot be laid over each other at all.
    """
    layers = tuple(scenarios)
    if len(layers) == 1:
        return layers[0]
    unfit = [*_twice(layers), *_baselines(layers)]
    if unfit:
        raise ScenarioError([*problems, *unfit])
    settings = _settings(layers, problems)
    first = layers[0]
    label = f" {JOIN} ".join(layer.label for layer in layers)
    return Scenario(first.path, label, _header(layers), settings, baseline=first.baseline, layers=layers)


def asked(names: Sequence[str] | None, choices: Sequence[str] = (), folder: Path = FOLDER) -> str:
    """What the user typed (names, and --set name=value) as the one text that means it, which `compose` reads.

    Each choice goes to the one scenario that has it. Raises ScenarioError.
    """
    words = _split(list(names or [REFERENCE]))
    for choice in choices:
        name, sign, value = (part.strip() for part in choice.partition("="))
        if not (name and sign and value):
            what = "expected name=value."
            raise ScenarioError([Problem(f"--set {choice}", what, "For example --set year=2032.")])
        at = _owner(name, choice, words, folder)
        words[at] += f"{',' if _given(words[at])[1] else ':'}{name}={value}"
    return JOIN.join(words)


def folder_name(given: str | Sequence[str]) -> str:
    """What the folder of a run of these scenarios is called: plant-closes-stegra-2032. Raises ScenarioError."""
    scenario = compose(given)[0]
    layers = scenario.layers or (scenario,)
    return JOIN.join("-".join([layer.path.stem, *map(_plain, layer.given.values())]) for layer in layers)


def _owner(name: str, choice: str, words: Sequence[str], folder: Path) -> int:
    """The place of the scenario that has a choice of this name."""
    read = [_read(word, folder)[0] for word in words]
    owners = [at for at, scenario in enumerate(read) if name in scenario.choices]
    if len(owners) == 1:
        return owners[0]
    if owners:
        labels = " and ".join(read[at].label for at in owners)
        way = f"Say which one's: {words[owners[0]]}:{name}=…"
        raise ScenarioError([Problem(f"--set {choice}", f"{labels} both have a choice '{name}'.", way)])
    known = [each for scenario in read for each in scenario.choices]
    hint = "" if known else f"{' and '.join(scenario.label for scenario in read)}: no choices there."
    raise ScenarioError([Problem(f"--set {choice}", *unknown(name, known, "choice", hint))])


def _read(word: str, folder: Path) -> tuple[Scenario, list[Problem]]:
    name, given = _given(word)
    return read_scenario(find_scenario(name, folder), folder, given)


def _given(word: str) -> tuple[str, dict[str, str]]:
    """The name of a scenario, and the choices that stand after it."""
    found = None if is_file(word) else _CHOICES.match(word)
    if found is None and not is_file(word) and _LIKE_CHOICES.search(word):
        what = "choices are written name=value, with commas between."
        raise ScenarioError([Problem(word, what, "For example plant-closes:project=stegra,year=2032.")])
    if found is None:
        return word, {}
    pairs = [pair.partition("=") for pair in found[2].split(",")]
    twice = {name for name, _, _ in pairs if [name for name, _, _ in pairs].count(name) > 1}
    if twice:
        raise ScenarioError([Problem(word, f"'{min(twice)}' is set twice.", "Set it once.")])
    return found[1], {name: value for name, _, value in pairs}


def _plain(value: str) -> str:
    """A choice's value as part of a folder's name."""
    return re.sub(r"[^\w.]+", "-", value).strip("-")


def _split(words: Sequence[str]) -> list[str]:
    """Each scenario's name; a file whose own name holds the joining sign is taken whole. Raises ScenarioError."""
    parts = [part.strip() for word in words for part in ([word] if is_file(word) else word.split(JOIN))]
    if not all(parts):
        way = "Write for example steel-late+grid-late; sim.py list scenarios shows those there are."
        raise ScenarioError([Problem(" ".join(words) or "''", f"a scenario's name is missing beside the {JOIN}.", way)])
    return parts


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
    return first.path.resolve() == second.path.resolve() and first.given == second.given


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
        source=Texts(
            **{key: " ".join(dict.fromkeys(getattr(each.source, key) for each in headers)) for key in ("sv", "en")}
        ),
        baseline=headers[0].baseline,
        description=Texts(
            **{key: "\n".join(getattr(each.description, key).strip() for each in headers) for key in ("sv", "en")}
        ),
    )
