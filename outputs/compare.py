"""Simulated against observed: the differences of a run that starts in the past."""

import numpy as np
import pandas as pd
import xarray as xr

from outputs.observed import INDEXED, OBSERVED_NAMES

HUNDRED = 100.0
TEN = 10.0
DIGITS = 3
MEASURES = {"mape": "MAPE, %", "weighted": "weighted by size, %"}
PER_INHABITANT = ("net_migration",)
"""Series that may be near zero: their differences are given in per cent of the observed population."""


def simulated_series(results: xr.Dataset, observed: xr.Dataset) -> xr.Dataset:
    """The run's series in the shape of the observed ones: (year, municipality), in the observed years of the run."""
    years = [year for year in observed["year"].values.tolist() if year in results["year"].values]
    series = {}
    for name in observed.data_vars:
        if name not in results:
            continue
        array = results[name].reset_coords(drop=True).sel(year=years)
        extra = [dim for dim in array.dims if dim not in ("year", "municipality")]
        series[str(name)] = array.sum(extra, skipna=False)
    return xr.Dataset(series)


def observed_like(observed: xr.Dataset, simulated: xr.Dataset) -> xr.Dataset:
    """The observed series in the years of the run; those compared as an index are 1 in its first year."""
    chosen = observed[list(simulated.data_vars)].sel(year=simulated["year"], municipality=simulated["municipality"])
    return chosen.assign({name: chosen[name] / chosen[name].isel(year=0) for name in INDEXED if name in chosen})


def comparison_table(simulated: xr.Dataset, observed: xr.Dataset) -> pd.DataFrame:
    """One row per series, year and municipality: observed, simulated, difference, difference in per cent.

    `scale` is what the difference is a per cent of: the observed value, for net moves the observed population.
    """
    frames = []
    for name in simulated.data_vars:
        scale = observed["population"] if name in PER_INHABITANT else observed[name]
        parts = xr.Dataset({"observed": observed[name], "simulated": simulated[name], "scale": scale})
        frame = parts.to_dataframe().reset_index()
        frames.append(frame.assign(variable=str(name)).dropna(subset=["observed", "simulated"]))
    table = pd.concat(frames, ignore_index=True)
    table["difference"] = table["simulated"] - table["observed"]
    table["per_cent"] = HUNDRED * table["difference"] / table["scale"].replace(0.0, np.nan)
    columns = ["variable", "year", "municipality", "observed", "simulated", "difference", "per_cent", "scale"]
    return table[columns].sort_values(["variable", "year", "municipality"], ignore_index=True)


def error_table(table: pd.DataFrame, first_year: int) -> pd.DataFrame:
    """Errors by series and year after the start year, over the municipalities.

    mape: mean absolute error in per cent. median: its median. weighted: absolute errors in per cent of the total.
    total_error: the region's error in per cent. within_5: share of municipalities within 5 per cent.
    """
    after = table[(table["year"] > first_year) & table["per_cent"].notna()]
    rows = [_errors(group) for _, group in after.groupby(["variable", "year"])]
    return pd.DataFrame(rows)


def _errors(group: pd.DataFrame) -> dict[str, float | str | int]:
    size = group["per_cent"].abs()
    total = float(group["scale"].abs().sum())
    return {
        "variable": str(group["variable"].iloc[0]),
        "year": int(group["year"].iloc[0]),
        "municipalities": len(group),
        "mape": float(size.mean()),
        "median": float(size.median()),
        "weighted": HUNDRED * float(group["difference"].abs().sum()) / total,
        "total_error": HUNDRED * float(group["difference"].sum()) / total,
        "within_5": HUNDRED * float((size <= 5).mean()),
    }


def errors_in_words(errors: pd.DataFrame) -> str:
    """Two tables in Markdown, series by year: mean absolute error, and absolute errors weighted by size."""
    return "\n\n".join(_wide(errors, measure, heading) for measure, heading in MEASURES.items())


def _wide(errors: pd.DataFrame, measure: str, heading: str) -> str:
    wide = errors.pivot(index="variable", columns="year", values=measure)
    wide = wide.reindex([name for name in OBSERVED_NAMES if name in wide.index])
    header = f"| {heading} | " + " | ".join(str(year) for year in wide.columns) + " |"
    values = zip(wide.index, wide.to_numpy(dtype=float).tolist(), strict=True)
    rows = [f"| {name} | " + " | ".join(_cell(value) for value in row) + " |" for name, row in values]
    return "\n".join([header, "|---|" + "---:|" * len(wide.columns), *rows])


def _cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.{DIGITS}g}" if value >= TEN else f"{value:.2f}"
