"""Scenarios, levers, parameters and results told in words: check, list."""

import textwrap
from collections.abc import Sequence

from outputs.glossary import DERIVED, read_glossary
from scenarios.places import read_places
from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.read import Scenario, read_scenario, scenario_files
from scenarios.record import Changed

WIDTH = 100
MOST_NAMES = 12
"""Names listed in a message."""
DERIVED_EQUATIONS = {
    "new_residents": "Population(year) - Population(base_year), persons by municipality",
    "target_share": "sum of new_residents over the municipalities / target",
}
"""How outputs/results.py makes the results that the model does not compute."""


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


def listing(kind: str) -> str:
    """The scenarios, levers, parameters or outputs, one a line."""
    return {"scenarios": _scenarios, "levers": _levers, "parameters": _parameters, "outputs": _outputs}[kind]()


def explained(name: str, code: bool) -> str:
    """A variable of the model or a result in words; with `code` the line that the engine runs.

    Raises ScenarioError for an unknown name, ModelErrors for a model with problems.
    """
    from model.engine.show import emitted_code
    from model.language import load_model
    from model.language.explain import explain

    term = next((term for term in DERIVED if term.name == name.strip().lower().replace(" ", "_")), None)
    if term is not None:
        text = f"{term.name} = {DERIVED_EQUATIONS[term.name]}"
        rest = "base_year and target stand in the scenario's [settings]"
        return f"{text}\n{term.long_name} ({term.long_name_sv}); {rest}"
    read_places()  # tells of a damaged table before the model stumbles over it
    model = load_model()
    if name not in model.variables:
        raise ScenarioError([_unknown_variable(name, [str(each) for each in model.variables])])
    return (emitted_code if code else explain)(model, name)


def _unknown_variable(name: str, known: list[str]) -> Problem:
    words = name.casefold().replace("_", " ").split()
    holding = [each for each in known if words and all(word in each.casefold() for word in words)]
    if len(holding) > 1:
        some = ", ".join(holding[:MOST_NAMES]) + (" …" if holding[MOST_NAMES:] else "")
        return Problem("", f"'{name}' is not a known variable.", f"{len(holding)} names hold these words: {some}.")
    way = "All of them: sim.py list levers, parameters, outputs."
    return Problem("", *unknown(" ".join(words) or name, known, "variable", way))


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

    read_places()
    rows = []
    for variable in load_model().variables.values():
        if variable.kind == kind:
            low, high = variable.range or (None, None)
            by = f" by {', '.join(variable.dims)}" if variable.dims else ""
            where = f"{variable.unit} [{_limit(low)}, {_limit(high)}]{by}"
            rows.append((variable.name, where, variable.quality, variable.definition))
    return _columns(rows)


def _outputs() -> str:
    from model.language import load_model

    read_places()
    known = load_model().variables
    units = {term.name: known[term.name].unit for term in read_glossary().values() if term.name in known}
    units |= {"new_residents": "persons", "target_share": "dmnl"}
    terms = [term for term in read_glossary().values() if term.name in units]
    return _columns([(term.name, units[term.name], f"{term.long_name} ({term.long_name_sv})") for term in terms])


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Texts in columns; the last one is not padded."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)] if rows else []
    return "\n".join(
        "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH)


def _limit(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"
