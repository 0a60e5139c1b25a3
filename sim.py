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
BackendOption = Annotated[Backend, typer.Option("--backend", help="jax needs the extra 'fast'.")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="Language of figures and summary.")]
Members = Annotated[int, typer.Option("--members", help="How many futures to draw.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")]
Fit = Annotated[Path | None, typer.Option("--fit", help="A fit whose posterior is drawn; without it the priors.")]
Keep = Annotated[
    str | None,
    typer.Option("--keep", help="Results to keep, with commas between, instead of the usual ones ('standard')."),
]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes here; without it one for each core.")]
Cluster = Annotated[str | None, typer.Option("--cluster", help="Dask scheduler to compute on: tcp://host:8786.")]
Engine = Annotated[Backend | None, typer.Option("--backend", help="Without it jax where it is installed.")]
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
            order = Order(scenario, start, until, backend.value)
            result = simulate_scenario(order, read_glossary(), say)
            publish_run(result, Publication(folder, lang.value, _command(), begun), say)
        typer.echo(f"{_shown(folder)}: results.nc, results.csv, results-sv.csv, run.json, summary.md, figures/")


@app.command()
def ensemble(
    scenario: ScenarioArgument = "reference",
    members: Members = 1000,
    seed: Seed = 1,
    fit: Fit = None,
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
            result = simulate_scenario(Order(scenario, start, until, backend.value), read_glossary(), say)
            table = publish_history(result, Publication(folder, lang.value, _command(), begun), say)
        typer.echo(table)
        typer.echo(f"{_shown(folder)}: comparison.csv, errors.csv, run.json, figures")


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
    data_variables: Annotated[
        bool, typer.Option("--data-variables", help="Keep series as data variables instead of lookups.")
    ] = False,
) -> None:
    """Write the whole model, numbers and scenario included, as one file: .mdl (Vensim) or .xmile."""
    with _mistakes_told():
        from outputs.export import export_scenario
        from scenarios.run import Order

        for path in export_scenario(Order(scenario, start, until), to, self_contained=not data_variables):
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
    from model.engine.jax_backend import BackendMissingError
    from model.language import ModelErrors
    from outputs.folder import FolderError
    from outputs.observed import HistoryError
    from scenarios.problems import ScenarioError

    return isinstance(error, (ModelErrors, BackendMissingError, FolderError, HistoryError, ScenarioError))


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
