"""Commands of scenarios: start one, explain one, list what there is. Parse, call, print."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from calibration.commands import Language
from outputs.terminal import mistakes_told, shown


class Kind(StrEnum):
    """What can be listed."""

    scenarios = "scenarios"
    levers = "levers"
    parameters = "parameters"
    outputs = "outputs"


Scenarios = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]...",
        help="Scenario files, or names of those in scenarios/; several are laid over each other.",
    ),
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A choice of a generic scenario; may be repeated."),
]
Telling = Annotated[Language, typer.Option("--lang", help="Language of what is told.")]


def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario: lower case, digits and hyphens.")],
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where to put the file; without it scenarios/.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the comments.")] = Language.en,
) -> None:
    """Start a scenario from a template with comments."""
    with mistakes_told():
        from scenarios.new import new_scenario
        from scenarios.read import FOLDER

        path = new_scenario(name, folder or FOLDER, lang.value)
        typer.echo(f"{shown(path)}: change it, then sim.py check {path.stem if folder is None else shown(path)}")


def check(
    scenario: Scenarios = None,
    choices: Choices = None,
    start: Annotated[int | None, typer.Option("--from", help="Start at the end of this year (2010 to 2024).")] = None,
    until: Annotated[int | None, typer.Option("--until", help="Last year of the run (up to 2100).")] = None,
    lang: Telling = Language.en,
) -> None:
    """Check model, data and a scenario without running it; explain in words what the scenario changes."""
    with mistakes_told():
        from outputs.describe import checked_in_words
        from scenarios.compose import asked
        from scenarios.run import Order

        typer.echo(checked_in_words(Order(asked(scenario, choices or ()), start, until), lang.value))


def list_(
    kind: Annotated[Kind, typer.Argument(help="What to list.")] = Kind.scenarios, lang: Telling = Language.en
) -> None:
    """List scenarios with their stories, levers, parameters or outputs."""
    with mistakes_told():
        from outputs.describe import listing

        typer.echo(listing(kind.value, lang.value))
