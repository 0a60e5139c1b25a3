"""The command `discover`: parse, call, print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calibration.commands import Language, LanguageOption, Seed
from outputs.terminal import command, mistakes_told, progress, shown

if TYPE_CHECKING:
    from scenarios.discover.order import DiscoverOrder

Given = Annotated[
    str, typer.Argument(metavar="FOLDER|SCENARIO", help="Folder of an ensemble; or a scenario, of which one is made.")
]
Target = Annotated[
    int | None, typer.Option("--target", help="New residents that are needed; without it the scenario's need.")
]
By = Annotated[
    int | None, typer.Option("--by", help="The year asked about; without it the scenario's last target year.")
]
Municipality = Annotated[
    list[str] | None,
    typer.Option("--municipality", help="Whose economy to look into (name, code, county); may be repeated."),
]
Failing = Annotated[
    str,
    typer.Option("--failing", help="What a failing economy is told by: accumulated (result), tax-base, services."),
]
Threshold = Annotated[
    float | None,
    typer.Option("--threshold", help="Below which it fails: SEK per inhabitant, per cent, per cent of base year."),
]
Members = Annotated[int, typer.Option("--members", help="Runs of an ensemble that is made.")]
Fit = Annotated[
    str | None, typer.Option("--fit", help="A fit's folder or name; 'none': the priors. As the ensemble was made.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Use the fit even if it has not converged or belongs to other equations.")
]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes for an ensemble that is made.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<ensemble>-discovered.")
]


def discover(
    given: Given = "reference",
    target: Target = None,
    by: By = None,
    municipality: Municipality = None,
    failing: Failing = "accumulated",
    threshold: Threshold = None,
    members: Members = 1000,
    seed: Seed = 1,
    fit: Fit = None,
    force: Force = False,
    workers: Workers = None,
    out: Out = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Find in an ensemble the conditions under which the target is missed, or a municipality's economy fails."""
    with mistakes_told():
        from outputs.publish import default_folder
        from scenarios.compose import folder_name
        from scenarios.discover.order import DiscoverOrder

        is_folder = Path(given).is_dir()
        name = Path(given).name if is_folder else folder_name(given)
        made = None if is_folder else default_folder(f"{name}-drawn")
        places = tuple(municipality or ())
        order = DiscoverOrder(given, made, target, by, places, failing, threshold, members, seed, fit, force, workers)
        _discover(order, out or default_folder(f"{name}-discovered"), lang)


def _discover(order: DiscoverOrder, folder: Path, lang: Language) -> None:
    from outputs.discover.publish import publish_discovery
    from outputs.folder import check_folder
    from outputs.publish import Publication
    from scenarios.discover.analyse import discover as look

    check_folder(folder)
    begun = datetime.now(UTC)
    with progress() as say:
        found = look(order, say)
        publish_discovery(found, Publication(folder, lang.value, command(), begun), say)
    typer.echo(f"{shown(folder)}: summary.md, conditions.csv, economies.csv, discover.nc, run.json, figures/")
