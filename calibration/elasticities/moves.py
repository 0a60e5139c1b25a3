"""Moves: how moves in and out answer to unemployment, homes, the size of the place and taxes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from calibration.economy.read import HISTORY
from calibration.elasticities.rows import Coefficient, Frame, Meaning, told
from calibration.regressions.equations import job_growth, rate
from calibration.regressions.panel import LONG, Panel, earlier, read_table, wide

Values = NDArray[np.float64]
NOTICED = 0.01
"""The model's 'unemployment noticed', added to the rate under the logarithm."""
CHOICE_PER_HOME = 0.058
"""What one more home completed per 1 000 inhabitants in each of two years adds to the logarithm of the choice of homes:
0.002 of the stock a year; through the flow (chain of 2, half a year of search) over 0.078 at a vacancy of 0.073 and
normal completions, and the stock itself, a year and a half of it on average."""
USUAL = 0.09
"""Yearly rate of leaving a municipality at the ages 20-34 of newcomers, whoever they are (the model's own rates)."""
PERCENT = 100.0
PEOPLE = "weighted by people"


def logged(values: Values) -> Values:
    """Natural logarithm."""
    return np.asarray(np.log(values), dtype=np.float64)


def unemployment(panel: Panel) -> Values:
    """Logarithm of the unemployment rate and what is noticed [year, municipality], 2010-2024."""
    table = read_table(HISTORY / "municipality_year.csv", ("unemployment_rate",))
    return logged(wide(table, "unemployment_rate", panel.codes, panel.years) + NOTICED)


def twice(panel: Panel, outcome: Values, right: dict[str, Values], name: str, method: str) -> tuple[Coefficient, str]:
    """A coefficient with all places alike, and that weighted by people in words."""
    plain = Frame(panel, outcome, right).least_squares(name, method)
    weighted = Frame(panel, outcome, right, panel.before("population")).least_squares(name, method)
    return plain, f"{PEOPLE} {told(weighted)}"


def controls(panel: Panel) -> dict[str, Values]:
    """Growth of jobs this and last year (what recruitment brings) and last year's population."""
    people = earlier(logged(panel.level("population")), 1)
    return {"jobs": job_growth()(panel), "jobs before": job_growth(1)(panel), "people": people}


def on_unemployment(panel: Panel) -> Iterator[dict[str, object]]:
    """Elasticities of moves in and out to last year's unemployment."""
    right = {"unemployment": earlier(unemployment(panel), 1), **controls(panel)}
    method = "on unemployment of the year before (logarithm), growth of jobs this and last year and population held"
    into, other = twice(
        panel, logged(panel.level("in_migration")), right, "unemployment", f"logarithm of moves in {method}"
    )
    yield into.row(
        Meaning("response of moving in to unemployment", "dmnl", -1.0, 0.1, "C",
                f"Sign turned; {other}. Refugees were placed where homes stood empty and unemployment was high, "
                "above all in 2014-2017, which hides a response; unemployment before 2020 is estimated.")
    )  # fmt: skip
    out, other = twice(
        panel, logged(panel.level("out_migration")), right, "unemployment", f"logarithm of moves out {method}"
    )
    yield out.row(
        Meaning("response of leaving to unemployment", "dmnl", 1.0, 0.07, "B",
                f"{other[0].upper()}{other[1:]}. A year's delay, as the model's 'time to perceive' has it.")
    )  # fmt: skip


def on_homes(panel: Panel) -> Iterator[dict[str, object]]:
    """Elasticities of moves in and out to the choice of homes, from completions of this and last year."""
    homes = rate("dwellings_completed")(panel)
    # Written as their sum and their difference, the first has the effect of a home more in both years.
    right = {"homes": earlier(homes, 1), "newer": homes - earlier(homes, 1), **controls(panel)}
    method = "on homes completed per 1 000 inhabitants this and last year, growth of jobs and population held"
    meant = {"in": ("response of moving in to homes", 1.0, 0.08), "out": ("response of leaving to homes", -1.0, 0.08)}
    for way, (parameter, sign, widening) in meant.items():
        outcome = logged(panel.level(f"{way}_migration"))
        found, other = twice(panel, outcome, right, "homes", f"logarithm of moves {way} {method}")
        yield found.row(
            Meaning(parameter, "dmnl", sign / CHOICE_PER_HOME, widening, "C",
                    f"One home more per 1 000 inhabitants in two years adds {CHOICE_PER_HOME:g} to the choice of "
                    f"homes; {other}. Builders foresee movers, which makes the response look larger.")
        )  # fmt: skip


def on_size(panel: Panel) -> Iterator[dict[str, object]]:
    """Elasticity of moves in to the size of the place, 1975-1996 and 2002-2024 together."""
    into = wide(read_table(LONG, ("in_migration",)), "in_migration", panel.codes, panel.years)
    right = {"people": earlier(logged(panel.level("population")), 3)}
    found, other = twice(
        panel, logged(into), right, "people", "logarithm of moves in on that of population three years before"
    )
    late, _ = twice(panel, logged(panel.level("in_migration")), right, "people", "")
    yield found.row(
        Meaning("draw of size", "dmnl", 1.0, 0.15, "C",
                f"{other[0].upper()}{other[1:]}; 2002-2024 alone {told(late)}. What draws people lastingly also makes "
                "a place large, which lifts it.")
    )  # fmt: skip


def on_tax(panel: Panel) -> Iterator[dict[str, object]]:
    """Elasticity of moves in less moves out to the income left after local tax."""
    kept = logged(1 - panel.level("tax_rate") / PERCENT)
    right = {"kept": kept, "people": earlier(logged(panel.level("population")), 1)}
    outcome = logged(panel.level("in_migration")) - logged(panel.level("out_migration"))
    found, other = twice(
        panel, outcome, right, "kept", "logarithm of moves in over moves out on income left after local tax"
    )
    yield found.row(
        Meaning("response of moves to tax", "dmnl", 0.5, 0.3, "C",
                f"Half of the coefficient, as the model has the same elasticity in and out; {other}. Local taxes "
                "hardly differ: the data say next to nothing. Shrinking places raise their tax, which lifts it.")
    )  # fmt: skip


def on_newcomers(panel: Panel) -> Iterator[dict[str, object]]:
    """How many of last year's newcomers leave, beyond those who would leave anyway."""
    into, out = rate("in_migration")(panel), rate("out_migration")(panel)
    right = {"newcomers": earlier(into, 1), "second year": earlier(into, 2), "third year": earlier(into, 3)}
    method = "moves out per inhabitant on moves in per inhabitant of the year before (two earlier years held)"
    found, other = twice(panel, out, right, "newcomers", method)
    net = Coefficient(
        found.value - USUAL, found.error, found.years, found.n, f"{method}, less {USUAL:g} who leave at their age"
    )
    yield net.row(
        Meaning("unsettled leaving rate", "1/year", 1.0, 0.05, "C",
                f"Out of 1 more moving in, {told(found)} leave the next year, {other}; about {USUAL:g} do at the ages "
                "of newcomers whoever they are. All newcomers, not only those who came for a job.")
    )  # fmt: skip
