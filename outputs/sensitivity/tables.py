"""The findings as long tables: sensitivity.csv for machines, sensitivity-sv.csv for Swedish Excel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from outputs.tables import SWEDISH_LABELS
from scenarios.sensitivity.variance import OTHERS

Floats = NDArray[np.float64]
DIGITS = 6
"""Significant digits in the tables."""
MEASURES = (
    "mu",
    "mu_star",
    "mu_star_interval",
    "sigma",
    "first",
    "first_interval",
    "total",
    "total_interval",
)
COLUMNS = {
    "outcome": "utfall",
    "outcome_name": "benämning",
    "unit": "enhet",
    "year": "år",
    "place": "plats",
    "place_name": "platsnamn",
    "input": "indata",
    "label": "indata i ord",
    "kind": "slag",
    "input_unit": "indatas enhet",
    "input_low": "indata, lågt",
    "input_high": "indata, högt",
    "at_median": "utfall vid median",
    "at_low": "utfall vid lågt",
    "at_high": "utfall vid högt",
    "mu": "mu",
    "mu_star": "mu*",
    "mu_star_interval": "mu* ±",
    "sigma": "sigma",
    "first": "andel av variansen, första ordningen",
    "first_interval": "första ordningen ±",
    "total": "andel av variansen, total",
    "total_interval": "total ±",
    "note": "anmärkning",
}
"""Columns of the tables and their Swedish names."""
KINDS = {"parameter": "parameter", "table": "tabell", "project": "projekt", "lever": "spak", "": ""}
STILL = ("nothing moves this outcome", "inget påverkar utfallet")
UNDEFINED = ("not a number in some runs", "inte ett tal i vissa körningar")
OTHERS_SV = "all annan indata"
REGION_SV = "Norrbotten och Västerbotten"


def findings_table(results: xr.Dataset, language: str = "en") -> pd.DataFrame:
    """One row per outcome, year, place and input, the strongest first; one more for all inputs not told one by one."""
    swedish = language == "sv"
    rows = [
        _rows(results.sel(outcome=outcome, year=year, place=place), swedish)
        for outcome in results["outcome"].values
        for place in results["place"].values
        for year in results["year"].values
    ]
    return pd.concat(rows, ignore_index=True)[list(COLUMNS)]


def write_tables(results: xr.Dataset, folder: Path) -> None:
    """Write sensitivity.csv and sensitivity-sv.csv."""
    english = findings_table(results)
    english.to_csv(folder / "sensitivity.csv", index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
    swedish = findings_table(results, "sv").rename(columns=COLUMNS)
    swedish.to_csv(
        folder / "sensitivity-sv.csv",
        index=False,
        float_format=f"%.{DIGITS}g",
        sep=";",
        decimal=",",
        encoding="utf-8-sig",
        lineterminator="\r\n",
    )


def strength(one: xr.Dataset) -> Floats:
    """What inputs are ordered by at one outcome, year and place: total share, else mu*, else the swing; 0 to 2."""
    relative = _relative(swing(one))
    if "mu_star" in one:
        relative = _relative(np.nan_to_num(one["mu_star"].values))
    if "total" not in one:
        return relative
    total = one["total"].values
    return np.where(np.isnan(total), relative, 1 + total)  # told one by one: before all others


def swing(one: xr.Dataset) -> Floats:
    """Distance between the outcome's extremes among an input's low, median and high value."""
    low, high = one["at_low"].values, one["at_high"].values
    three = np.stack([low, high, np.broadcast_to(one["at_median"].values, low.shape)])
    return np.asarray(three.max(axis=0) - three.min(axis=0))


def _relative(values: Floats) -> Floats:
    largest = values.max()
    return values / largest if largest > 0 else np.zeros_like(values)


def _rows(one: xr.Dataset, swedish: bool) -> pd.DataFrame:
    ordered = one.isel(input=np.argsort(-strength(one), kind="stable"))
    size = ordered.sizes["input"]
    words = {"outcome_name": "outcome_name_sv", "label": "label_sv"} if swedish else {}
    found = {}
    for name in COLUMNS:
        source = words.get(name, name)
        if source in ordered.coords or source in ordered:
            found[name] = np.broadcast_to(ordered[source].values, size)
        else:
            found[name] = np.full(size, np.nan if name in MEASURES else "", dtype=object)
    frame = pd.DataFrame(found)
    if "others_total" in one and np.isfinite(float(one["others_total"])):
        frame = pd.concat([frame, _others(frame, one)], ignore_index=True)
    frame["note"] = _note(one, swedish)
    return _in_swedish(frame) if swedish else frame


def _others(frame: pd.DataFrame, one: xr.Dataset) -> pd.DataFrame:
    """The row of all inputs not told one by one."""
    row = {name: frame[name].iloc[0] for name in ("outcome", "outcome_name", "unit", "year", "place", "place_name")}
    row |= {"input": OTHERS, "label": OTHERS, "kind": "", "at_median": float(one["at_median"])}
    row |= {"total": float(one["others_total"]), "total_interval": float(one["others_interval"])}
    return pd.DataFrame([row])


def _note(one: xr.Dataset, swedish: bool) -> str:
    if not int(one["defined"]):
        return UNDEFINED[swedish]
    return "" if int(one["moves"]) else STILL[swedish]


def _in_swedish(frame: pd.DataFrame) -> pd.DataFrame:
    frame["kind"] = frame["kind"].map(KINDS)
    for column in ("unit", "input_unit"):
        frame[column] = frame[column].replace(SWEDISH_LABELS["unit"])
    frame["place_name"] = frame["place_name"].replace({"Norrbotten and Västerbotten": REGION_SV})
    frame["label"] = frame["label"].replace({OTHERS: OTHERS_SV})
    return frame
