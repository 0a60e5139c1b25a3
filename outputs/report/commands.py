"""The command `report`: parse, call, print."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calibration.commands import Language
from outputs.terminal import command, mistakes_told, progress, shown

if TYPE_CHECKING:
    from outputs.report.build import Wish
    from outputs.report.cases import Case, CaseOrder
    from scenarios.run import Say

Role = Annotated[str | None, typer.Option(help="Name; needed with --publish.", show_default=False)]


def report(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SCENARIO…", help="The scenario told of (without it reference); further ones are set beside it."
        ),
    ] = None,
    municipality: Annotated[
        str | None, typer.Option("--municipality", help="Code or name: two pages about one municipality.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="Language of the report.")] = Language.sv,
    format_: Annotated[
        str, typer.Option("--format", help="html, pdf, xlsx (with CSV), with commas between.")
    ] = "html,pdf,xlsx",
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/….")] = None,
    fit: Annotated[str | None, typer.Option("--fit", help="A fit's folder or name; 'none': the priors.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Use the fit even if it has not converged or belongs to other equations.")
    ] = False,
    members: Annotated[
        int | None, typer.Option("--members", min=1, help="At least so many runs; without it those there are, or 512.")
    ] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Not a draft: locked, with roles and hash.")] = False,
    commissioner: Role = None,
    analyst: Role = None,
    reviewer: Role = None,
    edition: Annotated[int, typer.Option("--edition", min=1, help="Number of the edition.")] = 1,
    verify: Annotated[
        Path | None, typer.Option("--verify", help="Check a report's folder against its hashes; writes nothing.")
    ] = None,
) -> None:
    """Write the report a municipal or regional leadership reads: HTML, PDF and workbook."""
    with mistakes_told():
        if verify is not None:
            from outputs.report.verify import verify_report

            typer.echo(verify_report(verify))
            return
        from outputs.report.build import Wish, find_municipality
        from outputs.report.cases import CaseOrder
        from outputs.report.publish import read_formats, read_roles

        formats = read_formats(format_)
        roles = read_roles(publish, commissioner, analyst, reviewer)
        orders = [CaseOrder(name, fit, force, members) for name in scenarios or ["reference"]]
        wish = Wish(lang.value, find_municipality(municipality, len(orders)), roles, edition)
        folder, files = _make(orders, wish, formats, out)
        typer.echo(f"{shown(folder)}: {', '.join(files)}")


def _make(orders: list[CaseOrder], wish: Wish, formats: tuple[str, ...], out: Path | None) -> tuple[Path, list[str]]:
    """Check the folder, read or compute the cases, build and write the report."""
    from outputs.report.build import build_report
    from outputs.report.publish import ReportOrder, check_report_folder, publish_report

    folder = out or _default_folder(orders, wish)
    check_report_folder(folder)
    begun = datetime.now(UTC)
    with progress() as say:
        cases = _cases(orders, wish, begun, say)
        made = build_report(cases, wish, say)
        inputs = {name: path for case in cases for name, path in case.files.items()}
        written = publish_report([made], ReportOrder(folder, formats, command(), begun, inputs), say)
    return folder, [name for name in written if "/" not in name]


def _cases(orders: list[CaseOrder], wish: Wish, begun: datetime, say: Say) -> tuple[Case, ...]:
    """The cases; those after the first have the same members and seed as it."""
    from dataclasses import replace

    from outputs.publish import Publication
    from outputs.report.cases import read_case

    to = Publication(Path(), wish.language, command(), begun)
    first = read_case(orders[0], to, say)
    return (first, *(read_case(replace(order, pair=first.pair), to, say) for order in orders[1:]))


def _default_folder(orders: list[CaseOrder], wish: Wish) -> Path:
    """outputs/runs/reference-report-sv, …-report-2482-sv for a municipality, with all names for several scenarios."""
    from outputs.publish import default_folder
    from scenarios.compose import folder_name

    names = "-and-".join(folder_name(order.scenario) for order in orders)
    return default_folder("-".join(part for part in (names, "report", wish.municipality, wish.language) if part))
