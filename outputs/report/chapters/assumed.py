"""What has been assumed: the words used, the scenario's story and changes, the projects."""

from __future__ import annotations

import csv
from pathlib import Path

from outputs.report.document import Block, Bullets, Callout, Chapter, Column, Definition, Paragraph, Subheading, Table
from outputs.report.facts import Facts
from outputs.report.numbers import listed
from outputs.report.text.assumed import WORDS
from outputs.scenario_words import change_in_words
from scenarios.run import project_root

MOST_CHANGES, MOST_LETTERS, FEWEST_JOBS = 10, 220, 50
REGISTER, RISK = "scenarios/projects.csv", "scenarios/project_risk.csv"
TERMS = ("forecast", "scenario", "illustration", "target")
NEVER = 9999.0


def assumed(facts: Facts) -> Chapter:
    """The chapter."""
    say = facts.teller(WORDS)
    common = (say("projects", file=RISK), say("people"), say("policy"), say("nothing new"))
    blocks: list[Block] = [
        *unconverged(facts),
        Subheading(say("terms")),
        *terms(facts),
        Subheading(say("story")),
        Paragraph(facts.case.description(facts.language)),
        *changes(facts),
        Subheading(say("common")),
        Bullets(common),
        Paragraph(say("border")),
        *project_table(facts),
    ]
    return Chapter(say("heading"), tuple(blocks))


def unconverged(facts: Facts) -> list[Callout]:
    """A warning when a fit that has not converged was forced into use."""
    fit = facts.case.prepared.fit
    return [] if fit is None or fit.converged else [Callout("warning", facts.teller(WORDS)("unconverged"))]


def terms(facts: Facts) -> list[Definition]:
    """Forecast, scenario, illustration, target."""
    say = facts.teller(WORDS)
    years = listed([str(year) for year in sorted(facts.case.run.settings.target_years)], facts.language)
    values = {
        "runs": facts.number(facts.runs),
        "start": facts.start,
        "target": facts.number(facts.target),
        "base": facts.base,
        "years": years,
    }
    return [Definition(say(term), say(f"{term} means", **values)) for term in TERMS]


def changes(facts: Facts) -> list[Block]:
    """What the scenario changes, in words."""
    say = facts.teller(WORDS)
    told = [_short(change_in_words(change, facts.places, facts.language)) for change in facts.case.run.changes]
    if not told:
        return [Paragraph(say("no changes"))]
    shown = told[:MOST_CHANGES]
    if told[MOST_CHANGES:]:
        shown.append(say("more changes", count=len(told) - MOST_CHANGES))
    return [Paragraph(say("changes")), Bullets(tuple(shown))]


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS].rsplit(' ', 1)[0]} …"


def project_table(facts: Facts, codes: list[str] | None = None) -> list[Table]:
    """The projects with jobs or builders after the last observed year, in these municipalities; none: no table."""
    say, year = facts.teller(WORDS), min(facts.case.run.settings.target_years)
    rows = []
    for row in read_register():
        inside = [part.split(":")[0] for part in row["municipalities"].split(";")]
        if not _matters(facts, row["project"]) or (codes is not None and not set(inside) & set(codes)):
            continue
        jobs = facts.case.bands["project_jobs"].sel(project=row["project"], year=year)
        low, median, high = (round(float(jobs.sel(quantile=share))) for share in (0.1, 0.5, 0.9))
        name = row["name_sv" if facts.language == "sv" else "name"]
        place = listed([facts.places.name(code) for code in inside], facts.language)
        full = float(facts.case.inputs["project jobs at full operation"].sel(project=row["project"]))
        begin = int(float(facts.case.inputs["planned building start"].sel(project=row["project"])))
        grade = (row["quality"],) if codes is None else ()
        rows.append((f"{name} ({place})", begin, full, median, low, high, *grade))
    columns = [
        Column(say("project")),
        Column(say("begin"), form="year"),
        Column(say("full"), form="number"),
        Column(say("median", year=year), form="number"),
        Column(say("low"), form="number"),
        Column(say("high"), form="number"),
    ]
    columns += [Column(say("grade"))] if codes is None else []
    note, source = (say("note"), say("source")) if codes is None else ("", "")
    return [Table(say("table"), tuple(columns), tuple(rows), note=note, source=source)] if rows else []


def read_register(path: Path | None = None) -> list[dict[str, str]]:
    """The rows of the project register."""
    with (path or project_root() / REGISTER).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _matters(facts: Facts, project: str) -> bool:
    """Whether a project has jobs or builders to speak of in a simulated year."""
    jobs = facts.case.bands["project_jobs"].sel(project=project, quantile=0.5)
    after = jobs.sel(year=jobs["year"] > facts.start + 2)
    return bool(abs(after).max() >= FEWEST_JOBS)
