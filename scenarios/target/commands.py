"""The command `target`. Parse, call, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calibration.commands import Language, LanguageOption, Seed
from outputs.terminal import command, mistakes_told, progress, shown

if TYPE_CHECKING:
    from scenarios.target.order import Effort, TargetOrder


class Goal(StrEnum):
    """What the best mix is."""

    cheapest = "cheapest"
    smallest = "smallest"


class Grouping(StrEnum):
    """Where a lever has one strength."""

    projects = "projects"
    county = "county"
    region = "region"


Reach = Annotated[str, typer.Argument(help="What to reach: 100000, '100 000', 0.06 or '6 %'.")]
By = Annotated[int, typer.Option("--by", help="At the end of this year.")]
Outcome = Annotated[str, typer.Option("--outcome", help="A result; sim.py list outputs.")]
Municipality = Annotated[
    list[str] | None,
    typer.Option("--municipality", help="The target, and the measures, are for this one (name, code, county)."),
]
AtMost = Annotated[bool, typer.Option("--at-most", help="The outcome is to stay at or below the target.")]
BaseYear = Annotated[
    int | None, typer.Option("--base-year", help="New residents since this year; without it the scenario's.")
]
Probability = Annotated[
    str, typer.Option("--probability", help="The share of the runs that have to reach it: 0.8 or '80 %'.")
]
Aim = Annotated[Goal, typer.Option("--aim", help="The cheapest mix, or that of fewest levers.")]
Levers = Annotated[
    str | None, typer.Option("--levers", help="Only these, with commas between; without it all that are choices.")
]
Groups = Annotated[
    Grouping, typer.Option("--groups", help="One strength where industry grows and one elsewhere; or by county.")
]
Start = Annotated[float, typer.Option("--from", help="Measures begin 1 January of this year.")]
Ramp = Annotated[float, typer.Option("--ramp", help="Years until they are fully in force.")]
Limits = Annotated[
    Path | None, typer.Option("--limits", help="A TOML of limits; without it scenarios/target/limits.toml.")
]
Limit = Annotated[
    list[str] | None, typer.Option("--limit", help="One limit: homes_completed=5000, or =none; may be repeated.")
]
Costs = Annotated[Path | None, typer.Option("--costs", help="A table of costs; without it scenarios/lever_costs.csv.")]
Scenario = Annotated[str, typer.Option("--scenario", help="The scenario that measures are added to.")]
Members = Annotated[int | None, typer.Option("--members", help="Runs to search on; without it 64.")]
Fresh = Annotated[int | None, typer.Option("--fresh", help="Other runs to check on; without it 256.")]
Steps = Annotated[int | None, typer.Option("--steps", help="Most steps of a search; without it 12.")]
Quick = Annotated[bool, typer.Option("--quick", help="A rough answer in about a minute.")]
Fit = Annotated[str | None, typer.Option("--fit", help="A fit's folder or name; 'none': the priors.")]
Force = Annotated[bool, typer.Option("--force", help="Use the fit even if it has not converged.")]
Workers = Annotated[int | None, typer.Option("--workers", help="Threads; without it one for each core.")]
Backend = Annotated[str | None, typer.Option("--backend", help="Without it the fastest that is installed.")]
Save = Annotated[Path | None, typer.Option("--save", help="Write the mix to this scenario file as well (*.toml).")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/target.")]


def target(
    target: Reach = "100000",
    by: By = 2040,
    outcome: Outcome = "new_residents",
    municipality: Municipality = None,
    at_most: AtMost = False,
    base_year: BaseYear = None,
    probability: Probability = "0.8",
    aim: Aim = Goal.cheapest,
    levers: Levers = None,
    groups: Groups = Grouping.projects,
    start: Start = 2027,
    ramp: Ramp = 3,
    limits: Limits = None,
    limit: Limit = None,
    costs: Costs = None,
    scenario: Scenario = "reference",
    members: Members = None,
    fresh: Fresh = None,
    steps: Steps = None,
    quick: Quick = False,
    seed: Seed = 1,
    fit: Fit = None,
    force: Force = False,
    workers: Workers = None,
    backend: Backend = None,
    save: Save = None,
    out: Out = None,
    lang: LanguageOption = Language.en,
) -> None:
    """What would it take? The cheapest or smallest mix of measures that reaches a target, and what stops it."""
    with mistakes_told():
        from scenarios.target.order import TargetOrder, parse_probability, parse_target, words_in

        goal, share = parse_target(target), parse_probability(probability)
        result = outcome.strip().lower().replace(" ", "_")
        order = TargetOrder(
            goal, by, result, tuple(municipality or ()), at_most, base_year, share, aim.value, words_in(levers),
            groups.value, start, ramp, limits, tuple(limit or ()), costs, scenario, fit, force,
            _effort(quick, (members, fresh, steps)), seed, workers, backend,
        )  # fmt: skip
        _take(order, (out, save), lang)


def _effort(quick: bool, given: tuple[int | None, int | None, int | None]) -> Effort:
    """How hard to search: the usual or the quick way, with the numbers given."""
    from scenarios.target.order import QUICK, Effort

    named = zip(("members", "fresh", "steps"), given, strict=True)
    return replace(QUICK if quick else Effort(), **{name: value for name, value in named if value is not None})


def _take(order: TargetOrder, where: tuple[Path | None, Path | None], lang: Language) -> None:
    from outputs.folder import check_folder
    from outputs.glossary import read_glossary
    from outputs.observed import observed_population
    from outputs.publish import Publication, default_folder
    from outputs.target.publish import Place, check_save, publish_target
    from outputs.words import number
    from scenarios.target.prepare import Known
    from scenarios.target.take import search_target

    folder, save = where[0] or default_folder("target"), where[1]
    check_folder(folder)
    check_save(save, order.scenario)
    begun = datetime.now(UTC)
    with progress() as say:
        known = Known(read_glossary(), observed_population)
        taken = search_target(order, known, say, lambda level: f"{number(level, 'en')} {order.outcome}")
        told = publish_target(taken, Place(Publication(folder, lang.value, command(), begun), save), say)
    typer.echo(told)
    typer.echo(
        f"{shown(folder)}: summary.md, towards.toml, levers.csv, mix.csv, limits.csv, frontier.csv, run.json, figures/"
    )
