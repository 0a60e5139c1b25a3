"""summary.md of a comparison: what differs, why, and which loops carried it; every number from the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from outputs.comparison.results import group_key
from outputs.comparison.summary_words import SENTENCES
from outputs.comparison.words import Words, say
from outputs.ensemble.areas import REGION
from outputs.ensemble.quantiles import HIGH_80, LOW_80
from outputs.words import bullets
from scenarios.compare.analyse import Compared, Comparison
from scenarios.compare.groups import Group
from scenarios.compare.loops import LOOPS

PER_CENT, TEN = 100.0, 10
PEOPLE, JOBS = "total_population", "filled_jobs"
TOLD = (
    JOBS,
    "nonregistered_workers",
    "in_commuters",
    "dwellings",
    "house_price_index",
    "tax_base",
    "tax_forgone",
    "service_level",
)
"""Measures told in short, after people."""
COLUMNS = (PEOPLE, JOBS, "nonregistered_workers", "dwellings", "tax_base")
"""Measures of the tables by municipality and by assumption."""
FIGURES = ("difference", "why", "loops", "map", "who", "municipalities")
NEEDS_GROUPS = ("why", "loops")


def told_years(comparison: Comparison) -> list[int]:
    """The years told of: the target years within the runs (the last one most of all), or the last year."""
    settings, years = comparison.sides.base.settings, comparison.sides.years
    return sorted({year for year in settings.target_years if year in years}) or [years[-1]]


@dataclass(frozen=True)
class Story:
    """What the summary is made of."""

    comparison: Comparison
    results: xr.Dataset
    words: Words

    def say(self, key: str, **values: object) -> str:
        """A sentence with its numbers in place."""
        return say(SENTENCES, key, self.words.language, **values)

    @property
    def years(self) -> list[int]:
        """The years told of, and the last one of the runs."""
        return sorted({*told_years(self.comparison), self.comparison.sides.years[-1]})

    @property
    def year(self) -> int:
        """The year told of most."""
        return told_years(self.comparison)[-1]


@dataclass(frozen=True)
class Part:
    """One scenario's part of the story: its numbers, and what was found of it."""

    story: Story
    compared: Compared
    one: xr.Dataset

    @property
    def title(self) -> str:
        """The scenario's title."""
        title = self.compared.side.scenario.header.title
        return self.story.words.pick((title.en, title.sv))

    def at(self, name: str, part: str, year: int, area: str = REGION) -> float:
        """A number of a measure."""
        return float(self.one[f"{name}_{part}"].sel(year=year, area=area))

    def change(self, name: str, value: float) -> str:
        """A measure's difference in words."""
        return self.story.words.change(name, value, self.unit(name))

    def level(self, name: str, value: float) -> str:
        """A measure's level in words."""
        return self.story.words.level(name, value, self.unit(name))

    def unit(self, name: str) -> str:
        """A measure's unit."""
        return str(self.one[f"{name}_base"].attrs["units"])

    def span(self, name: str, year: int) -> tuple[str, str] | None:
        """Ends of the band of 8 of 10 pairs of the region; None without pairs."""
        if f"{name}_band" not in self.one:
            return None
        band = self.one[f"{name}_band"].sel(year=year, area=REGION)
        low, high = (self.change(name, float(band.sel(quantile=share))) for share in (LOW_80, HIGH_80))
        return low, high


def write_summary(story: Story, path: Path) -> None:
    """Write summary.md."""
    parts = [
        Part(story, compared, story.results.sel(scenario=compared.side.name)) for compared in story.comparison.compared
    ]
    base = story.comparison.sides.base.scenario.header.title
    others = ", ".join(part.title for part in parts)
    sections = [
        f"# {story.say('title', others=others, base=story.words.pick((base.en, base.sv)))}",
        f"**{story.say('kind')}**",
        *(section for part in parts for section in _sections(part)),
        bullets(story.say("how heading"), _how(story)),
        bullets(story.say("files heading"), _files(story)),
    ]
    path.write_text("\n\n".join(section for section in sections if section) + "\n", encoding="utf-8")


def _sections(part: Part) -> list[str]:
    short = bullets(part.story.say("short heading", one=part.title), _in_short(part))
    if not part.compared.groups:
        return [short]
    return [
        short,
        _why(part),
        _loops(part),
        _municipalities(part),
        _industries(part),
        _ages(part),
        _figures(part),
    ]


