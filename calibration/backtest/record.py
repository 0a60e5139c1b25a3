"""What made a scoreboard: `scoreboard.json`, and its table in words for the README."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

import pandas as pd

from calibration.backtest.announced import ANNOUNCED, known
from calibration.backtest.cases import EARLIEST, FIRST_ORIGIN, LAST_DESIGN_ORIGIN, LAST_ORIGIN, ORDER
from calibration.backtest.fits import Calibrated, Parameters
from calibration.backtest.history import SINGLE_AGES
from calibration.backtest.intervals import COVERAGES, GROWTH, MEMORY
from calibration.backtest.norrsim import FREE, NO_PROJECTS, NORRSIM, TODAYS
from calibration.backtest.origin import HELD, NEUTRAL, model
from calibration.backtest.places import BY_AGE, COUNTY_JOBS, ECONOMY, HERE, NATIONAL, OFFICIAL, SERIES
from calibration.backtest.scoreboard import ALL, BESIDE_OFFICIAL, CONFIRMED, DESIGN, SHOWN
from calibration.backtest.settings import SETTINGS

RECORD, README_TABLE = HERE / "scoreboard.json", HERE / "README-table.md"
TABLES = (SERIES, BY_AGE, ECONOMY, COUNTY_JOBS, NATIONAL, ANNOUNCED, OFFICIAL, SINGLE_AGES)
LEANS_ON_LATER: Mapping[str, str] = {
    "values of parameters": "calibrated on 2011 to the origin from 2015 on, the origin's priors before; a source that "
    "names a later year, or evidence of the project's own, counts as unknown there, but a judgement without a year, "
    "and every range, may have been made with 2010-2024 in view (variants with today's parameters: all of them)",
    "errors of measurement": "calibration/observe/series.csv's; those beyond them are estimated at the origin",
    "profiles of participation, household heads and needs by age": "one shape at every origin; levels are the origin's",
    "shares of own county, rest of Sweden and abroad in moves": "rounded by kind of municipality, read from 2020-2024",
    "jobs of a project, builders and dates": "judged afterwards where announced.csv names them as judged",
    "which projects are remembered": "the register was gathered afterwards",
    "single ages before 2010 and 2020-2021": "estimated, from the same and earlier years alone",
    "BAS at origin 2021": "first published 2022, taken as known in the months after the origin",
}
"""What could not be held to the origin, and how far it matters."""
LULEA_ORIGIN = 2021
LULEA = {
    "Luleå": (("2580",), 0.4, 450),
    "Luleå, Piteå, Boden, Kalix and Älvsbyn together": (("2514", "2560", "2580", "2581", "2582"), 0.5, 1231),
}
"""Municipalities, mean absolute error (%) and error in 2024 (people) of Luleå municipality's open model."""
TITLES = {"mape": "error", "crps": "CRPS", "coverage_80": "in 80 %"}
HEADERS = {
    "no change": "no change",
    NO_PROJECTS: "Norrsim without projects",
    "norrsim": "**Norrsim**",
    FREE: "Norrsim, moves free to respond to jobs and homes",
    "norrsim, demography alone": "Norrsim, no responses: demography alone",
    TODAYS: "Norrsim, today's parameters",
    f"{TODAYS}, no projects": "Norrsim, today's parameters, without projects",
    f"{TODAYS}, jobs and homes free": "Norrsim, today's parameters, moves free to respond",
}


def record_of(calibrated: Calibrated) -> str:
    """The record as JSON."""
    found = {
        "model": model().hash,
        "tables": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in TABLES},
        "origins": {str(o): origin(o, calibrated.at(o)) for o in range(FIRST_ORIGIN, LAST_ORIGIN + 1)},
        "outcomes": "31 December 2011 to 2024",
        "settings": asdict(SETTINGS),
        "chosen": f"trials.csv, origins {EARLIEST}-{LAST_DESIGN_ORIGIN}",
        "parameters chosen": f"trials_fits.csv, origins {FIRST_ORIGIN}-{LAST_DESIGN_ORIGIN}",
        "variants": {name: {k: v for k, v in asdict(m).items() if k != "settings"} for name, m in NORRSIM.items()},
        "intervals": {"coverages": COVERAGES, "memory": MEMORY, "growth": GROWTH, "errors since": EARLIEST},
        "the same at every origin": dict(HELD),
        "without effect": dict(NEUTRAL),
        "leans on later data": dict(LEANS_ON_LATER),
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def origin(year: int, parameters: Parameters) -> dict[str, object]:
    """What one origin used."""
    table = known(year)
    there = table[table["project jobs at full operation"].abs() + table["peak builders"] > 0]
    return {**parameters.record, "projects announced": list(there.index)}


