"""Jobs by workplace municipality in the five industries of the model, 2010–2024.

Known: the municipality's total; industry (B+C), hotels (I) and personal services (R–U) per municipality 2020–2024;
construction (F), trade (G) and public services (O, P, Q) per county 2020–2024; county and regional trends before.
The rest is spread by seeds that say where such jobs are, and raked to every known total.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from calibration.economy.rake import Margin, lines, rake
from calibration.economy.read import YEARS, DataError, Shelf, cell, total_sex, wide, years_of

INDUSTRIES: Final = ("basic", "construction", "services", "welfare", "other")
FIRST_KNOWN: Final = 2020
BASE: Final = (2020, 2021, 2022)  # years whose composition stands for the years before

# Seeds, all relative (dmnl). Quality: D: judged from where hospitals, universities, garrisons and trade are.
# Regional functions on top of residents' need: university hospital and universities (Umeå), region, university,
# county administration (Luleå), hospitals (Skellefteå, Lycksele, Piteå, Gällivare, Kiruna), garrisons and
# state offices (Boden, Arvidsjaur, Kiruna, Haparanda customs).
WELFARE_EXTRA: Final = {"2480": 1.22, "2580": 1.12, "2481": 1.15, "2582": 1.12, "2505": 1.15, "2482": 0.92,
                        "2584": 1.0, "2523": 1.0, "2581": 0.95, "2460": 0.85, "2404": 1.05, "2583": 1.05}  # fmt: skip
TRADE_EXTRA: Final = {"2583": 1.9, "2480": 1.25, "2580": 1.3, "2482": 1.1, "2481": 1.15, "2421": 1.15, "2460": 0.7,
                      "2404": 0.6, "2409": 0.6, "2403": 0.7, "2417": 0.7, "2513": 0.8, "2560": 0.7}  # fmt: skip
OTHER_EXTRA: Final = {"2480": 1.2, "2580": 1.35, "2510": 1.3}  # business services; power company in Luleå, Jokkmokk
BUILDERS_PER_RESIDENT: Final = 0.040  # jobs per inhabitant [0.03, 0.05]
BUILDERS_PER_DWELLING: Final = 1.2  # jobs per dwelling completed a year [0.8, 2.0]
TRADE_PER_RESIDENT: Final = 0.042  # jobs per inhabitant: 23 000 in trade on 520 000 inhabitants
OTHER_PER_RESIDENT: Final = 0.08  # jobs per inhabitant
RURAL_OTHER: Final = 0.03  # jobs per inhabitant more where forestry, farming, reindeer and power weigh most
RURAL_SIZE: Final = 10000.0  # inhabitants; below it a municipality counts as rural

# Part of an unusual change of all jobs that is mining and manufacturing, per unit of its share of the jobs (dmnl).
BASIC_SWING: Final = 1.8
BASIC_SWING_MOST: Final = 0.6
BASIC_LEAST: Final = 0.4  # dmnl, of the base years' jobs: the seed never goes below
# Known events: jobs in mining and manufacturing by year, persons, November. Pajala's mine: 240 mine workers in 2014
# (its drivers are transport, not mining), reopened 2018. Skellefteå's battery plant: what the municipality's B+C rose
# by from 2020 on, back to the building start. Ramps judged: D.
EVENTS: Final = {
    "2521": {2011: 60, 2012: 190, 2013: 240, 2014: 230, 2018: 90, 2019: 170, 2020: 190, 2021: 205, 2022: 230},
    "2482": {2019: 60, 2020: 200, 2021: 430, 2022: 1480},
}  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What the estimates stand on: tables of municipality by year (persons, jobs, dwellings) and the counties.

    need: relative need of public services by age × population; completions: dwellings completed, three-year mean.
    """

    codes: list[str]
    county: pd.Series
    population: pd.DataFrame
    need: pd.DataFrame
    completions: pd.DataFrame
    jobs: pd.DataFrame


