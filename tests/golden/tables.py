"""The golden tables: outcomes by area and year, computed, written, read and compared."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from model.engine import annual, simulate
from model.whole import write_whole
from outputs.observed import observed_population
from outputs.results import build_results
from scenarios.apply import apply_or_raise
from scenarios.compose import compose
from scenarios.places import read_places
from scenarios.run import Order, Prepared, prepare
from scenarios.schema import LAST_START

FOLDER = Path(__file__).resolve().parent
YEARS = [2028, 2030, 2040, 2050]
OUTCOMES = (
    "population",
    "new_residents",
    "filled_jobs",
    "employed_residents",
    "nonregistered_workers",
    "unemployed",
    "dwellings",
    "tax_base",
    "tax_forgone",
    "municipal_result",
)
SHOWN = ("2480", "2482", "2521", "2523", "2580", "2582", "2584")
"""Municipalities of their own: Umeå, Skellefteå, Pajala, Gällivare, Luleå, Boden, Kiruna."""
REGION = "Norrbotten och Västerbotten"
DIGITS = 7
TOLERANCE, SMALLEST = 1e-5, 0.01
"""Relative to the value, and absolute: above what machines and library versions differ by, below what anyone reads."""


class Runs:
    """Scenarios run on one reading of the model, from the end of the last year observed."""

    @cached_property
    def prepared(self) -> Prepared:
        """Model and inputs, fitted, before any scenario."""
        return prepare(Order("reference", LAST_START))

    def results(self, name: str) -> xr.Dataset:
        """The outcomes of a scenario (or several, as `compose` reads them) by year and municipality."""
        ready = self.prepared
        scenario, problems = compose(name)
        inputs = apply_or_raise(scenario, problems, ready.model, ready.inputs).inputs
        save = [variable.name for variable in ready.model.variables.values() if variable.key in OUTCOMES]
        by_year = annual(simulate(ready.model, inputs, save=save))
        settings = scenario.settings
        base = observed_population(settings.base_year) if settings.base_year < LAST_START else None
        return build_results(by_year, settings, base, read_places())[list(OUTCOMES)]

    def table(self, name: str) -> pd.DataFrame:
        """Outcomes of the region, its counties and some municipalities in some years: one row for each pair."""
        results = self.results(name)
        registered = results["population"].sum(["sex", "age"])
        by_place = results.assign(population=registered).drop_dims(["sex", "age"]).sel(year=YEARS)[list(OUTCOMES)]
        numbers = by_place.to_dataarray("outcome").transpose("year", "outcome", "municipality")
        areas = {REGION: list(read_places().codes)}
        for place in read_places().all:
            areas.setdefault(f"{place.county_name}s län", []).append(place.code)
        areas |= {read_places().name(code): [code] for code in SHOWN}
        inside = np.array([[code in codes for code in numbers["municipality"].values] for codes in areas.values()])
        sums = np.einsum("am,yom->ayo", inside.astype(float), numbers.values).reshape(-1, len(OUTCOMES))
        keys = pd.MultiIndex.from_product([list(areas), YEARS], names=["area", "year"])
        return pd.DataFrame(sums, keys, list(OUTCOMES)).reset_index()


def path_of(name: str) -> Path:
    """The file of a scenario's golden table."""
    return FOLDER / f"{name}.csv"


def write_table(table: pd.DataFrame, name: str) -> None:
    """Write a golden table, whole or not at all."""
    write_whole(path_of(name), table.to_csv(index=False, float_format=f"%.{DIGITS}g", lineterminator="\n"))


def read_table(name: str) -> pd.DataFrame:
    """The golden table of a scenario."""
    return pd.read_csv(path_of(name))


def differences(golden: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    """Every number that is off by more than the tolerance, in words, the largest first."""
    if golden.columns.tolist() != found.columns.tolist():
        return [f"columns: {golden.columns.tolist()} there, {found.columns.tolist()} here"]
    keys = ["area", "year"]
    if not golden[keys].equals(found[keys]):
        return ["other areas or years than in the table"]
    off = []
    for name in OUTCOMES:
        values = zip(golden["area"], golden["year"], map(float, golden[name]), map(float, found[name]), strict=True)
        for area, year, was, now in values:
            if not abs(now - was) <= SMALLEST + TOLERANCE * abs(was):
                off.append((abs(now - was) / max(abs(was), SMALLEST), f"{name}, {area} {year}: {was:.7g} → {now:.7g}"))
    return [text for _, text in sorted(off, reverse=True)]
