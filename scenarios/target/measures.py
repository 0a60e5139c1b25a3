"""What limits measure in the runs: homes, municipal money, workforce, and the public bill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.target.bases import MILLION, Found, Span

Floats = NDArray[np.float64]
PUBLIC = ("state", "region")
"""Payers of the public bill; municipalities pay from their own result."""


@dataclass(frozen=True)
class Seen:
    """Results of some members, within the places of the target.

    found: (members, years, municipality or nothing). paid: million kronor by payer, (members, years). span: the years.
    """

    found: Found
    paid: Mapping[str, Floats]
    span: Span

    @property
    def acting(self) -> NDArray[np.bool_]:
        """The years in which measures act."""
        return np.array(self.span.years) >= self.span.begin

    def last(self, name: str) -> Floats:
        """The sum over places in the last year, (members,)."""
        return np.asarray(self.found[name][:, -1].sum(axis=-1))

    def over(self, name: str) -> Floats:
        """The sum over places in the years in which measures act, (members, years)."""
        return np.asarray(self.found[name][:, self.acting].sum(axis=-1))


@dataclass(frozen=True)
class Measure:
    """Something measured in every run: English and Swedish title, unit, model variables, the number of each member.

    share: whether it is told in per cent.
    """

    title: tuple[str, str]
    unit: tuple[str, str]
    variables: tuple[str, ...]
    value: Callable[[Seen], Floats]
    share: bool = True


def _result(seen: Seen) -> Floats:
    """Municipal result less what municipalities pay for measures, relative to revenue."""
    paid = seen.paid["municipality"][:, seen.acting].sum(axis=1) * MILLION
    return np.asarray((seen.over("municipal_result").sum(axis=1) - paid) / seen.over("municipal_revenue").sum(axis=1))


def _public(seen: Seen) -> Floats:
    return np.asarray(sum(seen.paid[payer][:, seen.acting].mean(axis=1) for payer in PUBLIC))


def _staffing(seen: Seen) -> Floats:
    people = seen.found["total_population"][:, -1]
    return np.asarray((seen.found["welfare_staffing"][:, -1] * people).sum(axis=-1) / people.sum(axis=-1))


SHARE = ("per cent", "procent")
MEASURES: dict[str, Measure] = {
    "homes_completed": Measure(
        ("building: homes completed in the year with most", "byggandet: färdigställda bostäder under toppåret"),
        ("homes", "bostäder"),
        ("dwellings completed",),
        lambda seen: np.asarray(seen.over("dwellings_completed").max(axis=1)),
        share=False,
    ),
    "homes_missing": Measure(
        (
            "housing: households without a home of their own, share of those who want one, target year",
            "bostäderna: hushåll som saknar egen bostad, andel av dem som efterfrågar en, målåret",
        ),
        SHARE,
        ("homes missing", "households wanted"),
        lambda seen: np.asarray(seen.last("homes_missing") / seen.last("households_wanted")),
    ),
    "municipal_result": Measure(
        (
            "municipal finance: result after the measures have been paid, share of taxes and equalisation",
            "kommunernas ekonomi: resultat när åtgärderna är betalda, andel av skatter och utjämning",
        ),
        SHARE,
        ("municipal result", "municipal revenue"),
        _result,
    ),
    "public_cost": Measure(
        ("the state's and the regions' bill for the measures", "statens och regionernas kostnad för åtgärderna"),
        ("million SEK a year", "miljoner kronor per år"),
        (),
        _public,
        share=False,
    ),
    "unfilled": Measure(
        ("workforce: unfilled jobs, share of all, target year", "arbetskraften: vakanser, andel av alla jobb, målåret"),
        SHARE,
        ("vacancies", "total positions"),
        lambda seen: np.asarray(seen.last("vacancies") / seen.last("total_positions")),
    ),
    "unemployed": Measure(
        (
            "work for those who come: unemployed, share of the labour force, target year",
            "arbete åt dem som kommer: arbetslösa, andel av arbetskraften, målåret",
        ),
        SHARE,
        ("unemployed", "labour force"),
        lambda seen: np.asarray(seen.last("unemployed") / seen.last("labour_force")),
    ),
    "welfare_staffing": Measure(
        (
            "welfare: staff per need relative to the base year, target year",
            "välfärden: personal per behov relativt basåret, målåret",
        ),
        SHARE,
        ("welfare staffing", "total population"),
        _staffing,
    ),
}
"""Every limit that there can be, in the order in which they are told."""