@dataclass(frozen=True)
class Known:
    """Known jobs: basic, hotels, personal (municipality × year 2020–24) and county (industry → county × year)."""

    basic: pd.DataFrame
    hotels: pd.DataFrame
    personal: pd.DataFrame
    county: dict[str, pd.DataFrame]


def known_jobs(shelf: Shelf, codes: list[str]) -> Known:
    """Jobs by industry that the tables give, 2020–2024. Trade 2023–24 grows as the other services do."""
    panel = shelf.table("economy/panel_jobs.csv", ["municipality_code", "year", "measure"])
    series = total_sex(shelf.table("long/county_series.csv", ["region_code", "year", "measure", "sex"]))
    basic = wide(panel, "sysselsatta_industri_bc", codes)
    hotels, personal = (wide(panel, f"sysselsatta_{n}", codes) for n in ("hotell_restaurang_i", "kultur_service_rstu"))
    bas = {s: _county(series, f"employed_by_workplace_BAS_november_SNI_{s}") for s in "FGOPQ"}
    trade = bas["G"].reindex(columns=basic.columns)
    later = (hotels + personal).groupby(lambda c: c[:2]).sum()
    for year in (y for y in years_of(trade) if trade[y].isna().any()):
        trade[year] = trade[year - 1] * np.sqrt(later[year] / later[year - 1])
    county = {"construction": bas["F"], "trade": trade, "welfare": bas["O"] + bas["P"] + bas["Q"]}
    return Known(basic, hotels, personal, county)


def _county(series: pd.DataFrame, measure: str) -> pd.DataFrame:
    rows = series[(series["measure"] == measure) & series["region_code"].isin(["24", "25"])]
    return rows.pivot(index="region_code", columns="year", values="value")


def seeds(ground: Ground, year: int) -> pd.DataFrame:
    """Where jobs of unknown industries are likely to be: municipality × (construction, trade, welfare, other)."""
    people, codes = ground.population[year], pd.Series(ground.codes, index=ground.codes)

    def extra(table: dict[str, float]) -> pd.Series:
        return codes.map(table).fillna(1.0).astype(float)

    rural = RURAL_OTHER * (people < RURAL_SIZE)
    return pd.DataFrame({
        "construction": BUILDERS_PER_RESIDENT * people + BUILDERS_PER_DWELLING * ground.completions[year],
        "trade": TRADE_PER_RESIDENT * people * extra(TRADE_EXTRA),
        "welfare": ground.need[year] * extra(WELFARE_EXTRA),
        "other": (OTHER_PER_RESIDENT + rural) * people * extra(OTHER_EXTRA),
    })  # fmt: skip


def known_year(ground: Ground, known: Known, year: int) -> pd.DataFrame:
    """The five industries in a year when B+C, I and R–U are known: the rest raked to row and county totals."""
    left = ground.jobs[year] - known.basic[year] - known.hotels[year] - known.personal[year]
    if (left <= 0).any():
        code = str(left.idxmin())
        total = cell(ground.jobs, code, year)
        raise DataError(f"{code} {year}: the known industries exceed all jobs ({total:g}). Correct one of the tables.")
    seed = seeds(ground, year)
    margins = []
    for number, code in enumerate(("24", "25")):
        rows = (ground.county == code).to_numpy()
        parts = [cell(known.county[i], code, year) for i in ("construction", "trade", "welfare")]
        parts.append(float(left[rows].sum()) - sum(parts))
        for column, total in enumerate(parts):
            cells = np.zeros(seed.shape, dtype=bool)
            cells[rows, column] = True
            margins.append(Margin(cells, total, f"jobs in {seed.columns[column]}, county {number + 24}, {year}"))
    margins += lines(ground.codes, 0, left.to_numpy(), seed.shape)
    fitted, _ = rake(seed.to_numpy(), margins)
    table = pd.DataFrame(fitted, index=ground.codes, columns=seed.columns)
    table["services"] = table.pop("trade") + known.hotels[year] + known.personal[year]
    table["basic"] = known.basic[year]
    return table[list(INDUSTRIES)]


