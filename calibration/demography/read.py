"""Reads the demographic source tables into labelled arrays; what was read is reported, what is missing is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd
import xarray as xr

from calibration.demography.places import AGES, OLDEST, ROOT, SEXES, Places, read_places

SHARED = ROOT.parent / "shared" / "data" / "demography"
FIRST_YEAR, LAST_YEAR = 2000, 2024
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
COUNTIES = ("24", "25")
COUNTY_YEARS = tuple(range(1985, 2016))
COUNTY_MOVE_YEARS = tuple(range(1985, 1997))
FLOWS = (
    "in_own_county",
    "in_rest_of_sweden",
    "immigration",
    "out_own_county",
    "out_rest_of_sweden",
    "emigration",
)
COUNTY_FLOWS = ("in_total", "immigration", "net_abroad", "net_total")
INFANTS_DYING_IN_BIRTH_YEAR = 0.85
"""Share of deaths under one year that occur in the calendar year of birth (dmnl; judgement, 600 deaths in 20 years)."""
GROSS = ("in_total", "out_total", "immigration", "emigration")


class DataError(ValueError):
    """Source data that cannot be used; the message lists every problem and how to resolve it."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Sources:
    """Everything read, as arrays labelled by year, sex, age and municipality (persons; NaN where not published).

    Years run from 2000 to 2024 in every array; `groups` is long (year, age_group, municipality, persons) because its
    age groups overlap; `gross` and `mothers` cover the municipalities that have them.
    """

    places: Places
    population: xr.DataArray
    total: xr.DataArray
    births: xr.DataArray
    deaths: xr.DataArray
    net_moves: xr.DataArray
    adjustments: xr.DataArray
    moves: xr.DataArray
    split: xr.DataArray
    split_by_sex: xr.DataArray
    county_flows: xr.DataArray
    deaths_by_age: xr.DataArray
    shares: xr.DataArray
    groups: pd.DataFrame
    county_population: xr.DataArray
    county_moves: xr.DataArray
    national: xr.DataArray
    mothers: xr.DataArray
    gross: xr.DataArray
    projection: xr.DataArray
    life_expectancy: pd.DataFrame
    report: tuple[str, ...]

    def labelled(self) -> dict[str, xr.DataArray]:
        """The arrays by name, without the tables and the report."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if isinstance(value, xr.DataArray)}


class Reader:
    """Reads CSV files of one folder as text-coded tables and remembers what it read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines: list[str] = []

    def table(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """The table `name`, with at least `columns`; `DataError` says which file or column is missing."""
        path = self.folder / name
        if not path.is_file():
            raise DataError([f"{name}: no such file in {self.folder}. Resolve: fetch the shared data folder."])
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        missing = [column for column in columns if column not in table.columns]
        if missing:
            raise DataError([f"{name}: no column {', '.join(missing)}; it has {', '.join(table.columns)}."])
        self.lines.append(f"{name}: {len(table)} rows")
        return table


def numbers(table: pd.DataFrame, column: str, name: str) -> pd.Series:
    """`column` as numbers; `DataError` with the first bad cells when it holds anything else."""
    values = pd.to_numeric(table[column], errors="coerce")
    bad = table.index[values.isna()]
    if len(bad):
        cells = ", ".join(f"line {row + 2}: {table.at[row, column]!r}" for row in bad[:3])
        raise DataError([f"{name}: {len(bad)} cells of '{column}' are not numbers ({cells})."])
    return values.astype(float)


def ages_of(labels: pd.Series) -> pd.Series:
    """Age labels as whole numbers: '100+' is 100, '<15' is 14, '49+' is 49."""
    text = labels.str.replace("+", "", regex=False).str.replace("<15", "14", regex=False)
    return text.astype(int)


def to_array(table: pd.DataFrame, coords: Mapping[str, Sequence[object]], name: str) -> xr.DataArray:
    """A long table (one column per coordinate, then `value`) as a labelled array, NaN where a cell is absent."""
    keys = list(coords)
    repeated = table.duplicated(keys)
    if repeated.any():
        row = table[repeated].iloc[0][keys].tolist()
        raise DataError([f"{name}: {int(repeated.sum())} cells occur twice, first {row}. Resolve: keep one of them."])
    index = pd.MultiIndex.from_product(list(coords.values()), names=keys)
    series = table.set_index(keys)["value"].reindex(index)
    shape = tuple(len(labels) for labels in coords.values())
    labels = {key: list(values) for key, values in coords.items()}
    return xr.DataArray(series.to_numpy(dtype=float).reshape(shape), coords=labels, dims=keys, name=name)


def by_age(reader: Reader, name: str, value: str, codes: tuple[str, ...]) -> xr.DataArray:
    """A municipality table by year, sex and single age."""
    table = reader.table(name, ["municipality_code", "year", "sex", "age", value])
    table = pd.DataFrame(
        {
            "year": table["year"].astype(int),
            "sex": table["sex"],
            "age": ages_of(table["age"]),
            "municipality": table["municipality_code"],
            "value": numbers(table, value, name),
        }
    )
    return to_array(table, {"year": YEARS, "sex": SEXES, "age": AGES, "municipality": codes}, name)


def by_cohort(deaths: xr.DataArray) -> xr.DataArray:
    """Deaths by age at death turned into deaths by age attained at year end.

    The published table is by age at death (the population account closes at 85–100 only when it is read so; read by age
    at year end it leaves 900 people too few over 90 in nine years). Birthdays fall evenly over the year: half of
    those who died at age x would have been x at the year's end, half x + 1. In the first year of life most die in
    their first weeks.
    """
    age = deaths["age"]
    same_year = xr.full_like(age, 0.5, dtype=float).where(age > 0, INFANTS_DYING_IN_BIRTH_YEAR)
    stay = deaths * same_year.where(age < OLDEST, 1.0)
    older: xr.DataArray = (deaths * (1 - same_year)).shift(age=1, fill_value=0.0)
    return (stay + older).transpose(*deaths.dims)


def components(reader: Reader) -> pd.DataFrame:
    """`components.csv` with numeric year and value, since 2000."""
    name = "components.csv"
    table = reader.table(name, ["level", "region_code", "year", "sex", "component", "persons"])
    table = table.assign(year=table["year"].astype(int), value=numbers(table, "persons", name))
    return table[table["year"] >= FIRST_YEAR]


def component(
    table: pd.DataFrame, names: Sequence[str], sexes: Sequence[str], level: str, regions: Sequence[str]
) -> xr.DataArray:
    """Components of one level as an array [component, year, sex, region]."""
    part = table[(table["level"] == level) & table["component"].isin(names) & table["sex"].isin(sexes)]
    coords = {"component": names, "year": YEARS, "sex": sexes, "region_code": regions}
    return to_array(part, coords, "components.csv").rename(region_code=level)


def total_moves(table: pd.DataFrame, codes: tuple[str, ...]) -> xr.DataArray:
    """All in- and out-moves [direction, year, municipality]; out is published for some years and derived for others."""
    names = ("in_total", "out_total", "out_total_derived")
    found = component(table, names, ("total",), "municipality", codes).isel(sex=0, drop=True)
    out = found.sel(component="out_total", drop=True).fillna(found.sel(component="out_total_derived", drop=True))
    pair = xr.concat([found.sel(component="in_total", drop=True), out], "direction")
    return pair.assign_coords(direction=["in", "out"])


def read_totals(reader: Reader, codes: tuple[str, ...]) -> xr.DataArray:
    """Total population [year, municipality]."""
    name = "population_total.csv"
    table = reader.table(name, ["region_code", "year", "persons"])
    table = table.assign(
        year=table["year"].astype(int), municipality=table["region_code"], value=numbers(table, "persons", name)
    )
    return to_array(table, {"year": YEARS, "municipality": codes}, name)


def read_shares(reader: Reader, codes: tuple[str, ...]) -> xr.DataArray:
    """Age-structure indicators [indicator, year, municipality]: per cent, ratio per 100, persons."""
    name = "age_structure_indicators.csv"
    table = reader.table(name, ["municipality_code", "year", "indicator", "value"])
    indicators = (
        "share_65plus_percent",
        "dependency_ratio_0_19_and_65plus_per_100_aged_20_64",
        "persons_0_19",
        "persons_75plus",
    )
    table = table.assign(
        year=table["year"].astype(int), municipality=table["municipality_code"], value=numbers(table, "value", name)
    )
    return to_array(table, {"indicator": indicators, "year": YEARS, "municipality": codes}, name)


def read_groups(reader: Reader) -> pd.DataFrame:
    """Persons by age group (year, age_group, municipality, persons), the same cell kept once."""
    name = "population_age_groups.csv"
    table = reader.table(name, ["municipality_code", "year", "sex", "age_group", "persons"])
    table = table.assign(
        year=table["year"].astype(int), municipality=table["municipality_code"], persons=numbers(table, "persons", name)
    )
    return table[["year", "age_group", "municipality", "persons"]].drop_duplicates(ignore_index=True)


def read_county_population(reader: Reader) -> xr.DataArray:
    """County population [year, sex, age, county] 1985–2015."""
    name = "county_population_age_sex.csv"
    table = reader.table(name, ["county_code", "year", "sex", "age", "persons"])
    table = table.assign(
        year=table["year"].astype(int), age=ages_of(table["age"]), county=table["county_code"],
        value=numbers(table, "persons", name),
    )  # fmt: skip
    return to_array(table, {"year": COUNTY_YEARS, "sex": SEXES, "age": AGES, "county": COUNTIES}, name)


def read_county_moves(reader: Reader) -> xr.DataArray:
    """Gross domestic moves over the county border by five-year age group [component, year, age_group, county]
    1985–1996.
    """
    name = "migration_age_county.csv"
    table = reader.table(name, ["region_code", "year", "age_group", "component", "persons"])
    table = table.assign(
        year=table["year"].astype(int), county=table["region_code"], value=numbers(table, "persons", name)
    )
    groups = [f"{low}-{low + 4}" for low in range(0, OLDEST, 5)] + ["100+"]
    components_read = ("in_domestic", "out_domestic")
    coords = {"component": components_read, "year": COUNTY_MOVE_YEARS, "age_group": groups, "county": COUNTIES}
    return to_array(table, coords, name)


def read_national(reader: Reader) -> xr.DataArray:
    """Sweden [variable, year, sex, age]; births are by age of mother, sex of child."""
    name = "national_age_flows.csv"
    table = reader.table(name, ["year", "sex", "age", "variable", "persons"])
    table = table.assign(
        year=table["year"].astype(int), age=ages_of(table["age"]), value=numbers(table, "persons", name)
    )
    variables = ("population_31dec", "births_by_age_of_mother_and_sex_of_child", "deaths", "immigration", "emigration")
    array = to_array(table, {"variable": variables, "year": YEARS, "sex": SEXES, "age": AGES}, name)
    return array.assign_coords(variable=["population", "births", "deaths", "immigration", "emigration"])


def read_mothers(reader: Reader) -> xr.DataArray:
    """Live births by age of mother [region, year, age] for the counties (to 2015), Luleå and Boden (from 2006)."""
    name = "fertility.csv"
    table = reader.table(name, ["region_code", "year", "age_of_mother", "measure", "value"])
    table = table[table["measure"] == "live_births_by_age_of_mother"]
    table = table[~table["age_of_mother"].isin(["total", "no information"])]
    table = table.assign(
        year=table["year"].astype(int), age=ages_of(table["age_of_mother"]), region=table["region_code"],
        value=numbers(table, "value", name),
    )  # fmt: skip
    coords = {"region": (*COUNTIES, "2580", "2582"), "year": YEARS, "age": AGES}
    return to_array(table, coords, name)


def read_gross(reader: Reader) -> xr.DataArray:
    """Gross moves [component, year, sex, age, municipality] of the two municipalities that have them by single age."""
    name = "migration_age_municipal.csv"
    table = reader.table(name, ["municipality_code", "year", "sex", "age", "component", "persons"])
    table = table.assign(
        year=table["year"].astype(int), age=ages_of(table["age"]), municipality=table["municipality_code"],
        value=numbers(table, "persons", name),
    )  # fmt: skip
    coords = {"component": GROSS, "year": YEARS, "sex": SEXES, "age": AGES, "municipality": ("2514", "2580")}
    return to_array(table, coords, name)


def read_projection(reader: Reader) -> xr.DataArray:
    """SCB's national projection [variable, year], 2025–2120."""
    name = "projections.csv"
    table = reader.table(name, ["level", "target_year", "variable", "value", "kind"])
    table = table[(table["level"] == "country") & (table["kind"] == "official national projection")]
    table = table.assign(year=table["target_year"].astype(int), value=numbers(table, "value", name))
    variables = ("births", "deaths", "immigration", "emigration", "population")
    years = tuple(sorted(table["year"].unique()))
    return to_array(table, {"variable": variables, "year": years}, name)


def read_life_expectancy(reader: Reader) -> pd.DataFrame:
    """Published life expectancy at birth of municipalities (five-year periods): period, sex, municipality, years."""
    name = "mortality.csv"
    table = reader.table(name, ["level", "region_code", "year_or_period", "sex", "measure", "value"])
    table = table[table["measure"] == "life_expectancy_at_birth_5y_period"]
    table = table.assign(years=numbers(table, "value", name), municipality=table["region_code"])
    return table[["year_or_period", "sex", "municipality", "years"]].rename(columns={"year_or_period": "period"})


def read_sources(folder: Path = SHARED, places: Places | None = None) -> Sources:
    """Read every demographic table of `folder`. Raises `DataError` for a missing file, column or unreadable cell."""
    reader, places = Reader(folder), places or read_places()
    codes = places.codes
    table = components(reader)
    by_sex = component(table, ("births", "deaths", "net_total", "adjustments"), SEXES, "municipality", codes)
    early = by_age(reader, "population_age_sex.csv", "persons", codes)
    late = by_age(reader, "population_age_sex_2022_2024.csv", "persons", codes)
    county = component(table, COUNTY_FLOWS, ("total",), "county", COUNTIES).isel(sex=0, drop=True)
    return Sources(
        places=places,
        population=early.fillna(late).rename("population"),
        total=read_totals(reader, codes),
        births=by_sex.sel(component="births", drop=True),
        deaths=by_sex.sel(component="deaths", drop=True),
        net_moves=by_sex.sel(component="net_total", drop=True),
        adjustments=by_sex.sel(component="adjustments", drop=True),
        moves=total_moves(table, codes),
        split=component(table, FLOWS, ("total",), "municipality", codes).isel(sex=0, drop=True),
        split_by_sex=component(table, FLOWS, SEXES, "municipality", codes),
        county_flows=county,
        deaths_by_age=by_cohort(by_age(reader, "deaths_age_sex.csv", "deaths", codes)),
        shares=read_shares(reader, codes),
        groups=read_groups(reader),
        county_population=read_county_population(reader),
        county_moves=read_county_moves(reader),
        national=read_national(reader),
        mothers=read_mothers(reader),
        gross=read_gross(reader),
        projection=read_projection(reader),
        life_expectancy=read_life_expectancy(reader),
        report=tuple(reader.lines),
    )
