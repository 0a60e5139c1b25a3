#!/usr/bin/env python3
"""The command line of Norrsim: parse, call, print."""

import errno
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scenarios.sensitivity.order import SensitivityOrder

app = typer.Typer(
    help="Norrsim: who fills the jobs of northern Sweden, and what that does to people, homes, services and tax.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
MISTAKE = 2


class Backend(StrEnum):
    """What computes the steps."""

    numpy = "numpy"
    jax = "jax"
    loops = "loops"


class Language(StrEnum):
    """Language of figures and summary."""

    en = "en"
    sv = "sv"


class Method(StrEnum):
    """How a sensitivity analysis is made."""

    morris = "morris"
    sobol = "sobol"
    both = "both"


class Kind(StrEnum):
    """What can be listed."""

    scenarios = "scenarios"
    levers = "levers"
    parameters = "parameters"
    outputs = "outputs"


ScenarioArgument = Annotated[str, typer.Argument(help="A scenario file, or the name of one in scenarios/.")]
From = Annotated[int | None, typer.Option("--from", help="Start at the end of this year (2010 to 2024).")]
Until = Annotated[int | None, typer.Option("--until", help="Last year of the run (up to 2100).")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder to write; without it outputs/runs/<scenario>.")]
BackendOption = Annotated[Backend, typer.Option("--backend", help="loops and jax need the extra 'fast'.")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="Language of figures and summary.")]
Members = Annotated[int, typer.Option("--members", help="How many futures to draw.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")]
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
    scenario: ScenarioArgument = "reference",
    start: From = None,
    until: Until = None,
    out: Out = None,
    fit: Fit = None,
    force: Force = False,
    backend: BackendOption = Backend.numpy,
    lang: LanguageOption = Language.en,
) -> None:
    """Simulate a scenario and write its folder: results, tables, figures, summary, record."""
    with _mistakes_told():
        from outputs.folder import check_folder
        from outputs.glossary import read_glossary
        from outputs.publish import Publication, default_folder, publish_run
        from scenarios.read import find_scenario
        from scenarios.run import Order, simulate_scenario

        folder = out or default_folder(find_scenario(scenario).stem)
        check_folder(folder)
        begun = datetime.now(UTC)
        with _progress() as say:
            order = Order(scenario, start, until, backend.value, fit, force)
            result = simulate_scenario(order, read_glossary(), say)
            publish_run(result, Publication(folder, lang.value, _command(), begun), say)
        typer.echo(f"{_shown(folder)}: results.nc, results.csv, results-sv.csv, run.json, summary.md, figures/")


