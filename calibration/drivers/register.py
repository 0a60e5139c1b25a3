"""From the project register to the model's project tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.drivers.tables import ROOT, STARTS, municipalities, parameter, sources, write

REGISTER = ROOT / "scenarios" / "projects.csv"
NUMBERS = {
    "planned building start": "year",
    "planned building time": "year",
    "project jobs at full operation": "jobs",
    "hiring start": "dmnl",
    "jobs ramp time": "year",
    "peak builders": "jobs",
    "project power": "MW",
    "known closure time": "year",
    "known stop time": "year",
}
STEP = 0.25
HISTORY_START = 2005.0  # every project of the register begins later


def read() -> pd.DataFrame:
    """Read the register; municipality shares must sum to one."""
    table = pd.read_csv(REGISTER, dtype={"project": str, "municipalities": str})
    for row in table.itertuples():
        total = sum(part for part in share(str(row.municipalities)).values())
        if abs(total - 1) > 1e-9:
            raise SystemExit(f"scenarios/projects.csv, {row.project}: municipality shares sum to {total:g}, not 1.")
    return table


def share(text: str) -> dict[str, float]:
    """Return the share by municipality code of a cell such as '2580:0.5;2582:0.5'."""
    return {code: float(part) for code, part in (item.split(":") for item in text.split(";"))}


def timeline(row: pd.Series, until: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return times, progress and operating jobs of one project with nothing in the way (the model's own equations)."""
    closing_time, finishing_time = parameter("closing time"), parameter("finishing time")
    times = np.arange(HISTORY_START, until + STEP / 2, STEP)
    progress, jobs = np.zeros(len(times)), np.zeros(len(times))
    for i, t in enumerate(times[:-1]):
        built = progress[i]
        moving = row["planned building start"] <= t < min(row["known stop time"], row["known closure time"])
        pace = min(1 / row["planned building time"], (1 - built) / finishing_time) if moving else 0.0
        progress[i + 1] = built + STEP * pace
        hired = max(0.0, built - row["hiring start"]) / (1 - row["hiring start"])
        wanted = row["project jobs at full operation"] * hired * (t < row["known closure time"])
        gap = wanted - jobs[i]
        jobs[i + 1] = jobs[i] + STEP * gap / (row["jobs ramp time"] if gap > 0 else closing_time)
    return times, progress, jobs


def at_starts(table: pd.DataFrame) -> pd.DataFrame:
    """Return progress and operating jobs of each project on 31 December of every start year."""
    rows = []
    for _, row in table.iterrows():
        times, progress, jobs = timeline(row, max(STARTS) + 1.0)
        for start in STARTS:
            i = int(np.argmin(abs(times - (start + 1))))
            rows.append((start, row["project"], progress[i], jobs[i]))
    return pd.DataFrame(rows, columns=["start", "project", "initial progress", "initial operating jobs"])


def jobs_by_municipality(table: pd.DataFrame) -> pd.DataFrame:
    """Return the register's operating jobs on 31 December: columns year, municipality, industry (basic, other), jobs.

    A plant's staff is partly counted as transport or technical services: 'basic share' in the register.
    """
    rows = []
    for _, row in at_starts(table).merge(table, on="project").iterrows():
        for code, part in share(row["municipalities"]).items():
            jobs = row["initial operating jobs"] * part
            rows.append((row["start"], code, "basic", jobs * row["basic share"]))
            rows.append((row["start"], code, "other", jobs * (1 - row["basic share"])))
    frame = pd.DataFrame(rows, columns=["year", "municipality", "industry", "jobs"])
    return frame.groupby(["year", "municipality", "industry"])["jobs"].sum().reset_index()


def build() -> None:
    """Write the project tables."""
    table = read()
    write(table[["project", *NUMBERS]], "projects.csv")
    parts = {row.project: share(str(row.municipalities)) for row in table.itertuples()}
    rows = [(p, m, parts[p].get(m, 0.0)) for p in parts for m in municipalities()]
    write(pd.DataFrame(rows, columns=["project", "municipality", "project share"]), "projects_municipality.csv")
    write(at_starts(table), "projects_start.csv")
    source = "project register (scenarios/projects.csv, with a source and quality for every row)"
    units = {**NUMBERS, "project share": "dmnl", "initial progress": "dmnl", "initial operating jobs": "jobs"}
    method = "as stated in the register; builders and power mostly judged"
    sources([(name, unit, source, method, "C", "") for name, unit in units.items()], "sources_projects.csv")
