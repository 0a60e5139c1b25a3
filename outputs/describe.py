"""The model, its scenarios and its results told in words: check, explain, list."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from outputs.glossary import read_glossary
from scenarios.places import read_places
from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.read import Scenario, read_scenario, scenario_files
from scenarios.record import Changed

if TYPE_CHECKING:
    from model.language import Model, Variable

WIDTH = 100


def scenario_in_words(scenario: Scenario, changes: list[Changed]) -> str:
    """What a checked scenario is and changes, in words."""
    header, settings = scenario.header, scenario.settings
    lines = [
        f"{scenario.label} is in order: {header.title.en}",
        *_wrapped(header.description.en),
        f"By {header.author}, {header.date}. Source: {header.source}",
        f"Years {settings.start} to {settings.until}; new residents since {settings.base_year}, "
        f"need {settings.target:,} by {' and '.join(map(str, settings.target_years))}.",
    ]
    if not changes:
        return "\n".join([*lines, "It changes no assumption."])
    places = read_places()
    told = [f"  {change.in_words(places)} [{change.scenario}]" for change in changes]
    return "\n".join([*lines, "It changes:", *told])


def variable_in_words(model: Model, name: str) -> str:
    """An equation with its unit, range, definition, source, inputs and users."""
    variable = find_variable(model, name)
    low, high = variable.range or (None, None)
    facts = {
        "Kind": variable.kind,
        "Unit": variable.unit,
        "Range": f"[{_limit(low)}, {_limit(high)}]" if variable.range else "",
        "Definition": variable.definition,
        "Source": variable.source,
        "Quality": variable.quality,
        "Reads": ", ".join(variable.inputs),
        "Read by": ", ".join(variable.users),
        "Stands in": f"{variable.file}:{variable.line}",
    }
    lines = [line for key, fact in facts.items() if fact for line in _fact(key, fact)]
    return "\n".join([variable.text.strip(), "", *lines])


def code_of(model: Model, name: str) -> str:
    """The lines that the engine runs for a variable."""
    from model.engine.compiled import compile_model

    variable = find_variable(model, name)
    if variable.kind not in ("stock", "auxiliary"):
        return f"'{variable.name}' is a {variable.kind}: a number given to the engine, not computed by it."
    emitted = compile_model(model, [variable.key]).emitted
    return "\n".join(line.strip() for line in emitted.lines[variable.key])


def find_variable(model: Model, name: str) -> Variable:
    """The variable of a name in any case, with spaces or underscores. Raises ScenarioError with a suggestion."""
    variable = model.variables.get(name)
    if variable is None:
        what, resolve = unknown(name, model.variables, "variable of the model", "All results: sim.py list outputs.")
        raise ScenarioError([Problem("", what, resolve)])
    return variable


def listing(kind: str) -> str:
    """The scenarios, levers, parameters or outputs, one a line."""
    return {"scenarios": _scenarios, "levers": _levers, "parameters": _parameters, "outputs": _outputs}[kind]()


def _scenarios() -> str:
    rows = []
    for path in scenario_files():
        scenario, _ = read_scenario(path)
        rows.append((scenario.name, scenario.header.title.en))
    return _columns(rows)


def _levers() -> str:
    return _variables("lever")


def _parameters() -> str:
    return _variables("parameter")


def _variables(kind: str) -> str:
    from model.language import load_model

    rows = []
    for variable in load_model().variables.values():
        if variable.kind == kind:
            low, high = variable.range or (None, None)
            by = f" by {', '.join(variable.dims)}" if variable.dims else ""
            where = f"{variable.unit} [{_limit(low)}, {_limit(high)}]{by}"
            rows.append((variable.name, where, variable.definition))
    return _columns(rows)


def _outputs() -> str:
    return _columns([(term.name, f"{term.long_name} ({term.long_name_sv})") for term in read_glossary().values()])


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Texts in columns; the last one is not padded."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)] if rows else []
    return "\n".join(
        "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    )


def _fact(key: str, fact: str) -> list[str]:
    return textwrap.wrap(f"{key + ':':<12}{fact}", WIDTH, subsequent_indent=" " * 12)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH)


def _limit(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"
