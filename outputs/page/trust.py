"""How far to trust: the scoreboard of past forecasts, and which years the data cover."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from outputs.observed import HISTORY
from outputs.page.tables import rows as rows_of
from outputs.words import number

SCOREBOARD = Path(__file__).resolve().parents[2] / "calibration" / "scoreboard.csv"
OURS, STILL, TREND = "norrsim", "no change", "exponential, last 10 years"
HORIZONS = (1, 3, 5, 10)
TOLD = (1, 5, 10)
TEXT = {
    "sv": "Prövad på det förflutna: framskrivningar av kommunernas folkmängd från 2010–2023 med enbart det som då var "
    "känt. Medelfelet är {ours} procent efter 1, 5 och 10 år; för en enkel trend (de senaste tio åren) {trend}. "
    "Intervallen för 8 av 10 körningar rymde utfallet i {covered} procent av fallen på fem års sikt. På åren 2017–2023 "
    "var trenden bättre. Värdet ligger i jämförelser mellan scenarier.",
    "en": "Tested on the past: forecasts of the municipalities' population from 2010–2023 with only what was known "
    "then. The mean error is {ours} per cent after 1, 5 and 10 years; of a simple trend (the last ten years) {trend}. "
    "The intervals of 8 of 10 runs held the outcome in {covered} per cent of the cases five years ahead. On the years "
    "2017–2023 the trend was better. The worth lies in comparing scenarios.",
}
VINTAGES = {
    "municipality_year": (
        "Folkmängd, jobb, bostäder och ekonomi per kommun",
        "People, jobs, homes and money by municipality",
    ),
    "commuting": ("Pendling mellan kommuner", "Commuting between municipalities"),
    "jobs": ("Jobb efter näringsgren", "Jobs by industry"),
    "national_year": ("Riket", "The country"),
}


@dataclass(frozen=True)
class Track:
    """Rows by horizon (protocol.ts, Meta.track) and what they say in words."""

    rows: list[dict[str, float]]
    text: dict[str, str]


@cache
def record() -> Track:
    """The track record of the scoreboard."""
    values = {
        (row["method"], int(row["horizon"]), row["measure"]): float(row["value"])
        for row in rows_of(SCOREBOARD)
        if row["group"] == "all"
    }

    def score(method: str, horizon: int, measure: str = "mape") -> float:
        return round(values[method, horizon, measure], 2)

    rows = [
        {
            "horizon": horizon,
            "norrsim": score(OURS, horizon),
            "noChange": score(STILL, horizon),
            "exponential": score(TREND, horizon),
            "covered": round(score(OURS, horizon, "coverage_80")),
        }
        for horizon in HORIZONS
    ]

    def told(method: str, language: str) -> str:
        return " / ".join(number(score(method, horizon), language, 3) for horizon in TOLD)

    covered = round(score(OURS, TOLD[1], "coverage_80"))
    texts = {
        language: text.format(ours=told(OURS, language), trend=told(TREND, language), covered=covered)
        for language, text in TEXT.items()
    }
    return Track(rows, texts)


def vintages() -> list[dict[str, Any]]:
    """Which years the bundled tables cover, and whose they are (protocol.ts, Meta.vintages)."""
    sources = pd.concat([pd.read_csv(path, dtype=str) for path in sorted(HISTORY.glob("sources_*.csv"))])
    sources["table"] = sources["table"].str.removesuffix(".csv")
    found = []
    for table, (swedish, english) in VINTAGES.items():
        mine = sources[sources["table"] == table]
        years = sorted(
            year for text in mine["years"].dropna() for year in text.replace("–", " ").split() if year.isdigit()
        )
        names = list(dict.fromkeys(mine["source"].dropna()))
        found.append({
            "what": {"sv": swedish, "en": english},
            "years": f"{years[0]}–{years[-1]}" if years else "",
            "source": "; ".join(names[:3]),
        })  # fmt: skip
    return found
