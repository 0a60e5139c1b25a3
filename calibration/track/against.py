"""Forecast against outcome: every measure, year and place, and where the outcome lies among the runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calibration.track.forecast import Forecast, Values
from calibration.track.measures import BY_NAME, MEASURES, POPULATION, Measure
from calibration.track.outcomes import Outcomes
from calibration.track.problems import TrackError
from outputs.ensemble.areas import Area, read_areas
from outputs.ensemble.quantiles import HIGH_80, HIGH_95, LOW_80, LOW_95, MEDIAN, QUANTILES, spread
from scenarios.places import read_places

INSIDE, OUTSIDE_80, OUTSIDE_95, NO_BAND = "inside", "outside 8 of 10", "outside 19 of 20", "no band"
LARGEST_RATIO = {POPULATION: 2.0}
"""Outcome and forecast of one place may differ by this factor before a wrong unit is suspected."""
OTHER_RATIO = 30.0
"""The same for other measures, whose sums over the places are compared: small places vary much."""
ENDS = ("low_80", "high_80", "low_95", "high_95")
PER_CENT = 100.0


@dataclass(frozen=True)
class Tracked:
    """A forecast and the figures it is tracked by, fitted together: years after its start that have people."""

    forecast: Forecast
    outcomes: Outcomes
    years: tuple[int, ...]

    @property
    def last(self) -> int:
        """The last year that is tracked."""
        return self.years[-1]

    def known(self, measure: str, year: int) -> Values:
        """The outcome by municipality, not-a-number where it is not given."""
        return self._outcomes.get((measure, year), np.full(len(self.forecast.codes), np.nan))

    @cached_property
    def _outcomes(self) -> dict[tuple[str, int], Values]:
        """The outcomes of every measure and year that is given, in the order of the municipalities."""
        found: dict[tuple[str, int], Values] = {}
        for measure in dict.fromkeys(self.outcomes.rows["measure"]):
            wide = self.outcomes.wide(measure).reindex(columns=list(self.forecast.codes))
            years = [int(year) for year in wide.index]
            found |= {(str(measure), year): row for year, row in zip(years, wide.to_numpy(dtype=float), strict=True)}
        return found

    @property
    def places(self) -> NDArray[np.bool_]:
        """Municipalities whose people are known in the last tracked year."""
        return np.isfinite(self.known(POPULATION, self.last))

    @property
    def areas(self) -> tuple[Area, ...]:
        """The municipalities that are tracked, and the counties and the region of which all are."""
        tracked = set(np.flatnonzero(self.places).tolist())
        return tuple(area for area in read_areas(self.forecast.codes, read_places()) if set(area.members) <= tracked)


def fit_together(forecast: Forecast, outcomes: Outcomes) -> Tracked:
    """Find the years to track. Raises TrackError for figures that the forecast cannot be tracked by."""
    rows = outcomes.rows
    if POPULATION not in set(rows["measure"]):
        given = ", ".join(sorted(set(rows["measure"]))) or "none"
        way = f"Measures given: {given}. Add rows with the measure population."
        raise TrackError(outcomes.source, "the figures have no population.", way)
    early = rows[rows["year"] < forecast.start]
    if outcomes.is_table and len(early):
        year, start = int(early["year"].min()), forecast.start
        what = (
            f"{len(early)} figures are from before the forecast's start: {year}, and it starts at the end of {start}."
        )
        raise TrackError(outcomes.source, what, f"Leave out the years before {start}, or track an earlier forecast.")
    people = rows[rows["measure"] == POPULATION]
    years = sorted({int(year) for year in people["year"]} & set(forecast.years[1:]))
    beyond = sorted({int(year) for year in people["year"] if year > forecast.until})
    if not years or beyond:
        raise TrackError(outcomes.source, *_no_year(forecast, people, beyond))
    tracked = Tracked(forecast, outcomes, tuple(years))
    _check_gaps(tracked)
    _check_units(tracked)
    return tracked


def _no_year(forecast: Forecast, people: pd.DataFrame, beyond: list[int]) -> tuple[str, str]:
    years = sorted({int(year) for year in people["year"]})
    given = f"{years[0]} to {years[-1]}"
    if beyond:
        return f"population of {beyond[0]} is given, but the forecast ends in {forecast.until}.", "Leave it out."
    what = f"no year to track: population is given for {given}, and the forecast starts at the end of {forecast.start}."
    return what, f"Give population of {forecast.start + 1} or later, or track a forecast that starts earlier."


def _check_gaps(tracked: Tracked) -> None:
    """A flow is summed from the forecast's start: a year between must not be missing."""
    start = tracked.forecast.start
    for measure in MEASURES:
        wide = tracked.outcomes.wide(measure.name)
        wide = wide[wide.index > start]
        if not measure.flow or wide.empty:
            continue
        for code in wide.columns:
            known = {int(year) for year in wide.index[wide[code].notna()]}
            missing = set(range(start + 1, max(known, default=start) + 1)) - known
            if missing:
                gap, last = min(missing), max(known)
                what = f"{measure.name} of {code}: {gap} is missing, though {last} is given."
                way = f"What happened is summed from the forecast's start ({start}): give every year since, or none."
                raise TrackError(tracked.outcomes.source, what, way)


