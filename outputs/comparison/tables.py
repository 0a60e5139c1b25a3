"""The long tables of a comparison, each for machines and for Swedish Excel."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xarray as xr

from outputs.comparison.words import TITLES
from outputs.ensemble.quantiles import QUANTILES
from outputs.ensemble.tables import write_swedish_table, write_table
from outputs.ensemble.target import column

LABELS = ("scenario", "variable", "year", "area", "area_name", "area_kind", "sex", "age_group", "industry")
SWEDISH = {
    "scenario": "scenario",
    "age_group": "åldersgrupp",
    "assumption": "antagande",
    "assumption_name": "antagande i ord",
    "loop": "slinga",
    "loop_name": "slinga i ord",
    "base": "jämförelsescenariot",
    "difference": "skillnad",
    "share": "antagandets del av skillnaden",
    "share_error": "delens medelfel",
    "carried": "del som slingan bär",
    "alone": "försvinner om bara slingan öppnas",
    "share_above": "andel av paren med mer",
}
"""Swedish headings of columns that no other table has."""
DIRECT = ("direct: every loop open", "direkt: alla slingor öppna")


def write_tables(results: xr.Dataset, years: list[int], loops: dict[str, tuple[str, str]], folder: Path) -> None:
    """Write differences.csv, assumptions.csv and loops.csv, each with -sv.csv beside it.

    years: those for which shares and loops are told (results.nc holds all). loops: their names in both languages.
    """
    told = results.sel(year=years)
    _write(difference_table(results), "differences", folder)
    if results.sizes["assumption"]:
        _write(assumption_table(told), "assumptions", folder, ("assumption_name", _assumptions(results)))
        _write(loop_table(told, loops), "loops", folder, ("loop_name", dict(loops.values()) | dict([DIRECT])))


def difference_table(results: xr.Dataset) -> pd.DataFrame:
    """One row per scenario, result, year, area and label: the base, the difference, and its band where there is one."""
    frames = []
    for name in _measures(results):
        columns = {"base": results[f"{name}_base"], "difference": results[f"{name}_difference"]}
        if f"{name}_band" in results:
            quantiles = results[f"{name}_band"]
            columns |= {column(share): quantiles.sel(quantile=share, drop=True) for share in QUANTILES}
            columns["share_above"] = results[f"{name}_share_above"]
        frames.append(_long(columns, name, results))
    return _ordered(pd.concat(frames, ignore_index=True), ())


def assumption_table(results: xr.Dataset) -> pd.DataFrame:
    """One row per scenario, result, year, area, label and group of assumptions: its share and the share's error."""
    frames = []
    for name in _measures(results):
        columns = {part: results[f"{name}_{part}"] for part in ("share", "share_error")}
        frame = _long(columns, name, results).dropna(subset=["share"])
        frames.append(frame.assign(assumption_name=frame["assumption"].map(_titles(results))))
    return _ordered(pd.concat(frames, ignore_index=True), ("assumption", "assumption_name"))


def loop_table(results: xr.Dataset, loops: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """One row per scenario, result, year, area, label and loop: what it carried, and what goes when it alone is opened.

    A row named 'direct' holds what is left with every loop open: with it the carried parts add up to the difference.
    """
    frames = []
    for name in _measures(results):
        columns = {part: results[f"{name}_{part}"] for part in ("carried", "alone")}
        direct = results[f"{name}_direct"].expand_dims(loop=["direct"])
        frames += [_long(columns, name, results), _long({"carried": direct}, name, results)]
    table = pd.concat(frames, ignore_index=True)
    names = {key: title[0] for key, title in loops.items()} | {"direct": DIRECT[0]}
    return _ordered(table.assign(loop_name=table["loop"].map(names)), ("loop", "loop_name"))


def _measures(results: xr.Dataset) -> list[str]:
    return [name for name in TITLES if f"{name}_base" in results]


def _titles(results: xr.Dataset) -> dict[str, str]:
    return dict(zip(results["assumption"].values.tolist(), results["assumption_name"].values.tolist(), strict=True))


def _assumptions(results: xr.Dataset) -> dict[str, str]:
    """English to Swedish names of the groups."""
    english, swedish = (results[name].values.tolist() for name in ("assumption_name", "assumption_name_sv"))
    return dict(zip(english, swedish, strict=True))


def _long(columns: dict[str, xr.DataArray], name: str, results: xr.Dataset) -> pd.DataFrame:
    bare = xr.Dataset({key: array.reset_coords(drop=True) for key, array in columns.items()})
    frame = bare.to_dataframe().reset_index()
    for label in ("area_name", "area_kind"):
        frame[label] = frame["area"].map(dict(zip(results["area"].values, results[label].values, strict=True)))
    return frame.assign(variable=name, unit=str(results[f"{name}_base"].attrs["units"]))


def _ordered(table: pd.DataFrame, extra: tuple[str, ...]) -> pd.DataFrame:
    first = [label for label in (*LABELS, *extra) if label in table.columns]
    rest = [label for label in table.columns if label not in (*first, "unit")]
    ordered = table[[*first, *rest, "unit"]]
    texts = [label for label in first if label != "year"]
    return ordered.assign(**{label: ordered[label].astype(object).fillna("") for label in texts})


def _write(table: pd.DataFrame, stem: str, folder: Path, words: tuple[str, dict[str, str]] | None = None) -> None:
    write_table(table, folder / f"{stem}.csv")
    swedish = table.copy()
    if words:
        swedish[words[0]] = swedish[words[0]].replace(words[1])
    names = {name: titles[1].split(", ")[0] for name, titles in TITLES.items()}
    write_swedish_table(swedish.rename(columns=SWEDISH), names, folder / f"{stem}-sv.csv")
