"""summary.md of the difference of two ensembles: what one scenario has more of than the other, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from outputs.ensemble.areas import REGION
from outputs.ensemble.bands import QUANTILE
from outputs.ensemble.quantiles import HIGH_80, LOW_80, MEDIAN
from outputs.ensemble.source import AREA, PEOPLE
from outputs.ensemble.summary import TOLD
from outputs.ensemble.summary_words import SENTENCES
from outputs.ensemble.target import Chance, chance_of
from outputs.ensemble.words import chance_in_words
from outputs.words import bullets, number, phrase

COLUMNS = 4


@dataclass(frozen=True)
class Contrast:
    """What is told: bands of the difference, share of the pairs with more, names of the two, years, language."""

    bands: xr.Dataset
    more: dict[str, xr.DataArray]
    names: tuple[str, str]
    years: Sequence[int]
    language: str

    def say(self, key: str, **values: object) -> str:
        """A sentence with its numbers in place."""
        return phrase(SENTENCES, key, self.language, **values)

    def above(self, name: str, area: str, year: int) -> Chance:
        """In how many of the pairs the first scenario has more."""
        runs = int(self.bands.attrs["members"])
        share = float(self.more[name].sel({AREA: area, "year": year}))
        return chance_of(round(runs * share), runs)

    def numbers(self, name: str, area: str, year: int) -> dict[str, str]:
        """Median and ends of the 8-of-10 band, with their signs."""
        at = self.bands[name].sel({AREA: area, "year": year})
        shares = {"median": MEDIAN, "low": LOW_80, "high": HIGH_80}
        whole = at.attrs.get("units") != "1"  # people, jobs and homes come whole; shares do not
        return {key: self._signed(float(at.sel({QUANTILE: share})), whole) for key, share in shares.items()}

    def _signed(self, value: float, whole: bool) -> str:
        shown = float(round(value)) + 0.0 if whole else value
        return f"+{number(shown, self.language)}" if shown > 0 else number(shown, self.language)


def write_difference_summary(contrast: Contrast, path: Path) -> None:
    """Write summary.md."""
    one, two = contrast.names
    pairs = number(int(contrast.bands.attrs["members"]), contrast.language)
    title = contrast.say("difference title", one=one, two=two)
    figure = contrast.say("difference alt", one=one, two=two)
    sections = [
        f"# {title}",
        f"**{contrast.say('difference kind', one=one, two=two, runs=pairs)}**",
        bullets(contrast.say("short heading"), _in_short(contrast)),
        _table(contrast),
        f"## {contrast.say('figures heading')}\n\n![{figure}](figures/region.png)\n\n*{figure}*",
    ]
    path.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _in_short(contrast: Contrast) -> list[str]:
    last = contrast.years[-1]
    told = [(PEOPLE, year) for year in contrast.years] + [(name, last) for name in TOLD if name in contrast.bands]
    lines = []
    for name, year in told:
        long_name = contrast.bands[name].attrs["long_name_sv" if contrast.language == "sv" else "long_name"]
        chance = chance_in_words(contrast.above(name, REGION, year), contrast.language)
        numbers = contrast.numbers(name, REGION, year)
        lines.append(contrast.say("more", year=year, name=long_name, chance=chance, **numbers))
    return lines


def _table(contrast: Contrast) -> str:
    last = contrast.years[-1]
    names = contrast.bands["area_name_sv" if contrast.language == "sv" else "area_name"]
    header = contrast.say("difference header", last=last)
    rows = [f"## {contrast.say('table heading')}", "", header, "|---|" + "---:|" * (COLUMNS - 1)]
    for code in names[AREA].values.tolist():
        told = contrast.numbers(PEOPLE, code, last)
        chance = contrast.above(PEOPLE, code, last)
        counts = (number(count, contrast.language) for count in (chance.reached, chance.runs))
        above = contrast.say("of", **dict(zip(("some", "all"), counts, strict=True)))
        span = contrast.say("range", low=told["low"], high=told["high"])
        rows.append(f"| {names.sel({AREA: code}).item()} | {told['median']} | {span} | {above} |")
    return "\n".join(rows)
