"""Priors as they were at an origin.

The equations' own values lean on what is known today. A parameter whose source names a later year than the origin, or
one of the project's own estimates or its register, is as good as unknown there: the middle of its range, with the
spread of a judgement. Where the long series speak of it, their regressions are made anew on the years until the origin
and weighed with that by precision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from calibration.backtest.places import Array
from calibration.backtest.working import FIRST_BAS_ORIGIN, RAMS_LAG
from calibration.elasticities.homes import building, prices
from calibration.elasticities.moves import on_homes, on_newcomers, on_tax
from calibration.priors import Priors, Uncertain, read_priors
from calibration.regressions.panel import Panel
from model.inputs import parameter_values
from model.language.structure import Model, Variable

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OWN = ("calibration/", "project register", "parameters table", "Kiruna", "Skellefte", "Boden")
"""Words of a source that is the project's own, made with all years in view."""
JUDGEMENT = 1.2
"""Spread of a judgement on the logit scale (quality D of calibration/priors)."""
RANGES = 4.0
"""A range is so many standard deviations of what is as good as unknown."""
EDGE = 0.05
"""Least distance of a median from the ends of its range, share of it."""
SERIES: tuple[Callable[[Panel], Iterator[dict[str, object]]], ...] = (building, prices, on_homes, on_tax, on_newcomers)
"""Regressions on series that begin long before 2010. Those on unemployment and on BAS begin too late, that on the size
of places reads all years."""
LABOUR = ("live_and_work", "in_commuters", "out_commuters", "jobs", "employed_residents")


@dataclass(frozen=True)
class OriginPriors:
    """`priors` with spreads of the origin; `medians` of whole variables by name; `replaced`: why a variable is not as
    in the equations.
    """

    priors: Priors
    medians: Mapping[str, Array]
    replaced: Mapping[str, str]


def panel_at(panel: Panel, origin: int) -> Panel:
    """The long series as far as published at the origin."""
    past = panel.between(panel.years[0], origin)
    if origin >= FIRST_BAS_ORIGIN:
        return past
    last = np.array([year > origin - RAMS_LAG for year in panel.years])[None, :, None]
    hidden = {name: np.where(last, np.nan, past.series[name]) for name in LABOUR}
    return replace(past, series={**past.series, **hidden})


def too_late(variable: Variable, origin: int) -> str:
    """Why a parameter's value was not known at the origin; empty when it may have been."""
    years = [int(year) for year in YEAR.findall(variable.source)]
    if years and max(years) > origin:
        return f"its source names {max(years)}"
    words = [word for word in OWN if word in variable.source]
    return f"its source is the project's own ({words[0]})" if words else ""


def estimated(panel: Panel) -> dict[str, tuple[float, float, str]]:
    """Estimate, standard error and years by parameter."""
    rows = [row for source in SERIES for row in source(panel)]
    return {str(r["parameter"]): (float(str(r["estimate"])), float(str(r["standard_error"])), str(r["years"]))
            for r in rows}  # fmt: skip


def unknown(each: Uncertain) -> tuple[float, float]:
    """Median and logit spread of a number of which nothing but the range is known."""
    return (each.low + each.high) / 2, JUDGEMENT


def weighed(each: Uncertain, estimate: float, error: float) -> tuple[float, float]:
    """Median and logit spread of a number whose range and estimate are known, weighed by precision."""
    middle, own = (each.low + each.high) / 2, (each.high - each.low) / RANGES
    precision = np.array([own**-2, error**-2])
    mean = float(precision @ np.array([middle, estimate]) / precision.sum())
    share = float(np.clip((mean - each.low) / (each.high - each.low), EDGE, 1 - EDGE))
    spread = float(precision.sum() ** -0.5) / ((each.high - each.low) * share * (1 - share))
    return each.low + share * (each.high - each.low), min(spread, JUDGEMENT)


def priors_at(model: Model, panel: Panel, origin: int) -> OriginPriors:
    """The priors of the origin; `panel`: all years, of which only those until the origin are looked at."""
    priors = read_priors(model)
    told = estimated(panel_at(panel, origin))
    medians: dict[str, Array] = {}
    why: dict[str, str] = {}
    found = []
    for each in priors.uncertain:
        variable = model.variables[each.variable]
        reason = too_late(variable, origin)
        if each.scales or each.pooled or not (reason or each.variable in told):
            found.append(each)
            continue
        if each.variable in told:
            estimate, error, years = told[each.variable]
            median, sigma = weighed(each, estimate, error)
            reason = f"estimated on {years}: {estimate:.3g} ± {error:.2g}"
        else:
            median, sigma = unknown(each)
        values = medians.setdefault(each.variable, parameter_values(model, variable).copy())
        values[each.place] = median
        why[each.variable] = reason
        found.append(replace(each, sigma=sigma))
    for name, other in priors.complements.items():
        if other in medians:
            medians[name] = 1.0 - medians[other]
    return OriginPriors(replace(priors, uncertain=tuple(found)), medians, why)
