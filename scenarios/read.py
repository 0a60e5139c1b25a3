"""Reads scenario files: TOML to checked parts, every mistake with its place in the file."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scenarios.choices import chosen, filled
from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.schema import Assumption, Choice, Header, Lever, ProjectChange, Settings
from scenarios.wrong import NO_BASELINE, problem_of

FOLDER = Path(__file__).resolve().parent
JOIN = "+"
"""Stands between the names of scenarios that are laid over each other."""
SHOWN = 60
"""Letters of a name that a message repeats."""
_HEADER_KEYS = tuple(Header.model_fields)
_LISTS: dict[str, type[BaseModel]] = {"levers": Lever, "projects": ProjectChange, "assumptions": Assumption}
Part = TypeVar("Part", bound=BaseModel)


@dataclass(frozen=True)
class Scenario:
    """A scenario as written, and the baseline it changes; each part under its number in the file.

    A stack (scenarios/compose.py) has no parts of its own: its `layers` are the scenarios laid over each other.
    `choices`: what the user may set; `given`: what was set.
    """

    path: Path
    label: str
    header: Header
    settings: Settings
    levers: dict[int, Lever] = field(default_factory=dict)
    projects: dict[int, ProjectChange] = field(default_factory=dict)
    assumptions: dict[int, Assumption] = field(default_factory=dict)
    baseline: "Scenario | None" = None
    layers: "tuple[Scenario, ...]" = ()
    choices: dict[str, Choice] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name without its ending, with the choices made (plant-closes:year=2032); of a stack all of
        them, with + between. It can be read again."""
        if self.layers:
            return JOIN.join(layer.name for layer in self.layers)
        made = ",".join(f"{key}={value}" for key, value in self.given.items())
        return f"{self.path.stem}:{made}" if made else self.path.stem

    @property
    def groups(self) -> "tuple[tuple[Scenario, ...], ...]":
        """The baselines, furthest first, and last this scenario or its layers: what is applied after what."""
        before = self.baseline.groups if self.baseline else ()
        return (*before, self.layers or (self,))

    @property
    def chain(self) -> "tuple[Scenario, ...]":
        """Every file that takes part, in the order in which they are applied."""
        return tuple(part for group in self.groups for part in group)


def scenario_files(folder: Path = FOLDER) -> list[Path]:
    """The scenario files that come with the model, by name."""
    return sorted(folder.glob("*.toml"))


def find_scenario(given: str, folder: Path = FOLDER) -> Path:
    """The file of a scenario given as a path or as the name of one in scenarios/. Raises ScenarioError."""
    path = Path(given)
    named = folder / f"{path.name.removesuffix('.toml')}.toml"
    try:
        if path.is_file():
            return path
        if path.parent == Path() and named.is_file():
            return named
        is_folder = path.is_dir()
    except OSError as error:
        raise ScenarioError([Problem(_short(given), f"cannot be read: {error.strerror}.")]) from None
    names = [file.stem for file in scenario_files(folder)]
    if is_folder:
        way = f"Name a file in it, or one of: {', '.join(names)}."
        raise ScenarioError([Problem(given, "this is a folder, not a scenario file.", way)])
    what, resolve = unknown(path.stem, names, "scenario")
    if path.parent != Path() or path.suffix == ".toml":
        what = "there is no such file."
    raise ScenarioError([Problem(given, what, resolve)])


def read_scenario(
    path: Path, folder: Path = FOLDER, given: Mapping[str, str] | None = None
) -> tuple[Scenario, list[Problem]]:
    """Read a scenario and its baselines; parts with mistakes are left out and told as problems.

    `given`: the user's choices for a generic scenario. Raises ScenarioError when the file cannot be understood at
    all (no file, no TOML, no header or settings, a choice that it does not have).
    """
    return _read(path, folder, (), dict(given or {}))


def _read(path: Path, folder: Path, above: tuple[Path, ...], given: dict[str, str]) -> tuple[Scenario, list[Problem]]:
    label = _label(path)
    raw = _toml(path, label)
    problems = _unknown_top_keys(raw, label)
    choices, raw = _chosen(raw, given, label, problems)
    if given:
        label += f" ({', '.join(f'{key} = {value}' for key, value in given.items())})"
    header = _part(Header, {key: raw[key] for key in _HEADER_KEYS if key in raw}, label, problems)
    if header is None:
        raise ScenarioError(problems)
    baseline, inherited = _baseline(header, path, folder, above)
    settings_raw = _table(raw.get("settings", {}), f"{label}, settings", problems)
    before = baseline.settings.model_dump(exclude_unset=True) if baseline else {}
    settings = _part(Settings, before | settings_raw, f"{label}, settings", problems)
    parts = (_parts(kind, raw.get(key, []), f"{label}, {key}", problems) for key, kind in _LISTS.items())
    levers, projects, assumptions = parts
    if settings is None:
        raise ScenarioError(problems)
    scenario = Scenario(
        path, label, header, settings, levers, projects, assumptions, baseline, choices=choices, given=given
    )
    return scenario, inherited + problems