def _in_short(part: Part) -> list[str]:
    story = part.story
    if not part.compared.groups:
        return [story.say("same")]
    lines = [_people(part, year) for year in story.years]
    for name in (name for name in TOLD if f"{name}_base" in part.one):
        base, difference = (part.at(name, kind, story.year) for kind in ("base", "difference"))
        span = part.span(name, story.year)
        band = story.say("band", low=span[0], high=span[1]) if span else ""
        told = {"change": part.change(name, difference), "value": part.level(name, base + difference)}
        title = story.words.title(name)
        lines.append(story.say("line", title=title, year=story.year, base=part.level(name, base), band=band, **told))
    return [*lines, _most(part)]


def _people(part: Part, year: int) -> str:
    story = part.story
    base, difference = (part.at(PEOPLE, kind, year) for kind in ("base", "difference"))
    told = story.say(
        "people",
        year=year,
        change=part.change(PEOPLE, difference),
        per_cent=_signed(PER_CENT * difference / base, story.words),
        value=part.level(PEOPLE, base + difference),
        base=part.level(PEOPLE, base),
    )
    span = part.span(PEOPLE, year)
    if span is None:
        return told
    pairs = story.words.number(story.comparison.order.members)
    more = _more(story, part.at(PEOPLE, "share_above", year))
    return f"{told} {story.say('people band', pairs=pairs, low=span[0], high=span[1], more=more)}"


def _more(story: Story, share: float) -> str:
    """In how many of the pairs there are more people."""
    if share in (0.0, 1.0):
        return story.say("more all" if share else "more none")
    return story.say("more of 10", share=min(max(round(TEN * share), 1), TEN - 1) if 0 < share < 1 else share)


def _most(part: Part) -> str:
    """The municipality whose population differs most."""
    at = part.one.sel(year=part.story.year)
    people = at[f"{PEOPLE}_difference"].where(at["area_kind"] == "municipality", drop=True)
    code = str(people["area"].values[int(np.abs(people.values).argmax())])
    difference, base = (part.at(PEOPLE, kind, part.story.year, code) for kind in ("difference", "base"))
    per_cent = _signed(PER_CENT * difference / base, part.story.words)
    change = part.change(PEOPLE, difference)
    return part.story.say("most", year=part.story.year, place=_place(part, code), change=change, per_cent=per_cent)


def _why(part: Part) -> str:
    story, shares, groups = part.story, part.compared.shares, part.compared.groups
    order = sorted(groups, key=lambda group: -abs(_share(part, PEOPLE, group)))
    first, words = order[0], story.words
    change = part.change(PEOPLE, _share(part, PEOPLE, first))
    lead = [story.say("why first", name=words.group(first), change=change, altered=words.altered(first)), _method(part)]
    if not shares.exact:
        error = float(part.one[f"{PEOPLE}_share_error"].sel(year=story.year, area=REGION).max())
        lead.append(story.say("error", year=story.year, error=words.number(error)))
    header = [story.say("assumption"), story.say("changed"), *(words.title(name) for name in COLUMNS)]
    rows = [
        [words.group(group), words.altered(group)] + [part.change(name, _share(part, name, group)) for name in COLUMNS]
        for group in order
    ]
    whole = [part.change(name, part.at(name, "difference", story.year)) for name in COLUMNS]
    table = _table(header, [*rows, [f"**{story.say('whole')}**", "", *whole]], 2)
    return "\n\n".join([f"## {story.say('why heading', year=story.year)}", " ".join(lead), table])


def _share(part: Part, name: str, group: Group) -> float:
    shares = part.one[f"{name}_share"]
    return float(shares.sel(assumption=group_key(group), year=part.story.year, area=REGION))


def _method(part: Part) -> str:
    story, shares, count = part.story, part.compared.shares, len(part.compared.groups)
    if count == 1:
        return story.say("why one")
    runs = story.words.number(shares.coalitions + 2)
    if shares.exact:
        return story.say("why exact", count=count, runs=runs)
    return story.say("why sampled", count=count, runs=runs, orders=story.comparison.order.orders)


