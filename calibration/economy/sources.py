"""Unit, source, method and quality of every column written by this package."""

from __future__ import annotations

from typing import Final

import pandas as pd

SCB: Final = "SCB"
# table, column, years, unit, source, method, quality
HISTORY: Final = (
    ("municipality_year", "population", "1968–2024", "persons", "SCB BE0101", "31 December", "A"),
    ("municipality_year", "births", "1968–2024", "persons/year", "SCB BE0101", "women + men", "A"),
    ("municipality_year", "deaths", "1968–2024", "persons/year", "SCB BE0101", "women + men", "A"),
    ("municipality_year", "in_migration", "2002–2024", "persons/year", "SCB Flyttningar", "all moves in over the municipal border", "A"),
    ("municipality_year", "out_migration", "2002–2024", "persons/year", "SCB Flyttningar", "in-moves less net moves", "B"),
    ("municipality_year", "net_migration", "1997–2024", "persons/year", "SCB Flyttningar", "women + men", "A"),
    ("municipality_year", "jobs", "1993–2019", "persons", "SCB RAMS", "in-commuters + live-and-work, each × BAS/RAMS in 2020–21, without the steps of 2011 (self-employed 65+) and 2019 (pay declarations); the step of 2004 remains", "B"),
    ("municipality_year", "jobs", "2020–2024", "persons", "SCB BAS (AM0210), November", "employed 15–74 by workplace; 2024: new classification of self-employed, not adjusted", "A"),
    ("municipality_year", "employed_residents", "1993–2019", "persons", "SCB RAMS", "as jobs", "B"),
    ("municipality_year", "employed_residents", "2020–2023", "persons", "SCB BAS", "live-and-work + out-commuters", "A"),
    ("municipality_year", "employed_residents", "2024", "persons", "SCB BAS, TAB3200", "Norrbotten: matrix, those leaving the county as in 2023. Västerbotten: 2023 × employment rate × people 20–64", "C"),
    ("municipality_year", "in_commuters", "1993–2019", "persons", "SCB RAMS", "as jobs", "B"),
    ("municipality_year", "in_commuters", "2020–2024", "persons", "SCB BAS", "jobs − live-and-work; 2024 C in Västerbotten", "A"),
    ("municipality_year", "out_commuters", "1993–2019", "persons", "SCB RAMS", "as jobs", "B"),
    ("municipality_year", "out_commuters", "2020–2023", "persons", "SCB BAS", "as published; 2024 C (see employed_residents)", "A"),
    ("municipality_year", "live_and_work", "1993–2019", "persons", "SCB RAMS", "as jobs", "B"),
    ("municipality_year", "live_and_work", "2020–2024", "persons", "SCB BAS", "as published; 2024 C in Västerbotten (share of 2023)", "A"),
    ("municipality_year", "commuters_to_outside", "2010–2024", "persons", "estimated", "employed residents working outside the 29: commuting.py", "C"),
    ("municipality_year", "commuters_from_outside", "2010–2024", "persons", "estimated", "workers registered in Sweden outside the 29: commuting.py; Norrbotten 2020–24 close to known", "C"),
    ("municipality_year", "unemployed", "2011–2024", "persons", "Arbetsförmedlingen (Kolada N03937)", "openly unemployed share × people 18–65, annual mean; people in programmes not counted", "B"),
    ("municipality_year", "unemployed", "2010", "persons", "Arbetsförmedlingen", "2011 × change of the county (Norrbotten), Gällivare, or Sweden", "C"),
    ("municipality_year", "unemployment_rate", "2010–2024", "share", "derived", "unemployed / (employed residents + unemployed)", "B"),
    ("municipality_year", "employment_rate_20_64", "2010–2019", "share", "derived", "employed residents per inhabitant 20–64 × ratio to the official rate in 2020–23", "C"),
    ("municipality_year", "employment_rate_20_64", "2020–2024", "share", "SCB BAS TAB3200", "ages 20–64 by residence", "A"),
    ("municipality_year", "unemployment_rate_20_64", "2020–2024", "share", "SCB BAS TAB3200", "all registered unemployed incl. programmes, share of labour force 20–64", "A"),
    ("municipality_year", "dwellings", "1990–2024", "dwellings", "SCB TAB824", "stock 31 December incl. special housing, excl. holiday homes", "A"),
    ("municipality_year", "dwellings_completed", "1975–2024", "dwellings/year", "SCB BO0101", "completed in new buildings, without conversions", "A"),
    ("municipality_year", "households", "2011–2024", "households", "SCB BE0101", "population / persons per household (two decimals: ±0.25 %)", "B"),
    ("municipality_year", "households", "2010", "households", "derived", "2011's size less the mean change 2011–14", "C"),
    ("municipality_year", "persons_per_household", "2011–2024", "persons/household", "SCB BE0101", "as published; 2010 C", "A"),
    ("municipality_year", "house_price", "1981–2024", "thousand SEK", "SCB BO0501", "mean price of one- and two-family houses, nominal; few sales in small places", "A"),
    ("municipality_year", "house_price_real", "1981–2024", "thousand SEK, 2024 prices", "SCB BO0501, KPI", "deflated; before 2006 with a recalled KPI (D)", "B"),
    ("municipality_year", "holiday_homes", "2010–2022", "dwellings", "SCB via regionfakta", "houses without registered residents; known: 16 municipalities 2010/12–2020/22 and one year for all", "A"),
    ("municipality_year", "holiday_homes", "gaps", "dwellings", "estimated", "nearest known year × mean path of the known", "C"),
    ("municipality_year", "tax_base", "1993–2023", "SEK", "SCB OE0101", "per inhabitant × population 31 December of the income year", "B"),
    ("municipality_year", "tax_base_per_inhabitant", "1993–2023", "SEK/person", "SCB OE0101", "current prices, INCOME year (SCB's label year − 1)", "A"),
    ("municipality_year", "tax_rate_total", "2010–2024", "share", "SCB OE0101", "municipal + regional", "A"),
    ("municipality_year", "tax_rate_municipal", "2010, 2014–2018, 2022", "share", "SCB OE0101, Skatteverket", "as published", "A"),
    ("municipality_year", "tax_rate_municipal", "other years", "share", "derived", "total − regional rate", "B"),
    ("municipality_year", "tax_rate_regional", "2010–2024", "share", "SCB, Skatteverket", "one rate per county; stepped in years when all totals of the county change; 2011–13 ±0.2 points (C)", "B"),
    ("municipality_year", "public_housing_dwellings", "2005–2021", "dwellings", "SCB via regionfakta", "1 September, where known", "A"),
    ("municipality_year", "public_housing_vacancies", "2017–2021", "dwellings", "SCB via regionfakta", "vacant to let 1 September, where known", "A"),
    ("municipality_year", "median_income", "2011–2024", "thousand SEK/household/year", "SCB HE0110", "median disposable income; price base not stated, behaves like constant prices", "B"),
    ("municipality_year", "municipal_expenditure_per_inhabitant", "2010–2022", "SEK/person/year", "SCB OE0107", "every fourth year, current prices", "A"),
    ("municipality_year", "special_housing", "2013–2024", "dwellings", "SCB BO0104", "part of dwellings; five municipalities; Boden +1 496 in 2024", "A"),
    ("county_year", "value", "2000–2024", "as in column unit", "SCB, Eurostat", "employment by industry (regional accounts 2000–2018, RAMS, BAS November) and gross regional product, as published", "A"),
    ("long_series", "(all)", "1975–2024", "as in municipality_year", "as there", "same columns where they begin before 2010", ""),
    ("jobs", "jobs", "2020–2024", "persons", "SCB BAS", "basic (B+C) A; others raked: hotels and personal services known per municipality, F, G, O–Q per county, seeds by need, people and completions", "C"),
    ("jobs", "jobs", "2010–2019", "persons", "estimated", "composition of 2020–22 raked to municipal totals and county totals chained from regional accounts and RAMS; basic: known events and unusual changes of all jobs", "C"),
    ("commuting", "persons", "2020–2024", "persons", "SCB BAS", "Norrbotten 14 × 14 A; own workers A; largest stream of each in Västerbotten A to 2023; rest gravity + raking (C)", "C"),
    ("commuting", "persons", "2010–2019", "persons", "estimated", "pattern of 2020–21 raked to linked margins; own workers B", "C"),
)  # fmt: skip
# variable, unit, source, method, quality, note
VALUES: Final = (
    ("initial dwellings", "dwellings", "SCB TAB824", "31 December of the start year", "A", "Boden 2024 without 1 496 of special housing added in one year (B)"),
    ("initial households", "households", "SCB BE0101", "population / persons per household", "B", "2010 from 2011 (C)"),
    ("initial employed residents", "persons", "SCB RAMS/BAS", "sum of jobs held and commuters to outside", "B", "linked to BAS level with 2020–21 factors; 2024 C"),
    ("initial unemployed", "persons", "Arbetsförmedlingen (Kolada)", "open unemployment share × people 18–65", "B", "annual mean; 2010 C"),
    ("initial commuters to outside", "persons", "estimated", "calibration/economy/commuting.py", "C", "works outside the 29; range ±25 %"),
    ("initial nonregistered workers", "persons", "estimated", "calibration/economy/commuting.py", "C", "works here, registered in Sweden outside the 29; posted workers of employers based elsewhere and people not registered in Sweden are not in the statistics"),
    ("initial house price", "thousand SEK", "SCB BO0501", "2024 prices; own year and five-year mean (moved by the region's price path) weighed by population / (population + 12 000)", "B", "past years only"),
    ("initial tax base per inhabitant", "SEK/person/year", "SCB OE0101", "2024 prices; income year = start − 1, the last published at the start", "A", "SCB's label year = start"),
    ("normal completions", "dwellings/year", "SCB BO0101", "mean of the ten years up to the start", "A", ""),
    ("normal net loss of dwellings", "dwellings/year", "SCB", "completions − change of stock, yearly rate bounded to −0.4…1.2 %, ten-year mean, half-way to the county's, ≥ 0", "C", "without city moves and reclassification"),
    ("initial dwellings under construction", "dwellings", "SCB BO0101", "mean completions of three years × 1.5 years", "C", "range ×0.5–2"),
    ("initial planned dwellings", "dwellings", "SCB BO0101", "mean of ten- and three-year completions × 4.8 years", "D", "range ×0.5–2"),
    ("initial holiday homes", "dwellings", "SCB via regionfakta", "known or filled (see history)", "C", "houses without registered residents"),
    ("initial jobs", "persons", "SCB RAMS/BAS", "calibration/economy/industries.py", "C", "sum over industries is B/A; basic 2020–24 A"),
    ("initial jobs held", "persons", "SCB RAMS/BAS", "calibration/economy/commuting.py", "C", "Norrbotten 2020–24 A; diagonal A/B"),
    ("observed jobs", "persons", "SCB RAMS/BAS", "as initial jobs; time = year + 1, counted in November", "C", "2024: new classification of self-employed"),
    ("base travel time", "minutes", "derived", "5 + straight-line km × 1.28 / 85 km/h; own municipality 5 + 0.1 × √area", "C", "range ±25 %"),
    ("norrbotniabanan south time saved", "minutes", "register of projects", "car against car + train (20 min at stations, 3 km/min), line open Umeå–Skellefteå", "C", ""),
    ("norrbotniabanan north time saved", "minutes", "register of projects", "what Skellefteå–Luleå saves on top of Umeå–Skellefteå", "C", "the two add"),
    ("municipal tax rate", "share", "SCB OE0101", "total − regional", "B", "time = calendar year; published to 2025"),
    ("regional tax rate", "share", "SCB OE0101, Skatteverket", "one rate per county, steps", "B", "2011–13 ±0.002"),
    ("consumer price index", "dmnl", "SCB KPI 1980=100", "annual mean relative to 2024", "A", "2024 B"),
    ("national house price index", "dmnl", "SCB BO0501, KPI", "small-house price index, real, 2010 = 1; time = year + 1", "A", "2010 from 2011 (D)"),
    ("national tax base per inhabitant", "SEK/person/year", "SCB via regionfakta", "medelskattekraft, 2024 prices, income year", "A", "2023 C (moved by the 29), 2024 held in real terms (D)"),
    ("labour force participation level", "dmnl", "derived", "labour force of the 29 / Σ population × profile, 2010 = 1", "B", ""),
    ("participation profile", "share", "judged", "shape of Swedish register employment and open unemployment by sex and age, odds scaled to 2010", "D", "±0.05 at 25–59, ±0.10 elsewhere"),
    ("local participation", "dmnl", "derived", "labour force / Σ population × profile × level", "B", ""),
    ("headship rate", "share", "judged", "shape of Swedish household statistics, level of 2011", "D", "±0.05"),
    ("local headship", "dmnl", "derived", "households / Σ population × headship rate", "B", ""),
    ("welfare need weight", "jobs/person", "judged", "public jobs 2020–24 by function shared over the ages served", "D", "±25 % by function; see need.py"),
    ("national cost per inhabitant", "SEK/person/year", "SCB, as cost need weight", "Sweden's population by age × cost need weight", "C", "by start year"),
    ("cost need weight", "SEK/person/year", "Kolada 2017 via Stockholm's statistics", "national cost per child, pupil and old person spread over ages, CPI to 2024", "C", "±20 %; see need.py"),
)  # fmt: skip


def history_sources() -> pd.DataFrame:
    """Table of table, column, years, unit, source, method, quality."""
    return pd.DataFrame(HISTORY, columns=["table", "column", "years", "unit", "source", "method", "quality"])


def value_sources() -> pd.DataFrame:
    """Table of variable, unit, source, method, quality, note."""
    return pd.DataFrame(VALUES, columns=["variable", "unit", "source", "method", "quality", "note"])
