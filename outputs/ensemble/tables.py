"""Bands as long tables: bands.csv for machines, bands-sv.csv for Swedish Excel; the target's table beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from outputs.ensemble.bands import DEVIATION, ERROR, KINDS, MEAN, QUANTILE
from outputs.ensemble.quantiles import MEDIAN, QUANTILES
from outputs.ensemble.source import AREA
from outputs.ensemble.target import column
from outputs.tables import DIMENSIONS, SWEDISH_COLUMNS, SWEDISH_LABELS

LABELS = ("variable", "year", AREA, "area_name", "area_kind", *DIMENSIONS[1:])
NUMBERS = (*(column(share) for share in QUANTILES), MEAN, DEVIATION, ERROR)
DIGITS = 7
SWEDISH = SWEDISH_COLUMNS | {
    AREA: "områdeskod",
    "area_name": "område",
    "area_kind": "områdesslag",
    "median": "median",
    MEAN: "medelvärde",
    DEVIATION: "standardavvikelse",
    ERROR: "medianens medelfel",
    "base_year": "basår",
    "target": "uttalat behov",
    "runs": "körningar",
    "reached_by_then": "nått behovet senast då",
    "probability_by_then": "andel som nått behovet senast då",
    "probability_low_95": "andelens nedre gräns 95 %",
    "probability_high_95": "andelens övre gräns 95 %",
    "in_words": "i ord",
    "at_or_above_then": "på eller över behovet då",
}
KIND_WORDS = {"municipality": "kommun", "county": "län", "region": "båda länen"}
SHARE_WORDS = {
    column(share): f"{100 * share:g} procent av körningarna under".replace(".", ",")
    for share in QUANTILES
    if share != MEDIAN
}


def bands_table(bands: xr.Dataset) -> pd.DataFrame:
    """One row per result, year, area and label: the quantiles, mean, standard deviation and error of the median.

    Single years of age are left to bands.nc: quantiles of groups cannot be made from those of their parts.
    """
    names = [str(name) for name in bands.data_vars if QUANTILE in bands[name].dims and "age" not in bands[name].dims]
    table = pd.concat([_frame(bands, name) for name in names], ignore_index=True)
    used = [label for label in LABELS if label in table.columns]
    return table[[*used, *NUMBERS, "unit"]]


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Comma, decimal point, UTF-8."""
    _texts(table).to_csv(path, index=False, lineterminator="\n")


def write_swedish_table(table: pd.DataFrame, names: dict[str, str], path: Path) -> None:
    """Semicolon, decimal comma, UTF-8 with byte-order mark, Swedish words: opens by double-click in Swedish Excel.

    names: Swedish name of each result.
    """
    swedish = table.copy()
    for label, words in (SWEDISH_LABELS | {"area_kind": KIND_WORDS}).items():
        if label in swedish:
            swedish[label] = swedish[label].replace(words)
    if "variable" in swedish:
        swedish.insert(1, "name", swedish["variable"].map(names))
    if "area_name" in swedish:
        swedish["area_name"] = swedish["area_name"].str.replace(" and ", " och ")
    texts = _texts(swedish, comma=True)
    headings = {name: swedish_heading(str(name)) for name in texts.columns}
    texts.rename(columns=headings).to_csv(path, index=False, sep=";", lineterminator="\r\n", encoding="utf-8-sig")


def swedish_heading(name: str) -> str:
    """The Swedish heading of a column."""
    if name.startswith("new_residents_"):
        return f"nya invånare: {swedish_heading(name.removeprefix('new_residents_'))}"
    return (SWEDISH | SHARE_WORDS).get(name, name)


def _frame(bands: xr.Dataset, name: str) -> pd.DataFrame:
    quantiles = bands[name]
    columns = {column(share): quantiles.sel({QUANTILE: share}, drop=True) for share in QUANTILES}
    columns |= {kind: bands[f"{name}_{kind}"] for kind in KINDS}
    bare = {key: array.reset_coords(drop=True) for key, array in columns.items()}
    frame = xr.Dataset(bare).to_dataframe().reset_index().dropna(subset=["median"])
    if AREA in frame:
        for label in ("area_name", "area_kind"):
            frame[label] = frame[AREA].map(dict(zip(bands[AREA].values, bands[label].values, strict=True)))
    return frame.assign(variable=name, unit=str(quantiles.attrs.get("units", "")))


def _texts(table: pd.DataFrame, comma: bool = False) -> pd.DataFrame:
    """The table as it stands in the file; each different label is put into words once."""

    def shown(cell: object) -> str:
        text = _text(cell)
        return text.replace(".", ",") if comma and isinstance(cell, float) else text

    def of(column: pd.Series[Any]) -> pd.Series[Any]:
        if column.dtype.kind == "f":
            return pd.Series([shown(value) for value in column.tolist()], column.index, dtype=object)
        codes, values = pd.factorize(column, use_na_sentinel=False)
        return pd.Series(np.array([shown(value) for value in values.tolist()], dtype=object)[codes], column.index)

    return pd.DataFrame({name: of(table[name]) for name in table.columns})


def _text(cell: object) -> str:
    """A cell as it stands in the file: numbers of DIGITS significant digits, never with an exponent."""
    if not isinstance(cell, float):
        return str(cell)
    if np.isnan(cell):
        return ""
    text = f"{cell:.{DIGITS}g}"
    return text if "e" not in text else np.format_float_positional(float(text), trim="-")
