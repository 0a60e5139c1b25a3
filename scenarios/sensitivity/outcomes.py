"""The outcomes of a sensitivity analysis: results of a year in the region or in a municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios.places import Places, UnknownPlaceError
from scenarios.problems import Problem, ScenarioError, unknown
from scenarios.schema import Settings

if TYPE_CHECKING:
    from model.language import Model, Variable
    from outputs.glossary import Term

Floats = NDArray[np.float64]
USUAL = (
    "new_residents",
    "present_population",
    "filled_jobs",
    "nonregistered_workers",
    "unemployed",
    "dwellings",
    "service_level",
    "tax_base",
)
"""Outcomes of an analysis that names none: people, work, homes, money."""
REGION = "region"
PEOPLE = "total_population"
"""What regional means of rates and prices are weighted by."""
NEW = "new_residents"
FROM_PEOPLE = (NEW, "population")
"""Results that are taken from the registered population."""
SUMMED_UNITS = ("persons", "persons/year", "jobs", "dwellings", "dwellings/year", "SEK", "SEK/year")
"""Units of quantities that add up over places; all others are shares, rates, prices or levels."""
PLACE = "municipality"


@dataclass(frozen=True)
class Outcome:
    """A result that inputs may drive: its names, unit, the model variable behind it, and whether places add up."""

    name: str
    long_name: str
    long_name_sv: str
    unit: str
    variable: str
    dims: tuple[str, ...]
    summed: bool


@dataclass(frozen=True)
class Question:
    """Which outcomes, in which years, in which places (REGION or a municipality's code).

    codes: those along the model's municipality dimension. base_year: the year since which residents are new when the
    run holds it; outside the run its population is known, and the same in every run.
    """

    outcomes: tuple[Outcome, ...]
    years: tuple[int, ...]
    places: tuple[str, ...]
    codes: tuple[str, ...]
    base_year: int | None = None

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of outcomes, years and places: the order in which values are laid out."""
        return len(self.outcomes), len(self.years), len(self.places)

    @property
    def variables(self) -> tuple[str, ...]:
        """The model variables that the runs must keep."""
        return tuple(dict.fromkeys([*(outcome.variable for outcome in self.outcomes), PEOPLE]))

    @property
    def run_years(self) -> tuple[int, ...]:
        """The years that the runs must give."""
        return tuple(sorted({*self.years, *((self.base_year,) if self.base_year is not None else ())}))

    def values(self, found: Mapping[str, Floats]) -> Floats:
        """Every answer of each run, (runs, outcomes × years × places), from results by (run, run_years, *dims)."""
        chosen = [self.run_years.index(year) for year in self.years]
        weights = found[PEOPLE][:, chosen]
        parts = [self._over(outcome, found)[:, chosen] for outcome in self.outcomes]
        answers = [
            np.stack([self._at(place, outcome, part, weights) for place in self.places], axis=-1)
            for outcome, part in zip(self.outcomes, parts, strict=True)
        ]
        return np.stack(answers, axis=1).reshape(len(weights), -1)

    def _over(self, outcome: Outcome, found: Mapping[str, Floats]) -> Floats:
        """An outcome by (run, run_years, municipality)."""
        values = _placed(outcome, found[outcome.variable])
        if outcome.name != NEW or self.base_year is None:
            return values
        at_base = self.run_years.index(self.base_year)
        return values - values[:, [at_base]]

    def _at(self, place: str, outcome: Outcome, values: Floats, weights: Floats) -> Floats:
        if place != REGION:
            return values[..., self.codes.index(place)]
        if outcome.summed:
            return np.asarray(values.sum(axis=-1))
        return np.asarray((values * weights).sum(axis=-1) / weights.sum(axis=-1))


def ask(words: Sequence[str], model: Model, terms: Mapping[str, Term]) -> tuple[Outcome, ...]:
    """The outcomes of these names, the usual ones when there are none. Raises ScenarioError for unknown names.

    terms: the glossary, result names to their long names.
    """
    known = _known(model, terms)
    wanted = [word.strip().lower().replace(" ", "_") for word in words] or list(USUAL)
    problems = [_unknown_outcome(word, known, (model, terms)) for word in dict.fromkeys(wanted) if word not in known]
    if problems:
        raise ScenarioError(problems)
    return tuple(known[word] for word in dict.fromkeys(wanted))


def years_of(wanted: Sequence[int], settings: Settings) -> tuple[int, ...]:
    """The years asked for, else the target years within the run (or its last year). Raises ScenarioError."""
    inside = range(settings.start + 1, settings.until + 1)
    if not wanted:
        targets = tuple(year for year in sorted(set(settings.target_years)) if year in inside)
        return targets or (settings.until,)
    outside = [year for year in wanted if year not in inside]
    if outside:
        what = f"the run goes from the end of {settings.start} to {settings.until}: {_listed(outside)} not in it."
        way = f"Choose years from {inside[0]} to {inside[-1]}, or another --from or --until."
        raise ScenarioError([Problem(f"--years {','.join(map(str, wanted))}", what, way)])
    return tuple(sorted(set(wanted)))


def places_of(words: Sequence[str], places: Places) -> tuple[str, ...]:
    """The region and the municipalities named. Raises ScenarioError for unknown ones, with a suggestion."""
    if not words:
        return (REGION,)
    try:
        return (REGION, *places.select(list(words)))
    except UnknownPlaceError as error:
        raise ScenarioError([Problem(f"--municipality {', '.join(words)}", error.what, error.resolve)]) from None


def _listed(years: Sequence[int]) -> str:
    named = ", ".join(map(str, years))
    return f"{named} is" if len(years) == 1 else f"{named} are"


def _known(model: Model, terms: Mapping[str, Term]) -> dict[str, Outcome]:
    """The results with one value by municipality, by name."""
    by_key = {variable.key: variable for variable in model.variables.values()}
    found = {}
    for term in terms.values():
        variable = by_key.get(PEOPLE if term.name in FROM_PEOPLE else term.name)
        if variable is not None and PLACE in variable.dims:
            found[term.name] = _outcome(term, variable)
    return found


def _outcome(term: Term, variable: Variable) -> Outcome:
    summed = variable.unit in SUMMED_UNITS
    return Outcome(
        term.name, term.long_name, term.long_name_sv, variable.unit, variable.key, tuple(variable.dims), summed
    )


def _unknown_outcome(word: str, known: Mapping[str, Outcome], everything: tuple[Model, Mapping[str, Term]]) -> Problem:
    model, terms = everything
    if word in terms:
        by_key = {variable.key: variable for variable in model.variables.values()}
        dims = by_key[word].dims if word in by_key else ()
        kind = f"it is counted by {', '.join(dims)}" if dims else "it is one number made after the run"
        what = f"'{word}' has no value by municipality: {kind}."
        return Problem("--outcomes", what, "All results: sim.py list outputs.")
    return Problem("--outcomes", *unknown(word, known, "outcome", "All of them: sim.py list outputs."))


def _placed(outcome: Outcome, values: Floats) -> Floats:
    """Values by (run, year, municipality): summed over every other dimension."""
    place = outcome.dims.index(PLACE)
    others = tuple(2 + at for at in range(len(outcome.dims)) if at != place)
    return np.asarray(values.sum(axis=others)) if others else values
