"""The words of tracking in English and Swedish."""

from __future__ import annotations

from calibration.track.against import INSIDE, NO_BAND, OUTSIDE_80, OUTSIDE_95
from calibration.track.contributions import (
    ADJUSTED,
    MOVES_IN,
    MOVES_OUT,
    SKEW,
    START,
    WITH_DWELLINGS,
    WITH_JOBS,
)
from calibration.track.measures import BIRTHS, DEATHS, IMMIGRATION

PARTS: dict[str, tuple[str, str]] = {
    BIRTHS: ("births", "födda"),
    DEATHS: ("deaths", "döda"),
    IMMIGRATION: ("moves in from abroad", "invandring"),
    MOVES_IN: ("moves in", "inflyttning"),
    MOVES_OUT: ("moves out", "utflyttning"),
    WITH_JOBS: ("jobs", "jobben"),
    WITH_DWELLINGS: ("completed dwellings", "färdigställda bostäder"),
    START: ("people at the start", "folkmängden vid starten"),
    ADJUSTED: ("adjustments and rounding", "justeringar och avrundning"),
    SKEW: ("the runs' mean less their median", "körningarnas medelvärde minus median"),
}
"""Parts of the error, as they stand in a sentence."""
PLACES: dict[str, tuple[str, str]] = {
    INSIDE: ("inside 8 of 10", "inom 8 av 10"),
    OUTSIDE_80: ("outside 8 of 10", "utanför 8 av 10"),
    OUTSIDE_95: ("outside 19 of 20", "utanför 19 av 20"),
    NO_BAND: ("no band", "inget band"),
}
HEADINGS: dict[str, str] = {
    "measure": "mått",
    "measure_name": "måttets namn",
    "year": "år",
    "area": "områdeskod",
    "area_name": "område",
    "area_kind": "områdesslag",
    "outcome": "utfall",
    "forecast": "prognos",
    "error": "skillnad",
    "per_cent": "skillnad i procent",
    "low_80": "8 av 10 från",
    "high_80": "8 av 10 till",
    "low_95": "19 av 20 från",
    "high_95": "19 av 20 till",
    "share_below": "andel körningar under utfallet",
    "place": "läge",
    "unit": "enhet",
    "part": "del",
    "part_name": "delens namn",
    "persons": "personer",
}
SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("Forecast against outcome: {name}", "Prognos mot utfall: {name}"),
    "what": (
        "Forecast: {title}, from 31 December {start} ({how}). Outcome: {source}, {years}; {places} "
        "of 29 municipalities.",
        "Prognos: {title}, från 31 december {start} ({how}). Utfall: {source}, {years}; {places} av 29 kommuner.",
    ),
    "one run": ("one run, without bands", "en körning, utan band"),
    "runs": ("{runs} runs", "{runs} körningar"),
    "region heading": ("The region", "Regionen"),
    "area": (
        "{area}: {outcome} people on 31 December {year}. The forecast had {forecast}{band}: {error} "
        "({per_cent} per cent){place}.",
        "{area}: {outcome} invånare den 31 december {year}. Prognosen hade {forecast}{band}: {error} "
        "({per_cent} procent){place}.",
    ),
    "band": (" (8 of 10 runs {low} to {high})", " (8 av 10 körningar {low} till {high})"),
    "outside heading": ("Outside the bands", "Utanför banden"),
    "counted": (
        "{outside} of {places} municipalities lie outside 8 of 10 runs (about {expected} would by "
        "chance), {far} outside 19 of 20 "
        "(about {few} by chance). Municipalities err together, so such counts vary more than by chance alone.",
        "{outside} av {places} kommuner ligger utanför 8 av 10 körningar (ungefär {expected} av en "
        "slump), {far} utanför 19 av 20 "
        "(ungefär {few} av en slump). Kommuner träffas av samma fel, så antalen varierar mer än av slumpen ensam.",
    ),
    "none": ("No municipality lies outside 8 of 10 runs.", "Ingen kommun ligger utanför 8 av 10 körningar."),
    "largest": (
        "One run has no bands; the largest differences are:",
        "En enda körning har inga band; de största skillnaderna är:",
    ),
    "moved heading": ("Which assumption moved", "Vilket antagande som inte höll"),
    "moved": (
        "{area}, {years}, people more or fewer than forecast: {parts}. Together {error}.",
        "{area}, {years}, invånare fler eller färre än i prognosen: {parts}. Tillsammans {error}.",
    ),
    "most": (
        "Mostly {parts}; all parts together {error} by {year}.",
        "Mest {parts}; alla delar tillsammans {error} till och med {year}.",
    ),
    "not divided": (
        "The difference cannot be divided: births, deaths, moves in and moves out of every year "
        "since the start are not all given.",
        "Skillnaden kan inte delas upp: födda, döda, inflyttade och utflyttade för alla år sedan "
        "starten är inte givna.",
    ),
    "without immigration": (
        "Moves in from abroad are not told apart: the forecast or the figures lack them.",
        "Invandring särskiljs inte: prognosen eller utfallet saknar den.",
    ),
    "without jobs": (
        "Jobs are not told apart: that takes jobs among the figures, and the forecast's scenario file.",
        "Jobben särskiljs inte: det kräver jobb i utfallet, och prognosens scenariofil.",
    ),
    "without dwellings": (
        "Completed dwellings are not told apart: that takes them among the figures, and the forecast's scenario file.",
        "Färdigställda bostäder särskiljs inte: det kräver dem i utfallet, och prognosens scenariofil.",
    ),
    "measures heading": ("Other measures", "Andra mått"),
    "measure": (
        "{measure} {year}: {outcome}, forecast {forecast}{band}{per_cent}{outside}.",
        "{measure} {year}: {outcome}, prognos {forecast}{band}{per_cent}{outside}.",
    ),
    "per cent": (", {per_cent} per cent", ", {per_cent} procent"),
    "measure outside": (
        "; {outside} of {places} municipalities outside 8 of 10",
        "; {outside} av {places} kommuner utanför 8 av 10",
    ),
    "read heading": ("How to read this", "Så läser du detta"),
    "read": (
        "The parts add up exactly to the difference. Jobs and completed dwellings: the people that the model gains or "
        "loses when the scenario is run again with them as they turned out. Births, deaths and moves: what was "
        "counted, less the forecast, beyond what jobs and dwellings explain.",
        "Delarna summerar exakt till skillnaden. Jobben och färdigställda bostäder: de invånare som modellen vinner "
        "eller förlorar när scenariot körs om med dem som de blev. Födda, döda och flyttningar: det som räknats, minus "
        "prognosen, utöver vad jobben och bostäderna förklarar.",
    ),
    "adjustments": (
        "'Adjustments and rounding' is what births, deaths and moves do not explain: corrections by "
        "SCB, and from 2025 the "
        "small random disturbance that SCB adds to every figure.",
        "”Justeringar och avrundning” är det som födda, döda och flyttningar inte förklarar: SCB:s "
        "korrigeringar, och från 2025 "
        "den lilla slumpmässiga störning som SCB lägger till varje tal.",
    ),
    "held out": (
        "Outcomes after 2024 measure the forecast; they do not enter the model.",
        "Utfall efter 2024 mäter prognosen; de förs inte in i modellen.",
    ),
    "untracked": ("Not tracked: {what}.", "Följs inte: {what}."),
    "unpublished": ("{cells} cells had no figure.", "{cells} celler hade inget tal."),
    "figure title": ("People: outcome against forecast, {year}", "Folkmängd: utfall mot prognos, {year}"),
    "figure below": (
        "Outcome less forecast, per cent of the forecast; bars: 8 of 10 runs, lines: 19 of 20",
        "Utfall minus prognos, procent av prognosen; staplar: 8 av 10 körningar, linjer: 19 av 20",
    ),
    "parts title": ("Which assumption moved, {first}–{year}", "Vilket antagande som inte höll, {first}–{year}"),
    "parts below": (
        "People more (+) or fewer (−) than forecast, per 1,000 inhabitants; ◆ together",
        "Invånare fler (+) eller färre (−) än i prognosen, per 1 000 invånare; ◆ tillsammans",
    ),
}
