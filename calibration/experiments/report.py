"""Everything `python -m calibration.experiments` writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from calibration.experiments.figures import draw
from calibration.experiments.natural import Told, history_rows, told
from calibration.experiments.project import BEGINS, PARTS, decomposition
from calibration.experiments.runs import with_fitted
from calibration.experiments.sentences import sentence
from calibration.regressions.compare import AGREES, ALL
from calibration.regressions.equations import JOBS, PLAIN, run, who_takes_a_job
from calibration.regressions.fitted import named
from calibration.regressions.panel import Panel
from model.whole import write_whole

Say = Callable[[str], None]
HERE = Path(__file__).resolve().parent
SEEN = ("in-commuters in statistics", "fewer out-commuters in statistics", "employed residents in statistics",
        "residents per 100 in statistics")  # fmt: skip
"""The model's columns that statistics would show, beside history's."""


def save(table: pd.DataFrame, path: Path) -> None:
    """Write a table whole, one digit."""
    write_whole(path, table.to_csv(index=False, lineterminator="\n", float_format="%.1f"))


def write(panel: Panel, fitted: Mapping[str, Any] | None = None, say: Say = print, folder: Path = HERE) -> None:
    """Run all experiments and write their tables, figures and findings.

    `fitted`: values of named model inputs in place of the written ones. About half a minute.
    """
    history = with_fitted(fitted)
    say("A project from nowhere")
    project = decomposition(history)
    cases = pd.DataFrame(history_rows(panel))
    save(project, folder / "project.csv")
    save(cases, folder / "cases.csv")
    write_whole(folder / "project.md", "\n".join(page(project, cases, regressions(panel), named(fitted))) + "\n")
    say("Natural experiments")
    found = told(history)
    for each in found:
        draw(each, folder)
    write_whole(folder / "findings.md", "\n".join(findings(found, named(fitted))) + "\n")


def regressions(panel: Panel) -> pd.DataFrame:
    """The regressions' own figures, per 100 jobs, all years: over, outcome, coefficient, error."""
    table = run(panel, list(who_takes_a_job()))
    return table[table["weights"] == PLAIN].assign(sample=ALL)


def findings(found: list[Told], whose: str) -> Iterator[str]:
    """One figure and one sentence each."""
    yield "# Natural experiments: the data, and the model with and without a mechanism\n"
    yield (
        f"The model runs from 31 December 2010 with {whose} and the observed jobs of basic and other industry (less "
        "those of the project register, which it builds itself); people, commuters, services, welfare and "
        "construction are its own. Errors are root mean squares of the growth since the eve. A mechanism is taken away "
        "for the whole run, all else stays.\n"
    )
    for each in found:
        yield f"## {each.case.title}\n"
        yield f"![{each.case.title}]({each.case.name}.png)\n"
        yield f"{sentence(each)}\n"


def page(project: pd.DataFrame, cases: pd.DataFrame, estimates: pd.DataFrame, whose: str) -> Iterator[str]:
    """The decomposition as a page, history beside it."""
    yield "# Who takes the jobs of a project that comes from nowhere\n"
    yield (
        f"Jobs dropped into a place on 1 January {BEGINS:.0f}, against the same run without them, with {whose}. Per "
        "100 more filled jobs at the workplace (the project's own and those that follow); the parts add up to "
        "100. Residents, movers' families among them, are told beside the parts. Other jobs are filled jobs beyond the "
        "project's own, below 0 while those are not yet filled; rows in which less than half of the project's own are "
        "filled stand in project.csv only. Villages get as many jobs per inhabitant as Kiruna.\n"
    )
    columns = ["place", "project", "years", "direct jobs", "filled jobs", *PARTS, "residents"]
    enough = project["filled jobs"] >= ENOUGH * project["direct jobs"]
    yield from table(project[enough][[*columns, "other jobs per 100 direct"]])
    yield ""
    yield judged(project, estimates)
    yield "\n## As statistics would show it, beside history\n"
    yield (
        "Official statistics count non-registered workers from Sweden as in-commuters and do not see those posted from "
        "abroad. Left out where less than half of the direct jobs are seen in them. History's rows are changes, not "
        "effects: other things went on; the regressions are over all municipalities.\n"
    )
    seen = project[project["jobs seen"] >= project["direct jobs"] / 2]
    rows = [
        [f"model: {row['place']}, {row['project']}", spell(row["years"]), *(row[name] for name in SEEN)]
        for row in seen.to_dict("records")
    ]
    names = ["more in-commuters", "fewer out-commuters", "more employed residents", "residents"]
    rows += [[f"history: {row['place']}", f"{row['from']}-{row['to']}", *(row[name] for name in names)]
             for row in cases.to_dict("records")]  # fmt: skip
    outcomes = [*names[:3], "population"]
    for over, part in estimates[estimates["table"] == JOBS].groupby("over", sort=False):
        found = part.set_index("outcome")["coefficient"]
        rows.append([f"regressions {ALL}", str(over), *(found[name] for name in outcomes)])
    yield from table(pd.DataFrame(rows, columns=["of", "over", *names]))


def spell(years: int) -> str:
    """A number of years in words."""
    return f"{years} year" + ("s" if years > 1 else "")


def judged(project: pd.DataFrame, estimates: pd.DataFrame) -> str:
    """Residents after five years beside what the regressions allow."""
    found = estimates[estimates["over"] == f"{JUDGED} years"].set_index("outcome")
    low, high = (found.loc[[name]].iloc[0] for name in ("population", "population, no effects of places"))
    rows = project[(project["years"] == JUDGED) & (project["project"] == "at once")].set_index("place")
    told = (
        f"{place} {value:.0f} ({compared(float(value), low, high)})"
        for place, value in rows["residents per 100 in statistics"].items()
    )
    return (
        f"Residents per 100 jobs after {JUDGED} years, jobs at once: {', '.join(told)}. The first figure of the "
        f"regressions is {low['coefficient']:.0f} ± {low['error']:.0f}, with effects of places; the second, without, "
        f"{high['coefficient']:.0f} ± {high['error']:.0f}: places that gain jobs also gain people for other reasons. "
        "The truth for a project lies between, nearer the first."
    )


def compared(value: float, low: pd.Series, high: pd.Series) -> str:
    """A number of residents in words, against the figures with and without effects of places."""
    if value > high["coefficient"]:
        return "above both figures"
    if value > low["coefficient"] + AGREES * low["error"]:
        return "between the figures"
    return "as the first figure" if value >= low["coefficient"] - AGREES * low["error"] else "below both figures"


ENOUGH, JUDGED = 0.5, 5
"""Share of the direct jobs that must be filled for shares to mean much; years after which residents are judged."""


def table(frame: pd.DataFrame) -> Iterator[str]:
    """A frame as Markdown, whole numbers."""
    yield "| " + " | ".join(frame.columns) + " |"
    yield "|---" * len(frame.columns) + "|"
    for row in frame.itertuples(index=False):
        cells = (f"{value:.0f}".replace("-0", "0") if isinstance(value, float) else str(value) for value in row)
        yield "| " + " | ".join(cells) + " |"
