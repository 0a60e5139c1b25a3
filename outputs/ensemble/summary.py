"""summary.md of an ensemble: median and 8 of 10 runs, the chance of the target, and what the bands are worth."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from outputs.ensemble.areas import REGION
from outputs.ensemble.bands import ERROR, QUANTILE
from outputs.ensemble.plausible import checks
from outputs.ensemble.quantiles import HIGH_80, LOW_80, LOW_95, MEDIAN
from outputs.ensemble.source import AREA, NEW, PEOPLE
from outputs.ensemble.summary_words import SENTENCES
from outputs.ensemble.target import Target
from outputs.ensemble.words import chance_in_words
from outputs.scenario_words import change_in_words
from outputs.words import bullets, number, phrase
from scenarios.places import read_places
from scenarios.read import Scenario
from scenarios.record import Changed
from scenarios.schema import Settings

TOLD = ("employed_residents", "unemployed", "nonregistered_workers", "dwellings")
"""Results of the last year told of for the region, where the ensemble has them."""
FILES = ("bands.nc", "bands.csv", "target.csv", "run.json")
COARSE = 5.0
"""Per cent of the 8-of-10 band that the error of its median may be (19 of 20) before more runs are advised."""
NINETEEN_OF_TWENTY = 2.0
"""Standard errors either side that hold the truth in about 19 of 20 samples."""
HUNDRED = 100.0
PER_CENT_DIGITS = 2


@dataclass(frozen=True)
class Story:
    """What the summary is made of."""

    bands: xr.Dataset
    target: Target
    scenario: Scenario
    settings: Settings
    changes: Sequence[Changed]
    plan: Mapping[str, Any]
    language: str

    def say(self, key: str, **values: object) -> str:
        """A sentence with its numbers in place."""
        return phrase(SENTENCES, key, self.language, **values)

    def number(self, value: float, digits: int = 3) -> str:
        """A number in the language's form."""
        return number(value, self.language, digits)

    @property
    def runs(self) -> int:
        """How many members there are."""
        return int(self.bands.attrs["members"])

    @property
    def years(self) -> list[int]:
        """The years told of: target years and the last."""
        held = self.bands["year"].values.tolist()
        return sorted({year for year in (*self.settings.target_years, held[-1]) if year in held})

    def band(self, name: str, area: str, year: int) -> dict[str, str]:
        """Median and ends of the 8-of-10 band in words."""
        at = self.bands[name].sel({AREA: area, "year": year})
        shares = {"median": MEDIAN, "low": LOW_80, "high": HIGH_80}
        return {key: self.number(float(at.sel({QUANTILE: share}))) for key, share in shares.items()}

    def name_of(self, result: str) -> str:
        """The long name of a result."""
        return str(self.bands[result].attrs["long_name_sv" if self.language == "sv" else "long_name"])


def write_ensemble_summary(story: Story, path: Path) -> None:
    """Write summary.md."""
    header = story.scenario.header
    swedish = story.language == "sv"
    title, description = (each.sv if swedish else each.en for each in (header.title, header.description))
    sections = [
        f"# {title}",
        " ".join(description.split()),
        f"**{story.say('kind', runs=story.number(story.runs))}**",
        bullets(story.say("short heading"), in_short(story)),
        bullets(story.say("covers heading"), covered(story)),
        bullets(story.say("not heading"), not_covered(story)),
        bullets(story.say("enough heading"), enough(story)),
        bullets(story.say("checks heading"), checks_in_words(story)),
        bullets(story.say("changes heading"), _changes(story)),
        _table(story),
        _figures(story),
        bullets(story.say("files heading"), [story.say(f"file {name}") for name in FILES]),
    ]
    path.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def in_short(story: Story) -> list[str]:
    """People, new residents and the chance of the target at the years told of; other results at the last."""
    lines, target = [], story.target
    for year in story.years:
        lines.append(story.say("people", year=year, **story.band(PEOPLE, REGION, year)))
        lines.append(story.say("new", year=year, base=target.base_year, **story.band(NEW, REGION, year)))
        chance = chance_in_words(target.by_then[target.years.index(year)], story.language)
        lines.append(story.say("reached", year=year, target=story.number(target.target), chance=chance))
    return [*lines, *(_other(story, name) for name in TOLD if name in story.bands)]


def _other(story: Story, name: str) -> str:
    last = story.years[-1]
    return story.say("other", year=last, name=story.name_of(name), **story.band(name, REGION, last))


def covered(story: Story) -> list[str]:
    """What the members differ in, as the plan records it."""
    chance, fit = story.plan["chance"], story.plan.get("fit")
    origin = story.say("posterior", file=fit["fit"]) if fit else story.say("priors")
    count = story.number(len(chance["dimensions"]))
    drawn = story.say("parameters", count=count, origin=origin, seed=story.plan["seed"])
    return [drawn, story.say("noise"), story.say("projects")]


