"""Writes a run's folder: results, tables, figures, summary and record, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xarray as xr

from outputs.compare import comparison_table, error_table, errors_in_words, observed_like, simulated_series
from outputs.figures.style import View
from outputs.folder import FILES, RECORD, files_in, whole_folder
from outputs.glossary import read_glossary
from outputs.observed import observed_population, read_observed
from outputs.record import run_record, write_record
from outputs.results import build_results, describe, name_results, write_netcdf
from outputs.summary import Report, write_summary
from outputs.tables import long_table, write_csv, write_swedish_csv
from outputs.words import words
from scenarios.places import read_places
from scenarios.run import Run, Say, project_root

RUNS = "outputs/runs"


@dataclass(frozen=True)
class Publication:
    """How to write a run: folder, language of figures and summary, the command as typed and when it began."""

    folder: Path
    language: str
    command: list[str]
    begun: datetime


def default_folder(name: str) -> Path:
    """Where a run goes when the user names no folder."""
    return project_root() / RUNS / name


def results_of(run: Run) -> xr.Dataset:
    """The results of a run under their contract: names, labels, units, new residents."""
    settings = run.settings
    inside = settings.start <= settings.base_year <= settings.until
    base = None if inside else observed_population(settings.base_year)
    results = name_results(build_results(run.annual, settings, base, read_places()), read_glossary())
    header = run.scenario.header
    return describe(results, f"Norrsim: {header.title.en}", " ".join(header.description.en.split()))


def publish_run(run: Run, publication: Publication, say: Say) -> None:
    """Write the folder of a run; it appears under its name only when everything is in it."""
    with whole_folder(publication.folder) as folder:
        results = results_of(run)
        say("Writing results and tables")
        _write_results(results, folder)
        say("Drawing figures")
        _draw(run, results, publication.language, folder / "figures")
        write_summary(Report(run, results, read_places(), publication.language), folder / "summary.md")
        _write_record(run, publication, folder)


def publish_history(run: Run, publication: Publication, say: Say) -> str:
    """Write simulated against observed (tables, figures, record); gives the error table in words."""
    from outputs.figures.history import draw_history

    with whole_folder(publication.folder) as folder:
        results = results_of(run)
        observed = read_observed()
        simulated = simulated_series(results, observed)
        like = observed_like(observed, simulated)
        table = comparison_table(simulated, like)
        errors = error_table(table, run.settings.start)
        say("Writing tables and figures")
        table.to_csv(folder / "comparison.csv", index=False, float_format="%.7g")
        errors.to_csv(folder / "errors.csv", index=False, float_format="%.4g")
        named = simulated.assign_coords(municipality_name=("municipality", results["municipality_name"].values))
        title = run.scenario.header.title
        shown = title.sv if publication.language == "sv" else title.en
        draw_history(View(named, like, words(publication.language), run.settings, shown), folder)
        _write_record(run, publication, folder)
    return errors_in_words(errors)


def _write_record(run: Run, publication: Publication, folder: Path) -> None:
    """Write run.json last, with the list of the files it stands for."""
    record = run_record(run, publication.command, publication.begun)
    times = record.pop("times")
    write_record(record | {FILES: [*files_in(folder), RECORD], "times": times}, folder / RECORD)


def _write_results(results: xr.Dataset, folder: Path) -> None:
    write_netcdf(results, str(folder / "results.nc"))
    table = long_table(results, read_places())
    write_csv(table, str(folder / "results.csv"))
    names = {str(name): str(array.attrs["long_name_sv"]) for name, array in results.data_vars.items()}
    write_swedish_csv(table, names, str(folder / "results-sv.csv"))


def _draw(run: Run, results: xr.Dataset, language: str, folder: Path) -> None:
    from outputs.figures.ages import draw_ages
    from outputs.figures.map import draw_map
    from outputs.figures.multiples import draw_multiples
    from outputs.figures.overview import draw_overview

    folder.mkdir()
    title = run.scenario.header.title
    years = [year for year in read_observed()["year"].values if year in results["year"].values]
    shown = title.sv if language == "sv" else title.en
    view = View(results, read_observed().sel(year=years), words(language), run.settings, shown)
    draw_overview(view, folder, language)
    draw_ages(view, folder)
    draw_multiples(view, folder)
    draw_map(view, folder)
