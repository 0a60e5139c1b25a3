"""Four natural experiments: what happened, and what the model says with and without the mechanism behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from calibration.experiments.runs import Outcome, Variant, run
from calibration.regressions.panel import Panel
from calibration.regressions.simulated import History
from outputs.observed import read_observed

Values = NDArray[np.float64]
CERTAIN = 1000.0
"""Incentive (thousand kronor a year) that makes every recruit from outside move in; minus as much, none."""
WITH = "with"
SERIES: Mapping[str, str] = {
    "population": "total population",
    "jobs_in_statistics": "jobs in statistics",
    "in_commuters": "in commuters",
    "net_migration": "net migration",
}
"""Observed series of a figure: the model's variable."""
Change = Callable[[xr.Dataset, Sequence[str]], dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """A natural experiment: municipalities, the years shown, dated events, and what the model does without a mechanism.

    Shown from `first` to `last`; growth and errors count from 31 December `since`, the eve; `turn` is the year up to
    which things rose, told in the sentence besides the last.
    """

    name: str
    title: str
    codes: tuple[str, ...]
    first: int
    since: int
    turn: int
    last: int
    events: Mapping[int, str]
    mechanism: str
    without: Mapping[str, Change]

    def variants(self, inputs: xr.Dataset) -> list[Variant]:
        """Runs without each mechanism."""
        return [Variant(f"{self.name}: {words}", change(inputs, self.codes)) for words, change in self.without.items()]


def moving(value: float) -> Change:
    """Everybody (or nobody) who is recruited from outside moves in, in the case's municipalities."""

    def change(inputs: xr.Dataset, codes: Sequence[str]) -> dict[str, Any]:
        lever = inputs["relocation incentive"].copy(deep=True)
        lever.loc[{"municipality": list(codes)}] = value
        return {"relocation incentive": lever.values}

    return change


def setting(**values: float) -> Change:
    """Parameters at other values, everywhere; underscores stand for spaces."""
    return lambda inputs, codes: {name.replace("_", " "): value for name, value in values.items()}


CASES = (
    Case(
        "pajala", "Pajala's mine", ("2521",), 2010, 2010, 2014, 2018,
        {2012: "mine opens", 2014: "bankrupt", 2018: "reopens"},
        "workers may commute or fly in instead of moving, and newcomers leave when laid off",
        {
            "all recruits from outside move in": moving(CERTAIN),
            "newcomers are rooted at once": setting(layoff_concentration=0.0, unsettled_leaving_rate=0.0),
        },
    ),
    Case(
        "malmfalten", "The ore fields: Kiruna and Gällivare", ("2523", "2584"), 2010, 2010, 2014, 2020,
        {2014: "ore price falls"},
        "commuters and non-registered workers take jobs, and homes are short",
        {
            "all recruits from outside move in": moving(CERTAIN),
            "homes do not matter": setting(
                moving_response_to_homes=0.0, response_of_moving_in_to_homes=0.0, response_of_leaving_to_homes=0.0
            ),
        },
    ),
    Case(
        "skelleftea", "Skellefteå's battery boom", ("2482",), 2014, 2018, 2021, 2024,
        {2019: "building begins", 2021: "first cells"},
        "jobs draw people to move in with their families",
        {"nobody moves in for a job": moving(-CERTAIN)},
    ),
    Case(
        "boden", "Boden's building site", ("2582",), 2016, 2021, 2022, 2024,
        {2022: "building begins"},
        "building crews move in far less than others",
        {"crews move in as others do": setting(site_impermanence=0.0)},
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A case's series [year] from `first` to `last`: observed (NaN where unknown), and by run."""

    case: Case
    years: tuple[int, ...]
    observed: Mapping[str, Values]
    runs: Mapping[str, Mapping[str, Values]]

    def change(self, values: Values) -> Values:
        """Growth since the eve."""
        return np.asarray(values - values[self.years.index(self.case.since)], dtype=np.float64)

    def at(self, values: Values, year: int) -> float:
        """Growth since the eve until a year."""
        return float(self.change(values)[self.years.index(year)])

    def error(self, run_name: str, series: str) -> float:
        """Root mean square of the difference in growth since the eve, run less observed."""
        gap = self.change(self.runs[run_name][series]) - self.change(self.observed[series])
        return float(np.sqrt(np.nanmean(gap[self.years.index(self.case.since) + 1 :] ** 2)))


def observed(case: Case) -> dict[str, Values]:
    """The observed series of a case, its municipalities together."""
    table = read_observed()
    chosen = table.sel(municipality=list(case.codes), year=list(range(case.first, case.last + 1)))
    return {name: np.asarray(chosen[name].sum("municipality", skipna=False).values, dtype=float) for name in SERIES}


def simulated(case: Case, outcome: Outcome) -> dict[str, Values]:
    """The same series of a run."""
    rows = [outcome.years.index(year) for year in range(case.first, case.last + 1)]
    return {
        name: np.asarray(sum(outcome.of(variable, code) for code in case.codes), dtype=float)[rows]
        for name, variable in SERIES.items()
    }


def told(history: History, cases: Sequence[Case] = CASES) -> list[Told]:
    """Run every case with and without its mechanisms."""
    base = Variant(WITH, {})
    variants = [variant for case in cases for variant in case.variants(history.inputs)]
    outcomes = run(history, [base, *variants])
    found = []
    for case in cases:
        runs = {WITH: simulated(case, outcomes[WITH])}
        runs |= {words: simulated(case, outcomes[f"{case.name}: {words}"]) for words in case.without}
        found.append(Told(case, tuple(range(case.first, case.last + 1)), observed(case), runs))
    return found


HISTORY_CASES = (
    ("2584", "Kiruna", 2004, 2014),
    ("2521", "Pajala", 2010, 2014),
    ("2521", "Pajala", 2010, 2016),
    ("2523", "Gällivare", 2004, 2014),
    ("2482", "Skellefteå", 2018, 2023),
)


def history_rows(panel: Panel) -> list[dict[str, object]]:
    """History's own changes, per 100 more jobs: association, other things went on too."""
    rows: list[dict[str, object]] = []
    for code, place, first, last in HISTORY_CASES:
        parts = ("jobs", "in_commuters", "out_commuters", "employed_residents", "population")
        grown = {name: growth(panel, name, code, (first, last)) for name in parts}
        jobs = grown["jobs"]
        per = {name: 100 * value / jobs for name, value in grown.items()}
        rows.append({
            "municipality": code, "place": place, "from": first, "to": last, "jobs": jobs,
            "more in-commuters": per["in_commuters"], "fewer out-commuters": -per["out_commuters"],
            "more employed residents": per["employed_residents"], "residents": per["population"],
        })  # fmt: skip
    return rows


def growth(panel: Panel, name: str, code: str, years: tuple[int, int]) -> float:
    """Growth of a series, chained over changes of definition: their one missing year counts as no change."""
    place = panel.codes.index(code)
    if name == "population":
        level = panel.level(name)[:, place]
        return float(level[panel.years.index(years[1])] - level[panel.years.index(years[0])])
    steps = panel.change(name)[:, place]
    inside = [steps[panel.years.index(year)] for year in range(years[0] + 1, years[1] + 1)]
    return float(np.nansum(inside))
