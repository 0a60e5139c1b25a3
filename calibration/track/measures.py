"""The measures that a forecast is tracked by: names in the history, in the results, units and words."""

from __future__ import annotations

from dataclasses import dataclass

POPULATION, BIRTHS, DEATHS = "population", "births", "deaths"
IN, OUT, NET, IMMIGRATION = "in_migration", "out_migration", "net_migration", "immigration"
JOBS, COMPLETED = "jobs", "dwellings_completed"


@dataclass(frozen=True)
class Measure:
    """A measure: its name in the history, the result it is compared with, unit, whether it is a flow, its words."""

    name: str
    result: str
    unit: str
    flow: bool
    english: str
    swedish: str
    signed: bool = False

    def words(self, language: str) -> str:
        """The measure in English or Swedish."""
        return self.swedish if language == "sv" else self.english


MEASURES = (
    Measure(POPULATION, "total_population", "persons", False, "registered population", "folkmängd"),
    Measure(BIRTHS, "births", "persons/year", True, "births", "födda"),
    Measure(DEATHS, "deaths", "persons/year", True, "deaths", "döda"),
    Measure(IN, "in_migration", "persons/year", True, "moves in", "inflyttade"),
    Measure(IMMIGRATION, "immigration", "persons/year", True, "moves in from abroad", "invandrade"),
    Measure(OUT, "out_migration", "persons/year", True, "moves out", "utflyttade"),
    Measure(NET, "net_migration", "persons/year", True, "net moves", "flyttnetto", signed=True),
    Measure(JOBS, "jobs_in_statistics", "persons", False, "jobs by workplace", "sysselsatta efter arbetsställe"),
    Measure("employed_residents", "employed_residents", "persons", False, "employed residents", "sysselsatta boende"),
    Measure("in_commuters", "in_commuters", "persons", False, "in-commuters", "inpendlare"),
    Measure("out_commuters", "out_commuters", "persons", False, "out-commuters", "utpendlare"),
    Measure("unemployed", "unemployed", "persons", False, "unemployed", "arbetslösa"),
    Measure("dwellings", "dwellings", "dwellings", False, "dwellings", "bostäder"),
    Measure(COMPLETED, "dwellings_completed", "dwellings/year", True, "dwellings completed", "färdigställda bostäder"),
)
BY_NAME = {measure.name: measure for measure in MEASURES}
"""Prices and tax are left out: they would need the consumer prices of the new year."""
ALIASES = {measure.result: measure.name for measure in MEASURES} | {
    measure.swedish: measure.name for measure in MEASURES
}
"""Other names under which a file may give a measure."""
