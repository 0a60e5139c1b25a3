"""A snapshot beside the bundled tables: revised figures, new years, figures that are gone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from calibration.refresh.catalogue import read_catalogue
from calibration.refresh.problems import RefreshError
from calibration.refresh.snapshot import Snapshot, read_snapshot
from outputs.observed import HISTORY, YEARLY, damaged
from outputs.words import number

ROUNDED = {"share": 6e-5, "persons/household": 6e-3}
WHOLE = 0.5
"""Differences up to which figures are the same, by unit and otherwise: bundled tables are rounded."""
SEXES = {"1": "men", "2": "women"}
OPEN_END = "100"
REVISED, NEW, GONE, EQUAL = "revised", "new", "gone", "same"
KINDS_SV = {REVISED: "reviderat", NEW: "nytt", GONE: "borta", EQUAL: "lika"}
HEADINGS_SV = {
    "measure": "mått",
    "municipality": "kommunkod",
    "year": "år",
    "sex": "kön",
    "age": "ålder",
    "bundled": "medföljande",
    "snapshot": "hämtat",
    "difference": "skillnad",
    "per_cent": "procent",
    "kind": "slag",
}
TEXT: dict[str, type[str]] = {"municipality": str, "age": str}
"""Columns of codes."""
LARGEST = 3
"""Revisions told of by name."""


def diff(folder: Path, out: Path | None = None) -> str:
    """Compare a snapshot with the bundled tables, in words; with `out` also diff.csv and diff-sv.csv there."""
    table = compare(read_snapshot(folder))
    told = in_words(table, folder)
    if out is None:
        return told
    changed = table[table["kind"] != EQUAL]
    out.mkdir(parents=True, exist_ok=True)
    changed.to_csv(out / "diff.csv", index=False, lineterminator="\n", float_format="%.10g")
    swedish = changed.assign(kind=changed["kind"].map(KINDS_SV)).rename(columns=HEADINGS_SV)
    swedish.to_csv(
        out / "diff-sv.csv",
        index=False,
        sep=";",
        decimal=",",
        lineterminator="\r\n",
        encoding="utf-8-sig",
        float_format="%.10g",
    )
    return f"{told}\nWritten: {out / 'diff.csv'}, {out / 'diff-sv.csv'}"


def compare(snapshot: Snapshot) -> pd.DataFrame:
    """One row per figure: measure, municipality, year, sex, age, bundled, snapshot, difference, per_cent, kind.

    kind: revised, new (not bundled), gone (bundled, but not in the years that the snapshot has of the measure), same.
    """
    parts = [_joined(snapshot.measures(), _bundled_measures(), ["measure", "municipality", "year"])]
    ages = snapshot.ages()
    if ages is not None:
        labels = ["measure", "municipality", "year", "sex", "age"]
        parts.append(_joined(_as_bundled(ages), _bundled_ages(), labels))
    table = pd.concat([part.dropna(axis=1, how="all") for part in parts], ignore_index=True)
    columns = ["measure", "municipality", "year", "sex", "age", "bundled", "snapshot", "difference", "per_cent", "kind"]
    return table.reindex(columns=columns).sort_values(columns[:5], ignore_index=True)


def _joined(new: pd.DataFrame, old: pd.DataFrame, labels: list[str]) -> pd.DataFrame:
    """Figures of both; of the bundled only the years and measures that the snapshot has."""
    new = new.dropna(subset="value")
    span = new.groupby("measure")["year"].agg(["min", "max"])
    held = old[old["measure"].isin(span.index)]
    inside = held["year"].between(held["measure"].map(span["min"]), held["measure"].map(span["max"]))
    both = new[[*labels, "value"]].rename(columns={"value": "snapshot"})
    both = both.merge(held.loc[inside].rename(columns={"value": "bundled"}), on=labels, how="outer")
    both["difference"] = both["snapshot"] - both["bundled"]
    both["per_cent"] = 100 * both["difference"] / both["bundled"].abs().replace(0.0, np.nan)
    units = {measure: table.unit for table in read_catalogue().tables for measure in table.measures}
    same = both["difference"].abs() <= both["measure"].map(units).map(ROUNDED).fillna(WHOLE)
    kinds = [both["bundled"].isna(), both["snapshot"].isna(), same]
    both["kind"] = np.select(kinds, [NEW, GONE, EQUAL], REVISED)
    return both


def _bundled_measures() -> pd.DataFrame:
    path = HISTORY / YEARLY
    wide = _read(path, TEXT).set_index(["municipality", "year"])
    moves = _read(HISTORY / "moves.csv", TEXT).set_index(["municipality", "year"])
    wide = wide.join(moves[["immigration", "emigration"]])
    wide = wide.combine_first(_read(HISTORY / "long_series.csv", TEXT).set_index(["municipality", "year"]))
    long = wide.reset_index().melt(["municipality", "year"], var_name="measure")
    return long.dropna(subset="value")[["measure", "municipality", "year", "value"]]


def _bundled_ages() -> pd.DataFrame:
    table = _read(HISTORY / "population.csv", TEXT)
    table = table[table["quality"] == "A"].rename(columns={"persons": "value"})
    return table.assign(measure="population_age_sex")[["measure", "municipality", "year", "sex", "age", "value"]]


def _as_bundled(ages: pd.DataFrame) -> pd.DataFrame:
    """Sex in words and the open age as the bundled table writes them."""
    age = ages["age"].where(~ages["age"].str.startswith(OPEN_END), OPEN_END)
    return ages.assign(sex=ages["sex"].replace(SEXES), age=age)


def _read(path: Path, texts: dict[str, type[str]]) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=texts)
    except FileNotFoundError:
        raise damaged(path) from None
    except (ValueError, pd.errors.ParserError) as error:
        raise damaged(path, str(error)) from None


def in_words(table: pd.DataFrame, folder: Path) -> str:
    """A line per measure: how many figures are the same, revised, new, gone; the largest revisions."""
    if table.empty:
        raise RefreshError(str(folder), "the snapshot has no figure that the bundled tables could be compared with.")
    lines = [f"{folder} against the bundled tables (figures: same, revised, new, gone):"]
    for measure, rows in table.groupby("measure"):
        counts = rows["kind"].value_counts()
        told = ", ".join(f"{counts.get(kind, 0)} {kind}" for kind in (EQUAL, REVISED, NEW, GONE))
        years = rows.loc[rows["kind"] == NEW, "year"]
        span = f"; new years {years.min()}–{years.max()}" if len(years) else ""
        lines.append(f"  {measure}: {told}{span}")
    revised = table[table["kind"] == REVISED]
    largest = revised.reindex(revised["per_cent"].abs().sort_values(ascending=False).index).head(LARGEST)
    for row in largest.to_dict("records"):
        change = f"{number(float(row['bundled']), 'en', 6)} → {number(float(row['snapshot']), 'en', 6)}"
        lines.append(f"  largest revisions: {row['measure']} {row['municipality']} {row['year']}: {change}")
    return "\n".join(lines)
