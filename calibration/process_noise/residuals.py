"""What happened against what rates, people and national drivers give: births, deaths and moves by municipality.

Expected counts use the rates of `model/values` and the people there were, so that the age structure and the drivers
that the model is given (mortality's decline, Sweden's immigration and cohorts) are in them and not in the shocks. Not
in them are the region's own levels of single years (fertility, deaths, mobility), which the model knows of the past
but not of the future: they are the common shocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from calibration.demography.places import AGES, SEXES, read_places
from calibration.demography.window import Window, person_years
from calibration.process_noise.table import KINDS

Values = NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[2]
HISTORY, RATES = ROOT / "calibration" / "history", ROOT / "model" / "values"
MORTALITY_YEAR = 2019
"""Year in whose middle the level of 'mortality rate' holds (model: mortality reference time)."""
CELL = ("sex", "age", "municipality")
APART = ("2482",)
"""Skellefteå: its moves of 2018-2024 are the battery factory's, which the model has as a project; as noise they would
be counted twice, and triple the persistent variance of moves in everywhere (0.037 with it, 0.006 without)."""
ROUNDING = 0.5
"""Added to counts before logarithms are taken: no event in a village is no infinite shock (Haldane 1956, Anscombe)."""


@dataclass(frozen=True)
class Counts:
    """Observed and expected events a year (persons), [kind, year, municipality]; NaN where not published.

    `own_county` [year] is the share of expected moves in that come from the own county.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    observed: Values
    expected: Values
    own_county: Values

    def residuals(self) -> Values:
        """Logarithm of observed over expected [kind, year, municipality], as the model's shocks act.

        Moves in: those from the own county are others' moves out, so a regional wave of moves in is a wave of those
        from outside, and stronger there than in all moves in. Immigration comes on top of moves in: its residual is
        what moves in as a whole do not show.
        """
        found = np.log((self.observed + ROUNDING) / (self.expected + ROUNDING))
        inward, outward = KINDS.index("moves in"), KINDS.index("moves out")
        found[KINDS.index("immigration")] -= found[inward]
        region = self.regional()
        from_outside = (region[inward] - self.own_county * region[outward]) / (1 - self.own_county)
        found[inward] += (from_outside - region[inward])[:, None]
        return np.asarray(found, dtype=np.float64)

    def regional(self) -> Values:
        """Logarithm of observed over expected of the region without the places set apart [kind, year]."""
        kept = self.kept
        return np.asarray(np.log(self.observed[..., kept].sum(-1) / self.expected[..., kept].sum(-1)), dtype=np.float64)

    @property
    def kept(self) -> NDArray[np.bool_]:
        """The municipalities whose shocks are estimated from [municipality]: all but those set apart."""
        return np.array([code not in APART for code in self.codes])


def labelled(table: pd.DataFrame, dims: tuple[str, ...], column: str) -> xr.DataArray:
    """A column of a tidy table by labels of its dimensions."""
    array = table.set_index(list(dims))[column].to_xarray().astype(float)
    labels = {"sex": list(SEXES), "age": list(AGES), "municipality": list(read_places().codes)}
    return array.reindex({dim: labels[dim] for dim in dims if dim in labels})


def read(folder: Path, name: str) -> pd.DataFrame:
    """A table of values or history, municipality codes as text."""
    return pd.read_csv(folder / name, dtype={"municipality": str, "county": str})


def counts(window: Window, history: Path = HISTORY, rates: Path = RATES) -> Counts:
    """Observed and expected events of the window's years.

    For a backtest, give a window that ends at its origin and the `rates` re-estimated there.
    """
    exposed = exposure(history)
    years = [year for year in window.years if year in exposed["year"]]
    exposed = exposed.sel(year=years)
    found = [by_kind.transpose("year", "municipality").to_numpy() for by_kind in expectations(exposed, rates)]
    expected, own = np.array(found[: len(KINDS)]), found[-1]
    codes = read_places().codes
    share = own.sum(-1) / expected[KINDS.index("moves in")].sum(-1)
    return Counts(codes, tuple(years), observed(history, years, codes), expected, share)


def exposure(history: Path) -> xr.DataArray:
    """Person-years [year, sex, age, municipality] by age attained, half a year's births at age 0."""
    return person_years(labelled(read(history, "population.csv"), ("year", *CELL), "persons"))


def observed(history: Path, years: list[int], codes: tuple[str, ...]) -> Values:
    """Events [kind, year, municipality] as published."""
    vital = read(history, "births_deaths_moves.csv").groupby(["year", "municipality"])[["births", "deaths"]].sum()
    moves = read(history, "moves.csv").set_index(["year", "municipality"])[["in_moves", "out_moves", "immigration"]]
    both = vital.join(moves).to_xarray().sel(year=years, municipality=list(codes))
    columns = ("births", "deaths", "in_moves", "out_moves", "immigration")
    return np.array([both[name].transpose("year", "municipality").to_numpy().astype(float) for name in columns])


def expectations(people: xr.DataArray, rates: Path) -> list[xr.DataArray]:
    """Expected events [year, municipality] of every kind, and last the moves in from the own county."""
    moves = read(rates, "demography_moves.csv")
    flow = {name: labelled(moves, CELL, name) for name in moves.columns if name not in CELL}
    by_year = read(rates, "demography_series.csv").set_index("time").to_xarray().rename(time="year")
    index = labelled(read(rates, "demography_series_by_age.csv"), ("time", "age"), "national age index")
    within = people * flow["out rate own county"]
    elsewhere = flow["in level rest of Sweden"] * index.rename(time="year")
    abroad = (flow["in level abroad"] * by_year["immigration level"]).sum(["sex", "age"]).sel(year=people["year"])
    leaving = within + people * (flow["out rate rest of Sweden"] + flow["out rate abroad"])
    near = arrivals(within, flow["arrival propensity own county"]).sum(["sex", "age"])
    return [
        births(people, rates),
        deaths(people, rates),
        near + elsewhere.sum(["sex", "age"]).sel(year=people["year"]) + abroad,
        leaving.sum(["sex", "age"]),
        abroad,
        near,
    ]


def births(people: xr.DataArray, rates: Path) -> xr.DataArray:
    """Expected births [year, municipality] at the reference period's fertility."""
    rate = labelled(read(rates, "demography_fertility.csv"), ("age",), "fertility rate")
    local = labelled(read(rates, "demography_local_fertility.csv"), ("municipality",), "local fertility")
    return (people.sel(sex="women", drop=True) * rate).sum("age") * local


def deaths(people: xr.DataArray, rates: Path) -> xr.DataArray:
    """Expected deaths [year, municipality] with mortality falling as in the model."""
    table = read(rates, "demography_mortality.csv")
    rate, decline = (labelled(table, ("sex", "age"), name) for name in ("mortality rate", "mortality decline"))
    local = labelled(read(rates, "demography_local_mortality.csv"), ("sex", "municipality"), "local mortality")
    return (people * rate * np.exp(-decline * (people["year"] - MORTALITY_YEAR)) * local).sum(["sex", "age"])


def arrivals(leavers: xr.DataArray, propensity: xr.DataArray) -> xr.DataArray:
    """Those who move within their county, where they arrive [year, sex, age, municipality]."""
    county = xr.DataArray(list(read_places().counties), coords={"municipality": leavers["municipality"]})
    parts = []
    for code in np.unique(county):
        chosen = county == code
        weight = propensity.where(chosen, 0.0)
        parts.append(leavers.where(chosen, 0.0).sum("municipality") * weight / weight.sum("municipality"))
    return sum(parts[1:], parts[0]).fillna(0.0)
