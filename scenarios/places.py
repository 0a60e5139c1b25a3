"""The 29 municipalities and the ways a scenario may name them."""

import csv
from dataclasses import dataclass, fields
from pathlib import Path

from scenarios.problems import Problem, ScenarioError, unknown

PLACES = Path(__file__).resolve().parent.parent / "model" / "places.csv"
EVERYWHERE = "all"
REGION_PREFIX = "FA "
"""Labour-market regions share names with municipalities: 'FA Luleå' is the region, 'Luleå' the municipality."""


class UnknownPlaceError(ValueError):
    """A selector that names no municipality, county or labour-market region: what is wrong, how to resolve."""

    def __init__(self, what: str, resolve: str) -> None:
        super().__init__(what)
        self.what, self.resolve = what, resolve


@dataclass(frozen=True)
class Place:
    """A municipality: four-digit code, Swedish name, county code and name, labour-market region."""

    code: str
    name: str
    county: str
    county_name: str
    fa_region: str


@dataclass(frozen=True)
class Places:
    """The municipalities in SCB code order."""

    all: tuple[Place, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Four-digit codes in SCB order."""
        return tuple(place.code for place in self.all)

    def name(self, code: str) -> str:
        """The Swedish name of a four-digit code."""
        return next(place.name for place in self.all if place.code == code)

    def select(self, selector: str | int | list[str | int]) -> tuple[str, ...]:
        """Codes, in SCB order, that a selector names.

        A selector is a code, a Swedish name, a county ('Norrbotten'), a labour-market region ('FA Luleå'),
        'all', or a list of these. Raises UnknownPlaceError with a suggestion.
        """
        parts = selector if isinstance(selector, list) else [selector]
        if not parts:
            raise UnknownPlaceError("the list of municipalities is empty.", "Name one, or leave the key out.")
        chosen = {code for part in parts for code in self._one(str(part))}
        return tuple(code for code in self.codes if code in chosen)

    def _one(self, word: str) -> tuple[str, ...]:
        for names in self._readings():
            matches = names.get(word.strip().casefold())
            if matches:
                return tuple(matches)
        known = [place.name for place in self.all] + [place.code for place in self.all]
        known += sorted({place.county_name for place in self.all})
        known += sorted({REGION_PREFIX + place.fa_region for place in self.all})
        what, resolve = unknown(
            word, known, "municipality, county or labour-market region", "Codes and names are in model/places.csv."
        )
        raise UnknownPlaceError(what, resolve)

    def _readings(self) -> list[dict[str, list[str]]]:
        """What a word may mean, most specific first: municipality, county, labour-market region, everything."""
        municipality: dict[str, list[str]] = {}
        county: dict[str, list[str]] = {}
        region: dict[str, list[str]] = {}
        for place in self.all:
            for word in (place.code, place.name):
                municipality.setdefault(word.casefold(), []).append(place.code)
            for word in (place.county, place.county_name, f"{place.county_name}s län"):
                county.setdefault(word.casefold(), []).append(place.code)
            for word in (f"{REGION_PREFIX}{place.fa_region}", place.fa_region):
                region.setdefault(word.casefold(), []).append(place.code)
        return [municipality, county, region, {EVERYWHERE: list(self.codes)}]

    def in_words(self, codes: tuple[str, ...], language: str = "en") -> str:
        """Name a set of municipalities in words, whole counties by their name."""
        everywhere, last = {"en": ("all {} municipalities", "and"), "sv": ("alla {} kommuner", "och")}[language]
        if set(codes) == set(self.codes):
            return everywhere.format(len(self.codes))
        names, left = [], list(codes)
        for county in sorted({place.county_name for place in self.all}):
            members = [place.code for place in self.all if place.county_name == county]
            if set(members) <= set(left):
                names.append(f"{county}s län")
                left = [code for code in left if code not in members]
        names += [self.name(code) for code in left]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def read_places(path: Path = PLACES) -> Places:
    """Read the municipalities from model/places.csv. Raises ScenarioError when it is missing or damaged."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            places = Places(tuple(Place(**row) for row in csv.DictReader(file)))
        if len(set(places.codes)) == len(places.all) > 0:
            return places
        what = "the table is damaged: no rows, or a code twice."
    except FileNotFoundError:
        what = "the table is missing."
    except TypeError:
        what = f"the table is damaged: its columns are not {', '.join(field.name for field in fields(Place))}."
    except ValueError as error:
        what = f"the table is damaged: {error}."
    name = f"{path.parent.name}/{path.name}"
    raise ScenarioError([Problem(name, what, f"Bring it back from version control: git checkout -- {name}")])
