"""The command `target`. Parse, call, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from calibration.commands import Language, LanguageOption, Seed
from outputs.terminal import command, mistakes_told, progress, shown


class Goal(StrEnum):
    """What the best mix is."""

    cheapest = "cheapest"
    smallest = "smallest"


class Grouping(StrEnum):
    """Where a lever has one strength."""

    projects = "projects"
    county = "county"
    region = "region"


def target(
    target: Annotated[
        str, typer.Argument(help="What to reach: 100000, '100 000', a share as 0.06 or '6 %'.")
    ] = "100000",
    by: Annotated[int, typer.Option("--by", help="At the end of this year.")] = 2040,
    outcome: Annotated[str, typer.Option("--outcome", help="A result; sim.py list outputs.")] = "new_residents",
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", help="The target, and the measures, are for this one (name, code, county)."),
    ] = None,
    at_most: Annotated[bool, typer.Option("--at-most", help="The outcome is to stay at or below the target.")] = False,
    base_year: Annotated[
        int | None, typer.Option("--base-year", help="New residents since this year; without it the scenario's.")
    ] = None,
    probability: Annotated[
        str, typer.Option("--probability", help="The share of the runs that have to reach it: 0.8 or '80 %'.")
    ] = "0.8",
    aim: Annotated[
        Goal, typer.Option("--aim", help="The cheapest mix, or the one with fewest levers.")
    ] = Goal.cheapest,
    levers: Annotated[
        str | None, typer.Option("--levers", help="Only these, with commas between; without it all that are choices.")
    ] = None,
    groups: Annotated[
        Grouping, typer.Option("--groups", help="One strength where industry grows and one elsewhere; or by county.")
    ] = Grouping.projects,
    start: Annotated[float, typer.Option("--from", help="Measures begin 1 January of this year.")] = 2027,
    ramp: Annotated[float, typer.Option("--ramp", help="Years until they are fully in force.")] = 3,
    limits: Annotated[
        Path | None, typer.Option("--limits", help="A TOML of limits; without it scenarios/target/limits.toml.")
    ] = None,
    limit: Annotated[
        list[str] | None, typer.Option("--limit", help="One limit: homes_completed=5000, or =none; may be repeated.")
    ] = None,
    costs: Annotated[
        Path | None, typer.Option("--costs", help="A table of costs; without it scenarios/lever_costs.csv.")
    ] = None,
    scenario: Annotated[str, typer.Option("--scenario", help="The scenario that measures are added to.")] = "reference",
    members: Annotated[int | None, typer.Option("--members", help="Runs to search on; without it 64.")] = None,
    fresh: Annotated[int | None, typer.Option("--fresh", help="Other runs to check on; without it 256.")] = None,
    steps: Annotated[int | None, typer.Option("--steps", help="Most steps of a search; without it 12.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A rough answer in about a minute.")] = False,
    seed: Seed = 1,
    fit: Annotated[str | None, typer.Option("--fit", help="A fit's folder or name; 'none': the priors.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Use the fit even if it has not converged.")] = False,
    workers: Annotated[int | None, typer.Option("--workers", help="Threads; without it one for each core.")] = None,
    backend: Annotated[str | None, typer.Option("--backend", help="Without it the fastest that is installed.")] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the mix to this scenario file as well (*.toml).")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/target.")] = None,
    lang: LanguageOption = Language.en,
) -> None:
    """What would it take? The cheapest or smallest mix of measures that reaches a target, and what stops it."""
    with mistakes_told():
        from scenarios.target.order import QUICK, Effort, TargetOrder, parse_probability, parse_target

        effort = QUICK if quick else Effort()
        given = {"members": members, "fresh": fresh, "steps": steps}
        order = TargetOrder(
            target=parse_target(target),
            by=by,
            outcome=outcome.strip().lower().replace(" ", "_"),
            places=tuple(municipality or ()),
            at_most=at_most,
            base_year=base_year,
            probability=parse_probability(probability),
            aim=aim.value,
            levers=tuple(word.strip() for word in (levers or "").split(",") if word.strip()),
            groups=groups.value,
            start=start,
            ramp=ramp,
            limits=limits,
            limit=tuple(limit or ()),
            costs=costs,
            scenario=scenario,
            fit=fit,
            force=force,
            effort=replace(effort, **{name: value for name, value in given.items() if value is not None}),
            seed=seed,
            workers=workers,
            backend=backend,
        )
        _take(order, (out, save), lang)


def _take(order: object, where: tuple[Path | None, Path | None], lang: Language) -> None:
    from outputs.folder import check_folder
    from outputs.glossary import read_glossary
    from outputs.observed import observed_population
    from outputs.publish import Publication, default_folder
    from outputs.target.publish import Place, check_save, publish_target
    from outputs.words import number
    from scenarios.target.order import TargetOrder
    from scenarios.target.prepare import Known
    from scenarios.target.take import search_target

    assert isinstance(order, TargetOrder)
    folder, save = where[0] or default_folder("target"), where[1]
    check_folder(folder)
    check_save(save)
    begun = datetime.now(UTC)
    with progress() as say:
        known = Known(read_glossary(), observed_population)
        taken = search_target(order, known, say, lambda level: f"{number(level, 'en')} {order.outcome}")
        told = publish_target(taken, Place(Publication(folder, lang.value, command(), begun), save), say)
    typer.echo(told)
    typer.echo(
        f"{shown(folder)}: summary.md, towards.toml, levers.csv, mix.csv, limits.csv, frontier.csv, run.json, figures/"
    )
