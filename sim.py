#!/usr/bin/env python3
"""The command line of Norrsim: parse, call, print."""

import signal
import sys
from datetime import UTC, datetime
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calibration.commands import Language, LanguageOption, Seed, backtest, calibrate, data_app, track
from outputs.page.commands import page
from outputs.report.commands import report
from outputs.terminal import command, mistakes_told, progress, shown
from scenarios.commands import Choices, Scenarios, check, list_, new
from scenarios.compare.commands import compare
from scenarios.discover.commands import discover
from scenarios.target.commands import target

if TYPE_CHECKING:
    from scenarios.sensitivity.order import SensitivityOrder

app = typer.Typer(
    help="Norrsim: who fills the jobs of northern Sweden, and what that does to people, homes, services and tax.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Backend(StrEnum):
    """What computes the steps."""

    numpy = "numpy"
    jax = "jax"
    loops = "loops"


class Method(StrEnum):
    """How a sensitivity analysis is made."""

    morris = "morris"
    sobol = "sobol"
    both = "both"


From = Annotated[int | None, typer.Option("--from", help="Start at the end of this year (2010 to 2024).")]
Until = Annotated[int | None, typer.Option("--until", help="Last year of the run (up to 2100).")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<scenario>.")]
BackendOption = Annotated[Backend, typer.Option("--backend", help="loops and jax need the extra 'fast'.")]
Members = Annotated[int, typer.Option("--members", help="How many futures to draw.")]
Fit = Annotated[
    str | None,
    typer.Option("--fit", help="A fit's folder or name; 'none': the priors. Without it calibration/fits/reference."),
]
Force = Annotated[
    bool, typer.Option("--force", help="Use the fit even if it has not converged or belongs to other equations.")
]
Keep = Annotated[
    str | None,
    typer.Option("--keep", help="Results to keep, with commas between, instead of the usual ones ('standard')."),
]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes here; without it one for each core.")]
Cluster = Annotated[str | None, typer.Option("--cluster", help="Dask scheduler to compute on: tcp://host:8786.")]
Engine = Annotated[Backend | None, typer.Option("--backend", help="Without it the fastest that is installed.")]
Outcomes = Annotated[str | None, typer.Option("--outcomes", help="Results with commas between; sim.py list outputs.")]
Years = Annotated[str | None, typer.Option("--years", help="For example 2030,2040; without it the target years.")]
Municipality = Annotated[
    list[str] | None,
    typer.Option("--municipality", help="Beside the region, this one too (name, code, county); may be repeated."),
]
MethodOption = Annotated[
    Method, typer.Option("--method", help="Screen all inputs, divide the variance, or first the one, then the other.")
]
Trajectories = Annotated[int, typer.Option("--trajectories", help="Paths through the inputs in the screening.")]
Samples = Annotated[int, typer.Option("--samples", help="Base points of the shares, a power of two.")]
Levers = Annotated[bool, typer.Option("--levers", help="Vary the levers over their ranges as well.")]
EnsembleFrom = Annotated[
    int | None, typer.Option("--from", help="Start at the end of this year; without it 2024, the last year known.")
]


@app.command()
def run(
    scenario: Scenarios = None,
    choices: Choices = None,
    start: From = None,
    until: Until = None,
    out: Out = None,
    fit: Fit = None,
    force: Force = False,
    backend: BackendOption = Backend.numpy,
    lang: LanguageOption = Language.en,
) -> None:
    """Simulate a scenario and write its folder: results, tables, figures, summary, record."""
    with mistakes_told():
        from outputs.folder import check_folder
        from outputs.glossary import read_glossary
        from outputs.publish import Publication, default_folder, publish_run
        from scenarios.compose import asked, folder_name
        from scenarios.run import Order, simulate_scenario

        text = asked(scenario, choices or ())
        folder = out or default_folder(folder_name(text))
        check_folder(folder)
        begun = datetime.now(UTC)
        with progress() as say:
            order = Order(text, start, until, backend.value, fit, force)
            result = simulate_scenario(order, read_glossary(), say)
            publish_run(result, Publication(folder, lang.value, command(), begun), say)
        typer.echo(f"{shown(folder)}: results.nc, results.csv, results-sv.csv, run.json, summary.md, figures/")


@app.command()
def ensemble(
    scenario: Scenarios = None,
    choices: Choices = None,
    members: Members = 1000,
    seed: Seed = 1,
    fit: Fit = None,
    force: Force = False,
    keep: Keep = None,
    workers: Workers = None,
    cluster: Cluster = None,
    start: EnsembleFrom = None,
    until: Until = None,
    out: Out = None,
    backend: Engine = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Draw many futures of a scenario: bands, and the chance of reaching the target. Continues where it stopped."""
    with mistakes_told():
        from outputs.ensemble import publish_ensemble
        from outputs.folder import check_folder
        from outputs.publish import Publication, default_folder
        from scenarios.compose import asked, folder_name
        from scenarios.ensemble import EnsembleOrder, run_ensemble
        from scenarios.ensemble.progress import progress_shown

        text = asked(scenario, choices or ())
        folder = out or default_folder(f"{folder_name(text)}-ensemble")
        order = EnsembleOrder(
            text,
            members,
            seed,
            folder,
            fit=fit,
            keep=tuple(keep.split(",")) if keep is not None else None,
            workers=workers,
            cluster=cluster,
            start=start,
            until=until,
            backend=backend.value if backend else None,
            force=force,
        )
        check_folder(folder / "results")
        begun = datetime.now(UTC)
        with progress_shown() as bar:
            done = run_ensemble(order, bar.say, bar.members)
            publish_ensemble(done, Publication(folder / "results", lang.value, command(), begun), bar.say)
        typer.echo(f"{shown(folder)}: {done.computed} of {members} members computed now; results/summary.md tells")


@app.command("ensemble-difference")
def ensemble_difference(
    one: Annotated[Path, typer.Argument(help="Folder of an ensemble.")],
    two: Annotated[Path, typer.Argument(help="Folder of the ensemble to subtract: same members, seed and chance.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<one>-less-<two>.")
    ] = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Subtract one ensemble from another, run by run with the same chance: what the scenario changes."""
    with mistakes_told():
        from outputs.ensemble import publish_difference
        from outputs.publish import Publication, default_folder

        folder = out or default_folder(f"{one.name}-less-{two.name}")
        begun = datetime.now(UTC)
        with progress() as say:
            publish_difference((one, two), Publication(folder, lang.value, command(), begun), say)
        typer.echo(f"{shown(folder)}: summary.md, bands.nc, bands.csv, bands-sv.csv, run.json, figures/")


@app.command()
def sensitivity(
    scenario: Scenarios = None,
    choices: Choices = None,
    outcomes: Outcomes = None,
    years: Years = None,
    municipality: Municipality = None,
    method: MethodOption = Method.both,
    trajectories: Trajectories = 32,
    samples: Samples = 512,
    levers: Levers = False,
    seed: Seed = 1,
    workers: Workers = None,
    start: EnsembleFrom = None,
    until: Until = None,
    out: Out = None,
    backend: Engine = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Which inputs drive which outcomes: screening, shares of the uncertainty, one input at a time."""
    with mistakes_told():
        from outputs.publish import default_folder
        from scenarios.compose import asked, folder_name
        from scenarios.sensitivity.order import SensitivityOrder, parse_words, parse_years

        text = asked(scenario, choices or ())
        order = SensitivityOrder(
            scenario=text,
            outcomes=parse_words(outcomes),
            years=parse_years(years),
            municipalities=parse_words(",".join(municipality or ())),
            method=method.value,
            trajectories=trajectories,
            samples=samples,
            seed=seed,
            start=start,
            until=until,
            workers=workers,
            backend=backend.value if backend else None,
            levers=levers,
        )
        _analyse(order, out or default_folder(f"{folder_name(text)}-sensitivity"), lang)


def _analyse(order: "SensitivityOrder", folder: Path, lang: Language) -> None:
    from outputs.folder import check_folder
    from outputs.glossary import read_glossary
    from outputs.publish import Publication
    from outputs.sensitivity.publish import publish_sensitivity
    from scenarios.sensitivity.analyse import analyse

    check_folder(folder)
    begun = datetime.now(UTC)
    with progress() as say:
        found = analyse(order, read_glossary(), say)
        warning = publish_sensitivity(found, Publication(folder, lang.value, command(), begun), say)
    if warning:
        typer.echo(warning, err=True)
    typer.echo(f"{shown(folder)}: summary.md, sensitivity.csv, sensitivity-sv.csv, sensitivity.nc, run.json, figures/")


@app.command("compare-history")
def compare_history(
    scenario: Scenarios = None,
    choices: Choices = None,
    start: From = None,
    until: Until = 2024,
    out: Out = None,
    fit: Fit = None,
    force: Force = False,
    backend: BackendOption = Backend.numpy,
    lang: LanguageOption = Language.en,
) -> None:
    """Simulate the past and set it beside what was observed: table, errors by year, figures."""
    with mistakes_told():
        from outputs.folder import check_folder
        from outputs.glossary import read_glossary
        from outputs.publish import Publication, default_folder, publish_history
        from scenarios.compose import asked
        from scenarios.run import Order, simulate_scenario

        folder = out or default_folder("history")
        check_folder(folder)
        begun = datetime.now(UTC)
        with progress() as say:
            order = Order(asked(scenario, choices or ()), start, until, backend.value, fit, force)
            result = simulate_scenario(order, read_glossary(), say)
            table = publish_history(result, Publication(folder, lang.value, command(), begun), say)
        typer.echo(table)
        typer.echo(f"{shown(folder)}: comparison.csv, errors.csv, run.json, figures")


for _command in (new, check, compare, target, discover, report, page, calibrate, backtest, track):
    app.command()(_command)
app.command("list")(list_)
app.add_typer(data_app, name="data")


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A variable of the model, or a result.")],
    code: Annotated[bool, typer.Option("--code", help="Show the line that the engine runs.")] = False,
) -> None:
    """Show an equation with its unit, range, source, inputs and users."""
    with mistakes_told():
        from outputs.describe import explained

        typer.echo(explained(name, code))


@app.command()
def export(
    to: Annotated[Path, typer.Option("--to", help="The file to write: model.mdl or model.xmile.")],
    scenario: Annotated[
        str, typer.Option("--scenario", help="Write the model with this scenario in force.")
    ] = "reference",
    start: From = None,
    until: Until = None,
    fit: Fit = None,
    force: Force = False,
    data_variables: Annotated[
        bool, typer.Option("--data-variables", help="Keep series as data variables instead of lookups.")
    ] = False,
) -> None:
    """Write the whole model, numbers and scenario included, as one file: .mdl (Vensim) or .xmile."""
    with mistakes_told():
        from outputs.export import export_scenario
        from scenarios.run import Order

        order = Order(scenario, start, until, fit=fit, force=force)
        for path in export_scenario(order, to, self_contained=not data_variables):
            typer.echo(shown(path))


def _main() -> None:
    """Run a command; letters that the terminal cannot show are replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being told to end cleans up as an interruption does
    app()


if __name__ == "__main__":
    _main()
