"""The register of assumptions with their quality, and method, sources and how to make the report again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from outputs.glossary import read_glossary, result_name
from outputs.observed import last_years
from outputs.report.document import Block, Chapter, Column, Definition, Figure, Paragraph, Table
from outputs.report.facts import Facts
from outputs.report.figures import bars
from outputs.report.numbers import PER_CENT, listed, signed
from outputs.report.text.trust import SECTORS, SERIES, UNITS, WORDS
from outputs.words import phrase
from scenarios.run import project_root
from scenarios.sensitivity.inputs import read_names

if TYPE_CHECKING:
    from model.language.structure import Variable

PREDICTIVE, MOST_WRONG = "predictive.csv", 3
REGRESSIONS, OVER = "calibration/regressions/comparison.csv", "5 years"
GRADES = ("A", "B", "C", "D")
GRADED = ("parameter", "lever", "given", "series")
HASH, NOISE, ENOUGH, MOST_UNSETTLED = 16, "noise", 8, 12
HEADINGS = ("purpose", "outputs", "logic", "data", "experiments", "implementation", "limits")
"""What STRESS-SD asks a report on a system dynamics model to tell."""


def register_chapter(facts: Facts) -> Chapter:
    """Assumptions by grade, and the judged ones that the data cannot settle."""
    say = facts.teller(WORDS)
    register = graded(facts)
    table = _fitted(facts)
    shared = table[table["pooled"] == "no"] if table is not None else None
    told = {
        "count": facts.exact(len(register)),
        "judged": facts.exact(sum(_grade(each) == "D" for each in register)),
        "fitted": "0" if shared is None else facts.exact(len(shared)),
        "informed": "0" if shared is None else facts.exact(int((shared["informed"] == "yes").sum())),
    }
    blocks: list[Block] = [Paragraph(say("register", **told)), _grades(facts, register)]
    if shared is not None:
        blocks += _unsettled(facts, shared)
    return Chapter(say("register heading"), tuple(blocks))


def graded(facts: Facts) -> list[Variable]:
    """The parameters, levers, tables and series of the model that have a grade; definitions and chance left out."""
    variables = facts.case.prepared.model.variables.values()
    return [
        each
        for each in variables
        if each.kind in GRADED and _grade(each) and _sector(each) in SECTORS and NOISE not in each.name
    ]


def _grade(variable: Variable) -> str:
    """The worst grade named: A, B, C or D; empty without one."""
    return max(re.findall(r"\b[A-D]\b", variable.quality or ""), default="")


def _sector(variable: Variable) -> str:
    return Path(variable.file).stem


def _grades(facts: Facts, register: list[Variable]) -> Figure:
    """Shares of the grades in each sector; behind it the whole register."""
    say = facts.teller(WORDS)
    count = {sector: Counter(_grade(each) for each in register if _sector(each) == sector) for sector in SECTORS}
    shares = [
        (
            f"{phrase(SECTORS, sector, facts.language)} ({sum(found.values())})",
            [PER_CENT * found[grade] / sum(found.values()) for grade in GRADES],
        )
        for sector, found in count.items()
        if found
    ]
    shares.sort(key=lambda row: -row[1][-1])
    large = [sector for sector, found in count.items() if sum(found.values()) >= ENOUGH]
    worst = max(large, key=lambda sector: count[sector]["D"] / sum(count[sector].values()))
    top = phrase(SECTORS, worst, facts.language)
    share = facts.number(PER_CENT * count[worst]["D"] / sum(count[worst].values()), 2)
    texts = [[facts.number(round(value), 2) if value > 0 else "" for value in values] for _, values in shares]
    told = {"sectors": len(shares), "top": top, "share": share}
    return Figure(
        name="quality",
        title=say("register title"),
        alt=say("register alt", **told),
        summary=say("register summary", **told),
        svg=bars.parts(shares, [f"{say('grade')} {grade}" for grade in GRADES], texts, row=0.14),
        table=_register(facts, register),
    )


def _register(facts: Facts, register: list[Variable]) -> Table:
    say = facts.teller(WORDS)
    rows = []
    for each in sorted(register, key=lambda each: (list(SECTORS).index(_sector(each)), each.name)):
        sector = phrase(SECTORS, _sector(each), facts.language)
        rows.append(
            (_name(facts, each.name), sector, _grade(each), unit(facts, each.unit), _range(facts, each), each.source)
        )
    names = ("assumption", "sector", "grade", "unit", "range", "source")
    return Table(say("register heading"), tuple(Column(say(name)) for name in names), tuple(rows))


def unit(facts: Facts, given: str) -> str:
    """A unit in words."""
    return phrase(UNITS, given, facts.language) if given in UNITS else given


def _range(facts: Facts, variable: Variable) -> str:
    low, high = variable.range or (None, None)
    if low is None and high is None:
        return ""
    ends = ["…" if end is None else facts.number(end) for end in (low, high)]
    return "–".join(ends) if low is None or low >= 0 else f"{ends[0]} … {ends[1]}"


def _name(facts: Facts, name: str) -> str:
    """The plain name in the report's language where there is one, else the model's own."""
    known = read_names().get(name)
    return name if known is None else known.label[1 if facts.language == "sv" else 0]


def _fitted(facts: Facts) -> pd.DataFrame | None:
    """The table of the fit in use."""
    fit = facts.case.prepared.fit
    return None if fit is None else fit.table


def _unsettled(facts: Facts, shared: pd.DataFrame) -> list[Table]:
    """The fitted numbers that are judged and that the data say least about, those with the widest span first."""
    say = facts.teller(WORDS)
    judged = shared[(shared["informed"] == "no") & shared["quality"].str.contains("D")]
    width = (judged["q90"] - judged["q10"]) / (judged["high"] - judged["low"])
    chosen = judged.loc[width.sort_values(ascending=False, kind="stable").index[:MOST_UNSETTLED]]
    rows = tuple(
        (
            _name(facts, str(name)),
            unit(facts, str(row["unit"])),
            float(row["value"]),
            float(row["q10"]),
            float(row["q90"]),
        )
        for name, row in chosen.iterrows()
    )
    columns = [Column(say("assumption")), Column(say("unit"))]
    columns += [Column(say(key), form="number") for key in ("value", "from", "to")]
    return [Table(say("unsure title", count=len(rows), all=len(judged)), tuple(columns), rows)] if rows else []


def method_chapter(facts: Facts) -> Chapter:
    """Method under the headings of STRESS-SD, and the commands that make the report again."""
    say = facts.teller(WORDS)
    blocks: list[Block] = [Definition(say(key), say(f"{key} text", **_values(facts))) for key in HEADINGS]
    typed = "; ".join(commands(facts))
    return Chapter(say("method heading"), (*blocks, Definition(say("again"), say("again text", commands=typed))))


def commands(facts: Facts) -> list[str]:
    """What to type to make the report again."""
    lines = []
    for case in facts.cases:
        lines.append(f"sim.py ensemble {case.name} --members {case.plan['members']} --seed {case.plan['seed']}")
    names = " ".join(case.name for case in facts.cases)
    place = "" if facts.is_region else f" --municipality {facts.area}"
    return [*lines, f"sim.py report {names} --lang {facts.language}{place}"]


def _values(facts: Facts) -> dict[str, object]:
    say, case = facts.teller(WORDS), facts.case
    model, record = case.prepared.model, case.record()
    kinds = Counter(variable.kind for variable in model.variables.values())
    held = last_years()
    vintages = [f"{phrase(SERIES, name, facts.language)} {held[name]}" for name in SERIES if name in held]
    return {
        "equations": facts.exact(len(model.variables)),
        "parameters": facts.exact(kinds["parameter"] + kinds["lever"]),
        "step": facts.number(case.run.step),
        "vintages": listed(vintages, facts.language),
        "runs": facts.exact(facts.runs),
        "start": facts.start,
        "last": facts.last,
        "seed": case.plan["seed"],
        "fit": _fit(facts, say),
        "version": record["norrsim"],
        "hash": model.hash[:HASH],
        "worst": _worst(facts),
        "movers": _movers(facts),
    }


def _fit(facts: Facts, say) -> str:  # type: ignore[no-untyped-def]
    fit = facts.case.prepared.fit
    if fit is None:
        return str(say("no fit"))
    first, last = fit.record.get("years", (None, None))
    state = say("converged" if fit.converged else "not converged")
    return str(say("fit", first=first, last=last, file=fit.identity()["fit"], state=state))


def _worst(facts: Facts) -> str:
    """The series with the largest mean errors over the fitted years, in words with their signs."""
    fit = facts.case.prepared.fit
    path = None if fit is None else fit.folder / PREDICTIVE
    if path is None or not path.is_file():
        return facts.teller(WORDS)("no predictive")
    errors = pd.read_csv(path).set_index("series")["mean_error"].to_dict()
    order = sorted(errors, key=lambda name: -abs(errors[name]))[:MOST_WRONG]
    told = [f"{_series(facts, str(name))} ({signed(PER_CENT * errors[name], facts.language, 2)} %)" for name in order]
    return listed(told, facts.language)


def _series(facts: Facts, name: str) -> str:
    """The name of a fitted series in the report's language."""
    term = read_glossary().get(result_name(name))
    if term is None:
        return name
    return term.long_name_sv if facts.language == "sv" else term.long_name


def _movers(facts: Facts) -> str:
    """Residents per 100 more jobs in the model and in the data, where the two have been compared."""
    path = project_root() / REGRESSIONS
    if not path.is_file():
        return ""
    rows = pd.read_csv(path)
    asked = (rows["outcome"] == "population") & (rows["regressor"] == "jobs") & (rows["weights"] == "people")
    found = rows[asked & (rows["over"] == OVER)]
    if found.empty:
        return ""
    values = {key: facts.number(float(found[key].iloc[0]), 2) for key in ("model", "data", "error")}
    say = facts.teller(WORDS)
    return say("movers", over=say(OVER), **values)
