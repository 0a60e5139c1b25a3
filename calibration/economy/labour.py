"""Jobs, employed residents and commuters: the old series (RAMS) lifted to the level of the new one (BAS, 2020–)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from calibration.economy.constants import RAMS_2011_PER_OLDER_PERSON
from calibration.economy.read import LAST_YEAR, DataError, Shelf, cell, largest, total_sex, wide, years_of

OVERLAP = (2020, 2021)
FIRST_BAS = 2020
PARTS = ("live_and_work", "in_commuters", "out_commuters")
OLDER_BREAK: Final = 2011  # first year with the new count of self-employed people of 65 and over
PAY_BREAK: Final = 2019  # first year with monthly employer declarations instead of yearly statements of income
TREND_YEARS: Final = 4  # years before PAY_BREAK whose mean growth is what 2019 would have had
NOISE = 60.0  # persons. Tables protected by noise, and two releases of the same year, may differ by this much.
LINK_BOUNDS = (0.6, 1.5)  # dmnl. A link factor outside is a copying error, not a change of definition.


@dataclass(frozen=True)
class Labour:
    """Tables of municipality by year (persons, November): live_and_work, in_commuters, out_commuters, jobs,
    employed_residents, and Norrbotten's commuters inside the county; factors: BAS / RAMS by municipality and part;
    pay_break: new over old level in 2019 by part; matrix: known pairs."""

    tables: dict[str, pd.DataFrame]
    factors: pd.DataFrame
    pay_break: pd.Series
    matrix: pd.DataFrame


def rams(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """RAMS 1993–2021 by part. Raises: DataError when jobs or residents are not the sums of their parts."""
    frame = total_sex(shelf.table("long/employment_rams.csv", ["region_code", "year", "measure", "sex"]))
    names = {"live_and_work": "live_and_work_in_municipality", "in_commuters": "in_commuters_total",
             "out_commuters": "out_commuters_total"}  # fmt: skip
    parts = {part: wide(frame, names[part], codes) for part in PARTS}
    jobs, residents = wide(frame, "employed_by_workplace", codes), wide(frame, "employed_residents", codes)
    _same("RAMS jobs", jobs, parts["live_and_work"] + parts["in_commuters"], 0.5)
    _same("RAMS employed residents", residents, parts["live_and_work"] + parts["out_commuters"], 0.5)
    return parts


def _same(what: str, one: pd.DataFrame, other: pd.DataFrame, tolerance: float) -> None:
    code, year, gap = largest((one - other).abs())
    if gap > tolerance:
        raise DataError(
            f"{what}, {code} {year}: {cell(one, code, year):g} is not the sum of its parts, "
            f"{cell(other, code, year):g}. Correct one of the two."
        )


def bas(shelf: Shelf, codes: list[str]) -> dict[str, pd.DataFrame]:
    """BAS 2020–2024 by part; NaN where no table gives it (residents and own workers in 24 in 2024)."""
    frame = total_sex(shelf.table("economy/employment.csv", ["municipality_code", "year", "measure", "sex"]))
    panel = shelf.table("economy/panel_jobs.csv", ["municipality_code", "year", "measure"])
    years = list(range(FIRST_BAS, LAST_YEAR + 1))
    every = wide(panel, "sysselsatta_totalt", codes).reindex(columns=years)
    table = wide(frame, "employed_by_workplace", codes).reindex(columns=years)
    _same("BAS jobs in two tables", table.fillna(every), every, NOISE)
    jobs = table.fillna(every)
    live = wide(frame, "live_and_work_in_municipality", codes).reindex(columns=years)
    residents = wide(frame, "employed_residents", codes).reindex(columns=years)
    out = wide(frame, "out_commuters_total", codes).reindex(columns=years)
    _same("BAS employed residents", residents.fillna(0), (live + out).where(residents.notna(), 0), NOISE)
    within = wide(frame, "out_commuters_within_norrbotten", codes).reindex(columns=years)
    into = wide(frame, "in_commuters_from_norrbotten", codes).reindex(columns=years)
    return {"live_and_work": live, "in_commuters": jobs - live, "out_commuters": out, "jobs": jobs,
            "out_within_norrbotten": within, "in_within_norrbotten": into}  # fmt: skip


def matrix(shelf: Shelf) -> pd.DataFrame:
    """Known cells of the commuting matrix: year, home_code, work_code, persons (both sexes)."""
    keys = ["home_code", "work_code", "year", "sex"]
    return total_sex(shelf.table("economy/commuting_matrix.csv", keys, "persons"))


def link_factors(old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """BAS over RAMS for each municipality and part, both overlap years pooled, dmnl.

    Raises: DataError for a factor outside LINK_BOUNDS.
    """
    years = list(OVERLAP)
    factors = pd.DataFrame({p: new[p][years].sum(axis=1) / old[p][years].sum(axis=1) for p in PARTS})
    low, high = LINK_BOUNDS
    wild = factors[(factors < low) | (factors > high)].stack().dropna()
    if len(wild):
        code, part = wild.index[0]
        raise DataError(
            f"{part} of {code}: the new series is {wild.iloc[0]:.2f} times the old one in {years}; "
            f"between {low} and {high} is believable. Check the two tables."
        )
    return factors


def estimate_2024(new: dict[str, pd.DataFrame], residents_growth: pd.Series) -> dict[str, pd.DataFrame]:
    """Fill 2024 where BAS is not at hand.

    Norrbotten: known own workers and commuters inside the county; those leaving it keep their 2023 number.
    Västerbotten: employed residents grow by `residents_growth` (rate × people); the share who live and work in the
    municipality and, for jobs, the official number, give the rest. Returns: new tables, 2024 complete.
    """
    live, out = new["live_and_work"].copy(), new["out_commuters"].copy()
    leaving = (out[2023] - new["out_within_norrbotten"][2023]).clip(lower=0)
    known = new["out_within_norrbotten"][2024].notna()
    out.loc[known, 2024] = (new["out_within_norrbotten"][2024] + leaving)[known]
    residents = (live[2023] + out[2023]) * residents_growth
    own = live[2023] / (live[2023] + out[2023])
    missing = live[2024].isna()
    live.loc[missing, 2024] = np.minimum(residents * own, new["jobs"][2024] * live[2023] / new["jobs"][2023])[missing]
    out.loc[out[2024].isna(), 2024] = (residents - live[2024])[out[2024].isna()]
    done = dict(new)
    done["live_and_work"], done["out_commuters"], done["in_commuters"] = live, out, new["jobs"] - live
    return done


def mended(old: dict[str, pd.DataFrame], older: pd.Series) -> tuple[dict[str, pd.DataFrame], pd.Series]:
    """RAMS without its steps of 2011 and 2019.

    2011: own workers before it rise by the self-employed of 65 and over that were not counted (`older`: inhabitants
    aged 65–74 in 2011), in proportion. 2019: every part before it is multiplied by what both counties' growth in 2019
    differs from the mean of the four years before. Returns: mended tables, the factors of 2019.
    """
    live = old["live_and_work"]
    rise = 1.0 + RAMS_2011_PER_OLDER_PERSON * older / live[OLDER_BREAK - 1]
    before = [y for y in years_of(live) if y < OLDER_BREAK]
    tables = {part: table.copy() for part, table in old.items()}
    tables["live_and_work"][before] = live[before].mul(rise, axis=0)
    steps = {}
    for part, table in tables.items():
        total = table.sum()
        usual = (total[PAY_BREAK - 1] / total[PAY_BREAK - 1 - TREND_YEARS]) ** (1 / TREND_YEARS)
        steps[part] = float(total[PAY_BREAK] / total[PAY_BREAK - 1] / usual)
        earlier = [y for y in years_of(table) if y < PAY_BREAK]
        table[earlier] = table[earlier] * steps[part]
    return tables, pd.Series(steps)


def linked(
    old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame], factors: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """RAMS × factor before 2020, BAS from 2020; jobs and employed residents are sums of the parts."""
    tables = {}
    for part in PARTS:
        before = old[part][[y for y in years_of(old[part]) if y < FIRST_BAS]].mul(factors[part], axis=0)
        tables[part] = pd.concat([before, new[part]], axis=1)
    tables["jobs"] = tables["live_and_work"] + tables["in_commuters"]
    tables["employed_residents"] = tables["live_and_work"] + tables["out_commuters"]
    tables["out_within_norrbotten"] = new["out_within_norrbotten"]
    tables["in_within_norrbotten"] = new["in_within_norrbotten"]
    for name in PARTS:
        code, year, size = largest(-tables[name])
        if size > 0:
            raise DataError(f"{name} of {code} {year} is negative ({-size:g}).")
    return tables


def labour(shelf: Shelf, codes: list[str], residents_growth: pd.Series, older: pd.Series) -> Labour:
    """The linked series 1993–2024 with their factors and the known matrix cells.

    Args: residents_growth: employed residents 2024 / 2023 (dmnl); older: inhabitants aged 65–74 in 2011.
    """
    old, new = rams(shelf, codes), bas(shelf, codes)
    factors = link_factors(old, new)
    smooth, steps = mended(old, older)
    return Labour(linked(smooth, estimate_2024(new, residents_growth), factors), factors, steps, matrix(shelf))