def earlier_year(ground: Ground, base: pd.DataFrame, totals: pd.DataFrame, year: int) -> pd.DataFrame:
    """The five industries in a year before 2020.

    Args: base: composition of the base years (jobs, municipality × industry); totals: industry totals of the two
    counties (rows 24, 25; columns industries except other).
    """
    seed = base.mul(ground.jobs[year] / base.sum(axis=1), axis=0)
    seed["basic"] = basic_seed(ground, base, totals, year)
    seed["construction"] *= _pace(ground, year)
    margins = []
    for code in totals.index:
        rows = (ground.county == code).to_numpy()
        for column, industry in enumerate(INDUSTRIES[:-1]):
            cells = np.zeros(seed.shape, dtype=bool)
            cells[rows, column] = True
            margins.append(
                Margin(cells, cell(totals, str(code), industry), f"jobs in {industry}, county {code}, {year}")
            )
    margins += lines(ground.codes, 0, ground.jobs[year].to_numpy(), seed.shape)
    fitted, _ = rake(seed.to_numpy(), margins)
    return pd.DataFrame(fitted, index=ground.codes, columns=list(INDUSTRIES))


def _pace(ground: Ground, year: int) -> pd.Series:
    """Builders' jobs relative to the base years as dwelling completions per inhabitant suggest, dmnl."""

    def builders(y: int) -> pd.Series:
        return BUILDERS_PER_RESIDENT + BUILDERS_PER_DWELLING * ground.completions[y] / ground.population[y]

    return builders(year) / (sum(builders(y) for y in BASE) / len(BASE))


def basic_seed(ground: Ground, base: pd.DataFrame, totals: pd.DataFrame, year: int) -> pd.Series:
    """Mining and manufacturing before 2020: the county's trend, plus the known events, plus a share of what the
    municipality's jobs differ from the county's (large where the share of industry is large)."""
    events = pd.Series({c: float(EVENTS.get(c, {}).get(year, 0)) for c in ground.codes})
    usual = pd.Series({c: float(np.mean([EVENTS.get(c, {}).get(y, 0) for y in BASE])) for c in ground.codes})
    plain = base["basic"] - usual
    county = ground.county.map(totals["basic"] / base["basic"].groupby(ground.county).sum()).astype(float)
    before = base.sum(axis=1)
    growth = ground.jobs[year].groupby(ground.county).sum() / before.groupby(ground.county).sum()
    unusual = ground.jobs[year] - events - (before - usual) * ground.county.map(growth).astype(float)
    swing = (BASIC_SWING * plain / before).clip(upper=BASIC_SWING_MOST)
    return (plain * county + swing * unusual).clip(lower=BASIC_LEAST * plain) + events


def industries(ground: Ground, known: Known, totals: dict[int, pd.DataFrame]) -> dict[int, pd.DataFrame]:
    """Jobs by year: tables of municipality × industry that add up to the municipality's jobs exactly.

    Args: totals: for each year before 2020, county × industry (see trends.py).
    """
    done = {y: known_year(ground, known, y) for y in YEARS if y >= FIRST_KNOWN}
    base = sum((done[y] for y in BASE), start=done[BASE[0]] * 0.0) / len(BASE)
    for year in (y for y in YEARS if y < FIRST_KNOWN):
        done[year] = earlier_year(ground, base, totals[year], year)
    for year, table in done.items():
        gap = float((table.sum(axis=1) - ground.jobs[year]).abs().max())
        if gap > 1e-3 or bool((table < 0).any(axis=None)):
            raise DataError(f"Jobs by industry {year} do not add up to the municipality's total (gap {gap:g}).")
    return {y: done[y] for y in YEARS}
