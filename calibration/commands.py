"""Commands of the researcher: fit, score, track, fetch. Parse, call, print."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from outputs.terminal import command, mistakes_told, progress, shown


class Language(StrEnum):
    """Language of figures and summary."""

    en = "en"
    sv = "sv"


LanguageOption = Annotated[Language, typer.Option("--lang", help="Language of figures and summary.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")]


def calibrate(
    posterior: Annotated[bool, typer.Option("--posterior", help="Sample the posterior as well (NUTS).")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write; without it calibration/fits/reference.")
    ] = None,
    starts: Annotated[int, typer.Option("--starts", help="From how many places to search.")] = 4,
    chains: Annotated[int, typer.Option("--chains", help="Chains of the posterior.")] = 4,
    draws: Annotated[int, typer.Option("--draws", help="Draws kept of each chain.")] = 600,
    until: Annotated[int, typer.Option("--until", help="Fit to the data up to this year.")] = 2024,
    seed: Seed = 1,
) -> None:
    """Fit the model to history and tell how far to trust the fit. Continues where it stopped."""
    with mistakes_told():
        from calibration.fit.calibrate import CalibrationOrder
        from calibration.fit.calibrate import calibrate as fit_model
        from calibration.fit.posterior import Order as Chains
        from calibration.fit.stored import USUAL

        plan = Chains(seed=seed, chains=chains, draws=draws) if posterior else None
        order = CalibrationOrder(out or USUAL, seed=seed, starts=starts, until=until, posterior=plan)
        with progress() as say:
            folder = fit_model(order, command(), say)
        typer.echo((folder / "summary.md").read_text(encoding="utf-8"))
        typer.echo(f"{shown(folder)}: fit.json, parameters.csv, draws.npz, summary.md, tables, figures/")


def backtest() -> None:
    """Score the model on the past: forecasts from 2010 to 2023 on what was known then, beside simple methods."""
    with mistakes_told():
        from calibration.backtest.command import backtest as run_backtest

        run_backtest(typer.echo)


def track(
    new_data: Annotated[
        Path, typer.Argument(help="A snapshot's folder, or a CSV: municipality, year, measure, value.")
    ],
    run: Annotated[Path | None, typer.Option("--run", help="Folder of the run that made the forecast.")] = None,
    ensemble: Annotated[Path | None, typer.Option("--ensemble", help="Folder of the ensemble that made it.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<forecast>-tracked.")
    ] = None,
    lang: LanguageOption = Language.en,
) -> None:
    """New official figures against a forecast: what lies outside the bands, and which assumption moved."""
    with mistakes_told():
        from calibration.track import TrackOrder
        from calibration.track import track as track_forecast
        from outputs.publish import Publication

        order = TrackOrder(new_data, run, ensemble, out)
        begun = datetime.now(UTC)
        with progress() as say:
            told = track_forecast(order, Publication(order.folder, lang.value, command(), begun), say)
        typer.echo(told)


data_app = typer.Typer(help="Official data: fetch a new snapshot, see what there is, compare.", no_args_is_help=True)


@data_app.command("refresh")
def data_refresh(
    tables: Annotated[
        str | None, typer.Option("--tables", help="Names with commas between; without it all (data status).")
    ] = None,
    until: Annotated[
        int, typer.Option("--until", help="Last year fetched. Outcomes after 2024 are held back unless asked for.")
    ] = 2024,
    out: Annotated[
        Path | None, typer.Option("--out", help="New folder; without it calibration/refresh/snapshots/<date>.")
    ] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", help="Another PxWebApi 2 service than SCB's.")] = None,
    kolada_url: Annotated[str | None, typer.Option("--kolada-url", help="Another Kolada 3 service.")] = None,
) -> None:
    """Fetch official series from SCB and Kolada into a new pinned snapshot; the bundled tables stay as they are."""
    with mistakes_told():
        from calibration.refresh import RefreshOrder, refresh

        with progress() as say:
            done = refresh(RefreshOrder(tables, until, out, base_url, kolada_url), say)
        typer.echo(done)


@data_app.command("status")
def data_status() -> None:
    """What is bundled, with years and sources, and which snapshots there are (their files checked)."""
    with mistakes_told():
        from calibration.refresh import status

        typer.echo(status())


@data_app.command("diff")
def data_diff(
    snapshot: Annotated[Path, typer.Argument(help="Folder of a snapshot.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write diff.csv and diff-sv.csv to this folder.")] = None,
) -> None:
    """Compare a snapshot with the bundled tables: revised values and new years."""
    with mistakes_told():
        from calibration.refresh import diff

        typer.echo(diff(snapshot, out))
