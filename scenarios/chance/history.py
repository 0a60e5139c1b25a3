"""What the register's own history says of its projects' risks: `python -m scenarios.chance.history`.

`scenarios/project_risk_readings.csv` holds what was read from the status changes of the shared project register: from
when to when a project was watched, and how many years it slipped or how many times it stopped or closed. Nothing later
than the horizon counts, even where it is known now. Each count is drawn towards a judgement that is worth a stated
number of project-years: value = (judged · weight + counted) / (weight + years watched).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from model.whole import write_whole
from scenarios.chance.projects import HORIZON
from scenarios.chance.risk import RISKS

ROOT = Path(__file__).resolve().parents[2]
READINGS = ROOT / "scenarios" / "project_risk_readings.csv"
REGISTER = ROOT.parent / "shared" / "data" / "policy" / "industry_projects.csv"
TEXTS = ("status_changes", "status", "note")


def counts(readings: pd.DataFrame) -> pd.DataFrame:
    """What was counted and how many project-years were watched, by kind (index): columns counted, years.

    Raises ValueError for a reading that ends after the horizon or before it begins.
    """
    wrong = readings[(readings["to"] > HORIZON) | (readings["to"] <= readings["from"])]
    if len(wrong):
        row = wrong.iloc[0]
        raise ValueError(
            f"{READINGS.name}: '{row['register']}' is read from {row['from']:g} to {row['to']:g}; a reading ends after "
            f"it begins and by {HORIZON:g}, the horizon of what the risks may know."
        )
    watched = readings.assign(years=readings["to"] - readings["from"])
    return watched.groupby("kind")[["amount", "years"]].sum().rename(columns={"amount": "counted"})


def shrunk(judged: float, weight: float, counted: float, years: float) -> float:
    """A yearly rate drawn towards a judgement worth `weight` project-years (a gamma prior of a Poisson rate)."""
    return (judged * weight + counted) / (weight + years)


def rebuilt(risks: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """The table of risks with its counts and values made anew from the readings."""
    found, table = counts(readings), risks.copy()
    for index, row in table[table["counted"].notna()].iterrows():
        counted, years = found.loc[row["counted"], "counted"], found.loc[row["counted"], "years"]
        table.loc[index, "events"], table.loc[index, "exposure"] = counted, round(years, 1)
        table.loc[index, "value"] = round(shrunk(row["judged"], row["weight"], counted, years), 4)
    return table


def untrue(readings: pd.DataFrame, register: pd.DataFrame) -> list[str]:
    """Readings whose project or quoted words are not in the register."""
    texts = register.set_index("project")[list(TEXTS)].fillna("").agg(" | ".join, axis=1).to_dict()
    return [
        f"{row.register}: {row.words}"
        for row in readings.fillna("").itertuples()
        if row.register not in texts or str(row.words) not in str(texts[row.register])
    ]


def main() -> None:
    """Check the readings against the register, where it is at hand, and write the table of risks."""
    readings = pd.read_csv(READINGS)
    if REGISTER.exists():
        missing = untrue(readings, pd.read_csv(REGISTER, dtype=str))
        if missing:
            raise SystemExit(f"{READINGS.name}: not in the register:\n" + "\n".join(missing))
    write_whole(RISKS, rebuilt(pd.read_csv(RISKS), readings).to_csv(index=False, lineterminator="\n"))
    print(counts(readings).to_string())


if __name__ == "__main__":
    main()
