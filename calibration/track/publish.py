"""Writes the folder of a tracked forecast: summary, tables, figures, record, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from calibration.track.against import INSIDE, Tracked, compare, fit_together
from calibration.track.answers import model_answers
from calibration.track.contributions import contribution_table, divide
from calibration.track.forecast import PLAN, read_forecast
from calibration.track.measures import BY_NAME, POPULATION
from calibration.track.outcomes import read_outcomes
from calibration.track.summary import MUNICIPALITY, Story, summary
from calibration.track.words import HEADINGS, PARTS, PLACES
from outputs.ensemble.tables import KIND_WORDS, write_swedish_table, write_table
from outputs.folder import FILES, MARK, RECORD, check_folder, files_in, whole_folder
from outputs.publish import Publication, default_folder
from outputs.record import program_version, write_record
from outputs.tables import SWEDISH_LABELS

ENGLISH, SWEDISH = 0, 1
Say = Callable[[str], None]


@dataclass(frozen=True)
class TrackOrder:
    """What to track: new figures, and the folder of the run or of the ensemble that made the forecast."""

    new_data: Path
    run: Path | None = None
    ensemble: Path | None = None
    out: Path | None = None

    @property
    def folder(self) -> Path:
        """Where the results go."""
        forecast = self.run or self.ensemble
        return self.out or default_folder(f"{forecast.resolve().name if forecast else 'forecast'}-tracked")


def track(order: TrackOrder, publication: Publication, say: Say) -> str:
    """Track a forecast and write its folder; gives the region and the municipalities outside in words.

    Raises TrackError, RefreshError (a damaged snapshot), ScenarioError (an unfinished ensemble), FolderError.
    """
    check_folder(publication.folder)
    say("Reading figures and forecast")
    outcomes = read_outcomes(order.new_data)
    last = int(outcomes.rows["year"].max()) if len(outcomes.rows) else 0
    tracked = fit_together(read_forecast(order.run, order.ensemble, last), outcomes)
    say("Comparing, and running the scenario with jobs and dwellings as they turned out")
    divided = divide(tracked, model_answers(tracked.forecast.title, tracked.forecast.start))
    parts = None if divided is None else contribution_table(tracked, divided)
    story = Story(tracked, compare(tracked), divided, parts, publication.language)
    with whole_folder(publication.folder) as folder:
        say("Writing tables, figures and summary")
        _write_tables(story, folder)
        _draw(story, folder / "figures")
        (folder / "summary.md").write_text(summary(story), encoding="utf-8")
        _write_record(order, tracked, publication, folder)
    return _told(story, publication.folder)


def _write_tables(story: Story, folder: Path) -> None:
    """comparison.csv and contributions.csv, each with its Swedish twin."""
    _write_pair(_named(story.table, ENGLISH), _named(story.table, SWEDISH), folder / "comparison")
    if story.parts is not None:
        _write_pair(_part_named(story.parts, ENGLISH), _part_named(story.parts, SWEDISH), folder / "contributions")


def _named(table: pd.DataFrame, language: int) -> pd.DataFrame:
    words = {name: (each.english, each.swedish)[language] for name, each in BY_NAME.items()}
    named = table.copy()
    named.insert(1, "measure_name", named["measure"].map(words))
    return named.assign(place=named["place"].map({place: both[language] for place, both in PLACES.items()}))


def _part_named(table: pd.DataFrame, language: int) -> pd.DataFrame:
    named = table.copy()
    at = list(named.columns).index("part") + 1
    named.insert(at, "part_name", named["part"].map({part: both[language] for part, both in PARTS.items()}))
    return named


def _write_pair(english: pd.DataFrame, swedish: pd.DataFrame, path: Path) -> None:
    write_table(english, path.with_suffix(".csv"))
    swedish = swedish.assign(
        area_kind=swedish["area_kind"].replace(KIND_WORDS),
        area_name=swedish["area_name"].str.replace(" and ", " och "),
    )
    if "unit" in swedish:
        swedish = swedish.assign(unit=swedish["unit"].replace(SWEDISH_LABELS["unit"]))
    write_swedish_table(swedish.rename(columns=HEADINGS), {}, path.with_name(f"{path.name}-sv.csv"))


def _draw(story: Story, folder: Path) -> None:
    from calibration.track.figures import draw_outcome, draw_parts

    folder.mkdir()
    draw_outcome(story, folder)
    if story.parts is not None:
        draw_parts(story, folder)


def _write_record(order: TrackOrder, tracked: Tracked, publication: Publication, folder: Path) -> None:
    """run.json: the forecast and the figures by their hashes."""
    forecast = Path(str(order.run or order.ensemble))
    known = forecast / (RECORD if order.run else PLAN)
    data = order.new_data / "snapshot.json" if order.new_data.is_dir() else order.new_data
    record = {
        MARK: program_version(),
        "command": publication.command,
        "tracked": {"folder": forecast.name, "file": known.name, "sha256": _hash(known)},
        "figures": {"name": tracked.outcomes.source, "file": data.name, "sha256": _hash(data)},
        "years": list(tracked.years),
        FILES: [*files_in(folder), RECORD],
        "times": {
            "begun": publication.begun.isoformat(timespec="seconds"),
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    }
    write_record(record, folder / RECORD)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _told(story: Story, folder: Path) -> str:
    """A few lines: each larger area, the municipalities outside, where to read on."""
    people = story.of(POPULATION)
    lines = [line for line in summary(story).splitlines() if line.startswith("- ")][
        : 3 if story.tracked.places.all() else 1
    ]
    if story.tracked.forecast.is_ensemble:
        own = people[people["area_kind"] == MUNICIPALITY]
        names = own.loc[own["place"] != INSIDE, "area_name"].tolist()
        outside = ", ".join(names) or {"en": "none", "sv": "ingen"}[story.language]
        lines.append(f"- {story.say('outside heading')}: {outside}")
    return "\n".join([*lines, f"{folder}: summary.md, comparison.csv, contributions.csv, figures/"])
