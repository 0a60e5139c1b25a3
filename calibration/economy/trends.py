"""Jobs by industry in the two counties 2010–2019, chained from regional accounts and RAMS to the level of 2020."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from calibration.economy.industries import FIRST_KNOWN, Known
from calibration.economy.read import YEARS, Shelf, total_sex

ACCOUNTS: Final = "employment_regional_accounts_NACE_"
LAST_ACCOUNTS: Final = 2017
SMOOTHING: Final = (0.25, 0.5, 0.25)  # dmnl: the accounts are rounded to thousands
# Hotels and personal services before the pandemic: as in 2022, moved by the accounts' trade-to-hotels (G–I) trend.
CALM_YEAR: Final = 2022
OLD_STATE: Final = {"basic": "B_E", "construction": "F", "welfare": "O_Q", "services": "G_I"}


def county_totals(shelf: Shelf, known: Known) -> dict[int, pd.DataFrame]:
    """Jobs of each county (24, 25) in basic, construction, services and welfare, for each year 2010–2019."""
    series = total_sex(shelf.table("long/county_series.csv", ["region_code", "year", "measure", "sex"]))
    levels = {
        "basic": known.basic.groupby(lambda c: c[:2]).sum()[2020],
        "construction": known.county["construction"][2020],
        "welfare": known.county["welfare"][2020],
        "services": _services(known),
    }
    paths = {i: _chain(series, i, level) for i, level in levels.items()}
    return {
        year: pd.DataFrame({i: paths[i][year] for i in ("basic", "construction", "services", "welfare")})
        for year in YEARS
        if year < FIRST_KNOWN
    }


def _services(known: Known) -> pd.Series:
    small = (known.hotels[CALM_YEAR] + known.personal[CALM_YEAR]).groupby(lambda c: c[:2]).sum()
    return small + known.county["trade"][2020]


def _chain(series: pd.DataFrame, industry: str, level: pd.Series) -> pd.DataFrame:
    """County × year: smoothed accounts as an index until 2017, then a straight line to the level of 2020."""
    rows = series[(series["measure"] == ACCOUNTS + OLD_STATE[industry]) & series["region_code"].isin(["24", "25"])]
    raw = rows.pivot(index="region_code", columns="year", values="value")
    padded = np.pad(raw.to_numpy(dtype=float), ((0, 0), (1, 1)), mode="edge")
    smooth = pd.DataFrame(
        sum(w * padded[:, k : k + raw.shape[1]] for k, w in enumerate(SMOOTHING)), index=raw.index, columns=raw.columns
    )
    at_2017 = _level_2017(series, industry, level)
    path = smooth.div(smooth[LAST_ACCOUNTS], axis=0).mul(at_2017, axis=0)
    for year in (2018, 2019):
        weight = (year - LAST_ACCOUNTS) / (2020 - LAST_ACCOUNTS)
        path[year] = (1 - weight) * at_2017 + weight * level
    return path


def _level_2017(series: pd.DataFrame, industry: str, level: pd.Series) -> pd.Series:
    """Level in 2017: RAMS for both counties where it exists (2017 relative to 2021), else the accounts themselves."""
    sections = {"basic": "BC", "construction": "F", "services": "G"}.get(industry)
    if sections is None:
        rows = series[(series["measure"] == ACCOUNTS + OLD_STATE[industry]) & (series["year"] == LAST_ACCOUNTS)]
        thousands = rows.set_index("region_code")["value"].reindex(["24", "25"])
        return level * float(thousands.sum() * 1000.0 / level.sum())
    rams = {y: sum(_rams(series, s, y) for s in sections) for y in (2017, 2019)}
    return level * (rams[2017] / rams[2019])


def _rams(series: pd.DataFrame, section: str, year: int) -> float:
    rows = series[(series["measure"] == f"employed_by_workplace_RAMS_SNI_{section}") & (series["year"] == year)]
    return float(rows["value"].iloc[0])