@app.command()
def ensemble(
    scenario: ScenarioArgument = "reference",
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
    with _mistakes_told():
        from outputs.ensemble import publish_ensemble
        from outputs.folder import check_folder
        from outputs.publish import Publication, default_folder
        from scenarios.ensemble import EnsembleOrder, run_ensemble
        from scenarios.ensemble.progress import progress_shown
        from scenarios.read import find_scenario

        folder = out or default_folder(f"{find_scenario(scenario).stem}-ensemble")
        order = EnsembleOrder(
            scenario,
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
        with progress_shown() as shown:
            done = run_ensemble(order, shown.say, shown.members)
            publish_ensemble(done, Publication(folder / "results", lang.value, _command(), begun), shown.say)
        typer.echo(f"{_shown(folder)}: {done.computed} of {members} members computed now; results/summary.md tells")


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
    with _mistakes_told():
        from outputs.ensemble import publish_difference
        from outputs.publish import Publication, default_folder

        folder = out or default_folder(f"{one.name}-less-{two.name}")
        begun = datetime.now(UTC)
        with _progress() as say:
            publish_difference((one, two), Publication(folder, lang.value, _command(), begun), say)
        typer.echo(f"{_shown(folder)}: summary.md, bands.nc, bands.csv, bands-sv.csv, run.json, figures/")


@app.command()
def sensitivity(
    scenario: ScenarioArgument = "reference",
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
    with _mistakes_told():
        from outputs.publish import default_folder
        from scenarios.read import find_scenario
        from scenarios.sensitivity.order import SensitivityOrder, parse_words, parse_years

        order = SensitivityOrder(
            scenario=scenario,
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
        _analyse(order, out or default_folder(f"{find_scenario(scenario).stem}-sensitivity"), lang)


def _analyse(order: "SensitivityOrder", folder: Path, lang: Language) -> None:
    from outputs.folder import check_folder
    from outputs.glossary import read_glossary
    from outputs.publish import Publication
    from outputs.sensitivity.publish import publish_sensitivity
    from scenarios.sensitivity.analyse import analyse

    check_folder(folder)
    begun = datetime.now(UTC)
    with _progress() as say:
        found = analyse(order, read_glossary(), say)
        warning = publish_sensitivity(found, Publication(folder, lang.value, _command(), begun), say)
    if warning:
        typer.echo(warning, err=True)
    typer.echo(f"{_shown(folder)}: summary.md, sensitivity.csv, sensitivity-sv.csv, sensitivity.nc, run.json, figures/")


@app.command("compare-history")
def compare_history(
    scenario: ScenarioArgument = "reference",
    start: From = None,
    until: Until = 2024,
    out: Out = None,
    fit: Fit = None,
    force: Force = False,
    backend: BackendOption = Backend.numpy,
    lang: LanguageOption = Language.en,
) -> None:
    """Simulate the past and set it beside what was observed: table, errors by year, figures."""
    with _mistakes_told():
        from outputs.folder import check_folder
        from outputs.glossary import read_glossary
        from outputs.publish import Publication, default_folder, publish_history
        from scenarios.run import Order, simulate_scenario

        folder = out or default_folder("history")
        check_folder(folder)
        begun = datetime.now(UTC)
        with _progress() as say:
            order = Order(scenario, start, until, backend.value, fit, force)
            result = simulate_scenario(order, read_glossary(), say)
            table = publish_history(result, Publication(folder, lang.value, _command(), begun), say)
        typer.echo(table)
        typer.echo(f"{_shown(folder)}: comparison.csv, errors.csv, run.json, figures")


@app.command()
def calibrate(
    posterior: Annotated[bool, typer.Option("--posterior", help="Sample the posterior as well (NUTS).")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write; without it calibration/fits/reference.")
    ] = None,
    starts: Annotated[int, typer.Option("--starts", help="From how many places to search.")] = 4,
    chains: Annotated[int, typer.Option("--chains", help="Chains of the posterior.")] = 4,
    draws: Annotated[int, typer.Option("--draws", help="Draws kept of each chain.")] = 200,
    until: Annotated[int, typer.Option("--until", help="Fit to the data up to this year.")] = 2024,
    seed: Seed = 1,
) -> None:
    """Fit the model to history and tell how far to trust the fit. Continues where it stopped."""
    with _mistakes_told():
        from calibration.fit.calibrate import CalibrationOrder
        from calibration.fit.calibrate import calibrate as fit_model
        from calibration.fit.posterior import Order as Chains
        from calibration.fit.stored import USUAL

        plan = Chains(seed=seed, chains=chains, draws=draws) if posterior else None
        order = CalibrationOrder(out or USUAL, seed=seed, starts=starts, until=until, posterior=plan)
        with _progress() as say:
            folder = fit_model(order, _command(), say)
        typer.echo((folder / "summary.md").read_text(encoding="utf-8"))
        typer.echo(f"{_shown(folder)}: fit.json, parameters.csv, draws.npz, summary.md, tables, figures/")


@app.command()
def backtest() -> None:
    """Score the model on the past: forecasts from 2010 to 2023 on what was known then, beside simple methods."""
    with _mistakes_told():
        from calibration.backtest.command import backtest as run_backtest

        run_backtest(typer.echo)


@app.command()
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
    with _mistakes_told():
        from calibration.track import TrackOrder
        from calibration.track import track as track_forecast
        from outputs.publish import Publication

        order = TrackOrder(new_data, run, ensemble, out)
        begun = datetime.now(UTC)
        with _progress() as say:
            told = track_forecast(order, Publication(order.folder, lang.value, _command(), begun), say)
        typer.echo(told)


data_app = typer.Typer(help="Official data: fetch a new snapshot, see what there is, compare.", no_args_is_help=True)
app.add_typer(data_app, name="data")


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
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="Another PxWebApi 2 service than SCB's.")
    ] = None,
    kolada_url: Annotated[str | None, typer.Option("--kolada-url", help="Another Kolada 3 service.")] = None,
) -> None:
    """Fetch official series from SCB and Kolada into a new pinned snapshot; the bundled tables stay as they are."""
    with _mistakes_told():
        from calibration.refresh import RefreshOrder, refresh

        with _progress() as say:
            done = refresh(RefreshOrder(tables, until, out, base_url, kolada_url), say)
        typer.echo(done)


@data_app.command("status")
def data_status() -> None:
    """What is bundled, with years and sources, and which snapshots there are (their files checked)."""
    with _mistakes_told():
        from calibration.refresh import status

        typer.echo(status())


@data_app.command("diff")
def data_diff(
    snapshot: Annotated[Path, typer.Argument(help="Folder of a snapshot.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write diff.csv and diff-sv.csv to this folder.")] = None,
) -> None:
    """Compare a snapshot with the bundled tables: revised values and new years."""
    with _mistakes_told():
        from calibration.refresh import diff

        typer.echo(diff(snapshot, out))


@app.command()
def check(scenario: ScenarioArgument = "reference", start: From = None, until: Until = None) -> None:
    """Check model, data and a scenario without running it; tell in words what the scenario changes."""
    with _mistakes_told():
        from outputs.describe import scenario_in_words
        from scenarios.problems import ScenarioError
        from scenarios.run import Order, check_scenario

        checked, applied = check_scenario(Order(scenario, start, until))
        if applied.problems:
            raise ScenarioError(applied.problems)
        typer.echo(scenario_in_words(checked, applied.changes))


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A variable of the model, or a result.")],
    code: Annotated[bool, typer.Option("--code", help="Show the line that the engine runs.")] = False,
) -> None:
    """Show an equation with its unit, range, source, inputs and users."""
    with _mistakes_told():
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
    with _mistakes_told():
        from outputs.export import export_scenario
        from scenarios.run import Order

        order = Order(scenario, start, until, fit=fit, force=force)
        for path in export_scenario(order, to, self_contained=not data_variables):
            typer.echo(_shown(path))