def _chosen(
    raw: dict[str, Any], given: Mapping[str, str], label: str, problems: list[Problem]
) -> tuple[dict[str, Choice], dict[str, Any]]:
    """The file's choices, and the rest of it with them in place. Raises ScenarioError for one that cannot be made."""
    parts = _parts(Choice, raw.get("choices", []), f"{label}, choices", problems)
    choices = {choice.name: choice for choice in parts.values()}
    values, unfit = chosen(choices, given, label)
    rest = {key: part for key, part in raw.items() if key != "choices"}
    if "choices" in raw:
        rest = {key: filled(part, values, f"{label}, {key}", unfit) for key, part in rest.items()}
    if unfit:
        raise ScenarioError([*problems, *unfit])
    return choices, rest


def _label(path: Path) -> str:
    """How messages name the file: relative to the working folder or to the project where possible."""
    for base in (Path.cwd(), FOLDER.parent):
        if path.resolve().is_relative_to(base):
            return path.resolve().relative_to(base).as_posix()
    return path.as_posix()


def _toml(path: Path, label: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ScenarioError([Problem(label, "there is no such file.")]) from None
    except tomllib.TOMLDecodeError as error:
        resolve = 'Mend that line. A decimal number has a point, texts stand in quotes: value = 0.5, name = "…".'
        raise ScenarioError([Problem(label, f"this is not valid TOML: {error}.", resolve)]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"line {line} is not UTF-8 text."
        raise ScenarioError([Problem(label, message, "Save the file with the encoding UTF-8.")]) from None
    except OSError as error:
        raise ScenarioError([Problem(label, f"cannot be read: {error.strerror}.")]) from None


def _short(text: str) -> str:
    """A text that fits on a line."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _unknown_top_keys(raw: dict[str, Any], label: str) -> list[Problem]:
    known = [*_HEADER_KEYS, "settings", "choices", *_LISTS]
    return [Problem(label, *unknown(key, known, "key")) for key in raw if key not in known]


def _baseline(
    header: Header, path: Path, folder: Path, above: tuple[Path, ...]
) -> tuple[Scenario | None, list[Problem]]:
    if header.baseline.strip().casefold() in ("", NO_BASELINE):
        return None, []
    seen = (*above, path.resolve())
    beside = path.parent / f"{header.baseline}.toml"
    found = beside if is_file(beside) else folder / f"{header.baseline}.toml"
    if not is_file(found):
        what, resolve = unknown(_short(header.baseline), [file.stem for file in scenario_files(folder)], "scenario")
        resolve += f' A scenario that builds on none has baseline = "{NO_BASELINE}".'
        raise ScenarioError([Problem(f"{_label(path)}, baseline", what, resolve)])
    if found.resolve() in seen:
        names = " → ".join(file.stem for file in (*seen, found))
        raise ScenarioError([Problem(f"{_label(path)}, baseline", f"the baselines go in a circle: {names}.")])
    return _read(found, folder, seen, {})


def is_file(path: str | Path) -> bool:
    """Whether there is such a file; a name that no file can have is none."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def _table(raw: Any, where: str, problems: list[Problem]) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    key = where.rsplit(" ", 1)[-1]
    way = f"Write [{key}] with one bracket, and below it a line for each of its keys."
    problems.append(Problem(where, "expected one table.", way))
    return {}


def _parts(kind: type[BaseModel], raw: Any, where: str, problems: list[Problem]) -> dict[int, Any]:
    """The valid ones of a list of tables, each under its number in the file (the first is 1)."""
    if not isinstance(raw, list):
        key = where.rsplit(" ", 1)[-1]
        problems.append(Problem(where, "expected a list of tables.", f"Write [[{key}]] with two brackets."))
        return {}
    read = {}
    for number, entry in enumerate(raw, start=1):
        if not isinstance(entry, dict):
            problems.append(Problem(f"{where}.{number}", f"expected a table, found {entry!r}."))
            continue
        part = _part(kind, entry, f"{where}.{number}", problems)
        if part is not None:
            read[number] = part
    return read


def _part(kind: type[Part], raw: dict[str, Any], where: str, problems: list[Problem]) -> Part | None:
    raw = {key: _text_of_date(value) for key, value in raw.items()}
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        found = [problem_of(kind, detail, raw, where) for detail in error.errors()]
        problems.extend(dict.fromkeys(found))
        return None


def _text_of_date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
