"""Words, units and numbers of a comparison, in English and Swedish."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from math import floor

from outputs.words import LANGUAGES, number, phrase
from scenarios.compare.groups import Altered, Group
from scenarios.compare.loops import Loop
from scenarios.places import Places, read_places
from scenarios.run import project_root
from scenarios.schema import FIRST_START
from scenarios.sensitivity.inputs import NEVER, read_names

INDEX, MILLION = 100.0, 1e6
"""An index is told with its start at 100."""
TITLES: dict[str, tuple[str, str]] = {
    "total_population": ("People", "Folkmängd"),
    "population_by_sex": ("People by sex", "Folkmängd efter kön"),
    "population_by_age_group": ("People by age and sex", "Folkmängd efter ålder och kön"),
    "net_migration": ("Net moves per year", "Flyttnetto per år"),
    "filled_jobs": ("Filled jobs", "Förvärvsarbetande dagbefolkning"),
    "jobs": ("Filled jobs by industry", "Förvärvsarbetande efter näringsgren"),
    "employed_residents": ("Employed residents", "Förvärvsarbetande nattbefolkning"),
    "unemployed": ("Unemployed", "Arbetslösa"),
    "nonregistered_workers": ("Workers registered elsewhere", "Arbetande folkbokförda på annat håll"),
    "in_commuters": ("In-commuters", "Inpendlare"),
    "out_commuters": ("Out-commuters", "Utpendlare"),
    "dwellings": ("Dwellings", "Bostäder"),
    "house_price_index": ("House prices, start = 100", "Småhuspriser, start = 100"),
    "tax_base": ("Tax base, million SEK", "Skatteunderlag, miljoner kr"),
    "tax_base_per_inhabitant": ("Tax base per inhabitant, SEK", "Skattekraft, kr per invånare"),
    "tax_forgone": ("Tax forgone, million SEK a year", "Utebliven skatt, miljoner kr per år"),
    "municipal_result": ("Municipal result, million SEK a year", "Kommunernas resultat, miljoner kr per år"),
    "service_level": ("Service level, base year = 100", "Servicenivå, basåret = 100"),
}
"""Headings of figures and tables. A difference of people is also one of new residents: the base year is the same."""
SCALES = {
    "house_price_index": 1 / INDEX,
    "service_level": 1 / INDEX,
    "tax_base": MILLION,
    "tax_forgone": MILLION,
    "municipal_result": MILLION,
}
"""What values are divided by where they are told."""
COUNTED = ("persons", "jobs", "dwellings")
"""Units that come whole."""
INPUTS: dict[str, tuple[str, str]] = {
    "project delay": ("delay", "försening"),
    "project scale": ("size", "storlek"),
    "project stop time": ("building stops", "bygget stoppas"),
    "project closure time": ("closure", "nedläggning"),
    "project finance": ("finance", "finansiering"),
    "project permit": ("permits", "tillstånd"),
    "known stop time": ("standstill", "stillestånd"),
    "known closure time": ("closure as it happened", "nedläggning som den skedde"),
    "planned building start": ("building start", "byggstart"),
    "planned building time": ("building time", "byggtid"),
    "project jobs at full operation": ("jobs at full operation", "jobb vid full drift"),
    "building finance": ("finance for housing", "finansiering av bostäder"),
    "fertility lever": ("fertility", "fruktsamhet"),
    "mortality lever": ("mortality", "dödlighet"),
    "immigration lever": ("immigration", "invandring"),
    "north opening time": ("railway Skellefteå-Luleå opens", "Norrbotniabanan Skellefteå-Luleå öppnar"),
    "south opening time": ("railway Umeå-Skellefteå opens", "Norrbotniabanan Umeå-Skellefteå öppnar"),
}
"""Names of inputs that scenarios/sensitivity/names.csv does not hold."""
UNITS: dict[str, tuple[str, str]] = {
    "year": ("years", "år"),
    "1/year": ("a year", "per år"),
    "kSEK/person": ("thousand SEK a person", "tkr per person"),
    "persons/year": ("people a year", "personer per år"),
    "campaigns/year": ("campaigns a year", "kampanjer per år"),
}
LABELS: dict[str, tuple[str, str]] = {
    "women": ("women", "kvinnor"),
    "men": ("men", "män"),
    "basic": ("mines and manufacturing", "gruvor och industri"),
    "construction": ("construction", "byggverksamhet"),
    "services": ("local private services", "lokala privata tjänster"),
    "welfare": ("public welfare services", "offentliga välfärdstjänster"),
    "other": ("other", "övrigt"),
}
REGISTER = "scenarios/projects.csv"


@dataclass(frozen=True)
class Words:
    """Words and numbers in one language."""

    language: str

    def pick(self, both: tuple[str, str]) -> str:
        """The one of an English and a Swedish text that is in this language."""
        return both[LANGUAGES.index(self.language)]

    def title(self, name: str) -> str:
        """The heading of a measure."""
        return self.pick(TITLES[name])

    def label(self, word: str) -> str:
        """A sex, an industry or an age group in words."""
        return self.pick(LABELS[word]) if word in LABELS else word.replace("-", "–")

    def number(self, value: float) -> str:
        """A number of at most three significant digits."""
        return number(value, self.language)

    def level(self, name: str, value: float, unit: str) -> str:
        """A measure's value as it is told."""
        return self.number(_whole(value / SCALES.get(name, 1.0), unit))

    def change(self, name: str, value: float, unit: str) -> str:
        """A measure's difference as it is told, with its sign."""
        shown = _whole(value / SCALES.get(name, 1.0), unit)
        return f"+{self.number(shown)}" if shown > 0 else self.number(shown)

    def group(self, group: Group) -> str:
        """What a group of assumptions is called."""
        return self.pick(group_title(group))

    def altered(self, group: Group) -> str:
        """What a group assumes differently: 'closure never → 2027'."""
        told = [self._altered(each, named=len(group.altered) > 1 or group.kind == "project") for each in group.altered]
        return "; ".join(told)

    def loop(self, loop: Loop) -> str:
        """A loop's key and name."""
        return f"{loop.key} {self.pick(loop.title)}"

    @cached_property
    def _places(self) -> Places:
        return read_places()

    def _altered(self, altered: Altered, named: bool) -> str:
        old, new = (self._value(each, altered.unit) for each in altered.values)
        unit = self._unit(altered)
        text = f"{self.pick(input_title(altered.name))} " if named else ""
        text += f"{old} → {new}{f' {unit}' if unit else ''}"
        codes = altered.cells.get("municipality") or altered.cells.get("workplace")
        if codes:
            text += f", {self._places.in_words(codes, self.language)}"
        ends = (altered.begin, altered.end)
        if ends != (None, None):
            first, last = ("" if each is None else str(floor(each)) for each in ends)
            text += f", {first}–{last}" if first != last else f", {first}"
        return text

    def _value(self, value: float, unit: str) -> str:
        if value == NEVER:
            return self.pick(("never", "aldrig"))
        return f"{value:.0f}" if unit == "year" and value >= FIRST_START else self.number(value)

    def _unit(self, altered: Altered) -> str:
        if altered.unit == "dmnl" or (altered.unit == "year" and max(altered.values) >= FIRST_START):
            return ""
        return self.pick(UNITS[altered.unit]) if altered.unit in UNITS else altered.unit


def group_title(group: Group) -> tuple[str, str]:
    """What a group is called in English and Swedish: the project's or the input's plain name."""
    if group.kind == "project":
        return _projects().get(group.name, (group.name, group.name))
    return input_title(group.name)


def input_title(name: str) -> tuple[str, str]:
    """The plain name of an input in English and Swedish; the model's own where there is none."""
    if name in INPUTS:
        return INPUTS[name]
    known = read_names().get(name)
    return known.label if known else (name, name)


def _projects() -> dict[str, tuple[str, str]]:
    """English and Swedish names of the register's projects."""
    with (project_root() / REGISTER).open(encoding="utf-8", newline="") as file:
        return {row["project"]: (row["name"], row["name_sv"]) for row in csv.DictReader(file)}


def _whole(value: float, unit: str) -> float:
    """People, jobs and homes come whole."""
    return float(round(value)) + 0.0 if unit.removesuffix("/year") in COUNTED else value


def say(table: dict[str, tuple[str, str]], key: str, language: str, **values: object) -> str:
    """A sentence with its values in place."""
    return phrase(table, key, language, **values)
