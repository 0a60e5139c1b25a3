"""summary.md: what a run says, in plain words; every number from the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from outputs.observed import ESTIMATED, HISTORY, estimated_inputs
from outputs.scenario_words import change_in_words
from outputs.summary_words import MEANT_FOR, NOT_MEANT_FOR, SENTENCES
from outputs.words import LANGUAGES, bullets, number, phrase
from scenarios.places import Places
from scenarios.record import Changed
from scenarios.run import Run, project_root

BILLION, PER_CENT = 1e9, 100.0
LAST_KNOWN = 2024


@dataclass(frozen=True)
class Report:
    """What the summary is made of."""

    run: Run
    results: xr.Dataset
    places: Places
    language: str

    def say(self, key: str, **values: object) -> str:
        """A sentence of the summary with its numbers in place."""
        return phrase(SENTENCES, key, self.language, **values)

    def number(self, value: float, digits: int = 3) -> str:
        """A number in the language's form, three significant digits unless told."""
        return number(value, self.language, digits)

    def region(self, name: str, year: int) -> float:
        """A result of a year, summed over the region."""
        chosen = self.results[name].sel(year=year)
        return float(chosen.sum())


def write_summary(report: Report, path: Path) -> None:
    """Write summary.md."""
    header = report.run.scenario.header
    index = LANGUAGES.index(report.language)
    title, description = ((header.title.en, header.description.en), (header.title.sv, header.description.sv))[index]
    sections = [
        f"# {title}",
        " ".join(description.split()),
        f"**{report.say('kind')}**",
        bullets(report.say("meant heading"), MEANT_FOR[index]),
        bullets(report.say("not meant heading"), NOT_MEANT_FOR[index]),
        bullets(report.say("short heading"), _in_short(report)),
        bullets(report.say("changes heading"), _changes(report)),
        _municipalities(report),
        _quality(report),
        bullets(report.say("files heading"), [report.say(f"file {number}") for number in range(1, 6)]),
    ]
    path.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _years(report: Report) -> list[int]:
    """The years told of: last known, target years, last."""
    run_years = report.results["year"].values.tolist()
    wanted = [LAST_KNOWN, *report.run.settings.target_years, run_years[-1]]
    return sorted({year for year in wanted if year in run_years})


def _in_short(report: Report) -> list[str]:
    lines = []
    settings = report.run.settings
    for year in _years(report):
        people = report.region("population", year)
        new = report.region("new_residents", year)
        share = PER_CENT * float(report.results["target_share"].sel(year=year))
        women = float(report.results["population"].sel(year=year, sex="women").sum()) / people
        key = "people after" if year > settings.base_year else "people"
        lines.append(
            report.say(
                key,
                year=year,
                people=report.number(people),
                women=report.number(PER_CENT * women),
                new=report.number(new),
                base=settings.base_year,
                target=report.number(settings.target),
                share=report.number(share, 2),
            )
        )
    return [*lines, *_last_year(report)]


def _last_year(report: Report) -> list[str]:
    first, last = (int(report.results["year"].values[end]) for end in (0, -1))
    since = LAST_KNOWN if first <= LAST_KNOWN < last else first
    built = report.results["dwellings_completed"].sel(year=slice(since + 1, last))
    numbers = {
        "jobs": report.region("jobs", last),
        "outside": report.region("nonregistered_workers", last),
        "present": report.region("present_population", last) - report.region("population", last),
        "unemployed": report.region("unemployed", last),
        "homes": report.region("dwellings", last),
        "built": float(built.mean("year").sum()),
        "forgone": report.region("tax_forgone", last) / BILLION,
    }
    told = {key: report.number(value) for key, value in numbers.items()}
    return [report.say(key, year=last, since=since, **told) for key in ("work", "homes", "forgone")]


def _changes(report: Report) -> list[str]:
    changes: Sequence[Changed] = report.run.changes
    return [change_in_words(change, report.places, report.language) for change in changes] or [report.say("no changes")]


def _municipalities(report: Report) -> str:
    years = _years(report)
    people = report.results["population"].sum(["sex", "age"])
    outside = report.results["nonregistered_workers"].sel(year=years[-1])
    names = report.results["municipality_name"].values
    ends = {"first": years[0], "last": years[-1]}
    header = report.say("table header", years=" | ".join(map(str, years)), **ends)
    rows = [f"## {report.say('table heading')}", "", header, "|---|" + "---:|" * (len(years) + 2)]
    for code, name in zip(report.results["municipality"].values, names, strict=True):
        values = [float(people.sel(municipality=code, year=year)) for year in years]
        change = PER_CENT * (values[-1] / values[0] - 1)
        cells = [report.number(value) for value in values]
        cells += [report.number(round(change, 1)), report.number(round(float(outside.sel(municipality=code))))]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _parameters(report: Report) -> str:
    """How many of the parameters that stand in the equations are estimated or judged."""
    graded = [v.quality for v in report.run.model.variables.values() if v.kind in ("parameter", "lever")]
    judged = sum(1 for quality in graded if ESTIMATED.search(quality))
    return report.say("parameters", count=len(graded), judged=judged)


def _quality(report: Report) -> str:
    rows = estimated_inputs((project_root() / "model" / "values", HISTORY))
    lines = [f"## {report.say('quality heading')}", "", report.say("quality", count=len(rows)), ""]
    lines += [_parameters(report), ""]
    lines += [report.say("quality header"), "|---|---|---|---|"]
    for row in rows:
        what = row.get("variable") or f"{row.get('table', '')}: {row.get('column', '')}"
        cells = (what, row.get("quality", ""), row.get("method", ""), row.get("source", ""))
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines)
