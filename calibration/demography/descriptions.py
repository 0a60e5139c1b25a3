"""Unit, source, method and quality of every demographic table and variable, for the sources tables."""

from __future__ import annotations

SCB_POPULATION = "SCB BE0101N1 (population 31 December by age and sex)"
SCB_DEATHS = "SCB BE0101D9 (deaths by age and sex)"
SCB_BIRTHS = "SCB BE0101E2 (births by age of mother)"
SCB_MOVES = "SCB Flyttningar (TAB1212; BE0101AU/AV/AX/AY; be0101_tabhel 2020, 2023, 2024)"
SCB_SWEDEN = "SCB Sweden by single age 2000–2024"
SCB_PROJECTION = "SCB national projection, base 2024"
FLOW_SOURCES = f"{SCB_MOVES}; {SCB_SWEDEN}; {SCB_POPULATION}"

MOVES_METHOD = (
    "Net moves by age 2011–2019 (residual), smoothed, shrunk to peers of the same kind as far as counting noise "
    "demands, level "
    "40 % towards the labour-market region; gross moves keep Luleå's and Kalix's profile 2006–2018 as geometric "
    "mean of both "
    "directions; split by proportional fitting to municipality and county totals. calibration/demography/flows.py"
)

MODEL: list[tuple[str, str, str, str, str, str]] = [
    ("initial population", "persons", SCB_POPULATION,
     "Official 2010–2019 (29) and 2022–2024 (16); the rest bridged. calibration/demography/bridge.py", "A",
     "C for 2020–2021 (all) and 2022–2024 (13 municipalities in Västerbotten); see calibration/history/population.csv"),
    ("mortality rate", "1/year", f"{SCB_DEATHS}; {SCB_SWEDEN}",
     "Sweden 2011–2019 smoothed over age, brought to 2019, times a smooth ratio of the two counties. mortality.py", "B",
     "Level of mid-2019 (Time 2019.5); by age attained at year end; deaths by age at death split between two cohorts"),
    ("mortality decline", "1/year", SCB_SWEDEN,
     "Log-linear trend of Sweden's rates 2001–2019 by sex and age, smoothed, times 0.85. mortality.py", "C",
     "Continuous: rate x exp(-decline x (Time - 2019.5))"),
    ("local mortality", "dmnl", f"{SCB_DEATHS}; {SCB_POPULATION}",
     "Deaths 2011–2019 over expected, gamma-Poisson shrinkage to the two counties. mortality.py", "B", ""),
    ("mortality year effect", "dmnl", f"{SCB_DEATHS}; {SCB_POPULATION}",
     "Deaths of the two counties over expected, 2011–2024; 1 afterwards", "B", "Time y is calendar year y"),
    ("fertility rate", "1/year", f"{SCB_BIRTHS}; {SCB_SWEDEN}",
     "Sweden's births by age of mother 2011–2019, times the counties' smooth ratio by age 2011–2015, scaled to "
     "births. fertility.py",
     "B", "Births (both sexes) per woman by age attained at year end"),
    ("local fertility", "dmnl", f"{SCB_BIRTHS}; {SCB_POPULATION}",
     "Births 2011–2019 over expected, gamma-Poisson shrinkage to the two counties. fertility.py", "B", ""),
    ("fertility level", "dmnl", f"{SCB_BIRTHS}; {SCB_PROJECTION}",
     "Births of the two counties over expected to 2024; then Sweden's level implied by SCB's projected births, "
     "at the mean distance of "
     "2022–2024. series.py", "B", "Quality D after 2024; Time y is calendar year y"),
    ("out rate own county", "1/year", FLOW_SOURCES, MOVES_METHOD, "C", "To another municipality of the same county"),
    ("out rate rest of Sweden", "1/year", FLOW_SOURCES, MOVES_METHOD, "C", "Includes moves between the two counties"),
    ("out rate abroad", "1/year", FLOW_SOURCES, "Sweden's rates by sex and age scaled to the municipality's "
    "emigrants", "C", ""),
    ("in level rest of Sweden", "persons/year", FLOW_SOURCES, MOVES_METHOD, "C",
     "Mean of 2011–2019; multiply by national age index and domestic mobility level"),
    ("in level abroad", "persons/year", FLOW_SOURCES, "Sweden's immigrants by sex and age scaled to the "
    "municipality's immigrants",
     "C", "Mean of 2011–2019; multiply by immigration level"),
    ("arrival propensity own county", "dmnl", FLOW_SOURCES, MOVES_METHOD, "C",
     "Sums to 1 over a county's municipalities for each sex and age"),
    ("immigration level", "dmnl", f"{SCB_SWEDEN}; {SCB_PROJECTION}",
     "Sweden's immigration over its mean 2011–2019; SCB's projection after 2024", "A", "Quality D after 2024"),
    ("national age index", "dmnl", f"{SCB_SWEDEN}; {SCB_PROJECTION}",
     "Sweden's people of each age over their mean 2011–2019; after 2024 by cohort-component held to SCB's "
     "projected births, deaths "
     "and moves. series.py", "B", "Quality D after 2024; large "
     "cohorts move in in "
     "large numbers (bridge error five years ahead 2.3 -> 2.0 %)"),
    ("domestic mobility level", "dmnl", SCB_MOVES,
     "In-moves of the 29 less immigration, over those the reference rates give, relative to 2011–2019; 1 after "
     "2024. series.py",
     "C", "Multiplies both domestic out rates and in levels"),
]  # fmt: skip

HISTORY: list[tuple[str, str, str, str, str, str]] = [
    ("population.csv", "persons", "persons", SCB_POPULATION,
     "Official, or bridged by cohort-component held to totals, births, deaths, net moves and published age "
     "groups", "A or C by row"),
    ("births_deaths_moves.csv", "births", "persons/year", "SCB TAB1264", "As published, by sex of child", "A"),
    ("births_deaths_moves.csv", "deaths", "persons/year", "SCB TAB960", "As published", "A"),
    ("births_deaths_moves.csv", "net_moves", "persons/year", "SCB TAB1212", "As published", "A"),
    ("moves.csv", "in_moves", "persons/year", SCB_MOVES, "As published", "A"),
    ("moves.csv", "out_moves", "persons/year", SCB_MOVES, "In-moves less net moves", "A"),
    ("moves.csv", "in_own_county … emigration", "persons/year", "SCB be0101_tabhel 2020, 2023, 2024; Kiruna 2016",
     "As published; empty where unknown", "A"),
    ("bridge_check.csv", "value", "per cent or percentage points", "computed", "The 16 known municipalities "
    "hidden after 2019", "B"),
]  # fmt: skip
