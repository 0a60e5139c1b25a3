"""The words of a sensitivity analysis' figures and summary, in English and Swedish."""

from __future__ import annotations

import math

import xarray as xr

from outputs.words import LANGUAGES, number, phrase
from scenarios.sensitivity.inputs import NEVER

WORDS: dict[str, tuple[str, str]] = {
    "region": ("Norrbotten and Västerbotten", "Norrbotten och Västerbotten"),
    "scenario": ("Scenario, not forecast", "Scenario, inte prognos"),
    "tornado title": ("What drives {outcome} in {year}", "Vad som driver {outcome} år {year}"),
    "change": (
        "change when one input goes to its low or high value, {unit}",
        "ändring när en indata går till sitt låga eller höga värde, {unit}",
    ),
    "middle": ("all at their median: {value}", "allt vid medianen: {value}"),
    "low": ("■ low value (1 of 10 lie below)", "■ lågt värde (1 av 10 ligger under)"),
    "high": ("■ high value (1 of 10 lie above)", "■ högt värde (1 av 10 ligger över)"),
    "share": ("share of the uncertainty, %", "andel av osäkerheten, %"),
    "share note": ("with interactions; line: 95 % interval", "med samspel; streck: 95 %-intervall"),
    "points": ("percentage points", "procentenheter"),
    "per cent": ("per cent", "procent"),
    "others": ("the {count} weakest inputs together", "de {count} svagaste indata tillsammans"),
    "luck": ("bad to good", "dålig till god"),
    "never": ("never", "aldrig"),
    "to": ("to", "till"),
    "screening title": ("Screening: {outcome} in {year}", "Gallring: {outcome} år {year}"),
    "mu star": (
        "mean size of the effect (mu*), {unit}",
        "genomsnittlig storlek på effekten (mu*), {unit}",
    ),
    "sigma": ("spread of the effect (sigma), {unit}", "effektens spridning (sigma), {unit}"),
    "above": ("above the line: acts mostly together with others", "över linjen: verkar mest tillsammans med annat"),
    "overview title": (
        "What drives what in {year}: share of the uncertainty, %",
        "Vad som driver vad år {year}: andel av osäkerheten, %",
    ),
    "overview title mu": (
        "What drives what in {year}: effect relative to the largest, %",
        "Vad som driver vad år {year}: effekt relativt den största, %",
    ),
    "still": ("nothing moves it", "inget påverkar det"),
    "undefined": ("not a number in some runs", "inte ett tal i vissa körningar"),
}
UNITS: dict[str, tuple[str, str]] = {
    "persons": ("people", "personer"),
    "persons/year": ("people a year", "personer per år"),
    "jobs": ("jobs", "jobb"),
    "dwellings": ("dwellings", "bostäder"),
    "dwellings/year": ("dwellings a year", "bostäder per år"),
    "SEK": ("SEK", "kr"),
    "SEK/year": ("SEK a year", "kr per år"),
    "SEK/(person*year)": ("SEK a person and year", "kr per person och år"),
    "SEK/person": ("SEK a person", "kr per person"),
    "kSEK": ("thousand SEK", "tkr"),
    "kSEK/person": ("thousand SEK a person", "tkr per person"),
    "persons/job": ("people per job", "personer per jobb"),
    "year": ("years", "år"),
    "1/year": ("per cent a year", "procent per år"),
    "MW": ("MW", "MW"),
    "minutes": ("minutes", "minuter"),
    "dwellings/job": ("dwellings per job", "bostäder per jobb"),
    "dwellings/person": ("dwellings per person", "bostäder per person"),
    "persons/campaign": ("people per campaign", "personer per kampanj"),
    "campaigns/year": ("campaigns a year", "kampanjer per år"),
    "jobs*year/dwelling": ("work years per dwelling", "årsarbeten per bostad"),
    "person/kSEK": ("per thousand SEK", "per tkr"),
    "1": ("", ""),
}
SCALES: tuple[tuple[float, tuple[str, str]], ...] = (
    (1e9, ("billion ", "miljarder ")),
    (1e6, ("million ", "miljoner ")),
    (1.0, ("", "")),
)
PER_CENT = 100.0
DIGITS = 3
SHARES = ("share", "unemployed share")
"""How the names of outcomes begin that are shares and are told in per cent."""
GROWTH = "1/year"
"""The unit of rates of growth and of leaving, told in per cent a year."""
FIRST_YEARS = 1900.0
"""A number of years from here on is a calendar year."""


class Words:
    """Words, units and numbers in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._index = LANGUAGES.index(language)

    def say(self, key: str, **values: object) -> str:
        """Words with their numbers in place."""
        return phrase(WORDS, key, self.language, **values)

    def pick(self, english: str, swedish: str) -> str:
        """The one of two texts that is in this language."""
        return (english, swedish)[self._index]

    def unit(self, unit: str) -> str:
        """A unit in words; the model's own where there are none."""
        return UNITS[unit][self._index] if unit in UNITS else unit

    def scaled(self, one: xr.Dataset, largest: float) -> tuple[float, str]:
        """What to divide an outcome's changes by so that they read easily, and their unit in words."""
        unit = str(one["unit"].values)
        if is_share(one):
            return 1 / PER_CENT, self.say("points")
        if not unit.startswith("SEK"):
            return 1.0, self.unit(unit)
        scale, words = next(((size, words) for size, words in SCALES if abs(largest) >= size), SCALES[-1])
        return scale, f"{words[self._index]}{self.unit(unit)}"

    def amount(self, one: xr.Dataset, value: float) -> str:
        """An outcome's value with its unit."""
        scale, unit = self.scaled(one, value)
        return f"{self.number(value / scale)} {self.say('per cent') if is_share(one) else unit}".strip()

    def number(self, value: float, digits: int = 3) -> str:
        """A number of at most three significant digits."""
        return number(value, self.language, digits)

    def change(self, value: float, largest: float) -> str:
        """A number with its sign, as exact as three digits of the largest one it stands beside: +1 200, −30, 0."""
        decimals = DIGITS - 1 - math.floor(math.log10(abs(largest))) if largest else 0
        rounded = round(value, decimals) + 0.0
        return f"+{self.number(rounded)}" if rounded > 0 else self.number(rounded)

    def share(self, value: float) -> str:
        """A share in whole per cent; '<1' for one that would be 0."""
        per_cent = round(PER_CENT * value)
        return str(per_cent) if per_cent >= 1 else "<1"

    def span(self, low: float, high: float, unit: str) -> str:
        """An input's low and high value with its unit: '4 to 9 years', '2031 to never'."""
        if unit == GROWTH:
            low, high = PER_CENT * low, PER_CENT * high
        both = [self._level(value, unit) for value in sorted((low, high))]
        dated = unit == "year" and max(low, high) >= FIRST_YEARS
        words = "" if dated else self.unit(unit)
        text = both[0] if both[0] == both[1] else f"{both[0]} {self.say('to')} {both[1]}"
        return f"{text} {words}".strip()

    def _level(self, value: float, unit: str) -> str:
        if value == NEVER:
            return self.say("never")
        if unit == "year" and value >= FIRST_YEARS:
            return f"{value:.0f}"
        return self.number(value)


def is_share(one: xr.Dataset) -> bool:
    """Whether an outcome is a share of something, so that it is told in per cent."""
    return str(one["outcome_name"].values).startswith(SHARES)