def _check_units(tracked: Tracked) -> None:
    """Refuse figures so far from the forecast that their unit must be another one."""
    for measure in MEASURES:
        if measure.name not in tracked.forecast.values or measure.signed:
            continue
        for year in tracked.years:
            known = tracked.known(measure.name, year)
            _refuse_negative(tracked, measure, known, year)
            foreseen = np.median(tracked.forecast.of(measure.name, year), axis=0)
            if measure.name in LARGEST_RATIO:
                _refuse_each(tracked, measure, (known, foreseen), year)
            else:
                _refuse_sum(tracked, measure, (known, foreseen), year)


def _refuse_negative(tracked: Tracked, measure: Measure, known: Values, year: int) -> None:
    below = np.flatnonzero(known < 0)
    if len(below):
        code = tracked.forecast.codes[below[0]]
        what = f"{measure.name} of {code} in {year} is {known[below[0]]:g}: fewer than none."
        raise TrackError(tracked.outcomes.source, what, "Correct the figure.")


def _refuse_each(tracked: Tracked, measure: Measure, both: tuple[Values, Values], year: int) -> None:
    known, foreseen = both
    most = LARGEST_RATIO[measure.name]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = known / foreseen
    wrong = np.flatnonzero((ratio > most) | (ratio < 1 / most))
    if len(wrong):
        at = wrong[0]
        where = f"{measure.name} of {tracked.forecast.codes[at]} in {year}"
        raise TrackError(tracked.outcomes.source, *_unit_words(where, (known[at], foreseen[at]), measure))


def _refuse_sum(tracked: Tracked, measure: Measure, both: tuple[Values, Values], year: int) -> None:
    given = np.isfinite(both[0])
    known, foreseen = (float(each[given].sum()) for each in both)
    if known > 0 and foreseen > 0 and not 1 / OTHER_RATIO < known / foreseen < OTHER_RATIO:
        where = f"{measure.name} of {int(given.sum())} municipalities in {year}"
        raise TrackError(tracked.outcomes.source, *_unit_words(where, (known, foreseen), measure))


def _unit_words(where: str, both: tuple[float, float], measure: Measure) -> tuple[str, str]:
    known, foreseen = both
    what = f"{where} is {known:g}, and the forecast has {foreseen:.0f}: another unit?"
    return what, f"Give {measure.unit}, not thousands, shares or per cent; check decimal signs."


def compare(tracked: Tracked) -> pd.DataFrame:
    """One row per measure, year and area: outcome, forecast, bands, error, where the outcome lies.

    forecast: the run, or the median of the runs. error: outcome less forecast; per_cent: of the forecast. share_below:
    share of the runs below the outcome (half of those that equal it). Areas are summed in each run.
    """
    rows = []
    for measure in MEASURES:
        if measure.name not in tracked.forecast.values:
            continue
        for year in tracked.years:
            known = tracked.known(measure.name, year)
            runs = tracked.forecast.of(measure.name, year)
            rows += [_row((measure, year, area), known, runs) for area in tracked.areas]
    table = pd.DataFrame([row for row in rows if row is not None])
    if not tracked.forecast.is_ensemble:
        table["place"] = NO_BAND
        table[[*ENDS, "share_below"]] = np.nan
    return table


def _row(what: tuple[Measure, int, Area], known: Values, runs: Values) -> dict[str, object] | None:
    measure, year, area = what
    inside = list(area.members)
    outcome = float(known[inside].sum())
    if not np.isfinite(outcome):
        return None
    members = runs[:, inside].sum(axis=1)
    at = dict(zip(QUANTILES, spread(members[:, None]).quantiles[:, 0].tolist(), strict=True))
    middle = at[MEDIAN]
    return {
        "measure": measure.name,
        "year": year,
        "area": area.code,
        "area_name": area.name,
        "area_kind": area.kind,
        "outcome": outcome,
        "forecast": middle,
        "error": outcome - middle,
        "per_cent": np.nan if measure.signed or not middle else PER_CENT * (outcome - middle) / middle,
        "low_80": at[LOW_80],
        "high_80": at[HIGH_80],
        "low_95": at[LOW_95],
        "high_95": at[HIGH_95],
        "share_below": float(((members < outcome) + 0.5 * (members == outcome)).mean()),
        "place": _where(outcome, at),
        "unit": BY_NAME[measure.name].unit,
    }


def _where(outcome: float, at: dict[float, float]) -> str:
    if not at[LOW_95] <= outcome <= at[HIGH_95]:
        return OUTSIDE_95
    return INSIDE if at[LOW_80] <= outcome <= at[HIGH_80] else OUTSIDE_80
