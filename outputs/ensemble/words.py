"""The words of an ensemble's figures and sentences, in English and Swedish."""

from __future__ import annotations

import math

from outputs.ensemble.target import Chance
from outputs.words import number, phrase

WORDS: dict[str, tuple[str, str]] = {
    "half": ("half of the runs", "hälften av körningarna"),
    "8 of 10": ("8 of 10 runs", "8 av 10 körningar"),
    "19 of 20": ("19 of 20 runs", "19 av 20 körningar"),
    "median": ("median", "median"),
    "median long": ("median: half of the runs above", "median: hälften av körningarna över"),
    "observed": ("observed", "observerat"),
    "range": ("{low} to {high}", "{low} till {high}"),
    "thousands": ("{title}, thousands", "{title}, tusental"),
    "per cent": ("{title}, per cent", "{title}, procent"),
    "total_population": ("People", "Folkmängd"),
    "new_residents": ("New residents since {base}", "Nya invånare sedan {base}"),
    "net_migration": ("Net moves per year", "Flyttnetto per år"),
    "jobs_in_statistics": ("Jobs by workplace", "Jobb, dagbefolkning"),
    "filled_jobs": ("Filled jobs", "Besatta jobb"),
    "employed_residents": ("Employed residents", "Sysselsatta, nattbefolkning"),
    "unemployed": ("Unemployed", "Arbetslösa"),
    "in_commuters": ("In-commuters to the municipalities", "Inpendlare till kommunerna"),
    "nonregistered_workers": ("Workers registered elsewhere", "Arbetande folkbokförda på annat håll"),
    "dwellings": ("Dwellings", "Bostäder"),
    "key title": ("How to read the fans", "Så läses figurerna"),
    "how to read": (
        "Each run has its own assumptions,\nshocks and project delays. Of {runs} runs,\n"
        "so many lie inside the band each year.",
        "Varje körning har egna antaganden,\nstörningar och projektförseningar. Av {runs}\n"
        "körningar ligger så många inom bandet varje år.",
    ),
    "runs": ("{runs} runs", "{runs} körningar"),
    "pairs": ("{runs} pairs of runs", "{runs} par av körningar"),
    "less": ("{one} less {two}", "{one} minus {two}"),
    "region title": ("{runs} · {title}", "{runs} · {title}"),
    "below": (
        "{area} · scenario, not forecast · model structure and national policy held fixed",
        "{area} · scenario, inte prognos · modellens uppbyggnad och nationell politik hålls fasta",
    ),
    "multiples title": (
        "People in the 29 municipalities · {runs} · {title}",
        "Folkmängd i de 29 kommunerna · {runs} · {title}",
    ),
    "behind the name": (
        "Behind each name: where 8 of 10 runs are in {year}",
        "Efter varje namn: var 8 av 10 körningar är {year}",
    ),
    "target": ("need named: {target}", "uttalat behov: {target}"),
    "target title": (
        "The chance of {target} new residents since {base} · {title}",
        "Sannolikheten för {target} nya invånare sedan {base} · {title}",
    ),
    "chance title": ("Runs that have reached {target}, of 100", "Körningar som nått {target}, av 100"),
    "interval": ("95 % interval of the sample", "urvalets 95 %-intervall"),
    "difference below": (
        "{area} · run by run with the same chance · scenario, not forecast",
        "{area} · körning för körning med samma slump · scenario, inte prognos",
    ),
    "none": (
        "in none of {runs} runs: less than 1 in {limit}",
        "i ingen av {runs} körningar: mindre än 1 på {limit}",
    ),
    "every": (
        "in all {runs} runs: more than {but} in {limit}",
        "i alla {runs} körningar: mer än {but} på {limit}",
    ),
    "few": ("in {reached} of {runs} runs: too few runs to say more", "i {reached} av {runs} körningar: för få för mer"),
    "rare": (
        "in {reached} of {runs} runs ({span} of {base} with 95 % certainty)",
        "i {reached} av {runs} körningar ({span} av {base} med 95 % säkerhet)",
    ),
    "between": ("between {low} and {high}", "mellan {low} och {high}"),
    "at least": ("at least {low}", "minst {low}"),
    "at most": ("at most {high}", "högst {high}"),
    "some": (
        "in {share} of {base} runs ({span} with 95 % certainty)",
        "i {share} av {base} körningar ({span} med 95 % säkerhet)",
    ),
}
FEWEST = 20
"""Runs below which only the count is told: the interval would say next to nothing."""
HUNDRED = 100
CERTAIN_DIGITS = 2


def say(key: str, language: str, **values: object) -> str:
    """Words in the language with their values in place."""
    return phrase(WORDS, key, language, **values)


def chance_in_words(chance: Chance, language: str) -> str:
    """A share of the runs in words; never 0 or 100 per cent, since a larger sample may hold the exception."""
    runs = number(chance.runs, language)
    if chance.runs < FEWEST:
        return say("few", language, reached=chance.reached, runs=runs)
    if chance.reached == 0:
        return say("none", language, runs=runs, limit=number(_one_in(chance.high), language))
    if chance.reached == chance.runs:
        limit = _one_in(1 - chance.low)
        return say("every", language, runs=runs, but=number(limit - 1, language), limit=number(limit, language))
    base = _base(chance)
    span = _span(chance, base, language)
    if base > chance.runs:
        told = {"reached": number(chance.reached, language), "base": number(base, language)}
        return say("rare", language, runs=runs, span=span, **told)
    return say(
        "some", language, share=number(round(chance.share * base), language), base=number(base, language), span=span
    )


def _span(chance: Chance, base: int, language: str) -> str:
    """The interval of a share in words, of `base` runs; an end that would round to never or always is left out."""
    low, high = (round(share * base) for share in (chance.low, chance.high))
    key = "at most" if low == 0 else "at least" if high == base else "between"
    return say(key, language, low=number(low, language), high=number(high, language))


def _one_in(share: float) -> int:
    """The n of '1 in n', rounded down to two significant digits so that it never claims too much."""
    n = math.floor(1 / share)
    unit: int = 10 ** max(0, len(str(n)) - CERTAIN_DIGITS)
    return n // unit * unit


def _base(chance: Chance) -> int:
    """Of how many runs a share is told: so many that it is at least one, at least one short of all, and that the ends
    of its interval differ."""
    base = HUNDRED
    while min(chance.share, 1 - chance.share) * base < 1 or round(chance.low * base) == round(chance.high * base):
        base *= 10
    return base