def lulea_lines(cases: pd.DataFrame) -> list[str]:
    """Norrsim from the origin of Luleå's own published forecast beside it, as rows of a Markdown table."""
    own = cases[(cases["method"] == "norrsim") & (cases["origin"] == LULEA_ORIGIN)]
    rows = ["| origin 2021, years 2022–2024 | mean error, % | error 2024, people |", "|---|---:|---:|"]
    for name, (codes, error, people) in LULEA.items():
        total = own[own["municipality"].isin(codes)].groupby("horizon")[["forecast", "outcome"]].sum()
        missed = total["forecast"] - total["outcome"]
        mean = 100 * (missed / total["outcome"]).abs().mean()
        rows.append(f"| {name}: Luleå's own, as published | {error} | {people:+d} |")
        rows.append(f"| {name}: Norrsim | {mean:.1f} | {missed.iloc[-1]:+.0f} |")
    return rows


def readme_table(table: pd.DataFrame, others: pd.DataFrame, cases: pd.DataFrame) -> str:
    """The scoreboard in short as Markdown."""
    parts = [
        "Mean absolute error of total population over the 29 municipalities, per cent; rolling origins "
        f"{FIRST_ORIGIN}–{LAST_ORIGIN}, at each only what was known then. Beside it CRPS and the share of outcomes in "
        "the 80 % interval. Parameters as known at the origin: calibrated anew on 2011 to the origin from 2015 on, the "
        "origin's priors before; today's parameters stand beside for comparison.\n",
        "\n".join(lines(table, ALL, list(ORDER[:-1]))),
        "\nThe same by origins: those on which methods were chosen, and those after them.\n",
        "\n".join(lines(table, DESIGN, [*NORRSIM, "exponential, last 10 years"], ("mape",))),
        "",
        "\n".join(lines(table, CONFIRMED, [*NORRSIM, "exponential, last 10 years"], ("mape",))),
        "\nBeside SCB's regional projections (vintages 2019–2023, the Luleå region's municipalities):\n",
        "\n".join(lines(table, BESIDE_OFFICIAL, [*NORRSIM, "exponential, last 10 years", ORDER[-1]], ("mape",))),
        "\nBeside the published errors of Luleå municipality's own cohort model:\n",
        "\n".join(lulea_lines(cases)),
        "\nOther outcomes, sum of absolute errors over sum of outcomes, per cent:\n",
        "\n".join(other_lines(others)),
    ]
    return "\n".join(parts) + "\n"


def lines(table: pd.DataFrame, group: str, methods: list[str], kinds: tuple[str, ...] = ()) -> list[str]:
    """One group as rows of a Markdown table."""
    measures = kinds or ("mape", "crps", "coverage_80")
    own = table[(table["group"] == group) & table["measure"].isin(measures) & table["horizon"].isin(SHOWN)]
    value = own.set_index(["method", "measure", "horizon"])["value"]
    there = set(zip(own["measure"], own["horizon"], strict=True))
    columns = [(m, h) for m in measures for h in SHOWN if (m, h) in there]
    titles = [f"{TITLES[m]} {h} y" for m, h in columns]
    rows = [f"| {group} | " + " | ".join(titles) + " |", "|---|" + "---:|" * len(columns)]
    for method in methods:
        cells = [cell(value.get((method, m, h)), m) for m, h in columns]
        rows.append(f"| {HEADERS.get(method, method)} | " + " | ".join(cells) + " |")
    return rows


def cell(value: float | None, measure: str) -> str:
    """A number as text, empty when there is none."""
    if value is None or value != value:
        return ""
    return f"{value:.0f}" if measure.startswith("coverage") else f"{value:.2f}"


def other_lines(others: pd.DataFrame) -> list[str]:
    """Outcomes beside population as rows of a Markdown table."""
    own = others[(others["measure"] == "weighted") & others["horizon"].isin(SHOWN)]
    value = own.set_index(["outcome", "method", "horizon"])["value"]
    rows = ["| outcome | method | " + " | ".join(f"{h} y" for h in SHOWN) + " |", "|---|---|" + "---:|" * len(SHOWN)]
    for outcome, method in own[["outcome", "method"]].drop_duplicates().itertuples(index=False):
        cells = [cell(value.get((outcome, method, h)), "weighted") for h in SHOWN]
        name = str(outcome).replace("_", " ")
        rows.append(f"| {name} | {HEADERS.get(str(method), method)} | " + " | ".join(cells) + " |")
    return rows
