"""Who works where: 29 homes × 29 workplaces plus the world outside, 2010–2024.

Known: everybody who lives and works in the same municipality, all who commute in and out of each municipality, every
pair inside Norrbotten 2020–2024, the largest stream out of each municipality of Västerbotten 2020–2023, and the sums
over the county border in 2017. The rest starts from a gravity model fitted to Norrbotten's pairs and is raked to all
of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.economy.constants import NORRBOTTEN_TO_VASTERBOTTEN, VASTERBOTTEN_2017
from calibration.economy.labour import FIRST_BAS, OVERLAP, Labour
from calibration.economy.rake import Floats, Margin, rake
from calibration.economy.read import LAST_YEAR, YEARS, DataError, cell

TINY: Final = 0.05  # persons. A seed for pairs where the tables show none: counts of 1–2 are hidden.
# Long-distance commuters out of (into) the two counties per employed resident (per job), share [0.02, 0.05].
# Source: RAMS 2017, Västerbotten: 5 012 of 133 000 to other counties than Norrbotten. Quality: C.
FAR_OUT: Final = 0.035
FAR_IN: Final = 0.025
# Jobs in the nearest towns across the border, persons, and the municipalities that reach them, with minutes by car.
# Örnsköldsvik (Västernorrland) about 27 000, Strömsund (Jämtland) about 5 500. Quality: D.
BORDER_TOWNS: Final = (
    (27000.0, {"2401": 45.0, "2403": 65.0, "2480": 85.0, "2463": 125.0, "2460": 90.0}),
    (5500.0, {"2425": 45.0, "2463": 80.0, "2462": 75.0}),
)


@dataclass(frozen=True)
class Flows:
    """persons[year, home 29 + outside, workplace 29 + outside] and the largest relative miss of a margin, by year."""

    persons: Floats
    misses: dict[int, float]
    gravity: tuple[float, float, float]


@dataclass(frozen=True)
class Setting:
    """What every year shares: municipality codes, their county, and minutes between them."""

    codes: list[str]
    county: NDArray[np.str_]
    minutes: Floats


def fit_gravity(known: Floats, residents: Floats, jobs: Floats, minutes: Floats) -> tuple[float, float, float]:
    """ln(commuters) = a + b ln(residents × jobs) + c minutes, least squares over the off-diagonal pairs known to have
    commuters. Returns: a, b, c."""
    pairs = (known > 0) & ~np.eye(len(known), dtype=bool)
    mass = np.log(np.outer(residents, jobs))
    design = np.column_stack([np.ones(pairs.sum()), mass[pairs], minutes[pairs]])
    answer, *_ = np.linalg.lstsq(design, np.log(known[pairs]), rcond=None)
    return float(answer[0]), float(answer[1]), float(answer[2])


def seed(setting: Setting, residents: Floats, jobs: Floats, gravity: tuple[float, float, float]) -> Floats:
    """First guess of all pairs [30, 30] from the gravity model, with far and near places outside."""
    a, b, c = gravity
    n = len(setting.codes)
    guess = np.zeros((n + 1, n + 1))
    guess[:n, :n] = np.exp(a + b * np.log(np.outer(residents, jobs)) + c * setting.minutes) + TINY
    guess[:n, n] = FAR_OUT * residents
    guess[n, :n] = FAR_IN * jobs
    for size, reach in BORDER_TOWNS:
        for code, minutes in reach.items():
            k = setting.codes.index(code)
            guess[k, n] += np.exp(a + b * np.log(residents[k] * size) + c * minutes)
            guess[n, k] += np.exp(a + b * np.log(jobs[k] * size) + c * minutes)
    np.fill_diagonal(guess, 0.0)
    return guess


def known_cells(labour: Labour, setting: Setting, year: int) -> Floats:
    """Pairs given by the tables [30, 30], NaN elsewhere; the diagonal is who lives and works in the municipality."""
    n = len(setting.codes)
    cells = np.full((n + 1, n + 1), np.nan)
    rows = streams(labour, year)
    place = {code: k for k, code in enumerate(setting.codes)}
    for home, work, persons in rows[["home_code", "work_code", "persons"]].itertuples(index=False):
        if home in place and work in place and home != work:
            cells[place[home], place[work]] = persons
    cells[range(n), range(n)] = labour.tables["live_and_work"][year].to_numpy()
    cells[n, n] = 0.0
    return cells


def streams(labour: Labour, year: int) -> pd.DataFrame:
    """Known pairs of one year; in 2024 Västerbotten's largest streams keep their 2023 share of the commuters out."""
    rows = labour.matrix[labour.matrix["year"] == year]
    if year < LAST_YEAR:
        return rows
    last = labour.matrix[(labour.matrix["year"] == year - 1) & ~labour.matrix["home_code"].isin(rows["home_code"])]
    out = labour.tables["out_commuters"]
    last = last[last["home_code"].isin(out.index)]
    growth = last["home_code"].map(out[year] / out[year - 1])
    return pd.concat([rows, last.assign(persons=last["persons"] * growth)])


def border_totals(labour: Labour, setting: Setting, year: int) -> dict[str, float]:
    """Commuters over the county borders in one year: shares of 2017, and Norrbotten's own counts from 2020."""
    out, into = labour.tables["out_commuters"][year].to_numpy(), labour.tables["in_commuters"][year].to_numpy()
    south, north = setting.county == "24", setting.county == "25"
    base = VASTERBOTTEN_2017
    share = _leaving_share(labour, setting, year)
    return {
        "within 24": float(out[south].sum() * base["within"] / base["out"]),
        "24 to 25": float(out[south].sum() * base["to Norrbotten"] / base["out"]),
        "25 to 24": float(out[north].sum() * share * NORRBOTTEN_TO_VASTERBOTTEN),
        "into 24": float(into[south].sum()),
    }


