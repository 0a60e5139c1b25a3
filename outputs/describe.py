"""Scenarios, levers, parameters and results told in words: check, list."""

import textwrap
from collections.abc import Sequence

from outputs.glossary import read_glossary
from scenarios.places import read_places
from scenarios.read import Scenario, read_scenario, scenario_files
from scenarios.record import Changed

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


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), WIDTH)


def _limit(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"