def not_covered(story: Story) -> list[str]:
    """What every member has in common."""
    chance = story.plan["chance"]
    held = len(chance.get("held", ())) + len(chance.get("held by the scenario", ()))
    return [
        story.say("structure"),
        story.say("policy"),
        story.say("held", count=story.number(held)),
        story.say("data"),
    ]


def enough(story: Story) -> list[str]:
    """The Monte Carlo error of the region's median in the last year, and how many runs would make it small."""
    if story.runs == 1:
        return [story.say("one run")]
    last = story.years[-1]
    at = story.bands[PEOPLE].sel({AREA: REGION, "year": last})
    width = float(at.sel({QUANTILE: HIGH_80})) - float(at.sel({QUANTILE: LOW_80}))
    error = NINETEEN_OF_TWENTY * float(story.bands[f"{PEOPLE}_{ERROR}"].sel({AREA: REGION, "year": last}))
    share = HUNDRED * error / width if width > 0 else 0.0
    told = {"error": story.number(error, 2), "share": story.number(share, 2)}
    lines = [story.say("error", runs=story.number(story.runs), year=last, **told)]
    if share > COARSE:
        wanted = _round_up(story.runs * (share / COARSE) ** 2)
        numbers = {"wanted": story.number(wanted), "plain": f"{wanted:.0f}", "limit": story.number(COARSE)}
        lines.append(story.say("too few", **numbers))
    else:
        lines.append(story.say("enough"))
    return [*lines, story.say("tails", beyond=story.number(int(LOW_95 * story.runs)))]


def _round_up(count: float) -> float:
    """The next number of one significant digit."""
    unit = 10.0 ** math.floor(math.log10(count))
    return unit * math.ceil(count / unit)


def checks_in_words(story: Story) -> list[str]:
    """The checks of plausibility with their verdicts."""
    lines = []
    for check in checks(story.bands):
        numbers = {
            key: story.number(value, PER_CENT_DIGITS) if isinstance(value, float) else value
            for key, value in check.numbers.items()
        }
        lines.append(story.say(check.key, verdict=story.say("yes" if check.holds else "no"), **numbers))
    return lines or [story.say("one run")]


def _changes(story: Story) -> list[str]:
    places = read_places()
    return [change_in_words(change, places, story.language) for change in story.changes] or [story.say("no changes")]


def _table(story: Story) -> str:
    first, last = (int(story.bands["year"].values[end]) for end in (0, -1))
    people = story.bands[PEOPLE]
    names = story.bands["area_name_sv" if story.language == "sv" else "area_name"]
    header = story.say("table header", first=first, last=last)
    rows = [f"## {story.say('table heading')}", "", header, "|---|" + "---:|" * 4]
    for code in people[AREA].values.tolist():
        start = float(people.sel({AREA: code, "year": first, QUANTILE: MEDIAN}))
        ends = [float(people.sel({AREA: code, "year": last, QUANTILE: share})) for share in (LOW_80, HIGH_80)]
        change = [story.number(round(HUNDRED * (end / start - 1), 1) + 0.0, PER_CENT_DIGITS) for end in ends]
        band = story.band(PEOPLE, code, last)
        span, relative = story.say("range", **band), story.say("range", low=change[0], high=change[1])
        name = str(names.sel({AREA: code}).values)
        rows.append(f"| {name} | {story.number(start)} | {band['median']} | {span} | {relative} |")
    return "\n".join(rows)


def _figures(story: Story) -> str:
    told = {"region": region_alt(story), "target": target_alt(story), "municipalities": multiples_alt(story)}
    images = [f"![{text}](figures/{name}.png)\n\n*{text}*" for name, text in told.items()]
    return f"## {story.say('figures heading')}\n\n" + "\n\n".join(images)


def region_alt(story: Story) -> str:
    """The region's figure in words."""
    first, last = (int(story.bands["year"].values[end]) for end in (0, -1))
    told = story.say("people", year=last, **story.band(PEOPLE, REGION, last))
    return story.say("region alt", first=first, last=last, told=told)


def target_alt(story: Story) -> str:
    """The target's figure in words."""
    target, last = story.target, story.target.years[-1]
    chance = chance_in_words(target.by_then[-1], story.language)
    return story.say("target alt", base=target.base_year, last=last, target=story.number(target.target), chance=chance)


def multiples_alt(story: Story) -> str:
    """The municipalities' figure in words: how many grow, fall, or may do either."""
    people = story.bands[PEOPLE].where(story.bands["area_kind"] == "municipality", drop=True)
    first, last = (people.isel(year=end) for end in (0, -1))
    start = first.sel({QUANTILE: MEDIAN})
    falling = int(np.sum((last.sel({QUANTILE: HIGH_80}) < start).values))
    rising = int(np.sum((last.sel({QUANTILE: LOW_80}) > start).values))
    open_ = people.sizes[AREA] - falling - rising
    years = {"first": int(people["year"].values[0]), "last": int(people["year"].values[-1])}
    return story.say("multiples alt", falling=falling, rising=rising, open=open_, **years)