def _leaving_share(labour: Labour, setting: Setting, year: int) -> float:
    """Share of Norrbotten's out-commuters who leave the county; before 2020 as in 2020–21."""
    years = [year] if year >= FIRST_BAS else list(OVERLAP)
    north = setting.county == "25"
    out = labour.tables["out_commuters"][years].to_numpy()[north].sum()
    within = labour.tables["out_within_norrbotten"][years].to_numpy()[north].sum()
    return float(1.0 - within / out)


def margins(labour: Labour, setting: Setting, year: int, known: Floats) -> list[Margin]:
    """Totals left for the unknown cells of one year. Raises: DataError when the known cells exceed a total."""
    n = len(setting.codes)
    free = np.isnan(known)
    rows, columns = np.indices(known.shape)
    south, north = np.append(setting.county == "24", False), np.append(setting.county == "25", False)
    given = np.where(free | np.eye(n + 1, dtype=bool), 0.0, np.nan_to_num(known))
    tables, found = labour.tables, []

    def margin(cells: NDArray[np.bool_], total: float, label: str) -> None:
        found.append(Margin(cells & free, max(total - float(given[cells].sum()), 0.0), f"{label} {year}"))

    borders = border_totals(labour, setting, year)
    margin(np.outer(south, south), borders["within 24"], "commuters within Västerbotten")
    margin(np.outer(south, north), borders["24 to 25"], "commuters from Västerbotten to Norrbotten")
    margin(np.outer(north, south), borders["25 to 24"], "commuters from Norrbotten to Västerbotten")
    for k, code in enumerate(setting.codes):
        margin((rows == k) & (columns != k), cell(tables["out_commuters"], code, year), f"commuters out of {code}")
        margin((columns == k) & (rows != k), cell(tables["in_commuters"], code, year), f"commuters into {code}")
    return found


def one_year(labour: Labour, setting: Setting, year: int, guess: Floats) -> tuple[Floats, float]:
    """The full table of one year [30, 30] and the largest relative miss of a margin."""
    known = known_cells(labour, setting, year)
    free = np.isnan(known)
    fitted, miss = rake(np.where(free, guess, 0.0), margins(labour, setting, year, known))
    return np.where(free, fitted, known), miss


def flows(labour: Labour, setting: Setting) -> Flows:
    """All years: 2020–2024 from gravity and known pairs, earlier years from the mean pattern of 2020–21."""
    tables, n = labour.tables, len(setting.codes)
    north = setting.county == "25"
    first = known_cells(labour, setting, FIRST_BAS)[:n, :n][np.ix_(north, north)]
    people, work = (tables[t][FIRST_BAS].to_numpy()[north] for t in ("employed_residents", "jobs"))
    gravity = fit_gravity(first, people, work, setting.minutes[np.ix_(north, north)])
    done: dict[int, tuple[Floats, float]] = {}
    for year in range(FIRST_BAS, LAST_YEAR + 1):
        guess = seed(setting, tables["employed_residents"][year].to_numpy(), tables["jobs"][year].to_numpy(), gravity)
        done[year] = one_year(labour, setting, year, guess)
    pattern = sum((done[y][0] for y in OVERLAP), np.zeros((n + 1, n + 1))) / len(OVERLAP)
    pattern = np.maximum(pattern, TINY)
    for year in range(YEARS[0], FIRST_BAS):
        done[year] = one_year(labour, setting, year, pattern)
    return Flows(np.stack([done[y][0] for y in YEARS]), {y: done[y][1] for y in YEARS}, gravity)


def hold_out(labour: Labour, setting: Setting, year: int, gravity: tuple[float, float, float]) -> float:
    """How well the method would do where only margins and the largest stream are known: Norrbotten's pairs hidden.

    Returns: share of Norrbotten's commuters between its municipalities put in the wrong pair, 0–1.
    """
    tables, n = labour.tables, len(setting.codes)
    known = known_cells(labour, setting, year)
    inside = np.ix_(setting.county == "25", setting.county == "25")
    truth = known[:n, :n][inside].copy()
    np.fill_diagonal(truth, 0.0)
    hidden = np.where(
        (truth == truth.max(axis=1, keepdims=True)) | np.eye(len(truth), dtype=bool), known[:n, :n][inside], np.nan
    )
    masked = known.copy()
    block = masked[:n, :n]
    block[inside] = hidden
    guess = seed(setting, tables["employed_residents"][year].to_numpy(), tables["jobs"][year].to_numpy(), gravity)
    free = np.isnan(masked)
    fitted, _ = rake(np.where(free, guess, 0.0), margins(labour, setting, year, masked))
    found = np.where(free, fitted, masked)[:n, :n][inside].copy()
    np.fill_diagonal(found, 0.0)
    return float(np.abs(found - truth).sum() / 2.0 / truth.sum())


def check_margins(result: Flows, labour: Labour, tolerance: float) -> float:
    """Largest relative difference between the matrix and the municipalities' totals.

    Raises: DataError when it exceeds `tolerance`.
    """
    worst, where = 0.0, ""
    for t, year in enumerate(YEARS):
        for axis, name in ((1, "employed_residents"), (0, "jobs")):
            have = result.persons[t].sum(axis=axis)[:-1]
            want = labour.tables[name][year].to_numpy()
            gap = np.abs(have - want) / want
            if gap.max() > worst:
                worst, where = float(gap.max()), f"{name} of {labour.tables[name].index[int(gap.argmax())]} in {year}"
    if worst > tolerance:
        raise DataError(f"The commuting matrix misses {where} by {worst:.2%}; at most {tolerance:.2%} is allowed.")
    return worst
