"""Scenarios, levers, parameters and results told in words: check, list."""

import re
from collections.abc import Sequence

from outputs.glossary import DERIVED, read_glossary
from outputs.scenario_words import Told, scenario_in_words
from scenarios.places import read_places
from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.read import read_scenario, scenario_files
from scenarios.run import Order, check_scenario, settings_of

MOST_NAMES = 12
"""Names listed in a message."""
DERIVED_EQUATIONS = {
    "new_residents": "Population(year) - Population(base_year), persons by municipality",
    "target_share": "sum of new_residents over the municipalities / target",
}
"""How outputs/results.py makes the results that the model does not compute."""


def checked_in_words(order: Order, language: str = "en") -> str:
    """A scenario checked without simulating and told in words. Raises ScenarioError with every problem."""
    from scenarios.cautions import cautions

    checked, applied = check_scenario(order)
    if applied.problems:
        raise ScenarioError(applied.problems)
    settings = settings_of(checked, order)
    return scenario_in_words(Told(checked, settings, applied.changes, cautions(applied, settings), language))


def listing(kind: str, language: str = "en") -> str:
    """The scenarios with their stories, the levers, parameters or outputs. `language` of the stories."""
    if kind == "scenarios":
        return _scenarios(language)
    return {"levers": _levers, "parameters": _parameters, "outputs": _outputs}[kind]()


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


def _scenarios(language: str) -> str:
    """Name and one-line story; what can be chosen in a generic one."""
    lines = []
    for path in scenario_files():
        scenario, _ = read_scenario(path)
        header = scenario.header
        title, story = (text.sv if language == "sv" else text.en for text in (header.title, header.description))
        choices = "".join(f" --set {choice.name}={choice.default}" for choice in scenario.choices.values())
        lines += [f"{scenario.name}{choices}", f"  {title}. {_first_sentence(story)}"]
    return "\n".join(lines)


def _first_sentence(story: str) -> str:
    text = " ".join(story.split())
    return re.split(r"(?<=[.?!]) (?=[A-ZÅÄÖ])", text, maxsplit=1)[0]


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


def _limit(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"
