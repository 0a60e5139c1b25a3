"""summary.md: what drives what, in sentences; how far to trust it; every number from the findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from outputs.sensitivity.convergence_words import settled_in_words
from outputs.sensitivity.figures import Chart, moved
from outputs.sensitivity.summary_words import SENTENCES
from outputs.sensitivity.tables import strength
from outputs.sensitivity.words import Words
from outputs.words import bullets, phrase
from scenarios.sensitivity.study import MOST_TOLD

if TYPE_CHECKING:
    from scenarios.sensitivity.analyse import Sensitivity

NAMED = 4
"""Inputs named after the first in a sentence about an outcome."""
LEAST = 0.02
"""Share of the uncertainty, or of the largest effect, below which an input is not named."""
DEAD = 1e-6
"""Largest effect, relative to the outcome's largest, of an input that does nothing."""


@dataclass(frozen=True)
class Report:
    """What the summary is made of."""

    sensitivity: Sensitivity
    results: xr.Dataset
    words: Words

    def say(self, key: str, **values: object) -> str:
        """A sentence with its numbers in place."""
        return phrase(SENTENCES, key, self.words.language, **values)

    def charts(self) -> list[Chart]:
        """Every outcome in every place and year, in the order of the results."""
        results = self.results
        return [
            Chart(results.sel(outcome=outcome, place=place, year=year), self.words, "")
            for place in results["place"].values
            for outcome in results["outcome"].values
            for year in results["year"].values
        ]


def write_summary(report: Report, path: Path) -> None:
    """Write summary.md."""
    header = report.sensitivity.prepared.scenario.header
    title = report.words.pick(header.title.en, header.title.sv)
    sections = [
        f"# {report.say('title', scenario=title)}",
        f"**{report.say('kind')}**",
        *_drivers(report),
        _bullets(report.say("trust heading"), settled_in_words(report.results, report.words, report.say)),
        _bullets(report.say("how heading"), _how(report)),
        _bullets(report.say("dead heading"), _dead(report)),
        _bullets(report.say("files heading"), [report.say(f"file {number}") for number in range(1, 6)]),
    ]
    path.write_text("\n\n".join(section for section in sections if section) + "\n", encoding="utf-8")


def _bullets(heading: str, lines: Sequence[str]) -> str:
    return bullets(heading, lines) if lines else ""


def _drivers(report: Report) -> list[str]:
    """A section for each place: a sentence for each outcome, about the last year, with what is first before."""
    sections = []
    for place in report.results["place"].values:
        found = [chart for chart in report.charts() if str(chart.one["place"].values) == place]
        by_outcome: dict[str, list[Chart]] = {}
        for chart in found:
            by_outcome.setdefault(str(chart.one["outcome"].values), []).append(chart)
        lines = [" ".join(_sentences(report, charts)) for charts in by_outcome.values()]
        sections.append(_bullets(report.say("short heading", place=found[0].place), lines))
    return sections


def _sentences(report: Report, charts: Sequence[Chart]) -> list[str]:
    *earlier, last = charts
    told = [_sentence(report, last)]
    if not moved(last.one):
        return told
    for chart in earlier:
        if moved(chart.one):
            first = _ordered(chart.one).isel(input=0)
            share = report.words.share(float(first["total"])) if _has_share(first) else ""
            label = _label(first, report.words) + (f" ({share} %)" if share else "")
            told.append(report.say("earlier", year=int(chart.one["year"]), label=label))
    return told


def _sentence(report: Report, chart: Chart) -> str:
    one, words = chart.one, report.words
    name = chart.outcome[0].upper() + chart.outcome[1:]
    what = {"outcome": name, "year": int(one["year"])}
    if not moved(one):
        return report.say("still" if bool(one["defined"]) else "undefined", **what)
    ordered = _ordered(one)
    first, middle = ordered.isel(input=0), float(one["at_median"])
    ends = sorted((float(first["at_low"]) - middle, float(first["at_high"]) - middle))
    scale, unit = words.scaled(one, max(map(abs, ends)))
    low, high = (words.change(end / scale, max(map(abs, ends)) / scale) for end in ends)
    what |= {"label": _label(first, words), "low": low, "high": high, "unit": unit}
    text = report.say("driver", **what, middle=words.amount(one, middle)).replace(" .", ".")
    return " ".join(part for part in (text, _share(report, first), _others(report, ordered)) if part)


def _ordered(one: xr.Dataset) -> xr.Dataset:
    return one.isel(input=np.argsort(-strength(one), kind="stable"))


def _has_share(one: xr.Dataset) -> bool:
    return "total" in one and bool(np.isfinite(one["total"]))


def _label(one: xr.Dataset, words: Words) -> str:
    return f"*{words.pick(str(one['label'].values), str(one['label_sv'].values))}*"


def _share(report: Report, first: xr.Dataset) -> str:
    return report.say("share", share=report.words.share(float(first["total"]))) if _has_share(first) else ""


def _others(report: Report, ordered: xr.Dataset) -> str:
    """The inputs that come next, with their shares where there are any."""
    after = []
    values = strength(ordered)
    for at in range(1, min(1 + NAMED, ordered.sizes["input"])):
        one = ordered.isel(input=at)
        total = float(one["total"]) if "total" in one else np.nan
        if (values[at] if np.isnan(total) else total) < LEAST:
            break
        share = "" if np.isnan(total) else f" ({report.words.share(total)} %)"
        after.append(f"{_label(one, report.words)}{share}")
    return report.say("then", inputs=", ".join(after)) if after else ""


def _how(report: Report) -> list[str]:
    found, order = report.sensitivity.findings, report.sensitivity.prepared.order
    number = report.words.number
    lines = [report.say("runs", runs=number(found.runs, 7), inputs=len(found.inputs), seed=order.seed)]
    if order.screens:
        lines.append(report.say("screened", trajectories=order.trajectories, told=len(found.told), most=MOST_TOLD))
    if order.divides and found.shares is not None:
        lines.append(report.say("divided", samples=number(order.samples, 7), told=len(found.told)))
    lines += [report.say("one at a time"), report.say("ranges")]
    if bool((report.results["summed"] == 0).any()):
        lines.append(report.say("means"))
    return [*lines, report.say("no noise"), report.say("not asked")]


def _dead(report: Report) -> list[str]:
    """The inputs that change none of the outcomes."""
    results = report.results
    if "mu_star" not in results:
        return []
    largest = results["mu_star"].max("input")
    relative = (results["mu_star"] / largest.where(largest > 0)).max(["outcome", "year", "place"])
    labels = results["label" if report.words.language == "en" else "label_sv"].values
    dead = [str(label) for label, value in zip(labels, relative.values, strict=True) if not value > DEAD]
    return [report.say("dead", count=len(dead), inputs="; ".join(dead))] if dead else []
