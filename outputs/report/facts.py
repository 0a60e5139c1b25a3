"""The numbers a report tells, asked for by result, area and year; every one comes from the Datasets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import xarray as xr

from outputs.ensemble.areas import REGION, WEIGHTS, adds_up, combine
from outputs.ensemble.bands import MEAN, QUANTILE
from outputs.ensemble.quantiles import HIGH_80, LOW_80, MEDIAN
from outputs.ensemble.target import Chance, chance_of
from outputs.ensemble.words import chance_in_words
from outputs.observed import read_observed
from outputs.report.cases import Case
from outputs.report.experiments import Experiments
from outputs.report.numbers import Band, decimal, exact, rough, told, whole
from outputs.words import phrase
from scenarios.places import Places, read_places
from scenarios.schema import LAST_START

Words = Mapping[str, tuple[str, str]]
Teller = Callable[..., str]
ENDS = (LOW_80, MEDIAN, HIGH_80)
STEP = 5
"""Years between the years of a table."""


@dataclass(frozen=True)
class Facts:
    """All that the chapters draw from: the cases (the first is told of), the language, and the area told of.

    area: code of a municipality, or of both counties together. experiments: what measures and hindrances change.
    """

    cases: tuple[Case, ...]
    language: str
    experiments: Experiments
    area: str = REGION

    @property
    def case(self) -> Case:
        """The scenario told of."""
        return self.cases[0]

    def of(self, case: Case) -> Facts:
        """The same questions put to another scenario."""
        return replace(self, cases=(case,))

    def at(self, area: str) -> Facts:
        """The same questions about another area."""
        return replace(self, area=area)

    @property
    def is_region(self) -> bool:
        """Whether the whole region is told of."""
        return self.area == REGION

    @cached_property
    def places(self) -> Places:
        """The municipalities."""
        return read_places()

    @property
    def codes(self) -> list[str]:
        """The municipalities of the area."""
        return [code for code in self.places.codes if any(code.startswith(part) for part in self.area.split("+"))]

    @property
    def name(self) -> str:
        """The name of the area."""
        return self.area_name(self.area)

    def area_name(self, code: str) -> str:
        """The name of an area in the report's language."""
        names = self.case.bands["area_name_sv" if self.language == "sv" else "area_name"]
        return str(names.sel(area=code).values)

    @property
    def start(self) -> int:
        """The last observed year."""
        return LAST_START

    @property
    def base(self) -> int:
        """The year new residents are counted from."""
        return self.case.run.settings.base_year

    @property
    def goal(self) -> int:
        """The last year for which the need has been named."""
        return max(self.case.run.settings.target_years)

    @property
    def last(self) -> int:
        """The last year of the runs."""
        return int(self.case.bands["year"].values[-1])

    @property
    def target(self) -> int:
        """The need named, new residents."""
        return self.case.run.settings.target

    @property
    def years(self) -> list[int]:
        """The years of a table: the last observed one, every fifth, the target's, the last."""
        fifth = [year for year in range(self.start + 1, self.last) if year % STEP == 0 and year >= self.start + STEP]
        return sorted({self.start, *fifth, *self.case.run.settings.target_years, self.last})

    @property
    def ahead(self) -> range:
        """The years from the first simulated one to the last for which the need has been named."""
        return range(self.start + 1, self.goal + 1)

    def teller(self, words: Words) -> Teller:
        """A function that gives a sentence of a table in the report's language, with its values in place."""
        return lambda key, **values: phrase(words, key, self.language, **values)

    def number(self, value: float, digits: int = 3) -> str:
        """A number in the report's language."""
        return told(value, self.language, digits)

    def whole(self, value: float) -> str:
        """A whole number of at most three significant digits."""
        return whole(value, self.language)

    def rough(self, value: float) -> str:
        """A whole number of two significant digits: for illustrations."""
        return rough(value, self.language)

    def decimal(self, value: float) -> str:
        """A measured number with one decimal."""
        return decimal(value, self.language)

    def exact(self, value: float) -> str:
        """A counted number with all its digits."""
        return exact(value, self.language)

    # --- the ensemble -------------------------------------------------------------------------------------------

    def band(self, name: str, year: int, area: str | None = None, **cells: str) -> Band:
        """Median and 8 of 10 runs of a result."""
        at = self.case.bands[name].sel({"area": area or self.area, "year": year, QUANTILE: list(ENDS), **cells})
        return Band(*map(float, at.values))

    def median(self, name: str, year: int, area: str | None = None, **cells: str) -> float:
        """The median of a result."""
        return self.band(name, year, area, **cells).median

    def mean(self, name: str, years: range, area: str | None = None) -> float:
        """The runs' mean of a flow, summed over years: means add up, medians do not."""
        series = self.case.bands[f"{name}_{MEAN}"].sel(area=area or self.area, year=list(years))
        return float(series.sum())

    def chance(self, year: int) -> Chance:
        """In how many runs the region has reached the target by a year."""
        reached, runs = (self.case.chances[column].to_dict()[year] for column in ("reached_by_then", "runs"))
        return chance_of(int(reached), int(runs))

    def chance_in_words(self, year: int) -> str:
        """The same in words, with the interval that the number of runs leaves."""
        return chance_in_words(self.chance(year), self.language)

    @property
    def runs(self) -> int:
        """How many runs the bands rest on."""
        return int(self.case.bands.attrs["members"])

    # --- the run on the middle assumptions ----------------------------------------------------------------------

    def central(self, name: str, area: str | None = None) -> xr.DataArray:
        """A result of the run on the middle assumptions by year, summed (or averaged) over the area's municipalities.

        Other dimensions than year and municipality stay.
        """
        array = self.case.results[name]
        if "municipality" not in array.dims:
            return array
        inside = tuple(array["municipality"].values.tolist().index(code) for code in self._within(area))
        unit = str(array.attrs["units"])
        ordered = array.transpose(..., "municipality")
        weight = WEIGHTS.get(name)
        by = None if weight is None else np.asarray(self.case.results[weight].transpose(..., "municipality").values)
        values = np.asarray(ordered.values, dtype=np.float64)
        one = values[..., inside[0]] if len(inside) == 1 else combine((name, unit), values, by)(inside)
        return ordered.isel(municipality=0, drop=True).copy(data=one)

    def value(self, name: str, year: int, area: str | None = None) -> float:
        """A result of that run in a year; sums over every other dimension of what adds up."""
        found = self.central(name, area).sel(year=year)
        if found.ndim and not adds_up(name, str(self.case.results[name].attrs["units"])):
            raise ValueError(f"{name} does not add up over {found.dims}")
        return float(found.sum())

    def _within(self, area: str | None) -> list[str]:
        return self.codes if area is None else self.at(area).codes

    # --- what has been observed ---------------------------------------------------------------------------------

    @cached_property
    def observed(self) -> xr.Dataset:
        """Observed series by year and municipality."""
        return read_observed()

    def seen(self, name: str) -> xr.DataArray:
        """An observed series of the area, in the years that have it."""
        return self.observed[name].sel(municipality=self.codes).sum("municipality", skipna=False).dropna("year")

    def counted(self, year: int) -> float:
        """Registered people of the area at the end of an observed year."""
        return float(self.seen("population").sel(year=year))