def _loops(part: Part) -> str:
    story, words = part.story, part.story.words
    at = part.one.sel(year=story.year, area=REGION)
    carried = {name: at[f"{name}_carried"] for name in (PEOPLE, JOBS)}
    largest = max(LOOPS, key=lambda loop: abs(float(carried[PEOPLE].sel(loop=loop.key))))
    lead = story.say(
        "loops first",
        name=words.loop(largest),
        told=words.pick(largest.told),
        change=part.change(PEOPLE, float(carried[PEOPLE].sel(loop=largest.key))),
        whole=part.change(PEOPLE, float(at[f"{PEOPLE}_difference"])),
    )
    columns = [story.say(key) for key in ("loop", "link", "carried people", "carried jobs", "alone people")]
    direct = [part.change(name, float(at[f"{name}_direct"])) for name in (PEOPLE, JOBS)]
    rows = [[story.say("direct"), "", *direct, ""]]
    for loop in LOOPS:
        told = [part.change(name, float(carried[name].sel(loop=loop.key))) for name in (PEOPLE, JOBS)]
        alone = part.change(PEOPLE, float(at[f"{PEOPLE}_alone"].sel(loop=loop.key)))
        rows.append([words.loop(loop), words.pick(loop.told), *told, alone])
    whole = [part.change(name, float(at[f"{name}_difference"])) for name in (PEOPLE, JOBS)]
    table = _table(columns, [*rows, [f"**{story.say('whole')}**", "", *whole, ""]], 2)
    heading = f"## {story.say('loops heading', year=story.year)}"
    return "\n\n".join([heading, f"{lead} {story.say('loops how')}", table, story.say("loops note")])


def _municipalities(part: Part) -> str:
    story = part.story
    header = [story.say("place"), *(story.words.title(name) for name in COLUMNS)]
    rows = []
    for code in part.one["area"].values.tolist():
        cells = [part.change(name, part.at(name, "difference", story.year, code)) for name in COLUMNS]
        difference, base = (part.at(PEOPLE, kind, story.year, code) for kind in ("difference", "base"))
        cells[0] += f" ({_signed(PER_CENT * difference / base, story.words)} %)"
        rows.append([_place(part, code), *cells])
    heading = f"## {story.say('table heading', year=story.year)}"
    return "\n\n".join([heading, story.say("table note"), _table(header, rows, 1)])


def _industries(part: Part) -> str:
    story = part.story
    at = part.one.sel(year=story.year, area=REGION)
    rows = []
    for industry in at["industry"].values.tolist():
        difference, base = (float(at[f"jobs_{kind}"].sel(industry=industry)) for kind in ("difference", "base"))
        told = {"value": part.level(JOBS, base + difference), "base": part.level(JOBS, base)}
        rows.append([story.words.label(industry), part.change(JOBS, difference), story.say("instead", **told)])
    header = [story.say(key) for key in ("industry", "difference", "values")]
    return f"## {story.say('industry heading', year=story.year)}\n\n{_table(header, rows, 1)}"


def _ages(part: Part) -> str:
    story = part.story
    people = part.one["population_by_age_group_difference"].sel(year=story.year, area=REGION)
    sexes = people["sex"].values.tolist()
    header = [story.say("age"), *(story.words.label(sex) for sex in sexes)]
    rows = [
        [story.words.label(group)] + [part.change(PEOPLE, float(people.sel(age_group=group, sex=sex))) for sex in sexes]
        for group in people["age_group"].values.tolist()
    ]
    return f"## {story.say('ages heading', year=story.year)}\n\n{_table(header, rows, 1)}"


def _figures(part: Part) -> str:
    from outputs.comparison.publish import stem_of

    stem = stem_of(part.story.comparison, part.compared)
    base = part.story.comparison.sides.base.scenario.header.title
    less = part.story.say("less", one=part.title, base=part.story.words.pick((base.en, base.sv)))
    shown = [f"![{part.story.say(f'figure {key}')}: {less}](figures/{stem}{key}.png)" for key in FIGURES]
    return "\n\n".join([f"## {part.story.say('figures heading')}", *shown])


def _how(story: Story) -> list[str]:
    order = story.comparison.order
    lines = [story.say("start", start=story.comparison.sides.base.settings.start)]
    if order.members:
        lines.append(story.say("chance", pairs=story.words.number(order.members), seed=order.seed))
    else:
        lines.append(story.say("no chance"))
    return [*lines, story.say("judged")]


def _files(story: Story) -> list[str]:
    years = ", ".join(map(str, told_years(story.comparison)))
    return [story.say(f"file {number}", years=years) for number in range(1, 5)]


def _place(part: Part, code: str) -> str:
    name = "area_name_sv" if part.story.words.language == "sv" else "area_name"
    return str(part.one[name].sel(area=code).values)


def _signed(value: float, words: Words) -> str:
    """A share in per cent with its sign, to the tenth."""
    shown = round(value, 1) + 0.0
    return f"+{words.number(shown)}" if shown > 0 else words.number(shown)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], texts: int) -> str:
    """A table in Markdown; the first `texts` columns hold words, the others numbers."""
    line = "|" + "---|" * texts + "---:|" * (len(header) - texts)
    body = ["| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(header) + " |", line, *body])
