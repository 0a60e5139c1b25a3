"""Writes the results of an ensemble: bands, tables, figures, summary and record, all or nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from outputs.ensemble.bands import build_bands
from outputs.ensemble.slabs import MEMBER, STANDARD, YEAR, pieces
from outputs.ensemble.source import PEOPLE, Source
from outputs.ensemble.summary import Story, write_ensemble_summary
from outputs.ensemble.tables import bands_table, write_swedish_table, write_table
from outputs.ensemble.target import Target, reach_target, target_table
from outputs.ensemble.words import chance_in_words
from outputs.folder import FILES, MARK, RECORD, files_in, whole_folder
from outputs.glossary import read_glossary
from outputs.observed import observed_population, read_observed
from outputs.publish import Publication
from outputs.record import program_version, write_record
from outputs.results import write_netcdf
from outputs.words import LANGUAGES
from scenarios.places import read_places
from scenarios.problems import Problem, ScenarioError
from scenarios.run import Say
from scenarios.schema import Settings

if TYPE_CHECKING:
    from scenarios.ensemble import Ensemble

MOST_TOLD = 5


def publish_ensemble(ensemble: Ensemble, publication: Publication, say: Say) -> None:
    """Write the results of a finished ensemble; the folder appears only when everything is in it.

    Raises ScenarioError when members came out without a number, FolderError when the folder cannot be written.
    """
    from scenarios.ensemble import open_members

    with whole_folder(publication.folder) as folder:
        source = source_of(open_members(ensemble.folder), ensemble.settings)
        check_numbers(source.members)
        bands = build_bands(source, read_glossary(), say)
        target = reach_target(source)
        say("Writing tables, figures and summary")
        with ThreadPoolExecutor(1) as beside:  # pictures are packed while tables are written
            drawn = beside.submit(_draw, bands, target, (ensemble, publication), folder / "figures")
            write_bands(_described(bands, ensemble), folder)
            _write_target(target, bands, folder)
            drawn.result()
        story = Story(
            bands,
            target,
            ensemble.scenario,
            ensemble.settings,
            ensemble.changes,
            ensemble.plan,
            publication.language,
        )
        write_ensemble_summary(story, folder / "summary.md")
        write_ensemble_record({"ensemble": dict(ensemble.plan)}, publication, folder)


def source_of(members: xr.Dataset, settings: Settings) -> Source:
    """What bands are made from; the base year's people are observed where the members do not hold that year."""
    held = settings.base_year in members[YEAR].values
    base = None if held else observed_population(settings.base_year)
    return Source(members, settings, read_places(), base)


def check_numbers(members: xr.Dataset) -> None:
    """Raise ScenarioError when people of a member are no number: bands would hide it."""
    people = members[PEOPLE]
    wrong = np.zeros(people.sizes[MEMBER], dtype=bool)
    for _, values in pieces(people, STANDARD):
        wrong |= ~np.isfinite(values).reshape(wrong.size, -1).all(axis=1)
    if wrong.any():
        first = ", ".join(str(member) for member in np.flatnonzero(wrong)[:MOST_TOLD].tolist())
        what = f"{int(wrong.sum())} of {wrong.size} members have people that are no number (the first: {first})."
        way = "An assumption they drew breaks the model: narrow its range, or report it with plan.json."
        raise ScenarioError([Problem("ensemble", what, way)])


def write_bands(bands: xr.Dataset, folder: Path) -> None:
    """Write bands.nc, bands.csv and bands-sv.csv."""
    write_netcdf(bands, str(folder / "bands.nc"))
    table = bands_table(bands)
    write_table(table, folder / "bands.csv")
    names = {str(name): str(array.attrs["long_name_sv"]) for name, array in bands.data_vars.items()}
    write_swedish_table(table, names, folder / "bands-sv.csv")


def write_ensemble_record(made_of: dict[str, Any], publication: Publication, folder: Path) -> None:
    """Write run.json last, with the list of the files it stands for; only `times` differs between equal results."""
    ended = datetime.now(UTC)
    times = {
        "begun": publication.begun.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - publication.begun).total_seconds(), 2),
    }
    record = {MARK: program_version(), "command": publication.command} | made_of
    write_record(record | {FILES: [*files_in(folder), RECORD], "times": times}, folder / RECORD)


def _described(bands: xr.Dataset, ensemble: Ensemble) -> xr.Dataset:
    header = ensemble.scenario.header
    return bands.assign_attrs(
        title=f"Norrsim, {bands.attrs['members']} runs: {header.title.en}",
        summary=" ".join(header.description.en.split()),
        source="Norrsim, a simulation model; see run.json for model, data, scenario and distributions",
    )


def _write_target(target: Target, bands: xr.Dataset, folder: Path) -> None:
    """Write target.csv and target-sv.csv, each with the chance in its language's words."""
    table = target_table(target, bands)
    at = list(table.columns).index("at_or_above_then") + 1
    told = {language: [chance_in_words(chance, language) for chance in target.by_then] for language in LANGUAGES}
    english, swedish = table.copy(), table.copy()
    english.insert(at, "in_words", told["en"])
    swedish.insert(at, "in_words", told["sv"])
    write_table(english, folder / "target.csv")
    write_swedish_table(swedish, {}, folder / "target-sv.csv")


def _draw(bands: xr.Dataset, target: Target, made: tuple[Ensemble, Publication], folder: Path) -> None:
    from outputs.ensemble.figures.fans import Fans
    from outputs.ensemble.figures.multiples import draw_multiples
    from outputs.ensemble.figures.region import draw_region
    from outputs.ensemble.figures.target import draw_target

    folder.mkdir()
    title, language = made[0].scenario.header.title, made[1].language
    fans = Fans(bands, read_observed(), language, title.sv if language == "sv" else title.en, target)
    draw_region(fans, folder)
    draw_multiples(fans, folder)
    draw_target(fans, target, folder)
