"""The command `page`. Parse, call, print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from calibration.commands import Language
from outputs.terminal import command, mistakes_told, progress, shown

KILO = 1000


def page(  # noqa: PLR0913 - each is an option of the command
    scenario: Annotated[
        str, typer.Argument(metavar="[SCENARIO]", help="Opens with this scenario; without it the reference.")
    ] = "reference",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<scenario>-page.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    lang: Annotated[Language, typer.Option("--lang", help="Language it opens in.")] = Language.sv,
    fit: Annotated[str | None, typer.Option("--fit", help="A fit's folder or name; 'none': the priors.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Use the fit even if it has not converged.")] = False,
) -> None:
    """Write the what-if page: the model with its levers, for any browser, without network."""
    with mistakes_told():
        from outputs.page.build import PAGE, write_page
        from outputs.page.order import PageOrder
        from outputs.publish import Publication
        from scenarios.run import project_root

        name = Path(scenario).stem
        folder = out or project_root() / "outputs" / "runs" / f"{name}-page"
        order = PageOrder(scenario, folder, lang.value, fit, force)
        publication = Publication(folder, lang.value, command(), datetime.now(UTC))
        with progress() as say:
            written = write_page(order, publication, say)
        sizes = f"{written.size / KILO:,.0f} kB, {written.packed / KILO:,.0f} kB packed"
        typer.echo(f"{shown(written.folder / PAGE)}: open it in a browser ({sizes}).")
        if open_:
            import webbrowser

            webbrowser.open((written.folder / PAGE).resolve().as_uri())
