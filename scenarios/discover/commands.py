"""The command `discover`: parse, call, print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from calibration.commands import Language, LanguageOption, Seed
from outputs.terminal import command, mistakes_told, progress, shown


def discover(
    given: Annotated[
        str,
        typer.Argument(metavar="FOLDER|SCENARIO", help="Folder of an ensemble; or a scenario, of which one is made."),
    ] = "reference",
    target: Annotated[
        int | None, typer.Option("--target", help="New residents that are needed; without it the scenario's need.")
    ] = None,
    by: Annotated[
        int | None, typer.Option("--by", help="The year asked about; without it the scenario's last target year.")
    ] = None,
    municipality: Annotated[
        list[str] | None,
        typer.Option("--municipality", help="Whose economy to look into (name, code, county); may be repeated."),
    ] = None,
    failing: Annotated[
        str,
        typer.Option("--failing", help="What a failing economy is told by: accumulated (result), tax-base, services."),
    ] = "accumulated",
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", help="Below which it fails: SEK per inhabitant, per cent, per cent of base year."),
    ] = None,
    members: Annotated[int, typer.Option("--members", help="Runs of an ensemble that is made.")] = 1000,
    seed: Seed = 1,
    fit: Annotated[
        str | None,
        typer.Option("--fit", help="A fit's folder or name; 'none': the priors. As the ensemble was made."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Use the fit even if it has not converged or belongs to other equations.")
    ] = False,
    workers: Annotated[int | None, typer.Option("--workers", help="Processes for an ensemble that is made.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<ensemble>-discovered.")
    ] = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Find in an ensemble the conditions under which the target is missed, or a municipality's economy fails."""
    with mistakes_told():
        from outputs.discover.publish import publish_discovery
        from outputs.folder import check_folder
        from outputs.publish import Publication, default_folder
        from scenarios.compose import folder_name
        from scenarios.discover.analyse import discover as look
        from scenarios.discover.order import DiscoverOrder

        is_folder = Path(given).is_dir()
        made = None if is_folder else default_folder(f"{folder_name(given)}-drawn")
        folder = out or default_folder(f"{Path(given).name if is_folder else folder_name(given)}-discovered")
        check_folder(folder)
        order = DiscoverOrder(
            given,
            made,
            target,
            by,
            tuple(municipality or ()),
            failing,
            threshold,
            members,
            seed,
            fit,
            force,
            workers,
        )
        begun = datetime.now(UTC)
        with progress() as say:
            found = look(order, say)
            publish_discovery(found, Publication(folder, lang.value, command(), begun), say)
        typer.echo(f"{shown(folder)}: summary.md, conditions.csv, economies.csv, discover.nc, run.json, figures/")