@app.command("list")
def list_(kind: Annotated[Kind, typer.Argument(help="What to list.")] = Kind.scenarios) -> None:
    """List scenarios, levers, parameters or outputs."""
    with _mistakes_told():
        from outputs.describe import listing

        typer.echo(listing(kind.value))


@contextmanager
def _mistakes_told() -> Iterator[None]:
    """A user's mistake is one message and exit code 2; an interruption leaves nothing behind."""
    try:
        yield
    except KeyboardInterrupt as stopped:
        typer.echo(str(stopped) or "Stopped; nothing was written.", err=True)
        raise typer.Exit(130) from None
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # the reader of the output has gone: typer ends quietly
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"{where}cannot be read or written: {error.strerror or error}.", err=True)
        raise typer.Exit(MISTAKE) from None
    except Exception as error:
        if not _is_mistake(error):
            raise
        typer.echo(str(error), err=True)
        raise typer.Exit(MISTAKE) from None


def _is_mistake(error: Exception) -> bool:
    """Whether the error is one that the user can mend: its text is the message."""
    from calibration.demography.read import DataError
    from calibration.refresh.problems import RefreshError
    from calibration.track.problems import TrackError
    from model.engine.jax_backend import BackendMissingError
    from model.language import ModelErrors
    from outputs.folder import FolderError
    from outputs.observed import HistoryError
    from scenarios.problems import ScenarioError

    told = (ModelErrors, BackendMissingError, FolderError, HistoryError, ScenarioError)
    return isinstance(error, (*told, DataError, RefreshError, TrackError))


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Tell on the error stream which part of the work begins: a moving line on a terminal, plain lines elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda part: typer.echo(f"{part} …", err=True)
        return
    from rich.console import Console

    with Console(stderr=True).status("Starting …") as status:
        yield lambda part: status.update(f"{part} …")


def _command() -> list[str]:
    return ["sim.py", *sys.argv[1:]]


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)


def _main() -> None:
    """Run a command; letters that the terminal cannot show are replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being told to end cleans up as an interruption does
    app()


if __name__ == "__main__":
    _main()
