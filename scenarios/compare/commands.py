"""The command `compare`: parse, call, print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from calibration.commands import Language, LanguageOption, Seed
from outputs.terminal import command, mistakes_told, progress, shown

FIT_HELP = "A fit's folder or name; 'none': the priors; else calibration/fits/reference."
Scenarios = Annotated[
    list[str],
    typer.Argument(
        metavar="SCENARIO",
        help="Scenarios to set beside the first one; one alone is set beside its baseline. a+b is a stack.",
    ),
]
Members = Annotated[
    int, typer.Option("--members", help="Pairs of runs with the same chance, for a band around each difference.")
]
Fit = Annotated[str | None, typer.Option("--fit", help=FIT_HELP)]
Force = Annotated[
    bool, typer.Option("--force", help="Use the fit even if it has not converged or belongs to other equations.")
]
From = Annotated[
    int | None, typer.Option("--from", help="Start at the end of this year; without it 2024, the last year known.")
]
Until = Annotated[int | None, typer.Option("--until", help="Last year of the runs (up to 2100).")]
Orders = Annotated[
    int, typer.Option("--orders", help="Orders drawn when there are more than ten groups of assumptions.")
]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes for the pairs; without it one a core.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<others>-beside-<first>.")
]
Engine = Annotated[
    str | None, typer.Option("--backend", help="loops, jax or numpy; without it the fastest that is installed.")
]


def compare(
    scenarios: Scenarios,
    members: Members = 0,
    seed: Seed = 1,
    fit: Fit = None,
    force: Force = False,
    start: From = None,
    until: Until = None,
    orders: Orders = 64,
    workers: Workers = None,
    out: Out = None,
    backend: Engine = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Set scenarios beside each other: what differs where and when, which assumption stands for it, which loop."""
    with mistakes_told():
        from outputs.comparison.publish import default_name, publish_comparison
        from outputs.folder import check_folder
        from outputs.publish import Publication, default_folder
        from scenarios.compare.analyse import compare as compare_scenarios
        from scenarios.compare.order import CompareOrder

        order = CompareOrder(tuple(scenarios), members, seed, start, until, fit, force, workers, backend, orders)
        folder = out or default_folder(default_name(order.scenarios))
        check_folder(folder)
        begun = datetime.now(UTC)
        with progress() as say:
            found = compare_scenarios(order, say)
            publish_comparison(found, Publication(folder, lang.value, command(), begun), say)
        typer.echo(f"{shown(folder)}: summary.md, results.nc, differences.csv, assumptions.csv, loops.csv, figures/")
